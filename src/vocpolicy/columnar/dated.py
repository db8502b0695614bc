"""Rows that are judged each on a day of its own: the day is a fact of the row.

Between two days on which something of the policy begins or ends, the policy reads the same, so
that columns are made once for each such stretch, and each row takes those of its stretch.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.columnar.asked import Condition, conditions_of, together
from vocpolicy.columnar.lists import rebuilt
from vocpolicy.columnar.logic import Col, Sheet
from vocpolicy.columnar.scope import TODAY, Place


@frozen
class Stretch:
    """From a day on, up to the next stretch, a policy in which the day is a fact."""

    start: datetime.date
    policy: core.Policy


def stretches(policy: core.Policy, names: Sequence[str]) -> list[Stretch]:
    """The whole calendar, in stretches in which what is asked for reads the same."""
    days = sorted({datetime.date.min, *_turns(policy, names)})
    made: dict[int, core.Policy] = {}
    found = []
    for day in days:
        edition = policy.on(day)
        if id(edition) not in made:
            made[id(edition)] = dated(edition)
        found.append(Stretch(day, made[id(edition)]))
    return found


def conditions_through(
    several: Sequence[Stretch], names: Sequence[str], readings: Mapping[str, str]
) -> dict[str, tuple[Condition, ...]]:
    """The conditions of what is asked for, on whichever day they are asked, by name."""
    found = {}
    for name in names:
        held = []
        for one in several:
            conclusion = one.policy.conclusions.get(name)
            if conclusion is not None:
                place = Place(one.policy, one.start, readings, conclusion.entity, "narwhals")
                held.append(conditions_of(place, conclusion))
        found[name] = together(held)
    return found


def _turns(policy: core.Policy, names: Sequence[str]) -> Iterator[datetime.date]:
    """Days on which something begins, or the day after it has ended."""
    for edition in (policy, *(one.policy for one in policy.editions)):
        periods = [edition.period, *(one.period for one in edition.provisions.values())]
        periods += [body.period for rule in edition.rules.values() for body in rule.bodies.values()]
        ends = [(one.start, one.end) for one in periods]
        targets = [edition.targets[name] for name in names if name in edition.targets]
        for body in (body for one in targets for body in one.bodies.values()):
            ends += [(body.period.start, body.period.end), (None, body.goal.date)]
        for declared in edition.definitions.values():
            for values in (declared.values, *declared.bodies.values()):
                ends += [(one.start, one.end) for one in values]
        for start, end in ends:
            yield from [start] if start else []
            yield from [end + datetime.timedelta(1)] if end and end < datetime.date.max else []
    yield from (one.start for one in policy.editions if one.start)


# ---- the day as a fact -----------------------------------------------------------------------


def dated(policy: core.Policy) -> core.Policy:
    """The policy with a fact in the place of the date of evaluation."""
    fact = core.Fact(TODAY, core.Labels(TODAY, "求值日期"), core.DateType())
    facts = {name: _fact(one) for name, one in policy.facts.items()}
    entities = {
        name: evolve(one, fields={field: _fact(of) for field, of in one.fields.items()})
        for name, one in policy.entities.items()
    }
    definitions = {
        name: evolve(
            one,
            values=tuple(map(_value, one.values)),
            bodies={key: tuple(map(_value, several)) for key, several in one.bodies.items()},
        )
        for name, one in policy.definitions.items()
    }
    rules = {
        name: evolve(one, bodies={key: _body(body) for key, body in one.bodies.items()})
        for name, one in policy.rules.items()
    }
    conclusions = {
        name: evolve(one, otherwise=None if one.otherwise is None else _result(one.otherwise))
        for name, one in policy.conclusions.items()
    }
    targets = {
        name: evolve(one, bodies={key: _aim(body) for key, body in one.bodies.items()})
        for name, one in policy.targets.items()
    }
    return evolve(
        policy,
        targets=targets,
        facts={**facts, TODAY: fact},
        entities=entities,
        definitions=definitions,
        rules=rules,
        conclusions=conclusions,
        editions=(),
    )


def _expr(expr: core.Expr) -> core.Expr:
    if isinstance(expr, core.AsOf):
        return core.FactRef(TODAY, core.DateType(), span=expr.span)
    return rebuilt(expr, _expr)


def _maybe(expr: core.Expr | None) -> core.Expr | None:
    return None if expr is None else _expr(expr)


def _fact(fact: core.Fact) -> core.Fact:
    return evolve(fact, compares=tuple((key, _expr(bound)) for key, bound in fact.compares))


def _value(value: core.DatedValue) -> core.DatedValue:
    return evolve(value, value=_expr(value.value))


def _result(result: core.Result) -> core.Result:
    return evolve(result, value=_maybe(result.value))


def _aim(body: core.TargetBody) -> core.TargetBody:
    return evolve(
        body,
        components=tuple(evolve(one, value=_expr(one.value)) for one in body.components),
        goal=_goal(body.goal),
        baseline=None if body.baseline is None else _goal(body.baseline),
        milestones=tuple(map(_goal, body.milestones)),
        applies=_maybe(body.applies),
    )


def _goal(goal: core.Goal) -> core.Goal:
    operands = tuple(map(_expr, goal.operands))
    return evolve(goal, operands=operands, tolerance=_maybe(goal.tolerance))


def _body(body: core.RuleBody) -> core.RuleBody:
    return evolve(
        body,
        applies=_maybe(body.applies),
        statements=tuple(
            evolve(
                one,
                result=_result(one.result),
                condition=_maybe(one.condition),
                exceptions=tuple(
                    evolve(other, condition=_expr(other.condition)) for other in one.exceptions
                ),
            )
            for one in body.statements
        ),
    )


# ---- each row its own ------------------------------------------------------------------------


def merged(
    sheet: Sheet,
    days: nw.Expr,
    starts: Sequence[datetime.date],
    drafts: Sequence[Mapping[str, Col]],
) -> None:
    """Of each column those cells that belong to the row's stretch; none where it has no day."""
    names = dict.fromkeys(name for draft in drafts for name in draft)
    for name in names:
        known = [draft[name] for draft in drafts if name in draft]
        result = _of(drafts[0], name)
        level = max(one.level for one in known)
        for start, draft in zip(starts[1:], drafts[1:], strict=True):
            begun = days >= nw.lit(start, dtype=nw.Date)
            result = nw.when(begun).then(_of(draft, name)).otherwise(result)
        found = nw.when(~days.is_null()).then(result).otherwise(nw.lit(None))
        sheet.keep(Col(found, level), name)


def _of(draft: Mapping[str, Col], name: str) -> nw.Expr:
    return draft[name].expr if name in draft else nw.lit(None)

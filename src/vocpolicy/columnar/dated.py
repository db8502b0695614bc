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
from vocpolicy.columnar.logic import Col, Sheet
from vocpolicy.columnar.paths import pathed
from vocpolicy.columnar.rewritten import rebuilt, rewritten
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
            made[id(edition)] = dated(pathed(edition))
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
    found = rewritten(policy, _expr)
    return evolve(found, facts={**found.facts, TODAY: fact}, editions=())


def _expr(expr: core.Expr) -> core.Expr:
    if isinstance(expr, core.AsOf):
        return core.FactRef(TODAY, core.DateType(), span=expr.span)
    return rebuilt(expr, _expr)


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

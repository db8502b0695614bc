"""Facts where rules change their mind, one condition at a time, and every way to fill gaps."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from hypothesis import assume, strategies as st

from vocpolicy import core
from vocpolicy.exercise import raw_facts
from vocpolicy.exercise.pivotal import Pivotal, pivotal_cases
from vocpolicy.exercise.twins import step_of
from vocpolicy.facts import entity_of, read_leniently
from vocpolicy.policy import Policy
from vocpolicy.strategies.facts import Draw, filled, left_out, thresholds_of


def boundary_cases(
    policy: Policy, rule: str | None = None, as_of: datetime.date | None = None
) -> list[dict[str, Any]]:
    """The same list of facts every time: for each condition a case in which it decides by being
    true and one by being false, for each bound those at it and one step beside it, and one for
    each outcome that none of these has.

    Facts that don't matter in a case are not given.  What no case can show is left out.

    Args:
        rule: name of what is decided; None for every conclusion.
        as_of: the date for which; where it is not given, the latest date of a case on which the
            rule is in force.

    Raises:
        UsageError: the policy provides nothing of the name `rule`.
    """
    found: list[dict[str, Any]] = []
    for one in _pivotal(policy, rule, as_of):
        facts = raw_facts(policy.core, one.name, one.facts)
        if facts not in found:
            found.append(facts)
    return found


def boundary_facts(
    policy: Policy,
    rule: str | None = None,
    *,
    offsets: Sequence[int] = (-1, 0, 1),
    pivotal: bool = True,
    missing: bool | Collection[str] | None = None,
    as_of: datetime.date | None = None,
) -> st.SearchStrategy[dict[str, Any]]:
    """Facts at the bounds of a rule, and so many steps beside them.

    Args:
        offsets: how many steps a number is set off.
        pivotal: whether the other facts are such that one condition decides.
        missing: as for `facts`.

    Raises as `boundary_cases` does.
    """
    declared = policy.facts(rule)
    cases = list(_pivotal(policy, rule, as_of)) if pivotal else []
    thresholds = thresholds_of(policy.core)

    @st.composite
    def drawn(draw: Draw) -> dict[str, Any]:
        given: dict[str, Any] = {}
        if cases:
            one = draw(st.sampled_from(cases))
            given = raw_facts(policy.core, one.name, one.facts)
        found = filled(draw, policy.core, declared, given)
        numbers = [fact for fact in declared if _is_number(found.get(fact.name))]
        near = [fact for fact in numbers if fact.name in given] or numbers
        if near:
            fact = draw(st.sampled_from(near))
            value = found[fact.name]
            if not cases:
                value = draw(st.sampled_from(_figures(fact, thresholds) or [value]))
            moved = _moved(fact, value, draw(st.sampled_from(tuple(offsets))))
            changed = {**found, fact.name: moved}
            found = changed if _valid(policy, rule, changed) else found
        assume(_valid(policy, rule, found))
        return {name: one for name, one in found.items() if not left_out(draw, name, missing)}

    return drawn()


def completions(
    policy: Policy, partial: Mapping[str, Any], rule: str | None = None
) -> st.SearchStrategy[dict[str, Any]]:
    """Every way to supply the facts that are missing.

    Args:
        partial: what is known.
        rule: what the facts are for; None for every fact of the policy.

    Raises:
        UsageError: the policy provides nothing of the name `rule`.
    """
    declared = policy.facts(rule)

    @st.composite
    def drawn(draw: Draw) -> dict[str, Any]:
        found = filled(draw, policy.core, declared, partial)
        assume(_valid(policy, rule, found))
        return found

    return drawn()


def _pivotal(policy: Policy, rule: str | None, as_of: datetime.date | None) -> Iterator[Pivotal]:
    if rule is not None:
        policy.facts(rule)  # tells of a name that there is not
    for name in (rule,) if rule is not None else policy.core.conclusions:
        yield from pivotal_cases(policy.core, name, as_of)


def _valid(policy: Policy, rule: str | None, facts: Mapping[str, Any]) -> bool:
    """Whether the facts are within their bounds."""
    entity = None if rule is None else entity_of(policy.core, rule)
    _, mistakes = read_leniently(policy.core, facts, entity, datetime.date.today())
    return not mistakes


def _is_number(value: object) -> bool:
    return isinstance(value, int | Fraction) and not isinstance(value, bool)


def _unit(fact: core.Fact) -> Fraction:
    kind = core.inner(fact.type)
    unit = kind.unit if isinstance(kind, core.NumberType) else None
    return unit.factor if unit else Fraction(1)


def _figures(
    fact: core.Fact, thresholds: Mapping[core.Dimension, tuple[Fraction, ...]]
) -> list[Fraction]:
    """The figures that rules have for such a number, in its unit."""
    kind = core.inner(fact.type)
    dimension = kind.dimension if isinstance(kind, core.NumberType) else ()
    return [figure / _unit(fact) for figure in thresholds.get(dimension, ())]


def _moved(fact: core.Fact, value: int | Fraction, steps: int) -> int | Fraction:
    moved = value + steps * step_of(fact) / _unit(fact)
    return int(moved) if moved.denominator == 1 else moved

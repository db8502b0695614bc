"""Facts for a policy: well-typed, within their bounds, near the figures that decide.

A value is drawn from what the policy itself speaks of (bounds, thresholds and their neighbours,
values of choices) as often as from anywhere, because rules change their minds at thresholds.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction
from typing import Any, assert_never

from hypothesis import strategies as st

from vocpolicy import core
from vocpolicy.core.walk import within
from vocpolicy.exact import shown
from vocpolicy.facts.numbers import BARE, is_ratio, own_scale
from vocpolicy.policy import Policy

DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2035, 12, 31))
WIDE = 10_000
"""How far from 0, in steps, a number without bounds is drawn."""

Draw = Callable[[st.SearchStrategy[Any]], Any]


def facts(
    policy: Policy,
    rule: str | None = None,
    *,
    missing: bool | Collection[str] | None = None,
    valid: bool = True,
) -> st.SearchStrategy[dict[str, Any]]:
    """Facts for one rule, target or provision of a policy, or for all of it.

    Args:
        policy: where the facts are declared.
        rule: what the facts are for; None for every fact of the policy.
        missing: True lets any fact be missing; names are left out always; None gives every fact.
        valid: whether bounds between facts hold (a part no more than its whole).  Constant
            bounds always hold.

    Raises:
        UsageError: the policy provides nothing of the name `rule`.
    """
    declared = policy.facts(rule)
    thresholds = thresholds_of(policy.core)

    @st.composite
    def drawn(draw: Draw) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for fact in ordered(declared):
            if left_out(draw, fact.name, missing):
                continue
            known = found if valid else {}
            found[fact.name] = value_of(draw, policy.core, fact, fact.type, known, thresholds)
        return {name: value for name, value in found.items() if value is not LEFT_OUT}

    return drawn()


def left_out(draw: Draw, name: str, missing: bool | Collection[str] | None) -> bool:
    """Whether a fact is missing, where `missing` says which may be."""
    if missing is None or isinstance(missing, bool):
        return bool(missing) and draw(st.integers(0, 3)) == 0
    return name in missing


def filled(
    draw: Draw, policy: core.Policy, declared: Collection[core.Fact], given: Mapping[str, Any]
) -> dict[str, Any]:
    """The facts given, and a value for every other; bounds between numbers are kept."""
    found = dict(given)
    for name, low in _at_least(declared, given):
        found.setdefault(name, draw(st.sampled_from((0, 1, 5, 50))) + low)
    thresholds = thresholds_of(policy)
    for fact in ordered(declared):
        if fact.name not in found:
            found[fact.name] = value_of(draw, policy, fact, fact.type, found, thresholds)
    return {name: value for name, value in found.items() if value is not LEFT_OUT}


def _at_least(
    declared: Collection[core.Fact], given: Mapping[str, Any]
) -> Iterator[tuple[str, int | Fraction]]:
    """Facts that are no less than what is given of their parts."""
    lows: dict[str, int | Fraction] = {}
    for fact in declared:
        part = given.get(fact.name)
        for operator, bound in fact.compares:
            if not isinstance(bound, core.FactRef | core.FieldRef) or operator != "at_most":
                continue
            if isinstance(part, int | Fraction) and not isinstance(part, bool):
                name = bound.name
                lows[name] = max(lows.get(name, part), part)
    yield from lows.items()


LEFT_OUT = object()
"""Stands where no value is within the bounds that other facts give."""


def ordered(declared: Collection[core.Fact]) -> Iterator[core.Fact]:
    """Each fact after those that its bounds name."""
    by_name = {fact.name: fact for fact in declared}
    done: set[str] = set()

    def visit(fact: core.Fact) -> Iterator[core.Fact]:
        if fact.name in done:
            return
        done.add(fact.name)
        for name in _bounding(fact):
            if name in by_name:
                yield from visit(by_name[name])
        yield fact

    for fact in declared:
        yield from visit(fact)


def _bounding(fact: core.Fact) -> Iterator[str]:
    for node in within(*(expr for _, expr in fact.compares)):
        if isinstance(node, core.FactRef | core.FieldRef):
            yield node.name


def thresholds_of(policy: core.Policy) -> Mapping[core.Dimension, tuple[Fraction, ...]]:
    """The numbers that the policy speaks of, in base units, by dimension."""
    found: dict[core.Dimension, set[Fraction]] = {}
    for node in within(*_expressions(policy)):
        if isinstance(node, core.Const) and isinstance(node.value, Fraction):
            kind = node.type
            if isinstance(kind, core.NumberType):
                found.setdefault(kind.dimension, set()).add(node.value)
    return {dimension: tuple(sorted(values)) for dimension, values in found.items()}


def _expressions(policy: core.Policy) -> Iterator[core.Expr | None]:
    for definition in policy.definitions.values():
        yield from (dated.value for dated in definition.values)
    for rule in policy.rules.values():
        for body in rule.bodies.values():
            yield body.applies
            for statement in body.statements:
                yield statement.condition
                yield from (exception.condition for exception in statement.exceptions)
    for target in policy.targets.values():
        for judged in target.bodies.values():
            yield from judged.goal.operands


# ---- values -------------------------------------------------------------------------------


def value_of(
    draw: Draw,
    policy: core.Policy,
    fact: core.Fact,
    kind: core.Type,
    known: Mapping[str, Any],
    thresholds: Mapping[core.Dimension, tuple[Fraction, ...]],
) -> Any:
    match kind:
        case core.YesNoType():
            return draw(st.booleans())
        case core.ChoiceType(name):
            return draw(st.sampled_from(tuple(policy.choices[name].members)))
        case core.DateType():
            return draw(DAYS)
        case core.TextType():
            return draw(st.sampled_from(("甲", "乙", "A", "")))
        case core.NumberType():
            return _number(draw, fact, kind, known, thresholds.get(kind.dimension, ()))
        case core.OptionalType(inner):
            if draw(st.integers(0, 3)) == 0:
                return "none"
            return value_of(draw, policy, fact, inner, known, thresholds)
        case core.ListType(item):
            count = draw(st.integers(0, 3))
            return [value_of(draw, policy, fact, item, known, thresholds) for _ in range(count)]
        case core.RecordType(entity):
            return _record(draw, policy, policy.entities[entity], thresholds)
        case _:
            assert_never(kind)


def _record(
    draw: Draw,
    policy: core.Policy,
    entity: core.Entity,
    thresholds: Mapping[core.Dimension, tuple[Fraction, ...]],
) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for fact in ordered(tuple(entity.fields.values())):
        value = value_of(draw, policy, fact, fact.type, record, thresholds)
        if value is not LEFT_OUT:
            record[fact.name] = value
    if entity.start and entity.end and entity.start != entity.end:
        _in_order(record, entity.start, entity.end)
    return record


def _in_order(record: dict[str, Any], start: str, end: str) -> None:
    """A stay begins before it ends."""
    first, last = record.get(start), record.get(end)
    if isinstance(first, datetime.date) and isinstance(last, datetime.date) and last < first:
        record[start], record[end] = last, first


def _number(
    draw: Draw,
    fact: core.Fact,
    kind: core.NumberType,
    known: Mapping[str, Any],
    thresholds: tuple[Fraction, ...],
) -> Any:
    factor = kind.unit.factor if kind.unit else Fraction(1)
    step = fact.step or (factor if kind.whole else factor / 4)
    low, high = _limits(fact, known, own_scale(kind)[0])
    first = -WIDE if low is None else -((-low) // step)
    last = first + 2 * WIDE if high is None else high // step
    if fact.low_strict and low is not None and first * step == low:
        first += 1
    if fact.high_strict and high is not None and last * step == high:
        last -= 1
    if first > last:
        return LEFT_OUT
    near = {
        place + offset
        for number in (*thresholds, first * step, last * step)
        for place in (int(number // step),)
        for offset in (-1, 0, 1)
        if first <= place + offset <= last
    }
    places = st.integers(int(first), int(last))
    chosen = draw(st.one_of(st.sampled_from(sorted(near)), places) if near else places)
    value = chosen * step / own_scale(kind)[0]
    if is_ratio(kind) and value >= BARE:
        return f"{shown(value * 100)}%"
    return int(value) if value.denominator == 1 else value


def _limits(
    fact: core.Fact, known: Mapping[str, Any], factor: Fraction
) -> tuple[Fraction | None, Fraction | None]:
    """The bounds in base units, those that other facts give included."""
    low, high = fact.low, fact.high
    for operator, expr in fact.compares:
        if not isinstance(expr, core.FactRef | core.FieldRef):
            continue
        other = known.get(expr.name)
        if isinstance(other, str) and other.endswith("%"):
            other = Fraction(other.removesuffix("%")) / 100
        if not isinstance(other, int | Fraction):
            continue
        bound = other * factor
        if operator == "at_least":
            low = bound if low is None else max(low, bound)
        elif operator == "at_most":
            high = bound if high is None else min(high, bound)
    return low, high

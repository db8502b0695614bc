"""Policies that differ from one in a single place: a condition that is held at one answer, or a
mistake that people make."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.asking import unknown_name
from vocpolicy.core import Expr
from vocpolicy.core.walk import type_of
from vocpolicy.diagnostics import UsageError
from vocpolicy.exercise.sites import Place, in_force, leaves, places, sites
from vocpolicy.source import Span

STRICT = {
    "at_least": "more_than",
    "more_than": "at_least",
    "at_most": "less_than",
    "less_than": "at_most",
}
POINT = Fraction(1, 100)
"""By how much a bound that is a ratio is set off."""


@frozen(eq=False)
class Variant:
    """A policy that differs in one place.

    Attributes:
        kind: `true` or `false`: a condition held at that answer; else a kind of mutant, a key of
            `vocpolicy.exercise.words.MUTANTS`.
        place: where.
        span: the expression that was changed.
        policy: with the change.
    """

    kind: str
    place: Place
    span: Span
    policy: core.Policy


def latest(policy: core.Policy) -> core.Policy:
    """A policy as its last edition reads, with the cases that are evaluated by that and without
    figures that were over before."""
    if not policy.editions:
        return policy
    last = policy.editions[-1]
    if last.start is None:
        return evolve(last.policy, cases=policy.cases, facts=policy.facts)
    cases = tuple(one for one in policy.cases if _day(policy, one) >= last.start)
    definitions = {name: _from(one, last.start) for name, one in last.policy.definitions.items()}
    return evolve(
        last.policy,
        cases=cases,
        facts=policy.facts,
        definitions=MappingProxyType(definitions),
    )


def _from(definition: core.Definition, start: datetime.date) -> core.Definition:
    """A definition without the values that are over before a day."""
    several = definition.values
    ends = [in_force(several, place).end for place in range(len(several))]
    kept = tuple(one for one, end in zip(several, ends, strict=True) if end is None or end >= start)
    return definition if len(kept) == len(several) else evolve(definition, values=kept)


def asked_for(policy: core.Policy, names: Iterable[str] | None) -> frozenset[str] | None:
    """The names that were asked for; None for all.

    Raises:
        UsageError: the policy has nothing of one of them.
    """
    if names is None:
        return None
    known = {*policy.conclusions, *policy.rules, *policy.definitions, *policy.targets}
    wanted = frozenset(names)
    unknown = sorted(wanted - known)
    if unknown:
        raise UsageError([unknown_name(policy, name, known) for name in unknown])
    return wanted


def _day(policy: core.Policy, case: core.Case) -> datetime.date:
    return case.today or policy.period.end or datetime.date.max


# ---- conditions --------------------------------------------------------------------------------


def held(policy: core.Policy) -> Iterator[tuple[Variant, Variant]]:
    """Each condition of a decision held at false, and held at true."""
    for place in places(policy):
        if place.role in ("applies", "condition", "exception") or _yes_no(place):
            for leaf in leaves(place.expr):
                span = _span(leaf.expr, place)
                yield (
                    _variant("false", place, span, leaf.put(_constant(False))),
                    _variant("true", place, span, leaf.put(_constant(True))),
                )


def _yes_no(place: Place) -> bool:
    return place.role == "definition" and isinstance(type_of(place.expr), core.YesNoType)


def _constant(value: bool) -> core.Const:
    return core.Const(value, core.YesNoType())


def _variant(kind: str, place: Place, span: Span, expr: Expr) -> Variant:
    return Variant(kind, place, span, place.put(expr))


def _span(expr: Expr, place: Place) -> Span:
    return expr.span if expr.span.end else place.span


# ---- mistakes that people make -------------------------------------------------------------------


def mutants(policy: core.Policy) -> Iterator[Variant]:
    """A policy with each mistake of the kinds that people make."""
    steps = _steps(policy)
    for place in places(policy):
        if place.without is not None and place.role == "exception":
            yield Variant("exception_dropped", place, place.span, place.without())
        if place.role in ("parameter", "goal") and isinstance(place.expr, core.Const):
            yield from (
                _variant(kind, place, _span(place.expr, place), new)
                for kind, new in _set_off(place.expr, _step(place.expr, place.expr, steps))
            )
        for site in sites(place.expr):
            for kind, new in _mistakes(site.expr, steps):
                yield _variant(kind, place, _span(site.expr, place), site.put(new))


def _mistakes(expr: Expr, steps: Mapping[str, Fraction]) -> Iterator[tuple[str, Expr]]:
    """An expression with each mistake at its outermost node."""
    match expr:
        case core.Compare():
            yield "strictness", evolve(expr, operator=STRICT[expr.operator])
            yield from _bounds(expr, steps)
        case core.All(parts=(_, _, *_)):
            yield "any_for_all", core.Any(expr.parts, span=expr.span)
        case core.Any(parts=(_, _, *_)):
            yield "all_for_any", core.All(expr.parts, span=expr.span)
        case core.Divide():
            zero = expr.if_zero or core.Const(Fraction(0), expr.type)
            turned = evolve(
                expr, left=expr.right, right=expr.left, if_zero=zero, part_of_whole=False
            )
            yield "ratio_swapped", turned
        case core.Aggregate(kind="every"):
            yield "any_for_all", evolve(expr, kind="some")
        case core.Aggregate(kind="some"):
            yield "all_for_any", evolve(expr, kind="every")
        case _:
            return


def _bounds(expr: core.Compare, steps: Mapping[str, Fraction]) -> Iterator[tuple[str, Expr]]:
    left, right = expr.left, expr.right
    if isinstance(left, core.Const):
        for kind, new in _set_off(left, _step(left, right, steps)):
            yield kind, evolve(expr, left=new)
    if isinstance(right, core.Const):
        for kind, new in _set_off(right, _step(right, left, steps)):
            yield kind, evolve(expr, right=new)


def _set_off(bound: core.Const, step: Fraction) -> Iterator[tuple[str, core.Const]]:
    """A bound one step up and one step down."""
    for kind, sign in (("bound_up", 1), ("bound_down", -1)):
        value = bound.value
        if isinstance(value, Fraction):
            yield kind, evolve(bound, value=value + sign * step)
        elif isinstance(value, datetime.date):
            yield kind, evolve(bound, value=value + datetime.timedelta(days=sign))


def _steps(policy: core.Policy) -> Mapping[str, Fraction]:
    """The steps that facts are declared to have."""
    fields = [entity.fields for entity in policy.entities.values()]
    facts = {name: fact for one in (*fields, policy.facts) for name, fact in one.items()}
    return {name: fact.step for name, fact in facts.items() if fact.step is not None}


def _step(bound: core.Const, other: Expr, steps: Mapping[str, Fraction]) -> Fraction:
    """A step of what is compared, in base units: the fact's own, or one of the unit, or of a
    ratio one in a hundred."""
    if isinstance(other, core.FactRef | core.FieldRef) and other.name in steps:
        return steps[other.name]
    kinds = [one for one in (bound.type, type_of(other)) if isinstance(one, core.NumberType)]
    if not kinds or kinds[0].unit is None:
        return Fraction(1)
    return POINT if not kinds[0].dimension else kinds[0].unit.factor

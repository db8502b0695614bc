"""Facts and entities: bounds, steps, and how a fact may change.

Bounds that are literals give the interval that a missing fact must lie in.  Bounds between facts
narrow each other's intervals until nothing changes: a part at most its whole is at most what
the whole can be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from attrs import evolve, frozen

from vocpolicy import core, syntax
from vocpolicy.checker.agreement import ordered
from vocpolicy.checker.context import Context, Env
from vocpolicy.checker.expressions import infer
from vocpolicy.checker.literals import as_fraction
from vocpolicy.checker.types import DATE, describe, inner, type_of
from vocpolicy.checker.words import assumptions, citations, decimal, labels, notes, optional_labels
from vocpolicy.diagnostics import Words
from vocpolicy.quantities import kind_of

# Fields that make a record a stay, from its first day to its last.
STAY_FIELDS: tuple[tuple[str, str], ...] = (
    ("from", "to"),
    ("start", "end"),
    ("起", "止"),
    ("自", "至"),
    ("开始", "结束"),
    ("开始日期", "结束日期"),
)


def check_facts(context: Context) -> None:
    """Entities with their fields, and the facts of the policy."""
    for name, entity in context.scope.entities.items():
        fields = _checked(context, name, context.scope.fields(name))
        start, end = _stay(context, name)
        kind = context.kinds[name].unit
        context.entities[name] = core.Entity(
            name,
            kind.labels if kind else labels(None, name),
            MappingProxyType(fields),
            start,
            end,
            span=entity.span,
        )
    context.facts.update(_checked(context, None, context.scope.facts))


def _stay(context: Context, entity: str) -> tuple[str | None, str | None]:
    """The fields that hold the first and the last day of a record, if it has dates."""
    dates = [
        name
        for name in context.scope.fields(entity)
        if inner(context.types.get((entity, name), core.TextType())) == DATE
    ]
    for start, end in STAY_FIELDS:
        if start in dates and end in dates:
            return start, end
    return (dates[0], dates[0]) if len(dates) == 1 else (None, None)


def _checked(
    context: Context, entity: str | None, declared: Mapping[str, syntax.Fact]
) -> dict[str, core.Fact]:
    made: dict[str, core.Fact] = {}
    for name, fact in declared.items():
        type_ = context.types.get((entity, name))
        if type_ is not None:
            made[name] = _fact(context, entity, fact, type_)
    narrowed = _narrowed(made)
    _check_intervals(context, declared, made, narrowed)
    return narrowed


def _fact(context: Context, entity: str | None, fact: syntax.Fact, type_: core.Type) -> core.Fact:
    name, bounds = fact.name.text, fact.bounds
    compares = _compares(context, entity, fact, type_)
    made = core.Fact(
        name,
        labels(fact.labels, name),
        type_,
        entity,
        compares=compares,
        step=_step(context, fact, type_),
        judged_by=optional_labels(bounds.judged_by),
        change=bounds.change or "",
        effort=Fraction(1) if bounds.effort is None else bounds.effort,
        better=_better(context, fact, type_),
        question=optional_labels(fact.question),
        notes=notes(fact.notes),
        citations=citations(context, fact.citations),
        assumptions=assumptions(fact.assumptions, name),
        span=fact.span,
    )
    low = Fraction(0) if _is_count(type_) else None
    made = evolve(made, low=low)
    for operator, bound in compares:
        value = as_fraction(bound)
        if value is not None:
            made = _tightened(made, operator, value)
    return made


def _better(context: Context, fact: syntax.Fact, type_: core.Type) -> str:
    """Which way is better, of what has a more and a less."""
    better = fact.bounds.better
    if better is None:
        return ""
    if not isinstance(inner(type_), core.NumberType | core.DateType):
        found = describe(context, type_)
        context.mistakes.add("V720", better.span, name=fact.name.text, found=found)
        return ""
    return better.text


def _is_count(type_: core.Type) -> bool:
    return isinstance(type_, core.NumberType) and kind_of(type_.dimension) is not None


def _compares(
    context: Context, entity: str | None, fact: syntax.Fact, type_: core.Type
) -> tuple[tuple[str, core.Expr], ...]:
    """The declared bounds: literals, or facts beside this one."""
    made: list[tuple[str, core.Expr]] = []
    this = core.FactRef(fact.name.text, inner(type_), span=fact.name.span)
    for operator, expr in fact.bounds.compares:
        if not isinstance(inner(type_), core.NumberType | core.DateType):
            context.mistakes.add("V320", expr.span, found=describe(context, type_))
            return ()
        bound = _bound(context, entity, expr, type_)
        if bound is not None and ordered(context, this, bound, expr.span):
            made.append((operator, bound))
    return tuple(made)


def _bound(
    context: Context, entity: str | None, expr: syntax.Expr, type_: core.Type
) -> core.Expr | None:
    if isinstance(expr, syntax.Path):
        return _fact_bound(context, entity, expr)
    found = infer(Env(context), expr, inner(type_))
    if found is None or isinstance(found, core.Const):
        return found
    context.mistakes.add("V318", expr.span)
    return None


def _fact_bound(context: Context, entity: str | None, path: syntax.Path) -> core.Expr | None:
    name, scope = path.parts[0], context.scope
    beside = scope.fields(entity) if entity else scope.facts
    if name.text in beside and len(path.parts) == 1:
        type_ = context.types.get((entity, name.text))
        cyclic = f"{entity}.{name.text}" if entity else name.text
        known = type_ is not None and cyclic not in scope.cyclic
        return core.FactRef(name.text, type_, span=name.span) if known and type_ else None
    if name.text in scope.definitions or name.text in scope.conclusions or name.text in scope.facts:
        context.mistakes.add("V318", path.span)
        return None
    return infer(Env(context, entity), path)


def _step(context: Context, fact: syntax.Fact, type_: core.Type) -> Fraction | None:
    number = inner(type_)
    if fact.bounds.step is None:
        return Fraction(1) if _is_count(number) else None
    if not isinstance(number, core.NumberType):
        context.mistakes.add("V320", fact.bounds.step.span, found=describe(context, type_))
        return None
    found = infer(Env(context), fact.bounds.step, number)
    step = as_fraction(found)
    if found is None:
        return None
    if step is None or step <= 0 or type_of(found) != number:
        context.mistakes.add("V322", found.span)
        return None
    return step


# ---- intervals ---------------------------------------------------------------------------


@frozen
class _Below:
    """One fact is at most another, or (strict) less than it."""

    small: str
    large: str
    strict: bool


def _tightened(fact: core.Fact, operator: str, value: Fraction) -> core.Fact:
    match operator:
        case "at_least" | "more_than":
            return _raised(fact, value, operator == "more_than")
        case _:
            return _lowered(fact, value, operator == "less_than")


def _raised(fact: core.Fact, low: Fraction | None, strict: bool) -> core.Fact:
    """With a lower bound that is no lower than `low`."""
    if low is None:
        return fact
    mine = fact.low
    if mine is None or low > mine or (low == mine and strict and not fact.low_strict):
        return evolve(fact, low=low, low_strict=strict)
    return fact


def _lowered(fact: core.Fact, high: Fraction | None, strict: bool) -> core.Fact:
    if high is None:
        return fact
    mine = fact.high
    if mine is None or high < mine or (high == mine and strict and not fact.high_strict):
        return evolve(fact, high=high, high_strict=strict)
    return fact


def _narrowed(facts: Mapping[str, core.Fact]) -> dict[str, core.Fact]:
    """Facts with the bounds that follow from each other's.  Every pass moves a bound one step
    along a chain, so as many passes as there are facts are enough."""
    current = dict(facts)
    chain = list(_below(facts))
    for _ in current:
        before = dict(current)
        for link in chain:
            small, large = current[link.small], current[link.large]
            current[link.small] = _lowered(small, large.high, large.high_strict or link.strict)
            current[link.large] = _raised(large, small.low, small.low_strict or link.strict)
        if current == before:
            break
    return current


def _below(facts: Mapping[str, core.Fact]) -> Iterator[_Below]:
    for name, fact in facts.items():
        for operator, bound in fact.compares:
            if not isinstance(bound, core.FactRef) or bound.name not in facts:
                continue
            if operator in ("at_most", "less_than"):
                yield _Below(name, bound.name, operator == "less_than")
            else:
                yield _Below(bound.name, name, operator == "more_than")


def _check_intervals(
    context: Context,
    declared: Mapping[str, syntax.Fact],
    own: Mapping[str, core.Fact],
    narrowed: Mapping[str, core.Fact],
) -> None:
    """Some value must fit each fact.  Facts that are bounded by each other are one mistake."""
    linked: dict[str, set[str]] = {name: set() for name in narrowed}
    for link in _below(narrowed):
        linked[link.small].add(link.large)
        linked[link.large].add(link.small)
    seen: set[str] = set()
    for name, fact in narrowed.items():
        if _empty(own[name]):
            _report_interval(context, "V319", declared[name], own[name])
        elif _empty(fact) and not linked[name] & seen:
            _report_interval(context, "V321", declared[name], fact)
        if _empty(fact):
            seen.add(name)


def _empty(fact: core.Fact) -> bool:
    """Whether no value lies within the bounds."""
    if fact.low is None or fact.high is None:
        return False
    strict = fact.low_strict or fact.high_strict
    return fact.low > fact.high or (fact.low == fact.high and strict)


def _amount(number: Fraction, unit: core.Unit | None) -> Words:
    """A bound as it would be written; counts and plain numbers have no unit."""
    digits = decimal(number)
    if unit is None or unit.counter or unit.name == unit.labels.zh:
        return Words(digits, digits)
    if unit.name == "%":
        return Words(f"{digits}%", f"{digits}%")
    return Words(f"{digits} {unit.plural}", f"{digits}{unit.labels.zh}")


def _report_interval(context: Context, code: str, written: syntax.Fact, fact: core.Fact) -> None:
    assert fact.low is not None and fact.high is not None
    bounds = written.bounds.compares
    span = bounds[0][1].span.to(bounds[-1][1].span) if bounds else written.name.span
    unit = fact.type.unit if isinstance(fact.type, core.NumberType) else None
    factor = unit.factor if unit else Fraction(1)
    low, high = (_amount(bound / factor, unit) for bound in (fact.low, fact.high))
    context.mistakes.add(code, span, name=fact.name, low=low, high=high)

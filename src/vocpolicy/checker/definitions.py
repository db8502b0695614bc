"""`define`, `parameter` and `recorded`: names for values."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import assert_never

from attrs import evolve

from vocpolicy import core, syntax
from vocpolicy.checker.comparisons import NEAR, operands, tolerance
from vocpolicy.checker.context import Context, Env
from vocpolicy.checker.expressions import infer, typed
from vocpolicy.checker.literals import as_fraction
from vocpolicy.checker.rules import reading_in_use, readings_of
from vocpolicy.checker.signs import sign_of
from vocpolicy.checker.types import read_type, type_of
from vocpolicy.checker.words import assumptions, citations, day, labels, notes
from vocpolicy.diagnostics import Note, Words
from vocpolicy.quantities import kind_of
from vocpolicy.resolver import Definition


def check_definition(context: Context, name: str, definition: Definition) -> None:
    """Add the definition to the context, unless it is a mistake."""
    match definition:
        case syntax.Define():
            made = _define(context, name, definition)
        case syntax.Parameter():
            made = _parameter(context, name, definition)
        case syntax.Recorded():
            made = _recorded(context, name, definition)
        case _:
            assert_never(definition)
    if made is not None:
        context.definitions[name] = made
        context.signs[name] = sign_of(Env(context, made.entity), made)


def _define(context: Context, name: str, written: syntax.Define) -> core.Definition | None:
    entity = written.entity.text if written.entity else None
    value = infer(Env(context, entity), written.value)
    cited = citations(context, written.attributes.citations)
    assumed = assumptions(written.attributes.assumptions, name)
    if value is None:
        return None
    dated = core.DatedValue(None, None, value, cited, assumed, span=written.value.span)
    return core.Definition(
        name,
        "define",
        labels(written.labels, name),
        type_of(value),
        (dated,),
        entity,
        span=written.span,
    )


# ---- parameters --------------------------------------------------------------------------


def _parameter(context: Context, name: str, written: syntax.Parameter) -> core.Definition | None:
    type_ = read_type(context, written.type)
    cited = citations(context, written.attributes.citations)
    assumed = assumptions(written.attributes.assumptions, name)
    if type_ is None:
        _check_dates(context, written.values)
        return None
    bodies: dict[str, tuple[core.DatedValue, ...]] = {}
    for reading in written.readings or (None,):
        values = _values(context, written, reading, type_)
        if values is None:
            return None
        bodies[reading.name.text if reading else ""] = values
    in_use = reading_in_use(context, written.name, written.readings)
    return core.Definition(
        name,
        "parameter",
        labels(written.labels, name),
        type_,
        bodies[in_use],
        notes=notes(written.notes),
        citations=cited,
        assumptions=assumed,
        bodies=MappingProxyType(bodies if written.readings else {}),
        readings=readings_of(context, written.readings),
        in_use=in_use,
        span=written.span,
    )


def _values(
    context: Context,
    written: syntax.Parameter,
    reading: syntax.ParameterReading | None,
    type_: core.Type,
) -> tuple[core.DatedValue, ...] | None:
    """The values of a parameter, under a reading or its own, in the order of their days."""
    name = written.name.text
    own = reading.values if reading and reading.values else written.values
    _check_dates(context, own)
    if not own:
        place = reading.name if reading else written.name
        context.mistakes.add("V341", place.span, name=place.text)
        return None
    made = [_dated(context, name, value, type_) for value in own]
    kept = [value for value in made if value is not None]
    if len(kept) < len(made):
        return None
    if reading:
        cited = citations(context, reading.attributes.citations)
        assumed = assumptions(reading.attributes.assumptions, name)
        kept = [
            evolve(one, citations=one.citations + cited, assumptions=one.assumptions + assumed)
            for one in kept
        ]
    return tuple(sorted(kept, key=lambda value: value.start or datetime.date.min))


def _dated(
    context: Context, name: str, written: syntax.ParameterValue, type_: core.Type
) -> core.DatedValue | None:
    value = typed(Env(context), written.value, type_)
    cited = citations(context, written.attributes.citations)
    assumed = assumptions(written.attributes.assumptions, name)
    end = written.end.last if written.end else None
    if value is None:
        return None
    return core.DatedValue(written.start.first, end, value, cited, assumed, span=written.span)


def _check_dates(context: Context, values: Sequence[syntax.ParameterValue]) -> None:
    """Each value has days of its own: none ends before it starts, none starts within another."""
    for value in values:
        if value.end and value.end.last < value.start.first:
            start, end = day(value.start.first), day(value.end.last)
            context.mistakes.add("V345", value.start.span, start=start, end=end)
    in_time = sorted(values, key=lambda value: value.start.first)
    for earlier, later in pairwise(in_time):
        same = earlier.start.first == later.start.first
        overlaps = earlier.end is not None and earlier.end.last >= later.start.first
        if same or overlaps:
            note = Note(earlier.span, Words("the other value", "另一个值"))
            context.mistakes.add("V342", later.start.span, note, date=day(later.start.first))


# ---- recorded figures --------------------------------------------------------------------


def _recorded(context: Context, name: str, written: syntax.Recorded) -> core.Definition | None:
    type_ = read_type(context, written.type)
    cited = citations(context, written.attributes.citations)
    assumed = assumptions(written.attributes.assumptions, name)
    value = _figure(Env(context), written.value, type_) if type_ else None
    if type_ is None or value is None:
        return None
    start = written.at.last if written.at else None
    dated = core.DatedValue(start, None, value, cited, assumed, span=written.value.span)
    because = written.attributes.because
    return core.Definition(
        name,
        "recorded",
        labels(written.labels, name),
        type_,
        (dated,),
        notes=notes([because] if because else []),
        span=written.span,
    )


def _figure(env: Env, comparison: syntax.Comparison, type_: core.Type) -> core.Expr | None:
    """What a document records: a number, or the range that its words leave."""
    made = operands(env, comparison, type_)
    if made is None:
        return None
    if comparison.comparator == "exactly" and not isinstance(type_, core.NumberType):
        return made[0]
    numbers = [as_fraction(operand) for operand in made]
    if comparison.comparator == "each_of" or any(number is None for number in numbers):
        env.context.mistakes.add("V340", comparison.span)
        return None
    low, high = _limits(
        env, comparison, type_, [number for number in numbers if number is not None]
    )
    if low is not None and low == high:
        return core.Const(low, type_, span=comparison.span)
    return None if low is high is None else core.Range(low, high, type_, span=comparison.span)


_Limits = tuple[Fraction | None, Fraction | None]


def _limits(
    env: Env, comparison: syntax.Comparison, type_: core.Type, numbers: list[Fraction]
) -> _Limits:
    """The bounds of the range; neither where it is a mistake, which has been reported."""
    counted = isinstance(type_, core.NumberType) and kind_of(type_.dimension) is not None
    floor = Fraction(0) if counted else None
    match comparison.comparator, numbers:
        case "exactly", [number]:
            return number, number
        case "between", [low, high]:
            return low, high
        case (("at_least" | "more_than"), [number]):
            return number, None
        case (("at_most" | "less_than"), [number]):
            return floor, number
        case "all", _:
            return Fraction(1), Fraction(1)
        case "some", _:
            return Fraction(1), None
        case near, [number]:
            assert near in NEAR, near
            return _band(env, comparison, type_, number)
        case _:
            raise AssertionError(comparison.comparator)


def _band(env: Env, comparison: syntax.Comparison, type_: core.Type, number: Fraction) -> _Limits:
    allowed = tolerance(env, comparison, type_)
    if allowed is None:
        return None, None
    width = as_fraction(allowed.node)
    if width is None:
        env.context.mistakes.add("V340", comparison.span)
        return None, None
    width = width * abs(number) if allowed.relative else width
    return number - width, number if comparison.comparator == "nearly" else number + width

"""Code for numbers of which only bounds are known, where facts that they are made from are missing.

Such code gives the two ends of an interval, and is asked only of cases that lack something.  What
bounds say of a missing fact is asked of the interpreter when the code is made, except where
other facts bound it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from vocpolicy import core
from vocpolicy.core.walk import type_of
from vocpolicy.interpreter.known import relations, step_of, unknown_number
from vocpolicy.interpreter.values import bounds
from vocpolicy.scalar import scales, values
from vocpolicy.scalar.code import ONE, Truth, UnsupportedError, common, literal
from vocpolicy.scalar.values import factor, inner, optional

if TYPE_CHECKING:
    from vocpolicy.scalar.places import Read
    from vocpolicy.scalar.writer import Writer

UNBOUNDED = "(None, None)"


@frozen
class Range:
    """Code for the ends of an interval, in units of `scale`; it gives `None` where there is no such
    number, which can be where `optional`."""

    code: str
    scale: Fraction
    optional: bool = False


def truth(writer: Writer, expr: core.Expr) -> Truth | None:
    """Code for a comparison of numbers that may be missing; None where there is none."""
    try:
        match expr:
            case core.Compare(operator, left, right):
                return _compared(writer, operator, left, right)
            case core.Equal(left, right, negated):
                if isinstance(right, core.Const) and right.value is core.Nothing.NONE:
                    return _none(writer, expr, left, negated)
                codes, optional_ = _sides(writer, left, right)
                same = f"{'same_or_none' if optional_ else 'same'}({', '.join(codes)})"
                return _either(writer, expr, same, not negated)
            case core.Aggregate():
                return writer.aggregated_truth(expr)
            case _:
                return None
    except UnsupportedError:
        return None


def _compared(writer: Writer, operator: str, left: core.Expr, right: core.Expr) -> Truth:
    (one, other), optional_ = _sides(writer, left, right)
    if optional_:
        name = writer.keep(f"compared({operator!r}, {one}, {other})")
        return Truth(f"({name} is True)", f"({name} is False)")
    if operator in ("at_most", "more_than"):
        one, other = other, one
    positive = operator in ("at_least", "at_most")
    compare = core.Compare(operator, left, right)
    return _either(writer, compare, f"at_least({one}, {other})", positive)


def _either(writer: Writer, expr: core.Expr, text: str, positive: bool) -> Truth:
    """Whether something holds that comes to this, or to its contrary; what goes through a list is
    worked out once."""
    if writer.lists_in(expr):
        text = writer.keep(text)
    holds, fails = f"({text} is True)", f"({text} is False)"
    return Truth(holds, fails) if positive else Truth(fails, holds)


def _none(writer: Writer, expr: core.Equal, operand: core.Expr, negated: bool) -> Truth:
    """Whether there is no such number."""
    if not isinstance(inner(type_of(operand)), core.NumberType):
        raise UnsupportedError("is no number")
    return _either(writer, expr, f"same_or_none({ranged(writer, operand).code}, None)", not negated)


def _sides(writer: Writer, left: core.Expr, right: core.Expr) -> tuple[list[str], bool]:
    """The codes of both sides, and whether one of them can be none."""
    for one in (left, right):
        if not isinstance(inner(type_of(one)), core.NumberType):
            raise UnsupportedError("is no number")
    sides = [ranged(writer, one) for one in (left, right)]
    scale = common([one.scale for one in sides])
    return [_scaled(writer, one, scale) for one in sides], any(one.optional for one in sides)


def same_scale(writer: Writer, several: list[Range]) -> tuple[list[str], Fraction]:
    """Codes of several intervals of numbers that there are, all on one scale."""
    scale = common([one.scale for one in several])
    return [scaled(writer, one, scale) for one in several], scale


def scaled(writer: Writer, one: Range, scale: Fraction) -> str:
    """Code for the interval of a number that there is, on a scale."""
    if one.optional:
        raise UnsupportedError("can be none")
    return _scaled(writer, one, scale)


def _scaled(writer: Writer, one: Range, scale: Fraction) -> str:
    by = one.scale / scale
    if by == 1:
        return one.code
    if one.optional:
        name = writer.keep(one.code)
        return f"(None if {name} is None else scaled({name}, {end(writer, by)}))"
    return f"scaled({one.code}, {end(writer, by)})"


def lifted(writer: Writer, operands: list[Range], make: Callable[[list[Range]], Range]) -> Range:
    """What arithmetic makes of numbers: of `none` it makes `none`."""
    names = [writer.keep(one.code) if one.optional else "" for one in operands]
    if not any(names):
        return make(operands)
    there = [
        Range(name, one.scale) if name else one for one, name in zip(operands, names, strict=True)
    ]
    made = make(there)
    none = " or ".join(f"{name} is None" for name in names if name)
    return Range(f"(None if {none} else {made.code})", made.scale, optional=True)


def end(writer: Writer, value: Fraction | None) -> str:
    """Code for an end."""
    if value is None or value.denominator == 1:
        return str(value)
    return writer.constant(value)


# ---- numbers ------------------------------------------------------------------------------------


def ranged(writer: Writer, expr: core.Expr) -> Range:
    """Code for the interval that a number lies in."""
    match expr:
        case core.Const(value=Fraction() as value):
            found = literal(value)
            return Range(f"({found.top}, {found.top})", found.scale)
        case core.FactRef() | core.FieldRef():
            return _fact(writer, expr)
        case core.Range(low, high):
            return _fixed(writer, low, high)
        case core.DefinitionRef(name) if writer.in_force(name) is None:
            return Range(UNBOUNDED, ONE)
        case core.DefinitionRef():
            return writer.defined(expr, ranged)
        case core.ConclusionRef():
            return writer.concluded_range(expr)
        case core.Negate(operand):
            return _of(writer, [operand], lambda one: Range(f"minus({one[0].code})", one[0].scale))
        case core.Arithmetic(operator, left, right):
            return _of(writer, [left, right], lambda two: _arithmetic(writer, operator, *two))
        case core.Divide(left, right):
            return _of(writer, [left, right], lambda two: _divided(writer, expr, *two))
        case core.DatesBetween():
            return _between(writer, expr)
        case core.Aggregate():
            return writer.aggregated_range(expr)
        case core.Round(mode, operand, core.Const(value=Fraction() as grain)):
            return _of(writer, [operand], lambda one: _rounded(writer, mode, one[0], grain))
        case core.Choose(kind, members):
            return _of(writer, list(members), lambda several: _chosen(writer, kind, several))
        case core.Scale(kind="marginal"):
            return scales.marginal(writer, expr)
        case core.Scale():
            return scales.band(writer, expr)
        case _:
            raise UnsupportedError("has no code where facts are missing")


def _of(writer: Writer, operands: list[core.Expr], make: Callable[[list[Range]], Range]) -> Range:
    return lifted(writer, [ranged(writer, one) for one in operands], make)


def _fixed(writer: Writer, low: Fraction | None, high: Fraction | None) -> Range:
    scale = common([Fraction(1, one.denominator) for one in (low, high) if one] or [ONE])
    return Range(ends(writer, (low, high), scale), scale)


def _arithmetic(writer: Writer, operator: str, left: Range, right: Range) -> Range:
    if operator == "multiply":
        return Range(f"product({left.code}, {right.code})", left.scale * right.scale)
    codes, scale = same_scale(writer, [left, right])
    if operator == "subtract":
        codes[1] = f"minus({codes[1]})"
    return Range(f"plus({', '.join(codes)})", scale)


def _rounded(writer: Writer, mode: str, one: Range, grain: Fraction) -> Range:
    steps = writer.constant(grain / one.scale)
    return Range(f"rounded_ends({mode!r}, {one.code}, {steps})", one.scale)


def _chosen(writer: Writer, kind: str, several: list[Range]) -> Range:
    codes, scale = same_scale(writer, several)
    function = "smallest" if kind == "smaller" else "largest"
    return Range(f"{function}(({', '.join(codes)},))", scale)


def _divided(writer: Writer, expr: core.Divide, left: Range, right: Range) -> Range:
    scale = left.scale / right.scale
    if_zero = "None"
    if expr.if_zero is not None:
        if_zero = scaled(writer, ranged(writer, expr.if_zero), scale)
    below = type_of(expr.right)
    whole = isinstance(below, core.NumberType) and below.whole
    least = end(writer, 1 / right.scale if whole else None)
    most = end(writer, 1 / scale if expr.part_of_whole else None)
    return Range(f"quotient({left.code}, {right.code}, {if_zero}, {least}, {most})", scale)


def _between(writer: Writer, expr: core.DatesBetween) -> Range:
    """Of a date that is missing nothing is known, nor of what is made of it alone."""
    for one in writer.through(expr):
        if isinstance(one, core.Choose | core.Aggregate) or optional(type_of(one)):
            raise UnsupportedError("is made of several dates, or of one that can be none")
    if writer.valueless(expr):
        return Range(UNBOUNDED, ONE)
    around, writer.touched = writer.touched, {}
    value = values.number(writer, expr)
    absent = " or ".join(f"{name} is M" for name in sorted(writer.touched))
    writer.touched = {**around, **writer.touched}
    code = f"known({value.top})"
    return Range(f"({UNBOUNDED} if {absent} else {code})" if absent else code, value.scale)


# ---- facts --------------------------------------------------------------------------------------


def _fact(writer: Writer, expr: core.FactRef | core.FieldRef) -> Range:
    if not isinstance(inner(expr.type), core.NumberType):
        raise UnsupportedError("is no number")
    text = writer.fact(expr)
    read = writer.touched[text]
    if optional(expr.type):
        there = f"({UNBOUNDED} if {text} is M else None if {text} is None else ({text}, {text}))"
        return Range(there, factor(read.fact.type), optional=True)
    related = list(relations(read.fact, writer.siblings(read)))
    absent = _related(writer, text, read, related) if related else _alone(writer, read.fact)
    if read.around is not None:
        absent = f"({UNBOUNDED} if {read.around} is M else {absent})"
    return Range(f"({absent} if {text} is M else ({text}, {text}))", factor(read.fact.type))


def _alone(writer: Writer, fact: core.Fact) -> str:
    return ends(writer, bounds(unknown_number(fact, ())), factor(fact.type))


def ends(writer: Writer, pair: tuple[Fraction | None, Fraction | None], scale: Fraction) -> str:
    """Code for an interval that is known beforehand."""
    codes = (end(writer, None if one is None else one / scale) for one in pair)
    return f"({', '.join(codes)})"


def _related(writer: Writer, text: str, read: Read, related: list[tuple[str, core.Expr]]) -> str:
    """Code for the bounds of a missing fact, of which some are other facts."""
    fact, one = read.fact, factor(read.fact.type)
    lows, highs = [], []
    if fact.low is not None:
        lows.append(f"({end(writer, fact.low / one)}, {fact.low_strict})")
    if fact.high is not None:
        highs.append(f"({end(writer, fact.high / one)}, {fact.high_strict})")
    for operator, expr in related:
        other = _other(writer, text, read, expr)
        strict = operator in ("more_than", "less_than")
        entry = f"({_in_units(writer, *other, one)}, {strict})"
        (lows if operator in ("at_least", "more_than") else highs).append(entry)
    step = step_of(fact)
    grain = end(writer, None if step is None else step / one)
    return f"bounded({_tuple(lows)}, {_tuple(highs)}, {grain})"


def _other(writer: Writer, text: str, read: Read, expr: core.Expr) -> tuple[str, core.Fact]:
    """The code of a fact that bounds another, and the fact."""
    if not isinstance(expr, core.FactRef | core.FieldRef):
        raise UnsupportedError("is bounded by more than another fact")
    other = writer.siblings(read).get(expr.name)
    if other is None or not isinstance(inner(other.type), core.NumberType) or optional(other.type):
        raise UnsupportedError("is bounded by a fact that is not always there")
    if other.low is not None and other.low == other.high:
        raise UnsupportedError("is bounded by a fact that is known even where it is missing")
    if read.record is not None and read.around is not None:
        return writer.field_of(read.around, read.record, expr.name), other
    if read.record is not None:
        row = text.rpartition("[")[0]
        return f"{row}[{writer.readers.place(read.record, expr.name)}]", other
    if writer.declared.get(expr.name) is not other or expr.name not in writer.variables:
        raise UnsupportedError("is bounded by a fact that is not read")
    return writer.variables[expr.name], other


def _in_units(writer: Writer, text: str, fact: core.Fact, one: Fraction) -> str:
    """The value of a fact in units of another; `M` where it is missing."""
    by = factor(fact.type) / one
    return text if by == 1 else f"(M if {text} is M else {text} * {end(writer, by)})"


def _tuple(codes: list[str]) -> str:
    return f"({''.join(_comma(codes))})"


def _comma(codes: list[str]) -> Iterator[str]:
    return (f"{code}, " for code in codes)

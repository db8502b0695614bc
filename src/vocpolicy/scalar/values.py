"""Code for the values of expressions: numbers, dates, choices and texts."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from vocpolicy import core
from vocpolicy.core.walk import type_of
from vocpolicy.facts.numbers import own_scale
from vocpolicy.scalar import code
from vocpolicy.scalar.code import Number, UnsupportedError
from vocpolicy.scalar.nodes import UNSUPPORTED

if TYPE_CHECKING:
    from vocpolicy.scalar.writer import Writer


def inner(kind: core.Type) -> core.Type:
    return core.inner(kind)


def optional(kind: core.Type) -> bool:
    return isinstance(kind, core.OptionalType)


def factor(kind: core.Type) -> Fraction:
    """How many base units a bare number of the type is."""
    number = inner(kind)
    return own_scale(number)[0] if isinstance(number, core.NumberType) else Fraction(1)


def none_words(policy: core.Policy, kind: core.ChoiceType) -> frozenset[object]:
    """What says `none` of a choice, but for words that are values of it."""
    words = {"none", "无"} - set(policy.choices[kind.name].members)
    return frozenset({None, core.Nothing.NONE, *words})


# ---- numbers -------------------------------------------------------------------------------


def number(writer: Writer, expr: core.Expr) -> Number:
    """Code for a number in base units."""
    match expr:
        case core.Const(value=Fraction() as value):
            return code.literal(value)
        case core.FactRef() | core.FieldRef():
            return _fact(writer, expr)
        case core.Aggregate():
            return writer.aggregated(expr)
        case core.DefinitionRef():
            return writer.defined(expr, number)
        case core.ConclusionRef():
            return writer.concluded_number(expr)
        case core.Negate(operand):
            return _negated(some(number(writer, operand)))
        case core.Arithmetic():
            return _arithmetic(writer, expr)
        case core.Divide():
            return _divided(writer, expr)
        case core.DatesBetween(unit, start, end):
            days = f"between({unit!r}, {date(writer, start)}, {date(writer, end)}, month_end)"
            return Number(f"({days})", Fraction(12 if unit == "years" else 1))
        case core.Round(mode, operand, grain):
            return _rounded(writer, mode, operand, grain)
        case core.Choose(kind, members):
            parts = [some(number(writer, member)) for member in members]
            codes, scale = code.same_scale(parts)
            return Number(f"{'min' if kind == 'smaller' else 'max'}({', '.join(codes)})", scale)
        case core.Scale():
            return _scale(writer, expr)
        case _:
            raise UnsupportedError(UNSUPPORTED.get(type(expr), "is no number"))


def some(value: Number) -> Number:
    """A number that there certainly is; where there is none, the interpreter goes on."""
    if not value.optional:
        return value
    return Number(f"present({value.top})", value.scale, value.bottom)


def _fact(writer: Writer, expr: core.FactRef | core.FieldRef) -> Number:
    kind = inner(expr.type)
    if not isinstance(kind, core.NumberType):
        raise UnsupportedError("is no number")
    fact = writer.fact(expr)
    return Number(fact, factor(writer.touched[fact].fact.type), optional=optional(expr.type))


def _negated(value: Number) -> Number:
    if value.literal is not None:
        return Number(str(-value.literal), value.scale, value.bottom)
    return Number(f"(-{value.top})", value.scale, value.bottom)


def _arithmetic(writer: Writer, expr: core.Arithmetic) -> Number:
    left, right = (some(number(writer, one)) for one in (expr.left, expr.right))
    if expr.operator == "multiply":
        return _product(left, right)
    sign = {"add": "+", "subtract": "-"}.get(expr.operator)
    if sign is None:
        raise UnsupportedError(f"is not a number: {expr.operator}")
    codes, scale = code.same_scale([left, right])
    return Number(f"({codes[0]} {sign} {codes[1]})", scale)


def _product(left: Number, right: Number) -> Number:
    top = code.product(left.top, right.top)
    bottom = code.product(left.bottom or "1", right.bottom or "1")
    return Number(
        f"({top})" if "*" in top else top,
        left.scale * right.scale,
        None if bottom == "1" else f"({bottom})",
    )


def _divided(writer: Writer, expr: core.Divide) -> Number:
    left, right = (code.single(some(number(writer, one))) for one in (expr.left, expr.right))
    scale = left.scale / right.scale
    if expr.if_zero is None:
        return Number(left.top, scale, right.top)
    otherwise = some(number(writer, expr.if_zero))
    made = Number(f"ratio({left.top}, {right.top})", scale)
    codes, shared = code.same_scale([made, otherwise])
    return Number(f"({codes[0]} if {right.top} else {codes[1]})", shared)


def _rounded(writer: Writer, mode: str, operand: core.Expr, grain: core.Const) -> Number:
    value = code.single(some(number(writer, operand)))
    assert isinstance(grain.value, Fraction)
    steps = writer.constant(grain.value / value.scale)
    return Number(f"rounded({mode!r}, {value.top}, {steps})", value.scale)


def _scale(writer: Writer, expr: core.Scale) -> Number:
    if expr.kind == "marginal":
        operand = some(number(writer, expr.operand))
        starts = [some(number(writer, band.start)) for band in expr.bands]
        rates = [some(number(writer, band.value)) for band in expr.bands]
        (value, *begun), scale = code.same_scale([operand, *starts])
        shares, rate = code.same_scale(rates)
        lists = f"({', '.join(begun)},), ({', '.join(shares)},)"
        return Number(f"marginal({value}, {lists})", scale * rate)
    lines = [number(writer, band.value) for band in expr.bands]
    codes, scale = code.same_scale([some(line) for line in lines])
    return Number(_line(writer, expr, codes), scale, optional=True)


def _line(writer: Writer, expr: core.Scale, codes: list[str]) -> str:
    """The value of the last line that the operand reaches; None below the first."""
    below = "None" if isinstance(expr.type, core.OptionalType) else "slow()"
    text = below
    for band, value in zip(expr.bands, codes, strict=True):
        begun = compare(writer, core.Compare("at_least", expr.operand, band.start))
        text = (
            f"{value} if {begun} else {text}"
            if text == below
            else (f"{value} if {begun} else ({text})")
        )
    return f"({text})"


# ---- dates, choices, texts -------------------------------------------------------------------


def date(writer: Writer, expr: core.Expr) -> str:
    """Code for a date; where there is none, the interpreter goes on."""
    match expr:
        case core.Const(value=value):
            return writer.constant(value)
        case core.AsOf():
            return writer.today()
        case core.FactRef() | core.FieldRef():
            fact = writer.fact(expr)
            return f"present({fact})" if optional(expr.type) else fact
        case core.Aggregate():
            return writer.aggregated_date(expr)
        case core.DefinitionRef():
            return writer.defined(expr, date)
        case core.Arithmetic(operator="shift"):
            return _moved(writer, expr)
        case core.Choose(kind, members):
            several = ", ".join(date(writer, member) for member in members)
            return f"{'min' if kind == 'smaller' else 'max'}({several})"
        case _:
            raise UnsupportedError(UNSUPPORTED.get(type(expr), "is no date"))


def _moved(writer: Writer, expr: core.Arithmetic) -> str:
    """A date moved; in cases that lack facts a day that a month does not have is missing too."""
    touched, writer.touched = writer.touched, {}
    length = code.single(some(number(writer, expr.right)))
    by = length.top
    if length.scale != 1:
        by = f"{by} * {writer.constant(length.scale)}"
    kind = type_of(expr.right)
    start = date(writer, expr.left)
    read, writer.touched = writer.touched, {**touched, **writer.touched}
    if not (isinstance(kind, core.NumberType) and kind.dimension == (("month", 1),)):
        return f"moved_by_days({start}, {by})"
    moved = f"moved_by_months({start}, {by}, month_end)"
    if writer.known or writer.where.depth or writer.policy.month_end != "refuse":
        return moved
    return writer.day_or_missing(touched, read, f"moved_or_missing({start}, {by}, month_end)")


def word(writer: Writer, expr: core.Expr) -> str:
    """Code for a choice, a text or a yes or no: what `==` compares."""
    match expr:
        case core.Const(value=str() | bool() as value):
            return repr(value)
        case core.FactRef() | core.FieldRef() if not optional(expr.type):
            return writer.fact(expr)
        case core.DefinitionRef():
            return writer.defined(expr, word)
        case core.Scale(kind="band"):
            return _line(writer, expr, [word(writer, one.value) for one in expr.bands])
        case _:
            raise UnsupportedError(UNSUPPORTED.get(type(expr), "is not compared here"))


# ---- comparisons -----------------------------------------------------------------------------


def compare(writer: Writer, expr: core.Compare) -> str:
    """Code for a comparison by size; nothing compares with `none`."""
    operator = code.COMPARED[expr.operator]
    if isinstance(inner(type_of(expr.left)), core.DateType):
        there = [f"{_date_or_none(writer, one)} is not None" for one in _optional_facts(expr)]
        sides = [_date_or_none(writer, one) for one in (expr.left, expr.right)]
        return code.every([*there, f"({sides[0]} {operator} {sides[1]})"])
    left, right = number(writer, expr.left), number(writer, expr.right)
    there = [f"{side.top} is not None" for side in (left, right) if side.optional]
    return code.every([*there, code.compared(left, right, operator)])


def _optional_facts(expr: core.Compare) -> list[core.FactRef | core.FieldRef]:
    """The sides that are facts and can be none."""
    return [
        one
        for one in (expr.left, expr.right)
        if isinstance(one, core.FactRef | core.FieldRef) and optional(one.type)
    ]


def _date_or_none(writer: Writer, expr: core.Expr) -> str:
    """Code for a date, of a fact that can be none as it comes."""
    if isinstance(expr, core.FactRef | core.FieldRef):
        return writer.fact(expr)
    return date(writer, expr)


def equal(writer: Writer, left: core.Expr, right: core.Expr) -> str:
    """Code for the same value."""
    if isinstance(left, core.Const) and not isinstance(right, core.Const):
        left, right = right, left
    kind = inner(type_of(left))
    if isinstance(right, core.Const) and right.value is core.Nothing.NONE:
        return _is_none(writer, left, kind)
    if isinstance(kind, core.NumberType):
        sides = number(writer, left), number(writer, right)
        there = [f"{side.top} is not None" for side in sides if side.optional]
        if len(there) == 2:
            raise UnsupportedError("two numbers that can both be none")
        return code.every([*there, code.compared(*sides, "==")])
    if isinstance(kind, core.DateType):
        if optional(type_of(left)) or optional(type_of(right)):
            raise UnsupportedError("a date that can be none")
        return f"({date(writer, left)} == {date(writer, right)})"
    if isinstance(left, core.FactRef | core.FieldRef) and isinstance(right, core.Const):
        return f"({writer.fact(left)} == {word(writer, right)})"
    return f"({word(writer, left)} == {word(writer, right)})"


def _is_none(writer: Writer, expr: core.Expr, kind: core.Type) -> str:
    if isinstance(expr, core.FactRef | core.FieldRef):
        fact = writer.fact(expr)
        if isinstance(kind, core.ChoiceType):
            return f"({fact} in {writer.nones(kind)})"
        return f"({fact} is None)"
    if isinstance(kind, core.NumberType):
        value = number(writer, expr)
        return f"({value.top} is None)" if value.optional else "False"
    if isinstance(kind, core.ChoiceType | core.TextType):
        return f"({word(writer, expr)} is None)"
    raise UnsupportedError("whether it is none")


def within(writer: Writer, expr: core.Within) -> str:
    """Code for one of several values."""
    members = expr.members
    words = [one.value for one in members if isinstance(one, core.Const)]
    named = [one for one in words if isinstance(one, str)]
    if isinstance(expr.item, core.FactRef | core.FieldRef) and len(named) == len(members):
        return f"({writer.fact(expr.item)} in {{{', '.join(map(repr, named))}}})"
    return code.any_of([equal(writer, expr.item, member) for member in members])

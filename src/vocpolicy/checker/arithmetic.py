"""Sums, products and ratios: their dimensions, and the unit that shows them."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from vocpolicy import core, syntax
from vocpolicy.checker.agreement import ADDED, SUBTRACTED, as_number, as_type, same_numbers
from vocpolicy.checker.context import Context, Env
from vocpolicy.checker.signs import above_zero, part_of_whole
from vocpolicy.checker.types import DATE, describe, type_of
from vocpolicy.quantities import DAYS, MONTHS, NUMBER, RATIO, is_ratio, product, unit_for
from vocpolicy.source import Span


def negated(context: Context, operand: core.Expr | None, span: Span) -> core.Expr | None:
    """The number below zero; a literal stays a literal."""
    type_ = as_number(context, operand)
    if operand is None or type_ is None:
        return None
    if isinstance(operand, core.Const) and isinstance(operand.value, Fraction):
        return core.Const(-operand.value, type_, span=span)
    return core.Negate(operand, type_, span=span)


def total(
    context: Context, operator: str, left: core.Expr, right: core.Expr, span: Span
) -> core.Expr | None:
    """The sum or difference of two numbers, or a date moved by a length of time."""
    if DATE in (type_of(left), type_of(right)):
        return _shifted(context, operator, left, right, span)
    one, other = as_number(context, left), as_number(context, right)
    if one is None or other is None:
        return None
    action = ADDED if operator == "add" else SUBTRACTED
    if not same_numbers(context, one, other, span, action):
        return None
    type_ = core.NumberType(one.dimension, one.whole and other.whole, one.unit or other.unit)
    return core.Arithmetic(operator, left, right, type_, span=span)


def _shifted(
    context: Context, operator: str, left: core.Expr, right: core.Expr, span: Span
) -> core.Expr | None:
    """A date plus or minus days, months or years."""
    if operator == "add" and type_of(left) != DATE:
        left, right = right, left
    length = type_of(right)
    lengths = (DAYS.dimension, MONTHS.dimension)
    if type_of(left) != DATE or (
        not isinstance(length, core.NumberType) or length.dimension not in lengths
    ):
        wrong = right if type_of(left) == DATE else left
        context.mistakes.add("V344", wrong.span, found=describe(context, type_of(wrong)))
        return None
    amount = negated(context, right, right.span) if operator == "subtract" else right
    assert amount is not None
    return core.Arithmetic("shift", left, amount, DATE, span=span)


def multiplied(context: Context, left: core.Expr, right: core.Expr, span: Span) -> core.Expr | None:
    one, other = as_number(context, left), as_number(context, right)
    if one is None or other is None:
        return None
    type_ = _made(context, one, other, 1)
    whole = all(type_.whole or _integer(node) for node, type_ in ((left, one), (right, other)))
    return core.Arithmetic("multiply", left, right, evolve(type_, whole=whole), span=span)


def _integer(node: core.Expr) -> bool:
    return (
        isinstance(node, core.Const)
        and isinstance(node.value, Fraction)
        and node.value.denominator == 1
        and type_of(node) == NUMBER
    )


def divided(
    env: Env,
    left: core.Expr,
    right: core.Expr,
    if_zero: tuple[syntax.Expr, core.Expr | None] | None,
    span: Span,
) -> core.Expr | None:
    """A ratio; the bounds prove its denominator above zero, or `if_zero` says what it is then."""
    context = env.context
    one, other = as_number(context, left), as_number(context, right)
    if one is None or other is None:
        return None
    type_ = quotient(context, one, other)
    if isinstance(left, core.Const) and isinstance(right, core.Const) and right.value:
        assert isinstance(left.value, Fraction) and isinstance(right.value, Fraction)
        return core.Const(left.value / right.value, type_, span=span)
    otherwise = None
    if if_zero is not None:
        otherwise = as_type(context, if_zero[1], type_)
        if otherwise is None:
            return None
    elif not above_zero(env, right):
        context.mistakes.add("V310", right.span, name=right.span.text)
        return None
    part = part_of_whole(env, left, right)
    return core.Divide(left, right, type_, otherwise, part, span=span)


def quotient(context: Context, one: core.NumberType, other: core.NumberType) -> core.NumberType:
    """The type of a ratio of two numbers."""
    if one.dimension == other.dimension and (one.dimension or is_ratio(one) or is_ratio(other)):
        return RATIO if one.dimension or is_ratio(one) else NUMBER
    return _made(context, one, other, -1)


def times(context: Context, one: core.NumberType, other: core.NumberType) -> core.NumberType:
    """The type of a product of two numbers."""
    return _made(context, one, other, 1)


def _made(
    context: Context, one: core.NumberType, other: core.NumberType, sign: int
) -> core.NumberType:
    """The type of a product or quotient, with the unit that shows it best."""
    dimension = product(one.dimension, other.dimension, sign)
    if not dimension:
        return RATIO if is_ratio(one) or is_ratio(other) else _cancelled(one)
    if not other.dimension:
        return core.NumberType(dimension, unit=one.unit)
    if not one.dimension and sign > 0:
        return core.NumberType(dimension, unit=other.unit)
    return core.NumberType(dimension, unit=unit_for(dimension, context.kinds))


def _cancelled(one: core.NumberType) -> core.NumberType:
    """What is left where all dimensions cancel: a ratio, or the plain number that it was."""
    return RATIO if one.dimension else NUMBER

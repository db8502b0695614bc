"""Comparisons that one fact decides, as a threshold of that fact.

Where what is compared rises or falls with the fact alone, one threshold says where the answer
changes.  It is found by asking the interpreter, so that dates moved by months, whole years
between dates, rounding and scales need no arithmetic on columns at all.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

import narwhals.stable.v2 as nw

from vocpolicy import core
from vocpolicy.columnar.logic import Col, Truth
from vocpolicy.columnar.numbers import Number, ends_compared
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import Place
from vocpolicy.core.walk import type_of

Test: TypeAlias = Callable[[int], bool | None]
MONTHS = (("month", 1),)


def of_number(place: Place, expr: core.Compare, name: str, number: Number) -> Truth:
    """A comparison that a number alone decides; null where it is missing."""

    def test(count: int) -> bool | None:
        answer = place.answer(expr, {name: count * number.scale})
        return answer if isinstance(answer, bool) else None

    assert isinstance(number.lo, Col)
    found = _threshold(place, expr, test, number.least, number.most)
    if isinstance(found, bool):
        return ends_compared("at_least" if found else "less_than", number.lo, number.least)
    return ends_compared("at_least" if found[1] else "less_than", number.lo, found[0])


def of_date(place: Place, expr: core.Compare, name: str, column: Col) -> Truth:
    """The same of a date."""

    def test(count: int) -> bool | None:
        answer = place.answer(expr, {name: datetime.date.fromordinal(count)})
        return answer if isinstance(answer, bool) else None

    found = _threshold(place, expr, test, 1, datetime.date.max.toordinal())
    if isinstance(found, bool):
        there = nw.when(~column.expr.is_null()).then(nw.lit(found))
        return Col(there.otherwise(nw.lit(None, dtype=nw.Boolean)), column.level)
    start, rises = found
    day = datetime.date.fromordinal(start)
    passes = column.expr >= day if rises else column.expr < day
    return Col(passes, column.level)


def _threshold(
    place: Place, expr: core.Expr, test: Test, low: int, high: int
) -> bool | tuple[int, bool]:
    """The least count at which the answer is the other, and what it is from there on; or the
    answer, where that is the same for all."""
    first, last = test(low), test(high)
    if first is None or last is None:
        raise refused("equal", place.engine, expr.span)
    if first is last:
        return first
    while high - low > 1:
        middle = (low + high) // 2
        if test(middle) is first:
            low = middle
        else:
            high = middle
    return high, last


def monotone(place: Place, expr: core.Expr) -> bool:
    """Whether it rises or falls with the one fact in it, which stands in it once."""
    if isinstance(expr, core.FactRef) or not place.facts_in(expr):
        return True
    match expr:
        case core.DefinitionRef():
            value, inside = place.defined(expr)
            return value is None or monotone(inside, value)
        case core.Negate(operand) | core.Round(_, operand):
            return monotone(place, operand)
        case core.Arithmetic(operator, left, right):
            if operator == "shift" and not _shifts(place, right):
                return False
            return monotone(place, left) and monotone(place, right)
        case core.Divide(left, right, _, if_zero):
            if if_zero is not None or _may_be_negative(place, right):
                return False
            return monotone(place, left) and monotone(place, right)
        case core.Choose(_, members):
            return all(monotone(place, member) for member in members)
        case core.DatesBetween(_, start, end):
            return monotone(place, start) and monotone(place, end)
        case core.Scale("marginal", operand):
            return _rises(place, expr) and monotone(place, operand)
        case _:
            return False


def _shifts(place: Place, length: core.Expr) -> bool:
    """Moved by a figure; by months only where the policy rounds the month's end."""
    kind = type_of(length)
    months = isinstance(kind, core.NumberType) and kind.dimension == MONTHS
    return not place.facts_in(length) and not (months and place.policy.month_end == "refuse")


def _may_be_negative(place: Place, expr: core.Expr) -> bool:
    if not place.facts_in(expr):
        value = place.answer(expr)
        return not (isinstance(value, Fraction) and value > 0)
    if isinstance(expr, core.FactRef):
        low = place.fact(expr).low
        return low is None or low < 0
    return True


def _rises(place: Place, expr: core.Scale) -> bool:
    for band in expr.bands:
        if place.facts_in(band.start) or place.facts_in(band.value):
            return False
        rate = place.answer(band.value)
        if not (isinstance(rate, Fraction) and rate >= 0):
            return False
    return True


# ---- what is compared ----------------------------------------------------------------------


def plain(left: core.Expr, right: core.Expr) -> bool:
    """A fact against a literal, for which no threshold has to be looked for."""
    return isinstance(left, core.FactRef) and isinstance(right, core.Const)


def rises(place: Place, left: core.Expr, right: core.Expr) -> bool:
    """Whether one threshold of the fact decides a comparison."""
    return monotone(place, left) and monotone(place, right)


def directly(expr: core.Compare | core.Equal | core.Within, place: Place) -> bool:
    """Whether the fact itself is compared, or what rises or falls with it."""
    if isinstance(expr, core.Compare):
        return True
    several = (expr.left, expr.right) if isinstance(expr, core.Equal) else (expr.item,)
    return not any(map(place.is_scaled, several))

"""Rounding, the smaller of several numbers, and products, of numbers that may be intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from typing import Any

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from vocpolicy.columnar.logic import Col, Truth, disjunction, expr_of, level_of, negation
from vocpolicy.columnar.numbers import (
    LARGEST,
    End,
    Number,
    aligned,
    beyond,
    held,
    held_end,
    multiplied,
    shared,
    widened,
)
from vocpolicy.columnar.wide import Room


def smaller(numbers: Sequence[Number]) -> Number:
    """The least of several: its lower end where all are known, its upper end that of any."""
    even = aligned(numbers)
    scale, room = even[0].scale, shared(even)
    least = min(one.least for one in even)
    most = min(one.most for one in even)
    # Of a fact without a column both ends are open, and yet the other may be an end of the two.
    same = all(one.same and one.lo is not None for one in even)
    none = disjunction(one.none for one in even)
    lo = _all([one.lo for one in even])
    if same:
        return Number(lo, lo, scale, least, most, none, room)
    highs = [one.hi for one in even if one.hi is not None]
    hi = without(none, _any(highs))
    # Where the upper end of one is open, that of another is the least of those that are there.
    figures = [one.most for one in even if isinstance(one.hi, int)]
    most = min([max(one.most for one in even), *figures])
    return Number(lo, hi, scale, min(least, most), max(least, most), none, room)


def without(none: Truth, end: End) -> End:
    """An end, null where there is nothing."""
    if none is False or end is None:
        return end
    nothing = nw.lit(None, dtype=nw.Int64)
    found = nw.when(expr_of(negation(none))).then(_expr(end)).otherwise(nothing)
    return Col(found, level_of(none, end))


def larger(numbers: Sequence[Number]) -> Number:
    return multiplied(smaller([multiplied(one, -1) for one in numbers]), -1)


def _expr(end: Col | int) -> nw.Expr:
    return end.expr if isinstance(end, Col) else nw.lit(end, dtype=nw.Int64)


def _all(ends: Sequence[End]) -> End:
    """The least of all, where all are there."""
    known = [one for one in ends if one is not None]
    if len(known) < len(ends):
        return None
    figures = [one for one in known if isinstance(one, int)]
    if len(figures) == len(known):
        return min(figures)
    exprs = [_expr(one) for one in known]
    lacking = reduce(lambda a, b: a | b, (one.is_null() for one in exprs))
    found = nw.when(~lacking).then(nw.min_horizontal(*exprs))
    return Col(found.otherwise(nw.lit(None, dtype=nw.Int64)), level_of(*known))


def _any(ends: Sequence[Col | int]) -> End:
    """The least of those that are there."""
    if not ends:
        return None
    figures = [one for one in ends if isinstance(one, int)]
    if len(figures) == len(ends):
        return min(figures)
    return Col(nw.min_horizontal(*(_expr(one) for one in ends)), level_of(*ends))


# ---- rounding ------------------------------------------------------------------------------------


def rounded(number: Number, mode: str, grain: Fraction) -> Number:
    """On a multiple of the grain.  Rounding never turns an order round, so that the ends of an
    interval round to the ends of the result.

    Raises:
        TooLargeError: what it takes might not fit.
    """
    ratio = grain / number.scale
    counts, whole = multiplied(number, 2 * ratio.denominator), 2 * ratio.numerator
    lift = max(0, -(counts.least // whole)) + 1
    lift += lift % 2
    top = max(abs(counts.least), abs(counts.most)) + (lift + 2) * whole
    wide = beyond(-top, top, number.room)
    way = _Way(mode, whole, lift, wide, (wide is None and top <= DIVIDED) or _divides(number.room))
    lo = way.rounded(counts.lo)
    hi = lo if counts.same else way.rounded(counts.hi)
    least, most = (way.exactly(end) for end in (counts.least, counts.most))
    scale = grain if way.divides else grain / whole
    return held(Number(lo, hi, scale, least, most, number.none, number.room))


DIVIDED = 2**53
"""Up to here whole division is exact on every engine, also where it is that of floating-point
numbers."""


def _divides(room: Room | None) -> bool:
    return room is None or room.divides


@frozen
class _Way:
    """Rounds to so many times the whole, which is even; what is negative is lifted above zero by
    an even number of wholes, where engines agree on whole division.

    Attributes:
        divides: the result counts wholes; else it is counted as before.
    """

    mode: str
    whole: int
    lift: int
    wide: Room | None
    divides: bool

    def exactly(self, count: int) -> int:
        return exactly(Fraction(count, self.whole), self.mode) * (1 if self.divides else self.whole)

    def rounded(self, end: End) -> End:
        if not isinstance(end, Col):
            return None if end is None else self.exactly(end)
        wide = widened(end, self.wide)
        assert isinstance(wide, Col)
        high = self._above(wide.expr + self._figure(self.lift * self.whole))
        if self.divides:
            return Col(high // self._figure(self.whole) - self._figure(self.lift), end.level)
        even = high - high % self._figure(self.whole)
        return Col(even - self._figure(self.lift * self.whole), end.level)

    def _above(self, high: nw.Expr) -> nw.Expr:
        """What is rounded down to what the number rounds to."""
        found = high
        match self.mode:
            case "down":
                pass
            case "up":
                found = high + self._figure(self.whole - 1)
            case "half_up":
                found = high + self._figure(self.whole // 2)
            case _:
                odd = high % self._figure(2 * self.whole) >= self._figure(self.whole)
                found = high + self._figure(self.whole // 2 - 1) + odd.cast(nw.Int64)
        return found

    def _figure(self, count: int) -> Any:
        return self.wide.figure(count) if self.wide and count > LARGEST else count


def exactly(value: Fraction, mode: str) -> int:
    match mode:
        case "down":
            return math.floor(value)
        case "up":
            return math.ceil(value)
        case "half_up":
            return math.floor(value + Fraction(1, 2))
        case _:
            return round(value)


# ---- products ------------------------------------------------------------------------------------


def times(left: Number, right: Number) -> Number:
    """Of two intervals, as `vocpolicy.intervals.product` has it: an end that is null is endless,
    and of zero times anything comes zero.

    Raises:
        TooLargeError: it might not fit.
    """
    extents = [a * b for a in (left.least, left.most) for b in (right.least, right.most)]
    least, most, room = min(extents), max(extents), shared([left, right])
    wide = beyond(least, most, room)
    left, right = (_roomy(one, room, wide) for one in (left, right))
    scale, none = left.scale * right.scale, disjunction([left.none, right.none])
    if left.same and right.same:
        found = without(none, _corner(left.lo, right.lo))
        return held(Number(found, found, scale, least, most, none, room))
    if left.least >= 0 and right.least >= 0:
        lo, hi = _times(left.lo, right.lo), _corner(left.hi, right.hi)
    else:
        lo, hi = _widest(left, right, room)
    return held(Number(without(none, lo), without(none, hi), scale, least, most, none, room))


def _roomy(number: Number, room: Room | None, wide: Room | None) -> Number:
    """With columns that a product fits into."""
    number = held(evolve(number, room=room))
    lo = widened(number.lo, wide)
    return evolve(number, lo=lo, hi=lo if number.same else widened(number.hi, wide))


def _times(one: End, other: End) -> End:
    if one is None or other is None:
        return None
    if isinstance(one, int) and isinstance(other, int):
        return one * other
    return Col(_expr(one) * _expr(other), level_of(one, other))


def _corner(one: End, other: End) -> End:
    """Without an end where one has none, unless the other is zero."""
    if isinstance(one, int) and isinstance(other, int):
        return one * other
    first, second = _or_null(one), _or_null(other)
    zero = (first == 0).fill_null(False) | (second == 0).fill_null(False)
    found = nw.when(zero).then(nw.lit(0, dtype=nw.Int64)).otherwise(first * second)
    return Col(found, level_of(one, other))


def _or_null(end: End) -> nw.Expr:
    return nw.lit(None, dtype=nw.Int64) if end is None else _expr(end)


def _widest(left: Number, right: Number, room: Room | None) -> tuple[End, End]:
    """Both ends, of numbers that may be below zero: the least and the most of the four corners,
    but for where something endless meets what can have the sign that makes it so."""
    sides = ((left.lo, left.hi), (right.lo, right.hi))
    met = [held_end(_corner(a, b), room) for a in sides[0] for b in sides[1]]
    corners = [_expr(end) for end in met if end is not None]
    below, above = [], []
    for (low, high), (least, most) in (sides, sides[::-1]):
        never_above, never_below = _holds(_or_null(most) <= 0), _holds(_or_null(least) >= 0)
        endless_low, endless_high = _or_null(low).is_null(), _or_null(high).is_null()
        below += [endless_low & ~never_above, endless_high & ~never_below]
        above += [endless_low & ~never_below, endless_high & ~never_above]
    nothing, level = nw.lit(None, dtype=nw.Int64), level_of(*sides[0], *sides[1])
    lo = nw.when(~_either(below)).then(nw.min_horizontal(*corners)).otherwise(nothing)
    hi = nw.when(~_either(above)).then(nw.max_horizontal(*corners)).otherwise(nothing)
    return Col(lo, level), Col(hi, level)


def _holds(condition: nw.Expr) -> nw.Expr:
    return condition.fill_null(False)


def _either(conditions: Sequence[nw.Expr]) -> nw.Expr:
    return reduce(lambda one, other: one | other, conditions)

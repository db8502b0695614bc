"""Numbers as whole counts of a scale, and what is known of those that are missing.

A number is the interval from `lo` to `hi`; where it is known they are one column.  `least` and
`most` bound every value that a row can have, so that what might not fit into 64 bits is found
before anything is computed: it is computed in wider columns where the engine has them (`wide`).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from attrs import evolve, frozen

from vocpolicy.columnar.logic import (
    Col,
    Truth,
    certainly,
    chosen,
    conjunction,
    disjunction,
    level_of,
)
from vocpolicy.columnar.wide import WIDEST, Room

End: TypeAlias = Col | int | None
"""A column of counts, a count for every row, or None: nothing is known."""

E = TypeVar("E")
"""What the end of an interval is."""

LARGEST = 2**63 - 1

Compared: TypeAlias = Callable[[Any, Any], Any]
OPERATORS: Mapping[str, Compared] = MappingProxyType(
    {
        "at_least": operator.ge,
        "at_most": operator.le,
        "more_than": operator.gt,
        "less_than": operator.lt,
        "equal": operator.eq,
    }
)
MIRRORED: Mapping[str, str] = MappingProxyType(
    {"at_least": "at_most", "at_most": "at_least", "more_than": "less_than"}
    | {"less_than": "more_than", "equal": "equal"}
)


class TooLargeError(Exception):
    """What is computed might not fit into the columns that the engine has."""


@frozen(eq=False)
class Number:
    """
    Attributes:
        lo, hi: the ends in counts of the scale; the same object where the number is known.
        scale: base units of one count.
        least, most: bounds of what `lo` and `hi` can be, where they are not null.
        none: where it is `none`, with both ends null; never null itself.
        room: the engine's columns for more than 64 bits, if it has such; a figure has none of
            its own.
    """

    lo: End
    hi: End
    scale: Fraction
    least: int
    most: int
    none: Truth = False
    room: Room | None = None

    @property
    def lower(self) -> Number:
        return evolve(self, hi=self.lo)

    @property
    def upper(self) -> Number:
        return evolve(self, lo=self.hi)

    @property
    def same(self) -> bool:
        return self.lo is self.hi


def constant(value: Fraction) -> Number:
    """A figure: one count of itself, or none."""
    if value == 0:
        return Number(0, 0, Fraction(1), 0, 0)
    count = value.numerator
    return Number(count, count, Fraction(1, value.denominator), count, count)


def scaled(number: Number, scale: Fraction) -> Number:
    """The same number in counts of a finer scale.

    Raises:
        TooLargeError: it might not fit.
    """
    times = number.scale / scale
    assert times.denominator == 1
    return multiplied(number, times.numerator, scale)


def multiplied(number: Number, times: int, scale: Fraction | None = None) -> Number:
    """So many times the counts; of a negative number of times the ends change places."""
    if times == 1:
        return held(evolve(number, scale=scale or number.scale))
    least, most = sorted((number.least * times, number.most * times))
    wide = beyond(least, most, number.room)
    lo = _times(number.lo, times, wide)
    hi = lo if number.same else _times(number.hi, times, wide)
    ends = (hi, lo) if times < 0 else (lo, hi)
    found = Number(*ends, scale or number.scale, least, most, number.none, number.room)
    return held(found)


def scaled_by(number: Number, figure: Fraction) -> Number:
    """So many times a number: the scale takes the figure in, and nothing is multiplied."""
    if figure == 0:
        return evolve(constant(figure), none=number.none, room=number.room)
    if figure < 0:
        return scaled_by(multiplied(number, -1), -figure)
    return evolve(number, scale=number.scale * figure)


def beyond(least: int, most: int, room: Room | None) -> Room | None:
    """What columns of such counts have to be made in; None: 64 bits do.

    Raises:
        TooLargeError: they might not fit into anything that there is.
    """
    largest = max(-least, most)
    if largest <= LARGEST:
        return None
    if room is None or largest > WIDEST:
        raise TooLargeError
    return room


def widened(end: End, room: Room | None) -> End:
    """A column as one of more than 64 bits, where there has to be room for that."""
    return Col(room.of(end.expr), end.level) if room and isinstance(end, Col) else end


def held(number: Number) -> Number:
    """With a column for an end that is beyond 64 bits: engines take no such figure."""
    room = number.room
    if room is None or max(-number.least, number.most) <= LARGEST:
        return number
    lo = held_end(number.lo, room)
    return evolve(number, lo=lo, hi=lo if number.same else held_end(number.hi, room))


def held_end(end: End, room: Room | None) -> End:
    """The same of one end."""
    if room and isinstance(end, int) and abs(end) > LARGEST:
        return Col(room.figure(end))
    return end


def _times(end: End, times: int, wide: Room | None) -> End:
    if isinstance(end, Col):
        expr = end.expr if wide is None else wide.of(end.expr)
        figure: Any = times if wide is None or abs(times) <= LARGEST else wide.figure(times)
        return Col(expr * figure, end.level)
    return None if end is None else end * times


def common(*scales: Fraction) -> Fraction:
    """The coarsest scale of which all the others are whole multiples."""
    top = math.gcd(*(one.numerator * _rest(scales, one) for one in scales))
    return Fraction(top, math.lcm(*(one.denominator for one in scales)))


def _rest(scales: tuple[Fraction, ...], one: Fraction) -> int:
    return math.lcm(*(other.denominator for other in scales)) // one.denominator


def together(left: Number, right: Number) -> tuple[Number, Number]:
    """Both in counts of one scale; a figure takes the other's where it can."""
    one, other = aligned([left, right])
    return one, other


def aligned(numbers: Sequence[Number]) -> list[Number]:
    """All in counts of one scale, with the room that one of them has."""
    scale = common(*(one.scale for one in numbers))
    room = shared(numbers)
    return [scaled(one if one.room else evolve(one, room=room), scale) for one in numbers]


def shared(numbers: Iterable[Number]) -> Room | None:
    """The room that one of them has."""
    return next((one.room for one in numbers if one.room), None)


def added(left: Number, right: Number) -> Number:
    left, right = together(left, right)
    least, most = left.least + right.least, left.most + right.most
    wide = beyond(least, most, left.room)
    lo = _plus(left.lo, right.lo, wide)
    hi = lo if left.same and right.same else _plus(left.hi, right.hi, wide)
    none = disjunction([left.none, right.none])
    return held(Number(lo, hi, left.scale, least, most, none, left.room))


def _plus(left: End, right: End, wide: Room | None) -> End:
    if left is None or right is None:
        return None
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    left, right = widened(left, wide), widened(right, wide)
    assert left is not None and right is not None
    return Col(_expr(left) + _expr(right), level_of(left, right))


def _expr(end: Col | int) -> Any:
    return end.expr if isinstance(end, Col) else end


def known(number: Number) -> Truth:
    """Whether a number is known, or known to be none; never null."""
    if number.same and isinstance(number.lo, Col):
        there: Truth = Col(~number.lo.expr.is_null(), number.lo.level)
    else:
        there = certainly(ends_compared("equal", number.lo, number.hi))
    return disjunction([number.none, there])


# ---- comparisons ---------------------------------------------------------------------------


def ends_compared(key: str, left: End, right: End) -> Truth:
    """Of two ends; not known where one is not."""
    if left is None or right is None:
        return None
    if isinstance(left, int) and isinstance(right, int):
        return bool(OPERATORS[key](left, right))
    if isinstance(left, int):
        left, right, key = right, left, MIRRORED[key]
    assert isinstance(left, Col)
    return Col(OPERATORS[key](left.expr, _expr(right)), level_of(left, right))


def settled(yes: Truth, no: Truth) -> Truth:
    """True where the one is certain, false where the other is."""
    return chosen(certainly(yes), True, chosen(certainly(no), False, None))


def compared(key: str, left: Number, right: Number) -> Truth:
    """One of the four comparisons, or `equal`, of intervals; nothing compares with `none`.

    Raises:
        TooLargeError: what is compared might not fit.
    """
    found = _ranked(key, left, right)
    if key == "equal":
        return with_nones(found, (left.none, is_something(left)), (right.none, is_something(right)))
    return chosen(disjunction([left.none, right.none]), False, found)


def is_something(number: Number) -> Truth:
    """Whether it is known not to be `none`; never null."""
    ends = [number.lo] if number.same else [number.lo, number.hi]
    return disjunction(is_there(end) for end in ends)


def is_there(end: End) -> Truth:
    """Whether an end is known; never null."""
    return Col(~end.expr.is_null(), end.level) if isinstance(end, Col) else end is not None


def with_nones(found: Truth, left: tuple[Truth, Truth], right: tuple[Truth, Truth]) -> Truth:
    """Whether two are the same, of which either may be `none`.

    Each is where it is `none` and where it is known to be something, neither ever null; `found`
    is what is known where both are something.
    """
    either = disjunction([left[0], right[0]])
    if either is False:
        return found
    both = conjunction([left[0], right[0]])
    apart = disjunction([conjunction([left[0], right[1]]), conjunction([left[1], right[0]])])
    return chosen(either, chosen(both, True, chosen(apart, False, None)), found)


def _ranked(key: str, left: Number, right: Number) -> Truth:
    if isinstance(right.lo, int) and right.same and not isinstance(left.lo, int):
        return _with_figure(key, left, right.lo * right.scale)
    if isinstance(left.lo, int) and left.same and not isinstance(right.lo, int):
        return _with_figure(MIRRORED[key], right, left.lo * left.scale)
    left, right = together(left, right)
    return _compared(key, left, right)


def _compared(key: str, left: Number, right: Number) -> Truth:
    if left.same and right.same:
        return ends_compared(key, left.lo, right.lo)
    return intervals_compared(key, (left.lo, left.hi), (right.lo, right.hi), ends_compared)


def intervals_compared(
    key: str,
    left: tuple[E, E],
    right: tuple[E, E],
    ranked: Callable[[str, E, E], Truth],
) -> Truth:
    """Of two intervals; `ranked` compares two of their ends, null where one is not known."""
    if key == "equal":
        apart = [ranked("less_than", left[1], right[0]), ranked("less_than", right[1], left[0])]
        points = [left, right, (left[0], right[0])]
        same = [certainly(ranked("equal", *pair)) for pair in points]
        return settled(conjunction(same), disjunction(certainly(one) for one in apart))
    if key in ("at_least", "more_than"):
        opposite = "less_than" if key == "at_least" else "at_most"
        yes, no = (left[0], right[1]), (left[1], right[0])
    else:
        opposite = "more_than" if key == "at_most" else "at_least"
        yes, no = (left[1], right[0]), (left[0], right[1])
    return settled(ranked(key, *yes), ranked(opposite, *no))


def _with_figure(key: str, number: Number, figure: Fraction) -> Truth:
    """Against a figure nothing is multiplied: it is brought to counts instead."""
    count = figure / number.scale
    if key == "equal" and count.denominator != 1:
        low, high = (
            _with_figure("more_than", number, figure),
            _with_figure("less_than", number, figure),
        )
        return chosen(disjunction([certainly(low), certainly(high)]), False, None)
    whole = math.ceil(count) if key in ("at_least", "less_than") else math.floor(count)
    if abs(whole) > (LARGEST if number.room is None else WIDEST):
        return _beyond_all(key, number, whole > 0)
    return _compared(
        key, number, held(Number(whole, whole, number.scale, whole, whole, False, number.room))
    )


def _beyond_all(key: str, number: Number, above: bool) -> Truth:
    """Against a figure above, or below, all that a number can be where its end is known."""
    low, high = is_there(number.lo), is_there(number.hi)
    if key == "equal":
        return chosen(high if above else low, False, None)
    larger = key in ("at_least", "more_than")
    return chosen(high if above else low, larger is not above, None)

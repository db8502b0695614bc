"""Arithmetic on numbers of which only bounds are known.

A closed interval is a pair of its ends, whole numbers or fractions; None is unbounded, and a number
that is known has itself for both ends.  Interpreter and generated code share this.  `Fraction` is
imported where one is made, since a process that only decides often needs none.
"""

from __future__ import annotations

from itertools import combinations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    Number = int | Fraction
    Interval = tuple[Number | None, Number | None]
    End = tuple[int, Number]
    """An end that sorts: -1 is minus infinity, 1 infinity, 0 a number."""

UNBOUNDED: Interval = (None, None)


def known(value: Number) -> Interval:
    return value, value


def settled(operand: Interval) -> bool:
    """Whether it is one number."""
    low, high = operand
    return low is not None and low == high


def plus(left: Interval, right: Interval) -> Interval:
    (a, b), (c, d) = left, right
    low = None if a is None or c is None else a + c
    return low, None if b is None or d is None else b + d


def minus(operand: Interval) -> Interval:
    low, high = operand
    return None if high is None else -high, None if low is None else -low


def scaled(operand: Interval, by: Number) -> Interval:
    """A multiple above zero."""
    low, high = operand
    return None if low is None else low * by, None if high is None else high * by


def product(left: Interval, right: Interval) -> Interval:
    return _product(_ends(left), _ends(right))


def quotient(
    left: Interval,
    right: Interval,
    if_zero: Interval | None,
    least: Number | None,
    most: Number | None,
) -> Interval:
    """A ratio; `if_zero` stands in where the denominator is zero.

    Without it the denominator is known to be above zero.

    Args:
        least: what the denominator is at least where it is above zero, if that is known.
        most: what the ratio is at most, and then at least zero, if that is known.
    """
    low, high = right
    if low == 0 and high == 0:
        return if_zero or UNBOUNDED
    if high is not None and high < 0:
        return quotient(minus(left), minus(right), if_zero, least, most)
    if low is None or low < 0 or high == 0:
        if if_zero is not None or high == 0:
            return UNBOUNDED
        low = 0
    ratio = _product(_ends(left), _reciprocal(low or least or 0, high))
    if most is not None:
        ratio = clipped(ratio, 0, most)
    return ratio if low > 0 or if_zero is None else hull([if_zero, ratio])


def clipped(inside: Interval, low: Number | None, high: Number | None) -> Interval:
    """The part between two bounds, of which it is known to lie inside; where the two contradict
    each other, nothing beyond the interval itself."""
    new_low = max((end for end in (inside[0], low) if end is not None), default=None)
    new_high = min((end for end in (inside[1], high) if end is not None), default=None)
    if new_low is not None and new_high is not None and new_low > new_high:
        return inside
    return new_low, new_high


def hull(several: Sequence[Interval]) -> Interval:
    """What is known of a number that lies in one of these; there is at least one."""
    lows = [low for low, _ in several if low is not None]
    highs = [high for _, high in several if high is not None]
    low = min(lows) if len(lows) == len(several) else None
    return low, max(highs) if len(highs) == len(several) else None


def smallest(several: Sequence[Interval]) -> Interval:
    """The bounds of the least of several numbers."""
    lows = [low for low, _ in several if low is not None]
    highs = [high for _, high in several if high is not None]
    return min(lows) if len(lows) == len(several) else None, min(highs, default=None)


def largest(several: Sequence[Interval]) -> Interval:
    return minus(smallest([minus(one) for one in several]))


def bounded(
    lows: Iterable[tuple[Number, bool]], highs: Iterable[tuple[Number, bool]], step: Number | None
) -> Interval:
    """What lies between bounds, of which some are excluded themselves; on multiples of a step,
    where there is one.  Of bounds that contradict each other nothing is known."""
    low = max((_up(end, strict, step) for end, strict in lows), default=None)
    high = min((-_up(-end, strict, step) for end, strict in highs), default=None)
    return UNBOUNDED if low is not None and high is not None and low > high else (low, high)


def at_least(left: Interval, right: Interval) -> bool | None:
    """Whether one number is at least another; None where that is not known."""
    (a, b), (c, d) = left, right
    if a is not None and d is not None and a >= d:
        return True
    return False if b is not None and c is not None and b < c else None


def same(left: Interval, right: Interval) -> bool | None:
    """Whether two numbers are the same; None where that is not known."""
    (a, b), (c, d) = left, right
    if (b is not None and c is not None and b < c) or (a is not None and d is not None and d < a):
        return False
    return True if a is not None and a == b == c == d else None


def differ(several: Sequence[Interval]) -> bool:
    """Whether no two of the numbers can be the same."""
    return all(same(one, other) is False for one, other in combinations(several, 2))


def _up(end: Number, strict: bool, step: Number | None) -> Number:
    """The least multiple of the step at, or above, a lower bound."""
    if step is None:
        return end
    first = -(-end // step) * step
    return first + step if strict and first == end else first


def _ends(pair: Interval) -> tuple[End, End]:
    low, high = pair
    return (-1, 0) if low is None else (0, low), (1, 0) if high is None else (0, high)


def _reciprocal(low: Number, high: Number | None) -> tuple[End, End]:
    """Of an interval above zero; a `low` of zero is itself excluded."""
    from fractions import Fraction

    one = Fraction(1)
    return (0, 0) if high is None else (0, one / high), (1, 0) if low == 0 else (0, one / low)


def _times(left: End, right: End) -> End:
    """Zero times infinity is zero: an end stands for numbers that all stay finite."""
    signs = [end[0] or (end[1] > 0) - (end[1] < 0) for end in (left, right)]
    sign = signs[0] * signs[1]
    if sign == 0 or (left[0] == 0 and right[0] == 0):
        return 0, left[1] * right[1]
    return sign, 0


def _product(left: tuple[End, End], right: tuple[End, End]) -> Interval:
    ends = [_times(one, other) for one in left for other in right]
    low, high = min(ends), max(ends)
    return low[1] if low[0] == 0 else None, high[1] if high[0] == 0 else None


# ---- what records come to -----------------------------------------------------------------------


def counted(counts: Sequence[bool | None]) -> Interval:
    """How many records count, where None is one that may."""
    return sum(one is True for one in counts), len(counts)


def total(rows: Iterable[tuple[bool | None, Interval]]) -> Interval:
    """The sum of the values of records; one that may count adds its value or nothing."""
    found: Interval = (0, 0)
    for counts, value in rows:
        found = plus(found, value if counts else hull([value, (0, 0)]))
    return found


def share(rows: Sequence[tuple[bool | None, bool | None]], if_empty: Interval) -> Interval:
    """The share of those that pass: whether a record counts, and whether it passes.

    The least share counts every doubtful record that can fail and none that passes; the most, the
    other way round.
    """
    from fractions import Fraction

    sure = [passes for counts, passes in rows if counts is True]
    doubtful = [passes for counts, passes in rows if counts is None]
    can_fail = sum(passes is not True for passes in doubtful)
    can_pass = sum(passes is not False for passes in doubtful)
    least, most = Fraction(1), Fraction(0)
    if sure or can_fail:
        least = Fraction(sure.count(True), len(sure) + can_fail)
    if sure or can_pass:
        most = Fraction(len(sure) - sure.count(False) + can_pass, len(sure) + can_pass)
    if sure:
        return least, most
    return hull([(least, most), if_empty]) if doubtful else if_empty


def extreme(
    kind: str, rows: Sequence[tuple[bool | None, Interval]], if_empty: Interval
) -> Interval:
    """The `least` or the `most` of the values of records that count, or may."""
    sure = [value for counts, value in rows if counts]
    if not sure:
        # One doubtful record may be the only one, so every value of any of them is possible.
        return hull([*(value for _, value in rows), if_empty])
    of_all = smallest if kind == "least" else largest
    certain, widest = of_all(sure), of_all([value for _, value in rows])
    return (widest[0], certain[1]) if kind == "least" else (certain[0], widest[1])


def every(rows: Iterable[tuple[bool | None, bool | None]]) -> bool | None:
    """Whether all records that count pass; None where that is not known."""
    return _not(some((counts, _not(passes)) for counts, passes in rows))


def some(rows: Iterable[tuple[bool | None, bool | None]]) -> bool | None:
    """Whether a record counts and passes; None where that is not known."""
    found: bool | None = False
    for counts, passes in rows:
        if counts and passes:
            return True
        if counts is not False and passes is not False:
            found = None
    return found


def _not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth

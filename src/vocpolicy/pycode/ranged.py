"""What generated code calls for numbers of which only bounds are known."""

from __future__ import annotations

from itertools import pairwise

from vocpolicy import intervals
from vocpolicy.intervals import (
    at_least,
    counted,
    differ,
    every,
    extreme,
    known,
    largest,
    minus,
    plus,
    product,
    quotient,
    same,
    scaled,
    settled,
    share,
    smallest,
    some,
    total,
)
from vocpolicy.pycode.helpers import MISSING, SlowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction
    from typing import Any

    Optional = intervals.Interval | None
    """The bounds of a number, or None: there is none."""

__all__ = [
    "at_least",
    "banded",
    "bounded",
    "collected",
    "compared",
    "counted",
    "differ",
    "every",
    "extreme",
    "known",
    "largest",
    "marginal_ends",
    "minus",
    "plus",
    "product",
    "quotient",
    "rounded_ends",
    "same",
    "same_or_none",
    "scaled",
    "settled",
    "share",
    "smallest",
    "some",
    "total",
]


def bounded(
    lows: Iterable[tuple[Any, bool]], highs: Iterable[tuple[Any, bool]], step: int | Fraction | None
) -> intervals.Interval:
    """The bounds of a fact, of which those that are missing facts themselves say nothing."""
    return intervals.bounded(
        [one for one in lows if one[0] is not MISSING],
        [one for one in highs if one[0] is not MISSING],
        step,
    )


def compared(operator: str, left: Optional, right: Optional) -> bool | None:
    """Whether a number is `at_least` another one, say; nothing compares with none."""
    if left is None or right is None:
        return False
    if operator in ("at_most", "more_than"):
        left, right = right, left
    found = intervals.at_least(left, right)
    return found if operator in ("at_least", "at_most") or found is None else not found


def same_or_none(left: Optional, right: Optional) -> bool | None:
    """Whether two numbers, either of which can be none, are the same."""
    if left is not None and right is not None:
        return intervals.same(left, right)
    other = right if left is None else left
    return True if other is None else None if other == intervals.UNBOUNDED else False


def banded(lines: Sequence[tuple[bool | None, intervals.Interval]], below: bool) -> Optional:
    """What a scale comes to: whether each line is reached, the upper ones first, and its value;
    `below` says that there may be none below the first."""
    possible: list[Optional] = []
    for on, value in lines:
        if on is not False:
            possible.append(value)
        if on is True:
            break
    else:
        possible += [None] if below else []
    if possible and all(one == possible[0] for one in possible):
        return possible[0]
    numbers = [one for one in possible if one is not None]
    whole = numbers and len(numbers) == len(possible)
    return intervals.hull(numbers) if whole else intervals.UNBOUNDED


def collected(
    kind: str, rows: Sequence[tuple[bool | None, intervals.Interval]], alone: bool
) -> intervals.Interval | None:
    """The `sum`, the `least` or the `most` of numbers of which each belongs to it, or may; None
    where only the interpreter can say.

    Args:
        alone: whether there is no number otherwise; where none certainly belongs to it, it is open
            then whether there is a number.
    """
    counting = [row for row in rows if row[0] is not False]
    if not any(counts for counts, _ in counting):
        return intervals.UNBOUNDED if counting and alone else None
    if kind == "sum":
        return intervals.total(counting)
    return intervals.extreme(kind, counting, intervals.UNBOUNDED)


def marginal_ends(
    operand: intervals.Interval, starts: Sequence[Any], rates: Sequence[Any]
) -> intervals.Interval:
    """Lines that do not rise are left to the interpreter."""
    from fractions import Fraction

    from vocpolicy import amounts

    lines = [Fraction(one) for one in starts]
    if any(one >= other for one, other in pairwise(lines)):
        raise SlowError
    low, high = (None if end is None else Fraction(end) for end in operand)
    return amounts.marginal_ends(low, high, lines, [Fraction(one) for one in rates])


def rounded_ends(mode: str, pair: intervals.Interval, grain: Fraction) -> intervals.Interval:
    """Rounding never turns an order round, so the ends of an interval round to those of the
    result."""
    from vocpolicy.pycode.fractional import rounded

    low, high = (None if end is None else rounded(mode, end, grain) for end in pair)
    return low, high

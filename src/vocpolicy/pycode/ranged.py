"""What generated code calls for numbers of which only bounds are known."""

from __future__ import annotations

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
from vocpolicy.pycode.helpers import MISSING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction
    from typing import Any

__all__ = [
    "at_least",
    "bounded",
    "counted",
    "differ",
    "every",
    "extreme",
    "known",
    "largest",
    "minus",
    "plus",
    "product",
    "quotient",
    "rounded_ends",
    "same",
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


def rounded_ends(mode: str, pair: intervals.Interval, grain: Fraction) -> intervals.Interval:
    """Rounding never turns an order round, so the ends of an interval round to those of the
    result."""
    from vocpolicy.pycode.fractional import rounded

    low, high = (None if end is None else rounded(mode, end, grain) for end in pair)
    return low, high

"""Rounding and marginal scales of numbers that are known."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

HALF = Fraction(1, 2)
ZERO = Fraction(0)


def rounded(mode: str, value: Fraction, grain: Fraction) -> Fraction:
    """The multiple of the grain that the way of rounding gives: `up`, `down`, `half_up` or
    `half_even`."""
    return _multiple(mode, value / grain) * grain


def _multiple(mode: str, value: Fraction) -> int:
    match mode:
        case "up":
            return math.ceil(value)
        case "down":
            return math.floor(value)
        case "half_up":
            return math.floor(value + HALF)
        case "half_even":
            return round(value)
        case _:
            raise ValueError(f"not a way of rounding: {mode}")


def parts(value: Fraction, starts: Sequence[Fraction]) -> Iterator[tuple[int, Fraction]]:
    """The lines of a scale that a value reaches into, and how much of it lies on each."""
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else None
        top = value if end is None else min(value, end)
        if top > start:
            yield place, top - start


def marginal(value: Fraction, starts: Sequence[Fraction], rates: Sequence[Fraction]) -> Fraction:
    """The sum over the lines of the part that lies on each, times its rate; the starts rise."""
    return sum((rates[place] * part for place, part in parts(value, starts)), ZERO)


def marginal_ends(
    low: Fraction | None,
    high: Fraction | None,
    starts: Sequence[Fraction],
    rates: Sequence[Fraction],
) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest of these sums over an interval: a sum bends only at the starts,
    so that both lie at one of them or at an end."""
    ends = {end for end in (low, high) if end is not None}
    inside = (one for one in starts if (low is None or low < one) and (high is None or one < high))
    sums = [marginal(value, starts, rates) for value in (*ends, *inside)]
    sums += [ZERO] if low is None else []
    slope = rates[-1] if high is None else ZERO
    bottom = None if slope < 0 or not sums else min(sums)
    return bottom, None if slope > 0 or not sums else max(sums)

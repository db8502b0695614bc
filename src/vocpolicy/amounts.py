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

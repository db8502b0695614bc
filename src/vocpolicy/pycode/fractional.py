"""What generated code calls for numbers that need not be whole."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from vocpolicy import amounts
from vocpolicy.pycode.helpers import SlowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


def ratio(top: Any, bottom: Any) -> Fraction:
    return Fraction(top) / Fraction(bottom)


def rounded(mode: str, value: Any, grain: Fraction) -> Fraction:
    return amounts.rounded(mode, Fraction(value), grain)


def marginal(operand: Any, starts: Sequence[Any], rates: Sequence[Any]) -> Fraction:
    """Lines that do not rise are left to the interpreter."""
    lines = [Fraction(one) for one in starts]
    if any(one >= other for one, other in pairwise(lines)):
        raise SlowError
    return amounts.marginal(Fraction(operand), lines, [Fraction(one) for one in rates])

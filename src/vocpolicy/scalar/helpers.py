"""What generated code calls, where more is to be done than one line of Python says."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NoReturn

from vocpolicy.interpreter import dates, scales
from vocpolicy.trace import UNKNOWN, Answer


class Missing:
    """Says that a fact is not supplied, where `None` says that there is no such thing."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()


class SlowError(Exception):
    """Only the interpreter can say."""


def slow() -> NoReturn:
    raise SlowError


def present(value: Any) -> Any:
    """A number that there is; of `none` the interpreter makes `none`."""
    if value is None:
        raise SlowError
    return value


def ratio(top: Any, bottom: Any) -> Fraction:
    return Fraction(top) / Fraction(bottom)


def moved_by_days(date: datetime.date, length: Any) -> datetime.date:
    return dates.add_days(date, math.trunc(length))


def moved_by_months(date: datetime.date, length: Any, month_end: str) -> datetime.date:
    moved = dates.add_months(date, math.trunc(length), month_end)
    if moved is None:
        raise SlowError
    return moved


def rounded(mode: str, value: Any, grain: Fraction) -> Fraction:
    return _number(scales.rounded(mode, Fraction(value), grain))


def marginal(operand: Any, starts: Sequence[Any], rates: Sequence[Any]) -> Fraction:
    return _number(
        scales.marginal(
            Fraction(operand), [Fraction(one) for one in starts], [Fraction(one) for one in rates]
        )
    )


def _number(answer: Answer) -> Fraction:
    if answer is UNKNOWN or not isinstance(answer, Fraction):
        raise SlowError
    return answer

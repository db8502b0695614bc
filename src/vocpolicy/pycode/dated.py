"""What generated code calls for dates."""

from __future__ import annotations

import datetime

from vocpolicy.days import add_days, add_months, between
from vocpolicy.pycode.helpers import MISSING, SlowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction
    from typing import Any

__all__ = ["between", "date", "moved_by_days", "moved_by_months", "moved_or_missing"]

date = datetime.date


def moved_by_days(start: datetime.date, length: int | Fraction) -> datetime.date:
    return add_days(start, length.__trunc__())


def moved_by_months(start: datetime.date, length: int | Fraction, month_end: str) -> datetime.date:
    moved = add_months(start, length.__trunc__(), month_end)
    if moved is None:
        raise SlowError
    return moved


def moved_or_missing(start: datetime.date, length: int | Fraction, month_end: str) -> Any:
    """The same, missing where the month has no such day and the policy refuses to round."""
    moved = add_months(start, length.__trunc__(), month_end)
    return MISSING if moved is None else moved

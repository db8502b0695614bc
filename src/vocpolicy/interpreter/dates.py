"""Dates that move, windows of time, and the days that stays cover; see `vocpolicy.days`."""

from __future__ import annotations

import datetime
import math
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from vocpolicy import core
from vocpolicy.days import ONE_DAY, add_days, add_months, between, covered

__all__ = [
    "ONE_DAY",
    "Days",
    "Stay",
    "Window",
    "add_days",
    "add_months",
    "between",
    "clipped",
    "covered",
    "shifted",
]

Days: TypeAlias = tuple[datetime.date, datetime.date]
"""The days from one date to another, both counted."""


def shifted(
    date: datetime.date, length: Fraction, kind: core.Type, month_end: str
) -> datetime.date | None:
    """A date moved by whole days or, by the type of the length, months; a part of one does not
    move it.  None where the month has no such day and the policy refuses to round."""
    if isinstance(kind, core.NumberType) and kind.dimension == (("month", 1),):
        return add_months(date, math.trunc(length), month_end)
    return add_days(date, math.trunc(length))


@frozen
class Window:
    """The days after `after` up to and including `last`."""

    after: datetime.date
    last: datetime.date

    @property
    def first(self) -> datetime.date:
        return add_days(self.after, 1)

    @property
    def days(self) -> int:
        return max(0, (self.last - self.after).days)


@frozen
class Stay:
    """From one day to another, both counted; None where the day is not known."""

    start: datetime.date | None
    end: datetime.date | None

    def reaches(self, window: Window | None) -> bool | None:
        """Whether a day of it lies in the window; None where that is not known."""
        if window is None:
            return True
        if not window.days:
            return False
        if self.start is not None and self.end is not None:
            return clipped(self.start, self.end, window) is not None
        if self.start is not None and self.start >= window.first:
            return self.start <= window.last
        if self.end is not None and self.end <= window.last:
            return self.end >= window.first
        if self.start is not None and self.start > window.last:
            return False
        return False if self.end is not None and self.end < window.first else None

    def certain(self, window: Window | None) -> Days | None:
        """The days that it covers for certain."""
        start, end = self.start or self.end, self.end or self.start
        return clipped(start, end, window) if start and end else None

    def possible(self, window: Window | None) -> Days | None:
        """The days that it may cover, within the calendar where there is no window."""
        start, end = self.start or datetime.date.min, self.end or datetime.date.max
        return clipped(start, end, window)


def clipped(start: datetime.date, end: datetime.date, window: Window | None) -> Days | None:
    """The days of a stay that lie in the window, or None."""
    if window is not None:
        start, end = max(start, window.first), min(end, window.last)
    return (start, end) if start <= end else None

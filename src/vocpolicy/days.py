"""Calendar arithmetic: months and days are different things, and a month's end has one rule.

Of the standard library it imports `datetime` alone, so that a process that only decides starts
fast (`calendar` brings locales and regular expressions along).
"""

from __future__ import annotations

import datetime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

ONE_DAY = datetime.timedelta(days=1)

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def add_days(date: datetime.date, days: int) -> datetime.date:
    """Stays within the calendar that Python has: the year 1 to the year 9999."""
    try:
        return date + datetime.timedelta(days=days)
    except OverflowError:
        return datetime.date.max if days > 0 else datetime.date.min


def days_of_month(year: int, month: int) -> int:
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _LENGTHS[month - 1] + leap


def add_months(date: datetime.date, months: int, month_end: str) -> datetime.date | None:
    """The same day of another month.

    Where that month is too short, `month_end` decides: `down` its last day, `up` the first day
    of the next, `refuse` None.
    """
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    if year < datetime.MINYEAR:
        return datetime.date.min
    if year > datetime.MAXYEAR:
        return datetime.date.max
    last = days_of_month(year, month + 1)
    if date.day <= last:
        return datetime.date(year, month + 1, date.day)
    if month_end == "refuse":
        return None
    end = datetime.date(year, month + 1, last)
    return end if month_end == "down" else add_days(end, 1)


def between(unit: str, start: datetime.date, end: datetime.date, month_end: str) -> int:
    """Whole `years`, `months` or `days` from one date to another; negative where it is before.

    Under `refuse` a birthday that a year lacks is passed the day after, as under `up`.
    """
    if end < start:
        return -between(unit, end, start, month_end)
    if unit == "days":
        return (end - start).days
    months = (end.year - start.year) * 12 + end.month - start.month
    rounded = "down" if month_end == "down" else "up"
    reached = add_months(start, months, rounded)
    if reached is None or reached > end:
        months -= 1
    return months // 12 if unit == "years" else months


def covered(stays: Iterable[tuple[datetime.date, datetime.date]]) -> int:
    """How many days the stays cover, days that several of them cover counted once."""
    total, reached = 0, None
    for start, end in sorted(stays):
        if reached is not None and end <= reached:
            continue
        first = start if reached is None or start > reached else reached + ONE_DAY
        total += (end - first).days + 1
        reached = end
    return total

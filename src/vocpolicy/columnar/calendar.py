"""Dates as counts of days, in whole numbers alone: engines differ in how they move dates.

The count of a day is that of Python's `date.toordinal`: the first of January of the year 1 is 1.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from vocpolicy.columnar.logic import Col

EARLIEST = 1
LATEST = 3_652_059
"""The last of December of the year 9999."""


def floored(count: nw.Expr, by: int) -> nw.Expr:
    """A small count divided, rounded down: exact, as neither has more than 31 binary digits.

    Not `//`, which on DuckDB repeats the count nine times, and again in each that is made of it.
    """
    return (count / by).floor().cast(nw.Int64)


def count_of(year: nw.Expr, month: nw.Expr, day: nw.Expr) -> nw.Expr:
    """The days up to a date; of a year that begins in March, so that a leap day is its last
    (Hinnant, "chrono-Compatible Low-Level Date Algorithms")."""
    early = (month <= 2).cast(nw.Int64)
    began, since = year - early, month + early * 12 - 3
    leaps = floored(began, 4) - floored(began, 100) + floored(began, 400)
    return began * 365 + leaps + floored(since * 153 + 2, 5) + day - 306


def parts_of(date: Col) -> tuple[Col, Col, Col]:
    """The year, the month and the day of a date."""
    parts = date.expr.dt
    several = (parts.year(), parts.month(), parts.day())
    year, month, day = (Col(one.cast(nw.Int64), date.level) for one in several)
    return year, month, day


def ordinal(date: Col) -> Col:
    """The days up to a date."""
    return Col(count_of(*(one.expr for one in parts_of(date))), date.level)

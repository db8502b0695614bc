"""Dates as counts of days, in whole numbers alone: engines differ in how they move dates.

The count of a day is that of Python's `date.toordinal`: the first of January of the year 1 is 1.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from vocpolicy.columnar.logic import Col

EARLIEST = 1
LATEST = 3_652_059
"""The last of December of the year 9999."""


def ordinal(date: Col) -> Col:
    """The days up to a date; of a year that begins in March, so that a leap day is its last
    (Hinnant, "chrono-Compatible Low-Level Date Algorithms")."""
    year = date.expr.dt.year().cast(nw.Int64)
    month = date.expr.dt.month().cast(nw.Int64)
    early = (month <= 2).cast(nw.Int64)
    began, since = year - early, month + early * 12 - 3
    days = began * 365 + began // 4 - began // 100 + began // 400
    within = (since * 153 + 2) // 5 + date.expr.dt.day().cast(nw.Int64)
    return Col(days + within - 306, date.level)

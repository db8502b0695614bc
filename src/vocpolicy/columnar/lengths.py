"""Days that stays cover, days that several of them cover counted once.

The records of each key are taken by their first day; each adds the days after the last one that
those before it reach.  Counts of days are `vocpolicy.columnar.calendar`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from vocpolicy.columnar.calendar import EARLIEST, LATEST
from vocpolicy.columnar.logic import Col, Truth, expr_of, level_of

if TYPE_CHECKING:
    from vocpolicy.columnar.lists import Asked

BEYOND = LATEST + 1


def covered(asked: Asked) -> tuple[Col, Col]:
    """At the least the days of records that count for certain; at the most those of all that may,
    from the first to the last day that each may have.  Null where there is no end to it."""
    stay, window, joined = asked.stay, asked.window, asked.joined
    assert stay is not None
    start, end = stay.counts
    level = level_of(start, end, asked.counts)
    one = nw.coalesce(start.expr, end.expr)
    other = nw.coalesce(end.expr, start.expr)
    certain = _union(asked, asked.sure, one, other, level)
    first = start.expr.fill_null(EARLIEST)
    last = end.expr.fill_null(LATEST)
    possible = _union(asked, asked.may, first, last, level)
    if window is None:
        half = Col(expr_of(asked.may) & (start.expr.is_null() | end.expr.is_null()), level)
        endless = joined.count(half).expr > 0
        nothing = nw.lit(None, dtype=nw.Int64)
        possible = Col(nw.when(~endless).then(possible.expr).otherwise(nothing))
    return certain, possible


def _union(asked: Asked, counts: Truth, start: nw.Expr, end: nw.Expr, level: int) -> Col:
    """The days from start to end, within the window, of the records that count."""
    joined, window = asked.joined, asked.window
    if not asked.place.engine.startswith(("polars", "duckdb", "pyspark")):
        raise asked.refused("length")
    sheet, keys = joined.made.sheet, joined.keys
    if window is not None:
        first, last = window.counts
        start = nw.max_horizontal(start, first.expr)
        end = nw.min_horizontal(end, last.expr)
        level = max(level, level_of(first, last))
    there = expr_of(counts) & (start <= end).fill_null(False)
    begun = nw.when(there).then(start).otherwise(nw.lit(BEYOND, dtype=nw.Int64))
    over = nw.when(there).then(end).otherwise(nw.lit(0, dtype=nw.Int64))
    one, other = sheet.keep(Col(begun, level)), sheet.keep(Col(over, level))
    order = [one.name, other.name]
    reached = sheet.keep(Col(other.expr.cum_max().over(*keys, order_by=order), level + 1))
    before = sheet.keep(Col(reached.expr.shift(1).over(*keys, order_by=order), level + 2))
    since = nw.max_horizontal(one.expr, before.expr.fill_null(0) + 1)
    days = nw.max_horizontal(other.expr - since + 1, nw.lit(0, dtype=nw.Int64))
    found = joined.figure(Col(days, level + 3), lambda x: x.sum())
    return Col(found.fill_null(0).cast(nw.Int64))

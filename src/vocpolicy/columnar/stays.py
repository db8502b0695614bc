"""From when to when records go, against a window of days: the interpreter's way, as columns."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.lacking import Lacks, lacks_of, together
from vocpolicy.columnar.logic import Col, Truth
from vocpolicy.columnar.reading import optional
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import Place
from vocpolicy.interpreter import dates

if TYPE_CHECKING:
    from vocpolicy.columnar.lists import Joined


@frozen(eq=False)
class Stay:
    """The first and the last day of each record; null where that is not known."""

    start: Col
    end: Col
    lacks: Lacks


def window_of(place: Place, expr: core.Aggregate) -> dates.Window | None:
    """The days that a window covers on the day of evaluation.

    Raises:
        UsageError: the policy refuses to round its beginning.
    """
    if expr.window is None:
        return None
    length = expr.window.value
    if isinstance(length, datetime.date):
        return dates.Window(dates.add_days(length, -1), place.day)
    assert isinstance(length, Fraction)
    start = dates.shifted(place.day, -length, expr.window.type, place.policy.month_end)
    if start is None:
        raise refused("refuse", place.engine, expr.span)
    return dates.Window(start, place.day)


def stay_of(
    joined: Joined, day: datetime.date, expr: core.Aggregate, window: dates.Window | None
) -> Stay | None:
    """Where a window or a length asks for it."""
    if window is None and expr.kind != "total_length":
        return None
    assert expr.start is not None and expr.end is not None
    start, lacks = _field(joined, expr.start)
    end, more = (start, lacks) if expr.end == expr.start else _field(joined, expr.end)
    fields = joined.place.policy.entities[joined.place.entity or ""].fields
    over = fields[expr.end]
    if optional(over.type) and joined.made.entry.has(over.name) and expr.end != expr.start:
        # An end that is `none` is the day of evaluation, where the beginning is known.
        known = nw.when(~start.expr.is_null()).then(nw.lit(day, dtype=nw.Date))
        now = known.otherwise(nw.lit(None, dtype=nw.Date))
        end = Col(nw.coalesce(end.expr, now), max(start.level, end.level))
    elif window is None:
        late = end.expr.is_null() & (start.expr > day)
        kept = nw.when(~late.fill_null(False)).then(start.expr)
        start = Col(kept.otherwise(nw.lit(None, dtype=nw.Date)), max(start.level, end.level))
    sheet = joined.made.sheet
    return Stay(sheet.keep(start), sheet.keep(end), together([lacks, more]))


def _field(joined: Joined, name: str) -> tuple[Col, Lacks]:
    fact = joined.place.policy.entities[joined.place.entity or ""].fields[name]
    ref = core.FactRef(name, fact.type)
    lacks = lacks_of(joined.made, joined.place, ref)
    joined.place.fact(ref)
    if joined.made.entry.has(name):
        return joined.made.entry.date(fact), lacks
    return Col(nw.lit(None, dtype=nw.Date)), lacks


def reaches(stay: Stay, window: dates.Window) -> Truth:
    """Whether a day of a stay lies in the window; null where that is not known."""
    start, end = stay.start.expr, stay.end.expr
    first = nw.lit(window.first, dtype=nw.Date)
    last = nw.lit(window.last, dtype=nw.Date)
    nothing = nw.lit(None, dtype=nw.Boolean)
    both = (start <= last) & (end >= first) & (start <= end) & nw.lit(window.days > 0)
    begun = nw.when(start >= first).then(start <= last)
    only_start = begun.otherwise(nw.when(start > last).then(nw.lit(False)).otherwise(nothing))
    over = nw.when(end <= last).then(end >= first)
    only_end = over.otherwise(nw.when(end < first).then(nw.lit(False)).otherwise(nothing))
    one = nw.when(~start.is_null()).then(only_start)
    other = one.otherwise(nw.when(~end.is_null()).then(only_end).otherwise(nothing))
    found = nw.when(~start.is_null() & ~end.is_null()).then(both).otherwise(other)
    return Col(found, max(stay.start.level, stay.end.level))

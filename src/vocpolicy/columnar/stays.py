"""From when to when records go, against a window of days: the interpreter's way, as columns."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.columnar.calendar import ordinal
from vocpolicy.columnar.lacking import Lacks, lacks_of, together
from vocpolicy.columnar.logic import Col, Truth, level_of
from vocpolicy.columnar.moments import Moments
from vocpolicy.columnar.reading import optional
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import TODAY, Place
from vocpolicy.interpreter import dates

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions
    from vocpolicy.columnar.lists import Joined


@frozen(eq=False)
class Stay:
    """The first and the last day of each record; null where that is not known.

    Attributes:
        counts: the two as counts of days.
    """

    start: Col
    end: Col
    counts: tuple[Col, Col]
    lacks: Lacks


@frozen(eq=False)
class Window:
    """The first and the last day that a window covers.

    Attributes:
        counts: the two as counts of days.
        days: the two as dates; None where each row is judged on a day of its own.
    """

    counts: tuple[Col, Col]
    days: tuple[Col, Col] | None = None


def window_of(made: Conditions, place: Place, expr: core.Aggregate) -> Window | None:
    """The days that a window covers on the day of evaluation.

    Raises:
        UsageError: the policy refuses to round its beginning.
    """
    if expr.window is None:
        return None
    if TODAY in place.policy.facts:
        return _each_its_own(made, place, expr.window)
    length = expr.window.value
    if isinstance(length, datetime.date):
        found = dates.Window(dates.add_days(length, -1), place.day)
    else:
        assert isinstance(length, Fraction)
        start = dates.shifted(place.day, -length, expr.window.type, place.policy.month_end)
        if start is None:
            raise refused("refuse", place.engine, expr.span)
        found = dates.Window(start, place.day)
    first, last = found.first, found.last
    counts = (Col(nw.lit(one.toordinal(), dtype=nw.Int64)) for one in (first, last))
    days = (Col(nw.lit(one, dtype=nw.Date)) for one in (first, last))
    return Window((next(counts), next(counts)), (next(days), next(days)))


def _each_its_own(made: Conditions, place: Place, length: core.Const) -> Window:
    """The same, up to the day of each row."""
    moments = Moments(made.entry)
    today = core.FactRef(TODAY, core.DateType())
    last = moments.day(place, today)
    if isinstance(length.value, datetime.date):
        first = Col(nw.lit(length.value.toordinal(), dtype=nw.Int64))
    else:
        assert isinstance(length.value, Fraction)
        if place.policy.month_end == "refuse":
            raise refused("refuse", place.engine, length.span)
        back = evolve(length, value=-length.value)
        begun = core.Arithmetic("shift", today, back, today.type, span=length.span)
        before = moments.day(place, begun)
        first = made.sheet.keep(Col(before.expr + 1, before.level))
    return Window((first, last))


def stay_of(joined: Joined, expr: core.Aggregate, window: Window | None) -> Stay | None:
    """Where a window or a length asks for it."""
    if window is None and expr.kind != "total_length":
        return None
    assert expr.start is not None and expr.end is not None
    start, lacks = _field(joined, expr.start)
    end, more = (start, lacks) if expr.end == expr.start else _field(joined, expr.end)
    fields = joined.place.policy.entities[joined.place.entity or ""].fields
    over, today = fields[expr.end], _today(joined)
    if optional(over.type) and joined.made.entry.has(over.name) and expr.end != expr.start:
        # An end that is `none` is the day of evaluation, where the beginning is known.
        known = nw.when(~start.expr.is_null()).then(today.expr)
        now = known.otherwise(nw.lit(None, dtype=nw.Date))
        end = Col(nw.coalesce(end.expr, now), level_of(start, end, today))
    elif window is None:
        late = end.expr.is_null() & (start.expr > today.expr)
        kept = nw.when(~late.fill_null(False)).then(start.expr)
        start = Col(kept.otherwise(nw.lit(None, dtype=nw.Date)), level_of(start, end, today))
    sheet = joined.made.sheet
    days = sheet.keep(start), sheet.keep(end)
    counts = ordinal(days[0]), ordinal(days[1])
    if window is not None and window.days is None:
        counts = sheet.keep(counts[0]), sheet.keep(counts[1])
    return Stay(*days, counts, together([lacks, more]))


def _field(joined: Joined, name: str) -> tuple[Col, Lacks]:
    fact = joined.place.policy.entities[joined.place.entity or ""].fields[name]
    ref = core.FactRef(name, fact.type)
    lacks = lacks_of(joined.made, joined.place, ref)
    joined.place.fact(ref)
    if joined.made.entry.has(name):
        return joined.made.entry.date(fact), lacks
    return Col(nw.lit(None, dtype=nw.Date)), lacks


def _today(joined: Joined) -> Col:
    """The day of evaluation."""
    fact = joined.place.policy.facts.get(TODAY)
    if fact is None:
        return Col(nw.lit(joined.place.day, dtype=nw.Date))
    return joined.made.entry.date(fact)


def reaches(stay: Stay, window: Window) -> Truth:
    """Whether a day of a stay lies in the window; null where that is not known."""
    ends = stay.counts if window.days is None else (stay.start, stay.end)
    start, end = (one.expr for one in ends)
    days = window.days or window.counts
    first, last = (one.expr for one in days)
    nothing = nw.lit(None, dtype=nw.Boolean)
    both = (start <= last) & (end >= first) & (start <= end) & (first <= last)
    begun = nw.when(start >= first).then(start <= last)
    only_start = begun.otherwise(nw.when(start > last).then(nw.lit(False)).otherwise(nothing))
    over = nw.when(end <= last).then(end >= first)
    only_end = over.otherwise(nw.when(end < first).then(nw.lit(False)).otherwise(nothing))
    one = nw.when(~start.is_null()).then(only_start)
    other = one.otherwise(nw.when(~end.is_null()).then(only_end).otherwise(nothing))
    found = nw.when(~start.is_null() & ~end.is_null()).then(both).otherwise(other)
    found = nw.when(first > last).then(nw.lit(False)).otherwise(found)
    return Col(found, level_of(*ends, *days))

"""Dates that are reckoned from several facts, as counts of days (`calendar`).

Dates have no intervals: what is reckoned from a date that is missing is not known.  Where a month
lacks the day and the policy refuses to round, it is not known either.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.calendar import (
    EARLIEST,
    LATEST,
    count_of,
    floored,
    ordinal,
    parts_of,
)
from vocpolicy.columnar.hulls import Moment
from vocpolicy.columnar.logic import Col, Sheet, Truth, disjunction, level_of
from vocpolicy.columnar.numbers import Number
from vocpolicy.columnar.perhaps import nothing
from vocpolicy.columnar.reading import optional
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.spark import ENGINES as SPARK
from vocpolicy.core.walk import type_of

if TYPE_CHECKING:
    from vocpolicy.columnar.entry import Entry

Parts: TypeAlias = tuple[Col, Col, Col]
"""Year, month and day."""

EPOCH = datetime.date(1970, 1, 1).toordinal()
MONTHS = (("month", 1),)
FAR = {"days": LATEST, "months": 120_000, "years": 10_000}
"""So far apart two dates can be."""


@frozen(eq=False)
class Moments:
    """Makes dates and the time between them."""

    entry: Entry

    def day(self, place: Place, expr: core.Expr) -> Col:
        """The count of a day; null where it is not known."""
        if not place.facts_in(expr):
            found = place.answer(expr)
            count = found.toordinal() if isinstance(found, datetime.date) else None
            return Col(nw.lit(count, dtype=nw.Int64))
        match expr:
            case core.FactRef():
                return self._fact(place, expr)
            case core.DefinitionRef():
                inside, plain = place.behind(expr)
                return self.day(inside, plain)
            case core.Arithmetic("shift", left, right):
                return self._shifted(place, left, right)
            case core.Choose(kind, members):
                days = [self.day(place, one) for one in members]
                return _chosen(kind, days)
            case core.ConclusionRef() | core.Scale():
                return self._kept(ordinal(self._given(place, expr).day))
            case core.Aggregate() if self.entry.lists is not None:
                from vocpolicy.columnar.days import day_of

                return self._kept(ordinal(self._kept(day_of(self.entry.lists, place, expr))))
            case _:
                raise refused("calendar", place.engine, expr.span)

    def _parts(self, place: Place, expr: core.Expr, day: Col) -> Parts:
        """Its year, month and day: of a date that stands in a column without reckoning."""
        match expr:
            case core.FactRef() if self.entry.has(place.fact(expr).name):
                return parts_of(self.entry.date(place.fact(expr)))
            case core.DefinitionRef() if place.facts_in(expr):
                inside, plain = place.behind(expr)
                return self._parts(inside, plain, day)
            case core.ConclusionRef() | core.Scale():
                return parts_of(self._given(place, expr).day)
            case _:
                return _civil(self.entry.sheet, self._kept(day))

    def none(self, place: Place, expr: core.Expr) -> Truth:
        """Where there is no day at all; never null."""
        match expr:
            case core.FactRef():
                fact = place.fact(expr)
                return nothing(self.entry, fact) if optional(fact.type) else False
            case core.DefinitionRef() if place.facts_in(expr):
                return self.none(*place.behind(expr))
            case core.ConclusionRef() | core.Scale():
                return self._given(place, expr).none
            case core.Arithmetic("shift", left, right):
                return disjunction([self.none(place, left), self._length(place, right).none])
            case core.Choose(_, members):
                return disjunction(self.none(place, one) for one in members)
            case _:
                return False

    def _given(self, place: Place, expr: core.ConclusionRef | core.Scale) -> Moment:
        made = self.entry.made
        assert made is not None
        return made.moment(place, expr)

    def date(self, day: Col) -> Col:
        """The date that a count of days stands for."""
        if not self.entry.place.engine.startswith(("duckdb", *SPARK)):
            return Col((day.expr - EPOCH).cast(nw.Int32).cast(nw.Date), day.level)
        # SQL makes no dates of numbers, but of text.
        several = zip(_civil(self.entry.sheet, self._kept(day)), (4, 2, 2), strict=True)
        parts = [Col(one.expr.cast(nw.String).str.zfill(size), one.level) for one, size in several]
        text = nw.concat_str([one.expr for one in parts], separator="-")
        return Col(text.str.to_date("%Y-%m-%d"), level_of(*parts))

    def _kept(self, col: Col) -> Col:
        return self.entry.sheet.keep(col)

    def _fact(self, place: Place, expr: core.FactRef) -> Col:
        fact = place.fact(expr)
        if not self.entry.has(fact.name):
            return Col(nw.lit(None, dtype=nw.Int64))
        return self.entry.day_number(fact)

    def _shifted(self, place: Place, date: core.Expr, length: core.Expr) -> Col:
        """Moved by whole days or months; within the calendar that there is."""
        day, kind = self.day(place, date), type_of(length)
        months = isinstance(kind, core.NumberType) and kind.dimension == MONTHS
        amount = self._amount(place, length)
        if months:
            parts = self._parts(place, date, day)
            return _moved(self.entry.sheet, parts, amount, place.policy.month_end)
        found = (day.expr + amount.expr).clip(EARLIEST, LATEST)
        return Col(found, level_of(day, amount))

    def _length(self, place: Place, length: core.Expr) -> Number:
        from vocpolicy.columnar.values import Values

        return Values(self.entry, False).number(place, length)

    def _amount(self, place: Place, length: core.Expr) -> Col:
        number = self._length(place, length)
        if number.scale.denominator != 1:
            raise refused("calendar", place.engine, length.span)
        if number.lo is None:
            return Col(nw.lit(None, dtype=nw.Int64))
        most = 10**7
        if not isinstance(number.lo, Col):
            count = max(-most, min(most, number.lo * number.scale.numerator))
            return Col(nw.lit(count, dtype=nw.Int64))
        if max(abs(number.least), abs(number.most)) * number.scale.numerator > most:
            raise refused("calendar", place.engine, length.span)
        return Col(number.lo.expr * number.scale.numerator, number.lo.level)

    def between(self, place: Place, expr: core.DatesBetween) -> Number:
        """Whole years, months or days from one date to another, negative where it is before."""
        start = self._kept(self.day(place, expr.start))
        end = self._kept(self.day(place, expr.end))
        none = disjunction(self.none(place, one) for one in (expr.start, expr.end))
        level = level_of(start, end)
        far = FAR[expr.unit]
        if expr.unit == "days":
            days = Col(end.expr - start.expr, level)
            return Number(days, days, Fraction(1), -far, far, none)
        later = Col(end.expr >= start.expr, level)
        ends = self._parts(place, expr.start, start), self._parts(place, expr.end, end)
        first = [self._picked(later, *pair) for pair in zip(*ends, strict=True)]
        last = [self._picked(later, *reversed(pair)) for pair in zip(*ends, strict=True)]
        months = (last[0].expr - first[0].expr) * 12 + last[1].expr - first[1].expr
        over = last[2].expr < first[2].expr
        if place.policy.month_end == "down":
            # The day that a short month lacks is its last one.
            over = over & (last[2].expr < _length(last[0].expr, last[1].expr))
        found = self._kept(Col(months - over.cast(nw.Int64), level_of(*first, *last)))
        count = found.expr if expr.unit == "months" else floored(found.expr, 12)
        sign = nw.when(end.expr < start.expr).then(-count).otherwise(count)
        known = nw.when(~start.expr.is_null() & ~end.expr.is_null()).then(sign)
        length = Col(known.otherwise(nw.lit(None, dtype=nw.Int64)), level_of(found, start, end))
        scale = Fraction(12 if expr.unit == "years" else 1)
        return Number(length, length, scale, -far, far, none)

    def _picked(self, first: Col, one: Col, other: Col) -> Col:
        found = nw.when(first.expr).then(one.expr).otherwise(other.expr)
        return self._kept(Col(found, level_of(first, one, other)))


def _chosen(kind: str, days: list[Col]) -> Col:
    """The earliest or the latest, where all are known."""
    pick = nw.min_horizontal if kind == "smaller" else nw.max_horizontal
    lacking = days[0].expr.is_null()
    for one in days[1:]:
        lacking = lacking | one.expr.is_null()
    found = nw.when(~lacking).then(pick(*(one.expr for one in days)))
    return Col(found.otherwise(nw.lit(None, dtype=nw.Int64)), level_of(*days))


def _civil(sheet: Sheet, day: Col) -> Parts:
    """Year, month and day of a count of days (Hinnant, as `calendar.count_of`)."""
    since = sheet.keep(Col(day.expr + 305, day.level))
    era = sheet.keep(Col(floored(since.expr, 146_097), since.level))
    of_era = sheet.keep(Col(since.expr - era.expr * 146_097, era.level)).expr
    leaps = floored(of_era, 1460) - floored(of_era, 36_524) + floored(of_era, 146_096)
    year = sheet.keep(Col(floored(of_era - leaps, 365), era.level + 1))
    before = year.expr * 365 + floored(year.expr, 4) - floored(year.expr, 100)
    of_year = sheet.keep(Col(of_era - before, year.level))
    place = sheet.keep(Col(floored(of_year.expr * 5 + 2, 153), of_year.level))
    early = (place.expr >= 10).cast(nw.Int64)
    level = place.level
    month = sheet.keep(Col(place.expr + 3 - early * 12, level))
    of_month = sheet.keep(Col(of_year.expr - floored(place.expr * 153 + 2, 5) + 1, level))
    return sheet.keep(Col(year.expr + era.expr * 400 + early, level)), month, of_month


def _moved(sheet: Sheet, date: Parts, months: Col, month_end: str) -> Col:
    """The same day of another month; where it is too short, as the policy rounds."""
    year, month, of_month = date
    moved = year.expr * 12 + month.expr - 1 + months.expr
    total = sheet.keep(Col(moved, level_of(month, months)))
    to_year = sheet.keep(Col(floored(total.expr, 12), total.level))
    to_month = sheet.keep(Col(total.expr - to_year.expr * 12 + 1, to_year.level))
    last = sheet.keep(Col(_length(to_year.expr, to_month.expr), to_month.level))
    level = level_of(last, of_month)
    kept = sheet.keep(Col(nw.min_horizontal(of_month.expr, last.expr), level))
    found = sheet.keep(Col(count_of(to_year.expr, to_month.expr, kept.expr), kept.level)).expr
    short = of_month.expr > last.expr
    if month_end == "up":
        found = found + short.cast(nw.Int64)
    elif month_end == "refuse":
        nothing = nw.lit(None, dtype=nw.Int64)
        found = nw.when(~short).then(found).otherwise(nothing)
    early, late = nw.lit(EARLIEST, dtype=nw.Int64), nw.lit(LATEST, dtype=nw.Int64)
    known = ~total.expr.is_null()
    after = nw.when(known & (to_year.expr > 9999)).then(late).otherwise(found)
    before = nw.when(known & (to_year.expr < 1)).then(early).otherwise(after)
    return sheet.keep(Col(before, kept.level + 1))


def _length(year: nw.Expr, month: nw.Expr) -> nw.Expr:
    """How many days a month has."""
    leap = _divides(year, 4) * (1 - _divides(year, 100)) + _divides(year, 400)
    longer = month + floored(month, 8)
    february = (month == 2).cast(nw.Int64)
    return 30 + longer - floored(longer, 2) * 2 - february * (2 - leap)


def _divides(number: nw.Expr, by: int) -> nw.Expr:
    return (number - floored(number, by) * by == 0).cast(nw.Int64)

"""The calendar outside z3: lengths between dates, and dates moved by months.

Months have no formula, so such a length is a whole number of which z3 knows only about how many
days it is.  A case that z3 finds is worked out with the real calendar; where it comes out
otherwise, z3 is told the truth about that case and those around it, and looks again.  That none is
found is then a proof, since what z3 knows is true of every case.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

from attrs import frozen

from vocpolicy.interpreter import dates
from vocpolicy.symbolic import terms
from vocpolicy.symbolic.terms import Bool, Number

CYCLE_DAYS, CYCLE_MONTHS = 146_097, 4_800
"""Four hundred years: the calendar repeats itself after them."""

SLACK = 4 * CYCLE_MONTHS
"""No number of months is further than four days from its average length, here in parts of a day."""

FIRST, LAST = datetime.date.min.toordinal(), datetime.date.max.toordinal()

AROUND = 800
"""How many days around one are looked at for those that are moved as far."""


@frozen(eq=False)
class Length:
    """Whole months or years from one day to another: `result`, of which there are `months` each."""

    start: Number
    end: Number
    result: Any
    unit: str
    month_end: str

    @property
    def months(self) -> int:
        return 12 if self.unit == "years" else 1

    def between(self, start: int, end: int) -> int:
        first, last = datetime.date.fromordinal(start), datetime.date.fromordinal(end)
        return dates.between(self.unit, first, last, self.month_end)

    def sure(self) -> Iterator[Bool]:
        """What is so of every pair of days: about how many days so many months are."""
        days = terms.plus(self.end, terms.minus(self.start))
        scaled = terms.times(days, Fraction(CYCLE_MONTHS))
        for way in (1, -1):
            length, count = (terms.times(one, Fraction(way)) for one in (scaled, self.result))
            least = terms.times(count, Fraction(CYCLE_DAYS * self.months))
            most = terms.plus(least, Fraction(CYCLE_DAYS * self.months + SLACK))
            so = (
                terms.at_least(count, terms.ZERO),
                terms.at_least(terms.plus(length, Fraction(SLACK)), least),
                terms.at_least(most, length),
            )
            yield terms.implies(terms.at_least(length, terms.ZERO), terms.every(so))

    def mended(self, value: Callable[[Number], Fraction]) -> Iterator[Bool]:
        """What z3 did not know where a case has the length wrong; nothing where it is right."""
        start, end = int(value(self.start)), int(value(self.end))
        right = self.between(start, end)
        if value(self.result) == right:
            return
        for least in (right, right + 1):
            reached = terms.at_least(self.result, Fraction(least))
            if isinstance(self.start, Fraction):
                yield terms.same_truth(reached, self._from(self.end, start, least))
            elif isinstance(self.end, Fraction):
                yield terms.same_truth(reached, self._until(self.start, end, least))
            else:
                yield from self._around(reached, start, least)
                yield from self._anywhere(reached, least)

    def _around(self, reached: Bool, start: int, least: int) -> Iterator[Bool]:
        """Of two open days: a later start has no greater length, an earlier one no smaller."""
        late = self._from(self.end, start, least)
        before = terms.at_least(Fraction(start), self.start)
        after = terms.at_least(self.start, Fraction(start))
        yield terms.implies(terms.every((before, late)), reached)
        yield terms.implies(terms.every((after, terms.no(late))), terms.no(reached))

    def _anywhere(self, reached: Bool, least: int) -> Iterator[Bool]:
        """In how many days a length can be reached, wherever it begins."""
        if least < 1:
            return
        days = terms.plus(self.end, terms.minus(self.start))
        fewest, most = spans(least * self.months, self.month_end)
        yield terms.implies(reached, terms.at_least(days, Fraction(fewest)))
        yield terms.implies(terms.at_least(days, Fraction(most)), reached)

    def _from(self, end: Number, start: int, least: int) -> Bool:
        """That an end is as late as the length needs it to be."""
        first = _first(lambda day: self.between(start, day) >= least)
        return False if first is None else terms.at_least(end, Fraction(first))

    def _until(self, start: Number, end: int, least: int) -> Bool:
        """That a start is as early as the length needs it to be."""
        first = _first(lambda day: self.between(day, end) < least)
        last = LAST if first is None else first - 1
        return terms.at_least(Fraction(last), start) if last >= FIRST else False


@frozen(eq=False)
class Moved:
    """A day moved by months, as many for every case: `result`."""

    start: Number
    months: int
    result: Any
    month_end: str
    move: Callable[[datetime.date], datetime.date]

    def moved(self, day: int) -> int:
        return self.move(datetime.date.fromordinal(day)).toordinal()

    def sure(self) -> Iterator[Bool]:
        days = terms.plus(self.result, terms.minus(self.start))
        least, most = (Fraction(one) for one in spans(int(self.months), self.month_end))
        inside = terms.every((terms.at_least(days, least), terms.at_least(most, days)))
        ends = (terms.equal(self.result, Fraction(end)) for end in (FIRST, LAST))
        yield terms.some((inside, *ends))
        yield terms.at_least(self.result, Fraction(FIRST))
        yield terms.at_least(Fraction(LAST), self.result)

    def mended(self, value: Callable[[Number], Fraction]) -> Iterator[Bool]:
        """The truth about the days of the month around one that z3 has wrong."""
        start = int(value(self.start))
        right = self.moved(start)
        if value(self.result) == right:
            return
        low, high = self._alike(start, -1), self._alike(start, 1)
        here = terms.every(
            (terms.at_least(self.start, Fraction(low)), terms.at_least(Fraction(high), self.start))
        )
        moved = terms.plus(self.start, Fraction(right - start))
        yield terms.implies(here, terms.equal(self.result, moved))
        below = terms.at_least(Fraction(start), self.start)
        yield terms.choose(
            below,
            terms.at_least(Fraction(right), self.result),
            terms.at_least(self.result, Fraction(right)),
        )

    def _alike(self, start: int, way: int) -> int:
        """The last day before or after one that is moved as far as it is."""
        far, day = self.moved(start) - start, start
        for next_ in range(start + way, start + way * AROUND, way):
            if not FIRST <= next_ <= LAST or self.moved(next_) - next_ != far:
                break
            day = next_
        return day


Dated = Length | Moved
"""What the calendar works out."""


@lru_cache(maxsize=256)
def spans(months: int, month_end: str) -> tuple[int, int]:
    """The fewest and the most days that so many months can take, wherever they begin: over the
    four hundred years after which the calendar repeats itself, from each day of a month that may
    be too long for another."""
    rounded = "down" if month_end == "down" else "up"
    found = set()
    for month in range(CYCLE_MONTHS):
        year, at = divmod(month, 12)
        for day in (1, *range(28, calendar.monthrange(2000 + year, at + 1)[1] + 1)):
            start = datetime.date(2000 + year, at + 1, day)
            end = dates.add_months(start, months, rounded)
            assert end is not None
            found.add((end - start).days)
    return min(found), max(found)


def _first(so: Callable[[int], bool]) -> int | None:
    """The first day from which on something is so; None: it never is."""
    low, high = FIRST, LAST
    if not so(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if so(middle) else (middle + 1, high)
    return low

"""What a measure is held against, as columns: the band of a goal, and the line that leads to it.

The interpreter's way (`vocpolicy.interpreter.lines`), with a number for each end, which facts may
change from row to row, as may the day on which the line is read.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.columnar.logic import Col, Sheet, Truth, disjunction, expr_of, level_of, negation
from vocpolicy.columnar.numbers import (
    End,
    Number,
    added,
    constant,
    ends_compared,
    is_there,
    multiplied,
    scaled_by,
    together,
)
from vocpolicy.columnar.picked import larger, smaller, times
from vocpolicy.columnar.rationals import kept_number
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.values import Values
from vocpolicy.interpreter.lines import ends_asked

UNKNOWN = Number(None, None, Fraction(1), 0, 0)


@frozen(eq=False)
class Band:
    """What a goal asks for; None leaves a side open, `strict` excludes the ends."""

    low: Number | None
    high: Number | None
    strict: bool = False

    @property
    def required(self) -> tuple[Number | None, Number | None]:
        """The band at its widest where its ends are not known."""
        low = None if self.low is None else self.low.lower
        return low, None if self.high is None else self.high.upper


@frozen(eq=False)
class Course:
    """All that a measure is held against.

    Attributes:
        stages: the milestones and the goal that have a date, by date.
        start: the baseline: its day, its lower and its upper end.
        sheet: where its columns are kept, each made once.
    """

    goal: core.Goal
    band: Band
    stages: tuple[tuple[datetime.date, Band], ...]
    start: tuple[datetime.date, Number, Number] | None
    has_line: bool
    after: bool
    sheet: Sheet


@frozen(eq=False)
class Line:
    """The band that is due on a day; `open` where it is not known, `early` before its first
    point.  Neither is ever null."""

    low: Number
    high: Number
    open: Truth
    early: Truth


def course_of(values: Values, place: Place, body: core.TargetBody, after: bool) -> Course:
    """What the measures of a target are held against, on the day of the place."""
    goal = body.goal
    band = _band(values, place, goal)
    dated = [(one.date, _band(values, place, one)) for one in body.milestones]
    several = [(day, one) for day, one in [*dated, (goal.date, band)] if day is not None]
    stages = tuple(sorted(several, key=lambda one: one[0]))
    start = _start_of(values, place, body)
    has_line = start is not None or bool(body.milestones) or _begun(body)
    return Course(goal, band, stages, start, has_line, after, values.entry.sheet)


def _begun(body: core.TargetBody) -> bool:
    return body.since is not None


def _start_of(
    values: Values, place: Place, body: core.TargetBody
) -> tuple[datetime.date, Number, Number] | None:
    if body.since is not None:
        zero = constant(Fraction(0))
        return body.since, zero, zero
    if body.baseline is None:
        return None
    day = body.baseline.date or place.policy.period.start
    if day is None:
        return None
    low, high = _band(values, place, body.baseline).required
    return day, low or UNKNOWN, high or UNKNOWN


def _band(values: Values, place: Place, goal: core.Goal) -> Band:
    """What the comparator asks for, as a band."""
    band = _asked_for(values, place, goal)
    low, high = (one and kept_number(values.entry.sheet, one) for one in (band.low, band.high))
    return Band(low, high, band.strict)


def _asked_for(values: Values, place: Place, goal: core.Goal) -> Band:
    def around(one: Number) -> tuple[Number, Number]:
        margin = _margin(values, place, goal, one)
        return added(one, multiplied(margin, -1)), added(one, margin)

    ends = [values.number(place, one) for one in goal.operands]
    return Band(*ends_asked(goal.comparator, ends or [constant(Fraction(1))], around))


def _margin(values: Values, place: Place, goal: core.Goal, one: Number) -> Number:
    if goal.tolerance is None:
        return constant(Fraction(0))
    if not goal.relative:
        return values.number(place, goal.tolerance)
    share = values.figure(place, goal.tolerance)
    if share is None:
        raise refused("goal", place.engine, goal.span)
    return scaled_by(one, share)


# ---- the line ----------------------------------------------------------------------------------


@frozen(eq=False)
class _Point:
    day: int
    low: Number
    high: Number


def line_of(course: Course, day: Number, rising: bool) -> Line:
    """What is due on a day (a count) on the way that rises to the lower edge of the goal, or
    falls to its upper edge."""
    goal = _edge(course.stages[-1][1], rising)
    points: list[_Point] = []
    if course.start is not None:
        begun, low, high = course.start
        ends = (low, _or(high, goal[1])) if rising else (_or(low, goal[0]), high)
        points.append(_no_further(begun, ends, goal, rising))
        day = kept_number(course.sheet, larger([day, constant(Fraction(begun.toordinal()))]))
    points += [_no_further(when, _edge(band, rising), goal, rising) for when, band in course.stages]
    points = [_kept(course.sheet, one) for one in points]
    open_ = disjunction(negation(is_there(end.lo)) for one in points for end in (one.low, one.high))
    first = constant(Fraction(points[0].day))
    early = ends_compared("less_than", *(one.lo for one in together(day, first)))
    same = all(one.low is one.high for one in points)
    low = _on(course.sheet, [(one.day, one.low) for one in points], day)
    high = low if same else _on(course.sheet, [(one.day, one.high) for one in points], day)
    return Line(low, high, course.sheet.kept(open_), course.sheet.kept(early))


def _kept(sheet: Sheet, point: _Point) -> _Point:
    """Made once, where the two ends are one too."""
    low, high = point.low, point.high
    if isinstance(low.lo, int) and (low.lo, low.scale) == (high.lo, high.scale):
        return evolve(point, high=low)
    return _Point(point.day, kept_number(sheet, point.low), kept_number(sheet, point.high))


def _edge(band: Band, rising: bool) -> tuple[Number, Number]:
    """The edge of a band that a rising or falling line leads to, from end to end."""
    first, second = (band.low, band.high) if rising else (band.high, band.low)
    number = first if first is not None else second or UNKNOWN
    return number.lower, number.upper


def _no_further(
    day: datetime.date, ends: tuple[Number, Number], goal: tuple[Number, Number], rising: bool
) -> _Point:
    """Where a point already lies beyond the goal, the goal itself is the line."""
    pick = smaller if rising else larger
    return _Point(day.toordinal(), pick([ends[0], goal[0]]), pick([ends[1], goal[1]]))


def _or(number: Number, instead: Number) -> Number:
    """Another number where one is not known."""
    if number.lo is None:
        return instead
    if isinstance(number.lo, int):
        return number
    one, other = together(number, instead)
    assert isinstance(one.lo, Col)
    if other.lo is None:
        return one
    found = Col(nw.coalesce(one.lo.expr, _expr(other.lo)), level_of(one.lo, other.lo))
    least, most = min(one.least, other.least), max(one.most, other.most)
    return Number(found, found, one.scale, least, most, room=one.room)


def _on(sheet: Sheet, points: Sequence[tuple[int, Number]], day: Number) -> Number:
    """Straight from point to point, and level after the last."""
    found = points[0][1]
    for (begun, one), (end, other) in pairwise(points):
        if begun == end:
            continue
        since = constant(Fraction(begun))
        within = larger([smaller([day, constant(Fraction(end))]), since])
        part = kept_number(sheet, added(within, multiplied(since, -1)))
        rise = added(other, multiplied(one, -1))
        if isinstance(rise.lo, int):
            more = scaled_by(part, rise.lo * rise.scale / (end - begun))
        else:
            more = scaled_by(times(part, rise), Fraction(1, end - begun))
        one, other = together(one, other)
        sloped = added(one, more)
        # It lies between its two points.
        finer = one.scale / sloped.scale
        ends = sorted(end * int(finer) for end in (one.least, one.most, other.least, other.most))
        sloped = evolve(sloped, least=ends[0], most=ends[-1])
        found = kept_number(sheet, _from(day, begun, sloped, found))
    return kept_number(sheet, _from(day, points[-1][0], points[-1][1], found))


def _from(day: Number, begun: int, then: Number, before: Number) -> Number:
    """One number from a day on, another before it."""
    where = ends_compared("at_least", *(n.lo for n in together(day, constant(Fraction(begun)))))
    if not isinstance(where, Col):
        return then if where else before
    one, other = together(then, before)
    chosen = nw.when(expr_of(where)).then(_expr(one.lo)).otherwise(_expr(other.lo))
    found = Col(chosen, level_of(where, one.lo, other.lo))
    least, most = min(one.least, other.least), max(one.most, other.most)
    return Number(found, found, one.scale, least, most, room=one.room)


def _expr(end: End) -> nw.Expr:
    return end.expr if isinstance(end, Col) else nw.lit(end, dtype=nw.Int64)

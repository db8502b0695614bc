"""The line from baseline through milestones to the goal, and where a measure stands to it.

A goal is a band; `at least` and `at most` leave one side open.  A measure below the band is held
against a line that rises to its lower edge, one above it against a line that falls to its upper
edge.  The line is itself a band where the baseline is one.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

from attrs import frozen

from vocpolicy.interpreter.values import Bounds, at_least, bounds
from vocpolicy.trace import Answer, Unknown

OPEN_ABOVE = frozenset({"at_least", "more_than", "all", "some"})
OPEN_BELOW = frozenset({"at_most", "less_than"})

T = TypeVar("T")


def ends_asked(
    comparator: str, operands: Sequence[T], around: Callable[[T], tuple[T, T]]
) -> tuple[T | None, T | None, bool]:
    """What a comparator of a goal asks for, of numbers of any kind: at least, at most (None: open
    on that side), and whether the ends are excluded; `around` has the ends of a tolerance."""
    one = operands[0]
    match comparator:
        case "at_least" | "all" | "some":
            return one, None, False
        case "more_than":
            return one, None, True
        case "at_most":
            return None, one, False
        case "less_than":
            return None, one, True
        case "between":
            return one, operands[1], False
        case "exactly":
            return one, one, False
        case "about" | "level_with":
            return *around(one), False
        case "nearly":
            return around(one)[0], one, False
        case "each_of":
            return None, None, False
        case _:
            raise ValueError(f"not a comparator: {comparator}")


@frozen
class Band:
    """What a goal asks for: at least `low` and at most `high`, each a number or what is known
    of it (None: open on that side); `strict` excludes the ends."""

    low: Answer | None
    high: Answer | None
    strict: bool = False

    @property
    def required(self) -> Bounds:
        """The band as numbers, at its widest where its ends are not known."""
        low = None if self.low is None else bounds(self.low)[0]
        high = None if self.high is None else bounds(self.high)[1]
        return low, high

    def falls_short(self, measure: Answer) -> bool | None:
        """Whether the measure lies below the band."""
        return self._beyond(self.low, measure, 1)

    def exceeds(self, measure: Answer) -> bool | None:
        """Whether the measure lies above the band."""
        return self._beyond(self.high, measure, -1)

    def _beyond(self, edge: Answer | None, measure: Answer, side: int) -> bool | None:
        if edge is None:
            return False
        pair = (measure, edge) if side > 0 else (edge, measure)
        if self.strict:
            answer = at_least(*reversed(pair))
            return answer if isinstance(answer, bool) else None
        answer = at_least(*pair)
        return not answer if isinstance(answer, bool) else None


@frozen
class Point:
    """A day on the line, and the band of what is due on it."""

    date: datetime.date
    low: Fraction
    high: Fraction


def line_on(points: Sequence[Point], day: datetime.date) -> tuple[Fraction, Fraction] | None:
    """The band of the line on a day, straight between points; None before its first point."""
    before = [point for point in points if point.date <= day]
    after = [point for point in points if point.date > day]
    if not before or not after:
        edge = before[-1] if before else None
        return (edge.low, edge.high) if edge else None
    start, end = before[-1], after[0]
    part = Fraction((day - start.date).days, (end.date - start.date).days)
    return (
        start.low + (end.low - start.low) * part,
        start.high + (end.high - start.high) * part,
    )


def points_towards(
    start: tuple[datetime.date, Answer, Answer] | None,
    stages: Sequence[tuple[datetime.date, Band]],
    rising: bool,
) -> list[Point] | None:
    """The line that rises to the lower edge of the last stage, or falls to its upper edge.

    `start` is the baseline, its low and its high.  Where it already lies beyond the goal, the
    goal itself is the line.  None where an end of it is not known.
    """
    points: list[Point] = []
    goal = _edge(stages[-1][1], rising) if stages else None
    if goal is None:
        return None
    if start is not None:
        ends = _start(start[1], start[2], goal, rising)
        if ends is None:
            return None
        points.append(Point(start[0], *_no_further(ends, goal, rising)))
    for date, band in stages:
        edge = _edge(band, rising)
        if edge is None:
            return None
        points.append(Point(date, *_no_further(edge, goal, rising)))
    return points


def _start(
    low: Answer, high: Answer, goal: tuple[Fraction, Fraction], rising: bool
) -> tuple[Fraction, Fraction] | None:
    """The band of the baseline.  Open on the goal's side it is capped there, where the line is
    flat; open on the other side it says nothing."""
    least, most = bounds(low)[0], bounds(high)[1]
    if rising and most is None:
        most = goal[1]
    if not rising and least is None:
        least = goal[0]
    return None if least is None or most is None else (least, most)


def _edge(band: Band, rising: bool) -> tuple[Fraction, Fraction] | None:
    """The edge of a band that a rising or falling line leads to."""
    first, second = (band.low, band.high) if rising else (band.high, band.low)
    low, high = bounds(first if first is not None else second or Unknown())
    return None if low is None or high is None else (low, high)


def _no_further(
    ends: tuple[Fraction, Fraction], goal: tuple[Fraction, Fraction], rising: bool
) -> tuple[Fraction, Fraction]:
    pick = min if rising else max
    return pick(ends[0], goal[0]), pick(ends[1], goal[1])


def standing(measure: Answer, line: tuple[Fraction, Fraction], rising: bool) -> Iterator[str]:
    """`on_track`, `behind`, or both where it is not known on which side of the line it lies."""
    low, high = bounds(measure)
    due_low, due_high = line
    if not rising:
        low, high = _minus(high), _minus(low)
        due_low, due_high = -due_high, -due_low
    if high is None or high >= due_low:
        yield "on_track"
    if low is None or low < due_high:
        yield "behind"


def _minus(number: Fraction | None) -> Fraction | None:
    return None if number is None else -number

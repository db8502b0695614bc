"""The line from baseline through milestones to the goal, and where a measure stands to it.

A goal is a band; `at least` and `at most` leave one side open.  The arithmetic is that of
`vocpolicy.lines`, which generated code shares.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import TypeAlias, TypeVar

from attrs import frozen

from vocpolicy import lines
from vocpolicy.interpreter.values import Bounds, bounds
from vocpolicy.trace import Answer

OPEN_ABOVE = frozenset({"at_least", "more_than", "all", "some"})
OPEN_BELOW = frozenset({"at_most", "less_than"})

T = TypeVar("T")

Start: TypeAlias = tuple[datetime.date, Answer, Answer]
"""The day of the baseline, its low and its high."""


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
        low = None if self.low is None else bounds(self.low)
        return lines.falls_short(bounds(measure), low, self.strict)

    def exceeds(self, measure: Answer) -> bool | None:
        """Whether the measure lies above the band."""
        high = None if self.high is None else bounds(self.high)
        return lines.exceeds(bounds(measure), high, self.strict)


@frozen
class Point:
    """A day on the line, and the band of what is due on it."""

    date: datetime.date
    low: Fraction
    high: Fraction


def line_on(points: Sequence[Point], day: datetime.date) -> tuple[Fraction, Fraction] | None:
    """The band of the line on a day, straight between points; None before its first point."""
    due = lines.on_day([(point.date, point.low, point.high) for point in points], day)
    return None if due is None else (Fraction(due[0]), Fraction(due[1]))


def points_towards(
    start: Start | None,
    stages: Sequence[tuple[datetime.date, Band]],
    rising: bool,
) -> list[Point] | None:
    """The line that rises to the lower edge of the last stage, or falls to its upper edge.

    `start` is the baseline, its low and its high.  Where it already lies beyond the goal, the
    goal itself is the line.  None where an end of it is not known.
    """
    points = lines.towards(_begun(start), _edges(stages), rising)
    if points is None:
        return None
    return [Point(date, Fraction(low), Fraction(high)) for date, low, high in points]


def stands(
    measure: Answer,
    day: datetime.date,
    start: Start | None,
    stages: Sequence[tuple[datetime.date, Band]],
    sides: Iterable[bool],
) -> tuple[set[str], tuple[Fraction, Fraction] | None]:
    """How a measure of a day may stand while it does not reach the goal, and the band of the line
    on the day; `sides` says whether the line to it rises, falls, or may do either."""
    begun, edges = _begun(start), _edges(stages)
    against = [(rising, lines.towards(begun, edges, rising)) for rising in sides]
    words, due = lines.stands(bounds(measure), day, None if start is None else start[0], against)
    return words, None if due is None else (Fraction(due[0]), Fraction(due[1]))


def _begun(start: Start | None) -> tuple[datetime.date, Fraction | None, Fraction | None] | None:
    return None if start is None else (start[0], bounds(start[1])[0], bounds(start[2])[1])


def _edges(stages: Sequence[tuple[datetime.date, Band]]) -> list[lines.Stage]:
    return [(date, _ends(band.low), _ends(band.high)) for date, band in stages]


def _ends(edge: Answer | None) -> Bounds | None:
    return None if edge is None else bounds(edge)

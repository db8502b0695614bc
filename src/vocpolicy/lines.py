"""The line from baseline through milestones to a goal, and how a measure stands to it.

Numbers are intervals as `vocpolicy.intervals` has them.  A goal is a band, of which either end may
be open.  A measure below it is held against a line that rises to its lower edge, one above it
against a line that falls to its upper edge; the line is itself a band where the baseline is one.
Interpreter and generated code share this.
"""

from __future__ import annotations

from vocpolicy.intervals import at_least

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterator, Sequence

    from vocpolicy.intervals import Interval, Number

    Due = tuple[Number, Number]
    """What is due on a day: anything from the least to the most of it may be."""
    Point = tuple[datetime.date, Number, Number]
    """A day on the line, and what is due on it."""
    Stage = tuple[datetime.date, Interval | None, Interval | None]
    """A day, and the edges of the band that is asked for by then."""

WORST_FIRST = ("missed", "not_met", "behind", "not_due", "undetermined", "on_track", "met")
"""Of several populations the first of these decides: all have to hold."""


def worst(words: Collection[str]) -> str:
    """How a target stands by how its populations do."""
    return next((word for word in WORST_FIRST if word in words), "undetermined")


def falls_short(measure: Interval, low: Interval | None, strict: bool) -> bool | None:
    """Whether a measure lies below a band, of which `strict` excludes the ends."""
    if low is None:
        return False
    return at_least(low, measure) if strict else _not(at_least(measure, low))


def exceeds(measure: Interval, high: Interval | None, strict: bool) -> bool | None:
    """Whether a measure lies above a band."""
    if high is None:
        return False
    return at_least(measure, high) if strict else _not(at_least(high, measure))


def inside(falls: bool | None, beyond: bool | None) -> bool | None:
    """Whether a measure lies in the band, by whether it lies below or above it."""
    if falls or beyond:
        return False
    return None if falls is None or beyond is None else True


def sides(falls: bool | None, beyond: bool | None) -> list[bool]:
    """Whether the line to the goal rises or falls to the measure's side of it; or both."""
    below = [True] if falls is not False else []
    above = [False] if beyond is not False else []
    return below + above or [True]


def standing(measure: Interval, line: Due, rising: bool) -> Iterator[str]:
    """`on_track`, `behind`, or both where it is not known on which side of the line it lies."""
    low, high = measure
    due_low, due_high = line
    if not rising:
        low, high = _minus(high), _minus(low)
        due_low, due_high = -due_high, -due_low
    if high is None or high >= due_low:
        yield "on_track"
    if low is None or low < due_high:
        yield "behind"


def stands(
    measure: Interval,
    day: datetime.date,
    first: datetime.date | None,
    lines: Collection[tuple[bool, Sequence[Point] | None]],
) -> tuple[set[str], Due | None]:
    """How a measure of a day may stand while it does not reach the goal, and what is due.

    Args:
        first: the day of the baseline, before which the line is taken for what it is on that day.
        lines: those that it may be held against, by whether they rise; None where an end of one
            is not known.
    """
    words: set[str] = set()
    due = None
    for rising, points in lines:
        here = None
        if points is None:
            words |= {"on_track", "behind"}
        else:
            here = on_day(points, day if first is None else max(day, first))
            words.update(("not_due",) if here is None else standing(measure, here, rising))
        due = due or here
    return words, due


def on_day(points: Sequence[Point], day: datetime.date) -> Due | None:
    """What is due on a day, straight between points; None before the first of them."""
    before = [point for point in points if point[0] <= day]
    after = [point for point in points if point[0] > day]
    if not before or not after:
        return before[-1][1:] if before else None
    from fractions import Fraction

    (start, low, high), (end, next_low, next_high) = before[-1], after[0]
    part = Fraction((day - start).days, (end - start).days)
    return low + (next_low - low) * part, high + (next_high - high) * part


def towards(
    start: tuple[datetime.date, Number | None, Number | None] | None,
    stages: Sequence[Stage],
    rising: bool,
) -> tuple[Point, ...] | None:
    """The line that rises to the lower edge of the last stage, or falls to its upper edge.

    `start` is the baseline, its least and its most.  Where it already lies beyond the goal, the
    goal itself is the line.  None where an end of it is not known.
    """
    goal = _edge(stages[-1], rising) if stages else None
    if goal is None:
        return None
    points: list[Point] = []
    if start is not None:
        ends = _start(start[1], start[2], goal, rising)
        if ends is None:
            return None
        points.append((start[0], *_no_further(ends, goal, rising)))
    for stage in stages:
        edge = _edge(stage, rising)
        if edge is None:
            return None
        points.append((stage[0], *_no_further(edge, goal, rising)))
    return tuple(points)


def _start(least: Number | None, most: Number | None, goal: Due, rising: bool) -> Due | None:
    """The band of the baseline.  Open on the goal's side it is capped there, where the line is
    flat; open on the other side it says nothing."""
    if rising and most is None:
        most = goal[1]
    if not rising and least is None:
        least = goal[0]
    return None if least is None or most is None else (least, most)


def _edge(stage: Stage, rising: bool) -> Due | None:
    """The edge of a band that a rising or falling line leads to."""
    _, low, high = stage
    first, second = (low, high) if rising else (high, low)
    least, most = first if first is not None else second or (None, None)
    return None if least is None or most is None else (least, most)


def _no_further(ends: Due, goal: Due, rising: bool) -> Due:
    pick = min if rising else max
    return pick(ends[0], goal[0]), pick(ends[1], goal[1])


def _minus(number: Number | None) -> Number | None:
    return None if number is None else -number


def _not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth

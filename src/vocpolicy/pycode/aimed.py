"""What generated code calls for targets: how a measure stands to a goal, and to the line that leads
to it.  Words are those of `vocpolicy.outcome`; None says that more than one is possible."""

from __future__ import annotations

from vocpolicy import lines
from vocpolicy.lines import towards

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Sequence

    from vocpolicy.intervals import Interval, Number
    from vocpolicy.lines import Point

__all__ = ["aimed", "aimed_along", "begun", "towards", "worst"]


def aimed(
    measure: Interval, low: Interval | None, high: Interval | None, strict: bool, word: str
) -> str | None:
    """How a measure stands to a goal that no line leads to, where `word` says that it does not
    reach it."""
    falls = lines.falls_short(measure, low, strict)
    reached = lines.inside(falls, lines.exceeds(measure, high, strict))
    return None if reached is None else "met" if reached else word


def aimed_along(
    measure: Interval,
    day: datetime.date,
    low: Interval | None,
    high: Interval | None,
    strict: bool,
    first: datetime.date | None,
    rising: Sequence[Point] | None,
    falling: Sequence[Point] | None,
    rises: bool | None,
) -> str | None:
    """How a measure of a day stands to a goal with lines to it.

    Args:
        first: the day of the baseline.
        rising, falling: the lines from below and from above; None where an end is not known.
        rises: which of the two counts, where the goal is open on a side.
    """
    falls = lines.falls_short(measure, low, strict)
    beyond = lines.exceeds(measure, high, strict)
    reached = lines.inside(falls, beyond)
    words = set[str]()
    if reached is not True:
        sides = lines.sides(falls, beyond) if rises is None else [rises]
        towards = [(side, rising if side else falling) for side in sides]
        words = lines.stands(measure, day, first, towards)[0]
    if reached is not False:
        words.add("met")
    return words.pop() if len(words) == 1 else None


def begun(
    day: datetime.date, low: Interval, high: Interval
) -> tuple[datetime.date, Number | None, Number | None]:
    """A baseline: its day, its least and its most."""
    return day, low[0], high[1]


def worst(words: Collection[str | None]) -> str | None:
    """How a target stands by how its populations do."""
    found = lines.worst(["undetermined" if word is None else word for word in words])
    return None if found == "undetermined" else found

"""What generated code calls for facts that were observed on certain days."""

from __future__ import annotations

from vocpolicy.pycode.helpers import MISSING

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable
    from typing import Any


class Series(tuple["tuple[datetime.date, Any]", ...]):
    """Observations of a fact, a day and a value each, the earliest first."""

    __slots__ = ()

    def until(self, day: datetime.date) -> tuple[datetime.date | None, Any]:
        """The last observation up to a day; without a day and missing where there is none."""
        for seen in reversed(self):
            if seen[0] <= day:
                return seen
        return None, MISSING


def observed(value: Any, day: datetime.date) -> Any:
    """What a fact comes to on a day; one without observations has the same value on any."""
    return value.until(day)[1] if value.__class__ is Series else value


def observed_before(value: Any, day: datetime.date) -> Any:
    """The same for a day that is over, on which what has no observations was not seen."""
    return value.until(day)[1] if value.__class__ is Series else MISSING


def observed_on(value: Any, day: datetime.date) -> datetime.date | None:
    """When that was observed; None for what has no observations, or none up to the day."""
    found: datetime.date | None = value.until(day)[0] if value.__class__ is Series else None
    return found


def latest(days: Iterable[datetime.date | None], otherwise: datetime.date) -> datetime.date:
    return max((day for day in days if day is not None), default=otherwise)

"""What generated code calls for the records of a list."""

from __future__ import annotations

from vocpolicy.days import add_days, covered

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable
    from typing import Any


def least(values: Iterable[Any], otherwise: Any) -> Any:
    return min(values, default=otherwise)


def most(values: Iterable[Any], otherwise: Any) -> Any:
    return max(values, default=otherwise)


def stayed(
    stays: Iterable[tuple[datetime.date, datetime.date]],
    after: datetime.date | None,
    last: datetime.date | None,
) -> int:
    """How many days the stays cover; of a window those after one day, up to another."""
    if after is not None and last is not None:
        first = add_days(after, 1)
        stays = ((max(start, first), min(end, last)) for start, end in stays)
    return covered((start, end) for start, end in stays if start <= end)

"""Interleaved repeats, medians, and a ratio against a reference measured in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping

from attrs import asdict, frozen


@frozen
class Row:
    """One figure.

    Attributes:
        name: what was measured.
        ratio: its median over the reference's; None where it could not be measured.
        against: the reference.
        goal: the ratio that it is to stay at or under, or None.
        median_us: median of one call, in microseconds.
        note: why there is no ratio.
    """

    name: str
    ratio: float | None
    against: str
    goal: float | None
    median_us: float | None
    note: str = ""

    def to_dict(self) -> dict[str, object]:
        return {key: value for key, value in asdict(self).items() if key != "note" or value}


def medians(
    calls: Mapping[str, Callable[[], object]],
    repeats: int,
    loops: int = 1,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """Seconds of one call of each, the median of `repeats`, the calls taken in turn.

    Where calls take unlike times and use one thread, `time.thread_time` leaves out what other
    processes took, which would fall upon the longer ones.
    """
    times: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
    for _ in range(repeats):
        for name, call in calls.items():
            start = clock()
            for _ in range(loops):
                call()
            times[name].append((clock() - start) / loops)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def rows(
    seconds: Mapping[str, float], reference: str, goals: Mapping[str, float | None]
) -> list[Row]:
    """A row for each measured name that has a goal (or None), against the reference."""
    return [
        Row(name, seconds[name] / seconds[reference], reference, goal, seconds[name] * 1e6)
        for name, goal in goals.items()
    ] + [Row(reference, 1.0, reference, None, seconds[reference] * 1e6)]

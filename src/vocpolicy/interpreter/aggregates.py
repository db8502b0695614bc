"""What the records of a list come to, where some records lack facts.

Each record is a row: whether it counts, what it is asked, its value, its stay.  A row that is
not known either way widens the result to the interval of every way that it can go.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from attrs import frozen

from vocpolicy.interpreter.dates import Stay, Window, covered
from vocpolicy.interpreter.values import (
    ZERO,
    add,
    bounds,
    conjunction,
    disjunction,
    hull,
    interval,
    negation,
)
from vocpolicy.trace import UNKNOWN, Answer, Unknown


@frozen
class Row:
    """One record that counts, or (`counts` is None) may count."""

    counts: bool | None
    condition: Answer = UNKNOWN
    value: Answer = UNKNOWN
    stay: Stay = Stay(None, None)


def aggregate(
    kind: str,
    rows: Sequence[Row],
    if_empty: Answer,
    window: Window | None = None,
    month_days: Fraction | None = None,
) -> Answer:
    """What the rows come to; `if_empty` is the answer where no record counts."""
    match kind:
        case "count":
            return interval(Fraction(_sure(rows)), Fraction(len(rows)))
        case "total":
            return _total(rows)
        case "share":
            return _share(rows, if_empty)
        case "least":
            return _extreme(rows, if_empty, min)
        case "most":
            return _extreme(rows, if_empty, max)
        case "distinct":
            return _distinct(rows)
        case "every":
            return conjunction([disjunction([negation(_counts(r)), r.condition]) for r in rows])
        case "some":
            return _some(rows)
        case "none":
            return negation(_some(rows))
        case "total_length":
            return _total_length(rows, window, month_days)
        case _:
            raise ValueError(f"not an aggregate: {kind}")


def of_absent_list(
    kind: str, one: Answer, if_empty: Answer, window: Window | None, month_days: Fraction | None
) -> Answer:
    """What is known where the list itself is missing; `one` is the value of a record of which
    nothing is known."""
    match kind:
        case "count" | "distinct":
            return Unknown(low=ZERO)
        case "total":
            low, high = bounds(one)
            return Unknown(
                low=ZERO if low is not None and low >= 0 else None,
                high=ZERO if high is not None and high <= 0 else None,
            )
        case "share":
            return hull([Unknown(ZERO, Fraction(1)), if_empty])
        case "least" | "most":
            return hull([one, if_empty])
        case "total_length":
            high = None if window is None else _length(window.days, month_days)
            return interval(ZERO, high)
        case _:
            return UNKNOWN


def _counts(row: Row) -> Answer:
    return UNKNOWN if row.counts is None else row.counts


def _sure(rows: Sequence[Row]) -> int:
    return sum(row.counts is True for row in rows)


def _some(rows: Sequence[Row]) -> Answer:
    return disjunction([conjunction([_counts(row), row.condition]) for row in rows])


def _total(rows: Sequence[Row]) -> Answer:
    total: Answer = ZERO
    for row in rows:
        total = add(total, row.value if row.counts else hull([row.value, ZERO]))
    return total


def _share(rows: Sequence[Row], if_empty: Answer) -> Answer:
    """The least share counts every doubtful record that can fail and none that passes; the
    most, the other way round."""
    sure = _sure(rows)
    doubtful = [row for row in rows if row.counts is None]
    passing = sum(row.counts is True and row.condition is True for row in rows)
    failing = sum(row.counts is True and row.condition is False for row in rows)
    can_fail = sum(row.condition is not True for row in doubtful)
    can_pass = sum(row.condition is not False for row in doubtful)
    least = Fraction(passing, sure + can_fail) if sure + can_fail else Fraction(1)
    most = Fraction(sure - failing + can_pass, sure + can_pass) if sure + can_pass else ZERO
    if sure:
        return interval(least, most)
    return hull([interval(least, most), if_empty]) if doubtful else if_empty


def _extreme(rows: Sequence[Row], if_empty: Answer, pick: Callable[..., Any]) -> Answer:
    """The least or the most of the values."""
    sure = [row.value for row in rows if row.counts]
    doubtful = [row.value for row in rows if row.counts is None]
    if not sure:
        # One doubtful record may be the only one, so every value of any of them is possible.
        return hull([*doubtful, if_empty])
    if not all(isinstance(value, Fraction | Unknown) for value in sure + doubtful):
        return _of_dates(sure, doubtful, pick)
    certain = _extreme_of(sure, pick)
    widest = _extreme_of(sure + doubtful, pick)
    ends = (widest[0], certain[1]) if pick is min else (certain[0], widest[1])
    return interval(*ends)


def _extreme_of(
    values: Sequence[Answer], pick: Callable[..., Any]
) -> tuple[Fraction | None, Fraction | None]:
    """The bounds of the least or the most of values that all count."""
    lows, highs = zip(*(bounds(value) for value in values), strict=True)
    known_lows = [low for low in lows if low is not None]
    known_highs = [high for high in highs if high is not None]
    if pick is min:
        low = min(known_lows) if len(known_lows) == len(values) else None
        return low, min(known_highs, default=None)
    high = max(known_highs) if len(known_highs) == len(values) else None
    return max(known_lows, default=None), high


def _of_dates(
    sure: Sequence[Answer], doubtful: Sequence[Answer], pick: Callable[..., Any]
) -> Answer:
    """Dates have no intervals: the answer is known where no doubtful one can change it."""
    dates = [value for value in sure if isinstance(value, datetime.date)]
    if len(dates) < len(sure):
        return UNKNOWN
    best: datetime.date = pick(dates)
    others = [value for value in doubtful if isinstance(value, datetime.date)]
    settled = len(others) == len(doubtful) and pick([best, *others]) == best
    return best if settled else UNKNOWN


def _distinct(rows: Sequence[Row]) -> Answer:
    sure = {row.value for row in rows if row.counts and not isinstance(row.value, Unknown)}
    known = {row.value for row in rows if not isinstance(row.value, Unknown)}
    unknown = sum(isinstance(row.value, Unknown) for row in rows)
    low = len(sure) or int(_sure(rows) > 0)
    high = len(known) + unknown
    choices = [row.value.among for row in rows if isinstance(row.value, Unknown)]
    if all(choices):
        high = min(high, len(known.union(*choices)))
    return interval(Fraction(low), Fraction(high))


def _length(days: int, month_days: Fraction | None) -> Fraction:
    return days / (month_days or Fraction(1))


def _total_length(
    rows: Sequence[Row], window: Window | None, month_days: Fraction | None
) -> Answer:
    """Days covered, overlaps once; doubtful stays and unknown ends cover less or more."""
    certain = [row.stay.certain(window) for row in rows if row.counts]
    possible = [row.stay.possible(window) for row in rows]
    open_ended = window is None and any(
        row.stay.start is None or row.stay.end is None for row in rows
    )
    low = _length(covered(days for days in certain if days), month_days)
    high = _length(covered(days for days in possible if days), month_days)
    return interval(low, None if open_ended else high)

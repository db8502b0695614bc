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

from vocpolicy import intervals
from vocpolicy.interpreter.dates import Stay, Window, covered
from vocpolicy.interpreter.values import (
    ZERO,
    bounds,
    conjunction,
    disjunction,
    hull,
    interval,
    negation,
    truth,
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
            return _extreme(rows, if_empty, "least")
        case "most":
            return _extreme(rows, if_empty, "most")
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
    return interval(*intervals.total((row.counts, bounds(row.value)) for row in rows))


def _share(rows: Sequence[Row], if_empty: Answer) -> Answer:
    if not rows:
        return if_empty
    asked = [(row.counts, truth(row.condition)) for row in rows]
    return interval(*intervals.share(asked, bounds(if_empty)))


def _extreme(rows: Sequence[Row], if_empty: Answer, kind: str) -> Answer:
    """The least or the most of the values."""
    values = [row.value for row in rows]
    if not all(isinstance(value, Fraction | Unknown) for value in (*values, if_empty)):
        return _of_dates(rows, if_empty, min if kind == "least" else max)
    if not rows:
        return if_empty
    known = [(row.counts, bounds(row.value)) for row in rows]
    return interval(*intervals.extreme(kind, known, bounds(if_empty)))


def _of_dates(rows: Sequence[Row], if_empty: Answer, pick: Callable[..., Any]) -> Answer:
    """Dates have no intervals: the answer is known where no doubtful one can change it."""
    sure = [row.value for row in rows if row.counts]
    doubtful = [row.value for row in rows if row.counts is None]
    if not sure:
        # One doubtful record may be the only one, so every value of any of them is possible.
        return hull([*doubtful, if_empty])
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

"""Rounding, the smaller or larger of several, and scales, of numbers that may be intervals."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from vocpolicy import amounts, intervals
from vocpolicy.core import Nothing
from vocpolicy.interpreter.values import (
    ZERO,
    add,
    at_least,
    bounds,
    hull,
    interval,
    multiply,
    negate,
    undecided,
)
from vocpolicy.trace import Answer, Unknown


def rounded(mode: str, answer: Answer, grain: Fraction) -> Answer:
    """A number on a multiple of the grain, none where there is none.  Rounding never turns an
    order round, so the ends of an interval round to the ends of the result."""
    if answer is Nothing.NONE:
        return answer
    if isinstance(answer, Fraction):
        return amounts.rounded(mode, answer, grain)
    low, high = (None if end is None else rounded(mode, end, grain) for end in bounds(answer))
    return interval(_number(low), _number(high), answer)


def _number(answer: Answer | None) -> Fraction | None:
    return answer if isinstance(answer, Fraction) else None


def chosen(kind: str, answers: Sequence[Answer]) -> Answer:
    """The `smaller` or the `larger` of several numbers or dates; none where one is none."""
    if any(answer is Nothing.NONE for answer in answers):
        return Nothing.NONE
    if any(isinstance(answer, datetime.date) for answer in answers):
        return _chosen_date(kind, answers)
    of_all = intervals.smallest if kind == "smaller" else intervals.largest
    return interval(*of_all([bounds(answer) for answer in answers]), *answers)


def _chosen_date(kind: str, answers: Sequence[Answer]) -> Answer:
    """Dates have no intervals: all have to be known."""
    days = [answer for answer in answers if isinstance(answer, datetime.date)]
    if len(days) < len(answers):
        return undecided(*answers)
    return min(days) if kind == "smaller" else max(days)


# ---- scales --------------------------------------------------------------------------------


def reached(operand: Answer, starts: Sequence[Answer]) -> list[int | None]:
    """The lines that the operand can be on, the upper ones first; None for below the first."""
    found: list[int | None] = []
    for place in range(len(starts) - 1, -1, -1):
        on = at_least(operand, starts[place])
        if on is not False:
            found.append(place)
        if on is True:
            return found
    return [*found, None]


def band(operand: Answer, starts: Sequence[Answer], values: Sequence[Answer]) -> Answer:
    """The value of the line, where several are possible what they have in common; `values` are
    those of `reached`, in its order."""
    if len(values) == 1:
        return values[0]
    answer = hull(values)
    if isinstance(answer, Unknown):
        carried = undecided(operand, *starts, *values).conflict
        return Unknown(answer.low, answer.high, answer.among, carried)
    return answer


def marginal(operand: Answer, starts: Sequence[Answer], rates: Sequence[Answer]) -> Answer:
    """The sum over the lines of the part that lies on each, times its rate; none where one of
    them is none.

    With known starts and rates the sum bends only at the starts, so that its least and its
    greatest value over an interval lie at a start or at an end.
    """
    if any(answer is Nothing.NONE for answer in (operand, *starts, *rates)):
        return Nothing.NONE
    lines = [start for start in starts if isinstance(start, Fraction)]
    known = [rate for rate in rates if isinstance(rate, Fraction)]
    rising = all(one < other for one, other in pairwise(lines))
    if len(lines) < len(starts) or len(known) < len(rates) or not rising:
        return _marginal_of_open(operand, starts, rates)
    return interval(*amounts.marginal_ends(*bounds(operand), lines, known), operand)


def _marginal_of_open(operand: Answer, starts: Sequence[Answer], rates: Sequence[Answer]) -> Answer:
    """Sound where a start or a rate is not known: every part and rate for itself."""
    total: Answer = ZERO
    for place, (start, rate) in enumerate(zip(starts, rates, strict=True)):
        end = starts[place + 1 : place + 2]
        part = add(chosen("smaller", [operand, *end]), negate(start))
        total = add(total, multiply(chosen("larger", [ZERO, part]), rate))
    return total

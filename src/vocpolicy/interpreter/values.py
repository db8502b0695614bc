"""What is known of a value: three-valued logic, and arithmetic on intervals.

An answer is a value or `Unknown`.  A number that is not known lies in a closed interval; an
interval of one point is a value again, so that `0 * x` is 0 whatever x is.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from vocpolicy.core import Nothing
from vocpolicy.trace import UNKNOWN, Answer, Unknown

Bounds: TypeAlias = tuple[Fraction | None, Fraction | None]
"""The ends of a closed interval; None is unbounded."""

End: TypeAlias = tuple[int, Fraction]
"""An end of an interval that sorts: -1 is minus infinity, 1 infinity, 0 a number."""

ZERO = Fraction(0)


# ---- yes and no ----------------------------------------------------------------------------


def truth(answer: Answer) -> bool | None:
    """Yes, no, or None where it is not known."""
    return answer if isinstance(answer, bool) else None


def conflicts(answers: Iterable[Answer]) -> frozenset[str]:
    """The conflicts that unknown answers carry with them."""
    carried = [answer.conflict for answer in answers if isinstance(answer, Unknown)]
    return frozenset().union(*carried)


def undecided(*answers: Answer) -> Unknown:
    """Not known, for the conflicts of these answers if they have any."""
    carried = conflicts(answers)
    return Unknown(conflict=carried) if carried else UNKNOWN


def conjunction(answers: Sequence[Answer]) -> bool | Unknown:
    """False where one is, true where all are, else not known."""
    if any(answer is False for answer in answers):
        return False
    return True if all(answer is True for answer in answers) else undecided(*answers)


def disjunction(answers: Sequence[Answer]) -> bool | Unknown:
    """True where one is, false where all are, else not known."""
    if any(answer is True for answer in answers):
        return True
    return False if all(answer is False for answer in answers) else undecided(*answers)


def negation(answer: Answer) -> bool | Unknown:
    return not answer if isinstance(answer, bool) else undecided(answer)


# ---- numbers -------------------------------------------------------------------------------


def bounds(answer: Answer) -> Bounds:
    """The interval that a number lies in."""
    match answer:
        case Unknown(low=low, high=high):
            return low, high
        case Fraction():
            return answer, answer
        case _:
            return None, None


def interval(low: Fraction | None, high: Fraction | None, *origins: Answer) -> Fraction | Unknown:
    """What lies between the bounds; `origins` are the answers that it was made from."""
    if low is not None and low == high:
        return low
    return Unknown(low, high, conflict=conflicts(origins))


def hull(answers: Sequence[Answer]) -> Answer:
    """What is known of a value that is one of these."""
    if answers and all(answer == answers[0] for answer in answers):
        return answers[0]
    carried = conflicts(answers)
    if answers and all(isinstance(answer, str) or _among(answer) for answer in answers):
        among = frozenset().union(*(_among(answer) for answer in answers))
        return Unknown(among=among, conflict=carried)
    if answers and all(isinstance(answer, Fraction | Unknown) for answer in answers):
        ends = [bounds(answer) for answer in answers]
        lows = [low for low, _ in ends if low is not None]
        highs = [high for _, high in ends if high is not None]
        low = min(lows) if len(lows) == len(ends) else None
        high = max(highs) if len(highs) == len(ends) else None
        return Unknown(low, high, conflict=carried)
    return Unknown(conflict=carried)


def clip(
    answer: Fraction | Unknown, low: Fraction | None, high: Fraction | None
) -> Fraction | Unknown:
    """The part of the interval between two bounds, of which it is known to lie inside."""
    ours_low, ours_high = bounds(answer)
    new_low = max((end for end in (ours_low, low) if end is not None), default=None)
    new_high = min((end for end in (ours_high, high) if end is not None), default=None)
    if new_low is not None and new_high is not None and new_low > new_high:
        return answer  # the facts contradict their bounds; say nothing beyond the arithmetic
    return interval(new_low, new_high, answer)


def add(left: Answer, right: Answer) -> Answer:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left + right
    (a, b), (c, d) = bounds(left), bounds(right)
    low = None if a is None or c is None else a + c
    high = None if b is None or d is None else b + d
    return interval(low, high, left, right)


def negate(answer: Answer) -> Answer:
    if isinstance(answer, Fraction):
        return -answer
    low, high = bounds(answer)
    return interval(None if high is None else -high, None if low is None else -low, answer)


def multiply(left: Answer, right: Answer) -> Answer:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left * right
    return _product(_ends(bounds(left)), _ends(bounds(right)), left, right)


def divide(left: Answer, right: Answer, if_zero: Answer | None, whole: bool, part: bool) -> Answer:
    """A ratio; `if_zero` stands in where the denominator is zero.

    Without it the denominator is known to be above zero.  `whole`: the denominator is a whole
    number, so that it is at least 1 where it is above 0.  `part`: the numerator is a part of
    the denominator, so that the ratio lies between 0 and 1.
    """
    low, high = bounds(right)
    if low == 0 and high == 0:
        return undecided(left, right) if if_zero is None else if_zero
    if high is not None and high < 0:
        return divide(negate(left), negate(right), if_zero, whole, part)
    if low is None or low < 0 or high == 0:
        if if_zero is not None or high == 0:
            return hull([undecided(left, right), *([] if if_zero is None else [if_zero])])
        low = ZERO
    smallest = low or (Fraction(1) if whole else ZERO)
    ratio = _product(_ends(bounds(left)), _reciprocal(smallest, high), left, right)
    ratio = clip(ratio, ZERO, Fraction(1)) if part else ratio
    return ratio if low > 0 or if_zero is None else hull([if_zero, ratio])


def _ends(pair: Bounds) -> tuple[End, End]:
    low, high = pair
    return (-1, ZERO) if low is None else (0, low), (1, ZERO) if high is None else (0, high)


def _reciprocal(low: Fraction, high: Fraction | None) -> tuple[End, End]:
    """Of an interval above zero; a `low` of zero is itself excluded."""
    return (0, ZERO) if high is None else (0, 1 / high), (1, ZERO) if low == 0 else (0, 1 / low)


def _times(left: End, right: End) -> End:
    """Zero times infinity is zero: an end stands for numbers that all stay finite."""
    signs = [end[0] or (end[1] > 0) - (end[1] < 0) for end in (left, right)]
    sign = signs[0] * signs[1]
    if sign == 0 or (left[0] == 0 and right[0] == 0):
        return 0, left[1] * right[1]
    return sign, ZERO


def _product(left: tuple[End, End], right: tuple[End, End], *origins: Answer) -> Fraction | Unknown:
    ends = [_times(one, other) for one, other in product(left, right)]
    low, high = min(ends), max(ends)
    return interval(low[1] if low[0] == 0 else None, high[1] if high[0] == 0 else None, *origins)


# ---- comparisons ---------------------------------------------------------------------------


def at_least(left: Answer, right: Answer) -> bool | Unknown:
    """Of two numbers or two dates; nothing compares with `none`."""
    if left is Nothing.NONE or right is Nothing.NONE:
        return False
    if isinstance(left, datetime.date) and isinstance(right, datetime.date):
        return left >= right
    (a, b), (c, d) = bounds(left), bounds(right)
    if a is not None and d is not None and a >= d:
        return True
    if b is not None and c is not None and b < c:
        return False
    return undecided(left, right)


def compare(operator: str, left: Answer, right: Answer) -> bool | Unknown:
    """`at_least`, `at_most`, `more_than` or `less_than`."""
    if left is Nothing.NONE or right is Nothing.NONE:
        return False
    match operator:
        case "at_least":
            return at_least(left, right)
        case "at_most":
            return at_least(right, left)
        case "more_than":
            return negation(at_least(right, left))
        case "less_than":
            return negation(at_least(left, right))
        case _:
            raise ValueError(f"not a comparison: {operator}")


def equal(left: Answer, right: Answer) -> bool | Unknown:
    """The same value, of any type but lists and records."""
    if not isinstance(left, Unknown) and not isinstance(right, Unknown):
        return left == right
    if Nothing.NONE in (left, right):
        other = left if right is Nothing.NONE else right
        return False if _is_something(other) else undecided(left, right)
    if _among(left) and _among(right):
        return undecided(left, right) if _among(left) & _among(right) else False
    (a, b), (c, d) = bounds(left), bounds(right)
    apart = (b is not None and c is not None and b < c) or (
        a is not None and d is not None and d < a
    )
    return False if apart else undecided(left, right)


def within(item: Answer, members: Sequence[Answer]) -> bool | Unknown:
    """One of the members."""
    answer = disjunction([equal(item, member) for member in members])
    covered = frozenset(member for member in members if isinstance(member, str))
    return True if _among(item) and _among(item) <= covered else answer


def _among(answer: Answer) -> frozenset[str]:
    """The values of a choice that it can be; empty where nothing is known."""
    if isinstance(answer, Unknown):
        return answer.among
    return frozenset((answer,)) if isinstance(answer, str) else frozenset()


def _is_something(answer: Answer) -> bool:
    """Known not to be `none` though its value is not known."""
    return isinstance(answer, Unknown) and bool(
        answer.among or answer.low is not None or answer.high is not None
    )

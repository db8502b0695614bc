"""What is known of a value: three-valued logic, and arithmetic on intervals.

An answer is a value or `Unknown`.  A number that is not known lies in a closed interval; an
interval of one point is a value again, so that `0 * x` is 0 whatever x is.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TypeAlias

from vocpolicy import intervals
from vocpolicy.core import Nothing
from vocpolicy.trace import UNKNOWN, Answer, Unknown

Bounds: TypeAlias = tuple[Fraction | None, Fraction | None]
"""The ends of a closed interval; None is unbounded."""

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


def interval(
    low: int | Fraction | None, high: int | Fraction | None, *origins: Answer
) -> Fraction | Unknown:
    """What lies between the bounds; `origins` are the answers that it was made from."""
    low, high = _fraction(low), _fraction(high)
    if low is not None and low == high:
        return low
    return Unknown(low, high, conflict=conflicts(origins))


def _fraction(end: int | Fraction | None) -> Fraction | None:
    return end if end is None or isinstance(end, Fraction) else Fraction(end)


def hull(answers: Sequence[Answer]) -> Answer:
    """What is known of a value that is one of these."""
    if answers and all(answer == answers[0] for answer in answers):
        return answers[0]
    carried = conflicts(answers)
    if answers and all(isinstance(answer, str) or _among(answer) for answer in answers):
        among = frozenset().union(*(_among(answer) for answer in answers))
        return Unknown(among=among, conflict=carried)
    if answers and all(isinstance(answer, Fraction | Unknown) for answer in answers):
        low, high = intervals.hull([bounds(answer) for answer in answers])
        return Unknown(_fraction(low), _fraction(high), conflict=carried)
    return Unknown(conflict=carried)


def clip(answer: Answer, low: Fraction | None, high: Fraction | None) -> Fraction | Unknown:
    """The part of the interval between two bounds, of which it is known to lie inside."""
    return interval(*intervals.clipped(bounds(answer), low, high), answer)


def add(left: Answer, right: Answer) -> Answer:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left + right
    return interval(*intervals.plus(bounds(left), bounds(right)), left, right)


def negate(answer: Answer) -> Answer:
    if isinstance(answer, Fraction):
        return -answer
    return interval(*intervals.minus(bounds(answer)), answer)


def multiply(left: Answer, right: Answer) -> Answer:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left * right
    return interval(*intervals.product(bounds(left), bounds(right)), left, right)


def divide(left: Answer, right: Answer, if_zero: Answer | None, whole: bool, part: bool) -> Answer:
    """A ratio; `if_zero` stands in where the denominator is zero.

    Without it the denominator is known to be above zero.  `whole`: the denominator is a whole
    number, so that it is at least 1 where it is above 0.  `part`: the numerator is a part of
    the denominator, so that the ratio lies between 0 and 1.
    """
    if right == ZERO and if_zero is not None:
        return if_zero
    other = None if if_zero is None else bounds(if_zero)
    one = Fraction(1)
    ends = bounds(left), bounds(right)
    ratio = intervals.quotient(*ends, other, one if whole else None, one if part else None)
    return interval(*ratio, left, right, *([] if if_zero is None else [if_zero]))


# ---- comparisons ---------------------------------------------------------------------------


def at_least(left: Answer, right: Answer) -> bool | Unknown:
    """Of two numbers or two dates; nothing compares with `none`."""
    if left is Nothing.NONE or right is Nothing.NONE:
        return False
    if isinstance(left, datetime.date) and isinstance(right, datetime.date):
        return left >= right
    found = intervals.at_least(bounds(left), bounds(right))
    return undecided(left, right) if found is None else found


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
    apart = intervals.same(bounds(left), bounds(right)) is False
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

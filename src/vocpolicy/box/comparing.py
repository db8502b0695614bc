"""Comparisons of numbers, as `vocpolicy.interpreter.values` has them, made fast for searching.

A search compares the same few numbers over and over: ends of intervals are compared as whole
numbers crosswise, and a ratio with a figure without dividing.
"""

from __future__ import annotations

from fractions import Fraction

from vocpolicy.box.pieces import Piece, Run, Vector
from vocpolicy.interpreter import values
from vocpolicy.interpreter.values import Bounds
from vocpolicy.trace import Answer, Unknown

_KNOWN = {
    "at_least": (False, False),
    "at_most": (True, False),
    "more_than": (True, True),
    "less_than": (False, True),
}
"""Of each operator: whether it asks `at least` of the sides turned round, and of its contrary."""


def compared(operator: str, left: Run, right: Run) -> Run:
    """Whether a comparison holds for a vector."""
    turned, contrary = _KNOWN[operator]

    def run(vector: Vector) -> Answer:
        one, other = left(vector), right(vector)
        if not (_is_number(one) and _is_number(other)):
            return values.compare(operator, one, other)
        answer = _at_least(other, one) if turned else _at_least(one, other)
        return values.undecided(one, other) if answer is None else answer is not contrary

    return run


def ratio_compared(operator: str, over: Piece, under: Piece, figure: Fraction, whole: Run) -> Run:
    """Whether a ratio of two numbers is so; `whole` works it out where their ends are not all
    known and above zero, so that a quotient is as large as its numerator and as its reciprocal."""
    turned, contrary = _KNOWN[operator]
    top, bottom = over.run, under.run
    times, parts = figure.as_integer_ratio()

    def run(vector: Vector) -> Answer:
        one, other = top(vector), bottom(vector)
        (a, b), (c, d) = _ends(one), _ends(other)
        if a is None or b is None or c is None or d is None or a < 0 or c <= 0:
            return whole(vector)
        least, most = _times(a, parts, d, times), _times(b, parts, c, times)
        if turned:
            least, most = -most, -least
        if least >= 0:
            return not contrary
        return contrary if most < 0 else values.undecided(one, other)

    return run


def _times(number: Fraction, times: int, other: Fraction, others: int) -> int:
    """A number with the sign of `number * times - other * others`."""
    (a, b), (c, d) = number.as_integer_ratio(), other.as_integer_ratio()
    return a * d * times - c * b * others


def _is_number(answer: Answer) -> bool:
    return type(answer) is Fraction or isinstance(answer, Unknown)


def _ends(answer: Answer) -> Bounds:
    if type(answer) is Fraction:
        return answer, answer
    return (answer.low, answer.high) if isinstance(answer, Unknown) else (None, None)


def _at_least(left: Answer, right: Answer) -> bool | None:
    """Of two numbers; None where it is open or where they are none."""
    (a, b), (c, d) = _ends(left), _ends(right)
    if a is not None and d is not None and _times(a, 1, d, 1) >= 0:
        return True
    if b is not None and c is not None and _times(b, 1, c, 1) < 0:
        return False
    return None

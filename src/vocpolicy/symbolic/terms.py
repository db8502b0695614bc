"""Terms of z3, folded where they are known: the only place that knows how z3 writes them.

A condition is a Python `bool` where it is known, else a term; a number is a `Fraction` or a term.
What can be worked out is, so that z3 sees only what varies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

import z3

Bool: TypeAlias = Any
"""`bool`, or a Boolean term."""

Number: TypeAlias = Any
"""`Fraction`, or an arithmetic term."""

ZERO, ONE = Fraction(0), Fraction(1)


# ---- conditions ----------------------------------------------------------------------------------


def every(parts: Iterable[Bool]) -> Bool:
    return _joined(parts, False, z3.And)


def some(parts: Iterable[Bool]) -> Bool:
    return _joined(parts, True, z3.Or)


def _joined(parts: Iterable[Bool], decisive: bool, join: Callable[[list[Any]], Any]) -> Bool:
    """One part that is `decisive` decides alone; parts that are its opposite say nothing."""
    left = []
    for part in parts:
        if part is decisive:
            return decisive
        if not isinstance(part, bool):
            left.append(part)
    if not left:
        return not decisive
    return left[0] if len(left) == 1 else join(left)


def no(part: Bool) -> Bool:
    if isinstance(part, bool):
        return not part
    return part.arg(0) if z3.is_not(part) else z3.Not(part)


def same_truth(one: Bool, other: Bool) -> Bool:
    if isinstance(one, bool):
        one, other = other, one
    if isinstance(other, bool):
        return one if other else no(one)
    return one == other


def implies(one: Bool, other: Bool) -> Bool:
    return some((no(one), other))


def choose(condition: Bool, one: Bool, other: Bool) -> Bool:
    """One of two conditions."""
    if isinstance(condition, bool):
        return one if condition else other
    if one is other:
        return one
    if isinstance(one, bool) or isinstance(other, bool):
        return every((implies(condition, one), some((condition, other))))
    return z3.If(condition, one, other)


# ---- numbers -------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _literal(value: Fraction, whole: bool) -> Any:
    if whole and value.denominator == 1:
        return z3.IntVal(value.numerator)
    return z3.RealVal(f"{value.numerator}/{value.denominator}")


def term(value: Number, whole: bool = False) -> Any:
    """A number as z3 has it; `whole` for one that stands beside whole ones."""
    return _literal(value, whole) if isinstance(value, Fraction) else value


def _beside(one: Number, other: Number) -> tuple[Any, Any]:
    """Two numbers as terms of one sort."""
    whole = all(isinstance(each, Fraction) or each.is_int() for each in (one, other))
    whole = whole and all(
        each.denominator == 1 for each in (one, other) if isinstance(each, Fraction)
    )
    return term(one, whole), term(other, whole)


def plus(one: Number, other: Number) -> Number:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one + other
    if isinstance(one, Fraction) and one == 0:
        return other
    if isinstance(other, Fraction) and other == 0:
        return one
    left, right = _beside(one, other)
    return left + right


def minus(value: Number) -> Number:
    return -value


def times(one: Number, other: Number) -> Number:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one * other
    for factor, rest in ((one, other), (other, one)):
        if isinstance(factor, Fraction) and factor in (ZERO, ONE):
            return rest if factor else ZERO
    left, right = _beside(one, other)
    return left * right


def pick(condition: Bool, one: Number, other: Number) -> Number:
    """One of two numbers."""
    if isinstance(condition, bool):
        return one if condition else other
    if one is other or (isinstance(one, Fraction) and isinstance(other, Fraction) and one == other):
        return one
    left, right = _beside(one, other)
    return z3.If(condition, left, right)


def at_least(one: Number, other: Number) -> Bool:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one >= other
    left, right = _beside(one, other)
    return left >= right


def equal(one: Number, other: Number) -> Bool:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one == other
    left, right = _beside(one, other)
    return left == right


def within(value: Number, low: Fraction, high: Fraction) -> Number:
    """The number, or the end that it passes."""
    raised = pick(at_least(value, low), value, low)
    return pick(at_least(high, value), raised, high)


def floor(value: Number) -> Number:
    """The whole number at or below."""
    if isinstance(value, Fraction):
        return Fraction(value.numerator // value.denominator)
    return value if value.is_int() else z3.ToInt(value)


def even(value: Number) -> Bool:
    """Of a whole number."""
    if isinstance(value, Fraction):
        return value.numerator % 2 == 0
    return value % 2 == 0


def key(value: Number) -> object:
    """What tells a number from others."""
    return value if isinstance(value, Fraction) else value.get_id()


# ---- variables -----------------------------------------------------------------------------------


def truth_named(name: str) -> Any:
    return z3.Bool(name)


def whole_named(name: str) -> Any:
    return z3.Int(name)


def number_named(name: str) -> Any:
    return z3.Real(name)


def real(value: Number) -> Number:
    """A whole number among others."""
    return value if isinstance(value, Fraction) else z3.ToReal(value)

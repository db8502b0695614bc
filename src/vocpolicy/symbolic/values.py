"""What an expression comes to, as terms: on two rails, what is known to be so and what is known
not to be.

Facts all have a value: a case that lacks one settles no more than those that fill it in.  What
stays unknown even then (a parameter without a value on the day, a conflict that another rule reads)
is on neither rail.

A ratio keeps its denominator, which is above zero, and is multiplied out where it is compared: of
its own division z3 says what it likes at zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import frozen

from vocpolicy.symbolic import terms
from vocpolicy.symbolic.terms import ONE, ZERO, Bool, Number


@frozen(eq=False)
class Truth:
    """A condition: where it is known to be so, and where known not to be (None: elsewhere)."""

    yes: Bool
    no: Bool = None

    @property
    def fails(self) -> Bool:
        return terms.no(self.yes) if self.no is None else self.no

    @property
    def total(self) -> bool:
        """Whether every case is on one of the rails."""
        return self.no is None


@frozen(eq=False)
class Value:
    """A number, a date (as its day), a value of a choice or a text (as its place in a table).

    Attributes:
        num, den: the number is `num / den`; `den` is above zero.
        none: where it is `none`.
        known: where it is known.
    """

    num: Number
    den: Number = ONE
    none: Bool = False
    known: Bool = True


Made: TypeAlias = Truth | Value

TRUE, FALSE = Truth(True), Truth(False)
UNKNOWN = Value(ZERO, known=False)
UNSURE = Truth(False, False)
NONE = Value(ZERO, none=True)


# ---- conditions ----------------------------------------------------------------------------------


def every(parts: Iterable[Truth]) -> Truth:
    several = list(parts)
    yes = terms.every(part.yes for part in several)
    if all(part.total for part in several):
        return Truth(yes)
    return Truth(yes, terms.some(part.fails for part in several))


def some(parts: Iterable[Truth]) -> Truth:
    return negation(every(negation(part) for part in parts))


def negation(part: Truth) -> Truth:
    return Truth(terms.no(part.yes)) if part.no is None else Truth(part.no, part.yes)


def where(known: Bool, so: Bool) -> Truth:
    """A condition that is known only where something is."""
    if known is True:
        return Truth(so)
    return Truth(terms.every((known, so)), terms.every((known, terms.no(so))))


def as_truth(made: Made) -> Truth:
    """A condition; of a yes or no that may be `none`, known where it is not."""
    if isinstance(made, Truth):
        return made
    known = terms.every((made.known, terms.no(made.none)))
    return where(known, terms.equal(made.num, ONE))


def as_value(made: Made) -> Value:
    """A yes or no as 1 or 0."""
    if isinstance(made, Value):
        return made
    known = True if made.total else terms.some((made.yes, made.fails))
    return Value(terms.pick(made.yes, ONE, ZERO), known=known)


# ---- numbers -------------------------------------------------------------------------------------


def _both(one: Value, other: Value, num: Number, den: Number) -> Value:
    none = terms.some((one.none, other.none))
    return Value(num, den, none, terms.every((one.known, other.known)))


def add(one: Value, other: Value) -> Value:
    if one.den is other.den:
        return _both(one, other, terms.plus(one.num, other.num), one.den)
    num = terms.plus(terms.times(one.num, other.den), terms.times(other.num, one.den))
    return _both(one, other, num, terms.times(one.den, other.den))


def negate(one: Value) -> Value:
    return Value(terms.minus(one.num), one.den, one.none, one.known)


def multiply(one: Value, other: Value) -> Value:
    den = terms.times(one.den, other.den)
    return _both(one, other, terms.times(one.num, other.num), den)


def divide(one: Value, other: Value, if_zero: Value | None) -> Value:
    """A ratio, in which `if_zero` stands where the denominator is zero; without it the bounds of
    facts keep that above zero."""
    if isinstance(other.num, Fraction) and other.num:
        over = terms.times(terms.times(one.num, other.den), 1 / other.num)
        return _both(one, other, over, one.den)
    if if_zero is None:
        plain = other.none is False and other.known is True
        under = other.num if plain else _above_zero(other.num)
        return _both(one, other, terms.times(one.num, other.den), terms.times(one.den, under))
    zero = terms.equal(other.num, ZERO)
    low = terms.no(terms.at_least(other.num, ZERO))
    over = terms.times(one.num, other.den)
    over = terms.pick(low, terms.minus(over), over)
    size = terms.pick(low, terms.minus(other.num), terms.pick(zero, ONE, other.num))
    ratio = _both(one, other, over, terms.times(one.den, size))
    stands = terms.every((zero, terms.no(one.none), terms.no(other.none), other.known))
    return pick(stands, if_zero, ratio)


def _above_zero(value: Number) -> Number:
    """The number where it is above zero, else 1: of what is `none` the number means nothing."""
    return terms.pick(terms.no(terms.at_least(ZERO, value)), value, ONE)


def pick(condition: Bool, one: Value, other: Value) -> Value:
    """One of two values."""
    if isinstance(condition, bool):
        return one if condition else other
    return Value(
        terms.pick(condition, one.num, other.num),
        terms.pick(condition, one.den, other.den),
        terms.choose(condition, one.none, other.none),
        terms.choose(condition, one.known, other.known),
    )


def rounded(mode: str, one: Value, grain: Fraction, floor_of: Any) -> Value:
    """On a multiple of the grain; `floor_of` is the whole number at or below a value."""
    scaled = Value(terms.times(one.num, 1 / grain), one.den)
    match mode:
        case "down":
            count = floor_of(scaled)
        case "up":
            count = terms.minus(floor_of(negate(scaled)))
        case "half_up":
            count = floor_of(add(scaled, Value(Fraction(1, 2))))
        case "half_even":
            count = _nearest_even(scaled, floor_of)
        case _:
            raise ValueError(f"not a way of rounding: {mode}")
    return Value(terms.times(count, grain), ONE, one.none, one.known)


def _nearest_even(scaled: Value, floor_of: Any) -> Number:
    middle = add(scaled, Value(Fraction(1, 2)))
    upper = floor_of(middle)
    tied = terms.equal(middle.num, terms.times(upper, middle.den))
    odd = terms.every((tied, terms.no(terms.even(upper))))
    return terms.pick(odd, terms.plus(upper, Fraction(-1)), upper)


def smaller(one: Value, other: Value) -> Value:
    chosen = pick(_reaches(other, one), one, other)
    return _both(one, other, chosen.num, chosen.den)


def larger(one: Value, other: Value) -> Value:
    chosen = pick(_reaches(one, other), one, other)
    return _both(one, other, chosen.num, chosen.den)


# ---- comparisons ---------------------------------------------------------------------------------


def _reaches(one: Value, other: Value) -> Bool:
    """Whether a number is at least another, `none` and the unknown aside."""
    return terms.at_least(terms.times(one.num, other.den), terms.times(other.num, one.den))


def compare(operator: str, one: Value, other: Value) -> Truth:
    """Nothing compares with `none`."""
    match operator:
        case "at_least":
            so = _reaches(one, other)
        case "at_most":
            so = _reaches(other, one)
        case "more_than":
            so = terms.no(_reaches(other, one))
        case "less_than":
            so = terms.no(_reaches(one, other))
        case _:
            raise ValueError(f"not a comparison: {operator}")
    known = terms.every((one.known, other.known))
    something = terms.every((terms.no(one.none), terms.no(other.none)))
    if known is True:
        return Truth(terms.every((something, so)))
    absent = terms.some(terms.every((each.known, each.none)) for each in (one, other))
    return Truth(
        terms.every((known, something, so)),
        terms.some((absent, terms.every((known, terms.no(so))))),
    )


def equal(one: Made, other: Made) -> Truth:
    """The same value."""
    if isinstance(one, Truth) and isinstance(other, Truth) and one.total and other.total:
        return Truth(terms.same_truth(one.yes, other.yes))
    left, right = as_value(one), as_value(other)
    numbers = terms.equal(terms.times(left.num, right.den), terms.times(right.num, left.den))
    neither = terms.every((terms.no(left.none), terms.no(right.none), numbers))
    same = terms.some((terms.every((left.none, right.none)), neither))
    return where(terms.every((left.known, right.known)), same)

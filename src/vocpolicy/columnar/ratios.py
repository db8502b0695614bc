"""Ratios, cross-multiplied: nothing is divided, so nothing is rounded.

`a / b` is at least `k` for every `b` between two ends above zero where `a` is at least `k * b` at
both of them; an end at zero, or at infinity, asks for the sign alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from vocpolicy.columnar.logic import (
    Col,
    Truth,
    certainly,
    chosen,
    conjunction,
    disjunction,
    negation,
)
from vocpolicy.columnar.numbers import (
    Number,
    compared,
    constant,
    ends_compared,
    multiplied,
    settled,
    together,
)
from vocpolicy.columnar.picked import times


@frozen(eq=False)
class Ratio:
    """
    Attributes:
        top, bottom: what is divided, and by what; never below zero.
        whole: the bottom is a whole number of `unit`.
        part: it lies between 0 and 1, whatever is missing.
        if_zero: what it is where the bottom is zero; None: the bottom never is.
    """

    top: Number
    bottom: Number
    whole: bool
    part: bool
    if_zero: Fraction | None = None


OPPOSITE = {"at_least": "less_than", "more_than": "at_most"}


def ratio_compared(key: str, ratio: Ratio, figure: Fraction) -> Truth:
    """A ratio against a figure.

    Raises:
        TooLargeError: the products might not fit.
    """
    if key in ("at_most", "less_than"):
        return negation(
            ratio_compared({"at_most": "more_than"}.get(key, "at_least"), ratio, figure)
        )
    bottom = ratio.bottom
    crossed = _crossed(key, ratio, figure)
    if ratio.if_zero is None:
        return crossed
    zero = ratio.if_zero >= figure if key == "at_least" else ratio.if_zero > figure
    is_zero = conjunction(
        [certainly(ends_compared("equal", one, 0)) for one in (bottom.lo, bottom.hi)]
    )
    may_be_zero = negation(certainly(ends_compared("more_than", bottom.lo, 0)))
    either = crossed if crossed is zero else _agreed(crossed, zero)
    return chosen(is_zero, zero, chosen(may_be_zero, either, crossed))


@frozen
class Refused:
    """What is asked of a ratio that columns cannot do."""


def ratio_against(key: str, ratio: Ratio, end: Number) -> Truth | Refused:
    """A ratio against a number of one end that is not the same for every row: what it divides by
    is whole, so that its ends are ends of the ratio.

    Raises:
        TooLargeError: the products might not fit.
    """
    if key in ("at_most", "less_than"):
        found = ratio_against({"at_most": "more_than"}.get(key, "at_least"), ratio, end)
        return found if isinstance(found, Refused) else negation(found)
    against = times(end, _above_zero(ratio))
    if not (ratio.whole or ratio.bottom.same):
        return Refused()
    crossed = compared(key, ratio.top, against)
    if ratio.part:
        least, most = constant(Fraction(0)), constant(Fraction(1))
        yes, no = compared(key, least, end), negation(compared(key, most, end))
        crossed = settled(
            disjunction([certainly(crossed), certainly(yes)]),
            disjunction([certainly(negation(crossed)), certainly(no)]),
        )
    if ratio.if_zero is None:
        return crossed
    zero = compared(key, constant(ratio.if_zero), end)
    ends = (ratio.bottom.lo, ratio.bottom.hi)
    is_zero = conjunction([certainly(ends_compared("equal", one, 0)) for one in ends])
    may_be_zero = negation(certainly(ends_compared("more_than", ratio.bottom.lo, 0)))
    yes = conjunction([certainly(crossed), certainly(zero)])
    no = conjunction([certainly(negation(crossed)), certainly(negation(zero))])
    return chosen(is_zero, zero, chosen(may_be_zero, settled(yes, no), crossed))


def _agreed(crossed: Truth, zero: bool) -> Truth:
    """The one answer, where both are the same."""
    same = certainly(crossed if zero else negation(crossed))
    return chosen(same, zero, None)


def _crossed(key: str, ratio: Ratio, figure: Fraction) -> Truth:
    top, bottom = ratio.top, _above_zero(ratio)
    against = multiplied(bottom, figure.numerator, bottom.scale / figure.denominator)
    if figure == 0:
        against = constant(Fraction(0))
    if top.same and ratio.bottom.same:
        one, other = together(top, against)
        return ends_compared(key, one.lo, other.lo)
    one, other = together(top, against)
    yes = _everywhere(key, one, other, ratio, figure)
    no = _everywhere(OPPOSITE[key], one, other, ratio, figure)
    if ratio.part:
        yes = disjunction([yes, figure <= 0 if key == "at_least" else figure < 0])
        no = disjunction([no, figure > 1 if key == "at_least" else figure >= 1])
    return settled(yes, no)


def _above_zero(ratio: Ratio) -> Number:
    """The bottom, which is at least one where it is a whole number that is not zero."""
    bottom = ratio.bottom
    if bottom.same or not ratio.whole:
        return bottom
    least = Fraction(1) / bottom.scale
    if least.denominator != 1:
        return bottom
    one = int(least)
    if isinstance(bottom.lo, int):
        return evolve(bottom, lo=max(bottom.lo, one))
    if bottom.lo is None:
        return evolve(bottom, lo=one)
    raised = nw.when(bottom.lo.expr < one).then(nw.lit(one)).otherwise(bottom.lo.expr)
    return evolve(bottom, lo=Col(raised.fill_null(one), bottom.lo.level))


def _everywhere(key: str, top: Number, against: Number, ratio: Ratio, figure: Fraction) -> Truth:
    """Whether it is so for every value that is possible."""
    least = top.lo if key in ("at_least", "more_than") else top.hi
    ends = [against.lo, against.hi]
    low, high = ends if figure >= 0 else reversed(ends)
    at_low = _at_low(key, least, low)
    at_high = ends_compared(key, least, high)
    last = ratio.bottom.hi
    if not ratio.bottom.same and not isinstance(last, int):
        unknown = True if last is None else Col(last.expr.is_null(), last.level)
        at_high = chosen(unknown, _endless(key, least, figure), at_high)
    return conjunction([at_low, at_high])


def _at_low(key: str, least: object, low: object) -> Truth:
    """At zero, which the bottom itself never is, what is strict is only so beyond it."""
    assert least is None or isinstance(least, Col | int)
    assert low is None or isinstance(low, Col | int)
    loose = {"more_than": "at_least", "less_than": "at_most"}.get(key, key)
    if low is None:
        return ends_compared(loose, least, 0)
    strict = ends_compared(key, least, low)
    if loose == key or (isinstance(low, int) and low != 0):
        return strict
    at_zero = certainly(ends_compared("equal", low, 0))
    return chosen(at_zero, ends_compared(loose, least, 0), strict)


def _endless(key: str, least: object, figure: Fraction) -> Truth:
    """Where the bottom has no upper end: the ratio comes down to zero."""
    assert least is None or isinstance(least, Col | int)
    if figure != 0:
        return (figure > 0) is (key in ("less_than", "at_most"))
    signs: Sequence[Truth] = [ends_compared(key, least, 0)]
    return signs[0] if key in ("at_least", "at_most") else False

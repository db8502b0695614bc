"""Pieces of Python source that generated code is put together from.

A number is code for an integer and a scale known beforehand, so that `7.5 points` is compared as
`15` halves; a ratio keeps both its parts, and is compared by multiplying crosswise.  Where a fact
was read as a `Fraction`, the same code computes with that.
"""

from __future__ import annotations

import math
from fractions import Fraction

from attrs import frozen

ONE = Fraction(1)

COMPARED = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}


class UnsupportedError(Exception):
    """Something that is not compiled: the interpreter decides it."""


class OpenError(UnsupportedError):
    """Something is open in cases that lack nothing, so that the body with three values decides
    these too."""


@frozen
class Number:
    """Code for a number in base units: `top / bottom * scale`.

    Attributes:
        top: code of a whole number or a fraction; may be None at run time where `optional`.
        scale: above zero.
        bottom: code of a number above zero, or None.
        optional: the code can be `None`, which says that there is no such number.
    """

    top: str
    scale: Fraction = ONE
    bottom: str | None = None
    optional: bool = False

    @property
    def literal(self) -> int | None:
        body = self.top.removeprefix("-")
        return int(self.top) if body.isdecimal() else None


@frozen
class Truth:
    """Code that is true where a condition certainly holds, and where it certainly fails."""

    holds: str
    fails: str


def literal(value: Fraction) -> Number:
    if not value:
        return Number("0")
    return Number(str(value.numerator), Fraction(1, value.denominator))


def common(scales: list[Fraction]) -> Fraction:
    """The greatest scale of which all are whole multiples."""
    tops = [scale.numerator for scale in scales]
    bottoms = [scale.denominator for scale in scales]
    return Fraction(math.gcd(*tops), math.lcm(*bottoms))


def times(code: str, factor: Fraction | int) -> str:
    """Code for a whole multiple."""
    factor = int(factor)
    if factor == 1:
        return code
    if code.removeprefix("-").isdecimal():
        return str(int(code) * factor)
    return f"{code} * {factor}"


def single(number: Number) -> Number:
    """Without a denominator of its own."""
    if number.bottom is None:
        return number
    return Number(f"ratio({number.top}, {number.bottom})", number.scale, optional=number.optional)


def same_scale(numbers: list[Number]) -> tuple[list[str], Fraction]:
    """Codes of numbers without denominators, all on one scale."""
    plain = [single(number) for number in numbers]
    scale = common([number.scale for number in plain if number.top != "0"] or [ONE])
    return [
        "0" if number.top == "0" else times(number.top, number.scale / scale) for number in plain
    ], scale


def compared(left: Number, right: Number, operator: str) -> str:
    """Code of a comparison, by its Python operator."""
    scale = common([left.scale, right.scale])
    by = [left.scale / scale, right.scale / scale]
    for one, other in ((0, 1), (1, 0)):
        said = (left, right)[other].literal
        if said is not None and said * by[other] % by[one] == 0:
            by[other] /= by[one]
            by[one] = ONE
    tops = [_whole(side, factor) for side, factor in zip((left, right), by, strict=True)]
    if right.bottom is not None:
        tops[0] = product(tops[0], right.bottom)
    if left.bottom is not None:
        tops[1] = product(tops[1], left.bottom)
    return f"({tops[0]} {operator} {tops[1]})"


def _whole(number: Number, factor: Fraction) -> str:
    if number.literal is not None:
        return str(int(number.literal * factor))
    return times(number.top, factor)


def product(left: str, right: str) -> str:
    if "0" in (left, right):
        return "0"
    return right if left == "1" else left if right == "1" else f"{left} * {right}"


def every(codes: list[str]) -> str:
    return _joined(codes, "and", "True", "False")


def any_of(codes: list[str]) -> str:
    return _joined(codes, "or", "False", "True")


def _joined(codes: list[str], word: str, neutral: str, final: str) -> str:
    left = [code for code in dict.fromkeys(codes) if code != neutral]
    if final in left:
        return final
    if len(left) < 2:
        return left[0] if left else neutral
    return f"({f' {word} '.join(left)})"


def negated(code: str) -> str:
    known = {"True": "False", "False": "True"}
    return known.get(code) or f"(not {code})"


def three_valued(truth: Truth) -> str:
    """True, False, or None where neither is certain."""
    return f"True if {truth.holds} else False if {truth.fails} else None"


def conjunction(several: list[Truth]) -> Truth:
    return Truth(every([one.holds for one in several]), any_of([one.fails for one in several]))


def disjunction(several: list[Truth]) -> Truth:
    return Truth(any_of([one.holds for one in several]), every([one.fails for one in several]))


def of_missing(both: Truth, name: str, answer: bool | None) -> Truth:
    """With what it comes to while its one fact is missing."""
    holds, fails = f"({name} is not M and {both.holds})", f"({name} is not M and {both.fails})"
    if answer is True:
        holds = f"({name} is M or {both.holds})"
    elif answer is False:
        fails = f"({name} is M or {both.fails})"
    return Truth(holds, fails)

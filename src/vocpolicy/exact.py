"""Numbers as people and programs write them, read and written exactly."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from numbers import Rational

MAX_DIGITS = 18
"""Significant digits that a number may have."""

_MAX_EXPONENT = 30
_SCALES = {"万": 10_000, "亿": 100_000_000}
_NUMBER = re.compile(
    r"(?P<top>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,4})?)"
    r"(?:\s*/\s*(?P<bottom>\d+))?\s*(?P<scale>[万亿]?)\s*(?P<unit>[^\d\s].*)?",
    re.DOTALL,
)


class TooManyDigitsError(ValueError):
    """More significant digits than a number may have."""


class NotFiniteError(ValueError):
    """Not a number, or infinite."""


def exact(raw: object) -> Fraction | None:
    """A Python number as a fraction; None where it is none (`True` is none either).

    A float is read as the shortest decimal that prints it.

    Raises:
        TooManyDigitsError: it has more than 18 significant digits.
        NotFiniteError: it is not a number, or infinite.
    """
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | Fraction):
        return _short(Fraction(raw))
    if isinstance(raw, float):
        return _decimal(Decimal(float.__repr__(raw)))
    if isinstance(raw, Decimal):
        return _decimal(raw)
    if isinstance(raw, Rational):
        return _short(Fraction(int(raw.numerator), int(raw.denominator)))
    plain = unwrapped(raw)
    return None if plain is raw else exact(plain)


def unwrapped(raw: object) -> object:
    """The Python value of a scalar of an array library; anything else as it is."""
    item = getattr(raw, "item", None)
    return item() if callable(item) and getattr(raw, "shape", None) == () else raw


def written(text: str) -> tuple[Fraction, str] | None:
    """A number in a text and the unit after it: `10 months`, `40万元`, `13/20`, `65%`.

    None where the text does not begin with a number.  Raises as `exact` does.
    """
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    if len(match["top"]) > 2 * MAX_DIGITS or len(match["bottom"] or "") > MAX_DIGITS:
        raise TooManyDigitsError(text[:40])
    value = _decimal(Decimal(match["top"].replace(",", "")))
    if match["bottom"]:
        if not int(match["bottom"]):
            raise NotFiniteError(text)
        value /= int(match["bottom"])
    return value * _SCALES.get(match["scale"], 1), (match["unit"] or "").strip()


def shown(value: Fraction) -> str:
    """A number as a decimal where it ends, else as `a/b`."""
    bottom = value.denominator
    twos = fives = 0
    while bottom % 2 == 0:
        bottom, twos = bottom // 2, twos + 1
    while bottom % 5 == 0:
        bottom, fives = bottom // 5, fives + 1
    if bottom != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _decimal(value: Decimal) -> Fraction:
    if not value.is_finite():
        raise NotFiniteError(str(value))
    if value and not -_MAX_EXPONENT <= value.adjusted() <= _MAX_EXPONENT:
        raise TooManyDigitsError(str(value)[:40])
    _, digits, _ = value.as_tuple()
    if len("".join(map(str, digits)).strip("0")) > MAX_DIGITS:
        raise TooManyDigitsError(str(value)[:40])
    return Fraction(value) if value else Fraction(0)


def _short(value: Fraction) -> Fraction:
    for part in (value.numerator, value.denominator):
        if part.bit_length() > math.ceil(_MAX_EXPONENT * math.log2(10)):
            raise TooManyDigitsError("")
        if len(str(abs(part)).rstrip("0")) > MAX_DIGITS:
            raise TooManyDigitsError(str(value)[:40])
    return value

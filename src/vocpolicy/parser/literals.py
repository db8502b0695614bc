"""Numbers, dates and texts: from characters to exact values."""

from __future__ import annotations

import calendar
import datetime
import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

MOST_DIGITS = 18
"""Significant digits that a number may have."""

_POWERS = {"万": 10**4, "亿": 10**8}

MOST_CHARACTERS = 40
"""Digits that a number may have, zeros before and after included."""


class Period(NamedTuple):
    """The value of a date token: how it was written, the first and the last day that it covers."""

    form: str
    first: datetime.date
    last: datetime.date


def significant(digits: str) -> int:
    """How many significant digits the number has, zeros in front not counted."""
    return len(digits.replace(".", "").lstrip("0"))


@lru_cache(maxsize=4096)
def number(digits: str, powers: str = "") -> Fraction:
    """The exact value of `520`, `0.5`, `40` with `万`."""
    value = Fraction(digits)
    for power in powers:
        value *= _POWERS[power]
    return value


@lru_cache(maxsize=4096)
def day(year: int, month: int, date: int) -> Period | None:
    """One day, or None where the calendar has no such day."""
    try:
        found = datetime.date(year, month, date)
    except ValueError:
        return None
    return Period("day", found, found)


@lru_cache(maxsize=1024)
def month(year: int, number_: int) -> Period | None:
    if year < 1 or not 1 <= number_ <= 12:
        return None
    last = calendar.monthrange(year, number_)[1]
    return Period("month", datetime.date(year, number_, 1), datetime.date(year, number_, last))


@lru_cache(maxsize=1024)
def year_end(year: int) -> Period | None:
    if year < 1:
        return None
    last = datetime.date(year, 12, 31)
    return Period("year_end", last, last)


@lru_cache(maxsize=1024)
def year(value: Fraction) -> Period | None:
    """A bare year: all of it; None where the number is no year."""
    if value.denominator != 1 or not 1000 <= value <= 9999:
        return None
    number_ = int(value)
    return Period("year", datetime.date(number_, 1, 1), datetime.date(number_, 12, 31))


_ESCAPE = re.compile(r"\\(.)")


def unescape(text: str) -> str:
    r"""Text between straight quotes: `\"` is a quote, `\\` a backslash."""
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text

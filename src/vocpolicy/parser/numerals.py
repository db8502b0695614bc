"""What begins with a digit and is more than a plain number: dates, percentages, `40万`."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from vocpolicy.parser.literals import (
    MOST_CHARACTERS,
    MOST_DIGITS,
    day,
    month,
    number,
    significant,
    year_end,
)

NUMERAL_FOLLOWS = frozenset("-/.年月%‰万亿p")
"""A number directly before one of these, or with a space between, is looked at more closely."""

_S = r"[^\S\n]*+"
_NUMBER = r"[0-9]++(?:\.[0-9]++)?+"
_NUMERAL = re.compile(
    rf"(?P<iso>([0-9]{{4}})-([0-9][0-9])-([0-9][0-9])(?![0-9]))"
    rf"|(?P<day>([0-9]{{4}}){_S}年{_S}([0-9]{{1,2}}){_S}月{_S}([0-9]{{1,2}}){_S}日)"
    rf"|(?P<spelt>([0-9]{{4}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}})(?![0-9.]))"
    rf"|(?P<year_end>([0-9]{{4}}){_S}年[底末])"
    rf"|(?P<month>([0-9]{{4}})(?:-([0-9][0-9])(?![0-9])|{_S}年{_S}([0-9]{{1,2}}){_S}月))"
    rf"|(?P<year>([0-9]{{4}}){_S}年(?!\w))"
    rf"|(?P<percent>({_NUMBER}){_S}([%‰]))"
    rf"|(?P<word>({_NUMBER}){_S}(?:percent|per[^\S\n]+cent|pct)(?!\w))"
    rf"|(?P<large>({_NUMBER}){_S}([万亿]++))"
).match


class Numeral(NamedTuple):
    """A token that begins with a digit; `mistake` is the code of what is wrong with it."""

    terminal: str
    value: object
    mistake: str = ""
    write: str = ""
    end: int = 0


def checked(digits: str, powers: str = "") -> tuple[Fraction, str]:
    """The value of a number, and the mistake of having too many digits."""
    if len(digits) > MOST_CHARACTERS or significant(digits) > MOST_DIGITS or len(powers) > 2:
        return Fraction(1), "V113"
    return number(digits, powers), ""


def numeral(text: str, start: int, after_moment_word: bool) -> Numeral | None:
    """The date, percentage or large number at an offset, or None for a plain number.

    `2025年` is a year only where a date is expected; elsewhere it is a length of time.
    """
    found = _NUMERAL(text, start)
    if found is None or (found["year"] and not after_moment_word):
        return None
    parts = [part for part in found.groups() if part is not None and part != found[0]]
    return _made(found.lastgroup or "", parts)._replace(end=found.end())


def year_end_numeral(digits: str, end: int) -> Numeral:
    """`end of 2020`, `2020年底`"""
    period = year_end(int(digits))
    return Numeral("YEAR_END", period or year_end(2000), "" if period else "V110", end=end)


def _made(kind: str, parts: list[str]) -> Numeral:
    match kind:
        case "iso" | "day":
            return _day(*map(int, parts[:3]))
        case "spelt":
            made = _day(*map(int, parts[:3]))
            return made if made.mistake else made._replace(mistake="V109")
        case "month":
            period = month(int(parts[0]), int(parts[1]))
            mistake = "" if period else "V110"
            return Numeral("MONTH", period or month(2000, 1), mistake)
        case "year_end":
            return year_end_numeral(parts[0], 0)
        case "year":
            return Numeral("NUMBER", number(parts[0]))
        case "percent":
            return _percent(parts[0], 100 if parts[1] == "%" else 1000)
        case "word":
            return _percent(parts[0], 100)._replace(mistake="V112", write=f"{parts[0]}%")
        case _:
            return Numeral("NUMBER", *checked(parts[0], parts[1]))


def _day(year: int, month_: int, date: int) -> Numeral:
    period = day(year, month_, date)
    write = f"{year:04}-{month_:02}-{date:02}"
    return Numeral("DATE", period or day(2000, 1, 1), "" if period else "V110", write)


def _percent(digits: str, parts: int) -> Numeral:
    value, mistake = checked(digits)
    return Numeral("PERCENT", value / parts, mistake)

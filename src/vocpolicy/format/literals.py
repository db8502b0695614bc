"""Numbers, dates and text as each language writes them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import cast

from vocpolicy.parser import half_width
from vocpolicy.parser.literals import MOST_CHARACTERS, MOST_DIGITS, Period, significant

_LARGE = re.compile(r"[万亿]")


def number(written: str, value: Fraction, lang: str) -> str:
    """`40万` is 400000 in English, which has no word for it; digits stay as they are."""
    text = "".join(half_width(written).split()).removesuffix("年")
    if lang == "zh" or not _LARGE.search(text):
        return text
    plain = decimal(value)
    fits = len(plain) <= MOST_CHARACTERS and significant(plain) <= MOST_DIGITS
    return plain if fits else text


def decimal(value: Fraction) -> str:
    """The exact decimal of a number that has one."""
    whole, rest = divmod(value, 1)
    digits = ""
    while rest:
        digit, rest = divmod(rest * 10, 1)
        digits += str(digit)
    return f"{whole}.{digits}" if digits else str(whole)


def year(written: str, lang: str) -> str:
    """A bare year where a date is expected."""
    text = half_width(written).removesuffix("年").rstrip()
    return f"{text}年" if lang == "zh" else text


def date(period: Period, lang: str) -> str:
    """`2023-06-01`, `2023年6月1日`; `2023-06`, `2023年6月`; `end of 2020`, `2020年底`."""
    at = period.first
    match period.form:
        case "day":
            return f"{at.year}年{at.month}月{at.day}日" if lang == "zh" else at.isoformat()
        case "month":
            return f"{at.year}年{at.month}月" if lang == "zh" else f"{at.year:04}-{at.month:02}"
        case _:
            return f"{at.year:04}年底" if lang == "zh" else f"end of {at.year:04}"


def quoted(text: str, lang: str) -> str:
    """The text in the quotes of its language, or in others where those stand in it."""
    curly = not re.search("[“”]", text)
    straight = '"' not in text and "\\" not in text
    if curly and (lang == "zh" or not straight):
        return f"“{text}”"
    if not straight and _balanced(text):
        return f"“{text}”"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _balanced(text: str) -> bool:
    """Whether the curly quotes inside a text are pairs, no deeper than the lexer reads them."""
    depth = 0
    for character in text:
        depth += (character == "“") - (character == "”")
        if not 0 <= depth <= 2:
            return False
    return depth == 0


def literal(kind: str, written: str, value: object, lang: str) -> str | None:
    """How a literal is written; None for what is none."""
    match kind:
        case "NUMBER":
            return number(written, cast(Fraction, value), lang)
        case "PERCENT":
            return "".join(half_width(written).split())
        case "DATE" | "MONTH" | "YEAR_END":
            return date(cast(Period, value), lang)
        case "STRING":
            return quoted(str(value), lang)
        case _:
            return None

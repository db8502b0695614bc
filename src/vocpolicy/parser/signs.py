"""Signs that people write and the language does not have, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from vocpolicy.diagnostics import Words
from vocpolicy.keywords import KEYWORDS

MEANT: Mapping[str, str] = MappingProxyType(
    {
        "==": "IS",
        "!=": "IS_NOT",
        "≠": "IS_NOT",
        "<>": "IS_NOT",
        "&&": "AND",
        "&": "AND",
        "||": "OR",
        "!": "NOT",
        "！": "NOT",
        "=<": "AT_MOST",
        "=>": "AT_LEAST",
        "≦": "AT_MOST",
        "≧": "AT_LEAST",
    }
)
"""Signs of programming languages, and the terminal that is meant."""

DASHES = frozenset("–—−‐‑‒―~～〜")
"""Dashes that are no minus sign."""

DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that show nothing but change the order in which text is shown."""

DIRECTION = re.compile(f"[{DIRECTIONS}]+")

ODD = "|".join(
    (
        *(re.escape(sign) for sign in sorted(MEANT, key=len, reverse=True)),
        r"'[^'\n]*+'",
        r"‘[^‘’\n]*+’",
        f"[{''.join(sorted(DASHES))}]",
    )
)
"""What matches any of them, and text in single quotes."""

_QUANTITY_END = re.compile(r"[0-9.]+[^\S\n]*[%‰]?[^\W\d_]*[^\S\n]*\Z")
NUMBER_AFTER = re.compile(r"[^\S\n]*[0-9][0-9.]*+(?:[^\S\n]*[%‰])?")


def number_before(text: str, end: int) -> re.Match[str] | None:
    """The number, with its sign or unit, that ends at an offset."""
    begin = max(text.rfind("\n", 0, end) + 1, end - 60)
    return _QUANTITY_END.search(text, begin, end)


def spelled(terminal: str) -> Words:
    """How a keyword is written in each language."""
    row = next(row for row in KEYWORDS if row.terminal == terminal)
    return Words(f"`{row.en[0]}`", f"“{row.zh[0]}”")


def between(low: str, high: str) -> Words:
    """A range, as the language writes it."""
    words = {terminal: spelled(terminal) for terminal in ("BETWEEN", "AND", "_TO")}
    return Words(
        f"{words['BETWEEN'].en.strip('`')} {low} {words['AND'].en.strip('`')} {high}",
        f"{words['BETWEEN'].zh.strip('“”')} {low} {words['_TO'].zh.strip('“”')} {high}",
    )

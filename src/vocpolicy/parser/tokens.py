"""Tokens, and the words of the keyword table as the lexer looks them up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from vocpolicy.keywords import (
    AGGREGATES,
    COMPOSITES,
    KEYWORDS,
    MODALITIES,
    ROUNDINGS,
    WORDINGS,
)


class Token:
    """One word, literal or sign.

    Attributes:
        type: terminal of the grammar.
        value: what it says: a keyword as written, the key of a wording, verb or aggregate,
            the text of a name, the exact number of a number, the days of a date.  Its type goes
            by the terminal, which the builders of nodes are named for.
        start_pos, end_pos: offsets in the source.

    Made by the thousand, so it is a plain class; the attributes that are always None are what
    lark's own driver asks of a token.
    """

    __slots__ = ("end_pos", "start_pos", "type", "value")

    line = column = end_line = end_column = None

    # lark's driver asks for `type`.
    def __init__(self, type: str, value: Any, start_pos: int, end_pos: int) -> None:  # noqa: A002
        self.type = type
        self.value = value
        self.start_pos = start_pos
        self.end_pos = end_pos

    def __repr__(self) -> str:
        return f"Token({self.type}, {self.value!r}, {self.start_pos}, {self.end_pos})"


END = "$END"


def shortened(text: str) -> str:
    """Text to quote in a message."""
    return text if len(text) <= 60 else f"{text[:57]}…"


SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "{": "_LBRACE",
        "}": "_RBRACE",
        "(": "_LPAR",
        ")": "_RPAR",
        "[": "_LBRACKET",
        "]": "_RBRACKET",
        ",": "_COMMA",
        ":": "_COLON",
        "=": "_EQUALS",
        ".": "_DOT",
        "|": "_BAR",
        "/": "_SLASH",
        "+": "PLUS",
        "-": "MINUS",
        "*": "STAR",
    }
    | {symbol: row.terminal for row in KEYWORDS for symbol in row.symbols}
)
"""Punctuation and its terminals."""

DECLARES: frozenset[str] = frozenset(row.terminal for row in KEYWORDS if row.declares)
INFIX_SPELLINGS: tuple[str, ...] = tuple(
    spelling for row in KEYWORDS if row.infix for spelling in (*row.en, *row.zh, *row.symbols)
)
INFIX: frozenset[str] = frozenset(row.terminal for row in KEYWORDS if row.infix)

_OPERATORS = INFIX | {"PLUS", "MINUS", "STAR", "_SLASH", "_EQUALS"}
OPENS = frozenset({"_LBRACE", "_LPAR", "_LBRACKET"})

# A line end after these, or before those, ends no item.
CONTINUES_AFTER = _OPERATORS | OPENS | {"_COMMA", "_COLON", "_DOT"}
CONTINUES_BEFORE = _OPERATORS | {"_RBRACE", "_COMMA", "_COLON", "_LBRACE", "EN", "ZH", "_BECAUSE"}

# What can stand before `is`: after anything else the Chinese word for it means `yes`.
ENDS_OPERAND = frozenset(
    (
        *("NAME", "NUMBER", "PERCENT", "DATE", "MONTH", "YEAR_END", "STRING"),
        *("TODAY", "YES", "NO", "NONE", "_RPAR", "_RBRACKET", "_RBRACE"),
    )
)

# What a bare year may follow.
BEFORE_MOMENT = frozenset(
    ("_BY", "_AT", "_FROM", "_TO", "_SINCE", "DATED", "PRINTED", "TODAY", "IN_FORCE")
)


def _spellings() -> Iterator[tuple[str, str, str | None]]:
    """Every spelling with its terminal, and the key where the terminal has many words."""
    for row in KEYWORDS:
        for spelling in (*row.en, *row.zh):
            if spelling and not (row.terminal == "YES" and spelling in IS_SPELLINGS):
                yield spelling, row.terminal, None
    for pair in WORDINGS:
        for word in pair:
            for spelling in (*word.en, *word.zh):
                yield spelling, "WORDING", word.key
    for word, _ in MODALITIES:
        for spelling in (*word.en, *word.zh):
            yield spelling, "MODALITY", word.key
    for word in AGGREGATES:
        for spelling in (*word.en, *word.zh):
            yield spelling, "AGGREGATE", word.key
    for word in ROUNDINGS:
        for spelling in (*word.en, *word.zh):
            yield spelling, "ROUND", word.key


def _spelled(terminal: str) -> tuple[str, ...]:
    return next((*row.en, *row.zh) for row in KEYWORDS if row.terminal == terminal)


IS_SPELLINGS = frozenset(_spelled("IS"))
YES_SPELLINGS = frozenset(_spelled("YES"))
LABEL_WORDS: tuple[str, ...] = _spelled("ZH") + _spelled("EN")
POSTFIXES: tuple[str, ...] = _spelled("ABOUT")[2:]
"""Chinese words that stand after a quantity, written together with its unit."""

SPELLED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {spelling: (terminal, key or spelling) for spelling, terminal, key in _spellings()}
)
"""Every spelling: its terminal and the value of its token."""

Match = Callable[[str, int], "re.Match[str] | None"]


def _continuations() -> Mapping[str, Match]:
    """For each word that can begin a phrase: what matches the rest of the longest one."""
    rests: dict[str, list[str]] = {}
    for spelling in SPELLED:
        first, *rest = spelling.split(" ")
        if rest:
            rests.setdefault(first, []).append(r"[^\S\n]+".join(map(re.escape, rest)))
    return MappingProxyType(
        {
            first: re.compile(
                rf"[^\S\n]+(?:{'|'.join(sorted(several, key=len, reverse=True))})(?!\w)"
            ).match
            for first, several in rests.items()
        }
    )


CONTINUATIONS: Mapping[str, Match] = _continuations()

PHRASE_STARTS: frozenset[str] = frozenset(CONTINUATIONS)

SPLITS: Mapping[str, tuple[str, ...]] = COMPOSITES
"""Runs that are two keywords."""

YEAR_END_WORD = "end"
"""Begins `end of 2020`."""

RESERVED: frozenset[str] = frozenset(SPELLED) | PHRASE_STARTS | frozenset(SPLITS) | {YEAR_END_WORD}
"""Words that the lexer looks at more closely; any other word is a name."""

"""THE table of sentences: every row in both languages, and how a row is filled.

Both texts of an explanation come from the same rows with the same parts in their places.  The
phrases of operators stand in `vocpolicy.operators` and are rows here under `op.`; the words of
outcomes stand in `vocpolicy.outcome` and are rows under `word.`; the governing verbs of
provisions stand in `vocpolicy.keywords` and are rows under `verb.`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import assert_never

from vocpolicy.core import Labels
from vocpolicy.explain import numbers
from vocpolicy.explain.rows import ROWS
from vocpolicy.explain.terms import Amount, Band, Day, Listing, Say, Term
from vocpolicy.keywords import MODALITIES
from vocpolicy.operators import COMPARING, OPERATORS
from vocpolicy.outcome import WORDS

_PERCENTAGE = re.compile(r"[\d,.]+%")


def _table() -> Mapping[str, tuple[str, str]]:
    table = dict(ROWS)
    table |= {f"op.{row.key}": (row.en, row.zh) for row in OPERATORS.values()}
    for row in OPERATORS.values():
        table |= {f"{how}.{row.key}": phrase for how, phrase in row.phrases.items()}
    table |= {f"is.{key}": (OPERATORS[key].en, OPERATORS[key].zh) for key in COMPARING}
    table |= {f"word.{row.key}": (row.en, row.zh) for row in WORDS.values()}
    table |= {f"verb.{row.key}": (row.en[0], row.zh[0]) for row, _ in MODALITIES}
    return MappingProxyType(table)


TABLE: Mapping[str, tuple[str, str]] = _table()
"""Every sentence: its key, English, Chinese."""


def words(term: Term, lang: str) -> str:
    """A part of a sentence in a language."""
    match term:
        case str():
            return term
        case Labels():
            return term.get(lang)
        case Amount():
            return numbers.amount(term, lang)
        case Band():
            return numbers.band(term, lang)
        case Day():
            return numbers.day(term, lang)
        case Listing(items, joint):
            return sentence(joint, lang).join(words(item, lang) for item in items)
        case Say(key, args):
            return _filled(key, args, lang)
        case _:
            assert_never(term)


def sentence(key: str, lang: str) -> str:
    """A row that has no places."""
    return TABLE[key][lang == "zh"]


@cache
def _pieces(key: str, lang: str) -> tuple[tuple[str, str | None], ...]:
    """The row cut at its places: text, then the name of the place that follows it."""
    parsed = string.Formatter().parse(TABLE[key][lang == "zh"])
    return tuple((literal, name) for literal, name, _, _ in parsed)


def _filled(key: str, args: Mapping[str, Term], lang: str) -> str:
    text = ""
    apart = False
    for literal, name in _pieces(key, lang):
        text += _gap(text, literal, lang, apart) + literal
        if name is None:
            continue
        term = args[name]
        part = words(term, lang)
        apart = not isinstance(term, Day | str)
        text += _gap(text, part, lang, apart) + part
    return text


def _gap(before: str, after: str, lang: str, apart: bool) -> str:
    """In Chinese a space stands between a character and a number that is put beside it, but
    none beside a percentage."""
    if lang != "zh" or not apart or not before or not after:
        return ""
    left, right = before[-1], after[0]
    counted = right.isascii() and right.isdigit() and not _PERCENTAGE.match(after)
    wide_then_digit = is_han(left) and counted
    digit_then_wide = is_han(right) and left.isascii() and left.isdigit()
    return " " if wide_then_digit or digit_then_wide else ""


def is_han(character: str) -> bool:
    """Whether it is a Chinese character (not punctuation)."""
    return "\u4e00" <= character <= "\u9fff"

"""Whether two files say the same."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

import attrs

from vocpolicy.format.pairs import equivalents
from vocpolicy.parser import lex, parse
from vocpolicy.source import Source, Span
from vocpolicy.syntax import File


def parted(file: File, text: str) -> frozenset[int]:
    """Which declarations read as something else in a text that should say the same.

    All of them, where the text has mistakes outside them or its comments differ.
    """
    again, mistakes = parse(Source(file.source.name, text), largest=4 * len(text) + 4)
    pairs = list(zip_longest(file.declarations, again.declarations))
    whole = frozenset(range(len(lex(file.source).pieces)))
    if len(again.declarations) != len(file.declarations):
        return whole
    found = frozenset(at for at, (one, other) in enumerate(pairs) if not same(one, other))
    comments = [comment.text for comment in file.comments]
    if not found and (mistakes or comments != [comment.text for comment in again.comments]):
        return whole
    return found


def same(one: Any, other: Any) -> bool:
    """Whether two trees are equal, words of both languages taken for each other."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, str) and isinstance(other, str):
        return one == other or _english(one) == _english(other)
    if not attrs.has(type(one)) or type(one) is not type(other):
        return bool(one == other)
    return all(
        same(getattr(one, part.name), getattr(other, part.name))
        for part in attrs.fields(type(one))
        if not isinstance(getattr(one, part.name), Span)
    )


def _english(word: str) -> str:
    return equivalents().get(word, word)

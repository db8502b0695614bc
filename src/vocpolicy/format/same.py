"""Whether two files say the same."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

import attrs

from vocpolicy.format.pairs import equivalents
from vocpolicy.parser import lex, parse
from vocpolicy.source import Source, Span
from vocpolicy.syntax import File


def parted(file: File, text: str) -> frozenset[int]:
    """Which declarations read as something else in a text that should say the same; all of
    them, where that cannot be told or the comments differ."""
    again, mistakes = parse(Source(file.source.name, text), largest=4 * len(text) + 4)
    starts = [piece.tokens[0].start_pos for piece in lex(again.source).pieces]
    whole = frozenset(range(len(file.declarations)))
    if len(starts) != len(whole):
        return whole
    read = {bisect_right(starts, one.span.start) - 1: one for one in again.declarations}
    wrong = {bisect_right(starts, one.span.start) - 1 for one in mistakes if one.span}
    found = wrong | {at for at, one in enumerate(file.declarations) if not same(one, read.get(at))}
    comments = [comment.text for comment in file.comments]
    if not found and comments != [comment.text for comment in again.comments]:
        return whole
    return frozenset(found & whole)


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
        if part.eq and not isinstance(getattr(one, part.name), Span)
    )


def _english(word: str) -> str:
    return equivalents().get(word, word)

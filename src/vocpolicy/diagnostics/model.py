"""What a diagnostic is."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from attrs import Factory, frozen

from vocpolicy.source import Span


@frozen
class Words:
    """The same words in both languages; may hold `{placeholders}`."""

    en: str
    zh: str

    def get(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


@frozen
class Note:
    """A second place that the mistake has to do with, and why."""

    span: Span
    words: Words


@frozen
class Diagnostic:
    """One mistake.

    Attributes:
        code: key of the catalogue.
        span: the smallest place that shows it; None where there is none (a missing folder).
        args: what the catalogue's placeholders stand for: strings, numbers, or `Words`.
        notes: other places.
        place: where, in words, if there is no span (`facts.json`, `placements[2].from`).
    """

    code: str
    span: Span | None = None
    args: Mapping[str, object] = Factory(dict)
    notes: tuple[Note, ...] = ()
    place: str = ""


_LONGEST_CHAIN = 12


def chained(names: Sequence[str]) -> str:
    """`a -> b -> a`; the middle of a long circle is left out."""
    shown = list(names)
    if len(shown) > _LONGEST_CHAIN:
        shown[_LONGEST_CHAIN - 2 : -2] = ["…"]
    return " -> ".join(shown)


def close_names(name: str, known: Iterable[str], most: int = 3) -> Words:
    """`Close names: a, b.` for a misspelt name, or nothing: at most three, the nearest first."""
    near = difflib.get_close_matches(name, sorted(set(known)), n=most, cutoff=0.6)
    if not near:
        return Words("", "")
    return Words(f" Close names: {', '.join(near)}.", f"相近的名称：{'、'.join(near)}。")

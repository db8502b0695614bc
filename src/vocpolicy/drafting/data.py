"""What a draft reads out of words: the data of `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import frozen


@frozen
class Kind:
    """A kind of things that are counted; `counter` is the document's measure word, if any."""

    name: str
    en: str
    plural: str
    zh: str
    counter: str = ""


@frozen
class Data:
    """The data of `words.toml`; `before` and `after` give the comparator of each word, and are
    sorted with the longest word first."""

    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]
    shares: Mapping[str, tuple[str, int]]
    level: tuple[str, ...]
    kinds: Mapping[str, Kind]
    multiples: Mapping[str, tuple[str, int]]
    modality: tuple[tuple[str, str], ...]
    hedges: tuple[str, ...]
    deadline: tuple[str, ...]
    titles: tuple[str, ...]
    numbers: Mapping[str, Fraction]
    not_counted: frozenset[str]


@cache
def data() -> Data:
    raw = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
    return Data(
        before=_by_word(raw["before"]),
        after=_by_word(raw["after"]),
        shares={word: (how, share) for word, (how, share) in raw["shares"].items()},
        level=tuple(raw["level"]["words"]),
        kinds=_kinds(raw["kinds"]),
        multiples={word: (unit, times) for word, (unit, times) in raw["multiples"].items()},
        modality=_by_word(raw["modality"]),
        hedges=tuple(raw["hedges"]["words"]),
        deadline=tuple(raw["deadline"]["before"]),
        titles=tuple(raw["titles"]["words"]),
        numbers={word: Fraction(number) for word, number in raw["numbers"].items()},
        not_counted=frozenset(raw["not_counted"]["words"]),
    )


def _by_word(table: Mapping[str, list[str]]) -> tuple[tuple[str, str], ...]:
    pairs = [(word, key) for key, words in table.items() for word in words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _kinds(table: Mapping[str, Any]) -> Mapping[str, Kind]:
    kinds: dict[str, Kind] = {}
    for name, entry in table.items():
        en = entry.get("en", name.replace("_", " "))
        plural = entry.get("plural", en + "s")
        for word in entry["words"]:
            kinds[word] = Kind(name, en, plural, entry["zh"], word)
    return kinds

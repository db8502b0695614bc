"""Finding the figures of a text.  What a figure looks like is data: `figures.toml`.

Every digit is part of a figure.  A Chinese numeral is part of a figure, or of a word that the
data lists as an idiom with the reason why it is no number.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import frozen

from vocpolicy.core import Labels
from vocpolicy.coverage.squeeze import NUMERALS, Squeezed, readable, squeeze

CHINESE = "".join(sorted(NUMERALS))


@frozen
class Figure:
    """A figure where it stands.

    Attributes:
        text: the figure without white space, as the document writes it.
        kind: what it is, from the data: `measure`, `share`, `date`, `plan period`, …
        goal: whether it measures something, so that a clause that sets goals can't do without.
        start, end: its place in the text, as offsets.
        core_start, core_end: the place of its number, without measure word or `about`.
    """

    text: str
    kind: Labels
    goal: bool
    start: int
    end: int
    core_start: int
    core_end: int


@frozen
class Idiom:
    """A word that holds a numeral and is no number, where it stands, and why it is none."""

    text: str
    reason: Labels
    start: int
    end: int


@frozen
class Found:
    """All figures and idioms of a text, each in the order of the text."""

    figures: tuple[Figure, ...]
    idioms: tuple[Idiom, ...]


@frozen
class _Pattern:
    kind: Labels
    goal: bool
    regex: re.Pattern[str]
    before_idioms: bool


@frozen
class _Data:
    """`reasons` says of each idiom why it is no number."""

    patterns: tuple[_Pattern, ...]
    idioms: re.Pattern[str]
    reasons: Mapping[str, Labels]


def find(text: str, start: int = 0) -> Found:
    """The figures and idioms of a text from an offset on; offsets are those of `text`."""
    data = _data()
    within = squeeze(text[start:], spaces=True)
    taken = [False] * len(within.text)
    figures = _matched([p for p in data.patterns if p.before_idioms], text, taken, within, start)
    idioms = [
        Idiom(_plain(text, *span), data.reasons[match.group()], *span)
        for match in data.idioms.finditer(within.text)
        for span in [_take(taken, within, match.start(), match.end(), start)]
        if span is not None
    ]
    others = [pattern for pattern in data.patterns if not pattern.before_idioms]
    figures += _matched(others, text, taken, within, start)
    return Found(
        tuple(sorted(figures, key=lambda figure: figure.start)),
        tuple(sorted(idioms, key=lambda idiom: idiom.start)),
    )


def _matched(
    patterns: list[_Pattern], text: str, taken: list[bool], within: Squeezed, shift: int
) -> list[Figure]:
    """What the patterns find in characters that nothing has taken."""
    return [
        figure
        for pattern in patterns
        for match in pattern.regex.finditer(within.text)
        for figure in [_figure(pattern, text, taken, within, match, shift)]
        if figure is not None
    ]


def _take(
    taken: list[bool], within: Squeezed, first: int, last: int, shift: int
) -> tuple[int, int] | None:
    """Claim squeezed characters; their span in the original, or None where one is claimed."""
    if first == last or any(taken[first:last]):
        return None
    taken[first:last] = [True] * (last - first)
    start, end = within.original(first, last)
    return start + shift, end + shift


def _figure(
    pattern: _Pattern,
    text: str,
    taken: list[bool],
    within: Squeezed,
    match: re.Match[str],
    shift: int,
) -> Figure | None:
    first, last = match.span()
    while first < last and within.text[first] == " ":
        first += 1
    span = _take(taken, within, first, last, shift)
    if span is None:
        return None
    numerals = [i for i in range(first, last) if within.text[i].isdigit() or _numeral(within, i)]
    core = (numerals[0], numerals[-1] + 1) if numerals else (first, last)
    start, end = within.original(*core)
    return Figure(
        _plain(text, *span), pattern.kind, pattern.goal, *span, start + shift, end + shift
    )


def _numeral(within: Squeezed, index: int) -> bool:
    return within.text[index] in NUMERALS


def _plain(text: str, start: int, end: int) -> str:
    """The characters of a span without line ends and layout's spaces."""
    return readable(text[start:end]).text


@cache
def _data() -> _Data:
    raw = tomllib.loads(files(__package__).joinpath("figures.toml").read_text("utf-8"))
    macros = _macros(raw)
    patterns = tuple(
        _Pattern(
            Labels(entry["kind"], entry["zh"]),
            entry.get("goal", False),
            re.compile(_expand(entry["regex"], macros)),
            entry.get("before_idioms", False),
        )
        for entry in raw["pattern"]
    )
    reasons = {
        word: Labels(entry["en"], entry["zh"]) for entry in raw["idiom"] for word in entry["words"]
    }
    return _Data(patterns, _idioms(list(reasons), f"[{CHINESE}]"), reasons)


def _macros(raw: dict[str, Any]) -> dict[str, str]:
    """What stands in patterns for the pieces that many of them share."""
    chinese = f"(?<![{CHINESE}])[{CHINESE}]+"
    number = r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?[万亿千百]+)?"
    return {
        "{Zs}": CHINESE,
        "{Z}": f"(?:{chinese})",
        "{N}": f"(?:{number})",
        "{Q}": f"(?:{number}|{chinese})",
        "{R}": rf"\s?(?:{_any(raw['range'])})\s?",
        "{M}": rf"\s?(?:{_any(raw['measures'])})",
        "{P}": f"(?i:{_any(raw['before'])})?",
        "{S}": f"(?i:{_any(raw['after'])})?",
    }


def _any(words: list[str]) -> str:
    """An alternative that tries the longest word first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _expand(regex: str, macros: dict[str, str]) -> str:
    """A pattern with its macros replaced; several lines are alternatives, one a line."""
    pattern = "".join(line.strip() for line in regex.strip("\n").split("\n"))
    for name, piece in macros.items():
        pattern = pattern.replace(name, piece)
    return pattern


def _idioms(words: list[str], numeral: str) -> re.Pattern[str]:
    """The words, where no numeral outside them touches one inside: not 一批 of 二十一批."""
    pieces = []
    for word in sorted(words, key=len, reverse=True):
        before = f"(?<!{numeral})(?<!\\d)" if re.match(numeral, word) else ""
        after = f"(?!{numeral})" if re.match(numeral, word[-1]) else ""
        pieces.append(before + re.escape(word) + after)
    return re.compile("|".join(pieces))

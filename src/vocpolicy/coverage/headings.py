"""How documents number their clauses: which lines are headings, and what they are called.

The styles are data: `headings.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from attrs import frozen

Number: TypeAlias = tuple[int, ...]
"""A heading's number; of several parts for `3.1`."""

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
PLACES = {"十": 10, "百": 100, "千": 1000}
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_WIDE = 0x2E80
"""From here on characters are as wide as two Latin ones."""
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@frozen
class Style:
    """One way to number clauses; see `headings.toml` for what each part means."""

    regex: re.Pattern[str]
    numbers: str
    level: int
    name: str
    absolute: bool = False
    gaps: bool = False

    def follows(self, number: Number, last: Number | None) -> bool:
        """Whether a heading of this style may carry the number after the last one."""
        if number[-1] == 1 or (last is None and self.gaps):
            return True
        if last is None or len(number) > len(last):
            return False
        before = last[: len(number)]
        if number[:-1] != before[:-1]:
            return False
        step = number[-1] - before[-1]
        return step == 1 or (self.gaps and step > 1)


@frozen
class Lines:
    """How lines of running text, titles and closing matter are told apart."""

    stops: str
    closing: re.Pattern[str]
    annex: re.Pattern[str]
    short: int

    def stopped(self, line: str) -> bool:
        """Whether a sentence or a clause of one ends with the line."""
        return line.rstrip().rstrip("”’」』)）》").endswith(tuple(self.stops))

    def running(self, line: str) -> bool:
        """Whether a line breaks off in mid sentence."""
        wide = sum(ord(character) >= _WIDE for character in line)
        return not self.stopped(line) and (len(line.strip()) + wide) / 2 >= self.short


@frozen
class Names:
    """What the parts of a text without a heading are called, each with its aliases."""

    front: str
    preamble: str
    whole: str
    close: str
    aliases: Mapping[str, str]


@frozen
class Headings:
    """The data of `headings.toml`."""

    styles: tuple[Style, ...]
    names: Names
    lines: Lines
    goals: tuple[str, ...]
    no_goals: tuple[str, ...]


@frozen
class Label:
    """A line's label: how long it is, its number, and what it adds to a name."""

    style: Style
    number: Number
    length: int
    text: str


def label(line: str, last: Mapping[Style, Number]) -> Label | None:
    """The label at the beginning of a line, if its number can stand here."""
    plain = "".join(_half_width(character) for character in line)
    for style in headings().styles:
        match = style.regex.match(plain)
        if match is None:
            continue
        number = NUMBERS[style.numbers](match["n"])
        if number is not None and style.follows(number, last.get(style)):
            return Label(style, number, match.end(), style.name.format(n=match["n"]))
    return None


def _half_width(character: str) -> str:
    """NFKC where it keeps one character one, so that offsets hold, and circled numbers stay."""
    normal = unicodedata.normalize("NFKC", character)
    if character.isspace():
        return " "
    return character if len(normal) != 1 or character in CIRCLED else normal


def _chinese(text: str) -> Number | None:
    total, digit = 0, 0
    for character in text:
        if character in PLACES:
            total += (digit or 1) * PLACES[character]
            digit = 0
        else:
            digit = digit * 10 + DIGITS[character]
    return (total + digit,)


def _roman(text: str) -> Number | None:
    values = [ROMAN[character] for character in text.casefold()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return (sum(-value if value < after else value for value, after in pairs),)


NUMBERS: Mapping[str, Callable[[str], Number | None]] = {
    "arabic": lambda text: (int(text),) if len(text) <= 4 else None,
    "zh": _chinese,
    "latin": lambda text: (ord(text) - ord("a") + 1,),
    "roman": _roman,
    "circled": lambda text: (CIRCLED.index(text) + 1,),
    "dotted": lambda text: tuple(int(part) for part in text.split(".")) if len(text) < 20 else None,
}


@cache
def headings() -> Headings:
    """The heading styles and the rest of `headings.toml`."""
    raw = tomllib.loads(files(__package__).joinpath("headings.toml").read_text("utf-8"))
    names = raw["names"]
    lines = raw["lines"]
    parts = ("front", "preamble", "whole", "close")
    return Headings(
        tuple(Style(**(entry | {"regex": re.compile(entry["regex"])})) for entry in raw["style"]),
        Names(
            front=names["front"],
            preamble=names["preamble"],
            whole=names["whole"],
            close=names["close"],
            aliases={alias: names[part] for part in parts for alias in names[f"{part}_aliases"]},
        ),
        Lines(
            lines["stops"],
            re.compile("|".join(lines["closing"])),
            re.compile(lines["annex"]),
            lines["short"],
        ),
        tuple(raw["goals"]["words"]),
        tuple(raw["goals"]["except"]),
    )

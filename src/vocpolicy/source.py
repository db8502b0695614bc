"""Where text comes from: files, spans in them, and the data that ships with the package."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from attrs import define, field, frozen

_PACKAGE = Path(__file__).resolve().parent
_HOMES = (_PACKAGE, _PACKAGE.parents[1])
"""Where what ships with the package may be: beside it (an installed wheel), or at the root of the
checkout (an editable install)."""

MOST_BYTES = 2**20
"""Bytes that a file of rules may have, where nothing else is said."""


@define(frozen=True, slots=False, eq=False)
class Source:
    """A text and the name to show for it.

    Attributes:
        name: the path as the user gave it, or a name in angle brackets for text from memory.
        text: the whole text, line ends as ``\\n``.
    """

    name: str
    text: str = field(repr=False)

    @cached_property
    def shown(self) -> str:
        """The name in what is said to users: of a file that ships with the package its place
        there (`rules/shanghai-plan-14/policy.vocp`), the same wherever that is installed."""
        for home in _HOMES:
            if self.name.startswith(f"{home}{os.sep}rules{os.sep}"):
                return Path(self.name).relative_to(home).as_posix()
        return self.name

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        starts = [0]
        for index, character in enumerate(self.text):
            if character == "\n":
                starts.append(index + 1)
        return tuple(starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1; columns count characters."""
        from bisect import bisect_right

        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its end."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]


@frozen(eq=False)
class Span:
    """The characters of a source from ``start`` up to but not including ``end``.

    Spans say where a thing stands, not what it is, so two are never compared.
    """

    source: Source
    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The span from the start of this one to the end of the other."""
        return Span(self.source, self.start, max(self.end, other.end))

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def __str__(self) -> str:
        line, column = self.source.position(self.start)
        return f"{self.source.shown}:{line}:{column}"


NOWHERE = Span(Source("<nowhere>", ""), 0, 0)


def shipped(*parts: str) -> Path:
    """A file or folder that ships with the package, such as ``shipped("rules", "…")``.

    Raises:
        FileNotFoundError: it is in neither place; the message names both.
    """
    places = [home.joinpath(*parts) for home in _HOMES]
    for place in places:
        if place.exists():
            return place
    looked = " or ".join(str(place) for place in places)
    raise FileNotFoundError(f"{'/'.join(parts)} is not shipped: looked for {looked}")


def shipped_policies() -> tuple[str, ...]:
    """The names of the policies that ship with the package."""
    try:
        folder = shipped("rules")
    except FileNotFoundError:
        return ()
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir()))

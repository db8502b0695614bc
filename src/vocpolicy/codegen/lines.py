"""Lines of Python, as `ruff format` has them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

WIDTH = 88
"""Columns of a line; a Chinese character takes two."""


def assignment(begin: str, value: str, arguments: list[str]) -> Iterator[str]:
    """An assignment, divided where it is too long for a line."""
    written = value or f"field({', '.join(arguments)})"
    whole = f"{begin} = {written}"
    if _width(whole) <= WIDTH:
        yield whole
    elif arguments:
        yield f"{begin} = field("
        yield f"        {', '.join(arguments)}"
        yield "    )"
    else:
        name, _, kind = begin.partition(": ")
        yield f"{name}: ("
        yield f"        {kind}"
        yield f"    ) = {value}"


def docstring(lines: Iterable[str], indent: str) -> Iterator[str]:
    said = [line.replace("\\", "\\\\").replace('"""', '\\"\\"\\"') for line in lines]
    if len(said) == 1:
        end = " " if said[0].endswith('"') else ""
        whole = f'{indent}"""{said[0]}{end}"""'
        if _width(whole) <= WIDTH:
            yield whole
            return
    first = _wrapped(said[0], WIDTH - len(indent) - 3)
    rest = [part for line in said[1:] for part in _wrapped(line, WIDTH - len(indent))]
    yield f'{indent}"""{first[0]}'
    for line in (*first[1:], *rest):
        yield f"{indent}{line}" if line else ""
    yield f'{indent}"""'


def _wrapped(line: str, width: int) -> list[str]:
    """A line in several where it is too wide: divided at blanks, or after any wide character;
    those that follow stand further in."""
    indent = " " * (len(line) - len(line.lstrip()))
    found, now = list[str](), indent
    for piece in _pieces(line.strip()):
        if _width(now + piece.rstrip()) > width and now.strip():
            found.append(now.rstrip())
            now = f"{indent}    " if indent else ""
            piece = piece.lstrip()
        now += piece
    return [*found, now.rstrip()]


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for letter in text:
        if letter == " " or (piece and _width(letter) == 2 and not _closes(letter)):
            yield piece
            piece = ""
        piece += letter
    yield piece


def _closes(letter: str) -> bool:
    return unicodedata.category(letter) in ("Pe", "Pf", "Po")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def quoted(text: str) -> str:
    """A string as `ruff format` writes it."""
    escaped = text.replace("\\", "\\\\")
    if '"' in escaped and "'" not in escaped:
        return f"'{escaped}'"
    return '"' + escaped.replace('"', '\\"') + '"'

"""Documents as a small tree, and their writers.

What people read is built as a tree of blocks first, so that plain text, and later Markdown,
HTML and a terminal, are writers of one document.  Runs of text carry a role rather than a look.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, assert_never

from attrs import frozen

from vocpolicy.diagnostics.text import width

COLUMN = 88
"""Plain text sets what stands at the right edge (a clause, an assumption) to end here."""


@frozen
class Run:
    """A piece of text.  `role` is `outcome`, `citation`, `aside` or empty."""

    text: str
    role: str = ""


Runs: TypeAlias = tuple[Run, ...]


@frozen
class Heading:
    """The line that a document begins with; `edge` stands at its right."""

    runs: Runs
    edge: Runs = ()


@frozen
class Paragraph:
    """One line of text; `edge` is what belongs to it but may stand apart."""

    runs: Runs
    edge: Runs = ()


@frozen
class KeyLine:
    """A word for what follows, and what follows: `Margin: 50 teachers.`"""

    key: str
    runs: Runs
    edge: Runs = ()


@frozen
class Item:
    """A paragraph of a list, with what is said below it."""

    runs: Runs
    edge: Runs = ()
    blocks: tuple[Block, ...] = ()


@frozen
class Items:
    """A list; numbered where each item counts by itself."""

    items: tuple[Item, ...]
    numbered: bool = False


@frozen
class Section:
    """A heading and what it heads, one step in."""

    heading: Heading
    blocks: tuple[Block, ...] = ()


Block: TypeAlias = Heading | Paragraph | KeyLine | Items | Section


@frozen
class Document:
    blocks: tuple[Block, ...]


def text_of(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def plain(document: Document) -> str:
    """The document as plain text, lines joined by line ends, without one at the end."""
    return "\n".join(line.rstrip() for line in _blocks(document.blocks, ""))


def _blocks(blocks: tuple[Block, ...], indent: str) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, indent)


def _block(block: Block, indent: str) -> Iterator[str]:
    match block:
        case Heading(runs, edge):
            yield _line(indent + text_of(runs), edge, COLUMN)
        case Paragraph(runs, edge):
            yield _line(indent + text_of(runs), edge)
        case KeyLine(key, runs, edge):
            yield _line(indent + key + text_of(runs), edge)
        case Items(items, numbered):
            for number, item in enumerate(items, 1):
                mark = f"{number}. " if numbered else "- "
                yield _line(indent + mark + text_of(item.runs), item.edge)
                yield from _blocks(item.blocks, indent + " " * len(mark))
        case Section(heading, inner):
            yield from _block(heading, indent)
            yield from _blocks(inner, indent + "  ")
        case _:
            assert_never(block)


def _line(text: str, edge: Runs, column: int = 0) -> str:
    """The text, then the edge: ending at the column where there is room, else close by."""
    if not edge:
        return text
    aside = text_of(edge)
    return text + " " * max(2, column - width(text) - width(aside)) + aside

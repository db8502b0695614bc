"""Documents as a small tree, and their writers.

What people read is built as a tree of blocks first, so that plain text, a terminal, Markdown and
HTML (`vocpolicy.writers`) are writers of one document.  Runs of text carry a role rather than a
look.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, assert_never

from attrs import field, frozen

from vocpolicy.diagnostics.text import width

COLUMN = 88
"""Plain text sets what stands at the right edge (a clause, an assumption) to end here."""

STEP = "  "
"""How far plain text sets in what stands in a section."""


@frozen
class Run:
    """A piece of text.

    Attributes:
        role: `outcome`, `citation`, `aside`, `key`, `mark` (of an item) or empty.
        tone: of an outcome, the value of its `vocpolicy.outcome.Outcome`.
    """

    text: str
    role: str = ""
    tone: str = ""


Runs: TypeAlias = tuple[Run, ...]


@frozen
class Heading:
    """The line that a document begins with; `edge` stands at its right."""

    runs: Runs
    edge: Runs = ()


@frozen
class Paragraph:
    """One line of text; `edge` is what belongs to it but may stand apart.  `tone` is the value of
    the `vocpolicy.outcome.Outcome` that it tells of, or empty."""

    runs: Runs
    edge: Runs = ()
    tone: str = ""


@frozen
class KeyLine:
    """A word for what follows, and what follows: `Margin: 50 teachers.`"""

    key: str
    runs: Runs
    edge: Runs = ()
    tone: str = ""


@frozen
class Item:
    """A paragraph of a list, with what is said below it.

    `told` is kept by `plain`: many documents share an item.
    """

    runs: Runs
    edge: Runs = ()
    blocks: tuple[Block, ...] = ()
    tone: str = ""
    told: list[tuple[str, ...]] = field(init=False, eq=False, repr=False, factory=list)


@frozen
class Items:
    """A list; numbered where each item counts by itself, folded where a form that can fold it
    begins so."""

    items: tuple[Item, ...]
    numbered: bool = False
    folded: bool = False


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
    return "".join([run.text for run in runs])


def plain(document: Document) -> str:
    """The document as plain text, lines joined by line ends, without one at the end."""
    return "\n".join(_told(document.blocks, ""))


def plain_inside(blocks: tuple[Block, ...]) -> str:
    """What `plain` makes of some of a section's blocks, for who puts a document together from
    text that it has."""
    return "\n".join(_told(blocks, STEP))


def _told(blocks: tuple[Block, ...], indent: str) -> list[str]:
    """The lines of blocks."""
    told: list[str] = []
    for block in blocks:
        match block:
            case Items(items, numbered):
                for number, item in enumerate(items, 1):
                    mark = f"{indent}{number}. " if numbered else f"{indent}- "
                    first, *rest = _told_item(item)
                    told.append(f"{mark}{first}".rstrip())
                    further = " " * len(mark)
                    told += [further + line if line else line for line in rest]
            case Section(heading, inner):
                told += _told((heading,), indent)
                told += _told(inner, indent + STEP)
            case _:
                told += [text_of(line).rstrip() for line in _block(block, indent)]
    return told


def _told_item(item: Item) -> tuple[str, ...]:
    """An item's lines without its mark; they are the same wherever it stands."""
    if not item.told:
        first = text_of(_line(item.runs, item.edge)).rstrip()
        item.told.append((first, *_told(item.blocks, "")))
    return item.told[0]


def lines(document: Document) -> Iterator[Runs]:
    """The lines of the document as text sets them, with the roles of their parts."""
    return _blocks(document.blocks, "")


def _blocks(blocks: tuple[Block, ...], indent: str) -> Iterator[Runs]:
    for block in blocks:
        yield from _block(block, indent)


def _block(block: Block, indent: str) -> Iterator[Runs]:
    match block:
        case Heading(runs, edge):
            yield _line((Run(indent), *runs), edge, COLUMN)
        case Paragraph(runs, edge):
            yield _line((Run(indent), *runs), edge)
        case KeyLine(key, runs, edge):
            yield _line((Run(indent), Run(key, "key"), *runs), edge)
        case Items(items, numbered, _):
            for number, item in enumerate(items, 1):
                mark = f"{number}. " if numbered else "- "
                yield _line((Run(indent), Run(mark, "mark"), *item.runs), item.edge)
                yield from _blocks(item.blocks, indent + " " * len(mark))
        case Section(heading, inner):
            yield from _block(heading, indent)
            yield from _blocks(inner, indent + STEP)
        case _:
            assert_never(block)


def _line(runs: Runs, edge: Runs, column: int = 0) -> Runs:
    """The text, then the edge: ending at the column where there is room, else close by."""
    if not edge:
        return runs
    room = column - width(text_of(runs)) - width(text_of(edge)) if column else 0
    return (*runs, Run(" " * max(2, room)), *edge)

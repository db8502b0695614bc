"""The rows of a table, its columns under one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from attrs import frozen

from vocpolicy.diagnostics.text import width


@frozen
class Row:
    """A row of a table on its way to the page.

    Attributes:
        indent: spaces before it.
        cells: the text of each cell.
        rest: what follows the last bar, with the spaces before it.
    """

    indent: int
    cells: tuple[str, ...]
    rest: str


def aligned(lines: Sequence[str | Row]) -> list[str]:
    """The lines as text, the cells of rows in the same table padded to the widest of a column.

    Rows are of one table while only comments and blank lines stand between them.
    """
    found: list[str] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and (isinstance(lines[end], Row) or _between(str(lines[end]))):
            end += 1
        if end == at:
            found.append(str(lines[at]))
            at += 1
            continue
        group = lines[at:end]
        widths = _widths([line for line in group if isinstance(line, Row)])
        found += (_row(line, widths) if isinstance(line, Row) else line for line in group)
        at = end
    return found


def _between(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _widths(rows: Sequence[Row]) -> list[int]:
    columns = zip_longest(*(row.cells for row in rows), fillvalue="")
    return [max(map(width, column)) for column in columns]


def _row(row: Row, widths: Sequence[int]) -> str:
    cells = (
        cell + " " * (wide - width(cell)) for cell, wide in zip(row.cells, widths, strict=False)
    )
    return f"{' ' * row.indent}| {' | '.join(cells)} |{row.rest}"

"""What a table in a file is: a header, and parts of rows that come one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from attrs import frozen

from vocpolicy.diagnostics import Diagnostic, UsageError, Words

ROWS = 2**17
"""Rows of a part: enough that columns pay, and few enough that parts are small."""


@frozen(eq=False)
class Part:
    """Some rows of a table.

    Attributes:
        table: a `pyarrow.Table` of the rows, as they are passed on.
        done: how far the file is read, in the measure of `Table.total`.
        cells: of a workbook, its own cells, so that their formats are passed on too.
    """

    table: Any
    done: int
    cells: Sequence[Sequence[Any]] = ()


class Table(Protocol):
    """A table that is read once.

    Attributes:
        names: its columns, each name once.
        total: what `Part.done` comes to in the end; 0 where it is not known.
    """

    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def total(self) -> int: ...
    def parts(self) -> Iterator[Part]:
        """Raises UsageError where the file is broken, at the part that is."""
        ...

    def close(self) -> None: ...


class Writer(Protocol):
    """Takes parts, each with the columns that were added to it."""

    def write(self, part: Part, added: Any) -> None: ...
    def close(self) -> None: ...


UNREADABLE = {
    "parquet": Words("it is no whole Parquet file", "不是完整的 Parquet 文件"),
    "workbook": Words("it is no workbook of the kind .xlsx", "不是 .xlsx 工作簿"),
    "sheet": Words("it has no sheet {sheet}", "没有名为 {sheet} 的工作表"),
    "encoding": Words("its text is neither UTF-8 nor GB18030", "文字编码既非 UTF-8 也非 GB18030"),
    "empty": Words("it has no header", "没有表头"),
    "row": Words(
        "row {row} has {found} cells where the header has {expected}",
        "第 {row} 行有 {found} 个单元格，而表头有 {expected} 列",
    ),
    "damaged": Words("it is damaged from row {row} on", "自第 {row} 行起已损坏"),
}
"""Why a table cannot be read."""


def unreadable(path: str, why: str, **args: object) -> UsageError:
    said = UNREADABLE[why]
    words = Words(said.en.format(**args), said.zh.format(**args))
    return UsageError([Diagnostic("V696", args={"path": path, "why": words})])


class Again(str):
    """The name of a column that came before, with a number; `of` is what its header says."""

    of: str

    def __new__(cls, name: str, of: str) -> Again:
        found = super().__new__(cls, name)
        found.of = of
        return found


def appended(table: Any, added: Any) -> Any:
    """A table with more columns; what it had of the name, as of a run before, gives way."""
    for name in added.column_names:
        if name in table.column_names:
            table = table.set_column(table.column_names.index(name), name, added[name])
        else:
            table = table.append_column(name, added[name])
    return table


def distinct(names: Sequence[object]) -> tuple[str, ...]:
    """Names of columns, each once: an empty one by its place, one that comes again numbered."""
    found: list[str] = []
    for place, name in enumerate(names, start=1):
        text = "" if name is None else str(name).strip()
        text = text or f"column {place}"
        number, once = 2, text
        while once in found:
            once = f"{text} {number}"
            number += 1
        found.append(once if once == text else Again(once, text))
    return tuple(found)

"""Cells of a row that are carried to the records of its lists.

A table is joined by key with the different (key, carried cells) of the frame around it; figures
are worked out for each, and joined back by all of them.  Joins find no empty cells, so that of
each carried cell there are two columns: whether it is empty, and the cell, filled where it is.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.intake import Null, declared
from vocpolicy.columnar.logic import TEMPORARY
from vocpolicy.columnar.reading import inner
from vocpolicy.columnar.spark import column


@frozen(eq=False)
class Carried:
    """A fact's cell, carried into a table.

    Attributes:
        name: what its column in the table is called.
        source: the column of the frame around.
        read: the type of that column.
        dtype: the type of the column in the table.
    """

    name: str
    source: str
    read: Any
    dtype: Any

    def cell(self, engine: str) -> nw.Expr:
        """The cell as the frame around has it, in the type that it is carried in."""
        found = column(self.source, engine)
        if self.read in (nw.Enum, nw.Categorical):
            return found.cast(nw.String)
        if self.read == nw.Datetime:
            return found.dt.date()
        if isinstance(self.read, Null):
            return found.cast(self.dtype)
        if self.dtype.is_float():
            nothing = nw.lit(None, dtype=self.dtype)
            return nw.when(~found.is_nan()).then(found).otherwise(nothing)
        return found


def carried(
    lent: Mapping[str, core.Fact], columns: Mapping[str, str], schema: Mapping[str, Any]
) -> dict[str, Carried]:
    """The cells of facts that have a column in the frame around, by fact."""
    found = {}
    for place, (name, fact) in enumerate(sorted(lent.items())):
        if name in columns:
            read = schema[columns[name]]
            held = f"{TEMPORARY}around_{place}"
            found[name] = Carried(held, columns[name], read, _dtype(read, fact))
    return found


def _dtype(read: Any, fact: core.Fact) -> Any:
    if isinstance(read, Null):
        kind = declared(inner(fact.type))
        return nw.String() if isinstance(kind, nw.Enum) else kind
    if read in (nw.Enum, nw.Categorical):
        return nw.String()
    return nw.Date() if read == nw.Datetime else read


@frozen(eq=False)
class Marks:
    """The columns by which rows and the records of their lists find each other, beside the key:
    of each cell that is carried whether it is empty, and the cell.

    Attributes:
        depth: how many lists the frame is in itself, which tells its columns from theirs.
        cells: all that is carried from the frame, each column once.
        keys: the columns that tables refer to, and whether as whole numbers.
    """

    depth: int
    cells: tuple[Carried, ...]
    keys: tuple[tuple[str, bool], ...]

    def names(self, several: Sequence[Carried]) -> list[str]:
        sources = [one.source for one in self.cells]
        return [one for cell in several for one in self._pair(sources.index(cell.source))]

    def key(self, parent: str, whole: bool) -> str:
        """The column of a key that a table refers to."""
        return f"{TEMPORARY}{self.depth}_key_{self.keys.index((parent, whole))}"

    def _pair(self, place: int) -> tuple[str, str]:
        start = f"{TEMPORARY}{self.depth}"
        return f"{start}_empty_{place}", f"{start}_filled_{place}"

    def on_rows(self, frame: Any, engine: str) -> Any:
        """The frame with these columns."""
        found = []
        for place, one in enumerate(self.cells):
            cell, (empty, filled) = one.cell(engine), self._pair(place)
            instead = nw.lit(_filler(one.dtype)).cast(one.dtype)
            found.append(cell.is_null().alias(empty))
            found.append(nw.when(~cell.is_null()).then(cell).otherwise(instead).alias(filled))
        for parent, whole in self.keys:
            key = column(parent, engine)
            found.append((key.cast(nw.Int64) if whole else key).alias(self.key(parent, whole)))
        return frame.with_columns(*found)

    def on_records(self, table: Any, several: Sequence[Carried]) -> Any:
        """The table with the cells that are carried to it, of those columns."""
        found, names = [], iter(self.names(several))
        for one in several:
            nothing = nw.lit(None, dtype=one.dtype)
            there = nw.when(~nw.col(next(names))).then(nw.col(next(names)))
            found.append(there.otherwise(nothing).alias(one.name))
        return table.with_columns(*found)


def _filler(dtype: Any) -> Any:
    if dtype == nw.String:
        return ""
    if dtype == nw.Boolean:
        return False
    if dtype == nw.Date:
        return datetime.date(1970, 1, 1)
    return 0

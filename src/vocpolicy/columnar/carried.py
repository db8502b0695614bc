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


def names_of(path: str, several: Sequence[Carried]) -> list[str]:
    """The columns by which rows and the records of a list find each other, beside the key: of
    each cell whether it is empty, and the cell.  Lists within lists have others."""
    start = f"{TEMPORARY}{path.count('.')}_"
    return [f"{start}{kind}_{at}" for at in range(len(several)) for kind in ("empty", "filled")]


def with_filled(frame: Any, path: str, several: Sequence[Carried], engine: str) -> Any:
    """The frame with those columns."""
    found, names = [], iter(names_of(path, several))
    for one in several:
        cell = one.cell(engine)
        instead = nw.lit(_filler(one.dtype)).cast(one.dtype)
        found.append(cell.is_null().alias(next(names)))
        found.append(nw.when(~cell.is_null()).then(cell).otherwise(instead).alias(next(names)))
    return frame.with_columns(*found)


def with_cells(table: Any, path: str, several: Sequence[Carried]) -> Any:
    """The table with the cells that are carried to it, of those columns."""
    found, names = [], iter(names_of(path, several))
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

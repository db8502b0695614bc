"""Tables of observations, looked at from the rows of a frame: figures by key, joined to them.

A look may take columns of the frame along (the day of each row, the key of another table): figures
are then worked out for each combination of key and cells that the frame has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import and_
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy.columnar import spark
from vocpolicy.columnar.logic import TEMPORARY
from vocpolicy.columnar.spark import ENGINES, column, engine_of
from vocpolicy.columnar.strung import numbered, strung

PLACE = f"{TEMPORARY}place"
JOINED = ", "
"""What stands between the members of a list."""


@frozen(eq=False)
class Look:
    """
    Attributes:
        path: the table.
        key: its column that says whose a row is.
        parent: the column of the frame that this refers to.
        brought: columns of the frame that are taken along, under the names of `held`.
        within: what is looked at from the rows of the table.
        rounds: columns of its rows.
        figures: what is worked out of these.
        opened: a column of lists, of which each member becomes a row.
        strung: columns of texts that are joined, by the names of the new columns.
    """

    path: str
    key: str
    parent: str
    brought: tuple[str, ...]
    within: tuple[Look, ...]
    rounds: tuple[tuple[nw.Expr, ...], ...]
    figures: Mapping[str, nw.Expr]
    opened: str = ""
    strung: Mapping[str, str] = {}


SIZE = f"{TEMPORARY}size"
"""How many members the list of a row had before it was opened."""


def held(path: str, place: int) -> str:
    """What the key (0) and the columns that are taken along are called beside the rows."""
    return f"{TEMPORARY}look {path.replace('.', ' ')} {place}"


def looked(frame: Any, look: Look, tables: Mapping[str, Any]) -> Any:
    """The frame with a column for every figure; its rows keep their order."""
    names = [held(look.path, place) for place in range(1 + len(look.brought))]
    engine, table = engine_of(frame), tables[look.path]
    cells = [column(one, engine) for one in (look.parent, *look.brought)]
    key = column(look.key, engine)
    if frame.collect_schema()[look.parent] != table.collect_schema()[look.key]:
        cells[0], key = cells[0].cast(nw.Int64), key.cast(nw.Int64)
    named = zip(cells, names, strict=True)
    frame = frame.with_columns(*(cell.alias(name) for cell, name in named))
    table = table.with_columns(key.alias(names[0])).filter(~nw.col(names[0]).is_null())
    if look.opened:
        size = nw.col(look.opened).list.len()
        table = table.with_columns(size.alias(SIZE)).explode(look.opened)
    if look.strung:
        table = numbered(table)
    if look.brought:
        there = reduce(and_, (~nw.col(name).is_null() for name in names))
        pairs = frame.select(*names).filter(there).unique()
        table = pairs.join(table, on=names[0], how="inner")
    for one in look.within:
        table = looked(table, one, tables)
    for several in look.rounds:
        table = table.with_columns(*several)
    found = [table.group_by(*names).agg(*look.figures.values())]
    found += [strung(table, names, text, JOINED, name) for name, text in look.strung.items()]
    for figures in found:
        frame = beside(frame, figures, names)
    return spark.dropped(frame, names)


def beside(frame: Any, figures: Any, names: Sequence[str]) -> Any:
    """The frame with the columns of another, by these."""
    if frame.implementation.is_polars():
        native = frame.to_native().join(
            figures.to_native(), on=names, how="left", maintain_order="left"
        )
        return nw.from_native(native)
    if engine_of(frame) in ENGINES:
        return spark.beside(frame, figures, names)
    if isinstance(frame, nw.LazyFrame):
        return frame.join(figures, on=list(names), how="left")
    found = frame.with_row_index(PLACE).join(figures, on=list(names), how="left")
    return found.sort(PLACE).drop(PLACE)

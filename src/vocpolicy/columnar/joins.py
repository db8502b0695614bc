"""Tables of lists, worked out by key and joined to the rows that they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.carried import Carried, Marks
from vocpolicy.columnar.children import Child
from vocpolicy.columnar.intake import arrow_of, schema_of
from vocpolicy.columnar.lists import Lists, Table
from vocpolicy.columnar.logic import TEMPORARY
from vocpolicy.columnar.looks import Look, beside, looked
from vocpolicy.columnar.observed import values_in
from vocpolicy.columnar.spark import ENGINES, column, dropped, engine_of, left
from vocpolicy.diagnostics import Diagnostic, UsageError, close_names

KEY, OWN, PLACE = f"{TEMPORARY}key", f"{TEMPORARY}own", f"{TEMPORARY}place"


@frozen(eq=False)
class Join:
    """What is made of a table for each key, and joined to the frame around it.

    Attributes:
        carried: cells of the frame around it that its records are asked about.
        rounds: columns of its records.
        figures: what is worked out of these for each key, by the names of the new columns.
        within: the same of lists in its records.
    """

    path: str
    rounds: tuple[tuple[nw.Expr, ...], ...]
    figures: Mapping[str, nw.Expr]
    within: tuple[Join, ...]
    key: str
    parent: str
    carried: tuple[Carried, ...] = ()


def joins_of(lists: Lists | None) -> tuple[Join, ...]:
    """The joins that have been asked for."""
    if lists is None:
        return ()
    found = [
        Join(
            one.table.child.path,
            tuple(tuple(several) for several in one.made.sheet.rounds),
            dict(one.figures),
            joins_of(one.made.entry.lists),
            one.table.child.key,
            one.table.child.parent,
            tuple(one.carried.values()),
        )
        for one in lists.joined.values()
        if one.figures
    ]
    return (*found, *(one for other in lists.others for one in joins_of(other)))


def tables_of(
    children: Mapping[str, Child],
    frames: Mapping[str, Any],
    columns: Mapping[str, str],
    schema: Mapping[str, Any],
    around: str = "",
) -> dict[str, Table]:
    """The tables by the facts that they hold, with their types.

    Raises:
        UsageError: a key is not there, or the two are of different types.
    """
    found: dict[str, Table] = {}
    for path, child in children.items():
        if child.around != around:
            continue
        own = schema_of(frames[path])
        check_keys(child, own, schema)
        if child.has_values:
            found[child.fact.name] = values_in(child, own, columns, engine_of(frames[path]))
            continue
        inside = f"{path}."
        named = {
            name.removeprefix(inside): column
            for name, column in columns.items()
            if name.startswith(inside)
        }
        if not isinstance(child.item, core.RecordType):
            named[child.fact.name] = columns.get(path, child.fact.name)
            _check_there(named[child.fact.name], own)
        within = tables_of(children, frames, columns, own, path)
        found[child.fact.name] = Table(child, own, named, within)
    return found


def check_keys(child: Child, own: Mapping[str, Any], schema: Mapping[str, Any]) -> None:
    """That a table has its key, and the frame around it what this refers to.

    Raises:
        UsageError: one is not there, or the two are of different types.
    """
    for name, types in ((child.key, own), (child.parent, schema)):
        _check_there(name, types)
    if not _alike(own[child.key], schema[child.parent]):
        kinds = {"one": str(own[child.key]), "other": str(schema[child.parent])}
        raise UsageError([Diagnostic("V685", args={"name": child.path, **kinds})])


def _check_there(name: str, types: Mapping[str, Any]) -> None:
    if name not in types:
        args = {"name": name, "close": close_names(name, types)}
        raise UsageError([Diagnostic("V805", args=args)])


def _alike(one: Any, other: Any) -> bool:
    """Whether keys of two types find each other: whole numbers with gaps are floating-point
    numbers in pandas."""
    return bool(one == other or (one.is_numeric() and other.is_numeric()))


def frames_of(children: Mapping[str, Child], frame: Any) -> dict[str, Any]:
    """The tables as narwhals has them, of the same kind as the frame.

    Raises:
        UsageError: a table is of another kind.
    """
    found: dict[str, Any] = {}
    for path, child in children.items():
        native = child.frame
        if type(native).__module__.startswith("pandas"):
            native = arrow_of(native)
        try:
            table: Any = nw.from_native(native)
        except TypeError:
            raise UsageError([Diagnostic("V680", args={"name": path})]) from None
        if table.implementation != frame.implementation:
            kinds = {"one": str(table.implementation), "other": str(frame.implementation)}
            kinds = {key: kind.rpartition(".")[2].lower() for key, kind in kinds.items()}
            raise UsageError([Diagnostic("V686", args={"name": path, **kinds})])
        polars = table.implementation.is_polars()
        found[path] = table.lazy() if polars and isinstance(table, nw.DataFrame) else table
    return found


def joined(frame: Any, joins: tuple[Look | Join, ...], tables: Mapping[str, Any]) -> Any:
    """The frame with a column for every figure of its tables; its rows keep their order.  What
    they have observed comes first: records of lists may be asked about it."""
    for one in joins:
        if isinstance(one, Look):
            frame = looked(frame, one, tables)
    return _joined(frame, tuple(one for one in joins if isinstance(one, Join)), tables)


def _joined(frame: Any, joins: tuple[Join, ...], tables: Mapping[str, Any]) -> Any:
    marks = _marks(frame, joins, tables)
    bare = frame = marks.on_rows(frame, engine_of(frame)) if marks.cells else frame
    for join in joins:
        if join.carried:
            grouped, names = _for_each(bare, join, tables, marks)
            frame = beside(frame, grouped, names)
            continue
        table = _worked_out(tables[join.path], join, tables)
        by_key = table.filter(~nw.col(join.key).is_null()).group_by(join.key)
        grouped = by_key.agg(*join.figures.values()).rename({join.key: KEY})
        schema = frame.collect_schema()
        alike = schema[join.parent] == table.collect_schema()[join.key]
        if alike and "." not in join.parent:
            frame = _left(frame, grouped, join.parent)
            continue
        whole = column(join.parent, engine_of(frame)).alias(OWN)
        if not alike:
            whole = whole.cast(nw.Int64)
            grouped = grouped.with_columns(nw.col(KEY).cast(nw.Int64))
        frame = _left(frame.with_columns(whole), grouped, OWN)
        frame = dropped(frame, [OWN])
    return frame


def _worked_out(table: Any, join: Join, tables: Mapping[str, Any]) -> Any:
    """A table with the lists in its records, and the columns of its records."""
    table = joined(table, join.within, tables)
    if (join.carried or join.within) and engine_of(table) == "duckdb":
        table = _apart(table)
    for several in join.rounds:
        table = table.with_columns(*several)
    return table


def _apart(table: Any) -> Any:
    """With a window function between what is joined and what is made of it: DuckDB writes columns
    over a join into one another, each as often as the next asks for it, where they are grouped."""
    number = f"row_number() OVER () AS {TEMPORARY}row"
    return nw.from_native(table.to_native().project(f"*, {number}"))


def _marks(frame: Any, joins: tuple[Join, ...], tables: Mapping[str, Any]) -> Marks:
    """What the records of the tables of a frame are asked about its rows."""
    several = [join for join in joins if join.carried]
    cells = {one.source: one for join in several for one in join.carried}
    keys = {(join.parent, _as_whole(frame, join, tables)): join for join in several}
    depth = joins[0].path.count(".") if joins else 0
    return Marks(depth, tuple(cells.values()), tuple(keys))


def _as_whole(frame: Any, join: Join, tables: Mapping[str, Any]) -> bool:
    """Whether keys are numbers of two types."""
    own = tables[join.path].collect_schema()[join.key]
    return bool(own != frame.collect_schema()[join.parent])


def _for_each(
    frame: Any, join: Join, tables: Mapping[str, Any], marks: Marks
) -> tuple[Any, list[str]]:
    """The figures of a table for each key and what is carried, and the columns that say whose
    they are."""
    table, whole = tables[join.path], _as_whole(frame, join, tables)
    key = marks.key(join.parent, whole)
    names = [key, *marks.names(join.carried)]
    different = frame.select(*names).filter(~nw.col(key).is_null()).unique()
    own = nw.col(join.key).cast(nw.Int64) if whole else nw.col(join.key)
    found = table.with_columns(own.alias(key)).join(different, on=key, how="inner")
    found = _worked_out(marks.on_records(found, join.carried), join, tables)
    return found.group_by(*names).agg(*join.figures.values()), names


def _left(frame: Any, grouped: Any, parent: str) -> Any:
    if frame.implementation.is_polars():
        native = frame.to_native().join(
            grouped.to_native(), left_on=parent, right_on=KEY, how="left", maintain_order="left"
        )
        return nw.from_native(native)
    if engine_of(frame) in ENGINES:
        return left(frame, grouped, parent, KEY)
    eager = isinstance(frame, nw.DataFrame)
    here = frame.with_row_index(PLACE) if eager else frame
    found = here.join(grouped, left_on=parent, right_on=KEY, how="left")
    found = found.sort(PLACE) if eager else found
    extra = [name for name in (KEY, PLACE) if name in found.collect_schema().names()]
    return found.drop(*extra) if extra else found

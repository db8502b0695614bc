"""Rows of a frame of Spark, asked one by one where they lie: nothing comes to the driver.

What is read of a row goes to Python as one structure, and comes back as another; all other columns
stay where they are.  The rows of tables that belong to it are collected into a list of structures
by their key and joined to it, and become tables again at the worker, whose key is the place of the
row.  There rows are asked as those of a table of Arrow are.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy.columnar.children import Child
from vocpolicy.columnar.intake import Char, Null, schema_of
from vocpolicy.columnar.joins import check_keys
from vocpolicy.columnar.logic import TEMPORARY
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.spark import left, quoted
from vocpolicy.diagnostics import Diagnostic, MissingExtraError

KEY = f"{TEMPORARY}key"
OWN = f"{TEMPORARY}own"
FOUND = f"{TEMPORARY}found"

Tables: TypeAlias = "dict[str, tuple[Any, str, str]]"
"""Tables of Arrow by their paths, each with its key and the column that this refers to."""

Work: TypeAlias = Callable[[Any, Tables], Any]
"""From a table of Arrow, with those that belong to its rows, to one with more columns."""

Wanted: TypeAlias = Callable[[str, Mapping[str, Any]], list[str]]
"""Which columns of a table are read, by its path; "" of the frame itself."""


@frozen
class Part:
    """What of a frame is sent to workers: a structure of its columns and lists.

    Attributes:
        path: whose records these are; "" of the frame's own.
        columns: the names of the columns.
        within: lists that belong to the rows, after the columns.
    """

    path: str
    columns: tuple[str, ...]
    within: tuple[Part, ...]


def asked_on_spark(
    frame: Any, children: Mapping[str, Child], tables: Mapping[str, Any], wanted: Wanted, work: Work
) -> Any:
    """A frame of narwhals over Spark with the columns that `work` adds, as Spark's own.

    Args:
        tables: the frames of the children, as narwhals has them.
        work: can be pickled.

    Raises:
        UsageError: a key is not there or of another type, or what `work` says of no rows at all.
        MissingExtraError: pyarrow is not installed.
    """
    arrow_udf = _arrow_udf()
    from pyspark.sql import functions as sf
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    pickled = pickle.dumps(work)
    native, sent, part = _sent(frame, "", children, tables, wanted)
    whole = sf.struct(*sent).alias(OWN)
    kinds = to_arrow_schema(native.select(whole).schema)
    made = _judged(part, work, _none(kinds.field(0).type))
    kind = from_arrow_schema(made.schema)
    judge = arrow_udf(_judge(pickled, part), kind)
    added = [sf.col(FOUND)[one.name].alias(one.name) for one in kind.fields]
    own = [quoted(name) for name in frame.columns if name not in kind.names]
    return native.withColumn(FOUND, judge(whole)).select(*own, *added)


def _arrow_udf() -> Any:
    try:
        import pyarrow  # noqa: F401 - what rows are sent in
    except ImportError:
        raise MissingExtraError([Diagnostic("V808")]) from None
    from pyspark.sql import functions

    if not hasattr(functions, "arrow_udf"):
        raise refused("rows", "pyspark < 4.1")
    return functions.arrow_udf


# ---- sent --------------------------------------------------------------------------------------


def _sent(
    frame: Any,
    path: str,
    children: Mapping[str, Child],
    tables: Mapping[str, Any],
    wanted: Wanted,
) -> tuple[Any, list[Any], Part]:
    """The frame with the lists of its rows, as Spark's own; the columns of it that are sent."""
    from pyspark.sql import functions as sf

    schema = schema_of(frame)
    names = wanted(path, schema)
    sent = [_cell(schema, name).alias(f"c{place}") for place, name in enumerate(names)]
    native = frame
    within: list[Part] = []
    for child in children.values():
        if child.around != path:
            continue
        check_keys(child, schema_of(tables[child.path]), schema)
        inner, columns, part = _sent(tables[child.path], child.path, children, tables, wanted)
        kept = inner.where(sf.col(quoted(child.key)).isNotNull())
        several = sf.collect_list(sf.struct(*columns))
        held, key = f"{TEMPORARY}list{len(within)}", f"{KEY}{len(within)}"
        by_key = kept.groupBy(sf.col(quoted(child.key)).alias(key)).agg(several.alias(held))
        native = left(native, nw.from_native(by_key), child.parent, key)
        has_key = sf.col(quoted(child.parent)).isNotNull()
        sent.append(
            sf.when(has_key, sf.coalesce(sf.col(held), sf.array())).alias(f"l{len(within)}")
        )
        within.append(part)
    if not sent:  # a structure has to have something
        sent.append(sf.lit(True).alias("c0"))
    return native.to_native(), sent, Part(path, tuple(names), tuple(within))


def _cell(schema: Mapping[str, Any], name: str) -> Any:
    """A column as workers read it: of a point in time its day, as the session has it; a text of a
    fixed length without the blanks that fill it up."""
    from pyspark.sql import functions as sf

    found = sf.col(quoted(name))
    if schema[name] == nw.Datetime:
        return sf.to_date(found)
    if isinstance(schema[name], nw.Unknown) and not isinstance(schema[name], Null):
        return sf.lit(None).cast("binary")  # no fact takes it, and Arrow may have no such type
    return sf.rtrim(found) if isinstance(schema[name], Char) else found


# ---- at the worker -----------------------------------------------------------------------------


def _judge(pickled: bytes, part: Part) -> Callable[[Any], Any]:
    """What a worker does with the rows that it gets."""
    import pyarrow as pa

    def judge(rows: pa.Array) -> pa.Array:
        return _judged(part, _work(pickled), rows).to_struct_array().combine_chunks()

    judge.__annotations__ = {"rows": pa.Array, "return": pa.Array}
    return judge


@lru_cache(maxsize=8)
def _work(pickled: bytes) -> Work:
    """Kept by the processes of workers, which do one piece of work after another."""
    found: Work = pickle.loads(pickled)
    return found


def _none(kind: Any) -> Any:
    """No rows of a type."""
    import pyarrow as pa

    return pa.array([], kind)


def _judged(part: Part, work: Work, rows: Any) -> Any:
    """The new columns for these rows, a table."""
    table, tables = _received(part, rows)
    names = set(table.column_names)
    found = work(table, tables)
    return found.select([name for name in found.column_names if name not in names])


def _received(part: Part, rows: Any) -> tuple[Any, Tables]:
    """A table of the rows of a part, and those of its lists."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = rows.flatten()
    columns = dict(zip(part.columns, cells, strict=False))
    tables: Tables = {}
    place = pa.array(range(len(rows)), pa.int64())
    for at, one in enumerate(part.within, len(part.columns)):
        several, own = cells[at], f"{OWN}{at}"
        table, inner = _received(one, _flat(several))
        tables |= {one.path: (table.append_column(KEY, _parents(several)), KEY, own), **inner}
        columns[own] = pc.if_else(several.is_valid(), place, None)
    if not columns:
        columns[OWN] = place
    return pa.table(columns), tables


def _flat(lists: Any) -> Any:
    import pyarrow.compute as pc

    return pc.list_flatten(lists)


def _parents(lists: Any) -> Any:
    import pyarrow.compute as pc

    return pc.list_parent_indices(lists)

"""Texts of rows that belong together, joined in the order of the rows: each engine its own way.

A table of Spark has no order; that in which it is read stands for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw

from vocpolicy.columnar.logic import TEMPORARY
from vocpolicy.columnar.spark import ENGINES, engine_of, quoted

ROW = f"{TEMPORARY}row"
"""The column that says where a row stood."""


def numbered(table: Any) -> Any:
    """The rows of a table with their places."""
    native = table.to_native()
    if table.implementation.is_polars():
        return nw.from_native(native.with_row_index(ROW))
    if table.implementation.is_duckdb():
        return nw.from_native(native.project(f'*, row_number() OVER () AS "{ROW}"'))
    if engine_of(table) in ENGINES:
        from pyspark.sql import functions

        return nw.from_native(native.withColumn(ROW, functions.monotonically_increasing_id()))
    return table.with_row_index(ROW)


def strung(table: Any, keys: Sequence[str], text: str, between: str, name: str) -> Any:
    """A column of texts, joined for each key; without keys of which all texts are empty."""
    table = table.filter(~nw.col(text).is_null()).select(*keys, text, ROW)
    native = table.to_native()
    if table.implementation.is_polars():
        import polars

        joined = polars.col(text).sort_by(ROW).str.join(between).alias(name)
        return nw.from_native(native.group_by(keys).agg(joined))
    if table.implementation.is_duckdb():
        by = ", ".join(f'"{one}"' for one in keys)
        whole = f"""string_agg("{text}", '{between}' ORDER BY "{ROW}") AS "{name}\""""
        return nw.from_native(native.aggregate(f"{by}, {whole}", by))
    if engine_of(table) in ENGINES:
        return nw.from_native(_on_spark(native, keys, text, between, name))
    return nw.from_native(_in_arrow(native, keys, text, between, name), eager_only=True)


def _on_spark(native: Any, keys: Sequence[str], text: str, between: str, name: str) -> Any:
    from pyspark.sql import functions

    several = functions.collect_list(functions.struct(quoted(ROW), quoted(text)))
    texts = functions.transform(functions.sort_array(several), lambda one: one[text])
    joined = functions.array_join(texts, between).alias(name)
    return native.groupBy(*map(quoted, keys)).agg(joined)


def _in_arrow(native: Any, keys: Sequence[str], text: str, between: str, name: str) -> Any:
    import pyarrow as pa
    import pyarrow.compute

    grouped = native.sort_by(ROW).group_by(list(keys), use_threads=False)
    found = grouped.aggregate([(text, "list")])
    lists = found[f"{text}_list"].cast(pa.list_(pa.string()))
    joined = pyarrow.compute.binary_join(lists, between)
    return found.select(list(keys)).append_column(name, joined)

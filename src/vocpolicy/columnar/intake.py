"""What frames hand over: the types of their columns, and pandas as a table of Arrow."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import Any

import narwhals.stable.v2 as nw

from vocpolicy import core
from vocpolicy.columnar.spark import ENGINES as SPARK
from vocpolicy.diagnostics import Diagnostic, UsageError

NULLS = ("null", "void")
"""How engines call the type of a column that has no value and was never given a type."""

ROW = "__vocpolicy_row"
"""A column that stands for the rows, where a table has no other."""


FIRST, LAST = datetime.date.min, datetime.date.max
"""The days that a date can be, which most engines go beyond, to `infinity` in DuckDB."""


class Null(nw.Unknown):
    """The type of such a column, which narwhals has no name for."""


def declared(kind: core.Type) -> Any:
    """What such a column is taken for, by the type of its fact."""
    match kind:
        case core.YesNoType():
            return nw.Boolean()
        case core.NumberType():
            return nw.Int8()
        case core.DateType():
            return nw.Date()
        case _:
            return nw.String()


class Foreign(nw.Unknown):
    """The type of a column that no fact takes, by the engine's own name for it."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name

    def __hash__(self) -> int:
        return hash(self.name)


class Char(nw.String):
    """The type of texts that blanks fill up to one length, as Spark has them."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return nw.String() == other or isinstance(other, Char)

    def __hash__(self) -> int:
        return hash(nw.String)


FIXED = "__CHAR_VARCHAR_TYPE_STRING"
"""Where Spark keeps that a column of text was declared with a length."""

VIEW = "string_view"
"""Text that Arrow's own functions do not compare."""


def schema_of(frame: Any) -> dict[str, Any]:
    """The types of a frame of narwhals, by column."""
    found = dict(frame.collect_schema())
    arrow = frame.implementation.is_pyarrow()
    unknown = [name for name, kind in found.items() if kind == nw.Unknown or arrow]
    native = _native_types(frame) if unknown else {}
    for name in unknown:
        own = native[name].strip('"')
        if own.lower() in NULLS:
            found[name] = Null()
        elif found[name] == nw.Unknown or own == VIEW:
            found[name] = Foreign(own)
    if str(frame.implementation).rpartition(".")[2].lower() in SPARK:
        for one in frame.to_native().schema:
            if str(one.metadata.get(FIXED, "")).startswith("char("):
                found[one.name] = Char()
    return found


def beyond(day: nw.Expr, engine: str = "") -> nw.Expr:
    """Whether a date is none that the calendar of the rules has."""
    # PySpark has no literal of a year below 1000.
    early = day.dt.year() < 1 if engine in SPARK else day < nw.lit(FIRST, dtype=nw.Date)
    return early | (day > nw.lit(LAST, dtype=nw.Date))


def _native_types(frame: Any) -> dict[str, str]:
    """What an engine calls the types of its columns."""
    native: Any = frame.to_native()
    module = type(native).__module__
    if "pyspark" in module:
        return dict(native.dtypes)
    if "duckdb" in module:
        return {name: str(kind) for name, kind in zip(native.columns, native.types, strict=True)}
    if "polars" in module:
        return {name: str(kind) for name, kind in native.collect_schema().items()}
    schema = getattr(native, "schema", ())
    return {one.name: str(one.type) for one in schema}


def names_of(native: Any) -> list[object]:
    """The names of a frame's columns; none of a frame of polars, which cannot have one twice."""
    if type(native).__module__.split(".")[0] == "polars":
        return []
    names: Iterable[object] = getattr(native, "column_names", ()) or getattr(native, "columns", ())
    return list(names)


def check_names(names: Iterable[object]) -> None:
    """That no two columns have one name: which of them is meant cannot be told.

    Raises:
        UsageError: some have.
    """
    twice = [str(name) for name, count in Counter(names).items() if count > 1]
    if twice:
        raise UsageError([Diagnostic("V722", args={"names": ", ".join(twice)})])


# ---- pandas ----------------------------------------------------------------------------------


def arrow_of(frame: Any, wanted: Callable[[str], bool] = lambda _: True) -> Any:
    """Those columns of a frame of pandas that are wanted as a table of Arrow, in which a missing
    Boolean is missing; as many rows, whatever columns there are.

    Raises:
        UsageError: a column holds values of several kinds, or of one that Arrow does not have.
    """
    import pyarrow as pa

    check_names(frame.columns)
    columns = {name: _array(frame, name) for name in frame.columns if _is_wanted(name, wanted)}
    return pa.table(columns or {ROW: pa.nulls(len(frame), pa.bool_())})


def _is_wanted(name: object, wanted: Callable[[str], bool]) -> bool:
    return isinstance(name, str) and wanted(name)


def _array(frame: Any, name: str) -> Any:
    import pyarrow as pa

    try:
        return pa.Array.from_pandas(frame[name])
    except (pa.ArrowException, OverflowError, TypeError, ValueError):
        raise UsageError([Diagnostic("V723", args={"name": name})]) from None


def with_columns(frame: Any, found: Any, names: Collection[str]) -> Any:
    """A frame of pandas with those columns of a table; what it had of the name gives way."""
    import pandas as pd
    import pyarrow as pa

    kinds = {pa.bool_(): pd.BooleanDtype(), pa.int64(): pd.Int64Dtype()}
    added = found.select([name for name in found.column_names if name not in names])
    made = added.to_pandas(types_mapper=kinds.get)
    made.index = frame.index
    here = [name for name in made.columns if name in frame.columns]
    frame = frame.assign(**{name: made[name] for name in here}) if here else frame
    return pd.concat([frame, made.drop(columns=here)], axis=1)

"""Cases as frames of every kind, and what comes back as plain Python."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

Cells = Mapping[str, Sequence[Any]]


def plain(value: Any) -> Any:
    """A cell as frames have it; fractions as floating-point numbers."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return value


def column(cells: Sequence[Any]) -> pl.Series:
    """A column whose type its cells show."""
    values = [plain(cell) for cell in cells]
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int, float}:
        values = [None if value is None else float(value) for value in values]
        kinds = {float}
    types: dict[type, Any] = {bool: pl.Boolean, int: pl.Int64, float: pl.Float64, str: pl.String}
    types[datetime.date] = pl.Date
    return pl.Series(values, dtype=types[next(iter(kinds))] if kinds else pl.Null)


def polars_frame(cells: Cells) -> pl.DataFrame:
    found = {name: column(several) for name, several in cells.items()}
    return pl.DataFrame({name: one for name, one in found.items() if one.dtype != pl.Null})


def polars_enums(cells: Cells) -> pl.DataFrame:
    """With enumerations in place of text."""
    frame = polars_frame(cells)
    return frame.with_columns(
        pl.col(name).cast(pl.Enum(sorted(set(frame[name].drop_nulls()))))
        for name, kind in frame.schema.items()
        if kind == pl.String
    )


def duckdb_frame(cells: Cells) -> Any:
    table = polars_frame(cells).to_arrow()
    return duckdb.connect().from_arrow(table)


FRAMES: Mapping[str, Callable[[Cells], Any]] = {
    "polars": polars_frame,
    "polars, enumerations": polars_enums,
    "polars, lazy": lambda cells: polars_frame(cells).lazy(),
    "pyarrow": lambda cells: polars_frame(cells).to_arrow(),
    "pandas": lambda cells: polars_frame(cells).to_pandas(),
    "duckdb": duckdb_frame,
}


def cells_of(frame: Any, name: str) -> list[Any]:
    """A column of any frame as a list, null as None."""
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pl.DataFrame):
        return frame[name].to_list()
    if isinstance(frame, pd.DataFrame):
        return [None if pd.isna(one) else one for one in frame[name].tolist()]
    if not isinstance(frame, pa.Table):
        frame = frame.to_arrow_table()
    found: list[Any] = frame[name].to_pylist()
    return found

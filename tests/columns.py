"""Cases as frames of every kind, and what comes back as plain Python."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
from attrs import Factory, frozen

from vocpolicy import Policy
from vocpolicy.columnar.reading import inner, optional
from vocpolicy.core import (
    ChoiceType,
    DateType,
    Fact,
    ListType,
    Nothing,
    NumberType,
    Record,
    Series,
    TextType,
    Type,
    Value,
    YesNoType,
)
from vocpolicy.facts import read_facts
from vocpolicy.facts.numbers import own_scale

Cells = Mapping[str, Sequence[Any]]


class Typed(list[Any]):
    """Cells of a known type, which a column has even where all are empty."""

    kind: type = float


def plain(value: Any) -> Any:
    """A cell as frames have it; fractions as floating-point numbers."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return value


def column(cells: Sequence[Any]) -> pl.Series:
    """A column whose type its cells show."""
    values = [plain(cell) for cell in cells]
    kinds = {type(value) for value in values if value is not None}
    kinds = kinds or ({cells.kind} if isinstance(cells, Typed) else kinds)
    if kinds == {int, float}:
        values = [None if value is None else float(value) for value in values]
        kinds = {float}
    if kinds == {tuple}:
        return pl.Series([None if one is None else list(one) for one in values])
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


CONNECTION = duckdb.connect()
"""One for all: relations of two connections are not joined."""


def duckdb_frame(cells: Cells) -> Any:
    return CONNECTION.from_arrow(polars_frame(cells).to_arrow())


FRAMES: Mapping[str, Callable[[Cells], Any]] = {
    "polars": polars_frame,
    "polars, enumerations": polars_enums,
    "polars, lazy": lambda cells: polars_frame(cells).lazy(),
    "pyarrow": lambda cells: polars_frame(cells).to_arrow(),
    "pandas": lambda cells: polars_frame(cells).to_pandas(),
    "duckdb": duckdb_frame,
}


@lru_cache(maxsize=1)
def spark_rows(frame: Any) -> list[Any]:
    """Collected once, for another time they may come in another order."""
    return list(frame.collect())


def cells_of(frame: Any, name: str) -> list[Any]:
    """A column of any frame as a list, null as None."""
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pl.DataFrame):
        return frame[name].to_list()
    if type(frame).__module__.startswith("pyspark"):
        return [row[name] for row in spark_rows(frame)]
    if isinstance(frame, pd.DataFrame):
        return [None if pd.isna(one) else one for one in frame[name].tolist()]
    if not isinstance(frame, pa.Table):
        frame = frame.to_arrow_table()
    found: list[Any] = frame[name].to_pylist()
    return found


def settled(frame: Any) -> Any:
    """What is lazy, computed once."""
    if isinstance(frame, pl.LazyFrame):
        return frame.collect()
    duck = "duckdb" in type(frame).__module__
    return frame.to_arrow_table() if duck else frame


def columns_of(frame: Any) -> list[str]:
    """The names of its columns."""
    if isinstance(frame, pl.LazyFrame):
        return frame.collect_schema().names()
    return list(frame.column_names if isinstance(frame, pa.Table) else frame.columns)


# ---- cases -----------------------------------------------------------------------------------

KEY = "row key"
"""The column by which tables of lists say to which record their rows belong."""


@frozen
class Cases:
    """Cases as the rows of a frame, and tables of their lists.

    Attributes:
        cells: the frame; `PATH key` is the column that the table of a list refers to, empty
            where a case has no such list.
        lists: of each list its table.
    """

    policy: Policy
    size: int
    cells: dict[str, list[Any]] = Factory(dict)
    lists: dict[str, dict[str, list[Any]]] = Factory(dict)

    def children(self, make: Callable[[Cells], Any]) -> dict[str, Any]:
        """What `evaluate_frame` takes as `children`."""
        return {path: (make(one), KEY, f"{path} key") for path, one in self.lists.items()}

    def put(self, row: int, fact: Fact, value: Value, path: str) -> None:
        """A fact of a row: its cell, those of its fields, or its table."""
        match value:
            case tuple():
                set_cell(self.cells, self.size, row, f"{path} key", int)
                self.cells[f"{path} key"][row] = row
                self._table(fact, row, value, path)
            case Record(entity=entity, values=values):
                for field in self.policy.core.entities[entity].fields.values():
                    if field.name in values:
                        self.put(row, field, values[field.name], f"{path}.{field.name}")
            case _:
                set_cell(self.cells, self.size, row, path, kind_of(fact.type))
                self.cells[path][row] = cell(fact.type, value)

    def observed(self, row: int, fact: Fact, series: Series) -> None:
        """Observations by date."""
        set_cell(self.cells, self.size, row, f"{fact.name} key", int)
        self.cells[f"{fact.name} key"][row] = row
        for one in series:
            cells = {"date": (one.date, datetime.date), fact.name: self._cell(fact.type, one.value)}
            append(self.lists.setdefault(fact.name, {}), {KEY: (row, int), **cells})

    def _table(self, fact: Fact, key: int, value: tuple[Value, ...], path: str) -> None:
        kind = inner(fact.type)
        assert isinstance(kind, ListType)
        rows = self.lists.setdefault(path, {KEY: Typed()})
        rows[KEY].kind = int
        for one in value:
            row: dict[str, tuple[Any, type]] = {KEY: (key, int)}
            if isinstance(one, Record):
                row |= self._record(one, path, len(rows[KEY]))
            else:
                row[fact.name] = self._cell(kind.item, one)
            append(rows, row)

    def _record(self, record: Record, path: str, place: int) -> dict[str, tuple[Any, type]]:
        row: dict[str, tuple[Any, type]] = {}
        for field in self.policy.core.entities[record.entity].fields.values():
            held = record.values.get(field.name)
            if isinstance(held, tuple):
                row[f"{path}.{field.name} key"] = (place, int)
                self._table(field, place, held, f"{path}.{field.name}")
            elif isinstance(held, Record):
                inside = self._record(held, f"{path}.{field.name}", place)
                row |= {f"{field.name}.{name}": one for name, one in inside.items()}
            elif held is not None:
                row[field.name] = self._cell(field.type, held)
        return row

    @staticmethod
    def _cell(type_: Type, value: Value) -> tuple[Any, type]:
        return cell(type_, value), kind_of(type_)


def set_cell(cells: dict[str, list[Any]], size: int, row: int, name: str, kind: type) -> None:
    """See that a column is there."""
    if name not in cells:
        cells[name] = Typed([None] * size)
        cells[name].kind = kind


def append(cells: dict[str, list[Any]], row: Mapping[str, tuple[Any, type]]) -> None:
    size = len(cells[KEY]) if KEY in cells else 0
    for name, (_, kind) in row.items():
        set_cell(cells, size, 0, name, kind)
    for name, several in cells.items():
        several.append(row[name][0] if name in row else None)


def kind_of(type_: Type) -> type:
    """The Python type of the cells of a fact."""
    match inner(type_):
        case YesNoType():
            return bool
        case DateType():
            return datetime.date
        case NumberType():
            return float
        case _:
            return str


def frames_of(policy: Policy, ask: str, several: Sequence[Any], today: datetime.date) -> Cases:
    """The facts of cases; what is missing has an empty cell, or no column where all miss it."""
    cases = Cases(policy, len(several), {KEY: list(range(len(several)))})
    for row, facts in enumerate(several):
        read = read_facts(policy.core, facts, name=ask, as_of=today)
        for fact in policy.facts():
            if fact.name in read.series:
                cases.observed(row, fact, read.series[fact.name])
            elif fact.name in read.values:
                cases.put(row, fact, read.values[fact.name], fact.name)
    return cases


def told_apart(policy: Policy, ask: str, facts: Any, today: datetime.date) -> Any:
    """What cases have to share to be rows of one frame: which facts that can be `none` they have,
    as an empty cell would say `none`; None where records of one list differ in that."""
    read = read_facts(policy.core, facts, name=ask, as_of=today)
    there = Counter({f"{name} by date": 1 for name in read.series})
    lacking: Counter[str] = Counter()
    for fact in policy.facts():
        if fact.name in read.values:
            _optional(policy, fact, read.values[fact.name], fact.name, there, lacking)
        elif optional(fact.type):
            lacking[fact.name] += 1
    return None if set(there) & set(lacking) else frozenset(there)


def _optional(
    policy: Policy, fact: Fact, value: Value, path: str, there: Counter[str], lacking: Counter[str]
) -> None:
    if optional(fact.type):
        there[path] += 1
    records = value if isinstance(value, tuple) else (value,)
    for record in records:
        if not isinstance(record, Record):
            continue
        for field in policy.core.entities[record.entity].fields.values():
            inside = f"{path}.{field.name}"
            if field.name in record.values:
                _optional(policy, field, record.values[field.name], inside, there, lacking)
            elif optional(field.type):
                lacking[inside] += 1


def cell(type_: Type, value: Value) -> Any:
    """A value as frames have it."""
    kind = inner(type_)
    if value is Nothing.NONE:
        return "none" if isinstance(kind, ChoiceType | TextType) else None
    if isinstance(value, Fraction) and isinstance(kind, NumberType):
        return value / own_scale(kind)[0]
    return value

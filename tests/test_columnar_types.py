"""Columns of every type that users have, over every engine: what `evaluate` says of the cells."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from cells import COLUMNS, DAY, ENGINES, POLICY, RULES, Digits, expected, read_back
from columns import cells_of, columns_of, settled
from vocpolicy.columnar import frames

FACTS_OF = {name: {fact.name for fact in POLICY.facts(name)} for name in RULES}


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    """Columns of some facts, of any type that holds them, and one that is no fact's."""
    rows = draw(st.integers(0, 6))
    found = {"note": pa.array([f"{place}" for place in range(rows)])}
    for fact in draw(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, unique=True)):
        kind, values = draw(st.sampled_from(COLUMNS[fact]))
        cell = st.one_of(st.none(), st.sampled_from(values), st.sampled_from(values))
        cells = draw(st.lists(cell, min_size=rows, max_size=rows))
        empty = not any(one is not None for one in cells) and draw(st.booleans())
        found[fact] = pa.nulls(rows) if empty else pa.array(cells, kind)
    if "part" in found and "whole" in found and draw(st.booleans()):
        found |= draw(ratios(rows))
    return pa.table(found)


@st.composite
def ratios(draw: st.DrawFn, rows: int) -> dict[str, pa.Array]:
    """Parts of wholes on the bound of 65%, and one beside it."""
    kind = draw(st.sampled_from((pa.int32(), pa.int64(), pa.uint64(), pa.float64())))
    times = draw(st.lists(st.integers(1, 5000), min_size=rows, max_size=rows))
    off = draw(st.lists(st.sampled_from((0, 0, -1, 1)), min_size=rows, max_size=rows))
    parts = [13 * one + more for one, more in zip(times, off, strict=True)]
    return {"part": pa.array(parts, kind), "whole": pa.array([20 * one for one in times], kind)}


def digits(table: pa.Table, name: str) -> Digits:
    kind = table.schema.field(name).type
    return (kind.precision, kind.scale) if pa.types.is_decimal(kind) else (0, 0)


def agree(frame: Any, table: pa.Table, engine: str | None) -> None:
    """Every row says what `evaluate` says of its cells."""
    facts = [name for name in table.column_names if name != "note"]
    cells = {name: read_back(frame, table, name) for name in facts}
    rows = [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]
    places = {name: digits(table, name) for name in facts}
    names = [name for name in RULES if not table.num_rows or FACTS_OF[name] & cells.keys()]
    found = POLICY.evaluate_frame(frame, names, DAY, missing=True, engine=engine)
    assert columns_of(found)[: len(columns_of(frame))] == columns_of(frame)
    found = settled(found)
    for name in names:
        answers = [expected(name, row, places) for row in rows]
        assert cells_of(found, f"{name}.outcome") == [one["outcome"] for one in answers]
        assert cells_of(found, f"{name}.missing") == [one["missing"] for one in answers]
    if "owed" in names:
        owed = [expected("owed", row, places)["value"] for row in rows]
        assert cells_of(found, "owed.value") == owed


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables(), st.sampled_from(("columns", "columns", "rows", None)))
def test_cells_of_every_type_say_what_evaluate_says(
    engine: str, table: pa.Table, way: str | None
) -> None:
    frame = ENGINES[engine](table)
    lazy = engine in ("polars, lazy", "duckdb")
    agree(frame, table, "columns" if lazy else way)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(table=tables())
def test_the_same_over_arrow_alone(monkeypatch: pytest.MonkeyPatch, table: pa.Table) -> None:
    assume("string_view" not in map(str, table.schema.types))  # which its functions do not take
    monkeypatch.setattr(frames, "has_polars", lambda: False)
    agree(table, table, "columns")

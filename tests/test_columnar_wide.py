"""Numbers beyond 64 bits in columns: what `evaluate` says, to the last digit."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from columns import CONNECTION
from sparks import interpreted, spark_frame
from vocpolicy import Policy
from vocpolicy.columnar import Total
from vocpolicy.diagnostics import FactError, UsageError

DAY = datetime.date(2023, 6, 1)
MOST = 10**18 - 1
POLICY = Policy.from_text("""
language 1
policy p { title zh "甲" en "P" }
entity item zh "项" en "item" plural "items" counter "项" {
  cost zh "价" en "cost" : yuan
}
fact a zh "一" en "a" : yuan
fact b zh "二" en "b" : yuan, at least 0 yuan
fact c zh "三" en "c" : yuan, between 1 yuan and 1000000000 yuan
fact items zh "项目" en "items" : list of item
rule products zh "积" en "products" { satisfied when a * b is at least c * a - b * 1 yuan }
rule shares zh "比" en "shares" { satisfied when b / c is at least 33.3333333% }
rule rounded zh "整" en "rounded" {
  satisfied when round half even ((a - b) / 7) to 100 yuan is at most c * 3
}
rule least zh "小" en "least" { satisfied when smaller of (a * c, 0 yuan * b) is less than b * b }
define tax zh "税" en "tax" = marginal scale of b {
  from 0 yuan = 3%; from 36000 yuan = 10%; from 144000 yuan = 20%
}
define owed zh "欠" en "owed" = (b + 10 yuan - a) * 0.35
define spent zh "支" en "spent" = total of items.cost * 1.5 + c
rule dear zh "贵" en "dear" { satisfied when total of items.cost is at least b * 3 }
""")
NAMES = ("products", "shares", "rounded", "least", "tax", "owed")
EDGES = (0, 1, -1, 2**53 + 1, 10**17, 4 * 10**17, MOST, -MOST)
ENGINES = ("polars", "duckdb")


def said(name: str, facts: dict[str, Any]) -> tuple[Any, ...]:
    """What `evaluate` says; nothing where it refuses the facts."""
    try:
        verdict = POLICY.evaluate(name, facts, DAY)
    except FactError:
        return (None,)
    value = verdict.value
    shown = None if value is None or isinstance(value, bool) else float(value)
    return verdict.outcome.value, shown, ", ".join(verdict.missing)


def native(engine: str, frame: pl.DataFrame) -> Any:
    return frame if engine == "polars" else CONNECTION.from_arrow(frame.to_arrow())


def plain(answer: Any) -> pl.DataFrame:
    return answer if isinstance(answer, pl.DataFrame) else answer.order("row").pl()


def found(name: str, engine: str, frame: pl.DataFrame, **rest: Any) -> list[tuple[Any, ...]]:
    got = POLICY.evaluate_frame(
        native(engine, frame), name, DAY, engine="columns", missing=True, **rest
    )
    table = plain(got)
    values = f"{name}.value" if f"{name}.value" in table.columns else None
    columns = [table[f"{name}.outcome"].to_list()]
    columns.append(table[values].to_list() if values else [None] * len(table))
    columns.append(table[f"{name}.missing"].to_list())
    rows = zip(*columns, strict=True)
    return [(None,) if row[0] is None else row for row in rows]


def facts_of(name: str, row: dict[str, Any]) -> dict[str, Any]:
    """Those that it turns on: columns look at no others."""
    asked = {"shares": "bc", "tax": "b", "owed": "ab"}.get(name, "abc")
    return {fact: cell for fact, cell in row.items() if fact in asked and cell is not None}


CELL = st.none() | st.sampled_from(EDGES) | st.integers(-MOST, MOST) | st.integers(-9, 10**6)
ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys("abc", CELL)), min_size=1, max_size=12)
TYPES: dict[str, tuple[Any, int]] = {
    "whole": (pl.Int64, 1),
    "cents": (pl.Decimal(18, 2), 100),
}
KINDS = (("whole",) * 3, ("cents",) * 3, ("whole", "cents", "cents"))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=4, deadline=None)
@given(rows=ROWS, kinds=st.sampled_from(KINDS))
def test_columns_say_what_evaluate_says(
    name: str, rows: list[dict[str, int | None]], kinds: Sequence[str]
) -> None:
    columns: dict[str, pl.Series] = {}
    for fact, kind in zip("abc", kinds, strict=True):
        dtype, parts = TYPES[kind]
        whole = [row[fact] for row in rows]
        cells = [one if one is None or parts == 1 else Decimal(one) / parts for one in whole]
        columns[fact] = pl.Series(cells, dtype=dtype)
    frame = pl.DataFrame(columns).with_row_index("row")
    wanted = [said(name, facts_of(name, row)) for row in frame.to_dicts()]
    for engine in ENGINES:
        assert found(name, engine, frame) == wanted, (engine, kinds)


@pytest.mark.parametrize("name", ["spent", "dear"])
@pytest.mark.parametrize("engine", ENGINES)
def test_sums_of_the_largest_numbers_are_exact(name: str, engine: str) -> None:
    rows = pl.DataFrame({"row": range(4), "b": [MOST, 10, None, 0], "c": [1, 10**9, 5, None]})
    costs = [MOST] * 25 + [-MOST] * 24 + [7, None, MOST, MOST, MOST]
    owners = [0] * 49 + [1, 2, 3, 3, 3]
    children = pl.DataFrame({"owner": owners, "cost": pl.Series(costs, dtype=pl.Int64)})
    wanted = []
    for row in rows.to_dicts():
        records = children.filter(owner=row["row"]).to_dicts()
        items = [{} if one["cost"] is None else {"cost": one["cost"]} for one in records]
        fact = "c" if name == "spent" else "b"
        facts = {} if row[fact] is None else {fact: row[fact]}
        wanted.append(said(name, {"items": items, **facts}))
    assert (
        found(name, engine, rows, children={"items": (native(engine, children), "owner", "row")})
        == wanted
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_cells_are_the_nearest_floating_point_numbers(engine: str) -> None:
    shuffled = random.Random(5)
    counts = [shuffled.randrange(-(10**18) + 1, 10**18) for _ in range(500)]
    frame = pl.DataFrame({"a": pl.Series([Decimal(one) / 100 for one in counts])})
    policy = Policy.from_text("""
language 1
policy p { title zh "甲" en "P" }
fact a zh "一" en "a" : yuan
define same zh "同" en "same" = a
define part zh "分" en "part" = a / 8
""")
    made = native(engine, frame.cast(pl.Decimal(18, 2)).with_row_index("row"))
    table = plain(policy.evaluate_frame(made, ["same", "part"], DAY, engine="columns"))
    exact = [Decimal(one) / 100 for one in counts]
    assert table["same.value"].to_list() == [float(one) for one in exact]
    assert table["part.value"].to_list() == [float(one) / 8 for one in exact]


@pytest.mark.parametrize("engine", ENGINES)
def test_large_floating_point_cells_are_read(engine: str) -> None:
    policy = Policy.from_text("""
language 1
policy p { title zh "甲" en "P" }
fact a zh "一" en "a" : yuan, at least 0 yuan, in steps of 0.01 yuan
rule paid zh "有" en "paid" { satisfied when a is at least 1 yuan }
""")
    shuffled = random.Random(7)
    frame = pl.DataFrame({"a": [shuffled.randrange(10**14, 10**15) / 100 for _ in range(500)]})
    made = native(engine, frame.with_row_index("row"))
    table = plain(policy.evaluate_frame(made, "paid", DAY, engine="columns"))
    assert table["paid.outcome"].to_list() == ["holds"] * 500


def test_of_a_fact_without_a_column_the_other_may_be_an_end() -> None:
    policy = Policy.from_text("""
language 1
policy p { title zh "甲" en "P" }
fact a zh "一" en "a" : yuan
fact b zh "二" en "b" : yuan
rule above zh "低" en "above" { satisfied when b is at least larger of (0 yuan, a) }
""")
    got = policy.evaluate_frame(pl.DataFrame({"b": [-1, 1]}), "above", DAY, engine="columns")
    assert got["above.outcome"].to_list() == ["fails", "undetermined"]


def test_whole_values_beyond_64_bits_are_refused() -> None:
    policy = Policy.from_text("""
language 1
policy p { title zh "甲" en "P" }
kind school
fact a zh "一" en "a" : count of school, at least 0
define many zh "多" en "many" = a * 1000
""")
    with pytest.raises(UsageError) as caught:
        policy.evaluate_frame(pl.DataFrame({"a": [1]}), "many", DAY, engine="columns")
    assert [one.code for one in caught.value.diagnostics] == ["V802"]


def test_a_register_is_summed_in_more_than_64_bits() -> None:
    policy = Policy.from_text("""
language 1
policy p { title zh "甲" en "P" }
fact cost zh "支出" en "cost" : yuan
target cheap zh "俭" en "cheap" {
  stock
  measure cost
  baseline 0 yuan at end of 2020
  goal at most 100 yuan by end of 2025
}
""")
    frame = pl.DataFrame({"pay": [2**62, 2**62, 2**62, -(2**62), -(2**62), 40 - 2**62]})
    got = policy.measure_frame(frame, "cheap", DAY, measures={"cost": Total("pay")})
    assert got["cheap.value"].to_list() == [40.0]


@pytest.mark.slow
def test_spark_says_what_evaluate_says_of_the_largest_numbers() -> None:
    names = ["rounded", "owed"]
    shuffled = random.Random(3)
    cells = [shuffled.choice([*EDGES, None, shuffled.randrange(10**9)]) for _ in range(36)]
    columns = {fact: cells[at::3] for at, fact in enumerate("abc")}
    with interpreted():
        frame = spark_frame({"row": range(12), **columns})
        got = POLICY.evaluate_frame(frame, names, DAY, engine="columns", missing=True)
        rows = {row["row"]: row.asDict() for row in got.collect()}
    for at, facts in enumerate(pl.DataFrame(columns).to_dicts()):
        for name in names:
            outcome, value, missing = (
                rows[at].get(f"{name}.{part}") for part in ("outcome", "value", "missing")
            )
            shown = (None,) if outcome is None else (outcome, value, missing)
            assert shown == said(name, facts_of(name, facts)), (at, name)


def test_nothing_of_a_missing_number_is_nothing_and_lacks_nothing() -> None:
    policy = Policy.from_text("""
language 1
policy p { title zh "甲" en "P" }
parameter rate zh "率" en "rate" : ratio { from 2020-01-01 = 0% }
fact a zh "一" en "a" : yuan, at least 0 yuan
fact b zh "二" en "b" : yuan
define due zh "应" en "due" = a * rate
rule able zh "能" en "able" { satisfied when b is at least a * rate + 5 yuan }
""")
    frame = pl.DataFrame({"a": pl.Series([None, 1], dtype=pl.Int64), "b": [None, None]})
    got = policy.evaluate_frame(frame, ["due", "able"], DAY, engine="columns", missing=True)
    assert got["due.value"].to_list() == [0.0, 0.0]
    assert got["able.missing"].to_list() == ["b", "b"]

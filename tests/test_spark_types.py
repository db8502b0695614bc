"""Columns of every type of Spark's own, as columns and row by row: what `evaluate` says of them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from cells import COLUMNS, DAY, DECIMALS, POLICY
from sparks import interpreted, session
from test_columnar_types import agree

pytestmark = pytest.mark.slow

HELD = (
    *(pa.bool_(), pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.float32(), pa.float64()),
    *(*DECIMALS, pa.string(), pa.date32(), pa.timestamp("us"), pa.timestamp("us", "UTC")),
)
"""Boolean, byte, short, int, long, float, double, decimal, string, date, timestamp_ntz and
timestamp, as Arrow has them."""


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    """Columns of many facts, each of a type that Spark has and that holds them, or of none."""
    rows = draw(st.integers(1, 8))
    found = {"note": pa.array([f"{place}" for place in range(rows)])}
    for fact, kinds in COLUMNS.items():
        kind, values = draw(st.sampled_from([one for one in kinds if one[0] in HELD]))
        cell = st.one_of(st.none(), st.sampled_from(values), st.sampled_from(values))
        cells = draw(st.lists(cell, min_size=rows, max_size=rows))
        if draw(st.integers(0, 9)) > 1:
            found[fact] = pa.array(cells, kind)
        elif draw(st.booleans()):
            found[fact] = pa.nulls(rows)
    return pa.table(found)


@pytest.fixture(autouse=True)
def in_utc() -> Any:
    """A moment is read on the day that it has in the time zone of the session."""
    name = "spark.sql.session.timeZone"
    before = session().conf.get(name)
    session().conf.set(name, "UTC")
    yield
    session().conf.set(name, before)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables())
def test_cells_of_every_type_say_what_evaluate_says(table: pa.Table) -> None:
    with interpreted():
        for engine in ("columns", "rows"):
            agree(session().createDataFrame(table), table, engine)


@pytest.mark.parametrize("engine", ["columns", "rows"])
def test_a_moment_is_read_on_its_day_in_the_time_zone_of_the_session(engine: str) -> None:
    late = datetime.datetime(2005, 6, 1, 23, 30, tzinfo=datetime.UTC)
    frame = session().createDataFrame(pa.table({"born": pa.array([late])}))
    outcomes = []
    for zone in ("UTC", "Asia/Shanghai"):
        session().conf.set("spark.sql.session.timeZone", zone)
        with interpreted():
            found = POLICY.evaluate_frame(frame, "grown", DAY, engine=engine)
            outcomes += [row["grown.outcome"] for row in found.collect()]
    assert outcomes == ["holds", "fails"]


@pytest.mark.parametrize("engine", ["columns", "rows"])
def test_texts_of_one_length_and_of_a_most_length(tmp_path: Path, engine: str) -> None:
    """CHAR fills texts up with blanks, which are no part of them; those before it are."""
    spark = session()
    columns = "place INT, prize CHAR(9), award VARCHAR(9), name CHAR(4)"
    spark.sql(f"CREATE TABLE medals ({columns}) USING parquet LOCATION '{tmp_path}/medals'")
    try:
        spark.sql("INSERT INTO medals VALUES (0, 'gold', 'silver', 'x'), (1, ' gold', 'tin', 'X')")
        frame = spark.table("medals")
        with interpreted():
            names = ["prized", "awarded", "named"]
            found = POLICY.evaluate_frame(frame, names, DAY, engine=engine)
            rows = [tuple(row) for row in found.orderBy("place").collect()]
    finally:
        spark.sql("DROP TABLE medals")
    assert rows == [
        (0, "gold     ", "silver", "x   ", "undetermined", "holds", "holds"),
        (1, " gold    ", "tin", "X   ", None, None, "fails"),
    ]


@pytest.mark.parametrize("engine", ["columns", "rows"])
def test_a_collation_makes_no_texts_alike(engine: str) -> None:
    """To Spark `Gold` is `gold` in a column that it compares so; to a policy it is not."""
    text = "SELECT CAST(one AS STRING) COLLATE UTF8_LCASE AS {0} FROM VALUES ('{1}') AS t(one)"
    with interpreted():
        for name, fact, cell, outcome in (
            ("awarded", "award", "GOLD", None),
            ("awarded", "award", "gold", "holds"),
            ("named", "name", "X", "fails"),
        ):
            frame = session().sql(text.format(fact, cell))
            found = POLICY.evaluate_frame(frame, name, DAY, engine=engine).collect()
            assert [row[f"{name}.outcome"] for row in found] == [outcome], cell


def test_cells_are_counted_in_a_column_with_a_point_in_its_name() -> None:
    frame = session().createDataFrame(pa.table({"exam.score": [525.0, None, 524.75]}))
    with interpreted():
        (score,) = POLICY.check_frame(frame, "scored", DAY, columns={"score": "exam.score"})
    assert (score.column, score.empty, score.not_exact) == ("exam.score", 1, 1)

"""Deciding a register on Spark, against the SQL that a person writes, over the same files.

Both read the same Parquet and say the same of every row, which is looked at before anything is
measured; what comes out is thrown away (`noop`), so that writing is not what is measured.  The
SQL leaves open what a missing cell leaves open, and checks no bounds.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from columnar import DAY, register
from measuring import Row, medians, rows
from registers import condition, outcome
from workload import source

from vocpolicy import Policy

GOAL = 1.3
RULES = 30
SMALL = 200_000
"""Rows for many rules at once: Spark takes long over them, however they are written."""

REPEATS = {1: 7, RULES: 3}
WARM = 3
"""Calls before those that are measured: they warm the virtual machine, not only its caches."""


def measure(quick: bool) -> list[Row]:
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        return [Row("Spark", None, "", None, None, "no Java is found, which Spark runs on")]
    try:
        import polars  # noqa: F401 - makes the register
        import pyspark  # noqa: F401 - a peer, measured where it is installed
    except ImportError as error:
        return [Row("Spark", None, "", None, None, f"{error.name} is not installed")]
    spark = started()
    found: list[Row] = []
    shapes = ((1, 100_000), (3, 10_000)) if quick else ((1, 10_000_000), (RULES, SMALL))
    for count, size in shapes:
        with tempfile.TemporaryDirectory() as folder:
            frame = relation(spark, size, Path(folder))
            found += _measured(frame, count, size, 1 if quick else REPEATS[count])
    spark.stop()
    return found


def started() -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("vocpolicy-benchmark")
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    for key, value in (settings | {"spark.driver.memory": "2g"}).items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def relation(spark: Any, size: int, folder: Path) -> Any:
    """The register as Parquet, in parts, with text in place of enumerations."""
    import polars as pl

    frame = register(size).with_columns(pl.col(pl.Enum).cast(pl.String))
    part = -(-size // 8)
    for place in range(8):
        frame.slice(place * part, part).write_parquet(folder / f"{place}.parquet")
    return spark.read.parquet(str(folder))


def _measured(frame: Any, count: int, size: int, repeats: int) -> list[Row]:
    policy = Policy.from_text(source(RULES))
    names = [f"admission_{i}" for i in range(count)]
    statement = by_hand(count)
    rules = "one rule" if count == 1 else f"{count} rules"
    reference = f"hand-written SQL, {rules}, {size:,} rows"
    name = f"{rules} over PySpark, {size:,} rows"
    calls: dict[str, Callable[[], object]] = {
        reference: lambda: run(frame.sparkSession.sql(statement)),
        name: lambda: run(policy.evaluate_frame(frame, names, DAY)),
    }
    frame.createOrReplaceTempView("register")
    same_result(policy.evaluate_frame(frame, names, DAY), count)
    for _ in range(1 if repeats == 1 else WARM):
        for call in calls.values():
            call()
    goals = {name: GOAL if count == 1 else None}
    return rows(medians(calls, repeats), reference, goals)


def run(frame: Any) -> None:
    """Compute every column of every row, and throw them away."""
    frame.write.format("noop").mode("overwrite").save()


def same_result(judged: Any, count: int) -> None:
    """The SQL over what was judged says the same of every row."""
    judged.createOrReplaceTempView("judged")
    both = judged.sparkSession.sql(by_hand(count, "judged"))
    differ = " OR ".join(f"NOT (`admission_{i}.outcome` <=> hand_{i})" for i in range(count))
    found = both.where(differ).count()
    assert found == 0, f"{found} rows differ"


def by_hand(count: int, table: str = "register") -> str:
    """The first rules as a person would write them: conditions, then what they come to."""
    conditions = ", ".join(f"{condition(i)} AS c{i}" for i in range(count))
    outcomes = ", ".join(f"{outcome(f'c{i}')} AS hand_{i}" for i in range(count))
    made = ", ".join(f"c{i}" for i in range(count))
    return f"SELECT * EXCEPT ({made}), {outcomes} FROM (SELECT *, {conditions} FROM {table})"

"""One local Spark for all tests that ask for it, and frames of it.

Where no Java is found these tests are skipped and say so; in continuous integration (`CI` is set)
they are required, and fail instead.
"""

from __future__ import annotations

import datetime
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import pyarrow as pa
import pytest

from columns import Cells, plain

NO_JAVA = "no Java is found (neither on the path nor by JAVA_HOME), which Spark runs on"


NO_RULES = "spark.sql.optimizer.excludedRules"
LOCAL_ROWS = "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation"


def has_java() -> bool:
    return bool(shutil.which("java") or os.environ.get("JAVA_HOME"))


@cache
def _started() -> Any:
    from pyspark.sql import SparkSession

    # The workers run this Python, whichever is first on the path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").appName("vocpolicy-tests")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.memory": "1g",
        # Java makes its first, plain code only: the process ends before better code pays.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.python.sql.dataFrameDebugging.enabled": "false",
        # Rows from Python's memory are worked out by a job too, not while a plan is made.
        NO_RULES: LOCAL_ROWS,
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def session() -> Any:
    """The Spark of this process; where there can be none the test is skipped, or fails in CI."""
    if not has_java():
        if os.environ.get("CI"):
            pytest.fail(f"Spark is required where CI is set, but {NO_JAVA}")
        pytest.skip(NO_JAVA)
    return _started()


@contextmanager
def interpreted() -> Iterator[None]:
    """Without code made for every plan and without jobs, which take longer than a few rows do."""
    spark = session()
    quicker = {
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false",
        NO_RULES: "",
    }
    before = {name: spark.conf.get(name) for name in quicker}
    for name, value in quicker.items():
        spark.conf.set(name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            spark.conf.set(name, value)


TYPES = {
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    str: pa.string(),
    datetime.date: pa.date32(),
    tuple: pa.list_(pa.string()),
}


def column(cells: Sequence[Any]) -> pa.Array:
    """A column of the type of its cells; of those that it is meant for where it has none."""
    kinds = {type(plain(cell)) for cell in cells if cell is not None}
    if kinds == {int, float}:
        kinds = {float}
    kind = kinds.pop() if kinds else getattr(cells, "kind", int)
    made = [plain(one) if one is None or kind is not float else float(one) for one in cells]
    return pa.array(made, TYPES[kind])


def spark_frame(cells: Cells) -> Any:
    """A frame of these columns, all nullable."""
    columns = {name: column(several) for name, several in cells.items()}
    return session().createDataFrame(pa.table(columns))

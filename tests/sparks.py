"""One local Spark for all tests that ask for it, and frames of it.

Where no Java is found these tests are skipped and say so; in continuous integration (`CI` is set)
they are required, and fail instead.
"""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest

from columns import Cells, plain

NO_JAVA = "no Java is found (neither on the path nor by JAVA_HOME), which Spark runs on"


def has_java() -> bool:
    return bool(shutil.which("java") or os.environ.get("JAVA_HOME"))


@cache
def _started() -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("vocpolicy-tests")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.memory": "1g",
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
    """Without code made for every plan, which takes longer than a few rows do."""
    spark = session()
    quicker = {
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false",
    }
    before = {name: spark.conf.get(name) for name in quicker}
    for name, value in quicker.items():
        spark.conf.set(name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            spark.conf.set(name, value)


def field(cells: Sequence[Any]) -> Any:
    """The type of a column, from its cells; whole numbers where it has none."""
    from pyspark.sql import types

    kinds = {type(plain(cell)) for cell in cells if cell is not None}
    if kinds == {int, float}:
        kinds = {float}
    known = {
        bool: types.BooleanType(),
        int: types.LongType(),
        float: types.DoubleType(),
        str: types.StringType(),
        datetime.date: types.DateType(),
        tuple: types.ArrayType(types.StringType()),
    }
    return known[kinds.pop()] if kinds else types.LongType()


def spark_frame(cells: Cells) -> Any:
    """A frame of these columns, all nullable."""
    from pyspark.sql import types

    kinds = {name: field(several) for name, several in cells.items()}
    schema = types.StructType([types.StructField(*one, True) for one in kinds.items()])
    floats = {name for name, kind in kinds.items() if isinstance(kind, types.DoubleType)}
    columns = [
        [None if one is None else float(one) if name in floats else plain(one) for one in several]
        for name, several in cells.items()
    ]
    return session().createDataFrame(list(zip(*columns, strict=True)), schema)

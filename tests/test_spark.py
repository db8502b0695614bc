"""Rules over frames of PySpark: what the interpreter says of each row, and nothing collected."""

from __future__ import annotations

import datetime
import re
import time
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import sparks
from columns import FRAMES, frames_of
from conformance.test_conformance import (
    FILES,
    REFUSED,
    agree,
    answered,
    data,
    policy,
    questions,
)
from sparks import interpreted, session, spark_frame
from test_columnar import CELLS, DAY, POLICY
from test_columnar_random import NAMES, frames, outcome, policies
from vocpolicy import Policy

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parents[1] / "docs" / "distributed.md"
BLOCK = re.compile(r"^```(python|vocp)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

UNKNOWN = "undetermined"

COLLECTING = ("Exchange", "Window", "EvalPython", "InPandas", "InArrow", "CollectLimit")
"""Steps of a plan that would move rows between machines, or to Python."""


def rows_of(frame: Any) -> list[dict[str, Any]]:
    return [row.asDict() for row in frame.collect()]


# ---- lazy, and nothing to the driver -------------------------------------------------------


def jobs(group: str) -> list[int]:
    return list(session().sparkContext.statusTracker().getJobIdsForGroup(group))


def test_the_call_starts_no_job_and_its_plan_moves_no_row(tmp_path: Path) -> None:
    spark = session()
    spark_frame(CELLS).write.parquet(str(tmp_path / "register"))
    frame = spark.read.parquet(str(tmp_path / "register"))
    spark.sparkContext.setJobGroup("asked", "evaluate_frame")
    found = POLICY.evaluate_frame(frame, "entry", DAY, explain="conditions")
    assert type(found) is type(frame) and found.isStreaming is False
    spark.sparkContext.setJobGroup("written", "what the user starts")
    found.write.parquet(str(tmp_path / "judged"))
    for _ in range(100):  # the tracker hears of jobs in their order, a little later
        if jobs("written"):
            break
        time.sleep(0.1)
    assert jobs("written") and not jobs("asked")
    plan = found._jdf.queryExecution().executedPlan().toString()
    assert "FileScan" in plan and not [step for step in COLLECTING if step in plan]
    judged = rows_of(spark.read.parquet(str(tmp_path / "judged")))
    assert [row["score"] for row in judged] == CELLS["score"]
    assert [row["entry.outcome"] for row in judged] == ["holds", "fails", "undetermined", "fails"]


def test_rules_run_over_a_stream_of_records(tmp_path: Path) -> None:
    frame = spark_frame(CELLS)
    frame.write.parquet(str(tmp_path / "register"))
    stream = session().readStream.schema(frame.schema).parquet(str(tmp_path / "register"))
    found = POLICY.evaluate_frame(stream, "entry", DAY)
    assert found.isStreaming
    query = found.writeStream.format("memory").queryName("judged").trigger(availableNow=True)
    query.start().awaitTermination(60)
    outcomes = [row["entry.outcome"] for row in rows_of(session().table("judged"))]
    assert outcomes == ["holds", "fails", "undetermined", "fails"]


# ---- the same answers ----------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(FILES))
def test_conformance(name: str) -> None:
    """Every case, with values and missing facts; what columns refuse is asked row by row, and is
    what they refuse of frames of polars, too."""
    before = Counter(REFUSED)
    with interpreted():
        _cases_agree(name)
    found = Counter(REFUSED)
    found.subtract(before)
    refused = {what: count for (kind, what), count in found.items() if kind == "pyspark" and count}
    assert refused == (_refused_by_polars(name) if refused else {})


def _refused_by_polars(name: str) -> dict[str, int]:
    asked = policy(name)
    before = Counter(REFUSED)
    for (ask, today, reading), several in questions(asked).items():
        for facts in several:
            cases = frames_of(asked, ask, facts, today)
            list(answered(asked, ask, cases, today, reading, FRAMES["polars"], "polars"))
    found = Counter(REFUSED)
    found.subtract(before)
    return {what: count for (kind, what), count in found.items() if kind == "polars" and count}


def _cases_agree(name: str) -> None:
    asked = policy(name)
    for (ask, today, reading), several in questions(asked).items():
        wanted = [one for one in data(name)["case"] if one["ask"] == ask]
        wanted = [one for one in wanted if (one["today"], one.get("reading")) == (today, reading)]
        for facts in several:
            cases = frames_of(asked, ask, facts, today)
            found = list(answered(asked, ask, cases, today, reading, spark_frame, "pyspark"))
            for one, answer in zip(facts, found, strict=True):
                agree(answer, next(case for case in wanted if case.get("facts", {}) == one))


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    policies(),
    frames(),
    st.sampled_from(((2022, 7, 1), (2023, 2, 28), (2024, 2, 29), (2025, 1, 1))),
)
def test_random_policies_on_random_frames(
    text: str, columns: dict[str, list[Any]], day: tuple[int, int, int]
) -> None:
    asked, date = Policy.from_text(text), datetime.date(*day)
    there = {name for name, several in columns.items() if any(one is not None for one in several)}
    kept: dict[str, list[Any]] = {name: columns[name] for name in columns if name in there}
    if not kept:
        return
    kept["place"] = list(range(len(kept[min(there)])))
    found = asked.evaluate_frame(spark_frame(kept), NAMES, date, explain="conditions")
    for row in rows_of(found):
        facts = {name: kept[name][row["place"]] for name in there}
        for name in NAMES:
            expected = outcome(asked, name, facts, date)
            value = row.get("pays.value") if name == "pays" else None
            assert (row[f"{name}.outcome"], value) == expected, (name, facts)


@pytest.mark.parametrize("ansi", ["true", "false"])
@pytest.mark.parametrize(
    ("kind", "scores", "outcomes"),
    [
        ("bigint", [2**63 - 1, -(2**63), 525], [None, None, "holds"]),
        ("smallint", [524, 525, 2**15 - 1], ["fails", "holds", None]),
        ("float", [524.5, 525.5, float("nan")], ["fails", "holds", "undetermined"]),
        ("double", [1e300, float("-inf"), 524.99], [None, None, "fails"]),
        ("decimal(10,2)", [Decimal("524.99"), Decimal("1e7"), None], ["fails", None, UNKNOWN]),
        (
            "decimal(38,0)",
            [Decimal(10) ** 37, Decimal(525), Decimal(524)],
            [None, "holds", "fails"],
        ),
        (
            "decimal(38,18)",
            [Decimal("525.000001"), Decimal("524.999999999999999999"), Decimal(10) ** 19],
            ["holds", None, None],
        ),
    ],
)
def test_numbers_at_the_edge_of_their_type(
    ansi: str, kind: str, scores: list[Any], outcomes: list[str | None]
) -> None:
    """Under `spark.sql.ansi.enabled` what does not fit stops a job; else it would wrap."""
    spark = session()
    before = spark.conf.get("spark.sql.ansi.enabled")
    spark.conf.set("spark.sql.ansi.enabled", ansi)
    try:
        rows = [(score, "nursing", False) for score in scores]
        schema = f"score {kind}, track string, expelled boolean"
        found = POLICY.evaluate_frame(spark.createDataFrame(rows, schema), "entry", DAY)
        assert [row["entry.outcome"] for row in rows_of(found)] == outcomes
    finally:
        spark.conf.set("spark.sql.ansi.enabled", before)


TABLES = Policy.from_text("""language 1
policy p { title en "P" }
choice c { one, two }
entity person { pay : yuan }
entity stay { pay : yuan }
fact guardian : person
fact tags : list of c
fact stays : list of stay
fact m : yuan, between 0 yuan and 100 yuan
define rich = guardian.pay is at least 10 yuan
rule bare { fulfilled when count of tags is at least 1 and rich }
rule around { fulfilled when (count of stays where (pay is more than m) is at least 1) and rich }
rule observed { fulfilled when m is at least 10 yuan and rich }
""")


@pytest.mark.parametrize(
    ("name", "table"), [("bare", "tags"), ("around", "stays"), ("observed", "m")]
)
def test_a_point_in_a_name_is_no_matter_beside_tables(name: str, table: str) -> None:
    """Spark takes a point for a step into a structure, in names of other columns, too."""
    frame = spark_frame({"id": [1, 2, 3], "guardian.pay": [5, 20, 30], "m": [10, 20, 10]})
    days = [datetime.date(2021, 1, 1)] * 3
    tables = {
        "tags": {"of": [1, 2, 2], "tags": ["one", "two", "one"]},
        "stays": {"of": [1, 2, 3], "pay": [11, 50, 10]},
        "m": {"of": [1, 2, 3], "date": days, "m": [10, 20, 9]},
    }
    children = {table: (spark_frame(tables[table]), "of", "id")}
    found = rows_of(TABLES.evaluate_frame(frame, name, DAY, children=children))
    outcomes = {row["id"]: row[f"{name}.outcome"] for row in found}
    assert outcomes == {1: "fails", 2: "holds", 3: "fails"}


# ---- the page on clusters --------------------------------------------------------------------


def test_the_job_of_the_page_does_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spark = session()
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall(PAGE.read_text("utf-8"))
    assert sum("assert " in text for _, text in blocks) >= 3
    space: dict[str, object] = {}
    for language, text in blocks:
        if language == "vocp":
            (tmp_path / "admission.vocp").write_text(text, "utf-8")
        else:
            exec(text.replace('.parquet("', f'.parquet("{tmp_path}/'), space)
    assert space["spark"] is not None and spark.version.split(".")[0] >= "4"


# ---- where Java is, and where it is not ----------------------------------------------------


def _without_java(patch: pytest.MonkeyPatch, environment: Mapping[str, str]) -> None:
    patch.setattr(sparks.shutil, "which", lambda name: None)
    patch.delenv("JAVA_HOME", raising=False)
    patch.delenv("CI", raising=False)
    for name, value in environment.items():
        patch.setenv(name, value)


def test_without_java_it_is_skipped_and_in_ci_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    _without_java(monkeypatch, {})
    with pytest.raises(pytest.skip.Exception, match="no Java is found"):
        session()
    _without_java(monkeypatch, {"CI": "true"})
    with pytest.raises(pytest.fail.Exception, match="required where CI is set"):
        session()

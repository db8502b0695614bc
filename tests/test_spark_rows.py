"""Rows of frames of Spark asked one by one: at its workers, with nothing brought to the driver."""

from __future__ import annotations

import datetime
import time
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

from sparks import interpreted, session
from vocpolicy import Policy
from vocpolicy.diagnostics import UsageError

pytestmark = pytest.mark.slow

DAY = datetime.date(2023, 6, 1)
STAFF = Policy.from_text("""language 1
policy staff { title en "Staff" zh "教师" }
choice medal en "medal" zh "奖牌" { gold en "Gold" zh "金", silver en "Silver" zh "银" }
entity visit en "visit" zh "走访" plural "visits" counter "次" {
  paid en "paid" zh "带薪" : yes or no
}
entity stay en "stay" zh "实践" plural "stays" counter "段" {
  marks en "marks" zh "得分" : points, between 0 points and 100 points
  visits en "visits" zh "走访" : list of visit
}
rule visited for stay en "visited" zh "走访" { holds when any one of visits satisfies paid }
fact stays en "stays" zh "实践" : list of stay
fact medals en "medals" zh "奖牌" : list of medal
fact score en "score" zh "分" : points, between 0 points and 100 points
define marks en "marks" zh "得分" = total of stays.marks
define busy en "busy" zh "走访" = count of stays where (visited is holds)
define won en "won" zh "奖数" = count of medals
rule scored en "scored" zh "分" { holds when score is at least 60 points }
""")
NAMES = ["marks", "busy", "won", "scored"]

PEOPLE = {
    "id": ["a", "b", "c", "d", None],
    "medal_key": [1, 2, 2, None, 3],
    "kept": [1, 2, 3, 4, 5],
}
STAYS = {
    "whose": ["a", "a", "b", "c", None],
    "stay": [1, 2, 3, 4, 5],
    "points": [10, 20, None, 101, 7],
}
VISITS = {"stay": [1, 1, 2, 4, None], "paid": [True, None, False, True, True]}
MEDALS = {"who": [1, 1, 2, 3], "medals": ["gold", "银", None, "gold"]}
SCORES = {
    "id": ["a", "a", "b", "c", "c"],
    "date": [datetime.date(2023, 5, 1), DAY, datetime.date(2024, 1, 1), DAY, DAY],
    "score": [70, 50, 90, 70, 70],
}


def asked(make: Any) -> Any:
    """Lists within lists, bare values and observations, over frames that `make` makes."""
    children = {
        "stays": (make(STAYS), "whose", "id"),
        "stays.visits": (make(VISITS), "stay"),
        "medals": (make(MEDALS), "who", "medal_key"),
        "score": (make(SCORES), "id"),
    }
    columns = {"stays.marks": "points"}
    options: dict[str, Any] = {"children": children, "columns": columns, "missing": True}
    return STAFF.evaluate_frame(make(PEOPLE), NAMES, DAY, engine="rows", **options)


def on_spark(cells: Any) -> Any:
    return session().createDataFrame(pa.table(cells))


def test_rows_with_tables_say_what_they_say_in_memory() -> None:
    with interpreted():
        found = asked(on_spark)
        rows = sorted((row.asDict() for row in found.collect()), key=lambda row: row["kept"])
    expected = asked(pl.DataFrame)
    assert found.columns == expected.columns
    assert rows == expected.to_dicts()
    assert [row["marks.value"] for row in rows] == [30.0, None, None, 0.0, None]
    assert [row["marks.outcome"] for row in rows][2:] == [None, "holds", "undetermined"]
    assert [row["scored.outcome"] for row in rows][:3] == ["fails", "undetermined", None]


def test_each_row_may_have_a_day_of_its_own_and_say_why() -> None:
    cells = {"score": [70, 50, 70], "on": [DAY, DAY, None], "note": ["x", None, "y"]}
    with interpreted():
        found = STAFF.evaluate_frame(
            on_spark(cells), "scored", "on", explain="conditions", engine="rows"
        )
        rows = [tuple(row) for row in found.collect()]
    assert rows == [
        (70, DAY, "x", "holds", True),
        (50, DAY, None, "fails", False),
        (70, None, "y", None, None),
    ]


def test_no_job_starts_and_columns_that_are_not_read_stay_as_they_are() -> None:
    """An interval of months is nothing that Arrow, in which rows are sent, has."""
    spark = session()
    text = "SELECT 70 AS score, make_interval(0, 5) AS term, 'a' AS `scored.outcome`"
    spark.sparkContext.setJobGroup("rows asked", "evaluate_frame")
    found = STAFF.evaluate_frame(spark.sql(text), "scored", DAY, engine="rows")
    spark.sparkContext.setJobGroup("rows written", "what the user starts")
    with interpreted():
        assert found.columns == ["score", "term", "scored.outcome"]
        rows = found.selectExpr("score", "string(term)", "`scored.outcome`").collect()
    assert [tuple(row) for row in rows] == [(70, "5 months", "holds")]
    for _ in range(100):  # the tracker hears of jobs in their order, a little later
        if jobs("rows written"):
            break
        time.sleep(0.1)
    assert jobs("rows written") and not jobs("rows asked")


def jobs(group: str) -> list[int]:
    return list(session().sparkContext.statusTracker().getJobIdsForGroup(group))


def test_what_cannot_be_read_is_told_before_anything_runs() -> None:
    frame = session().sql("SELECT make_interval(0, 5) AS score, 'a' AS id")
    with pytest.raises(UsageError) as raised:
        STAFF.evaluate_frame(frame, "scored", DAY, engine="rows")
    assert raised.value.diagnostics[0].code == "V803"
    table = on_spark({"id": [1], "points": ["many"]})
    for children, code in (
        ({"stays": (table, "whose", "id")}, "V805"),
        ({"stays": (table, "id")}, "V685"),
        ({"stays": (on_spark({"id": ["a"], "marks": ["many"]}), "id")}, "V803"),
        ({"stays": (pl.DataFrame({"id": ["a"]}), "id")}, "V686"),
    ):
        with pytest.raises(UsageError) as raised:
            STAFF.evaluate_frame(frame, "marks", DAY, children=children, engine="rows")
        assert [one.code for one in raised.value.diagnostics] == [code]

"""Relations of DuckDB: what is made once is taken again, and says the same of every row."""

from __future__ import annotations

import datetime
from itertools import product
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import pytest

from vocpolicy import Policy
from vocpolicy.columnar.compiled import Plan
from vocpolicy.columnar.duck import projected, projections
from vocpolicy.columnar.logic import TEMPORARY

DAY = datetime.date(2024, 1, 1)
POLICY = """language 1

policy pupils {
  title zh "学生" en "Pupils"
  document notice "notice" dated 2023-01-01
}

choice place zh "名次" en "place" { third, second, first }

entity pupil zh "学生" en "pupil" {
  age zh "年龄" en "age" : years, between 0 years and 120 years
  award zh "名次" en "award" : place or none
  resident zh "户籍" en "resident" : yes or no
}

rule entry for pupil decides entry zh "录取" en "entry" {
  cite notice 一
  eligible when any of {
    award in (first, second)
    all of {
      resident
      age is at most 22 years
    }
  }
  except when award is third
    cite notice 二
  otherwise not eligible
}
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_text(POLICY)


def relation(award: str = "VARCHAR") -> Any:
    """Every mix of ages, awards and residence, missing and wrong ones among them."""
    ages = (None, -1, 17, 22, 23, 130)
    wrong = ["O'Brien"] if award == "VARCHAR" else []
    awards = (None, "first", "second", "third", "none", "无", *wrong)
    connection = duckdb.connect()
    cells = f'age INTEGER, award {award}, resident BOOLEAN, "a ""b" TEXT'
    connection.execute(f"CREATE TABLE pupils ({cells})")
    rows = [(*row, "kept") for row in product(ages, awards, (None, True, False))]
    connection.executemany("INSERT INTO pupils VALUES (?, ?, ?, ?)", rows)
    return connection.table("pupils")


def judged(relation: Any, at: int) -> list[str]:
    """The rows in order; those that are wrong only up to their outcome."""
    return sorted(str(row if row[at] else row[: at + 1]) for row in relation.fetchall())


@pytest.mark.parametrize("award", ["VARCHAR", "ENUM('first', 'second', 'third', 'none', '无')"])
@pytest.mark.parametrize("explain", ["", "conditions", "codes", "text"])
def test_the_projections_say_what_rows_say(policy: Policy, award: str, explain: str) -> None:
    given = relation(award)
    several = {"missing": True, "explain": explain}
    first = policy.evaluate_frame(given, "entry", DAY, **several)
    again = policy.evaluate_frame(given, "entry", DAY, **several)
    by_rows = policy.evaluate_frame(given, "entry", DAY, engine="rows", **several)
    assert first.columns == again.columns == by_rows.columns
    at = first.columns.index("entry.outcome")
    assert judged(first, at) == judged(again, at) == judged(by_rows, at)


def made(*rounds: tuple[nw.Expr, ...], kept: tuple[str, ...] = ("n", "said")) -> Plan:
    return Plan((), rounds, kept, ())


def taken(relation: Any, plan: Plan) -> tuple[tuple[str, ...], list[Any]]:
    texts = projections(nw.from_native(relation), plan)
    return texts, projected(relation, texts).fetchall() if texts else []


def numbers() -> Any:
    return duckdb.connect().sql("SELECT * FROM (VALUES (1), (2), (NULL)) AS t(n)")


def named(at: int) -> str:
    return f"{TEMPORARY}{at}"


def test_what_is_used_once_stands_where_it_is_used() -> None:
    once, said = nw.col("n") + 1, (nw.col(named(0)) * 2).alias("said")
    texts, found = taken(numbers(), made((once.alias(named(0)),), (said,)))
    assert len(texts) == 1 and TEMPORARY not in texts[0]
    assert found == [(1, 4), (2, 6), (None, None)]


def test_what_is_used_twice_is_made_once_and_dropped() -> None:
    twice, said = nw.col("n") + 1, (nw.col(named(0)) * nw.col(named(0))).alias("said")
    texts, found = taken(numbers(), made((twice.alias(named(0)),), (said,)))
    assert len(texts) == 2 and texts[0].count("+") == 1
    assert found == [(1, 4), (2, 9), (None, None)]


def test_a_text_that_looks_like_a_column_stays_a_text() -> None:
    text = f'"{named(0)}"'
    said = nw.when(nw.col(named(0)) == 2).then(nw.lit(text)).otherwise(nw.lit("it's")).alias("said")
    texts, found = taken(numbers(), made(((nw.col("n") + 1).alias(named(0)),), (said,)))
    assert len(texts) == 1
    assert found == [(1, text), (2, "it's"), (None, "it's")]


def test_a_column_of_the_relation_that_is_made_anew_is_left_to_narwhals() -> None:
    assert taken(numbers(), made(((nw.col("n") + 1).alias("n"),), kept=("n",))) == ((), [])


def test_columns_over_other_rows_are_left_to_narwhals() -> None:
    total = nw.col("n").sum().over("n").alias("said")
    assert taken(numbers(), made((total,))) == ((), [])

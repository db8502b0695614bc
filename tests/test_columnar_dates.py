"""Each row judged on a day of its own, and dates reckoned from several facts."""

from __future__ import annotations

import datetime
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from columns import FRAMES, cells_of, columns_of, settled
from vocpolicy import Policy
from vocpolicy.diagnostics import FactError

POLICY = Policy.from_text("""language 1
policy by_date { title en "By date" zh "按日期"; in force 2022-01-01 to 2024-12-31 }
fact score zh "分" en "score" : points, between 0 points and 100 points
fact born zh "生" en "born" : date
parameter line zh "线" en "line" : points {
  from 2022-06-01 = 40 points
  from 2023-01-01 to 2023-12-31 = 60 points
}
rule pass zh "过" en "pass" {
  eligible when score is at least line and whole years between born and today is at least 18 years
}
rule later zh "后" en "later" {
  in force 2023-07-01
  holds when born + 20 years is at most today
}
rule bonus zh "加" en "bonus" {
  gives line - score when score is at least 10 points
  otherwise gives 0 points
}
""")
DAYS = ["2021-01-01", "2022-03-01", "2022-06-01", "2022-12-31", "2023-01-01", "2023-06-30"]
DAYS += ["2023-07-01", "2023-12-31", "2024-01-01", "2024-06-01", "2025-01-01"]
CELLS: dict[str, list[Any]] = {
    "day": [*map(date.fromisoformat, DAYS), None],
    "score": [50, 60, 40, None, 59, 60, 30, 60, 70, 80, 90, 1],
    "born": [
        *(date(2003, 1, 1), date(2004, 6, 1), date(2004, 6, 1), date(2004, 12, 31)),
        *(date(2005, 1, 1), None, date(2003, 7, 1), date(2003, 7, 2), date(2006, 1, 1)),
        *(date(2006, 6, 2), date(2000, 1, 1), date(2000, 1, 1)),
    ],
}
RULES = ["pass", "later", "bonus"]


@pytest.mark.parametrize("kind", FRAMES)
def test_each_row_is_judged_on_its_own_day(kind: str) -> None:
    found = POLICY.evaluate_frame(FRAMES[kind](CELLS), RULES, "day", missing=True, engine="columns")
    rows = POLICY.evaluate_frame(FRAMES[kind](CELLS), RULES, "day", missing=True, engine="rows")
    found, rows = settled(found), settled(rows)
    for name in columns_of(rows):
        assert cells_of(found, name) == cells_of(rows, name), name
    for place, day in enumerate(CELLS["day"][:-1]):
        facts = {name: CELLS[name][place] for name in ("score", "born")}
        for name in RULES:
            verdict = POLICY.evaluate(name, facts, day)
            assert cells_of(found, f"{name}.outcome")[place] == verdict.outcome.value
            assert cells_of(found, f"{name}.missing")[place] == ", ".join(verdict.missing)
    assert cells_of(found, "pass.outcome")[-1] is None


def test_a_date_is_no_column() -> None:
    frame = pl.DataFrame(CELLS)
    text = POLICY.evaluate_frame(frame, "pass", "2023-07-01")
    assert text.equals(POLICY.evaluate_frame(frame, "pass", date(2023, 7, 1)))


HEAD = """language 1
policy reckoned {{ title en "Reckoned" zh "推算"; month end {end} }}
fact one zh "甲" en "one" : date
fact other zh "乙" en "other" : date
fact wait zh "等" en "wait" : months, between 0 months and 40 months
fact rest zh "休" en "rest" : days, between 0 days and 900 days
rule years zh "年" en "years" {{
  holds when whole years between one and other is at least 1 year }}
rule span zh "月" en "span" {{ gives whole months between one and other when one is at most other
  otherwise gives 0 months }}
rule gap zh "日" en "gap" {{ holds when days between one and other is more than 30 days }}
rule after zh "后" en "after" {{ holds when one + wait is at most other }}
rule later zh "迟" en "later" {{ holds when one + rest is less than other + 2 months }}
rule first zh "先" en "first" {{ holds when smaller of (one, other) is at least 2023-02-28 }}
"""
NEAR = st.dates(date(2022, 12, 25), date(2024, 4, 5))
EDGES = st.sampled_from([date(2024, 2, 29), date(2023, 2, 28), date(2023, 1, 31), date(2023, 3, 1)])
SOME = st.one_of(NEAR, EDGES, EDGES, st.none())
RECKONED = {end: Policy.from_text(HEAD.format(end=f"round {end}")) for end in ("up", "down")}
RECKONED["refuse"] = Policy.from_text(HEAD.format(end="refuse"))
NAMES = ["years", "span", "gap", "after", "later", "first"]


@pytest.mark.parametrize("end", RECKONED)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(SOME, SOME, st.one_of(st.none(), st.integers(0, 14)), st.integers(0, 70)),
        min_size=1,
        max_size=8,
    )
)
def test_dates_are_reckoned_as_the_interpreter_does(end: str, rows: list[Any]) -> None:
    policy, day = RECKONED[end], datetime.date(2024, 1, 1)
    kinds = {"one": pl.Date, "other": pl.Date, "wait": pl.Int64, "rest": pl.Int64}
    frame = pl.DataFrame(rows, schema=kinds, orient="row")
    found = policy.evaluate_frame(frame, NAMES, day, missing=True, engine="columns")
    for place, row in enumerate(rows):
        facts = dict(zip(kinds, row, strict=True))
        for name in NAMES:
            try:
                verdict = policy.evaluate(name, facts, day)
            except FactError:
                assert found[f"{name}.outcome"][place] is None
                continue
            assert found[f"{name}.outcome"][place] == verdict.outcome.value, (name, facts)
            assert found[f"{name}.missing"][place] == ", ".join(verdict.missing), (name, facts)
            if name == "span" and verdict.outcome.value == "holds":
                assert found["span.value"][place] == float(verdict.value)

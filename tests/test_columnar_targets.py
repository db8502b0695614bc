"""Targets measured from registers, and what of a frame cannot be read."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from columns import FRAMES, cells_of, columns_of, settled
from vocpolicy import Policy
from vocpolicy.columnar import Count, Total
from vocpolicy.diagnostics import UsageError

POLICY = Policy.from_text("""language 1
policy measured { title en "Measured" zh "测量"; in force 2020-01-01 to 2025-12-31 }
kind post zh "岗位" en "post" plural "posts"
entity teacher zh "教师" en "teacher" plural "teachers" counter "名" {
  certified zh "持证" en "certified" : yes or no
  full_time zh "专任" en "full time" : yes or no
}
fact teachers zh "教师名册" en "teachers" : list of teacher
fact full zh "专任教师" en "full-time teachers" : count of post, between 0 and 1000000
fact dual zh "双师型" en "dual" : count of post, at most full
fact score zh "分" en "score" : points, between 0 points and 100 points
fact cost zh "费用" en "cost" : yuan, between 0 yuan and 1000000 yuan
fact started zh "启动" en "started" : yes or no
rule able zh "达标" en "able" { fulfilled when score is at least 60 points }
target share zh "占比" en "share" {
  stock
  measure dual / full if zero 0%
  baseline 20% at end of 2020
  milestone at least 40% by end of 2023
  goal at least 60% by end of 2025
}
target cheap zh "费用" en "cheap" {
  stock
  measure cost
  baseline 900 yuan at end of 2020
  goal at most 300 yuan by end of 2025
}
target range zh "区间" en "range" {
  applies when started
  stock
  measure cost
  baseline between 500 yuan and 800 yuan at end of 2020
  goal between 100 yuan and 300 yuan by end of 2025
}
target listed zh "名册占比" en "listed" {
  stock
  measure share of teachers where full_time satisfies certified if empty 0%
  baseline 10% at end of 2020
  goal at least 50% by end of 2025
}
provision begin zh "启动" en "begin" { promote en "it" zh "它"; evidence begun : yes or no }
""")
TARGETS = ("share", "cheap", "range", "begin")
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "full": st.one_of(st.none(), st.sampled_from((0, 1, 5, 10, 50))),
            "dual": st.one_of(st.none(), st.sampled_from((0, 1, 2, 3, 5, 30))),
            "cost": st.one_of(st.none(), st.sampled_from((0, 100, 300, 301, 540, 800, 900))),
            "started": st.one_of(st.none(), st.booleans()),
            "begun": st.one_of(st.none(), st.booleans()),
        }
    ),
    min_size=1,
    max_size=6,
)
DATES = st.sampled_from(
    [
        *(datetime.date(year, 7, 1) for year in (2019, 2021, 2023, 2024)),
        *(datetime.date(2025, 12, 31), datetime.date(2026, 1, 1)),
    ]
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(ROWS, DATES)
def test_targets_of_rows_are_judged_as_evaluate_judges(rows: list[Any], day: Any) -> None:
    kinds = {"full": pl.Int64, "dual": pl.Int64, "cost": pl.Int64, "started": pl.Boolean}
    kinds["begun"] = pl.Boolean
    frame = pl.DataFrame(rows, schema=kinds)
    options: dict[str, Any] = {"missing": True}
    found = POLICY.evaluate_frame(frame, TARGETS, day, engine="columns", **options)
    slow = POLICY.evaluate_frame(frame, TARGETS, day, engine="rows", **options)
    assert found.columns == slow.columns
    for name in found.columns:
        assert found[name].to_list() == slow[name].to_list(), name


TEACHERS = {
    "district": ["A", "A", "A", "B", "B", "C"],
    "score": [70, 61, 20, 80, 90, None],
    "certified": [True, False, True, True, True, False],
    "full_time": [True, True, False, True, True, True],
    "pay": [1.5, 2.25, 0.0, 10.0, 20.0, 3.5],
}
DAY = datetime.date(2023, 6, 30)


@pytest.mark.parametrize("kind", FRAMES)
def test_a_target_by_group_is_what_evaluate_says_of_each_group(kind: str) -> None:
    frame = FRAMES[kind](TEACHERS)
    measures = {"full": Count(), "dual": Count("able"), "cost": Total("pay")}
    found = settled(
        POLICY.measure_frame(
            frame, ["share", "cheap"], DAY, by="district", measures=measures, missing=True
        )
    )
    facts = {
        "A": {"full": 3, "dual": 2, "cost": Fraction(15, 4)},
        "B": {"full": 2, "dual": 2, "cost": 30},
        "C": {"full": 1, "cost": Fraction(7, 2)},
    }
    rows = {name: cells_of(found, name) for name in columns_of(found)}
    assert sorted(rows["district"]) == ["A", "B", "C"]
    for place, district in enumerate(rows["district"]):
        for name in ("share", "cheap"):
            verdict = POLICY.evaluate(name, facts[district], DAY)
            assert rows[f"{name}.outcome"][place] == verdict.outcome.value
            assert rows[f"{name}.wording"][place] == verdict.wording_key
            value = None if verdict.value is None else float(verdict.value)
            assert rows[f"{name}.value"][place] == value
            assert rows[f"{name}.missing"][place] == ", ".join(verdict.missing)


@pytest.mark.parametrize("kind", FRAMES)
def test_a_register_is_measured_member_by_member(kind: str) -> None:
    frame = FRAMES[kind](TEACHERS)
    found = settled(POLICY.measure_frame(frame, "listed", DAY, by="district", register="teachers"))
    districts = dict(zip(cells_of(found, "district"), cells_of(found, "listed.value"), strict=True))
    assert districts == {"A": 0.5, "B": 1.0, "C": 0.0}
    whole = settled(POLICY.measure_frame(frame, "listed", DAY, register="teachers"))
    assert cells_of(whole, "listed.value") == [0.6]
    assert cells_of(whole, "listed.outcome") == ["holds"]


def test_shortfall_is_what_lacks_to_the_goal() -> None:
    frame = pl.DataFrame({"full": [10, 10], "dual": [3, 8], "cost": [450, 100]})
    found = POLICY.evaluate_frame(frame, ["share", "cheap"], DAY)
    assert found["share.shortfall"].to_list() == [0.3, 0.0]
    assert found["cheap.shortfall"].to_list() == [150.0, 0.0]


def test_sums_that_are_not_exact_or_too_large_are_missing() -> None:
    frame = pl.DataFrame({"g": [1, 1, 2, 2], "pay": [0.1, 0.2, 0.1234567, 1.0]})
    found = POLICY.measure_frame(frame, "cheap", DAY, by="g", measures={"cost": Total("pay")})
    assert found["cheap.value"].to_list() == [0.3, None]
    large = pl.DataFrame({"pay": [2**62, 2**62, 2**62]})
    found = POLICY.measure_frame(large, "cheap", DAY, measures={"cost": Total("pay")})
    assert found["cheap.outcome"].to_list() == ["undetermined"]


@pytest.mark.parametrize(
    ("measures", "code"),
    [
        ({"full": Count("abel")}, "V805"),
        ({"ful": Count()}, "V681"),
        ({"cost": Total("wage")}, "V805"),
        ({"cost": Total("district")}, "V687"),
    ],
)
def test_measures_of_what_is_not_there_are_refused(measures: Any, code: str) -> None:
    frame = pl.DataFrame(TEACHERS)
    with pytest.raises(UsageError) as caught:
        POLICY.measure_frame(frame, "share", DAY, measures=measures)
    assert [one.code for one in caught.value.diagnostics] == [code]


@pytest.mark.parametrize("kind", FRAMES)
def test_what_cannot_be_read_is_counted(kind: str) -> None:
    frame = FRAMES[kind]({"score": [50.0, None, 101.0, 0.1234567, 60.0]})
    (score,) = POLICY.check_frame(frame, "able", DAY)
    assert (score.rows, score.empty, score.not_exact, score.wrong) == (5, 1, 1, 1)
    assert not score.fine
    (fine,) = POLICY.check_frame(FRAMES[kind]({"score": [50, 60]}), "able", DAY)
    assert fine.fine and fine.rows == 2


def test_not_a_number_is_counted_apart() -> None:
    frame = pl.DataFrame({"score": [float("nan"), 50.0, None]})
    (score,) = POLICY.check_frame(frame, "able", DAY)
    assert (score.empty, score.not_a_number, score.not_exact, score.wrong) == (1, 1, 0, 0)

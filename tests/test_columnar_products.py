"""Products and choices of numbers of which some are missing: columns say what `evaluate` says."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from vocpolicy import Policy

DAY = datetime.date(2023, 6, 1)
HEAD = """language 1
policy p { title en "P" zh "甲" }
fact x zh "X" en "x" : number, between -6 and 12, in steps of 1
fact y zh "Y" en "y" : number, between 0 and 9, in steps of 0.5
fact low zh "低" en "low" : number, between -9 and -1, in steps of 1
"""
GIVEN = (
    "x * y",
    "x * low",
    "x * x - y",
    "larger of (x, y)",
    "smaller of (x * low, y)",
    "round down (y / 100) to 1",
    "larger of (x * y, 3)",
)
ASKED = ("x * y is at least 3", "x * low is less than y", "low * low is more than x * y")


def test_zero_times_anything_is_zero_and_bounds_may_tell_the_larger() -> None:
    policy = Policy.from_text(
        HEAD
        + 'rule a en "a" zh "一" { gives x * y }\nrule b en "b" zh "二" { gives larger of (x, y) }'
    )
    frame = pl.DataFrame({"x": [0, None, 12, 3, None], "y": [None, 0.0, None, 1.5, None]})
    found = policy.evaluate_frame(frame, ["a", "b"], DAY, engine="columns")
    assert found["a.value"].to_list() == [0.0, 0.0, None, 4.5, None]
    assert found["b.value"].to_list() == [None, None, 12.0, 3.0, None]


CELLS = {
    "x": st.none() | st.integers(-6, 12),
    "y": st.none() | st.integers(0, 18).map(lambda steps: steps / 2),
    "low": st.none() | st.integers(-9, -1),
}


@pytest.mark.parametrize("value", GIVEN)
@settings(max_examples=15, deadline=None)
@given(rows=st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=12))
def test_columns_give_what_evaluate_gives(value: str, rows: list[dict[str, Any]]) -> None:
    policy = Policy.from_text(f'{HEAD}rule r en "r" zh "规" {{ gives {value} }}')
    found = policy.evaluate_frame(_frame(rows), "r", DAY, engine="columns")
    verdicts = [policy.evaluate("r", _facts(row), DAY) for row in rows]
    assert found["r.outcome"].to_list() == [one.outcome.value for one in verdicts]
    given_ = [None if one.value is None else float(_number(one.value)) for one in verdicts]
    assert found["r.value"].to_list() == given_


@pytest.mark.parametrize("condition", ASKED)
@settings(max_examples=15, deadline=None)
@given(rows=st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=12))
def test_columns_decide_as_evaluate_does(condition: str, rows: list[dict[str, Any]]) -> None:
    policy = Policy.from_text(f'{HEAD}rule r en "r" zh "规" {{ holds when {condition} }}')
    found = policy.evaluate_frame(_frame(rows), "r", DAY, engine="columns")
    expected = [policy.evaluate("r", _facts(row), DAY).outcome.value for row in rows]
    assert found["r.outcome"].to_list() == expected


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"x": pl.Int64, "y": pl.Float64, "low": pl.Int64})


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _number(value: object) -> Fraction:
    assert isinstance(value, Fraction)
    return value

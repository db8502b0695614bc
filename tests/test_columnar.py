"""What frames are for: kinds of frames, explanations, values, and what is refused."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from columns import FRAMES, cells_of
from vocpolicy import Policy
from vocpolicy.diagnostics import UsageError

DAY = datetime.date(2023, 6, 1)
POLICY = Policy.from_text("""language 1
policy register { title zh "登记" en "Register" }
kind school zh "学校" en "school" plural "schools"
choice track zh "方向" en "track" { nursing zh "护理" en "Nursing", culinary zh "烹饪" en "Culinary"
}
fact score zh "总分" en "score" : points, between 0 points and 750 points
fact track zh "方向" en "track" : track
fact expelled zh "开除" en "expelled" : yes or no
fact part zh "部分" en "part" : count of school, at most whole
fact whole zh "全部" en "whole" : count of school, between 1 and 100000
fact income zh "收入" en "income" : yuan, at least 0 yuan
rule entry zh "录取" en "entry" {
  eligible when score is at least 525 points and track is nursing except when expelled
}
rule share zh "占比" en "share" { satisfied when part / whole is at least 2 / 3 }
fact length zh "长" en "length" : metres, at least 0 metres
fact width zh "宽度" en "width" : metres, at least 0 metres
fact height zh "高" en "height" : metres, at least 0 metres
rule roomy zh "宽敞" en "roomy" {
  satisfied when length * width * height is at least 800 cubic_metres
}
rule bonus zh "加分" en "bonus" { gives score * 2 when not expelled; otherwise gives 0 points }
rule twice decides paid zh "付" en "paid" {
  gives score * 3 when expelled
  gives 30 points when expelled
}
rule poor zh "低收入" en "poor" { holds when income is less than 1000.50 yuan }
""")
CELLS = {
    "score": [530, 524, None, 600],
    "track": ["nursing", "nursing", "nursing", "culinary"],
    "expelled": [False, False, False, None],
}


@pytest.mark.parametrize("kind", FRAMES)
def test_the_same_kind_of_frame_comes_back_with_its_own_columns_first(kind: str) -> None:
    frame = FRAMES[kind](CELLS)
    found = POLICY.evaluate_frame(frame, "entry", DAY)
    assert type(found) is type(frame)
    assert cells_of(found, "score") == CELLS["score"]
    assert cells_of(found, "entry.outcome") == ["holds", "fails", "undetermined", "fails"]


@pytest.mark.parametrize("kind", FRAMES)
def test_conditions_are_columns_that_say_what_they_are(kind: str) -> None:
    found = POLICY.evaluate_frame(FRAMES[kind](CELLS), "entry", DAY, explain="conditions")
    least = cells_of(found, "entry: score is at least 525 points")
    assert least == [True, False, None, True]
    assert cells_of(found, "entry: expelled") == [False, False, False, None]


def test_codes_and_text_pack_the_conditions() -> None:
    frame = FRAMES["polars"](CELLS)
    codes = POLICY.evaluate_frame(frame, "entry", DAY, explain="codes")
    assert cells_of(codes, "entry.codes") == [0b000101, 0b000100, 0b000110, 0b100001]
    text = POLICY.evaluate_frame(frame, "entry", DAY, explain="text")
    first = "+ score is at least 525 points; + track is nursing; - expelled"
    assert cells_of(text, "entry.text")[0] == first


@pytest.mark.parametrize("kind", FRAMES)
def test_values_stand_beside_outcomes(kind: str) -> None:
    cells = {"score": [100, 10, None, 5], "expelled": [False, True, False, None]}
    found = POLICY.evaluate_frame(FRAMES[kind](cells), "bonus", DAY)
    assert cells_of(found, "bonus.outcome") == ["holds", "holds", "undetermined", "undetermined"]
    assert cells_of(found, "bonus.value") == [200, 0, None, None]


def test_values_that_differ_clash_and_those_that_agree_do_not() -> None:
    cells = {"score": [20, 10, 30], "expelled": [True, True, False]}
    found = POLICY.evaluate_frame(FRAMES["polars"](cells), "paid", DAY)
    expected = [
        POLICY.evaluate("paid", {"score": score, "expelled": expelled}, DAY).outcome.value
        for score, expelled in zip(*cells.values(), strict=True)
    ]
    assert cells_of(found, "paid.outcome") == expected == ["conflict", "holds", "not_applicable"]


@pytest.mark.parametrize("kind", FRAMES)
def test_a_ratio_on_its_line_is_exact_and_bounds_are_used(kind: str) -> None:
    cells = {"part": [66666, 66667, None, 1, 5], "whole": [100000, 100000, 2, None, 4]}
    found = POLICY.evaluate_frame(FRAMES[kind](cells), "share", DAY)
    outcomes = ["fails", "holds", "undetermined", "undetermined", None]
    assert cells_of(found, "share.outcome") == outcomes


def test_wrong_cells_leave_their_row_without_an_outcome() -> None:
    cells = {"score": [751, 530], "track": ["nursing", "welding"], "expelled": [False, False]}
    found = POLICY.evaluate_frame(FRAMES["polars"](cells), "entry", DAY)
    assert cells_of(found, "entry.outcome") == [None, None]


def test_not_a_number_is_missing_and_labels_are_values() -> None:
    frame = pl.DataFrame(
        {"score": [float("nan"), 525.0], "track": ["护理", "Nursing"], "expelled": [False, False]}
    )
    found = POLICY.evaluate_frame(frame, "entry", DAY)
    assert cells_of(found, "entry.outcome") == ["undetermined", "holds"]


@pytest.mark.parametrize("cell", [Decimal("1000.49"), 1000.49])
def test_money_is_exact(cell: Any) -> None:
    over = type(cell)("1000.50")
    found = POLICY.evaluate_frame(pl.DataFrame({"income": [cell, over]}), "poor", DAY)
    assert cells_of(found, "poor.outcome") == ["holds", "fails"]


def test_columns_may_have_other_names() -> None:
    frame = FRAMES["polars"](CELLS).rename({"score": "总分"})
    found = POLICY.evaluate_frame(frame, "entry", DAY, columns={"score": "总分"})
    assert cells_of(found, "entry.outcome")[0] == "holds"


def test_what_might_not_fit_is_refused_and_a_narrower_column_is_not() -> None:
    frame = pl.DataFrame({"length": [15], "width": [9], "height": [6]})
    with pytest.raises(UsageError) as caught:
        POLICY.evaluate_frame(frame, "roomy", DAY, engine="columns")
    assert [one.code for one in caught.value.diagnostics] == ["V802"]
    small = POLICY.evaluate_frame(frame.cast(pl.Int32), "roomy", DAY, engine="columns")
    assert cells_of(small, "roomy.outcome") == ["holds"]


def test_a_lazy_frame_is_not_computed() -> None:
    def never(_: pl.DataFrame) -> pl.DataFrame:
        raise AssertionError("computed")

    frame = FRAMES["polars"](CELLS)
    lazy = frame.lazy().map_batches(never, schema=frame.schema)
    assert "entry.outcome" in POLICY.evaluate_frame(lazy, "entry", DAY).collect_schema()


@pytest.mark.parametrize("engine", ["rows", "columns", None])
def test_a_fact_that_is_missing_is_bounded_by_one_that_names_it(engine: str | None) -> None:
    """`low` is not asked for, but what it says of `top` is known all the same."""
    policy = Policy.from_text("""language 1
policy p { title en "P" }
fact top : points, between 0 points and 10 points
fact low : points, at most top
rule reached { holds when top is at least 3 points }
""")
    frame = pl.DataFrame(
        {"top": [None, None, 2], "low": [3, 2, 1]}, schema_overrides={"top": pl.Int64}
    )
    found = policy.evaluate_frame(frame, "reached", DAY, engine=engine, missing=True)
    assert found["reached.outcome"].to_list() == ["holds", "undetermined", "fails"]
    assert found["reached.missing"].to_list() == ["", "top", ""]

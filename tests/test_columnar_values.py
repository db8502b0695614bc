"""Random chains of rules that give values, scales, and values of every kind, on random frames:
columns say what the interpreter says of each row, missing facts included."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from columns import FRAMES, cells_of, columns_of, settled
from shapes import shaped
from vocpolicy import Policy
from vocpolicy.diagnostics import FactError

HEAD = """language 1
policy chains { title zh "链" en "Chains"; month end round down }
kind school zh "学校" en "school" plural "schools"
choice medal zh "奖牌" en "medal" { bronze, silver, gold }
fact asked : yes or no
fact poor : yes or no
fact score : points, between 0 points and 100 points, in steps of 0.5 points
fact extra : points, between 0 points and 20 points
fact pay : yuan, between 0 yuan and 1000000 yuan
fact grant : yuan or none, between 0 yuan and 5000 yuan
fact prize : medal
fact award : medal or none
fact born : date, at least 1990-01-01
fact left : date or none
define fee = band of score { from 0 points = 100 yuan; from 60 points = 50 yuan;
  from 85 points = 0 yuan }
define rating = band of score { from 40 points = bronze; from 60 points = silver;
  from 90 points = gold }
define price = band of born { from 2004-01-01 = 5 yuan; from 2005-07-01 = 6 yuan }
define own = band of score { from 50 points = pay; from 80 points = pay * 2 }
define limit = band of extra { from 0 points = 2004-06-01; from 10 points = born }
define tax = marginal scale of pay { from 0 yuan = 3%; from 300 yuan = 10%; from 20000 yuan = 20% }
"""

LEAVES = (
    "asked",
    "poor",
    "score is at least 50 points",
    "extra is at least 10 points",
    "fee is at least 50 yuan",
    "fee is 50 yuan",
    "rating is silver",
    "rating is none",
    "rating is not none",
    "rating is prize",
    "rating in (bronze, silver)",
    "price is at most 5 yuan",
    "price is none",
    "own is more than pay",
    "own is at least 700 yuan",
    "limit is at most born",
    "limit is 2004-06-01",
    "tax is at least 30 yuan",
    "tax + fee is less than 150 yuan",
    "grant is at most pay",
    "grant is none",
    "award is prize",
    "award is not prize",
    "left is at most born",
    "left is none",
    "prize is gold",
)

VALUES = (
    "score",
    "score * 2",
    "extra",
    "score + extra",
    "10 points",
    "0 points",
    "band of extra { from 0 points = 10 points; from 10 points = score }",
)

RULE_LEAVES = (
    "first is at least 20 points",
    "first is 10 points",
    "second is more than first",
    "second is at most 40 points",
    "larger of (first, second) is at least 60 points",
    "first + second is at least 30 points",
    "medals is gold",
    "medals is prize",
    "medals in (gold, silver)",
    "starts is at most 2004-06-01",
    "band of first { from 10 points = 1 yuan; from 30 points = 2 yuan } is 2 yuan",
)


@st.composite
def values(draw: st.DrawFn, name: str, given: tuple[str, ...], also: tuple[str, ...] = ()) -> str:
    """A conclusion that gives values, of one rule or of several of which one may override."""
    leaves = LEAVES + also
    text = ""
    for place in range(draw(st.integers(1, 2))):
        text += f"rule {name}{place} decides {name} {{\n"
        text += f"  overrides {name}0\n" if place and draw(st.booleans()) else ""
        if draw(st.integers(0, 4)) == 0:
            text += f"  applies when {draw(shaped(leaves, max_leaves=2))}\n"
        for _ in range(draw(st.integers(1, 2))):
            value, when = draw(st.sampled_from(given)), draw(shaped(leaves, max_leaves=3))
            text += f"  gives {value} when {when}\n"
        text += "}\n"
    return text


@st.composite
def policies(draw: st.DrawFn) -> str:
    text = HEAD + draw(values("first", VALUES))
    text += draw(values("second", (*VALUES, "first", "first + 5 points", "first * 2")))
    text += draw(values("medals", ("gold", "silver", "prize")))
    text += draw(values("starts", ("born", "2004-06-01", "limit")))
    text += f"rule entry {{ holds when {draw(shaped(LEAVES + RULE_LEAVES, max_leaves=5))} }}\n"
    text += f"rule after {{ holds when {draw(shaped(RULE_LEAVES, max_leaves=3))} and not entry }}\n"
    last = ("first + second", "second", "round half up (first) to 5 points", "tax * 2")
    return text + draw(values("third", ("1 points", *last[:3]), RULE_LEAVES))


def sometimes(several: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(several, several, several, st.none())


COLUMNS: dict[str, st.SearchStrategy[Any]] = {
    "asked": sometimes(st.booleans()),
    "poor": sometimes(st.booleans()),
    "score": sometimes(st.sampled_from((0.0, 10.0, 40.0, 50.0, 59.5, 60.0, 85.0, 90.0, 100.0))),
    "extra": sometimes(st.sampled_from((0, 5, 10, 20, 21))),
    "pay": sometimes(st.sampled_from((0.0, 300.0, 300.01, 350.0, 20000.0, 35000.0))),
    "grant": sometimes(st.sampled_from((0, 300, 350, 5000))),
    "prize": sometimes(st.sampled_from(("bronze", "silver", "gold"))),
    "award": sometimes(st.sampled_from(("bronze", "gold", "none"))),
    "born": sometimes(st.dates(datetime.date(2003, 12, 30), datetime.date(2005, 7, 2))),
    "left": sometimes(st.sampled_from((datetime.date(2004, 6, 1), datetime.date(2005, 1, 1)))),
}
"""What cells of each fact hold, wrong ones among them."""


@st.composite
def frames(draw: st.DrawFn) -> dict[str, list[Any]]:
    rows = draw(st.integers(1, 6))
    names = [name for name in COLUMNS if draw(st.integers(0, 6))]
    return {name: [draw(COLUMNS[name]) for _ in range(rows)] for name in names}


NAMES = ("first", "second", "third", "medals", "starts", "entry", "after", "tax", "rating", "limit")
DAY = datetime.date(2023, 6, 1)


def expected_of(policy: Policy, name: str, row: dict[str, Any]) -> tuple[Any, ...]:
    needed = {fact.name for fact in policy.facts(name)}
    try:
        verdict = policy.evaluate(name, {k: v for k, v in row.items() if k in needed}, DAY)
    except FactError:
        return None, None, None
    value = verdict.value
    if value is not None and not isinstance(value, bool | str | datetime.date):
        value = float(value)
    given = isinstance(value, float | str | datetime.date)
    return verdict.outcome.value, value if given else None, ", ".join(verdict.missing)


@pytest.mark.parametrize("kind", FRAMES)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies(), frames(), st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
def test_what_rules_give_is_worked_out_as_the_interpreter_does(
    kind: str, text: str, cells: dict[str, list[Any]], names: list[str]
) -> None:
    policy = Policy.from_text(text)
    there = {name for name, several in cells.items() if any(one is not None for one in several)}
    if not there:
        return
    frame = FRAMES[kind](cells)
    rows = [
        {name: one for name, one in zip(cells, row, strict=True) if name in there}
        for row in zip(*cells.values(), strict=True)
    ]
    found = settled(policy.evaluate_frame(frame, names, DAY, missing=True, engine="columns"))
    for name in names:
        parts = [cells_of(found, f"{name}.outcome"), cells_of(found, f"{name}.missing")]
        valued = f"{name}.value" in columns_of(found)
        given_ = cells_of(found, f"{name}.value") if valued else [None] * len(rows)
        got = list(zip(parts[0], given_, parts[1], strict=True))
        expected = [expected_of(policy, name, row) for row in rows]
        assert got == expected, name


CONFLICT = (
    HEAD
    + """
rule one decides first { gives 10 points when asked }
rule other decides first { gives 20 points when poor }
rule second { gives first + extra }
rule entry { holds when second is at least 15 points }
rule known { holds when second is at least 15 points or asked }
"""
)


@pytest.mark.parametrize("kind", FRAMES)
def test_a_conflict_is_that_of_what_rests_on_it_alone(kind: str) -> None:
    cells = {"asked": [True, True, False], "poor": [True, True, True], "extra": [1, None, 4]}
    policy, names = Policy.from_text(CONFLICT), ("first", "second", "entry", "known")
    found = settled(policy.evaluate_frame(FRAMES[kind](cells), names, DAY, missing=True))
    outcomes = {name: cells_of(found, f"{name}.outcome") for name in names}
    assert outcomes == {
        "first": ["conflict", "conflict", "holds"],
        "second": ["conflict", "undetermined", "holds"],
        "entry": ["conflict", "undetermined", "holds"],
        "known": ["holds", "holds", "holds"],
    }
    assert cells_of(found, "second.value") == [None, None, 24.0]
    assert cells_of(found, "second.missing") == ["", "extra", ""]


def test_a_long_chain_of_values_is_worked_out_step_by_step() -> None:
    """Each rule once, though the next one asks for it twice."""
    text = HEAD + "rule r0 { gives extra when asked; otherwise gives 1 points }\n"
    for place in range(1, 30):
        text += f"rule r{place} {{ gives smaller of (r{place - 1} + 1 points, 90 points) when "
        text += f"r{place - 1} is at least 0 points; otherwise gives r{place - 1} }}\n"
    frame = FRAMES["polars"]({"asked": [True, False], "extra": [3, 3]})
    found = Policy.from_text(text).evaluate_frame(frame, "r29", DAY, engine="columns")
    assert found["r29.value"].to_list() == [32.0, 30.0]

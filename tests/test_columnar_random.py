"""Random small policies on random frames: columns say what the interpreter says of each row."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from columns import FRAMES, cells_of
from shapes import shaped
from vocpolicy import Policy
from vocpolicy.diagnostics import FactError

HEAD = """language 1
policy random { title zh "随机" en "Random"
  in force 2022-01-01 to 2024-12-31; month end MONTH_END }
kind school zh "学校" en "school" plural "schools"
choice medal zh "奖牌" en "medal" { bronze zh "铜" en "Bronze", silver, gold }
fact asked zh "申请" en "asked" : yes or no
fact expelled zh "开除" en "expelled" : yes or no
fact score zh "分" en "score" : points, between 0 points and 100 points, in steps of 0.5 points
fact bonus zh "加分" en "bonus" : points, between 0 points and 20 points
fact age zh "龄" en "age" : years, between 0 years and 120 years
fact whole zh "全" en "whole" : count of school, between 1 and 100000
fact part zh "部分" en "part" : count of school, at most whole
fact pay zh "工资" en "pay" : yuan, between 0 yuan and 1000000 yuan
fact paid zh "已付" en "paid" : yuan, between 0 yuan and 1000000 yuan
fact hours zh "时" en "hours" : days, between 0 days and 300 days
fact prize zh "奖" en "prize" : medal
fact award zh "奖励" en "award" : medal or none
fact grant zh "补助" en "grant" : yuan or none
fact born zh "出生" en "born" : date, at least 1990-01-01
fact moved zh "迁入" en "moved" : date, at least born
parameter line zh "线" en "line" : points {
  from 2022-06-01 = 40 points
  from 2023-01-01 to 2023-12-31 = 52.5 points
}
define spare zh "余" en "spare" = score * 2 - line
define good zh "好" en "good" = prize is gold or award is gold
"""

LEAVES = (
    "asked",
    "expelled",
    "good",
    "score is at least 50 points",
    "score is more than 49.5 points",
    "score is at least line",
    "spare is less than 33 points",
    "spare is 20 points",
    "score + bonus is at least 60 points",
    "score + bonus is more than line",
    "score - bonus is at most 30 points",
    "bonus + 10 points is at most score * 50%",
    "score * 3 - score is at least 99 points",
    "age is at most 22 years",
    "age is at most 150 years",
    "part / whole is at least 60%",
    "part / whole is more than 33%",
    "part / whole is less than 1 / 3",
    "part / whole is at most 100%",
    "2 / 3 is at most part / whole",
    "whole - part is at least 2 schools",
    "whole is at least 1 school",
    "pay is at least paid",
    "pay is paid",
    "pay / hours if zero 0 yuan per day is at least 100 yuan per day",
    "pay / hours if zero 0 yuan per day is less than 3.5 yuan per day",
    "prize is gold",
    "prize is not silver",
    "prize in (bronze, silver)",
    "prize in (bronze, silver, gold)",
    "award is none",
    "award is not none",
    "award in (gold, silver)",
    "award is gold",
    "grant is at least 100 yuan",
    "grant is none",
    "born is at least 2003-02-28",
    "born + 18 years is at most today",
    "born + 100 days is more than 2005-01-01",
    "moved is at most 2005-06-30",
    "moved is at most born",
    "whole years between born and today is at least 20 years",
    "whole months between today and born is at most 0 months",
    "days between 2004-02-29 and born is less than 10 days",
    "round half up (score * 33%) to 1 points is at least 17 points",
    "larger of (score, 30 points) is less than 60 points",
    "smaller of (score, bonus) is at least 10 points",
    "larger of (score, bonus, 51.5 points) is at most 52 points",
    "round half even (score - bonus) to 5 points is at least 20 points",
    "round half up (bonus - score) to 7 points is less than -14 points",
    "round up (score - bonus) to 10 points is at most 40 points",
    "round down (bonus - score) to 0.5 points is more than -45 points",
    "days between born and moved is at least 100 days",
    "whole months between moved and born is less than -3 months",
    "moved is at most born + 24 months",
    "larger of (born, moved) is at least 2004-01-01",
)


def conditions() -> st.SearchStrategy[str]:
    return shaped(LEAVES, max_leaves=5)


@st.composite
def policies(draw: st.DrawFn) -> str:
    text = HEAD.replace("MONTH_END", draw(st.sampled_from(("round down", "round up"))))
    rules = draw(st.integers(1, 3))
    for place in range(rules):
        lines = [f'rule r{place} decides entry zh "报考" en "entry" {{']
        if place:
            over = draw(st.sampled_from((None, *range(place))))
            lines += [] if over is None else [f"  overrides r{over}"]
        if draw(st.booleans()):
            lines.append("  in force 2023-01-01")
        if draw(st.integers(0, 3)) == 0:
            lines.append(f"  applies when {draw(conditions())}")
        wording = draw(st.sampled_from(("eligible", "not eligible")))
        lines.append(f"  {wording} when {draw(conditions())}")
        if draw(st.booleans()):
            lines.append(f"    except when {draw(conditions())}")
        text += "\n".join([*lines, "}", ""])
    text += f'rule other zh "另" en "other" {{ holds when {draw(conditions())} }}\n'
    text += f'rule third zh "三" en "third" {{ holds when {draw(conditions())} and not other }}\n'
    text += (
        'rule pays zh "付" en "pays" {\n'
        f"  applies when {draw(conditions())}\n"
        f"  gives score * 3 when {draw(conditions())}\n"
        f"  gives 30 points when {draw(conditions())}\n"
        "}\n"
    )
    return text


def sometimes(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, values, st.none())


COLUMNS: dict[str, st.SearchStrategy[Any]] = {
    "asked": sometimes(st.booleans()),
    "expelled": sometimes(st.booleans()),
    "score": sometimes(st.sampled_from((0.0, 25.0, 49.5, 50.0, 51.5, 52.5, 100.0, 100.5, 33.3))),
    "bonus": sometimes(st.sampled_from((0, 5, 10, 20, 21))),
    "age": sometimes(st.integers(18, 25)),
    "whole": sometimes(st.sampled_from((1, 2, 3, 5, 6, 100000, 100001))),
    "part": sometimes(st.sampled_from((0, 1, 2, 3, 66667))),
    "pay": sometimes(st.sampled_from((0, 100, 350, 1000, 35000))),
    "paid": sometimes(st.sampled_from((0.0, 100.0, 99.99, 350.01, 35000.0))),
    "hours": sometimes(st.sampled_from((0, 1, 10, 100))),
    "prize": sometimes(st.sampled_from(("bronze", "silver", "gold", "铜", "Bronze", "tin"))),
    "award": sometimes(st.sampled_from(("bronze", "gold", "none", "无"))),
    "grant": sometimes(st.integers(98, 102)),
    "born": sometimes(st.dates(datetime.date(2003, 1, 1), datetime.date(2006, 12, 31))),
    "moved": sometimes(st.dates(datetime.date(2003, 6, 1), datetime.date(2006, 12, 31))),
}
"""What cells of each fact hold, wrong ones among them."""


@st.composite
def frames(draw: st.DrawFn) -> dict[str, list[Any]]:
    rows = draw(st.integers(1, 8))
    names = [name for name in COLUMNS if draw(st.integers(0, 5))]
    return {name: [draw(COLUMNS[name]) for _ in range(rows)] for name in names}


def outcome(policy: Policy, name: str, row: dict[str, Any], day: datetime.date) -> Any:
    needed = {fact.name for fact in policy.facts(name)}
    needed |= {"whole"} if "part" in needed else set()
    needed |= {"born"} if "moved" in needed else set()
    try:
        verdict = policy.evaluate(name, {k: v for k, v in row.items() if k in needed}, day)
    except FactError:
        return None, None
    value = verdict.value if name == "pays" and verdict.outcome.value == "holds" else None
    return verdict.outcome.value, value


NAMES = ("entry", "other", "third", "pays")


@pytest.mark.parametrize("kind", FRAMES)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    policies(),
    frames(),
    st.sampled_from(((2022, 7, 1), (2023, 2, 28), (2024, 2, 29), (2025, 1, 1))),
)
def test_columns_say_what_the_interpreter_says(
    kind: str, text: str, cells: dict[str, list[Any]], day: tuple[int, int, int]
) -> None:
    policy, date = Policy.from_text(text), datetime.date(*day)
    there = {name for name, several in cells.items() if any(one is not None for one in several)}
    if not there:
        return
    frame = FRAMES[kind](cells)
    rows = [
        {name: one for name, one in zip(cells, row, strict=True) if name in there}
        for row in zip(*cells.values(), strict=True)
    ]
    for name in NAMES:
        found = policy.evaluate_frame(frame, name, date, explain="conditions")
        expected = [outcome(policy, name, row, date) for row in rows]
        assert cells_of(found, f"{name}.outcome") == [one for one, _ in expected]
        if name == "pays" and any(value is not None for _, value in expected):
            values = cells_of(found, "pays.value")
            assert values == [None if v is None else float(v) for _, v in expected]

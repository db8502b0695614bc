"""Facts that are spelled otherwise than programs have them, decided by compiled forms: as policies
read them, and without the library."""

from __future__ import annotations

import datetime
import enum
import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from vocpolicy import MISSING, FactError, Outcome, Policy, load_compiled, save_compiled

DAY = datetime.date(2023, 6, 1)

TEXT = """language 1
policy entry { title zh "报考" en "Entry" }
kind seat zh "个学位" en "seat" plural "seats" counter "个"
choice medal zh "奖牌" en "medal" {
  bronze zh "铜牌" en "bronze medal"
  gold zh "金牌" en "gold medal"
}
entity stay zh "实践" en "stay" {
  first zh "起" en "first" : date, at most last
  last zh "止" en "last" : date
  days zh "天数" en "days" : days, at most 40 days
  share zh "占比" en "share" : ratio
  place zh "地点" en "place" : medal or none
}
entity job zh "工作" en "job" { from zh "起" en "from" : date; to zh "止" en "to" : date or none }
entity pupil zh "学生" en "pupil" {
  score zh "总分" en "score" : points, between 0 points and 750 points, in steps of 0.5 points
  award zh "获奖" en "award" : medal or none
  track zh "方向" en "track" : medal
  born zh "出生" en "born" : date, at least 1980-01-01
  local zh "本地" en "local" : yes or no
  name zh "姓名" en "name" : text
  rent zh "租金" en "rent" : yuan per month
  stay zh "年限" en "stay" : months, less than 20 years
  bonus zh "加分" en "bonus" : points or none
}
fact share zh "占比" en "share" : ratio
fact rate zh "倍率" en "rate" : ratio, at most 300%
fact seats zh "学位" en "seats" : count of seat, at least 1
fact taken zh "已用" en "taken" : count of seat, at most seats
fact size zh "规模" en "size" : number, at least 1
fact stays zh "各次实践" en "stays" : list of stay
fact marks zh "成绩" en "marks" : list of points
fact jobs zh "工作经历" en "jobs" : list of job
fact only zh "唯一" en "only" : stay
fact unread zh "未读" en "unread" : days
rule passes for pupil decides passed zh "通过" en "passed" {
  satisfied when all of {
    score is at least 480 points
    award is gold or track is gold
    born is less than 2010-01-01
    local
    rent is at most 900 yuan per month
    stay is at least 1 years
    bonus is at least 3.5 points or bonus is none
    share is at least 1/3
    rate is less than 250%
    size is at least 2.5
    total of stays.days is at least 20 days
  }
}
"""

WELL: dict[str, list[Any]] = {
    "score": [480, 479.5, "479.5", "480 points", "480分", "４８０ 分", Decimal("500.0"), 481.5],
    "award": ["gold", "金牌", "Gold Medal ", "none", "无", None, "铜牌"],
    "track": ["gold", "bronze", " gold", "金牌"],
    "born": [DAY, "2000-02-29", "2009年12月31日", "2010-1-1", datetime.datetime(2005, 5, 5)],
    "local": [True, False, "yes", "是", "No", "true"],
    "name": ["x", ""],
    "rent": [
        900,
        "900元/月",
        "899.99 yuan per month",
        "0.09万元/月",
        "10,800 元/年",
        "2700元/季度",
    ],
    "stay": [12, "1 year", "1年", "11.5", "1.5 years", "12个月", "3 quarters", Fraction(35, 3)],
    "bonus": [None, "none", 3, 3.5, "7/2", "3.4 分", "无"],
    "share": [0.5, "1/3", "33%", "65 %", "65%", Fraction(1, 3), Decimal("0.333"), 1, "100%"],
    "rate": [2, 2.5, "250%", "2.4", "249.9 %"],
    "seats": [100, "100", "100个", "1万", "100 seats", 10**12],
    "taken": [90, 90.0, "91 个", "0.009万", Decimal("89")],
    "size": [2.5, 2, "2.5", "5/2", 1e3, "2.5e0", "1,000"],
    "unread": [3, "2 weeks", "3天"],
    "stays": [
        [{"days": 30}],
        [{"days": "3 weeks", "first": "2023-01-01", "last": "2023年1月21日"}],
        [{"days": 10.0}, {"days": "10 天", "share": "50%", "place": "无"}, {"days": Decimal(1)}],
        ({"days": "19"}, MappingProxyType({"days": 0, "first": DAY, "place": "金牌"})),
        [],
    ],
    "marks": [[], [3, "4.5 points", Fraction(7, 2)]],
    "jobs": [
        [{"from": "2020-01-01", "to": "无"}, {"from": DAY, "to": "2023年6月2日"}, {"to": None}]
    ],
    "only": [{}, {"days": "2 weeks", "last": "2023-06-01"}],
}
ILL: dict[str, list[Any]] = {
    "score": [751, 480.25, "750.5", "3 weeks", "many", True, float("nan"), "-1", [], 10**40],
    "award": ["silver", 3, ""],
    "track": ["none", "无"],
    "born": ["1979-12-31", "2010-13-01", 2000, "soon", datetime.datetime(2005, 5, 5, 1)],
    "local": ["maybe", 1, 0.0],
    "rent": ["900元/年/年", "900元", "900"],
    "stay": [240, "20 years", "30 days"],
    "share": [65, "2", 2.0, "65 points", float("inf")],
    "rate": [3.5, "301%"],
    "seats": [2.5, "1/2", "2.5 seats"],
    "taken": [10**13, "0.5"],
    "size": [0.5, "0.99", "1 yuan"],
    "unread": ["1 month", "x"],
    "stays": [
        [{"days": 41}],
        [{"days": 30, "first": "2023-02-01", "last": "2023-01-01"}],
        [{"days": 30, "share": 65}],
        [{"days": 30, "length": 3}],
        [{"days": "1 month"}],
        [None],
        {"days": 30},
        "30",
    ],
    "marks": [[True], ["x"], [None], 3],
    "jobs": [[{"from": DAY, "to": "2023-05-31"}], [{"until": DAY}]],
    "only": [{"days": 41}, {"first": DAY, "last": "2000-01-01"}, [1], {"2023": 1}],
    "other": [1],
}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_text(TEXT)


@pytest.fixture(scope="module")
def path(policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("forms") / "entry.vocpc"
    assert save_compiled(policy, place).left == {}
    return place


def said(decide: Any, case: object) -> Outcome | str:
    try:
        found: Outcome = decide("passed", case, DAY)
    except FactError as error:
        return str(error)
    return found


def cases(values: Mapping[str, list[Any]], least: int) -> st.SearchStrategy[dict[str, Any]]:
    """Cases of which at least so many facts are given."""
    several = {name: st.sampled_from(some) for name, some in values.items()}
    lacking = st.sets(st.sampled_from(sorted(several)), max_size=len(several) - least)
    whole = st.fixed_dictionaries(several)
    return st.builds(
        lambda case, gone: {name: value for name, value in case.items() if name not in gone},
        whole,
        lacking,
    )


@settings(max_examples=60, deadline=None)
@given(case=cases(WELL, 8))
def test_well_formed_facts_are_read_as_the_policy_reads_them(
    policy: Policy, path: Path, case: dict[str, Any]
) -> None:
    form = load_compiled(path)
    expected = policy.evaluate("passed", case, DAY).outcome
    assert form.decide("passed", case, DAY) is expected
    assert form.decide("passed", MappingProxyType(case), DAY) is expected
    assert form._policy is None


@settings(max_examples=30, deadline=None)
@given(case=cases(WELL, 8), ill=cases(ILL, 1))
def test_of_others_the_library_says_what_is_wrong(
    policy: Policy, path: Path, case: dict[str, Any], ill: dict[str, Any]
) -> None:
    name = sorted(ill)[0]
    case = {**case, name: ill[name]}
    expected = said(lambda *of: policy.evaluate(*of).outcome, case)
    assert said(load_compiled(path).decide, case) == expected
    assert said(policy.decide, case) == expected


@pytest.mark.parametrize("name", sorted(WELL))
def test_every_spelling_is_read_without_the_library(name: str, policy: Policy, path: Path) -> None:
    case = {one: WELL[one][0] for one in WELL if one != "unread"}
    for value in WELL[name]:
        form = load_compiled(path)
        expected = policy.evaluate("passed", {**case, name: value}, DAY).outcome
        assert form.decide("passed", {**case, name: value}, DAY) is expected, value
        assert form._policy is None, value


@pytest.mark.parametrize("name", sorted(ILL))
def test_no_mistake_is_passed_over(name: str, policy: Policy, path: Path) -> None:
    case = {one: WELL[one][0] for one in WELL if one != "unread"}
    form = load_compiled(path)
    for value in ILL[name]:
        expected = said(lambda *of: policy.evaluate(*of).outcome, {**case, name: value})
        assert said(form.decide, {**case, name: value}) == expected, value
        assert isinstance(expected, str) or name == "rent", (value, expected)


def test_instances_and_enumerations_are_read_too(policy: Policy, path: Path) -> None:
    class Medal(enum.Enum):
        GOLD = "gold"

    @attrs.frozen
    class Pupil:
        score: object = "612 points"
        award: object = Medal.GOLD
        local: object = MISSING
        share: object = Decimal("0.2")

    form = load_compiled(path)
    assert form.decide("passed", Pupil(), DAY) is Outcome.FAILS
    assert form.decide("passed", Pupil(share="50%"), DAY) is Outcome.UNDETERMINED
    assert form._policy is None


ALONE = """
import sys
from decimal import Decimal
from fractions import Fraction
import vocpolicy
form = vocpolicy.load_compiled({path!r})
case = {case!r}
print(form.decide("passed", case, "2023-06-01"))
for other in ({{"score": "479.5 分"}}, {{"share": Fraction(1, 4)}}, {{"rent": Decimal("900.5")}}):
    print(form.decide("passed", {{**case, **other}}, "2023-06-01"))
del case["local"]
print(form.decide("passed", case, "2023-06-01"))
print(*sorted({{"lark", "pint", "attr", "attrs", "vocpolicy.facts"}} & set(sys.modules)))
"""


def test_none_of_this_imports_the_library(path: Path) -> None:
    case = {
        "score": "612 points",
        "award": "金牌",
        "track": "bronze",
        "born": "2004年5月17日",
        "local": "是",
        "rent": "890元/月",
        "stay": 1.5e1,
        "bonus": "无",
        "share": "65 %",
        "rate": "240%",
        "seats": "100个",
        "taken": 80.0,
        "size": 61.5,
        "stays": [{"days": "3 weeks", "first": "2023-01-01", "place": "铜牌"}],
    }
    done = subprocess.run(
        [sys.executable, "-I", "-c", ALONE.format(path=str(path), case=case)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["holds", *["fails"] * 3, "undetermined", ""]

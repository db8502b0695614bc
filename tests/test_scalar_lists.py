"""Rules that go through lists: code decides as the interpreter does, and seldom leaves it to it."""

from __future__ import annotations

import datetime
import functools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from shapes import shaped
from test_scalar_random import counted
from vocpolicy import Outcome, Policy
from vocpolicy.diagnostics import FactError
from vocpolicy.stored.content import read
from vocpolicy.stored.policy import StoredPolicy as Stored
from vocpolicy.stored.saving import compiled_form

HEAD = """language 1
policy random { title zh "随机" en "Random"; month end MONTH_END }
choice grade zh "等级" en "grade" {
  low zh "低" en "low", middle zh "中" en "middle", high zh "高" en "high"
}
kind lesson zh "课时" en "lesson" plural "lessons"
entity stay zh "实践" en "stay" plural "stays" {
  firm zh "企业" en "firm" : text
  from zh "起" en "from" : date
  to zh "止" en "to" : date or none
  pay zh "报酬" en "pay" : yuan, at least 0 yuan
  taught zh "授课" en "taught" : count of lesson, at most planned
  planned zh "计划" en "planned" : count of lesson, at least 1
}
entity award zh "奖" en "award" plural "awards" {
  grade zh "等级" en "grade" : grade
  won zh "日期" en "won" : date
  bonus zh "奖金" en "bonus" : yuan or none
  joint zh "合作" en "joint" : yes or no
  kept zh "保留" en "kept" : grade or none
}
entity teacher zh "教师" en "teacher" plural "teachers" {
  certified zh "持证" en "certified" : yes or no
  score zh "分" en "score" : points, between 0 points and 100 points, in steps of 0.5 points
  stays zh "经历" en "stays" : list of stay
}
fact asked zh "申请" en "asked" : yes or no
fact least_pay zh "最低" en "least pay" : yuan, between 0 yuan and 300 yuan
fact awards zh "奖项" en "awards" : list of award
fact stays zh "经历" en "stays" : list of stay
fact teachers zh "教师" en "teachers" : list of teacher
fact marks zh "分数" en "marks" : list of points
parameter line zh "线" en "line" : points {
  from 2022-01-01 = 40 points
  from 2023-03-01 = 52.5 points
}
define rich for stay zh "高薪" en "rich" = pay is at least 100 yuan
define per_hour for stay zh "每时" en "per hour" = pay / planned
define worth for award zh "价值" en "worth" = smaller of (60 yuan, 2 * 30 yuan)
rule practice for teacher zh "实践" en "practice" {
  fulfilled when total length of stays in the last 5 years (month of 30 days) is at least 3 months
}
rule grant for award zh "补助" en "grant" {
  applies when joint
  gives 70 yuan when grade is high
  gives 20 yuan when grade is low
}
define good zh "好" en "good" = any one of awards satisfies (grade is high)
"""

LEAVES = (
    "asked",
    "good",
    "count of awards is at least 2",
    "count of awards where joint is at most 1",
    "count of awards in the last 2 years is at least 1",
    "count of awards since 2022-03-01 where (grade is not low) is more than 0",
    "total of stays.pay is at least 150 yuan",
    "total of stays.pay where rich is at most 300 yuan",
    "total of stays.taught is at least 5 lessons",
    "total of awards.worth is at least 120 yuan",
    "total of awards.grant is at least 90 yuan",
    "share of awards satisfies (joint) if empty 33% is at least 1/2",
    "share of stays in the last 18 months satisfies (rich) if empty 0% is less than 40%",
    "least of stays.pay where (taught is at least 2 lessons) if empty 0.5 yuan is at least 50 yuan",
    "most of stays.per_hour if empty 0 yuan per lesson is more than 33.3 yuan per lesson",
    "most of teachers.score if empty line is at least line",
    "most of awards.won if empty 2020-01-01 is at least 2022-06-01",
    "distinct awards.grade is at least 2",
    "distinct awards.kept is at most 1",
    "distinct stays.firm where (pay is at least least_pay) is more than 1",
    "total length of stays is at least 200 days",
    "total length of stays in the last 12 months (month of 30 days) is at least 2.5 months",
    "every one of awards where (bonus is not none) satisfies (joint)",
    "every one of awards where (bonus is at least 100 yuan) satisfies (grade in (high, middle))",
    "any one of stays satisfies (pay is more than least_pay)",
    "no one of stays satisfies (taught / planned is at least 50%)",
    "every one of teachers where certified satisfies (practice is fulfilled)",
    "count of teachers where (count of stays where (pay is at least 100 yuan) is at least 2)"
    " is at least 1",
    "share of teachers satisfies (score is at least line and asked) if empty 100% is at most 50%",
    "any one of teachers satisfies (days between 2022-01-01 and today is at least 400 days)",
    "count of marks is at least 2",
)


@functools.cache
def of_leaves(month_end: str) -> Policy:
    """A rule for each of the leaves."""
    rules = (
        f'rule x{place} zh "条" en "leaf" {{ holds when {leaf} }}\n'
        for place, leaf in enumerate(LEAVES)
    )
    return Policy.from_text(HEAD.replace("MONTH_END", month_end) + "".join(rules))


def conditions() -> st.SearchStrategy[str]:
    return shaped(LEAVES, max_leaves=3)


@st.composite
def policies(draw: st.DrawFn) -> str:
    text = HEAD.replace("MONTH_END", draw(st.sampled_from(MONTH_ENDS)))
    for place, wording in enumerate(("eligible", "not eligible")[: draw(st.integers(1, 2))]):
        lines = [f'rule r{place} decides entry zh "报考" en "entry" {{']
        lines += ["  overrides r0"] if place else []
        lines.append(f"  {wording} when {draw(conditions())}")
        if draw(st.booleans()):
            lines.append(f"    except when {draw(conditions())}")
        text += "\n".join([*lines, "}", ""])
    return text + f'rule other zh "另" en "other" {{ holds when {draw(conditions())} and entry }}\n'


MONTH_ENDS = ("round down", "round up", "refuse")
DAYS = st.dates(datetime.date(2021, 1, 1), datetime.date(2023, 12, 31))


def _fields(lacking: bool, fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    if lacking:
        return st.fixed_dictionaries({}, optional=fields)
    return st.fixed_dictionaries(fields)


def stays(lacking: bool) -> st.SearchStrategy[list[dict[str, Any]]]:
    fields = {
        "firm": st.sampled_from(("甲", "乙", "none")),
        "pay": st.sampled_from((0, 50, 99, 100, 150)),
        "taught": st.integers(0, 3),
        "planned": st.integers(3, 4) if not lacking else st.integers(1, 4),
        "from": st.dates(datetime.date(2021, 1, 1), datetime.date(2022, 6, 30)),
        "to": st.one_of(
            st.none(), st.dates(datetime.date(2022, 6, 30), datetime.date(2023, 12, 31))
        ),
    }
    return st.lists(_fields(lacking, fields), max_size=3)


def facts(lacking: bool) -> st.SearchStrategy[dict[str, Any]]:
    award = {
        "grade": st.sampled_from(("low", "middle", "high", *(("高", "tin") if lacking else ()))),
        "won": DAYS,
        "bonus": st.sampled_from((None, 50, 100, 200)),
        "joint": st.booleans(),
        "kept": st.sampled_from((None, "none", "low", "high")),
    }
    teacher = {
        "certified": st.booleans(),
        "score": st.sampled_from((0, 40, 52, 53, 100)),
        "stays": stays(lacking),
    }
    return _fields(
        lacking,
        {
            "asked": st.booleans(),
            "least_pay": st.integers(0, 200),
            "awards": st.lists(_fields(lacking, award), max_size=3),
            "stays": stays(lacking),
            "teachers": st.lists(_fields(lacking, teacher), max_size=2),
            "marks": st.lists(st.integers(0, 5), max_size=3),
        },
    )


DAY = st.sampled_from(
    [datetime.date(2022, 7, 1), datetime.date(2023, 2, 28), datetime.date(2024, 2, 29)]
)
HEALTH = list(HealthCheck)


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that code left to the interpreter."""
    return counted(monkeypatch)


def outcome(call: Any, *args: Any) -> Outcome | str:
    try:
        found = call(*args)
    except FactError as error:
        return str(error)
    return found if isinstance(found, Outcome) else found.outcome


def same(policy: Policy, name: str, case: dict[str, Any], day: datetime.date) -> int:
    """Code says what the interpreter says, from a dictionary (the second time by code for its
    facts) and from a tuple; how many times it decided."""
    made = policy.compile(name, day)
    found = outcome(policy.evaluate, name, case, day)
    assert outcome(made, case) == outcome(made, case) == found
    if not isinstance(found, Outcome):
        return 0
    assert made(tuple(case.get(one) for one in made.facts)) is found
    return 3


def held(cases: Any, ends: tuple[str, ...], examples: int) -> int:
    """Every leaf is decided alike of random cases; how many decisions that were."""
    count = 0

    @settings(max_examples=examples, deadline=None, suppress_health_check=HEALTH)
    @given(st.lists(cases, min_size=3, max_size=3), DAY, st.sampled_from(ends))
    def hold(several: list[dict[str, Any]], day: datetime.date, end: str) -> None:
        nonlocal count
        for place, _ in enumerate(LEAVES):
            count += sum(same(of_leaves(end), f"x{place}", case, day) for case in several)

    hold()
    return count


def test_full_records_are_left_to_nobody(left: list[str]) -> None:
    assert held(facts(False), MONTH_ENDS[:2], 3) > 300
    assert not left


def test_records_that_lack_fields_are_seldom_left_to_the_interpreter(left: list[str]) -> None:
    count = held(facts(True), MONTH_ENDS, 4)
    assert 5 * len(left) < count


def test_rules_over_lists_are_decided_alike(left: list[str]) -> None:
    count = 0

    @settings(max_examples=8, deadline=None, suppress_health_check=HEALTH)
    @given(policies(), st.lists(st.one_of(facts(True), facts(False)), min_size=3, max_size=5), DAY)
    def hold(text: str, cases: list[dict[str, Any]], day: datetime.date) -> None:
        nonlocal count
        policy = Policy.from_text(text)
        for name in ("entry", "other"):
            count += sum(same(policy, name, case, day) for case in cases)

    hold()
    assert 3 * len(left) < count


STORED = (
    ({"stays": [{"pay": 100, "taught": 2, "planned": 3}, {"pay": 60}]}, "x6 x7"),
    ({"awards": [{"grade": "high", "joint": True}], "asked": False}, "x1 x2 x3 x11"),
    ({"teachers": [{"certified": True, "stays": []}, {"score": 60}], "asked": True}, "x27 x28"),
)


def test_a_form_goes_through_lists_without_the_rules() -> None:
    policy, day = of_leaves("round down"), datetime.date(2023, 2, 28)
    form = Stored(
        read(compiled_form(policy, rules=[f"x{n}" for n in range(len(LEAVES))]).data), fail
    )
    for place, _ in enumerate(LEAVES):
        assert form.reason(f"x{place}", day) == ""
    for case, names in STORED:
        for name in names.split():
            assert form.decide(name, case, day) == policy.evaluate(name, case, day).outcome
    assert form._policy is None


def fail() -> None:
    raise AssertionError("nothing is damaged")

"""Random small policies on random facts: code decides as the interpreter does."""

from __future__ import annotations

import datetime
import importlib
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings, strategies as st

from shapes import shaped
from vocpolicy import Outcome, Policy
from vocpolicy.diagnostics import FactError
from vocpolicy.interpreter import decide
from vocpolicy.scalar import MISSING, Compiled

HEAD = """language 1
policy random { title zh "随机" en "Random"
  in force 2022-01-01 to 2024-12-31; month end MONTH_END }
kind school zh "学校" en "school" plural "schools"
choice medal zh "奖牌" en "medal" { bronze, silver, gold }
fact asked zh "申请" en "asked" : yes or no
fact expelled zh "开除" en "expelled" : yes or no
fact score zh "分" en "score" : points, between 0 points and 100 points, in steps of 0.5 points
fact age zh "龄" en "age" : years, between 0 years and 120 years
fact whole zh "全" en "whole" : count of school, at least 1
fact part zh "部分" en "part" : count of school, at most whole
fact prize zh "奖" en "prize" : medal
fact award zh "奖励" en "award" : medal or none
fact grant zh "补助" en "grant" : yuan or none
fact born zh "出生" en "born" : date, at least 1990-01-01
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
    "score + 10 points is at most 60 points",
    "age is at most 22 years",
    "age is at most 150 years",
    "part / whole is at least 60%",
    "part / whole is more than 33%",
    "whole - part is at least 2 schools",
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
    "whole years between born and today is at least 20 years",
    "round half up (score * 33%) to 1 points is at least 17 points",
    "larger of (score, 30 points) is less than 60 points",
)


def conditions() -> st.SearchStrategy[str]:
    return shaped(LEAVES, max_leaves=6)


@st.composite
def policies(draw: st.DrawFn) -> str:
    text = HEAD.replace("MONTH_END", draw(st.sampled_from(("round down", "round up", "refuse"))))
    count = draw(st.integers(1, 3))
    for place in range(count):
        lines = [f'rule r{place} decides entry zh "报考" en "entry" {{']
        if place and draw(st.booleans()):
            lines.append(f"  overrides r{draw(st.integers(0, place - 1))}")
        if draw(st.booleans()):
            lines.append("  in force 2023-01-01")
        if draw(st.integers(0, 3)) == 0:
            lines.append(f"  applies when {draw(conditions())}")
        wording = draw(st.sampled_from(("eligible", "not eligible")))
        lines.append(f"  {wording} when {draw(conditions())}")
        if draw(st.booleans()):
            lines.append(f"    except when {draw(conditions())}")
        text += "\n".join([*lines, "}", ""])
    text += f'rule other zh "另" en "other" {{ holds when {draw(conditions())} and entry }}\n'
    text += (
        'rule pays zh "付" en "pays" {\n'
        f"  applies when {draw(conditions())}\n"
        f"  gives score * 3 when {draw(conditions())}\n"
        f"  gives 7 points when {draw(conditions())}\n"
        "}\n"
        'rule rich zh "富" en "rich" { holds when pays is at least 100 points }\n'
    )
    return text


def facts() -> st.SearchStrategy[dict[str, Any]]:
    some_score = st.one_of(
        st.integers(0, 100), st.sampled_from((49.5, "51.5 points", 101, Fraction(105, 2), 33.3))
    )
    return st.fixed_dictionaries(
        {},
        optional={
            "asked": st.sampled_from((True, False, "yes", None)),
            "expelled": st.booleans(),
            "score": some_score,
            "age": st.integers(0, 40),
            "whole": st.integers(1, 6),
            "part": st.one_of(st.integers(0, 6), st.just(True)),
            "prize": st.sampled_from(("bronze", "silver", "gold", "金牌", "tin", ["gold"])),
            "award": st.sampled_from(("bronze", "gold", "none", "无", None, "NONE")),
            "grant": st.one_of(st.integers(50, 150), st.just(None), st.just("120 yuan")),
            "born": st.dates(datetime.date(2000, 1, 1), datetime.date(2008, 12, 31)),
        },
    )


def outcome(policy: Policy, name: str, case: object, day: datetime.date) -> Outcome | str:
    try:
        return policy.evaluate(name, case, day).outcome
    except FactError as error:
        return str(error)


def code(call: Any, *args: Any) -> Any:
    try:
        return call(*args)
    except FactError as error:
        return str(error)


NAMES = ("entry", "other", "pays", "rich")
CODED = NAMES[:3]
"""Those that read no number of a rule that is open."""


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Takes the names that code leaves to the interpreter."""
    names: list[str] = []

    def noted(policy: Any, name: str, *args: Any) -> Any:
        names.append(name)
        return decide(policy, name, *args)

    monkeypatch.setattr(importlib.import_module("vocpolicy.scalar.compiled"), "decide", noted)
    return names


def test_code_decides_as_the_interpreter_does(monkeypatch: pytest.MonkeyPatch) -> None:
    left, count, by_code = counted(monkeypatch), 0, 0

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        policies(),
        st.lists(facts(), min_size=4, max_size=8),
        st.sampled_from(((2022, 7, 1), (2023, 2, 28), (2024, 2, 29), (2025, 1, 1))),
    )
    def held(text: str, cases: list[dict[str, Any]], day: tuple[int, int, int]) -> None:
        nonlocal count, by_code
        policy, date = Policy.from_text(text), datetime.date(*day)
        together = policy.compile(NAMES, date)
        for case in cases:
            alike(policy, together, case, date)
            left.clear()
            found = [code(policy.decide, name, case, date) for name in CODED]
            if isinstance(found[0], Outcome):  # no mistakes in the facts
                count += len(found)
                by_code += len(found) - len(left)

    held()
    assert 2 * by_code > count


def alike(policy: Policy, together: Compiled, case: dict[str, Any], day: datetime.date) -> None:
    """Code says what the interpreter says, of each name and of all together."""
    found = [outcome(policy, name, case, day) for name in NAMES]
    for _ in range(3):  # code for these facts is made the second time
        assert [code(policy.decide, name, case, day) for name in NAMES] == found
    if not isinstance(found[0], Outcome):
        assert code(together, case) == found[0]
        return
    assert together(case) == tuple(found)
    plain = {**case, "award": case.get("award", MISSING), "grant": case.get("grant", MISSING)}
    usual = all(type(value) in (int, bool, str, datetime.date) for value in case.values())
    if usual and not set(plain.values()) & {"yes", "金牌", "51.5 points", "120 yuan", "NONE"}:
        assert together(tuple(plain.get(name) for name in together.facts)) == tuple(found)


def told(policy: Policy, name: str, case: dict[str, Any], day: datetime.date) -> object:
    try:
        verdict = policy.evaluate(name, case, day)
    except FactError as error:
        return str(error)
    return verdict.to_dict(), verdict.explain("en"), verdict.explain("zh")


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies(), st.lists(facts(), min_size=3, max_size=4))
def test_each_case_is_told_as_if_it_were_the_first(text: str, cases: list[dict[str, Any]]) -> None:
    """What is remembered of earlier cases changes nothing that is said of a later one."""
    policy = Policy.from_text(text)
    day = datetime.date(2023, 2, 28)
    for case in [*cases, *cases]:
        for name in (*NAMES, "spare"):
            forgetful = Policy(evolve(policy.core))
            assert told(policy, name, case, day) == told(forgetful, name, case, day)

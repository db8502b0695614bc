"""Every case of which all is known comes to a verdict: nothing is divided by zero, no parameter
lacks a value on a day on which it is read, no day falls outside its month."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

from vocpolicy import Policy, core
from vocpolicy.analysis import Finding, Report, analyse
from vocpolicy.analysis.hazards import divisors
from vocpolicy.analysis.places import Place
from vocpolicy.analysis.undecided import _read
from vocpolicy.diagnostics import PolicyError
from vocpolicy.outcome import Outcome
from vocpolicy.properties import never_errors

pytest.importorskip("z3")

ENGINES = ("box", "z3", "auto")
DAY = datetime.date(2023, 6, 1)
HEAD = """language 1
policy p { title en "P" zh "甲"; in force 2021-01-01 to 2025-12-31 }
kind school zh "学校" en "school" plural "schools" counter "所"
fact a : yes or no
fact score : points, between 0 points and 100 points, in steps of 1 points
fact schools : count of school, between 1 school and 50 schools
fact digital : count of school, at most schools
fact born : date, between 1990-01-01 and 2020-12-31
"""


def checked(text: str, engine: str = "auto", day: datetime.date = DAY) -> Report:
    return Policy.from_text(HEAD + text).check("never_errors", day, engine=engine)


def found(text: str, engine: str = "auto", day: datetime.date = DAY) -> list[Finding]:
    return list(checked(text, engine, day).of("violated"))


# ---- parameters ----------------------------------------------------------------------------------

LINE = """
parameter line en "line" zh "分数线" : points {{ {values} }}
rule passed {{ {force} satisfied when a and score is at least line }}
"""
GAPS = {
    "ends early": ("from 2021 to 2022 = 60 points", "", ["2023-01-01"]),
    "begins late": ("from 2022-03-01 = 60 points", "", ["2021-01-01"]),
    "a year left out": ("from 2021 to 2022 = 60 points; from 2024 = 65 points", "", ["2023-01-01"]),
    "whole": ("from 2021 = 60 points; from 2024 = 65 points", "", []),
    "beyond the policy": ("from 2020 to 2025 = 60 points", "", []),
    "read later": ("from 2022-03-01 = 60 points", "in force 2022-03-01", []),
    "read to its end": ("from 2021 to 2022 = 60 points", "in force 2021-01-01 to 2022-12-31", []),
}


def written(name: str) -> str:
    values, force, _ = GAPS[name]
    lines = "\n".join(values.split("; "))
    return LINE.format(values=f"\n{lines}\n", force=f"{force}\n" if force else "")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", GAPS)
def test_a_day_on_which_a_parameter_has_no_value(name: str, engine: str) -> None:
    report = checked(written(name), engine)
    assert not report.of("not_settled")
    several = report.of("violated")
    days = GAPS[name][2]
    assert len(several) == len(days)
    for one, day in zip(several, days, strict=True):
        assert f"“line” has no value on {day}" in one.message.en
        assert f"“分数线”在{day}没有数值" in one.message.zh
        assert one.witness["a"].value is True  # with `no` it fails whatever the line is


@pytest.mark.parametrize("name", [name for name, (*_, days) in GAPS.items() if days])
def test_the_case_is_left_open_when_it_is_evaluated(name: str) -> None:
    policy = Policy.from_text(HEAD + written(name))
    (one,) = policy.check("never_errors", DAY).of("violated")
    facts = {"a": one.witness["a"].value, "score": f"{one.witness['score'].value} points"}
    (day,) = GAPS[name][2]
    verdict = policy.evaluate("passed", facts, datetime.date.fromisoformat(day))
    assert verdict.outcome is Outcome.UNDETERMINED
    assert not verdict.missing


@pytest.mark.parametrize("engine", ENGINES)
def test_what_the_rest_decides_is_not_left_open(engine: str) -> None:
    text = written("ends early").replace("a and score", "a and not a and score")
    assert not found(text, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_goal_that_a_parameter_sets(engine: str) -> None:
    text = """
parameter wanted : count of school {{
  from 2021 {end}= 30 schools
}}
target equipped {{ stock; goal at least wanted by end of 2025; measure digital }}
"""
    (one,) = found(text.format(end="to 2022 "), engine)
    assert one.rules == ("equipped",)
    assert not found(text.format(end=""), engine)


MEMBERS = """
entity pupil { marks : points, between 0 points and 100 points }
fact pupils : list of pupil
parameter line : points {
  from 2021 to 2022 = 60 points
}
rule full { satisfied when every one of pupils satisfies (marks is at least line) }
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_a_parameter_that_members_of_a_list_are_held_against(engine: str) -> None:
    (one,) = found(MEMBERS, engine, datetime.date(2023, 6, 1))
    assert one.witness["pupils"].value
    assert not found(MEMBERS.replace(" to 2022", ""), engine)


# ---- dates ---------------------------------------------------------------------------------------

REFUSING = """language 1
policy p { title en "P" zh "甲"; month end MODE }
fact born : date, between 1990-01-01 and 2020-12-31
rule grown { satisfied when born + 1 month is at most today }
"""


def test_a_day_that_its_month_lacks() -> None:
    policy = Policy.from_text(REFUSING.replace("MODE", "refuse"))
    (one,) = policy.check("never_errors", DAY, engine="box").findings
    assert one.status == "violated"
    born = datetime.date.fromisoformat(str(one.witness["born"].value))
    assert policy.evaluate("grown", {"born": born}, DAY).outcome is Outcome.UNDETERMINED
    assert (
        policy.evaluate("grown", {"born": datetime.date(1990, 1, 2)}, DAY).outcome is Outcome.HOLDS
    )
    assert "month" in one.message.en and "月末" in one.message.zh


@pytest.mark.parametrize("engine", ENGINES)
def test_rounding_has_a_day_for_every_month(engine: str) -> None:
    policy = Policy.from_text(REFUSING.replace("MODE", "round down"))
    assert policy.check("never_errors", DAY, engine=engine).passed


# ---- division ------------------------------------------------------------------------------------

SHARE = "rule most { satisfied when digital / schools is at least 50% }\n"


def test_what_the_checker_proves_holds_by_both_engines() -> None:
    policy = Policy.from_text(HEAD + SHARE)
    place = Place(policy.core, DAY)
    exprs = [expr for read, _ in _read(place, policy.core.conclusions["most"]) for expr in read]
    assert len(list(divisors(policy.core, exprs, None))) == 1
    for engine in ENGINES:
        assert policy.check("never_errors", DAY, engine=engine).passed
    with pytest.raises(PolicyError) as error:
        Policy.from_text(HEAD.replace("between 1 school", "between 0 schools") + SHARE)
    assert [one.code for one in error.value.diagnostics] == ["V310"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_zero_that_the_checker_had_let_through_would_be_found(engine: str) -> None:
    """The bound that the checker relied on, taken away behind its back."""
    policy = Policy.from_text(HEAD + SHARE).core
    schools = evolve(policy.facts["schools"], low=Fraction(0))
    loosened: core.Policy = evolve(policy, facts={**policy.facts, "schools": schools})
    (one,) = analyse(loosened, "never_errors", DAY, engine=engine).of("violated")
    assert one.witness["schools"].value == 0
    assert "“schools”" in one.message.en and "为除数" in one.message.zh


@pytest.mark.parametrize("engine", ["box", "z3"])
def test_the_plan_and_every_example_always_come_to_a_verdict(engine: str) -> None:
    root = Path(__file__).parents[1]
    for folder in ("rules/shanghai-plan-14", "examples/annual-leave", "examples/income-tax"):
        report = Policy.load(root / folder).check("never_errors", engine=engine)
        assert report.findings and {one.status for one in report.findings} == {"holds"}


# ---- as a test -----------------------------------------------------------------------------------


def test_generated_cases_find_it_too() -> None:
    early = Policy.from_text(HEAD + written("ends early"))
    with pytest.raises(AssertionError, match="nothing is missing"):
        never_errors.test(early, "passed", as_of=DAY, max_examples=100)()
    never_errors.test(early, "passed", as_of=datetime.date(2022, 6, 1), max_examples=30)()


def test_accepting_it() -> None:
    text = written("ends early").replace(
        "satisfied when",
        'accepts never_errors because en "none is set" zh "尚未公布"\nsatisfied when',
    )
    report = checked(text)
    assert report.passed and report.of("violated")
    policy = Policy.from_text(HEAD + text)
    never_errors.test(policy, "passed", as_of=DAY, max_examples=30)()

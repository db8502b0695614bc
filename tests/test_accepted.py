"""What rule files accept of what an analysis finds, as data; and that no acceptance is idle."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from vocpolicy import Policy, load
from vocpolicy.diagnostics import PolicyError

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = tomllib.loads((HERE / "data" / "accepts.toml").read_text())["case"]

HEAD = """language 1
policy base { title en "P" zh "甲" }
fact a en "a" zh "甲" : yes or no
fact b en "b" zh "乙" : yes or no
fact n en "n" zh "数" : number, between 0 and 100
"""
NOTICE = """language 1
policy notice { title en "N" zh "通知"; amends base }
"""

POLICIES = [
    path
    for folder in ("rules", "examples")
    for path in sorted((HERE.parent / folder).iterdir())
    if any(path.glob("*.vocp")) and not path.name.startswith("faulty")
]


@pytest.mark.parametrize("case", CASES, ids=[one["title"] for one in CASES])
def test_what_is_accepted(case: dict[str, Any]) -> None:
    policy = Policy.from_text(HEAD + case["policy"])
    if "amendment" in case:
        policy = Policy.from_text(NOTICE + case["amendment"], base=policy)
    report = policy.check(case["property"], case.get("day"))
    found = [
        {"rules": list(one.rules)}
        | ({"reading": one.reading} if one.reading else {})
        | ({"reason": {"en": one.accepted.en, "zh": one.accepted.zh}} if one.accepted else {})
        for one in report.of("violated")
    ]
    assert found == case["found"]
    assert report.passed is all("reason" in one for one in case["found"])


def test_an_amendment_names_a_property_that_there_is() -> None:
    base = Policy.from_text(HEAD + "rule one decides grant { allowed when a }\n")
    said = 'amend one from 2023-01-01 { accepts no_clash because en "x" zh "乙" }\n'
    with pytest.raises(PolicyError) as caught:
        Policy.from_text(NOTICE + said, base=base)
    (mistake,) = caught.value.diagnostics
    assert mistake.code == "V428"
    assert mistake.span.text == "no_clash"


@pytest.mark.parametrize("path", POLICIES, ids=[path.name for path in POLICIES])
def test_shipped_policies_pass_and_no_acceptance_is_idle(path: Path) -> None:
    policy = load(path)
    report = policy.check()
    assert report.passed, report.describe()
    owners = (
        *policy.core.rules.values(),
        *policy.core.tables.values(),
        *policy.core.targets.values(),
    )
    said = {
        (owner.name, one.property, one.reading, one.because)
        for owner in owners
        for one in owner.accepts
    }
    used = {
        (rule, one.name, reading, one.accepted)
        for one in report.findings
        for rule in one.rules
        for reading in (one.reading, "")
    }
    assert said <= used, said - used


def test_the_plan_gives_a_reason_for_each_tension_in_both_languages() -> None:
    found = load(HERE.parent / "rules" / "shanghai-plan-14").check().of("violated")
    assert {one.name for one in found} == {
        "readings_agree",
        "goal_beyond_baseline",
        "goals_not_repeated",
    }
    assert all(one.clauses and one.accepted for one in found)
    assert all(one.accepted.en and one.accepted.zh for one in found if one.accepted)
    parting = [one for one in found if one.name == "readings_agree"]
    assert all(one.reading and one.witness for one in parting)

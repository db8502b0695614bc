"""What is read off a rule's form about more of a fact is so in every case."""

from __future__ import annotations

import datetime
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from vocpolicy import Policy, core
from vocpolicy.analysis.trend import never_worse
from vocpolicy.properties.model import Tried
from vocpolicy.properties.rising import Rising
from vocpolicy.testing import facts, policies

DAY = datetime.date(2024, 6, 1)
HEAD = """language 1
policy p { title en "P" zh "甲" }
kind school en "school" plural "schools" zh "学校" counter "所"
fact score en "score" zh "分" : points, between 0 points and 100 points
fact bonus en "bonus" zh "加分" : points, between 0 points and 100 points
fact local en "local" zh "本市" : yes or no
fact whole en "whole" zh "全部" : count of school, at least 1
fact part en "part" zh "部分" : count of school, at most whole
define total en "total" zh "总" = score + bonus
rule strong en "strong" zh "强" { satisfied when score is at least 80 points }
rule made en "made" zh "录取" {
"""

RISING = (
    "eligible when score is at least 60 points",
    "eligible when score is at least 60 points and local",
    "eligible when any of {\n score is more than 60 points\n strong is satisfied\n }",
    "eligible when total is at least 60 points",
    "eligible when not (score is less than 60 points)",
    "eligible when local\n except when score is less than 10 points",
    "eligible when score * 2 is at least bonus",
    "not eligible when score is less than 60 points\n otherwise eligible",
    "eligible when smaller of (score, bonus) is at least 3 points",
)
OTHERWISE = (
    "eligible when score is at most 60 points",
    "eligible when score is between 20 points and 60 points",
    "eligible when local\n except when strong is satisfied",
    "eligible when bonus - score is at least 3 points",
    "not eligible when strong is satisfied\n otherwise eligible",
)


def reading(text: str, fact: str = "score", direction: str = "up") -> bool:
    policy = Policy.from_text(f"{HEAD}{text}\n}}\n").core
    return never_worse(policy, core.ConclusionRef("made", core.YesNoType()), fact, direction)


@pytest.mark.parametrize("text", RISING)
def test_what_only_helps(text: str) -> None:
    assert reading(text)
    assert not reading(text, direction="down")


@pytest.mark.parametrize("text", OTHERWISE)
def test_what_can_do_harm(text: str) -> None:
    assert not reading(text)


def test_a_share_by_its_parts() -> None:
    text = "eligible when part / whole is at least 50%"
    assert reading(text, "part")
    assert not reading(text, "whole")
    assert reading(text, "score") and reading(text, "score", "down")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies(), st.sampled_from(("score", "income", "part", "whole")), st.data())
def test_of_random_rules(policy: Policy, fact: str, data: st.DataObject) -> None:
    read = policy.core.on(DAY)
    for name, conclusion in read.conclusions.items():
        aim = core.ConclusionRef(name, core.YesNoType())
        if not isinstance(conclusion.type, core.YesNoType):
            continue
        for direction in ("up", "down"):
            if never_worse(read, aim, fact, direction):
                case = data.draw(facts(policy, name))
                tried = Tried(policy, name, case, DAY, Random(0))
                assert Rising(fact, direction).law(tried) is None

"""What is read off a rule's form about more of a fact is so in every case."""

from __future__ import annotations

import datetime
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from vocpolicy import Policy, core, days
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
fact born en "born" zh "出生" : date, between 1990-01-01 and 2015-12-31
define tax en "tax" zh "税" = marginal scale of score {
  from 0 points = 3%
  from 40 points = 10%
}
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
    assert not reading(text, "whole") and reading(text, "whole", "down")
    assert reading(text, "score") and reading(text, "score", "down")


def test_what_a_difference_is_a_share_of() -> None:
    """What is below zero grows with the whole."""
    text = "eligible when (part - 5 schools) / whole is at least -50%"
    assert not reading(text, "whole") and not reading(text, "whole", "down")


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("eligible when born + 18 years is at most today", "down"),
        ("eligible when born - 1 day is at least 2000-01-01", "up"),
        ("eligible when whole years between born and today is at least 18 years", "down"),
        ("eligible when whole months between 2001-02-03 and born is more than 30 months", "up"),
    ],
)
def test_dates(text: str, way: str) -> None:
    assert reading(text, "born", way)
    assert not reading(text, "born", "down" if way == "up" else "up")


@pytest.mark.parametrize("month_end", ["down", "up"])
def test_later_days_are_no_earlier_after_so_many_months(month_end: str) -> None:
    """What the reading of dates rests on."""
    draw = Random(5)
    for _ in range(3_000):
        first = datetime.date.fromordinal(draw.randint(730_000, 740_000))
        second = first + datetime.timedelta(days=draw.randint(1, 40))
        months = draw.randint(-30, 30)
        moved = [days.add_months(one, months, month_end) for one in (first, second)]
        assert moved[0] is not None and moved[1] is not None and moved[0] <= moved[1]
        other = datetime.date.fromordinal(draw.randint(730_000, 740_000))
        for unit in ("months", "years"):
            until = [days.between(unit, one, other, month_end) for one in (first, second)]
            since = [days.between(unit, other, one, month_end) for one in (first, second)]
            assert until[0] >= until[1] and since[0] <= since[1]


def test_a_rising_scale() -> None:
    assert reading("eligible when tax is at least 4 points")
    assert not reading("eligible when tax is at most 4 points")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies(), st.sampled_from(("score", "income", "part", "whole", "born")), st.data())
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

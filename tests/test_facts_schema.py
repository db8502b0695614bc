"""The JSON Schema of a policy's facts: it is one, and takes the numbers that the policy takes."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings, strategies as st

from vocpolicy import FactError, Policy
from vocpolicy.cli import main
from vocpolicy.facts import read_facts
from vocpolicy.schema import json_schema

ROOT = Path(__file__).parent.parent
DAY = datetime.date(2023, 6, 1)

TEXT = """language 1
policy entry { title zh "报考" en "Entry" }
kind seat zh "学位" en "seat" plural "seats"
choice medal zh "奖牌" en "medal" { bronze zh "铜牌" en "bronze", gold zh "金牌" en "gold" }
entity stay zh "实践" en "stay" { length zh "天数" en "days" : days, at most 40 days }
fact score zh "总分" en "score" : points, between 0 points and 750 points, in steps of 0.5 points
fact grade zh "等级" en "grade" : number, more than 0, less than 2.25
fact rate zh "倍率" en "rate" : ratio, at most 300%
fact seats zh "学位" en "seats" : count of seat, at least 1
fact length zh "学制" en "length" : years, at most 60 months
fact bonus zh "加分" en "bonus" : points or none, at least 1 points
fact award zh "获奖" en "award" : medal or none
fact stays zh "实践" en "stays" : list of stay
rule r { holds when score is at least 3 points }
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_text(TEXT)


@pytest.fixture(scope="module")
def valid(policy: Policy) -> Callable[[object], bool]:
    schema = json_schema(policy.core, policy.facts())
    jsonschema.Draft202012Validator.check_schema(schema)
    found: Callable[[object], bool] = jsonschema.Draft202012Validator(schema).is_valid
    return found


def taken(policy: Policy, case: dict[str, Any]) -> bool:
    try:
        read_facts(policy.core, case, as_of=DAY)
    except FactError:
        return False
    return True


@pytest.mark.parametrize(
    "path", ["rules/shanghai-plan-14", "examples/annual-leave", "examples/income-tax"]
)
def test_every_policy_has_one(path: str) -> None:
    done = CliRunner().invoke(main, ["facts", str(ROOT / path), "--format", "json-schema"])
    assert done.exit_code == 0, done.output
    schema = json.loads(done.output)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]


HALVES = st.integers(-4, 3200).map(lambda quarters: quarters / 4)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(["score", "grade", "rate", "seats", "length", "bonus"]), data=st.data())
def test_it_takes_the_numbers_that_the_policy_takes(
    policy: Policy, valid: Callable[[object], bool], name: str, data: st.DataObject
) -> None:
    near = st.sampled_from([0, 0.25, 0.5, 1, 2.25, 3, 3.25, 5, 5.25, 750, 750.5])
    value = data.draw(near | HALVES | st.integers(-2, 800))
    for case in ({name: value}, {"stays": [{"length": value}]}):
        assert valid(case) is taken(policy, case), case


def test_it_says_how_facts_are_written(policy: Policy, valid: Callable[[object], bool]) -> None:
    right: list[dict[str, Any]] = [
        {"award": "gold", "stays": [{"length": 3}, {}], "bonus": None},
        {"award": "none", "score": "612 points", "rate": "65%"},
        {"score": {"2023-06-01": 612, "2024-06-01": 600.5}},
    ]
    for case in right:
        assert valid(case) and taken(policy, case), case
    for wrong in ({"award": "silver"}, {"stays": [{"days": 3}]}, {"scores": 1}, {"seats": 2.5}):
        assert not valid(wrong) and not taken(policy, wrong), wrong
    rate = json.dumps(json_schema(policy.core, policy.facts())["properties"]["rate"])
    assert "0.65" in rate and "number in %" not in rate

"""A test file for a policy, as a start for those who test it."""

from __future__ import annotations

from vocpolicy import core
from vocpolicy.exercise.days import last_day

HEAD = '''"""Properties of {title}, tried on facts that hypothesis makes.

Made from the policy as a start: keep what ought to hold, mend what does not, add your own.
"""

from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from vocpolicy import Outcome, load
from vocpolicy.testing import boundary_cases, boundary_facts, completions, facts

POLICY = load({path!r})
DAY = date({day.year}, {day.month}, {day.day})
RULES = [
{names}
]
UNHURRIED = settings(deadline=None)
"""The first case of a rule takes the longest: where it can turn is worked out with it."""


def verdict(name, case):
    return POLICY.evaluate(name, case, DAY)


def test_cases():
    """The cases beside the rules come out as they expect."""
    assert [one.describe() for one in POLICY.test() if not one.passed] == []


@pytest.mark.parametrize("name", RULES)
@UNHURRIED
@given(data=st.data())
def test_rules_do_not_contradict_each_other(name, data):
    case = data.draw(boundary_facts(POLICY, name))
    assert verdict(name, case).outcome is not Outcome.CONFLICT


@pytest.mark.parametrize("name", RULES)
@UNHURRIED
@given(data=st.data())
def test_whoever_says_everything_gets_an_answer(name, data):
    """Where a parameter has no value on the day, or readings are open, leave the rule out."""
    case = data.draw(facts(POLICY, name))
    assert verdict(name, case).outcome is not Outcome.UNDETERMINED


@pytest.mark.parametrize("name", RULES)
@UNHURRIED
@given(data=st.data())
def test_an_answer_stands_whatever_else_becomes_known(name, data):
    partial = data.draw(facts(POLICY, name, missing=True))
    before = verdict(name, partial)
    case = data.draw(completions(POLICY, partial, name))
    if before.outcome is not Outcome.UNDETERMINED:
        assert verdict(name, case).outcome is before.outcome


@pytest.mark.parametrize("name", RULES)
def test_every_condition_can_decide(name):
    """One case for each condition that decides; pin what each must come to."""
    for case in boundary_cases(POLICY, name, DAY):
        assert verdict(name, case).outcome is not Outcome.CONFLICT
'''


def property_tests(policy: core.Policy, path: str) -> str:
    """The text of a test file for the policy at a path."""
    names = "\n".join(f'    "{name}",' for name in policy.conclusions)
    title = (policy.title.get("en") or policy.name).replace("\\", "").replace('"', "'")
    return HEAD.format(title=title, path=path, day=last_day(policy), names=names)

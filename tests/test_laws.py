"""Laws of the language, on random policies and random facts."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from vocpolicy import FactError, Outcome
from vocpolicy.format import format_text
from vocpolicy.parser import parse_text
from vocpolicy.policy import Policy
from vocpolicy.testing import facts, policies, policy_sources

DAYS = st.dates(datetime.date(2020, 6, 1), datetime.date(2027, 6, 1))
RELAXED = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

Draw = st.DataObject


@RELAXED
@given(policy_sources())
def test_a_random_policy_checks_and_formats_to_itself(text: str) -> None:
    tree, mistakes = parse_text(text)
    assert not mistakes
    for keywords in ("en", "zh"):
        again, mistakes = parse_text(format_text(text, keywords=keywords))
        assert not mistakes
        assert len(again.declarations) == len(tree.declarations)
    assert parse_text(format_text(text))[0] == tree
    english = format_text(text, keywords="en")
    assert format_text(format_text(english, keywords="zh"), keywords="en") == english


@RELAXED
@given(policies(), st.data())
def test_a_policy_that_checks_never_raises(policy: Policy, data: Draw) -> None:
    given_facts = data.draw(facts(policy, missing=True))
    day = data.draw(DAYS)
    for verdict in policy.evaluate_all(given_facts, as_of=day):
        assert isinstance(verdict.outcome, Outcome)
        assert verdict.to_dict()["outcome"] == verdict.outcome.value
        assert verdict.explain("en") and verdict.explain("zh")


ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.dates(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)


@RELAXED
@given(policies(rules=1), st.data())
def test_facts_of_any_kind_are_read_or_refused(policy: Policy, data: Draw) -> None:
    names = [fact.name for fact in policy.facts()]
    chosen = data.draw(st.dictionaries(st.sampled_from(names), ANYTHING, max_size=3))
    try:
        verdicts = policy.evaluate_all(chosen, as_of=datetime.date(2023, 1, 1))
    except FactError as error:
        assert error.render("en") and error.render("zh")
    else:
        assert all(isinstance(verdict.outcome, Outcome) for verdict in verdicts)


@RELAXED
@given(policies(), st.data())
def test_more_facts_never_revoke_what_was_decided(policy: Policy, data: Draw) -> None:
    whole = data.draw(facts(policy))
    kept = data.draw(st.sets(st.sampled_from(sorted(whole)))) if whole else set()
    part = {name: value for name, value in whole.items() if name in kept}
    day = data.draw(DAYS)
    after = {verdict.name: verdict for verdict in policy.evaluate_all(whole, as_of=day)}
    for before in policy.evaluate_all(part, as_of=day):
        if before.outcome is not Outcome.UNDETERMINED:
            assert after[before.name].outcome is before.outcome, before.name


def test_the_plan_takes_the_facts_made_for_it() -> None:
    plan = Policy.shipped("shanghai-plan-14")

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(facts(plan, "world_skills_entry", missing=True), DAYS)
    def decides(given_facts: dict[str, Any], day: datetime.date) -> None:
        verdict = plan.evaluate("world_skills_entry", given_facts, as_of=day)
        assert isinstance(verdict.outcome, Outcome)

    decides()


@pytest.mark.parametrize("missing", [{"whole"}, {"score", "asked"}])
def test_facts_are_left_out_on_request(missing: set[str]) -> None:
    policy = Policy.from_text(HELD)

    @settings(max_examples=10, deadline=None)
    @given(facts(policy, missing=missing))
    def lacks(given_facts: dict[str, Any]) -> None:
        assert not missing & set(given_facts)
        if {"part", "whole"} <= set(given_facts):
            assert given_facts["part"] <= given_facts["whole"]

    lacks()


HELD = """language 1
policy p { title en "P" zh "甲" }
kind school en "school" plural "schools" zh "学校"
fact whole en "whole" zh "全" : count of school, at least 1
fact part en "part" zh "部分" : count of school, at most whole
fact score en "score" zh "分" : points, between 0 points and 100 points
fact asked en "asked" zh "申请" : yes or no
"""

"""Laws of differences, on random policies and on mistakes made in them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from vocpolicy import Policy
from vocpolicy.core import Policy as Core
from vocpolicy.difference import Relation, compare_rules
from vocpolicy.difference.joint import SAME
from vocpolicy.difference.listing import changes
from vocpolicy.difference.moves import direction_of, way_between
from vocpolicy.difference.renaming import Renamed
from vocpolicy.exercise.days import last_day
from vocpolicy.exercise.variants import Variant, mutants
from vocpolicy.facts import read_facts
from vocpolicy.format import format_text
from vocpolicy.interpreter import decide
from vocpolicy.testing import boundary_facts, policies, policy_sources

few = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
quick = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
slow = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))

ALLOWED: Mapping[str, frozenset[str]] = {
    "equivalent": frozenset(),
    "stricter": frozenset({"stricter", "other"}),
    "looser": frozenset({"looser", "other"}),
    "higher": frozenset({"higher"}),
    "lower": frozenset({"lower"}),
}
"""Where cases may move under each relation."""

TURNED = {"stricter": "looser", "looser": "stricter", "higher": "lower", "lower": "higher"}


@st.composite
def mistakes(draw: st.DrawFn) -> tuple[Core, Variant, str]:
    """A policy, a mistake in it, and a conclusion."""
    policy = draw(policies()).core
    several = list(mutants(policy))
    assume(several and policy.conclusions)
    return policy, draw(st.sampled_from(several)), draw(st.sampled_from(list(policy.conclusions)))


def compared(old: Core, new: Core, name: str, day: datetime.date) -> Relation:
    relation = compare_rules(old, new, name, day, budget=300)
    searched = compare_rules(old, new, name, day, budget=300, engine="box")
    assert not searched.settled or searched.status == relation.status
    for move in relation.moves:
        assert way_between(move.old.trace, move.new.trace) == move.way
    assert relation.settled == (not relation.open)
    assert relation.settled or relation.why
    return relation


@quick
@given(policies())
def test_a_policy_differs_in_nothing_from_itself(policy: Policy) -> None:
    found = policy.diff(policy)
    assert not found.differs
    assert {one.status for one in found.relations} <= {"equivalent"}


def the_other_way(case: tuple[Core, Variant, str]) -> None:
    policy, variant, name = case
    day = last_day(policy)
    there = compared(policy, variant.policy, name, day)
    back = compared(variant.policy, policy, name, day)
    if there.settled and back.settled:
        assert back.status == TURNED.get(there.status, there.status)


def no_case_says_otherwise(case: tuple[Core, Variant, str], data: st.DataObject) -> None:
    policy, variant, name = case
    day = last_day(policy)
    relation = compared(policy, variant.policy, name, day)
    assume(relation.status in ALLOWED)
    facts = boundary_facts(Policy(policy), name)
    for _ in range(6):
        read = read_facts(policy, data.draw(facts), name=name, as_of=day)
        way = way_between(decide(policy, name, read, day), decide(variant.policy, name, read, day))
        assert way == SAME or direction_of(way) in ALLOWED[relation.status]


@few
@given(mistakes())
def test_stricter_one_way_is_looser_the_other(case: tuple[Core, Variant, str]) -> None:
    the_other_way(case)


@few
@given(mistakes(), st.data())
def test_no_case_contradicts_what_is_said_of_all(
    case: tuple[Core, Variant, str], data: st.DataObject
) -> None:
    no_case_says_otherwise(case, data)


@pytest.mark.slow
@slow
@given(mistakes())
def test_stricter_one_way_is_looser_the_other_often(case: tuple[Core, Variant, str]) -> None:
    the_other_way(case)


@pytest.mark.slow
@slow
@given(mistakes(), st.data())
def test_no_case_contradicts_what_is_said_of_all_often(
    case: tuple[Core, Variant, str], data: st.DataObject
) -> None:
    no_case_says_otherwise(case, data)


@quick
@given(mistakes())
def test_a_mistake_is_told_where_it_stands(case: tuple[Core, Variant, str]) -> None:
    policy, variant, _ = case
    told = changes(policy, variant.policy, Renamed())
    assert told
    owner = variant.place.owner
    tables = {one.table for one in policy.conclusions.values() if owner in one.rules}
    assert {one.name for one in told} <= {owner, *tables, variant.place.observed}


@quick
@given(policy_sources())
def test_the_keywords_of_the_other_language_change_nothing(text: str) -> None:
    chinese = format_text(text, keywords="zh")
    found = Policy.from_text(text).diff(Policy.from_text(chinese))
    assert not found.differs

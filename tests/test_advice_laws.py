"""What advice promises, on random policies of every kind of rule: with tables, targets, lists."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from vocpolicy import FactError, Outcome, Policy, core
from vocpolicy.box.parts import with_parts
from vocpolicy.explain import Node, tree
from vocpolicy.explain.nodes import both
from vocpolicy.testing import facts, policies
from vocpolicy.verdict import Verdict, judge

DAYS = st.dates(datetime.date(2021, 6, 1), datetime.date(2026, 6, 1))
RELAXED = settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
Draw = st.DataObject
Drawn = tuple[Policy, dict[str, Any], datetime.date]


@st.composite
def drawn(draw: st.DrawFn, missing: bool = True) -> Drawn:
    """A policy, facts, and a day."""
    policy = draw(policies())
    return policy, draw(facts(policy, missing=missing)), draw(DAYS)


def verdicts(case: Drawn) -> tuple[Verdict, ...]:
    policy, given_facts, day = case
    return policy.evaluate_all(given_facts, as_of=day)


@RELAXED
@given(drawn())
def test_facts_that_are_named_as_sufficient_force_the_verdict_alone(case: Drawn) -> None:
    policy, given_facts, day = case
    for verdict in verdicts(case):
        found = verdict.reasons
        for reason in found.reasons:
            assert found.way is not None
            alone = {name: given_facts[name] for name in reason.facts}
            again = policy.evaluate(verdict.name, alone, day)
            settled = again.settled.way
            key = again.wording_key if settled is None else settled.wording_key
            assert key == found.way.wording_key, (verdict.name, reason, again.settled, alone)


@RELAXED
@given(drawn())
def test_every_change_that_is_proposed_does_what_it_says(case: Drawn) -> None:
    for verdict in verdicts(case):
        for way in verdict.changes.alternatives:
            changed = verdict._case.with_values({one.fact: one.after for one in way.changes})
            after = judge(verdict.policy, verdict.name, changed.facts, verdict.as_of)
            assert after.wording_key == way.way.wording_key, verdict.name
            before = verdict.settled.way
            assert before is None or before != way.way
            assert len({one.fact for one in way.changes}) == len(way.changes)


@RELAXED
@given(drawn(), st.data())
def test_a_fact_that_is_said_not_to_matter_never_matters(case: Drawn, data: Draw) -> None:
    policy, given_facts, day = case
    whole = data.draw(facts(policy))
    other = data.draw(facts(policy))
    for verdict in verdicts(case):
        for name in verdict.questions.spared:
            filled = {**whole, **given_facts}
            twin = {**filled, name: other.get(name)}
            if name in whole and name in other and takes(policy, filled, twin, day):
                outcomes = {
                    policy.evaluate(verdict.name, one, day).wording_key for one in (filled, twin)
                }
                assert len(outcomes) == 1, (verdict.name, name)


def takes(policy: Policy, *cases: dict[str, Any]) -> bool:
    """Whether the bounds between facts are kept in every case."""
    *several, day = cases
    try:
        for one in several:
            policy.evaluate_all(one, as_of=day)
    except FactError:
        return False
    return True


@RELAXED
@given(policies(), st.data(), DAYS)
def test_answers_never_revoke_a_settled_verdict(
    policy: Policy, data: Draw, day: datetime.date
) -> None:
    whole = data.draw(facts(policy))
    name = data.draw(st.sampled_from(policy.names))
    step = policy.interview(name, {}, day)
    for _ in range(30):
        if step.question is None:
            break
        fact = step.question.fact
        step = step.answer(whole[fact]) if fact in whole else step.skip()
    if not step.settled:
        return
    key = step.settled.way and step.settled.way.wording_key
    for fact in data.draw(st.permutations(sorted(whole))):
        if fact in step.answers:
            continue
        step = step.answer(whole[fact], fact)
        assert step.settled.way is not None and step.settled.way.wording_key == key
    assert step.verdict.outcome in (step.settled.outcome, Outcome.UNDETERMINED)


# ---- both languages ----------------------------------------------------------------------------

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@RELAXED
@given(drawn())
def test_both_languages_carry_the_same_figures_and_clauses(case: Drawn) -> None:
    for verdict in verdicts(case):
        for node in nodes(tree(verdict, True).parts):
            said = [both(term) for term in (node.says, node.key) if term is not None]
            said += [both(side.value) for side in node.values]
            for one in said:
                assert figures(one["en"]) == figures(one["zh"]), one
        english, chinese = (verdict.explain(lang, advice=True) for lang in ("en", "zh"))
        assert english.count("\n") == chinese.count("\n")
        for cited in verdict.citations:
            assert (cited.clause in english) is (cited.clause in chinese)


def nodes(parts: tuple[Node, ...]) -> Iterator[Node]:
    for part in parts:
        yield from part.walk()


def figures(text: str) -> Counter[str]:
    """Every number of a sentence; a date's are year, month and day."""
    plain = re.sub(r"(\d+)-(\d+)-(\d+)", r"\1 \2 \3", text)
    return Counter(one.replace(",", "").lstrip("0") or "0" for one in NUMBER.findall(plain))


def test_nested_lists_are_changed_from_the_inside_out() -> None:
    """A record that is left out and gains one inside it loses no place on the way."""
    stay = core.Record("stay", {"paid": True})
    pupils = (core.Record("pupil", {"stays": ()}), core.Record("pupil", {"stays": ()}))
    changed: dict[tuple[int | str, ...], core.Value | None] = {(0,): False, (0, "stays", 0): stay}
    assert with_parts(pupils, changed) == pupils[1:]

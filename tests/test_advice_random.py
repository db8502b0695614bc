"""What settles a verdict, on random small policies, against trying every case there is."""

from __future__ import annotations

import datetime
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from vocpolicy import Policy
from vocpolicy.box import model_of
from vocpolicy.facts import read_facts
from vocpolicy.interpreter import decide

DAY = datetime.date(2023, 6, 1)

HEAD = """language 1
policy p { title en "P" zh "甲" }
kind staff en "member" plural "members" zh "人" counter "名"
choice colour zh "颜色" en "colour" {
  red zh "红" en "red", blue zh "蓝" en "blue"
}
fact a : yes or no
fact b : yes or no, fixed
fact c : colour
fact n : count of staff, at most 2, can rise
fact whole : count of staff, between 1 and 2
fact part : count of staff, at most whole
define share = part / whole
"""

DOMAINS: dict[str, tuple[Any, ...]] = {
    "a": (True, False),
    "b": (True, False),
    "c": ("red", "blue"),
    "n": (0, 1, 2),
    "whole": (1, 2),
    "part": (0, 1, 2),
}
NAMES = tuple(DOMAINS)
CASES = [
    dict(zip(NAMES, values, strict=True))
    for values in product(*DOMAINS.values())
    if values[5] <= values[4]
]
EMPTY = Policy.from_text(HEAD)
FACTS = [read_facts(EMPTY.core, case, as_of=DAY) for case in CASES]

ATOMS = st.sampled_from(
    [
        *("a", "b", "not a", "c is red", "c is not blue", "n is at least 2"),
        *("n is less than 1", "share is at least 50%", "share is more than 2 / 5", "part is n"),
        *("whole is at least 2", "part is at least 1", "n + part is more than 2"),
        *("larger of (n, part) is at least 2", "round up share to 50% is at most 50%"),
    ]
)


def conditions() -> st.SearchStrategy[str]:
    """Conditions of up to a few parts."""
    return st.recursive(
        ATOMS,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda two: f"({two[0]} and {two[1]})"),
            st.tuples(inner, inner).map(lambda two: f"({two[0]} or {two[1]})"),
            inner.map(lambda one: f"not ({one})"),
        ),
        max_leaves=5,
    )


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    first, second, third, fourth = (draw(conditions()) for _ in range(4))
    shape = draw(st.sampled_from(["one", "exception", "override", "conflict", "nested"]))
    rules = {
        "one": f"rule r {{ eligible when {first} }}",
        "exception": f"rule r {{ applies when {second}\n eligible when {first}"
        f" except when {third} }}",
        "override": f"rule r {{ eligible when {first} }}\n"
        f"rule s decides r {{ overrides r\n not eligible when {second} }}",
        "conflict": f"rule r {{ eligible when {first}\n otherwise not eligible }}\n"
        f"rule s decides r {{ not eligible when {second} }}",
        "nested": f"rule q {{ fulfilled when {second} except when {third} }}\n"
        f"rule r {{ eligible when all of {{ {first}\n q is fulfilled or {fourth} }} }}",
    }
    return Policy.from_text(HEAD + rules[shape])


@st.composite
def cases(draw: st.DrawFn, least: int = 0) -> dict[str, Any]:
    """Facts of a valid case, some of them left out."""
    whole = draw(st.sampled_from(CASES))
    kept = draw(st.sets(st.sampled_from(NAMES), min_size=least))
    return {name: value for name, value in whole.items() if name in kept}


_SETTINGS = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


class Table:
    """Every case of a policy with its wording, as the interpreter has it."""

    def __init__(self, policy: Policy) -> None:
        self.rows = [
            (case, decide(policy.core, "r", facts, DAY).wording)
            for case, facts in zip(CASES, FACTS, strict=True)
        ]

    def words(self, fixed: dict[str, Any]) -> set[str]:
        """The wordings of all cases with these facts."""
        agrees = [
            word
            for case, word in self.rows
            if all(case[name] == value for name, value in fixed.items())
        ]
        return set(agrees)


@_SETTINGS
@given(policies(), cases())
def test_a_compiled_rule_answers_as_the_interpreter_does(
    policy: Policy, facts: dict[str, Any]
) -> None:
    verdict = policy.evaluate("r", facts, DAY)
    model = model_of(verdict.policy, "r", verdict.facts, DAY)
    words = {key for key, _ in model.keys(model.given)}
    if verdict.wording_key == "undetermined":
        assert len(words) > 1
    else:
        assert words == {verdict.wording_key} or "conflict" in words


@_SETTINGS
@given(policies(), cases())
def test_settled_is_so_in_every_case_and_only_then(policy: Policy, facts: dict[str, Any]) -> None:
    words = Table(policy).words(facts)
    found = policy.evaluate("r", facts, DAY).settled
    assert found.settled is (len(words) == 1)
    assert {way.wording_key for way in found.possible} == words


@_SETTINGS
@given(policies(), cases(least=3))
def test_reasons_are_the_smallest_sets_that_force_the_verdict(
    policy: Policy, facts: dict[str, Any]
) -> None:
    verdict = policy.evaluate("r", facts, DAY)
    table = Table(policy)
    found = {frozenset(one.facts) for one in verdict.reasons.reasons}
    if len(table.words(facts)) > 1:
        assert found == set()
        return
    assert verdict.reasons.complete
    forcing = [
        frozenset(names)
        for size in range(len(facts) + 1)
        for names in combinations(facts, size)
        if len(table.words({name: facts[name] for name in names})) == 1
    ]
    assert found == {one for one in forcing if not any(other < one for other in forcing)}


@_SETTINGS
@given(policies(), st.sampled_from(CASES))
def test_changes_flip_the_verdict_and_none_is_smaller(
    policy: Policy, facts: dict[str, Any]
) -> None:
    verdict = policy.evaluate("r", facts, DAY)
    if verdict.wording_key == "undetermined":
        return
    want = {"eligible"} - {verdict.wording_key} or {"not_eligible", "not_applicable"}
    flips = [
        {name for name in NAMES if case[name] != facts[name]}
        for case, word in Table(policy).rows
        if word in want and case["b"] == facts["b"] and case["n"] >= facts["n"]
    ]
    found = verdict.changes
    assert found.complete
    assert found.impossible is (not flips)
    if not flips:
        assert not found.alternatives
        return
    assert len(found.alternatives[0].changes) == min(map(len, flips))
    for one in found.alternatives:
        changed = {change.fact for change in one.changes}
        assert changed in flips
        assert not any(flip < changed for flip in flips)
        after = {**facts, **{change.fact: _raw(change.after) for change in one.changes}}
        assert policy.evaluate("r", after, DAY).wording_key in want


def _raw(value: object) -> object:
    return int(value) if isinstance(value, Fraction) else value


@_SETTINGS
@given(policies(), cases())
def test_exactly_the_facts_that_matter_are_asked_for(policy: Policy, facts: dict[str, Any]) -> None:
    verdict = policy.evaluate("r", facts, DAY)
    rows = [
        (case, word)
        for case, word in Table(policy).rows
        if all(case[name] == value for name, value in facts.items())
    ]
    asked = {one.fact for one in verdict.questions}
    if verdict.wording_key not in ("undetermined", "conflict"):
        assert asked == set()
    for name in set(NAMES) - set(facts):
        outcomes: dict[tuple[Any, ...], set[str]] = {}
        for case, word in rows:
            rest = tuple(value for key, value in case.items() if key != name)
            outcomes.setdefault(rest, set()).add(word)
        matters = any(len(words) > 1 for words in outcomes.values())
        assert (name in asked) is matters or (not matters and not verdict.questions.complete)


@_SETTINGS
@given(policies(), cases(), st.sampled_from(CASES), st.data())
def test_an_interview_settles_and_never_revokes(
    policy: Policy, facts: dict[str, Any], truth: dict[str, Any], data: st.DataObject
) -> None:
    facts = {name: truth[name] for name in facts}
    step = policy.interview("r", facts, DAY)
    for _ in NAMES:
        if step.done:
            break
        assert step.question is not None
        step = step.answer(truth[step.question.fact])
    assert step.done
    word = policy.evaluate("r", truth, DAY).wording_key
    assert step.settled.way is not None and step.settled.way.wording_key == word
    more = data.draw(st.sampled_from(NAMES))
    if more not in step.answers:
        later = step.answer(truth[more], more)
        assert later.settled.way == step.settled.way

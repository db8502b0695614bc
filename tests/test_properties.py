"""Properties: each holds of a sound policy in all three ways, and a broken one is told."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import frozen

from vocpolicy import Outcome, Policy, load, properties
from vocpolicy.advice import Case
from vocpolicy.analysis import DEFAULT
from vocpolicy.diagnostics import UsageError
from vocpolicy.properties import (
    TABLE,
    Property,
    certificates,
    decidable_from,
    equivalent,
    monotone,
    property_named,
    refines,
)
from vocpolicy.properties.model import Tried
from vocpolicy.testing import check
from vocpolicy.verdict import Verdict

EXAMPLES = Path(__file__).parent.parent / "examples"
SOUND, FAULTY = load(EXAMPLES / "sound"), load(EXAMPLES / "faulty")
DAY = datetime.date(2023, 6, 1)
LAWS = [name for name in TABLE if name not in DEFAULT]

ENTRY = """language 1
policy p { title en "P" zh "甲" }
fact score en "score" zh "分" : points, between 0 points and 100 points, in steps of 1 points
fact waited en "waited" zh "等候" : years, between 0 years and 9 years, in steps of 1 years
fact local en "local" zh "本市" : yes or no
rule entry en "entry" zh "录取" {
  eligible when score is at least 60 points and (local or waited is at least 2 years)
}
"""
POLICY = Policy.from_text(ENTRY)
STRICTER = Policy.from_text(ENTRY.replace("at least 60", "at least 70"))


def test_what_there_is() -> None:
    assert set(TABLE) == {*DEFAULT, *LAWS}
    assert len(LAWS) == 7
    for name in (*TABLE, "refines", "equivalent", "decidable_from"):
        assert hasattr(properties, name), name
        assert name in properties.__all__
    assert all(one.labels.en and one.labels.zh for one in TABLE.values())


# ---- what holds ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLE)
def test_of_a_sound_policy(name: str) -> None:
    report = TABLE[name].check(SOUND)
    assert report.passed, report.describe()
    assert report.findings
    assert not report.of("not_settled")


@pytest.mark.parametrize("engine", ["box", "z3"])
@pytest.mark.parametrize("name", ["no_conflict", "no_dead_rule", "no_gap", "monotone"])
def test_by_either_engine(name: str, engine: str) -> None:
    assert TABLE[name].check(SOUND, engine=engine).passed
    assert TABLE[name].check(FAULTY, engine=engine).of("violated")


@pytest.mark.parametrize("name", ["no_conflict", "no_dead_rule", *LAWS])
def test_as_generated_cases(name: str) -> None:
    TABLE[name].test(POLICY, max_examples=15)()


def test_a_test_bears_the_name_of_its_property() -> None:
    made = TABLE["no_conflict"].test(POLICY)
    assert made.__name__ == "test_no_conflict"
    assert monotone("score").test(POLICY).__name__ == "test_monotone_score_up"


# ---- what does not, of rules ---------------------------------------------------------------------


PLANTED = {name: name for name in DEFAULT}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found_by_its_property(name: str) -> None:
    assert TABLE[name].check(FAULTY).of("violated")


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("no_conflict", "grant"),
        ("no_dead_rule", "scholarship"),
        ("no_gap", "fee"),
        ("monotone", "attendance"),
    ],
)
def test_a_planted_fault_fails_the_generated_test(name: str, rule: str) -> None:
    with pytest.raises(AssertionError):
        TABLE[name].test(FAULTY, rule, max_examples=100)()


def test_of_one_name_alone() -> None:
    assert TABLE["no_conflict"].check(FAULTY, "loan").passed
    assert not TABLE["no_conflict"].check(FAULTY, "grant").passed
    found = TABLE["information_monotone"].check(SOUND, "meals").findings
    assert [one.rules for one in found] == [("meals",)]
    with pytest.raises(UsageError):
        TABLE["no_conflict"].check(FAULTY, "nothing")


def test_a_failure_is_explained() -> None:
    with pytest.raises(AssertionError) as caught:
        TABLE["no_conflict"].test(FAULTY, "grant", max_examples=100)()
    assert "comes to a conflict" in str(caught.value)
    assert "CONFLICT" in str(caught.value)


# ---- with a parameter ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "way", "holds"), [("score", "up", True), ("score", "down", False)]
)
def test_monotone_by_call(fact: str, way: str, holds: bool) -> None:
    claim = monotone(fact, way)
    assert claim.check(POLICY).passed is holds
    test = claim.test(POLICY, max_examples=100)
    if holds:
        test()
    else:
        with pytest.raises(AssertionError, match="changed from"):
            test()


def test_refines_and_equivalent() -> None:
    assert refines(POLICY).check(STRICTER).passed
    assert not refines(STRICTER).check(POLICY).passed
    assert equivalent(POLICY).check(Policy.from_text(ENTRY)).passed
    (finding,) = equivalent(POLICY).check(STRICTER).of("violated")
    shown = {name: one.value for name, one in finding.witness.items()}
    verdicts = [
        one.evaluate("entry", shown | {"score": "60 points"}, DAY) for one in (POLICY, STRICTER)
    ]
    assert {one.outcome for one in verdicts} == {Outcome.HOLDS, Outcome.FAILS}


def test_refines_and_equivalent_by_cases() -> None:
    refines(POLICY).test(STRICTER, max_examples=50)()
    equivalent(POLICY).test(Policy.from_text(ENTRY), max_examples=50)()
    for claim, policy in ((refines(STRICTER), POLICY), (equivalent(POLICY), STRICTER)):
        with pytest.raises(AssertionError, match="and was"):
            claim.test(policy, max_examples=100)()


@pytest.mark.parametrize(
    ("facts", "holds"),
    [
        (("score", "local", "waited"), True),
        (("score", "local"), False),
        (("local", "waited"), False),
        ((), False),
    ],
)
def test_decidable_from(facts: tuple[str, ...], holds: bool) -> None:
    (finding,) = decidable_from(facts).check(POLICY).findings
    assert finding.status == ("holds" if holds else "violated")
    test = decidable_from(facts).test(POLICY, max_examples=100)
    if holds:
        test()
    else:
        with pytest.raises(AssertionError, match="not decided"):
            test()


def test_what_is_no_fact_decides_nothing() -> None:
    claim = decidable_from(["score", "locl"])
    for look in (claim.check, lambda policy: claim.test(policy)()):
        with pytest.raises(UsageError) as caught:
            look(POLICY)
        assert [one.code for one in caught.value.diagnostics] == ["V401"]
        assert "locl" in str(caught.value) and "local" in str(caught.value)


def test_a_fact_that_changes_nothing_is_not_needed() -> None:
    text = ENTRY.replace("(local or waited is at least 2 years)", "(local or not local)")
    (finding,) = decidable_from(["score"]).check(Policy.from_text(text)).findings
    assert finding.status == "holds"


def test_names_are_told() -> None:
    assert property_named("no_conflict") is TABLE["no_conflict"]
    assert property_named("monotone:score:down").name == "monotone:score:down"
    for wrong in ("no_conflicts", "monotone", "monotone:score:sideways"):
        if wrong == "monotone":
            assert property_named(wrong) is TABLE["monotone"]
            continue
        with pytest.raises(UsageError) as caught:
            property_named(wrong)
        assert caught.value.diagnostics[0].code == "V428"


# ---- laws that are broken ------------------------------------------------------------------------


@frozen(eq=False)
class Liar(Policy):
    """A policy that says of some cases what it says of another."""

    def evaluate(self, name: str, facts: Any, *args: Any, **more: Any) -> Verdict:
        return super().evaluate(name, self.misread(dict(facts)), *args, **more)

    def misread(self, facts: dict[str, Any]) -> dict[str, Any]:
        return facts

    def decide(self, name: str, facts: Any, *args: Any, **more: Any) -> Outcome:
        return self.evaluate(name, facts, *args, **more).outcome


def liar(misread: Callable[[dict[str, Any]], dict[str, Any]]) -> Policy:
    kind = type("Lying", (Liar,), {"misread": lambda _, facts: misread(facts)})
    made: Policy = kind(POLICY.core, POLICY.files)
    return made


GOOD = {"score": 99, "local": True, "waited": 9}
BAD = {"score": 1, "local": False, "waited": 0}

BROKEN: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    # says yes while a fact is missing, though the whole case may fail
    "information_monotone": lambda facts: facts if len(facts) == 3 else {**GOOD, **BAD, "score": 1},
    "explanation_certified": lambda facts: facts if len(facts) == 3 else {},
    "order_invariant": lambda facts: BAD if len(facts) == 3 else facts,
    "unit_invariant": lambda facts: (
        BAD if any(isinstance(v, str) for v in facts.values()) else facts
    ),
    "round_trips": lambda facts: BAD if any(isinstance(v, str) for v in facts.values()) else facts,
}


def test_a_value_that_was_open_may_be_settled() -> None:
    """Ten schools at most are left over whatever their number is; then it is known."""

    class Dropping(Random):
        draws: Iterator[float]

        def random(self) -> float:
            return next(self.draws)

    chance = Dropping()
    chance.draws = iter((0.0, 1.0))  # the first fact is left out
    facts = {"schools": 40, "digital": 30}
    case = Tried(SOUND, "few_digital", facts, DAY, chance)
    assert case.verdict({"digital": 30}).value is None
    assert certificates.information_monotone(case) is None


@pytest.mark.parametrize("name", BROKEN)
def test_a_policy_that_breaks_a_law_is_told(name: str) -> None:
    (finding,) = TABLE[name].check(liar(BROKEN[name])).of("violated")
    assert "entry" in finding.message.en
    assert finding.witness


def test_a_broken_law_fails_its_generated_test() -> None:
    with pytest.raises(AssertionError, match="in another order"):
        TABLE["order_invariant"].test(liar(BROKEN["order_invariant"]), max_examples=50)()


def test_engines_that_part_are_told() -> None:
    @frozen(eq=False)
    class Rash(Policy):
        def decide(self, *args: Any, **more: Any) -> Outcome:
            return Outcome.HOLDS

    policy = Rash(POLICY.core, POLICY.files)
    (finding,) = TABLE["engines_agree"].check(policy).of("violated")
    assert "compiled code" in finding.message.en
    assert "编译代码" in finding.message.zh


def test_changes_that_flip_nothing_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stubborn(Case):
        def with_values(self, changed: object) -> Case:
            return self

    monkeypatch.setattr(certificates, "Case", Stubborn)
    assert TABLE["counterfactual_flips"].check(POLICY).of("violated")


# ---- all at once ---------------------------------------------------------------------------------


def test_check_asks_everything() -> None:
    report = check(SOUND)
    assert report.passed
    assert {one.name.partition(":")[0] for one in report.findings} == set(TABLE)


def test_check_takes_names_and_properties() -> None:
    asked: list[str | Property] = ["no_conflict", "monotone:score:up", decidable_from(["score"])]
    report = check(POLICY, asked, engine="box", budget=500)
    assert [one.name for one in report.findings] == [
        "no_conflict",
        "monotone:score:up",
        "decidable_from",
    ]
    assert check(FAULTY, "no_conflict").of("violated")
    with pytest.raises(UsageError):
        check(POLICY, ["no_clash"])
    with pytest.raises(UsageError):
        check(POLICY, engine="abacus")

"""Facts at the bounds of rules, ways to fill gaps, and the test file that uses them."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, find, given, settings, strategies as st

from vocpolicy import Outcome, Policy, UsageError
from vocpolicy.cli import main
from vocpolicy.exercise.twins import parted, parting
from vocpolicy.exercise.variants import mutants
from vocpolicy.facts import read_facts
from vocpolicy.testing import boundary_cases, boundary_facts, completions, facts

DAY = date(2023, 6, 1)
HEAD = """language 1
policy entry {
  title zh "报考" en "Entry"
  document law "Law 1"
  in force 2023-01-01 to 2024-12-31
}
kind school en "school" plural "schools" zh "学校" counter "所"
choice medal zh "奖牌" en "medal" { bronze, silver, gold }
fact score zh "总分" en "score" : points, between 0 points and 750 points, in steps of 0.5 points
fact resident zh "本市" en "resident" : yes or no
fact expelled zh "开除" en "expelled" : yes or no
fact award zh "获奖" en "award" : medal or none
fact schools zh "学校" en "schools" : count of school, at least 1
fact digital zh "数字化学校" en "digital schools" : count of school, at most schools
"""
ENTRY = """rule conditions decides entry zh "资格" en "entry" {
  cite law 1
  eligible when all of {
    score is at least 520 points
    resident
  }
    except when expelled   because zh "受处分" en "under a penalty"
}
rule mostly zh "多数" en "mostly" { holds when digital / schools is at least 50%   cite law 3 }
"""
POLICY = Policy.from_text(HEAD + ENTRY)
QUICK = settings(
    max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


def test_boundary_cases_are_the_same_every_time() -> None:
    cases = boundary_cases(POLICY, "entry", DAY)
    assert cases == boundary_cases(Policy.from_text(HEAD + ENTRY), "entry", DAY)
    scores = {case["score"] for case in cases if "score" in case}
    assert {520, Fraction(1039, 2)} <= scores
    outcomes = {POLICY.evaluate("entry", case, DAY).outcome for case in cases}
    assert outcomes == {Outcome.HOLDS, Outcome.FAILS}


def test_boundary_cases_of_a_ratio_lie_on_the_bound() -> None:
    cases = [case for case in boundary_cases(POLICY, "mostly", DAY) if "schools" in case]
    shares = [case["digital"] * 100 / case["schools"] for case in cases]
    assert 50 in shares


def test_every_outcome_is_among_boundary_cases() -> None:
    other = 'rule other decides entry zh "乙" en "other" { not eligible when award is gold }\n'
    policy = Policy.from_text(HEAD + ENTRY + other)
    cases = boundary_cases(policy, "entry", DAY)
    found = {policy.evaluate("entry", case, DAY).outcome for case in cases}
    assert found == set(Outcome) - {Outcome.UNDETERMINED}


def test_names_are_checked() -> None:
    for made in (boundary_cases, boundary_facts):
        with pytest.raises(UsageError):
            made(POLICY, "entrie")


@QUICK
@given(boundary_facts(POLICY, "entry", as_of=DAY))
def test_boundary_facts_are_facts(case: dict[str, object]) -> None:
    verdict = POLICY.evaluate("entry", case, DAY)
    assert verdict.outcome in (Outcome.HOLDS, Outcome.FAILS)
    assert set(case) == {"score", "resident", "expelled"}


@pytest.mark.parametrize("score", [519.5, 520, 520.5])
def test_boundary_facts_reach_both_sides(score: float) -> None:
    strategy = boundary_facts(POLICY, "entry", as_of=DAY)
    found = find(strategy, lambda case: case["score"] == score, settings=QUICK)
    assert found["score"] == score


@QUICK
@given(boundary_facts(POLICY, "mostly", pivotal=False, offsets=(-2, 2), missing=["digital"]))
def test_what_is_to_be_missing_is(case: dict[str, object]) -> None:
    assert "digital" not in case


@QUICK
@given(st.data())
def test_completions_keep_what_is_known_and_the_bounds(data: st.DataObject) -> None:
    partial = data.draw(facts(POLICY, missing=True))
    whole = data.draw(completions(POLICY, partial))
    assert partial.items() <= whole.items()
    assert set(whole) == {fact.name for fact in POLICY.facts()}
    assert whole["digital"] <= whole["schools"]
    before = POLICY.evaluate("entry", partial, DAY)
    after = POLICY.evaluate("entry", whole, DAY)
    assert before.outcome in (Outcome.UNDETERMINED, after.outcome)


@settings(max_examples=3, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.from_type(Policy))
def test_policies_are_made_for_their_type(policy: Policy) -> None:
    assert policy.name == "random"


# ---- how much they notice ----------------------------------------------------------------------


def condition(draw: random.Random, depth: int) -> str:
    """A random condition over the facts of the head."""
    if depth == 0 or draw.random() < 0.3:
        operator = draw.choice(("is at least", "is at most", "is more than", "is less than"))
        return draw.choice(
            (
                f"score {operator} {draw.randrange(10, 740)} points",
                f"digital / schools {operator} {draw.randrange(5, 95)}%",
                f"digital {operator} {draw.randrange(2, 30)} schools",
                "resident",
                "not expelled",
                "award is gold",
                "award in (silver, bronze)",
            )
        )
    block = draw.choice(("all of", "any of"))
    parts = "\n".join(condition(draw, depth - 1) for _ in range(draw.randrange(2, 4)))
    return f"{block} {{\n{parts}\n}}"


def random_rule(seed: int) -> Policy:
    draw = random.Random(seed)
    text = f"holds when {condition(draw, 2)}\n except when {condition(draw, 1)}"
    return Policy.from_text(f'{HEAD}rule made zh "甲" en "made" {{\n{text}\n}}\n')


def test_boundary_cases_notice_mistakes_in_random_rules() -> None:
    noticed = unnoticed = 0
    for seed in range(12):
        policy = random_rule(seed)
        cases = [
            read_facts(policy.core, case, name="made", as_of=DAY)
            for case in boundary_cases(policy, "made", DAY)
        ]
        for mutant in mutants(policy.core):
            if any(parted(policy.core, mutant.policy, "made", case, DAY) for case in cases):
                noticed += 1
            elif parting(policy.core, mutant.policy, "made", DAY).facts is not None:
                unnoticed += 1
    assert noticed > 60
    assert noticed >= 0.95 * (noticed + unnoticed)


# ---- the test file -----------------------------------------------------------------------------


def test_the_test_file_that_is_written_passes(tmp_path: Path) -> None:
    rules = tmp_path / "rules.vocp"
    rules.write_text(HEAD + ENTRY, encoding="utf-8")
    out = tmp_path / "test_entry.py"
    written = CliRunner().invoke(main, ["write-tests", str(rules), "-o", str(out)])
    assert written.exit_code == 0, written.output
    args = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", out.name]
    done = subprocess.run(args, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "9 passed" in done.stdout


def test_the_test_file_notices_a_conflict(tmp_path: Path) -> None:
    rules = tmp_path / "rules.vocp"
    other = 'rule other decides entry zh "乙" en "other" { not eligible when award is gold }\n'
    rules.write_text(HEAD + ENTRY + other, encoding="utf-8")
    out = tmp_path / "test_entry.py"
    CliRunner().invoke(main, ["write-tests", str(rules), "-o", str(out)])
    args = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", out.name]
    done = subprocess.run(
        [*args, "-k", "contradict"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "[entry]" in done.stdout

"""Claims about versions and about facts that are enough, by each engine."""

from __future__ import annotations

import datetime

import pytest

from vocpolicy import Policy
from vocpolicy.diagnostics import UsageError
from vocpolicy.properties import decidable_from, equivalent, refines

pytest.importorskip("z3")

TEXT = """language 1
policy p { title en "P" zh "甲" }
fact score en "score" zh "分" : points, between 0 points and 100 points, in steps of 1 points
fact waited en "waited" zh "等候" : years, between 0 years and 9 years, in steps of 1 years
fact local en "local" zh "本市" : yes or no
rule entry en "entry" zh "录取" {
  eligible when score is at least 60 points and (local or waited is at least 2 years)
}
rule grade en "grade" zh "等级" { gives score + 1 points }
"""
POLICY = Policy.from_text(TEXT)
STRICTER = Policy.from_text(TEXT.replace("at least 60", "at least 70"))
REPHRASED = Policy.from_text(
    TEXT.replace("score is at least 60 points and", "not (score is less than 60 points) and")
)
DAY = datetime.date(2024, 1, 1)
ENGINES = ("box", "z3", "auto")


@pytest.mark.parametrize("engine", ENGINES)
def test_versions(engine: str) -> None:
    assert refines(POLICY).check(STRICTER, engine=engine).passed
    assert equivalent(POLICY).check(REPHRASED, engine=engine).passed
    assert not equivalent(POLICY).check(STRICTER, engine=engine).passed
    (finding,) = refines(STRICTER).check(POLICY, "entry", engine=engine).findings
    assert finding.status == "violated"
    given = {name: one.value for name, one in finding.witness.items()}
    assert 60 <= int(given["score"]) < 70


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("facts", "name", "status"),
    [
        (["score", "waited", "local"], "entry", "holds"),
        (["score", "local"], "entry", "violated"),
        (["score"], "grade", "holds"),
        (["waited"], "grade", "violated"),
    ],
)
def test_facts_that_are_enough(engine: str, facts: list[str], name: str, status: str) -> None:
    (finding,) = decidable_from(facts).check(POLICY, name, engine=engine).findings
    assert finding.status == status
    assert bool(finding.witness) == (status == "violated")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_fact_that_changes_nothing_is_not_needed(engine: str) -> None:
    text = TEXT.replace(
        "(local or waited is at least 2 years)",
        "(local or not local or waited is at least 2 years)",
    )
    (finding,) = (
        decidable_from(["score"]).check(Policy.from_text(text), "entry", engine=engine).findings
    )
    assert finding.status == "holds"


def test_z3_compares_two_versions_alone() -> None:
    found = POLICY.diff(STRICTER, engine="z3").relation("entry")
    assert found.status == "stricter"
    assert POLICY.diff(STRICTER, engine="box").relation("entry").status == "stricter"


def test_an_engine_that_there_is_not() -> None:
    for ask in (
        lambda: POLICY.diff(STRICTER, engine="y3"),
        lambda: refines(POLICY).check(STRICTER, engine="y3"),
        lambda: decidable_from(["score"]).check(POLICY, "entry", engine="y3"),
    ):
        with pytest.raises(UsageError) as caught:
            ask()
        assert caught.value.diagnostics[0].code == "V429"

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


# ---- targets and provisions ----------------------------------------------------------------------

GOAL = """language 1
policy p { title en "P" zh "甲"; in force 2021-01-01 to 2025-12-31 }
kind school zh "学校" en "school" plural "schools" counter "所"
fact schools : count of school, between 1 school and 50 schools
fact digital : count of school, at most schools
fact rural : count of school, at most schools
target equipped {
  stock
  baseline BASE at end of 2020
  goal WANTED by end of 2025
  measure MEASURE
}
provision lively zh "乙" en "lively" {
  shall
  evidence lit zh "灯" en "lit" : yes or no
  evidence pupils zh "生" en "pupils" : count of school
}
"""


def goal(base: str, wanted: str, measure: str) -> Policy:
    text = GOAL.replace("BASE", base).replace("WANTED", wanted).replace("MEASURE", measure)
    return Policy.from_text(text)


FIRST = goal("between 5 schools and 8 schools", "at least 20 schools", "digital")
RANGE, HALFWAY, DUE = (
    "between 5 schools and 8 schools",
    *(datetime.date(year, 6, 1) for year in (2023, 2025)),
)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ((RANGE, "at least 25 schools", "digital"), "stricter"),
        ((RANGE, "at least 20 schools", "digital + rural"), "looser"),
        ((RANGE, "between 20 schools and 30 schools", "digital"), "stricter"),
        ((RANGE, "at least 20 schools", "larger of (digital, digital)"), "equivalent"),
    ],
)
def test_versions_of_a_target(engine: str, changed: tuple[str, str, str], status: str) -> None:
    second = goal(*changed)
    assert FIRST.diff(second, engine=engine, as_of=HALFWAY).relation("equipped").status == status
    same = equivalent(FIRST).check(second, "equipped", engine=engine, as_of=HALFWAY)
    assert same.passed is (status == "equivalent")
    narrower = refines(FIRST).check(second, "equipped", engine=engine, as_of=HALFWAY)
    assert narrower.passed is (status != "looser")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("facts", "name", "status"),
    [
        (["digital"], "equipped", "holds"),
        (["schools"], "equipped", "violated"),
        (["lit", "pupils"], "lively", "holds"),
        (["lit"], "lively", "violated"),
    ],
)
def test_facts_that_are_enough_for_a_target(
    engine: str, facts: list[str], name: str, status: str
) -> None:
    (finding,) = decidable_from(facts).check(FIRST, name, engine=engine, as_of=HALFWAY).findings
    assert finding.status == status


MARKED = """language 1
policy p { title en "P" zh "甲" }
entity pupil { marks : points, between 0 points and 100 points, in steps of 1 points }
fact pupils : list of pupil
fact a : yes or no
rule full { satisfied when a and every one of pupils satisfies (marks is at least 60 points) }
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_a_list_that_is_not_among_the_facts(engine: str) -> None:
    policy = Policy.from_text(MARKED)
    (finding,) = decidable_from(["a"]).check(policy, engine=engine, as_of=DAY).findings
    assert finding.status == "violated"
    assert decidable_from(["a", "pupils"]).check(policy, engine=engine, as_of=DAY).passed

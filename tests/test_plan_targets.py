"""The plan's figures: every goal says what it is, where it starts and what it rests on."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

import pytest

import vocpolicy
from vocpolicy.facts import load_facts

ROOT = Path(__file__).parents[1]
FACTS = ROOT / "examples" / "shanghai-plan-14"
END = datetime.date(2025, 12, 31)
# The duty of teachers is no figure of progress: it has cases of its own.
PRACTICE = "practice_coverage"


@cache
def plan() -> vocpolicy.Policy:
    return vocpolicy.load(ROOT / "rules" / "shanghai-plan-14")


def targets() -> list[str]:
    return [name for name in plan().core.targets if name != PRACTICE]


def words(file: str, as_of: datetime.date) -> dict[str, str]:
    facts = load_facts(str(FACTS / file))
    verdicts = plan().evaluate_all(facts, as_of=as_of)
    return {verdict.name: verdict.wording_key for verdict in verdicts}


def test_every_goal_is_labelled_cited_and_due_at_the_end_of_2025() -> None:
    for name in targets():
        target = plan().core.targets[name]
        assert target.labels.en and target.labels.zh, name
        for reading, body in target.bodies.items():
            assert body.goal.date == END, (name, reading)
            assert body.stock or body.since, (name, reading)
        assert any(body.citations for body in target.bodies.values()), name


def test_a_tolerance_is_an_assumption() -> None:
    for name in targets():
        for reading, body in plan().core.targets[name].bodies.items():
            if body.goal.tolerance is not None:
                assert body.assumptions or body.goal.assumptions, (name, reading)


@pytest.mark.parametrize(
    ("name", "reading", "value"),
    [
        ("new_type_colleges_built", "band", 2),
        ("national_model_groups_built", "in_total", 10),
        ("industry_education_enterprises_fostered", "in_total", 32),
        ("teacher_studios_built", "in_total", 30),
        ("skill_studios_built", "in_total", 30),
        ("online_courses_built", "in_total", 195),
    ],
)
def test_the_facts_of_2020_are_the_baselines(name: str, reading: str, value: int) -> None:
    body = plan().core.targets[name].bodies[reading]
    assert body.baseline is not None
    start = [getattr(operand, "value", None) for operand in body.baseline.operands]
    assert start == [value]
    seen = load_facts(str(FACTS / "facts-2020.json"))
    verdict = plan().evaluate(name, seen, as_of=datetime.date(2020, 12, 31))
    assert verdict.readings[reading].wording_key in ("on_track", "met")


def test_progress_at_mid_term() -> None:
    found = words("facts-2023.json", datetime.date(2023, 12, 31))
    assert found["programme_points_level"] == "met"
    assert found["online_courses_built"] == "on_track"
    assert found["skill_studios_built"] == "behind"
    assert found["subject_standards"] == "not_due"


def test_progress_at_the_end_is_met_or_missed() -> None:
    found = words("facts-2025.toml", datetime.date(2026, 1, 31))
    assert set(targets()) <= set(found)
    assert {found[name] for name in targets()} == {"met", "missed"}
    assert found["dual_qualified_share"] == "met"
    assert found["skill_studios_built"] == "missed"


def test_readings_of_the_denominator_part() -> None:
    facts = {
        "dual_qualified_teachers": 624,
        "full_time_teachers": 1000,
        "professional_teachers": 900,
    }
    verdict = plan().evaluate("dual_qualified_share", facts, as_of=END)
    assert verdict.parts
    assert verdict.readings["full_time"].wording_key == "behind"
    assert verdict.readings["professional"].wording_key == "met"


def test_the_cases_of_the_targets_hold() -> None:
    named = set(targets())
    titles = {
        case.title
        for case in plan().core.cases
        if any(expect.name in named for expect in case.expects)
    }
    results = [result for result in plan().test() if result.title in titles]
    assert len(results) > 30
    assert [result.describe() for result in results if not result.passed] == []

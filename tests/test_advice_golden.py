"""Explanations with advice, on the plan's own rules: met with a margin, behind, refused for two
reasons, open with a question, eligible, in conflict.

What they say is kept in `tests/golden/advice-*.txt` and reviewed as text, in both languages.  After
a change that is meant, run with `VOCPOLICY_WRITE_GOLDEN=1` and read the difference.
"""

from __future__ import annotations

import datetime
import os
import shutil
from pathlib import Path

import pytest

import vocpolicy

GOLDEN = Path(__file__).parent / "golden"
ROOT = Path(__file__).parents[1]
RULES = ROOT / "rules" / "shanghai-plan-14"
APPLICANTS = ROOT / "examples" / "shanghai-plan-14" / "applicants"

MID_TERM = datetime.date(2023, 12, 31)
ADMISSION = datetime.date(2023, 7, 20)
ENTRY = datetime.date(2023, 6, 1)
PUPIL: dict[str, object] = {
    "schooling_stage": "final_year_junior_high",
    "registered_residence": "shanghai",
    "meets_year_conditions": True,
    "exam_score": "518 points",
    "admitted_in": None,
}
WINNER: dict[str, object] = {
    "graduate_kind": "secondary_vocational",
    "graduation_year": "this_year",
    "applied_level": "college",
    "meets_exam_conditions": True,
    "registered_exam": "college_entrance",
    "on_national_team": True,
    "verified": True,
    "comprehensive_assessment_passed": True,
    "published": True,
    "objection_raised": False,
}
SHARE = "dual_qualified_share"
BACHELOR = "secondary_to_bachelor"
WORLD_SKILLS = "world_skills_entry"


def without(facts: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in facts.items() if name not in names}


CASES: dict[str, list[tuple[str, object, datetime.date]]] = {
    "met": [(SHARE, {"dual_qualified_teachers": 700, "full_time_teachers": 1000}, MID_TERM)],
    "behind": [(SHARE, {"dual_qualified_teachers": 540, "full_time_teachers": 900}, MID_TERM)],
    "refused": [
        (BACHELOR, PUPIL | {"registered_residence": "elsewhere"}, ADMISSION),
        (BACHELOR, PUPIL, ADMISSION),
        (BACHELOR, {"admitted_in": "earlier_step"}, ADMISSION),
    ],
    "open": [
        (WORLD_SKILLS, WINNER, ENTRY),
        (WORLD_SKILLS, WINNER | {"programme_match": "same"}, ENTRY),
        (BACHELOR, without(PUPIL, "exam_score"), ADMISSION),
        (BACHELOR, without(PUPIL, "exam_score", "registered_residence"), ADMISSION),
    ],
    "eligible": [
        (BACHELOR, PUPIL | {"exam_score": "530 points"}, ADMISSION),
        (WORLD_SKILLS, WINNER | {"prize": "gold", "programme_match": "close"}, ENTRY),
    ],
}


@pytest.fixture(scope="module")
def plan() -> vocpolicy.Policy:
    return vocpolicy.load(RULES)


def check(name: str, verdicts: list[vocpolicy.Verdict]) -> None:
    said = [one.explain(lang, advice=True) for lang in ("en", "zh") for one in verdicts]
    text = "\n\n".join(said) + "\n"
    path = GOLDEN / f"advice-{name}.txt"
    if os.environ.get("VOCPOLICY_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_advice_reads_as_reviewed(name: str, plan: vocpolicy.Policy) -> None:
    check(name, [plan.evaluate(rule, facts, day) for rule, facts, day in CASES[name]])


def test_a_conflict_reads_as_reviewed(tmp_path: Path) -> None:
    """The plan's rules, the objection no longer over the conditions."""
    copy = tmp_path / "plan"
    shutil.copytree(RULES, copy)
    file = copy / "eligibility-skills.vocp"
    text = file.read_text(encoding="utf-8")
    assert "  overrides world_skills_conditions\n" in text
    file.write_text(text.replace("  overrides world_skills_conditions\n", ""), encoding="utf-8")
    facts = vocpolicy.load_facts(APPLICANTS / "world-skills-secondary-to-bachelor.json")
    objected = {**facts, "objection_raised": True}
    check("conflict", [vocpolicy.load(copy).evaluate(WORLD_SKILLS, objected, ENTRY)])

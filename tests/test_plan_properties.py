"""What ought to hold of the plan's rules, whoever applies and whatever a register says.

Each test states a property of the shipped plan in one line and has it checked: by search over all
cases (`check`), or on cases that hypothesis generates (`test`).  Read it as a list of promises.
"""

from __future__ import annotations

import datetime

import pytest

from vocpolicy import Policy, shipped
from vocpolicy.analysis import Report
from vocpolicy.properties import (
    TABLE,
    counterfactual_flips,
    decidable_from,
    equivalent,
    explanation_certified,
    information_monotone,
    monotone,
    no_conflict,
    refines,
)

PLAN = shipped("shanghai-plan-14")
DAY = datetime.date(2023, 7, 20)
"""Admission of 2023."""

ENTRY = ("secondary_to_bachelor", "secondary_to_college", "world_skills_entry")
"""Who is admitted: clauses 三（六）18 and 三（六）19."""


def holds(report: Report) -> bool:
    return not report.of("violated") and not report.of("not_settled")


# ---- no case is left in the dark ----------------------------------------------------------------


def test_no_two_rules_contradict_each_other() -> None:
    assert holds(no_conflict.check(PLAN))


@pytest.mark.parametrize(
    "name", ["no_dead_rule", "no_vacuous_condition", "exception_reachable", "boundary_observable"]
)
def test_every_rule_every_condition_and_every_exception_counts(name: str) -> None:
    assert holds(TABLE[name].check(PLAN))


def test_every_goal_can_be_reached_and_all_of_them_together() -> None:
    assert holds(TABLE["target_reachable"].check(PLAN))
    assert holds(TABLE["targets_compatible"].check(PLAN))


# ---- admission is fair --------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["secondary_to_bachelor", "secondary_to_college"])
def test_a_better_score_never_costs_anyone_admission(rule: str) -> None:
    assert holds(monotone("exam_score").check(PLAN, rule))


def test_a_better_score_never_costs_anyone_admission_in_cases() -> None:
    monotone("exam_score").test(PLAN, "secondary_to_bachelor", as_of=DAY)()


def test_what_the_rule_files_declare_to_be_better_never_does_harm() -> None:
    report = TABLE["monotone"].check(PLAN)
    asked = {one.name for one in report.findings}
    assert asked >= {"monotone:exam_score:up", "monotone:dual_qualified_teachers:up"}
    assert holds(report)


def test_a_school_with_more_dual_qualified_teachers_is_no_worse_off() -> None:
    assert holds(monotone("dual_qualified_teachers").check(PLAN, "dual_qualified_share"))


def test_whoever_says_these_six_things_is_told_whether_they_are_admitted() -> None:
    enough = decidable_from(
        [
            "schooling_stage",
            "registered_residence",
            "migrant_child_admitted",
            "meets_year_conditions",
            "exam_score",
            "admitted_in",
        ]
    )
    assert holds(enough.check(PLAN, "secondary_to_bachelor", as_of=DAY))


def test_the_score_alone_tells_nobody() -> None:
    report = decidable_from(["exam_score"]).check(PLAN, "secondary_to_bachelor", as_of=DAY)
    (finding,) = report.of("violated")
    assert finding.witness


# ---- what is said can be relied on --------------------------------------------------------------


@pytest.mark.parametrize("rule", ENTRY)
def test_what_is_settled_stays_so_whatever_else_becomes_known(rule: str) -> None:
    information_monotone.test(PLAN, rule, max_examples=25)()


@pytest.mark.parametrize("rule", ENTRY)
def test_a_reason_that_is_given_is_enough_by_itself(rule: str) -> None:
    explanation_certified.test(PLAN, rule, max_examples=15)()


@pytest.mark.parametrize("rule", ENTRY)
def test_what_is_said_to_change_a_refusal_changes_it(rule: str) -> None:
    counterfactual_flips.test(PLAN, rule, max_examples=15)()


# ---- a change is seen for what it is ------------------------------------------------------------

NOTICE = """language 1
policy notice_2024 {
  title en "Notice of a stricter line" zh "提高分数线的通知"
  amends PLAN
}
amend public_line from 2023-07-01 { = 530 points   assumed because en "made up" zh "示例" }
""".replace("PLAN", PLAN.name)


def test_a_higher_line_admits_nobody_who_was_not_admitted_before() -> None:
    stricter = Policy.from_text(NOTICE, base=PLAN)
    rule = "secondary_to_bachelor"
    assert holds(refines(PLAN).check(stricter, rule, as_of=DAY))
    (finding,) = equivalent(PLAN).check(stricter, rule, as_of=DAY).of("violated")
    score = finding.witness["exam_score"].value
    assert 525 <= int(score) < 530
    assert holds(equivalent(PLAN).check(stricter, "secondary_to_college", as_of=DAY))

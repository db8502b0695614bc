"""Policies from text against the texts of their documents: a made-up one, and the plan."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import vocpolicy
from vocpolicy.core import Policy
from vocpolicy.coverage import Report, measure, read_document

ROOT = Path(__file__).parents[1]
LIBRARY = Path(__file__).parent / "data" / "coverage"
PLAN = ROOT.parent / "shared" / "plan" / "plan.txt"
RULES = ROOT / "rules" / "shanghai-plan-14"

needs_plan = pytest.mark.skipif(
    not PLAN.exists(),
    reason="the plan's text does not lie beside the checkout (../shared/plan/plan.txt)",
)


@pytest.fixture(scope="module")
def library() -> Policy:
    return vocpolicy.load(LIBRARY / "library.vocp").core


@pytest.fixture(scope="module")
def plan() -> Policy:
    return vocpolicy.load(RULES).core


def measured(policy: Policy, path: Path) -> Report:
    return measure(policy, {"plan": read_document(path)})


def gaps(report: Report) -> list[tuple[str, str | None]]:
    return [(gap.clause, gap.text) for gap in report.unaccounted]


def without(policy: Policy, name: str) -> Policy:
    """The policy without a target or a recorded value."""
    return attrs.evolve(
        policy,
        targets={key: value for key, value in policy.targets.items() if key != name},
        definitions={key: value for key, value in policy.definitions.items() if key != name},
    )


def test_the_library_policy_accounts_for_its_document(library: Policy) -> None:
    assert gaps(measured(library, LIBRARY / "library-plan.txt")) == []


@pytest.mark.parametrize(
    ("name", "gap"),
    [
        ("branches", [("二（一）", None), ("二（一）", "2035年"), ("二（二）1", "8－10个")]),
        ("coverage_of_villages", [("一（一）1", "57％"), ("二（二）1", "全覆盖")]),
        ("opening", [("二（二）2", "十八五"), ("二（二）2", "持平")]),
        ("middle_rank_share", [("一（一）2", "三分之一")]),
    ],
)
def test_what_is_taken_from_the_library_policy_is_missed(
    library: Policy, name: str, gap: list[tuple[str, str | None]]
) -> None:
    assert gaps(measured(without(library, name), LIBRARY / "library-plan.txt")) == gap


def test_readings_and_conditions_are_named_by_their_owner(library: Policy) -> None:
    report = measured(library, LIBRARY / "library-plan.txt")
    (clause,) = [item for item in report.clauses if item.clause.name == "三（一）1"]
    assert clause.provisions == ("renewal", "remote")


@needs_plan
def test_the_plan_is_accounted_for(plan: Policy) -> None:
    report = measured(plan, PLAN)
    assert gaps(report) == []
    names = {item.clause.name for item in report.clauses}
    tasks = [
        sum(name.endswith(f"）{n}") for name in names if name[0] == "三") for n in range(1, 27)
    ]
    assert tasks == [1] * 26
    assert {"一（一）3", "二（二）", "二（四）5", "四（一）", "四（四）"} <= names


@needs_plan
@pytest.mark.parametrize(
    ("target", "clause", "figure"),
    [
        ("dual_qualified_share", "三（五）15", "65%"),
        ("apprenticeship_share", "二（四）3", "20%"),
        ("vocational_universities_built", "三（二）6", "2-4所"),
        ("managers_trained", "三（五）16", "全覆盖"),
        ("benchmark_schools_built", "三（七）23", "10所"),
    ],
)
def test_a_target_taken_from_the_plan_is_missed(
    plan: Policy, target: str, clause: str, figure: str
) -> None:
    assert (clause, figure) in gaps(measured(without(plan, target), PLAN))


@needs_plan
def test_a_figure_added_to_the_plan_is_missed(plan: Policy) -> None:
    text = read_document(PLAN).replace("建设10所信息化标杆校", "建设10所信息化标杆校和7个示范点")
    assert gaps(measure(plan, {"plan": text})) == [("三（七）23", "7个")]

"""The shipped plan against itself, and against a copy of which some figures were changed."""

from __future__ import annotations

import datetime
import shutil
import time
from collections.abc import Mapping
from functools import cache

import pytest

from vocpolicy import Policy, load, shipped
from vocpolicy.difference import Difference
from vocpolicy.source import shipped as shipped_path

FIGURES = (
    ("goal at least 65% by end of 2025", "goal at least 70% by end of 2024"),
    ("from 2023-01-01 = 525 points", "from 2023-01-01 = 530 points"),
)
DAY = datetime.date(2023, 7, 1)


@cache
def plan() -> Policy:
    return shipped("shanghai-plan-14")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Difference:
    folder = tmp_path_factory.mktemp("plan") / "plan"
    shutil.copytree(shipped_path("rules", "shanghai-plan-14"), folder)
    changed = 0
    for path in sorted(folder.rglob("*.vocp")):
        text = path.read_text(encoding="utf-8")
        for old, new in FIGURES:
            changed += text.count(old)
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    assert changed == len(FIGURES)
    return plan().diff(Policy.load(folder, cases=False), as_of=DAY)


def statuses(found: Difference) -> Mapping[str, str]:
    return {one.name: one.status for one in found.relations if one.differs}


def test_the_plan_differs_in_nothing_from_itself() -> None:
    started = time.perf_counter()
    result = plan().diff(load(shipped_path("rules", "shanghai-plan-14")))
    assert not result.differs
    assert len(result.relations) == len(plan().names)
    assert time.perf_counter() - started < 20


def test_what_changed_is_told_and_nothing_else(found: Difference) -> None:
    owners = {(one.kind, one.name) for one in found.changes}
    assert owners == {("target", "dual_qualified_share"), ("parameter", "public_line")}
    parts = {one.part for one in found.changes}
    assert parts == {"figure", "goal", "deadline"}


def test_only_what_rests_on_it_comes_out_otherwise(found: Difference) -> None:
    expected = {"dual_qualified_share": "stricter", "secondary_to_bachelor": "stricter"}
    assert statuses(found) == expected


def test_the_witness_of_the_share_lies_between_the_goals(found: Difference) -> None:
    relation = found.relation("dual_qualified_share")
    goal = next(one.search for one in relation.aspects if one.part == "goal")
    assert goal is not None
    values = dict(goal.moves[0].facts.values)
    share = values["dual_qualified_teachers"] / values["full_time_teachers"]
    assert 65 <= share * 100 < 70

"""The cases of every example decide each condition that a case can decide, and notice each mistake
that changes anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from vocpolicy import Policy
from vocpolicy.exercise import coverage, mutate

EXAMPLES = Path(__file__).parent.parent / "examples"
LAW = "wage-tax/law"
BASES = {"wage-tax/notice": LAW}
POLICIES = {
    "annual-leave": (28, 46),
    "income-tax": (8, 5),
    "maternity-pay": (24, 33),
    LAW: (2, 5),
    "wage-tax/notice": (2, 5),
}
"""How many obligations there are, and mistakes."""


def loaded(name: str) -> Policy:
    if name not in BASES:
        return Policy.load(EXAMPLES / name)
    return Policy.load(EXAMPLES / BASES[name]).amended_by(EXAMPLES / name)


@pytest.mark.parametrize("name", POLICIES)
def test_cases_decide_every_condition(name: str) -> None:
    found = coverage(loaded(name).core)
    assert [one.condition for one in found.of("missing", "not_settled")] == []
    assert found.owed == POLICIES[name][0]


@pytest.mark.parametrize("name", POLICIES)
def test_cases_notice_every_mistake(name: str) -> None:
    found = mutate(loaded(name).core)
    assert [one.variant.span.text for one in found.of("unnoticed", "not_settled")] == []
    assert found.counted == POLICIES[name][1]


def test_every_example_with_cases_is_here() -> None:
    """Those without are made up, to be found fault with."""
    folders = {path.parent.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("*.vocp")}
    assert folders == {*POLICIES, "faulty", "faulty-static", "sound"}

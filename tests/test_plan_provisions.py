"""The goals of the plan that have no figure: none is missing, each says what would show it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from vocpolicy import core
from vocpolicy.driver import load_path

ROOT = Path(__file__).parent.parent
SECTIONS = (
    ("一", range(1, 4)),
    ("二", range(4, 7)),
    ("三", range(7, 11)),
    ("四", range(11, 15)),
    ("五", range(15, 18)),
    ("六", range(18, 22)),
    ("七", range(22, 27)),
)
TASKS = [f"三({name}){task}" for name, tasks in SECTIONS for task in tasks]
GOALS = [f"二(四){item}" for item in range(1, 6)]
PRINCIPLES = ["二(一)", "二(二)", *(f"二(三){item}" for item in range(1, 5))]
SAFEGUARDS = [f"四({name})" for name in "一二三四"]


@pytest.fixture(scope="module")
def plan() -> core.Policy:
    return load_path(ROOT / "rules" / "shanghai-plan-14")


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("clause", PRINCIPLES + GOALS + TASKS + SAFEGUARDS)
def test_a_clause_has_several_provisions(plan: core.Policy, clause: str) -> None:
    carried = [
        provision.name
        for provision in plan.provisions.values()
        if clause in {squeezed(citation.clause) for citation in provision.citations}
    ]
    assert len(carried) >= 3


def test_a_provision_names_its_words_in_the_plan(plan: core.Policy) -> None:
    for provision in plan.provisions.values():
        for citation in provision.citations:
            bare = re.sub("[“”]", "", squeezed(citation.locator or ""))
            assert 2 <= len(bare) <= 8, (provision.name, bare)


def test_a_provision_and_its_evidence_are_labelled_in_both_languages(plan: core.Policy) -> None:
    for provision in plan.provisions.values():
        labels = [provision.labels, *(plan.facts[name].labels for name in provision.evidence)]
        assert len(labels) > 1, provision.name
        assert all(label.en and label.zh for label in labels), provision.name


def test_evidence_can_be_told_apart_by_its_label(plan: core.Policy) -> None:
    names = [name for provision in plan.provisions.values() for name in provision.evidence]
    for language in ("en", "zh"):
        labels = [getattr(plan.facts[name].labels, language) for name in names]
        twice = {label for label in labels if labels.count(label) > 1}
        assert not twice, language


def test_every_rank_of_verb_is_used(plan: core.Policy) -> None:
    ranks = {provision.modality for provision in plan.provisions.values()}
    assert ranks == {
        "shall", "establish", "improve", "promote", "support", "encourage", "explore"
    }  # fmt: skip

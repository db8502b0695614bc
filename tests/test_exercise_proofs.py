"""What no case can decide is proved: by search, by leaving aside how facts meet, and by z3."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vocpolicy import Policy
from vocpolicy.exercise import coverage, missing_cases, mutate, trials

EXAMPLES = Path(__file__).parent.parent / "examples"
HEAD = """language 1
policy entry {
  title zh "报考" en "Entry"
  in force 2023-01-01 to 2024-12-31
}
entity award zh "奖" en "award" { points zh "分" en "points" : points, at least 0 points }
fact awards zh "奖项" en "awards" : list of award
fact maths zh "数学" en "maths" : points, at least 0 points
fact English zh "英语" en "English" : points, at least 0 points
fact resident zh "本市" en "resident" : yes or no
"""


def statuses(rules: str) -> dict[tuple[str, bool], str]:
    found = coverage(Policy.from_text(HEAD + rules).core)
    return {(one.condition, one.truth): one.status for one in found.obligations}


@pytest.fixture
def search_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "installed", lambda: False)


@pytest.mark.usefixtures("search_alone")
def test_beside_a_comparison_of_two_facts() -> None:
    """What the condition before implies, in a rule that holds two open numbers together."""
    rules = """rule entry zh "资格" en "entry" {
  eligible when maths is at least 10 points
    except when English is more than maths
    except when maths is less than 20 points and resident
    except when maths is at least 20 points and resident
}
"""
    found = statuses(rules)
    assert found["maths is at least 20 points", False] == "impossible"
    assert found["maths is at least 20 points", True] == "missing"
    assert found["English is more than maths", True] == "missing"


SUMS = """rule entry zh "资格" en "entry" {
  eligible when all of {
    maths + English is at least 100 points
    maths + English is more than 90 points
  }
}
"""


def test_sums_without_bounds_are_left_to_z3() -> None:
    pytest.importorskip("z3")
    found = statuses(SUMS)
    assert found["maths + English is more than 90 points", False] == "impossible"
    assert found["maths + English is at least 100 points", False] == "missing"


@pytest.mark.usefixtures("search_alone")
def test_what_is_left_open_is_owed() -> None:
    assert statuses(SUMS)["maths + English is more than 90 points", False] == "not_settled"


def test_what_a_list_comes_to_is_not_taken_for_the_same() -> None:
    """A change in what is counted, also where search and proof both try to show that it does
    nothing."""
    rules = """define good for award zh "好" en "good" = points is at least 10 points
rule entry zh "录取" en "entry" {
  eligible when count of awards where good is at least 1 and English is more than maths
}
"""
    found = mutate(Policy.from_text(HEAD + rules).core, ["good"])
    assert len(found.mutations) == 3
    assert "equivalent" not in {one.status for one in found.mutations}


def test_a_target_is_judged_while_it_can_be_reached() -> None:
    """Where nothing else says a date, the day of the goal."""
    rules = """target total zh "总分" en "total" {
  stock
  goal at least 40 points by end of 2025
  measure maths
}
"""
    text = (HEAD + rules).replace("  in force 2023-01-01 to 2024-12-31\n", "")
    found = mutate(Policy.from_text(text).core)
    assert {one.variant.kind: one.status for one in found.mutations} == {
        "bound_up": "unnoticed",
        "bound_down": "unnoticed",
    }
    assert {one.day for one in found.mutations} == {date(2025, 12, 31)}


def test_missing_cases_with_records_are_written_in_the_language_of_the_rules() -> None:
    rules = (EXAMPLES / "annual-leave" / "policy.vocp").read_text("utf-8")
    text = missing_cases(coverage(Policy.from_text(rules).core), "zh")
    assert "职工名册 = [" in text
    assert "\n  评估日 " in text
    assert "given" not in text
    whole = Policy.from_text(rules + text.replace("语言 1", ""))
    assert [one.title for one in whole.test() if not one.passed] == []
    assert coverage(whole.core).complete

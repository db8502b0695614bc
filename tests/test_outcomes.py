"""Outcomes are members of an enumeration, whoever they come from and whenever that is asked."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from enum import Enum
from typing import assert_never

from vocpolicy import Outcome, bare_outcomes

BARE = """
import sys
from vocpolicy.bare_outcomes import EVERY, HOLDS, outcome_of
assert "enum" not in sys.modules
import copy, pickle
assert (HOLDS, HOLDS.name, HOLDS.value, f"{HOLDS}") == ("holds", "HOLDS", "holds", "holds")
assert repr(HOLDS) == "<Outcome.HOLDS: 'holds'>"
assert copy.deepcopy(HOLDS) is copy.copy(HOLDS) is outcome_of("holds") is HOLDS
kept, before = {HOLDS: 1}, [pickle.dumps(HOLDS, version) for version in range(6)]
assert all(pickle.loads(text) is HOLDS for text in before)
import vocpolicy
assert vocpolicy.Outcome.HOLDS is HOLDS and type(HOLDS) is vocpolicy.Outcome
assert tuple(vocpolicy.Outcome) == EVERY and kept[vocpolicy.Outcome.HOLDS] == 1
assert repr(HOLDS) == "<Outcome.HOLDS: 'holds'>" and str(HOLDS) == HOLDS.value == "holds"
assert all(pickle.loads(text) is HOLDS for text in before)
"""


def test_what_was_a_bare_word_becomes_a_member() -> None:
    subprocess.run([sys.executable, "-I", "-c", BARE], check=True)


def test_they_are_an_enumeration() -> None:
    assert [one.name for one in Outcome] == [one.value.upper() for one in Outcome]
    assert all(isinstance(one, Enum) and isinstance(one, str) for one in Outcome)
    assert Outcome("fails") is Outcome["FAILS"] is bare_outcomes.FAILS
    assert "maybe" not in {str(one) for one in Outcome}
    for one in Outcome:
        assert copy.deepcopy(one) is pickle.loads(pickle.dumps(one)) is one
        assert f"{one}" == str(one) == one.value and hash(one) == hash(one.value)
    try:
        Outcome("maybe")
    except ValueError as error:
        assert "maybe" in str(error)
    else:
        raise AssertionError


def test_a_type_checker_knows_when_all_are_taken() -> None:
    def said(outcome: Outcome) -> str:
        match outcome:
            case Outcome.HOLDS | Outcome.FAILS:
                return "settled"
            case Outcome.UNDETERMINED | Outcome.NOT_APPLICABLE | Outcome.CONFLICT:
                return "open"
            case _:
                assert_never(outcome)

    assert [said(one) for one in bare_outcomes.EVERY] == ["settled"] * 2 + ["open"] * 3

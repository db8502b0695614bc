"""Compiled forms decide under every reading that a policy declares."""

from __future__ import annotations

import datetime
from itertools import product
from typing import Any

import pytest

from vocpolicy import Policy, StoredPolicy, UsageError
from vocpolicy.stored import content
from vocpolicy.stored.policy import StoredPolicy as Stored
from vocpolicy.stored.saving import MOST_READINGS, compiled_form

TEXT = """language 1
policy entry { title zh "报考" en "Entry" }
fact score zh "总分" en "score" : points
fact local zh "本地" en "local" : yes or no
fact other zh "其他" en "other" : yes or no
parameter line zh "线" en "line" : points {
  from 2022-01-01 = 500 points
  from 2024-01-01 = 520 points
}
rule by_score decides high zh "高分" en "high" {
  reading strict in use { holds when score is more than line }
  reading lenient { holds when score is at least line }
}
rule entry decides passed zh "通过" en "passed" {
  reading both in use { satisfied when all of { high; local } }
  reading either { satisfied when any of { high; local } }
  reading lenient { satisfied when high }
}
rule apart decides aside zh "旁" en "aside" {
  reading one in use { holds when other }
  reading two { holds when other is no }
}
rule plain decides simple zh "简" en "simple" { holds when local }
"""
DAYS = (datetime.date(2023, 6, 1), datetime.date(2024, 6, 1))
CASES: list[dict[str, Any]] = [
    {"score": score, "local": local, "other": True}
    for score, local in product((499, 500, 501, 520, 521), (True, False))
]
CASES += [{"local": True}, {"score": "520 points"}]


def unexpected() -> None:
    raise AssertionError("damaged")


def stored(policy: Policy, as_of: datetime.date | None = None) -> StoredPolicy:
    return Stored(content.read(compiled_form(policy, as_of=as_of).data), unexpected)


READINGS: tuple[Any, ...] = (
    {},
    "lenient",
    "strict",
    "either",
    "both",
    {"entry": "either"},
    {"entry": "lenient", "by_score": "lenient"},
    {"by_score": "lenient"},
    {"by_score": "strict", "entry": "both"},
)


def test_it_decides_under_every_reading_as_the_policy_does() -> None:
    policy = Policy.from_text(TEXT)
    seen = set()
    for form in (stored(policy), stored(policy, DAYS[0])):
        for readings, case in product(READINGS, CASES):
            for day in DAYS:
                expected = policy.decide("passed", case, day, readings)
                assert form.decide("passed", case, day, readings) is expected
                assert form.compile("entry", day, readings)(case) is expected
                assert policy.evaluate("passed", case, day, readings).outcome is expected
                seen.add((str(readings), expected))
        assert form.as_of or form._policy is None
    assert len(seen) > len(READINGS) * 2


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("passed", "two"),
        ("passed", {"apart": "two"}),
        ("aside", "two"),
        ("simple", "either"),
        ("simple", {"entry": "either"}),
    ],
)
def test_readings_of_others_change_nothing(name: str, readings: Any) -> None:
    policy = Policy.from_text(TEXT)
    form = stored(policy)
    for case in CASES:
        expected = policy.decide(name, case, DAYS[0], readings)
        assert form.decide(name, case, DAYS[0], readings) is expected


@pytest.mark.parametrize("readings", ["none", "", {"entry": "strict"}, {"nobody": "either"}])
def test_readings_that_nobody_has_are_named_as_the_policy_names_them(readings: Any) -> None:
    policy = Policy.from_text(TEXT)
    form = stored(policy)
    with pytest.raises(UsageError, match="V418") as expected:
        policy.decide("passed", CASES[0], DAYS[0], readings)
    with pytest.raises(UsageError) as found:
        form.decide("passed", CASES[0], DAYS[0], readings)
    assert str(found.value) == str(expected.value)


def test_it_says_why_the_rules_decide_under_a_reading() -> None:
    form = stored(Policy.from_text(TEXT))
    assert form.reason("passed", DAYS[0], "either") == form.reason("passed", DAYS[0]) == ""
    assert "readings" in form.reason("passed", DAYS[0], "two")


def test_of_very_many_readings_only_those_in_use_are_compiled() -> None:
    rules = [
        f"rule r{one} decides d{one} {{\n  reading a in use {{ holds when f{one} }}\n"
        f"  reading b {{ holds when f{one} is no }}\n}}\nfact f{one} : yes or no"
        for one in range(6)
    ]
    every = "; ".join(f"d{one}" for one in range(6))
    text = 'language 1\npolicy p { title en "P" }\n' + "\n".join(rules)
    policy = Policy.from_text(f"{text}\nrule every {{ holds when all of {{ {every} }} }}\n")
    form = stored(policy)
    assert MOST_READINGS < 2**6
    case = {f"f{one}": one != 3 for one in range(6)}
    assert form.decide("every", case, DAYS[0]) == "fails" and form._policy is None
    assert form.decide("every", case, DAYS[0], {"r3": "b"}) == "holds"


def test_amendments_bring_readings_with_them(tmp_path: Any) -> None:
    base = (
        'language 1\npolicy base { title en "Base" }\nfact local : yes or no\n'
        "rule entry decides passed { satisfied when local }\n"
    )
    later = (
        'language 1\npolicy later { title en "Later"; amends base }\n'
        "amend entry from 2024-01-01 {\n  reading plain in use { satisfied when local }\n"
        "  reading turned { satisfied when local is no }\n}\n"
    )
    policy = Policy.from_text(later, base=Policy.from_text(base))
    form = stored(policy)
    for day, readings in product(DAYS, (None, "turned", {"entry": "plain"})):
        for case in ({"local": True}, {"local": False}):
            expected = said(policy, case, day, readings)
            assert said(form, case, day, readings) == expected


def said(decider: Any, case: object, day: datetime.date, readings: Any) -> str:
    try:
        return str(decider.decide("passed", case, day, readings))
    except UsageError as error:
        return str(error)

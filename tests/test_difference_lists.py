"""How rules over lists lie to each other, for lists of any length."""

from __future__ import annotations

import datetime

import pytest

from vocpolicy import Policy
from vocpolicy.difference import Relation

DAY = datetime.date(2024, 1, 1)
HEAD = """language 1
policy p { title en "P" zh "甲" }
entity pupil en "pupil" zh "学生" {
  score en "score" zh "分" : points, between 0 points and 100 points, in steps of 1 points
  age en "age" zh "年龄" : years, at least 0 years
  pay en "pay" zh "报酬" : yuan, at least 0 yuan
  ill en "ill" zh "生病" : yes or no
}
fact pupils en "pupils" zh "学生名册" : list of pupil
fact poor en "poor" zh "贫困" : yes or no
fact line en "line" zh "线" : points, between 0 points and 100 points
"""

PASSING = 'rule passing for pupil en "passing" zh "合格" { eligible when %s }\n'


def relation(old: str, new: str, before: str = "", now: str = "") -> Relation:
    one, other = (
        Policy.from_text(f"{HEAD}{rest}\nrule r {{ {text} }}")
        for text, rest in ((old, before), (new, now or before))
    )
    return one.diff(other, "r", DAY, engine="box").relation("r")


EVERY = "fulfilled when every one of pupils%s satisfies (score is at least %s points)"
COUNT = "eligible when count of pupils where %s is at least %s"
BELOW = "score is less than 60 points"


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        (EVERY % ("", 60), EVERY % ("", 61), "stricter"),
        (EVERY % (" where ill", 60), EVERY % ("", 60), "stricter"),
        (EVERY % ("", 60), EVERY % (" where ill", 61), "neither"),
        # The same, asked in other words.
        (EVERY % ("", 60), f"fulfilled when no one of pupils satisfies ({BELOW})", "equivalent"),
        (
            EVERY % ("", 60),
            f"fulfilled when count of pupils where ({BELOW}) is at most 0",
            "equivalent",
        ),
        (
            EVERY % ("", 60),
            "fulfilled when least of pupils.score if empty 100 points is at least 60 points",
            "equivalent",
        ),
        (
            EVERY % ("", 60),
            "fulfilled when share of pupils satisfies (score is at least 60 points) if empty 100%"
            " is at least 100%",
            "equivalent",
        ),
        (
            "eligible when any one of pupils satisfies (ill)",
            COUNT % ("ill", 1),
            "equivalent",
        ),
        (
            COUNT % ("(ill and not (score is at least 60 points))", 3),
            COUNT % ("(score is less than 60 points and ill)", 3),
            "equivalent",
        ),
        # Who is ill is a pupil.
        (
            COUNT % ("ill", 3) + " and count of pupils is at least 3",
            COUNT % ("ill", 3),
            "equivalent",
        ),
        (COUNT % ("ill", 3), COUNT % ("(any of { ill; score is 0 points })", 3), "looser"),
        # Pay is not below nothing.
        (
            "eligible when total of pupils.pay is at most 1000 yuan",
            "eligible when total of pupils.pay where ill is at most 1000 yuan",
            "looser",
        ),
    ],
)
def test_lists_of_any_length(old: str, new: str, status: str) -> None:
    found = relation(old, new)
    assert (found.status, found.open) == (status, frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "fulfilled when every one of pupils satisfies (passing is eligible)",
        "fulfilled when share of pupils satisfies (passing is eligible) if empty 0% is at least 8%",
    ],
)
def test_what_is_decided_for_each_member(text: str) -> None:
    before = PASSING % "score is at least 60 points"
    now = PASSING % "score is at least 60 points and not ill"
    assert relation(text, text, before, now).status == "stricter"
    assert relation(text, text, now, before).status == "looser"


def test_members_over_whom_rules_clash_are_not_taken_for_sure() -> None:
    clash = "eligible when ill; not eligible when score is 0 points"
    before = f'rule passing for pupil en "passing" zh "合格" {{ {clash} }}\n'
    now = PASSING % "ill"
    text = "fulfilled when no one of pupils satisfies (passing is eligible)"
    found = relation(text, text, before, now)
    assert found.status != "equivalent"


@pytest.mark.parametrize(
    ("old", "new", "records"),
    [
        (COUNT % ("ill", 3), COUNT % ("ill", 4), 3),
        (COUNT % ("ill", 12), COUNT % ("ill", 13), 12),
        ("eligible when distinct pupils.age is at least 5", "eligible when poor and not poor", 5),
        (
            "eligible when share of pupils satisfies (ill) if empty 0% is at least 75%",
            "eligible when share of pupils satisfies (ill) if empty 0% is at least 80%",
            4,
        ),
    ],
)
def test_a_list_is_as_long_as_it_takes(old: str, new: str, records: int) -> None:
    found = relation(old, new)
    assert found.status == "stricter"
    (move,) = found.moves
    pupils = move.facts.values["pupils"]
    assert isinstance(pupils, tuple) and len(pupils) == records


GRANT = 'rule grant for pupil en "grant" zh "补助" { gives %s when %s; otherwise gives 0 yuan }\n'


def test_values_made_of_lists() -> None:
    text = "gives total of pupils.grant when poor"
    more, less = GRANT % ("120 yuan", "ill"), GRANT % ("100 yuan", "ill and score is 0 points")
    assert relation(text, text, GRANT % ("100 yuan", "ill"), more).status == "higher"
    assert relation(text, text, GRANT % ("100 yuan", "ill"), less).status == "lower"
    capped = "gives smaller of (total of pupils.grant, 1000 yuan)"
    assert relation(capped, capped, GRANT % ("100 yuan", "ill"), more).status == "higher"


TARGET = """target r en "r" zh "指标" {
  stock
  goal at least 90% by 2026-12-31
  measure share of pupils satisfies (PASSES) if empty 100%
}"""


@pytest.mark.parametrize(
    ("new", "status"),
    [
        ("not (score is less than 60 points)", "equivalent"),
        ("score is at least 61 points", "stricter"),
        ("score is at least 60 points or ill", "looser"),
    ],
)
def test_targets_that_measure_lists(new: str, status: str) -> None:
    one, other = (
        Policy.from_text(HEAD + TARGET.replace("PASSES", text))
        for text in ("score is at least 60 points", new)
    )
    found = one.diff(other, "r", DAY, engine="box").relation("r")
    assert (found.status, found.open) == (status, frozenset())


def test_a_goal_is_stricter_where_what_it_measures_is_decided_otherwise() -> None:
    target = TARGET.replace("PASSES", "passing is eligible")
    one, other = (
        Policy.from_text(f"{HEAD}{PASSING % text}{target}")
        for text in ("score is at least 60 points", "score is at least 61 points")
    )
    found = one.diff(other, "r", datetime.date(2026, 12, 31), engine="box").relation("r")
    assert found.status == "stricter"
    assert [aspect.part for aspect in found.aspects] == ["goal"]


STAYS = """language 1
policy p { title en "P" zh "甲" }
entity stay en "stay" zh "实践" {
  from en "from" zh "自" : date
  to en "to" zh "至" : date or none
}
entity teacher en "teacher" zh "教师" {
  stays en "stays" zh "经历" : list of stay
}
fact teachers en "teachers" zh "教师名册" : list of teacher
rule practice for teacher en "practice" zh "企业实践" { fulfilled when STAYS }
rule r en "r" zh "甲" {
  fulfilled when every one of teachers satisfies (practice is fulfilled)
}
"""
LENGTH = "total length of stays in the last %s (month of 30 days) is at least %s months"


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        (LENGTH % ("5 years", 6), LENGTH % ("5 years", 3), "looser"),
        (LENGTH % ("5 years", 6), LENGTH % ("3 years", 6), "stricter"),
        (
            "count of stays in the last 5 years is at least 2",
            "count of stays is at least 2",
            "looser",
        ),
    ],
)
def test_lists_within_records_of_lists(old: str, new: str, status: str) -> None:
    one, other = (Policy.from_text(STAYS.replace("STAYS", text)) for text in (old, new))
    found = one.diff(other, ("practice", "r"), DAY, engine="box")
    assert {found.relation(name).status for name in ("practice", "r")} == {status}

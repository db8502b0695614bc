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

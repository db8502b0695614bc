"""Fields of records that stand alone: code decides as the interpreter does, whatever is missing."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pytest

from test_scalar_targets import Left, called, damaged
from vocpolicy import Policy
from vocpolicy.stored import content
from vocpolicy.stored.policy import StoredPolicy
from vocpolicy.stored.saving import compiled_form

HEAD = """language 1
policy paths { title zh "路径" en "Paths" }
kind seat zh "座" en "seat" plural "seats"
choice level zh "级" en "level" { low, middle, high }
entity town zh "镇" en "town" {
  seats zh "座" en "seats" : count of seat, at least 1
  free zh "空" en "free" : count of seat, at most seats
  rate zh "率" en "rate" : ratio, between 0% and 50%
  grade zh "级" en "grade" : level
  named zh "名" en "named" : text
  since zh "自" en "since" : date
  rural zh "乡" en "rural" : yes or no
  aid zh "补" en "aid" : yuan or none
}
entity school zh "校" en "school" {
  town zh "镇" en "town" : town
  size zh "规" en "size" : points, between 0 points and 10 points
  open zh "开" en "open" : yes or no
  marks zh "分" en "marks" : list of points
}
fact school zh "校" en "school" : school
fact place zh "地" en "place" : town
fact limit zh "限" en "limit" : points
fact schools zh "各校" en "schools" : list of school
define home zh "家" en "home" = place
"""

LEAVES = (
    "school.open",
    "school.size is at least 5 points",
    "school.size is at most 10 points",
    "school.size + limit is at least 8 points",
    "school.size is at most limit",
    "place.seats is at least 1 seats",
    "place.free / place.seats is at least 50%",
    "place.free is more than 2 seats",
    "place.rate is at most 50%",
    "place.rate is less than 20%",
    "place.grade in (low, middle, high)",
    "place.grade is high",
    "place.grade is not low",
    'place.named is "A"',
    "place.since is less than 2020-01-01",
    "place.since + 1 years is at most today",
    "whole years between place.since and today is at least 3 years",
    "place.rural",
    "place.aid is none",
    "place.aid is at least 10 yuan",
    "school.town.rural",
    "school.town.seats is at least 4 seats",
    "school.town.grade is high",
    "home.rural",
    "home.rate is at least 10%",
    "any one of schools satisfies (size is at least school.size)",
    "count of schools where (open) is at least 1",
    "every one of schools satisfies (open and place.rural)",
)


def condition(pick: random.Random, depth: int = 2) -> str:
    if depth == 0 or pick.random() < 0.4:
        leaf = pick.choice(LEAVES)
        return leaf if pick.random() < 0.8 else f"not ({leaf})"
    word = pick.choice((" and ", " or "))
    return "(" + word.join(condition(pick, depth - 1) for _ in range(2)) + ")"


def text_of(pick: random.Random) -> str:
    rules = [
        f'rule r{one} zh "规" en "r{one}" {{ eligible when {condition(pick)} }}' for one in range(4)
    ]
    rules.append(
        'rule paid zh "给" en "given" { \n  gives school.size * 2 when place.rural\n'
        "  gives limit when school.open\n}"
    )
    return "\n".join([HEAD, *rules])


def town(pick: random.Random, there: float) -> dict[str, Any]:
    seats = pick.randint(1, 8)
    found = {
        "seats": seats,
        "free": pick.randint(0, seats),
        "rate": pick.choice((0, "10%", 0.25, "50%")),
        "grade": pick.choice(("low", "middle", "high")),
        "named": pick.choice("AB"),
        "since": datetime.date(pick.randint(2017, 2023), 6, 1),
        "rural": pick.random() < 0.5,
        "aid": pick.choice((None, 5, 10, "none")),
    }
    return {name: value for name, value in found.items() if pick.random() < there}


def school(pick: random.Random, there: float) -> dict[str, Any]:
    found = {
        "town": town(pick, there),
        "size": pick.randint(0, 10),
        "open": pick.random() < 0.5,
        "marks": [3],
    }
    return {name: value for name, value in found.items() if pick.random() < there}


def case_of(pick: random.Random) -> dict[str, Any]:
    there = pick.choice((0.5, 0.9, 1))
    found = {
        "school": school(pick, there),
        "place": town(pick, there),
        "limit": pick.randint(0, 10),
        "schools": [school(pick, 1 if there == 1 else 0.9) for _ in range(pick.randint(0, 2))],
    }
    if pick.random() < 0.1:
        found["place"] = {"2020-01-01": town(pick, there), "2024-01-01": town(pick, there)}
    return {name: value for name, value in found.items() if pick.random() < there}


NAMES = ("r0", "r1", "r2", "r3", "paid")
DAY = datetime.date(2023, 6, 1)


def alike(pick: random.Random, left: Left, cases: int) -> None:
    policy = Policy.from_text(text_of(pick))
    stored = StoredPolicy(content.read(compiled_form(policy).data), damaged, policy)
    for _ in range(cases):
        case = case_of(pick)
        for name in NAMES:
            expected = called(lambda: policy.evaluate(name, case, DAY).outcome)  # noqa: B023
            asked = (name, case, DAY, policy.core.span.source.text)
            for _ in range(2):
                found = called(policy.decide, name, case, DAY)
                assert found == expected, (asked, found, expected)
            assert called(stored.decide, name, case, DAY) == expected, asked
            left.count += 1


def test_code_decides_by_fields_as_the_interpreter_does(monkeypatch: pytest.MonkeyPatch) -> None:
    left = Left(monkeypatch)
    for seed in range(4):
        alike(random.Random(seed), left, 8)
    assert 4 * left.left < left.count

"""Values that are open or none inside conditions: code has their bounds as the interpreter does."""

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
policy figures { title zh "数" en "Figures"
  month end MONTH_END }
choice level zh "级" en "level" { low, middle, high }
entity post zh "岗" en "post" {
  pay zh "薪" en "pay" : yuan, between 0 yuan and 50 yuan
  extra zh "补" en "extra" : yuan or none
  held zh "在" en "held" : yes or no
}
fact score zh "分" en "score" : yuan, between 0 yuan and 100 yuan
fact grant zh "补助" en "grant" : yuan or none
fact part zh "份" en "part" : ratio, between 0% and 100%
fact asked zh "申" en "asked" : yes or no
fact good zh "优" en "good" : yes or no
fact begun zh "始" en "begun" : date
fact ended zh "终" en "ended" : date or none
fact posts zh "岗位" en "posts" : list of post
define share zh "率" en "share" = band of score { from 0 yuan = 10%; from 40 yuan = 25% }
define class zh "等" en "class" = band of score { from 30 yuan = low; from 60 yuan = high }
define tax zh "税" en "tax" = marginal scale of score { from 0 yuan = 10%; from 50 yuan = 20% }
define move zh "移" en "move" = begun + 1 months
rule pays zh "付" en "pays" { PAYS }
rule pay_of for post zh "岗付" en "pay of post" {
  gives pay + 1 yuan when held
}
"""

PAYS = (
    "gives score * 2 when asked\n  gives 7 yuan when not asked",
    "gives score when asked",
    "gives 5 yuan when asked\n  gives 7 yuan when good",
    "applies when good\n  gives score when asked\n  gives score + 1 yuan when not asked",
    "gives 5 yuan when asked or good",
)

LEAVES = (
    "pays is at least 20 yuan",
    "pays + score is less than 60 yuan",
    "pays is 7 yuan",
    "grant is at least 10 yuan",
    "grant is none",
    "grant is not 10 yuan",
    "grant is score",
    "round up (pays * 1/3) to 1 yuan is at least 5 yuan",
    "larger of (pays, score) is at least 50 yuan",
    "pays * part is at most 20 yuan",
    "share is at least 25%",
    "share * score is at least 10 yuan",
    "tax is at least 5 yuan",
    "tax + score is at most 40 yuan",
    "class is high",
    "class is none",
    "class is not low",
    "move is at most today",
    "begun + 1 months is at most 2023-03-01",
    "whole months between begun and today is at least 2 months",
    "ended is none",
    "ended is at most today",
    "total of posts.pay is at least 20 yuan",
    "total of posts.pay_of is at least 20 yuan",
    "most of posts.pay if empty 3 yuan is at least 10 yuan",
    "share of posts satisfies held if empty 0% is at least 50%",
)
VALUES = ("share", "class", "tax", "move", "pays")
DAY = datetime.date(2023, 3, 31)


def condition(pick: random.Random, depth: int = 2) -> str:
    if depth == 0 or pick.random() < 0.4:
        leaf = pick.choice(LEAVES)
        return leaf if pick.random() < 0.8 else f"not ({leaf})"
    word = pick.choice((" and ", " or "))
    return "(" + word.join(condition(pick, depth - 1) for _ in range(2)) + ")"


def text_of(pick: random.Random) -> str:
    head = HEAD.replace("MONTH_END", pick.choice(("refuse", "round down", "round up")))
    head = head.replace("PAYS", "\n  " + pick.choice(PAYS) + "\n")
    rules = [
        f'rule r{one} zh "规" en "r{one}" {{ eligible when {condition(pick)} }}' for one in range(4)
    ]
    return "\n".join([head, *rules])


def case_of(pick: random.Random) -> dict[str, Any]:
    there = pick.choice((0.5, 0.9, 1))

    def some(found: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in found.items() if pick.random() < there}

    posts = [
        some(
            {
                "pay": pick.randint(0, 50),
                "extra": pick.choice((None, 4, 10)),
                "held": pick.random() < 0.5,
            }
        )
        for _ in range(pick.randint(0, 3))
    ]
    return some(
        {
            "score": pick.choice((0, 30, 39, 40, 50, 60, 100, pick.randint(0, 100))),
            "grant": pick.choice((None, "none", 10, 30, pick.randint(0, 60))),
            "part": pick.choice((0, "50%", 1)),
            "asked": pick.random() < 0.5,
            "good": pick.random() < 0.5,
            "begun": datetime.date(2023, 1, pick.randint(25, 31)),
            "ended": pick.choice((None, DAY, "2023-04-01")),
            "posts": posts,
        }
    )


NAMES = ("r0", "r1", "r2", "r3", *VALUES)


def alike(pick: random.Random, left: Left, cases: int) -> None:
    policy = Policy.from_text(text_of(pick))
    stored = StoredPolicy(content.read(compiled_form(policy).data), damaged, policy)
    for _ in range(cases):
        case = case_of(pick)
        for name in NAMES:
            expected = called(lambda: policy.evaluate(name, case, DAY).outcome)  # noqa: B023
            asked = (name, case, DAY, policy.core.span.source.text)
            found = called(policy.decide, name, case, DAY)
            assert found == expected, (asked, found, expected)
            assert called(stored.decide, name, case, DAY) == expected, asked
            left.count += 1


def test_code_decides_by_what_is_open_as_the_interpreter_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left = Left(monkeypatch)
    for seed in range(4):
        alike(random.Random(seed), left, 8)
    assert 4 * left.left < left.count

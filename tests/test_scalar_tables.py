"""Tables that collect: code decides as the interpreter does, whatever is missing."""

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
policy collecting { title zh "收" en "Collecting" }
fact score zh "分" en "score" : yuan, between 0 yuan and 100 yuan
fact bonus zh "奖" en "bonus" : yuan, between 0 yuan and 9 yuan
fact asked zh "申" en "asked" : yes or no
fact good zh "优" en "good" : yes or no
"""
SCORES = ("-", "at least 30 yuan", "less than 60 yuan", "at least 60 yuan")
ANSWERS = ("-", "yes", "no")
OUTPUTS = ("5 yuan", "0 yuan", "bonus", "bonus + 1 yuan", "not applicable")
OTHERWISE = ("", "  otherwise gives 0 yuan\n", "  otherwise gives 5 yuan\n")
KINDS = ("list", "sum", "count", "least", "most")
DAY = datetime.date(2023, 6, 1)
NAMES = tuple(f"{kind}ed" for kind in KINDS)


def table(pick: random.Random, collect: str) -> str:
    """A table whose rows may match together; a list has nothing otherwise, nor has a count."""
    rows = [
        (pick.choice(SCORES), pick.choice(ANSWERS), pick.choice(ANSWERS), pick.choice(OUTPUTS))
        for _ in range(pick.randint(2, 4))
    ]
    rows[0] = (*rows[0][:3], pick.choice(OUTPUTS[:-1]))
    lines = "".join(f"  | {' | '.join(row)} |\n" for row in rows)
    end = pick.choice(OTHERWISE) if collect not in ("list", "count") else ""
    name = f"{collect}ed"
    head = f"table of_{collect} decides {name} collect {collect} {{\n"
    return f"{head}  | score | asked | good | {name} |\n{lines}{end}}}\n"


def case_of(pick: random.Random) -> dict[str, Any]:
    there = pick.choice((0.5, 0.8, 1))
    found = {
        "score": pick.choice((0, 30, 45, 60, 100)),
        "bonus": pick.choice((0, 4, 5)),
        "asked": pick.random() < 0.5,
        "good": pick.random() < 0.5,
    }
    return {name: value for name, value in found.items() if pick.random() < there}


def alike(pick: random.Random, left: Left, cases: int) -> None:
    policy = Policy.from_text("".join([HEAD, *(table(pick, kind) for kind in KINDS)]))
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


def test_code_decides_what_is_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    left = Left(monkeypatch)
    for seed in range(5):
        alike(random.Random(seed), left, 8)
    assert 2 * left.left < left.count

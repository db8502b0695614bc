"""Targets, provisions and definitions by code: what the interpreter says, from plain facts, from
observations by date, and from compiled forms."""

from __future__ import annotations

import datetime
import importlib
import random
from collections.abc import Callable, Collection
from typing import Any

import pytest

from vocpolicy import Policy
from vocpolicy.diagnostics import FactError
from vocpolicy.stored import content
from vocpolicy.stored.policy import StoredPolicy
from vocpolicy.stored.saving import compiled_form

HEAD = """language 1
policy plan { title zh "规划" en "Plan"
  in force 2015-01-01 to 2030-12-31 }
kind teacher zh "名教师" en "teacher" plural "teachers" counter "名"
choice skill zh "技能" en "skill" { welding, cooking, coding }
entity member zh "教师" en "member" {
  dual zh "双师" en "dual" : yes or no
  pay zh "工资" en "pay" : yuan, between 0 yuan and 100 yuan
}
fact whole zh "全" en "whole" : count of teacher, at least 1
fact part zh "部" en "part" : count of teacher, at most whole
fact spent zh "支出" en "spent" : yuan, between 0 yuan and 100 yuan
fact other zh "另" en "other" : yuan
fact built zh "建成" en "built" : yes or no
fact main zh "主" en "main" : skill
fact taught zh "所授" en "taught" : list of skill
fact members zh "名册" en "members" : list of member
fact opened zh "开放" en "opened" : date
parameter line zh "线" en "line" : yuan {
  from 2016-01-01 = 40 yuan
  from 2021-01-01 to 2023-12-31 = 52.5 yuan
}
define ratio_now zh "比" en "ratio now" = part / whole
define sum_now zh "和" en "sum now" = spent + other * 2
define mean_pay zh "均" en "mean pay" = total of members.pay
define dual_share zh "占比" en "share of dual" = share of members satisfies dual if empty 0%
define guarded zh "除" en "guarded" = spent / part if zero 3 yuan per teacher
define day zh "日" en "day" = opened + 30 days
rule rich zh "富" en "rich" {
  eligible when spent is at least line
  not eligible when built
}
rule pays zh "付" en "pays" {
  gives spent * 2 when built
  gives 7 yuan when not built
}
provision shown_by zh "证" en "Shown" {
  explore zh "证" en "Shown"
  in force 2018-01-01
  evidence issued zh "已发" en "issued" : yes or no
EVIDENCE}
"""

MEASURES = {
    "yuan": ("spent", "spent + other", "sum_now", "mean_pay", "other * 1/2",
             "larger of (spent, other)"),
    "ratio": ("part / whole", "ratio_now", "dual_share"),
}  # fmt: skip
FIGURES = {
    "yuan": ("30 yuan", "52.5 yuan", "line", "other", "0 yuan"),
    "ratio": ("40%", "65%", "1/3", "part / whole"),
}
DAYS = tuple(
    datetime.date(*day)
    for day in (
        (2014, 12, 31), (2016, 6, 1), (2018, 1, 1), (2019, 12, 31), (2020, 12, 31), (2021, 1, 1),
        (2022, 7, 1), (2023, 12, 31), (2024, 1, 1), (2025, 12, 31), (2026, 1, 1), (2031, 1, 1),
    )
)  # fmt: skip
APPLIES = ("built", "rich", "opened is at most today", "pays is at least 50 yuan")
WHEN = (None, "2022-12-31", "2025-12-31")


def goal(pick: random.Random, kind: str) -> str:
    one = pick.choice(FIGURES[kind][:3])
    comparator = pick.choice(
        ("at least", "at most", "more than", "less than", "", "between", "nearly", "about")
    )
    match comparator:
        case "between":
            ends = ("20 yuan", "line") if kind == "yuan" else ("20%", "60%")
            return f"between {ends[0]} and {ends[1]}"
        case "nearly" | "about":
            return f"{comparator} {one} tolerance {pick.choice(('10%', '0%'))}"
        case _:
            return f"{comparator} {pick.choice(FIGURES[kind])}"


def target(pick: random.Random, name: str) -> str:
    kind = pick.choice(("yuan", "ratio"))
    measures = MEASURES[kind]
    if pick.random() < 0.25:
        lines = [
            "  stock",
            "  measure each {",
            f'    one zh "一" en "one" : {pick.choice(measures)}',
            f'    two zh "二" en "two" : {pick.choice(measures)}',
            "  }",
        ]
    else:
        lines = ["  stock", f"  measure {pick.choice(measures)}"]
    when = pick.choice(WHEN)
    by = f" by {when}" if when else ""
    figure = pick.choice(FIGURES[kind][:2])
    begins = pick.random()
    if begins < 0.4:
        given_ = pick.choice((figure, figure, f"at most {figure}", f"about {figure} tolerance 5%"))
        lines.append(f"  baseline {given_} at 2016-12-31")
    elif begins < 0.55 and by and kind == "yuan":
        lines[0] = "  flow since 2016-01-01"
    if by and pick.random() < 0.4:
        lines.append(f"  milestone {goal(pick, kind)} by 2019-12-31")
    if pick.random() < 0.3:
        lines.append(f"  applies when {pick.choice(APPLIES)}")
    if pick.random() < 0.2:
        lines.append("  in force 2018-01-01 to 2025-12-31")
    lines.append(f"  goal {goal(pick, kind)}{by}")
    return "\n".join([f'target {name} zh "目标" en "Target" {{', *lines, "}"])


EVIDENCE = (
    '  evidence plans zh "计划" en "plans" : number, at least 0\n',
    '  evidence boards zh "会" en "boards" : count of teacher\n',
)
OTHERS = """
target learnt zh "学" en "learnt" {
  measure taught
  goal each of (welding, coding) by 2022-12-31
}
target mainly zh "主" en "mainly" {
  measure main
  goal coding by 2022-12-31
}
target done zh "建" en "done" {
  measure built
  goal yes
}
"""


def text_of(pick: random.Random) -> str:
    evidence = "".join(line for line in EVIDENCE if pick.random() < 0.5)
    targets = [target(pick, f"t{place}") for place in range(3)]
    return "\n".join([HEAD.replace("EVIDENCE", evidence), *targets, OTHERS])


NAMES = ("t0", "t1", "t2", "learnt", "mainly", "done", "shown_by", "ratio_now", "sum_now",
         "mean_pay", "dual_share", "guarded", "day", "rich", "pays")  # fmt: skip

VALUES: dict[str, Callable[[random.Random], Any]] = {
    "whole": lambda pick: pick.randint(5, 20),
    "part": lambda pick: pick.randint(0, 12),
    "spent": lambda pick: pick.choice((0, 30, 40, 52, 100, "52.5 yuan", pick.randint(0, 100))),
    "other": lambda pick: pick.choice((0, -20, 30, 150, pick.randint(-50, 200))),
    "built": lambda pick: pick.random() < 0.5,
    "main": lambda pick: pick.choice(("welding", "coding", "cooking")),
    "taught": lambda pick: pick.sample(("welding", "coding", "cooking"), pick.randint(0, 3)),
    "members": lambda pick: [member(pick) for _ in range(pick.randint(0, 3))],
    "issued": lambda pick: pick.random() < 0.7,
    "plans": lambda pick: pick.choice((0, 1, 2.5)),
    "boards": lambda pick: pick.randint(0, 2),
    "opened": lambda pick: datetime.date(pick.randint(2015, 2027), pick.randint(1, 12), 28),
}


def member(pick: random.Random) -> dict[str, Any]:
    fields = {"dual": pick.random() < 0.5, "pay": pick.randint(0, 100)}
    return {name: value for name, value in fields.items() if pick.random() < 0.9}


def case_of(pick: random.Random, facts: Collection[str]) -> dict[str, Any]:
    """Facts of which some are missing, and some were observed on several days."""
    dated = pick.choice((0, 0.3, 0.9))
    there = pick.choice((0.6, 0.95, 1))
    found: dict[str, Any] = {}
    for name, value in VALUES.items():
        if pick.random() > there or name not in facts:
            continue
        if pick.random() < dated:
            days = pick.sample(DAYS, pick.randint(1, 3))
            found[name] = {day.isoformat(): value(pick) for day in days}
        else:
            found[name] = value(pick)
    return found


def called(function: Callable[..., Any], *args: Any) -> Any:
    try:
        return function(*args)
    except FactError as error:
        return str(error)


class Left:
    """Counts what code leaves to the interpreter, and what it decides."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = self.count = 0
        module = importlib.import_module("vocpolicy.scalar.compiled")
        whole = module.decide

        def noted(*args: Any) -> Any:
            self.left += 1
            return whole(*args)

        monkeypatch.setattr(module, "decide", noted)


def damaged() -> None:
    raise AssertionError("damaged")


def alike(pick: random.Random, left: Left, cases: int) -> None:
    """Code says of random targets and random facts what the interpreter says."""
    policy = Policy.from_text(text_of(pick))
    days = pick.sample(DAYS, 3)
    stored = StoredPolicy(content.read(compiled_form(policy).data), damaged, policy)
    for _ in range(cases):
        case, day = case_of(pick, policy.core.facts), pick.choice(days)
        for name in NAMES:
            expected = called(lambda: policy.evaluate(name, case, day).outcome)  # noqa: B023
            found = called(policy.decide, name, case, day)
            asked = (name, case, day, policy.core.span.source.text)
            assert found == expected, (asked, found, expected)
            assert called(stored.decide, name, case, day) == expected, asked
            left.count += 1


def test_code_decides_targets_as_the_interpreter_does(monkeypatch: pytest.MonkeyPatch) -> None:
    left = Left(monkeypatch)
    for seed in (3, 4):
        alike(random.Random(seed), left, 8)
    assert 10 * left.left < left.count

"""Deciding one case: one rule and thirty, against hand-written Python that checks nothing.

The facts vary between calls; the reference is called with the same facts.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from measuring import Row, medians, rows
from workload import by_hand, cases, source

from vocpolicy import Policy

DAY = datetime.date(2023, 6, 1)


def measure(quick: bool) -> list[Row]:
    repeats, loops = (5, 2) if quick else (41, 10)
    policy = Policy.from_text(source(30))
    given = cases(50)
    return [
        *_one_rule(policy, given, repeats, loops),
        *_thirty_rules(policy, given, repeats, loops),
        *_peers(),
    ]


def _each(call: Callable[[Any], object], given: Sequence[Any]) -> Callable[[], None]:
    """All cases in turn."""

    def calls() -> None:
        for case in given:
            call(case)

    return calls


def _one_rule(policy: Policy, given: Sequence[Any], repeats: int, loops: int) -> list[Row]:
    name = "admission_0"
    compiled = policy.compile(name, DAY)
    tuples = [tuple(case[fact] for fact in compiled.facts) for case in given]
    lacking = [{key: one for key, one in case.items() if key != "exam_score"} for case in given]

    def decide() -> None:
        for case in given:
            policy.decide(name, case, DAY)

    reference = "hand-written, unchecked"
    calls = {
        reference: _each(by_hand(0), given),
        "one rule: policy.decide on a dict": decide,
        "one rule: compiled on a dict": _each(compiled.decide, given),
        "one rule: compiled on a dict that lacks a fact": _each(compiled.decide, lacking),
        "one rule: compiled on a trusted tuple": _each(compiled.trusted, tuples),
    }
    return _rows(calls, reference, (5.0, 5.0, None, 2.0), len(given), repeats, loops)


def _thirty_rules(policy: Policy, given: Sequence[Any], repeats: int, loops: int) -> list[Row]:
    names = [f"admission_{i}" for i in range(30)]
    by_hands = [by_hand(i) for i in range(30)]
    compiled = policy.compile(names, DAY)
    reference = "thirty hand-written, unchecked"
    calls = {
        reference: _each(lambda case: [one(case) for one in by_hands], given),
        "thirty rules: compiled together on a dict": _each(compiled.decide, given),
    }
    return _rows(calls, reference, (1.0,), len(given), repeats, loops)


def _rows(
    calls: dict[str, Callable[[], None]],
    reference: str,
    goals: Sequence[float | None],
    count: int,
    repeats: int,
    loops: int,
) -> list[Row]:
    seconds = medians(calls, repeats, loops)
    each = {name: time / count for name, time in seconds.items()}
    names = [name for name in calls if name != reference]
    return rows(each, reference, dict(zip(names, goals, strict=True)))


def _peers() -> list[Row]:
    """The fastest peer that was measured, where it is installed."""
    name = "zen-engine, compiled expression"
    try:
        import zen
    except ImportError:
        return [Row(name, None, "", None, None, "is not installed (`zen-engine`)")]
    condition = (
        "disciplinary_record == false and ((trade_matches and"
        " (world_skills_award in ['excellence', 'bronze', 'silver', 'gold']"
        " or national_award in ['third', 'second', 'first']))"
        " or (graduate_of == 'secondary_vocational' and household_registered and age <= 22"
        " and ((track == 'nursing' and exam_score >= 480)"
        " or (track == 'mechatronics' and exam_score >= 510)"
        " or (track == 'culinary' and exam_score >= 450))))"
    )
    compiled = zen.compile_expression(condition)
    given = cases(50)
    reference = "hand-written, unchecked"
    calls = {reference: _each(by_hand(0), given), name: _each(compiled.evaluate, given)}
    return _rows(calls, reference, (None,), len(given), 11, 3)[:1]

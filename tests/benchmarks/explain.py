"""Explaining one case, from its facts to the whole tree and to text, against a hand-written
function that decides the same and minds missing facts.

No case comes twice: what is remembered of earlier cases is what parts of theirs share with it.
"""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from measuring import Row, medians, rows
from workload import by_hand_with_missing, cases, source

from vocpolicy import Policy
from vocpolicy.explain import explain, tree

DAY = datetime.date(2023, 6, 1)
NAME = "admission_0"


def measure(quick: bool) -> list[Row]:
    repeats, batch, before = (5, 20, 200) if quick else (61, 50, 3000)
    policy, finer = Policy.from_text(source(1)), Policy.from_text(_finer(source(1)))
    reference = "hand-written, missing facts handled"
    calls: dict[str, Callable[[Any], object]] = {
        reference: by_hand_with_missing(0),
        "outcome alone: policy.decide": lambda case: policy.decide(NAME, case, DAY),
        "verdict": lambda case: policy.evaluate(NAME, case, DAY),
        "facts to full tree": lambda case: tree(policy.evaluate(NAME, case, DAY)),
        "facts to tree and English text": lambda case: explain(policy.evaluate(NAME, case, DAY)),
        "facts to tree and Chinese text": lambda case: explain(
            policy.evaluate(NAME, case, DAY), "zh"
        ),
        "tree, a number new in every case": lambda case: tree(finer.evaluate(NAME, case, DAY)),
    }
    count = repeats * batch + before + batch
    row, new = _row(count * len(calls)), _new(_row(count + 2 * before))
    rows_of = {name: new if "new" in name else row for name in calls}
    for name, call in calls.items():
        for case in islice(rows_of[name], 3 * before if "new" in name else before):
            call(case)
    batches = {name: _batch(call, rows_of[name], batch) for name, call in calls.items()}
    seconds = medians(batches, repeats, clock=time.thread_time)
    each = {name: time / batch for name, time in seconds.items()}
    goals = dict.fromkeys(each, None) | {
        "facts to full tree": 40.0,
        "facts to tree and English text": 80.0,
    }
    del goals[reference]
    return rows(each, reference, goals)


def _row(count: int) -> Iterator[dict[str, Any]]:
    """Cases one after another; of every tenth one fact is missing."""
    names: list[str] = []
    for place, case in enumerate(cases(count)):
        names = names or list(case)
        if place % 10 == 0:
            del case[names[place // 10 % len(names)]]
        yield case


FINER = 10**6


def _finer(text: str) -> str:
    """The rule with scores of so many times the points."""
    return re.sub(r"(\d+) points", lambda found: f"{int(found[1]) * FINER} points", text)


def _new(row: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The cases for that rule, each with a score that no other has."""
    for place, case in enumerate(row):
        if "exam_score" in case:
            case["exam_score"] = case["exam_score"] * FINER + place
        yield case


def _batch(
    call: Callable[[Any], object], row: Iterator[dict[str, Any]], count: int
) -> Callable[[], None]:
    """The next cases of the row, taken outside the time that counts as far as that goes."""

    def calls() -> None:
        for case in islice(row, count):
            call(case)

    return calls

"""Explaining one case, from its facts to the whole tree and to text, against a hand-written
function that decides the same and minds missing facts.

No case comes twice: what is remembered of earlier cases is what parts of theirs share with it.
"""

from __future__ import annotations

import datetime
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
    policy = Policy.from_text(source(1))
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
    }
    row = _row(repeats * batch * len(calls) + before * len(calls) + len(calls) * batch)
    for call in calls.values():
        for case in islice(row, before):
            call(case)
    batches = {name: _batch(call, row, batch) for name, call in calls.items()}
    seconds = medians(batches, repeats)
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


def _batch(
    call: Callable[[Any], object], row: Iterator[dict[str, Any]], count: int
) -> Callable[[], None]:
    """The next cases of the row, taken outside the time that counts as far as that goes."""

    def calls() -> None:
        for case in islice(row, count):
            call(case)

    return calls

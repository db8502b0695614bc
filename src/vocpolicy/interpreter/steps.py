"""How steps are put together: what an answer that was made from others rests on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import assert_never

from vocpolicy import core
from vocpolicy.core import Expr, Nothing
from vocpolicy.outcome import Outcome
from vocpolicy.trace import Answer, ConclusionTrace, Step, Unknown

NOTHING: frozenset[str] = frozenset()


def combine(expr: Expr, answer: Answer, children: Iterable[Step]) -> Step:
    """The step of an answer that was made from its children."""
    steps = tuple(children)
    return Step(
        expr,
        answer,
        steps,
        missing=missing_of(answer, steps),
        used=NOTHING.union(*[step.used for step in steps]),
        observed=latest([step.observed for step in steps if step.observed]),
    )


def missing_of(answer: Answer, steps: Iterable[Step]) -> frozenset[str]:
    """The missing facts that an answer made from these steps can still turn on."""
    if not isinstance(answer, Unknown):
        return NOTHING
    return NOTHING.union(*(step.missing for step in steps))


def latest(days: Iterable[datetime.date | None]) -> datetime.date | None:
    return max((day for day in days if day is not None), default=None)


def answer_of(trace: ConclusionTrace) -> Answer:
    """A conclusion as other rules see it: true where it holds, false where it fails or is not
    applicable; a value where its rules give one, and `none` where none of them does."""
    if trace.answer is not None:
        return trace.answer
    match trace.outcome:
        case Outcome.HOLDS:
            return True
        case Outcome.FAILS:
            return False
        case Outcome.NOT_APPLICABLE:
            yes_no = isinstance(trace.conclusion.type, core.YesNoType)
            return False if yes_no else Nothing.NONE
        case Outcome.UNDETERMINED | Outcome.CONFLICT:
            return Unknown(conflict=trace.conflict)
        case _:
            assert_never(trace.outcome)

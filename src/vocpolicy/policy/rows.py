"""What a policy says of one row of a frame, as cells want it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from vocpolicy.core import Expr, Policy as Core, Type
from vocpolicy.facts import entity_of
from vocpolicy.interpreter import evaluate, new_scope
from vocpolicy.plain import plain
from vocpolicy.trace import ComponentTrace, TargetTrace
from vocpolicy.verdict import Verdict

if TYPE_CHECKING:
    from vocpolicy.columnar import Answer


def answer_of(verdict: Verdict, conditions: Sequence[Expr] = ()) -> Answer:
    """The answer of a row whose verdict this is."""
    from vocpolicy.columnar import Answer

    trace = verdict.trace
    if not isinstance(trace, TargetTrace):
        values: Mapping[str, Any] = {"": verdict.value}
        return Answer(
            verdict.outcome.value,
            verdict.wording_key,
            values,
            missing=verdict.missing,
            conditions=_truths(verdict, conditions),
        )
    kind, policy = trace.body.type, verdict.policy
    return Answer(
        verdict.outcome.value,
        verdict.wording_key,
        {one.component.name: plain(one.step.answer, kind, policy) for one in trace.components},
        {one.component.name: _shortfall(one, kind, policy) for one in trace.components},
        missing=verdict.missing,
    )


def _shortfall(one: ComponentTrace, kind: Type, policy: Core) -> Any:
    """How far a measure is from the goal, 0 where it is there; None where that is not known."""
    value, (low, high) = one.step.answer, one.required
    if not isinstance(value, Fraction):
        return None
    lacking = [Fraction(0)]
    lacking += [] if low is None else [low - value]
    lacking += [] if high is None else [value - high]
    return plain(max(lacking), kind, policy)


def _truths(verdict: Verdict, conditions: Sequence[Expr]) -> tuple[bool | None, ...]:
    if not conditions:
        return ()
    policy: Core = verdict.policy
    scope = new_scope(policy, verdict.facts, verdict.as_of, verdict.chosen)
    inside = scope.enter(entity_of(policy, verdict.name))
    answers = [evaluate(inside, one).answer for one in conditions]
    return tuple(one if isinstance(one, bool) else None for one in answers)

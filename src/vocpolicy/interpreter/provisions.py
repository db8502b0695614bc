"""Provisions without a figure: shown where all evidence is yes or above zero."""

from __future__ import annotations

from fractions import Fraction

from vocpolicy import core
from vocpolicy.interpreter.expressions import evaluate
from vocpolicy.interpreter.scope import Scope
from vocpolicy.interpreter.steps import NOTHING
from vocpolicy.outcome import Outcome
from vocpolicy.trace import Answer, ProvisionTrace, Step, Unknown


def show(scope: Scope, provision: core.Provision) -> ProvisionTrace:
    """Judge a provision by its evidence; one that declares none is never shown."""
    steps = tuple(
        evaluate(scope, core.FactRef(name, scope.policy.facts[name].type))
        for name in provision.evidence
    )
    used = NOTHING.union(*(step.used for step in steps))
    if not provision.period.covers(scope.day):
        return _trace(provision, steps, Outcome.NOT_APPLICABLE, "not_applicable", used=used)
    shows = [_shows(step) for step in steps]
    if False in shows:
        return _trace(provision, steps, Outcome.FAILS, "not_shown", used=used)
    if steps and None not in shows:
        return _trace(provision, steps, Outcome.HOLDS, "shown", used=used)
    missing = NOTHING.union(*(step.missing for step in steps))
    return _trace(provision, steps, Outcome.UNDETERMINED, "undetermined", missing, used)


def _trace(
    provision: core.Provision,
    steps: tuple[Step, ...],
    outcome: Outcome,
    wording: str,
    missing: frozenset[str] = NOTHING,
    used: frozenset[str] = NOTHING,
) -> ProvisionTrace:
    return ProvisionTrace(provision, steps, outcome, wording, missing, used)


def _shows(step: Step) -> bool | None:
    """Whether evidence was supplied that is more than nothing: bounds alone show nothing."""
    if not step.used or isinstance(step.answer, Unknown):
        return None
    return _is_something(step.answer)


def _is_something(answer: Answer) -> bool:
    match answer:
        case bool():
            return answer
        case Fraction():
            return answer > 0
        case tuple():
            return len(answer) > 0
        case _:
            return answer is not core.Nothing.NONE

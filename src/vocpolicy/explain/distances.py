"""How far the comparisons that decide a rule are from turning, in whole units."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction

from vocpolicy.core import All, Any, Compare, Not
from vocpolicy.explain.conditions import deciding
from vocpolicy.explain.margins import Moving, moving
from vocpolicy.explain.phrases import CONTRARY, MIRRORED, Scope, noun
from vocpolicy.explain.rules import deciding_statements
from vocpolicy.explain.targets import POINTS
from vocpolicy.explain.terms import Amount, Say, Term, unique
from vocpolicy.explain.values import standard
from vocpolicy.trace import ConclusionTrace, DefinitionTrace, StatementTrace, Step, Unknown


def distances(trace: ConclusionTrace, scope: Scope) -> tuple[Term, ...]:
    """Of each comparison that the outcome rests on, what it has to spare or lacks."""
    asked = [one for statement in deciding_statements(trace) for one in _asked(statement)]
    leaves = [leaf for step, contrary in asked for leaf in _leaves(step, contrary)]
    return unique(term for leaf in leaves if (term := _distance(*leaf, scope)) is not None)


def _asked(statement: StatementTrace) -> Iterator[tuple[Step, bool]]:
    """The conditions of a statement, and whether it needs the contrary of each."""
    for step in (statement.applies, statement.condition):
        if step is not None:
            yield step, False
    for exception in statement.exceptions:
        yield exception.step, True


def _leaves(step: Step, contrary: bool) -> Iterator[tuple[Step, bool]]:
    """The comparisons that a condition's answer rests on."""
    waiting = [(step, contrary)]
    while waiting:
        one, turned = waiting.pop(0)
        if isinstance(one.expr, All | Any):
            waiting = [*((child, turned) for _, child in deciding(one)), *waiting]
        elif isinstance(one.expr, Not):
            waiting = [*((child, not turned) for child in one.children), *waiting]
        elif isinstance(one.expr, Compare):
            yield one, turned
        elif isinstance(one.source, DefinitionTrace) and one.source.step is not None:
            waiting = [(one.source.step, turned), *waiting]


def _distance(step: Step, contrary: bool, scope: Scope) -> Term | None:
    """What lies between the sides of a comparison; of two, the policy's own stands still."""
    assert isinstance(step.expr, Compare)
    left, right = step.children
    holds = step.answer is not contrary
    operator = CONTRARY[step.expr.operator] if contrary else step.expr.operator
    if standard(left) and not standard(right):
        left, right, operator = right, left, MIRRORED[operator]
    found = _between(left, right, operator, holds, scope)
    if found is None or isinstance(step.answer, Unknown):
        return None
    name = noun(left.expr, scope)
    if holds and left.answer == right.answer:
        return Say("distance.exact", {"name": name})
    upward = operator in ("at_least", "more_than")
    short, over = ("early", "late") if isinstance(left.answer, datetime.date) else ("short", "over")
    key = "spare" if holds else short if upward else over
    return Say(f"distance.{key}", {"name": name, "distance": found})


def _between(left: Step, right: Step, operator: str, holds: bool, scope: Scope) -> Term | None:
    one, other = left.answer, right.answer
    if isinstance(one, datetime.date) and isinstance(other, datetime.date):
        day = scope.policy.units.get("day")
        return None if day is None else Amount(Fraction(abs((one - other).days)), day)
    part = moving(left, scope)
    if part is None or not isinstance(other, Fraction):
        return None
    strict = operator in ("more_than", "less_than")
    upward = operator in ("at_least", "more_than")
    amount = _amount(part, other, upward, holds, strict)
    return Amount(amount, POINTS if part.points else part.type)


def _amount(part: Moving, bound: Fraction, upward: bool, holds: bool, strict: bool) -> Fraction:
    if holds:
        return part.spare_down(bound, strict) if upward else part.spare_up(bound, strict)
    return part.needed_up(bound, strict) if upward else part.needed_down(bound, strict)

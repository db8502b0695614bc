"""Goals as conditions: what a measure must be for a goal to be reached."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction

from vocpolicy import core
from vocpolicy.analysis.conditions import every, lines_of
from vocpolicy.analysis.places import Place
from vocpolicy.core import Expr
from vocpolicy.core.walk import type_of

_SIMPLE = {
    "at_least": "at_least",
    "more_than": "more_than",
    "at_most": "at_most",
    "less_than": "less_than",
}


def reached(body: core.TargetBody) -> Expr | None:
    """True where every population reaches the goal, and the target applies; None where a list
    has to hold certain members, as some list always can."""
    if body.goal.comparator == "each_of":
        return None
    parts = [_reached(part.value, body.goal, body.type) for part in body.components]
    return every(body.applies, *parts)


def _reached(measure: Expr, goal: core.Goal, type_: core.Type) -> Expr:
    operands = goal.operands
    if isinstance(type_, core.YesNoType):
        return measure
    match goal.comparator:
        case "at_least" | "more_than" | "at_most" | "less_than":
            return core.Compare(_SIMPLE[goal.comparator], measure, operands[0])
        case "between":
            return _between(measure, operands[0], operands[1])
        case "exactly":
            return core.Equal(measure, operands[0])
        case "all" | "some":
            return core.Compare("at_least", measure, core.Const(Fraction(1), type_))
        case _:
            return _near(measure, goal)


def _near(measure: Expr, goal: core.Goal) -> Expr:
    operand = goal.operands[0]
    kind = type_of(operand)
    margin: Expr = goal.tolerance or core.Const(Fraction(0), kind)
    if goal.relative:
        margin = core.Arithmetic("multiply", operand, margin, kind)
    low = core.Arithmetic("subtract", operand, margin, kind)
    if goal.comparator == "nearly":
        return _between(measure, low, operand)
    return _between(measure, low, core.Arithmetic("add", operand, margin, kind))


def _between(measure: Expr, low: Expr, high: Expr) -> Expr:
    return every(core.Compare("at_least", measure, low), core.Compare("at_most", measure, high))


def aim_of(owner: core.Conclusion | core.Target) -> Expr | None:
    """What is asked for: that it holds (of what gives a value, the value), or that the goal is
    reached; None where that is no condition."""
    if isinstance(owner, core.Target):
        return reached(owner.bodies[owner.in_use])
    return core.ConclusionRef(owner.name, owner.type)


def day_of(place: Place, owner: core.Conclusion | core.Target) -> datetime.date | None:
    """The day on which it is looked at: that of its goal, if it has one; None: it never runs."""
    if isinstance(owner, core.Target):
        return due(place, owner.bodies[owner.in_use])
    rules = [place.policy.rules[name] for name in owner.rules]
    return place.within(*(rule.bodies[rule.in_use].period for rule in rules))


def due(place: Place, body: core.TargetBody) -> datetime.date | None:
    """The deadline, else the day of the place, while the target runs; None: it never does."""
    day = place.within(body.period)
    return None if day is None else deadline(body, day)


def cited_by(body: core.TargetBody) -> tuple[core.Citation, ...]:
    """The clauses of a goal and of its target."""
    return (*body.goal.citations, *body.citations)


def cited_of(policy: core.Policy, owner: core.Conclusion | core.Target) -> Iterator[core.Citation]:
    """The clauses of a goal and its target, or of the statements that decide a conclusion."""
    if isinstance(owner, core.Target):
        yield from cited_by(owner.bodies[owner.in_use])
        return
    for line in lines_of(policy, owner):
        yield from line.citations


def deadline(body: core.TargetBody, day: datetime.date) -> datetime.date:
    """The day on which a goal is due; another where it has no deadline."""
    return day if body.goal.date is None else body.goal.date

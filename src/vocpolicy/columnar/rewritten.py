"""A policy whose expressions are changed, each in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from attrs import evolve

from vocpolicy import core
from vocpolicy.core.walk import children

Change: TypeAlias = Callable[[core.Expr], core.Expr]


def rewritten(policy: core.Policy, change: Change) -> core.Policy:
    """The policy with every expression of its facts, definitions, rules and targets changed."""
    facts = {name: _fact(one, change) for name, one in policy.facts.items()}
    entities = {
        name: evolve(one, fields={field: _fact(of, change) for field, of in one.fields.items()})
        for name, one in policy.entities.items()
    }
    definitions = {
        name: evolve(
            one,
            values=tuple(_value(value, change) for value in one.values),
            bodies={
                key: tuple(_value(value, change) for value in several)
                for key, several in one.bodies.items()
            },
        )
        for name, one in policy.definitions.items()
    }
    rules = {
        name: evolve(one, bodies={key: _body(body, change) for key, body in one.bodies.items()})
        for name, one in policy.rules.items()
    }
    conclusions = {
        name: evolve(one, otherwise=one.otherwise and _result(one.otherwise, change))
        for name, one in policy.conclusions.items()
    }
    targets = {
        name: evolve(one, bodies={key: _aim(body, change) for key, body in one.bodies.items()})
        for name, one in policy.targets.items()
    }
    return evolve(
        policy,
        facts=facts,
        entities=entities,
        definitions=definitions,
        rules=rules,
        conclusions=conclusions,
        targets=targets,
    )


def _maybe(expr: core.Expr | None, change: Change) -> core.Expr | None:
    return None if expr is None else change(expr)


def _fact(fact: core.Fact, change: Change) -> core.Fact:
    return evolve(fact, compares=tuple((key, change(bound)) for key, bound in fact.compares))


def _value(value: core.DatedValue, change: Change) -> core.DatedValue:
    return evolve(value, value=change(value.value))


def _result(result: core.Result, change: Change) -> core.Result:
    return evolve(result, value=_maybe(result.value, change))


def _aim(body: core.TargetBody, change: Change) -> core.TargetBody:
    return evolve(
        body,
        components=tuple(evolve(one, value=change(one.value)) for one in body.components),
        goal=_goal(body.goal, change),
        baseline=None if body.baseline is None else _goal(body.baseline, change),
        milestones=tuple(_goal(one, change) for one in body.milestones),
        applies=_maybe(body.applies, change),
    )


def _goal(goal: core.Goal, change: Change) -> core.Goal:
    operands = tuple(map(change, goal.operands))
    return evolve(goal, operands=operands, tolerance=_maybe(goal.tolerance, change))


def _body(body: core.RuleBody, change: Change) -> core.RuleBody:
    return evolve(
        body,
        applies=_maybe(body.applies, change),
        statements=tuple(
            evolve(
                one,
                result=_result(one.result, change),
                condition=_maybe(one.condition, change),
                exceptions=tuple(
                    evolve(other, condition=change(other.condition)) for other in one.exceptions
                ),
            )
            for one in body.statements
        ),
    )


# ---- expressions --------------------------------------------------------------------------------

OPERANDS = (
    *("left", "right", "operand", "start", "end", "if_zero"),
    *("record", "records", "value", "where", "condition", "if_empty"),
)


def rebuilt(expr: core.Expr, change: Callable[[core.Expr], core.Expr]) -> core.Expr:
    """An expression whose operands are changed."""
    if not children(expr):
        return expr
    match expr:
        case core.All(parts) | core.Any(parts):
            return evolve(expr, parts=tuple(evolve(one, expr=change(one.expr)) for one in parts))
        case core.Scale(bands=bands):
            lines = [evolve(one, start=change(one.start), value=change(one.value)) for one in bands]
            return evolve(expr, operand=change(expr.operand), bands=tuple(lines))
        case core.Within(members=members):
            return evolve(expr, item=change(expr.item), members=tuple(map(change, members)))
        case core.Choose(members=members):
            return evolve(expr, members=tuple(map(change, members)))
        case core.Round():
            return evolve(expr, operand=change(expr.operand))
        case _:
            held = {
                name: change(one)
                for name in OPERANDS
                for one in [getattr(expr, name, None)]
                if one is not None and not isinstance(one, str)
            }
            again: Any = evolve  # mypy would have every operand be the same of each node
            made: core.Expr = again(expr, **held)
            return made

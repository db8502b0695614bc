"""The facts of the case that an expression reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from vocpolicy import core
from vocpolicy.core import Expr
from vocpolicy.core.walk import within
from vocpolicy.interpreter.scope import Scope, reading_of


def names_in(scope: Scope, expr: Expr) -> Iterator[str]:
    """The facts of the case that an expression reads, through definitions and conclusions."""
    for one in _read(scope, expr):
        if _is_fact(one) and scope.find(one.name).fact is not None:
            yield one.name


def readings_in(scope: Scope, expr: Expr) -> tuple[tuple[str, str], ...]:
    """The readings that are taken of what an expression rests on, by name."""
    found: dict[str, str] = {}
    for one in _read(scope, expr):
        varied: list[core.Rule | core.Definition] = []
        if isinstance(one, core.DefinitionRef):
            varied = [scope.policy.definitions[one.name]]
        elif isinstance(one, core.ConclusionRef):
            varied = [scope.policy.rules[name] for name in scope.policy.conclusions[one.name].rules]
        found |= {each.name: reading_of(each, scope.readings) for each in varied if each.readings}
    return tuple(sorted(found.items()))


def parts_in(scope: Scope, expr: Expr) -> tuple[core.Definition | core.Conclusion | core.Rule, ...]:
    """The definitions, conclusions and rules that an expression rests on, each once, in order."""
    found: dict[int, core.Definition | core.Conclusion | core.Rule] = {}
    policy = scope.policy
    for one in _read(scope, expr):
        if isinstance(one, core.DefinitionRef):
            found[id(policy.definitions[one.name])] = policy.definitions[one.name]
        elif isinstance(one, core.ConclusionRef):
            conclusion = policy.conclusions[one.name]
            found[id(conclusion)] = conclusion
            found |= {id(policy.rules[name]): policy.rules[name] for name in conclusion.rules}
    return tuple(found.values())


def _read(scope: Scope, expr: Expr) -> Iterator[Expr]:
    """The parts of an expression, and of the definitions and conclusions that it names."""
    waiting: list[Expr | None] = [expr]
    followed: set[str] = set()
    while waiting:
        for one in within(waiting.pop()):
            yield one
            if isinstance(one, core.DefinitionRef | core.ConclusionRef):
                waiting += [] if one.name in followed else _named(scope, one)
                followed.add(one.name)


def _is_fact(expr: Expr) -> TypeGuard[core.FactRef | core.FieldRef]:
    return isinstance(expr, core.FactRef) or (
        isinstance(expr, core.FieldRef) and expr.record is None
    )


def _named(scope: Scope, expr: core.DefinitionRef | core.ConclusionRef) -> Iterator[Expr | None]:
    policy = scope.policy
    if isinstance(expr, core.DefinitionRef):
        yield from (dated.value for dated in policy.definitions[expr.name].values)
        return
    for name in policy.conclusions[expr.name].rules:
        body = scope.body(policy.rules[name])
        yield body.applies
        for statement in body.statements:
            yield from (statement.condition, statement.result.value)
            yield from (exception.condition for exception in statement.exceptions)

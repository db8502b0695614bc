"""Which clauses ask for a fact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from vocpolicy import core
from vocpolicy.core.walk import children

Cited: TypeAlias = "tuple[core.Citation, ...]"
Asked: TypeAlias = "tuple[core.Expr, Cited]"
"""An expression, and the clauses of the smallest thing around it that cites any."""


def clauses(policy: core.Policy, name: str, fact: core.Fact) -> Cited:
    """The clauses that ask for a fact where something in a policy is decided: those that the fact
    cites itself, else of each condition that reads it those of the condition, of the statement or
    of the rule, whichever is nearest."""
    if fact.citations:
        return fact.citations
    found: dict[core.Citation, None] = {}
    waiting = list(_of(policy, name, ()))
    followed: set[str] = set()
    while waiting:
        expr, cited = waiting.pop(0)
        match expr:
            case core.FactRef() | core.FieldRef() if expr.name == fact.name:
                found.update(dict.fromkeys(cited))
            case core.All() | core.Any():
                waiting += [(part.expr, part.citations or cited) for part in expr.parts]
            case core.DefinitionRef() | core.ConclusionRef() if expr.name not in followed:
                followed.add(expr.name)
                waiting += _of(policy, expr.name, cited)
            case _:
                waiting += [(one, cited) for one in children(expr)]
    return tuple(found)


def _of(policy: core.Policy, name: str, around: Cited) -> Iterator[Asked]:
    """What something named in a policy is decided by."""
    if name in policy.targets:
        for target in policy.targets[name].bodies.values():
            asked = [component.value for component in target.components]
            asked += [target.applies] if target.applies is not None else []
            yield from ((one, target.citations or around) for one in asked)
    elif name in policy.provisions:
        provision = policy.provisions[name]
        for one in provision.evidence:
            yield core.FactRef(one, policy.facts[one].type), provision.citations or around
    elif name in policy.definitions:
        definition = policy.definitions[name]
        for values in (definition.values, *definition.bodies.values()):
            for dated in values:
                yield dated.value, dated.citations or definition.citations or around
    else:
        decided = name if name in policy.conclusions else policy.rules[name].conclusion
        for rule in policy.conclusions[decided].rules:
            for body in policy.rules[rule].bodies.values():
                yield from _of_body(body, body.citations or around)


def _of_body(body: core.RuleBody, around: Cited) -> Iterator[Asked]:
    if body.applies is not None:
        yield body.applies, around
    for statement in body.statements:
        cited = statement.citations or around
        for expr in (statement.condition, statement.result.value):
            if expr is not None:
                yield expr, cited
        for exception in statement.exceptions:
            yield exception.condition, exception.citations or cited

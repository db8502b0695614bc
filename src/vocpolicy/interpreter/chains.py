"""Long chains of definitions and conclusions, worked out from their start.

Evaluation follows names as deep as they go.  Where a chain is longer than Python's stack, it is
done again patiently: whatever a name rests on is settled before it, so that no evaluation goes
deeper than one expression.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from vocpolicy import core
from vocpolicy.core.walk import within
from vocpolicy.interpreter.scope import Scope

Named: TypeAlias = core.DefinitionRef | core.ConclusionRef


def settle(scope: Scope, name: Named, ask: Callable[[Scope, Named], object]) -> None:
    """Ask for everything that the name rests on, the last things first."""
    waiting = [(scope, name)]
    entered: set[tuple[str, int]] = set()
    while waiting:
        where, asked = waiting[-1]
        inside = where.enter(_declared(where.policy, asked).entity)
        key = inside.key(asked.name)
        open_ = (
            []
            if key in entered
            else [
                (inside, one)
                for one in _rests_on(inside, asked)
                if inside.enter(_declared(where.policy, one).entity).key(one.name) not in scope.memo
            ]
        )
        entered.add(key)
        if open_ and key not in scope.memo:
            waiting += open_
        else:
            waiting.pop()
            if waiting:
                ask(where, asked)


def _declared(policy: core.Policy, name: Named) -> core.Definition | core.Conclusion:
    if isinstance(name, core.DefinitionRef):
        return policy.definitions[name.name]
    return policy.conclusions[name.name]


def _rests_on(scope: Scope, name: Named) -> Iterator[Named]:
    for expr in within(*_expressions(scope, name)):
        if isinstance(expr, core.DefinitionRef | core.ConclusionRef):
            yield expr


def _expressions(scope: Scope, name: Named) -> Iterator[core.Expr | None]:
    declared = _declared(scope.policy, name)
    if isinstance(declared, core.Definition):
        yield from (dated.value for dated in declared.values)
        return
    for rule in declared.rules:
        body = scope.body(scope.policy.rules[rule])
        yield body.applies
        for statement in body.statements:
            yield from (statement.condition, statement.result.value)
            yield from (exception.condition for exception in statement.exceptions)
    if declared.otherwise is not None:
        yield declared.otherwise.value

"""Types and dimensions checked, and the core made: one pass from syntax to core.

    scope -> vocabulary -> facts -> definitions and conclusions -> targets, provisions, cases

An expression's type decides its core node, so that checking and lowering are one walk, with
units folded in.  A mistake is reported once: whatever rests on it stays silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from vocpolicy import core
from vocpolicy.checker.cases import check_case
from vocpolicy.checker.context import Context
from vocpolicy.checker.definitions import check_definition
from vocpolicy.checker.facts import check_facts
from vocpolicy.checker.provisions import (
    check_provision,
    check_set_aside,
    document,
    month_end,
)
from vocpolicy.checker.rules import check_conclusion
from vocpolicy.checker.sizes import check_sizes
from vocpolicy.checker.tables import check_tables
from vocpolicy.checker.targets import check_target
from vocpolicy.checker.vocabulary import kind_of, prepare, units
from vocpolicy.checker.words import labels, notes, period
from vocpolicy.resolver import Mistakes, Scope

__all__ = ["check"]

T = TypeVar("T")


def check(scope: Scope, mistakes: Mistakes) -> core.Policy | None:
    """The policy in the core; it is whole only where no mistake was found."""
    context = prepare(scope, mistakes)
    check_facts(context)
    for name in scope.order:
        if name in scope.cyclic:
            continue
        if name in scope.definitions:
            check_definition(context, name, scope.definitions[name])
        else:
            check_conclusion(context, name, scope.conclusions[name])
    check_sizes(context)
    return _policy(context)


def _policy(context: Context) -> core.Policy | None:
    scope = context.scope
    targets = {name: check_target(context, target) for name, target in scope.targets.items()}
    provisions = {name: check_provision(context, one) for name, one in scope.provisions.items()}
    tables = check_tables(context)
    set_asides = [one for aside in scope.set_asides for one in check_set_aside(context, aside)]
    cases = tuple(check_case(context, case) for case in scope.cases)
    policy = scope.policy
    if policy is None:
        return None
    return core.Policy(
        policy.name.text,
        labels(policy.title, policy.name.text),
        period(context, policy.in_force),
        month_end(context, policy),
        MappingProxyType({name: document(one) for name, one in scope.documents.items()}),
        MappingProxyType({name: kind_of(name, kind) for name, kind in scope.kinds.items()}),
        MappingProxyType(context.choices),
        MappingProxyType(context.entities),
        MappingProxyType(context.facts),
        _in_order(scope.definitions, context.definitions),
        _in_order(scope.rules, context.rules),
        _in_order(scope.conclusions, context.conclusions),
        MappingProxyType(targets),
        MappingProxyType(provisions),
        tuple(set_asides),
        cases,
        units(context),
        notes(policy.notes),
        tuple(
            core.Reading(one.name.text, labels(one.labels, one.name.text))
            for one in policy.readings
        ),
        tables=MappingProxyType(tables),
        span=policy.span,
    )


def _in_order(names: Iterable[str], made: Mapping[str, T]) -> Mapping[str, T]:
    """What was made, in the order of the files."""
    return MappingProxyType({name: made[name] for name in names if name in made})

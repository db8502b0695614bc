"""The meaning of a policy: what its provisions come to for the facts of a case.

    values       three-valued logic, intervals      known        what bounds say of a missing fact
    dates        calendar arithmetic                aggregates   what the records of a list come to
    expressions  one function for each node         conclusions  rules, exceptions, conflicts
    tables       rows that match, and which count   provisions   what evidence shows
    lines        from baseline to goal              targets      met, on track, behind, missed
    chains       names that rest on many others     provisions   shown by their evidence

Other engines decide faster; this one says what they must decide, and makes the trace.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from attrs import evolve

from vocpolicy import core
from vocpolicy.interpreter.conclusions import decide_definition
from vocpolicy.interpreter.expressions import evaluate
from vocpolicy.interpreter.memory import memory
from vocpolicy.interpreter.provisions import show
from vocpolicy.interpreter.scope import Facts, Scope, Subject, reading_of
from vocpolicy.interpreter.tables import decide_provided
from vocpolicy.interpreter.targets import judge
from vocpolicy.trace import Trace

__all__ = ["Facts", "Scope", "Subject", "decide", "evaluate", "new_scope", "reading_of"]

NO_READINGS: Mapping[str, str] = MappingProxyType({})


def new_scope(
    policy: core.Policy,
    facts: Facts,
    as_of: datetime.date,
    readings: Mapping[str, str] = NO_READINGS,
) -> Scope:
    """Where expressions over the policy's own facts are evaluated."""
    return Scope(policy, facts, as_of, as_of, readings, decide_provided)


def decide(
    policy: core.Policy,
    name: str,
    facts: Facts,
    as_of: datetime.date,
    readings: Mapping[str, str] = NO_READINGS,
) -> Trace:
    """What a conclusion, a rule's conclusion, a target, a provision or a definition comes to.

    Args:
        facts: as `vocpolicy.facts.read_facts` makes them.
        as_of: the date of evaluation.
        readings: the reading to take, by name of the rule or target; others are in use.

    Raises:
        KeyError: the policy provides nothing of that name.
    """
    policy = policy.on(as_of)
    plain = not facts.series and name not in policy.targets
    known = memory(policy, facts.values, as_of, readings) if plain else None
    scope = Scope(policy, facts, as_of, as_of, readings, decide_provided, memory=known)
    try:
        return _decide(scope, name)
    except RecursionError:
        return _decide(evolve(scope, patient=True, memo={}, memory=None), name)


def _decide(scope: Scope, name: str) -> Trace:
    policy = scope.policy
    if name in policy.targets:
        return judge(scope, policy.targets[name])
    if name in policy.provisions:
        return show(scope, policy.provisions[name])
    if name in policy.conclusions:
        conclusion = policy.conclusions[name]
    elif name in policy.rules:
        conclusion = policy.conclusions[policy.rules[name].conclusion]
    else:
        definition = policy.definitions[name]
        return decide_definition(scope.enter(definition.entity), definition)
    return decide_provided(scope.enter(conclusion.entity), conclusion)

"""What parts of a policy mean, apart from how they are worded: two that mean the same are equal."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, cast

import attrs

from vocpolicy import core
from vocpolicy.core.walk import within

WORDED = frozenset(
    {
        "accepts",
        "assumptions",
        "because",
        "better",
        "change",
        "citations",
        "effort",
        "hedges",
        "judged_by",
        "labels",
        "modality",
        "notes",
        "question",
        "span",
        "text",
        "title",
        "unit",
    }
)
"""Attributes that no verdict turns on: what things are called, where they stand, who says so."""


def bare(value: Any) -> Any:
    """A part of the core without its wording; hashable, and equal where the meaning is."""
    if isinstance(value, Mapping):
        return tuple(sorted(((key, bare(one)) for key, one in value.items()), key=lambda p: p[0]))
    if isinstance(value, tuple | list):
        return tuple(bare(one) for one in value)
    if attrs.has(type(value)):
        return (type(value).__name__, *(bare(getattr(value, name)) for name in _meant(type(value))))
    # True and 1 are equal in Python and two things in a policy.
    return (value,) if isinstance(value, bool) else value


_MEANT: dict[type, tuple[str, ...]] = {}


def _meant(kind: type) -> tuple[str, ...]:
    """The attributes of a class that a verdict may turn on."""
    if kind not in _MEANT:
        names = (one.name for one in attrs.fields(cast(Any, kind)))
        _MEANT[kind] = tuple(name for name in names if name not in WORDED)
    return _MEANT[kind]


def same(one: object, other: object) -> bool:
    """Whether two parts mean the same, the meaning of the names in them apart."""
    return bool(bare(one) == bare(other))


def in_force(
    policy: core.Policy, declared: core.Definition, day: datetime.date
) -> core.DatedValue | None:
    """The value that a definition has on a day, under the reading in use."""
    if declared.form != "parameter":
        return declared.values[0] if declared.values else None
    if not policy.period.covers(day):
        return None
    values = declared.bodies.get(declared.in_use, declared.values)
    begun = [one for one in values if one.start is None or one.start <= day]
    last = max(begun, key=lambda one: one.start or datetime.date.min, default=None)
    return None if last is None or (last.end and last.end < day) else last


NEVER = core.Period(datetime.date.max, datetime.date.min)
"""When something is in force that is not, on the day for which a policy is read."""


def whole_meaning(policy: core.Policy, name: str, day: datetime.date) -> Mapping[object, object]:
    """All that what has a name rests on, by what it is called: where two policies agree in this,
    they come to the same for every case on the day."""
    found: dict[object, object] = {}
    waiting = [name]
    while waiting:
        for key, part, exprs in _parts(policy, waiting.pop(), day):
            if key in found:
                continue
            found[key] = bare(part)
            for node in within(*exprs):
                waiting += _named(node)
                found.update(_declared(policy, node))
    found["month end"] = policy.month_end
    found["in force"] = policy.period.covers(day)
    return found


def _named(node: core.Expr) -> Iterator[str]:
    if isinstance(node, core.DefinitionRef | core.ConclusionRef):
        yield node.name


def _parts(
    policy: core.Policy, name: str, day: datetime.date
) -> Iterator[tuple[object, object, tuple[core.Expr | None, ...]]]:
    """What has a name, part by part: what it is, what is compared, and the expressions in it."""
    if name in policy.conclusions:
        conclusion = policy.conclusions[name]
        silent = conclusion.otherwise.value if conclusion.otherwise else None
        yield ("conclusion", name), conclusion, (silent,)
        if conclusion.table:
            table = policy.tables[conclusion.table]
            yield ("table", table.name), (table.policy, table.collect, table.order), ()
        for rule in (policy.rules[one] for one in conclusion.rules):
            yield from _of_rule(rule, day)
    elif name in policy.definitions:
        declared = policy.definitions[name]
        dated = in_force(policy, declared, day)
        value = dated.value if dated else None
        yield ("definition", name), (declared.entity, declared.type, value), (value,)
    elif name in policy.targets:
        target = policy.targets[name]
        body = target.bodies[target.in_use]
        goals = [goal for goal in (body.goal, body.baseline, *body.milestones) if goal]
        held = [one for goal in goals for one in (*goal.operands, goal.tolerance)]
        measures = [one.value for one in body.components]
        compared = attrs.evolve(body, period=core.Period())
        yield (
            ("target", name),
            (compared, body.period.covers(day)),
            (body.applies, *measures, *held),
        )
    elif name in policy.provisions:
        provision = policy.provisions[name]
        evidence = tuple(core.FactRef(one, policy.facts[one].type) for one in provision.evidence)
        covers = provision.period.covers(day)
        yield ("provision", name), (frozenset(provision.evidence), covers), evidence


def _of_rule(
    rule: core.Rule, day: datetime.date
) -> Iterator[tuple[object, object, tuple[core.Expr | None, ...]]]:
    """A rule under the reading in use: nothing of it counts on a day on which it is not in
    force."""
    body = rule.bodies[rule.in_use]
    if not body.period.covers(day):
        yield ("rule", rule.name), (rule.entity, None), ()
        return
    exprs: list[core.Expr | None] = [body.applies]
    for statement in body.statements:
        exprs += [statement.condition, statement.result.value]
        exprs += [one.condition for one in statement.exceptions]
    yield ("rule", rule.name), (rule.entity, body.statements, body.applies), tuple(exprs)


def _declared(policy: core.Policy, node: core.Expr) -> Iterator[tuple[object, object]]:
    """The declarations of a fact, wherever a policy has one of its name, and of its type."""
    if not isinstance(node, core.FactRef | core.FieldRef):
        return
    kinds: list[core.Type] = [node.type]
    if node.name in policy.facts:
        yield ("fact", node.name), bare(policy.facts[node.name])
    for entity in policy.entities.values():
        if node.name in entity.fields:
            yield ("field", entity.name, node.name), bare(entity.fields[node.name])
    while kinds:
        match kinds.pop():
            case core.ListType(item=inner) | core.OptionalType(inner=inner):
                kinds.append(inner)
            case core.ChoiceType(name=name):
                yield ("choice", name), frozenset(policy.choices[name].members)
            case core.RecordType(entity=name):
                yield ("entity", name), bare(policy.entities[name])
            case _:
                pass


def rests_on(policy: core.Policy, names: frozenset[str]) -> frozenset[str]:
    """The names of all that things rest on, on any day and under any reading, with themselves and
    their rules and tables."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        conclusion = policy.conclusions.get(name)
        if conclusion is not None:
            waiting += [*conclusion.rules, *([conclusion.table] if conclusion.table else [])]
        owners = (policy.rules, policy.definitions, policy.targets, policy.provisions)
        for owner in owners:
            if name in owner:
                waiting += _mentioned(owner[name])
        if conclusion is not None and conclusion.otherwise is not None:
            waiting += _mentioned(conclusion.otherwise)
        waiting += [one for kinds in _typed(policy, name) for one in kinds]
    return frozenset(found)


def _mentioned(value: Any) -> Iterator[str]:
    """Every name in a part of the core."""
    match value:
        case core.FactRef() | core.FieldRef() | core.DefinitionRef() | core.ConclusionRef():
            yield value.name
            if isinstance(value, core.FieldRef):
                yield from _mentioned(value.record)
        case core.Provision(evidence=evidence):
            yield from evidence
        case Mapping():
            for one in value.values():
                yield from _mentioned(one)
        case tuple():
            for one in value:
                yield from _mentioned(one)
        case _ if attrs.has(type(value)) and not isinstance(value, core.Labels | core.Citation):
            for name in _meant(type(value)):
                yield from _mentioned(getattr(value, name))
        case _:
            return


def _typed(policy: core.Policy, name: str) -> Iterator[tuple[str, ...]]:
    """The choice or the entity of a fact."""
    fact = policy.facts.get(name)
    kinds: list[core.Type] = [fact.type] if fact else []
    while kinds:
        match kinds.pop():
            case core.ListType(item=inner) | core.OptionalType(inner=inner):
                kinds.append(inner)
            case core.ChoiceType(name=choice):
                yield (choice,)
            case core.RecordType(entity=entity):
                yield entity, *policy.entities[entity].fields
            case _:
                pass

"""What a conclusion, target, provision or definition needs: facts, and what has readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias, TypeGuard

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.core.walk import children, within
from vocpolicy.once import kept_with

Varied: TypeAlias = core.Rule | core.Target | core.Definition


@frozen
class Needs:
    """
    Attributes:
        facts: facts that may decide it, under any reading, in the order of their declaration.
        varied: rules, targets and parameters that have readings, itself or what it depends on.
    """

    facts: Mapping[str, core.Fact]
    varied: tuple[Varied, ...]


@frozen
class _Place:
    """Where an expression stands: for which entity, and among which records.

    `member` says that the entity is a record of a list, whose fields are no facts of the case.
    """

    expr: core.Expr
    entity: str | None = None
    member: bool = False
    around: frozenset[str] = frozenset()


def needs(policy: core.Policy, name: str) -> Needs:
    """What the named conclusion, rule's conclusion, target, provision or definition needs."""
    known = kept_with(policy)
    found: Needs | None = known.get(("needs", name))
    if found is None:
        known["needs", name] = found = _needs(policy, name)
    return found


def facts_needed(policy: core.Policy, name: str) -> Mapping[str, core.Fact]:
    """The facts that something needs, in any edition of the policy."""
    known = kept_with(policy)
    found: Mapping[str, core.Fact] | None = known.get(("facts needed", name))
    if found is None:
        editions = (policy, *(one.policy for one in reversed(policy.editions)))
        merged: dict[str, core.Fact] = {}
        for edition in editions:
            if provides(edition, name):
                merged = {**needs(edition, name).facts, **merged}
        known["facts needed", name] = found = MappingProxyType(merged)
    return found


def entangled(policy: core.Policy, name: str) -> frozenset[str]:
    """The facts that more than one place reads, or that bounds hold against other facts.

    What is open because of other facts alone can come to each of its outcomes: every condition
    is then free of the others.
    """
    known = kept_with(policy)
    found: frozenset[str] | None = known.get(("entangled", name))
    if found is None:
        known["entangled", name] = found = _entangled(policy, name)
    return found


def _entangled(policy: core.Policy, name: str) -> frozenset[str]:
    times: Counter[str] = Counter()
    try:
        for expr in _expressions(policy, name):
            times.update(_times(policy, expr, {}))
    except RecursionError:
        return frozenset(needs(policy, name).facts)
    bound: set[str] = set()
    for fact in needs(policy, name).facts.values():
        others = [one.name for _, end in fact.compares for one in within(end) if _is_named(one)]
        bound.update((fact.name, *others) if others else ())
    return frozenset(bound | {one for one, count in times.items() if count > 1})


def _expressions(policy: core.Policy, name: str) -> Iterator[core.Expr]:
    if name in policy.rules and name not in policy.conclusions:
        name = policy.rules[name].conclusion
    if name in policy.targets:
        yield from _of_target(policy.targets[name])
    elif name not in policy.provisions:
        yield from _of(policy, policy.conclusions.get(name) or policy.definitions[name], {})


def _times(
    policy: core.Policy, expr: core.Expr, made: dict[tuple[bool, str], Counter[str]]
) -> Counter[str]:
    """How often each fact is read, through definitions and conclusions: once, or twice or more."""
    times: Counter[str] = Counter()
    for one in within(expr):
        if isinstance(one, core.DefinitionRef | core.ConclusionRef):
            concluded = isinstance(one, core.ConclusionRef)
            key = (concluded, one.name)
            if key not in made:
                inner: Counter[str] = Counter()
                made[key] = inner  # a rule about the members of a list may come back to it
                provided = policy.conclusions if concluded else policy.definitions
                for below in _of(policy, provided[one.name], {}):
                    inner.update(_times(policy, below, made))
            times.update(made[key])
        elif _is_named(one):
            times[one.name] += 1
    return Counter({one: min(count, 2) for one, count in times.items()})


def settling(policy: core.Policy, name: str) -> bool:
    """Whether arithmetic in it can be known though a fact of it is missing: of nothing, so much is
    nothing, and several numbers can come to the same.  What counts as missing then turns on the
    values of other facts."""
    known = kept_with(policy)
    found: bool | None = known.get(("settling", name))
    if found is None:
        try:
            found = _settling(policy, list(_expressions(policy, name)), set())
        except RecursionError:
            found = True
        known["settling", name] = found
    return found


def _settling(policy: core.Policy, exprs: Iterable[core.Expr], seen: set[tuple[bool, str]]) -> bool:
    for one in within(*exprs):
        match one:
            case core.Choose() | core.Round() | core.Scale():
                return True
            case core.Divide(left, right) | core.Arithmetic("multiply", left, right):
                if not isinstance(left, core.Const) and not isinstance(right, core.Const):
                    return True
            case core.DefinitionRef(name) | core.ConclusionRef(name):
                concluded = isinstance(one, core.ConclusionRef)
                provided = policy.conclusions if concluded else policy.definitions
                if (concluded, name) not in seen:
                    seen.add((concluded, name))
                    if _settling(policy, list(_of(policy, provided[name], {})), seen):
                        return True
            case _:
                pass
    return False


def _is_named(expr: core.Expr) -> TypeGuard[core.FactRef | core.FieldRef]:
    return isinstance(expr, core.FactRef) or (
        isinstance(expr, core.FieldRef) and expr.record is None
    )


def self_contained(policy: core.Policy, expr: core.Expr) -> bool:
    """Whether it is made of the facts of a case, literals and parameters alone: it names nothing
    else that could be explained, and goes through no records."""
    known: dict[int, tuple[core.Expr, bool]] = kept_with(policy).setdefault("contained", {})
    found = known.get(id(expr))
    if found is None:
        known[id(expr)] = found = expr, all(_contained(policy, one) for one in within(expr))
    return found[1]


def _contained(policy: core.Policy, expr: core.Expr) -> bool:
    match expr:
        case core.ConclusionRef() | core.FieldRef() | core.Aggregate():
            return False
        case core.DefinitionRef(name):
            definition = policy.definitions[name]
            dated = (*definition.values, *(one for of in definition.bodies.values() for one in of))
            literal = all(isinstance(one.value, core.Const) for one in dated)
            return definition.form == "parameter" and literal
        case _:
            return True


def _needs(policy: core.Policy, name: str) -> Needs:
    if name in policy.rules and name not in policy.conclusions:
        name = policy.rules[name].conclusion
    found: dict[str, core.Fact] = {}
    varied: dict[str, Varied] = {}
    if name in policy.provisions:
        found = {one: policy.facts[one] for one in policy.provisions[name].evidence}
    elif name in policy.targets:
        target = policy.targets[name]
        varied = {name: target} if target.readings else {}
        _follow(policy, map(_Place, _of_target(target)), found, varied)
    else:
        provided = policy.conclusions.get(name) or policy.definitions[name]
        start = (_Place(one, provided.entity) for one in _of(policy, provided, varied))
        _follow(policy, start, found, varied)
    order = {place: index for index, place in enumerate(_declared(policy))}
    facts = dict(sorted(found.items(), key=lambda item: order[item[1].entity, item[0]]))
    return Needs(MappingProxyType(facts), tuple(varied.values()))


def provides(policy: core.Policy, name: str) -> bool:
    """Whether a policy has something of that name that can be asked for."""
    spaces = (policy.conclusions, policy.rules, policy.targets)
    return any(name in one for one in (*spaces, policy.provisions, policy.definitions))


def _declared(policy: core.Policy) -> Iterator[tuple[str | None, str]]:
    for fields in (*(one.fields for one in policy.entities.values()), policy.facts):
        yield from ((fact.entity, name) for name, fact in fields.items())


def _follow(
    policy: core.Policy,
    start: Iterable[_Place],
    found: dict[str, core.Fact],
    varied: dict[str, Varied],
) -> None:
    """Gather facts and readings from expressions and from what they name, each thing once."""
    waiting = list(start)
    followed: set[tuple[str, bool]] = set()
    while waiting:
        place = waiting.pop()
        expr = place.expr
        waiting += _operands(place)
        if isinstance(expr, core.FactRef):
            fields = policy.entities[place.entity].fields if place.entity else {}
            fact = fields.get(expr.name) or policy.facts.get(expr.name)
            if fact is not None and not (place.member and expr.name in fields):
                found[expr.name] = fact
        elif isinstance(expr, core.ConclusionRef | core.DefinitionRef):
            conclusion = isinstance(expr, core.ConclusionRef)
            provided: core.Conclusion | core.Definition = (
                policy.conclusions[expr.name] if conclusion else policy.definitions[expr.name]
            )
            inside = provided.entity in place.around
            member = inside or (place.member and provided.entity == place.entity)
            if (expr.name, member) not in followed:
                followed.add((expr.name, member))
                waiting += [
                    _Place(one, provided.entity, member) for one in _of(policy, provided, varied)
                ]


def _operands(place: _Place) -> Iterator[_Place]:
    expr = place.expr
    if not isinstance(expr, core.Aggregate):
        yield from (evolve(place, expr=one) for one in children(expr))
        return
    item = expr.list_type.item
    around = place.around | ({item.entity} if isinstance(item, core.RecordType) else set())
    asked = (expr.value, expr.where, expr.condition)
    for one in children(expr):
        among = any(one is other for other in asked)
        yield evolve(place, expr=one, around=around if among else place.around)


def _of(
    policy: core.Policy,
    provided: core.Conclusion | core.Definition,
    varied: dict[str, Varied],
) -> Iterator[core.Expr]:
    if isinstance(provided, core.Definition):
        if provided.readings:
            varied[provided.name] = provided
        for values in (provided.values, *provided.bodies.values()):
            yield from (dated.value for dated in values)
        return
    for name in provided.rules:
        rule = policy.rules[name]
        if rule.readings:
            varied[name] = rule
        for body in rule.bodies.values():
            yield from _some(body.applies)
            for statement in body.statements:
                yield from _some(statement.condition, statement.result.value)
                yield from (exception.condition for exception in statement.exceptions)
    if provided.otherwise is not None:
        yield from _some(provided.otherwise.value)


def _of_target(target: core.Target) -> Iterator[core.Expr]:
    for body in target.bodies.values():
        yield from _some(body.applies)
        yield from (component.value for component in body.components)
        for goal in (body.goal, body.baseline, *body.milestones):
            if goal is not None:
                yield from (*goal.operands, *_some(goal.tolerance))


def _some(*exprs: core.Expr | None) -> Iterator[core.Expr]:
    return (expr for expr in exprs if expr is not None)

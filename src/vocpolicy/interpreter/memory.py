"""Steps of earlier cases, so that of the next case only what differs is worked out.

Evaluation is a function of the facts that an expression rests on, the date and the readings.
Where those are the same objects as before (`vocpolicy.facts` gives the same value for the same
plain text or number), the step of before is the step.  Nothing is remembered for the records of
lists, for observations by date, or where a target moves the day.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import Any, TypeAlias, TypeVar

from attrs import Factory, define, frozen

from vocpolicy import core
from vocpolicy.core.walk import within
from vocpolicy.interpreter.known import relations
from vocpolicy.needs import needs
from vocpolicy.once import kept_with

MOST = 16_384
"""Steps that are kept for a policy on a date."""

Thing: TypeAlias = "core.Expr | core.Definition | core.Conclusion"
T = TypeVar("T")


@frozen(eq=False)
class Table:
    """What a thing came to, by the identities of the facts that it rests on.

    `key` is None where it cannot be told what it rests on.  The thing is held, so that no other
    gets its identity.
    """

    thing: object
    key: Callable[[Mapping[str, int]], object] | None
    found: dict[object, Any] = Factory(dict)


@define(eq=False)
class Shelf:
    """What is remembered for a policy on a date.

    Attributes:
        tables: by entity, then by the identity of the thing.
        alive: the values of facts whose identities are keys.
        blank: every name, for a case without facts.
        prevailing: traces of conclusions by which of their statements speak.
    """

    policy: core.Policy
    blank: Mapping[str, int]
    tables: dict[str | None, dict[int, Table]] = Factory(dict)
    alive: dict[int, object] = Factory(dict)
    prevailing: dict[object, Any] = Factory(dict)
    count: int = 0


@frozen(eq=False)
class Memory:
    """The shelf, seen from one case, for rules of one entity."""

    shelf: Shelf
    identities: Mapping[str, int]
    entity: str | None
    tables: dict[int, Table]

    def inside(self, entity: str | None) -> Memory:
        if entity == self.entity:
            return self
        tables = self.shelf.tables.setdefault(entity, {})
        return Memory(self.shelf, self.identities, entity, tables)

    def recall(self, thing: Thing, work: Callable[[Any, Any], T], scope: object) -> T:
        """What `work(scope, thing)` comes to, or came to before."""
        table = self.tables.get(id(thing))
        if table is None:
            names = _rests_on(self.shelf.policy, self.entity, thing)
            table = self.tables.setdefault(id(thing), Table(thing, _key(names)))
            self.shelf.count += 1
        if table.key is None:
            return work(scope, thing)
        key = table.key(self.identities)
        found: T | None = table.found.get(key)
        if found is None:
            self.shelf.count += 1
            found = table.found.setdefault(key, work(scope, thing))
        return found


def memory(
    policy: core.Policy,
    values: Mapping[str, core.Value],
    as_of: datetime.date,
    readings: Mapping[str, str],
) -> Memory:
    """What is remembered that may serve a case whose facts have these values, without dates."""
    known = kept_with(policy)
    name = ("steps", as_of, tuple(sorted(readings.items())) if readings else ())
    shelf: Shelf | None = known.get(name)
    if shelf is None or shelf.count > MOST or len(shelf.alive) > MOST:
        known[name] = shelf = Shelf(policy, dict.fromkeys(_names(policy), 0))
    identities = {**shelf.blank}
    for fact, value in values.items():
        identities[fact] = identity = id(value)
        shelf.alive[identity] = value
    return Memory(shelf, identities, None, shelf.tables.setdefault(None, {}))


def _names(policy: core.Policy) -> Iterator[str]:
    yield from policy.facts
    for entity in policy.entities.values():
        yield from entity.fields


def _key(names: frozenset[str] | None) -> Callable[[Mapping[str, int]], object] | None:
    if names is None:
        return None
    return itemgetter(*sorted(names)) if names else _nothing


def _nothing(_: Mapping[str, int]) -> object:
    return ()


def _rests_on(policy: core.Policy, entity: str | None, thing: Thing) -> frozenset[str] | None:
    """The facts that a thing rests on, those that bound them included; None where it rests on
    records, or on the facts of another entity."""
    fields = policy.entities[entity].fields if entity else {}
    declared = {**policy.facts, **fields}
    waiting = list(_named(policy, thing))
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        fact = declared.get(name)
        if fact is None or not _plain(fact):
            return None
        for _, expr in relations(fact, declared):
            waiting += _named(policy, expr)
    return frozenset(found)


def _plain(fact: core.Fact) -> bool:
    inner = core.inner(fact.type)
    return not isinstance(inner, core.ListType | core.RecordType)


def _named(policy: core.Policy, thing: Thing) -> Iterator[str]:
    """Names of facts in a thing; the name of nothing where it goes through records."""
    if isinstance(thing, core.Definition | core.Conclusion):
        yield from _needed(policy, thing.name, thing.entity)
        return
    for expr in within(thing):
        match expr:
            case core.FactRef(name):
                yield name
            case core.FieldRef() | core.Aggregate():
                yield ""
            case core.DefinitionRef(name):
                yield from _needed(policy, name, policy.definitions[name].entity)
            case core.ConclusionRef(name):
                yield from _needed(policy, name, policy.conclusions[name].entity)
            case _:
                pass


def _needed(policy: core.Policy, name: str, entity: str | None) -> Iterator[str]:
    for fact_name, fact in needs(policy, name).facts.items():
        yield fact_name if fact.entity in (None, entity) else ""

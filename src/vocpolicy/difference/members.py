"""Lists on which two policies part, made of members on which something that is decided for each
of them parts.

A list is only as telling as its members.  What changed for one of them is searched first; a member
that shows it, and the same with one field at a figure that the rules name, is then a list by
itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import islice
from types import MappingProxyType
from typing import TypeAlias

from vocpolicy import core
from vocpolicy.core.walk import within
from vocpolicy.difference.moves import Move
from vocpolicy.difference.pairing import Pair
from vocpolicy.exercise.sites import places
from vocpolicy.interpreter import Facts

Values: TypeAlias = Mapping[str, core.Value]

Searched: TypeAlias = Callable[[str], Iterable[Move]]
"""The cases on which what is decided under a name parts."""

MOST_MEMBERS = 200
"""How many members are tried."""


def telling_lists(
    pair: Pair, names: tuple[str, ...], changed: frozenset[str], search: Searched
) -> Iterator[Facts]:
    """Lists of one member each; nothing where a name is no list of records."""
    policy = pair.joint_old
    entities = [_entity(policy, name) for name in names]
    entity = entities[0] if entities else None
    if entity is None or {one and one.name for one in entities} != {entity.name}:
        return
    for values in islice(_members(pair, entity, changed, search), MOST_MEMBERS):
        made = (core.Record(entity.name, MappingProxyType(dict(values))),)
        yield Facts(MappingProxyType(dict.fromkeys(names, made)))


def _entity(policy: core.Policy, name: str) -> core.Entity | None:
    """What a list of records is of."""
    fact = policy.facts.get(name)
    kind = None if fact is None else core.inner(fact.type)
    item = kind.item if isinstance(kind, core.ListType) else None
    return policy.entities[item.entity] if isinstance(item, core.RecordType) else None


def _members(
    pair: Pair, entity: core.Entity, changed: frozenset[str], search: Searched
) -> Iterator[Values]:
    """The members that show a change, then those that differ from one in one field."""
    found = []
    for name in _decided_for(pair.joint_old, entity.name):
        if name not in changed:
            continue
        for move in search(name):
            values = {key: one for key, one in move.facts.values.items() if key in entity.fields}
            if values and values not in found:
                found.append(values)
    yield from found
    figures = _figures(pair)
    for values in found:
        for key, field in entity.fields.items():
            yield from ({**values, key: one} for one in _others(field, figures))


def _decided_for(policy: core.Policy, entity: str) -> Iterator[str]:
    yield from (name for name, one in policy.conclusions.items() if one.entity == entity)
    yield from (name for name, one in policy.definitions.items() if one.entity == entity)


def _others(
    field: core.Fact, figures: Mapping[core.Dimension, list[Fraction]]
) -> Iterator[core.Value]:
    match core.inner(field.type):
        case core.YesNoType():
            yield from (False, True)
        case core.NumberType(dimension=dimension):
            for one in (Fraction(0), *figures.get(dimension, ())):
                low = field.low is None or field.low <= one
                if low and (field.high is None or one <= field.high):
                    yield one
        case _:
            return


def _figures(pair: Pair) -> Mapping[core.Dimension, list[Fraction]]:
    """The numbers that the rules of both name, by dimension."""
    found: dict[core.Dimension, list[Fraction]] = {}
    exprs = [place.expr for one in (pair.joint_old, pair.joint_new) for place in places(one)]
    for node in within(*exprs):
        match node:
            case core.Const(value=Fraction() as value, type=core.NumberType(dimension=dimension)):
                several = found.setdefault(dimension, [])
                if value not in several:
                    several.append(value)
    return found

"""Facts around a list that its records are asked about: each is carried to them.

`count of placements where firm is employer` asks of every placement what its teacher is, so that
the table of placements has to have the teacher's cell: this module says which facts those are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from vocpolicy import core
from vocpolicy.columnar.reading import inner
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import TODAY, Place
from vocpolicy.core.walk import children
from vocpolicy.needs import needs

Around = Mapping[str, core.Fact]


def facts_around(place: Place, expr: core.Aggregate) -> dict[str, core.Fact]:
    """The facts around a list that an aggregate reads of each record, and those that bound them.

    Raises:
        UsageError: one of them is called as a field of the records is, or is a list.
    """
    entity = member_of(expr)
    asked = [one for one in (expr.where, expr.condition, expr.value) if one is not None]
    found = dict(_on_day(place, expr))
    found |= {name: fact for one in asked for name, fact in _read(place, entity, one, False)}
    found = _with_bounding(place, found)
    own = own_fields(place, entity)
    for name, fact in found.items():
        if name in own:
            raise refused("names", place.engine, expr.span)
        if isinstance(inner(fact.type), core.ListType):
            raise refused("outer", place.engine, expr.span)
    return found


def member_of(expr: core.Aggregate) -> str:
    """The entity of an aggregate's records; "" where they are bare values."""
    item = expr.list_type.item
    return item.entity if isinstance(item, core.RecordType) else ""


def own_fields(place: Place, entity: str) -> frozenset[str]:
    """The fields of a record itself, without what is carried to it."""
    found = place.policy.entities.get(entity)
    return frozenset(found.fields if found else ()) - frozenset(place.lent)


def _on_day(place: Place, expr: core.Aggregate) -> Iterator[tuple[str, core.Fact]]:
    """The day of evaluation, where each row has its own and the aggregate turns on it."""
    if TODAY not in place.policy.facts:
        return
    if expr.window is not None or expr.kind == "total_length":
        yield TODAY, place.fact(core.FactRef(TODAY, core.DateType()))


def _read(
    place: Place, entity: str, expr: core.Expr, inside: bool
) -> Iterator[tuple[str, core.Fact]]:
    """Where `inside`, the expression is one declared for the entity of the records."""
    match expr:
        case core.FactRef(name):
            if not (inside and name in own_fields(place, entity)):
                at = place.within(None) if inside else place
                yield name, at.fact(expr)
        case core.DefinitionRef(name):
            own = place.policy.definitions[name].entity == entity
            value, at = place.defined(expr)
            if value is not None:
                yield from _read(place if own else at, entity, value, own)
        case core.ConclusionRef(name):
            yield from _needed(place, entity, name)
        case core.Aggregate():
            yield from _on_day(place, expr)
            for one in children(expr):
                yield from _read(place, entity, one, inside)
        case _:
            for one in children(expr):
                yield from _read(place, entity, one, inside)


def _needed(place: Place, entity: str, name: str) -> Iterator[tuple[str, core.Fact]]:
    """What a conclusion turns on; of one about the records themselves, what is around them."""
    decides = place.policy.conclusions[name].entity
    own = own_fields(place, entity) if decides == entity else frozenset()
    at = place.within(None if decides == entity else decides)
    for one, fact in needs(place.policy, name).facts.items():
        if one not in own:
            yield one, at.fact(core.FactRef(one, fact.type))
    if TODAY in place.policy.facts:
        yield TODAY, place.fact(core.FactRef(TODAY, core.DateType()))


def _with_bounding(place: Place, found: Around) -> dict[str, core.Fact]:
    """With the facts that bound them or are bounded by them, and all fields of their records."""
    siblings = place.siblings
    waiting, whole = list(found.items()), dict(found)
    while waiting:
        name, fact = waiting.pop()
        names = [one for one, other in siblings.items() if name in _bounds(other)]
        names += _bounds(fact)
        if "." in name:
            record = f"{name.partition('.')[0]}."
            names += [one for one in siblings if one.startswith(record)]
        for one in names:
            if one not in whole and place.reaches(one):
                whole[one] = siblings[one]
                waiting.append((one, siblings[one]))
    return whole


def _bounds(fact: core.Fact) -> list[str]:
    named: Iterable[core.Expr] = (bound for _, bound in fact.compares)
    return [one.name for one in named if isinstance(one, core.FactRef | core.FieldRef)]

"""Parts of supplied lists and records: each field, and which records a list holds.

A part is an atom of its own.  What rules make of a list is then worked out by the interpreter, for
the list as the parts have it.  `awards[1].place` is the field `place` of the second record.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice, product
from types import MappingProxyType

from attrs import evolve

from vocpolicy import core
from vocpolicy.box.atoms import ANOTHER, FIELD, RECORD, Part, Path, Read, few_values
from vocpolicy.core import Expr, Nothing
from vocpolicy.core.walk import within
from vocpolicy.trace import Answer

MOST_PARTS = 48
"""A list with more parts is opened only where records lack fields."""

MOST_LOOKED_AT = 2_000
"""Parts of one list that are looked at."""

LENGTHS = (0, 1, 2, 3, 4, 6, 9, 10, 12, 18, 24, 36, 48, 60)
"""How many months the stays last that a list could have besides."""

MOST_ADDED = 32
"""How many records are tried that a list could have besides."""

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def path_of(text: str) -> Path:
    """The path that a text names."""
    return tuple(int(place) if place else name for place, name in _STEP.findall(text))


# ---- which parts there are ---------------------------------------------------------------------


def parts_of(
    policy: core.Policy, fact: core.Fact, value: core.Value, read: Read
) -> tuple[tuple[Part, ...], bool]:
    """The parts of a supplied list or record that an expression reads, and whether these are all:
    of a long list there are only the fields that its records lack."""
    found = tuple(islice(_parts(policy, fact, value, (fact.name,), read), MOST_LOOKED_AT))
    if len(found) <= MOST_PARTS:
        return found, True
    lacking = tuple(one for one in found if one.value is None)
    fits = len(lacking) <= MOST_PARTS and len(found) < MOST_LOOKED_AT
    return lacking if fits else (), False


def _parts(
    policy: core.Policy, fact: core.Fact, value: core.Value, path: Path, read: Read
) -> Iterator[Part]:
    match value:
        case core.Record(entity=entity, values=values):
            for name, declared in policy.entities[entity].fields.items():
                yield from _field(policy, declared, values.get(name), (*path, name), read)
        case tuple():
            for place, item in enumerate(value):
                if isinstance(item, core.Record):
                    here = (*path, place)
                    yield Part(here, RECORD, fact, core.YesNoType(), True, (True, False), True)
                    yield from _parts(policy, fact, item, here, read)
            added = _another(policy, fact, read)
            if added is not None:
                yield evolve(added, path=(*path, len(value)))
        case _:
            pass


def _field(
    policy: core.Policy, declared: core.Fact, value: core.Value | None, path: Path, read: Read
) -> Iterator[Part]:
    if isinstance(value, tuple | core.Record):
        yield from _parts(policy, declared, value, path, read)
    elif declared.name in read.fields:
        yield Part(path, FIELD, declared, declared.type, value)


def _another(policy: core.Policy, fact: core.Fact, read: Read) -> Part | None:
    """One more record, of each kind that the expression tells apart."""
    list_type = core.inner(fact.type)
    item = core.inner(list_type.item) if isinstance(list_type, core.ListType) else list_type
    if not isinstance(item, core.RecordType):
        return None
    entity = policy.entities[item.entity]
    fields = [one for one in entity.fields.values() if one.name in read.fields]
    values = [_values(policy, entity, one, read) for one in fields]
    names = [one.name for one in fields]
    records = [
        core.Record(item.entity, MappingProxyType(dict(zip(names, combination, strict=True))))
        for combination in islice(product(*values), MOST_ADDED + 1)
    ]
    closed = len(records) <= MOST_ADDED and all(
        few_values(policy, one.type) is not None for one in fields
    )
    choices: tuple[Answer, ...] = (Nothing.NONE, *records[:MOST_ADDED])
    type_ = core.OptionalType(item)
    return Part((fact.name,), ANOTHER, fact, type_, Nothing.NONE, choices, closed)


def _values(
    policy: core.Policy, entity: core.Entity, fact: core.Fact, read: Read
) -> list[core.Value]:
    """Values of a field to try: all where they are few; of a stay, that it lasts until the day of
    evaluation, and since when; else what the field is held against."""
    few = few_values(policy, fact.type)
    found = few if few is not None else list(read.figures.get(fact.name, ()))
    if not found and fact.name == entity.end:
        found = [read.day]
    elif not found and fact.name == entity.start:
        found = [_months_before(read.day, months) for months in LENGTHS]
    return [one for one in found if _allowed(fact, one)]


def _months_before(day: datetime.date, months: int) -> datetime.date:
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return datetime.date(max(years, 1), month + 1, min(day.day, 28))


def _allowed(fact: core.Fact, value: Answer) -> bool:
    if not isinstance(value, Fraction):
        return True
    low = fact.low is None or value >= fact.low
    return low and (fact.high is None or value <= fact.high)


def read_by(policy: core.Policy, expr: Expr) -> frozenset[str]:
    """The names of facts and fields that an expression reads, through all that it names."""
    names: set[str] = set()
    for one in reached(policy, expr):
        if isinstance(one, core.FactRef | core.FieldRef):
            names.add(one.name)
        elif isinstance(one, core.Aggregate):
            item = one.list_type.item
            entity = policy.entities[item.entity] if isinstance(item, core.RecordType) else None
            names.update(name for name in (entity.start, entity.end) if name) if entity else None
    return frozenset(names)


def reached(policy: core.Policy, expr: Expr) -> Iterator[Expr]:
    """Every expression within one, and within the definitions and conclusions that it names."""
    waiting: list[Expr | None] = [expr]
    followed: set[str] = set()
    while waiting:
        for one in within(waiting.pop()):
            yield one
            if isinstance(one, core.DefinitionRef | core.ConclusionRef):
                waiting += [] if one.name in followed else _named(policy, one)
                followed.add(one.name)


def _named(
    policy: core.Policy, expr: core.DefinitionRef | core.ConclusionRef
) -> Iterator[Expr | None]:
    if isinstance(expr, core.DefinitionRef):
        definition = policy.definitions[expr.name]
        for values in (definition.values, *definition.bodies.values()):
            yield from (dated.value for dated in values)
        return
    for name in policy.conclusions[expr.name].rules:
        for body in policy.rules[name].bodies.values():
            yield body.applies
            for statement in body.statements:
                yield from (statement.condition, statement.result.value)
                yield from (exception.condition for exception in statement.exceptions)


# ---- a list as its parts have it ---------------------------------------------------------------


def with_parts(value: core.Value, changed: Mapping[Path, core.Value | None]) -> core.Value:
    """A list or record with some parts as given: a field without a value is left out, a record
    that the list does not hold as well."""
    for path, new in sorted(changed.items(), key=_last_first):
        value = _put(value, path, new)
    return value


def _last_first(pair: tuple[Path, core.Value | None]) -> tuple[int, int, tuple[int, ...]]:
    """Fields before records, records before those that they stand in, and the last record first,
    so that places stay what they were."""
    places = tuple(-one for one in pair[0] if isinstance(one, int))
    return isinstance(pair[0][-1], int), -len(places), places


def _put(value: core.Value, path: Path, new: core.Value | None) -> core.Value:
    step, rest = path[0], path[1:]
    if isinstance(value, core.Record) and isinstance(step, str):
        values = dict(value.values)
        if rest:
            values[step] = _put(values[step], rest, new)
        elif new is None:
            values.pop(step, None)
        else:
            values[step] = new
        return evolve(value, values=MappingProxyType(values))
    assert isinstance(value, tuple) and isinstance(step, int)
    if rest:
        return (*value[:step], _put(value[step], rest, new), *value[step + 1 :])
    if new is False:
        return (*value[:step], *value[step + 1 :])
    return (*value, new) if isinstance(new, core.Record) else value

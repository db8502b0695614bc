"""What parts of supplied lists and records are called: `place of no. 2 (Cup B) in awards`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from vocpolicy import core
from vocpolicy.box.parts import path_of
from vocpolicy.core import Fact, ListType, Record, RecordType, Type, Value
from vocpolicy.explain.phrases import RECORDS, Scope, record_term, record_type
from vocpolicy.explain.terms import Amount, Say, Term, named


def part_fact(path: str, scope: Scope) -> Fact | None:
    """The declaration of a fact or, by its path, of a field; of a record, of its list."""
    first, *rest = path_of(path)
    fact = scope.fact(str(first))
    for step in rest:
        entity = scope.policy.entities.get(_entity(fact.type) if fact is not None else "")
        if isinstance(step, str):
            fact = entity.fields.get(step) if entity is not None else None
    return fact


def _entity(type_: Type) -> str:
    item = core.inner(type_)
    while isinstance(item, ListType):
        item = core.inner(item.item)
    return item.entity if isinstance(item, RecordType) else ""


def part_name(path: str, scope: Scope, values: Mapping[str, Value]) -> Term:
    """What a fact or a part is called."""
    first, *rest = path_of(path)
    fact = scope.fact(str(first))
    name: Term = scope.fact_label(str(first))
    value: object = values.get(str(first))
    for step in rest:
        if isinstance(step, int):
            value = value[step] if isinstance(value, tuple) and step < len(value) else None
            name = _record_name(step, value, name, fact, scope)
            continue
        entity = scope.policy.entities.get(_entity(fact.type) if fact is not None else "")
        fact = entity.fields.get(step) if entity is not None else None
        value = value.values.get(step) if isinstance(value, Record) else None
        label = named(fact.labels, step) if fact is not None else step
        name = Say("field_of", {"field": label, "record": name})
    return name


def _record_name(place: int, value: object, name: Term, fact: Fact | None, scope: Scope) -> Term:
    kind = core.inner(fact.type) if fact is not None else None
    counted = record_type(kind, scope.policy) if isinstance(kind, ListType) else RECORDS
    number = Amount(Fraction(place + 1), counted, noun_said=True)
    args: dict[str, Term] = {"number": number, "list": name}
    called = record_term(value, scope.policy) if isinstance(value, Record) else None
    if isinstance(called, str):
        return Say("part.record_named", {**args, "name": called})
    return Say("part.record", args)


def record_of(path: str) -> str:
    """The path of what a field belongs to; empty for a fact."""
    return path.rpartition(".")[0]

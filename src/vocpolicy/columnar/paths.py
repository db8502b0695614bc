"""Fields of records as facts of their own: `guardian.pay` stands in a column of that name.

A record is there where a cell of it is; of one that is not nothing is known, not even what the
bounds of its fields would say, unless it can be `none` (`perhaps`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from vocpolicy import core
from vocpolicy.columnar.rewritten import rebuilt, rewritten
from vocpolicy.once import kept_with

DEEPEST = 4
"""Records within records that are followed."""


def pathed(policy: core.Policy) -> core.Policy:
    """The policy with a fact for each field of a record, made once."""
    known = kept_with(policy)
    if "pathed" not in known:
        holders = (policy.facts, *(one.fields for one in policy.entities.values()))
        records = any(_is_record(fact) for facts in holders for fact in facts.values())
        known["pathed"] = _pathed(policy) if records else policy
    found: core.Policy = known["pathed"]
    return found


def _pathed(policy: core.Policy) -> core.Policy:
    return evolve(
        rewritten(policy, _expr),
        facts=_widened(policy, policy.facts),
        entities={
            name: evolve(one, fields=_widened(policy, one.fields))
            for name, one in policy.entities.items()
        },
    )


def _is_record(fact: core.Fact) -> bool:
    return isinstance(core.inner(fact.type), core.RecordType)


def _widened(policy: core.Policy, facts: Mapping[str, core.Fact]) -> dict[str, core.Fact]:
    """The facts, each record followed by its fields."""
    return {name: one for fact in facts.values() for name, one in _with_fields(policy, fact, "", 0)}


def _with_fields(
    policy: core.Policy, fact: core.Fact, around: str, depth: int
) -> Iterator[tuple[str, core.Fact]]:
    name = f"{around}{fact.name}"
    compares = tuple((key, _renamed(bound, around)) for key, bound in fact.compares)
    yield name, evolve(fact, name=name, compares=compares)
    kind = core.inner(fact.type)
    if isinstance(kind, core.RecordType) and depth < DEEPEST:
        for field in policy.entities[kind.entity].fields.values():
            if kind != fact.type:
                field = evolve(field, type=_optional(field.type))
            yield from _with_fields(policy, field, f"{name}.", depth + 1)


def _optional(kind: core.Type) -> core.Type:
    """Of a record that may be `none` a field may be, as the checker has it."""
    plain = isinstance(kind, core.ListType | core.OptionalType)
    return kind if plain else core.OptionalType(kind)


def _renamed(expr: core.Expr, around: str) -> core.Expr:
    """A bound by another field of the same record."""
    if around and isinstance(expr, core.FactRef | core.FieldRef):
        return core.FactRef(f"{around}{expr.name}", expr.type, span=expr.span)
    return rebuilt(expr, lambda one: _renamed(one, around))


def _expr(expr: core.Expr) -> core.Expr:
    """A field of a record that has a name, as the fact of its path."""
    if isinstance(expr, core.FieldRef) and expr.record is not None:
        path, own = _path_of(expr)
        if path and own:
            return core.FieldRef(path, expr.type, span=expr.span)
        if path:
            return core.FactRef(path, expr.type, span=expr.span)
    return rebuilt(expr, _expr)


def _path_of(expr: core.Expr) -> tuple[str, bool]:
    """The path of a record or a field, "" where it has none; and whether it begins with a field
    of the record at hand."""
    match expr:
        case core.FactRef(name):
            return name, False
        case core.FieldRef(name, _, None):
            return name, True
        case core.FieldRef(name, _, record) if record is not None:
            around, own = _path_of(record)
            return (f"{around}.{name}" if around else ""), own
        case _:
            return "", False


def above(path: str) -> list[str]:
    """The records that a field is in, the outermost first."""
    parts = path.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts))]

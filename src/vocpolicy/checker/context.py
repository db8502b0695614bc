"""What the checker knows while it works, and where an expression stands."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import Factory, define, evolve, frozen

from vocpolicy import core
from vocpolicy.resolver import Mistakes, Scope


@frozen
class Sign:
    """What is proved of a number whatever the facts are: above zero, not below zero."""

    above: bool
    not_below: bool


@define
class Context:
    """The declared names, and what has been made of them so far.

    Attributes:
        kinds: the type of the counts of each kind.
        spellings: what a count of each kind may be written in (name, plural, label), and what
            its measure word is.
        types: of the policy's facts, and of fields under `(entity, field)`; absent where the
            declared type is a mistake.
        fields: the fields of each entity.
        definitions, conclusions: once they are made.
        signs: what is proved of each definition.
    """

    scope: Scope
    mistakes: Mistakes
    kinds: dict[str, core.NumberType] = Factory(dict)
    spellings: dict[str, frozenset[str]] = Factory(dict)
    counters: dict[str, list[str]] = Factory(dict)
    choices: dict[str, core.Choice] = Factory(dict)
    types: dict[tuple[str | None, str], core.Type] = Factory(dict)
    facts: dict[str, core.Fact] = Factory(dict)
    entities: dict[str, core.Entity] = Factory(dict)
    definitions: dict[str, core.Definition] = Factory(dict)
    signs: dict[str, Sign] = Factory(dict)
    conclusions: dict[str, core.Conclusion] = Factory(dict)
    rules: dict[str, core.Rule] = Factory(dict)
    choices_of: dict[str, list[str]] = Factory(dict)

    def fact(self, entity: str | None, name: str) -> core.Fact | None:
        """A checked fact of the policy, or a field of an entity."""
        if entity is None:
            return self.facts.get(name)
        owner = self.entities.get(entity)
        return owner.fields.get(name) if owner else None


@frozen
class Env:
    """Where an expression stands.

    Attributes:
        entity: the entity that the rule or definition is for.
        member: the entity of the record that the innermost aggregate is at.
    """

    context: Context
    entity: str | None = None
    member: str | None = None

    def inside(self, member: str | None) -> Env:
        return evolve(self, member=member)

    def fact(self, node: core.Expr) -> core.Fact | None:
        """The declaration of the fact or field that an expression names."""
        match node:
            case core.FactRef(name=name):
                owned = self.context.fact(self.entity, name) if self.entity else None
                return owned or self.context.facts.get(name)
            case core.FieldRef(name=name, record=None) if self.member:
                return self.context.fact(self.member, name)
            case core.FieldRef(name=name, record=record) if record is not None:
                return self._field(record, name)
            case _:
                return None

    def _field(self, record: core.Expr, name: str) -> core.Fact | None:
        match record:
            case core.FactRef(type=core.RecordType(entity=entity)):
                return self.context.fact(entity, name)
            case core.FieldRef(type=core.RecordType(entity=entity)):
                return self.context.fact(entity, name)
            case _:
                return None

    def visible(self) -> Iterator[str]:
        """Every name that an expression may use here."""
        scope = self.context.scope
        yield from scope.fields(self.member)
        yield from scope.fields(self.entity)
        yield from scope.facts
        yield from scope.definitions
        yield from scope.conclusions

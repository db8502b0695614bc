"""What is asked, where it stands, and what the interpreter says of it while columns are made."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import Factory, evolve, frozen

from vocpolicy import core
from vocpolicy.columnar.refusals import overflow, refused
from vocpolicy.core.walk import children
from vocpolicy.facts import declarations
from vocpolicy.interpreter import Facts, Scope, evaluate, new_scope
from vocpolicy.interpreter.expressions import definition
from vocpolicy.needs import needs
from vocpolicy.trace import Answer, Unknown

TODAY = "day of evaluation"
"""The name of the fact that each row's day is; no rule file can give a fact this name."""


@frozen(eq=False)
class Place:
    """A policy on a day, under readings, for an entity.

    `engine` is what the frame belongs to, for messages.  `member` is the entity of the records of
    a list, where it stands among them: of what is around them only `lent` is in reach.
    """

    policy: core.Policy
    day: datetime.date
    readings: Mapping[str, str]
    entity: str | None
    engine: str
    declared: dict[str, core.Fact] = Factory(dict)
    member: str | None = None
    decided: dict[tuple[str | None, core.Expr], frozenset[str]] = Factory(dict)
    lent: Mapping[str, core.Fact] = Factory(dict)

    def within(self, entity: str | None) -> Place:
        """The same where something declared for an entity is evaluated."""
        if entity == self.entity:
            return self
        return evolve(self, entity=entity)

    def scope(self, values: Mapping[str, core.Value] | None = None) -> Scope:
        """Where these facts are all that is supplied."""
        found = Facts(dict(values or {}))
        return new_scope(self.policy, found, self.day, self.readings).enter(self.entity)

    def answer(self, expr: core.Expr, values: Mapping[str, core.Value] | None = None) -> Answer:
        return evaluate(self.scope(values), expr).answer

    def fact(self, expr: core.FactRef) -> core.Fact:
        fields = self.policy.entities[self.entity].fields if self.entity else {}
        if not self.reaches(expr.name):
            raise refused("outer", self.engine, expr.span)
        found = fields.get(expr.name) or self.policy.facts.get(expr.name)
        if found is None or self.declared.setdefault(expr.name, found) is not found:
            raise refused("names", self.engine, expr.span)
        return found

    def reaches(self, name: str) -> bool:
        """Whether a fact of this name can be read here."""
        if self.member is None or name in self.lent:
            return True
        return self.entity == self.member and name in self.policy.entities[self.member].fields

    @property
    def siblings(self) -> Mapping[str, core.Fact]:
        fields = self.policy.entities[self.entity].fields if self.entity else {}
        return {**self.policy.facts, **fields}

    def defined(self, expr: core.DefinitionRef) -> tuple[core.Expr | None, Place]:
        """What a definition stands for on the day, and where that is evaluated."""
        declared = self.policy.definitions[expr.name]
        dated = definition(self.scope(), declared).dated
        return (dated.value if dated else None), self.within(declared.entity)

    def behind(self, expr: core.Expr) -> tuple[Place, core.Expr]:
        """What an expression is behind names, and where that is evaluated."""
        place = self
        while isinstance(expr, core.DefinitionRef):
            value, inside = place.defined(expr)
            if value is None:
                break
            expr, place = value, inside
        return place, expr

    def facts_in(self, expr: core.Expr) -> list[str]:
        """The facts that an expression reads, each as often as it reads it."""
        return [name for name, _ in self._facts_in(expr)]

    def _facts_in(self, expr: core.Expr) -> Iterator[tuple[str, core.Fact]]:
        match expr:
            case core.FactRef():
                yield expr.name, self.fact(expr)
            case core.DefinitionRef():
                value, place = self.defined(expr)
                if value is not None:
                    yield from place._facts_in(value)
            case core.ConclusionRef():
                yield from self._concluded_of(expr.name)
            case core.Aggregate() if not isinstance(expr.list_type.item, core.RecordType):
                for one in children(expr):
                    yield from self._facts_in(one)
            case core.Aggregate(records=core.FactRef() as records):
                yield records.name, self.fact(records)
                if expr.if_empty is not None:
                    yield from self._facts_in(expr.if_empty)
            case core.Aggregate():
                raise refused("list", self.engine, expr.span)
            case core.FieldRef(name, kind, None) if self.member is not None:
                yield name, self.fact(core.FactRef(name, kind, span=expr.span))
            case core.FieldRef():
                raise refused("field", self.engine, expr.span)
            case _:
                for one in children(expr):
                    yield from self._facts_in(one)

    def _concluded_of(self, name: str) -> Iterator[tuple[str, core.Fact]]:
        """The facts that may decide a conclusion, each once."""
        place = self.within(self.policy.conclusions[name].entity)
        for one, fact in needs(self.policy, name).facts.items():
            yield one, place.fact(core.FactRef(one, fact.type))

    def decided_in(self, expr: core.Expr) -> frozenset[str]:
        """The conclusions that an expression asks for, by itself or behind names."""
        key = self.entity, expr
        if key not in self.decided:
            names: frozenset[str] = frozenset()
            if isinstance(expr, core.ConclusionRef):
                names = frozenset((expr.name,))
            elif isinstance(expr, core.DefinitionRef):
                value, place = self.defined(expr)
                names = frozenset() if value is None else place.decided_in(value)
            else:
                names = names.union(*(self.decided_in(one) for one in children(expr)))
            self.decided[key] = names
        return self.decided[key]

    def is_scaled(self, expr: core.Expr) -> bool:
        """Whether a scale stands in an expression or behind its names."""
        if isinstance(expr, core.DefinitionRef):
            value, place = self.defined(expr)
            return value is not None and place.is_scaled(value)
        return isinstance(expr, core.Scale) or any(map(self.is_scaled, children(expr)))

    def open_ended(self, expr: core.Expr) -> bool:
        """Whether it names something that has no value on the day.

        A comparison of it is not known whatever the facts are, where nothing but sums stands
        between; what multiplies, divides or chooses is refused.
        """
        if isinstance(expr, core.DefinitionRef):
            value, place = self.defined(expr)
            return value is None or place.open_ended(value)
        parts = children(expr)
        if isinstance(expr, core.Aggregate):  # of what is asked of records each comparison tells
            parts = tuple(one for one in (expr.value, expr.if_empty) if one is not None)
        found = [one for one in parts if self.open_ended(one)]
        sums = isinstance(expr, core.Negate | core.Compare | core.Equal) or (
            isinstance(expr, core.Arithmetic) and expr.operator != "multiply"
        )
        if found and not sums and self.facts_in(expr):
            raise refused("open", self.engine, expr.span)
        return bool(found)

    def too_large(self, *exprs: core.Expr) -> Exception:
        """What is computed of these might not fit."""
        names = dict.fromkeys(name for expr in exprs for name in self.facts_in(expr))
        return overflow(", ".join(names), self.engine, exprs[0].span)

    def constant(self, expr: core.Expr) -> core.Value | Unknown | None:
        """The value of an expression that no fact changes; None where one does."""
        return None if self.facts_in(expr) else self.answer(expr)


def meant(policy: core.Policy, entity: str | None) -> dict[str, core.Fact]:
    """The fact that each name means first, where something of the entity is asked."""
    found: dict[str, core.Fact] = {}
    for name, fact in declarations(policy, entity):
        found.setdefault(name, fact)
    return found


def one_day(answer: Answer) -> datetime.date | None:
    return answer if isinstance(answer, datetime.date) else None


def number_of(answer: object) -> Fraction | None:
    return answer if isinstance(answer, Fraction) else None

"""Where an expression is evaluated: the facts, the date, and the record at hand."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import TypeAlias

from attrs import Factory, evolve, frozen

from vocpolicy import core
from vocpolicy.interpreter.memory import Memory
from vocpolicy.trace import ConclusionTrace, DefinitionTrace

Decide: TypeAlias = "Callable[[Scope, core.Conclusion], ConclusionTrace]"


@frozen(eq=False)
class Facts:
    """The facts of one case, by name; made by `vocpolicy.facts.read_facts`.

    Attributes:
        values: values without a date, which are observed on the as-of date.
        series: values with dates.
    """

    values: Mapping[str, core.Value] = Factory(dict)
    series: Mapping[str, core.Series] = Factory(dict)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.values) | frozenset(self.series)

    def on(
        self, name: str, day: datetime.date, as_of: datetime.date
    ) -> tuple[core.Value, datetime.date | None] | None:
        """The last observation up to a day, and its date (None where it has none)."""
        if name in self.values:
            return (self.values[name], None) if as_of <= day else None
        until = [seen for seen in self.series.get(name, ()) if seen.date <= day]
        return (until[-1].value, until[-1].date) if until else None


@frozen(eq=False)
class Subject:
    """What a rule is for: a record, or (None) the case itself, whose fields are facts.

    `path` says where the record stands, for the names of facts that it lacks.
    """

    entity: str
    record: core.Record | None
    path: str


@frozen(eq=False)
class Found:
    """A fact looked up: its declaration, its value (None: not supplied) and its name.

    `subject` is the record that it is a field of, if it is one.
    """

    fact: core.Fact | None
    value: core.Value | None
    path: str
    observed: datetime.date | None = None
    subject: Subject | None = None


@frozen(eq=False)
class Scope:
    """
    Attributes:
        as_of: the day on which facts without a date are observed.
        day: the date of evaluation; before `as_of` where a target's deadline has passed.
        readings: the reading to take, by name of the rule or target; others are in use.
        decide: decides a conclusion (`vocpolicy.interpreter.conclusions`).
        subject: what the rule at hand is for.
        members: the records that the enclosing aggregates are at, innermost last.
        plain: leave bounds between facts aside: they are propagated once.
        patient: settle what a name rests on before it (`vocpolicy.interpreter.chains`).
        memo: definitions and conclusions that are already decided, by name and record.
        memory: steps of earlier cases; None where the facts at hand are a record's, or the day
            is another.
    """

    policy: core.Policy
    facts: Facts
    as_of: datetime.date
    day: datetime.date
    readings: Mapping[str, str]
    decide: Decide
    subject: Subject | None = None
    members: tuple[Subject, ...] = ()
    plain: bool = False
    patient: bool = False
    memo: dict[tuple[str, int], ConclusionTrace | DefinitionTrace] = Factory(dict)
    memory: Memory | None = None

    def at(self, day: datetime.date) -> Scope:
        """The same case on another date of evaluation."""
        return self if day == self.day else evolve(self, day=day, memo={}, memory=None)

    def enter(self, entity: str | None) -> Scope:
        """Where something declared `for ENTITY` is evaluated: for the nearest such record."""
        if not self.members and entity == (self.subject.entity if self.subject else None):
            return self
        memory = self.memory and self.memory.inside(entity)
        if entity is None:
            return self._for(None, memory)
        around = (self.subject,) if self.subject else ()
        for subject in reversed((*around, *self.members)):
            if subject.entity == entity:
                return evolve(self, subject=subject, members=())
        return self._for(Subject(entity, None, ""), memory)

    def _for(self, subject: Subject | None, memory: Memory | None) -> Scope:
        return Scope(
            self.policy,
            self.facts,
            self.as_of,
            self.day,
            self.readings,
            self.decide,
            subject,
            (),
            self.plain,
            self.patient,
            self.memo,
            memory,
        )

    def key(self, name: str) -> tuple[str, int]:
        """What is decided is decided once for each record."""
        record = self.subject.record if self.subject else None
        return name, 0 if record is None else id(record)

    def find(self, name: str) -> Found:
        """A fact by the name that rules give it."""
        subject = self.subject
        fields = self.policy.entities[subject.entity].fields if subject else {}
        if subject is not None and subject.record is not None and name in fields:
            return self.field(subject, name)
        fact = fields.get(name) or self.policy.facts.get(name)
        seen = self.facts.on(name, self.day, self.as_of)
        return Found(fact, seen[0], name, seen[1]) if seen else Found(fact, None, name)

    def field(self, subject: Subject, name: str) -> Found:
        """A field of a record."""
        fact = self.policy.entities[subject.entity].fields.get(name)
        value = subject.record.values.get(name) if subject.record else None
        path = f"{subject.path}.{name}" if subject.path else name
        return Found(fact, value, path, subject=subject)

    def compared(self, found: Found) -> Scope:
        """Where the bounds between a fact and its siblings are worked out."""
        if found.subject is None:
            return evolve(self, plain=True, memo={}, memory=None)
        members = (found.subject,)
        subject = found.subject
        return evolve(self, subject=subject, members=members, plain=True, memo={}, memory=None)

    def siblings(self, found: Found) -> Mapping[str, core.Fact]:
        """The facts that may bound a fact: those of its record, or of the case."""
        if found.subject is not None:
            return self.policy.entities[found.subject.entity].fields
        fields = self.policy.entities[self.subject.entity].fields if self.subject else {}
        return {**self.policy.facts, **fields}

    def body(self, rule: core.Rule) -> core.RuleBody:
        """A rule under the reading to take."""
        return rule.bodies[reading_of(rule, self.readings)]


def reading_of(
    provision: core.Rule | core.Target | core.Definition, readings: Mapping[str, str]
) -> str:
    """The reading that is asked for, or else the one in use."""
    asked = readings.get(provision.name, provision.in_use)
    return asked if asked in provision.bodies else provision.in_use

"""Where an expression stands: whose fields its names mean, and among which records.

It follows `vocpolicy.interpreter.scope.Scope`, with the code of a record in place of the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from vocpolicy import core
from vocpolicy.interpreter import Scope, Subject
from vocpolicy.scalar.code import Number, Truth

if TYPE_CHECKING:
    from vocpolicy.scalar.ranges import Range


@frozen
class Place:
    """The case itself (`row` is ""), or the record at hand of a list.

    Attributes:
        row: the variable that holds the record's values.
        depth: how many lists are gone through here, one inside another.
    """

    entity: str
    row: str = ""
    depth: int = 0


@frozen
class Where:
    """
    Attributes:
        subject: what the rule at hand is for.
        members: the records that the enclosing aggregates are at, innermost last.
    """

    subject: Place | None = None
    members: tuple[Place, ...] = ()

    @property
    def depth(self) -> int:
        around = (self.subject,) if self.subject else ()
        return max((place.depth for place in (*around, *self.members)), default=0)

    def enter(self, entity: str | None) -> Where:
        """Where something declared `for ENTITY` is evaluated: for the nearest such record."""
        if entity is None:
            return Where()
        around = (self.subject,) if self.subject else ()
        for place in reversed((*around, *self.members)):
            if place.entity == entity:
                return Where(place)
        return Where(Place(entity))

    def among(self, place: Place) -> Where:
        """At a record of a list."""
        return Where(self.subject, (*self.members, place))

    def record_of(self, expr: core.FactRef | core.FieldRef, policy: core.Policy) -> Place | None:
        """The record that a name means a field of; None where it means a fact of the case."""
        place = self.subject
        if isinstance(expr, core.FieldRef) and self.members:
            place = self.members[-1]
        if place is None or not place.row:
            return None
        known = expr.name in policy.entities[place.entity].fields
        return place if known or isinstance(expr, core.FieldRef) else None

    def emptied(self, scope: Scope) -> Scope:
        """The interpreter's scope of the same place, where nothing is supplied."""
        if not self.members and not (self.subject and self.subject.row):
            return scope.enter(self.subject.entity if self.subject else None)
        subject = None if self.subject is None else _subject(self.subject)
        members = tuple(map(_subject, self.members))
        return evolve(scope, subject=subject, members=members, memo={}, memory=None)


def _subject(place: Place) -> Subject:
    record = core.Record(place.entity, {}) if place.row else None
    return Subject(place.entity, record, "")


@frozen
class Read:
    """A fact that code reads: of the case, or (`record`) a field of a record of an entity.

    Attributes:
        around: the variable of the record, where it stands alone and may itself be missing.
    """

    fact: core.Fact
    record: str | None = None
    around: str | None = None


@frozen(eq=False)
class Frame:
    """What is worked out once for the case, or for a record of a list.

    Attributes:
        lines: assignments to variables (`v3 = …`) and, for a record, conditions without which it
            does not count (`if …`).
        truths, numbers, ranges: what names of definitions and conclusions come to here, and the
            facts that this reads.
    """

    lines: list[str] = field(factory=list)
    truths: dict[str, tuple[Truth, Mapping[str, Read]]] = field(factory=dict)
    numbers: dict[str, tuple[Number, Mapping[str, Read]]] = field(factory=dict)
    ranges: dict[str, tuple[Range, Mapping[str, Read]]] = field(factory=dict)

    def clauses(self) -> str:
        """The lines as what follows the `for` of a comprehension."""
        return "".join(f" {_clause(line)}" for line in self.lines)


def _clause(line: str) -> str:
    """Python assigns where a `for` goes through a tuple of one."""
    if line.startswith("if "):
        return line
    name, _, text = line.partition(" = ")
    return f"for {name} in ({text},)"

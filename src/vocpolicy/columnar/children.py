"""Tables that belong to the records of a frame: the records of lists, and observations by date.

    children={"placements": (placements, "teacher_id")}            the same name in both frames
    children={"placements": (placements, "teacher", "id")}         the child's name, the parent's
    children={"placements.visits": (visits, "placement_id")}       lists within lists

A table with a column `date` holds observations of a fact: its value on a day, of a list of bare
values the list.  A record whose key is missing has no list at all; one whose key no row has, an
empty one, where lists are not observed by date.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.reading import TAKES, inner
from vocpolicy.columnar.refusals import wrong_column
from vocpolicy.diagnostics import Diagnostic, UsageError, close_names

DAY = "date"
"""The column of the day of an observation."""


@frozen(eq=False)
class Child:
    """
    Attributes:
        path: the fact, through the lists that hold it: `placements.visits`.
        fact: its declaration.
        frame: the table, as it was given.
        key: the column of the table that says whose record a row is.
        parent: the column of the frame around it that this refers to.
    """

    path: str
    fact: core.Fact
    frame: Any
    key: str
    parent: str

    @property
    def around(self) -> str:
        """The path of the list that holds it; "" where the frame's own records do."""
        return self.path.rpartition(".")[0]

    @property
    def item(self) -> core.Type | None:
        """What the rows are; None where they are observations."""
        kind = inner(self.fact.type)
        return kind.item if isinstance(kind, core.ListType) else None

    def observes(self, schema: Mapping[str, Any]) -> bool:
        """Whether a table with these columns holds observations by date; of a list it does where
        its cells are lists, or there are none."""
        if self.item is None:
            return True
        dated = DAY in schema and self.has_values
        return dated and isinstance(schema.get(self.fact.name), nw.List | nw.Unknown)

    @property
    def has_values(self) -> bool:
        """Whether a row of it holds a value, and no record."""
        return not isinstance(self.item, core.RecordType)

    def source_in(self, schema: Mapping[str, Any], columns: Mapping[str, str]) -> str:
        """The column of a table of values that holds the fact.

        Raises:
            UsageError: there is none, or of observations no column of dates.
        """
        source = columns.get(self.path, self.fact.name)
        dated = self.observes(schema)
        for name in (source, *([DAY] if dated else [])):
            if name not in schema:
                args = {"name": name, "close": close_names(name, schema)}
                raise UsageError([Diagnostic("V805", args=args)])
        if dated and schema[DAY] not in (nw.Date, nw.Datetime):
            raise wrong_column(DAY, self.path, schema[DAY], TAKES[core.DateType])
        return source


def children_of(
    policy: core.Policy, facts: Mapping[str, core.Fact], given: Mapping[str, Any] | None
) -> dict[str, Child]:
    """The tables by the facts that they hold.

    Raises:
        UsageError: a name is no fact's, or a table is not given as a frame with its key.
    """
    found: dict[str, Child] = {}
    for path, table in (given or {}).items():
        fact = _fact(policy, facts, path)
        match table:
            case (frame, str() as key):
                found[path] = Child(path, fact, frame, key, key)
            case (frame, str() as key, str() as parent):
                found[path] = Child(path, fact, frame, key, parent)
            case _:
                raise UsageError([Diagnostic("V680", args={"name": path})])
    for path, child in found.items():
        if child.around and child.around not in found:
            args = {"name": path, "around": child.around}
            raise UsageError([Diagnostic("V682", args=args)])
    return found


def _fact(policy: core.Policy, facts: Mapping[str, core.Fact], path: str) -> core.Fact:
    known = facts
    *around, last = path.split(".")
    for name in around:
        kind = inner(_named(known, name, path).type)
        item = kind.item if isinstance(kind, core.ListType) else kind
        if not isinstance(item, core.RecordType):
            raise _unknown(path, {})
        known = policy.entities[item.entity].fields
    return _named(known, last, path)


def _named(known: Mapping[str, core.Fact], name: str, path: str) -> core.Fact:
    if name not in known:
        raise _unknown(path, known)
    return known[name]


def _unknown(path: str, known: Mapping[str, core.Fact]) -> UsageError:
    last = path.rpartition(".")[2]
    args = {"name": path, "close": close_names(last, known)}
    return UsageError([Diagnostic("V681", args=args)])

"""What code is written into: its variables and constants, and where an expression stands."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from attrs import Factory, define

from vocpolicy import core
from vocpolicy.interpreter import Facts, Scope, new_scope
from vocpolicy.scalar import values
from vocpolicy.scalar.code import UnsupportedError
from vocpolicy.scalar.places import Frame, Place, Read, Where

if TYPE_CHECKING:
    from vocpolicy.scalar.records import Readers


@define
class Draft:
    """One body.

    Attributes:
        where: where the expression at hand stands.
        variables: names of the variables that hold the facts.
        known: whether every fact is there.
        space: what the code names: constants, tables, helpers.
        readers: the fields of records that are read.
        frames: what is worked out for the case, and for each record at hand.
        touched: the facts that the condition at hand reads, by their code.
        reads: all that were read, those inside lists too.
        dated: whether the condition at hand reads the date of evaluation.
        todays: how often that date was read so far.
        any_day: whether the code is for other days too, on which the policy reads the same.
        turns: days on which what the code was made from begins to read otherwise.
        entered: the definitions and conclusions that are being written.
        named: how many variables have names.
        clashes: variables that hold outcomes, of which other rules read whether they hold.
        settled: whether the day is the same whenever it is asked.
        open: whether something may be open that no missing fact leaves open.
        supplied: names of the variables that hold the facts as they came, observations too.
    """

    policy: core.Policy
    day: datetime.date
    readings: Mapping[str, str]
    where: Where
    declared: Mapping[str, core.Fact]
    variables: Mapping[str, str]
    known: bool
    space: dict[str, Any]
    readers: Readers
    frames: list[Frame] = Factory(lambda: [Frame()])
    touched: dict[str, Read] = Factory(dict)
    reads: dict[str, Read] = Factory(dict)
    dated: bool = False
    any_day: bool = False
    turns: set[datetime.date] = Factory(set)
    entered: set[tuple[str, str]] = Factory(set)
    named: int = 0
    todays: int = 0
    clashes: list[str] = Factory(list)
    settled: bool = False
    open: bool = False
    supplied: Mapping[str, str] = Factory(lambda self: self.variables, takes_self=True)

    # ---- names

    @property
    def frame(self) -> Frame:
        """What is worked out for the innermost record that names mean here."""
        return self.frames[self.where.depth]

    @property
    def lines(self) -> list[str]:
        """What comes before the code at hand."""
        return self.frame.lines

    def variable(self, letter: str = "v") -> str:
        self.named += 1
        return f"{letter}{self.named}"

    def keep(self, text: str) -> str:
        """A variable that holds what the code comes to."""
        name = self.variable()
        self.lines.append(f"{name} = {text}")
        return name

    def constant(self, value: Any) -> str:
        name = f"c{len(self.space)}"
        self.space[name] = value
        return name

    def nones(self, kind: core.ChoiceType) -> str:
        return self.constant(values.none_words(self.policy, kind))

    def keep_for_case(self, text: str) -> str:
        """A variable of the whole case, wherever the expression at hand stands."""
        name = self.variable()
        self.frames[0].lines.append(f"{name} = {text}")
        return name

    def today(self) -> str:
        """The date of evaluation."""
        self.dated = True
        self.todays += 1
        if self.settled:
            return self.constant(self.day)
        self.space["today"] = self.day
        return "today"

    def turn(self, start: datetime.date | None, end: datetime.date | None) -> None:
        """Something is so from a day on, or until the end of one."""
        if start is not None:
            self.turns.add(start)
        if end is not None and end < datetime.date.max:
            self.turns.add(end + datetime.timedelta(days=1))

    def scope(self, day: datetime.date | None = None) -> Scope:
        """Where nothing is supplied, on the day or another one."""
        scope = new_scope(self.policy, Facts(), day or self.day, self.readings)
        return self.where.emptied(scope)

    @contextmanager
    def at(self, where: Where) -> Iterator[None]:
        """Somewhere else for a while, for what is not part of the condition at hand."""
        around, self.where = self.where, where
        touched, self.touched = self.touched, {}
        try:
            yield
        finally:
            self.where, self.touched = around, touched

    @contextmanager
    def moment(
        self, day: datetime.date, variables: Mapping[str, str], known: bool
    ) -> Iterator[None]:
        """On a day that is settled, on which facts may have other values (`variables`)."""
        around = (self.day, self.variables, self.known, self.frames)
        fixed = (self.any_day, self.turns, self.settled)
        self.day, self.variables, self.known = day, variables, known
        self.frames = [Frame(self.frames[0].lines)]
        self.any_day, self.turns, self.settled = False, set(), True
        try:
            with self.at(Where()):
                yield
        finally:
            self.day, self.variables, self.known, self.frames = around
            self.any_day, self.turns, self.settled = fixed

    @contextmanager
    def naming(self, kind: str, name: str, entity: str | None) -> Iterator[None]:
        """In what a name stands for, where something declared `for ENTITY` is evaluated."""
        if (kind, name) in self.entered:
            raise UnsupportedError("comes back to itself")
        around, self.where = self.where, self.where.enter(entity)
        self.entered.add((kind, name))
        try:
            yield
        finally:
            self.where = around
            self.entered.remove((kind, name))

    @contextmanager
    def member(self, entity: str, row: str) -> Iterator[Frame]:
        """At a record of a list, or at an item that is none (`entity` is "")."""
        self.frames.append(Frame())
        depth = len(self.frames) - 1
        try:
            with self.at(self.where.among(Place(entity, row, depth))):
                yield self.frames[depth]
        finally:
            self.frames.pop()

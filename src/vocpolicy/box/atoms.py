"""What can vary in a verdict: facts, and what lists come to.

A list is no point of a grid.  What a rule makes of it (how many stays, how long) is an atom of its
own, that is free wherever the list or another fact that it reads is.  Where the list is supplied
its parts vary too (`vocpolicy.box.parts`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import Factory, field, frozen

from vocpolicy import core
from vocpolicy.box.pieces import Piece
from vocpolicy.core import Expr, Nothing
from vocpolicy.trace import Answer

Relation: TypeAlias = tuple[str, Piece]
"""An operator and what an atom compares with so in every valid case."""


Path: TypeAlias = "tuple[str | int, ...]"
"""A fact, then fields by name and records by their place, from 0."""

FIELD, RECORD, ANOTHER = "field", "record", "another"


LACKING: core.Value = ("lacking",)
"""In a vector: the list was supplied, and its parts say what is made of it."""


@frozen
class Read:
    """What an expression reads of records: fields by name, what each is held against, and the day
    of evaluation."""

    fields: frozenset[str]
    figures: Mapping[str, tuple[core.Value, ...]]
    day: datetime.date

    def and_of(self, other: Read) -> Read:
        """What both read."""
        names = (*self.figures, *other.figures)
        figures = {
            name: tuple(
                {
                    **dict.fromkeys(self.figures.get(name, ())),
                    **dict.fromkeys(other.figures.get(name, ())),
                }
            )
            for name in names
        }
        return Read(self.fields | other.fields, figures, self.day)


@frozen(eq=False)
class Part:
    """A part of a supplied list or record.

    Attributes:
        path: where it stands.
        form: a field; a record that the list holds (yes) or not; another record (none: there is
            none).
        fact: the field's declaration; of records, the list's.
        type: of its value.
        value: what was supplied; None where a record lacks the field.
        choices: the values that it can have, where those are listed.
        closed: whether `choices` are all that matter.
    """

    path: Path
    form: str
    fact: core.Fact
    type: core.Type
    value: core.Value | None
    choices: tuple[Answer, ...] = ()
    closed: bool = False

    @property
    def name(self) -> str:
        return path_text(self.path)


def path_text(path: Path) -> str:
    """`awards[1].place`."""
    text = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path)
    return text.removeprefix(".")


@frozen(eq=False)
class Atom:
    """One thing that varies.

    Attributes:
        place: its index in the vector.
        names: the fact; of what is made of a list, every fact that it reads.
        type: of its value.
        free: what is known of it where nothing is supplied.
        value: what was supplied, or came of what was supplied; None where it is missing.
        fact: its declaration; None for what is made of a list.
        expr: for what is made of a list, the expression.
        part: for a part of a supplied list or record, which one.
    """

    place: int
    names: tuple[str, ...]
    type: core.Type
    free: Answer
    value: Answer | None
    fact: core.Fact | None = None
    expr: Expr | None = None
    part: Part | None = None

    @property
    def name(self) -> str:
        return self.names[0] if self.names else ""

    @property
    def step(self) -> Fraction | None:
        """What values are multiples of, in base units."""
        if self.fact is not None and self.fact.step is not None:
            return self.fact.step
        inner = core.inner(self.type)
        return Fraction(1) if isinstance(inner, core.NumberType) and inner.whole else None


@frozen(eq=False)
class Cut:
    """A condition whose answer changes somewhere: a comparison, or one value of several.

    Attributes:
        left, right: its sides.
        atoms: what either side reads.
    """

    left: Piece
    right: Piece
    atoms: tuple[int, ...]


@frozen(eq=False)
class Grid:
    """Everything that the compiler found: atoms, what relates them, where answers change, and
    how what is made of a list follows from its parts; `unopened` are lists that were supplied and
    whose parts, or not all of them, are atoms, and `read` is what is read of the records of one.
    `compared` are comparisons that are compiled already."""

    atoms: list[Atom] = Factory(list)
    relations: dict[int, list[Relation]] = Factory(dict)
    cuts: list[Cut] = Factory(list)
    texts: dict[int, set[str]] = Factory(dict)
    places: dict[object, int] = Factory(dict)
    pieces: dict[int, Piece] = Factory(dict)
    unopened: set[str] = Factory(set)
    read: dict[str, Read] = Factory(dict)
    compared: dict[object, tuple[Piece, object]] = Factory(dict)
    slots: list[int] = field(factory=lambda: [0])

    def cuts_of(self, place: int) -> Iterator[Cut]:
        return (cut for cut in self.cuts if place in cut.atoms)


def few_values(policy: core.Policy, type_: core.Type) -> list[core.Value] | None:
    """Every value of a type that has few; None for numbers, dates, texts and lists."""
    match type_:
        case core.YesNoType():
            return [True, False]
        case core.ChoiceType(name=name):
            return list(policy.choices[name].members)
        case core.OptionalType(inner=inner):
            values = few_values(policy, inner)
            return None if values is None else [Nothing.NONE, *values]
        case _:
            return None


def is_date(answer: Answer) -> bool:
    return isinstance(answer, datetime.date)

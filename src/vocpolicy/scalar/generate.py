"""Functions made for conclusions on a date: source text, compiled once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from attrs import frozen

from vocpolicy import core
from vocpolicy.pycode import frame
from vocpolicy.pycode.frame import Pieces
from vocpolicy.pycode.given import others, with_instances, with_plain, with_shapes
from vocpolicy.pycode.helpers import names
from vocpolicy.scalar import asked
from vocpolicy.scalar.checks import Checker, dates
from vocpolicy.scalar.code import OpenError
from vocpolicy.scalar.observations import resolve
from vocpolicy.scalar.places import Place, Where
from vocpolicy.scalar.records import Readers
from vocpolicy.scalar.unread import unread
from vocpolicy.scalar.writer import Writer


@frozen
class Functions:
    """
    Attributes:
        source: the text that they were compiled from.
        decide: from facts as programs have them, checked.
        trusted: from a tuple of values in order that are taken to be right.
        of_values: from values in order, any of which can be missing.
    """

    source: str
    decide: Callable[[object], Any]
    trusted: Callable[[tuple[Any, ...]], Any]
    of_values: Callable[..., Any]


class Case(Protocol):
    """What the code is for.

    Attributes:
        facts: those that are read, in order.
        declared: the fact that each name means first.
        one: whether it gives an outcome instead of a tuple of them.
        observes: whether code takes facts as observations by date; else as they are on the day.
    """

    @property
    def as_of(self) -> datetime.date: ...
    @property
    def readings(self) -> Mapping[str, str]: ...
    @property
    def entity(self) -> str | None: ...
    @property
    def facts(self) -> tuple[str, ...]: ...
    @property
    def declared(self) -> Mapping[str, core.Fact]: ...
    @property
    def one(self) -> bool: ...
    @property
    def observes(self) -> bool: ...

    def decide(self, given: object, of_values: Callable[..., Any] | None = None) -> Any:
        """Decides what the code leaves, with its help where the facts are only to be read."""


def functions(policy: core.Policy, case: Case, names: Sequence[str]) -> Functions:
    """The functions for names of a policy.

    Raises:
        UnsupportedError: something in them is left to the interpreter.
    """

    def outcomes(writer: Writer) -> str:
        found = [asked.outcome(writer, name) for name in names]
        return found[0] if case.one else f"({', '.join(found)},)"

    return functions_for(policy, case, outcomes)


def functions_for(policy: core.Policy, case: Case, write: Callable[[Writer], str]) -> Functions:
    """Functions that give what `write` writes code for; raises as it does."""
    readers = Readers(policy)
    pieces, space = pieces_for(policy, case, write, readers=readers)

    beside = unread(policy, case.declared, space)
    space["others"] = others(frozenset(case.facts), beside)
    with_shapes(pieces, space, beside)
    kinds = [case.declared[name].type for name in case.facts]
    rows = readers.row_reader()

    def of_values(*values: Any) -> Any:
        """From values as facts are read."""
        return space["of_values"](*map(rows, kinds, values))

    rest = with_plain(
        space, lambda: dates(case.declared), lambda given: case.decide(given, of_values)
    )
    space["rest"] = with_instances(pieces, space, beside, rest)
    source = frame.source(pieces)
    exec(compile(source, "<policy>", "exec"), space)
    return Functions(source, space["decide"], space["trusted"], space["of_values"])


def pieces_for(
    policy: core.Policy,
    case: Case,
    write: Callable[[Writer], str],
    turns: set[datetime.date] | None = None,
    readers: Readers | None = None,
) -> tuple[Pieces, dict[str, Any]]:
    """What functions are put together from, and what their code names; raises as `write` does.

    Args:
        turns: where it is given, the code is for other days too, up to the next day of those that
            are put into it.
        readers: takes what is read of the records of lists.
    """
    readers = readers or Readers(policy)
    facts, declared = case.facts, case.declared
    variables = {name: f"f{place}" for place, name in enumerate(facts)}
    space: dict[str, Any] = {**names(), "month_end": policy.month_end}
    bodies = {}
    for known in (True, False):
        writer = Writer(
            policy,
            case.as_of,
            case.readings,
            Where(Place(case.entity) if case.entity else None),
            declared,
            variables,
            known,
            space,
            readers,
            any_day=turns is not None,
            turns=set() if turns is None else turns,
        )
        if case.observes and not known:
            resolve(writer)
        try:
            result = write(writer)
        except OpenError:
            if not known:
                raise
            continue
        bodies[known] = [*writer.lines, f"return {result}"]
    bodies.setdefault(True, bodies[False])
    checker = Checker(policy, declared, space)
    lists = [readers.number(declared[name].type) for name in facts]
    checks = [
        checker.check(name, variable) if number is None else "True"
        for (name, variable), number in zip(variables.items(), lists, strict=True)
    ]
    related = [one for name in facts for one in checker.relations(name)]
    places = {name: place for place, name in enumerate(facts)}
    relations = [
        (places[name], places[other], text.format(variables[name], variables[other]))
        for name, other, text in related
    ]
    optional = [isinstance(declared[name].type, core.OptionalType) for name in facts]
    records = readers.records(space)
    return Pieces(
        facts, optional, checks, relations, bodies[True], bodies[False], lists, records
    ), space

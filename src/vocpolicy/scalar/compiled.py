"""Conclusions compiled for a date, for systems that ask the same thing a million times."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from vocpolicy import core
from vocpolicy.diagnostics import FactError
from vocpolicy.facts import entity_of, read_leniently
from vocpolicy.interpreter import Facts, decide
from vocpolicy.needs import needs
from vocpolicy.pycode.frame import Pieces
from vocpolicy.pycode.helpers import MISSING, SlowError
from vocpolicy.pycode.observed import Series
from vocpolicy.scalar import asked
from vocpolicy.scalar.checks import first_meant, raw
from vocpolicy.scalar.code import UnsupportedError
from vocpolicy.scalar.generate import functions, pieces_for

TOO_LONG = "rests on too long a chain of names"


@frozen(eq=False)
class Compiled:
    """What one or several names of a policy come to on a date, without saying why.

    Call it with the facts of a case.  A mapping, or an instance of an attrs class or a
    dataclass, is checked as `Policy.evaluate` checks it.  A tuple holds the values in the order
    of `facts` and is trusted: plain values in the facts' own units, `None` where one is missing
    (of a fact that can be none it says `none`, and `vocpolicy.scalar.MISSING` that it is missing);
    the records of a list are checked all the same.
    A single name gives an outcome, several give a tuple of them.

    Attributes:
        names: what is asked.
        as_of: the date of evaluation.
        facts: the facts that may decide it, in order.
        reason: why the interpreter decides it; "" where code does.
        source: the code, for those who want to see it; "" where there is none.
        decide: the same as a call with facts that are no tuple, without a call between.
        trusted: the same as a call with a tuple.
    """

    names: tuple[str, ...]
    as_of: datetime.date
    facts: tuple[str, ...]
    reason: str
    source: str = field(repr=False)
    decide: Callable[[object], Any] = field(repr=False)
    trusted: Callable[[tuple[Any, ...]], Any] = field(repr=False)

    def __call__(self, facts: object) -> Any:
        """The outcome.

        Raises:
            FactError: mistakes in the facts, all at once.
        """
        return self.trusted(facts) if type(facts) is tuple else self.decide(facts)


@frozen(eq=False)
class _Reader:
    """Decides what code does not: reads whatever the facts are written as."""

    policy: core.Policy
    names: tuple[str, ...]
    one: bool
    as_of: datetime.date
    readings: Mapping[str, str]
    entity: str | None
    facts: tuple[str, ...]
    declared: Mapping[str, core.Fact]

    def decide(self, given: object, of_values: Callable[..., Any] | None = None) -> Any:
        facts = self._named(given) if type(given) is tuple else given
        read, mistakes = read_leniently(self.policy, facts, self.entity, self.as_of)
        if mistakes:
            raise FactError(mistakes)
        if of_values is not None:
            try:
                return of_values(*self._values(read))
            except SlowError:
                pass
        found = tuple(
            decide(self.policy, name, read, self.as_of, self.readings).outcome
            for name in self.names
        )
        return found[0] if self.one else found

    def _named(self, given: tuple[Any, ...]) -> Mapping[str, Any]:
        pairs = zip(self.facts, given, strict=True)
        return {name: value for name, value in pairs if value is not MISSING}

    @property
    def observes(self) -> bool:
        targets = self.policy.on(self.as_of).targets
        return any(name in targets for name in self.names)

    def _values(self, read: Facts) -> list[Any]:
        return [self._value(read, name, self.declared[name].type) for name in self.facts]

    def _value(self, read: Facts, name: str, kind: core.Type) -> Any:
        """A fact as code has it."""
        if self.observes and name in read.series:
            return Series((one.date, raw(kind, one.value)) for one in read.series[name])
        seen = read.on(name, self.as_of, self.as_of)
        return MISSING if seen is None else raw(kind, seen[0])


def compiled(
    policy: core.Policy,
    names: str | Sequence[str],
    as_of: datetime.date,
    readings: Mapping[str, str],
) -> Compiled:
    """Code for one or several names of a policy, on a date."""
    reader = _reader(policy, names, as_of, readings)
    edition = policy.on(as_of)
    try:
        if len({entity_of(edition, name) for name in reader.names}) > 1:
            raise UnsupportedError("they are for different entities")
        made = functions(edition, reader, reader.names)
    except UnsupportedError as error:
        return _left(reader, str(error))
    except (RecursionError, MemoryError, SyntaxError):  # too deep for Python's own parser
        return _left(reader, TOO_LONG)
    return Compiled(reader.names, as_of, reader.facts, "", made.source, made.decide, made.trusted)


def _reader(
    policy: core.Policy,
    names: str | Sequence[str],
    as_of: datetime.date,
    readings: Mapping[str, str],
) -> _Reader:
    edition = policy.on(as_of)
    one = isinstance(names, str)
    asked: tuple[str, ...] = (names,) if isinstance(names, str) else tuple(names)
    entity = entity_of(edition, asked[0]) if asked else None
    facts: dict[str, None] = {}
    for name in asked:
        facts.update(dict.fromkeys(needs(edition, name).facts))
    declared = first_meant(policy, entity)
    add_bounding(facts, declared)
    return _Reader(policy, asked, one, as_of, readings, entity, tuple(facts), declared)


def pieces_of(
    policy: core.Policy,
    name: str,
    as_of: datetime.date,
    readings: Mapping[str, str],
    turns: set[datetime.date] | None = None,
) -> tuple[Pieces, dict[str, Any]]:
    """What code of a name on a date is put together from, and what it names; `turns` as
    `vocpolicy.scalar.generate.pieces_for` has it.

    Raises:
        UnsupportedError: something in it is left to the interpreter.
    """
    edition = policy.on(as_of)
    reader = _reader(policy, name, as_of, readings)
    return pieces_for(edition, reader, lambda writer: asked.outcome(writer, name), turns)


def _left(reader: _Reader, reason: str) -> Compiled:
    """Everything is left to the interpreter."""
    return Compiled(
        reader.names, reader.as_of, reader.facts, reason, "", reader.decide, reader.decide
    )


def add_bounding(facts: dict[str, None], declared: Mapping[str, core.Fact]) -> None:
    """With the facts that bound them, which have to be there to check them."""
    waiting = list(facts)
    while waiting:
        fact = declared.get(waiting.pop())
        for _, expr in fact.compares if fact is not None else ():
            name = getattr(expr, "name", None)
            if isinstance(expr, core.FactRef | core.FieldRef) and name not in facts:
                facts[expr.name] = None
                waiting.append(expr.name)

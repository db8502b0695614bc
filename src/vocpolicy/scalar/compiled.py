"""Conclusions compiled for a date, for systems that ask the same thing a million times."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import field, frozen

from vocpolicy import core
from vocpolicy.diagnostics import FactError
from vocpolicy.facts import entity_of, read_leniently
from vocpolicy.facts.values import as_mapping
from vocpolicy.interpreter import Facts, decide
from vocpolicy.needs import needs
from vocpolicy.outcome import Outcome
from vocpolicy.scalar.checks import first_meant
from vocpolicy.scalar.code import UnsupportedError
from vocpolicy.scalar.generate import Functions, functions
from vocpolicy.scalar.helpers import MISSING, SlowError
from vocpolicy.scalar.writer import factor

Decided: TypeAlias = "Outcome | tuple[Outcome, ...]"


@frozen(eq=False)
class Compiled:
    """What one or several names of a policy come to on a date, without saying why.

    Call it with the facts of a case.  A mapping, or an instance of an attrs class or a
    dataclass, is checked as `Policy.evaluate` checks it.  A tuple holds the values in the order
    of `facts` and is trusted: plain values in the facts' own units, `None` where one is missing
    (of a fact that can be none it says `none`, and `vocpolicy.scalar.MISSING` that it is missing).
    A single name gives an outcome, several give a tuple of them.

    Attributes:
        names: what is asked.
        as_of: the date of evaluation.
        facts: the facts that may decide it, in order.
        reason: why the interpreter decides it; "" where code does.
    """

    names: tuple[str, ...]
    as_of: datetime.date
    facts: tuple[str, ...]
    reason: str
    _policy: core.Policy = field(repr=False)
    _readings: Mapping[str, str] = field(repr=False)
    _entity: str | None = field(repr=False)
    _one: bool = field(repr=False)
    _functions: Functions | None = field(repr=False)

    def __call__(self, facts: object) -> Any:
        """The outcome.

        Raises:
            FactError: mistakes in the facts, all at once.
        """
        made = self._functions
        if made is not None:
            try:
                if type(facts) is dict:
                    found = made.of_mapping(facts)
                elif type(facts) is tuple:
                    return made.of_tuple(facts)
                else:
                    given = as_mapping(facts)
                    found = (
                        None
                        if given is None
                        else made.of_mapping({str(name): one for name, one in given.items()})
                    )
                if found is not None:
                    return found
            except SlowError:
                pass
        if isinstance(facts, tuple):
            facts = self._named(facts)
        return self._read(facts)

    @property
    def source(self) -> str:
        """The code, for those who want to see it; "" where there is none."""
        return self._functions.source if self._functions is not None else ""

    def _named(self, given: tuple[Any, ...]) -> Mapping[str, Any]:
        pairs = zip(self.facts, given, strict=True)
        return {name: value for name, value in pairs if value is not MISSING}

    def _read(self, facts: object) -> Decided:
        """Read whatever the facts are written as; then decide."""
        read, mistakes = read_leniently(self._policy, facts, self._entity, self.as_of)
        if mistakes:
            raise FactError(mistakes)
        if self._functions is not None and not read.series:
            try:
                found: Decided = self._functions.of_values(*self._values(read))
            except SlowError:
                pass
            else:
                return found
        found = tuple(
            decide(self._policy, name, read, self.as_of, self._readings).outcome
            for name in self.names
        )
        return found[0] if self._one else found

    def _values(self, read: Facts) -> list[Any]:
        declared = first_meant(self._policy, self._entity)
        return [_raw(declared[name], read.values.get(name)) for name in self.facts]


def _raw(fact: core.Fact, value: core.Value | None) -> Any:
    """A value as the code has it: a number in the fact's own unit."""
    if value is None:
        return MISSING
    if value is core.Nothing.NONE:
        return None
    if isinstance(value, Fraction):
        number = value / factor(fact)
        return number.numerator if number.denominator == 1 else number
    return value


def compiled(
    policy: core.Policy,
    names: str | Sequence[str],
    as_of: datetime.date,
    readings: Mapping[str, str],
) -> Compiled:
    """Code for one or several names of a policy, on a date."""
    edition = policy.on(as_of)
    one = isinstance(names, str)
    asked: tuple[str, ...] = (names,) if isinstance(names, str) else tuple(names)
    entities = {entity_of(edition, name) for name in asked}
    entity = entity_of(edition, asked[0]) if asked else None
    facts: dict[str, None] = {}
    for name in asked:
        facts.update(dict.fromkeys(needs(edition, name).facts))
    reason, made = "", None
    try:
        if len(entities) > 1:
            raise UnsupportedError("they are for different entities")
        declared = first_meant(policy, entity)
        _add_bounding(facts, declared)
        concluded = [_conclusion(edition, name) for name in asked]
        made = functions(edition, declared, concluded, tuple(facts), entity, as_of, readings, one)
    except UnsupportedError as error:
        reason = str(error)
    except (RecursionError, MemoryError, SyntaxError):  # too deep for Python's own parser
        reason = "rests on too long a chain of names"
    return Compiled(asked, as_of, tuple(facts), reason, policy, readings, entity, one, made)


def _conclusion(policy: core.Policy, name: str) -> str:
    if name in policy.conclusions:
        return name
    if name in policy.rules:
        return policy.rules[name].conclusion
    raise UnsupportedError("is a target, a provision or a definition")


def _add_bounding(facts: dict[str, None], declared: Mapping[str, core.Fact]) -> None:
    """With the facts that bound them, which have to be there to check them."""
    waiting = list(facts)
    while waiting:
        fact = declared.get(waiting.pop())
        for _, expr in fact.compares if fact is not None else ():
            name = getattr(expr, "name", None)
            if isinstance(expr, core.FactRef | core.FieldRef) and name not in facts:
                facts[expr.name] = None
                waiting.append(expr.name)

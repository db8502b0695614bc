"""From what a user supplies to facts that the engines take."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from types import MappingProxyType

from vocpolicy import core
from vocpolicy.diagnostics import Diagnostic, FactError
from vocpolicy.facts.bounds import check_bounds
from vocpolicy.facts.mistakes import Mistakes, got
from vocpolicy.facts.remembered import remembered
from vocpolicy.facts.values import as_mapping, is_supplied, read_fact, unknown_name
from vocpolicy.interpreter import Facts
from vocpolicy.spelled.dates import observations, observed


def read_facts(
    policy: core.Policy, raw: object, *, name: str | None = None, as_of: datetime.date
) -> Facts:
    """Read the facts of one case.

    Args:
        raw: a mapping from names to values, or an instance of an attrs class or a dataclass.
            A value is a plain Python value, a text such as `10 months`, `65%` or `13/20`, a
            quantity of pint, a list or a nested record; or observations by date, as
            `{"2023-12-31": 540}` or `[{"date": …, "value": …}]`.  A bare number is in the
            fact's own unit, of a ratio the ratio itself.  None says `none` where a fact can be
            none, and anywhere else that the fact is not supplied.
        name: the rule, target or provision that the facts are for: its entity's fields stand
            before facts of the same name.
        as_of: the day on which values without a date are observed.

    Raises:
        FactError: a wrong name, type, unit, choice, bound or date; every mistake at once.
    """
    facts, mistakes = read_leniently(policy, raw, entity_of(policy, name), as_of)
    if mistakes:
        raise FactError(mistakes)
    return facts


def read_leniently(
    policy: core.Policy, raw: object, entity: str | None, as_of: datetime.date
) -> tuple[Facts, tuple[Diagnostic, ...]]:
    """The facts that could be read, and the mistakes in the others."""
    if isinstance(raw, Facts):
        return raw, ()
    before = remembered(policy, entity)
    known = before.facts(raw)
    if known is not None:
        return known, ()
    mistakes = Mistakes(policy)
    given = as_mapping(raw)
    if given is None:
        return Facts(), (Diagnostic("V419", args={"got": got(raw)}),)
    reader = _Reader(policy, entity, mistakes)
    for key, value in given.items():
        reader.read(key, value)
    facts = Facts(MappingProxyType(reader.values), MappingProxyType(reader.series))
    check_bounds(mistakes, facts, reader.read_as, entity, as_of)
    if mistakes.found:
        return facts, tuple(mistakes.found)
    return before.keep(given, facts, reader.read_as), ()


def entity_of(policy: core.Policy, name: str | None) -> str | None:
    """The entity that something of the policy is for."""
    if name is None:
        return None
    if name in policy.definitions:
        return policy.definitions[name].entity
    if name in policy.rules and name not in policy.conclusions:
        name = policy.rules[name].conclusion
    return policy.conclusions[name].entity if name in policy.conclusions else None


def declarations(policy: core.Policy, entity: str | None) -> Iterator[tuple[str, core.Fact]]:
    """Every fact that may be supplied: of the entity first, then the policy's own, then of
    the other entities that something is for."""
    if entity is not None:
        yield from policy.entities[entity].fields.items()
    yield from policy.facts.items()
    entities = [one.entity for one in policy.conclusions.values()]
    entities += [one.entity for one in policy.definitions.values()]
    for other in dict.fromkeys(entities):
        if other is not None and other != entity:
            yield from policy.entities[other].fields.items()


class _Reader:
    """Gathers values, observations and mistakes while a mapping is read."""

    def __init__(self, policy: core.Policy, entity: str | None, mistakes: Mistakes) -> None:
        self.policy = policy
        self.mistakes = mistakes
        self.values: dict[str, core.Value] = {}
        self.series: dict[str, core.Series] = {}
        self.read_as: dict[str, core.Fact] = {}
        self.candidates: dict[str, list[core.Fact]] = {}
        for name, fact in declarations(policy, entity):
            self.candidates.setdefault(name, []).append(fact)

    def read(self, key: object, raw: object) -> None:
        name = key if isinstance(key, str) else str(key)
        candidates = self.candidates.get(name)
        if candidates is None:
            self._unknown(name)
            return
        first: list[Diagnostic] = []
        for fact in candidates:
            trial = Mistakes(self.policy)
            if self._read_as(trial, fact, raw):
                return
            first = first or trial.found
        self.mistakes.found.extend(first)

    def _read_as(self, mistakes: Mistakes, fact: core.Fact, raw: object) -> bool:
        """Whether the value could be read as this fact."""
        dated = list(_observations(fact.type, raw))
        if dated:
            series = _series(mistakes, fact, dated)
            if mistakes.found:
                return False
            if series:
                self.series[fact.name] = series
        elif is_supplied(fact.type, raw):
            value = read_fact(mistakes, fact, raw, fact.name)
            if value is None or mistakes.found:
                return False
            self.values[fact.name] = value
        self.read_as[fact.name] = fact
        return True

    def _unknown(self, name: str) -> None:
        provided = (
            self.policy.definitions,
            self.policy.conclusions,
            self.policy.targets,
            self.policy.provisions,
            self.policy.rules,
        )
        if any(name in things for things in provided):
            self.mistakes.add("V406", name)
            return
        known = {name: facts[0] for name, facts in self.candidates.items()}
        unknown_name(self.mistakes, name, known)


def _observations(type_: core.Type, raw: object) -> Iterator[tuple[object, object]]:
    """Days and values, where the value is written as observations by date."""
    return observations(raw, _has_fields(type_), isinstance(type_, core.ListType))


def _has_fields(type_: core.Type) -> bool:
    inner = core.inner(type_)
    return isinstance(inner, core.RecordType)


def _series(
    mistakes: Mistakes, fact: core.Fact, dated: Iterable[tuple[object, object]]
) -> core.Series:
    """Observations by date, earliest first."""
    seen: dict[datetime.date, core.Value] = {}
    days: set[datetime.date] = set()
    for key, raw in dated:
        day = observed(key)
        if day is None:
            mistakes.wrong("V410", fact.name, key, core.DateType())
            continue
        if day in days:
            mistakes.add("V411", fact.name, date=day.isoformat())
        days.add(day)
        if is_supplied(fact.type, raw):
            place = f"{fact.name}[{day.isoformat()}]"
            value = read_fact(mistakes, fact, raw, place)
            if value is not None:
                seen[day] = value
    return tuple(core.Observation(day, seen[day]) for day in sorted(seen))

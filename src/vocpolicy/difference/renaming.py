"""What is called otherwise in the new policy and is the same thing, where that is certain.

A thing that went and one that came are one where everything said of them is the same but for the
name, their labels too, and no other of either side is like them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import attrs
from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.difference.meaning import bare


@frozen(eq=False)
class Renamed:
    """Old names by new ones: of facts and fields, and of all else that is declared."""

    facts: Mapping[str, str] = MappingProxyType({})
    others: Mapping[str, str] = MappingProxyType({})

    @property
    def any(self) -> bool:
        return bool(self.facts or self.others)


def renamed(old: core.Policy, new: core.Policy) -> Renamed:
    """The names that changed for certain."""
    facts = _matched(old.facts, new.facts)
    for name in old.entities.keys() & new.entities.keys():
        facts |= _matched(old.entities[name].fields, new.entities[name].fields)
    others: dict[str, str] = {}
    for ones, news in (
        (old.definitions, new.definitions),
        (old.conclusions, new.conclusions),
        (old.rules, new.rules),
        (old.targets, new.targets),
        (old.provisions, new.provisions),
    ):
        others |= _matched(ones, news)
    taken_before, taken_now = _names(old), _names(new)
    certain = {
        name: before
        for name, before in {**facts, **others}.items()
        if before not in taken_now and name not in taken_before
    }
    return Renamed(
        {name: one for name, one in facts.items() if name in certain},
        {name: one for name, one in others.items() if name in certain},
    )


def _names(policy: core.Policy) -> frozenset[str]:
    """Every name that stands for something that has a value."""
    fields = (name for entity in policy.entities.values() for name in entity.fields)
    named = (policy.facts, policy.definitions, policy.conclusions, policy.rules)
    more = (policy.targets, policy.provisions, policy.kinds, policy.choices, policy.entities)
    return frozenset([*fields, *(name for one in (*named, *more) for name in one)])


def _matched(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    gone = {name: _likeness(one) for name, one in old.items() if name not in new}
    come = {name: _likeness(one) for name, one in new.items() if name not in old}
    found = {}
    for name, kind in come.items():
        ones = [before for before, other in gone.items() if other == kind]
        alike = [one for one, other in come.items() if other == kind]
        if len(ones) == 1 and len(alike) == 1 and kind is not None:
            found[name] = ones[0]
    return found


def _likeness(one: Any) -> object:
    """All that is said of a thing but its name, with its labels; None where it has none."""
    if not one.labels.en and not one.labels.zh:
        return None
    match one:
        case core.Fact():
            return one.labels, bare(evolve(one, name=""))
        case core.Definition():
            return one.labels, one.form, one.entity, bare(one.type)
        case core.Conclusion():
            return one.labels, one.entity, bare(one.type), bool(one.table)
        case core.Rule():
            return one.labels, one.entity, len(one.bodies)
        case _:
            return one.labels


# ---- the new policy by the old names -------------------------------------------------------------


def by_old_names(policy: core.Policy, names: Renamed) -> core.Policy:
    """The policy with everything called as it was; what it means is the same."""
    if not names.any:
        return policy
    every = {**names.facts, **names.others}

    def name_of(name: str) -> str:
        return every.get(name, name)

    swap = _swapper(every)
    parts = ("facts", "entities", "definitions", "conclusions", "rules", "targets", "provisions")
    made: dict[str, Any] = {
        part: MappingProxyType(
            {name_of(name): swap(one) for name, one in getattr(policy, part).items()}
        )
        for part in (*parts, "tables")
    }
    return evolve(policy, **made)


_NAMING = frozenset({"name", "rules", "conclusion", "evidence", "outputs", "start", "end"})
"""Attributes that hold names of what may be renamed, of the classes below."""

_NAMED = (
    core.FactRef,
    core.FieldRef,
    core.DefinitionRef,
    core.ConclusionRef,
    core.Fact,
    core.Definition,
    core.Conclusion,
    core.Rule,
    core.Target,
    core.Provision,
    core.Table,
    core.Entity,
    core.Aggregate,
)


def _swapper(names: Mapping[str, str]) -> Callable[[Any], Any]:
    def swap(value: Any) -> Any:
        match value:
            case Mapping():
                return MappingProxyType({names.get(k, k): swap(one) for k, one in value.items()})
            case tuple():
                return tuple(swap(one) for one in value)
            case frozenset():
                return frozenset(_named(one, names) for one in value)
            case _ if attrs.has(type(value)) and not isinstance(value, core.Labels | core.Unit):
                return evolve(value, **dict(_changed(value)))
            case _:
                return value

    def _changed(value: Any) -> Iterator[tuple[str, Any]]:
        for field in attrs.fields(type(value)):
            here = getattr(value, field.name)
            if isinstance(value, _NAMED) and field.name in _NAMING:
                other = _named(here, names)
            elif field.name == "span" or here is None or isinstance(here, str | bool | int):
                continue
            else:
                other = swap(here)
            if other is not here:
                yield field.name, other

    return swap


def _named(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, tuple):
        return tuple(_named(one, names) for one in value)
    return value

"""Values that were read before: the same plain text, number or date is the same value again.

A fact that only literals bound is right or wrong whatever the other facts are; such a fact, once
read without a mistake, is not read and checked again.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from attrs import Factory, define

from vocpolicy import core
from vocpolicy.interpreter import Facts
from vocpolicy.once import kept_with

MOST = 16_384
"""Values that are kept for a policy and an entity."""

PLAIN = frozenset({bool, int, str, datetime.date, type(None)})
"""Types whose equal values read alike."""

Key: TypeAlias = tuple[str, type, object]
Declared: TypeAlias = Mapping[str, core.Fact]
NO_SERIES: Mapping[str, core.Series] = MappingProxyType({})


@define(eq=False)
class Remembered:
    """Values by fact and by what they were written as; None where nothing is supplied by it."""

    values: dict[Key, core.Value | None] = Factory(dict)

    def facts(self, raw: object) -> Facts | None:
        """The facts of a case, if every one was read before."""
        if type(raw) is not dict:
            return None
        found: dict[str, core.Value] = {}
        known = self.values
        try:
            for name, value in raw.items():
                read = known[name, value.__class__, value]
                if read is not None:
                    found[name] = read
        except (KeyError, TypeError):
            return None
        return Facts(MappingProxyType(found), NO_SERIES)

    def keep(self, raw: Mapping[object, object], facts: Facts, read_as: Declared) -> Facts:
        """Keep what was read; the facts again, with the values that are kept."""
        if len(self.values) > MOST:
            self.values = {}
        found = dict(facts.values)
        for name, fact in read_as.items():
            value = raw.get(name)
            if value.__class__ not in PLAIN or name in facts.series:
                continue
            key = (name, value.__class__, value)
            if all(isinstance(bound, core.Const) for _, bound in fact.compares):
                kept = self.values.setdefault(key, found.get(name))
                if kept is not None:
                    found[name] = kept
        return Facts(MappingProxyType(found), facts.series)


def remembered(policy: core.Policy, entity: str | None) -> Remembered:
    """What was read before for things of the entity."""
    known = kept_with(policy)
    found: Remembered | None = known.get(("read", entity))
    if found is None:
        known["read", entity] = found = Remembered()
    return found

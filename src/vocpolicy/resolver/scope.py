"""What the files of a policy declare, by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TypeAlias

from attrs import Factory, frozen

from vocpolicy import syntax
from vocpolicy.resolver.tables import Shape

Definition: TypeAlias = syntax.Define | syntax.Parameter | syntax.Recorded


@frozen
class Scope:
    """Every mapping is by name, in the order of the files.

    Attributes:
        policy: None where no file declares one.
        kinds: declared kinds, and the kind that each entity is.
        facts: the policy's facts, and the evidence of provisions.
        conclusions: the rules that decide each conclusion.
        tables: tables by the name of each of their outputs; their rules are among `rules`.
        order: names of definitions and conclusions, each after what it uses.
        cyclic: names that are part of a cycle; it has been reported.
    """

    policy: syntax.Policy | None = None
    documents: Mapping[str, syntax.Document] = Factory(dict)
    kinds: Mapping[str, syntax.Kind] = Factory(dict)
    choices: Mapping[str, syntax.Choice] = Factory(dict)
    entities: Mapping[str, syntax.Entity] = Factory(dict)
    facts: Mapping[str, syntax.Fact] = Factory(dict)
    definitions: Mapping[str, Definition] = Factory(dict)
    rules: Mapping[str, syntax.Rule] = Factory(dict)
    conclusions: Mapping[str, tuple[syntax.Rule, ...]] = Factory(dict)
    tables: Mapping[str, Shape] = Factory(dict)
    targets: Mapping[str, syntax.Target] = Factory(dict)
    provisions: Mapping[str, syntax.Provision] = Factory(dict)
    set_asides: tuple[syntax.SetAside, ...] = ()
    cases: tuple[syntax.Case, ...] = ()
    order: tuple[str, ...] = ()
    cyclic: frozenset[str] = frozenset()

    def fields(self, entity: str | None) -> Mapping[str, syntax.Fact]:
        """The fields of an entity by name; none where there is no such entity."""
        return self.fields_of.get(entity, {}) if entity else {}

    @cached_property  # attrs gives a slot to it
    def fields_of(self) -> Mapping[str, Mapping[str, syntax.Fact]]:
        """The fields of every entity, by both names."""
        return {
            name: {field.name.text: field for field in entity.fields}
            for name, entity in self.entities.items()
        }


def conclusion_name(rule: syntax.Rule) -> syntax.Name:
    """The name of what a rule decides: the one after `decides`, or its own."""
    return rule.decides or rule.name


def bodies(rule: syntax.Rule) -> tuple[syntax.RuleBody, ...]:
    """The rule's own body and those of its readings."""
    return (rule.body, *(reading.body for reading in rule.readings))

"""The case that advice is asked for, and its model."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from attrs import define, evolve

from vocpolicy import core
from vocpolicy.box import Model, is_settled, model_of
from vocpolicy.box.atoms import Path
from vocpolicy.box.parts import path_of, with_parts
from vocpolicy.box.rulings import Key
from vocpolicy.facts.bounds import check_bounds
from vocpolicy.facts.mistakes import Mistakes
from vocpolicy.interpreter import Facts
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.trace import Answer


@define(frozen=True, slots=False, eq=False)
class Case:
    """A provision, the facts supplied, and the date."""

    policy: core.Policy
    name: str
    facts: Facts
    as_of: datetime.date
    readings: Mapping[str, str] = MappingProxyType({})

    @cached_property
    def model(self) -> Model:
        """Raises NotSearchableError."""
        return model_of(self.policy, self.name, self.facts, self.as_of, self.readings)

    @cached_property
    def key(self) -> Key | None:
        """The outcome, where the supplied facts settle it at once."""
        keys = self.model.keys(self.model.given)
        return next(iter(keys)) if is_settled(keys) else None

    def fact(self, name: str) -> core.Fact | None:
        """The declaration of a fact, or of a field of a supplied list by its path."""
        part = self.model.parts.get(name)
        if part is not None:
            return part.fact
        return self.model.scope.enter(self.entity).find(name).fact

    def allows(self, facts: Facts) -> bool:
        """Whether other values of the same facts keep the bounds that are declared."""
        scope = self.model.scope.enter(self.entity)
        declared = {name: fact for name in facts.names if (fact := scope.find(name).fact)}
        mistakes = Mistakes(self.policy)
        check_bounds(mistakes, facts, declared, self.entity, self.as_of)
        return not mistakes.found

    @cached_property
    def entity(self) -> str | None:
        """What the provision is for."""
        policy, name = self.policy, self.name
        if name in policy.rules and name not in policy.conclusions:
            name = policy.rules[name].conclusion
        if name in policy.conclusions:
            return policy.conclusions[name].entity
        return policy.definitions[name].entity if name in policy.definitions else None

    def with_values(self, changed: Mapping[str, core.Value]) -> Case:
        """The case with other values; of dated facts the last observation is another.  Parts of
        lists are named by their paths."""
        values, series = dict(self.facts.values), dict(self.facts.series)
        parts: dict[str, dict[Path, core.Value | None]] = {}
        for name, value in changed.items():
            path = path_of(name)
            if len(path) > 1:
                parts.setdefault(str(path[0]), {})[path[1:]] = value
            elif name in series:
                last = core.Observation(series[name][-1].date, value)
                series[name] = (*series[name][:-1], last)
            else:
                values[name] = value
        for name, changes in parts.items():
            values[name] = with_parts(values[name], changes)
        facts = Facts(MappingProxyType(values), MappingProxyType(series))
        return evolve(self, facts=facts)


@define(frozen=True)
class Way:
    """One way that a provision can come out: its wording, and the value where it gives one."""

    wording_key: str
    value: Answer | None = None

    @property
    def outcome(self) -> Outcome:
        return WORDS[self.wording_key].outcome

    def wording(self, lang: str = "en") -> str:
        word = WORDS[self.wording_key]
        return word.zh if lang == "zh" else word.en


def way_of(key: Key) -> Way:
    return Way(key[0], key[1])

"""An interview: one question after another until a verdict is settled.

Each step is a value of its own: answering makes the next step and leaves this one as it was.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Protocol

from attrs import define, evolve, field

from vocpolicy import core
from vocpolicy.advice import Question, Settled, questions
from vocpolicy.box.atoms import Path
from vocpolicy.box.parts import path_of
from vocpolicy.facts import declarations, entity_of, read_facts
from vocpolicy.facts.values import as_mapping
from vocpolicy.verdict import Verdict


class Evaluates(Protocol):
    """What verdicts are asked of: a `vocpolicy.policy.Policy`."""

    def evaluate(
        self,
        name: str,
        facts: object,
        as_of: datetime.date | None = None,
        readings: Mapping[str, str] | str | None = None,
    ) -> Verdict: ...


@define(frozen=True, slots=False, eq=False)
class Interview:
    """A step of an interview.

    Attributes:
        name: what the verdict is on.
        answers: what was supplied and answered so far, by fact.
        skipped: facts that nobody could tell.
    """

    policy: Evaluates = field(repr=False)
    name: str
    as_of: datetime.date
    answers: Mapping[str, object]
    skipped: frozenset[str] = frozenset()
    readings: Mapping[str, str] | str | None = None

    @classmethod
    def begin(
        cls,
        policy: Evaluates,
        name: str,
        facts: object,
        as_of: datetime.date,
        readings: Mapping[str, str] | str | None,
    ) -> Interview:
        """The first step; raises as `Policy.evaluate` does."""
        given = {} if facts is None else facts
        policy.evaluate(name, given, as_of, readings)
        answers = as_mapping(given) or {}
        known = {str(key): value for key, value in answers.items()}
        return cls(policy, name, as_of, MappingProxyType(known), frozenset(), readings)

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict on what was answered so far."""
        return self.policy.evaluate(self.name, self.answers, self.as_of, self.readings)

    @cached_property
    def settled(self) -> Settled:
        """Whether it stands whatever else is answered."""
        return self.verdict.settled

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What can still be asked, the best first; nothing once the verdict is settled."""
        if self.settled:
            return ()
        return questions(self.verdict._case, self.skipped).questions

    @property
    def question(self) -> Question | None:
        """The next question; None where it is settled, or where nothing that anybody knows is
        left to ask."""
        return self.questions[0] if self.questions else None

    @property
    def done(self) -> bool:
        return self.question is None

    def answer(self, value: object, fact: str | None = None) -> Interview:
        """The step after an answer.

        Args:
            value: as facts are supplied; a choice also by the label of its value.
            fact: the fact, or by its path (`awards[1].place`) a field that a record of a supplied
                list lacks; the one asked for where it is not given.

        Raises:
            FactError: the value is none that the fact can have.
            ValueError: nothing is asked and no fact is given.
        """
        name = fact or (self.question.fact if self.question else None)
        if name is None:
            raise ValueError("nothing is asked: name the fact")
        answers = placed(self.answers, path_of(name), self._meant(name, value))
        read_facts(self.verdict.policy, answers, name=self.name, as_of=self.as_of)
        return evolve(self, answers=MappingProxyType(answers), skipped=self.skipped - {name})

    def skip(self, fact: str | None = None) -> Interview:
        """The step after nobody could tell."""
        name = fact or (self.question.fact if self.question else None)
        return self if name is None else evolve(self, skipped=self.skipped | {name})

    def _meant(self, name: str, value: object) -> object:
        """A choice's value by its label."""
        policy = self.verdict.policy
        type_ = self._type(name)
        inner = None if type_ is None else core.inner(type_)
        if not isinstance(value, str) or not isinstance(inner, core.ChoiceType):
            return value
        said = value.strip().casefold()
        for member, labels in policy.choices[inner.name].members.items():
            if said in (member.casefold(), labels.en.casefold(), labels.zh.casefold()):
                return member
        return value

    def _type(self, name: str) -> core.Type | None:
        """The type of a fact, or of a field of a supplied record by its path."""
        policy = self.verdict.policy
        first, *rest = path_of(name)
        entity = entity_of(policy, self.verdict.name)
        type_ = next((one.type for key, one in declarations(policy, entity) if key == first), None)
        for step in rest:
            match type_ and core.inner(type_), step:
                case core.ListType(item=item), int():
                    type_ = item
                case core.RecordType(entity=owner), str() if step in policy.entities[owner].fields:
                    type_ = policy.entities[owner].fields[step].type
                case _:
                    return None
        return type_


def placed(raw: Mapping[str, object], path: Path, value: object) -> dict[str, object]:
    """Facts as they were supplied with one value more, in the record that a path names; what was
    supplied stays as it was."""
    name, rest = str(path[0]), path[1:]
    return {**raw, name: _within(raw.get(name), rest, value) if rest else value}


def _within(raw: object, path: Path, value: object) -> object:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(raw) if isinstance(raw, list | tuple) else []
        return [
            _within(item, rest, value) if place == step else item
            for place, item in enumerate(items)
        ]
    given = {str(key): item for key, item in (as_mapping(raw) or {}).items()}
    return {**given, step: _within(given.get(step), rest, value)}

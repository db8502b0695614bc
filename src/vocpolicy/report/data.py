"""What a report says, before any language or form: verdicts, and how measures have gone."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from attrs import field, frozen

from vocpolicy import core
from vocpolicy.coverage import Report as Coverage
from vocpolicy.interpreter.lines import Point
from vocpolicy.outcome import Outcome
from vocpolicy.verdict import Verdict

K = TypeVar("K", bound=Hashable)

LAGGING = ("conflict", "missed", "not_met", "behind")
"""Wordings of targets that need attention, the worst first."""


@frozen
class Course:
    """How the measure of one population of a target has gone, beside what it is held against.

    Attributes:
        labels: of the population; empty where the target has one.
        type: of the measure; all figures are in its base unit.
        observed: the measure on each day on which something of it was observed.
        line: from the baseline to the goal; empty where there is none.
        goal: the band that the goal asks for, each end None where it is open or not known.
        deadline: None where the goal has none.
    """

    labels: core.Labels
    type: core.NumberType
    observed: tuple[tuple[datetime.date, Fraction], ...]
    line: tuple[Point, ...]
    goal: tuple[Fraction | None, Fraction | None]
    deadline: datetime.date | None

    @property
    def drawable(self) -> bool:
        """Whether there is anything to show over time."""
        return bool(self.observed or self.line)


@frozen
class TargetReport:
    verdict: Verdict
    courses: tuple[Course, ...]


@frozen
class Lack:
    """A fact that was not supplied, and the names of the verdicts that can still turn on it."""

    path: str
    labels: core.Labels
    judged_by: core.Labels | None
    needed_by: tuple[str, ...]


@frozen
class Relied:
    """Something assumed, and the names of the verdicts that rest on it."""

    text: core.Labels
    by: tuple[str, ...]


@frozen(eq=False)
class Report:
    """How a policy stands on a day.

    Attributes:
        targets: every target of the policy.
        rules: the conclusions that at least one supplied fact concerns.
        provisions: every provision without a figure.
        not_asked: the other conclusions, by name.
        coverage: of the documents that were given; None where none was.
        advice: whether what fails or is open says what would change it and what to ask.
    """

    policy: core.Policy
    as_of: datetime.date
    targets: tuple[TargetReport, ...]
    rules: tuple[Verdict, ...]
    provisions: tuple[Verdict, ...]
    not_asked: tuple[str, ...] = ()
    coverage: Coverage | None = field(default=None, repr=False)
    advice: bool = False

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Every verdict: targets, rules, provisions."""
        return (*(one.verdict for one in self.targets), *self.rules, *self.provisions)

    def advised(self, verdict: Verdict) -> bool:
        """Whether the explanation of a verdict is to have advice."""
        return self.advice and verdict.outcome in (Outcome.FAILS, Outcome.UNDETERMINED)

    @cached_property
    def counts(self) -> Mapping[str, Counter[str]]:
        """How many verdicts of each kind came to each wording."""
        kinds = {
            "target": [one.verdict for one in self.targets],
            "rule": list(self.rules),
            "provision": list(self.provisions),
        }
        return {
            kind: Counter(one.wording_key for one in verdicts) for kind, verdicts in kinds.items()
        }

    @cached_property
    def lagging(self) -> tuple[Verdict, ...]:
        """Targets that need attention, the worst first."""
        found = [one.verdict for one in self.targets if one.verdict.wording_key in LAGGING]
        return tuple(sorted(found, key=lambda one: LAGGING.index(one.wording_key)))

    @cached_property
    def parting(self) -> tuple[Verdict, ...]:
        """Verdicts whose readings come to different conclusions."""
        return tuple(one for one in self.verdicts if one.parts)

    @cached_property
    def missing(self) -> tuple[Lack, ...]:
        """What is missing of targets and rules, most needed first."""
        asked = [*(one.verdict for one in self.targets), *self.rules]
        found = _by_key((path, one.name) for one in asked for path in one.missing)
        lacks = [Lack(path, *self._fact(path), tuple(by)) for path, by in found.items()]
        return tuple(sorted(lacks, key=lambda lack: -len(lack.needed_by)))

    @cached_property
    def unsupplied(self) -> tuple[Verdict, ...]:
        """Provisions of whose evidence nothing was said."""
        return tuple(one for one in self.provisions if one.missing)

    @cached_property
    def relied_on(self) -> tuple[Relied, ...]:
        """What the verdicts that any supplied fact concerns take to be so."""
        pairs = (
            (assumption.text, verdict.name)
            for verdict in self.verdicts
            if verdict.trace.used
            for assumption in verdict.assumptions
        )
        return tuple(Relied(text, tuple(by)) for text, by in _by_key(pairs).items())

    def label(self, name: str) -> core.Labels:
        """What something of the policy is called."""
        found = (
            self.policy.targets.get(name)
            or self.policy.provisions.get(name)
            or self.policy.conclusions.get(name)
        )
        return found.labels if found is not None else core.Labels()

    def _fact(self, path: str) -> tuple[core.Labels, core.Labels | None]:
        """The label of a fact, or of a record's field, and who judges it."""
        last = path.rpartition(".")[2]
        fields = [one.fields for one in self.policy.entities.values()]
        places = [self.policy.facts, *fields] if path == last else fields
        fact = next((place[last] for place in places if last in place), None)
        return (fact.labels, fact.judged_by) if fact is not None else (core.Labels(), None)


def _by_key(pairs: Iterable[tuple[K, str]]) -> dict[K, dict[str, None]]:
    """The names beside each key, both in the order in which they are met."""
    found: dict[K, dict[str, None]] = {}
    for key, name in pairs:
        found.setdefault(key, {})[name] = None
    return found


def clauses(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Document and clause of each citation, each once."""
    yield from dict.fromkeys((one.document, one.clause) for one in verdict.citations)

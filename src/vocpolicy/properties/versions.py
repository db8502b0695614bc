"""Whether a policy refines another version of it, or comes to the same."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping

from attrs import frozen

from vocpolicy.analysis import Finding, Report
from vocpolicy.analysis.findings import HOLDS, NOT_SETTLED, VIOLATED, Shown
from vocpolicy.analysis.places import shown
from vocpolicy.analysis.words import HOLDS as FINE, OPEN
from vocpolicy.core import Labels
from vocpolicy.difference import Relation, compare_rules
from vocpolicy.exercise.days import last_day
from vocpolicy.outcome import Outcome
from vocpolicy.policy import Policy
from vocpolicy.properties.certificates import said, wording
from vocpolicy.properties.model import Asked, Tried, result, subjects
from vocpolicy.properties.words import BROKEN, filled

REFINING = frozenset({"equivalent", "stricter"})
SAME = frozenset({"equivalent"})


@frozen(eq=False)
class Against:
    """The claim that a policy lies to an older one in one of certain ways.

    Attributes:
        key: what is said where it does not.
        ways: relations of `vocpolicy.difference` that are as they should be.
    """

    name: str
    old: Policy
    key: str
    ways: frozenset[str]

    def law(self, case: Tried) -> Labels | None:
        after, before = case.verdict(), case.verdict(policy=self.old)
        if result(before) == result(after):
            return None
        gained = after.outcome is Outcome.HOLDS and before.outcome is not Outcome.HOLDS
        wrong = gained or "stricter" not in self.ways
        return said(self.key, case, before, after) if wrong else None

    def static(self, policy: Policy, asked: Asked) -> Report:
        """A finding for each name that both versions have."""
        name = asked.only or asked.rule
        names = self.concerns(policy) if name is None else (name,)
        return Report(tuple(self._finding(policy, name, asked) for name in names))

    def concerns(self, policy: Policy) -> tuple[str, ...]:
        """What both versions have."""
        there = {*self.old.core.conclusions, *self.old.core.targets}
        return tuple(one for one in subjects(policy) if one in there)

    def _finding(self, policy: Policy, name: str, asked: Asked) -> Finding:
        started = time.perf_counter()
        day = asked.day or last_day(policy.core)
        relation = compare_rules(self.old.core, policy.core, name, day, asked.budget, asked.engine)
        status, message, witness = self._of(policy, relation, day)
        seconds = time.perf_counter() - started
        return Finding(self.name, status, (name,), (), witness, message, seconds)

    def _of(
        self, policy: Policy, relation: Relation, day: datetime.date
    ) -> tuple[str, Labels, Mapping[str, Shown]]:
        if not relation.settled:
            why = OPEN.get(relation.why, OPEN["budget"])
            return NOT_SETTLED, filled(why, day=day.isoformat()), {}
        if relation.status in self.ways:
            return HOLDS, FINE, {}
        move = next(one for one in relation.moves if one.direction not in self.ways)
        before, after = wording(move.old), wording(move.new)
        name = _called(policy, relation.name)
        message = filled(BROKEN[self.key], name=name, before=before, after=after)
        return VIOLATED, message, shown(policy.core.on(day), move.facts.values)


def _called(policy: Policy, name: str) -> Labels:
    """What something is called, in both languages; its name where it is called nothing."""
    core = policy.core
    owners = (core.conclusions, core.targets, core.definitions)
    labels = next((one[name].labels for one in owners if name in one), Labels())
    return Labels(labels.get("en") or name, labels.get("zh") or name)

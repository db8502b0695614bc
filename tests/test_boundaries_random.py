"""How many mistakes the boundary list, and boundary facts, notice in random rules with lists and
dates.

A mistake counts where some case tells it: one of the list, one that was drawn, or one that a
search finds; what is the same in every case is no mistake.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from attrs import frozen
from hypothesis import HealthCheck, Phase, given, seed, settings

from vocpolicy import Policy, core
from vocpolicy.box.rulings import Key
from vocpolicy.exercise.trials import rests_on
from vocpolicy.exercise.twins import outcome, parting
from vocpolicy.exercise.variants import Variant, mutants
from vocpolicy.facts import entity_of, read_leniently
from vocpolicy.interpreter import Facts, decide
from vocpolicy.testing import boundary_cases, boundary_facts, policies

DAY = datetime.date(2024, 6, 1)
EXAMPLES = 1000
BOXES = 150
"""How long a search looks for a case that nothing else told."""

WORDS = ("enrolled", "born")
"""A list of records, and a date."""


def drawn(strategy: Any, count: int) -> list[Any]:
    """The first values that hypothesis draws, the same every time."""
    found: list[Any] = []

    @seed(0)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def keep(value: Any) -> None:
        found.append(value)

    keep()
    return found


def with_lists_or_dates(count: int) -> Iterator[Policy]:
    """Random policies whose one rule reads a list or a date."""
    for policy in drawn(policies(rules=1), 12 * count):
        text = "".join(rule.span.text for rule in policy.core.rules.values())
        if count and any(word in text for word in WORDS):
            count -= 1
            yield policy


Told = tuple[tuple[Facts, Key], ...]
"""Cases, each with what comes of it."""


@frozen(eq=False)
class Exercised:
    """A conclusion of a policy, with its boundary list and facts at its bounds."""

    policy: core.Policy
    name: str
    listed: Told
    drawn: Told

    def told_by(self, mutant: Variant) -> set[str]:
        """Which of the two tell a mutant."""
        several = {"list": self.listed, "drawn": self.drawn}
        return {word for word, cases in several.items() if self._tells(mutant, cases)}

    def _tells(self, mutant: Variant, cases: Told) -> bool:
        return any(
            outcome(decide(mutant.policy, self.name, facts, DAY)) != key for facts, key in cases
        )

    def is_mistake(self, mutant: Variant) -> bool:
        """Whether a search finds a case that tells it."""
        return parting(self.policy, mutant.policy, self.name, DAY, BOXES).facts is not None


def exercised(policy: Policy) -> Iterator[Exercised]:
    read = policy.core.on(DAY)
    for name in read.conclusions:
        cases = (
            boundary_cases(policy, name, DAY),
            drawn(boundary_facts(policy, name, as_of=DAY), EXAMPLES),
        )
        entity = entity_of(read, name)
        listed, random = (
            [read_leniently(read, case, entity, DAY)[0] for case in several] for several in cases
        )
        yield Exercised(read, name, _told(read, name, listed), _told(read, name, random))


def _told(policy: core.Policy, name: str, cases: Iterable[Facts]) -> Told:
    return tuple((one, outcome(decide(policy, name, one, DAY))) for one in cases)


@pytest.mark.slow
def test_mistakes_in_random_rules_are_noticed() -> None:
    counts: Counter[str] = Counter()
    for policy in with_lists_or_dates(2):
        for one in exercised(policy):
            below = rests_on(one.policy, one.name)
            for mutant in mutants(one.policy):
                if mutant.place.owner not in below:
                    continue
                told = one.told_by(mutant)
                if told or one.is_mistake(mutant):
                    counts.update(["all", *told])
    assert counts["all"] > 20
    assert counts["list"] >= 0.95 * counts["all"], counts
    assert counts["drawn"] >= 0.95 * counts["all"], counts

"""How many mistakes the boundary list, and boundary facts, notice in random rules with lists and
dates.

A mistake counts where some case tells it: one of the list, one that was drawn, or one that a
search or a proof finds; what is the same in every case is no mistake.
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
from vocpolicy.exercise.proving import proved_parting
from vocpolicy.exercise.trials import rests_on
from vocpolicy.exercise.twins import Parting, outcome, parting
from vocpolicy.exercise.variants import Variant, mutants
from vocpolicy.facts import entity_of, read_leniently
from vocpolicy.interpreter import Facts, decide
from vocpolicy.testing import boundary_cases, boundary_facts, policy_sources

DAY = datetime.date(2024, 6, 1)
POLICIES = 20
EXAMPLES = (60, 1000)
"""How many facts are drawn: at first, and where these miss something."""

LONGEST = 450
"""Rules that take more letters are left out: they take long, and say the same as others."""

WORDS = ("enrolled", "born")
"""A list of records, and a date."""


def drawn(strategy: Any, count: int, number: int = 0) -> list[Any]:
    """The first values that hypothesis draws by a seed, the same every time."""
    found: list[Any] = []

    @seed(number)
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
    """Random policies, each by a seed of its own, whose one rule reads a list or a date."""
    for number in range(20 * count):
        text = drawn(policy_sources(rules=1), 2, number)[-1]
        said = text[text.index("rule base_0") : text.index("rule amount_0")]
        if len(said) < LONGEST and any(word in said for word in WORDS):
            yield Policy.from_text(text)
            count -= 1
        if not count:
            return


Told = tuple[tuple[Facts, Key], ...]
"""Cases, each with what comes of it."""


@frozen(eq=False)
class Exercised:
    """A conclusion of a policy, with its boundary list."""

    source: Policy
    policy: core.Policy
    name: str
    listed: Told

    def drawn(self, count: int) -> Told:
        """Facts at its bounds."""
        strategy = boundary_facts(self.source, self.name, as_of=DAY)
        return told(self.policy, self.name, drawn(strategy, count))

    def tells(self, mutant: Variant, cases: Told) -> bool:
        return any(
            outcome(decide(mutant.policy, self.name, facts, DAY)) != key for facts, key in cases
        )

    def missed(self, several: Iterable[Variant], count: int) -> list[Variant]:
        """Those that so many facts at its bounds don't tell."""
        cases = self.drawn(count)
        return [one for one in several if not self.tells(one, cases)]

    def sought(self, mutant: Variant) -> Parting:
        """A case that tells a change, which a search finds or, where it is cut short, a proof."""
        found = parting(self.policy, mutant.policy, self.name, DAY)
        if found.facts is not None or found.proved:
            return found
        owner = mutant.place.owner
        return proved_parting(self.policy, mutant.policy, owner, self.name, DAY)


def exercised(policy: Policy) -> Exercised:
    read, name = policy.core.on(DAY), "decided_0"
    return Exercised(policy, read, name, told(read, name, boundary_cases(policy, name, DAY)))


def told(policy: core.Policy, name: str, cases: Iterable[Any]) -> Told:
    entity = entity_of(policy, name)
    read = (read_leniently(policy, case, entity, DAY)[0] for case in cases)
    return tuple((one, outcome(decide(policy, name, one, DAY))) for one in read)


def noticed(one: Exercised) -> Counter[str]:
    """How many mistakes there are, and how many of them the list and facts drawn tell."""
    below = rests_on(one.policy, one.name)
    several = [each for each in mutants(one.policy) if each.place.owner in below]
    unlisted = [each for each in several if not one.tells(each, one.listed)]
    undrawn = one.missed(several, EXAMPLES[0])
    if any(each not in unlisted for each in undrawn):
        undrawn = one.missed(undrawn, EXAMPLES[1])
    untold = [each for each in unlisted if each in undrawn]
    found = [each for each in untold if one.sought(each).facts is not None]
    return Counter(
        mistakes=len(several) - len(untold) + len(found),
        listed=len(several) - len(unlisted),
        drawn=len(several) - len(undrawn),
    )


@pytest.mark.slow
def test_mistakes_in_random_rules_are_noticed() -> None:
    counts: Counter[str] = Counter()
    policies_seen = 0
    for policy in with_lists_or_dates(POLICIES):
        policies_seen += 1
        counts.update(noticed(exercised(policy)))
    assert policies_seen == POLICIES
    assert counts["mistakes"] > 150
    assert counts["listed"] >= 0.95 * counts["mistakes"], counts
    assert counts["drawn"] >= 0.95 * counts["mistakes"], counts

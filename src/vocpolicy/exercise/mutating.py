"""Whether the cases of a policy notice the mistakes that people make in its rules."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from attrs import frozen

from vocpolicy import core
from vocpolicy.exercise.days import day_for
from vocpolicy.exercise.trials import Trial, first_parting, trials
from vocpolicy.exercise.variants import Variant, asked_for, latest, mutants
from vocpolicy.interpreter import Facts

NOTICED, UNNOTICED, EQUIVALENT, NOT_SETTLED = "noticed", "unnoticed", "equivalent", "not_settled"


@frozen(eq=False)
class Mutation:
    """A mistake made in a rule, and whether a case fails by it.

    Attributes:
        status: `noticed`, `unnoticed` (with facts that would show it), `equivalent` (proved to
            change nothing) or `not_settled`, which counts as unnoticed.
        case: title of a case that fails.
        facts, day: a case that would, of what has the name `observed`.
    """

    variant: Variant
    status: str
    case: str = ""
    facts: Facts | None = None
    day: datetime.date | None = None
    observed: str = ""


@frozen(eq=False)
class Mutations:
    """Every mistake that was tried, in the order of the rules."""

    policy: core.Policy
    mutations: tuple[Mutation, ...]

    def of(self, *status: str) -> tuple[Mutation, ...]:
        return tuple(one for one in self.mutations if one.status in status)

    @property
    def counted(self) -> int:
        """How many change anything, as far as that is known."""
        return len(self.mutations) - len(self.of(EQUIVALENT))

    @property
    def score(self) -> Fraction:
        """The share of them that cases notice; 1 where there are none."""
        return Fraction(len(self.of(NOTICED)), self.counted) if self.counted else Fraction(1)

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        from vocpolicy.exercise.writing import written_facts

        listed = [
            {
                "rule": one.variant.place.owner,
                "kind": one.variant.kind,
                "text": " ".join(one.variant.span.text.split()),
                "place": str(one.variant.span),
                "status": one.status,
                "case": one.case or None,
                "facts": None
                if one.facts is None
                else written_facts(self.policy, one.observed, one.facts),
                "decides": one.observed or None,
                "today": None if one.day is None else one.day.isoformat(),
            }
            for one in self.mutations
        ]
        return {
            "mutants": len(self.mutations),
            "noticed": len(self.of(NOTICED)),
            "equivalent": len(self.of(EQUIVALENT)),
            "score": float(round(self.score, 4)),
            "changes": listed,
        }


def mutate(policy: core.Policy, names: Iterable[str] | None = None) -> Mutations:
    """Make each mistake in turn and see whether a case fails.

    Args:
        names: rules, conclusions, definitions or targets; None for all.
    """
    policy = latest(policy)
    wanted = asked_for(policy, names)
    tried = trials(policy)
    found = [
        _mutation(policy, variant, tried)
        for variant in mutants(policy)
        if wanted is None or wanted & {variant.place.owner, variant.place.observed}
    ]
    return Mutations(policy, tuple(found))


def _mutation(policy: core.Policy, variant: Variant, tried: tuple[Trial, ...]) -> Mutation:
    for trial in tried:
        if trial.fails(variant):
            return Mutation(variant, NOTICED, trial.case.title)
    day = day_for(policy, variant.place)
    name, found = first_parting(policy, variant, day)
    if found.facts is not None:
        return Mutation(variant, UNNOTICED, "", found.facts, day, name)
    return Mutation(variant, EQUIVALENT if found.proved else NOT_SETTLED)

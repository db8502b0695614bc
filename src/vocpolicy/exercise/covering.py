"""Which conditions of the rules their cases decide (MC/DC), and the case that is missing.

A condition has two obligations: a case in which it is true and the outcome turns on that, and one
in which it is false and the outcome turns on that.  The outcome turns on a true condition where a
policy that holds it at false comes to something else; so a case covers the obligation if it tells
the two policies apart, one that is missing is found by search, and where the search proves that
none can, nothing is owed.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from attrs import frozen

from vocpolicy import core
from vocpolicy.exercise.days import day_for
from vocpolicy.exercise.trials import Ran, Trial, first_parting, trials
from vocpolicy.exercise.variants import Variant, asked_for, held, latest
from vocpolicy.interpreter import Facts

COVERED, MISSING, IMPOSSIBLE, NOT_SETTLED = "covered", "missing", "impossible", "not_settled"


@frozen(eq=False)
class Obligation:
    """A condition that some case has to decide by one answer.

    Attributes:
        truth: the answer.
        held: the policy in which the condition has the other one always.
        status: `covered`, `missing`, `impossible` (proved that no case can) or `not_settled`.
        case: title of a case that covers it.
        facts: where it is missing, facts of a case that would; the interpreter was asked.
        day: the date of that case.
        name: what that case is about.
    """

    truth: bool
    held: Variant
    status: str
    case: str = ""
    facts: Facts | None = None
    day: datetime.date | None = None
    name: str = ""

    @property
    def owner(self) -> str:
        return self.held.place.owner

    @property
    def observed(self) -> str:
        return self.name or self.held.place.observed

    @property
    def condition(self) -> str:
        """The condition as the rule file has it, on one line."""
        return " ".join(self.held.span.text.split())


@frozen(eq=False)
class RuleCoverage:
    """The obligations of a policy, in the order of its rules.

    Attributes:
        policy: as its last edition reads.
    """

    policy: core.Policy
    obligations: tuple[Obligation, ...]

    def of(self, *status: str) -> tuple[Obligation, ...]:
        return tuple(one for one in self.obligations if one.status in status)

    @property
    def owed(self) -> int:
        """How many there are that some case can meet, or might."""
        return len(self.obligations) - len(self.of(IMPOSSIBLE))

    @property
    def complete(self) -> bool:
        """Whether cases meet all of them; not so where one is not settled."""
        return len(self.of(COVERED)) == self.owed

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        from vocpolicy.exercise.writing import written_facts

        counts = {name: len(self.of(name)) for name in (COVERED, MISSING, IMPOSSIBLE, NOT_SETTLED)}
        listed = [
            {
                "rule": one.owner,
                "decides": one.observed,
                "condition": one.condition,
                "truth": one.truth,
                "status": one.status,
                "case": one.case or None,
                "missing_case": None
                if one.facts is None or one.day is None
                else {
                    "today": one.day.isoformat(),
                    "facts": written_facts(self.policy, one.observed, one.facts),
                },
                "place": str(one.held.span),
            }
            for one in self.obligations
        ]
        return {"obligations": len(self.obligations), **counts, "conditions": listed}


def coverage(
    policy: core.Policy, names: Iterable[str] | None = None, ran: Collection[Ran] | None = None
) -> RuleCoverage:
    """What the cases of a policy cover of its rules' conditions.

    Args:
        names: rules, conclusions or definitions; None for all.
        ran: the expectations that count; None for all of the policy's cases.
    """
    policy = latest(policy)
    wanted = asked_for(policy, names)
    tried = tuple(one for one in trials(policy) if ran is None or one.place in ran)
    found = [
        _obligation(policy, truth, variant, tried)
        for pair in held(policy)
        for truth, variant in zip((True, False), pair, strict=True)
        if wanted is None or wanted & {variant.place.owner, variant.place.observed}
    ]
    return RuleCoverage(policy, tuple(found))


def _obligation(
    policy: core.Policy, truth: bool, variant: Variant, tried: tuple[Trial, ...]
) -> Obligation:
    for trial in tried:
        if trial.tells(variant):
            return Obligation(truth, variant, COVERED, trial.case.title)
    day = day_for(policy, variant.place)
    name, found = first_parting(policy, variant, day)
    if found.facts is not None:
        return Obligation(truth, variant, MISSING, facts=found.facts, day=day, name=name)
    return Obligation(truth, variant, IMPOSSIBLE if found.proved else NOT_SETTLED)

"""Verdicts by what a case looks like, everything else worked out when it is asked for.

Of a case in which every condition comes out as in one before, the outcome is that one's.  Its
trace is made, and its facts are read, only for who asks for them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from attrs import define, field, frozen

from vocpolicy import core
from vocpolicy.explain import Forms, Shelf
from vocpolicy.facts import read_leniently
from vocpolicy.facts.mistakes import Mistakes
from vocpolicy.facts.values import read_fact
from vocpolicy.grounds import Grounds, grounds
from vocpolicy.interpreter import Facts, decide
from vocpolicy.needs import entangled, settling
from vocpolicy.once import Few
from vocpolicy.outcome import Outcome
from vocpolicy.pycode.helpers import MISSING
from vocpolicy.scalar import Capture, capture
from vocpolicy.scalar.capture import Look
from vocpolicy.trace import Trace
from vocpolicy.verdict import Verdict


@frozen(eq=False)
class Asked:
    """What is asked of case after case: a conclusion, on a date.

    Attributes:
        policy: the edition that is in force.
        whole: the policy that it is an edition of, by which facts are read.
        facts, declared: names of the facts that are read, and what they mean.
    """

    policy: core.Policy
    whole: core.Policy
    name: str
    entity: str | None
    as_of: datetime.date
    facts: tuple[str, ...]
    declared: Mapping[str, core.Fact]

    def read(self, given: object) -> Facts:
        """Facts that code has found right."""
        return read_leniently(self.whole, given, self.entity, self.as_of)[0]

    def decide(self, facts: Facts) -> Trace:
        return decide(self.policy, self.name, facts, self.as_of)


@define(eq=False)
class Known:
    """What cases that look alike have in common.

    Attributes:
        missing: the facts that count as missing; None where that turns on more than the look.
        forms: of their explanations; None where what is said turns on more than the look.
    """

    asked: Asked
    outcome: Outcome
    wording: str
    missing: frozenset[str] | None
    forms: Forms | None
    grounds: Grounds | None = None


@define(eq=False)
class Seen:
    """How a verdict came about that was known by the look of its case.

    Attributes:
        values: of the facts that are read, in the order of `Capture.facts`.
        given: the facts as they were supplied.
        first: the trace of the case that was the first to look like this.
    """

    known: Known
    values: tuple[Any, ...]
    given: Mapping[Any, Any] = field(repr=False)
    first: Trace | None = field(repr=False, default=None)

    @property
    def alike(self) -> Seen | None:
        return None if self.known.forms is None else self

    @property
    def forms(self) -> Forms:
        forms = self.known.forms
        assert forms is not None
        return forms

    @property
    def missing(self) -> frozenset[str]:
        return self.trace.missing if self.known.missing is None else self.known.missing

    @cached_property
    def facts(self) -> Facts:
        return self.known.asked.read(self.given)

    def facts_at(self, places: tuple[int, ...]) -> Facts:
        """Those of the facts that have these places in the values."""
        asked = self.known.asked
        mistakes = Mistakes(asked.whole)
        found: dict[str, core.Value] = {}
        for place in places:
            name, raw = asked.facts[place], self.values[place]
            value = None if raw is MISSING else read_fact(mistakes, asked.declared[name], raw, name)
            if value is not None:
                found[name] = value
        return Facts(found)

    @cached_property
    def trace(self) -> Trace:
        return self.known.asked.decide(self.facts) if self.first is None else self.first

    @property
    def grounds(self) -> Grounds:
        """The same for all cases that look alike: of the facts it matters only which there are."""
        known = self.known
        if known.grounds is None:
            known.grounds = grounds(known.asked.policy, self.trace)
        return known.grounds


@frozen(eq=False)
class Seeing:
    """Verdicts of one conclusion on a date; None for a case that code does not see."""

    asked: Asked
    captured: Capture
    shelf: Shelf
    known: Few[Look, Known] = field(repr=False, factory=Few)

    def __call__(self, facts: object) -> Verdict | None:
        seen = self.captured.see(facts)
        if seen is None or type(facts) is not dict:
            return None
        look, values = seen
        known, asked = self.known.get(look), self.asked
        first = None
        if known is None:
            first = asked.decide(asked.read(facts))
            known = self.known.keep(look, self._met(first))
        deciding = Seen(known, values, facts.copy(), first)
        return Verdict(
            asked.name, "rule", known.outcome, known.wording, asked.as_of, asked.policy, deciding
        )

    def _met(self, trace: Trace) -> Known:
        """What the first case that looks like this comes to."""
        asked = self.asked
        open_ = trace.outcome is Outcome.UNDETERMINED
        tangled = open_ and not trace.missing.isdisjoint(entangled(asked.policy, asked.name))
        varies = open_ and (tangled or settling(asked.policy, asked.name))
        forms = None if varies else Forms(self.shelf)
        missing = None if varies else trace.missing
        return Known(asked, trace.outcome, trace.wording, missing, forms)


def seeing(policy: core.Policy, name: str, as_of: datetime.date) -> Seeing | None:
    """What sees cases for a name on a date; None where their looks do not tell the verdict."""
    captured = capture(policy, name, as_of)
    if captured is None:
        return None
    edition = policy.on(as_of)
    named = name if name in edition.conclusions else edition.rules[name].conclusion
    entity = edition.conclusions[named].entity
    asked = Asked(edition, policy, named, entity, as_of, captured.facts, captured.declared)
    return Seeing(asked, captured, Shelf(edition, as_of, captured.conditions))

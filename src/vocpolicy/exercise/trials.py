"""The expectations of a policy's cases, as what can tell one policy from another."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from attrs import field, frozen

from vocpolicy import core
from vocpolicy.analysis.engines import installed
from vocpolicy.box.rulings import Key
from vocpolicy.cases import case_day, meets, readings_of
from vocpolicy.core.walk import within
from vocpolicy.diagnostics import FactError
from vocpolicy.exercise.proving import proved_parting
from vocpolicy.exercise.sites import Place
from vocpolicy.exercise.twins import Parting, outcome, parting
from vocpolicy.exercise.variants import Variant
from vocpolicy.facts import read_facts
from vocpolicy.interpreter import Facts, decide
from vocpolicy.once import kept_with

MOST_SEEN = 8
"""Through how many conclusions a parameter or a definition is looked at."""


Ran: TypeAlias = "tuple[str, int, int]"
"""An expectation that ran: the file, where its case stands in it, and its number there."""


def ran_place(case: core.Case, number: int) -> Ran:
    return case.span.source.name, case.span.start, number


@frozen(eq=False)
class Trial:
    """An expectation of a case, with what comes of it.

    Attributes:
        key: the outcome now.
        passed: whether that is what is expected.
        rests_on: names of rules, definitions and targets that it may rest on.
    """

    case: core.Case
    expect: core.Expect
    facts: Facts
    day: datetime.date
    readings: Mapping[str, str]
    key: Key
    passed: bool
    rests_on: frozenset[str] = field(repr=False)

    @property
    def place(self) -> Ran:
        """Which expectation of which case it is."""
        number = next(at for at, one in enumerate(self.case.expects) if one is self.expect)
        return ran_place(self.case, number)

    def tells(self, variant: Variant) -> bool:
        """Whether the variant comes to something else here."""
        if variant.place.owner not in self.rests_on:
            return False
        trace = decide(variant.policy, self.expect.name, self.facts, self.day, self.readings)
        return outcome(trace) != self.key

    def fails(self, variant: Variant) -> bool:
        """Whether the expectation, met now, is not met by the variant."""
        if not self.passed or variant.place.owner not in self.rests_on:
            return False
        return not meets(variant.policy, self.case, self.expect)


def trials(policy: core.Policy) -> tuple[Trial, ...]:
    """Every expectation of every case whose facts can be read."""
    found = []
    for case in policy.cases:
        day = case_day(policy, case)
        for expect in case.expects:
            try:
                facts = read_facts(policy, case.facts, name=expect.name, as_of=day)
            except FactError:
                continue
            readings = readings_of(policy.on(day), expect)
            key = outcome(decide(policy, expect.name, facts, day, readings))
            passed = meets(policy, case, expect)
            below = rests_on(policy, expect.name)
            found.append(Trial(case, expect, facts, day, readings, key, passed, below))
    return tuple(found)


def rests_on(policy: core.Policy, name: str) -> frozenset[str]:
    """Names of the rules, definitions and targets that something may rest on, itself included."""
    known = kept_with(policy).setdefault("rests on", {})
    if name not in known:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += _named(policy, one)
        known[name] = frozenset(found)
    result: frozenset[str] = known[name]
    return result


def seen_through(policy: core.Policy, place: Place) -> tuple[str, ...]:
    """What to ask to see the effect of a change in a place: of a parameter or a definition what
    rests on it, where anything does."""
    if place.role not in ("parameter", "definition"):
        return (place.observed,)
    above = (*policy.conclusions, *policy.targets)
    found = [name for name in above if place.owner in rests_on(policy, name)]
    return tuple(found[:MOST_SEEN]) or (place.observed,)


def first_parting(policy: core.Policy, variant: Variant, day: datetime.date) -> tuple[str, Parting]:
    """The first of what a variant is seen through that comes to something else for some case,
    with the case; proved if none does, by search or, where z3 is installed, by that."""
    proved = True
    names = seen_through(policy, variant.place)
    for name in names:
        found = parting(policy, variant.policy, name, day)
        if found.facts is None and not found.proved and installed():
            found = proved_parting(policy, variant.policy, variant.place.owner, name, day)
        if found.facts is not None:
            return name, found
        proved = proved and found.proved
    return names[0], Parting(None, proved and len(names) < MOST_SEEN)


def _named(policy: core.Policy, name: str) -> Iterator[str]:
    """What is named directly, and the rules of a conclusion."""
    conclusion = policy.conclusions.get(name)
    if conclusion is not None:
        yield from conclusion.rules
        yield from _in(conclusion.otherwise.value if conclusion.otherwise else None)
    rule = policy.rules.get(name)
    for body in rule.bodies.values() if rule else ():
        yield from _in(body.applies)
        for statement in body.statements:
            yield from _in(statement.condition, statement.result.value)
            yield from _in(*(one.condition for one in statement.exceptions))
    definition = policy.definitions.get(name)
    for dated in definition.values if definition else ():
        yield from _in(dated.value)
    target = policy.targets.get(name)
    for judged in target.bodies.values() if target else ():
        yield from _in(judged.applies, *(one.value for one in judged.components))
        for goal in (judged.goal, judged.baseline, *judged.milestones):
            yield from _in(*(goal.operands if goal else ()))


def _in(*exprs: core.Expr | None) -> Iterator[str]:
    for one in within(*exprs):
        if isinstance(one, core.ConclusionRef | core.DefinitionRef):
            yield one.name

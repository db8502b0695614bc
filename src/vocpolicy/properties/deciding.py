"""Whether some facts are enough: two cases that share them come to the same, or two that don't."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from attrs import frozen

from vocpolicy import core
from vocpolicy.analysis import Finding, Report
from vocpolicy.analysis.engines import engine_named
from vocpolicy.analysis.findings import HOLDS, NOT_SETTLED, VIOLATED, Shown
from vocpolicy.analysis.lists import some_lists
from vocpolicy.analysis.places import shown
from vocpolicy.analysis.twins import TWIN, pair, twin_of
from vocpolicy.analysis.words import HOLDS as FINE, OPEN
from vocpolicy.box import NotSearchableError
from vocpolicy.box.atoms import Grid
from vocpolicy.box.compiler import Compiler
from vocpolicy.box.rulings import decided
from vocpolicy.box.search import Budget, find
from vocpolicy.core import Labels
from vocpolicy.diagnostics import Diagnostic, UsageError, close_names
from vocpolicy.exercise.days import last_day
from vocpolicy.exercise.twins import AIM, BOXES, facts_of, joint, outcome, reached
from vocpolicy.facts import entity_of
from vocpolicy.facts.reading import declarations
from vocpolicy.interpreter import Facts, decide, new_scope
from vocpolicy.needs import facts_needed
from vocpolicy.outcome import Outcome
from vocpolicy.policy import Policy
from vocpolicy.properties.certificates import listed, without, wording
from vocpolicy.properties.model import Asked, Tried, subjects
from vocpolicy.properties.words import BROKEN, filled
from vocpolicy.verdict import Verdict, judge

MOST_LISTS = 8
"""How many lists cases are looked for with."""

UNPROVED = ("unsupported", "unproved")
"""Why a proof says nothing: where the search was asked too, what it says stands."""


@frozen
class Enough:
    """The claim that certain facts decide, as a law and by search."""

    facts: frozenset[str]

    def law(self, case: Tried) -> Labels | None:
        """With these facts alone the verdict is settled, whatever the rest may be."""
        self._are_facts(case.policy)
        kept = without(case.facts, case.facts.keys() - self.facts)
        verdict = case.verdict(kept)
        if verdict.outcome is not Outcome.UNDETERMINED or verdict.settled.settled is not False:
            return None
        missing = listed(verdict.missing)
        names = listed(self.facts)
        return filled(BROKEN["still_open"], name=case.name, facts=names, missing=missing)

    def static(self, policy: Policy, asked: Asked) -> Report:
        """A finding for each name; violated with two cases that share the facts."""
        self._are_facts(policy)
        names = subjects(policy, asked.only or asked.rule)
        return Report(tuple(self._finding(policy, name, asked) for name in names))

    def _are_facts(self, policy: Policy) -> None:
        known = {name for name, _ in declarations(policy.core, None)}
        unknown = [
            Diagnostic("V401", args={"name": one, "close": close_names(one, known)})
            for one in sorted(self.facts - known)
        ]
        if unknown:
            raise UsageError(unknown)

    def _finding(self, policy: Policy, name: str, asked: Asked) -> Finding:
        started = time.perf_counter()
        day = asked.day or _day(policy.core, name)
        read = policy.core.on(day)
        status, message, witness = self._settled(read, name, day, asked)
        seconds = time.perf_counter() - started
        return Finding("decidable_from", status, (name,), (), witness, message, seconds)

    def _settled(
        self, policy: core.Policy, name: str, day: datetime.date, asked: Asked
    ) -> tuple[str, Labels, Mapping[str, Shown]]:
        needed = facts_needed(policy, name)
        rest = frozenset(needed.keys() - self.facts)
        if not rest:
            return HOLDS, FINE, {}
        engine = engine_named(asked.engine)
        found, why = None, "unproved"
        if engine.searches:
            found, why = _searched(policy, name, day, rest, asked.budget or BOXES)
        if found is None and why and engine.proves:
            found, unproved = _proved(policy, name, day, rest)
            why = unproved if unproved not in UNPROVED or not engine.searches else why
        if found is None and why:
            found = _with_lists(policy, name, day, rest)
        if found is not None:
            return self._violated(policy, name, day, found)
        if not why and not any(_holds_more(needed[one].type) for one in rest):
            return HOLDS, FINE, {}
        return NOT_SETTLED, OPEN[why or "exists"], {}

    def _violated(
        self, policy: core.Policy, name: str, day: datetime.date, found: tuple[Facts, Facts]
    ) -> tuple[str, Labels, Mapping[str, Shown]]:
        one, other = (_said(policy, name, facts, day) for facts in found)
        names = listed(self.facts)
        message = filled(
            BROKEN["not_decided"], name=name, facts=names, before=one[0], after=other[0]
        )
        return VIOLATED, message, shown(policy, found[0].values)


def enough(names: Iterable[str]) -> Enough:
    return Enough(frozenset(names))


def _said(
    policy: core.Policy, name: str, facts: Facts, day: datetime.date
) -> tuple[Labels, Verdict]:
    verdict = judge(policy, name, facts, day)
    return wording(verdict), verdict


def _searched(
    policy: core.Policy, name: str, day: datetime.date, rest: frozenset[str], boxes: int
) -> tuple[tuple[Facts, Facts] | None, str]:
    """Two cases by search; else why it is open whether there are, "" where there are none."""
    try:
        found, proved = _two_cases(policy, name, day, rest, boxes)
    except (NotSearchableError, RecursionError):
        return None, "not_compiled"
    return found, "" if proved else "budget"


def _proved(
    policy: core.Policy, name: str, day: datetime.date, rest: frozenset[str]
) -> tuple[tuple[Facts, Facts] | None, str]:
    """The same by z3."""
    from vocpolicy.symbolic import Session, Translator, Truth

    def differ(translator: Translator) -> Truth:
        return translator.part(translator.with_twins(rest, TWIN), name)

    proof = Session(new_scope(policy, Facts(), day)).find(differ, entity_of(policy, name))
    if proof.case is None:
        return None, "unproved" if proof.why == "budget" else proof.why
    cases = pair(Facts(MappingProxyType(proof.case.facts)))
    parted = outcome(decide(policy, name, cases[0], day)) != outcome(
        decide(policy, name, cases[1], day)
    )
    return (cases, "") if parted else (None, "lists" if proof.case.free else "unconfirmed")


def _with_lists(
    policy: core.Policy, name: str, day: datetime.date, rest: frozenset[str]
) -> tuple[Facts, Facts] | None:
    """Two cases of which one has another list, that is not among the facts: those of the policy's
    own cases, and made-up ones."""
    needed = facts_needed(policy, name)
    names = tuple(one for one, fact in needed.items() if one in rest and _holds_more(fact.type))
    lists = [facts for on, facts in some_lists(policy, day, names) if on == day] if names else []
    for given in lists[:MOST_LISTS]:
        for case in reached(policy, name, day, given):
            key = outcome(decide(policy, name, case, day))
            for other in lists:
                beside = Facts(MappingProxyType({**case.values, **other.values}))
                trace = decide(policy, name, beside, day)
                if not trace.missing and key != outcome(trace):
                    return case, beside
    return None


def _day(policy: core.Policy, name: str) -> datetime.date:
    """The last day; of a target no later than the day it is due, after which only what was
    observed until then counts."""
    day = last_day(policy)
    if name not in policy.targets:
        return day
    target = policy.targets[name]
    return min(day, target.bodies[target.in_use].goal.date or day)


def _two_cases(
    policy: core.Policy, name: str, day: datetime.date, rest: frozenset[str], boxes: int
) -> tuple[tuple[Facts, Facts] | None, bool]:
    """Two cases that differ in the rest alone and come to different things; or that there are
    none."""
    one = Compiler(new_scope(policy, Facts(), day), Grid(), decided, {})
    model = joint(policy, name, one, twin_of(one, rest))
    if model is None:
        return None, False
    found = find(model, model.given, AIM, Budget(boxes))
    if found.vector is None:
        return None, found.exact
    facts = facts_of(model, found.vector)
    if facts is None:
        return None, False
    cases = pair(facts)
    keys = [outcome(decide(policy, name, each, day)) for each in cases]
    return (cases if keys[0] != keys[1] else None), False


def _holds_more(kind: core.Type) -> bool:
    """Whether it is a list or a record, of which the search sees what is made of it alone."""
    inner = core.inner(kind)
    return isinstance(inner, core.ListType | core.RecordType)

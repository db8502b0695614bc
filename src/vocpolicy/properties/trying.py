"""Laws tried on the deterministic list of cases, as findings."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator, Mapping
from functools import partial
from random import Random
from typing import Any, TypeAlias

from attrs import frozen

from vocpolicy import core
from vocpolicy.analysis import Finding, Report
from vocpolicy.analysis.findings import HOLDS, NOT_SETTLED, VIOLATED, Shown
from vocpolicy.analysis.places import clauses_of, shown
from vocpolicy.diagnostics import FactError
from vocpolicy.exercise import raw_facts
from vocpolicy.exercise.days import last_day
from vocpolicy.exercise.pivotal import pivotal_cases
from vocpolicy.facts import read_facts
from vocpolicy.policy import Policy
from vocpolicy.properties.model import Asked, Law, Tried, subjects
from vocpolicy.properties.words import TRIED, UNTRIED, filled
from vocpolicy.source import NOWHERE, Span

Spanned: TypeAlias = "core.Conclusion | core.Target | core.Rule | core.Definition"


@frozen(eq=False)
class Sample:
    """A case of a name, with the day on which it is judged."""

    facts: Mapping[str, Any]
    day: datetime.date


def samples(policy: Policy, name: str, day: datetime.date | None) -> tuple[Sample, ...]:
    """The cases in which one condition decides; one without facts where there is none."""
    found = pivotal_cases(policy.core, name, day)
    made = tuple(Sample(raw_facts(policy.core, one.name, one.facts), one.day) for one in found)
    return made or (Sample({}, day or last_day(policy.core)),)


def tried(name: str, law: Law, policy: Policy, asked: Asked) -> Report:
    """A law on every case of the list: a finding for each name."""
    found = tuple(
        _tried(name, law, policy, one, asked.day)
        for one in subjects(policy, asked.only or asked.rule)
    )
    return Report(found)


def static_of(name: str, law: Law) -> partial[Report]:
    return partial(tried, name, law)


def _tried(name: str, law: Law, policy: Policy, subject: str, day: datetime.date | None) -> Finding:
    started = time.perf_counter()
    span = _span(policy.core, subject)
    count = 0
    for case in _cases(policy, subject, day):
        try:
            broken = law(case)
        except FactError:
            continue
        count += 1
        if broken is not None:
            return Finding(
                name,
                VIOLATED,
                (subject,),
                clauses_of(case.verdict().citations),
                witness_of(case),
                broken,
                time.perf_counter() - started,
                span,
            )
    status, row = (HOLDS, TRIED) if count else (NOT_SETTLED, UNTRIED)
    message = filled(row, count=count)
    seconds = time.perf_counter() - started
    return Finding(name, status, (subject,), message=message, seconds=seconds, span=span)


def _cases(policy: Policy, subject: str, day: datetime.date | None) -> Iterator[Tried]:
    found = samples(policy, subject, day)
    others = tuple(one.facts for one in found)
    for number, one in enumerate(found):
        yield Tried(policy, subject, one.facts, one.day, Random(number), others)


def witness_of(case: Tried) -> Mapping[str, Shown]:
    """The facts of a case as findings show them."""
    policy = case.policy.core
    read = read_facts(policy, case.facts, name=case.name, as_of=case.day)
    return shown(policy, read.values)


def _span(policy: core.Policy, name: str) -> Span:
    """Where a name is declared."""
    declared: Mapping[str, Spanned]
    declared = {**policy.definitions, **policy.rules, **policy.targets, **policy.conclusions}
    return declared[name].span if name in declared else NOWHERE

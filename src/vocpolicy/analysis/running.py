"""An analysis: every property asked of every part of a policy that it concerns."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from typing import TypeAlias

from attrs import frozen

from vocpolicy import core
from vocpolicy.analysis.engines import engine_named
from vocpolicy.analysis.findings import HOLDS, NOT_SETTLED, Finding, Report
from vocpolicy.analysis.monotone import Claim, claim_of, concerns, declared, monotone
from vocpolicy.analysis.places import Place, Problem
from vocpolicy.analysis.questions import BOXES
from vocpolicy.analysis.readings import readings_agree
from vocpolicy.analysis.rules import RULE_CHECKS
from vocpolicy.analysis.tables import TABLE_CHECKS
from vocpolicy.analysis.targets import TARGET_CHECKS
from vocpolicy.analysis.undecided import never_errors
from vocpolicy.analysis.words import HOLDS as FINE, OPEN
from vocpolicy.box import NotSearchableError
from vocpolicy.diagnostics import Diagnostic, UsageError, close_names
from vocpolicy.keywords import PROPERTIES, PROPERTY_OF

CLAIMS = ("monotone:FACT:up", "monotone:FACT:down")
DEFAULT = tuple(one.key for one in PROPERTIES)
"""The properties that are asked where none is named."""


Accepted: TypeAlias = "Mapping[tuple[str, str, str], core.Labels]"


@frozen(eq=False)
class _Task:
    """One property of one part of a policy."""

    property: str
    owner: core.Conclusion | core.Table | core.Target
    run: Callable[[], Iterator[Problem]]


def analyse(
    policy: core.Policy,
    properties: str | Iterable[str] = "default",
    as_of: datetime.date | None = None,
    budget: int | None = None,
    engine: str = "auto",
    only: str | None = None,
) -> Report:
    """Whether a policy has the properties named; see `vocpolicy.policy.Policy.check`.

    Args:
        only: the one conclusion, table or target that is asked about, as `parts` names it.

    Raises:
        UsageError: there is no property, or no engine, of a name.
        MissingExtraError: z3 is asked for and not installed.
    """
    day = as_of or policy.period.end or datetime.date.today()
    with closing(engine_named(engine)) as answering:
        place = Place(policy.on(day), day, budget or BOXES, answering)
        known = _accepted(place.policy)
        tasks = [task for task in _asked(properties, place) if only in (None, task.owner.name)]
        return Report(tuple(finding for task in tasks for finding in _findings(task, known)))


def parts(
    policy: core.Policy,
    properties: str | Iterable[str] = "default",
    as_of: datetime.date | None = None,
) -> tuple[tuple[str, str], ...]:
    """Each property that is asked for with each conclusion, table or target that it concerns;
    nothing is looked at yet.  Raises UsageError as `analyse` does."""
    day = as_of or policy.period.end or datetime.date.today()
    tasks = _asked(properties, Place(policy.on(day), day))
    return tuple((task.property, task.owner.name) for task in tasks)


def _asked(properties: str | Iterable[str], place: Place) -> list[_Task]:
    wanted = _named(properties, place.policy)
    claims = [claim for name in wanted if (claim := claim_of(name, place.policy))]
    claims += declared(place.policy) if "monotone" in wanted else ()
    tasks = [task for task in _tasks(place) if task.property in wanted]
    return tasks + [task for claim in claims for task in _claimed(claim, place)]


def _accepted(policy: core.Policy) -> Accepted:
    """The reason for which a rule, table or target accepts a finding, by its name, the property
    and the reading ("" for all)."""
    owners: tuple[core.Rule | core.Table | core.Target, ...]
    owners = (*policy.rules.values(), *policy.tables.values(), *policy.targets.values())
    return {
        (owner.name, one.property, one.reading): one.because
        for owner in owners
        for one in owner.accepts
    }


def _reason(problem: Problem, name: str, accepted: Accepted) -> core.Labels | None:
    """Why the rule file accepts a problem: what it says of the reading stands over what it says
    of the whole."""
    word = name.partition(":")[0]
    keys = [(rule, word, read) for read in (problem.reading, "") for rule in problem.rules]
    return next((accepted[key] for key in keys if key in accepted), None)


def _claimed(claim: Claim, place: Place) -> Iterator[_Task]:
    policy = place.policy
    owners: tuple[core.Conclusion | core.Target, ...]
    owners = (*policy.conclusions.values(), *policy.targets.values())
    for owner in owners:
        if concerns(claim, policy, owner):
            yield _Task(claim.name, owner, _bound(partial(monotone, claim), place, owner))


def _named(properties: str | Iterable[str], policy: core.Policy) -> tuple[str, ...]:
    if properties == "default":
        return DEFAULT
    said = (properties,) if isinstance(properties, str) else tuple(properties)
    names = tuple(PROPERTY_OF.get(name, name) for name in said)
    unknown = [name for name in names if name not in DEFAULT and not claim_of(name, policy)]
    if unknown:
        raise UsageError(
            [
                Diagnostic(
                    "V428",
                    args={
                        "name": name,
                        "close": close_names(name, DEFAULT),
                        "known": ", ".join((*DEFAULT, *CLAIMS)),
                    },
                )
                for name in unknown
            ]
        )
    return names


def _tasks(place: Place) -> Iterator[_Task]:
    """What is to be asked, in the order of the rule files."""
    policy = place.policy
    owners: list[core.Conclusion | core.Target]
    owners = [*policy.conclusions.values(), *policy.targets.values()]
    owners.sort(key=lambda one: (one.span.source.name, one.span.start))
    tables: set[str] = set()
    for owner in owners:
        if isinstance(owner, core.Target):
            for name, target_check in TARGET_CHECKS.items():
                yield _Task(name, owner, _bound(target_check, place, owner))
            if owner.readings:
                yield _Task("readings_agree", owner, _bound(readings_agree, place, owner))
        elif owner.table:
            if owner.table not in tables:
                tables.add(owner.table)
                table = policy.tables[owner.table]
                for name, table_check in TABLE_CHECKS.items():
                    yield _Task(name, table, _bound(table_check, place, table))
        else:
            for name, check in RULE_CHECKS.items():
                yield _Task(name, owner, _bound(check, place, owner))
            if any(policy.rules[name].readings for name in owner.rules):
                yield _Task("readings_agree", owner, _bound(readings_agree, place, owner))
        yield _Task("never_errors", owner, _bound(never_errors, place, owner))


def _bound(
    check: Callable[..., Iterator[Problem]], place: Place, owner: object
) -> Callable[[], Iterator[Problem]]:
    return lambda: check(place, owner)


def _findings(task: _Task, accepted: Accepted) -> Iterator[Finding]:
    started = time.perf_counter()
    none = True
    problems = task.run()
    while True:
        try:
            problem = next(problems, None)
        except (NotSearchableError, RecursionError):
            message, names = OPEN["not_compiled"], (task.owner.name,)
            problem = Problem(NOT_SETTLED, message, names, span=task.owner.span)
            problems = iter(())
        seconds = time.perf_counter() - started
        started = time.perf_counter()
        if problem is None:
            if none:
                names = (task.owner.name,)
                yield Finding(task.property, HOLDS, names, (), {}, FINE, seconds, task.owner.span)
            return
        none = False
        yield Finding(
            task.property,
            problem.status,
            problem.rules,
            problem.clauses,
            problem.witness,
            problem.message,
            seconds,
            problem.span,
            _reason(problem, task.property, accepted),
            problem.reading,
        )

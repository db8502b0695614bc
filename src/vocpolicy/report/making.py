"""From a policy and facts to a report."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction

from vocpolicy import core
from vocpolicy.coverage import measure
from vocpolicy.diagnostics import FactError
from vocpolicy.facts import read_leniently
from vocpolicy.interpreter import Facts, Scope, evaluate, new_scope
from vocpolicy.interpreter.targets import line_towards
from vocpolicy.policy import Policy
from vocpolicy.report.data import Course, Report, TargetReport
from vocpolicy.trace import ComponentTrace, TargetTrace
from vocpolicy.verdict import Verdict, judge


def make_report(
    policy: Policy,
    facts: object,
    as_of: datetime.date | None = None,
    documents: Mapping[str, str] | None = None,
    advice: bool = False,
) -> Report:
    """How a policy stands on a day.

    Args:
        facts: as `Policy.evaluate` takes them; observations over several dates become the
            history of the targets that they measure.
        as_of: the day; today where it is not given.
        documents: texts of the policy's documents by name, to measure its coverage.
        advice: also say of what fails or is open what would change it and what to ask next,
            which takes a search for each.

    Raises:
        FactError: mistakes in the facts, all at once.
        PolicyError: the rules cite what the documents do not have.
    """
    day = as_of or datetime.date.today()
    edition = policy.on(day).core
    read, mistakes = read_leniently(edition, facts, None, day)
    if mistakes:
        raise FactError(mistakes)
    concerned = policy.evaluate_all(facts, as_of=day)
    rules = tuple(one for one in concerned if one.kind == "rule")
    asked = {one.name for one in rules}
    # Targets are read as the verdict on them reads them, whatever facts concern them.
    targets = [judge(edition, name, read, day) for name in edition.targets]
    return Report(
        edition,
        day,
        tuple(TargetReport(one, tuple(_courses(one, read))) for one in targets),
        rules,
        tuple(judge(edition, name, read, day) for name in edition.provisions),
        tuple(name for name in edition.conclusions if name not in asked),
        measure(edition, documents) if documents else None,
        advice,
    )


def _courses(verdict: Verdict, facts: Facts) -> Iterator[Course]:
    trace = verdict.trace
    if not isinstance(trace, TargetTrace) or not isinstance(trace.body.type, core.NumberType):
        return
    scope = new_scope(verdict.policy, facts, verdict.as_of, verdict.chosen)
    for component in trace.components:
        measured = component.step.answer
        within = component.reached is True and None not in component.required
        line = () if within else line_towards(scope.at(trace.judged), trace.target, measured)
        yield Course(
            component.component.labels,
            trace.body.type,
            tuple(_history(scope, component, facts, trace.judged)),
            line,
            component.required,
            trace.body.goal.date,
        )


def _history(
    scope: Scope, component: ComponentTrace, facts: Facts, until: datetime.date
) -> Iterator[tuple[datetime.date, Fraction]]:
    """The measure on each day on which something that it uses was observed."""
    days = {
        seen.date
        for name in component.step.used
        for seen in facts.series.get(name, ())
        if seen.date <= until
    }
    found: dict[datetime.date, Fraction] = {}
    for day in sorted(days):
        step = evaluate(scope.at(day), component.component.value)
        if isinstance(step.answer, Fraction):
            found[step.observed or day] = step.answer
    if isinstance(component.step.answer, Fraction):
        found[component.observed] = component.step.answer
    yield from sorted(found.items())

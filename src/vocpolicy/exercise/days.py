"""On which date a case that nobody has written yet is judged."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from vocpolicy import core
from vocpolicy.exercise.sites import Place


def day_for(policy: core.Policy, place: Place) -> datetime.date:
    """A date on which what stands in a place is in force: the latest of a case, else the first or
    the last day of the policy or of the rule; today where nothing says a date."""
    periods = [policy.period, *_periods(policy, place.owner), place.period]
    asked = sorted((case.today for case in policy.cases if case.today), reverse=True)
    ends = [day for period in reversed(periods) for day in (period.end, period.start) if day]
    for day in (*asked, *ends):
        if all(period.covers(day) for period in periods):
            return day
    return datetime.date.today()


def last_day(policy: core.Policy) -> datetime.date:
    """The latest date of a case, else the last day of the policy; today where neither is said."""
    asked = [case.today for case in policy.cases if case.today]
    within = [day for day in asked if policy.period.covers(day)]
    return max(within, default=policy.period.end or datetime.date.today())


def _periods(policy: core.Policy, name: str) -> Iterator[core.Period]:
    conclusion = policy.conclusions.get(name)
    for rule in conclusion.rules[:1] if conclusion else (name,):
        if rule in policy.rules:
            yield policy.rules[rule].bodies[policy.rules[rule].in_use].period
    if name in policy.targets:
        body = policy.targets[name].bodies[policy.targets[name].in_use]
        yield body.period
        yield core.Period(None, body.goal.date)  # later on, what has no date counts no more

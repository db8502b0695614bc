"""On which days two policies are read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from attrs import frozen

from vocpolicy import core
from vocpolicy.difference.meaning import bare

ONE_DAY = datetime.timedelta(days=1)


@frozen
class Days:
    """The days on which the old and the new policy are read.

    `fixed`: they were asked for, so that everything is read on them, in force or not.
    """

    old: datetime.date
    new: datetime.date
    fixed: bool = False


def days_of(old: core.Policy, new: core.Policy, as_of: datetime.date | None) -> Days:
    """One day for both where there is one on which both are in force; else the last of each."""
    if as_of is not None:
        return Days(as_of, as_of, True)
    last = last_day(new)
    if old.period.covers(last):
        return Days(last, last)
    both = last_day(old)
    if new.period.covers(both) and not new.editions:
        return Days(both, both)
    return Days(both, last)


def last_day(policy: core.Policy) -> datetime.date:
    """The last day of a policy; where it has none, today or the day of its last amendment."""
    if policy.period.end is not None:
        return policy.period.end
    starts = [one.start for one in policy.editions if one.start is not None]
    starts += [policy.period.start] if policy.period.start else []
    return max([datetime.date.today(), *starts])


def days_of_each(days: Days, read: tuple[core.Policy, core.Policy], names: tuple[str, str]) -> Days:
    """The days for something that has a name: others than those of the policies where it is in
    force on neither, unless they were asked for."""
    if days.fixed:
        return days
    one, other = read
    if _runs(one, names[0], days.old) or _runs(other, names[1], days.new):
        return days
    return Days(_near(one, names[0], days.old), _near(other, names[1], days.new))


def _runs(policy: core.Policy, name: str, day: datetime.date) -> bool:
    periods = list(_periods(policy, name))
    return not periods or any(one.covers(day) for one in periods)


def _near(policy: core.Policy, name: str, day: datetime.date) -> datetime.date:
    """The day, or the one nearest to it on which something is in force."""
    periods = list(_periods(policy, name))
    if not periods or any(one.covers(day) for one in periods):
        return day
    ends = [end for one in periods for end in (one.start, one.end) if end is not None]
    inside = [end for end in ends if policy.period.covers(end)]
    return min(inside, key=lambda end: abs((end - day).days), default=day)


def _periods(policy: core.Policy, name: str) -> Iterator[core.Period]:
    conclusion = policy.conclusions.get(name)
    for rule in conclusion.rules if conclusion else ():
        yield policy.rules[rule].bodies[policy.rules[rule].in_use].period
    if name in policy.targets:
        target = policy.targets[name]
        yield target.bodies[target.in_use].period
    if name in policy.provisions:
        yield policy.provisions[name].period


def days_of_figures(
    read: tuple[core.Policy, core.Policy], day: datetime.date
) -> tuple[tuple[str, datetime.date], ...]:
    """Parameters with figures that only one of two policies has and that are not in force on a
    day: each with the last day before it on which one of those is, the latest day first."""
    found: dict[str, datetime.date] = {}
    for name in read[0].definitions.keys() & read[1].definitions.keys():
        sides = [set(_stretches(policy, name, day)) for policy in read]
        days = [last for _, last in sides[0] ^ sides[1] if last < day]
        if days:
            found[name] = max(days)
    return tuple(sorted(found.items(), key=lambda pair: (pair[1], pair[0]), reverse=True))


def _stretches(
    policy: core.Policy, name: str, day: datetime.date
) -> Iterator[tuple[object, datetime.date]]:
    """The figures of a parameter up to a day, each with the last day on which it is in force."""
    declared = policy.definitions[name]
    if declared.form != "parameter":
        return
    dated = declared.bodies.get(declared.in_use, declared.values)
    values = sorted(dated, key=lambda one: one.start or datetime.date.min)
    ends = [one.start - ONE_DAY for one in values[1:] if one.start] + [day]
    for one, end in zip(values, ends, strict=False):
        last = min(end, day, one.end or day)
        if policy.period.covers(last):
            yield bare((one.value, one.start)), last

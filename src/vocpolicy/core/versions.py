"""How something of a policy read, and from when to when."""

from __future__ import annotations

import datetime

from attrs import frozen

from vocpolicy.core.policy import Change, Policy


@frozen
class Version:
    """One wording of a rule, a target or another part of a policy.

    Attributes:
        start, end: the first and the last day of it; None: from the beginning, without end.
        changes: what made it so; empty for what was first.
    """

    start: datetime.date | None
    end: datetime.date | None
    changes: tuple[Change, ...] = ()

    def covers(self, day: datetime.date) -> bool:
        begun = self.start is None or self.start <= day
        return begun and (self.end is None or day <= self.end)


def versions(policy: Policy, name: str) -> tuple[Version, ...]:
    """Every version of what a policy has under a name, earliest first; a conclusion changes with
    the rules that decide it."""
    if not policy.changes:
        return (Version(None, None),)
    names = _concerned(policy, name)
    found = [change for change in policy.changes if change.name in names]
    by_start: dict[datetime.date | None, list[Change]] = {}
    for change in found:
        by_start.setdefault(change.start, []).append(change)
    if None not in by_start and not names <= {one.name for one in found if one.action == "added"}:
        by_start = {None: [], **by_start}
    starts = list(by_start)
    ends = [None if start is None else _before(start) for start in (*starts[1:], None)]
    return tuple(
        Version(start, end, tuple(by_start[start])) for start, end in zip(starts, ends, strict=True)
    )


def version_on(policy: Policy, name: str, day: datetime.date) -> Version | None:
    """The version that is in force on a day; None before the first."""
    return next((one for one in versions(policy, name) if one.covers(day)), None)


def _concerned(policy: Policy, name: str) -> set[str]:
    """The name and, of a conclusion, the rules that decide it in any edition."""
    rules: set[str] = set()
    for edition in (policy, *(one.policy for one in policy.editions)):
        if name in edition.conclusions:
            rules.update(edition.conclusions[name].rules)
    rules |= {change.name for change in policy.changes if change.by in rules and change.by}
    return rules or {name}


def _before(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=1)

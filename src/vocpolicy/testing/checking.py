"""Every property of a policy at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from vocpolicy.analysis import Report
from vocpolicy.policy import Policy
from vocpolicy.properties import TABLE, Property, property_named


def check(
    policy: Policy,
    properties: str | Property | Iterable[str | Property] = "default",
    *,
    engine: str = "auto",
    budget: int | None = None,
    as_of: datetime.date | None = None,
) -> Report:
    """Whether a policy has certain properties: what an analysis asks, and the laws of the library.

    Args:
        properties: properties, or names of `vocpolicy.properties.TABLE` and `monotone:FACT:up`;
            all of the table where nothing is said.
        engine: `box`, `z3` or `auto`, as `Policy.check` takes it; laws are tried case by case.
        budget: how many boxes of cases one question may look at.
        as_of: the day on which to look; each property's own where it is not given.

    Raises:
        UsageError: there is no property, or no engine, of a name.
        MissingExtraError: z3 is asked for and not installed.
    """
    findings = [
        finding
        for one in _wanted(properties)
        for finding in one.check(policy, engine=engine, budget=budget, as_of=as_of).findings
    ]
    return Report(tuple(findings))


def _wanted(properties: str | Property | Iterable[str | Property]) -> tuple[Property, ...]:
    if properties == "default":
        return tuple(TABLE.values())
    several = (properties,) if isinstance(properties, str | Property) else tuple(properties)
    return tuple(one if isinstance(one, Property) else property_named(one) for one in several)

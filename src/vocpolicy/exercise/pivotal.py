"""Cases at the bounds of rules, in each of which one condition decides."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from attrs import frozen

from vocpolicy import core
from vocpolicy.exercise.days import day_for, last_day
from vocpolicy.exercise.trials import rests_on
from vocpolicy.exercise.twins import parted, parting, reached
from vocpolicy.exercise.variants import Variant, held, latest, mutants
from vocpolicy.interpreter import Facts, decide
from vocpolicy.once import kept_with

BOUNDS = ("strictness", "bound_up", "bound_down")


@frozen(eq=False)
class Pivotal:
    """A case that turns on one condition.

    Attributes:
        name: what is decided.
        day: on which.
        turns_on: the policy with a change that comes to something else here; None for a case
            that shows an outcome which no other does.
    """

    name: str
    facts: Facts
    day: datetime.date
    turns_on: Variant | None = None


def pivotal_cases(
    policy: core.Policy, name: str, day: datetime.date | None = None
) -> tuple[Pivotal, ...]:
    """Cases of a conclusion, a rule or a definition: for every condition that it rests on one in
    which it decides by being true and one by being false, and for every bound those at it and one
    step beside it; then one for each outcome that none of these has.  None for what no case can
    show; one case may stand for several.
    """
    known = kept_with(policy).setdefault("pivotal", {})
    if (name, day) not in known:
        known[name, day] = tuple(_pivotal(policy, name, day))
    found: tuple[Pivotal, ...] = known[name, day]
    return found


def _pivotal(policy: core.Policy, name: str, day: datetime.date | None) -> Iterator[Pivotal]:
    read = latest(policy) if day is None else policy.on(day)
    name = read.rules[name].conclusion if name in read.rules else name
    below = rests_on(read, name)
    on = day or _day(read, name)
    done: list[Pivotal] = []
    for variant in _variants(read):
        if variant.place.owner not in below or any(_tells(one, read, variant) for one in done):
            continue
        found = parting(read, variant.policy, name, on)
        if found.facts is not None:
            done.append(Pivotal(name, found.facts, on, variant))
            yield done[-1]
    seen = {decide(read, name, one.facts, on).wording for one in done}
    for facts in reached(read, name, on):
        if decide(read, name, facts, on).wording not in seen:
            yield Pivotal(name, facts, on)


def _variants(policy: core.Policy) -> Iterator[Variant]:
    for pair in held(policy):
        yield from pair
    yield from (one for one in mutants(policy) if one.kind in BOUNDS)


def _tells(one: Pivotal, policy: core.Policy, variant: Variant) -> bool:
    return parted(policy, variant.policy, one.name, one.facts, one.day)


def _day(policy: core.Policy, name: str) -> datetime.date:
    """A day on which the first rule that decides it is in force."""
    conclusion = policy.conclusions.get(name)
    owners = conclusion.rules if conclusion else (name,)
    found = (variant.place for variant in _variants(policy) if variant.place.owner in owners)
    place = next(found, None)
    return last_day(policy) if place is None else day_for(policy, place)

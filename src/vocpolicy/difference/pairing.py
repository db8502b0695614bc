"""Two policies over one set of facts, so that one case can be put to both.

What both take is compared: where bounds, steps or the values of a choice have changed, a case lies
within those of either.  What only one takes is told apart, as a change of the facts.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.difference.meaning import NEVER, bare, same
from vocpolicy.difference.renaming import Renamed, by_old_names, renamed


@frozen(eq=False)
class Pair:
    """Two policies as they read on their days, and what is common to their facts.

    Attributes:
        old, new: as they are judged; what they rest on is theirs.
        joint_old, joint_new: the same, with the facts of both declared alike.
        day: on which cases are judged.
        apart: facts that are of two types, so that no case can be put to both.
        names: what is called otherwise in the new one; the joint policies have the old names.
    """

    old: core.Policy
    new: core.Policy
    joint_old: core.Policy
    joint_new: core.Policy
    day: datetime.date
    apart: frozenset[str]
    names: Renamed = Renamed()

    def new_name(self, name: str) -> str:
        """What a conclusion, target or the like of the old policy is called in the new one."""
        return next((now for now, before in self.names.others.items() if before == name), name)


def pair_of(old: core.Policy, new: core.Policy, day: datetime.date) -> Pair:
    """Two policies, each as it reads on a day, over one set of facts."""
    old, newest = with_all_facts(old, day), with_all_facts(new, day)
    names = renamed(old, newest)
    new = by_old_names(newest, names)
    apart: set[str] = set()
    choices = _choices(old, new)
    facts = _facts(old.facts, new.facts, apart)
    entities = _entities(old, new, apart)
    made = [
        evolve(
            policy,
            facts=facts,
            entities=MappingProxyType({**policy.entities, **entities}),
            choices=MappingProxyType({**policy.choices, **choices}),
        )
        for policy in (old, new)
    ]
    return Pair(old, newest, made[0], made[1], day, frozenset(apart), names)


def with_all_facts(policy: core.Policy, day: datetime.date) -> core.Policy:
    """A policy as it reads on a day, with the facts of all its editions: they have no day."""
    read = policy.on(day)
    return evolve(read, facts=policy.facts) if read.facts is not policy.facts else read


def _choices(old: core.Policy, new: core.Policy) -> dict[str, core.Choice]:
    """Choices of both, with the values that both have; those of one as they are."""
    found = {**new.choices, **old.choices}
    for name in old.choices.keys() & new.choices.keys():
        one, other = old.choices[name], new.choices[name]
        common = {key: label for key, label in one.members.items() if key in other.members}
        found[name] = evolve(one, members=MappingProxyType(common))
    return found


def _entities(old: core.Policy, new: core.Policy, apart: set[str]) -> dict[str, core.Entity]:
    found = {**new.entities, **old.entities}
    for name in old.entities.keys() & new.entities.keys():
        one, other = old.entities[name], new.entities[name]
        found[name] = evolve(one, fields=_facts(one.fields, other.fields, apart))
    return found


def _facts(
    old: Mapping[str, core.Fact], new: Mapping[str, core.Fact], apart: set[str]
) -> Mapping[str, core.Fact]:
    """The facts of either; one of both takes what both take."""
    found = {**old, **{name: one for name, one in new.items() if name not in old}}
    for name in old.keys() & new.keys():
        joint = joint_fact(old[name], new[name])
        if joint is None:
            apart.add(name)
        else:
            found[name] = joint
    return MappingProxyType(found)


def joint_fact(one: core.Fact, other: core.Fact) -> core.Fact | None:
    """A fact that takes what both take; None where they are of two types."""
    kind = joint_type(one.type, other.type)
    if kind is None:
        return None
    low, low_strict = _end((one.low, one.low_strict), (other.low, other.low_strict), True)
    high, high_strict = _end((one.high, one.high_strict), (other.high, other.high_strict), False)
    known = {bare(bound) for bound in one.compares}
    more = tuple(bound for bound in other.compares if bare(bound) not in known)
    return evolve(
        one,
        type=kind,
        low=low,
        high=high,
        low_strict=low_strict,
        high_strict=high_strict,
        compares=one.compares + more,
        step=_step(one.step, other.step),
    )


def joint_type(one: core.Type, other: core.Type) -> core.Type | None:
    """The values of both types; None where they have none in common, or are of two kinds."""
    optional = isinstance(one, core.OptionalType) and isinstance(other, core.OptionalType)
    inner = _joint_inner(_inner(one), _inner(other))
    return core.OptionalType(inner) if optional and inner is not None else inner


def _joint_inner(one: core.Type, other: core.Type) -> core.Type | None:
    if isinstance(one, core.NumberType) and isinstance(other, core.NumberType):
        whole = one if one.whole else other
        return whole if one.dimension == other.dimension else None
    if isinstance(one, core.ListType) and isinstance(other, core.ListType):
        item = joint_type(one.item, other.item)
        return core.ListType(item) if item is not None else None
    return one if same(one, other) else None


def _inner(kind: core.Type) -> core.Type:
    return core.inner(kind)


def _end(
    one: tuple[Fraction | None, bool], other: tuple[Fraction | None, bool], greatest: bool
) -> tuple[Fraction | None, bool]:
    """The narrower of two ends; where they are one, it is left out if either leaves it out."""
    known = [end for end in (one, other) if end[0] is not None]
    if len(known) < 2 or known[0][0] == known[1][0]:
        return (known[0][0], any(strict for _, strict in known)) if known else (None, False)
    ordered = sorted(known, key=lambda end: end[0] or Fraction(0))
    return ordered[-1] if greatest else ordered[0]


def _step(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    """The least number that is a multiple of both."""
    if one is None or other is None:
        return one or other
    scale = one.denominator * other.denominator
    first, second = one * scale, other * scale
    return Fraction(math.lcm(first.numerator, second.numerator), scale)


# ---- one policy on two days ----------------------------------------------------------------------


def as_read_on(policy: core.Policy, day: datetime.date) -> core.Policy:
    """A policy as it reads on a day, for ever: what is in force then always is, what is not never
    is.  So two days are compared for the same case, whatever its dates are."""
    read = with_all_facts(policy, day)
    rules = {name: _rule_on(one, day) for name, one in read.rules.items()}
    targets = {name: _target_on(one, day) for name, one in read.targets.items()}
    provisions = {
        name: evolve(one, period=_period_on(one.period, day))
        for name, one in read.provisions.items()
    }
    definitions = {
        name: _definition_on(one, day) if one.form == "parameter" else one
        for name, one in read.definitions.items()
    }
    return evolve(
        read,
        period=_period_on(read.period, day),
        rules=MappingProxyType(rules),
        targets=MappingProxyType(targets),
        provisions=MappingProxyType(provisions),
        definitions=MappingProxyType(definitions),
        editions=(),
    )


def _period_on(period: core.Period, day: datetime.date) -> core.Period:
    return core.Period() if period.covers(day) else NEVER


def _rule_on(rule: core.Rule, day: datetime.date) -> core.Rule:
    bodies = {
        name: evolve(body, period=_period_on(body.period, day))
        for name, body in rule.bodies.items()
    }
    return evolve(rule, bodies=MappingProxyType(bodies))


def _target_on(target: core.Target, day: datetime.date) -> core.Target:
    bodies = {
        name: evolve(body, period=_period_on(body.period, day))
        for name, body in target.bodies.items()
    }
    return evolve(target, bodies=MappingProxyType(bodies))


def _definition_on(declared: core.Definition, day: datetime.date) -> core.Definition:
    bodies = {name: _values_on(values, day) for name, values in declared.bodies.items()}
    values = _values_on(declared.values, day)
    return evolve(declared, values=values, bodies=MappingProxyType(bodies))


def _values_on(
    values: Iterable[core.DatedValue], day: datetime.date
) -> tuple[core.DatedValue, ...]:
    """The value of a day, for every day."""
    begun = [one for one in values if one.start is None or one.start <= day]
    last = max(begun, key=lambda one: one.start or datetime.date.min, default=None)
    if last is None or (last.end and last.end < day):
        return ()
    return (evolve(last, start=None, end=None),)

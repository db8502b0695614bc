"""How a target lies to the one before, side by side: its goal whenever it is due, its day, and
what it measures."""

from __future__ import annotations

import datetime
from types import MappingProxyType

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.analysis.goals import reached
from vocpolicy.core.walk import within
from vocpolicy.difference.meaning import same
from vocpolicy.difference.pairing import Pair
from vocpolicy.difference.searching import Search, search
from vocpolicy.difference.sides import changed_names

EARLIER, LATER, SET, DROPPED, OTHER = "earlier", "later", "set", "dropped", "other"

GOAL = "the goal of {name}"
"""Under what name a goal is searched as a definition; no declaration can have it."""


@frozen(eq=False)
class Aspect:
    """One side of a target that differs.

    Attributes:
        part: `goal`, `deadline`, `measure` or `line` (baseline and milestones).
        search: of a goal, the cases that reach one and not the other.
        status: of a deadline `earlier`, `later`, `set` or `dropped`; else `other`.
        days: of a deadline, the old one and the new one.
    """

    part: str
    status: str
    search: Search | None = None
    days: tuple[datetime.date | None, datetime.date | None] = (None, None)


def aspects(pair: Pair, name: str, boxes: int) -> tuple[Aspect, ...]:
    """The sides of a target in which two policies differ."""
    old, new = (_body(policy, name) for policy in (pair.joint_old, pair.joint_new))
    found = []
    goals = reached(old), reached(new)
    if goals[0] is not None and goals[1] is not None and not _one_goal(pair, old, new):
        found.append(Aspect("goal", OTHER, _goals(pair, name, goals[0], goals[1], boxes)))
    if old.goal.date != new.goal.date:
        days = old.goal.date, new.goal.date
        found.append(Aspect("deadline", _deadline(*days), days=days))
    if not same(old.components, new.components):
        found.append(Aspect("measure", OTHER))
    if not same(
        (old.baseline, old.milestones, old.since), (new.baseline, new.milestones, new.since)
    ):
        found.append(Aspect("line", OTHER))
    return tuple(found)


def before_deadlines(pair: Pair, name: str) -> Pair:
    """The pair on the last day on which neither deadline has passed, where both targets are in
    force then: after a deadline only what was observed up to it counts."""
    bodies = [_body(policy, name) for policy in (pair.joint_old, pair.joint_new)]
    day = min([pair.day, *(one.goal.date for one in bodies if one.goal.date is not None)])
    periods = [one.period for one in bodies] + [pair.joint_old.period, pair.joint_new.period]
    return evolve(pair, day=day) if all(one.covers(day) for one in periods) else pair


def _body(policy: core.Policy, name: str) -> core.TargetBody:
    target = policy.targets[name]
    return target.bodies[target.in_use]


def _one_goal(pair: Pair, old: core.TargetBody, new: core.TargetBody) -> bool:
    """Whether the same is to be reached of the same, the day apart, and what both name means the
    same."""
    goals = [evolve(body.goal, date=None) for body in (old, new)]
    measured = same(old.components, new.components) and same(old.applies, new.applies)
    return measured and same(goals[0], goals[1]) and not _names_change(pair, old)


def _names_change(pair: Pair, body: core.TargetBody) -> bool:
    """Whether something that is measured, or asked for, means something else now."""
    changed = changed_names(pair)
    held = (*body.goal.operands, body.goal.tolerance, body.applies)
    named = (core.DefinitionRef, core.ConclusionRef)
    exprs = within(*(one.value for one in body.components), *held)
    names = {one.name for one in exprs if isinstance(one, named)}
    return "" in changed or bool(names & changed)


def _deadline(old: datetime.date | None, new: datetime.date | None) -> str:
    if old is None or new is None:
        return SET if old is None else DROPPED
    return EARLIER if new < old else LATER


def _goals(pair: Pair, name: str, old: core.Expr, new: core.Expr, boxes: int) -> Search:
    """Cases that reach one goal and not the other: the goals as definitions of their own."""
    key = GOAL.format(name=name)
    labels = pair.old.targets[name].labels

    def with_goal(policy: core.Policy, goal: core.Expr) -> core.Policy:
        dated = (core.DatedValue(None, None, goal),)
        made = core.Definition(key, "define", labels, core.YesNoType(), dated)
        return evolve(policy, definitions=MappingProxyType({**policy.definitions, key: made}))

    now = _body(pair.new, pair.new_name(name))
    changed = evolve(
        pair,
        old=with_goal(pair.old, old),
        new=with_goal(pair.new, reached(now) or new),
        joint_old=with_goal(pair.joint_old, old),
        joint_new=with_goal(pair.joint_new, new),
    )
    return search(changed, key, boxes)

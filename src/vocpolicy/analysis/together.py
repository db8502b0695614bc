"""Whether goals can be reached together: two of them, or more of which any fewer can.

Goals concern one another where their measures read a fact in common, or facts that bounds tie to
each other.  Of more than two goals that exclude one another the least set is found by leaving out
one after the other: a goal without which the rest still cannot be reached has no part in it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from attrs import frozen

from vocpolicy import core
from vocpolicy.analysis.conditions import every
from vocpolicy.analysis.goals import cited_by, due, reached
from vocpolicy.analysis.places import Place, Problem, called
from vocpolicy.analysis.questions import Reply, ask, condition
from vocpolicy.analysis.words import PIECES
from vocpolicy.core import Expr, Labels
from vocpolicy.core.walk import within


@frozen(eq=False)
class _Goal:
    """The goal of a target under the reading in use, and the facts that it concerns."""

    target: core.Target
    body: core.TargetBody
    day: datetime.date
    reached: Expr
    facts: frozenset[str]

    @property
    def labels(self) -> Labels:
        return called(self.target.name, self.target.labels)


def compatible(place: Place, target: core.Target) -> Iterator[Problem]:
    """Against the targets after it; of several that only together cannot be, with the first."""
    mine = _goal(place, target)
    if mine is None:
        return
    names = list(place.policy.targets)
    later = [place.policy.targets[name] for name in names[names.index(target.name) + 1 :]]
    for goal in _concerned(place, mine, later):
        reply = _together(place, (mine, goal))
        pair = (target.name, goal.target.name)
        span = goal.body.goal.span
        if reply.never:
            args = {"what": mine.labels, "other": goal.labels}
            cited = (*cited_by(mine.body), *cited_by(goal.body))
            yield place.violated("incompatible", args, pair, cited, span=span)
        elif not reply.settled:
            yield place.open(reply, pair, span, False, mine.day)
    yield from _several(place, mine)


def _goal(place: Place, target: core.Target) -> _Goal | None:
    """Its goal, if that is a condition that some case meets."""
    body = target.bodies[target.in_use]
    day, goal = due(place, body), reached(body)
    if day is None or goal is None:
        return None
    made = _Goal(target, body, day, goal, frozenset(_facts(place.policy, body)))
    return None if _together(place, (made,)).found is None else made


def _concerned(place: Place, mine: _Goal, targets: Sequence[core.Target]) -> Iterator[_Goal]:
    """The goals of the same day that concern a fact that it concerns."""
    for other in targets:
        body = other.bodies[other.in_use]
        if due(place, body) == mine.day and mine.facts & _facts(place.policy, body):
            goal = _goal(place, other)
            if goal is not None:
                yield goal


def _together(place: Place, goals: Sequence[_Goal]) -> Reply:
    return ask(place.ground(goals[0].day), condition(every(*(one.reached for one in goals))))


# ---- more than two -------------------------------------------------------------------------------


def _several(place: Place, first: _Goal) -> Iterator[Problem]:
    """More than two goals that cannot be reached together, told with the first of their group."""
    group = _group(place, first)
    if len(group) < 3 or group[0].target is not first.target:
        return
    apart = _without_pairs(place, group)
    reply = _together(place, apart)
    if len(apart) < 3 or reply.found is not None:
        return
    names = [one.target.name for one in apart]
    if not reply.settled:
        yield place.open(reply, names, apart[-1].body.goal.span, False, first.day)
        return
    least = _least(place, apart)
    args = {"all": _listed([one.labels for one in least])}
    cited = [citation for one in least for citation in cited_by(one.body)]
    names = [one.target.name for one in least]
    span = least[-1].body.goal.span
    yield place.violated("incompatible_several", args, names, cited, span=span)


def _group(place: Place, first: _Goal) -> list[_Goal]:
    """The goals that concern it, directly or through others, in the order of the rule files."""
    found = {first.target.name: first}
    waiting = [first]
    everyone = list(place.policy.targets.values())
    while waiting:
        one = waiting.pop()
        fresh = [other for other in everyone if other.name not in found]
        for goal in _concerned(place, one, fresh):
            found[goal.target.name] = goal
            waiting.append(goal)
    return [found[name] for name in place.policy.targets if name in found]


def _without_pairs(place: Place, group: Sequence[_Goal]) -> list[_Goal]:
    """Those of which any two can be reached together: pairs that cannot are told as pairs."""
    kept: list[_Goal] = []
    for goal in group:
        if not any(one.facts & goal.facts and _together(place, (one, goal)).never for one in kept):
            kept.append(goal)
    return kept


def _least(place: Place, goals: Sequence[_Goal]) -> list[_Goal]:
    """The fewest of them that cannot be reached together."""
    least = list(goals)
    for goal in goals:
        rest = [one for one in least if one is not goal]
        if _together(place, rest).never:
            least = rest
    return least


def _listed(labels: Sequence[Labels]) -> Labels:
    comma = PIECES["comma"]
    return Labels(
        comma.en.join(one.get("en") for one in labels),
        comma.zh.join(one.get("zh") for one in labels),
    )


# ---- facts ---------------------------------------------------------------------------------------


def _facts(policy: core.Policy, body: core.TargetBody) -> set[str]:
    """The facts that a measure reads, through definitions, and those that bound them."""
    found: set[str] = set()
    waiting: list[Expr] = [part.value for part in body.components]
    followed: set[str] = set()
    while waiting:
        for expr in within(waiting.pop()):
            if isinstance(expr, core.FactRef | core.FieldRef) and expr.name not in found:
                found.add(expr.name)
                fact = policy.facts.get(expr.name)
                waiting += [] if fact is None else [bound for _, bound in fact.compares]
            elif isinstance(expr, core.DefinitionRef) and expr.name not in followed:
                followed.add(expr.name)
                waiting += [one.value for one in policy.definitions[expr.name].values]
    return found

"""Checks of targets: goals out of reach, goals met from the start or set twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from vocpolicy import core
from vocpolicy.analysis.goals import cited_by, due, reached
from vocpolicy.analysis.places import Place, Problem, called, clauses_of
from vocpolicy.analysis.questions import ask, condition
from vocpolicy.analysis.together import compatible
from vocpolicy.analysis.words import PIECES
from vocpolicy.core import Labels
from vocpolicy.interpreter import Facts, Scope
from vocpolicy.interpreter.targets import Course, course_of, reached_by
from vocpolicy.trace import Answer, Unknown

TargetCheck = Callable[[Place, core.Target], Iterator[Problem]]


def reachable(place: Place, target: core.Target) -> Iterator[Problem]:
    for name, body in target.bodies.items():
        day, goal = due(place, body), reached(body)
        if day is None or goal is None:
            continue
        reply = ask(place.ground(day), condition(goal))
        if reply.never:
            args, span = {"what": _called(target, name)}, body.goal.span
            cited = cited_by(body)
            yield place.violated("out_of_reach", args, (target.name,), cited, None, span, name)
        elif not reply.settled:
            yield place.open(reply, (target.name,), body.goal.span, False, day, name)


def beyond_baseline(place: Place, target: core.Target) -> Iterator[Problem]:
    for name, body in target.bodies.items():
        day = due(place, body)
        if body.baseline is None or day is None:
            continue
        course = _course(place.ground(day).scope(Facts()), body)
        start = _start(course)
        if start is None or reached_by(course.goal, start) is not True:
            continue
        args = {"what": called(target.name, target.labels), "by": _reading(target, name)}
        cited = (*body.baseline.citations, *cited_by(body))
        span = body.baseline.span
        yield place.violated("met_already", args, (target.name,), cited, None, span, name)


def _start(course: Course) -> Answer | None:
    """The baseline as a number, or what is known of it."""
    if course.start is None:
        return None
    _, low, high = course.start
    if isinstance(low, Fraction) and isinstance(high, Fraction):
        return low if low == high else Unknown(low, high)
    return None


def not_repeated(place: Place, target: core.Target) -> Iterator[Problem]:
    """Its figure stands in one clause; and against the targets after it: one measure, one goal,
    one deadline."""
    yield from _said_twice(place, target)
    names = list(place.policy.targets)
    for name in names[names.index(target.name) + 1 :]:
        other = place.policy.targets[name]
        for one, beside in _same(target, other):
            body, second = target.bodies[one], other.bodies[beside]
            args = {
                "what": called(target.name, target.labels),
                "other": called(other.name, other.labels),
                "by": _reading(target, one),
            }
            cited = (*cited_by(body), *cited_by(second))
            mixed = (body.since is None) != (second.since is None)
            key = "stock_and_flow" if mixed else "repeated"
            pair = (target.name, other.name)
            yield place.violated(key, args, pair, cited, span=second.goal.span)
            break


def _said_twice(place: Place, target: core.Target) -> Iterator[Problem]:
    """Clauses that the target cites for the figure of its goal, where they are several."""
    body = target.bodies[target.in_use]
    figures = sorted(_figures(body.goal))
    saying = [one for one in cited_by(body) if one.locator and _numbers(one.locator) == figures]
    clauses = clauses_of(saying)
    if figures and len(clauses) > 1:
        rest = Labels(", ".join(clauses[1:]), "、".join(clauses[1:]))
        args = {
            "what": called(target.name, target.labels),
            "clause": Labels(clauses[0], clauses[0]),
            "others": rest,
        }
        yield place.violated("said_twice", args, (target.name,), saying, span=body.goal.span)


def _figures(goal: core.Goal) -> Iterator[Fraction]:
    """The numbers of a goal as a document writes them, a ratio in percent."""
    for one in goal.operands:
        if isinstance(one, core.Const) and isinstance(one.value, Fraction):
            kind = one.type
            unit = kind.unit if isinstance(kind, core.NumberType) else None
            yield one.value / unit.factor if unit else one.value


def _numbers(text: str) -> list[Fraction]:
    return sorted(Fraction(digits) for digits in re.findall(r"\d+(?:\.\d+)?", text))


def _same(target: core.Target, other: core.Target) -> Iterator[tuple[str, str]]:
    """The readings under which two targets ask the same."""
    for one, body in target.bodies.items():
        for beside, second in other.bodies.items():
            left, right = ([part.value for part in each.components] for each in (body, second))
            if left == right and _goal(body.goal) == _goal(second.goal):
                yield one, beside


def _goal(goal: core.Goal) -> tuple[object, ...]:
    return goal.comparator, goal.operands, goal.tolerance, goal.date


# ---- parts of a target ------------------------------------------------------------------------


def _course(scope: Scope, body: core.TargetBody) -> Course:
    return course_of(scope, body, scope.day, False)


def _called(target: core.Target, reading: str) -> Labels:
    name, by = called(target.name, target.labels), _reading(target, reading)
    return Labels(name.en + by.en, name.zh + by.zh)


def _reading(target: core.Target, reading: str) -> Labels:
    if not reading:
        return Labels()
    labels = next(one.labels for one in target.readings if one.name == reading)
    row = PIECES["reading_of"]
    return Labels(
        row.en.format(reading=labels.get("en") or reading),
        row.zh.format(reading=labels.get("zh") or reading),
    )


TARGET_CHECKS: dict[str, TargetCheck] = {
    "target_reachable": reachable,
    "targets_compatible": compatible,
    "goal_beyond_baseline": beyond_baseline,
    "goals_not_repeated": not_repeated,
}
"""Checks of a target, by property."""

"""Targets, compiled: what a measure can still come to against its goal and its line."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from attrs import evolve

from vocpolicy import core, lines
from vocpolicy.box.compiler import Compiler
from vocpolicy.box.pieces import NO_DOUBT, Piece, Vector, both, doubt_of, joined
from vocpolicy.box.rulings import Rule, Ruling
from vocpolicy.interpreter import targets
from vocpolicy.interpreter.names import names_in
from vocpolicy.interpreter.scope import reading_of
from vocpolicy.outcome import WORDS
from vocpolicy.trace import UNKNOWN, Answer, Possible, Unknown


def target_rule(compiler: Compiler, target: core.Target) -> Rule | None:
    """How a target is judged; None where what it is held against is itself a matter of facts
    that are missing."""
    scope = compiler.scope
    body = target.bodies[reading_of(target, scope.readings)]
    deadline = body.goal.date
    after = deadline is not None and scope.as_of > deadline
    judged = deadline if deadline is not None and after else scope.as_of
    if not body.period.covers(scope.as_of):
        return (lambda _: Ruling((_worded("not_applicable"),))), ()
    course = targets.course_of(scope, body, judged, after)
    if any(set(names_in(scope, one)) for one in _held_against(body)):
        return None
    applies = None if body.applies is None else compiler.piece(body.applies)
    inside = evolve(compiler, scope=scope.at(judged), pieces={})
    measures = [inside.measured(component.value) for component in body.components]
    days = [_observed(inside, piece, judged) for piece in measures]
    _cut_at_goal(inside, course, measures)

    def run(vector: Vector) -> Ruling:
        applied = True if applies is None else applies.run(vector)
        if applied is False:
            return Ruling((_worded("not_applicable"),))
        doubt: Unknown = NO_DOUBT
        if applies is not None and isinstance(applied, Unknown):
            doubt = _named(applied, applies, vector)
        ways = []
        for piece, day in zip(measures, days, strict=True):
            answer = piece.run(vector)
            reached = targets.reached_by(course.goal, answer)
            words = set() if reached is True else targets.unreached(course, answer, day)[0]
            ways.append(words | ({"met"} if reached is not False else set()))
            if isinstance(answer, Unknown):
                doubt = both(doubt, _named(answer, piece, vector))
        words = {lines.worst(combination) for combination in product(*ways)}
        words |= {"not_applicable"} if applied is not True else set()
        possible = tuple(_worded(word) for word in sorted(words))
        return Ruling(possible, doubt if len(possible) > 1 else None)

    return run, joined([*measures, *([applies] if applies else [])])


def _named(answer: Unknown, piece: Piece, vector: Vector) -> Unknown:
    doubt = doubt_of(vector, piece.atoms, answer)
    return doubt if isinstance(doubt, Unknown) else answer


def _worded(word: str) -> Possible:
    return Possible(WORDS[word].outcome, word)


def _held_against(body: core.TargetBody) -> Iterator[core.Expr]:
    for goal in (body.goal, body.baseline, *body.milestones):
        if goal is not None:
            yield from (*goal.operands, *((goal.tolerance,) if goal.tolerance else ()))


def _observed(compiler: Compiler, piece: Piece, judged: datetime.date) -> datetime.date:
    """The day of the latest dated observation that a measure reads."""
    facts = compiler.scope
    days = [
        facts.find(name).observed
        for atom in piece.atoms
        for name in compiler.grid.atoms[atom].names
    ]
    return max((day for day in days if day is not None), default=judged)


def _cut_at_goal(compiler: Compiler, course: targets.Course, pieces: list[Piece]) -> None:
    """Where a measure meets the goal, or the line to it: there its verdict changes."""
    judged = compiler.scope.day
    for piece in pieces:
        day = _observed(compiler, piece, judged)
        line = targets.unreached(course, UNKNOWN, day)[1]
        ends: list[Answer | None] = [course.goal.band.low, course.goal.band.high, *(line or ())]
        for end in ends:
            if isinstance(end, Fraction):
                compiler.cut_at(piece, end)

"""Whether every case of which all is known comes to a verdict: nothing is divided by zero, and
nothing is left open that no fact could settle."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from vocpolicy import core
from vocpolicy.analysis.goals import aim_of, cited_of, day_of
from vocpolicy.analysis.hazards import (
    MONTH_END,
    NO_VALUE,
    Hazard,
    divisors,
    hazards,
    lacking_days,
    lacking_ends,
)
from vocpolicy.analysis.places import Place, Problem, called, quoted
from vocpolicy.analysis.questions import Ground, Question, Reply, ask, ask_with_lists, condition
from vocpolicy.analysis.words import CAUSES, filled
from vocpolicy.box.compiler import Compiler
from vocpolicy.box.pieces import Doubt, Piece, Vector, atom_of
from vocpolicy.core import Expr, Labels
from vocpolicy.core.walk import children, type_of
from vocpolicy.interpreter import Facts, Scope, evaluate
from vocpolicy.needs import facts_needed
from vocpolicy.trace import Answer, Unknown

if TYPE_CHECKING:
    from vocpolicy.symbolic import Translator, Truth

Owner: TypeAlias = "core.Conclusion | core.Target"

ZERO = Fraction(0)


def never_errors(place: Place, owner: Owner) -> Iterator[Problem]:
    day, aim = day_of(place, owner), aim_of(owner)
    if day is None or aim is None:
        return
    entity = owner.entity if isinstance(owner, core.Conclusion) else None
    exprs = [expr for read, _ in _read(place, owner) for expr in read]
    for divisor in divisors(place.policy, exprs, entity):
        yield from _zero(place, owner, day, divisor)
    for on in _days(place, owner, day):
        yield from _left_open(place.ground(on, entity), place, owner, aim)


def _read(place: Place, owner: Owner) -> Iterator[tuple[tuple[Expr, ...], core.Period]]:
    """What it is worked out from, and when that is in force."""
    if isinstance(owner, core.Target):
        body = owner.bodies[owner.in_use]
        asked = (aim_of(owner), body.applies, body.goal.tolerance)
        yield _some(*asked), body.period
        return
    for rule in (place.policy.rules[name] for name in owner.rules):
        of_rule = rule.bodies[rule.in_use]
        parts: list[Expr | None] = [of_rule.applies]
        for line in of_rule.statements:
            parts += [line.condition, line.result.value]
            parts += [one.condition for one in line.exceptions]
        yield _some(*parts), of_rule.period
    if owner.otherwise is not None:
        yield _some(owner.otherwise.value), core.Period()


def _some(*exprs: Expr | None) -> tuple[Expr, ...]:
    return tuple(one for one in exprs if one is not None)


def _days(place: Place, owner: Owner, day: datetime.date) -> list[datetime.date]:
    """The first day of each stretch on which a parameter has no value while what reads it is in
    force; and the day that is looked at, if it lies in none."""
    found: set[tuple[datetime.date, datetime.date | None]] = set()
    for exprs, period in _read(place, owner):
        starts = [one.start for one in (place.policy.period, period) if one.start]
        ends = [one.end for one in (place.policy.period, period) if one.end]
        runs = core.Period(max(starts, default=None), min(ends, default=None))
        found.update(lacking_days(place.policy, exprs, runs))
    within = any(first <= day and (last is None or day <= last) for first, last in found)
    return sorted({first for first, _ in found} | (set() if within else {day}))


# ---- division ------------------------------------------------------------------------------------


def _zero(place: Place, owner: Owner, day: datetime.date, divisor: Hazard) -> Iterator[Problem]:
    """What is divided by, if it can be zero."""
    expr = divisor.expr
    nothing = core.Equal(expr, core.Const(ZERO, core.inner(type_of(expr))))
    reply = ask(place.ground(day, divisor.entity), condition(nothing))
    if reply.found is not None:
        args = {"what": called(owner.name, owner.labels), "part": quoted(expr)}
        yield place.violated(
            "divided", args, _names(owner), cited_of(place.policy, owner), reply.found, expr.span
        )
    elif not reply.settled:
        yield place.open(reply, _names(owner), expr.span, day=day)


# ---- what no fact settles ------------------------------------------------------------------------


def _left_open(ground: Ground, place: Place, owner: Owner, aim: Expr) -> Iterator[Problem]:
    scope = ground.scope(Facts())
    exprs = [
        expr for read, period in _read(place, owner) if period.covers(ground.day) for expr in read
    ]
    found = list(hazards(scope, exprs, ground.entity))
    if not found:
        return
    reply = _asked(ground, owner, found, aim)
    if reply.found is not None:
        cause = _cause(found, reply.day or ground.day, place.policy)
        args = {"what": called(owner.name, owner.labels), "cause": cause}
        yield place.violated(
            "undecided", args, _names(owner), cited_of(place.policy, owner), reply.found, owner.span
        )
    elif not reply.settled:
        yield place.open(reply, _names(owner), owner.span, day=ground.day)


def _asked(ground: Ground, owner: Owner, found: Sequence[Hazard], aim: Expr) -> Reply:
    """The reply to whether something is left open; what is asked of the members of a list shows
    only where there is a list."""
    question = _open(ground, found, aim)
    reply = ask(ground, question)
    hidden = any(one.hidden for one in found)
    if reply.found is not None or not hidden:
        return reply
    declared = facts_needed(ground.policy, owner.name)
    lists = tuple(name for name, fact in declared.items() if _holds_more(fact.type))
    return ask_with_lists(ground, question, lists)


def _holds_more(kind: core.Type) -> bool:
    return isinstance(core.inner(kind), core.ListType | core.RecordType)


def _open(ground: Ground, found: Sequence[Hazard], aim: Expr) -> Question:
    """Is there a case in which nothing is missing, and it is not known all the same?  A conflict
    is told elsewhere."""
    entity = ground.entity
    moved = [one.expr for one in found if one.key == MONTH_END and not one.hidden]

    def compiled(compiler: Compiler) -> Piece:
        inside = compiler.inside(entity)
        piece = inside.piece(aim)
        for expr in moved:
            for day in lacking_ends(expr, ground.day):
                inside.cut_at(inside.piece(children(expr)[0]), day)
        atoms = compiler.grid.atoms

        def run(vector: Vector) -> Answer:
            answer = piece.run(vector)
            if not isinstance(answer, Unknown):
                return False
            named = atom_of(answer)
            for place in (named, *piece.atoms) if named >= 0 else piece.atoms:
                if atoms[place].value is None and isinstance(vector[place], Unknown):
                    return Doubt(atom=place)
            return not answer.conflict

        return Piece(run, piece.atoms)

    def terms(translator: Translator) -> Truth:
        return translator.inside(entity).left_open(aim)

    def confirmed(scope: Scope) -> bool:
        step = evaluate(scope, aim)
        answer = step.answer
        return isinstance(answer, Unknown) and not answer.conflict and not step.missing

    return Question(compiled, terms, confirmed, refutable=not moved)


def _cause(found: Sequence[Hazard], day: datetime.date, policy: core.Policy) -> Labels:
    """Why it is open, with the way to mend it."""
    first = next((one for one in found if one.key == NO_VALUE), found[0])
    on = Labels(day.isoformat(), day.isoformat())
    part = quoted(first.expr)
    if isinstance(first.expr, core.DefinitionRef):
        part = called(first.expr.name, policy.definitions[first.expr.name].labels)
    return filled(CAUSES[first.key], {"part": part, "day": on})


# ---- what is reported ----------------------------------------------------------------------------


def _names(owner: Owner) -> tuple[str, ...]:
    """What findings about it are accepted by: its table, its rules, or the target itself."""
    if isinstance(owner, core.Target):
        return (owner.name,)
    return (owner.table,) if owner.table else owner.rules

"""Targets and provisions as columns: met, on track, behind, missed, as the interpreter judges.

What a measure is held against may turn on facts, and on the day of each row (`courses`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.courses import Band, Course, course_of, line_of
from vocpolicy.columnar.lacking import Lacks, counted, lacks_of, spread, together
from vocpolicy.columnar.logic import (
    Truth,
    certainly,
    conjunction,
    disjunction,
    negation,
    possibly,
)
from vocpolicy.columnar.measures import Measure, measure_of
from vocpolicy.columnar.numbers import Number, TooLargeError, ends_compared
from vocpolicy.columnar.past import past
from vocpolicy.columnar.refusals import overflow
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.values import Values
from vocpolicy.interpreter import reading_of
from vocpolicy.interpreter.lines import OPEN_ABOVE, OPEN_BELOW
from vocpolicy.lines import WORST_FIRST
from vocpolicy.outcome import WORDS, Outcome

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions

Words = Mapping[str, Truth]
"""Where each wording is so; never null."""


@frozen(eq=False)
class Aimed:
    """How a target or provision comes out.

    Attributes:
        words: where each wording is so; nowhere of these, undetermined.
        measures: of a target, by population.
        required: the goal as a band of numbers.
        lacks: the missing facts that it can still turn on.
    """

    words: Words
    lacks: Lacks
    measures: Mapping[str, Measure]
    required: tuple[Number | None, Number | None] = (None, None)

    def outcomes(self) -> list[tuple[Outcome, Truth]]:
        found: dict[Outcome, list[Truth]] = {}
        for word, where in self.words.items():
            found.setdefault(WORDS[word].outcome, []).append(where)
        return [(outcome, disjunction(several)) for outcome, several in found.items()]


def aimed(made: Conditions, place: Place, target: core.Target) -> Aimed:
    """A target under the reading asked for."""
    body = target.bodies[reading_of(target, place.readings)]
    deadline = body.goal.date
    after = deadline is not None and place.day > deadline
    there, goal, by = place, made, made
    if deadline is not None and after:
        passed = past(made, place, deadline)
        there, goal, by = passed.place, passed.whole, passed.bare
    course = _course(goal, there, body, after)
    parts: dict[str, Words] = {}
    measures: dict[str, Measure] = {}
    for one in body.components:
        measure = measure_of(by, there, one.value, body.goal)
        measures[one.name] = measure
        try:
            words = _words(by, course, measure, by.judged(there, one.value))
        except TooLargeError:
            raise _too_large(there, body) from None
        parts[one.name] = {word: by.sheet.kept(where) for word, where in words.items()}
    applies = True if body.applies is None else made.truth(place, body.applies)
    in_force = body.period.covers(place.day)
    worst = _worst(list(parts.values()))
    fine = certainly(applies) if in_force else False
    found = {word: conjunction([fine, where]) for word, where in worst.items()}
    silent = certainly(negation(applies)) if in_force else True
    found["not_applicable"] = silent
    open_ = negation(disjunction(found.values()))
    lacks = [lacks_of(goal, there, one) for one in _held_against(body, after)]
    for name, several in parts.items():
        doubt = negation(disjunction(several.values()))
        lacks.append(counted(doubt, lacks_of(by, there, measures[name].expr)))
    if body.applies is not None:
        lacks.append(lacks_of(made, place, body.applies))
    lacking = counted(open_, together(lacks)) if open_ is not False else {}
    clash = spread(lacking)
    found |= {"conflict": clash} if clash is not False else {}
    return Aimed(found, lacking, measures, course.band.required)


def _course(made: Conditions, place: Place, body: core.TargetBody, after: bool) -> Course:
    try:
        return course_of(Values(made.entry, True), place, body, after)
    except TooLargeError:
        raise _too_large(place, body) from None


def _too_large(place: Place, body: core.TargetBody) -> Exception:
    names = (name for one in _held_against(body, False) for name in place.facts_in(one))
    return overflow(", ".join(dict.fromkeys(names)), place.engine, body.goal.span)


def _held_against(body: core.TargetBody, after: bool) -> list[core.Expr]:
    """What the goal asks for, and up to the deadline what leads to it."""
    rest = [] if after else [one for one in (body.baseline, *body.milestones) if one is not None]
    several = [expr for goal in (body.goal, *rest) for expr in (*goal.operands, goal.tolerance)]
    return [expr for expr in several if expr is not None]


def _worst(parts: list[Words]) -> dict[str, Truth]:
    """Of several populations the worst decides."""
    found: dict[str, Truth] = {}
    before: list[Truth] = []
    for word in WORST_FIRST:
        if word == "undetermined":
            open_ = [negation(disjunction(part.values())) for part in parts]
            before.append(disjunction(open_))
            continue
        here = disjunction(part.get(word, False) for part in parts)
        found[word] = conjunction([here, *map(negation, before)])
        before.append(here)
    return {word: where for word, where in found.items() if where is not False}


# ---- one population ------------------------------------------------------------------------------


def _words(made: Conditions, course: Course, measure: Measure, day: Number) -> dict[str, Truth]:
    """Where each wording is the only one that is possible."""
    falls, exceeds = map(made.sheet.kept, _beyond(course.band, measure))
    if measure.figure is None:
        reached = measure.truth
    else:
        reached = conjunction([negation(falls), negation(exceeds)])
    reached = made.sheet.kept(reached)
    possible = {
        word: conjunction([negation(certainly(reached)), where])
        for word, where in _unreached(course, measure, day, falls, exceeds).items()
    }
    possible["met"] = possibly(reached)
    possible = {word: made.sheet.kept(where) for word, where in possible.items()}
    found: dict[str, Truth] = {}
    for word, where in possible.items():
        others = [negation(other) for name, other in possible.items() if name != word]
        found[word] = conjunction([where, *others])
    return found


def _beyond(band: Band, measure: Measure) -> tuple[Truth, Truth]:
    """Whether it lies below the band, and whether above it."""
    if measure.figure is None:
        return None, None
    below: Truth = False
    above: Truth = False
    if band.low is not None:
        below = measure.at_most(band.low) if band.strict else negation(measure.at_least(band.low))
    if band.high is not None:
        above = measure.at_least(band.high) if band.strict else negation(measure.at_most(band.high))
    return below, above


def _unreached(
    course: Course, measure: Measure, day: Number, falls: Truth, exceeds: Truth
) -> dict[str, Truth]:
    """How it may stand while it does not reach the goal."""
    if course.after:
        return {"missed": True}
    if course.goal.date is None:
        return {"not_met": True}
    if not course.has_line or measure.figure is None:
        return {"not_due": True}
    sides = _sides(course, falls, exceeds)
    found: dict[str, list[Truth]] = {}
    for rising, where in sides:
        for word, possible in _standing(course, measure, day, rising).items():
            found.setdefault(word, []).append(conjunction([where, possible]))
    return {word: disjunction(several) for word, several in found.items()}


def _sides(course: Course, falls: Truth, exceeds: Truth) -> list[tuple[bool, Truth]]:
    comparator = course.goal.comparator
    if comparator in OPEN_ABOVE:
        return [(True, True)]
    if comparator in OPEN_BELOW:
        return [(False, True)]
    below, above = possibly(falls), possibly(exceeds)
    return [(True, disjunction([below, negation(above)])), (False, above)]


def _standing(course: Course, measure: Measure, day: Number, rising: bool) -> dict[str, Truth]:
    """Against the line that leads to the goal from one side."""
    line = line_of(course, day, rising)
    if rising:
        past, short = measure.compare("at_least", line.low), measure.compare("at_least", line.high)
    else:
        past, short = measure.compare("at_most", line.high), measure.compare("at_most", line.low)
    past, short = course.sheet.kept(past), course.sheet.kept(short)
    begun = conjunction([negation(line.early), negation(line.open)])
    return {
        "on_track": disjunction([line.open, conjunction([begun, possibly(past)])]),
        "behind": disjunction([line.open, conjunction([begun, negation(certainly(short))])]),
        "not_due": conjunction([line.early, negation(line.open)]),
    }


# ---- provisions ----------------------------------------------------------------------------------


def shown(made: Conditions, place: Place, provision: core.Provision) -> Aimed:
    """A provision by its evidence: shown where all of it is there and is more than nothing."""
    if not provision.period.covers(place.day):
        return Aimed({"not_applicable": True}, {}, {})
    refs = [core.FactRef(name, place.policy.facts[name].type) for name in provision.evidence]
    shows = [made.sheet.kept(_shows(made, place, ref)) for ref in refs]
    fails = disjunction(certainly(negation(one)) for one in shows)
    holds = conjunction([certainly(one) for one in shows]) if shows else False
    open_ = conjunction([negation(fails), negation(holds)])
    lacks = counted(open_, together(lacks_of(made, place, ref) for ref in refs))
    return Aimed({"not_shown": fails, "shown": holds}, lacks, {})


def _shows(made: Conditions, place: Place, ref: core.FactRef) -> Truth:
    fact = place.fact(ref)
    if not made.entry.has(fact.name):
        return None
    if isinstance(fact.type, core.YesNoType):
        return made.entry.yes_no(fact)
    number = Values(made.entry, False).number(place, ref)
    return ends_compared("more_than", number.lo, 0)

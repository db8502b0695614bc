"""Targets and provisions, as terms: for each word that they can come to, where they certainly do.

Of a whole case exactly one word is so; `undetermined` where a measure lies inside a line that is
itself a band, or inside a goal of which only the range is known.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.core.walk import type_of
from vocpolicy.interpreter.lines import OPEN_ABOVE, OPEN_BELOW, Band, line_on, points_towards
from vocpolicy.interpreter.names import names_in
from vocpolicy.interpreter.scope import reading_of
from vocpolicy.interpreter.targets import Course, course_of
from vocpolicy.lines import WORST_FIRST
from vocpolicy.symbolic import terms, values
from vocpolicy.symbolic.terms import ZERO, Bool
from vocpolicy.symbolic.unsupported import UnsupportedError
from vocpolicy.symbolic.values import Truth, Value
from vocpolicy.trace import Answer, Unknown

if TYPE_CHECKING:
    from vocpolicy.symbolic.translator import Translator

Ways = Mapping[str, Bool]

OPEN = "undetermined"


def judged(translator: Translator, target: core.Target) -> Ways:
    """How a target stands, on the day of the translator.

    Raises:
        UnsupportedError: it has no terms: what it is held against turns on facts, or it asks
            for the members of a list.
    """
    scope = translator.scope
    body = target.bodies[reading_of(target, scope.readings)]
    if not body.period.covers(scope.as_of):
        return {"not_applicable": True}
    deadline = body.goal.date
    after = deadline is not None and scope.as_of > deadline
    day = deadline if deadline is not None and after else scope.as_of
    if body.goal.comparator == "each_of" or any(
        set(names_in(scope, one)) for one in _held_against(body)
    ):
        raise UnsupportedError("line")
    course = course_of(scope, body, day, after)
    inside = evolve(translator, scope=scope.at(day))
    standing = [_of_component(inside, course, part.value) for part in body.components]
    applies = values.TRUE if body.applies is None else translator.truth(body.applies)
    return _applied(_worst(standing), applies)


def shown(translator: Translator, provision: core.Provision) -> Ways:
    """Whether every evidence of a provision is something.

    Raises:
        UnsupportedError: an evidence has no terms, as a list.
    """
    if not provision.period.covers(translator.scope.day):
        return {"not_applicable": True}
    if not provision.evidence:
        return {OPEN: True}
    facts = translator.scope.policy.facts
    several = [_something(translator, facts[name]) for name in provision.evidence]
    every = values.every(several)
    return {"shown": every.yes, "not_shown": every.fails}


def _something(translator: Translator, fact: core.Fact) -> Truth:
    made = translator.made(core.FactRef(fact.name, fact.type))
    if isinstance(made, Truth):
        return made
    if isinstance(core.inner(fact.type), core.NumberType):
        return values.compare("more_than", made, Value(ZERO))
    if isinstance(core.inner(fact.type), core.YesNoType):
        return values.as_truth(made)
    return values.where(made.known, terms.no(made.none))


def _held_against(body: core.TargetBody) -> Iterator[core.Expr]:
    for goal in (body.goal, body.baseline, *body.milestones):
        if goal is not None:
            yield from (*goal.operands, *((goal.tolerance,) if goal.tolerance else ()))


# ---- one population ------------------------------------------------------------------------------


@frozen(eq=False)
class _Against:
    """Where a measure is certainly on one side of a goal, and where certainly not."""

    short: Truth
    beyond: Truth

    @property
    def sure(self) -> Bool:
        return terms.every((self.short.fails, self.beyond.fails))

    @property
    def possible(self) -> Bool:
        return terms.no(terms.some((self.short.yes, self.beyond.yes)))


def _of_component(translator: Translator, course: Course, measure: core.Expr) -> Ways:
    made = translator.made(measure)
    goal = course.goal.goal
    if isinstance(made, Truth) or not _is_number(measure):
        if goal.comparator == "exactly" and goal.operands:
            made = values.equal(made, translator.made(goal.operands[0]))
        so = values.as_truth(made)
        return {"met": so.yes, _plainly(course) or "not_due": so.fails}
    if made.none is not False:
        raise UnsupportedError("line")
    against = _Against(*_sides(course.goal.band, made))
    possible = {"met": against.possible}
    day = _observed(translator, measure)
    for word, so in _unreached(course, made, against, day):
        left = terms.every((terms.no(against.sure), so))
        possible[word] = terms.some((possible.get(word, False), left))
    return {word: terms.every((made.known, so)) for word, so in _alone(possible)}


def _is_number(measure: core.Expr) -> bool:
    return isinstance(core.inner(type_of(measure)), core.NumberType)


def _alone(possible: Ways) -> Iterator[tuple[str, Bool]]:
    """Where a word is the only one that is possible."""
    for word, so in possible.items():
        others = (other for beside, other in possible.items() if beside != word)
        yield word, terms.every((so, *map(terms.no, others)))


def _sides(band: Band, measure: Value) -> Iterator[Truth]:
    """Whether a measure falls short of a band, and whether it exceeds it."""
    low, high = _ends(band.low), _ends(band.high)
    if band.strict:
        yield _beyond(measure, ("at_most", low[0]), ("more_than", low[1]), band.low)
        yield _beyond(measure, ("at_least", high[1]), ("less_than", high[0]), band.high)
    else:
        yield _beyond(measure, ("less_than", low[0]), ("at_least", low[1]), band.low)
        yield _beyond(measure, ("more_than", high[1]), ("at_most", high[0]), band.high)


Asked = tuple[str, Fraction | None]


def _beyond(measure: Value, yes: Asked, no: Asked, edge: Answer | None) -> Truth:
    if edge is None:
        return values.FALSE
    return Truth(_compared(measure, *yes), _compared(measure, *no))


def _compared(measure: Value, operator: str, figure: Fraction | None) -> Bool:
    return False if figure is None else values.compare(operator, measure, Value(figure)).yes


def _ends(edge: Answer | None) -> tuple[Fraction | None, Fraction | None]:
    match edge:
        case Fraction():
            return edge, edge
        case Unknown(low=low, high=high):
            return low, high
        case _:
            return None, None


def _plainly(course: Course) -> str:
    """The word for whatever does not reach a goal, where there is one alone."""
    if course.after:
        return "missed"
    if course.goal.goal.date is None:
        return "not_met"
    return "" if course.has_line else "not_due"


def _observed(translator: Translator, measure: core.Expr) -> datetime.date:
    """The day of the latest dated observation that a measure reads."""
    scope = translator.scope
    days = [scope.find(name).observed for name in names_in(scope, measure)]
    return max((day for day in days if day is not None), default=scope.day)


def _unreached(
    course: Course, measure: Value, against: _Against, day: datetime.date
) -> Iterator[tuple[str, Bool]]:
    """How a measure may stand while it does not reach the goal."""
    plain = _plainly(course)
    if plain:
        yield plain, True
        return
    for rising, so in _ways_to(course, against):
        points = points_towards(course.start, course.stages(), rising)
        first = course.start[0] if course.start else day
        line = None if points is None else line_on(points, max(day, first))
        if points is None:
            yield from (("on_track", so), ("behind", so))
        elif line is None:
            yield "not_due", so
        else:
            on, behind = _standing(measure, line, rising)
            yield from (("on_track", terms.every((so, on))), ("behind", terms.every((so, behind))))


def _ways_to(course: Course, against: _Against) -> Iterator[tuple[bool, Bool]]:
    """Whether the line rises or falls to the measure's side of the goal, and where."""
    comparator = course.goal.goal.comparator
    if comparator in OPEN_ABOVE:
        yield True, True
    elif comparator in OPEN_BELOW:
        yield False, True
    else:
        yield True, terms.no(against.short.fails)
        yield False, terms.no(against.beyond.fails)


def _standing(measure: Value, line: tuple[Fraction, Fraction], rising: bool) -> tuple[Bool, Bool]:
    """Where a measure may be on track, and where it may be behind."""
    if rising:
        return _compared(measure, "at_least", line[0]), _compared(measure, "less_than", line[1])
    return _compared(measure, "at_most", line[1]), _compared(measure, "more_than", line[0])


# ---- the outcome ---------------------------------------------------------------------------------


def _worst(several: Iterable[Ways]) -> Ways:
    """Of several populations the worst decides; one that is open as `undetermined`."""
    whole = [{**ways, OPEN: terms.no(terms.some(ways.values()))} for ways in several]
    found: dict[str, Bool] = {}
    worse: list[Bool] = []
    for word in WORST_FIRST:
        here = terms.some(ways.get(word, False) for ways in whole)
        found[word] = terms.every((here, *map(terms.no, worse)))
        worse.append(here)
    return {word: so for word, so in found.items() if so is not False}


def _applied(ways: Ways, applies: Truth) -> Ways:
    if applies.yes is True:
        return ways
    found = {word: terms.every((applies.yes, so)) for word, so in ways.items()}
    open_ = terms.no(terms.some((applies.yes, applies.fails)))
    found[OPEN] = terms.some((found.get(OPEN, False), open_))
    return {**found, "not_applicable": applies.fails}

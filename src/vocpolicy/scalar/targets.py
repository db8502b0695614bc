"""Code for targets: met, on track, behind, missed, as the interpreter judges.

What a measure is held against is worked out when the code is made, as far as no fact bears on it.
A measure is an interval, and has the day of its latest observation.  After the deadline what has
no observations up to it is missing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from vocpolicy import core, lines
from vocpolicy.core.walk import type_of
from vocpolicy.interpreter import evaluate, reading_of
from vocpolicy.interpreter.lines import OPEN_ABOVE, OPEN_BELOW, ends_asked
from vocpolicy.interpreter.values import bounds
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.scalar import code, lists, ranges, values
from vocpolicy.scalar.clashing import in_conflict
from vocpolicy.scalar.code import UnsupportedError
from vocpolicy.scalar.observations import day_of, variables_on
from vocpolicy.scalar.ranges import Range
from vocpolicy.scalar.writer import Writer

Ends = tuple[Fraction | None, Fraction | None]


@frozen
class Edge:
    """An end of a band: the bounds of a number, known when the code is made, or code for them."""

    bounds: Ends | Range

    @property
    def scale(self) -> Fraction:
        if isinstance(self.bounds, Range):
            return self.bounds.scale
        ends = [end.denominator for end in self.bounds if end]
        return code.common([Fraction(1, one) for one in ends] or [code.ONE])

    def on(self, writer: Writer, scale: Fraction) -> str:
        """Code for the bounds in units of a scale."""
        if isinstance(self.bounds, Range):
            return ranges.scaled(writer, self.bounds, scale)
        return ranges.ends(writer, self.bounds, scale)


UNKNOWN = Edge((None, None))
ZERO = Edge((Fraction(0), Fraction(0)))


@frozen
class Band:
    low: Edge | None
    high: Edge | None
    strict: bool

    @property
    def edges(self) -> list[Edge]:
        return [edge for edge in (self.low, self.high) if edge is not None]

    def on(self, writer: Writer, scale: Fraction) -> list[str]:
        return [
            "None" if edge is None else edge.on(writer, scale) for edge in (self.low, self.high)
        ]


@frozen
class Course:
    """What a measure is held against.

    Attributes:
        stages: days and bands of milestones and goal, in order; empty without a line.
        start: the day of the baseline, and its ends.
        word: how what does not reach the goal stands; "" where the line tells.
    """

    goal: core.Goal
    band: Band
    stages: tuple[tuple[datetime.date, Band], ...] = ()
    start: tuple[datetime.date, Edge, Edge] | None = None
    word: str = ""

    def edges(self) -> Iterator[Edge]:
        yield from self.band.edges
        for _, band in self.stages:
            yield from band.edges
        yield from self.start[1:] if self.start else ()

    @property
    def rises(self) -> bool | None:
        """The one way in which a line leads to the goal."""
        above, below = (self.goal.comparator in one for one in (OPEN_ABOVE, OPEN_BELOW))
        return True if above else False if below else None


def outcome(writer: Writer, target: core.Target) -> str:
    """Code for the outcome of a target under the reading asked for."""
    body = target.bodies[reading_of(target, writer.readings)]
    writer.turn(body.period.start, body.period.end)
    if not body.period.covers(writer.day):
        return _name(Outcome.NOT_APPLICABLE)
    deadline = body.goal.date
    writer.turn(None, deadline)
    if deadline is not None and writer.day > deadline:
        with writer.moment(deadline, variables_on(writer, "observed", deadline), False):
            course = _after(writer, body.goal)
        with writer.moment(deadline, variables_on(writer, "observed_before", deadline), False):
            word = _word(writer, body, course)
    else:
        word = _word(writer, body, _course(writer, body))
    return in_conflict(writer, _applied(writer, body, _of_word(word)), False)


def _applied(writer: Writer, body: core.TargetBody, found: str) -> str:
    if body.applies is None:
        return found
    applies = writer.truth(body.applies)
    silent, undetermined = _name(Outcome.NOT_APPLICABLE), _name(Outcome.UNDETERMINED)
    if writer.known:
        return f"({found} if {applies.holds} else {silent})"
    return f"({silent} if {applies.fails} else {found} if {applies.holds} else {undetermined})"


def _of_word(word: str) -> str:
    """Code for the outcome that the word of a variable stands for."""
    found = _name(Outcome.UNDETERMINED)
    for one in (Outcome.NOT_APPLICABLE, Outcome.FAILS, Outcome.HOLDS):
        words = [key for key in lines.WORST_FIRST if WORDS[key].outcome is one]
        found = f"{_name(one)} if {word} in {{{', '.join(map(repr, words))}}} else {found}"
    return f"({found})"


def _name(outcome: Outcome) -> str:
    return f"O_{outcome.name}"


# ---- what it is held against ---------------------------------------------------------------------


def _after(writer: Writer, goal: core.Goal) -> Course:
    return Course(goal, _band(writer, goal), word="missed")


def _course(writer: Writer, body: core.TargetBody) -> Course:
    """Up to the deadline, where there is one."""
    goal, band = body.goal, _band(writer, body.goal)
    if goal.date is None:
        return Course(goal, band, word="not_met")
    start = _start(writer, body)
    if goal.comparator == "each_of" or not (start or body.milestones):
        return Course(goal, band, word="not_due")
    milestones = [(one.date, _band(writer, one)) for one in body.milestones]
    dated = [(date, one) for date, one in (*milestones, (goal.date, band)) if date is not None]
    return Course(goal, band, tuple(sorted(dated, key=lambda one: one[0])), start)


def _start(writer: Writer, body: core.TargetBody) -> tuple[datetime.date, Edge, Edge] | None:
    if body.since is not None:
        return body.since, ZERO, ZERO
    if body.baseline is None:
        return None
    date = body.baseline.date or writer.policy.period.start
    band = _band(writer, body.baseline)
    return None if date is None else (date, band.low or UNKNOWN, band.high or UNKNOWN)


def _band(writer: Writer, goal: core.Goal) -> Band:
    """What the comparator asks for."""
    if goal.comparator == "each_of" or not _of_numbers(goal):
        return Band(None, None, False)
    operands = [_edge(writer, one) for one in goal.operands] or [Edge((Fraction(1),) * 2)]

    def around(one: Edge) -> tuple[Edge, Edge]:
        assert goal.tolerance is not None
        return _around(writer, one, _edge(writer, goal.tolerance), goal.relative)

    return Band(*ends_asked(goal.comparator, operands, around))


def _of_numbers(goal: core.Goal) -> bool:
    return all(isinstance(type_of(one), core.NumberType) for one in goal.operands)


def _edge(writer: Writer, expr: core.Expr) -> Edge:
    """A number that a measure is held against."""
    clashes, dated, writer.dated = len(writer.clashes), writer.dated, False
    found = _number(writer, expr)
    free = not writer.touched and not writer.dated and len(writer.clashes) == clashes
    free = free and not any(isinstance(one, core.ConclusionRef) for one in writer.through(expr))
    writer.touched.clear()
    writer.dated = dated
    return Edge(bounds(evaluate(writer.scope(), expr).answer) if free else found)


def _around(writer: Writer, one: Edge, tolerance: Edge, relative: bool) -> tuple[Edge, Edge]:
    """The ends of a band around a number, as wide as the tolerance says."""
    middle, margin = _range(writer, one), _range(writer, tolerance)
    if relative:
        margin = Range(f"product({middle.code}, {margin.code})", middle.scale * margin.scale)
    codes, scale = ranges.same_scale(writer, [middle, margin])
    low, high = f"plus({codes[0]}, minus({codes[1]}))", f"plus({codes[0]}, {codes[1]})"
    return Edge(Range(low, scale)), Edge(Range(high, scale))


def _range(writer: Writer, edge: Edge) -> Range:
    return Range(edge.on(writer, edge.scale), edge.scale)


def _number(writer: Writer, expr: core.Expr) -> Range:
    """Code for the interval of a number."""
    if not writer.known or isinstance(expr, core.Range):
        return ranges.ranged(writer, expr)
    found = code.single(values.some(values.number(writer, expr)))
    return Range(f"known({found.top})", found.scale)


# ---- the populations -----------------------------------------------------------------------------


def _word(writer: Writer, body: core.TargetBody, course: Course) -> str:
    """A variable for how the target stands; None where that is open."""
    words = [_stands(writer, one.value, course) for one in body.components]
    if len(words) == 1:
        return writer.keep(words[0])
    return writer.keep(f"worst(({', '.join(words)},))")


def _stands(writer: Writer, measure: core.Expr, course: Course) -> str:
    """Code for how a population stands."""
    kind = type_of(measure)
    if isinstance(kind, core.NumberType):
        return _by_figure(writer, measure, course)
    word = course.word or "not_due"
    if course.goal.comparator == "each_of":
        reached = _each_of(writer, measure, course.goal)
    elif course.goal.comparator == "exactly" and isinstance(measure, core.FactRef):
        reached = writer.truth(core.Equal(measure, course.goal.operands[0]))
    else:
        raise UnsupportedError("measures what is no number")
    return f"('met' if {reached.holds} else {word!r} if {reached.fails} else None)"


def _each_of(writer: Writer, measure: core.Expr, goal: core.Goal) -> code.Truth:
    """Whether a list has every member that is named."""
    if not all(isinstance(one, core.Const) for one in goal.operands):
        raise UnsupportedError("names members that parameters give")
    rows = lists.listed(writer, measure)
    members = [one.value for one in goal.operands if isinstance(one, core.Const)]
    writer.touched.clear()
    has = code.every([f"({member!r} in {rows})" for member in members])
    if writer.known:
        return code.Truth(has, code.negated(has))
    return code.Truth(f"({rows} is not M and {has})", f"({rows} is not M and not {has})")


def _by_figure(writer: Writer, expr: core.Expr, course: Course) -> str:
    measure = _number(writer, expr)
    writer.touched.clear()
    writer.dated = False
    scale = code.common([measure.scale, *(edge.scale for edge in course.edges())])
    figure = ranges.scaled(writer, measure, scale)
    band = ", ".join([*course.band.on(writer, scale), str(course.band.strict)])
    if course.word:
        return f"aimed({figure}, {band}, {course.word!r})"
    first = writer.constant(course.start[0]) if course.start else "None"
    rising, falling = (
        _line(writer, course, scale, rises) if course.rises in (None, rises) else "None"
        for rises in (True, False)
    )
    day = day_of(writer, expr)
    return f"aimed_along({figure}, {day}, {band}, {first}, {rising}, {falling}, {course.rises})"


def _line(writer: Writer, course: Course, scale: Fraction, rising: bool) -> str:
    """Code for the line from one side; it is worked out here where no fact bears on it."""
    if any(isinstance(edge.bounds, Range) for edge in course.edges()):
        return _line_by_facts(writer, course, scale, rising)
    start = None
    if course.start is not None:
        begun, least, most = course.start
        start = begun, _plain(least)[0], _plain(most)[1]
    stages = [
        (day, _plain(band.low) if band.low else None, _plain(band.high) if band.high else None)
        for day, band in course.stages
    ]
    points = lines.towards(start, stages, rising)
    if points is None:
        return "None"
    texts = (
        f"({writer.constant(day)}, {ranges.end(writer, low / scale)}, "
        f"{ranges.end(writer, high / scale)})"
        for day, low, high in points
    )
    return f"({', '.join(texts)},)"


def _plain(edge: Edge) -> Ends:
    assert not isinstance(edge.bounds, Range)
    return edge.bounds


def _line_by_facts(writer: Writer, course: Course, scale: Fraction, rising: bool) -> str:
    start = "None"
    if course.start is not None:
        day, low, high = course.start
        ends = low.on(writer, scale), high.on(writer, scale)
        start = f"begun({writer.constant(day)}, {', '.join(ends)})"
    stages = [
        f"({writer.constant(day)}, {', '.join(band.on(writer, scale))})"
        for day, band in course.stages
    ]
    return writer.keep(f"towards({start}, ({', '.join(stages)},), {rising})")

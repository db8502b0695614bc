"""How targets are judged: met, on track, behind, missed, or not due.

Up to the deadline a measure that does not reach the goal yet is held against the line on the day
of its own latest observation; after it, its last observation up to the deadline decides.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from vocpolicy import core, lines
from vocpolicy.interpreter import values
from vocpolicy.interpreter.expressions import evaluate
from vocpolicy.interpreter.lines import (
    OPEN_ABOVE,
    OPEN_BELOW,
    Band,
    Point,
    ends_asked,
    points_towards,
    stands,
)
from vocpolicy.interpreter.scope import Scope, reading_of
from vocpolicy.interpreter.steps import NOTHING
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.trace import UNKNOWN, Answer, ComponentTrace, Step, TargetTrace, Unknown


@frozen
class Stage:
    """The goal or a milestone, with what it comes to."""

    goal: core.Goal
    band: Band
    steps: tuple[Step, ...]


@frozen
class Course:
    """All that a measure is held against."""

    goal: Stage
    milestones: tuple[Stage, ...]
    start: tuple[datetime.date, Answer, Answer] | None
    baseline_steps: tuple[Step, ...]
    after: bool

    @property
    def background(self) -> tuple[Step, ...]:
        """The steps of milestones and baseline."""
        return tuple(step for stage in self.milestones for step in stage.steps) + (
            self.baseline_steps
        )

    @property
    def has_line(self) -> bool:
        begun = self.start is not None or bool(self.milestones)
        return begun and self.goal.goal.comparator != "each_of"

    def stages(self) -> list[tuple[datetime.date, Band]]:
        """Milestones and goal by date; a goal without a deadline has no line."""
        dated = [(stage.goal.date, stage.band) for stage in (*self.milestones, self.goal)]
        return sorted(
            ((date, band) for date, band in dated if date is not None), key=lambda one: one[0]
        )


def judge(scope: Scope, target: core.Target) -> TargetTrace:
    """The target under the reading asked for."""
    reading = reading_of(target, scope.readings)
    body = target.bodies[reading]
    applies = None if body.applies is None else evaluate(scope, body.applies)
    deadline = body.goal.date
    after = deadline is not None and scope.as_of > deadline
    judged = deadline if deadline is not None and after else scope.as_of
    course = course_of(scope, body, judged, after)
    components = tuple(_components(scope.at(judged), body, course))
    trace = TargetTrace(
        target,
        reading,
        body,
        components,
        judged,
        after,
        Outcome.UNDETERMINED,
        "undetermined",
        operands=course.goal.steps,
        course=course.background,
        applies=applies,
        baseline=_baseline(course),
        next_goal=_next_goal(course, judged),
        members=_lacking(course.goal, components),
    )
    return _concluded(trace, scope, applies, course)


# ---- what it is held against -----------------------------------------------------------------


def course_of(scope: Scope, body: core.TargetBody, judged: datetime.date, after: bool) -> Course:
    """What a measure is held against is no observation: undated facts serve on any day."""
    inside = evolve(scope, day=judged, as_of=judged, memo={})
    goal = _stage(inside, body.goal)
    milestones = tuple(_stage(inside, milestone) for milestone in body.milestones)
    if body.since is not None:
        start: tuple[datetime.date, Answer, Answer] | None = (body.since, values.ZERO, values.ZERO)
        return Course(goal, milestones, start, (), after)
    if body.baseline is None:
        return Course(goal, milestones, None, (), after)
    baseline = _stage(inside, body.baseline)
    date = body.baseline.date or scope.policy.period.start
    low = UNKNOWN if baseline.band.low is None else baseline.band.low
    high = UNKNOWN if baseline.band.high is None else baseline.band.high
    start = None if date is None else (date, low, high)
    return Course(goal, milestones, start, baseline.steps, after)


def _stage(scope: Scope, goal: core.Goal) -> Stage:
    operands = tuple(evaluate(scope, operand) for operand in goal.operands)
    tolerance = None if goal.tolerance is None else evaluate(scope, goal.tolerance)
    margin = None if tolerance is None else tolerance.answer
    band = _band(goal, [step.answer for step in operands], margin)
    return Stage(goal, band, operands + ((tolerance,) if tolerance else ()))


def _band(goal: core.Goal, operands: Sequence[Answer], tolerance: Answer | None) -> Band:
    """What the comparator asks for, as a band."""

    def around(one: Answer) -> tuple[Answer, Answer]:
        margin = values.ZERO if tolerance is None else tolerance
        margin = values.multiply(one, margin) if goal.relative else margin
        return values.add(one, values.negate(margin)), values.add(one, margin)

    return Band(*ends_asked(goal.comparator, operands or (Fraction(1),), around))


def _baseline(course: Course) -> tuple[Fraction, Fraction] | None:
    """The baseline as numbers; where one end is not known, the other stands for it."""
    if course.start is None:
        return None
    low, high = values.bounds(course.start[1])[0], values.bounds(course.start[2])[1]
    low, high = (high if low is None else low), (low if high is None else high)
    return None if low is None or high is None else (low, high)


def _next_goal(course: Course, day: datetime.date) -> core.Goal:
    """The milestone or goal that the line leads to from a day."""
    ahead = [
        stage.goal
        for stage in course.milestones
        if stage.goal.date is not None and stage.goal.date >= day
    ]
    return min(ahead, key=lambda goal: goal.date or day, default=course.goal.goal)


def line_towards(scope: Scope, target: core.Target, measure: Answer) -> tuple[Point, ...]:
    """The line from baseline through milestones to the goal that a measure of this size is held
    against up to the deadline, under the reading in the scope; empty where there is none."""
    body = target.bodies[reading_of(target, scope.readings)]
    course = course_of(scope, body, scope.day, False)
    if not course.has_line or not isinstance(measure, Fraction | Unknown):
        return ()
    rising = _sides(course.goal, measure)[0]
    return tuple(points_towards(course.start, course.stages(), rising) or ())


# ---- one population --------------------------------------------------------------------------


def _components(scope: Scope, body: core.TargetBody, course: Course) -> Iterator[ComponentTrace]:
    for component in body.components:
        step = evaluate(scope, component.value)
        observed = step.observed or scope.day
        reached = reached_by(course.goal, step.answer)
        words, line = unreached(course, step.answer, observed)
        possible = (words if reached is not True else set()) | (
            {"met"} if reached is not False else set()
        )
        wording = possible.pop() if len(possible) == 1 else "undetermined"
        required = course.goal.band.required
        yield ComponentTrace(component, step, observed, required, reached, line, wording)


def reached_by(stage: Stage, answer: Answer) -> bool | None:
    """Whether the measure satisfies the goal."""
    if stage.goal.comparator == "each_of":
        lacking = _lacks(stage, answer)
        return None if lacking is None else not lacking
    if not isinstance(answer, Fraction | Unknown):
        if stage.goal.comparator == "exactly" and stage.steps:
            return values.truth(values.equal(answer, stage.steps[0].answer))
        return values.truth(answer)
    return lines.inside(stage.band.falls_short(answer), stage.band.exceeds(answer))


def unreached(
    course: Course, answer: Answer, day: datetime.date
) -> tuple[set[str], tuple[Fraction, Fraction] | None]:
    """How a measure may stand while it does not reach the goal, and the line on its day."""
    if course.after:
        return {"missed"}, None
    if course.goal.goal.date is None:
        return {"not_met"}, None
    if not course.has_line or not isinstance(answer, Fraction | Unknown):
        return {"not_due"}, None
    sides = _sides(course.goal, answer)
    return stands(answer, day, course.start, course.stages(), sides)


def _sides(stage: Stage, answer: Answer) -> list[bool]:
    """Whether the line to the goal rises or falls to the measure's side of it; or both."""
    if stage.goal.comparator in OPEN_ABOVE:
        return [True]
    if stage.goal.comparator in OPEN_BELOW:
        return [False]
    return lines.sides(stage.band.falls_short(answer), stage.band.exceeds(answer))


def _lacks(stage: Stage, answer: Answer) -> list[str] | None:
    """The named members that a list lacks; None where the list is not known."""
    if not isinstance(answer, tuple):
        return None
    members = [step.answer for step in stage.steps]
    return [member for member in members if isinstance(member, str) and member not in answer]


def _lacking(stage: Stage, components: Sequence[ComponentTrace]) -> tuple[str, ...]:
    if stage.goal.comparator != "each_of":
        return ()
    lacking = [_lacks(stage, component.step.answer) or [] for component in components]
    return tuple(dict.fromkeys(member for members in lacking for member in members))


# ---- the outcome -----------------------------------------------------------------------------


def _concluded(
    trace: TargetTrace, scope: Scope, applies: Step | None, course: Course
) -> TargetTrace:
    """The trace with its outcome: the worst of its populations, where the target applies."""
    asked = [*trace.operands, *([applies] if applies else [])]
    measures = [component.step for component in trace.components]
    used = NOTHING.union(*(step.used for step in [*asked, *trace.course, *measures]))
    trace = evolve(trace, used=used)
    silent = applies is not None and applies.answer is False
    if silent or not trace.body.period.covers(scope.as_of):
        return evolve(trace, outcome=Outcome.NOT_APPLICABLE, wording="not_applicable")
    words = {component.wording for component in trace.components}
    wording = lines.worst(words)
    if wording != "undetermined" and (applies is None or applies.answer is True):
        return evolve(trace, outcome=WORDS[wording].outcome, wording=wording)
    asked += [one.step for one in trace.components if one.wording == "undetermined"]
    asked += [] if course.after else trace.course
    doubtful = [step for step in asked if isinstance(step.answer, Unknown)]
    missing = NOTHING.union(*(step.missing for step in doubtful))
    conflict = values.conflicts(step.answer for step in doubtful)
    wording = "conflict" if conflict and not missing else "undetermined"
    return evolve(trace, outcome=WORDS[wording].outcome, wording=wording, missing=missing)

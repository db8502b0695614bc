"""The meaning of expressions: one function for each node of the core.

Every step holds its answer, the steps it was made from, and the missing facts that it can still
turn on.  A missing fact under an answer that is settled regardless does not count.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import assert_never

from attrs import evolve

from vocpolicy import core
from vocpolicy.core import Expr, Nothing
from vocpolicy.core.walk import type_of
from vocpolicy.interpreter import aggregates, dates, scales, values
from vocpolicy.interpreter.aggregates import Row
from vocpolicy.interpreter.chains import settle
from vocpolicy.interpreter.known import relations, unknown_choice, unknown_number
from vocpolicy.interpreter.scope import Found, Scope, Subject, reading_of
from vocpolicy.interpreter.steps import NOTHING, answer_of, combine, latest
from vocpolicy.trace import (
    UNKNOWN,
    Answer,
    ConclusionTrace,
    DefinitionTrace,
    Step,
    Unknown,
)


def evaluate(scope: Scope, expr: Expr) -> Step:
    """What the expression comes to for the facts at hand."""
    if scope.memory is not None:
        return scope.memory.recall(expr, _evaluate, scope)
    return _evaluate(scope, expr)


def _evaluate(scope: Scope, expr: Expr) -> Step:
    match expr:
        case core.Const():
            return Step(expr, expr.value)
        case core.Range():
            return Step(expr, values.interval(expr.low, expr.high))
        case core.AsOf():
            return Step(expr, scope.day)
        case core.FactRef():
            return fact_step(scope, expr, scope.find(expr.name))
        case core.FieldRef():
            return _field(scope, expr)
        case core.DefinitionRef() | core.ConclusionRef():
            if scope.patient:
                settle(scope, expr, _named)
            return _named(scope, expr)
        case core.Negate():
            return _number(scope, expr, (expr.operand,), lambda one: values.negate(one[0]))
        case core.Arithmetic():
            return _arithmetic(scope, expr)
        case core.Divide():
            return _divide(scope, expr)
        case core.Compare():
            steps = evaluate(scope, expr.left), evaluate(scope, expr.right)
            answer = values.compare(expr.operator, steps[0].answer, steps[1].answer)
            return combine(expr, answer, steps)
        case core.Equal():
            steps = evaluate(scope, expr.left), evaluate(scope, expr.right)
            same = values.equal(steps[0].answer, steps[1].answer)
            return combine(expr, values.negation(same) if expr.negated else same, steps)
        case core.Within():
            return _within(scope, expr)
        case core.Not():
            step = evaluate(scope, expr.operand)
            return combine(expr, values.negation(step.answer), (step,))
        case core.All():
            return _parts(scope, expr, values.conjunction)
        case core.Any():
            return _parts(scope, expr, values.disjunction)
        case core.DatesBetween():
            return _dates_between(scope, expr)
        case core.Aggregate():
            return _aggregate(scope, expr)
        case core.Round():
            return _round(scope, expr)
        case core.Choose():
            several = [evaluate(scope, member) for member in expr.members]
            chosen = scales.chosen(expr.kind, [step.answer for step in several])
            return combine(expr, chosen, several)
        case core.Scale():
            return _scale(scope, expr)
        case _:
            assert_never(expr)


def _parts(
    scope: Scope, expr: core.All | core.Any, decide: Callable[[Sequence[Answer]], Answer]
) -> Step:
    """Every part is asked, decided or not: an explanation shows all that speak against."""
    steps = [evaluate(scope, part.expr) for part in expr.parts]
    return combine(expr, decide([step.answer for step in steps]), steps)


# ---- names ---------------------------------------------------------------------------------


def fact_step(scope: Scope, expr: core.FactRef | core.FieldRef, found: Found) -> Step:
    """The step of a fact that was looked up; of a missing one, what its bounds say."""
    if found.value is not None:
        return Step(expr, found.value, used=frozenset((found.path,)), observed=found.observed)
    steps: tuple[Step, ...] = ()
    match expr.type:
        case core.ChoiceType():
            answer: Answer = unknown_choice(scope.policy, expr.type)
        case core.NumberType() if found.fact is not None:
            related = [] if scope.plain else list(_related(scope, found.fact, found))
            steps = tuple(step for _, step, _ in related)
            answer = unknown_number(found.fact, [(key, value) for key, _, value in related])
        case _:
            answer = UNKNOWN
    missing = frozenset((found.path,)) if isinstance(answer, Unknown) else NOTHING
    return evolve(combine(expr, answer, steps), children=(), missing=missing)


def _related(scope: Scope, fact: core.Fact, found: Found) -> Iterator[tuple[str, Step, Fraction]]:
    """Supplied facts that bound a missing one."""
    inside = scope.compared(found)
    for operator, expr in relations(fact, scope.siblings(found)):
        step = evaluate(inside, expr)
        if isinstance(step.answer, Fraction):
            yield operator, step, step.answer


def _field(scope: Scope, expr: core.FieldRef) -> Step:
    if expr.record is None:
        member = scope.members[-1] if scope.members else scope.subject
        if member is None or member.record is None:
            return fact_step(scope, expr, scope.find(expr.name))
        return fact_step(scope, expr, scope.field(member, expr.name))
    step = evaluate(scope, expr.record)
    if isinstance(step.answer, core.Record):
        record = Subject(step.answer.entity, step.answer, path_of(scope, expr.record))
        field = fact_step(scope, expr, scope.field(record, expr.name))
        observed = latest((field.observed, step.observed))
        return evolve(field, children=(step,), observed=observed)
    answer = Nothing.NONE if step.answer is Nothing.NONE else UNKNOWN
    return combine(expr, answer, (step,))


def path_of(scope: Scope, expr: Expr) -> str:
    """The name of a record or list, for the names of what its records lack."""
    match expr:
        case core.FactRef():
            return scope.find(expr.name).path
        case core.FieldRef(record=None):
            path = scope.members[-1].path if scope.members else ""
            return f"{path}.{expr.name}" if path else expr.name
        case core.FieldRef(record=record) if record is not None:
            return f"{path_of(scope, record)}.{expr.name}"
        case core.DefinitionRef():
            return expr.name
        case _:
            return ""


def _named(scope: Scope, expr: core.DefinitionRef | core.ConclusionRef) -> Step:
    if isinstance(expr, core.DefinitionRef):
        return _definition(scope, expr)
    return _conclusion(scope, expr)


def _definition(scope: Scope, expr: core.DefinitionRef) -> Step:
    trace = definition(scope, scope.policy.definitions[expr.name])
    if trace.step is None:
        return Step(expr, UNKNOWN, source=trace)
    return evolve(combine(expr, trace.step.answer, (trace.step,)), source=trace)


def definition(scope: Scope, declared: core.Definition) -> DefinitionTrace:
    """The value of a definition on the date of evaluation, worked out once."""
    inside = scope.enter(declared.entity)
    key = inside.key(declared.name)
    known = scope.memo.get(key)
    if isinstance(known, DefinitionTrace):
        return known
    if inside.memory is not None:
        trace = inside.memory.recall(declared, _defined, inside)
    else:
        trace = _defined(inside, declared)
    scope.memo[key] = trace
    return trace


def _defined(scope: Scope, declared: core.Definition) -> DefinitionTrace:
    dated = in_force(scope, declared)
    return DefinitionTrace(declared, dated, evaluate(scope, dated.value) if dated else None)


def in_force(scope: Scope, declared: core.Definition) -> core.DatedValue | None:
    """Of a parameter's values the last that has begun, unless it has ended."""
    if declared.form != "parameter":
        return declared.values[0] if declared.values else None
    if not scope.policy.period.covers(scope.day):
        return None
    reading = reading_of(declared, scope.readings)
    values_then = declared.bodies.get(reading, declared.values)
    begun = [one for one in values_then if one.start is None or one.start <= scope.day]
    last = max(begun, key=lambda one: one.start or datetime.date.min, default=None)
    return None if last is None or (last.end and last.end < scope.day) else last


def _conclusion(scope: Scope, expr: core.ConclusionRef) -> Step:
    declared = scope.policy.conclusions[expr.name]
    inside = scope.enter(declared.entity)
    key = inside.key(expr.name)
    known = scope.memo.get(key)
    if isinstance(known, ConclusionTrace):
        trace = known
    elif inside.memory is not None:
        scope.memo[key] = trace = inside.memory.recall(declared, scope.decide, inside)
    else:
        scope.memo[key] = trace = scope.decide(inside, declared)
    answer = answer_of(trace)
    missing = trace.missing if isinstance(answer, Unknown) else NOTHING
    return Step(expr, answer, (), missing, trace.used, trace.observed, trace)


# ---- numbers and dates -----------------------------------------------------------------------


def _number(
    scope: Scope, expr: Expr, operands: tuple[Expr, ...], work: Callable[[list[Answer]], Answer]
) -> Step:
    """Arithmetic; of `none` it makes `none`."""
    steps = tuple(evaluate(scope, operand) for operand in operands)
    answers = [step.answer for step in steps]
    return combine(expr, Nothing.NONE if Nothing.NONE in answers else work(answers), steps)


def _arithmetic(scope: Scope, expr: core.Arithmetic) -> Step:
    def work(answers: list[Answer]) -> Answer:
        left, right = answers
        match expr.operator:
            case "add":
                return values.add(left, right)
            case "subtract":
                return values.add(left, values.negate(right))
            case "multiply":
                return values.multiply(left, right)
            case "shift":
                return _shift(scope, left, right, expr.right)
            case _:
                raise ValueError(f"not an operator: {expr.operator}")

    return _number(scope, expr, (expr.left, expr.right), work)


def _shift(scope: Scope, date: Answer, length: Answer, written: Expr) -> Answer:
    """A date moved by whole days or months; a part of one does not move it."""
    if not isinstance(date, datetime.date) or not isinstance(length, Fraction):
        return values.undecided(date, length)
    moved = dates.shifted(date, length, type_of(written), scope.policy.month_end)
    return UNKNOWN if moved is None else moved


def _divide(scope: Scope, expr: core.Divide) -> Step:
    left, right = evaluate(scope, expr.left), evaluate(scope, expr.right)
    steps: tuple[Step, ...] = (left, right)
    if_zero: Answer | None = None
    if expr.if_zero is not None and values.equal(right.answer, values.ZERO) is not False:
        steps += (evaluate(scope, expr.if_zero),)
        if_zero = steps[2].answer
    if Nothing.NONE in (left.answer, right.answer):
        return combine(expr, Nothing.NONE, steps)
    type_ = type_of(expr.right)
    whole = isinstance(type_, core.NumberType) and type_.whole
    answer = values.divide(left.answer, right.answer, if_zero, whole, expr.part_of_whole)
    return combine(expr, answer, steps)


def _within(scope: Scope, expr: core.Within) -> Step:
    item = evaluate(scope, expr.item)
    members = tuple(evaluate(scope, member) for member in expr.members)
    answer = values.within(item.answer, [member.answer for member in members])
    return combine(expr, values.negation(answer) if expr.negated else answer, (item, *members))


def _dates_between(scope: Scope, expr: core.DatesBetween) -> Step:
    steps = evaluate(scope, expr.start), evaluate(scope, expr.end)
    start, end = steps[0].answer, steps[1].answer
    answer: Answer = values.undecided(start, end)
    if isinstance(start, datetime.date) and isinstance(end, datetime.date):
        length = dates.between(expr.unit, start, end, scope.policy.month_end)
        answer = Fraction(length * (12 if expr.unit == "years" else 1))
    elif Nothing.NONE in (start, end):
        answer = Nothing.NONE
    return combine(expr, answer, steps)


def _round(scope: Scope, expr: core.Round) -> Step:
    steps = evaluate(scope, expr.operand), evaluate(scope, expr.grain)
    grain = steps[1].answer
    assert isinstance(grain, Fraction)
    return combine(expr, scales.rounded(expr.mode, steps[0].answer, grain), steps)


def _scale(scope: Scope, expr: core.Scale) -> Step:
    """Of a scale by band only the lines that are possible are asked for their value."""
    operand = evaluate(scope, expr.operand)
    starts = [evaluate(scope, band.start) for band in expr.bands]
    begun = [step.answer for step in starts]
    if expr.kind == "marginal":
        rates = [evaluate(scope, band.value) for band in expr.bands]
        answer = scales.marginal(operand.answer, begun, [step.answer for step in rates])
        return combine(expr, answer, (operand, *starts, *rates))
    lines = scales.reached(operand.answer, begun)
    found = [evaluate(scope, expr.bands[place].value) for place in lines if place is not None]
    possible: list[Answer] = [step.answer for step in found]
    if None in lines and isinstance(expr.type, core.OptionalType):
        possible.append(Nothing.NONE)
    answer = scales.band(operand.answer, begun, possible)
    return combine(expr, answer, (operand, *starts, *found))


# ---- lists ---------------------------------------------------------------------------------


def _aggregate(scope: Scope, expr: core.Aggregate) -> Step:
    records = evaluate(scope, expr.records)
    steps = [records]
    empty = None if expr.if_empty is None else evaluate(scope, expr.if_empty)
    window = window_on(scope, expr.window)
    if isinstance(window, Unknown):
        return combine(expr, window, steps)
    if not isinstance(records.answer, tuple):
        answer = _of_absent(scope, expr, empty, window)
        return combine(expr, answer, steps + ([empty] if empty else []))
    rows = []
    path = path_of(scope, expr.records)
    for place, record in enumerate(records.answer):
        row, asked = _row(_member(scope, expr, record, path), expr, record, window)
        steps += [evolve(step, member=place) for step in asked]
        rows += [row] if row else []
    if empty is not None and not any(row.counts for row in rows):
        steps.append(empty)
    if_empty = UNKNOWN if empty is None else empty.answer
    answer = aggregates.aggregate(expr.kind, rows, if_empty, window, expr.month_days)
    if isinstance(answer, Unknown):
        answer = evolve(answer, conflict=values.conflicts(step.answer for step in steps))
    return combine(expr, answer, steps)


def _member(scope: Scope, expr: core.Aggregate, record: core.Value | None, path: str) -> Scope:
    """Where things are asked of one record; an item that is no record has no fields."""
    item = expr.list_type.item
    entity = item.entity if isinstance(item, core.RecordType) else ""
    if not entity:
        return scope
    known = record if isinstance(record, core.Record) else core.Record(entity, {})
    return evolve(scope, members=(*scope.members, Subject(entity, known, path)), memory=None)


def _row(
    scope: Scope, expr: core.Aggregate, record: core.Value, window: dates.Window | None
) -> tuple[Row | None, list[Step]]:
    """What a record contributes (None: it does not count), and the steps that say so."""
    stay, steps = _stay(scope, expr, window)
    inside = stay.reaches(window)
    if inside is not False and expr.where is not None:
        steps.append(evaluate(scope, expr.where))
        where = values.truth(steps[-1].answer)
        inside = False if where is False else (inside if where else None)
    if inside is False:
        return None, steps
    condition: Answer = UNKNOWN
    value: Answer = record
    if expr.condition is not None:
        steps.append(evaluate(scope, expr.condition))
        condition = steps[-1].answer
    if expr.value is not None:
        steps.append(evaluate(scope, expr.value))
        value = steps[-1].answer
        if value is Nothing.NONE:
            return None, steps  # `none` is no value: nothing is decided for this record
        if expr.kind == "distinct" and isinstance(value, Unknown) and _may_be_none(expr.value):
            inside = None
    return Row(inside, condition, value, stay), steps


def _may_be_none(expr: core.Expr) -> bool:
    """Whether a record may have no value: what is decided for it may not apply."""
    decided = isinstance(expr, core.ConclusionRef | core.DefinitionRef)
    return decided or isinstance(type_of(expr), core.OptionalType)


def _stay(
    scope: Scope, expr: core.Aggregate, window: dates.Window | None
) -> tuple[dates.Stay, list[Step]]:
    """From when to when a record goes; an end that is `none` is the date of evaluation."""
    if expr.start is None or expr.end is None:
        return dates.Stay(None, None), []
    if window is None and expr.kind != "total_length":
        return dates.Stay(None, None), []
    fields = scope.policy.entities[scope.members[-1].entity].fields
    names = dict.fromkeys((expr.start, expr.end))
    steps = {name: evaluate(scope, core.FieldRef(name, fields[name].type)) for name in names}
    ends = steps[expr.start].answer, steps[expr.end].answer
    return _known_stay(*ends, scope.day, window), list(steps.values())


def _known_stay(
    start: Answer, end: Answer, day: datetime.date, window: dates.Window | None
) -> dates.Stay:
    """A stay that is not over goes on to the date of evaluation; one that begins after that day
    and is not over covers none, so that without its end nothing is certain of it."""
    first = start if isinstance(start, datetime.date) else None
    last = end if isinstance(end, datetime.date) else None
    if end is Nothing.NONE and first is not None:
        last = day
    if window is None and last is None and first is not None and first > day:
        first = None
    return dates.Stay(first, last)


def window_on(scope: Scope, length: core.Const | None) -> dates.Window | Unknown | None:
    """The days that a window covers; not known where the policy refuses to round its start."""
    if length is None:
        return None
    if isinstance(length.value, datetime.date):
        return dates.Window(dates.add_days(length.value, -1), scope.day)
    if not isinstance(length.value, Fraction):
        return UNKNOWN
    start = dates.shifted(scope.day, -length.value, length.type, scope.policy.month_end)
    return UNKNOWN if start is None else dates.Window(start, scope.day)


def _of_absent(
    scope: Scope, expr: core.Aggregate, empty: Step | None, window: dates.Window | None
) -> Answer:
    """What is known of a list that nobody supplied."""
    one: Answer = UNKNOWN
    if expr.value is not None:
        one = evaluate(_member(scope, expr, None, ""), expr.value).answer
    if_empty = UNKNOWN if empty is None else empty.answer
    return aggregates.of_absent_list(expr.kind, one, if_empty, window, expr.month_days)

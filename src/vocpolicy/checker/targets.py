"""Targets: what is measured, where it started, what is to be reached, under each reading."""

from __future__ import annotations

from types import MappingProxyType

from vocpolicy import core, syntax
from vocpolicy.checker.accepted import accepted
from vocpolicy.checker.comparisons import operands, tolerance
from vocpolicy.checker.context import Context, Env
from vocpolicy.checker.expressions import condition, infer
from vocpolicy.checker.rules import reading_in_use, readings_of
from vocpolicy.checker.types import describe, type_of
from vocpolicy.checker.words import assumptions, citations, day, labels, notes, period
from vocpolicy.diagnostics import Note, Words


def check_target(context: Context, target: syntax.Target) -> core.Target:
    """The target under each of its readings."""
    name = target.name.text
    written = {
        reading.name.text: _merged(target.body, reading.body, reading.labels)
        for reading in target.readings
    } or {"": target.body}
    bodies: dict[str, core.TargetBody] = {}
    for reading, body in written.items():
        made = _body(Env(context), target.name, body)
        if made is not None:
            bodies[reading] = made
    return core.Target(
        name,
        labels(target.body.labels, name),
        MappingProxyType(bodies),
        readings_of(context, target.readings),
        reading_in_use(context, target.name, target.readings),
        accepted(context, target.body.accepts, target.readings),
        span=target.span,
    )


def _merged(
    shared: syntax.TargetBody, own: syntax.TargetBody, text: syntax.Text | None
) -> syntax.TargetBody:
    """What is in a reading stands over what is in the target.  Citations add up."""
    says_how = own.stock or own.flow_since is not None
    how = own if says_how else shared
    verb = own if own.modality else shared
    return syntax.TargetBody(
        measure=own.measure or shared.measure,
        goal=own.goal or shared.goal,
        baseline=own.baseline or shared.baseline,
        milestones=own.milestones or shared.milestones,
        flow_since=how.flow_since,
        stock=how.stock,
        applies=own.applies or shared.applies,
        in_force=own.in_force or shared.in_force,
        labels=text or own.labels,
        notes=shared.notes + own.notes,
        citations=shared.citations + own.citations,
        assumptions=shared.assumptions + own.assumptions,
        modality=verb.modality,
        text=verb.text,
        hedges=own.hedges or shared.hedges,
        applies_attributes=(own if own.applies else shared).applies_attributes,
    )


def _body(env: Env, name: syntax.Name, body: syntax.TargetBody) -> core.TargetBody | None:
    context, about = env.context, name.text
    applies = condition(env, body.applies) if body.applies else None
    if body.measure is None:
        context.mistakes.add("V330", name.span, name=about)
    if body.goal is None:
        context.mistakes.add("V337", name.span, name=about)
    _check_baseline(context, body)
    components = _components(env, body.measure) if body.measure else None
    cited = citations(context, body.citations + body.applies_attributes.citations)
    assumed = assumptions(body.assumptions + body.applies_attributes.assumptions, about)
    if body.measure:
        cited += citations(context, body.measure.attributes.citations)
        assumed += assumptions(body.measure.attributes.assumptions, about)
    if components is None or body.goal is None:
        return None
    type_ = type_of(components[0].value)
    goal = _goal(env, about, body.goal, type_)
    baseline = _goal(env, about, body.baseline, type_) if body.baseline else None
    milestones = [_goal(env, about, one, type_) for one in body.milestones]
    if goal is None or (applies is None and body.applies):
        return None
    return core.TargetBody(
        components,
        goal,
        type_,
        baseline,
        tuple(one for one in milestones if one is not None),
        body.flow_since.first if body.flow_since else None,
        body.stock,
        applies,
        period(context, body.in_force),
        labels(body.labels),
        notes(body.notes),
        cited,
        assumed,
        body.modality or "",
        labels(body.text),
        body.hedges,
    )


def _components(env: Env, measure: syntax.Measure) -> tuple[core.Component, ...] | None:
    """The populations that are measured, all in one type."""
    if measure.value is not None:
        value = infer(env, measure.value)
        return (core.Component("", core.Labels(), value),) if value else None
    made: list[core.Component] = []
    for written in measure.components:
        value = infer(env, written.value)
        if value is None:
            continue
        name = written.name.text
        if made and type_of(made[0].value) != type_of(value):
            _differ(env.context, made[0], value)
            continue
        made.append(core.Component(name, labels(written.labels, name), value))
    complete = len(made) == len(measure.components) and made
    return tuple(made) if complete else None


def _differ(context: Context, first: core.Component, value: core.Expr) -> None:
    note = Note(first.value.span, Words("the first", "第一项"))
    context.mistakes.add(
        "V338",
        value.span,
        note,
        left=describe(context, type_of(first.value)),
        right=describe(context, type_of(value)),
    )


def _goal(env: Env, about: str, goal: syntax.Goal, type_: core.Type) -> core.Goal | None:
    context, comparison = env.context, goal.comparison
    made = operands(env, comparison, type_)
    allowed = tolerance(env, comparison, type_)
    cited = citations(context, goal.attributes.citations)
    assumed = assumptions(goal.attributes.assumptions, about)
    if made is None or allowed is None:
        return None
    return core.Goal(
        comparison.comparator,
        made,
        allowed.node,
        allowed.relative,
        goal.moment.last if goal.moment else None,
        cited,
        assumed,
        span=goal.span,
    )


def _check_baseline(context: Context, body: syntax.TargetBody) -> None:
    """The line from the baseline to the goal needs the dates of its ends, in their order."""
    deadline = body.goal.moment if body.goal else None
    for part, code in ((body.baseline, "V339"), *((one, "V350") for one in body.milestones)):
        if part is None:
            continue
        if part.moment is None:
            context.mistakes.add(code, part.span)
        elif deadline and part.moment.last >= deadline.last:
            context.mistakes.add(
                "V351", part.moment.span, date=day(part.moment.last), deadline=day(deadline.last)
            )
    if body.flow_since and deadline and body.flow_since.first >= deadline.last:
        start = body.flow_since
        context.mistakes.add("V351", start.span, date=day(start.first), deadline=day(deadline.last))

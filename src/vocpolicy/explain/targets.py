"""How a target was judged: the measure against its goal, the line, what is short or to spare."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from vocpolicy import core
from vocpolicy.core import (
    ChoiceType,
    Citation,
    Goal,
    Labels,
    ListType,
    NumberType,
)
from vocpolicy.core.walk import type_of
from vocpolicy.explain import numbers
from vocpolicy.explain.builder import Builder
from vocpolicy.explain.conditions import condition
from vocpolicy.explain.margins import (
    Moving,
    held_down_to,
    held_until,
    iterate,
    moving,
    yearly,
)
from vocpolicy.explain.naming import conflict_from
from vocpolicy.explain.nodes import Node, Side
from vocpolicy.explain.phrases import (
    PLAIN,
    choice_label,
    noun,
    number_type,
)
from vocpolicy.explain.terms import Amount, Band, Day, Listing, Say, Term, named
from vocpolicy.explain.values import interval_of, known, merged, support, value_of
from vocpolicy.explain.verbs import governed
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.quantities import UNITS
from vocpolicy.trace import ComponentTrace, Step, TargetTrace, Unknown

POINTS = UNITS["percentage_points"]


def target_parts(trace: TargetTrace, builder: Builder) -> list[Node]:
    """Everything that is said of a target below its headline."""
    if trace.applies is not None and trace.applies.answer is not True:
        return [_applies(trace.applies, builder)]
    parts: list[Node] = []
    if len(trace.components) == 1:
        parts += _component(trace, trace.components[0], builder)
    else:
        parts += [_population(trace, one, builder) for one in trace.components]
    parts += _lacking(trace, builder)
    parts += _conflict(trace, builder)
    since = trace.body.since
    if since is not None and not any(one.line for one in trace.components):
        parts.append(Node(Say("since", {"date": Day(since)})))
    body = trace.body
    says = governed(body.modality, body.text, body.hedges)
    if says is not None:
        parts.append(Node(says, "key", key=Say("says"), span=trace.target.span))
    return parts


def headline_citations(trace: TargetTrace) -> tuple[Citation, ...]:
    """The clauses that set the goal."""
    return merged(trace.body.citations, trace.body.goal.citations)


def measured_value(trace: TargetTrace, builder: Builder) -> Term | None:
    """What the measure came to, where there is one measure and it is known."""
    if len(trace.components) != 1 or not known(trace.components[0].step.answer):
        return None
    step = trace.components[0].step
    if isinstance(step.answer, Fraction):
        kind = number_type(step.expr)
        places = numbers.telling_places(step.answer, kind, _beside(trace.components[0]))
        return Amount(step.answer, kind, places)
    return value_of(step, builder.scope)


def _applies(step: Step, builder: Builder) -> Node:
    node = condition(step, builder)
    return evolve(node, says=Say("not_for", {"what": node.says}))


def _population(trace: TargetTrace, component: ComponentTrace, builder: Builder) -> Node:
    first, *rest = _component(trace, component, builder)
    args: dict[str, Term] = {
        "name": named(component.component.labels, component.component.name),
        "wording": Say(f"word.{component.wording}"),
        "what": first.says,
    }
    return evolve(first, says=Say("component_word", args), children=(*first.children, *rest))


def _component(trace: TargetTrace, component: ComponentTrace, builder: Builder) -> Iterator[Node]:
    yield _figure(trace, component, builder)
    part = moving(component.step, builder.scope)
    if part is not None and component.reached is not None:
        yield from (_margin if component.reached else _shortfall)(trace, component, part)
    yield from _line(trace, component)


# ---- the figure and the goal -------------------------------------------------------------


def _beside(component: ComponentTrace) -> list[Fraction]:
    """The figures that a measure is held against."""
    return [one for one in (*component.required, *(component.line or ())) if one is not None]


def _figure(trace: TargetTrace, component: ComponentTrace, builder: Builder) -> Node:
    step = component.step
    goal = trace.body.goal
    required = goal_term(goal, trace.operands, component, builder)
    name = noun(step.expr, builder.scope)
    args: dict[str, Term] = {"goal": required, "date": Day(component.observed)}
    key = "measured"
    if known(step.answer):
        args["value"] = value_of(step, builder.scope, _beside(component))
        if not isinstance(step.answer, Fraction):
            key, args["what"] = "measured_list", name
    else:
        key, so_far = "unmeasured", interval_of(step)
        what: Term = name
        if so_far is not None and not _says_nothing(step):
            what = Say("unmeasured_known", {"what": name, "known": so_far})
        args["what"] = what
    if goal.date is None:
        key += "_no_deadline"
    else:
        args["deadline"] = Day(goal.date)
    citations, assumptions, judges = support(step, builder.scope)
    return Node(
        Say(key, args),
        outcome=WORDS[component.wording].outcome,
        values=(Side(name, value_of(step, builder.scope)), Side(Say("required"), required)),
        citations=citations,
        assumptions=merged(merged(trace.body.assumptions, goal.assumptions), assumptions),
        judged_by=judges,
        span=goal.span,
    )


def _says_nothing(step: Step) -> bool:
    """A share lies between none and all in any case."""
    answer = step.answer
    if not isinstance(answer, Unknown) or not numbers.is_ratio(number_type(step.expr)):
        return False
    return answer.low == 0 and answer.high == 1


def goal_term(
    goal: Goal, operands: tuple[Step, ...], component: ComponentTrace, builder: Builder
) -> Term:
    """What a goal requires."""
    kind = number_type(component.step.expr)
    args: dict[str, Term] = {}
    if operands:
        args["bound"] = _bound(operands[0], kind, builder)
    low, high = component.required
    match goal.comparator:
        case "each_of":
            args["members"] = Listing(tuple(_member(one, builder) for one in operands))
        case "between" | "nearly" | "about" | "level_with":
            if any(not known(one.answer) for one in operands):
                args["other"] = _bound(operands[-1], kind, builder)
                return Say(f"goal.open.{goal.comparator}", args)
            args["band"] = Band(low, high, kind)
        case "all" | "some":
            args["bound"] = Amount(low if low is not None else Fraction(1), kind)
        case "at_least" if numbers.is_ratio(kind):
            return Say("goal.at_least.ratio", args)
        case _:
            pass
    return Say(f"goal.{goal.comparator}", args)


def _bound(step: Step, kind: NumberType, builder: Builder) -> Term:
    """A figure of a goal; what it is called where it is not known."""
    if isinstance(step.answer, Fraction):
        return Amount(step.answer, kind)
    return value_of(step, builder.scope) if known(step.answer) else noun(step.expr, builder.scope)


def _member(step: Step, builder: Builder) -> Term:
    if not known(step.answer):
        return noun(step.expr, builder.scope)
    return value_of(step, builder.scope)


def _lacking(trace: TargetTrace, builder: Builder) -> Iterator[Node]:
    """The members of a set that the measure does not cover."""
    if not trace.members:
        return
    kind = core.inner(type_of(trace.components[0].step.expr))
    item = core.inner(kind.item) if isinstance(kind, ListType) else kind
    labels = [
        choice_label(name, item, builder.scope.policy)
        if isinstance(item, ChoiceType)
        else Labels(name, name)
        for name in trace.members
    ]
    yield Node(Listing(tuple(labels)), "key", key=Say("lacking"))


def _conflict(trace: TargetTrace, builder: Builder) -> Iterator[Node]:
    """The rules whose contradiction keeps the measure from being known."""
    steps = [component.step for component in trace.components] + list(trace.operands)
    answers = [step.answer for step in steps]
    names = {name for one in answers if isinstance(one, Unknown) for name in one.conflict}
    if names:
        yield conflict_from(names, builder)


# ---- how far -----------------------------------------------------------------------------


def _strict(goal: Goal) -> bool:
    return goal.comparator in ("more_than", "less_than")


def _distance(value: Fraction, part: Moving) -> Term:
    """A distance in the unit of what moves, or in percentage points."""
    return Amount(value, POINTS if part.points else part.type)


def _shortfall(trace: TargetTrace, component: ComponentTrace, part: Moving) -> Iterator[Node]:
    low, high = component.required
    value = component.step.answer
    strict = _strict(trace.body.goal)
    if not isinstance(value, Fraction):
        return
    if low is not None and (value < low or (strict and value == low)):
        gap, key, up = part.needed_up(low, strict), "short", True
    elif high is not None and (value > high or (strict and value == high)):
        gap, key, up = part.needed_down(high, strict), "over", False
    else:
        return
    args: dict[str, Term] = {"amount": _distance(gap, part)}
    if part.other_name is not None:
        args |= {"name": part.other_name, "other": _said(part.other, part)}
        key += "_at"
    pace = _pace(trace, component, gap, part, up)
    sentences = tuple(iterate(Say(key, args), pace))
    yield Node(Listing(sentences, "joint.sentences"), outcome=Outcome.FAILS)


def _pace(
    trace: TargetTrace, component: ComponentTrace, gap: Fraction, part: Moving, up: bool
) -> Term | None:
    deadline = trace.body.goal.date
    if deadline is None or trace.after_deadline or deadline <= component.observed:
        return None
    years = numbers.years_between(component.observed, deadline)
    if years < 1:
        days = Fraction((deadline - component.observed).days)
        return Say("days_left", {"days": Amount(days, PLAIN)})
    scale = 100 if part.points else 1
    pace = yearly(gap * scale, years) / scale
    shown = _distance(pace, part)
    return Say("pace_up" if up else "pace_down", {"amount": shown})


def _margin(trace: TargetTrace, component: ComponentTrace, part: Moving) -> Iterator[Node]:
    low, high = component.required
    strict = _strict(trace.body.goal)
    down = None if low is None else part.spare_down(low, strict)
    up = None if high is None else part.spare_up(high, strict)
    until: Term | None = None
    if down is not None and up is not None:
        says: Term = Say("margin_both", {"down": _distance(down, part), "up": _distance(up, part)})
    elif down is not None and low is not None:
        says = _spare(down, low, part)
        until = _until("holds_until", part, held_until(part, low, strict))
    elif up is not None and high is not None:
        says = _spare(up, high, part)
        until = _until("holds_down_to", part, held_down_to(part, high))
    else:
        return
    if trace.body.goal.comparator == "all":
        return
    sentences = tuple(iterate(says, until))
    yield Node(Listing(sentences, "joint.sentences"), "key", key=Say("margin_key"))


def _said(amount: Fraction, part: Moving) -> Amount:
    """A value of the denominator, after its name."""
    return Amount(amount, part.other_type, noun_said=part.other_type.whole)


def _spare(amount: Fraction, bound: Fraction, part: Moving) -> Term:
    exactly = part.amount == part.bound(bound)
    return Say("margin_none") if exactly else _distance(amount, part)


def _until(key: str, part: Moving, amount: Fraction | None) -> Term | None:
    if amount is None or part.other_name is None:
        return None
    return Say(key, {"name": part.other_name, "amount": _said(amount, part)})


# ---- the line ----------------------------------------------------------------------------


def _line(trace: TargetTrace, component: ComponentTrace) -> Iterator[Node]:
    """Where the line from the baseline stood on the day of the figure."""
    kind = number_type(component.step.expr)
    waiting = not trace.after_deadline and component.reached is not True
    if trace.baseline is None:
        if waiting and component.wording == "not_due":
            yield Node(Say("no_line"))
        return
    start = _start(trace, trace.baseline, kind)
    at = "at" if trace.body.since is None and _year_end(_start_date(trace)) else "on"
    if not waiting or component.line is None:
        if trace.body.since is None:
            node = Node(Say(f"baseline_{at}", start), "key", key=Say("baseline_key"))
            yield _cited(node, trace)
        return
    line = Band(*component.line, kind, _line_places(component, kind))
    yield _cited(Node(Say(f"line_{at}", start | {"line": line})), trace)
    if trace.next_goal is not None and trace.next_goal is not trace.body.goal:
        yield from _next(trace, trace.next_goal, kind)
    if known(component.step.answer) and component.wording == "undetermined":
        yield Node(Say("within_line"))


def _start_date(trace: TargetTrace) -> datetime.date | None:
    if trace.body.since is not None:
        return trace.body.since
    return trace.body.baseline.date if trace.body.baseline is not None else None


def _year_end(date: datetime.date | None) -> bool:
    return date is None or (date.month, date.day) == (12, 31)


def _start(
    trace: TargetTrace, ends: tuple[Fraction, Fraction], kind: NumberType
) -> dict[str, Term]:
    date = _start_date(trace)
    term: Term = Day(date, year_end=trace.body.since is None) if date else Say("the_start")
    return {"baseline": Band(*ends, kind), "start": term}


def _next(trace: TargetTrace, goal: Goal, kind: NumberType) -> Iterator[Node]:
    """The milestone that comes before the goal."""
    steps = {id(step.expr): step.answer for step in trace.course}
    answers = [steps.get(id(operand)) for operand in goal.operands]
    numbers_ = [answer for answer in answers if isinstance(answer, Fraction)]
    if goal.date is None or not numbers_:
        return
    band = Band(numbers_[0], numbers_[-1], kind)
    yield Node(
        Say("line_next", {"goal": band, "date": Day(goal.date)}),
        citations=goal.citations,
        assumptions=goal.assumptions,
        span=goal.span,
    )


def _cited(node: Node, trace: TargetTrace) -> Node:
    """With the clause that the baseline comes from."""
    baseline = trace.body.baseline
    if baseline is None:
        return node
    return evolve(
        node,
        citations=baseline.citations,
        assumptions=baseline.assumptions,
        span=baseline.span,
    )


def _line_places(component: ComponentTrace, kind: NumberType) -> int:
    """Enough decimals that neither end looks like the figure beside it."""
    value = component.step.answer
    beside = [value] if isinstance(value, Fraction) else []
    ends = component.line or ()
    return max(numbers.telling_places(end, kind, beside) for end in ends)

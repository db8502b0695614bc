"""Values with their working, what they are held against, and what they rest on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TypeVar

from attrs import evolve

from vocpolicy.core import (
    Aggregate,
    Arithmetic,
    Assumption,
    Choose,
    Citation,
    Const,
    Divide,
    Expr,
    Fact,
    FactRef,
    FieldRef,
    Labels,
    Nothing,
    Round,
)
from vocpolicy.core.walk import type_of
from vocpolicy.explain import numbers
from vocpolicy.explain.phrases import PLAIN, Scope, noun, number_type, value_term
from vocpolicy.explain.terms import Amount, Day, Listing, Say, Term
from vocpolicy.outcome import Outcome
from vocpolicy.trace import Answer, ConclusionTrace, DefinitionTrace, Step, Unknown

T = TypeVar("T")


def known(answer: Answer) -> bool:
    """Whether it is a value."""
    return not isinstance(answer, Unknown)


def member_steps(step: Step) -> tuple[Step, ...]:
    """The steps of an aggregate's condition, one for each record that counts or may count."""
    asked = step.expr.condition if isinstance(step.expr, Aggregate) else None
    return tuple(child for child in step.children if asked is not None and child.expr is asked)


def interval_of(step: Step) -> Term | None:
    """What is known of a number that is not: the interval that it lies in."""
    answer = step.answer
    if not isinstance(answer, Unknown):
        return None
    kind = number_type(step.expr)
    low = None if answer.low is None else Amount(answer.low, kind, _end_places(answer.low, step))
    high = (
        None if answer.high is None else Amount(answer.high, kind, _end_places(answer.high, step))
    )
    if low is not None and high is not None:
        return Say("known_between", {"low": low, "high": high})
    if low is not None:
        return Say("known_from", {"low": low}) if low.value else None
    return Say("known_to", {"high": high}) if high is not None else None


def _end_places(value: Fraction, step: Step) -> int:
    kind = number_type(step.expr)
    shown = numbers.in_unit(value, kind)
    own = numbers.own_places(shown)
    return own if numbers.ends(shown, own) else numbers.telling_places(value, kind, ())


def standard(step: Step) -> bool:
    """Whether the policy itself sets the value: a literal, a parameter."""
    if isinstance(step.expr, Const):
        return True
    source = step.source
    return isinstance(source, DefinitionTrace) and source.definition.form != "define"


# ---- values ------------------------------------------------------------------------------


def followed(step: Step) -> Step:
    """The step that a definition's name stands for."""
    while isinstance(step.source, DefinitionTrace) and step.source.step is not None:
        if step.source.definition.form != "define":
            return step
        step = step.source.step
    return step


def value_of(step: Step, scope: Scope, beside: Iterable[Fraction] = ()) -> Term:
    """A step's value, with the working of a ratio or a sum; or what is known of it.

    `beside` are the figures that it must not look like unless it is one of them.
    """
    answer = step.answer
    if isinstance(answer, Unknown):
        return interval_of(step) or Say("unknown")
    if answer is Nothing.NONE and not_applicable(step):
        return Say("word.not_applicable")
    if not isinstance(answer, Fraction):
        return value_term(answer, type_of(step.expr), scope.policy)
    return working(step, beside)


def not_applicable(step: Step) -> bool:
    """Whether it is no value because the rule that gives one does not apply."""
    source = followed(step).source
    return isinstance(source, ConclusionTrace) and source.outcome is Outcome.NOT_APPLICABLE


def working(step: Step, beside: Iterable[Fraction]) -> Term:
    """`540 / 900 = 60.0%`: a number and how it came about."""
    shown = Amount(_fraction(step), number_type(step.expr), _places(step, beside))
    inner = followed(step)
    match inner.expr:
        case Divide():
            left, right = inner.children[:2]
            alike = number_type(left.expr).dimension == number_type(right.expr).dimension
            pair = [_operand(one, alike) for one in (left, right)]
            return _worked("ratio", pair, shown)
        case Arithmetic(operator) if operator in ("add", "subtract", "multiply"):
            alike = operator != "multiply"
            pair = [_operand(one, alike) for one in inner.children[:2]]
            if alike and pair[1] is not None and pair[1].value < 0:
                operator = "subtract" if operator == "add" else "add"
                pair[1] = evolve(pair[1], value=-pair[1].value)
            return _worked(operator, pair, shown)
        case Aggregate(kind) if kind == "share":
            return _share(inner, shown)
        case Round(mode):
            names = ("operand", "grain")
            parts = dict(zip(names, (_operand(one, False) for one in inner.children), strict=True))
            same = parts["operand"] is not None and parts["operand"].value == shown.value
            if same:  # nothing was rounded away: how the number came about is what tells
                return working(inner.children[0], beside)
            return _made(f"round.{mode}", parts, shown)
        case Choose(kind):
            several = tuple(_operand(one, False) for one in inner.children)
            known_ones = tuple(one for one in several if one is not None)
            listed = Listing(known_ones) if len(known_ones) == len(several) else None
            return _made(f"choose.{kind}", {"members": listed}, shown)
        case _:
            return shown


def _made(key: str, parts: Mapping[str, Term | None], shown: Amount) -> Term:
    """What was done, and what came of it; only that where a part is not known."""
    given = {name: part for name, part in parts.items() if part is not None}
    if len(given) < len(parts):
        return shown
    return Say("equals", {"left": Say(key, given), "value": shown})


def _worked(key: str, pair: list[Amount | None], shown: Amount) -> Term:
    if len(pair) != 2 or pair[0] is None or pair[1] is None:
        return shown
    return Say(key, {"left": pair[0], "right": pair[1], "value": shown})


def amount_of(like: Step | Expr, value: Fraction) -> Amount:
    """A number of the kind that a step or an expression has."""
    kind = number_type(like.expr if isinstance(like, Step) else like)
    return Amount(value, kind, numbers.telling_places(value, kind, ()))


def _operand(step: Step, bare: bool) -> Amount | None:
    if not isinstance(step.answer, Fraction):
        return None
    return Amount(step.answer, number_type(step.expr), _places(step, ()), bare)


def _share(step: Step, shown: Amount) -> Term:
    members = member_steps(step)
    if not members or any(not known(member.answer) for member in members):
        return shown
    so = sum(member.answer is True for member in members)
    if Fraction(so, len(members)) != shown.value:
        return shown
    pair = [Amount(Fraction(number), PLAIN) for number in (so, len(members))]
    return Say("ratio", {"left": pair[0], "right": pair[1], "value": shown})


def _fraction(step: Step) -> Fraction:
    return step.answer if isinstance(step.answer, Fraction) else Fraction(0)


def _places(step: Step, beside: Iterable[Fraction]) -> int:
    """Decimals of a value: a literal's own, a computed one's as many as tell it apart."""
    kind = number_type(step.expr)
    told = isinstance(step.expr, Const | FactRef | FieldRef) or standard(step)
    if told or (numbers.is_ratio(kind) and not _measured(step)):
        shown = numbers.in_unit(_fraction(step), kind)
        own = numbers.own_places(shown)
        if numbers.ends(shown, own):
            return own
    return numbers.telling_places(_fraction(step), kind, beside)


def _measured(step: Step) -> bool:
    """Whether a percentage is one number through another, and not made of percentages."""
    expr = followed(step).expr
    return isinstance(expr, Divide) or (isinstance(expr, Aggregate) and expr.kind == "share")


def bound_of(step: Step, scope: Scope) -> Term:
    """What a value is held against: the figure, after its name if it has one."""
    if isinstance(step.expr, Const):
        return value_of(step, scope)
    value: Term = value_of(step, scope)
    name = noun(step.expr, scope)
    source = step.source
    dated = source.dated if isinstance(source, DefinitionTrace) else None
    parameter = isinstance(source, DefinitionTrace) and source.definition.form == "parameter"
    if not known(step.answer):
        return name
    if parameter and dated is not None and dated.start is not None:
        value = Say("amount_from", {"amount": value, "date": Day(dated.start)})
    if isinstance(step.answer, datetime.date):
        return Say("named_date", {"name": name, "date": value})
    key = "named_value" if isinstance(value, Say) and not parameter else "named_amount"
    return Say(key, {"name": name, "amount": value, "value": value})


# ---- what a value rests on ---------------------------------------------------------------


def operands(step: Step) -> Iterator[Step]:
    """The step and those that its value was made of, up to other conclusions and records; what
    is shared comes once."""
    waiting = [step]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if isinstance(one.source, ConclusionTrace):
            continue
        made_of = [child for child in one.children if child.member is None]
        if isinstance(one.source, DefinitionTrace) and one.source.step is not None:
            made_of.insert(0, one.source.step)
        waiting += reversed(made_of)


def support(
    step: Step, scope: Scope
) -> tuple[tuple[Citation, ...], tuple[Assumption, ...], tuple[Labels, ...]]:
    """Citations, assumptions and judges of what a leaf rests on."""
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    judges: tuple[Labels, ...] = ()
    for one in operands(step):
        if isinstance(one.source, DefinitionTrace):
            of = one.source
            dated = of.dated
            citations = merged(citations, of.definition.citations)
            assumptions = merged(assumptions, of.definition.assumptions)
            if dated is not None:
                citations = merged(citations, dated.citations)
                assumptions = merged(assumptions, dated.assumptions)
        fact = fact_of(one, scope)
        if fact is not None:
            assumptions = merged(assumptions, fact.assumptions)
            judges = merged(judges, (fact.judged_by,) if fact.judged_by else ())
    return citations, assumptions, judges


def fact_of(step: Step, scope: Scope) -> Fact | None:
    """The fact or field that a step reads."""
    match step.expr:
        case FactRef(name):
            return scope.fact(name)
        case FieldRef():
            return scope.field(step.expr)
        case _:
            return None


def merged(first: tuple[T, ...], second: Iterable[T]) -> tuple[T, ...]:
    """Both, each thing once."""
    return first + tuple(one for one in second if one not in first)

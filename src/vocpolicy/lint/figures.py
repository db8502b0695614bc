"""Every figure of a policy, with the citations and assumptions that stand behind it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from vocpolicy import core
from vocpolicy.core.walk import children
from vocpolicy.source import Span

# Figures that say no more than "none", "one" and "all".
_PLAIN = (Fraction(0), Fraction(1))


@frozen
class Grounds:
    """What stands behind a figure: on its line, and on what the line belongs to."""

    citations: tuple[core.Citation, ...] = ()
    assumptions: tuple[core.Assumption, ...] = ()

    def and_of(self, thing: _Grounded | None) -> Grounds:
        if thing is None:
            return self
        return Grounds(
            self.citations + thing.citations,
            self.assumptions + thing.assumptions,
        )


_Grounded = (
    core.Definition
    | core.DatedValue
    | core.RuleBody
    | core.Statement
    | core.Except
    | core.TargetBody
    | core.Goal
    | core.Part
    | core.Band
)


@frozen
class Figure:
    """A number or a date that a rule, a definition or a target states."""

    span: Span
    grounds: Grounds


def figures(policy: core.Policy) -> Iterator[Figure]:
    """Each once, though readings share it."""
    seen: set[tuple[int, int]] = set()
    for figure in _all(policy):
        key = (id(figure.span.source), figure.span.start)
        if key not in seen:
            seen.add(key)
            yield figure


def _all(policy: core.Policy) -> Iterator[Figure]:
    for definition in policy.definitions.values():
        of_definition = Grounds().and_of(definition)
        for dated in definition.values:
            yield from _in(dated.value, of_definition.and_of(dated))
    for rule in policy.rules.values():
        for body in rule.bodies.values():
            yield from _of_rule(body)
    for target in policy.targets.values():
        for aim in target.bodies.values():
            yield from _of_target(aim)


def _of_rule(body: core.RuleBody) -> Iterator[Figure]:
    of_body = Grounds().and_of(body)
    yield from _in(body.applies, of_body)
    for statement in body.statements:
        of_statement = of_body.and_of(statement)
        yield from _in(statement.condition, of_statement)
        yield from _in(statement.result.value, of_statement)
        for exception in statement.exceptions:
            yield from _in(exception.condition, of_body.and_of(exception))


def _of_target(body: core.TargetBody) -> Iterator[Figure]:
    of_body = Grounds().and_of(body)
    yield from _in(body.applies, of_body)
    for component in body.components:
        yield from _in(component.value, of_body)
    for goal in (body.goal, body.baseline, *body.milestones):
        if goal is not None:
            for operand in (*goal.operands, goal.tolerance):
                yield from _in(operand, of_body.and_of(goal))


def _in(expr: core.Expr | None, grounds: Grounds) -> Iterator[Figure]:
    match expr:
        case None:
            return
        case core.Const(value=Fraction() as number) if number in _PLAIN:
            return
        case core.Const(value=Fraction() | datetime.date()) | core.Range():
            yield Figure(expr.span, grounds)
        case core.All(parts=parts) | core.Any(parts=parts):
            for part in parts:
                yield from _in(part.expr, grounds.and_of(part))
        case core.Scale(operand=operand, bands=bands):
            yield from _in(operand, grounds)
            for band in bands:
                yield from _in(band.start, grounds.and_of(band))
                yield from _in(band.value, grounds.and_of(band))
        case core.Round(operand=operand):
            yield from _in(operand, grounds)
        case _:
            for child in children(expr):
                yield from _in(child, grounds)

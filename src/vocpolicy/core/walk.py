"""Ways through a policy: the operands of an expression, and everything that cites a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import assert_never

from attrs import frozen

from vocpolicy.core.expressions import (
    Aggregate,
    All,
    Any,
    Arithmetic,
    AsOf,
    Choose,
    Citation,
    Compare,
    ConclusionRef,
    Const,
    DatesBetween,
    DefinitionRef,
    Divide,
    Equal,
    Expr,
    FactRef,
    FieldRef,
    Negate,
    Not,
    Range,
    Round,
    Scale,
    Within,
)
from vocpolicy.core.policy import (
    Definition,
    Fact,
    Goal,
    Policy,
    Provision,
    Rule,
    RuleBody,
    Statement,
    Target,
    TargetBody,
)
from vocpolicy.core.types import DateType, Type, YesNoType
from vocpolicy.source import NOWHERE, Span


def type_of(expr: Expr) -> Type:
    """What an expression gives."""
    match expr:
        case AsOf():
            return DateType()
        case Compare() | Equal() | Within() | Not() | All() | Any():
            return YesNoType()
        case _:
            return expr.type


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct operands of an expression, in the order in which they are written."""
    match expr:
        case Const() | Range() | FactRef() | DefinitionRef() | ConclusionRef() | AsOf():
            return ()
        case FieldRef():
            return _some(expr.record)
        case Negate() | Not():
            return (expr.operand,)
        case Arithmetic() | Compare() | Equal():
            return (expr.left, expr.right)
        case Divide():
            return (expr.left, expr.right, *_some(expr.if_zero))
        case Within():
            return (expr.item, *expr.members)
        case All() | Any():
            return tuple(part.expr for part in expr.parts)
        case DatesBetween():
            return (expr.start, expr.end)
        case Round():
            return (expr.operand, expr.grain)
        case Choose():
            return expr.members
        case Scale():
            lines = [one for band in expr.bands for one in (band.start, band.value)]
            return (expr.operand, *lines)
        case Aggregate():
            rest = _some(expr.value, expr.window, expr.where, expr.condition, expr.if_empty)
            return (expr.records, *rest)
        case _:
            assert_never(expr)


def _some(*exprs: Expr | None) -> tuple[Expr, ...]:
    return tuple(expr for expr in exprs if expr is not None)


def within(*exprs: Expr | None) -> Iterator[Expr]:
    """Every expression in the given ones, themselves included, outermost first."""
    waiting = list(reversed(_some(*exprs)))
    while waiting:
        expr = waiting.pop()
        yield expr
        waiting.extend(reversed(children(expr)))


@frozen
class Cited:
    """A citation, and what cites it.

    Attributes:
        owner: name of what the citation belongs to: a fact, `entity.field`, a definition, a
            rule, a target or a provision.
        form: `fact`, `field`, `define`, `parameter`, `recorded`, `rule`, `target`, `provision`.
        span: the citation in the rule file; where that is not known, what it belongs to.
    """

    owner: str
    form: str
    citation: Citation
    span: Span


def cited(policy: Policy) -> Iterator[Cited]:
    """Every citation of a policy but those of `set aside`, with what it belongs to.

    A citation that readings share comes once for each of them; of a policy that is amended,
    those that no longer stand come last.
    """
    yield from _cited(policy)
    seen = {_place_of(one) for one in _cited(policy)} if policy.editions else set()
    for edition in reversed(policy.editions):
        for one in list(_cited(edition.policy)):
            if _place_of(one) not in seen:
                seen.add(_place_of(one))
                yield one


def _place_of(one: Cited) -> tuple[object, ...]:
    span = one.citation.span
    return one.owner, one.citation, span.source.name, span.start


def _cited(policy: Policy) -> Iterator[Cited]:
    for fact in policy.facts.values():
        yield from _owned(fact.name, "fact", _of_fact(fact), fact.span)
    for entity in policy.entities.values():
        for field in entity.fields.values():
            owner = f"{entity.name}.{field.name}"
            yield from _owned(owner, "field", _of_fact(field), field.span)
    for definition in policy.definitions.values():
        citations = _of_definition(definition)
        yield from _owned(definition.name, definition.form, citations, definition.span)
    for rule in policy.rules.values():
        yield from _owned(rule.name, "rule", _of_rule(rule), rule.span)
    for target in policy.targets.values():
        yield from _owned(target.name, "target", _of_target(target), target.span)
    for provision in policy.provisions.values():
        citations = _of_provision(provision)
        yield from _owned(provision.name, "provision", citations, provision.span)


def _owned(owner: str, form: str, citations: Iterable[Citation], span: Span) -> Iterator[Cited]:
    for citation in citations:
        known = citation.span.source is not NOWHERE.source
        yield Cited(owner, form, citation, citation.span if known else span)


def _of_expressions(*exprs: Expr | None) -> Iterator[Citation]:
    """What the lines of `all of { … }`, of scales and the like cite."""
    for expr in within(*exprs):
        if isinstance(expr, All | Any):
            for part in expr.parts:
                yield from part.citations
        elif isinstance(expr, Scale):
            for band in expr.bands:
                yield from band.citations


def _of_fact(fact: Fact) -> Iterator[Citation]:
    yield from fact.citations
    yield from _of_expressions(*(bound for _, bound in fact.compares))


def _of_definition(definition: Definition) -> Iterator[Citation]:
    yield from definition.citations
    for dated in chain(definition.values, *definition.bodies.values()):
        yield from dated.citations
        yield from _of_expressions(dated.value)


def _of_rule(rule: Rule) -> Iterator[Citation]:
    for body in rule.bodies.values():
        yield from _of_rule_body(body)


def _of_rule_body(body: RuleBody) -> Iterator[Citation]:
    yield from body.citations
    yield from _of_expressions(body.applies)
    for statement in body.statements:
        yield from _of_statement(statement)


def _of_statement(statement: Statement) -> Iterator[Citation]:
    yield from statement.citations
    yield from _of_expressions(statement.condition, statement.result.value)
    for exception in statement.exceptions:
        yield from exception.citations
        yield from _of_expressions(exception.condition)


def _of_target(target: Target) -> Iterator[Citation]:
    for body in target.bodies.values():
        yield from _of_target_body(body)


def _of_target_body(body: TargetBody) -> Iterator[Citation]:
    yield from body.citations
    yield from _of_expressions(body.applies, *(part.value for part in body.components))
    for goal in (body.goal, body.baseline, *body.milestones):
        if goal is not None:
            yield from _of_goal(goal)


def _of_goal(goal: Goal) -> Iterator[Citation]:
    yield from goal.citations
    yield from _of_expressions(*goal.operands, goal.tolerance)


def _of_provision(provision: Provision) -> Iterator[Citation]:
    yield from provision.citations

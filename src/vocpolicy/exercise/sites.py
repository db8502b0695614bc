"""Where expressions stand in a policy, and the policy with another one in their place."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import partial
from types import MappingProxyType
from typing import Any, TypeAlias, TypeGuard, TypeVar, get_args

from attrs import evolve, fields, frozen

from vocpolicy import core
from vocpolicy.core import Expr
from vocpolicy.source import NOWHERE, Span

Put: TypeAlias = "Callable[[Expr], Expr]"
T = TypeVar("T")
_NODES: tuple[type, ...] = get_args(Expr)


@frozen(eq=False)
class Site:
    """An expression inside another; `put` gives the whole with something else here."""

    expr: Expr
    put: Put


@frozen(eq=False)
class Place:
    """An expression that a rule, a definition or a target has.

    Attributes:
        owner: name of the rule, the definition or the target.
        observed: what to ask to see its effect: the conclusion, the definition or the target.
        role: `applies`, `condition`, `exception`, `value`, `definition`, `parameter`, `measure`
            or `goal`.
        put: the policy with something else here.
        without: the policy without it; None where it cannot be left out.
        span: of what holds it.
        period: when it is in force, of a value by date.
    """

    owner: str
    observed: str
    role: str
    expr: Expr
    put: Callable[[Expr], core.Policy]
    without: Callable[[], core.Policy] | None = None
    span: Span = NOWHERE
    period: core.Period = core.Period()


def sites(expr: Expr, put: Put = lambda one: one) -> Iterator[Site]:
    """Every expression in one, itself first."""
    yield Site(expr, put)
    for inner, here in _operands(expr):
        yield from sites(inner, partial(_through, put, here))


def leaves(expr: Expr, put: Put = lambda one: one) -> Iterator[Site]:
    """The conditions that a decision is made of by `and`, `or` and `not`."""
    if isinstance(expr, core.All | core.Any | core.Not):
        for inner, here in _operands(expr):
            yield from leaves(inner, partial(_through, put, here))
    elif not isinstance(expr, core.Const):
        yield Site(expr, put)


def _through(outer: Put, inner: Put, new: Expr) -> Expr:
    return outer(inner(new))


def _operands(expr: Expr) -> Iterator[tuple[Expr, Put]]:
    """The operands of a node, each with the node that has another in its place."""
    for attribute in fields(type(expr)):
        value = getattr(expr, attribute.name)
        if _is_expr(value):
            yield value, partial(_with, expr, attribute.name)
        elif isinstance(value, tuple):
            for place, one in enumerate(value):
                yield from _members(expr, attribute.name, value, place, one)


def _members(
    expr: Expr, name: str, members: tuple[Any, ...], place: int, one: Any
) -> Iterator[tuple[Expr, Put]]:
    if _is_expr(one):
        yield one, partial(_with_member, expr, name, members, place)
    for inner in ("expr", "start", "value") if isinstance(one, core.Part | core.Band) else ():
        held = getattr(one, inner, None)
        if held is not None:
            put = partial(_with_member, expr, name, members, place)
            yield held, partial(_inside, put, one, inner)


def _is_expr(value: object) -> TypeGuard[Expr]:
    return isinstance(value, _NODES)


def _with_member(expr: Expr, name: str, members: tuple[Any, ...], place: int, new: Any) -> Expr:
    return _with(expr, name, at(members, place, new))


def _inside(put: Callable[[Any], Expr], part: core.Part | core.Band, name: str, new: Expr) -> Expr:
    return put(_with(part, name, new))


def _with(node: T, name: str, new: Any) -> T:
    again: Any = evolve  # mypy asks for a class of attrs, which a variable type is not
    made: T = again(node, **{name: new})
    return made


def at(members: tuple[T, ...], place: int, new: T) -> tuple[T, ...]:
    """The members with another one in one place."""
    return (*members[:place], new, *members[place + 1 :])


# ---- what a policy has --------------------------------------------------------------------------


def places(policy: core.Policy) -> Iterator[Place]:
    """Every expression that rules, definitions and targets have, under the readings in use."""
    for rule in policy.rules.values():
        yield from _of_rule(policy, rule)
    for definition in policy.definitions.values():
        yield from _of_definition(policy, definition)
    for target in policy.targets.values():
        yield from _of_target(policy, target)


def _of_rule(policy: core.Policy, rule: core.Rule) -> Iterator[Place]:
    body = rule.bodies[rule.in_use]

    def place(role: str, expr: Expr, put: Callable[[Any], core.RuleBody], span: Span) -> Place:
        def whole(new: Any) -> core.Policy:
            made = evolve(rule, bodies={**rule.bodies, rule.in_use: put(new)})
            return evolve(policy, rules=_replaced(policy.rules, rule.name, made))

        out = partial(whole, None) if role in ("applies", "exception") else None
        return Place(rule.name, rule.conclusion, role, expr, whole, out, span)

    if body.applies is not None:
        yield place("applies", body.applies, lambda new: evolve(body, applies=new), rule.span)
    for index, statement in enumerate(body.statements):
        for role, expr, changed, span in _of_statement(statement):
            yield place(role, expr, partial(_restated, body, index, changed), span)


def _restated(
    body: core.RuleBody, index: int, changed: Callable[[Any], core.Statement], new: Any
) -> core.RuleBody:
    return evolve(body, statements=at(body.statements, index, changed(new)))


def _of_statement(
    statement: core.Statement,
) -> Iterator[tuple[str, Expr, Callable[[Any], core.Statement], Span]]:
    if statement.condition is not None:
        changed = partial(_with, statement, "condition")
        yield "condition", statement.condition, changed, statement.span
    for index, exception in enumerate(statement.exceptions):
        put = partial(_excepting, statement, index)
        yield "exception", exception.condition, put, exception.span
    value = statement.result.value
    if value is not None:
        yield "value", value, partial(_giving, statement), statement.span


def _excepting(statement: core.Statement, index: int, new: Expr | None) -> core.Statement:
    """The statement with another condition of an exception, or without the exception."""
    others = statement.exceptions
    if new is None:
        return evolve(statement, exceptions=(*others[:index], *others[index + 1 :]))
    return evolve(statement, exceptions=at(others, index, evolve(others[index], condition=new)))


def _giving(statement: core.Statement, new: Expr) -> core.Statement:
    return evolve(statement, result=evolve(statement.result, value=new))


def _of_definition(policy: core.Policy, definition: core.Definition) -> Iterator[Place]:
    if definition.form == "recorded":
        return
    role = "parameter" if definition.form == "parameter" else "definition"
    for index, dated in enumerate(definition.values):

        def whole(new: Expr, index: int = index, dated: core.DatedValue = dated) -> core.Policy:
            values = at(definition.values, index, evolve(dated, value=new))
            made = evolve(definition, values=values)
            return evolve(policy, definitions=_replaced(policy.definitions, definition.name, made))

        name, span = definition.name, definition.span
        period = in_force(definition.values, index)
        yield Place(name, name, role, dated.value, whole, None, span, period)


def in_force(values: tuple[core.DatedValue, ...], index: int) -> core.Period:
    """From when to when one of several values by date counts."""
    one, later = values[index], values[index + 1 :]
    after = later[0].start if later else None
    before = None if after is None else after - datetime.timedelta(days=1)
    return core.Period(one.start, one.end if before is None else min(one.end or before, before))


def _of_target(policy: core.Policy, target: core.Target) -> Iterator[Place]:
    body = target.bodies[target.in_use]

    def place(role: str, expr: Expr, put: Callable[[Expr], core.TargetBody]) -> Place:
        def whole(new: Expr) -> core.Policy:
            made = evolve(target, bodies={**target.bodies, target.in_use: put(new)})
            return evolve(policy, targets=_replaced(policy.targets, target.name, made))

        return Place(target.name, target.name, role, expr, whole, None, target.span)

    for index, component in enumerate(body.components):
        yield place("measure", component.value, partial(_measuring, body, index))
    for index, operand in enumerate(body.goal.operands):
        yield place("goal", operand, partial(_aiming, body, index))


def _measuring(body: core.TargetBody, index: int, new: Expr) -> core.TargetBody:
    made = evolve(body.components[index], value=new)
    return evolve(body, components=at(body.components, index, made))


def _aiming(body: core.TargetBody, index: int, new: Expr) -> core.TargetBody:
    return evolve(body, goal=evolve(body.goal, operands=at(body.goal.operands, index, new)))


def _replaced(members: Any, name: str, new: Any) -> Any:
    return MappingProxyType({**members, name: new})

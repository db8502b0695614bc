"""What a case looks like to a conclusion: how each of its conditions comes out, as code finds it.

Cases that look alike differ in nothing but the values of their facts.  Of a case that looks like
one before, the outcome is known, and so is the form of its explanation; nothing else need be
worked out until it is asked for.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from attrs import frozen

from vocpolicy import core
from vocpolicy.core.walk import within
from vocpolicy.facts import entity_of
from vocpolicy.interpreter import Facts, new_scope
from vocpolicy.interpreter.expressions import in_force
from vocpolicy.needs import needs
from vocpolicy.scalar.checks import first_meant
from vocpolicy.scalar.code import UnsupportedError, three_valued
from vocpolicy.scalar.compiled import add_bounding
from vocpolicy.scalar.generate import functions_for
from vocpolicy.scalar.writer import Writer

Look: TypeAlias = tuple[bool | None, ...]
"""How every condition comes out; where facts are missing, then of every fact whether it is."""

MOST_CONDITIONS = 256
"""With more of them hardly two cases look alike."""


@frozen(eq=False)
class Condition:
    """A condition that has no parts that are conditions.

    Attributes:
        expr: its node of the core.
        entity: whose fields its facts are first.
        facts: places, in the values of a case, of the facts that it reads.
    """

    expr: core.Expr
    entity: str | None
    facts: tuple[int, ...]


@frozen(eq=False)
class Capture:
    """
    Attributes:
        facts: names of the facts that are read, in the order of the values.
        declared: what names of facts mean.
        conditions: by the identity of their node.
        see: from facts as programs have them, checked, how the case looks and its values; None
            where the facts, or the case, are left to the interpreter.
    """

    facts: tuple[str, ...]
    declared: Mapping[str, core.Fact]
    conditions: Mapping[int, Condition]
    see: Callable[[object], tuple[Look, tuple[Any, ...]] | None]


@frozen(eq=False)
class _Case:
    """What the code is for; what it does not see is left."""

    as_of: datetime.date
    entity: str | None
    facts: tuple[str, ...]
    declared: Mapping[str, core.Fact]
    readings: Mapping[str, str] = MappingProxyType({})
    one: bool = True
    observes: bool = False

    def decide(self, given: object, of_values: Callable[..., Any] | None = None) -> None:
        return None


def capture(policy: core.Policy, name: str, as_of: datetime.date) -> Capture | None:
    """Code that sees what a case looks like to a conclusion on a date, under the readings in use.

    None where that would not tell its outcome and the form of its explanation: where rules give
    values or have readings, where rows of a table or records of a list decide, and where code
    does not decide at all.
    """
    edition = policy.on(as_of)
    if name in edition.rules and name not in edition.conclusions:
        name = edition.rules[name].conclusion
    if name not in edition.conclusions or edition.month_end == "refuse":
        return None
    if needs(edition, name).varied:
        return None
    entity = entity_of(edition, name)
    facts = dict.fromkeys(needs(edition, name).facts)
    declared = first_meant(policy, entity)
    add_bounding(facts, declared)
    case = _Case(as_of, entity, tuple(facts), declared)
    try:
        return _captured(edition, case, edition.conclusions[name])
    except (UnsupportedError, RecursionError, MemoryError, SyntaxError):
        return None


def _captured(policy: core.Policy, case: _Case, conclusion: core.Conclusion) -> Capture:
    walk = _Walk(policy, case.as_of, set())
    found: dict[int, tuple[core.Expr, str | None]] = {}
    for expr, entity in walk.conclusion(conclusion):
        found[id(expr)] = (expr, entity)
    if len(found) > MOST_CONDITIONS:
        raise UnsupportedError("has too many conditions")
    places = {name: place for place, name in enumerate(case.facts)}
    conditions = {
        key: Condition(expr, entity, tuple(sorted({places[name] for name in walk.read(expr)})))
        for key, (expr, entity) in found.items()
    }

    def look(writer: Writer) -> str:
        seen = [_seen(writer, expr, entity) for expr, entity in found.values()]
        values = list(writer.variables.values())
        if not writer.known:
            seen += [f"{value} is M" for value in values]
        return f"({_tuple(seen)}, {_tuple(values)})"

    see = functions_for(policy, case, look).decide
    return Capture(case.facts, case.declared, MappingProxyType(conditions), see)


def _seen(writer: Writer, expr: core.Expr, entity: str | None) -> str:
    """The variable that holds how a condition comes out."""
    with writer.at(writer.where.enter(entity)):
        truth = writer.truth(expr)
    return writer.keep(truth.holds if writer.known else three_valued(truth))


def _tuple(codes: list[str]) -> str:
    return f"({', '.join(codes)}{',' if codes else ''})"


@frozen(eq=False)
class _Walk:
    """Goes through what decides a conclusion, down to conditions that have no parts; each with
    the entity whose fields it means.  `followed` are names that it has gone through."""

    policy: core.Policy
    day: datetime.date
    followed: set[tuple[type, str]]

    def conclusion(self, conclusion: core.Conclusion) -> Iterator[tuple[core.Expr, str | None]]:
        otherwise = conclusion.otherwise
        if conclusion.table or (otherwise is not None and otherwise.value is not None):
            raise UnsupportedError("gives a value, or is decided by a table")
        for name in conclusion.rules:
            rule = self.policy.rules[name]
            body = rule.bodies[rule.in_use]
            exprs = [body.applies]
            for one in body.statements:
                if one.result.value is not None:
                    raise UnsupportedError("gives a value")
                exprs += [one.condition, *(exception.condition for exception in one.exceptions)]
            for expr in exprs:
                if expr is not None:
                    yield from self.inside(expr, conclusion.entity)

    def inside(self, expr: core.Expr, entity: str | None) -> Iterator[tuple[core.Expr, str | None]]:
        match expr:
            case core.All(parts) | core.Any(parts):
                for part in parts:
                    yield from self.inside(part.expr, entity)
            case core.Not(operand):
                yield from self.inside(operand, entity)
            case core.Const(value=bool()):
                return
            case core.ConclusionRef(name) | core.DefinitionRef(name):
                if (type(expr), name) not in self.followed:
                    self.followed.add((type(expr), name))
                    yield from self._named(expr, entity)
            case _:
                yield self._whole(expr), entity

    def _named(
        self, expr: core.ConclusionRef | core.DefinitionRef, entity: str | None
    ) -> Iterator[tuple[core.Expr, str | None]]:
        if isinstance(expr, core.ConclusionRef):
            yield from self.conclusion(self.policy.conclusions[expr.name])
            return
        declared = self.policy.definitions[expr.name]
        yield from self.inside(self._in_force(declared), declared.entity)

    def _in_force(self, declared: core.Definition) -> core.Expr:
        scope = new_scope(self.policy, Facts(), self.day).enter(declared.entity)
        dated = in_force(scope, declared)
        if dated is None:
            raise UnsupportedError("no value is in force")
        return dated.value

    def _whole(self, expr: core.Expr) -> core.Expr:
        """A condition of which its outcome and its facts tell all that is said."""
        for one in within(expr):
            match one:
                case core.ConclusionRef() | core.FieldRef() | core.Aggregate():
                    raise UnsupportedError("names what is explained itself")
                case core.DefinitionRef(name):
                    declared = self.policy.definitions[name]
                    if declared.form != "parameter":
                        raise UnsupportedError("names what is explained itself")
                    self._whole(self._in_force(declared))
                case core.Scale():
                    raise UnsupportedError("looks at more or less of itself as its facts are")
                case core.Divide(if_zero=if_zero) if if_zero is not None:
                    raise UnsupportedError("looks at more or less of itself as its facts are")
                case _:
                    pass
        return expr

    def read(self, expr: core.Expr) -> Iterator[str]:
        """Names of the facts that a condition reads."""
        for one in within(expr):
            if isinstance(one, core.FactRef):
                yield one.name
            elif isinstance(one, core.DefinitionRef):
                yield from self.read(self._in_force(self.policy.definitions[one.name]))

"""What lints look at: a checked policy with its files, and ways through both."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import attrs
from attrs import define

from vocpolicy import core, syntax
from vocpolicy.core.walk import within
from vocpolicy.source import Span


@define(frozen=True, slots=False, eq=False)
class Checked:
    """A policy, and the files that it was made of."""

    policy: core.Policy
    files: tuple[syntax.File, ...]

    @cached_property
    def _names(self) -> dict[int, Span]:
        """The place of a thing's name by the identity of the thing's span."""
        named = (
            (one.span, getattr(one, "name", None))
            for declaration in self.declarations()
            for one in nodes(declaration)
            if hasattr(one, "span")
        )
        return {id(span): name.span for span, name in named if isinstance(name, syntax.Name)}

    def name_in(self, span: Span) -> Span:
        """Where the name of what is declared at a place stands; the place, if it has none."""
        return self._names.get(id(span), span)

    def declarations(self) -> Iterator[syntax.Declaration]:
        for file in self.files:
            yield from file.declarations


def nodes(thing: Any) -> Iterator[Any]:
    """A node of the syntax tree and every node in it, in the order of the text."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            waiting.extend(reversed(one))
        elif attrs.has(type(one)) and type(one).__module__.startswith("vocpolicy.syntax"):
            yield one
            waiting.extend(
                getattr(one, part.name)
                for part in reversed(attrs.fields(type(one)))
                if part.name != "span"
            )


def expressions(policy: core.Policy) -> Iterator[core.Expr]:
    """Every expression that something is worked out from, with all its parts."""
    for definition in policy.definitions.values():
        yield from within(*(dated.value for dated in definition.values))
    for rule in policy.rules.values():
        for body in rule.bodies.values():
            yield from within(*_of_rule(body))
    for conclusion in policy.conclusions.values():
        if conclusion.otherwise:
            yield from within(conclusion.otherwise.value)
    for target in policy.targets.values():
        for aim in target.bodies.values():
            yield from within(*_of_target(aim))
    for table in policy.tables.values():
        yield from within(*table.inputs)


def _of_rule(body: core.RuleBody) -> Iterator[core.Expr | None]:
    yield body.applies
    for statement in body.statements:
        yield statement.condition
        yield statement.result.value
        yield from (exception.condition for exception in statement.exceptions)


def _of_target(body: core.TargetBody) -> Iterator[core.Expr | None]:
    yield body.applies
    yield from (component.value for component in body.components)
    for goal in (body.goal, body.baseline, *body.milestones):
        if goal is not None:
            yield from goal.operands
            yield goal.tolerance


def types(policy: core.Policy) -> Iterator[core.Type]:
    """The type of every fact, field and definition, and what it is made of."""
    waiting: list[core.Type] = [fact.type for fact in policy.facts.values()]
    waiting += [f.type for entity in policy.entities.values() for f in entity.fields.values()]
    waiting += [definition.type for definition in policy.definitions.values()]
    waiting += [conclusion.type for conclusion in policy.conclusions.values()]
    while waiting:
        type_ = waiting.pop()
        yield type_
        match type_:
            case core.ListType(item=inner) | core.OptionalType(inner=inner):
                waiting.append(inner)

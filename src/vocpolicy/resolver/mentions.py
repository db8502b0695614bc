"""Which names an expression uses, as far as that can be seen before types are known."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import assert_never

from attrs import frozen

from vocpolicy import syntax
from vocpolicy.resolver.scope import Definition, Scope, bodies


@frozen
class Mention:
    """A name in an expression.

    `perhaps` where it may as well be a value of a choice, such as what stands after `is`.
    """

    name: syntax.Name
    perhaps: bool = False


@frozen
class Place:
    """Where an expression stands: which names are fields there, and so mention nothing else."""

    scope: Scope
    members: frozenset[str]
    entity: str | None = None
    inside: str | None = None

    def hides(self, name: str) -> bool:
        fields, inner = self.scope.fields(self.entity), self.scope.fields(self.inside)
        return name in fields or name in inner


def place(scope: Scope, entity: syntax.Name | None) -> Place:
    members = frozenset(
        member.name.text for choice in scope.choices.values() for member in choice.members
    )
    return Place(scope, members, entity.text if entity else None)


def of_definition(place: Place, definition: Definition) -> Iterator[Mention]:
    """The names that a definition uses."""
    match definition:
        case syntax.Define(value=value):
            yield from in_expression(place, value)
        case syntax.Parameter(values=values):
            alternatives = [one.values for one in definition.readings]
            for dated in chain(values, *alternatives):
                yield from _value(place, dated.value)
        case syntax.Recorded(value=comparison):
            for operand in comparison.operands:
                yield from _value(place, operand)
        case _:
            assert_never(definition)


def of_rule(place: Place, rule: syntax.Rule) -> Iterator[Mention]:
    """The names that a rule's conditions and values use."""
    for body in bodies(rule):
        if body.applies:
            yield from in_expression(place, body.applies)
        for statement in body.statements:
            yield from _statement(place, statement)
        if body.otherwise and body.otherwise.value:
            yield from _value(place, body.otherwise.value)


def _statement(place: Place, statement: syntax.Statement) -> Iterator[Mention]:
    if statement.conclusion.value:
        yield from _value(place, statement.conclusion.value)
    if statement.condition:
        yield from in_expression(place, statement.condition)
    for exception in statement.exceptions:
        yield from in_expression(place, exception.condition)


def _value(place: Place, expr: syntax.Expr) -> Iterator[Mention]:
    """Mentions of an expression that may be the name of a value of a choice."""
    if isinstance(expr, syntax.Path) and len(expr.parts) == 1:
        name = expr.parts[0]
        if not place.hides(name.text):
            yield Mention(name, perhaps=name.text in place.members)
    else:
        yield from in_expression(place, expr)


def in_expression(place: Place, expr: syntax.Expr) -> Iterator[Mention]:
    """The names that an expression uses, but for fields."""
    match expr:
        case (
            syntax.Number()
            | syntax.Date()
            | syntax.String()
            | syntax.YesNo()
            | syntax.Nothing()
            | syntax.AsOf()
        ):
            pass
        case syntax.Path(parts=(first, *_)):
            if not place.hides(first.text):
                yield Mention(first)
        case syntax.Path():
            pass
        case syntax.Prefix(operand=inner) | syntax.Group(inner=inner):
            yield from in_expression(place, inner)
        case syntax.Concluded(conclusion=inner):
            yield from in_expression(place, inner)
        case syntax.Infix(left=left, right=right):
            yield from _value(place, left)
            yield from _value(place, right)
        case syntax.Ratio(numerator=left, denominator=right, if_zero=if_zero):
            yield from _several(place, left, right, if_zero)
        case syntax.DatesBetween(start=left, end=right):
            yield from _several(place, left, right)
        case syntax.Membership(item=item, members=members):
            yield from in_expression(place, item)
            for member in members:
                yield from _value(place, member)
        case syntax.Between(item=item, low=low, high=high):
            yield from _several(place, item, low, high)
        case syntax.Conditions(parts=parts):
            yield from _several(place, *(part.expr for part in parts))
        case syntax.Aggregate():
            yield from _aggregate(place, expr)
        case syntax.Rounded(operand=left, grain=right):
            yield from _several(place, left, right)
        case syntax.Chosen(members=members):
            yield from _several(place, *members)
        case syntax.Scale(operand=item, bands=bands):
            yield from in_expression(place, item)
            for band in bands:
                yield from in_expression(place, band.start)
                yield from _value(place, band.value)
        case _:
            assert_never(expr)


def _several(place: Place, *parts: syntax.Expr | None) -> Iterator[Mention]:
    for part in parts:
        if part is not None:
            yield from in_expression(place, part)


def _aggregate(place: Place, node: syntax.Aggregate) -> Iterator[Mention]:
    yield from _several(place, node.path, node.window, node.since, node.month_days, node.if_empty)
    entity, taken = _list_of(place, node.path)
    inner = Place(place.scope, place.members, place.entity, entity)
    if taken is not None and not inner.hides(taken.text):
        yield Mention(taken)  # `total of pupils.grant`: something decided for each pupil
    yield from _several(inner, node.where, node.satisfies)


def _list_of(place: Place, path: syntax.Path) -> tuple[str | None, syntax.Name | None]:
    """The entity whose records the path's list holds, by the declared types alone; and the name
    after the list, which is taken of each record."""
    fields = {
        **place.scope.facts,
        **place.scope.fields(place.entity),
        **place.scope.fields(place.inside),
    }
    for at, part in enumerate(path.parts):
        fact = fields.get(part.text)
        if fact is None or fact.type.name is None:
            break
        if fact.type.is_list:
            return fact.type.name.text, next(iter(path.parts[at + 1 :]), None)
        fields = dict(place.scope.fields(fact.type.name.text))
    return None, None

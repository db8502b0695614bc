"""Decision tables: what collecting makes of their outputs, and the table in the core.

The rules that a table stands for are checked as all rules are (`vocpolicy.checker.rules`); here
their conditions are told apart again, cell by cell.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from vocpolicy import core, syntax
from vocpolicy.checker.accepted import accepted
from vocpolicy.checker.context import Context, Env
from vocpolicy.checker.expressions import infer
from vocpolicy.checker.types import describe, inner
from vocpolicy.checker.words import labels
from vocpolicy.quantities import NUMBER
from vocpolicy.resolver.tables import Shape


def collected_type(context: Context, name: str, type_: core.Type | None) -> core.Type | None:
    """The type of a conclusion whose rules give values of a type: another one where a table
    collects them."""
    shape = context.scope.tables.get(name)
    if shape is None or type_ is None or not shape.collect:
        return type_
    fits = False
    match shape.collect:
        case "count":
            return evolve(NUMBER, whole=True)
        case "sum":
            fits = isinstance(type_, core.NumberType)
        case "least" | "most":
            fits = isinstance(type_, core.NumberType | core.DateType)
        case _:
            fits = not isinstance(inner(type_), core.ListType | core.RecordType)
    if not fits:
        word = shape.table.policy[-1]
        found = describe(context, type_)
        context.mistakes.add("V712", word.span, collect=word.text, found=found)
        return None
    return core.ListType(type_) if shape.collect == "list" else type_


def table_of(context: Context, name: str) -> str:
    """The table that decides a conclusion; "" where rules do."""
    shape = context.scope.tables.get(name)
    return shape.table.name.text if shape else ""


def check_tables(context: Context) -> dict[str, core.Table]:
    """The tables whose rules are in order, by name."""
    shapes = {shape.table.name.text: shape for shape in context.scope.tables.values()}
    made = {name: _table(context, shape) for name, shape in shapes.items()}
    return {name: table for name, table in made.items() if table is not None}


def _table(context: Context, shape: Shape) -> core.Table | None:
    written = shape.table
    env = Env(context, written.entity.text if written.entity else None)
    outputs = tuple(name.text for name in written.decides)
    conclusions = [context.conclusions.get(name) for name in outputs]
    if written.entity and written.entity.text not in context.scope.entities:
        return None
    inputs = [infer(env, one) for one in shape.inputs]
    kept = tuple(one for one in inputs if one is not None)
    if len(kept) < len(inputs) or None in conclusions:
        return None
    (rule,) = conclusions[0].rules if conclusions[0] else ("",)
    statements = context.rules[rule].bodies[""].statements
    if len(statements) < len(shape.rows):
        return None
    return core.Table(
        written.name.text,
        labels(written.labels, written.name.text),
        shape.policy,
        shape.collect,
        kept,
        outputs,
        tuple(
            core.TableRow(_cells(row, len(inputs), statement), span=row.span)
            for row, statement in zip(shape.rows, statements, strict=True)
        ),
        _order(context, shape.policy, statements),
        accepted(context, written.accepts),
        span=written.span,
    )


def _cells(row: syntax.Row, inputs: int, statement: core.Statement) -> tuple[core.Expr | None, ...]:
    """The condition of a row, cell by cell: with more than one cell it has a part for each."""
    asks = [not isinstance(cell, syntax.AnyCell) for cell in row.cells[:inputs]]
    condition = statement.condition
    if sum(asks) > 1 and isinstance(condition, core.All):
        parts = iter(part.expr for part in condition.parts)
        return tuple(next(parts) if asked else None for asked in asks)
    return tuple(condition if asked else None for asked in asks)


def _order(context: Context, policy: str, statements: Sequence[core.Statement]) -> tuple[int, ...]:
    """Top down; by priority, in the order of what the first output gives."""
    places = range(len(statements))
    if policy != "priority":
        return tuple(places)
    ranks = _ranks(context, [statement.result for statement in statements])
    return tuple(sorted(places, key=lambda place: (ranks[place], place)))


def _ranks(context: Context, results: Sequence[core.Result]) -> list[int]:
    """Of the values of a choice their place in it, of others that of the first row with the
    value; `not applicable` comes last."""
    ranks = []
    last = len(results) + sum(len(choice.members) for choice in context.choices.values())
    for result in results:
        match result.value:
            case None:
                ranks.append(last)
            case core.Const(value=str() as name, type=core.ChoiceType(name=choice)):
                ranks.append(list(context.choices[choice].members).index(name))
            case value:
                first = next(at for at, one in enumerate(results) if one.value == value)
                ranks.append(first)
    return ranks

"""The conditions of rules by name, for columns that say why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.scope import Place


@frozen
class Condition:
    """One condition of a rule.

    Attributes:
        column: name of its column with `explain="conditions"`.
        conclusion: what it helps decide.
        text: the condition as the rule file has it.
        place: file, line and column.
        exception: whether it stands after `except when`, so that it speaks against.
        citations: what the statement cites, as `document clause`.
    """

    column: str
    conclusion: str
    text: str
    place: str
    exception: bool
    citations: tuple[str, ...]
    expr: core.Expr


class Absent(Enum):
    """What a condition comes to on a day on which no rule asks it."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


def together(several: Iterable[Iterable[Condition]]) -> tuple[Condition, ...]:
    """The conditions of all, those that share a column once."""
    found = {one.column: one for conditions in several for one in conditions}
    return tuple(found.values())


def conditions_of(place: Place, conclusion: core.Conclusion) -> tuple[Condition, ...]:
    """Every condition of the rules that are in force, each once, in the order of the rules."""
    found: dict[core.Expr, Condition] = {}
    names: set[str] = set()
    for expr, exception, citations in _written(place, conclusion):
        if expr in found:
            continue
        text = " ".join(expr.span.text.split()) or type(expr).__name__.lower()
        column = f"{conclusion.name}: {text}"
        while column in names:
            column += "′"
        names.add(column)
        said = tuple(f"{one.document} {one.clause}" for one in citations)
        at = str(expr.span)
        found[expr] = Condition(column, conclusion.name, text, at, exception, said, expr)
    return tuple(found.values())


def _written(
    place: Place, conclusion: core.Conclusion
) -> Iterator[tuple[core.Expr, bool, tuple[core.Citation, ...]]]:
    for name in conclusion.rules:
        body = place.scope().body(place.policy.rules[name])
        if not (body.period.covers(place.day) and place.policy.period.covers(place.day)):
            continue
        if body.applies is not None:
            yield from ((one, False, body.citations) for one in leaves(body.applies))
        for statement in body.statements:
            cited = (*statement.citations, *body.citations)
            if statement.condition is not None:
                yield from ((one, False, cited) for one in leaves(statement.condition))
            for exception in statement.exceptions:
                yield from ((one, True, cited) for one in leaves(exception.condition))


def leaves(expr: core.Expr) -> Iterator[core.Expr]:
    """The conditions that `and`, `or` and `not` join."""
    match expr:
        case core.Not(operand):
            yield from leaves(operand)
        case core.All(parts) | core.Any(parts):
            for part in parts:
                yield from leaves(part.expr)
        case core.Const():
            return
        case _:
            yield expr

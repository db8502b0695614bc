"""How long exact numbers can grow: a definition that multiplies itself forty times over would
fill the memory, so that more factors than any clause asks for are a mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from attrs import frozen

from vocpolicy import core
from vocpolicy.checker.context import Context
from vocpolicy.core.walk import children

MOST_FACTORS = 1000


@frozen
class _Size:
    """How many given numbers are multiplied above and below the line of a fraction, at most."""

    above: int = 1
    below: int = 0


def check_sizes(context: Context) -> None:
    """Reports the first place at which a number has too many factors, of each chain of them."""
    known: dict[str, _Size] = {}
    for name in context.scope.order:
        sizes = [_size(context, known, expr) for expr in _expressions(context, name)]
        known[name] = _largest(sizes)


def _expressions(context: Context, name: str) -> Iterator[core.Expr]:
    """Everything that a definition or a conclusion is worked out from."""
    definition = context.definitions.get(name)
    if definition is not None:
        for dated in chain(definition.values, *definition.bodies.values()):
            yield dated.value
    conclusion = context.conclusions.get(name)
    if conclusion is None:
        return
    if conclusion.otherwise is not None and conclusion.otherwise.value is not None:
        yield conclusion.otherwise.value
    rules = [context.rules[one] for one in conclusion.rules if one in context.rules]
    for statement in chain.from_iterable(
        body.statements for rule in rules for body in rule.bodies.values()
    ):
        for expr in (statement.result.value, statement.condition):
            if expr is not None:
                yield expr


def _largest(sizes: Iterable[_Size]) -> _Size:
    found = [_Size(), *sizes]
    return _Size(max(one.above for one in found), max(one.below for one in found))


def _size(context: Context, known: Mapping[str, _Size], expr: core.Expr) -> _Size:
    if isinstance(expr, core.DefinitionRef | core.ConclusionRef):
        return known.get(expr.name, _Size())
    below = [_size(context, known, part) for part in children(expr)]
    size = _combined(expr, below)
    if max(size.above, size.below) <= MOST_FACTORS:
        return size
    context.mistakes.add("V363", expr.span, most=MOST_FACTORS)
    return _Size()


def _combined(expr: core.Expr, parts: list[_Size]) -> _Size:
    match expr:
        case core.Arithmetic(operator="multiply"):
            one, other = parts
            return _Size(one.above + other.above, one.below + other.below)
        case core.Divide():
            over, under = parts[:2]
            made = _Size(over.above + under.below, over.below + under.above)
            return _largest([made, *parts[2:]])
        case core.Arithmetic():
            one, other = parts
            above = max(one.above + other.below, other.above + one.below)
            return _Size(above, one.below + other.below)
        case _:
            return _largest(parts)

"""How a value came about on a scale: the line that it is on, or what each line adds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vocpolicy.core import Band, DefinitionRef, FactRef, FieldRef, Scale
from vocpolicy.explain.nodes import Node
from vocpolicy.explain.phrases import Scope
from vocpolicy.explain.terms import Say, Term
from vocpolicy.explain.values import amount_of, bound_of, known, value_of
from vocpolicy.trace import Step


def scale_lines(step: Step, scope: Scope) -> Iterator[Node]:
    """Nothing where the step is no scale, or where its value is still open."""
    expr = step.expr
    if not isinstance(expr, Scale) or not known(step.answer):
        return
    operand, starts = step.children[0], step.children[1 : len(expr.bands) + 1]
    values = step.children[len(expr.bands) + 1 :]
    if expr.kind == "marginal":
        yield from _parts(expr, operand, starts, values, scope)
    elif known(operand.answer):
        yield from _line(expr, operand, starts, values, scope)


def _line(
    expr: Scale, operand: Step, starts: tuple[Step, ...], values: tuple[Step, ...], scope: Scope
) -> Iterator[Node]:
    """The line that the operand is on."""
    for band, start in zip(expr.bands, starts, strict=True):
        if len(values) == 1 and values[0].expr is band.value:
            args: dict[str, Term] = {
                "operand": _placed(operand, scope),
                "start": value_of(start, scope),
            }
            yield _node(Say("scale_line", args), band)
            return
    args = {"operand": _placed(operand, scope), "start": value_of(starts[0], scope)}
    yield Node(Say("scale_below", args), span=expr.span)


def _placed(operand: Step, scope: Scope) -> Term:
    """What is looked for on the scale, with its name where it has one."""
    named = isinstance(operand.expr, FactRef | FieldRef | DefinitionRef)
    return bound_of(operand, scope) if named else value_of(operand, scope)


def _parts(
    expr: Scale, operand: Step, starts: tuple[Step, ...], rates: tuple[Step, ...], scope: Scope
) -> Iterator[Node]:
    """What each line that the operand reaches into adds."""
    for place, (band, start, rate) in enumerate(zip(expr.bands, starts, rates, strict=True)):
        end = starts[place + 1].answer if place + 1 < len(starts) else operand.answer
        numbers = (operand.answer, start.answer, end, rate.answer)
        if not all(isinstance(number, Fraction) for number in numbers):
            return
        value, first, last, factor = (number for number in numbers if isinstance(number, Fraction))
        part = min(value, last) - first
        if part > 0:
            args: dict[str, Term] = {
                "start": value_of(start, scope),
                "part": amount_of(operand, part),
                "rate": value_of(rate, scope),
                "value": amount_of(expr, part * factor),
            }
            yield _node(Say("scale_part", args), band)


def _node(says: Term, band: Band) -> Node:
    return Node(says, citations=band.citations, assumptions=band.assumptions, span=band.span)

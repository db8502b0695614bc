"""Code for scales of which only bounds of the operand, or of the values of lines, are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vocpolicy import core
from vocpolicy.scalar import code, ranges, values
from vocpolicy.scalar.code import Number, UnsupportedError

if TYPE_CHECKING:
    from vocpolicy.scalar.ranges import Range
    from vocpolicy.scalar.writer import Writer


def band(writer: Writer, expr: core.Scale) -> Range:
    """The value of the line that the operand is on, or what the possible ones have in common."""
    begun = [_begun(writer, expr.operand, one.start) for one in expr.bands]
    lines = [ranges.ranged(writer, one.value) for one in expr.bands]
    codes, scale = ranges.same_scale(writer, lines)
    upper_first = reversed(list(zip(begun, codes, strict=True)))
    pairs = "".join(f"({on}, {value}), " for on, value in upper_first)
    below = isinstance(expr.type, core.OptionalType)
    return ranges.Range(f"banded(({pairs}), {below})", scale, optional=below)


def _begun(writer: Writer, operand: core.Expr, start: core.Expr) -> str:
    """Whether the operand reaches a line."""
    touched, writer.touched = writer.touched, {}
    truth = writer.truth(core.Compare("at_least", operand, start))
    writer.touched = touched
    return code.three_valued(truth)


def marginal(writer: Writer, expr: core.Scale) -> Range:
    """The sum over the lines, whose starts and rates have to be known."""
    operand = ranges.ranged(writer, expr.operand)
    return ranges.lifted(writer, [operand], lambda one: _marginal(writer, expr, one[0]))


def _marginal(writer: Writer, expr: core.Scale, operand: Range) -> Range:
    starts = [_known(writer, one.start) for one in expr.bands]
    rates = [_known(writer, one.value) for one in expr.bands]
    figures, scale = code.same_scale([Number("1", operand.scale), *starts])
    shares, rate = code.same_scale(rates)
    by = writer.constant(operand.scale / scale) if figures[0] != "1" else ""
    value = f"scaled({operand.code}, {by})" if by else operand.code
    lists = f"({', '.join(figures[1:])},), ({', '.join(shares)},)"
    return ranges.Range(f"marginal_ends({value}, {lists})", scale * rate)


def _known(writer: Writer, expr: core.Expr) -> Number:
    for one in writer.through(expr):
        if not isinstance(one, core.Const | core.DefinitionRef):
            raise UnsupportedError("is a scale whose lines turn on facts")
    return values.some(values.number(writer, expr))

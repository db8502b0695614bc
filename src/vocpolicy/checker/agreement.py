"""Whether types agree, and the mistakes where they do not."""

from __future__ import annotations

from vocpolicy import core
from vocpolicy.checker.context import Context
from vocpolicy.checker.types import DATE, describe, inner, type_of
from vocpolicy.diagnostics import Words
from vocpolicy.quantities import DAYS, MONTHS
from vocpolicy.source import Span

COMPARED = Words("compared", "比较")
ADDED = Words("added", "相加")
SUBTRACTED = Words("subtracted", "相减")


def as_condition(context: Context, node: core.Expr | None) -> core.Expr | None:
    """The expression, if it is yes or no."""
    if node is None:
        return None
    if isinstance(type_of(node), core.YesNoType):
        return node
    context.mistakes.add("V306", node.span, found=describe(context, type_of(node)))
    return None


def as_type(context: Context, node: core.Expr | None, type_: core.Type) -> core.Expr | None:
    """The expression, if it is of the type (or, where the type allows `none`, of its inner)."""
    if node is None:
        return None
    found = type_of(node)
    if found in (type_, inner(type_)):
        return node
    if inner(found) == type_:
        context.mistakes.add("V308", node.span, found=describe(context, found))
        return None
    context.mistakes.add(
        "V305",
        node.span,
        wanted=describe(context, type_),
        found=describe(context, found),
    )
    return None


def as_number(context: Context, node: core.Expr | None) -> core.NumberType | None:
    """The type of the expression, if it is a number."""
    if node is None:
        return None
    type_ = type_of(node)
    if isinstance(type_, core.NumberType):
        return type_
    _not_a_number(context, node, type_)
    return None


def _not_a_number(context: Context, node: core.Expr, type_: core.Type) -> None:
    code = "V308" if isinstance(type_, core.OptionalType) else "V309"
    context.mistakes.add(code, node.span, found=describe(context, type_))


def same_numbers(
    context: Context,
    left: core.NumberType,
    right: core.NumberType,
    span: Span,
    action: Words,
) -> bool:
    """Two numbers of one dimension."""
    if left.dimension == right.dimension:
        return True
    if {left.dimension, right.dimension} == {DAYS.dimension, MONTHS.dimension}:
        context.mistakes.add("V304", span, action=action)
    else:
        _differ(context, "V301", left, right, span, action)
    return False


def _differ(
    context: Context, code: str, left: core.Type, right: core.Type, span: Span, action: Words
) -> None:
    context.mistakes.add(
        code,
        span,
        left=describe(context, left),
        right=describe(context, right),
        action=action,
    )


def ordered(context: Context, left: core.Expr, right: core.Expr, span: Span) -> bool:
    """Two numbers of one dimension, or two dates: what can be larger or smaller.

    Either may be none, which is neither: the comparison is then no.
    """
    one, other = inner(type_of(left)), inner(type_of(right))
    if one == DATE and other == DATE:
        return True
    if isinstance(one, core.NumberType) and isinstance(other, core.NumberType):
        return same_numbers(context, one, other, span, COMPARED)
    for node, type_ in ((left, one), (right, other)):
        if not isinstance(type_, core.NumberType | core.DateType):
            context.mistakes.add("V307", node.span, found=describe(context, type_))
            return False
    _differ(context, "V355", one, other, span, COMPARED)
    return False


def equal(context: Context, left: core.Expr, right: core.Expr, span: Span) -> bool:
    """Two values of one type, neither a list nor a record."""
    one, other = inner(type_of(left)), inner(type_of(right))
    for node, type_ in ((left, one), (right, other)):
        if isinstance(type_, core.ListType | core.RecordType):
            context.mistakes.add("V348", node.span, found=describe(context, type_))
            return False
    if isinstance(one, core.NumberType) and isinstance(other, core.NumberType):
        return same_numbers(context, one, other, span, COMPARED)
    if one != other:
        _differ(context, "V355", one, other, span, COMPARED)
    return one == other

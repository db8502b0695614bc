"""`at least 65%`, `about 20 tolerance 10%`, `each of (…)`: what goals and records are given as."""

from __future__ import annotations

from attrs import frozen

from vocpolicy import core, syntax
from vocpolicy.checker.agreement import as_type
from vocpolicy.checker.context import Env
from vocpolicy.checker.expressions import in_order, infer, typed
from vocpolicy.checker.literals import as_fraction
from vocpolicy.checker.types import describe, type_of
from vocpolicy.quantities import is_ratio, kind_of

NEAR = frozenset({"nearly", "about", "level_with"})
"""Comparators that are a band, as wide as their tolerance says."""


@frozen
class Tolerance:
    """`relative` where it is a part of the operand, else an amount of its own."""

    node: core.Expr | None = None
    relative: bool = False


def operands(
    env: Env, comparison: syntax.Comparison, type_: core.Type
) -> tuple[core.Expr, ...] | None:
    """What a value of the type is compared with; None where it is a mistake, reported."""
    context = env.context
    match comparison.comparator:
        case "all" if not is_ratio(type_):
            context.mistakes.add("V334", comparison.span, found=describe(context, type_))
            return None
        case "some" if not _countable(type_):
            context.mistakes.add("V335", comparison.span, found=describe(context, type_))
            return None
        case "each_of":
            return _members(env, comparison, type_)
        case "at_least" | "at_most" | "more_than" | "less_than" | "between" | "about":
            ordered_type = isinstance(type_, core.NumberType | core.DateType)
            if not ordered_type:
                context.mistakes.add("V307", comparison.span, found=describe(context, type_))
                return None
    made = [typed(env, operand, type_) for operand in comparison.operands]
    kept = tuple(operand for operand in made if operand is not None)
    if len(kept) < len(made):
        return None
    if comparison.comparator == "between" and not in_order(env, kept[0], kept[1], comparison.span):
        return None
    return kept


def _countable(type_: core.Type) -> bool:
    return isinstance(type_, core.NumberType) and (
        kind_of(type_.dimension) is not None or (not type_.dimension and not is_ratio(type_))
    )


def _members(
    env: Env, comparison: syntax.Comparison, type_: core.Type
) -> tuple[core.Expr, ...] | None:
    """Every one of a named set has to be in the list."""
    if not isinstance(type_, core.ListType) or not isinstance(type_.item, core.ChoiceType):
        context = env.context
        context.mistakes.add("V336", comparison.span, found=describe(context, type_))
        return None
    made = [typed(env, operand, type_.item) for operand in comparison.operands]
    kept = tuple(operand for operand in made if operand is not None)
    return kept if len(kept) == len(made) else None


def tolerance(env: Env, comparison: syntax.Comparison, type_: core.Type) -> Tolerance | None:
    """How wide the band is; None where it is missing or a mistake, reported.

    A percentage is a part of the operand; percentage points, and amounts in the operand's own
    unit, are amounts.
    """
    written, context = comparison.tolerance, env.context
    if comparison.comparator not in NEAR:
        return Tolerance()
    if written is None:
        context.mistakes.add("V332", comparison.span, found=comparison.span.text)
        return None
    relative = isinstance(written, syntax.Number) and written.percent
    found = infer(env, written, None if relative else type_)
    if found is None:
        return None
    if not is_ratio(type_) and is_ratio(type_of(found)):
        relative = True
    elif not relative and as_type(context, found, type_) is None:
        return None
    value = as_fraction(found)
    if value is not None and value < 0:
        context.mistakes.add("V333", found.span)
        return None
    return Tolerance(found, relative)

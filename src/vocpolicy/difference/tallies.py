"""What is asked of a list, said as far as it goes by counts of its records.

That every record passes is that none fails; that one does, that at least one passes.  The least
of several values is at least a figure where no record has less.  So questions that are worded in
different ways become questions about the same counts.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from vocpolicy import core

COUNT = core.NumberType((), whole=True)

OPPOSITE = {
    "at_least": "less_than",
    "at_most": "more_than",
    "more_than": "at_most",
    "less_than": "at_least",
}
"""Comparisons that hold where another one does not."""

UPWARD = ("at_least", "more_than")


def as_count(expr: core.Aggregate) -> core.Expr | None:
    """A yes or no about a list as a comparison of a count; None where it is neither."""
    if expr.condition is None:
        return None
    match expr.kind:
        case "some":
            return core.Not(_no_one(expr, expr.condition))
        case "none":
            return _no_one(expr, expr.condition)
        case "every":
            return _no_one(expr, core.Not(expr.condition))
        case _:
            return None


def held_against(operator: str, expr: core.Aggregate, figure: Fraction) -> core.Expr | None:
    """A comparison of an aggregate with a figure, by counts; None where they don't say it."""
    if expr.kind == "share" and figure == 1 and operator in ("at_least", "less_than"):
        whole = _all_of(expr, core.Not(expr.condition), 1) if expr.condition else None
        return core.Not(whole) if whole and operator == "less_than" else whole
    if expr.kind not in ("least", "most") or operator not in OPPOSITE or not has_value(expr):
        return None
    if (operator in UPWARD) == (expr.kind == "least"):
        return _picked(operator, expr, figure)
    other = _picked(OPPOSITE[operator], expr, figure)
    return None if other is None else core.Not(other)


def _picked(operator: str, expr: core.Aggregate, figure: Fraction) -> core.Expr | None:
    """That the one that is picked lies on one side of a figure: none lies on the other."""
    assert expr.value is not None
    held = core.Const(figure, expr.type)
    amiss = core.Compare(OPPOSITE[operator], expr.value, held)
    if not isinstance(expr.if_empty, core.Const) or not isinstance(expr.if_empty.value, Fraction):
        return None
    empty = core.Compare(operator, expr.if_empty, held)
    return core.All((core.Part(_no_one(expr, amiss)), core.Part(_or_some(expr, empty))))


def _all_of(expr: core.Aggregate, failing: core.Expr, figure: int) -> core.Expr | None:
    """That the share of those that don't fail is this figure."""
    if expr.if_empty is None:
        return None
    empty = core.Compare("at_least", expr.if_empty, core.Const(Fraction(figure), expr.type))
    return core.All((core.Part(_no_one(expr, failing)), core.Part(_or_some(expr, empty))))


def _or_some(expr: core.Aggregate, so: core.Expr) -> core.Expr:
    """That something is so, or that there are records."""
    return core.Any((core.Part(so), core.Part(core.Not(_no_one(expr, None)))))


def _no_one(expr: core.Aggregate, condition: core.Expr | None) -> core.Expr:
    """That no record that counts meets a condition (None: that none counts)."""
    met = [one for one in (expr.where, condition) if one is not None]
    where = met[0] if len(met) == 1 else core.All(tuple(map(core.Part, met))) if met else None
    count = evolve(
        expr,
        kind="count",
        type=COUNT,
        where=where,
        value=None,
        condition=None,
        month_days=None,
        if_empty=None,
    )
    return core.Compare("at_most", count, core.Const(Fraction(0), COUNT))


def has_value(expr: core.Aggregate) -> bool:
    """Whether every record that counts has a number to pick from."""
    match expr.value:
        case core.FieldRef(record=None, type=core.NumberType()):
            return True
        case _:
            return False

"""Decision tables: which rows match, and which of those that match count.

Each output of a table is a conclusion (`Conclusion.table`) decided by one rule, whose statements
are the rows in order.  The table says what becomes of the rows that match, and keeps the cells
of each row apart, for those who ask how rows lie to each other.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from vocpolicy.core.expressions import (
    Accepted,
    All,
    Compare,
    Const,
    Equal,
    Expr,
    Not,
    Within,
    spanned,
)
from vocpolicy.core.types import Labels, Nothing
from vocpolicy.source import Span


@frozen
class TableRow:
    """`cells` are conditions, one for each input; None where any value suits."""

    cells: tuple[Expr | None, ...]
    span: Span = spanned()


@frozen
class Table:
    """
    Attributes:
        policy: `unique` (one row at most matches), `any` (those that match agree), `first`,
            `priority` (the first in `order`), or `collect`.
        collect: `list`, `sum`, `count`, `least`, `most`, or "" where nothing is collected.
        inputs: what the columns ask about.
        outputs: names of the conclusions.
        order: indexes of the rows, in the order in which they are taken.
    """

    name: str
    labels: Labels
    policy: str
    collect: str
    inputs: tuple[Expr, ...]
    outputs: tuple[str, ...]
    rows: tuple[TableRow, ...]
    order: tuple[int, ...]
    accepts: tuple[Accepted, ...] = ()
    span: Span = spanned()

    @property
    def ranked(self) -> bool:
        """Whether the first row that matches, in `order`, stands over those after it."""
        return self.policy in ("first", "priority")


def apart(one: TableRow, other: TableRow) -> bool:
    """Whether no case whatever matches both rows, as far as their literals show it."""
    pairs = zip(one.cells, other.cells, strict=True)
    return any(a is not None and b is not None and _excludes(a, b) for a, b in pairs)


def _excludes(one: Expr, other: Expr) -> bool:
    """Whether two conditions on one input cannot both be so."""
    if _contrary(one, other) or _contrary(other, one):
        return True
    for values, test in ((_values(one), _test(other)), (_values(other), _test(one))):
        if values is not None and test is not None:
            return not any(test(value) for value in values)
    return _gap(_compares(one) + _compares(other))


def _contrary(one: Expr, other: Expr) -> bool:
    return isinstance(other, Not) and other.operand == one


def _values(expr: Expr) -> list[object] | None:
    """The values that a condition lets pass, where it names them."""
    match expr:
        case Equal(right=Const(value=value), negated=False):
            return [value]
        case Within(members=members, negated=False):
            named = [member.value for member in members if isinstance(member, Const)]
            return list(named) if len(named) == len(members) else None
        case _:
            return None


def _test(expr: Expr) -> Callable[[object], bool] | None:
    """Whether a condition lets a value pass; None where its literals do not say."""
    match expr:
        case Equal(right=Const(value=wanted), negated=negated):
            return lambda value: (value == wanted) is not negated
        case Within(negated=True, members=members):
            named = [member.value for member in members if isinstance(member, Const)]
            known = len(named) == len(members)
            return (lambda value: value not in named) if known else None
        case Within():
            named_values = _values(expr)
            return None if named_values is None else (lambda value: value in named_values)
        case _:
            ends = _compares(expr)
            return (lambda value: all(_passes(end, value) for end in ends)) if ends else None


def _compares(expr: Expr) -> list[Compare]:
    """The comparisons with literals that a condition consists of; none where it has others."""
    match expr:
        case Compare(right=Const()):
            return [expr]
        case All(parts=parts):
            ends = [_compares(part.expr) for part in parts]
            return [end for several in ends for end in several] if all(ends) else []
        case _:
            return []


# What is compared has one type: the checker saw to it, the type of a literal does not say so.
_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "more_than": operator.gt,
    "at_most": operator.le,
    "less_than": operator.lt,
}


def _literal(end: Compare) -> Any:
    assert isinstance(end.right, Const)
    return end.right.value


def _passes(end: Compare, value: object) -> bool:
    bound = _literal(end)
    if isinstance(value, Nothing) or isinstance(bound, Nothing):
        return False
    return _COMPARED[end.operator](value, bound)


def _gap(ends: list[Compare]) -> bool:
    """Whether some lower end lies above some upper end, or at it where one leaves it out."""
    lows = [end for end in ends if end.operator in ("at_least", "more_than")]
    highs = [end for end in ends if end.operator in ("at_most", "less_than")]
    for low in lows:
        for high in highs:
            one, other = _literal(low), _literal(high)
            strict = low.operator == "more_than" or high.operator == "less_than"
            if one > other or (one == other and strict):
                return True
    return False

"""Scales as columns: which lines a value may be on, and what is charged on each part of it."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.columnar import hulls
from vocpolicy.columnar.logic import (
    Sheet,
    Truth,
    certainly,
    conjunction,
    disjunction,
    negation,
    possibly,
)
from vocpolicy.columnar.numbers import constant
from vocpolicy.columnar.rationals import (
    Amount,
    added,
    compared,
    endless,
    figure_of,
    hull,
    kept,
    known,
    larger,
    negated,
    never_below_zero,
    product,
    smaller,
)
from vocpolicy.columnar.reading import optional
from vocpolicy.columnar.scope import Place

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions
    from vocpolicy.columnar.values import Values


Steps: TypeAlias = tuple[tuple[Amount, Amount], ...]
"""Of each line of a scale its start and its rate."""


@frozen(eq=False)
class Lines:
    """Where each line is possible, with its value, the upper ones first; and where it may be
    that no line is reached.  Never null."""

    values: tuple[tuple[Truth, core.Expr], ...]
    below: Truth


def lines(made: Conditions, place: Place, expr: core.Scale) -> Lines:
    """The lines that are possible: none under one that is reached for certain."""
    found: list[tuple[Truth, core.Expr]] = []
    above: list[Truth] = []
    for band in reversed(expr.bands):
        on = made.truth(place, core.Compare("at_least", expr.operand, band.start, span=band.span))
        where = made.sheet.kept(conjunction([possibly(on), *above]))
        if where is not False:
            found.append((where, band.value))
        above.append(negation(certainly(on)))
    return Lines(tuple(found), made.sheet.kept(conjunction(above)))


def band(values: Values, made: Conditions, place: Place, expr: core.Scale) -> Amount:
    """The number on the line that is reached; `none` where none is."""
    found = made.lines(place, expr)
    cases: list[tuple[Truth, Amount | None]] = [
        (where, values.amount(place, value)) for where, value in found.values
    ]
    cases += [(found.below, hulls.NOTHING)] if optional(expr.type) else []
    return kept(made.sheet, hull(made.sheet, cases))


def marginal(values: Values, made: Conditions, place: Place, expr: core.Scale) -> Amount:
    """The sum of what each line charges on the part that lies on it.

    Where no rate is below zero every part rises with the operand, so that the ends of an interval
    come to the ends of the sum; else the sum bends at the starts.
    """
    operand = values.amount(place, expr.operand)
    lines = tuple(
        (values.amount(place, one.start), values.amount(place, one.value)) for one in expr.bands
    )
    if not _figures(lines):
        operand = kept(made.sheet, operand)
        lines = tuple((kept(made.sheet, one), kept(made.sheet, other)) for one, other in lines)
    found = _charged(made.sheet, operand, lines)
    if not operand.same and not all(never_below_zero(rate) for _, rate in lines):
        exact = made.sheet.kept(_settled(lines))
        bent = _bent(made.sheet, operand, lines)
        found = hull(made.sheet, [(exact, bent), (made.sheet.kept(negation(exact)), found)])
        none = disjunction(
            amount.none for amount in (operand, *(one for pair in lines for one in pair))
        )
        found = evolve(found, none=none)
    return kept(made.sheet, found)


def _charged(sheet: Sheet, operand: Amount, lines: Steps) -> Amount:
    """Every part and rate for itself."""
    zero = constant(Fraction(0))
    total: Amount = zero
    simple = _figures(lines)
    ends: list[Amount | None] = [start for start, _ in lines[1:]]
    for (start, rate), end in zip(lines, [*ends, None], strict=True):
        upto = operand if end is None else smaller(sheet, [operand, end])
        part = larger(sheet, [zero, added(upto, negated(start))])
        part = part if simple else kept(sheet, part)
        total = added(total, product(sheet, part, rate))
        total = total if simple else kept(sheet, total)
    return total


def _figures(lines: Steps) -> bool:
    """Whether starts and rates are the same in every row."""
    return all(figure_of(one) is not None for pair in lines for one in pair)


def _settled(lines: Steps) -> Truth:
    """Whether all starts and rates are known, and the starts rise."""
    there = [certainly(known(one)) for pair in lines for one in pair]
    rising = [
        certainly(compared("less_than", one, other)) for (one, _), (other, _) in pairwise(lines)
    ]
    return conjunction([*there, *rising])


def _bent(sheet: Sheet, operand: Amount, lines: Steps) -> Amount:
    """Over an interval the least and the greatest sum lie at a start or at an end."""
    low, high = operand.lower, operand.upper
    ends = [known(low), known(high)]
    cases: list[tuple[Truth, Amount | None]] = [
        (ends[0], _charged(sheet, low, lines)),
        (ends[1], _charged(sheet, high, lines)),
        (negation(ends[0]), constant(Fraction(0))),
    ]
    for start, _ in lines:
        above = disjunction([negation(ends[0]), certainly(compared("less_than", low, start))])
        below = disjunction([negation(ends[1]), certainly(compared("less_than", start, high))])
        cases.append((conjunction([above, below]), _charged(sheet, start, lines)))
    found = hull(sheet, [(sheet.kept(where), one) for where, one in cases])
    zero, last = constant(Fraction(0)), lines[-1][1]
    falls, rises = (
        conjunction([negation(ends[1]), certainly(compared(key, last, zero))])
        for key in ("less_than", "more_than")
    )
    return endless(found, falls, rises)

"""Scales as columns: which lines a value may be on, and what is charged on each part of it."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar import hulls
from vocpolicy.columnar.logic import Truth, certainly, conjunction, negation, possibly
from vocpolicy.columnar.numbers import Number, added, constant, multiplied, scaled_by
from vocpolicy.columnar.picked import larger, smaller, times
from vocpolicy.columnar.reading import optional
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.ruled import kept
from vocpolicy.columnar.scope import Place

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions
    from vocpolicy.columnar.values import Values


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


def band(values: Values, made: Conditions, place: Place, expr: core.Scale) -> Number:
    """The number on the line that is reached; `none` where none is."""
    found = made.lines(place, expr)
    cases: list[tuple[Truth, Number | None]] = [
        (where, values.number(place, value)) for where, value in found.values
    ]
    cases += [(found.below, hulls.NOTHING)] if optional(expr.type) else []
    return kept(made.sheet, hulls.number_of(cases))


def marginal(values: Values, made: Conditions, place: Place, expr: core.Scale) -> Number:
    """The sum of what each line charges on the part that lies on it.

    Every part rises with the operand and no rate is negative, so that the ends of an interval
    come to the ends of the sum.
    """
    operand = values.number(place, expr.operand)
    zero, total = constant(Fraction(0)), constant(Fraction(0))
    starts = [values.number(place, one.start) for one in expr.bands]
    ends: list[Number | None] = [after for _, after in pairwise([*starts, None])]
    for start, end, line in zip(starts, ends, expr.bands, strict=True):
        upto = operand if end is None else smaller([operand, end])
        part = larger([zero, added(upto, multiplied(start, -1))])
        rate = values.figure(place, line.value)
        if rate is None:
            varying = values.number(place, line.value)
            charged = times(part, varying) if varying.least >= 0 else None
        else:
            charged = scaled_by(part, rate) if rate >= 0 else None
        if charged is None:
            raise refused("scale", place.engine, line.span)
        total = added(total, charged)
    return kept(made.sheet, total)

"""What a target measures, as columns: a number, a ratio of two, a share of records, or a yes."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.floats import floats
from vocpolicy.columnar.given import Said, cells_of, given, unit_of
from vocpolicy.columnar.hulls import NOTHING
from vocpolicy.columnar.logic import (
    Col,
    Truth,
    conjunction,
    expr_of,
    level_of,
)
from vocpolicy.columnar.members import members_of
from vocpolicy.columnar.numbers import Number, TooLargeError, constant
from vocpolicy.columnar.rationals import (
    Amount,
    Rational,
    added,
    compared,
    kept,
    negated,
    shown,
)
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import Place
from vocpolicy.core.walk import type_of

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions


@frozen(eq=False)
class Measure:
    """
    Attributes:
        figure: what is known of it; None of a yes or no.
        truth: of a yes or no, whether it is so; of a list, whether it has what is asked for.
        cells: its value where it is known, in the unit of its type.
    """

    place: Place
    expr: core.Expr
    figure: Amount | None
    truth: Truth
    cells: Col | None

    def compare(self, key: str, end: Number) -> Truth:
        """Against a number; null where it is not known."""
        if self.figure is None:
            raise refused("goal", self.place.engine, self.expr.span)
        try:
            return compared(key, self.figure, end)
        except TooLargeError:
            raise self.place.too_large(self.expr) from None

    def at_least(self, edge: Number) -> Truth:
        return self.compare("at_least", edge)

    def at_most(self, edge: Number) -> Truth:
        return self.compare("at_most", edge)


def measure_of(made: Conditions, place: Place, expr: core.Expr, goal: core.Goal) -> Measure:
    """What a population is measured by; of a list, whether it has all that the goal names."""
    if isinstance(type_of(expr), core.ListType):
        return _of_list(made, place, expr, goal)
    if isinstance(type_of(expr), core.YesNoType):
        truth = made.truth(place, expr)
        return Measure(place, expr, None, truth, Col(expr_of(truth), level_of(truth)))
    if not isinstance(type_of(expr), core.NumberType):
        raise refused("goal", place.engine, expr.span)
    said = given(made, place, expr)
    try:
        cells, figure = _known_cells(said, type_of(expr)), kept(made.sheet, _figure(said))
    except TooLargeError:
        raise place.too_large(expr) from None
    return Measure(place, expr, figure, None, cells)


def _figure(said: Said) -> Amount:
    if said.interval is not None:
        return said.interval
    return constant(said.value) if isinstance(said.value, Fraction) else NOTHING


def _of_list(made: Conditions, place: Place, expr: core.Expr, goal: core.Goal) -> Measure:
    inside, plain = place.behind(expr)
    named = [one for one in goal.operands if isinstance(one, core.Const)]
    if not isinstance(plain, core.FactRef) or len(named) < len(goal.operands):
        raise refused("goal", place.engine, goal.span)
    members = members_of(made, inside, inside.fact(plain))
    return Measure(place, expr, None, conjunction(map(members.holds, named)), members.text())


def _known_cells(said: Said, kind: core.Type) -> Col | None:
    """The value where it is known."""
    cells = cells_of(said, kind)
    if cells is None or said.number is None or said.number.same:
        return cells
    known = said.is_known
    nothing = nw.lit(None, dtype=nw.Float64)
    found = nw.when(expr_of(known)).then(cells.expr.cast(nw.Float64)).otherwise(nothing)
    return Col(found, level_of(cells, known))


# ---- what it lacks -----------------------------------------------------------------------------


def shortfall(
    measure: Measure, required: tuple[Number | None, Number | None], kind: core.Type
) -> Col:
    """How far it is from a band, 0 inside it; null where it is not known."""
    low, high = required
    gaps = [Col(nw.lit(0.0, dtype=nw.Float64))]
    try:
        gaps += [] if low is None else [_gap(measure, low, kind, 1)]
        gaps += [] if high is None else [_gap(measure, high, kind, -1)]
    except TooLargeError:
        raise measure.place.too_large(measure.expr) from None
    there = measure.cells
    most = gaps[0].expr if len(gaps) == 1 else nw.max_horizontal(*(one.expr for one in gaps))
    if there is None:
        return Col(nw.lit(None, dtype=nw.Float64))
    empty = nw.lit(None, dtype=nw.Float64)
    found = nw.when(~there.expr.is_null()).then(most).otherwise(empty)
    whole = isinstance(kind, core.NumberType) and kind.whole
    return Col(found.cast(nw.Int64) if whole else found, level_of(there, *gaps))


def _gap(measure: Measure, end: Number, kind: core.Type, sign: int) -> Col:
    """The end less the measure, or the other way round, as a floating-point number that is as
    near as there is one; null where the end is not known."""
    if measure.figure is None:
        return Col(nw.lit(None, dtype=nw.Float64))
    less = added(end.lower, negated(measure.figure.lower))
    return _shown(less if sign > 0 else negated(less), kind)


def _shown(less: Amount, kind: core.Type) -> Col:
    if isinstance(less, Rational):
        return shown(less.lo, unit_of(kind))
    return floats(less, unit_of(kind))

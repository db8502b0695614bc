"""What a target measures, as columns: a number, a ratio of two, a share of records, or a yes."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.figures import Share, share_compared, share_of
from vocpolicy.columnar.given import Said, cells_of, given, ratio_cells, unit_of
from vocpolicy.columnar.logic import (
    Col,
    Truth,
    certainly,
    conjunction,
    expr_of,
    level_of,
    negation,
)
from vocpolicy.columnar.numbers import (
    Number,
    TooLargeError,
    added,
    compared,
    constant,
    ends_compared,
    known,
    multiplied,
    settled,
)
from vocpolicy.columnar.picked import times
from vocpolicy.columnar.ratios import Ratio, Refused, ratio_against, ratio_compared
from vocpolicy.columnar.refusals import overflow, refused
from vocpolicy.columnar.ruled import kept
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.values import Values
from vocpolicy.core.walk import type_of
from vocpolicy.interpreter.values import bounds

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions

Figure: TypeAlias = Number | Ratio | Share
OPPOSITE = {"at_most": "more_than", "less_than": "at_least"}


@frozen(eq=False)
class Measure:
    """
    Attributes:
        figure: what is known of it; None of a yes or no.
        truth: of a yes or no, whether it is so.
        cells: its value where it is known, in the unit of its type.
    """

    place: Place
    expr: core.Expr
    figure: Figure | None
    truth: Truth
    cells: Col | None

    def compare(self, key: str, end: Number) -> Truth:
        """Against a number of one end; null where it is not known."""
        try:
            return self._compare(key, end)
        except TooLargeError:
            names = ", ".join(dict.fromkeys(self.place.facts_in(self.expr)))
            raise overflow(names, self.place.engine, self.expr.span) from None

    def _compare(self, key: str, end: Number) -> Truth:
        figure = end.lo * end.scale if isinstance(end.lo, int) else None
        match self.figure:
            case Number() as number:
                return compared(key, number, end)
            case Ratio() as ratio if figure is not None:
                return ratio_compared(key, ratio, figure)
            case Ratio() as ratio:
                found = ratio_against(key, ratio, end)
                if isinstance(found, Refused):
                    raise refused("ratio", self.place.engine, self.expr.span)
                return found
            case Share() as share if figure is not None:
                return share_compared(key, share, figure)
            case _:
                raise refused("goal", self.place.engine, self.expr.span)

    def at_least(self, edge: Number) -> Truth:
        """Against a number of which only the ends may be known."""
        return self._against("at_least", edge, edge.upper, edge.lower)

    def at_most(self, edge: Number) -> Truth:
        return self._against("at_most", edge, edge.lower, edge.upper)

    def _against(self, key: str, edge: Number, first: Number, last: Number) -> Truth:
        if edge.same:
            return self.compare(key, edge)
        yes, no = self.compare(key, first), negation(self.compare(key, last))
        return settled(certainly(yes), certainly(no))


def measure_of(made: Conditions, place: Place, expr: core.Expr) -> Measure:
    """What a population is measured by."""
    if isinstance(type_of(expr), core.YesNoType):
        truth = made.truth(place, expr)
        return Measure(place, expr, None, truth, Col(expr_of(truth), level_of(truth)))
    if not isinstance(type_of(expr), core.NumberType):
        raise refused("goal", place.engine, expr.span)
    inside, plain = place.behind(expr)
    try:
        figure = _figure(made, inside, plain)
    except TooLargeError:
        names = ", ".join(dict.fromkeys(place.facts_in(expr)))
        raise overflow(names, place.engine, expr.span) from None
    said = given(made, place, expr)
    if isinstance(figure, Number):
        figure = kept(made.sheet, figure)
    return Measure(place, expr, figure, None, _known_cells(said, type_of(expr)))


def _known_cells(said: Said, kind: core.Type) -> Col | None:
    """The value where it is known."""
    cells = cells_of(said, kind)
    if cells is None or said.number is None or said.number.same:
        return cells
    known = said.is_known
    nothing = nw.lit(None, dtype=nw.Float64)
    found = nw.when(expr_of(known)).then(cells.expr.cast(nw.Float64)).otherwise(nothing)
    return Col(found, level_of(cells, known))


def _figure(made: Conditions, place: Place, expr: core.Expr) -> Figure:
    if place.facts_in(expr):
        if isinstance(expr, core.Divide) and place.facts_in(expr.right):
            return Values(made.entry, True).ratio(place, expr)
        shares = isinstance(expr, core.Aggregate) and expr.kind == "share"
        if isinstance(expr, core.Aggregate) and shares:
            return _share(made, place, expr)
    return Values(made.entry, True).number(place, expr)


def _share(made: Conditions, place: Place, expr: core.Aggregate) -> Figure:
    lists = made.entry.lists
    if lists is not None and lists.has(getattr(expr.records, "name", "")):
        return share_of(lists, place, expr)
    low, high = bounds(place.answer(expr))
    ends = [None if end is None else int(end) for end in (low, high)]
    return Number(ends[0], ends[1], Fraction(1), 0, 1)


# ---- what it lacks -----------------------------------------------------------------------------


def shortfall(
    measure: Measure, required: tuple[Number | None, Number | None], kind: core.Type
) -> Col:
    """How far it is from a band, 0 inside it; null where it is not known."""
    low, high = required
    gaps = [Col(nw.lit(0.0, dtype=nw.Float64))]
    gaps += [] if low is None else [_gap(measure, low, kind, 1)]
    gaps += [] if high is None else [_gap(measure, high, kind, -1)]
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
    figure = end.lo * end.scale if isinstance(end.lo, int) else None
    match measure.figure:
        case Number() as number:
            return _shown(multiplied(added(end, multiplied(number, -1)), sign), kind)
        case Ratio() as ratio if figure is not None:
            return _ratio_gap(ratio, figure, kind, sign)
        case Ratio() as ratio:
            return _gap_to_number(ratio, end, kind, sign)
        case Share() as share if figure is not None:
            return _share_gap(share, figure, sign)
        case None:
            return Col(nw.lit(None, dtype=nw.Float64))
        case _:
            raise refused("goal", measure.place.engine, measure.expr.span)


def _gap_to_number(ratio: Ratio, end: Number, kind: core.Type, sign: int) -> Col:
    """Where the end is not the same for every row."""
    less = multiplied(added(times(ratio.bottom, end), multiplied(ratio.top, -1)), sign)
    cells = ratio_cells(Ratio(less, ratio.bottom, ratio.whole, False), kind)
    instead = [(certainly(ends_compared("equal", ratio.bottom.lo, 0)), ratio.if_zero)]
    if ratio.if_zero in (None, 0):
        # Of nothing every part is nothing, whatever the whole is.
        zero = certainly(ends_compared("equal", ratio.top.lo, 0))
        instead.append((conjunction([known(ratio.top), zero]), Fraction(0)))
    found, level = cells.expr, cells.level
    for where, value in instead:
        if value is not None and where is not False:
            whole = _shown(multiplied(added(end, constant(-value)), sign), kind)
            found = nw.when(expr_of(where)).then(whole.expr).otherwise(found)
            level = max(level, whole.level, level_of(where))
    return Col(found, level)


def _shown(less: Number, kind: core.Type) -> Col:
    if not isinstance(less.lo, Col):
        return Col(nw.lit(None, dtype=nw.Float64))
    times = less.scale / unit_of(kind)
    shown = (less.lo.expr * times.numerator).cast(nw.Float64) / float(times.denominator)
    return Col(shown, less.lo.level)


def _ratio_gap(ratio: Ratio, end: Fraction, kind: core.Type, sign: int) -> Col:
    against = multiplied(ratio.bottom, end.numerator, ratio.bottom.scale / end.denominator)
    less = added(against, multiplied(ratio.top, -1))
    instead = None if ratio.if_zero is None else sign * (end - ratio.if_zero)
    cells = ratio_cells(
        Ratio(multiplied(less, sign), ratio.bottom, ratio.whole, False, instead), kind
    )
    if ratio.if_zero not in (None, 0):
        return cells
    # Of nothing every part is nothing, whatever the whole is.
    zero = certainly(ends_compared("equal", ratio.top.lo, 0))
    nothing = conjunction([known(ratio.top), zero])
    whole = nw.lit(float(sign * end / unit_of(kind)), dtype=nw.Float64)
    found = nw.when(expr_of(nothing)).then(whole).otherwise(cells.expr)
    return Col(found, level_of(cells, nothing))


def _share_gap(share: Share, end: Fraction, sign: int) -> Col:
    top, bottom = end.numerator, end.denominator
    above = share.least.expr * (top * sign) - share.passing.expr * (bottom * sign)
    listed = above.cast(nw.Float64) / (share.least.expr * bottom).cast(nw.Float64)
    empty = share.asked.if_empty
    instead = float(sign * (end - empty)) if isinstance(empty, Fraction) else None
    none = nw.when(share.sure.expr == 0).then(nw.lit(instead, dtype=nw.Float64))
    return Col(none.otherwise(listed))

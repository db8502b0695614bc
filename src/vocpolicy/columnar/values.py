"""Numbers of expressions, as columns: what is known of each where facts are missing."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import reduce

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.columnar.entry import Entry, inner, optional
from vocpolicy.columnar.hulls import NOTHING
from vocpolicy.columnar.logic import Col, level_of, negation
from vocpolicy.columnar.moments import Moments
from vocpolicy.columnar.numbers import (
    End,
    Number,
    TooLargeError,
    added as added_numbers,
    beyond,
    common,
    constant,
    scaled,
)
from vocpolicy.columnar.paths import above
from vocpolicy.columnar.perhaps import nothing
from vocpolicy.columnar.picked import rounded as rounded_number, without
from vocpolicy.columnar.quotients import divided, rounded
from vocpolicy.columnar.rationals import (
    Amount,
    Rational,
    added,
    kept,
    larger,
    negated,
    product,
    smaller,
    times_figure,
)
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import Place, number_of
from vocpolicy.columnar.wide import Room, room_of
from vocpolicy.core.walk import type_of
from vocpolicy.interpreter.known import relations, step_of, unknown_number
from vocpolicy.interpreter.values import bounds


@frozen(eq=False)
class Values:
    """Makes numbers; `bounded`: a missing fact is the interval of its bounds, else null."""

    entry: Entry
    bounded: bool

    def number(self, place: Place, expr: core.Expr) -> Number:
        """An amount in which nothing is divided but by figures."""
        found = self.amount(place, expr)
        if isinstance(found, Rational):
            raise refused("ratio", place.engine, expr.span)
        return found

    def amount(self, place: Place, expr: core.Expr) -> Amount:
        if not place.facts_in(expr):
            answer = place.answer(expr)
            if not isinstance(answer, core.Nothing):
                return between(*bounds(answer))
        try:
            return self._amount(place, expr)
        except TooLargeError:
            raise place.too_large(expr) from None

    def figure(self, place: Place, expr: core.Expr) -> Fraction | None:
        return None if place.facts_in(expr) else number_of(place.answer(expr))

    def _amount(self, place: Place, expr: core.Expr) -> Amount:
        match expr:
            case core.FactRef():
                return self._fact(place, place.fact(expr))
            case core.DefinitionRef():
                value, inside = place.defined(expr)
                assert value is not None
                return self.amount(inside, value)
            case core.Const(value=core.Nothing()):
                return NOTHING
            case core.Range(low, high):
                return between(low, high)
            case core.Negate(operand):
                return negated(self.amount(place, operand))
            case core.Arithmetic("add", left, right):
                return added(self.amount(place, left), self.amount(place, right))
            case core.Arithmetic("subtract", left, right):
                taken = negated(self.amount(place, right))
                return added(self.amount(place, left), taken)
            case core.Arithmetic("multiply", left, right):
                return self._product(place, left, right)
            case core.Divide():
                return self._quotient(place, expr)
            case core.Aggregate():
                return self._aggregate(place, expr)
            case core.Round():
                return self._rounded(place, expr)
            case core.Scale():
                return self._scale(place, expr)
            case core.ConclusionRef():
                return self._given(place, expr)
            case core.Choose():
                return self._chosen(place, expr)
            case core.DatesBetween():
                return Moments(self.entry).between(place, expr)
            case _:
                raise refused("ratio", place.engine, expr.span)

    def _aggregate(self, place: Place, expr: core.Aggregate) -> Amount:
        from vocpolicy.columnar import bare
        from vocpolicy.columnar.figures import number_of
        from vocpolicy.columnar.lists import list_named

        if bare.is_bare(expr):
            assert self.entry.made is not None
            return bare.number(self.entry.made, place, expr)
        lists = self.entry.lists
        if lists is None or not lists.has(list_named(place, expr)):
            return self._without_a_list(place, expr)
        return number_of(lists, place, expr)

    def _without_a_list(self, place: Place, expr: core.Aggregate) -> Number:
        """What is known of an aggregate where no row has the list."""
        if any(self.entry.has(name) for name in place.facts_in(expr)):
            raise refused("aggregate", place.engine, expr.span)
        return between(*bounds(place.answer(expr)))

    def _product(self, place: Place, left: core.Expr, right: core.Expr) -> Amount:
        for one, other in ((left, right), (right, left)):
            figure = self.figure(place, one)
            if figure is not None:
                return times_figure(self.amount(place, other), figure)
        sheet = self.entry.sheet
        # What ends come to is read several times: their columns are made once.
        return kept(sheet, product(sheet, self.amount(place, left), self.amount(place, right)))

    def _quotient(self, place: Place, expr: core.Divide) -> Amount:
        figure, if_zero = self.figure(place, expr.right), expr.if_zero
        if figure == 0 and if_zero is not None:
            return self.amount(place, if_zero)
        top = self.amount(place, expr.left)
        if figure:
            return times_figure(top, 1 / figure)
        return divided(
            self.entry.sheet,
            top,
            self.amount(place, expr.right),
            None if if_zero is None else self.amount(place, if_zero),
            whole=_is_whole(type_of(expr.right)),
            part=expr.part_of_whole,
        )

    def _rounded(self, place: Place, expr: core.Round) -> Number:
        grain = self.figure(place, expr.grain)
        assert grain is not None
        return rounded(self.entry.sheet, self.amount(place, expr.operand), expr.mode, grain)

    def _chosen(self, place: Place, expr: core.Choose) -> Amount:
        amounts = [self.amount(place, one) for one in expr.members]
        pick = smaller if expr.kind == "smaller" else larger
        return pick(self.entry.sheet, amounts)

    def _scale(self, place: Place, expr: core.Scale) -> Amount:
        made = self.entry.made
        assert made is not None
        return made.scaled(place, expr)

    def _given(self, place: Place, expr: core.ConclusionRef) -> Amount:
        """What rules give, whatever is missing."""
        made = self.entry.made
        assert made is not None
        return made.given_amount(place, expr)

    # ---- facts

    def _fact(self, place: Place, fact: core.Fact) -> Number:
        if optional(fact.type):
            none, has = nothing(self.entry, fact), self.entry.has(fact.name)
            known = self.entry.number(fact) if has else Number(None, None, Fraction(1), 0, 0)
            return evolve(known, none=none)
        if not self.entry.has(fact.name) and not self.bounded:
            return Number(None, None, Fraction(1), 0, 0)
        if not self.bounded:
            return self.entry.number(fact)
        found = self._interval(place, fact)
        if "." not in fact.name:
            return found
        absent = negation(self.entry.present(above(fact.name)[-1]))
        return evolve(found, lo=without(absent, found.lo), hi=without(absent, found.hi))

    def _interval(self, place: Place, fact: core.Fact) -> Number:
        """A fact with what its bounds say where it is missing."""
        known = self.entry.number(fact) if self.entry.has(fact.name) else None
        step = step_of(fact)
        low, high = bounds(unknown_number(fact, []))
        # As fine as its bounds, and those of others in the frame, or as the steps that it takes.
        finest = self._scales(place, fact)
        finest = [step] if step is not None and finest else finest
        ends = [one for one in (low, high) if one]
        scale = common(known.scale if known else self._grain(fact), *finest, *ends)
        known = scaled(known, scale) if known else None
        lows: list[Col] = []
        highs: list[Col] = []
        for key, bound in relations(fact, place.siblings):
            if not isinstance(bound, core.FactRef | core.FieldRef):
                raise refused("bound", place.engine, bound.span)
            other = place.siblings[bound.name]
            if not self.entry.has(other.name):
                continue
            end = self._aligned(other, scale, step, key)
            (lows if key in ("at_least", "more_than") else highs).append(end)
        room = room_of(place.engine)
        lo = _ends_of(low, lows, scale, nw.max_horizontal, room)
        hi = _ends_of(high, highs, scale, nw.min_horizontal, room)
        if lows or highs:
            lo, hi = self._consistent(lo, hi)
        least, most = _widest(fact, known, low, high, scale)
        if known is None:
            return Number(lo, hi, scale, least, most, room=room)
        assert isinstance(known.lo, Col)
        return Number(_or(known.lo, lo), _or(known.lo, hi), scale, least, most, room=room)

    def _scales(self, place: Place, fact: core.Fact) -> list[Fraction]:
        """Those of the facts in the frame that bound it."""
        others = [
            place.siblings[bound.name]
            for _, bound in relations(fact, place.siblings)
            if isinstance(bound, core.FactRef | core.FieldRef) and self.entry.has(bound.name)
        ]
        return [self.entry.number(one).scale for one in others]

    def _grain(self, fact: core.Fact) -> Fraction:
        kind = inner(fact.type)
        unit = kind.unit.factor if isinstance(kind, core.NumberType) and kind.unit else Fraction(1)
        ends = [one for one in (fact.low, fact.high, fact.step) if one]
        return unit / max((one / unit).denominator for one in [unit, *ends])

    def _aligned(self, other: core.Fact, scale: Fraction, step: Fraction | None, key: str) -> Col:
        """The value of a fact that bounds another, in counts of that one, on its steps."""
        number = self.entry.number(other)
        lower, strict = key in ("at_least", "more_than"), key in ("more_than", "less_than")
        if step is not None and (number.scale / step).denominator != 1:
            number = rounded_number(number, "up" if lower != strict else "down", step)
        if step is not None and strict:
            number = added_numbers(number, constant(step if lower else -step))
        found = scaled(number, scale).lo
        assert isinstance(found, Col)
        return found

    def _consistent(self, lo: End, hi: End) -> tuple[End, End]:
        """Nothing is known where facts contradict each other's bounds."""
        if lo is None or hi is None:
            return lo, hi
        low = lo.expr if isinstance(lo, Col) else nw.lit(lo)
        high = hi.expr if isinstance(hi, Col) else nw.lit(hi)
        level = level_of(lo, hi)
        fine = (low <= high).fill_null(True)
        nothing = nw.lit(None, dtype=nw.Int64)
        start = self.entry.sheet.keep(Col(nw.when(fine).then(low).otherwise(nothing), level))
        return start, self.entry.sheet.keep(Col(nw.when(fine).then(high).otherwise(nothing), level))


def between(low: Fraction | None, high: Fraction | None) -> Number:
    """The same ends for every row."""
    if low is not None and low == high:
        return constant(low)
    known = [one for one in (low, high) if one]
    scale = common(*known) if known else Fraction(1)
    lo = None if low is None else int(low / scale)
    hi = None if high is None else int(high / scale)
    return Number(lo, hi, scale, lo or min(hi or 0, 0), hi or max(lo or 0, 0))


def _is_whole(kind: core.Type) -> bool:
    return isinstance(kind, core.NumberType) and kind.whole


def _ends_of(
    end: Fraction | None, related: list[Col], scale: Fraction, pick: object, room: Room | None
) -> End:
    """The tightest of the declared end and those that other facts give."""
    count = None
    if end is not None:
        exact = end / scale
        if exact.denominator != 1:
            raise TooLargeError
        count = int(exact)
    figure: End = count
    if count is not None and beyond(count, count, room):
        figure = Col(room.figure(count)) if room else None
    if not related:
        return figure
    ends = [*related] if figure is None else [*related, figure]
    exprs = [one.expr if isinstance(one, Col) else nw.lit(one) for one in ends]
    level = level_of(*related)
    assert callable(pick)
    return Col(reduce(pick, exprs), level)


def _or(known: Col, end: End) -> Col:
    """A fact, or what is known of it where it is missing."""
    if end is None:
        return Col(known.expr, known.level)
    if isinstance(end, int):
        return Col(known.expr.fill_null(end), known.level)
    return Col(nw.coalesce(known.expr, end.expr), level_of(known, end))


def _widest(
    fact: core.Fact,
    known: Number | None,
    low: Fraction | None,
    high: Fraction | None,
    scale: Fraction,
) -> tuple[int, int]:
    if known is not None:
        # A cell has so many digits; what bounds a missing one may have more.
        least = known.least if low is None else min(known.least, math.floor(low / scale))
        return least, known.most if high is None else max(known.most, math.ceil(high / scale))
    widest = 10**18
    least = -widest if low is None else int(low / scale)
    most = widest if high is None else int(high / scale)
    return least, most

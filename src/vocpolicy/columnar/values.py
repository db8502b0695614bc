"""Numbers of expressions, as columns: what is known of each where facts are missing."""

from __future__ import annotations

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
    added,
    common,
    constant,
    multiplied,
    scaled,
    scaled_by,
)
from vocpolicy.columnar.paths import above
from vocpolicy.columnar.perhaps import nothing
from vocpolicy.columnar.picked import larger, rounded, smaller, times, without
from vocpolicy.columnar.ratios import Ratio
from vocpolicy.columnar.refusals import overflow, refused
from vocpolicy.columnar.scope import Place, number_of
from vocpolicy.core.walk import type_of
from vocpolicy.interpreter.known import relations, unknown_number
from vocpolicy.interpreter.values import bounds
from vocpolicy.trace import Unknown


@frozen(eq=False)
class Values:
    """Makes numbers; `bounded`: a missing fact is the interval of its bounds, else null."""

    entry: Entry
    bounded: bool

    def number(self, place: Place, expr: core.Expr) -> Number:
        if not place.facts_in(expr):
            answer = place.answer(expr)
            if not isinstance(answer, core.Nothing):
                return between(*bounds(answer))
        try:
            return self._number(place, expr)
        except TooLargeError:
            names = ", ".join(dict.fromkeys(place.facts_in(expr)))
            raise overflow(names, place.engine, expr.span) from None

    def figure(self, place: Place, expr: core.Expr) -> Fraction | None:
        return None if place.facts_in(expr) else number_of(place.answer(expr))

    def _number(self, place: Place, expr: core.Expr) -> Number:
        match expr:
            case core.FactRef():
                return self._fact(place, place.fact(expr))
            case core.DefinitionRef():
                value, inside = place.defined(expr)
                assert value is not None
                return self.number(inside, value)
            case core.Const(value=core.Nothing()):
                return NOTHING
            case core.Range(low, high):
                return between(low, high)
            case core.Negate(operand):
                return multiplied(self.number(place, operand), -1)
            case core.Arithmetic("add", left, right):
                return added(self.number(place, left), self.number(place, right))
            case core.Arithmetic("subtract", left, right):
                taken = multiplied(self.number(place, right), -1)
                return added(self.number(place, left), taken)
            case core.Arithmetic("multiply", left, right):
                return self._product(place, left, right)
            case core.Divide(left, right, _, None):
                figure = self.figure(place, right)
                if figure is None or figure <= 0:
                    raise refused("ratio", place.engine, expr.span)
                return scaled_by(self.number(place, left), 1 / figure)
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

    def _aggregate(self, place: Place, expr: core.Aggregate) -> Number:
        from vocpolicy.columnar import bare
        from vocpolicy.columnar.figures import number_of

        if bare.is_bare(expr):
            assert self.entry.made is not None
            return bare.number(self.entry.made, place, expr)
        if self.entry.lists is None:
            raise refused("aggregate", place.engine, expr.span)
        return number_of(self.entry.lists, place, expr)

    def _product(self, place: Place, left: core.Expr, right: core.Expr) -> Number:
        for one, other in ((left, right), (right, left)):
            figure = self.figure(place, one)
            if figure is not None:
                return scaled_by(self.number(place, other), figure)
        return times(self.number(place, left), self.number(place, right))

    def _rounded(self, place: Place, expr: core.Round) -> Number:
        grain = self.figure(place, expr.grain)
        if grain is None:
            raise refused("round", place.engine, expr.span)
        return rounded(self.number(place, expr.operand), expr.mode, grain)

    def _chosen(self, place: Place, expr: core.Choose) -> Number:
        numbers = [self.number(place, one) for one in expr.members]
        return smaller(numbers) if expr.kind == "smaller" else larger(numbers)

    def _scale(self, place: Place, expr: core.Scale) -> Number:
        made = self.entry.made
        assert made is not None
        return made.scaled(place, expr)

    def _given(self, place: Place, expr: core.ConclusionRef) -> Number:
        """What rules give, whatever is missing."""
        made = self.entry.made
        assert made is not None
        return made.given_number(place, expr)

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
        step = fact.step or (Fraction(1) if _whole(fact) else None)
        scale = known.scale if known else self._grain(fact)
        if step is None:
            # As fine as the finest of those that bound it.
            scale = common(scale, *self._scales(place, fact))
            known = scaled(known, scale) if known else None
        lows: list[Col] = []
        highs: list[Col] = []
        answer = unknown_number(fact, [])
        low, high = (answer, answer) if isinstance(answer, Fraction) else (None, None)
        if isinstance(answer, Unknown):
            low, high = answer.low, answer.high
        for key, bound in relations(fact, place.siblings):
            if not isinstance(bound, core.FactRef | core.FieldRef):
                raise refused("bound", place.engine, bound.span)
            other = place.siblings[bound.name]
            if not self.entry.has(other.name):
                continue
            end = self._aligned(place, other, scale, step, key)
            (lows if key in ("at_least", "more_than") else highs).append(end)
        lo = _ends_of(low, lows, scale, nw.max_horizontal)
        hi = _ends_of(high, highs, scale, nw.min_horizontal)
        if lows or highs:
            lo, hi = self._consistent(lo, hi)
        least, most = _widest(fact, known, low, high, scale)
        if known is None:
            return Number(lo, hi, scale, least, most)
        assert isinstance(known.lo, Col)
        return Number(_or(known.lo, lo), _or(known.lo, hi), scale, least, most)

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

    def _aligned(
        self, place: Place, other: core.Fact, scale: Fraction, step: Fraction | None, key: str
    ) -> Col:
        """The value of a fact that bounds another, in counts of that one."""
        number = self.entry.number(other)
        if step is not None and (number.scale / step).denominator != 1:
            raise refused("bound", place.engine, other.span)
        if (number.scale / scale).denominator != 1:
            raise refused("bound", place.engine, other.span)
        found = scaled(number, scale).lo
        assert isinstance(found, Col)
        if step is None or key in ("at_least", "at_most"):
            return found
        more = int(step / scale)
        return Col(found.expr + (more if key == "more_than" else -more), found.level)

    def _consistent(self, lo: End, hi: End) -> tuple[End, End]:
        """Nothing is known where facts contradict each other's bounds."""
        if lo is None or hi is None:
            return lo, hi
        low = lo.expr if isinstance(lo, Col) else nw.lit(lo)
        high = hi.expr if isinstance(hi, Col) else nw.lit(hi)
        level = level_of(lo, hi)
        fine = (low <= high).fill_null(True)
        nothing = nw.lit(None, dtype=nw.Int64)
        kept = self.entry.sheet.keep(Col(nw.when(fine).then(low).otherwise(nothing), level))
        return kept, self.entry.sheet.keep(Col(nw.when(fine).then(high).otherwise(nothing), level))

    # ---- ratios

    def ratio(self, place: Place, expr: core.Divide) -> Ratio:
        top, bottom = self.number(place, expr.left), self.number(place, expr.right)
        if_zero = None
        if expr.if_zero is not None:
            if_zero = self.figure(place, expr.if_zero)
            if if_zero is None:
                raise refused("if_zero", place.engine, expr.span)
        if bottom.least < 0:
            raise refused("negative", place.engine, expr.span)
        kind = type_of(expr.right)
        whole = isinstance(kind, core.NumberType) and kind.whole
        return Ratio(top, bottom, whole, expr.part_of_whole, if_zero)


def between(low: Fraction | None, high: Fraction | None) -> Number:
    """The same ends for every row."""
    if low is not None and low == high:
        return constant(low)
    known = [one for one in (low, high) if one]
    scale = common(*known) if known else Fraction(1)
    lo = None if low is None else int(low / scale)
    hi = None if high is None else int(high / scale)
    return Number(lo, hi, scale, lo or min(hi or 0, 0), hi or max(lo or 0, 0))


def _whole(fact: core.Fact) -> bool:
    return isinstance(fact.type, core.NumberType) and fact.type.whole


def _ends_of(end: Fraction | None, related: list[Col], scale: Fraction, pick: object) -> End:
    """The tightest of the declared end and those that other facts give."""
    count = None
    if end is not None:
        exact = end / scale
        if exact.denominator != 1:
            raise TooLargeError
        count = int(exact)
    if not related:
        return count
    exprs = [one.expr for one in related] + ([] if count is None else [nw.lit(count)])
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
        return known.least, known.most
    widest = 10**18
    least = -widest if low is None else int(low / scale)
    most = widest if high is None else int(high / scale)
    return least, most

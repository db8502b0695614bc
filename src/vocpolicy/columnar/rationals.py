"""Exact fractions of two columns of whole numbers, and what is known of those that are missing.

What is divided is not whole any more: each end of such a number is a quotient of two columns.
They are added, multiplied and compared across, so that nothing is divided and nothing rounded.
An amount is a number or such a fraction; a number stays one as long as nothing is divided.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from vocpolicy.columnar import floats, hulls, numbers, picked
from vocpolicy.columnar.logic import (
    Col,
    Sheet,
    Truth,
    certainly,
    chosen,
    conjunction,
    disjunction,
    expr_of,
    level_of,
    negation,
)
from vocpolicy.columnar.numbers import (
    End,
    Number,
    constant,
    ends_compared,
    is_there,
    multiplied,
    scaled_by,
    together,
    with_nones,
)

ONE = constant(Fraction(1))


@frozen(eq=False)
class Quotient:
    """An end: two numbers that are one column each; the top is null where there is no end, and
    wherever it is not, the bottom is above zero."""

    top: Number
    bottom: Number = ONE

    @property
    def there(self) -> Truth:
        """Whether there is such an end; never null."""
        return is_there(self.top.lo)


ENDLESS = Quotient(Number(None, None, Fraction(1), 0, 0))


@frozen(eq=False)
class Rational:
    """
    Attributes:
        lo, hi: the ends; the same object where the number is known.
        none: where it is `none`, without ends; never null itself.
    """

    lo: Quotient
    hi: Quotient
    none: Truth = False

    @property
    def lower(self) -> Rational:
        return evolve(self, hi=self.lo)

    @property
    def upper(self) -> Rational:
        return evolve(self, lo=self.hi)

    @property
    def same(self) -> bool:
        return self.lo is self.hi


Amount: TypeAlias = Number | Rational


def rational(amount: Amount) -> Rational:
    """A number as a fraction by one."""
    if isinstance(amount, Rational):
        return amount
    lo = Quotient(evolve(amount.lower, none=False))
    hi = lo if amount.same else Quotient(evolve(amount.upper, none=False))
    return Rational(lo, hi, amount.none)


def kept(sheet: Sheet, amount: Amount) -> Amount:
    """An amount whose columns are made once."""
    if isinstance(amount, Number):
        return kept_number(sheet, amount)
    return kept_rational(sheet, amount)


def kept_number(sheet: Sheet, number: Number) -> Number:
    lo = _kept(sheet, number.lo)
    hi = lo if number.same else _kept(sheet, number.hi)
    return evolve(number, lo=lo, hi=hi, none=sheet.kept(number.none))


def kept_rational(sheet: Sheet, one: Rational) -> Rational:
    lo = kept_end(sheet, one.lo)
    hi = lo if one.same else kept_end(sheet, one.hi)
    return Rational(lo, hi, sheet.kept(one.none))


def kept_end(sheet: Sheet, end: Quotient) -> Quotient:
    return Quotient(_kept_point(sheet, end.top), _kept_point(sheet, end.bottom))


def _kept_point(sheet: Sheet, point: Number) -> Number:
    end = _kept(sheet, point.lo)
    return point if end is point.lo else evolve(point, lo=end, hi=end)


def _kept(sheet: Sheet, end: End) -> End:
    return sheet.keep(end) if isinstance(end, Col) and not end.name else end


# ---- sums and products ---------------------------------------------------------------------


def added(left: Amount, right: Amount) -> Amount:
    """
    Raises:
        TooLargeError: it might not fit.
    """
    if isinstance(left, Number) and isinstance(right, Number):
        return numbers.added(left, right)
    one, other = rational(left), rational(right)
    lo = _plus(one.lo, other.lo)
    hi = lo if one.same and other.same else _plus(one.hi, other.hi)
    return Rational(lo, hi, disjunction([one.none, other.none]))


def _plus(left: Quotient, right: Quotient) -> Quotient:
    if left.bottom is right.bottom:
        return Quotient(numbers.added(left.top, right.top), left.bottom)
    tops = times_points(left.top, right.bottom), times_points(right.top, left.bottom)
    return Quotient(numbers.added(*tops), times_points(left.bottom, right.bottom))


def times_points(left: Number, right: Number) -> Number:
    """Of two that are one column each; null where one of them is."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one.lo, int) and one.lo != 0:
            return scaled_by(other, one.lo * one.scale)
    return picked.times(left, right)


def negated(amount: Amount) -> Amount:
    if isinstance(amount, Number):
        return multiplied(amount, -1)
    return negated_rational(amount)


def negated_rational(one: Rational) -> Rational:
    hi = negated_end(one.lo)
    return Rational(hi if one.same else negated_end(one.hi), hi, one.none)


def negated_end(end: Quotient) -> Quotient:
    return Quotient(multiplied(end.top, -1), end.bottom)


def times_figure(amount: Amount, figure: Fraction) -> Amount:
    """So many times an amount."""
    if isinstance(amount, Number):
        return scaled_by(amount, figure)
    if figure == 0:
        return evolve(constant(figure), none=amount.none)
    one = negated_rational(amount) if figure < 0 else amount
    lo = _scaled(one.lo, abs(figure))
    return Rational(lo, lo if one.same else _scaled(one.hi, abs(figure)), one.none)


def _scaled(end: Quotient, figure: Fraction) -> Quotient:
    return Quotient(scaled_by(end.top, figure), end.bottom)


def product(sheet: Sheet, left: Amount, right: Amount) -> Amount:
    """Of two intervals, as `vocpolicy.intervals.product` has it: an end that is null is endless,
    and of zero times anything comes zero.

    Raises:
        TooLargeError: it might not fit.
    """
    for this, that in ((left, right), (right, left)):
        figure = figure_of(this)
        if figure is not None:
            return times_figure(that, figure)
    if isinstance(left, Number) and isinstance(right, Number):
        return picked.times(left, right)
    one, other = kept_rational(sheet, rational(left)), kept_rational(sheet, rational(right))
    none = sheet.kept(disjunction([one.none, other.none]))
    if one.same and other.same:
        known = blank(none, _corner(one.lo, other.lo))
        return Rational(known, known, none)
    pairs = ((one.lo, one.hi), (other.lo, other.hi))
    corners = [kept_end(sheet, _corner(a, b)) for a in pairs[0] for b in pairs[1]]
    below, above = _endless(pairs[0], pairs[1])
    lo = extreme(sheet, "less_than", [(end.there, end) for end in corners])
    hi = extreme(sheet, "more_than", [(end.there, end) for end in corners])
    ends = (blank(disjunction([none, below]), lo), blank(disjunction([none, above]), hi))
    return Rational(*ends, none)


def figure_of(amount: Amount) -> Fraction | None:
    """What it is, where that is the same in every row."""
    if isinstance(amount, Rational) or not isinstance(amount.lo, int) or not amount.same:
        return None
    return amount.lo * amount.scale


def never_below_zero(amount: Amount) -> bool:
    least = amount.least if isinstance(amount, Number) else amount.lo.top.least
    there = amount.lo if isinstance(amount, Number) else amount.lo.top.lo
    return there is not None and least >= 0


def endless(amount: Amount, below: Truth, above: Truth) -> Amount:
    """Without a lower, or an upper, end where something (never null) is so."""
    if isinstance(amount, Number):
        lo, hi = picked.without(below, amount.lo), picked.without(above, amount.hi)
        return evolve(amount, lo=lo, hi=hi)
    return Rational(blank(below, amount.lo), blank(above, amount.hi), amount.none)


def _corner(one: Quotient, other: Quotient) -> Quotient:
    """Without an end where one has none, unless the other is zero."""
    found = Quotient(times_points(one.top, other.top), times_points(one.bottom, other.bottom))
    zeros = [
        conjunction([certainly(signed("equal", a)), negation(b.there)])
        for a, b in ((one, other), (other, one))
    ]
    zero = disjunction(zeros)
    return either(zero, Quotient(constant(Fraction(0))), found)


def _endless(
    left: tuple[Quotient, Quotient], right: tuple[Quotient, Quotient]
) -> tuple[Truth, Truth]:
    """Where something endless meets what can have the sign that makes the product so."""
    below: list[Truth] = []
    above: list[Truth] = []
    for (low, high), (least, most) in ((left, right), (right, left)):
        may_rise = negation(certainly(signed("at_most", most)))
        may_fall = negation(certainly(signed("at_least", least)))
        down, up = negation(low.there), negation(high.there)
        below += [conjunction([down, may_rise]), conjunction([up, may_fall])]
        above += [conjunction([down, may_fall]), conjunction([up, may_rise])]
    return disjunction(below), disjunction(above)


# ---- one of several --------------------------------------------------------------------------


def either(where: Truth, one: Quotient, other: Quotient) -> Quotient:
    """The one or the other; `where` is never null."""
    if where is True or where is False:
        return one if where else other
    if one.bottom is other.bottom:
        return Quotient(_either(where, one.top, other.top), one.bottom)
    return Quotient(_either(where, one.top, other.top), _either(where, one.bottom, other.bottom))


def _either(where: Truth, one: Number, other: Number) -> Number:
    if one.lo is None and other.lo is None:
        return one
    if one.lo is None:
        one = evolve(one, scale=other.scale, least=other.least, most=other.most)
    elif other.lo is None:
        other = evolve(other, scale=one.scale, least=one.least, most=one.most)
    one, other = together(one, other)
    found = nw.when(expr_of(where)).then(_expr(one.lo)).otherwise(_expr(other.lo))
    end = Col(found, level_of(where, one.lo, other.lo))
    least, most = min(one.least, other.least), max(one.most, other.most)
    return Number(end, end, one.scale, least, most, room=one.room)


def _expr(end: End) -> nw.Expr:
    return end.expr if isinstance(end, Col) else nw.lit(end, dtype=nw.Int64)


def blank(where: Truth, end: Quotient) -> Quotient:
    """An end, null where something (never null) is so."""
    return either(where, ENDLESS, end)


def extreme(sheet: Sheet, key: str, several: Sequence[tuple[Truth, Quotient]]) -> Quotient:
    """The least (`less_than`) or the most of those that count, all of which are there; where none
    counts, none is there."""
    counts, best = several[0]
    best = blank(negation(counts), best)
    for where, end in several[1:]:
        best = kept_end(sheet, best)
        beyond = disjunction([negation(best.there), certainly(ends_ranked(key, end, best))])
        best = either(sheet.kept(conjunction([where, beyond])), end, best)
    return kept_end(sheet, best)


def hull(sheet: Sheet, cases: Sequence[tuple[Truth, Amount | None]]) -> Amount:
    """From the least end of all that are possible (never null) to their greatest; None stands for
    what gives no value.

    Raises:
        TooLargeError: what is compared might not fit.
    """
    numbers_ = [(where, one) for where, one in cases if not isinstance(one, Rational)]
    if len(numbers_) == len(cases):
        return hulls.number_of(numbers_)
    there = [(where, one) for where, one in cases if where is not False]
    fractions = [(where, None if one is None else rational(one)) for where, one in there]
    lo = _outermost(
        sheet, "less_than", [(w, None if one is None else one.lo) for w, one in fractions]
    )
    hi = _outermost(
        sheet, "more_than", [(w, None if one is None else one.hi) for w, one in fractions]
    )
    nones = [(where, False if one is None else one.none) for where, one in fractions]
    return Rational(lo, hi, hulls.all_none(nones))


def _outermost(
    sheet: Sheet, key: str, several: Sequence[tuple[Truth, Quotient | None]]
) -> Quotient:
    """Of those that are possible; none where one that is possible has no end."""
    ends = [(where, ENDLESS if end is None else end) for where, end in several]
    open_ = disjunction(conjunction([where, negation(end.there)]) for where, end in ends)
    counting = [(sheet.kept(conjunction([where, end.there])), end) for where, end in ends]
    return blank(open_, extreme(sheet, key, counting)) if counting else ENDLESS


def smaller(sheet: Sheet, several: Sequence[Amount]) -> Amount:
    """The least of several: its lower end where all are known, its upper end that of any."""
    numbers_ = [one for one in several if isinstance(one, Number)]
    if len(numbers_) == len(several):
        return picked.smaller(numbers_)
    fractions = [kept_rational(sheet, rational(one)) for one in several]
    none = sheet.kept(disjunction(one.none for one in fractions))
    lows, highs = ([one.lo for one in fractions], [one.hi for one in fractions])
    lacking_ = disjunction([none, *(negation(end.there) for end in lows)])
    lo = blank(lacking_, extreme(sheet, "less_than", [(end.there, end) for end in lows]))
    if all(one.same for one in fractions):
        return Rational(lo, lo, none)
    hi = blank(none, extreme(sheet, "less_than", [(end.there, end) for end in highs]))
    return Rational(lo, hi, none)


def larger(sheet: Sheet, several: Sequence[Amount]) -> Amount:
    return negated(smaller(sheet, [negated(one) for one in several]))


# ---- comparisons -----------------------------------------------------------------------------


def signed(key: str, end: Quotient) -> Truth:
    """An end against zero; null where there is none."""
    return ends_compared(key, end.top.lo, 0)


def ends_ranked(key: str, left: Quotient, right: Quotient) -> Truth:
    """Of two ends, multiplied across; null where one is not there."""
    if left.bottom is right.bottom:
        return numbers.compared(key, left.top, right.top)
    return numbers.compared(
        key, times_points(left.top, right.bottom), times_points(right.top, left.bottom)
    )


def compared(key: str, left: Amount, right: Amount) -> Truth:
    """One of the four comparisons, or `equal`, of intervals; nothing compares with `none`.

    Raises:
        TooLargeError: what is compared might not fit.
    """
    if isinstance(left, Number) and isinstance(right, Number):
        return numbers.compared(key, left, right)
    one, other = rational(left), rational(right)
    found = _compared(key, one, other)
    if key == "equal":
        nones = [(end.none, _is_something(end)) for end in (one, other)]
        return with_nones(found, nones[0], nones[1])
    return chosen(disjunction([one.none, other.none]), False, found)


def _is_something(one: Rational) -> Truth:
    return disjunction([one.lo.there, one.hi.there])


def _compared(key: str, left: Rational, right: Rational) -> Truth:
    if left.same and right.same:
        return ends_ranked(key, left.lo, right.lo)
    return numbers.intervals_compared(key, (left.lo, left.hi), (right.lo, right.hi), ends_ranked)


def known(amount: Amount) -> Truth:
    """Whether an amount is known, or known to be none; never null."""
    if isinstance(amount, Number):
        return numbers.known(amount)
    return disjunction([amount.none, one_value(amount)])


def one_value(one: Rational) -> Truth:
    """Whether it is known and something; never null."""
    return one.lo.there if one.same else certainly(ends_ranked("equal", one.lo, one.hi))


# ---- what is shown ---------------------------------------------------------------------------


def shown(end: Quotient, unit: Fraction) -> Col:
    """The floating-point number that is nearest, in a unit; null where there is no end."""
    nothing = nw.lit(None, dtype=nw.Float64)
    found = nw.when(expr_of(end.there)).then(floats.quotient(end.top, end.bottom, unit))
    return Col(found.otherwise(nothing), level_of(end.top.lo, end.bottom.lo))

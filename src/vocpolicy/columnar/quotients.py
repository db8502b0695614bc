"""Division and rounding of amounts, as `vocpolicy.intervals` has them."""

from __future__ import annotations

from fractions import Fraction

import narwhals.stable.v2 as nw

from vocpolicy.columnar import numbers, picked, rationals
from vocpolicy.columnar.logic import (
    Col,
    Sheet,
    Truth,
    certainly,
    conjunction,
    disjunction,
    level_of,
    negation,
)
from vocpolicy.columnar.numbers import LARGEST, Number, TooLargeError, constant
from vocpolicy.columnar.rationals import (
    ENDLESS,
    Amount,
    Quotient,
    Rational,
    blank,
    either,
    ends_ranked,
    hull,
    kept_end,
    kept_rational,
    negated_end,
    rational,
    signed,
)

ZERO = Quotient(constant(Fraction(0)))
ONE = Quotient(constant(Fraction(1)))


def divided(
    sheet: Sheet,
    top: Amount,
    bottom: Amount,
    if_zero: Amount | None,
    *,
    whole: bool,
    part: bool,
) -> Rational:
    """A ratio, as `vocpolicy.intervals.quotient` has it.

    Args:
        if_zero: stands in where the bottom is zero; None: it is above zero.
        whole: the bottom is a whole number, so that it is at least 1 where it is above 0.
        part: the ratio lies between 0 and 1.

    Raises:
        TooLargeError: what is multiplied across might not fit.
    """
    above, below = kept_rational(sheet, rational(top)), kept_rational(sheet, rational(bottom))
    none = sheet.kept(disjunction([above.none, below.none]))
    if above.same and below.same and if_zero is None:
        over = certainly(signed("more_than", below.lo))
        known = kept_end(
            sheet, blank(disjunction([none, negation(over)]), _over(above.lo, below.lo))
        )
        return Rational(known, known, none)
    is_zero = conjunction(certainly(signed("equal", end)) for end in (below.lo, below.hi))
    tops, bottoms = _upright(sheet, (above.lo, above.hi), (below.lo, below.hi))
    ends = _ends(sheet, tops, bottoms, whole)
    if part:
        ends = _part(sheet, *ends)
    over = sheet.kept(certainly(signed("more_than", bottoms[0])))
    nought = certainly(signed("equal", bottoms[1]))
    open_ = nought
    if if_zero is not None:
        under = negation(certainly(signed("at_least", bottoms[0])))
        open_ = disjunction([nought, under])
    open_ = sheet.kept(disjunction([none, open_]))
    found = kept_rational(sheet, Rational(blank(open_, ends[0]), blank(open_, ends[1])))
    if if_zero is None:
        return Rational(found.lo, found.hi, none)
    instead = [conjunction([negation(over), negation(none)]), negation(is_zero)]
    cases = [(sheet.kept(instead[0]), if_zero), (sheet.kept(instead[1]), found)]
    mixed = kept_rational(sheet, rational(hull(sheet, cases)))
    return Rational(blank(none, mixed.lo), blank(none, mixed.hi), none)


def _over(top: Quotient, bottom: Quotient) -> Quotient:
    """One end by another that is above zero; null where one is."""
    times = rationals.times_points
    return Quotient(times(top.top, bottom.bottom), times(top.bottom, bottom.top))


def _upright(
    sheet: Sheet, top: tuple[Quotient, Quotient], bottom: tuple[Quotient, Quotient]
) -> tuple[tuple[Quotient, Quotient], tuple[Quotient, Quotient]]:
    """Both turned round where the bottom is below zero for certain."""
    if bottom[0].top.lo is not None and bottom[0].top.least >= 0:
        return top, bottom
    under = sheet.kept(certainly(signed("less_than", bottom[1])))
    return _turned(sheet, under, top), _turned(sheet, under, bottom)


def _turned(
    sheet: Sheet, under: Truth, pair: tuple[Quotient, Quotient]
) -> tuple[Quotient, Quotient]:
    low, high = pair
    lo = kept_end(sheet, either(under, negated_end(high), low))
    return lo, kept_end(sheet, either(under, negated_end(low), high))


def _ends(
    sheet: Sheet,
    top: tuple[Quotient, Quotient],
    bottom: tuple[Quotient, Quotient],
    whole: bool,
) -> tuple[Quotient, Quotient]:
    """Of a bottom that lies above zero, whatever its ends say."""
    over = certainly(signed("more_than", bottom[0]))
    least = either(over, bottom[0], ONE) if whole else blank(negation(over), bottom[0])
    least, most = kept_end(sheet, least), bottom[1]
    up = sheet.kept(certainly(signed("at_least", top[0])))
    down = sheet.kept(certainly(signed("at_most", top[1])))
    lo = either(up, _farther(top[0], most), _over_end(top[0], least))
    hi = either(down, _farther(top[1], most), _over_end(top[1], least))
    return kept_end(sheet, lo), kept_end(sheet, hi)


def _farther(top: Quotient, bottom: Quotient) -> Quotient:
    """By the upper end of the bottom: zero, where it has none."""
    return either(bottom.there, _over(top, bottom), ZERO)


def _over_end(top: Quotient, bottom: Quotient) -> Quotient:
    """By the lower end: endless, where that is zero."""
    return either(bottom.there, _over(top, bottom), ENDLESS)


def _part(sheet: Sheet, low: Quotient, high: Quotient) -> tuple[Quotient, Quotient]:
    """The part between 0 and 1, unless the two contradict each other."""
    apart = disjunction(
        [
            certainly(ends_ranked("more_than", low, ONE)),
            certainly(signed("less_than", high)),
        ]
    )
    inside = sheet.kept(negation(apart))
    raised = conjunction([inside, negation(certainly(signed("at_least", low)))])
    lowered = conjunction([inside, negation(certainly(ends_ranked("at_most", high, ONE)))])
    return kept_end(sheet, either(raised, ZERO, low)), kept_end(sheet, either(lowered, ONE, high))


# ---- rounding --------------------------------------------------------------------------------


def rounded(sheet: Sheet, amount: Amount, mode: str, grain: Fraction) -> Number:
    """On a multiple of the grain: a number again, whatever is divided.

    Raises:
        TooLargeError: what it takes might not fit.
    """
    if isinstance(amount, Number):
        return picked.rounded(amount, mode, grain)
    one = kept_rational(sheet, amount)
    lo = _rounded(sheet, one.lo, mode, grain)
    hi = lo if one.same else _rounded(sheet, one.hi, mode, grain)
    lo, hi = numbers.together(lo, hi)
    end = hi.lo if not one.same else lo.lo
    return Number(lo.lo, end, grain, min(lo.least, hi.least), max(lo.most, hi.most), one.none)


def _rounded(sheet: Sheet, end: Quotient, mode: str, grain: Fraction) -> Number:
    top, bottom = end.top, end.bottom
    if top.lo is None:
        return Number(None, None, grain, 0, 0)
    ratio = top.scale / bottom.scale / grain
    above = numbers.multiplied(top, 2 * ratio.numerator)
    below = numbers.multiplied(bottom, 2 * ratio.denominator)
    size = max(abs(above.least), abs(above.most))
    if size + 2 * max(below.most, 1) > LARGEST:
        raise TooLargeError
    least, most = _extent(above, below)
    if isinstance(above.lo, int) and isinstance(below.lo, int):
        count = picked.exactly(Fraction(above.lo, below.lo), mode)
        return Number(count, count, grain, count, count)
    divisor = nw.when(~_expr(above).is_null()).then(_expr(below)).otherwise(nw.lit(1))
    found = _multiple(sheet, above, Col(divisor, level_of(above.lo, below.lo)), mode)
    return Number(found, found, grain, least, most)


def _extent(above: Number, below: Number) -> tuple[int, int]:
    by = max(below.least, 1)
    return min(above.least // by, 0), max(-(-above.most // by), 0)


def _multiple(sheet: Sheet, above: Number, divisor: Col, mode: str) -> Col:
    """Whole division of what is not below zero, where engines agree on it; one engine divides as
    floating-point numbers do, so that it may be one off."""
    by = sheet.keep(divisor)
    dividend = sheet.keep(Col(_expr(above), level_of(above.lo)))
    size = dividend.expr.abs()
    level = max(by.level, dividend.level)
    about = sheet.keep(Col((size // by.expr).cast(nw.Int64), level))
    over = sheet.keep(Col(size - about.expr * by.expr, about.level))
    more = (over.expr >= by.expr).cast(nw.Int64) - (over.expr < 0).cast(nw.Int64)
    whole = sheet.keep(Col(about.expr + more, over.level))
    rest = sheet.keep(Col(size - whole.expr * by.expr, whole.level))
    under = dividend.expr < 0
    up = (rest.expr > 0).cast(nw.Int64)
    half = by.expr // 2
    match mode:
        case "down":
            found = nw.when(under).then(-(whole.expr + up)).otherwise(whole.expr)
        case "up":
            found = nw.when(under).then(-whole.expr).otherwise(whole.expr + up)
        case "half_up":
            above_half = whole.expr + (rest.expr >= half).cast(nw.Int64)
            below_half = whole.expr + (rest.expr > half).cast(nw.Int64)
            found = nw.when(under).then(-below_half).otherwise(above_half)
        case _:
            odd = whole.expr - whole.expr // 2 * 2 == 1
            upward = (rest.expr > half) | ((rest.expr == half) & odd)
            nearest = whole.expr + upward.cast(nw.Int64)
            found = nw.when(under).then(-nearest).otherwise(nearest)
    return sheet.keep(Col(found, rest.level))


def _expr(number: Number) -> nw.Expr:
    end = number.lo
    return end.expr if isinstance(end, Col) else nw.lit(end, dtype=nw.Int64)

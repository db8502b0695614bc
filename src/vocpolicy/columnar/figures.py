"""Numbers that the records of a list come to: how many, how much, the least and the most.

Every number is what is known of it where records lack facts: the ends of an interval, worked out
from a few figures of each key as `vocpolicy.interpreter.aggregates` works them out.
"""

from __future__ import annotations

from fractions import Fraction

import narwhals.stable.v2 as nw
from attrs import evolve

from vocpolicy import core
from vocpolicy.columnar.absent import absent, absent_share, empty, empty_share
from vocpolicy.columnar.different import different
from vocpolicy.columnar.lengths import covered
from vocpolicy.columnar.lists import Asked, Lists
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
    LARGEST,
    End,
    Number,
    TooLargeError,
    constant,
    multiplied,
    together,
)
from vocpolicy.columnar.rationals import Amount, Quotient, Rational, either, hull
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.values import Values
from vocpolicy.columnar.wide import WIDEST, room_of

MOST_RECORDS = 10**9
"""So many records a list may have, where nothing is summed that asks for fewer."""

FEWEST = 10**6
"""What is summed is refused where fewer would be all that is proved to fit."""


def number_of(lists: Lists, place: Place, expr: core.Aggregate) -> Amount:
    """The number that an aggregate is.

    Raises:
        TooLargeError: what is summed may not fit.
    """
    asked = lists.asked(place, expr)
    match expr.kind:
        case "count":
            sure, may = asked.joined.count(asked.sure), asked.joined.count(asked.may)
            return _present(asked, Number(sure, may, Fraction(1), 0, MOST_RECORDS))
        case "total":
            return _total(asked)
        case "least":
            return _least(asked, _value(asked))
        case "most":
            turned = _least(asked, multiplied(_value(asked), -1), -1)
            return multiplied(turned, -1)
        case "distinct":
            return _distinct(asked)
        case "total_length":
            return _length(asked)
        case _:
            return share_of(asked)


def _present(asked: Asked, found: Number, sign: int = 1) -> Number:
    """Where there is a list; elsewhere what is known without one."""
    found = evolve(found, room=room_of(asked.place.engine))
    found, other = together(found, multiplied(absent(asked), sign))
    there = ~asked.joined.missing.expr
    lo, hi = (
        Col(nw.when(there).then(_of(one)).otherwise(_of(rest)), level_of(one, rest))
        for one, rest in ((found.lo, other.lo), (found.hi, other.hi))
    )
    least, most = min(found.least, other.least), max(found.most, other.most)
    return Number(lo, hi, found.scale, least, most, room=found.room)


def _value(asked: Asked) -> Number:
    """What is taken of each record, as whole counts."""
    joined, value = asked.joined, asked.expr.value
    assert value is not None
    return Values(joined.made.entry, True).number(joined.place, value)


def _of(end: End) -> nw.Expr:
    if isinstance(end, Col):
        return end.expr
    return nw.lit(end, dtype=nw.Int64)


def _when(where: Truth, then: nw.Expr) -> nw.Expr:
    """Null where a condition (never null) is false."""
    return nw.when(expr_of(where)).then(then).otherwise(nw.lit(None, dtype=nw.Int64))


# ---- sums ----------------------------------------------------------------------------------


def _total(asked: Asked) -> Number:
    value, joined = _value(asked), asked.joined
    largest = max(abs(value.least), abs(value.most), 1)
    records, wide = min(MOST_RECORDS, LARGEST // largest), None
    if records < MOST_RECORDS and (wide := room_of(asked.place.engine)):
        records = min(MOST_RECORDS, WIDEST // largest)
    if records < FEWEST:
        raise TooLargeError
    if records < MOST_RECORDS:
        joined.valid()
        joined.right.append(Col(joined.count(asked.may).expr <= records))
    ends = []
    for end, doubtful in ((value.lo, nw.min_horizontal), (value.hi, nw.max_horizontal)):
        level = level_of(end, asked.counts)
        one = _of(end) if wide is None else wide.of(_of(end))
        zero = nw.lit(0, dtype=nw.Int64)
        open_ = nw.when(one.is_null()).then(one).otherwise(doubtful(one, zero))
        part = nw.when(expr_of(asked.sure)).then(one).otherwise(open_)
        summed = joined.figure(Col(_when(asked.may, part), level), lambda x: x.sum())
        empty = Col(expr_of(asked.may) & one.is_null(), level)
        endless = joined.count(empty).expr > 0
        nothing = nw.lit(None, dtype=nw.Int64)
        total = summed.fill_null(0)
        total = total.cast(nw.Int64) if wide is None else wide.of(total)
        ends.append(Col(nw.when(~endless).then(total).otherwise(nothing)))
    least, most = min(value.least * records, 0), max(value.most * records, 0)
    return _present(asked, Number(ends[0], ends[1], value.scale, least, most))


# ---- the least and the most ------------------------------------------------------------------


def _least(asked: Asked, value: Number, sign: int = 1) -> Number:
    """Of values of which every one that counts for certain is above the least there can be; of
    none that counts, what `if empty` says."""
    joined = asked.joined
    value, instead = together(value, multiplied(empty(asked), sign))
    level = level_of(value.lo, value.hi, asked.counts)
    lo, hi = _of(value.lo), _of(value.hi)

    def same_type(figure: nw.Expr) -> nw.Expr:
        return figure if value.room else figure.cast(nw.Int64)

    def lowest(where: Truth, of: nw.Expr) -> nw.Expr:
        return same_type(joined.figure(Col(_when(where, of), level), lambda x: x.min()))

    def highest(where: Truth, of: nw.Expr) -> nw.Expr:
        return same_type(joined.figure(Col(_when(where, of), level), lambda x: x.max()))

    def endless(of: nw.Expr) -> nw.Expr:
        return joined.count(Col(expr_of(asked.may) & of.is_null(), level)).expr > 0

    none = joined.count(asked.may).expr == 0
    sure = joined.count(asked.sure).expr > 0
    nothing = nw.lit(None, dtype=nw.Int64)
    low, top = lowest(asked.may, lo), highest(asked.may, hi)
    below, above = _of(instead.lo), _of(instead.hi)
    lo_open = nw.when(~(endless(lo) | below.is_null())).then(nw.min_horizontal(low, below))
    hi_open = nw.when(~(endless(hi) | above.is_null())).then(nw.max_horizontal(top, above))
    lo_none = nw.when(none).then(below).otherwise(lo_open.otherwise(nothing))
    hi_none = nw.when(none).then(above).otherwise(hi_open.otherwise(nothing))
    lo_sure = nw.when(endless(lo)).then(nothing).otherwise(low)
    around = level_of(instead.lo, instead.hi)
    lo_found = Col(nw.when(sure).then(lo_sure).otherwise(lo_none), around)
    hi_found = Col(nw.when(sure).then(lowest(asked.sure, hi)).otherwise(hi_none), around)
    least, most = min(value.least, instead.least), max(value.most, instead.most)
    return _present(asked, Number(lo_found, hi_found, value.scale, least, most), sign)


# ---- different values --------------------------------------------------------------------------


def _distinct(asked: Asked) -> Number:
    lo, hi = different(asked)
    return _present(asked, Number(lo, hi, Fraction(1), 0, MOST_RECORDS))


# ---- lengths -----------------------------------------------------------------------------------


def _length(asked: Asked) -> Number:
    assert asked.stay is not None
    low, high = covered(asked)
    scale = 1 / (asked.expr.month_days or Fraction(1))
    return _present(asked, Number(low, high, scale, 0, 10**7))


# ---- shares ------------------------------------------------------------------------------------


def share_of(asked: Asked) -> Amount:
    """The share of records that pass, as `vocpolicy.intervals.share` has it."""
    condition, count, sheet = asked.condition(), asked.joined.count, asked.row.sheet
    doubtful = conjunction([asked.may, negation(asked.sure)])
    passes, fails = certainly(condition), certainly(negation(condition))
    sure, may = sheet.keep(count(asked.sure)), count(asked.may)
    passing = count(conjunction([asked.sure, passes]))
    failing = count(conjunction([asked.sure, fails]))
    can_fail = count(conjunction([doubtful, negation(passes)]))
    can_pass = count(conjunction([doubtful, negation(fails)]))
    able = Col(sure.expr - failing.expr + can_pass.expr, sure.level)
    lo = _share(passing, Col(sure.expr + can_fail.expr, sure.level), 1)
    hi = _share(able, Col(sure.expr + can_pass.expr, sure.level), 0)
    there = negation(asked.joined.missing)
    some, none = Col(may.expr > 0, may.level), Col(sure.expr == 0, sure.level)
    cases: list[tuple[Truth, Amount | None]] = [
        (conjunction([there, some]), Rational(lo, hi)),
        (conjunction([there, none]), empty_share(asked)),
        (negation(there), absent_share(asked)),
    ]
    return hull(sheet, [(sheet.kept(where), one) for where, one in cases])


def _share(part: Col, whole: Col, instead: int) -> Quotient:
    """So many of so many; of none, what cannot be beyond the others."""
    some = Col(whole.expr > 0, whole.level)
    tops, bottoms = (Number(one, one, Fraction(1), 0, MOST_RECORDS) for one in (part, whole))
    one = Quotient(tops, bottoms)
    return either(some, one, Quotient(constant(Fraction(instead))))

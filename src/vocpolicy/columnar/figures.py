"""Numbers that the records of a list come to: how many, how much, the least and the most.

Every number is what is known of it where records lack facts: the ends of an interval, worked out
from a few figures of each key as `vocpolicy.interpreter.aggregates` works them out.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.lengths import covered
from vocpolicy.columnar.lists import Asked, Lists
from vocpolicy.columnar.logic import (
    Col,
    Truth,
    certainly,
    chosen,
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
    common,
    multiplied,
    scaled,
    settled,
)
from vocpolicy.columnar.reading import inner
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.values import Values
from vocpolicy.interpreter.values import bounds
from vocpolicy.trace import Answer

MOST_RECORDS = 10**9
"""So many records a list may have, where nothing is summed that asks for fewer."""

FEWEST = 10**6
"""What is summed is refused where fewer would be all that is proved to fit."""


def number_of(lists: Lists, place: Place, expr: core.Aggregate) -> Number:
    """The number that an aggregate is.

    Raises:
        TooLargeError: what is summed may not fit.
    """
    asked = lists.asked(place, expr)
    match expr.kind:
        case "count":
            sure, may = asked.joined.count(asked.sure), asked.joined.count(asked.may)
            return _present(asked, sure, may, Fraction(1), 0, MOST_RECORDS)
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
            raise asked.refused("ratio")


def _present(
    asked: Asked, lo: Col, hi: Col, scale: Fraction, least: int, most: int, sign: int = 1
) -> Number:
    """Where there is a list; elsewhere what is known without one."""
    ends = bounds(asked.absent)
    low, high = ends if sign > 0 else (_minus(ends[1]), _minus(ends[0]))
    there = ~asked.joined.missing.expr
    found = []
    for col, end in ((lo, low), (hi, high)):
        count = None if end is None else _whole(end, scale)
        rest = nw.lit(count, dtype=nw.Int64)
        found.append(Col(nw.when(there).then(col.expr).otherwise(rest), col.level))
        least = least if count is None else min(least, count)
        most = most if count is None else max(most, count)
    return Number(found[0], found[1], scale, least, most)


def _minus(end: Fraction | None) -> Fraction | None:
    return None if end is None else -end


def _whole(value: Fraction, scale: Fraction) -> int:
    count = value / scale
    if count.denominator != 1:
        raise TooLargeError
    return count.numerator


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
    records = min(MOST_RECORDS, LARGEST // largest)
    if records < FEWEST:
        raise TooLargeError
    if records < MOST_RECORDS:
        joined.valid()
        joined.right.append(Col(joined.count(asked.may).expr <= records))
    ends = []
    for end, doubtful in ((value.lo, nw.min_horizontal), (value.hi, nw.max_horizontal)):
        level = level_of(end, asked.counts)
        one = _of(end)
        zero = nw.lit(0, dtype=nw.Int64)
        open_ = nw.when(one.is_null()).then(one).otherwise(doubtful(one, zero))
        part = nw.when(expr_of(asked.sure)).then(one).otherwise(open_)
        summed = joined.figure(Col(_when(asked.may, part), level), lambda x: x.sum())
        empty = Col(expr_of(asked.may) & one.is_null(), level)
        endless = joined.count(empty).expr > 0
        nothing = nw.lit(None, dtype=nw.Int64)
        sum_ = nw.when(~endless).then(summed.fill_null(0).cast(nw.Int64)).otherwise(nothing)
        ends.append(Col(sum_))
    least, most = min(value.least * records, 0), max(value.most * records, 0)
    return _present(asked, ends[0], ends[1], value.scale, least, most)


# ---- the least and the most ------------------------------------------------------------------


def _least(asked: Asked, value: Number, sign: int = 1) -> Number:
    """Of values of which every one that counts for certain is above the least there can be; of
    none that counts, what `if empty` says."""
    joined = asked.joined
    empty = asked.if_empty if isinstance(asked.if_empty, Fraction) else None
    if empty is not None:
        value = scaled(value, common(value.scale, empty)) if empty else value
    level = level_of(value.lo, value.hi, asked.counts)
    lo, hi = _of(value.lo), _of(value.hi)

    def lowest(where: Truth, of: nw.Expr) -> nw.Expr:
        found = joined.figure(Col(_when(where, of), level), lambda x: x.min())
        return found.cast(nw.Int64)

    def highest(where: Truth, of: nw.Expr) -> nw.Expr:
        return joined.figure(Col(_when(where, of), level), lambda x: x.max()).cast(nw.Int64)

    def endless(of: nw.Expr) -> nw.Expr:
        return joined.count(Col(expr_of(asked.may) & of.is_null(), level)).expr > 0

    none = joined.count(asked.may).expr == 0
    sure = joined.count(asked.sure).expr > 0
    instead = nw.lit(None if empty is None else sign * _whole(empty, value.scale), dtype=nw.Int64)
    nothing = nw.lit(None, dtype=nw.Int64)
    low, top = lowest(asked.may, lo), highest(asked.may, hi)
    open_low = low if empty is None else nw.min_horizontal(low, instead)
    open_top = top if empty is None else nw.max_horizontal(top, instead)
    unsettled = nw.lit(empty is None)
    lo_open = nw.when(endless(lo) | unsettled).then(nothing).otherwise(open_low)
    hi_open = nw.when(endless(hi) | unsettled).then(nothing).otherwise(open_top)
    lo_sure = nw.when(endless(lo)).then(nothing).otherwise(low)
    lo_found = nw.when(sure).then(lo_sure).otherwise(nw.when(none).then(instead).otherwise(lo_open))
    hi_found = (
        nw.when(sure)
        .then(lowest(asked.sure, hi))
        .otherwise(nw.when(none).then(instead).otherwise(hi_open))
    )
    ends = [value.least, value.most]
    ends += [] if empty is None else [sign * _whole(empty, value.scale)]
    return _present(asked, Col(lo_found), Col(hi_found), value.scale, min(ends), max(ends), sign)


# ---- different values --------------------------------------------------------------------------


def _distinct(asked: Asked) -> Number:
    joined, value = asked.joined, asked.expr.value
    if not isinstance(value, core.FactRef):
        raise asked.refused("distinct")
    fact = joined.place.fact(value)
    kind = inner(fact.type)
    code, members = _codes(asked, fact, kind)
    level = level_of(code, asked.counts)
    known = ~code.expr.is_null()

    def different(where: Truth) -> nw.Expr:
        started = nw.when(expr_of(where) & known).then(code.expr)
        base = started.otherwise(nw.lit(None, dtype=nw.Int64 if members else None))
        several = joined.figure(Col(base, level), lambda x: x.n_unique()).fill_null(0)
        empty = joined.figure(Col(base.is_null().cast(nw.Int64), level), lambda x: x.max())
        return several.cast(nw.Int64) - empty.fill_null(0).cast(nw.Int64)

    unsure = joined.count(Col(expr_of(asked.may) & ~known, level)).expr
    some = (joined.count(asked.sure).expr > 0).cast(nw.Int64)
    lo = nw.max_horizontal(different(asked.sure), some)
    hi: nw.Expr = different(asked.may) + unsure
    if members:
        hi = (
            nw.when(unsure > 0)
            .then(nw.min_horizontal(hi, nw.lit(members, dtype=nw.Int64)))
            .otherwise(hi)
        )
    return _present(asked, Col(lo), Col(hi), Fraction(1), 0, MOST_RECORDS)


def _codes(asked: Asked, fact: core.Fact, kind: core.Type) -> tuple[Col, int]:
    """A value told from others as a number, and how many there can be; 0: not known."""
    entry = asked.joined.made.entry
    if not entry.has(fact.name):
        return Col(nw.lit(None, dtype=nw.Int64)), _members(asked, kind)
    match kind:
        case core.ChoiceType():
            column, spelled, _ = entry.choice(fact)
            code: nw.Expr = nw.lit(None, dtype=nw.Int64)
            for place, texts in enumerate(spelled.values()):
                for text in texts:
                    is_text = column.expr == nw.lit(text)
                    code = nw.when(is_text).then(nw.lit(place, dtype=nw.Int64)).otherwise(code)
            return Col(code, column.level), len(spelled)
        case core.YesNoType():
            truth = entry.yes_no(fact)
            return Col(expr_of(truth).cast(nw.Int64), level_of(truth)), 0
        case core.NumberType():
            found = entry.number(fact).lo
            assert isinstance(found, Col)
            return found, 0
        case core.TextType():
            return entry.text(fact), 0
        case _:
            raise asked.refused("distinct")


def _members(asked: Asked, kind: core.Type) -> int:
    choices = asked.place.policy.choices
    return len(choices[kind.name].members) if isinstance(kind, core.ChoiceType) else 0


# ---- lengths -----------------------------------------------------------------------------------


def _length(asked: Asked) -> Number:
    assert asked.stay is not None
    low, high = covered(asked)
    scale = 1 / (asked.expr.month_days or Fraction(1))
    return _present(asked, low, high, scale, 0, 10**7)


# ---- shares ------------------------------------------------------------------------------------


@frozen(eq=False)
class Share:
    """The share of records that pass: `passing` of `least` at the least, `able` of `most` at the
    most; `sure` records count for certain, `may` may.  Columns of whole numbers."""

    asked: Asked
    passing: Col
    least: Col
    able: Col
    most: Col
    sure: Col
    may: Col


def share_of(lists: Lists, place: Place, expr: core.Aggregate) -> Share:
    asked = lists.asked(place, expr)
    condition, count = asked.condition(), asked.joined.count
    doubtful = conjunction([asked.may, negation(asked.sure)])
    passes, fails = certainly(condition), certainly(negation(condition))
    sure = count(asked.sure)
    passing = count(conjunction([asked.sure, passes]))
    failing = count(conjunction([asked.sure, fails]))
    can_fail = count(conjunction([doubtful, negation(passes)]))
    can_pass = count(conjunction([doubtful, negation(fails)]))
    return Share(
        asked,
        passing,
        Col(sure.expr + can_fail.expr),
        Col(sure.expr - failing.expr + can_pass.expr),
        Col(sure.expr + can_pass.expr),
        sure,
        count(asked.may),
    )


def share_compared(key: str, share: Share, figure: Fraction) -> Truth:
    """A share against a figure: as every other ratio, multiplied across."""
    if key in ("at_most", "less_than"):
        return negation(
            share_compared("more_than" if key == "at_most" else "at_least", share, figure)
        )
    top, bottom = figure.numerator, figure.denominator
    if max(abs(top), bottom) * MOST_RECORDS > LARGEST:
        raise TooLargeError
    beyond: Callable[[nw.Expr, nw.Expr], nw.Expr] = (
        (lambda a, b: a >= b) if key == "at_least" else (lambda a, b: a > b)
    )
    reached = _reaches(key, Fraction(1), figure)
    low = nw.when(share.least.expr > 0).then(
        beyond(share.passing.expr * bottom, share.least.expr * top)
    )
    yes = low.otherwise(nw.lit(reached))
    none = _reaches(key, Fraction(0), figure)
    high = nw.when(share.most.expr > 0).then(
        beyond(share.able.expr * bottom, share.most.expr * top)
    )
    no = ~high.otherwise(nw.lit(none))
    return _with_empty(share, settled(Col(yes), Col(no)), key, figure)


def _reaches(key: str, value: Fraction, figure: Fraction) -> bool:
    return value >= figure if key == "at_least" else value > figure


def _with_empty(share: Share, found: Truth, key: str, figure: Fraction) -> Truth:
    """Of no record that counts `if empty` says it; of some that may, both."""
    asked = share.asked
    instead = _truth(asked.if_empty, key, figure)
    some, any_ = Col(share.sure.expr > 0), Col(share.may.expr > 0)
    both = chosen(
        conjunction([certainly(found), certainly(instead)]),
        True,
        chosen(
            conjunction([certainly(negation(found)), certainly(negation(instead))]), False, None
        ),
    )
    listed = chosen(some, found, chosen(any_, both, instead))
    return chosen(negation(asked.joined.missing), listed, _truth(asked.absent, key, figure))


def _truth(answer: Answer, key: str, figure: Fraction) -> Truth:
    """What is known of a comparison without any record."""
    low, high = bounds(answer)
    if low is not None and _reaches(key, low, figure):
        return True
    return False if high is not None and not _reaches(key, high, figure) else None

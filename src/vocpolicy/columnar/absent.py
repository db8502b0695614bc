"""What an aggregate comes to where no record counts, and what is known of it without any list:
the interpreter's way (`vocpolicy.interpreter.aggregates.of_absent_list`), row by row."""

from __future__ import annotations

from fractions import Fraction

import narwhals.stable.v2 as nw

from vocpolicy import core
from vocpolicy.columnar import hulls
from vocpolicy.columnar.entry import Entry
from vocpolicy.columnar.lists import Asked
from vocpolicy.columnar.logic import Col
from vocpolicy.columnar.moments import FAR
from vocpolicy.columnar.numbers import End, Number, scaled_by
from vocpolicy.columnar.rationals import Amount, hull
from vocpolicy.columnar.stays import window_of
from vocpolicy.columnar.values import Values, between
from vocpolicy.interpreter.values import bounds

OPEN = Number(None, None, Fraction(1), 0, 0)
SHARES = between(Fraction(0), Fraction(1))


def empty(asked: Asked) -> Number:
    """What `if empty` says."""
    expr = asked.expr.if_empty
    return OPEN if expr is None else Values(asked.row.entry, True).number(asked.place, expr)


def empty_share(asked: Asked) -> Amount:
    """The same of a share, of which it may be one itself."""
    expr = asked.expr.if_empty
    return OPEN if expr is None else Values(asked.row.entry, True).amount(asked.place, expr)


def absent_share(asked: Asked) -> Amount:
    """What is known of a share where there is no list."""
    return hull(asked.row.sheet, [(True, SHARES), (True, empty_share(asked))])


def absent(asked: Asked) -> Number:
    """What is known where there is no list."""
    match asked.expr.kind:
        case "count" | "distinct":
            return between(Fraction(0), None)
        case "total":
            one = _of_a_record(asked)
            lo, hi = _at_zero(one.lo, one.least >= 0, 1), _at_zero(one.hi, one.most <= 0, -1)
            return Number(lo, hi, Fraction(1), 0, 0)
        case "least" | "most":
            return hulls.number_of([(True, _of_a_record(asked)), (True, empty(asked))])
        case "total_length":
            return _longest(asked)
        case _:
            return OPEN


def _of_a_record(asked: Asked) -> Number:
    """The value of a record of which nothing is known but what is around it."""
    from vocpolicy.columnar.conditions import Conditions

    value, joined = asked.expr.value, asked.joined
    if value is None:
        return OPEN
    if not joined.carried:
        answer = joined.place.answer(value)
        return OPEN if isinstance(answer, core.Nothing) else between(*bounds(answer))
    row = asked.row.entry
    columns = {name: one.source for name, one in joined.carried.items()}
    bare = Conditions(Entry(joined.place, row.schema, columns, row.sheet, row.guarded), row.sheet)
    return Values(bare.entry, True).number(joined.place, value)


def _at_zero(end: End, always: bool, sign: int) -> End:
    """Nothing, where a value cannot be on its other side; else no end."""
    if not isinstance(end, Col):
        return 0 if end is not None and end * sign >= 0 else None
    nothing = nw.lit(None, dtype=nw.Int64)
    there = ~end.expr.is_null() if always else end.expr * sign >= 0
    return Col(nw.when(there).then(nw.lit(0, dtype=nw.Int64)).otherwise(nothing), end.level)


def _longest(asked: Asked) -> Number:
    """Up to the whole window, where there is one."""
    window = window_of(asked.row, asked.place, asked.expr)
    if window is None:
        return between(Fraction(0), None)
    first, last = window.counts
    days = nw.max_horizontal(last.expr - first.expr + 1, nw.lit(0, dtype=nw.Int64))
    whole = Col(days, max(first.level, last.level))
    one = Number(0, whole, Fraction(1), 0, FAR["days"])
    return scaled_by(one, 1 / (asked.expr.month_days or Fraction(1)))

"""Dates that the records of a list come to: the earliest and the latest."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from vocpolicy import core
from vocpolicy.columnar.lists import Asked, Lists
from vocpolicy.columnar.logic import Col, Truth, expr_of, level_of
from vocpolicy.columnar.scope import Place


def day_of(lists: Lists, place: Place, expr: core.Aggregate) -> Col:
    """The least or the most of dates, null where it is not known: dates have no intervals, so
    that every one that counts has to be there, and none that may count can be beyond."""
    asked = lists.asked(place, expr)
    value, joined = asked.expr.value, asked.joined
    assert value is not None
    days = joined.made.moment(joined.place, value).day
    least = expr.kind == "least"

    def end(where: Truth, first: bool) -> nw.Expr:
        kept = nw.when(expr_of(where)).then(days.expr).otherwise(nw.lit(None, dtype=nw.Date))
        base = Col(kept, level_of(days, asked.counts))
        return joined.figure(base, (lambda x: x.min()) if first else (lambda x: x.max()))

    unknown = Col(expr_of(asked.may) & days.expr.is_null(), level_of(days, asked.counts))
    lacking = joined.count(unknown).expr > 0
    sure = joined.count(asked.sure).expr > 0
    none = joined.count(asked.may).expr == 0
    best, beyond = end(asked.sure, least), end(asked.may, least)
    other, nothing = _instead(asked), nw.lit(None, dtype=nw.Date)
    instead = other.expr
    settled = nw.when(~lacking & (best == beyond)).then(best).otherwise(nothing)
    # Where only doubtful ones are there, all of them and `if empty` have to agree.
    alike = (end(asked.may, True) == instead) & (end(asked.may, False) == instead)
    agreed = nw.when(alike & ~lacking).then(instead).otherwise(nothing)
    found = nw.when(none).then(instead).otherwise(agreed)
    listed = nw.when(sure).then(settled).otherwise(found)
    return Col(nw.when(~joined.missing.expr).then(listed).otherwise(nothing), other.level)


def _instead(asked: Asked) -> Col:
    """What `if empty` says."""
    if asked.expr.if_empty is None:
        return Col(nw.lit(None, dtype=nw.Date))
    return asked.row.moment(asked.place, asked.expr.if_empty).day

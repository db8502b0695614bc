"""Lists of bare values, as columns: how many members they have, and what is asked of each.

Of a member that is no record nothing can be asked but what lies around the list, so that all
members of a list answer alike: how many there are decides.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.collected import items_of
from vocpolicy.columnar.lacking import Lacks, counted, lacks_of, together, unknown
from vocpolicy.columnar.lists import list_named
from vocpolicy.columnar.logic import (
    Col,
    Truth,
    certainly,
    chosen,
    conjunction,
    disjunction,
    expr_of,
    level_of,
    negation,
    possibly,
)
from vocpolicy.columnar.members import members_of
from vocpolicy.columnar.numbers import Number
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import Place

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions

MOST_MEMBERS = 10**9
"""So many members a list may have."""


@frozen(eq=False)
class Bare:
    """A list of bare values.

    Attributes:
        there: whether it is known; never null.
        size: how many members it has, where it is.
        lacks: the missing facts that it turns on, where it is not.
    """

    there: Truth
    size: Col
    lacks: Lacks


def is_bare(expr: core.Aggregate) -> bool:
    """Whether an aggregate is over a list of bare values."""
    return not isinstance(expr.list_type.item, core.RecordType)


def number(made: Conditions, place: Place, expr: core.Aggregate) -> Number:
    """How many members count."""
    if expr.kind != "count":
        raise refused("aggregate", place.engine, expr.span)
    found, where = _bare(made, place, expr), _asked(made, place, expr.where)
    zero, nothing = nw.lit(0, dtype=nw.Int64), nw.lit(None, dtype=nw.Int64)

    def count(counts: Truth, elsewhere: nw.Expr) -> Col:
        members = nw.when(expr_of(counts)).then(found.size.expr).otherwise(zero)
        kept = nw.when(expr_of(found.there)).then(members).otherwise(elsewhere)
        return Col(kept, level_of(found.there, found.size, counts))

    lo, hi = count(certainly(where), zero), count(possibly(where), nothing)
    return Number(lo, hi, Fraction(1), 0, MOST_MEMBERS)


def truth(made: Conditions, place: Place, expr: core.Aggregate) -> Truth:
    """`every`, `some` and `none` of the members; null where that is not known."""
    if expr.kind not in ("every", "some", "none"):
        raise refused("aggregate", place.engine, expr.span)
    found = _bare(made, place, expr)
    counts, condition = (_asked(made, place, one) for one in (expr.where, expr.condition))
    one = disjunction([negation(counts), condition])
    if expr.kind != "every":
        some = conjunction([counts, condition])
        one = some if expr.kind == "some" else negation(some)
    members = Col((found.size.expr > 0).fill_null(False), found.size.level)
    return chosen(found.there, chosen(members, one, expr.kind != "some"), None)


def lacks(made: Conditions, place: Place, expr: core.Aggregate) -> Lacks:
    """The list itself, and what is asked of its members where there are some."""
    found, where = _bare(made, place, expr), _asked(made, place, expr.where)
    some = Col((found.size.expr > 0).fill_null(False), found.size.level)
    members = conjunction([found.there, some])
    below = [counted(negation(found.there), found.lacks)]
    if expr.where is not None:
        below.append(counted(members, lacks_of(made, place, expr.where)))
    if expr.condition is not None:
        asked = conjunction([members, possibly(where)])
        below.append(counted(asked, lacks_of(made, place, expr.condition)))
    if expr.kind == "count":
        return counted(negation(made.known_number(place, expr)), together(below))
    return counted(unknown(made.truth(place, expr)), together(below))


def _asked(made: Conditions, place: Place, expr: core.Expr | None) -> Truth:
    return True if expr is None else made.truth(place, expr)


def _bare(made: Conditions, place: Place, expr: core.Aggregate) -> Bare:
    inside, plain = place.behind(expr.records)
    if isinstance(plain, core.ConclusionRef):
        items = items_of(made, inside, plain)
        there = conjunction([items.known, negation(items.none)])
        return Bare(there, items.size, made.lacks(inside, plain.name))
    if isinstance(plain, core.FactRef):
        members = members_of(made, inside, inside.fact(plain))
        return Bare(members.known, members.size, {plain.name: negation(members.known)})
    name = list_named(inside, core.Aggregate(expr.kind, plain, expr.list_type, expr.type))
    return Bare(False, Col(nw.lit(None, dtype=nw.Int64)), {name: True})

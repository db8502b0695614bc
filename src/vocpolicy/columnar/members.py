"""Lists of bare values: a table with a row for each member, or observations whose cells are lists.

Which members a list has, how many, and what they are as text is worked out by key, as the last
observation of a fact is (`observed`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.columnar.logic import (
    Col,
    Truth,
    certainly,
    conjunction,
    expr_of,
    level_of,
    negation,
)
from vocpolicy.columnar.looks import SIZE
from vocpolicy.columnar.observed import Observed, most, rows_of, total
from vocpolicy.columnar.reading import inner, optional
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.spark import column

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions


@frozen(eq=False)
class Members:
    """The members of a list.

    Attributes:
        known: whether a row has the list; never null.
        size: how many they are, where it has.
        holds: makes the condition that a value is among them; null where the list is missing.
        text: makes the column of all of them, in their order.
    """

    known: Truth
    size: Col
    holds: Callable[[core.Const], Truth]
    text: Callable[[], Col]


def is_list(fact: core.Fact) -> bool:
    return isinstance(inner(fact.type), core.ListType)


def members_of(made: Conditions, place: Place, fact: core.Fact) -> Members:
    """The list that a row has, on its day where it was observed.

    Raises:
        UsageError: its members can be `none`, or are themselves lists or records.
    """
    observed = made.entry.observed
    if fact.name in made.entry.columns:  # lists in cells of the frame, which rows read
        raise refused("list", place.engine, fact.span)
    if observed is None or observed.never(fact.name):
        nothing = Col(nw.lit(None, dtype=nw.String))
        return Members(False, Col(nw.lit(None, dtype=nw.Int64)), lambda _: None, lambda: nothing)
    sight, day = observed.members(fact.name)
    inside, ref = _as_fact(place, fact)
    rows = type(made)(rows_of(inside, sight), sight.sheet)
    if day is None:
        here: Truth = True
        size = Col(sight.figure(Col(nw.lit(1, dtype=nw.Int64)), total).expr.fill_null(0))
        parent = column(sight.parent, observed.engine)
        known: Truth = Col(~parent.is_null())
    else:
        is_last, seen = sight.is_last(day, str(observed.day))
        here = certainly(conjunction([is_last, Col(nw.col(SIZE) > 0)]))
        sized = nw.when(expr_of(is_last)).then(nw.col(SIZE).cast(nw.Int64))
        none = nw.lit(None, dtype=nw.Int64)
        size = sight.figure(Col(sized.otherwise(none), level_of(is_last)), most)
        known = Col(~sight.figure(seen, most).expr.is_null())

    def holds(value: core.Const) -> Truth:
        same = certainly(rows.truth(inside, core.Equal(ref, value, span=value.span)))
        where = conjunction([here, same])
        count = sight.figure(Col(expr_of(where).cast(nw.Int64), level_of(where)), total)
        some = nw.when(expr_of(known)).then(count.expr.fill_null(0) > 0)
        return Col(some.otherwise(nw.lit(None, dtype=nw.Boolean)))

    def text() -> Col:
        from vocpolicy.columnar.given import given
        from vocpolicy.columnar.texts import said_text

        member = said_text(sight.sheet, inside, given(rows, inside, ref), ref.type)
        nothing = nw.lit(None, dtype=nw.String)
        said = nw.when(expr_of(here)).then(member.expr).otherwise(nothing)
        whole = sight.strung(Col(said, level_of(member, here)))
        there = nw.when(expr_of(known)).then(whole.expr.fill_null(""))
        return Col(there.otherwise(nothing))

    return Members(known, size, holds, text)


def right(observed: Observed, place: Place, fact: core.Fact) -> Truth:
    """Whether all members are values of the list, those of every observation."""
    if observed.never(fact.name):
        return True
    sight, day = observed.members(fact.name)
    inside, ref = _as_fact(place, fact)
    entry = rows_of(inside, sight)
    fits = entry.right(inside.policy.facts[ref.name])
    there = Col(~column(sight.source, observed.engine).is_null())
    wrong = negation(conjunction([certainly(fits), there]))
    if day is not None:
        wrong = conjunction([wrong, Col((nw.col(SIZE) > 0).fill_null(False))])
    count = sight.figure(Col(expr_of(wrong).cast(nw.Int64), level_of(wrong)), total)
    return Col(count.expr.fill_null(0) == 0)


def _as_fact(place: Place, fact: core.Fact) -> tuple[Place, core.FactRef]:
    """Where a member is what the fact is."""
    kind = inner(fact.type)
    assert isinstance(kind, core.ListType)
    nested = isinstance(inner(kind.item), core.ListType | core.RecordType)
    if nested or optional(kind.item) or optional(fact.type):
        raise refused("list", place.engine, fact.span)
    member = evolve(fact, type=kind.item)
    policy = evolve(place.policy, facts={**place.policy.facts, fact.name: member})
    inside = Place(policy, place.day, place.readings, None, place.engine)
    return inside, core.FactRef(fact.name, kind.item, span=fact.span)

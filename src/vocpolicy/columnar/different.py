"""How many different values the records of a list have, and whether a record has one at all."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from vocpolicy import core
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
from vocpolicy.columnar.numbers import Number
from vocpolicy.columnar.reading import inner, optional
from vocpolicy.columnar.scope import Place
from vocpolicy.core.walk import type_of

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions
    from vocpolicy.columnar.given import Said
    from vocpolicy.columnar.lists import Asked


def may_be_none(value: core.Expr) -> bool:
    """Whether a record may have no value: what is decided for it may not apply."""
    return isinstance(value, core.ConclusionRef | core.DefinitionRef) or optional(type_of(value))


def has_value(made: Conditions, place: Place, value: core.Expr, kind: str) -> Truth:
    """Whether a record has a value; null where different ones are counted and it is not known."""
    from vocpolicy.columnar.given import given

    said = given(made, place, value)
    there = negation(_none(said))
    return chosen(said.is_known, there, None) if kind == "distinct" else there


def _none(said: Said) -> Truth:
    """Where what is given is `none`; never null."""
    if said.number is not None:
        return said.number.none
    if said.moment is not None:
        return said.moment.none
    if said.options is not None:
        return said.options.none
    return said.none if said.cells is not None else said.value is core.Nothing.NONE


def different(asked: Asked) -> tuple[Col, Col]:
    """The fewest and the most different values that there can be."""
    from vocpolicy.columnar.given import given

    joined, value = asked.joined, asked.expr.value
    assert value is not None
    said = given(joined.made, joined.place, value)
    code = joined.made.sheet.keep(_code(asked, said))
    known = ~code.expr.is_null()
    level = level_of(code, asked.counts)

    def several(where: Truth) -> nw.Expr:
        started = nw.when(expr_of(where) & known).then(code.expr)
        base = started.otherwise(nw.lit(None))
        found = joined.figure(Col(base, level), lambda x: x.n_unique()).fill_null(0)
        empty = joined.figure(Col(base.is_null().cast(nw.Int64), level), lambda x: x.max())
        return found.cast(nw.Int64) - empty.fill_null(0).cast(nw.Int64)

    unknown = Col(expr_of(asked.may) & ~known, level)
    unsure = joined.count(unknown).expr
    some = (joined.count(asked.sure).expr > 0).cast(nw.Int64)
    hi = several(asked.may) + unsure
    if said.options is not None:
        shut = joined.count(conjunction([unknown, said.options.open])).expr == 0
        fewest = nw.min_horizontal(hi, _possible(asked, said, value))
        hi = nw.when((unsure > 0) & shut).then(fewest).otherwise(hi)
    return Col(nw.max_horizontal(several(asked.sure), some)), Col(hi)


def _code(asked: Asked, said: Said) -> Col:
    """What tells a value from others; null where it is not known, or is none."""
    if said.number is not None:
        if not isinstance(said.number, Number):
            raise asked.refused("distinct")
        end = said.number.lo
        number = end if isinstance(end, Col) else Col(nw.lit(end, dtype=nw.Int64))
        return _where(conjunction([said.is_known, negation(said.number.none)]), number)
    if said.moment is not None:
        return said.moment.day
    if said.cells is None:
        there = said.value is not core.Nothing.NONE
        return Col(nw.lit(1 if there else None, dtype=nw.Int64))
    assert asked.expr.value is not None
    if isinstance(inner(type_of(asked.expr.value)), core.YesNoType):
        return Col(said.cells.expr.cast(nw.Int64), said.cells.level)
    return said.cells


def _where(truth: Truth, col: Col) -> Col:
    kept = nw.when(expr_of(truth)).then(col.expr).otherwise(nw.lit(None, dtype=nw.Int64))
    return Col(kept, level_of(truth, col))


def _possible(asked: Asked, said: Said, value: core.Expr) -> nw.Expr:
    """How many values of a choice some record may have."""
    assert said.options is not None
    if isinstance(value, core.FactRef) and not optional(value.type):
        return nw.lit(len(said.options.members), dtype=nw.Int64)
    found = []
    for where in said.options.members.values():
        count = asked.joined.count(conjunction([asked.may, certainly(where)]))
        found.append((count.expr > 0).cast(nw.Int64))
    return reduce(lambda one, other: one + other, found)

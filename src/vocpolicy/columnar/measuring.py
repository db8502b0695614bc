"""Targets measured from a register: one row for each group of its records, or one for all.

A measure's facts come from the records in one of two ways: the records are those of a list that
the target looks at (`register`), or a fact is a count or a total of them (`Count`, `Total`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.logic import TEMPORARY
from vocpolicy.columnar.reading import LIMIT, finest, from_counts, inner, nearest, whole
from vocpolicy.columnar.spark import engine_of
from vocpolicy.columnar.wide import Room, room_of
from vocpolicy.diagnostics import Diagnostic, UsageError, close_names
from vocpolicy.outcome import Outcome

ALL = f"{TEMPORARY}all"
"""The key of a register that is one group."""

SAFE = 4e18
"""Sums whose size, as a floating-point number, is below this fit into 64 bits, where an engine
has no more."""


@frozen
class Count:
    """How many records there are, or of how many a rule holds.

    `where` is a column of Booleans, or the name of a rule, which holds, or fails, or is open; the
    count is missing where one of them is open.
    """

    where: str = ""


@frozen
class Total:
    """The sum of a column; missing where a cell is, or cannot be read exactly."""

    column: str


Counted: TypeAlias = Count | Total


def grouped(
    frame: Any,
    by: str | None,
    measures: Mapping[str, Counted],
    facts: Mapping[str, core.Fact],
    holds: Callable[[str], nw.Expr],
) -> Any:
    """One row for each value of a column, in their order, with the facts that are measured.

    Raises:
        UsageError: a measure is of no fact, or of no column.
    """
    schema = frame.collect_schema()
    key = by or ALL
    if by is not None and by not in schema:
        raise _no_column(by, schema)
    if by is None:
        frame = frame.with_columns(nw.lit(1, dtype=nw.Int64).alias(ALL))
    bases: dict[str, nw.Expr] = {}
    figures: dict[str, nw.Expr] = {}
    for name, measure in measures.items():
        if name not in facts:
            args = {"name": name, "close": close_names(name, facts)}
            raise UsageError([Diagnostic("V681", args=args)])
        if isinstance(measure, Count):
            _count(name, measure, schema, holds, bases, figures)
        else:
            _total(name, measure, schema, facts[name], bases, figures, room_of(engine_of(frame)))
    bases[f"{TEMPORARY}one"] = nw.lit(1, dtype=nw.Int64)
    made = frame.with_columns(*(one.alias(name) for name, one in bases.items()))
    sums = [_picked(name).alias(name) for name in bases]
    found = made.group_by(key).agg(*sums).sort(key)
    return found.select(nw.col(key), *(one.alias(name) for name, one in figures.items()))


def _picked(name: str) -> nw.Expr:
    """Of each group: the greatest of what is called so, else the sum."""
    return nw.col(name).max() if name.endswith(" most") else nw.col(name).sum()


def _no_column(name: str, schema: Mapping[str, Any]) -> UsageError:
    return UsageError([Diagnostic("V805", args={"name": name, "close": close_names(name, schema)})])


def _count(
    name: str,
    measure: Count,
    schema: Mapping[str, Any],
    holds: Callable[[str], nw.Expr],
    bases: dict[str, nw.Expr],
    figures: dict[str, nw.Expr],
) -> None:
    where: nw.Expr = nw.lit(True)
    if measure.where:
        column = measure.where in schema and schema[measure.where] == nw.Boolean
        where = nw.col(measure.where) if column else holds(measure.where)
    sure, open_ = f"{TEMPORARY}{name}", f"{TEMPORARY}{name} open"
    bases[sure] = where.fill_null(False).cast(nw.Int64)
    bases[open_] = where.is_null().cast(nw.Int64)
    nothing = nw.lit(None, dtype=nw.Int64)
    counted = nw.col(sure).cast(nw.Int64)
    figures[name] = nw.when(nw.col(open_) == 0).then(counted).otherwise(nothing)


def _total(
    name: str,
    measure: Total,
    schema: Mapping[str, Any],
    fact: core.Fact,
    bases: dict[str, nw.Expr],
    figures: dict[str, nw.Expr],
    room: Room | None,
) -> None:
    """A sum of whole counts; floating-point numbers are read in counts of the fact's steps."""
    if measure.column not in schema:
        raise _no_column(measure.column, schema)
    column, dtype = nw.col(measure.column), schema[measure.column]
    kind = inner(fact.type)
    if not isinstance(kind, core.NumberType) or not dtype.is_numeric():
        args = {"name": measure.column, "dtype": str(dtype)}
        raise UsageError([Diagnostic("V687", args=args)])
    if dtype.is_integer():
        grain = Fraction(1)
        counts, fits = whole(column, dtype)
        right = ~column.is_null() if fits is None else fits.fill_null(False)
    else:
        grain = finest(fact, kind)
        found, near = nearest(column.cast(nw.Float64), grain)
        right = near.fill_null(False)
        counts = nw.when(right).then(found).otherwise(nw.lit(0.0)).cast(nw.Int64)
    total, lacking, most = (f"{TEMPORARY}{name}{end}" for end in ("", " open", " most"))
    parts = nw.when(right).then(counts).otherwise(nw.lit(0, dtype=nw.Int64))
    bases[total] = parts if room is None else room.of(parts)
    bases[lacking] = (~right).cast(nw.Int64)
    if room is None:
        bases[most] = counts.cast(nw.Float64).abs().fill_null(0.0)
        fits = nw.col(most) * nw.col(f"{TEMPORARY}one").cast(nw.Float64) < SAFE
    else:
        fits = (nw.col(total) >= -LIMIT) & (nw.col(total) <= LIMIT)
    nothing = nw.lit(None, dtype=nw.Int64)
    known = (nw.col(lacking) == 0) & fits
    sums = nw.when(known).then(nw.col(total)).otherwise(nothing).cast(nw.Int64)
    figures[name] = sums if grain == 1 else from_counts(sums.cast(nw.Float64), grain)


def is_so(outcome: nw.Expr) -> nw.Expr:
    """Whether a rule holds, from the column of its outcome; null where that is open."""
    nothing = nw.lit(None, dtype=nw.Boolean)
    no = (outcome == Outcome.FAILS.value) | (outcome == Outcome.NOT_APPLICABLE.value)
    rest = nw.when(no).then(nw.lit(False)).otherwise(nothing)
    return nw.when(outcome == Outcome.HOLDS.value).then(nw.lit(True)).otherwise(rest)

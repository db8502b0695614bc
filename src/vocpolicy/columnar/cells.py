"""What the cells of a frame say of facts, one row at a time, read as columns are read.

A reader turns a cell into what `Policy.evaluate` takes: a number in the fact's own unit, a value
of a choice by its name, a list of records.  `WRONG` stands for a cell that is no value of its
fact.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.intake import Null
from vocpolicy.columnar.reading import (
    LIMIT,
    TAKES,
    TOLERANCE,
    digits,
    finest,
    from_counts,
    inner,
    most_exact,
    optional,
    spellings,
    to_counts,
)
from vocpolicy.columnar.refusals import wrong_column
from vocpolicy.exact import MAX_DIGITS


class Wrong(Enum):
    """A cell that is no value of its fact."""

    WRONG = "wrong"


WRONG = Wrong.WRONG
Reader: TypeAlias = Callable[[Any], Any]


@frozen(eq=False)
class Source:
    """Where the values of a fact come from.

    Attributes:
        column: the frame's column; "" of a record whose fields have columns of their own.
        fields: those fields, by name.
    """

    fact: core.Fact
    column: str
    read: Reader
    fields: Mapping[str, Source] = MappingProxyType({})

    def of(self, cells: Mapping[str, Any]) -> Any:
        """The value in a row; None where it has none."""
        if not self.fields:
            return self.read(cells[self.column])
        record = record_of(self.fields.values(), cells)
        if WRONG in record.values():
            return WRONG
        return record if any(map(_says, (cells[one] for one in self.columns()))) else None

    def columns(self) -> list[str]:
        if not self.fields:
            return [self.column]
        return [one for field in self.fields.values() for one in field.columns()]


def _says(cell: Any) -> bool:
    """Whether a cell says something, be it that there is none."""
    return cell is not None and cell == cell


def record_of(sources: Iterable[Source], cells: Mapping[str, Any]) -> dict[str, Any]:
    """A row as facts by name: without those that nothing is said of."""
    found: dict[str, Any] = {}
    for one in sources:
        value = one.of(cells)
        if value is not None or optional(one.fact.type):
            found[one.fact.name] = value
    return found


def sources_of(
    policy: core.Policy,
    facts: Iterable[core.Fact],
    schema: Mapping[str, Any],
    columns: Mapping[str, str],
    path: str = "",
) -> dict[str, Source]:
    """Of each fact that has a column, where it is; a field of a record stands in `record.field`.

    Raises:
        UsageError: a column holds what its fact does not take.
    """
    found: dict[str, Source] = {}
    for fact in facts:
        name = f"{path}.{fact.name}" if path else fact.name
        column = columns.get(name, name)
        if column in schema:
            read = reader(policy, fact, fact.type, schema[column], column)
            found[fact.name] = Source(fact, column, read)
            continue
        kind = inner(fact.type)
        if isinstance(kind, core.RecordType) and path.count(".") < 8:
            fields = policy.entities[kind.entity].fields.values()
            several = sources_of(policy, fields, schema, columns, name)
            if several:
                found[fact.name] = Source(fact, "", _same, MappingProxyType(several))
    return found


def _same(cell: Any) -> Any:
    return cell


def reader(
    policy: core.Policy, fact: core.Fact, kind: core.Type, dtype: Any, column: str
) -> Reader:
    """How cells of a type are read as values of a type."""
    if isinstance(kind, core.OptionalType):
        return reader(policy, fact, kind.inner, dtype, column)
    refusal = wrong_column(column, fact.name, dtype, TAKES[type(kind)])
    if dtype == nw.Unknown or isinstance(dtype, Null):  # of a column without a single value, too
        return lambda cell: _refused(refusal, cell)
    made = _reader(policy, fact, kind, dtype, column)
    if made is None:
        raise refusal
    found = made
    return lambda cell: None if cell is None else found(cell)


def _refused(refusal: Exception, cell: Any) -> None:
    if cell is not None:
        raise refusal


def _reader(
    policy: core.Policy, fact: core.Fact, kind: core.Type, dtype: Any, column: str
) -> Reader | None:
    text = dtype in (nw.String, nw.Categorical, nw.Enum)
    match kind:
        case core.YesNoType():
            return _same if dtype == nw.Boolean else None
        case core.DateType():
            return _day if dtype in (nw.Date, nw.Datetime) else None
        case core.TextType():
            return _same if text else None
        case core.ChoiceType():
            return _choice(policy, fact, kind, dtype) if text else None
        case core.NumberType():
            return _number(fact, kind, dtype)
        case core.ListType(item):
            return _list(policy, fact, item, dtype, column)
        case core.RecordType():
            return _record(policy, kind, dtype, column)
        case _:
            return None


def _day(cell: Any) -> Any:
    return cell.date() if isinstance(cell, datetime.datetime) else cell


# ---- choices ---------------------------------------------------------------------------------


def _choice(policy: core.Policy, fact: core.Fact, kind: core.ChoiceType, dtype: Any) -> Reader:
    full: core.Type = core.OptionalType(kind) if optional(fact.type) else kind
    found = spellings(policy, full, dtype)
    table: dict[str, str | None] = {
        text: name for name, several in found.values.items() for text in several
    }
    table |= dict.fromkeys(found.nones)
    return lambda cell: table.get(cell, WRONG)


# ---- numbers ---------------------------------------------------------------------------------


def _number(fact: core.Fact, kind: core.NumberType, dtype: Any) -> Reader | None:
    if dtype.is_integer():
        return lambda cell: cell if abs(cell) <= LIMIT else WRONG
    if isinstance(dtype, nw.Decimal):
        return _decimal(fact, kind, dtype)
    if not dtype.is_float():
        return None
    grain = finest(fact, kind)
    most = most_exact(grain)

    def read(cell: float) -> Any:
        if cell != cell:
            return None
        counts = to_counts(cell, grain)
        if not abs(counts) <= most:
            return WRONG
        whole = round(counts)
        near = abs(counts - whole) <= TOLERANCE or from_counts(float(whole), grain) == cell
        return whole * grain if near else WRONG

    return read


def _decimal(fact: core.Fact, kind: core.NumberType, dtype: Any) -> Reader:
    """Of more than 18 digits, no finer than columns read it."""
    precision = getattr(dtype, "precision", None)
    if precision is not None and precision <= MAX_DIGITS:
        return Fraction
    kept = min(dtype.scale or 0, digits(finest(fact, kind)))
    most = 10 ** (MAX_DIGITS - kept)

    def read(cell: Any) -> Any:
        value = Fraction(cell)
        fine = abs(value) < most and (value * 10**kept).denominator == 1
        return value if fine else WRONG

    return read


# ---- what is nested --------------------------------------------------------------------------


def _list(
    policy: core.Policy, fact: core.Fact, item: core.Type, dtype: Any, column: str
) -> Reader | None:
    if not isinstance(dtype, nw.List | nw.Array):
        return None
    read = reader(policy, fact, item, dtype.inner, column)

    def several(cell: Any) -> Any:
        found = [read(one) for one in cell]
        return WRONG if WRONG in found or None in found else found

    return several


def _record(policy: core.Policy, kind: core.RecordType, dtype: Any, column: str) -> Reader | None:
    if not isinstance(dtype, nw.Struct):
        return None
    schema = {one.name: one.dtype for one in dtype.fields}
    fields = policy.entities[kind.entity].fields.values()
    several = sources_of(policy, fields, schema, {}).values()

    def one(cell: Any) -> Any:
        found = record_of(several, cell)
        return WRONG if WRONG in found.values() else found

    return one

"""From the columns of a frame to the facts of a policy, checked as facts are.

A cell that is no value of its fact (a choice that has no such value, a number out of its bounds)
leaves its row without an outcome, as the interpreter refuses such facts.  NaN is a missing value.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
from attrs import Factory, define

from vocpolicy import core
from vocpolicy.columnar.calendar import ordinal
from vocpolicy.columnar.intake import Char, Null, beyond, declared
from vocpolicy.columnar.logic import (
    Col,
    Sheet,
    Truth,
    conjunction,
    disjunction,
    expr_of,
    filled,
    level_of,
    negation,
)
from vocpolicy.columnar.numbers import OPERATORS, Number, TooLargeError, together
from vocpolicy.columnar.perhaps import nothing, says
from vocpolicy.columnar.reading import (
    LIMIT,
    TAKES,
    Spellings,
    digits,
    finest,
    inner,
    most_exact,
    nearest,
    optional,
    spellings,
    whole,
)
from vocpolicy.columnar.refusals import overflow, refused, wrong_column
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.spark import ENGINES as SPARK, column
from vocpolicy.columnar.wide import room_of
from vocpolicy.exact import MAX_DIGITS
from vocpolicy.facts.numbers import ends, own_scale

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions
    from vocpolicy.columnar.lists import Lists
    from vocpolicy.columnar.observed import Observed

WRONG_CODE = -1
MOST_SMALL = 127
"""Codes that fit into eight bits, over which DuckDB is quicker."""

MOST_DIGITS = 38
"""Of a decimal, on every engine."""


@define
class Entry:
    """The facts of a frame.

    Attributes:
        schema: types of the frame's columns.
        columns: the column of each fact that has one.
        guarded: whether wrong cells are emptied, on engines that stop at what does not fit.
        lists: the tables of its lists.
        made: the conditions that are made of these facts.
        valid: of each fact, what has to hold of a row for it to be right.
        observed: the tables of its observations by date.
    """

    place: Place
    schema: Mapping[str, Any]
    columns: Mapping[str, str]
    sheet: Sheet
    guarded: bool = False
    lists: Lists | None = None
    made: Conditions | None = None
    valid: dict[str, list[Truth]] = Factory(dict)
    observed: Observed | None = None
    _numbers: dict[str, Number] = Factory(dict)
    _choices: dict[str, tuple[Col, dict[str, list[Any]], list[Any]]] = Factory(dict)
    _dates: dict[str, Col] = Factory(dict)
    _days: dict[str, Col] = Factory(dict)
    _right: dict[frozenset[str], Truth] = Factory(dict)

    def has(self, name: str) -> bool:
        return name in self.columns or self.has_list(name) or self.has_observed(name)

    def present(self, record: str) -> Truth:
        """Whether a row has a record: a cell of it; never null."""
        inside = [name for name in self.columns if name.startswith(f"{record}.")]
        return disjunction(self._said(self.columns[name]) for name in inside)

    def _said(self, name: str) -> Truth:
        """Whether a cell says something; never null."""
        cell = column(name, self.place.engine)
        there = ~cell.is_null()
        number = self.schema[name].is_float() if name in self.schema else False
        return Col(there & ~cell.is_nan().fill_null(True)) if number else Col(there)

    def has_list(self, name: str) -> bool:
        if self.lists is not None and self.lists.has(name):
            return True
        return self.observed is not None and self.observed.has_list(name)

    def has_observed(self, name: str) -> bool:
        return self.observed is not None and self.observed.has(name)

    def _dtype(self, fact: core.Fact) -> Any:
        if self.observed is not None and self.observed.has(fact.name):
            return self.observed.dtype(fact.name)
        found = self.schema[self.columns[fact.name]]
        return declared(inner(fact.type)) if isinstance(found, Null) else found

    def _wrong(self, fact: core.Fact) -> Exception:
        takes, dtype = TAKES[type(inner(fact.type))], self._dtype(fact)
        if self.observed is not None and self.observed.has(fact.name):
            return wrong_column(self.observed.source(fact.name), fact.name, dtype, takes)
        return wrong_column(self.columns[fact.name], fact.name, dtype, takes)

    def _column(self, fact: core.Fact) -> nw.Expr:
        if self.observed is not None and self.observed.has(fact.name):
            return self.observed.cell(fact)
        found = column(self.columns[fact.name], self.place.engine)
        kind = self.schema[self.columns[fact.name]]
        if isinstance(kind, Char):
            return found.str.replace_all(" +$", "")
        return found.cast(self._dtype(fact)) if isinstance(kind, Null) else found

    def _require(self, fact: core.Fact, passes: nw.Expr, level: int = 0) -> None:
        self.valid.setdefault(fact.name, []).append(filled(Col(passes, level), True))

    def valid_facts(self, names: Iterable[str]) -> Truth:
        """Whether the cells of these facts, and of those that bound them, are right."""
        bounding = frozenset(self.bounding(names))
        if bounding not in self._right or self.lists is not None:
            found: list[Truth] = []
            for name in sorted(bounding):
                fact = self.place.declared.setdefault(name, self.place.siblings[name])
                if self.observed is not None and self.observed.has(name):
                    found.append(self.observed.valid(self, fact))
                    continue
                found.append(self.right(fact))
                if self.lists is not None and self.lists.has(name):
                    found.append(self.lists.valid(self.place, name))
            self._right[bounding] = self.sheet.kept(conjunction(found))
        return self._right[bounding]

    def right(self, fact: core.Fact) -> Truth:
        """Whether a fact's own cell is right; never null."""
        self._read(fact)
        return conjunction(self.valid.get(fact.name, []))

    def bounding(self, names: Iterable[str]) -> list[str]:
        """These facts that the frame has, and those that bound them."""
        found: dict[str, None] = {}
        waiting = [name for name in names if name in self.place.siblings]
        # Of a record every cell is read.
        heads = {name.partition(".")[0] for name in waiting}
        inside = [name for name in self.columns if "." in name]
        waiting += [name for name in inside if name.partition(".")[0] in heads]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = None
                waiting += [
                    bound.name
                    for _, bound in self.place.siblings[name].compares
                    if isinstance(bound, core.FactRef | core.FieldRef)
                ]
        return [name for name in found if self.has(name)]

    def _read(self, fact: core.Fact) -> None:
        match inner(fact.type):
            case core.YesNoType():
                self.yes_no(fact)
            case core.DateType():
                self.date(fact)
            case core.ChoiceType():
                self.choice(fact)
            case core.NumberType():
                self.number(fact)
            case _:
                return

    # ---- yes and no, dates

    def yes_no(self, fact: core.Fact) -> Truth:
        if self._dtype(fact) != nw.Boolean:
            raise self._wrong(fact)
        return Col(self._column(fact))

    def date(self, fact: core.Fact) -> Col:
        """A date; null where it is missing, or `none`."""
        if fact.name not in self._dates:
            dtype, column = self._dtype(fact), self._column(fact)
            if dtype == nw.Datetime:
                column = column.dt.date()
            elif dtype != nw.Date:
                raise self._wrong(fact)
            self._dates[fact.name] = Col(column)
            self._require(fact, ~beyond(column, self.place.engine))
            for key, bound in fact.compares:
                self._bounded_date(fact, key, bound)
        return self._dates[fact.name]

    def lend_date(self, name: str, day: Col) -> None:
        """Let a column that is made stand for a date of the frame."""
        self._dates[name] = day

    def day_number(self, fact: core.Fact) -> Col:
        """A date as the count of its day, made once."""
        if fact.name not in self._days:
            self._days[fact.name] = self.sheet.keep(ordinal(self.date(fact)))
        return self._days[fact.name]

    def _bounded_date(self, fact: core.Fact, key: str, bound: core.Expr) -> None:
        limit = None if isinstance(bound, core.FactRef) else self.place.constant(bound)
        column = self._dates[fact.name].expr
        if isinstance(limit, datetime.date):
            self._require(fact, OPERATORS[key](column, nw.lit(limit, dtype=nw.Date)))
        elif isinstance(bound, core.FactRef | core.FieldRef):
            other = self.place.siblings[bound.name]
            if self.has(other.name):
                self._require(fact, OPERATORS[key](column, self.date(other).expr))
        elif limit is None:
            raise refused("bound", self.place.engine, bound.span)

    # ---- choices and text

    def choice(self, fact: core.Fact) -> tuple[Col, dict[str, list[Any]], list[Any]]:
        """The column, how each value of the choice is spelled in it, and how `none` is.

        Text becomes numbers first: comparing text is what a rule over a register costs.
        """
        if fact.name not in self._choices:
            self._choices[fact.name] = self._choice(fact)
        return self._choices[fact.name]

    def _choice(self, fact: core.Fact) -> tuple[Col, dict[str, list[Any]], list[Any]]:
        dtype, column = self._dtype(fact), self._column(fact)
        if dtype not in (nw.String, nw.Categorical, nw.Enum):
            raise self._wrong(fact)
        column = column.cast(nw.String) if dtype == nw.Categorical else column
        found = spellings(self.place.policy, fact.type, dtype)
        if not isinstance(dtype, nw.Enum):
            return self._coded(fact, column, found)
        if found.wrong:
            self._require(fact, ~any_of(column, found.wrong))
        return Col(column), dict(found.values), found.nones

    def _coded(
        self, fact: core.Fact, column: nw.Expr, found: Spellings
    ) -> tuple[Col, dict[str, list[Any]], list[Any]]:
        """Each value as its place among the values, `none` after them.

        Engines look for a text in the order given: `none`, which most records say, and names come
        before labels.
        """
        codes = [*enumerate(found.values.values())]
        codes.insert(0, (len(codes), found.nones))
        names = [(texts[0], code) for code, texts in codes if texts]
        labels = [(text, code) for code, texts in codes for text in texts[1:]]
        small = self.place.engine == "duckdb" and len(codes) <= MOST_SMALL
        kind = nw.Int8 if small else nw.Int16
        wrong = nw.when(~column.is_null()).then(nw.lit(WRONG_CODE, dtype=kind))
        result = wrong.otherwise(nw.lit(None, dtype=kind))
        on_spark = self.place.engine in SPARK
        if on_spark:  # which compares bytes in less than half of the time that text takes
            column = self.sheet.begin(column.cast(nw.Binary))
        for text, code in reversed([*names, *labels]):
            said = nw.lit(text.encode() if on_spark else text)
            is_text = nw.when(column == said).then(nw.lit(code, dtype=kind))
            result = is_text.otherwise(result)
        held = self.sheet.enter(result)
        self._require(fact, held.expr != WRONG_CODE)
        values = {name: [code] for code, name in enumerate(found.values)}
        return held, values, [len(found.values)] if found.nones else []

    def text(self, fact: core.Fact) -> Col:
        dtype, column = self._dtype(fact), self._column(fact)
        if dtype not in (nw.String, nw.Categorical, nw.Enum):
            raise self._wrong(fact)
        # On Spark a text may be compared without regard to case, which casting ends.
        plain = dtype == nw.String and self.place.engine not in SPARK
        return Col(column if plain else column.cast(nw.String))

    # ---- numbers

    def number(self, fact: core.Fact) -> Number:
        """Its counts; null where it is missing, or `none`."""
        if fact.name not in self._numbers:
            self._numbers[fact.name] = self._number(fact)
            self._related(fact)
        return self._numbers[fact.name]

    def _number(self, fact: core.Fact) -> Number:
        kind, dtype = inner(fact.type), self._dtype(fact)
        assert isinstance(kind, core.NumberType)
        unit = own_scale(kind)[0]
        column = self._column(fact)
        if dtype.is_integer():
            bits = int("".join(one for one in str(dtype) if one.isdigit()) or 64)
            most = min(LIMIT, 2 ** (bits - (not str(dtype).startswith("U"))) - 1)
            counts, fits = whole(column, dtype)
            if fits is not None:
                self._require(fact, fits)
            return self._bounded(fact, Col(counts), unit, most)
        if isinstance(dtype, nw.Decimal):
            return self._decimal(fact, kind, column, dtype, unit)
        if dtype.is_float():
            return self._float(fact, kind, column, unit)
        raise self._wrong(fact)

    def _decimal(
        self, fact: core.Fact, kind: core.NumberType, column: nw.Expr, dtype: Any, unit: Fraction
    ) -> Number:
        """In counts of its last digit; where it has more than 18 digits, or the fact has steps, of
        a millionth of its unit or of these: what is finer is wrong."""
        precision, places = dtype.precision or MOST_DIGITS, dtype.scale or 0
        wide = precision > MAX_DIGITS
        kept = places
        if wide or kind.whole or fact.step is not None:
            kept = min(places, digits(finest(fact, kind)))
        if precision - places + kept == 0:  # a count, and no digits before the point
            raise self._wrong(fact)
        if kept < places or wide:
            roomy = precision - places > MAX_DIGITS - kept
            if roomy:
                fits = column.abs() < nw.lit(10 ** (MAX_DIGITS - kept))
                self._require(fact, fits)
                column = nw.when(fits).then(column).otherwise(nw.lit(None, dtype=dtype))
            short = column.round(kept)
            # Spark drops the last digits of two types that it has to bring together.
            again = short.cast(dtype) if roomy and self.place.engine in SPARK else short
            self._require(fact, again == column)
            column = short.cast(nw.Decimal(MAX_DIGITS, kept))
        if self.place.engine == "duckdb":  # which stops at products beyond the digits of the type
            column = column.cast(nw.Decimal(MOST_DIGITS, kept))
        counts = Col((column * nw.lit(10**kept)).cast(nw.Int64))
        return self._bounded(
            fact, self.sheet.keep(counts) if wide else counts, unit / 10**kept, LIMIT
        )

    def _float(
        self, fact: core.Fact, kind: core.NumberType, column: nw.Expr, unit: Fraction
    ) -> Number:
        """Read in counts of its steps, or of a millionth of its unit."""
        grain = finest(fact, kind)
        rounded, right = nearest(column, grain)
        self._require(fact, right)
        counts = self.sheet.keep(Col(rounded.cast(nw.Int64)))
        return self._bounded(fact, counts, unit * grain, most_exact(grain))

    def _bounded(self, fact: core.Fact, counts: Col, scale: Fraction, widest: int) -> Number:
        """Within the declared bounds, of which a wrong cell makes its row wrong."""
        figures = [
            (key, self.place.constant(bound))
            for key, bound in fact.compares
            if not isinstance(bound, core.FactRef | core.FieldRef)
        ]
        if not all(isinstance(figure, Fraction) for _, figure in figures):
            raise refused("bound", self.place.engine, fact.span)
        known = [(key, one) for key, one in figures if isinstance(one, Fraction)]
        low, high = ends(fact, known, scale, widest)
        passes = []
        lower, upper = (abs(end) < widest or widest == LIMIT for end in (low, high))
        if lower and upper:
            passes.append(counts.expr.is_between(low, high))
        elif lower or upper:
            passes.append(counts.expr >= low if lower else counts.expr <= high)
        grain = scale / fact.step if fact.step else Fraction(1)
        kind = inner(fact.type)
        if isinstance(kind, core.NumberType) and kind.whole:
            grain = Fraction(1, math.lcm(grain.denominator, scale.denominator))
        if grain.denominator > 1:
            passes.append(self._multiple(counts.expr, grain.denominator))
        room = room_of(self.place.engine)
        if not passes:
            return Number(counts, counts, scale, low, high, room=room)
        right = Col(reduce(lambda a, b: a & b, passes), counts.level)
        self._require(fact, right.expr, right.level)
        if self.guarded:
            kept = nw.when(right.expr).then(counts.expr)
            counts = self.sheet.keep(
                Col(kept.otherwise(nw.lit(None, dtype=nw.Int64)), counts.level)
            )
        return Number(counts, counts, scale, low, high, room=room)

    def _multiple(self, counts: nw.Expr, of: int) -> nw.Expr:
        if self.place.engine in SPARK:  # which divides floating-point numbers
            return counts % of == 0
        return counts - of * (counts // of) == 0

    def _related(self, fact: core.Fact) -> None:
        """Bounds by other facts, which have to hold where both are known."""
        for key, bound in fact.compares:
            if isinstance(bound, core.FactRef | core.FieldRef):
                other = self.place.siblings[bound.name]
                if self.has(other.name):
                    one, limit = self._numbers[fact.name], self.number(other)
                    passes = related(self.place, fact, key, one, limit)
                    self._require(fact, passes.expr, passes.level)
                    self._bounded_by_none(fact, other)

    def _bounded_by_none(self, fact: core.Fact, other: core.Fact) -> None:
        """Nothing keeps to what there is not."""
        none = nothing(self, other) if optional(other.type) else False
        if none is not False:
            empty = negation(says(self, fact))
            passes = disjunction([negation(none), empty])
            self._require(fact, expr_of(passes), level_of(passes))


def related(place: Place, fact: core.Fact, key: str, one: Number, limit: Number) -> Col:
    """Whether a number keeps to another that bounds it; null where one of them is missing."""
    try:
        one, limit = together(one, limit)
    except TooLargeError:
        raise overflow(fact.name, place.engine, fact.span) from None
    assert isinstance(one.lo, Col) and isinstance(limit.lo, Col)
    return Col(OPERATORS[key](one.lo.expr, limit.lo.expr), max(one.lo.level, limit.lo.level))


def any_of(column: nw.Expr, texts: Iterable[Any]) -> nw.Expr:
    """One of the texts, null where the cell is: not every engine's `is_in` says so."""
    return reduce(or_, [column == nw.lit(text) for text in texts])


__all__ = ["Entry", "any_of", "inner", "optional", "related"]

"""Observations by date, as columns: of each fact its last observation up to the day of a row.

A table of observations is looked at from the rows (`looks`); the cell that it gives is read as
any cell of the fact is, and counts as the fact's value on that day.  A cell that is empty is no
observation.  All observations have to be right, later ones too, as the interpreter checks them:
each on its own day, against what bounds it on that day.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import narwhals.stable.v2 as nw
from attrs import Factory, define, evolve, frozen

from vocpolicy import core
from vocpolicy.columnar.children import DAY, Child
from vocpolicy.columnar.entry import Entry, related
from vocpolicy.columnar.intake import Null, beyond, declared
from vocpolicy.columnar.lists import Table
from vocpolicy.columnar.logic import (
    TEMPORARY,
    Col,
    Sheet,
    Truth,
    certainly,
    conjunction,
    disjunction,
    expr_of,
    level_of,
    negation,
    possibly,
)
from vocpolicy.columnar.looks import SIZE, Look, held
from vocpolicy.columnar.numbers import OPERATORS
from vocpolicy.columnar.reading import inner, optional
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.spark import column

Pick = Callable[[nw.Expr], nw.Expr]
Day = datetime.date | str
"""A day of evaluation that all rows have, or the column of each row's."""


@define(eq=False)
class Sight:
    """A table of observations, looked at in one way.

    Attributes:
        parent: the column of the frame that its key refers to.
        brought: columns of the frame that are taken along.
        dtype: the type of its cells as rows have them.
        opened: whether each member of its lists is a row.
        within: other tables, looked at from its own rows.
        texts: columns of texts that are joined for rows that belong together.
    """

    table: Table
    engine: str
    parent: str
    brought: tuple[str, ...]
    serial: int
    sheet: Sheet = Factory(Sheet)
    opened: bool = False
    figures: dict[str, nw.Expr] = Factory(dict)
    within: list[Sight] = Factory(list)
    texts: dict[str, str] = Factory(dict)
    _last: dict[str, tuple[Col, Col]] = Factory(dict)
    _seen: dict[str, tuple[Col, Col]] = Factory(dict)

    @property
    def path(self) -> str:
        return self.table.child.path

    @property
    def source(self) -> str:
        """The column of its cells."""
        return self.table.columns[self.path]

    @property
    def dtype(self) -> Any:
        found = self.table.schema[self.source]
        if isinstance(found, Null):
            return declared(inner(self.table.child.fact.type))
        text = found == nw.Categorical or (found == nw.Enum and self.engine != "polars")
        return nw.String() if text else found

    @property
    def cell(self) -> nw.Expr:
        """The cell of an observation; null where there is none."""
        found, kind = column(self.source, self.engine), self.table.schema[self.source]
        if kind.is_float():
            nothing = nw.lit(None, dtype=kind)
            return nw.when(~found.is_nan()).then(found).otherwise(nothing)
        return found if kind == self.dtype else found.cast(self.dtype)

    @property
    def date(self) -> nw.Expr:
        found = nw.col(DAY)
        return found.dt.date() if self.table.schema[DAY] == nw.Datetime else found

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns by which its rows belong together."""
        return tuple(held(self.path, place) for place in range(1 + len(self.brought)))

    def figure(self, base: Col, pick: Pick) -> Col:
        """A figure of the rows that belong together; null where there are none."""
        kept = self.sheet.keep(base)
        name = f"{TEMPORARY}{self.path}_{self.serial}_{len(self.figures)}"
        self.figures[name] = pick(kept.expr).alias(name)
        return Col(nw.col(name), 0, name)

    def strung(self, base: Col) -> Col:
        """The texts of the rows that belong together, joined in their order."""
        kept = self.sheet.keep(base)
        name = f"{TEMPORARY}{self.path}_{self.serial}_text_{len(self.texts)}"
        self.texts[name] = kept.name
        return Col(nw.col(name), 0, name)

    def is_last(self, day: nw.Expr, told: str) -> tuple[Col, Col]:
        """Whether a row is the last observation up to a day, and its date where it is up to it;
        `told` tells the day from others."""
        if told not in self._seen:
            none = nw.lit(None, dtype=nw.Date)
            cell = nw.col(SIZE) if self.opened else self.cell
            there = (self.date <= day) & ~cell.is_null()
            seen = self.sheet.keep(Col(nw.when(there).then(self.date).otherwise(none)))
            last = self.sheet.keep(Col(seen.expr.max().over(*self.keys), seen.level))
            self._seen[told] = Col(seen.expr == last.expr, last.level), seen
        return self._seen[told]

    def last(self, day: nw.Expr, told: str) -> tuple[Col, Col]:
        """The cell of the last observation up to a day, and its date."""
        if told not in self._last:
            is_last, seen = self.is_last(day, told)
            found = nw.when(is_last.expr).then(self.cell)
            cell = Col(found.otherwise(nw.lit(None, dtype=self.dtype)), is_last.level)
            self._last[told] = self.figure(cell, most), self.figure(seen, most)
        return self._last[told]

    def look(self) -> Look:
        return Look(
            self.path,
            self.table.child.key,
            self.parent,
            self.brought,
            tuple(one.look() for one in self.within),
            tuple(tuple(several) for several in self.sheet.rounds),
            dict(self.figures),
            self.source if self.opened else "",
            dict(self.texts),
        )


def least(one: nw.Expr) -> nw.Expr:
    return one.min()


def most(one: nw.Expr) -> nw.Expr:
    return one.max()


def total(one: nw.Expr) -> nw.Expr:
    return one.sum()


def distinct(one: nw.Expr) -> nw.Expr:
    return one.n_unique()


@frozen(eq=False)
class Observed:
    """What the rows of a frame have observed.

    Attributes:
        tables: the tables of observations, by fact.
        day: the day on which rows are looked at, and the type of the column that has it.
        sights: the tables as they are looked at.
    """

    tables: Mapping[str, Table]
    engine: str
    day: Day
    day_type: Any = None
    sights: dict[tuple[str, str, tuple[str, ...], bool], Sight] = Factory(dict)
    _right: dict[str, Truth] = Factory(dict)

    def has(self, name: str) -> bool:
        return name in self.tables

    def has_list(self, name: str) -> bool:
        """Whether it is a list of bare values."""
        return self.has(name) and self.tables[name].child.item is not None

    def never(self, name: str) -> bool:
        """Whether there is no table of a list, or one without a single list."""
        if not self.has(name):
            return True
        table = self.tables[name]
        cells = table.schema[table.columns[name]]
        return table.child.observes(table.schema) and not isinstance(cells, nw.List)

    def is_dated(self, name: str) -> bool:
        """Whether a fact was observed by date, and is no list."""
        return self.has(name) and self.tables[name].child.item is None

    def on(self, day: datetime.date) -> Observed:
        """The same on another day, which all rows have."""
        return evolve(self, day=day, day_type=None, right={})

    @property
    def dated(self) -> Observed:
        """Without what has no date."""
        held = {name: one for name, one in self.tables.items() if one.child.observes(one.schema)}
        return evolve(self, tables=held, right={})

    def through(self) -> Observed:
        """The same for another policy."""
        return evolve(self, right={})

    def sight(self, name: str, *brought: str, opened: bool = False) -> Sight:
        """A table looked at from the frame; `opened`: a row for each member of its lists."""
        table = self.tables[name]
        parent = table.child.parent
        key = name, parent, brought, opened
        if key not in self.sights:
            if opened:
                source = table.columns[name]
                item = table.schema[source].inner
                table = evolve(table, schema={**table.schema, source: item})
            made = Sight(table, self.engine, parent, brought, len(self.sights), opened=opened)
            self.sights[key] = made
        return self.sights[key]

    def members(self, name: str) -> tuple[Sight, nw.Expr | None]:
        """A table with a row for each member of a list, and the day of the row that looks at it,
        where lists were observed.

        Raises:
            UsageError: the engine has no way to make rows of lists.
        """
        table = self.tables[name]
        if not table.child.observes(table.schema):
            return self.sight(name), None
        if self.engine == "pyarrow":
            raise refused("list", self.engine, table.child.fact.span)
        return self._daily(name, opened=True)

    def dtype(self, name: str) -> Any:
        """The type of the fact's cells."""
        return self.sight(name).dtype

    def source(self, name: str) -> str:
        """The column of the table that holds the fact."""
        return self.tables[name].columns[name]

    def cell(self, fact: core.Fact) -> nw.Expr:
        """The cell that counts on the day of a row.

        Raises:
            UsageError: the fact can be `none`, which an empty cell does not tell from missing.
        """
        if optional(fact.type):
            raise refused("none", self.engine, fact.span)
        return self._last(fact.name)[0].expr

    def named(self, fact: core.Fact) -> str:
        """The column that has that cell, once tables are joined."""
        self.cell(fact)
        return self._last(fact.name)[0].name

    def date(self, name: str) -> Col:
        """The day of the observation that counts; null where there is none."""
        return self._last(name)[1]

    def _last(self, name: str) -> tuple[Col, Col]:
        sight, day = self._daily(name)
        return sight.last(day, str(self.day))

    def _daily(self, name: str, opened: bool = False) -> tuple[Sight, nw.Expr]:
        """A table, and the day of the row that looks at it."""
        if not isinstance(self.day, str):
            return self.sight(name, opened=opened), nw.lit(self.day, dtype=nw.Date)
        sight = self.sight(name, self.day, opened=opened)
        day = nw.col(held(name, 1))
        return sight, day.dt.date() if self.day_type == nw.Datetime else day

    # ---- whether they are right

    def valid(self, entry: Entry, fact: core.Fact) -> Truth:
        """Whether the observations of a row are right: all of them, up to its day or later."""
        if fact.name not in self._right:
            found = [*self._own(entry.place, fact), *self._bounds(entry, fact)]
            self._right[fact.name] = conjunction(found)
        return self._right[fact.name]

    def _own(self, place: Place, fact: core.Fact) -> Iterator[Truth]:
        """That each is a value of the fact, on a day of its own."""
        from vocpolicy.columnar.members import is_list, right

        table = self.tables[fact.name]
        if is_list(fact):
            yield right(self, place, fact)
        if table.child.observes(table.schema):
            yield self._dated(place, fact)

    def _dated(self, place: Place, fact: core.Fact) -> Truth:
        """That each has a day of its own, and, where it is no list, is right."""
        sight = self.sight(fact.name)
        right = certainly(rows_of(place, sight).right(_alone(fact)))
        wrong = disjunction([negation(right), Col(_no_day(sight, place.engine))])
        count = sight.figure(Col(expr_of(wrong).cast(nw.Int64), level_of(wrong)), total)
        days = sight.figure(Col(sight.date), distinct)
        rows = sight.figure(Col(nw.lit(1, dtype=nw.Int64)), total)
        once = (days.expr == rows.expr).fill_null(True)
        return Col((count.expr.fill_null(0) == 0) & once)

    def _bounds(self, entry: Entry, fact: core.Fact) -> Iterator[Truth]:
        """That each lies within the facts that bound it on its day."""
        for key, bound in fact.compares:
            if not isinstance(bound, core.FactRef | core.FieldRef):
                continue
            other = entry.place.siblings[bound.name]
            if not entry.has(other.name):
                continue
            if optional(other.type):
                raise refused("bound", self.engine, bound.span)
            if self.has(other.name):
                yield self._bounded_then(entry, fact, key, other)
            else:
                yield self._bounded_now(entry, fact, key, other)

    def _bounded_now(self, entry: Entry, fact: core.Fact, key: str, other: core.Fact) -> Truth:
        """By a fact without dates, which is there from the day of the row on: the observation
        from then on that goes furthest."""
        sight, day = self._daily(fact.name)
        late = nw.when(sight.date >= day).then(sight.cell)
        base = Col(late.otherwise(nw.lit(None, dtype=sight.dtype)))
        furthest = sight.figure(base, most if key in ("at_most", "less_than") else least)
        return possibly(_keeps(_read_of(entry, fact, furthest, sight), fact, key, entry, other))

    def _bounded_then(self, entry: Entry, fact: core.Fact, key: str, other: core.Fact) -> Truth:
        """By observations of another fact: the last of it up to the day of each."""
        bound = self.tables[other.name]
        apart = bound.child.parent != self.tables[fact.name].child.parent
        sight = self.sight(fact.name, *([bound.child.parent] if apart else []))
        inside = Sight(bound, self.engine, sight.keys[1 if apart else 0], (DAY,), len(sight.within))
        sight.within.append(inside)
        day = nw.col(held(inside.path, 1))
        dated = day.dt.date() if sight.table.schema[DAY] == nw.Datetime else day
        limit, _ = inside.last(dated, DAY)
        rows = rows_of(entry.place, sight)
        keeps = _keeps(rows, fact, key, _read_of(rows, other, limit, inside), _alone(other))
        broken = certainly(negation(keeps))
        count = sight.figure(Col(expr_of(broken).cast(nw.Int64), level_of(broken)), total)
        return Col(count.expr.fill_null(0) == 0)


# ---- tables ------------------------------------------------------------------------------------


def values_in(
    child: Child, schema: Mapping[str, Any], columns: Mapping[str, str], engine: str
) -> Table:
    """A table of observations, or of bare values, with the column that holds the fact.

    Raises:
        UsageError: it has no such column, or none of dates; or the fact is a record, or is not one
            of the frame's own.
    """
    source = child.source_in(schema, columns)
    if child.around or isinstance(inner(child.fact.type), core.RecordType):
        construct = "observed" if child.observes(schema) else "list"
        raise refused(construct, engine, child.fact.span)
    return Table(child, schema, {child.path: source}, {})


def observed_of(
    tables: Mapping[str, Table], engine: str, day: Day, day_type: Any = None
) -> Observed | None:
    """What the rows of a frame have observed, and their lists of bare values."""
    held = {name: one for name, one in tables.items() if one.child.has_values}
    return Observed(held, engine, day, day_type) if held else None


def looks_of(observed: Observed | None) -> tuple[Look, ...]:
    """What has been asked of the tables."""
    several = () if observed is None else observed.sights.values()
    return tuple(one.look() for one in several if one.figures)


def _no_day(sight: Sight, engine: str) -> nw.Expr:
    return sight.date.is_null() | beyond(sight.date, engine).fill_null(False)


def _alone(fact: core.Fact) -> core.Fact:
    """The fact without what other facts say of it."""
    own = [one for one in fact.compares if not isinstance(one[1], core.FactRef | core.FieldRef)]
    return evolve(fact, compares=tuple(own))


def rows_of(place: Place, sight: Sight) -> Entry:
    """The cells of a table of observations, as facts."""
    there = {sight.path: sight.source}
    guarded = not sight.engine.startswith("polars")
    return Entry(place, sight.table.schema, there, sight.sheet, guarded)


def _read_of(around: Entry, fact: core.Fact, cell: Col, sight: Sight) -> Entry:
    """A figure that is a cell of a fact, read as one."""
    there = {fact.name: cell.name}
    return Entry(around.place, {cell.name: sight.dtype}, there, around.sheet, around.guarded)


def _keeps(one: Entry, fact: core.Fact, key: str, other: Entry, bound: core.Fact) -> Truth:
    """Whether a cell keeps to what bounds it; null where one of the two is missing."""
    fact = _alone(fact)
    if isinstance(inner(fact.type), core.DateType):
        left, right = one.date(fact), other.date(bound)
        return Col(OPERATORS[key](left.expr, right.expr), level_of(left, right))
    return related(one.place, fact, key, one.number(fact), other.number(bound))

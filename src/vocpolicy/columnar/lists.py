"""What the records of a list come to, from a table of them: figures by key, joined to the rows.

Of each aggregate the table gives a few figures for each key (how many records count for certain,
how many may; the least value that there can be; …), of which the row makes what is known, the
interpreter's way (`vocpolicy.interpreter.aggregates`).  A row whose key is missing has no list.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
from attrs import Factory, define, evolve, frozen

from vocpolicy import core
from vocpolicy.columnar.around import Around, facts_around
from vocpolicy.columnar.carried import Carried, carried
from vocpolicy.columnar.children import Child
from vocpolicy.columnar.different import has_value, may_be_none
from vocpolicy.columnar.lacking import CARRIED, Lacks, counted, lacks_of, together
from vocpolicy.columnar.logic import (
    TEMPORARY,
    Col,
    Sheet,
    Truth,
    certainly,
    conjunction,
    expr_of,
    level_of,
    negation,
    possibly,
)
from vocpolicy.columnar.perhaps import says
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.rewritten import rebuilt
from vocpolicy.columnar.scope import TODAY, Place
from vocpolicy.columnar.spark import column
from vocpolicy.columnar.stays import Stay, Window, reaches, stay_of, window_of

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions

NOTHING_AROUND: Around = MappingProxyType({})


@frozen(eq=False)
class Table:
    """A table of records as columns are made of it.

    Attributes:
        schema: the types of its columns.
        columns: which of them holds a field, where it is called otherwise.
        within: the tables of lists in its records, by field.
    """

    child: Child
    schema: Mapping[str, Any]
    columns: Mapping[str, str]
    within: Mapping[str, Table]

    @property
    def entity(self) -> str:
        """What its records are; "" of bare values."""
        item = self.child.item
        return item.entity if isinstance(item, core.RecordType) else ""

    def fields(self, policy: core.Policy) -> Mapping[str, core.Fact]:
        """What its columns hold: fields of records, or bare values under the name of the list."""
        fact, item = self.child.fact, self.child.item
        assert item is not None
        if self.entity:
            return policy.entities[self.entity].fields
        return {fact.name: evolve(fact, type=item)}


@define(eq=False)
class Joined:
    """A table that is joined to the rows.

    Attributes:
        made: conditions of its records.
        carried: cells of the row around that records are asked about, by fact.
        serial: what tells its figures from those of others.
        figures: what is worked out for each key and what is carried, under the names of its
            columns.
        right: what has to hold of a row for its list to be right.
        checked: whether that its records are right is among this.
    """

    table: Table
    place: Place
    made: Conditions
    carried: Mapping[str, Carried]
    serial: int
    figures: dict[str, nw.Expr] = Factory(dict)
    right: list[Truth] = Factory(list)
    checked: bool = False

    @property
    def missing(self) -> Col:
        """Whether a row has no list."""
        return Col(column(self.table.child.parent, self.place.engine).is_null())

    @property
    def keys(self) -> list[str]:
        """The columns of the table that tell what figures are worked out for."""
        return [self.table.child.key, *(one.name for one in self.carried.values())]

    def figure(self, base: Col, pick: Callable[[nw.Expr], nw.Expr]) -> nw.Expr:
        """A figure of each key, as a column of the rows: null where no record has the key."""
        kept = self.made.sheet.keep(base)
        path = self.table.child.path.replace(".", " ")
        name = f"{TEMPORARY}{path}_{self.serial}_{len(self.figures)}"
        self.figures[name] = pick(kept.expr).alias(name)
        return nw.col(name)

    def valid(self) -> Truth:
        """Whether the records of a row are right."""
        if not self.checked:
            self.checked = True
            wrong = negation(conjunction(self._valid()))
            if wrong is not False:
                self.right.append(Col(self.count(certainly(wrong)).expr == 0))
        return conjunction(self.right)

    def _valid(self) -> list[Truth]:
        """What has to hold of its rows; bare values have to be there, too."""
        entry, fields = self.made.entry, self.table.fields(self.place.policy)
        if not self.table.entity:
            return [
                truth for one in fields.values() for truth in (entry.right(one), says(entry, one))
            ]
        return [entry.valid_facts([name for name in fields if entry.has(name)]), *self._ordered()]

    def _ordered(self) -> list[Truth]:
        """That no stay ends before it begins."""
        entity = self.place.policy.entities[self.place.entity or ""]
        entry, start, end = self.made.entry, entity.start, entity.end
        if start is None or end is None or start == end:
            return []
        if not (entry.has(start) and entry.has(end)):
            return []
        one, other = entry.date(entity.fields[start]), entry.date(entity.fields[end])
        return [possibly(Col(one.expr <= other.expr, level_of(one, other)))]

    def count(self, where: Truth) -> Col:
        """How many records of a row a condition (never null) is true of; 0 of none."""
        found = self.figure(Col(expr_of(where).cast(nw.Int64), level_of(where)), _sum)
        return Col(found.fill_null(0).cast(nw.Int64))


def _sum(one: nw.Expr) -> nw.Expr:
    return one.sum()


def _least(one: nw.Expr) -> nw.Expr:
    return one.min()


def _most(one: nw.Expr) -> nw.Expr:
    return one.max()


@frozen(eq=False)
class Asked:
    """An aggregate over the records of a table.

    Attributes:
        row: conditions of the row around.
        expr: what is asked of a record, of which its fields are the facts.
        counts: whether a record counts; False, True, or null where that is not known.
    """

    joined: Joined
    place: Place
    row: Conditions
    expr: core.Aggregate
    counts: Truth
    window: Window | None
    stay: Stay | None

    @property
    def sure(self) -> Truth:
        return certainly(self.counts)

    @property
    def may(self) -> Truth:
        return possibly(self.counts)

    def condition(self) -> Truth:
        assert self.expr.condition is not None
        return self.joined.made.truth(self.joined.place, self.expr.condition)

    def refused(self, construct: str) -> Exception:
        return refused(construct, self.place.engine, self.expr.span)


@define
class Lists:
    """The tables of a frame's lists, each joined once for what is carried to its records.

    Attributes:
        schema: the types of the columns of the frame.
        columns: which of them holds a fact.
        serials: numbers of tables that are joined to the same frame.
        deadline: the day on which all rows are judged, though each has a day of its own.
        rows: conditions of the frame, by what they are for.
        others: the same tables on other days.
    """

    tables: Mapping[str, Table]
    make: Callable[[Place, Table, Sheet], Conditions]
    schema: Mapping[str, Any]
    columns: Mapping[str, str]
    serials: Iterator[int] = Factory(count)
    deadline: datetime.date | None = None
    rows: dict[str | None, Conditions] = Factory(dict)
    others: list[Lists] = Factory(list)
    joined: dict[tuple[str, tuple[object, ...]], Joined] = Factory(dict)
    _asked: dict[core.Expr, Asked] = Factory(dict)
    _found: dict[tuple[str, core.Expr], Any] = Factory(dict)

    def has(self, name: str) -> bool:
        return name in self.tables

    def of(self, place: Place, name: str, lent: Around = NOTHING_AROUND) -> Joined:
        """A table, with what is carried to its records."""
        key = name, tuple((one, id(fact)) for one, fact in sorted(lent.items()))
        if key not in self.joined:
            table = self.tables[name]
            entity = table.entity
            held = self._carried(place, lent)
            table = evolve(
                table,
                schema={**table.schema, **{one.name: one.dtype for one in held.values()}},
                columns={**table.columns, **{fact: one.name for fact, one in held.items()}},
            )
            policy = _lent_to(place.policy, entity, lent)
            asked = policy, place.day, place.readings, entity or None, place.engine
            inside = Place(*asked, {}, entity, lent=lent)
            made = self.make(inside, table, Sheet())
            if self.deadline is not None:
                made.entry.lend_date(TODAY, Col(nw.lit(self.deadline, dtype=nw.Date)))
            self.joined[key] = Joined(table, inside, made, held, next(self.serials))
        return self.joined[key]

    def _carried(self, place: Place, lent: Around) -> dict[str, Carried]:
        """The cells of what is lent, of those facts that rows have."""
        observed = self.row(place).entry.observed if lent else None
        columns, schema = dict(self.columns), dict(self.schema)
        for name, fact in lent.items():
            if observed is not None and observed.has(name):
                columns[name] = observed.named(fact)
                schema[columns[name]] = observed.dtype(name)
        return carried(lent, columns, schema)

    def on(self, day: datetime.date, row: Conditions) -> Lists:
        """The same tables on another day, which all rows have."""
        place = row.entry.place
        rows = {place.entity: row}
        other = evolve(self, deadline=day, rows=rows, others=[], joined={}, asked={}, found={})
        self.others.append(other)
        return other

    def valid(self, place: Place, name: str) -> Truth:
        """Whether the list of a row is right."""
        found = [self.of(place, name).valid()]
        others = [one for (path, lent), one in self.joined.items() if path == name and lent]
        return conjunction([*found, *(conjunction(one.right) for one in others)])

    def row(self, place: Place) -> Conditions:
        """The conditions of the frame's rows."""
        return self.rows.get(place.entity) or next(iter(self.rows.values()))

    def asked(self, place: Place, expr: core.Aggregate) -> Asked:
        """An aggregate with which records count."""
        if expr not in self._asked:
            self._asked[expr] = self._prepared(place, expr)
        return self._asked[expr]

    def _prepared(self, place: Place, expr: core.Aggregate) -> Asked:
        joined = self.of(place, list_named(place, expr), facts_around(place, expr))
        own = evolve(
            expr,
            where=expr.where and _own(expr.where),
            condition=expr.condition and _own(expr.condition),
            value=expr.value and _own(expr.value),
        )
        window = window_of(joined.made, joined.place, expr)
        counts: list[Truth] = [True]
        stay = stay_of(joined, own, window) if own.start and own.end else None
        if stay is not None and window is not None:
            counts.append(reaches(stay, window))
        if own.where is not None:
            counts.append(joined.made.truth(joined.place, own.where))
        if own.value is not None and may_be_none(own.value):
            counts.append(has_value(joined.made, joined.place, own.value, own.kind))
        kept = joined.made.sheet.kept(conjunction(counts))
        return Asked(joined, place, self.row(place), own, kept, window, stay)

    # ---- conditions

    def truth(self, place: Place, expr: core.Aggregate) -> Truth:
        """`every`, `some` and `none` of the records."""
        asked = self.asked(place, expr)
        condition = asked.condition()
        if expr.kind == "every":
            condition = negation(condition)
        sure = asked.joined.count(conjunction([asked.sure, certainly(condition)]))
        may = asked.joined.count(conjunction([asked.may, possibly(condition)]))
        positive = expr.kind == "some"
        found = nw.when(sure.expr > 0).then(nw.lit(positive))
        open_ = nw.when(may.expr == 0).then(nw.lit(not positive))
        rest = open_.otherwise(nw.lit(None, dtype=nw.Boolean))
        missing = nw.when(~asked.joined.missing.expr).then(found.otherwise(rest))
        return Col(missing.otherwise(nw.lit(None, dtype=nw.Boolean)))

    # ---- what is missing

    def lacks(self, place: Place, expr: core.Aggregate) -> Lacks:
        """The fields that records lack, and the list itself."""
        asked = self.asked(place, expr)
        joined, own = asked.joined, asked.expr
        made, inside = joined.made, joined.place
        found: list[Lacks] = []
        may: Truth = True
        if asked.stay is not None and (asked.window or own.kind == "total_length"):
            found.append(asked.stay.lacks)
            may = possibly(reaches(asked.stay, asked.window)) if asked.window else True
        if own.where is not None:
            found.append(counted(may, lacks_of(made, inside, own.where)))
        for one in (own.condition, own.value):
            if one is not None:
                found.append(counted(asked.may, lacks_of(made, inside, one)))
        path = joined.table.child.path.rpartition(".")[2]
        lacking: Lacks = {path: joined.missing}
        for name, where in together(found).items():
            if where is not False:
                around = name == CARRIED or name in inside.lent
                there = joined.count(where).expr > 0
                lacking[name if around else f"{path}.{name}"] = Col(there)
        if own.if_empty is None:
            return lacking
        none = Col(joined.count(asked.sure).expr == 0)
        return together([lacking, counted(none, lacks_of(asked.row, place, own.if_empty))])


def list_named(place: Place, expr: core.Aggregate) -> str:
    """The fact whose records an aggregate is over."""
    records = expr.records
    if isinstance(records, core.FieldRef) and records.record is None and place.member:
        return records.name
    if not isinstance(records, core.FactRef):
        raise refused("list", place.engine, expr.span)
    return records.name


def _lent_to(policy: core.Policy, entity: str, lent: Around) -> core.Policy:
    """The policy in which what is carried from the record of a rule is found among the fields."""
    more = {name: fact for name, fact in lent.items() if policy.facts.get(name) is not fact}
    if not more:
        return policy
    known = policy.entities[entity]
    held = evolve(known, fields={**known.fields, **more})
    return evolve(policy, entities={**policy.entities, entity: held})


def _own(expr: core.Expr) -> core.Expr:
    """What is asked of a record, of which its fields are the facts; what it asks of lists of its
    own is left to them."""
    match expr:
        case core.FieldRef(name, kind, None):
            return core.FactRef(name, kind, span=expr.span)
        case core.Aggregate():
            instead = expr.if_empty and _own(expr.if_empty)
            return evolve(expr, records=_own(expr.records), if_empty=instead)
        case _:
            return rebuilt(expr, _own)

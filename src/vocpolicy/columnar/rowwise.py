"""Frames row by row, where that is quicker or columns cannot do it: each row is a case.

What is asked of a case is asked of the policy itself (`Ask`), so that a row says what `evaluate`
says of its facts; cells are read as columns read them (`cells`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.columnar.answers import Asked, Shown, shown_of
from vocpolicy.columnar.asked import ABSENT, Absent, Condition, conditions_of
from vocpolicy.columnar.cells import WRONG, Source, reader, record_of, sources_of
from vocpolicy.columnar.children import DAY, Child
from vocpolicy.columnar.intake import arrow_of, beyond
from vocpolicy.columnar.scope import Place, meant
from vocpolicy.columnar.texts import JOINED as MEMBERS, member_text
from vocpolicy.diagnostics import Diagnostic, UsageError, close_names
from vocpolicy.facts import entity_of
from vocpolicy.interpreter.known import relations
from vocpolicy.needs import facts_needed


@frozen
class Answer:
    """What a row comes to.

    Attributes:
        values, shortfalls: by population; of one that is alone under "".
        conditions: what the conditions asked for come to; `ABSENT` on a day without them.
    """

    outcome: str
    wording: str = ""
    values: Mapping[str, Any] = {}
    shortfalls: Mapping[str, Any] = {}
    missing: tuple[str, ...] = ()
    conditions: tuple[bool | Absent | None, ...] = ()


class Ask(Protocol):
    """Answers for the rows of a frame; it can be sent to other processes."""

    @property
    def rules(self) -> core.Policy:
        """What is asked."""
        ...

    def __call__(
        self,
        name: str,
        facts: Mapping[str, Any],
        day: datetime.date,
        conditions: Sequence[core.Expr],
    ) -> Answer | None:
        """The answer of a name for the facts of a case on a day, with what conditions come to;
        None where the facts are wrong."""
        ...


Made: TypeAlias = list[tuple[str, Any, list[Any]]]
"""Columns: name, type, cells."""


DIGITS: Mapping[bool | Absent | None, int] = {False: 0, True: 1, None: 2, ABSENT: 3}


@frozen(eq=False)
class Held:
    """What a table holds for each key, and what for one that no row has: an empty list, or, of
    what was never observed, nothing."""

    values: Mapping[Any, Any]
    absent: Any


@frozen(eq=False)
class Rows:
    """How the rows of a frame are worked out.

    Attributes:
        day: the day of evaluation, or the column that has each row's.
        conditions: those that `explain` asks for, by name.
    """

    policy: core.Policy
    day: datetime.date | str
    readings: Mapping[str, str]
    asked: Asked
    columns: Mapping[str, str]
    children: Mapping[str, Child]
    conditions: Mapping[str, tuple[Condition, ...]]
    ask: Ask

    def shown(self, polars: bool) -> list[tuple[str, Shown]]:
        """The columns that come of it, with what each is asked of."""
        found = []
        for name in self.asked.rules:
            edition = self.policy if isinstance(self.day, str) else self.policy.on(self.day)
            several = shown_of(edition, name, self.readings, polars, self.asked.missing)
            found += [(name, one) for one in several]
            found += [(name, one) for one in self._explained(name)]
        return found

    def _explained(self, name: str) -> list[Shown]:
        match self.asked.explain:
            case "conditions":
                return [
                    Shown(one.column, f"{place}", nw.Boolean())
                    for place, one in enumerate(self.conditions[name])
                ]
            case "codes":
                return [Shown(f"{name}.codes", "codes", nw.Int64())]
            case "text":
                return [Shown(f"{name}.text", "text", nw.String())]
            case _:
                return []

    def made(self, frame: nw.DataFrame[Any], polars: bool) -> Made:
        """The new columns of a frame."""
        answers = {name: self._answers(frame, name) for name in self.asked.rules}
        return [
            (one.name, one.dtype, [self._cell(name, one, answer) for answer in answers[name]])
            for name, one in self.shown(polars)
        ]

    def _needed(self, name: str) -> dict[str, core.Fact]:
        edition = self.policy if isinstance(self.day, str) else self.policy.on(self.day)
        facts = meant(edition, entity_of(edition, name))
        return _with_bounding(facts, facts_needed(self.policy, name))

    def check_types(self, schema: Mapping[str, Any]) -> None:
        """That columns of these types can be read.

        Raises:
            UsageError: one holds what its fact does not take, or no days.
        """
        if isinstance(self.day, str):
            check_days(schema, self.day)
        for name in self.asked.rules:
            inside = (fact for one, fact in self._needed(name).items() if one not in self.children)
            sources_of(self.policy, inside, schema, self.columns)

    def _answers(self, frame: nw.DataFrame[Any], name: str) -> list[Answer | None]:
        needed = self._needed(name)
        whole = self.conditions.get(name, ())
        found: list[Answer | None] = []
        for day, row in zip(self._days(frame), self._rows(frame, needed), strict=True):
            wrong = day is None or any(value is WRONG for value in row.values())
            found.append(None if wrong or day is None else self._answer(name, row, day, whole))
        return found

    def _answer(
        self, name: str, row: Mapping[str, Any], day: datetime.date, whole: Sequence[Condition]
    ) -> Answer | None:
        """With the conditions of that day in the places that they have among all."""
        several = whole
        if whole and isinstance(self.day, str):
            several = self._conditions_on(name, day)
        found = self.ask(name, row, day, [one.expr for one in several])
        if found is None or several is whole:
            return found
        columns = (one.column for one in several)
        here = dict(zip(columns, found.conditions, strict=True))
        return evolve(found, conditions=tuple(here.get(one.column, ABSENT) for one in whole))

    def _conditions_on(self, name: str, day: datetime.date) -> tuple[Condition, ...]:
        edition = self.policy.on(day)
        conclusion = edition.conclusions.get(name)
        if conclusion is None:
            return ()
        place = Place(edition, day, self.readings, conclusion.entity, "narwhals")
        return conditions_of(place, conclusion)

    def _days(self, frame: nw.DataFrame[Any]) -> list[datetime.date | None]:
        if not isinstance(self.day, str):
            return [self.day] * len(frame)
        check_days(frame.schema, self.day)
        days = frame[self.day].to_list()
        return [one.date() if isinstance(one, datetime.datetime) else one for one in days]

    def _rows(
        self, frame: nw.DataFrame[Any], facts: Mapping[str, core.Fact]
    ) -> Iterator[dict[str, Any]]:
        own = [child for child in self.children.values() if not child.around]
        apart = {child.fact.name for child in own}
        inside = [fact for name, fact in facts.items() if name not in apart]
        sources = sources_of(self.policy, inside, frame.schema, self.columns)
        held = {child: self._held(child) for child in own if child.fact.name in facts}
        for cells in _cells(frame, sources.values(), [child.parent for child in held]):
            found = record_of(sources.values(), cells)
            for child, lists in held.items():
                _attach(found, child, lists, cells[child.parent])
            yield found

    # ---- tables that belong to the rows

    def _held(self, child: Child) -> Held:
        """What a table holds for each key: a list, or observations by date."""
        native = child.frame
        if type(native).__module__.startswith("pandas"):
            native = arrow_of(native)
        frame: Any = nw.from_native(native)
        frame = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
        within = [one for one in self.children.values() if one.around == child.path]
        _has(frame, child.key, *(one.parent for one in within))
        held = {one: self._held(one) for one in within}
        lists: dict[Any, Any] = {}
        for cells, value in self._members(child, frame, [child.key, *(o.parent for o in within)]):
            for one, inside in held.items():
                if isinstance(value, dict):
                    _attach(value, one, inside, cells[one.parent])
            lists.setdefault(cells[child.key], []).append(value)
        if child.observes(frame.schema):
            return Held({key: _dated(several) for key, several in lists.items()}, None)
        found = {key: WRONG if _any_wrong(several) else several for key, several in lists.items()}
        return Held(found, [])

    def _members(
        self, child: Child, frame: nw.DataFrame[Any], keys: Sequence[str]
    ) -> Iterator[tuple[Mapping[str, Any], Any]]:
        """Each row's cells and value: a record, a bare value, or a day with a value."""
        item = child.item
        if isinstance(item, core.RecordType):
            sources = self._sources_within(child, item, frame.schema)
            for cells in _cells(frame, sources, keys):
                yield cells, record_of(sources, cells)
            return
        column = self._column_of(child)
        dated = child.observes(frame.schema)
        extra = [DAY] if dated else []
        child.source_in(frame.schema, self.columns)
        kind = child.fact.type if dated or item is None else item
        read = reader(self.policy, child.fact, kind, frame.schema[column], column)
        for cells in _cells(frame, [Source(child.fact, column, read)], [*keys, *extra]):
            value = read(cells[column])
            yield cells, (cells[DAY], value) if dated else value

    def _sources_within(
        self, child: Child, item: core.RecordType, schema: Mapping[str, Any]
    ) -> list[Source]:
        fields = self.policy.entities[item.entity].fields.values()
        names = {
            name.removeprefix(f"{child.path}."): column
            for name, column in self.columns.items()
            if name.startswith(f"{child.path}.")
        }
        return list(sources_of(self.policy, fields, schema, names).values())

    def _column_of(self, child: Child) -> str:
        """Of bare values, and of observations."""
        return self.columns.get(child.path, child.fact.name)

    def columns_within(self, child: Child, schema: Mapping[str, Any]) -> list[str]:
        """The columns of a table that are read, but for keys."""
        if isinstance(child.item, core.RecordType):
            sources = self._sources_within(child, child.item, schema)
            return list(dict.fromkeys(name for one in sources for name in one.columns()))
        wanted = [self._column_of(child), *([DAY] if child.observes(schema) else [])]
        return [name for name in wanted if name in schema]

    # ---- cells

    def _cell(self, name: str, shown: Shown, answer: Answer | None) -> Any:
        if answer is None:
            return None
        match shown.part:
            case "outcome":
                return answer.outcome
            case "wording":
                return answer.wording
            case "value":
                return plain(answer.values.get(shown.component), shown.dtype)
            case "shortfall":
                return plain(answer.shortfalls.get(shown.component), shown.dtype)
            case "missing":
                return ", ".join(answer.missing)
            case "codes":
                digits = [DIGITS[one] for one in answer.conditions]
                return sum(digit << 2 * place for place, digit in enumerate(digits))
            case "text":
                said = zip(answer.conditions, self.conditions[name], strict=True)
                signs = {True: "+", False: "-", None: "?"}
                return "; ".join(
                    f"{signs[one]} {condition.text}" for one, condition in said if one in signs
                )
            case place:
                one = answer.conditions[int(place)]
                return None if one is ABSENT else one


def plain(value: Any, dtype: Any) -> Any:
    """A value as a cell of a type."""
    if value is None:
        return None
    if dtype == nw.Float64:
        return float(value)
    if isinstance(value, tuple):
        return MEMBERS.join(member_text(one) for one in value)
    return value if dtype != nw.String else member_text(value)


def check_days(schema: Mapping[str, Any], name: str) -> None:
    """That the dates of evaluation are in a column of dates."""
    if name not in schema:
        raise _no_column(name, schema)
    if schema[name] not in (nw.Date, nw.Datetime):
        args = {"name": name, "dtype": str(schema[name])}
        raise UsageError([Diagnostic("V683", args=args)])


def _with_bounding(
    facts: Mapping[str, core.Fact], needed: Mapping[str, core.Fact]
) -> dict[str, core.Fact]:
    """The facts that something needs, and those that bound them from either side."""
    found: dict[str, core.Fact] = {}
    waiting = list(needed)
    while waiting:
        name = waiting.pop()
        if name in found or name not in facts:
            continue
        found[name] = facts[name]
        waiting += [
            bound.name
            for _, bound in relations(facts[name], facts)
            if isinstance(bound, core.FactRef | core.FieldRef)
        ]
    return found


def _cells(
    frame: nw.DataFrame[Any], sources: Any, keys: Sequence[str]
) -> Iterator[Mapping[str, Any]]:
    """The rows of the columns that are read."""
    names = dict.fromkeys([one for source in sources for one in source.columns()] + list(keys))
    if not names:
        yield from ({} for _ in range(len(frame)))
        return
    asked, far = _within(frame.select(*names))
    for row, wrong in zip(asked.rows(), far, strict=True):
        yield {**dict(zip(names, row, strict=True)), **dict.fromkeys(wrong, WRONG)}


def _within(frame: nw.DataFrame[Any]) -> tuple[nw.DataFrame[Any], Sequence[Sequence[str]]]:
    """The frame without dates that Python does not have, and in which columns a row had them."""
    dates = [name for name, kind in frame.schema.items() if kind in (nw.Date, nw.Datetime)]
    days = {
        one: nw.col(one).dt.date() if frame.schema[one] == nw.Datetime else nw.col(one)
        for one in dates
    }
    told = {one: frame.select(beyond(day).fill_null(False))[one] for one, day in days.items()}
    far = {one: several.to_list() for one, several in told.items() if several.any()}
    if not far:
        return frame, [()] * len(frame)
    nothing = (nw.when(~beyond(days[one])).then(nw.col(one)).alias(one) for one in far)
    places = [[one for one in far if far[one][place]] for place in range(len(frame))]
    return frame.with_columns(*nothing), places


def _as_day(name: str, kind: Any) -> nw.Expr:
    return nw.col(name).dt.date() if kind == nw.Datetime else nw.col(name)


def _attach(record: dict[str, Any], child: Child, held: Held, key: Any) -> None:
    """Give a record its list, which is missing where its key is."""
    if key is not None:
        value = held.values.get(key, held.absent)
        if value is not None:
            record[child.fact.name] = value


def _dated(several: list[tuple[Any, Any]]) -> Any:
    found: dict[datetime.date, Any] = {}
    for day, value in several:
        plain_day = day.date() if isinstance(day, datetime.datetime) else day
        if plain_day is None or value is WRONG or plain_day in found:
            return WRONG
        found[plain_day] = value
    return found


def _any_wrong(several: list[Any]) -> bool:
    return any(
        one is WRONG or one is None or (isinstance(one, dict) and WRONG in one.values())
        for one in several
    )


def _has(frame: nw.DataFrame[Any], *columns: str) -> None:
    for name in columns:
        if name not in frame.schema:
            raise _no_column(name, frame.schema)


def _no_column(name: str, schema: Mapping[str, Any]) -> UsageError:
    return UsageError([Diagnostic("V805", args={"name": name, "close": close_names(name, schema)})])

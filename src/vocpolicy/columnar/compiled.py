"""Rules as columns of a frame of given types, made once for a date."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.aims import Aimed, aimed, shown
from vocpolicy.columnar.answers import OUTCOMES, Asked, dtype_of, gives, shown_of
from vocpolicy.columnar.asked import Condition, conditions_of
from vocpolicy.columnar.conclusions import Concluded, defined, outcome_column, wording_column
from vocpolicy.columnar.conditions import Conditions
from vocpolicy.columnar.dated import conditions_through, merged, stretches
from vocpolicy.columnar.entry import Entry
from vocpolicy.columnar.given import Said, cells_of
from vocpolicy.columnar.joins import Join, joins_of
from vocpolicy.columnar.lacking import text_of
from vocpolicy.columnar.lists import Lists, Table
from vocpolicy.columnar.logic import Col, Sheet, Truth, conjunction, expr_of, level_of
from vocpolicy.columnar.looks import Look
from vocpolicy.columnar.measures import shortfall
from vocpolicy.columnar.numbers import TooLargeError
from vocpolicy.columnar.observed import Observed, looks_of, observed_of
from vocpolicy.columnar.paths import pathed
from vocpolicy.columnar.refusals import overflow, refused
from vocpolicy.columnar.scope import TODAY, Place, meant
from vocpolicy.facts import entity_of
from vocpolicy.interpreter import reading_of
from vocpolicy.needs import needs, provides


@frozen(eq=False)
class Plan:
    """Tables to join, rounds of columns to make, and the columns to keep in the end."""

    joins: tuple[Look | Join, ...]
    rounds: tuple[tuple[nw.Expr, ...], ...]
    kept: tuple[str, ...]
    conditions: tuple[Condition, ...]


def plan(
    policy: core.Policy,
    day: datetime.date,
    readings: Mapping[str, str],
    asked: Asked,
    schema: Mapping[str, Any],
    columns: Mapping[str, str],
    engine: str,
    tables: Mapping[str, Table],
) -> Plan:
    """The columns that answer what is asked.

    Raises:
        UsageError: what columns cannot do, or a column that is no fact's.
    """
    sheet = Sheet()
    policy = pathed(policy)
    seen = observed_of(tables, engine, day) if tables else None
    tables = _lists_in(tables, seen)
    lists = _lists(policy, tables, schema, columns, engine) if tables else None
    here = policy, day, readings, asked, schema, columns, engine, sheet, lists, seen
    try:
        conditions = _answered(*here)
    except RecursionError:
        raise refused("chain", engine) from None
    return _plan(sheet, schema, (*looks_of(seen), *joins_of(lists)), conditions)


def dated_plan(
    policy: core.Policy,
    day: str,
    readings: Mapping[str, str],
    asked: Asked,
    schema: Mapping[str, Any],
    columns: Mapping[str, str],
    engine: str,
    tables: Mapping[str, Table],
) -> Plan:
    """The same where a column has each row's day of evaluation; raises as `plan` does."""
    sheet, serials = Sheet(), count()
    seen = observed_of(tables, engine, day, schema[day]) if tables else None
    tables = _lists_in(tables, seen)
    joins: list[Join] = []
    several = stretches(policy, asked.rules)
    through = conditions_through(several, asked.rules, readings)
    drafts: list[dict[str, Col]] = []
    for one in several:
        if not all(provides(one.policy, name) for name in asked.rules):
            raise refused("editions", engine)
        sheet.drafts = {}
        held = {**columns, TODAY: day}
        lists = _lists(one.policy, tables, schema, held, engine, serials) if tables else None
        then = None if seen is None else seen.through()
        here = one.policy, one.start, readings, asked, schema, held, engine, sheet, lists, then
        try:
            _answered(*here, through)
        except RecursionError:
            raise refused("chain", engine) from None
        drafts.append(sheet.drafts)
        joins += joins_of(lists)
    sheet.drafts = None
    merged(sheet, nw.col(day).cast(nw.Date), [one.start for one in several], drafts)
    return _plan(sheet, schema, (*looks_of(seen), *joins), ())


def _lists_in(tables: Mapping[str, Table], seen: Observed | None) -> Mapping[str, Table]:
    """The tables that hold lists."""
    return {name: one for name, one in tables.items() if seen is None or not seen.has(name)}


def _lists(
    policy: core.Policy,
    tables: Mapping[str, Table],
    schema: Mapping[str, Any],
    columns: Mapping[str, str],
    engine: str,
    serials: Iterator[int] | None = None,
) -> Lists:
    """The tables of a frame whose columns hold these facts."""
    holders = (policy.facts, *(one.fields for one in policy.entities.values()))
    names = dict.fromkeys(name for facts in holders for name in facts)
    there = {name: columns.get(name, name) for name in names if columns.get(name, name) in schema}
    return Lists(tables, partial(_of_records, engine), schema, there, serials or count())


def _plan(
    sheet: Sheet,
    schema: Mapping[str, Any],
    joins: tuple[Look | Join, ...],
    conditions: Sequence[Condition],
) -> Plan:
    rounds = tuple(tuple(one) for one in sheet.rounds)
    kept = tuple(dict.fromkeys([*schema, *sheet.answers]))
    return Plan(joins, rounds, kept, tuple(conditions))


def _answered(
    policy: core.Policy,
    day: datetime.date,
    readings: Mapping[str, str],
    asked: Asked,
    schema: Mapping[str, Any],
    columns: Mapping[str, str],
    engine: str,
    sheet: Sheet,
    lists: Lists | None,
    observed: Observed | None,
    through: Mapping[str, Sequence[Condition]] | None = None,
) -> list[Condition]:
    """Put the answers on the sheet; the conditions that explain them.

    `through`: where a column has the day of each row, the conditions of all days.
    """
    conditions: list[Condition] = []
    made: dict[str | None, Conditions] = {}
    for name in asked.rules:
        entity = entity_of(policy, name)
        if entity not in made:
            place = Place(policy, day, readings, entity, engine)
            made[entity] = _conditions(place, schema, columns, sheet, lists, observed)
        ours = made[entity]
        place = ours.entry.place
        conclusion = policy.conclusions.get(name)
        if name in policy.targets or name in policy.provisions:
            _aims(place, ours, name, asked)
        elif conclusion is not None:
            _concludes(place, ours, ours.concluded(place, name), conclusion.type, asked)
        else:
            definition = policy.definitions[name]
            _concludes(place, ours, defined(ours, place, definition), definition.type, asked)
        if asked.explain and conclusion is not None:
            several = conditions_of(place, conclusion)
            conditions += several
            whole = through[name] if through else several
            _explained(place, ours, name, several, whole, asked.explain)
    return conditions


def _conditions(
    place: Place,
    schema: Mapping[str, Any],
    columns: Mapping[str, str],
    sheet: Sheet,
    lists: Lists | None,
    observed: Observed | None = None,
) -> Conditions:
    facts = meant(place.policy, place.entity)
    there = {name: columns.get(name, name) for name in facts if columns.get(name, name) in schema}
    if observed is not None:
        there = {name: column for name, column in there.items() if not observed.has(name)}
    guarded = not place.engine.startswith("polars")
    entry = Entry(place, schema, there, sheet, guarded, lists, observed=observed)
    return Conditions(entry, sheet)


def conditions_for(
    place: Place, schema: Mapping[str, Any], columns: Mapping[str, str]
) -> Conditions:
    """Conditions of a frame of these types, of which nothing is asked yet."""
    return _conditions(place, schema, columns, Sheet(), None)


def _of_records(engine: str, place: Place, table: Table, sheet: Sheet) -> Conditions:
    """Conditions of the records of a table, and of what is carried to them."""
    fields = table.fields(place.policy)
    there = {name: table.columns.get(name, name) for name in fields if name not in place.lent}
    there |= {name: table.columns[name] for name in place.lent if name in table.columns}
    there = {name: column for name, column in there.items() if column in table.schema}
    make = partial(_of_records, engine)
    lists = Lists(table.within, make, table.schema, there) if table.within else None
    guarded = not engine.startswith("polars")
    return Conditions(Entry(place, table.schema, there, sheet, guarded, lists), sheet)


def _concludes(
    place: Place, made: Conditions, found: Concluded, kind: core.Type, asked: Asked
) -> None:
    """The columns of the outcome, of the value where rules give one, and of missing facts."""
    name = found.name
    needed = needs(place.policy, name).facts
    valid = made.entry.valid_facts(needed)
    outcome = outcome_column(found.outcomes(), _enum(place, OUTCOMES), valid)
    made.sheet.keep(outcome, f"{name}.outcome")
    conclusion = place.policy.conclusions.get(name)
    if conclusion is None or gives(place.policy, conclusion, place.readings):
        made.sheet.keep(_value(place, found, kind, valid), f"{name}.value")
    if asked.missing:
        made.sheet.keep(text_of(found.lacks(), list(needed), valid), f"{name}.missing")


def _enum(place: Place, words: Sequence[str]) -> Any:
    return nw.Enum(words) if place.engine.startswith("polars") else nw.String()


def _aims(place: Place, made: Conditions, name: str, asked: Asked) -> None:
    """The columns of a target or a provision."""
    policy = place.policy
    needed = needs(policy, name).facts
    valid = made.entry.valid_facts(needed)
    if name in policy.targets:
        found = aimed(made, place, policy.targets[name])
    else:
        found = shown(made, place, policy.provisions[name])
    outcome = outcome_column(found.outcomes(), _enum(place, OUTCOMES), valid)
    made.sheet.keep(outcome, f"{name}.outcome")
    polars = place.engine.startswith("polars")
    for one in shown_of(policy, name, place.readings, polars, asked.missing):
        if one.part == "wording":
            made.sheet.keep(wording_column(found.words, one.dtype, valid), one.name)
        elif one.part == "value":
            cells = found.measures[one.component].cells
            made.sheet.keep(_shown(cells, one.dtype, valid), one.name)
        elif one.part == "shortfall":
            lacking = _lacking(place, policy.targets[name], found, one.component)
            made.sheet.keep(_shown(lacking, one.dtype, valid), one.name)
        elif one.part == "missing":
            made.sheet.keep(text_of(found.lacks, list(needed), valid), one.name)


def _lacking(place: Place, target: core.Target, found: Aimed, component: str) -> Col:
    """What the measure of a population lacks to the goal."""
    measure = found.measures[component]
    kind = target.bodies[reading_of(target, place.readings)].type
    try:
        return shortfall(measure, found.required, kind)
    except TooLargeError:
        names = ", ".join(dict.fromkeys(place.facts_in(measure.expr)))
        raise overflow(names, place.engine, measure.expr.span) from None


def _shown(cells: Col | None, dtype: Any, valid: Truth) -> Col:
    """Cells where the facts of a row are right."""
    nothing = nw.lit(None, dtype=dtype)
    if cells is None:
        return Col(nothing)
    found = nw.when(expr_of(valid)).then(cells.expr.cast(dtype)).otherwise(nothing)
    return Col(found, level_of(cells, valid))


def _value(place: Place, found: Concluded, kind: core.Type, valid: Truth) -> Col:
    """The value in the unit of its type; null where there is none."""
    result = nw.lit(None, dtype=dtype_of(kind))
    level = 0
    for said, only in found.only:
        cells = _cells(place, found.name, said, kind)
        if said.value is None or only is False or cells is None:
            continue
        where = conjunction([valid, only, said.is_known])
        level = max(level, cells.level, level_of(where))
        result = nw.when(expr_of(where)).then(cells.expr).otherwise(result)
    return Col(result, level)


def _cells(place: Place, name: str, said: Said, kind: core.Type) -> Col | None:
    try:
        return cells_of(said, kind)
    except TooLargeError:
        raise overflow(name, place.engine) from None


# ---- why -----------------------------------------------------------------------------------


def _explained(
    place: Place,
    made: Conditions,
    name: str,
    several: Sequence[Condition],
    whole: Sequence[Condition],
    explain: str,
) -> None:
    """`whole`: the conditions that codes have places for, of which `several` are asked."""
    truths = [made.truth(place, one.expr) for one in several]
    if explain == "conditions":
        for condition, truth in zip(several, truths, strict=True):
            made.sheet.keep(_column(truth), condition.column)
    elif explain == "codes":
        found = {one.column: truth for one, truth in zip(several, truths, strict=True)}
        made.sheet.keep(_codes(place, found, whole), f"{name}.codes")
    else:
        made.sheet.keep(_text(several, truths), f"{name}.text")


def _column(truth: Truth) -> Col:
    return truth if isinstance(truth, Col) else Col(expr_of(truth))


def _codes(place: Place, truths: Mapping[str, Truth], several: Sequence[Condition]) -> Col:
    """Two bits for each condition, the first lowest: 0 no, 1 yes, 2 not known, 3 not asked."""
    if len(several) > 31:
        raise refused("codes", place.engine, several[31].expr.span)
    total: nw.Expr = nw.lit(0, dtype=nw.Int64)
    level = 0
    for at, condition in enumerate(several):
        if condition.column not in truths:
            total = total + (3 << 2 * at)
            continue
        one = _column(truths[condition.column])
        level = max(level, one.level)
        digit = nw.when(one.expr).then(nw.lit(1 << 2 * at, dtype=nw.Int64))
        unknown = nw.lit(2 << 2 * at, dtype=nw.Int64)
        none = nw.lit(0, dtype=nw.Int64)
        rest = nw.when(one.expr.is_null()).then(unknown).otherwise(none)
        total = total + digit.otherwise(rest)
    return Col(total, level)


def _text(several: Sequence[Condition], truths: Sequence[Truth]) -> Col:
    """The conditions with what they come to: `+` yes, `-` no, `?` not known."""
    parts: list[nw.Expr] = []
    level = 0
    for condition, truth in zip(several, truths, strict=True):
        one = _column(truth)
        level = max(level, one.level)
        unknown = nw.when(one.expr.is_null()).then(nw.lit(f"? {condition.text}"))
        rest = unknown.otherwise(nw.lit(f"- {condition.text}"))
        parts.append(nw.when(one.expr).then(nw.lit(f"+ {condition.text}")).otherwise(rest))
    if not parts:
        return Col(nw.lit("", dtype=nw.String))
    return Col(nw.concat_str(parts, separator="; "), level)

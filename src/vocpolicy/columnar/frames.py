"""Frames of every kind, at the edge: the same kind comes back, and what is lazy stays lazy."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.columnar.answers import Asked, gives
from vocpolicy.columnar.arrow import collected, has_polars, tables_in_polars, through_polars
from vocpolicy.columnar.asked import Condition, conditions_of
from vocpolicy.columnar.call import Call
from vocpolicy.columnar.children import Child, children_of
from vocpolicy.columnar.compiled import Plan, dated_plan, plan
from vocpolicy.columnar.dated import conditions_through, stretches
from vocpolicy.columnar.duck import projected, projections
from vocpolicy.columnar.intake import arrow_of, check_names, names_of, schema_of, with_columns
from vocpolicy.columnar.joins import frames_of, joined, tables_of
from vocpolicy.columnar.lists import Table
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.rowwise import Ask, Rows, check_days
from vocpolicy.columnar.scope import Place, meant
from vocpolicy.columnar.spark import on_spark, selected
from vocpolicy.diagnostics import Diagnostic, UsageError, close_names
from vocpolicy.facts import declarations, entity_of
from vocpolicy.once import kept_with

MOST_PLANS = 32
"""Plans that are kept of one policy."""

FEW = {"polars": 30, "pandas": 400, "pyarrow": 400}
"""Rows, times rules, up to which single cases are decided before columns are made."""

FEW_VALUES = {"polars": 3, "pandas": 60, "pyarrow": 60}
"""The same where values or missing facts are asked for, which the interpreter works out."""


def evaluate_frame(policy: core.Policy, frame: Any, call: Call, ask: Ask) -> Any:
    """The frame with columns of what is asked; see `Policy.evaluate_frame`."""
    edition = policy if isinstance(call.day, str) else policy.on(call.day)
    names = tuple(provided(edition, name) for name in call.rules)
    asked = Asked(names, call.explain, call.missing)
    module = type(frame).__module__.split(".")[0]
    if call.engine == "rows":
        return _rowwise(policy, frame, call, asked, ask)
    if module == "pandas":
        return _pandas(
            policy, frame, call, asked, lambda one: _arrow(policy, one, call, asked, ask)
        )
    if module == "pyarrow":
        return _arrow(policy, frame, call, asked, ask)
    native: Any = frame
    eager = module == "polars" and type(frame).__name__ == "DataFrame"
    found = _columns(policy, native, call, asked, ask)
    return collected(found, not call.children) if eager else found


def provided(policy: core.Policy, name: str) -> str:
    """What a name stands for: a rule for the conclusion that it decides."""
    if name in policy.conclusions or name not in policy.rules:
        return name
    return policy.rules[name].conclusion


def frame_conditions(
    policy: core.Policy,
    rules: Sequence[str],
    day: datetime.date | str,
    readings: Mapping[str, str],
) -> tuple[Condition, ...]:
    """The conditions that `explain` gives columns to, in their order; where a column has the day
    of each row, those of all days."""
    if isinstance(day, str):
        asked = tuple(provided(policy, name) for name in rules)
        several_days = conditions_through(stretches(policy, asked), asked, readings)
        return tuple(one for conditions in several_days.values() for one in conditions)
    edition = policy.on(day)
    names = [provided(edition, name) for name in rules]
    several = [_conditions_of(edition, name, day, readings) for name in names]
    return tuple(one for conditions in several for one in conditions)


def _conditions_of(
    policy: core.Policy, name: str, day: datetime.date, readings: Mapping[str, str]
) -> tuple[Condition, ...]:
    """Of a conclusion; what no rule decides has none."""
    conclusion = policy.conclusions.get(name)
    if conclusion is None:
        return ()
    return conditions_of(Place(policy, day, readings, conclusion.entity, "narwhals"), conclusion)


# ---- row by row ----------------------------------------------------------------------------


def _rowwise(policy: core.Policy, frame: Any, call: Call, asked: Asked, ask: Ask) -> Any:
    """Each row as a case."""
    rows = _rows_of(policy, call, asked, ask)
    module, kind = type(frame).__module__.split(".")[0], type(frame).__name__
    if module == "pandas":
        return _pandas(policy, frame, call, asked, lambda table: _appended(rows, table))
    if module == "polars" and kind == "LazyFrame":
        import polars

        empty = _appended(rows, polars.DataFrame(schema=frame.collect_schema()))
        return frame.map_batches(lambda part: _appended(rows, part), schema=empty.schema)
    if module == "pyspark":
        return _on_spark(rows, frame, call, ask)
    if "duckdb" in module:
        import duckdb

        return duckdb.from_arrow(_appended(rows, frame.to_arrow_table()))
    return _appended(rows, frame)


@frozen
class Remade:
    """Rows worked out in another process, by a policy that was sent there.

    Attributes:
        call: without its tables, which come with the rows.
    """

    call: Call
    asked: Asked
    ask: Ask

    def __call__(self, table: Any, children: Mapping[str, Any]) -> Any:
        call = evolve(self.call, children=children)
        return _appended(_rows_of(self.ask.rules, call, self.asked, self.ask), table)


def _on_spark(rows: Rows, native: Any, call: Call, ask: Ask) -> Any:
    """At Spark's workers; what types are wrong is told here."""
    from vocpolicy.columnar.clustered import asked_on_spark

    frame: Any = wrapped(native)
    schema = schema_of(frame)
    _check_columns(rows.columns, schema, rows.children)
    rows.check_types(schema)
    reads = read_by(rows.policy, call, rows.asked)

    def wanted(path: str, types: Mapping[str, Any]) -> list[str]:
        if path:
            return rows.columns_within(rows.children[path], types)
        return [name for name in types if reads(name)]

    plain = evolve(call, readings=dict(call.readings), columns=dict(call.columns), children={})
    work = Remade(plain, rows.asked, ask)
    tables = frames_of(rows.children, frame)
    return asked_on_spark(frame, rows.children, tables, wanted, work)


def _children(policy: core.Policy, call: Call, asked: Asked) -> dict[str, Child]:
    """The tables that belong to the rows."""
    if not call.children:
        return {}
    edition = policy if isinstance(call.day, str) else policy.on(call.day)
    facts: dict[str, core.Fact] = {}
    for name in asked.rules:
        facts = {**meant(edition, entity_of(edition, name)), **facts}
    return children_of(policy, facts, call.children)


def _rows_of(policy: core.Policy, call: Call, asked: Asked, ask: Ask) -> Rows:
    children = _children(policy, call, asked)
    conditions: dict[str, tuple[Condition, ...]] = {}
    for name in asked.rules:
        if asked.explain:
            conditions[name] = frame_conditions(policy, (name,), call.day, call.readings)
    return Rows(policy, call.day, call.readings, asked, call.columns, children, conditions, ask)


def _appended(rows: Rows, native: Any) -> Any:
    frame: Any = wrapped(native)
    if not isinstance(frame, nw.DataFrame):
        raise refused("rows", str(frame.implementation).rpartition(".")[2].lower())
    _check_columns(rows.columns, dict(frame.schema), rows.children)
    polars = frame.implementation.is_polars()
    made = [
        nw.new_series(name, cells, dtype, backend=frame.implementation)
        for name, dtype, cells in rows.made(frame, polars)
    ]
    return frame.with_columns(*made).to_native()


def full_answers(policy: core.Policy, call: Call) -> frozenset[str]:
    """The names of which more than the outcome is asked."""
    edition = policy if isinstance(call.day, str) else policy.on(call.day)
    names = [provided(edition, name) for name in call.rules]
    if call.missing or call.explain:
        return frozenset(names)
    return frozenset(
        name
        for name in names
        if name not in edition.conclusions
        or gives(edition, edition.conclusions[name], call.readings)
    )


def _few(policy: core.Policy, frame: Any, engine: str, call: Call) -> bool:
    """Whether cases are decided one by one before columns are made."""
    if call.engine or call.explain or not isinstance(frame, nw.DataFrame):
        return False
    most = (FEW_VALUES if full_answers(policy, call) else FEW).get(engine, 0)
    return len(frame) * len(call.rules) <= most


# ---- as columns ----------------------------------------------------------------------------


def wrapped(native: Any) -> Any:
    """A frame as narwhals has it; UsageError where it is none, or has two columns of one name."""
    check_names(names_of(native))
    try:
        return nw.from_native(native)
    except TypeError:
        kind = f"{type(native).__module__.split('.')[0]}.{type(native).__name__}"
        raise UsageError([Diagnostic("V804", args={"kind": kind})]) from None


def _columns(policy: core.Policy, native: Any, call: Call, asked: Asked, ask: Ask) -> Any:
    frame: Any = wrapped(native)
    schema = schema_of(frame)
    _check_columns(call.columns, schema, call.children)
    if isinstance(call.day, str):
        check_days(schema, call.day)
    engine = str(frame.implementation).rpartition(".")[2].lower()
    children = _children(policy, call, asked)
    own = frames_of(children, frame)
    tables = tables_of(children, own, call.columns, schema)
    made, translated = _kept_plan(policy, call, asked, schema, engine, tables)
    if _few(policy, frame, engine, call):
        return _appended(_rows_of(policy, call, asked, ask), native)
    if engine == "polars":
        lazy = native.lazy()
        if made.joins:
            lazy = joined(nw.from_native(lazy), made.joins, own).to_native()
        return _polars(lazy, made, translated)
    if engine == "duckdb":
        if not translated:
            translated.append(projections(frame, made))
        if translated[0]:
            return projected(native, translated[0])
    if engine == "pyspark" and not made.joins:
        return on_spark(frame, made.rounds, made.kept, translated)
    frame = joined(frame, made.joins, own)
    for several in made.rounds:
        frame = frame.with_columns(*several)
    return selected(frame, made.kept, engine)


def _arrow(policy: core.Policy, table: Any, call: Call, asked: Asked, ask: Ask) -> Any:
    """Through polars, where it is installed, with the tables that belong to the rows."""
    found = None
    children = tables_in_polars(call.children) if has_polars() else None
    if children is not None and hasattr(table, "column_names"):
        check_names(table.column_names)
        _check_columns(call.columns, dict.fromkeys(table.column_names), call.children)
        is_read = read_by(policy, call, asked)
        wanted = {column for column in table.column_names if is_read(column)}
        again = evolve(call, children=children)
        found = through_polars(
            table,
            wanted,
            lambda frame: collected(_columns(policy, frame, again, asked, ask), not call.children),
        )
    return _columns(policy, table, call, asked, ask) if found is None else found


def read_by(policy: core.Policy, call: Call, asked: Asked) -> Callable[[str], bool]:
    """Whether a column is read: it may hold a fact, a field of one, a key or a day."""
    keys = {one[-1] for one in call.children.values() if isinstance(one, tuple)}
    edition = policy if isinstance(call.day, str) else policy.on(call.day)
    entities = {entity_of(edition, name) for name in asked.rules}
    facts = {fact for entity in entities for fact, _ in declarations(edition, entity)}
    known = {*call.columns.values(), *keys, call.day}
    return lambda column: column in known or column.partition(".")[0] in facts


def _pandas(
    policy: core.Policy, frame: Any, call: Call, asked: Asked, work: Callable[[Any], Any]
) -> Any:
    """Through Arrow, so that a missing Boolean is no False."""
    _check_columns(call.columns, dict.fromkeys(map(str, frame.columns)), call.children)
    table = arrow_of(frame, read_by(policy, call, asked))
    return with_columns(frame, work(table), table.column_names)


def _polars(native: Any, made: Plan, translated: list[Any]) -> Any:
    """With expressions of polars itself, which are kept: translating them takes as long as
    computing them over some hundred thousand rows."""
    if len(translated) != len(made.rounds):
        translated[:] = _translated(made)
    if len(translated) != len(made.rounds):
        frame = nw.from_native(native)
        for several in made.rounds:
            frame = frame.with_columns(*several)
        return frame.select(*made.kept).to_native()
    for exprs, named in translated:
        native = native.with_columns(*exprs, **named)
    return native.select(made.kept)


def _translated(made: Plan) -> list[Any]:
    """What narwhals asks of polars for each round."""
    import polars

    found: list[Any] = []

    class Recorder(polars.LazyFrame):
        """Keeps the expressions that it is given."""

        def with_columns(self, *exprs: Any, **named: Any) -> Any:
            found.append((exprs, named))
            return super().with_columns(*exprs, **named)

    for several in made.rounds:
        nw.from_native(Recorder()).with_columns(*several)
    return found


def _check_columns(
    columns: Mapping[str, str], schema: Mapping[str, Any], children: Mapping[str, Any]
) -> None:
    """Columns of the frame's own facts have to be there; tables see to theirs."""
    wrong = [
        column
        for name, column in columns.items()
        if column not in schema and not any(name.startswith(path) for path in children)
    ]
    if wrong:
        raise UsageError(
            [
                Diagnostic("V805", args={"name": name, "close": close_names(name, schema)})
                for name in wrong
            ]
        )


def _kept_plan(
    policy: core.Policy,
    call: Call,
    asked: Asked,
    schema: Mapping[str, Any],
    engine: str,
    tables: Mapping[str, Table],
) -> tuple[Plan, list[Any]]:
    """The plan for frames of these types, made once; and a place for what an engine makes of
    it."""
    kept = kept_with(policy)
    types = tuple((name, str(kind)) for name, kind in schema.items())
    readings = tuple(sorted(call.readings.items()))
    held = tuple(_told(table) for table in tables.values())
    key = (call.day, readings, asked, types, tuple(call.columns.items()), engine, held)
    plans: dict[object, tuple[Plan, list[Any]]] = kept.setdefault("columnar", {})
    if key not in plans:
        rest = call.readings, asked, schema, call.columns, engine, tables
        if isinstance(call.day, str):
            made = dated_plan(policy, call.day, *rest)
        else:
            made = plan(policy.on(call.day), call.day, *rest)
        if len(plans) >= MOST_PLANS:
            plans.clear()
        plans[key] = made, []
    return plans[key]


def _told(table: Table) -> tuple[object, ...]:
    """What tells a table from others while columns are made."""
    child = table.child
    types = tuple((name, str(kind)) for name, kind in table.schema.items())
    within = tuple(_told(one) for one in table.within.values())
    return child.path, child.key, child.parent, types, tuple(table.columns.items()), within

"""Frames of every kind, at the edge: the same kind comes back, and what is lazy stays lazy."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import narwhals.stable.v2 as nw

from vocpolicy import core
from vocpolicy.columnar.asked import Condition, conditions_of
from vocpolicy.columnar.compiled import Asked, Plan, plan
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import Place
from vocpolicy.diagnostics import Diagnostic, UsageError, close_names
from vocpolicy.once import kept_with

EXPLAINS = ("conditions", "codes", "text")
F = TypeVar("F")

MOST_PLANS = 32
"""Plans that are kept of one policy."""


def evaluate_frame(
    policy: core.Policy,
    frame: F,
    rules: Sequence[str],
    day: datetime.date,
    readings: Mapping[str, str],
    explain: str | None,
    columns: Mapping[str, str] | None,
) -> F:
    """The frame with columns of what the rules come to; see `Policy.evaluate_frame`."""
    if explain is not None and explain not in EXPLAINS:
        raise UsageError(
            [Diagnostic("V806", args={"name": explain, "close": close_names(explain, EXPLAINS)})]
        )
    edition = policy.on(day)
    asked = Asked(tuple(_conclusion(edition, name) for name in rules), explain or "")
    module = type(frame).__module__.split(".")[0]
    if module == "pandas":
        same: F = _pandas(edition, frame, day, readings, asked, columns or {})
        return same
    native: Any = frame
    eager = module == "polars" and type(frame).__name__ == "DataFrame"
    if eager:
        native = native.lazy()
    found = _with_columns(edition, native, day, readings, asked, columns or {})
    result: F = found.collect() if eager else found
    return result


def frame_conditions(
    policy: core.Policy,
    rules: Sequence[str],
    day: datetime.date,
    readings: Mapping[str, str],
) -> tuple[Condition, ...]:
    """The conditions that `explain` gives columns to, in their order."""
    edition = policy.on(day)
    found: list[Condition] = []
    for name in rules:
        conclusion = edition.conclusions[_conclusion(edition, name)]
        place = Place(edition, day, readings, conclusion.entity, "narwhals")
        found += conditions_of(place, conclusion)
    return tuple(found)


def _conclusion(policy: core.Policy, name: str) -> str:
    if name in policy.conclusions:
        return name
    if name in policy.rules:
        return policy.rules[name].conclusion
    provided = policy.targets.get(name) or policy.provisions.get(name)
    if provided is not None:
        raise refused("target", "narwhals", provided.span)
    raise refused("definition", "narwhals", policy.definitions[name].span)


def _with_columns(
    policy: core.Policy,
    native: Any,
    day: datetime.date,
    readings: Mapping[str, str],
    asked: Asked,
    columns: Mapping[str, str],
) -> Any:
    try:
        frame: Any = nw.from_native(native)
    except TypeError:
        kind = f"{type(native).__module__.split('.')[0]}.{type(native).__name__}"
        raise UsageError([Diagnostic("V804", args={"kind": kind})]) from None
    schema = dict(frame.collect_schema())
    _check_columns(columns, schema)
    engine = str(frame.implementation).rpartition(".")[2].lower()
    made, translated = _kept_plan(policy, day, readings, asked, schema, columns, engine)
    if engine == "polars" and type(native).__name__ == "LazyFrame":
        return _polars(native, made, translated)
    for several in made.rounds:
        frame = frame.with_columns(*several)
    return frame.drop(*made.dropped).to_native() if made.dropped else frame.to_native()


def _polars(native: Any, made: Plan, translated: list[Any]) -> Any:
    """With expressions of polars itself, which are kept: translating them takes as long as
    computing them over some hundred thousand rows."""
    if len(translated) != len(made.rounds):
        translated[:] = _translated(made)
    if len(translated) != len(made.rounds):
        frame = nw.from_native(native)
        for several in made.rounds:
            frame = frame.with_columns(*several)
        return frame.drop(*made.dropped).to_native()
    for exprs, named in translated:
        native = native.with_columns(*exprs, **named)
    return native.drop(made.dropped) if made.dropped else native


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


def _check_columns(columns: Mapping[str, str], schema: Mapping[str, Any]) -> None:
    wrong = [name for name in columns.values() if name not in schema]
    if wrong:
        raise UsageError(
            [
                Diagnostic("V805", args={"name": name, "close": close_names(name, schema)})
                for name in wrong
            ]
        )


def _kept_plan(
    policy: core.Policy,
    day: datetime.date,
    readings: Mapping[str, str],
    asked: Asked,
    schema: Mapping[str, Any],
    columns: Mapping[str, str],
    engine: str,
) -> tuple[Plan, list[Any]]:
    """The plan for frames of these types, made once; and a place for what an engine makes of
    it."""
    kept = kept_with(policy)
    types = tuple((name, str(kind)) for name, kind in schema.items())
    key = (day, tuple(sorted(readings.items())), asked, types, tuple(columns.items()), engine)
    plans: dict[object, tuple[Plan, list[Any]]] = kept.setdefault("columnar", {})
    if key not in plans:
        made = plan(policy, day, readings, asked, schema, columns, engine)
        if len(plans) >= MOST_PLANS:
            plans.clear()
        plans[key] = made, []
    return plans[key]


def _pandas(
    policy: core.Policy,
    frame: Any,
    day: datetime.date,
    readings: Mapping[str, str],
    asked: Asked,
    columns: Mapping[str, str],
) -> Any:
    """Through Arrow, so that a missing Boolean is no False."""
    import pandas as pd  # type: ignore[import-untyped]
    import pyarrow as pa  # type: ignore[import-untyped]

    table = pa.Table.from_pandas(frame, preserve_index=False)
    found = _with_columns(policy, table, day, readings, asked, columns)
    new = found.select([name for name in found.column_names if name not in table.column_names])
    kinds = {pa.bool_(): pd.BooleanDtype(), pa.int64(): pd.Int64Dtype()}
    added = new.to_pandas(types_mapper=kinds.get)
    added.index = frame.index
    return pd.concat([frame, added], axis=1)

"""The groups of a register, as the rows that targets are judged for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals.stable.v2 as nw

from vocpolicy import core
from vocpolicy.columnar.frames import provided
from vocpolicy.columnar.measuring import ALL, Count, Counted, grouped, is_so
from vocpolicy.columnar.spark import column, engine_of
from vocpolicy.diagnostics import Diagnostic, UsageError, close_names


def rules_counted(
    native: Any, measures: Mapping[str, Counted], policy: core.Policy
) -> tuple[str, ...]:
    """The rules of which it is counted for how many records they hold.

    Raises:
        UsageError: what is counted is no column of Booleans and no rule.
    """
    schema = _wrapped(native).collect_schema()
    found: dict[str, None] = {}
    for one in measures.values():
        if not isinstance(one, Count) or not one.where:
            continue
        if one.where in schema and schema[one.where] == nw.Boolean:
            continue
        known = {*policy.conclusions, *policy.rules}
        if one.where not in known:
            close = close_names(one.where, {*known, *schema})
            raise UsageError([Diagnostic("V805", args={"name": one.where, "close": close})])
        found[one.where] = None
    return tuple(found)


def groups_of(
    native: Any,
    by: str | None,
    register: str | None,
    measures: Mapping[str, Counted],
    policy: core.Policy,
) -> tuple[Any, Any, str]:
    """A frame of the groups, the register with its key, and the name of the key."""
    frame = _wrapped(native)

    def holds(rule: str) -> nw.Expr:
        return is_so(column(f"{provided(policy, rule)}.outcome", engine_of(frame)))

    groups = grouped(frame, by, measures, policy.facts, holds).to_native()
    if by is not None:
        return groups, native, by
    if register is None:
        return groups, native, ALL
    return groups, frame.with_columns(nw.lit(1, dtype=nw.Int64).alias(ALL)).to_native(), ALL


def without(native: Any, key: str) -> Any:
    return _wrapped(native).drop(key).to_native()


def _wrapped(native: Any) -> Any:
    try:
        return nw.from_native(native)
    except TypeError:
        kind = f"{type(native).__module__.split('.')[0]}.{type(native).__name__}"
        raise UsageError([Diagnostic("V804", args={"kind": kind})]) from None

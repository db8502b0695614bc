"""What Spark wants otherwise: to it a point in a name asks for a field of a record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw

ENGINES = ("pyspark", "pyspark_connect")


def engine_of(frame: Any) -> str:
    """What a frame of narwhals belongs to."""
    return str(frame.implementation).rpartition(".")[2].lower()


def column(name: str, engine: str) -> nw.Expr:
    """A column by its whole name."""
    if engine not in ENGINES or "." not in name:
        return nw.col(name)
    return nw.col(quoted(name)).alias(name)


def selected(frame: Any, names: Sequence[str], engine: str) -> Any:
    """Columns by their whole names, in this order, as a frame of the engine's own."""
    if engine not in ENGINES:
        return frame.select(*names).to_native()
    return frame.to_native().select(*map(quoted, names))


Rounds: TypeAlias = "tuple[dict[str, Any], ...]"
"""Columns of Spark's own, to be added one round after the other."""


def on_spark(
    frame: Any, rounds: Sequence[Sequence[nw.Expr]], names: Sequence[str], known: list[Any]
) -> Any:
    """A frame with rounds of columns, of which those named are kept.

    Spark's own columns are kept in `known`, with the virtual machine that they live in: making
    them takes thousands of calls to it.
    """
    native = frame.to_native()
    machine = getattr(native.sparkSession, "_jvm", None)
    if not known or known[0] is not machine:
        known[:] = machine, _columns(frame, rounds)
    made: Rounds = known[1]
    if len(made) == len(rounds):
        for several in made:
            native = native.withColumns(several)
        return native.select(*map(quoted, names))
    for exprs in rounds:
        frame = frame.with_columns(*exprs)
    return selected(frame, names, engine_of(frame))


def _columns(frame: Any, rounds: Sequence[Sequence[nw.Expr]]) -> Rounds:
    """What narwhals asks of Spark; nothing where it does so in a way not known here."""
    found: list[dict[str, Any]] = []
    try:
        from narwhals._spark_like.utils import evaluate_exprs

        for exprs in rounds:
            asked = frame._flatten_and_extract(*exprs)
            found.append(dict(evaluate_exprs(frame._compliant_frame, *asked)))
            frame = frame.with_columns(*exprs)
    except (ImportError, AttributeError, TypeError):
        return ()
    return tuple(found)


def left(frame: Any, grouped: Any, parent: str, key: str) -> Any:
    """The frame with the columns of another, by key; where it has none they are null."""
    here, other = frame.to_native(), grouped.to_native()
    same = here[quoted(parent)] == other[quoted(key)]
    return nw.from_native(here.join(other, same, "left").drop(other[quoted(key)]))


def beside(frame: Any, figures: Any, names: Sequence[str]) -> Any:
    """The frame with the columns of another, by columns that both have; it may be made of the
    frame itself, so that they get names of their own first."""
    from pyspark.sql import functions as F  # noqa: N812 - its name everywhere

    again = {name: f"{name} beside" for name in names}
    same = [F.col(quoted(one)) == F.col(quoted(other)) for one, other in again.items()]
    other = figures.to_native().withColumnsRenamed(again)
    found = frame.to_native().join(other, reduce(and_, same), "left")
    return nw.from_native(found.drop(*again.values()))


def dropped(frame: Any, names: Sequence[str]) -> Any:
    """The frame without some of its columns, whatever the others are called."""
    if engine_of(frame) not in ENGINES:
        return frame.drop(*names)
    return nw.from_native(frame.to_native().drop(*names))


def quoted(name: str) -> str:
    """A whole name."""
    return f"`{name.replace('`', '``')}`"

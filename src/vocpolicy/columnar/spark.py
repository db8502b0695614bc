"""What Spark wants otherwise: to it a point in a name asks for a field of a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw

ENGINES = ("pyspark", "pyspark_connect")


def engine_of(frame: Any) -> str:
    """What a frame of narwhals belongs to."""
    return str(frame.implementation).rpartition(".")[2].lower()


def column(name: str, engine: str) -> nw.Expr:
    """A column by its whole name."""
    if engine not in ENGINES or "." not in name:
        return nw.col(name)
    return nw.col(_quoted(name)).alias(name)


def selected(frame: Any, names: Sequence[str], engine: str) -> Any:
    """Columns by their whole names, in this order, as a frame of the engine's own."""
    if engine not in ENGINES:
        return frame.select(*names).to_native()
    return frame.to_native().select(*map(_quoted, names))


def left(frame: Any, grouped: Any, parent: str, key: str) -> Any:
    """The frame with the columns of another, by key; where it has none they are null."""
    here, other = frame.to_native(), grouped.to_native()
    same = here[_quoted(parent)] == other[_quoted(key)]
    return nw.from_native(here.join(other, same, "left").drop(other[_quoted(key)]))


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"

"""What Spark wants otherwise: to it a point in a name asks for a field of a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw

ENGINES = ("pyspark", "pyspark_connect")


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


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"

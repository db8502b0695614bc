"""Whole numbers beyond 64 bits, as each engine has them; a cast to them costs only those who ask.

polars and DuckDB have 128 bits, Spark decimals of 38 digits, and Arrow alone nothing that
multiplies.  What was seen of them:

- No engine takes every whole number beyond 64 bits as a literal (Spark none), but all read text.
- DuckDB rounds twice where it makes a floating-point number of 128 bits, and once of text.
- Spark divides as floating-point numbers, whole division included, or to six places; what is left
  over is exact on every engine.
- polars cannot negate 128 bits with a sign; it multiplies by -1.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy.columnar.spark import ENGINES as SPARK

WIDEST = 10**38 - 1
"""The greatest whole number that every such type holds, and the least without its sign."""


@frozen
class Room:
    """A type of columns for more than 64 bits.

    Attributes:
        kind: the type, as narwhals has it.
        nears: its numbers become the floating-point numbers that are nearest.
        divides: whole division is exact.
    """

    kind: Any
    nears: bool = True
    divides: bool = True

    def of(self, expr: nw.Expr) -> nw.Expr:
        return expr.cast(self.kind)

    def figure(self, count: int) -> nw.Expr:
        return nw.lit(str(count)).cast(self.kind)


_DECIMALS = Room(nw.Decimal(38, 0), divides=False)
_ROOMS: Mapping[str, Room] = MappingProxyType(
    {"polars": Room(nw.Int128()), "duckdb": Room(nw.Int128(), nears=False)}
    | dict.fromkeys(SPARK, _DECIMALS)
)


def room_of(engine: str) -> Room | None:
    """The type of an engine, by its name; None where it has none."""
    return _ROOMS.get(engine)

"""How the outcomes of two policies for the records of one frame lie to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy.diagnostics import Diagnostic

OLD, NEW, TURN, COUNT = "old outcome", "new outcome", "turn", "records"
OLD_VALUE, NEW_VALUE = "old value", "new value"
SAME, HIGHER, LOWER, OTHER = "same", "higher", "lower", "other"


@frozen
class Moved:
    """Attributes:
    name: what was asked.
    total: how many records there are.
    counts: how many of them went from one outcome to another, and how the value lies to the one
        before (`same`, `higher`, `lower`, `other`); an outcome is None where cells are wrong.
    examples: some records that changed, by column.
    refused: why the records were not judged; empty where they were.
    """

    name: str
    total: int
    counts: tuple[tuple[str | None, str | None, str, int], ...]
    examples: tuple[Mapping[str, Any], ...]
    refused: tuple[Diagnostic, ...] = ()

    @property
    def changed(self) -> int:
        """How many records come to something else."""
        return sum(count for old, new, turn, count in self.counts if old != new or turn != SAME)


def set_aside(frame: Any, names: Iterable[str], before: str) -> Any:
    """The frame with what one policy answered under other names."""
    wrapped: Any = nw.from_native(frame)
    here = wrapped.collect_schema().names()
    asked = [f"{name}.{part}" for name in names for part in ("outcome", "value")]
    return wrapped.rename({one: before + one for one in asked if one in here}).to_native()


def columns_of(frame: Any) -> tuple[str, ...]:
    """The names of a frame's columns."""
    return tuple(nw.from_native(frame).collect_schema().names())


def moved(frame: Any, old: str, new: str, before: str, shown: Iterable[str], most: int) -> Moved:
    """How records move, of a frame that has the answers of both policies.

    Args:
        old, new: what is asked, as either policy calls it.
        before: what the columns of the old policy begin with.
        shown: the columns of examples.
        most: how many examples are wanted.
    """
    wrapped: Any = nw.from_native(frame)
    here = wrapped.collect_schema()
    texts = {OLD: nw.col(f"{before}{old}.outcome"), NEW: nw.col(f"{new}.outcome")}
    told = {name: one.cast(nw.String).fill_null("") for name, one in texts.items()}
    values = f"{before}{old}.value", f"{new}.value"
    turn = _turn(*values, here) if all(one in here for one in values) else nw.lit(SAME)
    kept = [one for one in dict.fromkeys(shown) if one in here]
    wide = wrapped.with_columns(**told).with_columns(turn.alias(TURN))
    grouped = _collected(wide.group_by(OLD, NEW, TURN).agg(nw.len().alias(COUNT)))
    counts = [
        (row[OLD] or None, row[NEW] or None, row[TURN], int(row[COUNT]))
        for row in grouped.iter_rows(named=True)
    ]
    counts.sort(key=lambda row: (-row[3], str(row[:3])))
    apart = (nw.col(OLD) != nw.col(NEW)) | (nw.col(TURN) != SAME)
    given = dict(zip((OLD_VALUE, NEW_VALUE), values, strict=True))
    told_values = [nw.col(one).alias(name) for name, one in given.items() if one in here]
    few = _collected(wide.filter(apart).select(*kept, OLD, NEW, *told_values).head(most))
    examples = tuple(dict(row) for row in few.iter_rows(named=True))
    return Moved(new, sum(row[3] for row in counts), tuple(counts), examples)


def _turn(old: str, new: str, schema: Mapping[str, Any]) -> Any:
    """How a value lies to the one before, where both are there."""
    one, other = nw.col(old), nw.col(new)
    both = ~one.is_null() & ~other.is_null()
    ordered = all(schema[name].is_numeric() or schema[name].is_temporal() for name in (old, new))
    if not ordered:
        return nw.when(both & (one != other)).then(nw.lit(OTHER)).otherwise(nw.lit(SAME))
    higher = nw.when(both & (other > one)).then(nw.lit(HIGHER))
    lower = nw.when(both & (other < one)).then(nw.lit(LOWER))
    return higher.otherwise(lower.otherwise(nw.lit(SAME)))


def _collected(frame: Any) -> Any:
    return frame.collect() if isinstance(frame, nw.LazyFrame) else frame

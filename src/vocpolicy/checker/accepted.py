"""What a provision accepts of what an analysis may find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vocpolicy import core, syntax
from vocpolicy.checker.context import Context
from vocpolicy.checker.words import labels
from vocpolicy.diagnostics import Words, close_names
from vocpolicy.keywords import PROPERTIES, PROPERTY_OF

Readings = Sequence[syntax.RuleReading] | Sequence[syntax.TargetReading]


def accepted(
    context: Context, shared: Sequence[syntax.Accepts], readings: Readings = ()
) -> tuple[core.Accepted, ...]:
    """The properties named, each with its reason and the reading of which it is said."""
    found = list(_accepted(context, shared, ""))
    for reading in readings:
        found += _accepted(context, reading.body.accepts, reading.name.text)
    return tuple(found)


def _accepted(
    context: Context, written: Sequence[syntax.Accepts], reading: str
) -> Iterator[core.Accepted]:
    for one in written:
        name = one.name.text
        if name in PROPERTY_OF:
            yield core.Accepted(PROPERTY_OF[name], labels(one.because), reading, span=one.span)
            continue
        close = close_names(name, PROPERTY_OF)
        known = Words(
            ", ".join(row.en[0] for row in PROPERTIES), "、".join(row.zh[0] for row in PROPERTIES)
        )
        context.mistakes.add("V428", one.name.span, name=name, close=close, known=known)

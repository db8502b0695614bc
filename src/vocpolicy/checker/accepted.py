"""What a provision accepts of what an analysis may find."""

from __future__ import annotations

from collections.abc import Sequence

from vocpolicy import core, syntax
from vocpolicy.checker.context import Context
from vocpolicy.checker.words import labels
from vocpolicy.diagnostics import close_names
from vocpolicy.keywords import PROPERTIES


def accepted(context: Context, *written: Sequence[syntax.Accepts]) -> tuple[core.Accepted, ...]:
    """The properties named, each with its reason."""
    found = []
    for one in (one for several in written for one in several):
        name = one.name.text
        if name not in PROPERTIES:
            close, known = close_names(name, PROPERTIES), ", ".join(PROPERTIES)
            context.mistakes.add("V428", one.name.span, name=name, close=close, known=known)
            continue
        found.append(core.Accepted(name, labels(one.because), span=one.span))
    return tuple(found)

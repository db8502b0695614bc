"""The five outcomes, apart from their words: a process that only decides reads nothing else.

They are an enumeration, though importing `enum` takes that process a third of the time that Python
itself takes to start: `is Outcome.HOLDS`, `Outcome("holds")` and an exhaustive `match` mean the
same to programs wherever an outcome comes from.
"""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What a provision comes to for the facts at hand; each equals its word, such as `"holds"`."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"
    CONFLICT = "conflict"

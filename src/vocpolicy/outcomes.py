"""The five outcomes as an enumeration, apart from what the language calls them.

`is Outcome.HOLDS`, `Outcome("holds")` and an exhaustive `match` mean the same to programs wherever
an outcome comes from: its members are the objects of `bare_outcomes`, which a process that only
decides gets by without this module.
"""

from __future__ import annotations

from enum import StrEnum

from vocpolicy.bare_outcomes import outcome_of


class Outcome(StrEnum):
    """What a provision comes to for the facts at hand; each equals its word, such as `"holds"`."""

    def __new__(cls, word: str) -> Outcome:
        """The outcome that is there already, from now on of this class."""
        member = outcome_of(word)
        member._value_ = word
        member.__class__ = cls
        return member

    HOLDS = "holds"
    FAILS = "fails"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"
    CONFLICT = "conflict"

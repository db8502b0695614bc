"""Statements that may speak, and what may come of them."""

from __future__ import annotations

from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.given import Said
from vocpolicy.columnar.logic import Truth, certainly, possibly


@frozen(eq=False)
class Speaker:
    """A statement that may speak.

    Attributes:
        state: whether it speaks; null where that is not known.
        applies: what its rule asks first.
        place: which statement of its rule it is.
    """

    rule: str
    state: Truth
    said: Said
    statement: core.Statement
    applies: core.Expr | None = None
    place: int = 0

    @property
    def certain(self) -> Truth:
        return certainly(self.state)

    @property
    def possible(self) -> Truth:
        return possibly(self.state)


@frozen(eq=False)
class Candidate:
    """Something that may come of it: `possible` is never null."""

    said: Said
    possible: Truth

"""What is asked of a policy, where, and what comes of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import field, frozen

from vocpolicy import core
from vocpolicy.analysis.engines import BOX, Engine
from vocpolicy.box.compiler import Compiler
from vocpolicy.box.pieces import Piece
from vocpolicy.interpreter import Facts, Scope, evaluate, new_scope

if TYPE_CHECKING:
    from vocpolicy.symbolic import Translator, Truth

BOXES = 4_000
"""How many boxes one question may look at."""


FIRST = 150
"""How many boxes are looked at before a proof is tried, and for the case of one; what a search
settles, it mostly does in fewer."""


@frozen(eq=False)
class Ground:
    """Where a question is asked: of a policy, on a day, for what an entity is."""

    policy: core.Policy
    day: datetime.date
    entity: str | None = None
    readings: Mapping[str, str] = MappingProxyType({})
    boxes: int = BOXES
    engine: Engine = BOX

    def scope(self, facts: Facts) -> Scope:
        return new_scope(self.policy, facts, self.day, self.readings).enter(self.entity)


@frozen(eq=False)
class Question:
    """What is asked, as each engine asks it.

    Attributes:
        compiled: for the search over thresholds.
        terms: for proofs.
        confirmed: as the interpreter answers it for one case.
        refutable: where the search finds no case there is none.  Not so where it turns on values
            that no condition compares.
    """

    compiled: Callable[[Compiler], Piece]
    terms: Callable[[Translator], Truth]
    confirmed: Callable[[Scope], bool]
    refutable: bool = True


@frozen(eq=False)
class Reply:
    """What came of a question.

    Attributes:
        found: a case in which it is so; None where there is none, or none was found.
        settled: there is such a case, or it was shown that there is none.
        why: where it is not settled, the key of the reason.
        day: the day of the case.
    """

    found: Mapping[str, core.Value] | None
    settled: bool
    why: str = ""
    day: datetime.date | None = None
    touched: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def never(self) -> bool:
        """Whether it was shown that there is no such case."""
        return self.settled and self.found is None


def condition(expr: core.Expr) -> Question:
    """Is there a case in which a condition is true?"""
    return Question(
        lambda compiler: compiler.piece(expr),
        lambda translator: translator.truth(expr),
        lambda scope: evaluate(scope, expr).answer is True,
    )

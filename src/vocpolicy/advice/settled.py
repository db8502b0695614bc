"""Whether every way of filling the gaps comes to the same, and what else it can come to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from attrs import frozen

from vocpolicy.advice.case import Case, Way, way_of
from vocpolicy.box import Model, NotSearchableError, is_settled
from vocpolicy.box.pieces import Vector
from vocpolicy.box.rulings import Key
from vocpolicy.box.search import Aim, Budget, find
from vocpolicy.needs import entangled
from vocpolicy.outcome import Outcome
from vocpolicy.trace import Unknown

BUDGET = 20_000
"""How many boxes a question may look at."""

SHORT = 1_000
"""How many may be looked at for what is said of every verdict that is open."""

MOST = 8
"""How many outcomes are told apart; a rule that gives a value may have no end of them."""


@frozen
class Settled:
    """Whether a verdict stands whatever the missing facts are.

    Attributes:
        settled: True: it does, proved; False: two ways of filling the gaps differ, both tried;
            None: neither was found within the budget, or what several conditions make of one
            missing list was not seen to go together.
        possible: the outcomes that were reached, the settled one alone where it is settled.
    """

    settled: bool | None
    possible: tuple[Way, ...] = ()

    def __bool__(self) -> bool:
        return self.settled is True

    @property
    def way(self) -> Way | None:
        """What it comes to whatever the missing facts are."""
        return self.possible[0] if self.settled else None

    @property
    def outcome(self) -> Outcome:
        """The settled outcome, else undetermined."""
        return self.possible[0].outcome if self.settled else Outcome.UNDETERMINED


def foregone(case: Case, missing: Iterable[str]) -> Way | None:
    """What an open verdict comes to whatever the missing facts are, where a short search shows
    it.  There is nothing to search where every open condition is free of the others."""
    facts = entangled(case.policy, case.name)
    if facts.isdisjoint(name for path in missing for name in path.split(".")):
        return None
    return settled(case, SHORT).way


def settled(case: Case, budget: int = BUDGET) -> Settled:
    """Whether the verdict on a case is settled whatever the missing facts are."""
    try:
        model = case.model
    except NotSearchableError:
        return Settled(None)
    reached, exact = _reached(model, model.given, Budget(budget), MOST)
    possible = tuple(way_of(key) for key in reached)
    if len(possible) > 1:
        return Settled(False if sum(reached.values()) > 1 else None, possible)
    if not exact or not possible or possible[0].outcome is Outcome.UNDETERMINED:
        return Settled(None if not exact else False, possible)
    return Settled(True, possible)


def reachable(model: Model, vector: Vector, budget: Budget, most: int) -> tuple[list[Key], bool]:
    """Outcomes that some valid case of a box has, and whether these are all."""
    reached, exact = _reached(model, vector, budget, most)
    return list(reached), exact


def _reached(
    model: Model, vector: Vector, budget: Budget, most: int
) -> tuple[dict[Key, bool], bool]:
    """Outcomes, each with whether a case is known that has it, and whether these are all."""
    keys = model.keys(vector)
    if is_settled(keys):
        return dict.fromkeys(keys, True), True
    found: dict[Key, bool] = {}
    while len(found) < most:
        another = Aim(reach=partial(_is_new, tuple(found)), single=True)
        one = find(model, vector, another, budget)
        if one.vector is None:
            return found, one.exact
        found.update(dict.fromkeys(model.keys(one.vector), _is_case(model, vector, one.vector)))
    return found, False


def _is_case(model: Model, before: Vector, after: Vector) -> bool:
    """Whether some facts are so: what several expressions make of one missing list was put in
    apart, and need not go together."""
    put: list[str] = []
    for atom in model.atoms:
        opened = isinstance(before[atom.place], Unknown)
        if atom.expr is not None and opened and not isinstance(after[atom.place], Unknown):
            put += atom.names
    return len(put) == len(set(put))


def _is_new(found: tuple[Key, ...], key: Key) -> bool:
    return key not in found

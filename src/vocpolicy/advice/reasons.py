"""Sufficient reasons: the smallest sets of facts that force a verdict whatever the rest may be."""

from __future__ import annotations

from attrs import frozen

from vocpolicy.advice.case import Case, Way, way_of
from vocpolicy.box import Model, NotSearchableError
from vocpolicy.box.rulings import Key
from vocpolicy.box.search import Aim, Budget, find

BUDGET = 60_000
MOST = 12
"""How many reasons are looked for."""


@frozen
class Reason:
    """Facts of the case that alone force the verdict; without any one of them it could differ."""

    facts: tuple[str, ...]


@frozen
class Reasons:
    """Every smallest set of facts that forces a verdict.

    Attributes:
        way: the verdict; None where the supplied facts do not settle it.
        reasons: the shortest first.
        complete: whether these are all, each proved to be as small as can be.
    """

    way: Way | None
    reasons: tuple[Reason, ...] = ()
    complete: bool = True


def reasons(case: Case, budget: int = BUDGET, most: int = MOST) -> Reasons:
    """The sufficient reasons of a case's verdict."""
    try:
        model = case.model
    except NotSearchableError:
        return Reasons(None, (), False)
    supplied = _supplied(model)
    search = _Search(model, case.key, Budget(budget))
    if case.key is None:
        found = find(model, model.given, Aim(reach=lambda _: True, single=True), search.budget)
        if found.vector is None:
            return Reasons(None, (), False)
        search = _Search(model, next(iter(model.keys(found.vector))), search.budget)
        if not search.forced(frozenset(supplied)):
            return Reasons(None, (), search.exact and not search.budget.cut)
    found_sets, complete = _every(search, supplied, most)
    order = {name: place for place, name in enumerate(supplied)}
    made = [Reason(tuple(sorted(one, key=order.__getitem__))) for one in found_sets]
    made.sort(key=lambda one: (len(one.facts), [order[name] for name in one.facts]))
    return Reasons(way_of(search.key) if search.key else None, tuple(made), complete)


def _supplied(model: Model) -> list[str]:
    """The facts that were supplied, in the order in which rules read them."""
    facts = model.scope.facts
    return [name for name in model.names if name in facts.names]


class _Search:
    """Whether facts force the verdict; `exact` turns false where one could not be decided."""

    def __init__(self, model: Model, key: Key | None, budget: Budget) -> None:
        self.model, self.key, self.budget = model, key, budget
        self.exact = True
        self.known: dict[frozenset[str], bool] = {}

    def forced(self, kept: frozenset[str]) -> bool:
        """Whether these facts alone force the verdict: certain, or else taken not to."""
        if kept not in self.known:
            vector = self.model.vector(name for name in self.model.names if name not in kept)
            found = find(self.model, vector, Aim(avoid=self.key), self.budget)
            self.exact = self.exact and (found.vector is not None or found.exact)
            self.known[kept] = found.vector is None and found.exact
        return self.known[kept]

    def smallest(self, kept: frozenset[str], order: list[str]) -> frozenset[str]:
        """A set within these facts that forces the verdict and none of whose parts does."""
        for name in reversed(order):
            if name in kept and self.forced(kept - {name}):
                kept = kept - {name}
        return kept


def _every(search: _Search, supplied: list[str], most: int) -> tuple[list[frozenset[str]], bool]:
    """Every smallest set: after each, look again without one of its facts, by turns."""
    found: list[frozenset[str]] = []
    waiting, seen = [frozenset[str]()], {frozenset[str]()}
    while waiting:
        if search.budget.cut or len(found) >= most:
            return found, False
        without = waiting.pop(0)
        known = next((one for one in found if not one & without), None)
        if known is None:
            kept = frozenset(supplied) - without
            if not search.forced(kept):
                continue
            known = search.smallest(kept, supplied)
            found.append(known)
        for name in sorted(known):
            more = without | {name}
            if more not in seen:
                seen.add(more)
                waiting.append(more)
    return found, search.exact and not search.budget.cut

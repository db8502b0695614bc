"""The nearest values of one set of facts that flip a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Protocol, TypeAlias

from attrs import frozen

from vocpolicy import core
from vocpolicy.advice.effort import distance
from vocpolicy.box import Model, keys_of
from vocpolicy.box.cells import Cells, cells
from vocpolicy.box.pieces import ONE, Vector, atom_of
from vocpolicy.box.search import Aim, Budget, find, put
from vocpolicy.interpreter.values import bounds
from vocpolicy.trace import Answer, Unknown

MOST_ROUNDS = 8
STEPS = (-2, -1, 1, 2)


Ranked: TypeAlias = dict[tuple[int, int], tuple[Cells, Cells, list[tuple[Fraction, Answer]]]]


class Searched(Protocol):
    """What is searched: a case, which of its facts may become what, and the values that were put
    in order before, with the cells that they are of."""

    opening: bool
    model: Model
    budget: Budget
    aim: Aim
    facts: Mapping[int, tuple[str, Fraction]]
    ranked: Ranked

    def opened(self, places: frozenset[int]) -> Vector:
        """The case with these facts open as far as they may change."""
        ...


@frozen(eq=False)
class Flip:
    """Values that flip the verdict, by atom, and how far they are; None where there are none."""

    values: dict[int, Answer] | None
    far: Fraction = Fraction(0)


NO_FLIP = Flip(None)


class Walk:
    """A walk over the values of one set of facts, nearest first, that keeps the nearest flip."""

    def __init__(self, search: Searched, places: frozenset[int]) -> None:
        self.search, self.places = search, places
        self.best = Flip(None)
        self.exact = True

    def go(self, vector: Vector, far: Fraction) -> None:
        search, model = self.search, self.search.model
        if not search.budget.spend():
            self.exact = False
            return
        if self.best.values is not None and far >= self.best.far:
            return
        ruling = model.ruling(vector)
        keys = keys_of(ruling)
        if search.aim.hopeless(keys) or model.valid(vector) is False:
            return
        open_ = [place for place in self.places if isinstance(vector[place], Unknown)]
        if not open_:
            if search.aim.sure(keys) or (self._opens if search.opening else self._forced)(vector):
                self.best = Flip({place: vector[place] for place in self.places}, far)
            return
        asked = -1 if ruling.doubt is None else atom_of(ruling.doubt)
        place = asked if asked in open_ else min(open_)
        for away, value in self._values(vector, place):
            self.go(model.narrowed(put(vector, place, value)), far + away)

    def settle(self) -> None:
        """Look again where thresholds were not all known: facts that are compared with each other
        are tried in another order, then each a few steps from where it was found, the others
        brought nearer again."""
        start = self.search.opened(self.places)
        for place in sorted(self.places):
            for far, value in self._values(start, place):
                self.go(self.search.model.narrowed(put(start, place, value)), far)
        for _ in range(MOST_ROUNDS):
            before = self.best.far
            for place in sorted(self.places):
                self._beside(place)
            if self.best.far == before:
                return

    def _beside(self, place: int) -> None:
        """Values of a fact beside the one found, with what they let the others be; then values of
        it nearer still, the others as they were found."""
        assert self.best.values is not None
        atom, value = self.search.model.atoms[place], self.best.values[place]
        start = self.search.opened(self.places)
        low, high = bounds(start[place])
        grain = atom.step or ONE
        beside = [value + step * grain for step in STEPS] if isinstance(value, Fraction) else []
        for near in beside:
            if (low is None or low <= near) and (high is None or near <= high):
                there = self.search.model.narrowed(put(start, place, near))
                self.go(there, distance(atom, near))
        value = self.best.values[place]
        self.go(self._opened(self.best.values, place), self.best.far - distance(atom, value))

    def _opened(self, values: Mapping[int, Answer], place: int) -> Vector:
        """The set's facts at values that were found, but for one of them."""
        vector = self.search.opened(self.places)
        for other in self.places - {place}:
            vector[other] = values[other]
        return self.search.model.narrowed(vector)

    def _forced(self, vector: Vector) -> bool:
        """Whether what is missing cannot keep the wanted outcome off."""
        reach = self.search.aim.reach
        assert reach is not None
        against = Aim(reach=lambda key: not reach(key), single=True)
        found = find(self.search.model, vector, against, Budget(200))
        return found.vector is None and found.exact

    def _opens(self, vector: Vector) -> bool:
        """Whether what is missing can bring the wanted outcome about."""
        aim = Aim(reach=self.search.aim.reach, single=True)
        return find(self.search.model, vector, aim, Budget(200)).vector is not None

    def _values(self, vector: Vector, place: int) -> list[tuple[Fraction, Answer]]:
        """Values to try, the nearest first: thresholds where the others of the set stand now,
        and the ends of what it may become."""
        model = self.search.model
        standing = vector.copy()
        for other in self.places - {place}:
            if isinstance(standing[other], Unknown):
                now = model.atoms[other].value
                standing[other] = standing[other] if now is None else now
        tried = cells(model, standing, place)
        alone = cells(model, vector, place) if standing != vector else tried
        self.exact = self.exact and alone.exact
        known = self.search.ranked.get((id(tried), id(alone)))
        if known is None:
            known = tried, alone, self._ranked(place, tried, alone)
            self.search.ranked[id(tried), id(alone)] = known
        return known[2]

    def _ranked(self, place: int, tried: Cells, alone: Cells) -> list[tuple[Fraction, Answer]]:
        """Each value that the fact may become, with how far it is, the nearest first."""
        atom, manner = self.search.model.atoms[place], self.search.facts[place][0]
        values: Iterable[Answer] = tried.values
        if alone.values is not tried.values:
            values = dict.fromkeys((*tried.values, *alone.values))
        ranked = [
            (distance(atom, value), value) for value in values if _goes(atom.value, value, manner)
        ]
        return sorted(ranked, key=lambda pair: pair[0])


def _goes(before: Answer | None, after: Answer, manner: str) -> bool:
    """Whether a value may change so."""
    if before is None or isinstance(before, Unknown) or isinstance(after, Unknown):
        return True
    if manner == "can_rise":
        return not core.below(after, before)
    if manner == "can_fall":
        return not core.below(before, after)
    return True

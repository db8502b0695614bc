"""Which outcomes can be reached: a search over cells that leaves out every box that is decided."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

from attrs import define, frozen

from vocpolicy import core
from vocpolicy.box.cells import cells
from vocpolicy.box.model import Model, is_settled, keys_of
from vocpolicy.box.pieces import Vector, atom_of
from vocpolicy.box.rulings import Key
from vocpolicy.trace import UNKNOWN, Answer, Unknown

Keys: TypeAlias = frozenset[Key]


@frozen
class Aim:
    """What a search looks for: cases whose outcome is another than `avoid`, or one of `reach`.

    `single`: a case with one outcome, not one of which every outcome will do.
    """

    avoid: Key | None = None
    reach: Callable[[Key], bool] | None = None
    single: bool = False

    def hopeless(self, keys: Keys) -> bool:
        """Whether no case of a box with these outcomes will do."""
        if self.reach is None:
            return is_settled(keys) and self.avoid in keys
        return not any(key[1] is UNKNOWN or self.reach(key) for key in keys)

    def sure(self, keys: Keys) -> bool:
        """Whether every case of it will."""
        if any(key[1] is UNKNOWN for key in keys) or (self.single and len(keys) > 1):
            return False
        if self.reach is None:
            return self.avoid not in keys
        return all(self.reach(key) for key in keys)


@define
class Budget:
    """How many boxes may be looked at; `cut` says that there were more."""

    left: int
    cut: bool = False

    def spend(self) -> bool:
        self.left -= 1
        self.cut = self.cut or self.left < 0
        return self.left >= 0


@frozen
class Found:
    """A case that was looked for (atoms that are still open there don't matter), or None; without
    one, `exact` says that there is none."""

    vector: Vector | None
    exact: bool


NOTHING_FOUND = Found(None, True)


def find(model: Model, vector: Vector, aim: Aim, budget: Budget) -> Found:
    """A case in a box that an aim is for."""
    found = _by_cells(model, vector, aim, budget)
    if found.vector is not None or found.exact or budget.cut:
        return found
    proof = Budget(min(budget.left, 400))
    exact = refuted(model, vector, aim, proof)
    budget.left -= 400 - max(proof.left, 0)
    return Found(None, exact)


def _by_cells(model: Model, vector: Vector, aim: Aim, budget: Budget) -> Found:
    if not budget.spend():
        return Found(None, False)
    ruling = model.ruling(vector)
    keys = keys_of(ruling)
    if aim.hopeless(keys) or model.valid(vector) is False:
        return NOTHING_FOUND
    place = -1 if ruling.doubt is None else atom_of(ruling.doubt)
    if aim.sure(keys):
        place = open_bound(model, vector)
        if place < 0:
            return Found(vector, True)
    if place < 0:
        return NOTHING_FOUND
    return _among(model, vector, place, aim, budget)


def _among(model: Model, vector: Vector, place: int, aim: Aim, budget: Budget) -> Found:
    tried = cells(model, vector, place)
    exact = tried.exact
    for value in _likely_first(tried.values):
        found = _by_cells(model, model.narrowed(put(vector, place, value)), aim, budget)
        if found.vector is not None:
            return found
        exact = exact and found.exact
    return Found(None, exact)


def _likely_first(values: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Dates at the far ends of the calendar last: a case is shown to people."""
    if len(values) > 2 and isinstance(values[-1], datetime.date):
        first = 1 if values[0] is core.Nothing.NONE else 0
        return (*values[:first], *values[first + 1 : -1], values[first], values[-1])
    return values


def put(vector: Vector, place: int, value: Answer) -> Vector:
    """The vector with another answer in one place."""
    changed = vector.copy()
    changed[place] = value
    return changed


def open_bound(model: Model, vector: Vector) -> int:
    """An open atom that a bound between facts still depends on; -1 where there is none."""
    if model.valid(vector) is True:
        return -1
    for place, related in model.grid.relations.items():
        for _, piece in related:
            for atom in (place, *piece.atoms):
                if isinstance(vector[atom], Unknown):
                    return atom
    return -1


# ---- proof by halves ---------------------------------------------------------------------------


def refuted(model: Model, vector: Vector, aim: Aim, budget: Budget) -> bool:
    """Whether no case of a box will do, shown by halving it until every part is decided."""
    waiting = [vector]
    while waiting:
        if not budget.spend():
            return False
        box = model.narrowed(waiting.pop())
        ruling = model.ruling(box)
        if aim.hopeless(keys_of(ruling)) or model.valid(box) is False:
            continue
        place = -1 if ruling.doubt is None else atom_of(ruling.doubt)
        place = open_bound(model, box) if place < 0 else place
        parts = halves(model, box, place) if place >= 0 else []
        if not parts:
            return False
        waiting += parts
    return True


def halves(model: Model, vector: Vector, place: int) -> Sequence[Vector]:
    """A box in two or more along an atom; none where it cannot be cut."""
    here = vector[place]
    number = isinstance(core.inner(model.atoms[place].type), core.NumberType)
    optional = isinstance(model.atoms[place].type, core.OptionalType)
    if not number or optional or not isinstance(here, Unknown):
        tried = cells(model, vector, place)
        return [put(vector, place, one) for one in tried.values] if tried.exact else []
    low, high, step = here.low, here.high, model.atoms[place].step
    if low is None or high is None or step is None:
        return []
    middle = low + (high - low) / step // 2 * step
    return [
        put(vector, place, _between(low, middle)),
        put(vector, place, _between(middle + step, high)),
    ]


def _between(low: Fraction, high: Fraction) -> Answer:
    return low if low == high else Unknown(low, high)

"""The proof that no case comes out in a certain way.

A search for cases goes on where it can no longer show that it has found all, since it may still
find one.  A proof ends there: so it can be given more boxes to look at and comes to less work.
"""

from __future__ import annotations

from collections.abc import Callable

from vocpolicy.box.cells import cells
from vocpolicy.box.model import Model, keys_of
from vocpolicy.box.pieces import Vector, atom_of
from vocpolicy.box.rulings import Key
from vocpolicy.box.search import Aim, Budget, open_bound, put, refuted

HALVES = 400
"""How many boxes may come of halving, where cells prove nothing."""


def excluded(model: Model, reach: Callable[[Key], bool], boxes: int) -> bool:
    """Whether it is proved that no case has one of certain outcomes; `boxes` may be looked at."""
    aim = Aim(reach=reach, single=True)
    if _by_cells(model, model.given, aim, Budget(boxes)):
        return True
    return refuted(model, model.given, aim, Budget(min(boxes, HALVES)))


def _by_cells(model: Model, vector: Vector, aim: Aim, budget: Budget) -> bool:
    if not budget.spend():
        return False
    ruling = model.ruling(vector)
    keys = keys_of(ruling)
    if aim.hopeless(keys) or model.valid(vector) is False:
        return True
    place = -1 if ruling.doubt is None else atom_of(ruling.doubt)
    if aim.sure(keys):
        place = open_bound(model, vector)
    if place < 0:
        return False
    tried = cells(model, vector, place)
    return tried.exact and all(
        _by_cells(model, model.narrowed(put(vector, place, value)), aim, budget)
        for value in tried.values
    )

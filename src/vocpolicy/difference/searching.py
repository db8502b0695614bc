"""Cases on which two policies part, one for each way in which they do, or the proof that there is
none.

A search over both at once finds them; where it can't show that it has found all, the proof of
`folding` is tried for each direction.  Every case is put to the interpreter before it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from types import MappingProxyType

from attrs import frozen

from vocpolicy.analysis.lists import some_lists
from vocpolicy.analysis.seeds import seeded
from vocpolicy.box import NotSearchableError
from vocpolicy.box.model import Model
from vocpolicy.box.pieces import Vector
from vocpolicy.box.rulings import Key, Ruling
from vocpolicy.box.search import Aim, Budget, find
from vocpolicy.difference.folding import FoldingCompiler
from vocpolicy.difference.joint import BECAUSE, SAME, joint_model
from vocpolicy.difference.moves import DIRECTIONS, Move, direction_of, moved
from vocpolicy.difference.pairing import Pair
from vocpolicy.difference.sides import changed_names
from vocpolicy.difference.witnesses import canonical, facts_of, least
from vocpolicy.interpreter import Facts

BOXES = 3_000
"""How many boxes of cases one search may look at."""

MOST_LISTS = 24
"""How many lists are tried where a case has to have one."""

MOST_WAYS = 24
"""How many ways in which outcomes move are told apart."""

MOST_GROUNDS = 3
"""How many cases are shown of one way, each decided by other statements."""


@frozen(eq=False)
class Search:
    """What came of a search.

    Attributes:
        moves: one for each way that was found.
        open: directions of which it is not known whether there are cases (more).
        why: where some are open, the key of the reason.
    """

    moves: tuple[Move, ...]
    open: frozenset[str] = frozenset()
    why: str = ""


def search(pair: Pair, name: str, boxes: int = BOXES) -> Search:
    """Every way in which a provision of two policies parts."""
    changed = changed_names(pair)
    try:
        model = joint_model(pair, name, Facts(), changed)
        return _searched(pair, name, model, changed, boxes)
    except (NotSearchableError, RecursionError):
        return Search((), frozenset(DIRECTIONS), "not_compiled")


def _searched(pair: Pair, name: str, model: Model, changed: frozenset[str], boxes: int) -> Search:
    moves: list[Move] = []
    grounds: set[str] = set()
    refused: dict[str, str] = {}
    while len(grounds) < MOST_WAYS:
        known = frozenset(way for way in (*(one.way for one in moves), *refused))
        enough = frozenset(way for way in known if _times(way, grounds) >= MOST_GROUNDS)
        aim = partial(_is_new, frozenset(grounds), enough)
        found, exact, cut = _next(model, aim, boxes)
        if found is None:
            if exact:
                return _concluded(moves, refused)
            why = "budget" if cut else "meeting"
            return _proved(pair, name, changed, boxes, Search(_sorted(moves), why=why))
        ground = model.ruling(found).possible[0].wording
        grounds.add(ground)
        move, why = _shown(pair, name, model, found, ground, changed, boxes)
        if move is not None:
            moves.append(move)
        if move is None or move.way != _way(ground):
            refused[_way(ground)] = why
    return Search(_sorted(moves), frozenset(DIRECTIONS), "many")


def _times(way: str, grounds: Iterable[str]) -> int:
    return sum(_way(one) == way for one in grounds)


def _sorted(moves: list[Move]) -> tuple[Move, ...]:
    """Moves of one way together, in the order in which the ways were found."""
    ways = list(dict.fromkeys(one.way for one in moves))
    return tuple(sorted(moves, key=lambda one: ways.index(one.way)))


def _concluded(moves: list[Move], refused: dict[str, str]) -> Search:
    """Where a case could not be shown, its direction is open, unless another case shows it."""
    shown = {one.way for one in moves}
    left = {way: why for way, why in refused.items() if way not in shown}
    open_ = frozenset(direction_of(way) for way in left)
    return Search(_sorted(moves), open_, next(iter(left.values()), ""))


def _next(
    model: Model, wanted: Callable[[str], bool], boxes: int
) -> tuple[Vector | None, bool, bool]:
    """A case that parts in a way that is wanted; else whether there is none, and whether the
    budget ended the search."""
    aim = Aim(reach=lambda key: wanted(key[0]), single=True)
    budget = Budget(boxes)
    found = find(model, model.given, aim, budget)
    if found.vector is not None or found.exact:
        return found.vector, found.exact, budget.cut
    return seeded(model, aim, boxes), False, budget.cut


def _is_new(grounds: frozenset[str], enough: frozenset[str], ground: str) -> bool:
    return ground != SAME and ground not in grounds and _way(ground) not in enough


def _way(ground: str) -> str:
    """The way, without the statements that it comes of."""
    return ground.partition(BECAUSE)[0]


# ---- proofs --------------------------------------------------------------------------------------


def _proved(pair: Pair, name: str, changed: frozenset[str], boxes: int, so_far: Search) -> Search:
    """What is open after each direction, of which no case was found, was tried to be excluded."""
    known = {move.direction for move in so_far.moves}
    left = [direction for direction in DIRECTIONS if direction not in known]
    try:
        model = joint_model(pair, name, Facts(), changed, FoldingCompiler)
        open_ = {one for one in left if not _excluded(model, one, boxes)}
    except (NotSearchableError, RecursionError):
        open_ = set(left)
    return Search(so_far.moves, frozenset(open_), so_far.why if open_ else "")


def _excluded(model: Model, direction: str, boxes: int) -> bool:
    def reach(key: Key) -> bool:
        return key[0] != SAME and direction_of(_way(key[0])) == direction

    found = find(model, model.given, Aim(reach=reach, single=True), Budget(boxes))
    return found.vector is None and found.exact


# ---- cases ---------------------------------------------------------------------------------------


def _shown(
    pair: Pair,
    name: str,
    model: Model,
    vector: Vector,
    ground: str,
    changed: frozenset[str],
    boxes: int,
) -> tuple[Move | None, str]:
    """A case as people would write it; else why there is none to show."""

    def wanted(ruling: Ruling) -> bool:
        return len(ruling.possible) == 1 and ruling.possible[0].wording == ground

    values, lists = facts_of(model, canonical(model, vector, wanted, boxes))
    if not lists:
        move = moved(pair, name, Facts(MappingProxyType(values)))
        return (move, "") if move is not None else (None, "unconfirmed")
    for _, given in islice(some_lists(model.policy, pair.day, lists), MOST_LISTS):
        inside = joint_model(pair, name, given, changed)
        found, _, _ = _next(inside, lambda one: one == ground, max(boxes // 10, 100))
        if found is None:
            continue
        values, open_lists = facts_of(inside, least(inside, found, wanted))
        move = None if open_lists else moved(pair, name, Facts(MappingProxyType(values)))
        if move is not None and move.way == _way(ground):
            return move, ""
    return None, "lists"

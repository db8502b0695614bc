"""Cases on which two policies part, one for each way in which they do, or the proof that there is
none.

A search over both at once finds them; where it can't show that it has found all, the proof of
`folding` is tried for each direction.  Every case is put to the interpreter before it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import islice, product
from types import MappingProxyType

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.analysis.engines import installed
from vocpolicy.analysis.lists import some_lists
from vocpolicy.analysis.seeds import seeded
from vocpolicy.box import NotSearchableError
from vocpolicy.box.model import Model
from vocpolicy.box.pieces import Vector
from vocpolicy.box.rulings import Key, Ruling
from vocpolicy.box.search import Aim, Budget, find, put
from vocpolicy.difference.excluding import excluded
from vocpolicy.difference.folding import FoldingCompiler
from vocpolicy.difference.joint import AND, BECAUSE, OPEN, SAME, joint_model
from vocpolicy.difference.making import made_lists
from vocpolicy.difference.members import telling_lists
from vocpolicy.difference.moves import DIRECTIONS, Move, direction_of, moved
from vocpolicy.difference.pairing import Pair
from vocpolicy.difference.ranks import RankingCompiler
from vocpolicy.difference.sides import SideCompiler, changed_names
from vocpolicy.difference.witnesses import canonical, facts_of, least, lists_in
from vocpolicy.interpreter import Facts
from vocpolicy.once import kept_with

BOXES = 3_000
"""How many boxes of cases one search may look at."""

MOST_LISTS = 24
"""How many lists are tried where a case has to have one."""

MOST_MADE = 48
"""How many of those are made for it."""

MOST_WAYS = 24
"""How many ways in which outcomes move are told apart."""

MOST_CAUSES = 5
"""How many cases of one way are looked for, each turned by other statements."""

NO_FACTS = Facts()


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


def search(pair: Pair, name: str, boxes: int = BOXES, engine: str = "auto") -> Search:
    """Every way in which a provision of two policies parts; `engine`: `box`, `z3`, or `auto`,
    which puts to z3 what the search leaves open, where that is installed."""
    asked = _Asked(pair, name, changed_names(pair), boxes, engine != "box" and installed())
    if engine == "z3":
        return _put_to_proof(asked, Search((), frozenset(DIRECTIONS), "unproved"))
    try:
        found = _searched(asked)
    except (NotSearchableError, RecursionError):
        return Search((), frozenset(DIRECTIONS), "not_compiled")
    return evolve(found, moves=tuple(_by_causes(asked, found.moves)))


@frozen(eq=False)
class _Asked:
    """What is searched.

    Attributes:
        changed: names that mean something else in the new policy.
        boxes: how many boxes of cases one search may look at.
        proves: whether z3 is asked too.
        shows: whether cases are all that is looked for, and no proofs.
    """

    pair: Pair
    name: str
    changed: frozenset[str]
    boxes: int
    proves: bool
    shows: bool = False

    def model(
        self,
        given: Facts = NO_FACTS,
        told: bool = False,
        kind: type[SideCompiler] = SideCompiler,
    ) -> Model:
        return joint_model(self.pair, self.name, given, self.changed, kind, told)


def _searched(asked: _Asked) -> Search:
    model = asked.model()
    moves: dict[str, Move] = {}
    refused: dict[str, str] = {}
    while len(moves) + len(refused) < MOST_WAYS:
        known = frozenset({SAME, *moves, *refused})
        found, exact, cut = _next(model, partial(_is_new, known), asked.boxes)
        if found is None:
            if exact:
                left = _concluded(moves, refused)
                return _proved(asked, left) if left.open else left
            why = "budget" if cut else "meeting"
            moves |= _over_lists(asked, model, known)
            return _proved(asked, Search(tuple(moves.values()), why=why))
        way = model.ruling(found).possible[0].wording
        move, why = _shown(asked, model, found, way)
        if move is not None:
            moves[move.way] = move
        if way not in moves:
            refused[way] = why or "unconfirmed"
    return Search(tuple(moves.values()), frozenset(DIRECTIONS), "many")


def _over_lists(asked: _Asked, model: Model, known: frozenset[str]) -> dict[str, Move]:
    """Ways that no search over what lists come to has shown, by lists themselves."""
    lists = lists_in(model)
    found: dict[str, Move] = {}
    for given in _made(asked, lists) if lists else ():
        inside = asked.model(given)
        is_new = partial(_is_new, known | found.keys())
        vector, _, _ = _next(inside, is_new, max(asked.boxes // 10, 100))
        move = None if vector is None else _with(asked, inside, vector)
        if move is not None:
            found.setdefault(move.way, move)
    return found


def _with(asked: _Asked, inside: Model, vector: Vector) -> Move | None:
    """The case of a vector, where that says what every list is."""
    way = _worded(inside, vector)
    wanted = _settles(way)
    values, open_lists = facts_of(inside, least(inside, vector, wanted))
    move = None if open_lists else moved(asked.pair, asked.name, Facts(MappingProxyType(values)))
    return move if move is not None and move.way == way.partition(BECAUSE)[0] else None


def _settles(way: str) -> Callable[[Ruling], bool]:
    return lambda ruling: len(ruling.possible) == 1 and ruling.possible[0].wording == way


def _concluded(moves: Mapping[str, Move], refused: Mapping[str, str]) -> Search:
    """Where a case could not be shown, its direction is open."""
    open_ = frozenset(direction_of(way) for way in refused if way not in moves)
    why = next((why for way, why in refused.items() if way not in moves), "")
    return Search(tuple(moves.values()), open_, why)


def _is_new(known: frozenset[str], way: str) -> bool:
    return way.removesuffix(OPEN) not in known


def _is_way(way: str, other: str) -> bool:
    return other.removesuffix(OPEN) == way


def _by_causes(asked: _Asked, moves: tuple[Move, ...]) -> Iterator[Move]:
    """In place of one case of a way one for each statement that turns it, as far as they are
    few."""
    model = asked.model(told=True) if moves else None
    for move in moves:
        several = [] if model is None else _caused(asked, model, move.way)
        yield from several or [move]


def _caused(asked: _Asked, model: Model, way: str) -> list[Move]:
    """A case for each set of statements that turns a way, of which no other is a part."""
    found: dict[frozenset[str], Vector] = {}
    for _ in range(MOST_CAUSES):
        known = frozenset(found)

        def wanted(cause: str, known: frozenset[frozenset[str]] = known) -> bool:
            words, _, names = cause.partition(BECAUSE)
            return words == way and bool(names) and not any(map(_set(names).issuperset, known))

        vector, _, _ = _next(model, wanted, asked.boxes // 10)
        if vector is None:
            break
        found[_set(_worded(model, vector).partition(BECAUSE)[2])] = vector
    least = [names for names in found if not any(other < names for other in found)]
    shown = [_shown(asked, model, found[names], _worded(model, found[names])) for names in least]
    return [move for move, _ in shown if move is not None and move.way == way]


def _set(names: str) -> frozenset[str]:
    """The statements of a cause; "?" where it is open which they are."""
    return frozenset(names.split(AND)) if names.strip("?") else frozenset({f"open {names}"})


def _worded(model: Model, vector: Vector) -> str:
    return model.ruling(vector).possible[0].wording


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


# ---- proofs --------------------------------------------------------------------------------------


def _proved(asked: _Asked, so_far: Search) -> Search:
    """What is open after each direction, of which no case was found, was tried to be excluded; by
    z3 too, where it is installed and allowed."""
    if asked.shows:
        return so_far
    known = {move.direction for move in so_far.moves}
    open_ = [direction for direction in DIRECTIONS if direction not in known]
    if so_far.open:
        open_ = [direction for direction in open_ if direction in so_far.open]
    for kind in (FoldingCompiler, RankingCompiler):
        open_ = _left_open(asked, kind, open_) if open_ else []
    found = evolve(so_far, open=frozenset(open_), why=so_far.why if open_ else "")
    return _put_to_proof(asked, found) if open_ and asked.proves else found


def _left_open(asked: _Asked, kind: type[FoldingCompiler], open_: list[str]) -> list[str]:
    """Those of the directions that are not excluded where cases are compiled in a certain way."""
    try:
        model = asked.model(kind=kind)
        if _excluded(model, open_, asked.boxes):
            return []
        return [one for one in open_ if not _excluded(model, [one], asked.boxes)]
    except (NotSearchableError, RecursionError):
        return open_


def _put_to_proof(asked: _Asked, so_far: Search) -> Search:
    from vocpolicy.difference.proving import prover

    asking = prover(asked.pair, asked.name)
    moves, open_ = list(so_far.moves), set(so_far.open)
    for direction in sorted(so_far.open):
        answer = asking.settle(direction)
        if answer is False:
            open_.discard(direction)
        elif isinstance(answer, Mapping):
            move = _from_proof(asked, answer)
            if move is not None and move.direction == direction:
                moves.append(move)
                open_.discard(direction)
    return Search(tuple(moves), frozenset(open_), so_far.why if open_ else "")


def _from_proof(asked: _Asked, values: Mapping[str, core.Value]) -> Move | None:
    """A case that z3 found, as people would write it, if the interpreter has it so."""
    rough = moved(asked.pair, asked.name, Facts(MappingProxyType(dict(values))))
    if rough is None:
        return None
    try:
        return _plainer(asked, values, rough)
    except (NotSearchableError, RecursionError):
        return rough


def _plainer(asked: _Asked, values: Mapping[str, core.Value], rough: Move) -> Move:
    model = asked.model()
    vector = model.given
    for atom in model.atoms:
        if atom.fact is not None and atom.name in values:
            vector = put(vector, atom.place, values[atom.name])
    better, _ = _shown(asked, model, vector, rough.way)
    return better if better is not None and better.way == rough.way else rough


def _excluded(model: Model, directions: list[str], boxes: int) -> bool:
    def reach(key: Key) -> bool:
        way = key[0].removesuffix(OPEN)
        return way != SAME and direction_of(way) in directions

    return excluded(model, reach, 4 * boxes)


# ---- cases ---------------------------------------------------------------------------------------


def _shown(asked: _Asked, model: Model, vector: Vector, way: str) -> tuple[Move | None, str]:
    """A case as people would write it; else why there is none to show."""
    wanted = _settles(way)
    pair, name = asked.pair, asked.name
    values, lists = facts_of(model, canonical(model, vector, wanted, asked.boxes))
    if not lists:
        move = moved(pair, name, Facts(MappingProxyType(values)))
        return (move, "") if move is not None else (None, "unconfirmed")
    shown = _by_members(asked, lists).get(way.partition(BECAUSE)[0])
    if shown is not None:
        return shown, ""
    for given in _some_lists(asked, lists):
        inside = asked.model(given, told=BECAUSE in way)
        is_so = partial(_is_way, way)
        found, _, _ = _next(inside, is_so, max(asked.boxes // 10, 100))
        move = None if found is None else _with(asked, inside, found)
        if move is not None and move.way == way.partition(BECAUSE)[0]:
            return move, ""
    return None, "lists"


def _some_lists(asked: _Asked, lists: tuple[str, ...]) -> Iterator[Facts]:
    """Lists to try: made of kinds of records that conditions tell apart, then others."""
    yield from _made(asked, lists)
    others = some_lists(asked.pair.joint_old, asked.pair.day, lists)
    yield from (given for _, given in islice(others, MOST_LISTS))


def _made(asked: _Asked, lists: tuple[str, ...]) -> tuple[Facts, ...]:
    """The lists of each kind, worked out once; of several facts each with each of the others."""
    kept = kept_with(asked.pair)
    key = "made", asked.name, lists
    if key not in kept:
        most = MOST_MADE if len(lists) == 1 else MOST_LISTS // len(lists)
        with suppress(NotSearchableError, RecursionError):
            grid = asked.model(kind=RankingCompiler).grid
            several = [list(islice(made_lists(grid, one), most)) for one in lists]
            kept[key] = tuple(map(_put_together, islice(product(*several), MOST_MADE)))
    found: tuple[Facts, ...] = kept.setdefault(key, ())
    return found


def _put_together(several: Iterable[Facts]) -> Facts:
    values = {name: value for facts in several for name, value in facts.values.items()}
    return Facts(MappingProxyType(values))


def _by_members(asked: _Asked, lists: tuple[str, ...]) -> Mapping[str, Move]:
    """By way, the first list of one member that shows it; worked out once."""
    kept = kept_with(asked.pair)
    key = "by members", asked.name, lists, asked.boxes
    if key not in kept:
        made = telling_lists(asked.pair, lists, asked.changed, partial(_for_members, asked))
        moves = [move for given in made if (move := moved(asked.pair, asked.name, given))]
        kept[key] = {move.way: move for move in reversed(moves)}
    found: Mapping[str, Move] = kept[key]
    return found


def _for_members(asked: _Asked, name: str) -> tuple[Move, ...]:
    """The cases on which something that is decided for members of a list parts; worked out once,
    and nothing while it is being worked out."""
    kept = kept_with(asked.pair)
    key = "for members", name, asked.boxes
    if key not in kept:
        kept[key] = ()
        effort = max(asked.boxes // 5, 100)
        inside = _Asked(asked.pair, name, asked.changed, effort, False, True)
        with suppress(NotSearchableError, RecursionError):
            kept[key] = _searched(inside).moves
    found: tuple[Move, ...] = kept[key]
    return found

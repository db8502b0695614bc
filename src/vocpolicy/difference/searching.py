"""Cases on which two policies part, one for each way in which they do, or the proof that there is
none.

A search over both at once finds them; where it can't show that it has found all, the proof of
`folding` is tried for each direction.  Every case is put to the interpreter before it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import TypeVar

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.analysis.lists import some_lists
from vocpolicy.analysis.seeds import plainer, seeded
from vocpolicy.box import NotSearchableError
from vocpolicy.box.atoms import Atom
from vocpolicy.box.cells import domain
from vocpolicy.box.model import Model
from vocpolicy.box.pieces import Vector
from vocpolicy.box.rulings import Key, Ruling
from vocpolicy.box.search import Aim, Budget, find, put
from vocpolicy.core.walk import unwrapped
from vocpolicy.difference.folding import FoldingCompiler
from vocpolicy.difference.joint import ARROW, HIGHER, LOWER, SAME, joint_model, way_of
from vocpolicy.difference.pairing import Pair
from vocpolicy.difference.sides import changed_names
from vocpolicy.facts import entity_of
from vocpolicy.interpreter import Facts
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.trace import Answer, ConclusionTrace, Trace, Unknown
from vocpolicy.verdict import Verdict, judge

T = TypeVar("T")

BOXES = 3_000
"""How many boxes of cases one search may look at."""

MOST_LISTS = 24
"""How many lists are tried where a case has to have one."""

MOST_WAYS = 24
"""How many ways in which outcomes move are told apart."""

TIGHTER, WIDER, UP, DOWN, ELSE = "stricter", "looser", "higher", "lower", "other"
"""Directions: a case loses or gains what it is about, a value is more or less, anything else."""

DIRECTIONS = (TIGHTER, WIDER, UP, DOWN, ELSE)


@frozen(eq=False)
class Move:
    """One way in which outcomes differ, and a case that shows it.

    Attributes:
        way: wordings as `old→new`; or how the new value lies to the old.
        direction: one of `DIRECTIONS`.
        facts: of the case, as far as they matter.
        old, new: the verdicts on it.
    """

    way: str
    direction: str
    facts: Facts
    old: Verdict
    new: Verdict


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
    moves: dict[str, Move] = {}
    refused: dict[str, str] = {}
    while len(moves) + len(refused) < MOST_WAYS:
        seen = frozenset({SAME, *moves, *refused})
        found, exact, cut = _next(model, partial(_is_new, seen), boxes)
        if found is None:
            if exact:
                return _concluded(moves, refused)
            why = "budget" if cut else "meeting"
            return _proved(pair, name, changed, boxes, Search(tuple(moves.values()), why=why))
        way = _way(model.ruling(found))
        move, why = _shown(pair, name, model, found, way, changed, boxes)
        if move is None:
            refused[way] = why
        else:
            moves[move.way] = move
            if move.way != way:
                refused[way] = why
    return Search(tuple(moves.values()), frozenset(DIRECTIONS), "many")


def _concluded(moves: dict[str, Move], refused: dict[str, str]) -> Search:
    open_ = frozenset(direction_of(way) for way in refused if way not in moves)
    return Search(tuple(moves.values()), open_, next(iter(refused.values()), ""))


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


def _is_new(seen: frozenset[str], way: str) -> bool:
    return way not in seen


def _way(ruling: Ruling) -> str:
    return ruling.possible[0].wording


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
        return key[0] != SAME and direction_of(key[0]) == direction

    found = find(model, model.given, Aim(reach=reach, single=True), Budget(boxes))
    return found.vector is None and found.exact


# ---- directions ----------------------------------------------------------------------------------

BURDENS = frozenset({"required", "not_required"})
"""Wordings of what is asked of somebody: there to be free of it is the better."""


def good(wording: str) -> bool:
    """Whether an outcome is what a case hopes for: eligible, allowed, met; not to be required."""
    word = WORDS[wording]
    if wording in BURDENS:
        return word.outcome is Outcome.FAILS
    return word.outcome is Outcome.HOLDS


def direction_of(way: str) -> str:
    """Where a move leads: fewer good outcomes or more, a higher or a lower value, or neither."""
    if ARROW not in way:
        return {HIGHER: UP, LOWER: DOWN}.get(way, ELSE)
    old, new = (good(word) for word in way.split(ARROW))
    return ELSE if old == new else (TIGHTER if old else WIDER)


# ---- cases ---------------------------------------------------------------------------------------


def _shown(
    pair: Pair,
    name: str,
    model: Model,
    vector: Vector,
    way: str,
    changed: frozenset[str],
    boxes: int,
) -> tuple[Move | None, str]:
    """A case as people would write it, with nothing that does not matter; else why there is none
    to show."""

    def wanted(ruling: Ruling) -> bool:
        return len(ruling.possible) == 1 and _way(ruling) == way

    vector = rounder(model, plainer(model, vector, wanted), wanted)
    vector = _least(model, vector, wanted)
    values, lists = _facts(model, vector)
    if not lists:
        move = moved(pair, name, Facts(MappingProxyType(values)))
        return (move, "") if move is not None else (None, "unconfirmed")
    for day, given in islice(some_lists(model.policy, pair.day, lists), MOST_LISTS):
        if day != pair.day and not _dateless(given):
            continue
        inside = joint_model(pair, name, given, changed)
        found, _, _ = _next(inside, lambda one: one == way, max(boxes // 10, 100))
        if found is None:
            continue
        values, open_lists = _facts(inside, _least(inside, found, wanted))
        move = None if open_lists else moved(pair, name, Facts(MappingProxyType(values)))
        if move is not None and move.way == way:
            return move, ""
    return None, "lists"


def _dateless(given: Facts) -> bool:
    """Whether lists that a case has on another day serve on this one too."""
    return bool(given.values)


ROUND = tuple(Fraction(10) ** power for power in (4, 3, 2, 1, 0, -1, -2))


def rounder(model: Model, vector: Vector, wanted: Callable[[Ruling], bool]) -> Vector:
    """The case with nothing, or with round numbers in place of odd ones, where those will do."""
    for atom in model.atoms:
        for value in _rounder(atom, vector[atom.place]):
            trial = put(vector, atom.place, value)
            if model.valid(trial) is not False and wanted(model.ruling(trial)):
                vector = trial
                break
    return vector


def _rounder(atom: Atom, value: Answer) -> Iterator[Fraction]:
    """Numbers to try instead, the best first, that the fact may be."""
    kind = unwrapped(atom.type)
    if atom.fact is None or not isinstance(value, Fraction):
        return
    unit = kind.unit.factor if isinstance(kind, core.NumberType) and kind.unit else Fraction(1)
    low, high = domain(atom.free, atom)
    for number in (Fraction(0), *_near(value / unit)):
        near = number * unit
        inside = (low is None or low <= near) and (high is None or near <= high)
        if inside and (atom.step is None or (near / atom.step).denominator == 1):
            yield near


def _near(number: Fraction) -> Iterator[Fraction]:
    """Round numbers about one that is none, the roundest first."""
    if number.denominator == 1 and abs(number) < 1000:
        return
    for grain in ROUND:
        under = number // grain * grain
        if under == number:
            return
        yield from (one for one in (under, under + grain) if one)


def _least(model: Model, vector: Vector, wanted: Callable[[Ruling], bool]) -> Vector:
    """The case without the facts that do not matter."""
    for atom in model.atoms:
        if atom.fact is None or isinstance(vector[atom.place], Unknown):
            continue
        if atom.value is not None:
            continue
        trial = model.narrowed(put(vector, atom.place, atom.free))
        if model.valid(trial) is not False and wanted(model.ruling(trial)):
            vector = trial
    return vector


def _facts(model: Model, vector: Vector) -> tuple[dict[str, core.Value], tuple[str, ...]]:
    """The facts of a vector, and the lists of which it says only what they come to."""
    values: dict[str, core.Value] = dict(model.scope.facts.values)
    stated: list[str] = []
    for atom in model.atoms:
        answer = vector[atom.place]
        if isinstance(answer, Unknown):
            continue
        if atom.fact is not None:
            values[atom.name] = answer
        elif atom.value is None or atom.value != answer:
            stated += [name for name in atom.names if _is_list(model, name)]
            stated += [] if stated else list(atom.names)
    return values, tuple(dict.fromkeys(stated))


def _is_list(model: Model, name: str) -> bool:
    entity = entity_of(model.policy, model.name)
    fact = model.scope.enter(entity).find(name).fact
    return fact is not None and isinstance(fact.type, core.ListType)


def moved(pair: Pair, name: str, facts: Facts) -> Move | None:
    """How the verdicts of two policies on a case lie to each other, by the interpreter; None where
    they are the same."""
    old = judge(pair.old, name, known_facts(pair.old, facts), pair.day)
    renamed = {before: now for now, before in pair.names.facts.items()}
    given = known_facts(pair.new, facts, renamed)
    new = judge(pair.new, pair.new_name(name), given, pair.day)
    way = way_between(old.trace, new.trace)
    return None if way == SAME else Move(way, direction_of(way), facts, old, new)


def known_facts(
    policy: core.Policy, facts: Facts, renamed: Mapping[str, str] = MappingProxyType({})
) -> Facts:
    """Those of the facts that a policy declares, by the names that it has for them."""
    names = {*policy.facts, *(name for one in policy.entities.values() for name in one.fields)}

    def kept(several: Mapping[str, T]) -> Mapping[str, T]:
        called = {renamed.get(name, name): _renamed(one, renamed) for name, one in several.items()}
        return MappingProxyType({name: one for name, one in called.items() if name in names})

    return Facts(kept(facts.values), kept(facts.series))


def _renamed(value: T, names: Mapping[str, str]) -> T:
    """A value whose records have their fields by other names."""
    match value:
        case core.Record(values=values) if names:
            made = {names.get(key, key): _renamed(one, names) for key, one in values.items()}
            return evolve(value, values=MappingProxyType(made))
        case tuple() if names:
            return tuple(_renamed(one, names) for one in value)  # type: ignore[return-value]
        case _:
            return value


def way_between(old: Trace, new: Trace) -> str:
    """How one decision lies to another."""
    if old.wording != new.wording:
        return f"{old.wording}{ARROW}{new.wording}"
    one, other = _answer(old), _answer(new)
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return SAME
    return way_of(one, other)


def _answer(trace: Trace) -> Answer | None:
    """The value that a rule or a definition gives; None where it only holds or fails."""
    gives = isinstance(trace, ConclusionTrace) and trace.wording == "decided"
    return trace.answer if gives and isinstance(trace, ConclusionTrace) else None

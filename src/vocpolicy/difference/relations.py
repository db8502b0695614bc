"""How a provision of a new policy lies to the old one: equivalent, stricter, looser, or neither."""

from __future__ import annotations

import datetime

from attrs import frozen

from vocpolicy import core
from vocpolicy.analysis.engines import engine_named
from vocpolicy.difference.aspects import (
    DROPPED,
    EARLIER,
    LATER,
    SET,
    Aspect,
    aspects,
    before_deadlines,
)
from vocpolicy.difference.meaning import whole_meaning
from vocpolicy.difference.moves import DIRECTIONS, DOWN, ELSE, TIGHTER, UP, WIDER, Move
from vocpolicy.difference.pairing import Pair, pair_of
from vocpolicy.difference.searching import BOXES, Search, search

EQUIVALENT, STRICTER, LOOSER, NEITHER = "equivalent", "stricter", "looser", "neither"
HIGHER, LOWER, MIXED = "higher", "lower", "mixed"
ADDED, REMOVED, NOT_SETTLED = "added", "removed", "not_settled"


@frozen(eq=False)
class Relation:
    """How what has a name lies to what had it before.

    A new one is *stricter* where some case that fared well does so no longer, and none fares
    better; *looser* the other way round; *neither* where both happen, or where outcomes move
    without that (`vocpolicy.difference.moves.fares_well`).  A value is *higher*, *lower* or
    *mixed*.  A target is stricter by an earlier day, too.

    Attributes:
        status: one of the words of this module.
        moves: each way in which outcomes move, with a case.
        open: directions in which there may be cases (more); empty where all is settled.
        why: the key of the reason for which they are open.
        aspects: of a target, its sides that differ, whatever the day is.
        as_of: the day on which it is read, where that is another than that of the policies.
    """

    name: str
    status: str
    moves: tuple[Move, ...] = ()
    open: frozenset[str] = frozenset()
    why: str = ""
    aspects: tuple[Aspect, ...] = ()
    as_of: datetime.date | None = None

    @property
    def differs(self) -> bool:
        return self.status != EQUIVALENT

    @property
    def told(self) -> bool:
        """Whether there is more to tell than its status."""
        return self.status not in (EQUIVALENT, ADDED, REMOVED)

    @property
    def settled(self) -> bool:
        return self.status != NOT_SETTLED


def compare_rules(
    old: core.Policy,
    new: core.Policy,
    name: str,
    as_of: datetime.date,
    budget: int | None = None,
    engine: str = "auto",
) -> Relation:
    """How a conclusion, target, provision or definition of one policy lies to that of another.

    Args:
        name: what both have under it; a rule stands for the conclusion that it decides.
        as_of: the day on which both are read and cases judged.
        budget: how many boxes of cases a search may look at.
        engine: `box` searches over thresholds, `z3` proves; `auto` searches, and puts to z3 what
            that leaves open, where z3 is installed.

    Raises:
        UsageError: there is no engine of that name.
        MissingExtraError: z3 is asked for and not installed.
    """
    engine_named(engine)
    return compare(pair_of(old, new, as_of), name, budget, engine)


def compare(pair: Pair, name: str, budget: int | None = None, engine: str = "auto") -> Relation:
    """The same, of two policies over one set of facts."""
    name = decided_by(pair.old, name)
    if meaning_is_one(pair, name):
        return Relation(name, EQUIVALENT)
    joint = pair.joint_old, pair.joint_new
    if any(_facts_read(one, name, pair.day) & pair.apart for one in joint):
        return Relation(name, NOT_SETTLED, open=frozenset(DIRECTIONS), why="types")
    boxes = budget or BOXES
    if name in pair.old.targets:
        pair = before_deadlines(pair, name)
    found = search(pair, name, boxes, engine)
    sides = aspects(pair, name, boxes) if name in pair.old.targets else ()
    turned = frozenset(turn for side in sides for turn in _turns(side))
    status = status_of(found, turned)
    if status != NOT_SETTLED:  # what is open would change nothing of it
        return Relation(name, status, found.moves, aspects=sides)
    return Relation(name, status, found.moves, found.open, found.why, sides)


def _turns(side: Aspect) -> frozenset[str]:
    """Where one side of a target leads by itself: an earlier day is stricter, a goal as its cases
    show."""
    if side.search is not None:
        return frozenset(move.direction for move in side.search.moves) | side.search.open
    turns = {EARLIER: TIGHTER, SET: TIGHTER, LATER: WIDER, DROPPED: WIDER}
    return frozenset({turns[side.status]} if side.status in turns else ())


def decided_by(policy: core.Policy, name: str) -> str:
    """The conclusion that a rule decides; other names stand for themselves."""
    is_rule = name in policy.rules and name not in policy.conclusions
    return policy.rules[name].conclusion if is_rule else name


def meaning_is_one(pair: Pair, name: str) -> bool:
    """Whether both say the same, word for word but for the words."""
    one = whole_meaning(pair.joint_old, name, pair.day)
    return bool(one) and one == whole_meaning(pair.joint_new, name, pair.day)


def _facts_read(policy: core.Policy, name: str, day: datetime.date) -> set[str]:
    keys = (key for key in whole_meaning(policy, name, day) if isinstance(key, tuple))
    return {str(key[-1]) for key in keys if key[0] in ("fact", "field")}


def status_of(found: Search, turned: frozenset[str] = frozenset()) -> str:
    """What the directions that were found, and those that are open, leave to be said; `turned` are
    directions that are known otherwise."""
    known = frozenset(move.direction for move in found.moves) | turned
    certain = _status(known)
    if all(_status(known | extra) == certain for extra in _subsets(found.open)):
        return certain
    return NOT_SETTLED


def _subsets(open_: frozenset[str]) -> list[frozenset[str]]:
    found = [frozenset[str]()]
    for one in sorted(open_):
        found += [some | {one} for some in found]
    return found


def _status(directions: frozenset[str]) -> str:
    if not directions:
        return EQUIVALENT
    valued = directions & {UP, DOWN}
    turned = directions & {TIGHTER, WIDER}
    if valued and turned:
        return MIXED
    if valued:
        only = {frozenset({UP}): HIGHER, frozenset({DOWN}): LOWER}
        return only.get(valued, MIXED) if ELSE not in directions else MIXED
    only_turned = {frozenset({TIGHTER}): STRICTER, frozenset({WIDER}): LOOSER}
    return only_turned.get(turned, NEITHER)

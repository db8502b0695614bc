"""Proofs over lists: what they come to, by where it lies among the figures that it is held against.

All that conditions see of a count, a sum or a share is which figures it reaches; how many of them
is its rank.  Where one aggregate is never more than another (`ordering`), neither is its rank.  So
lists of any length make a few whole numbers, each at most some of the others, which the search
looks at one by one.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations
from typing import TypeAlias

from attrs import Factory, evolve, field, frozen

from vocpolicy import core
from vocpolicy.box.atoms import Atom, Cut, Grid
from vocpolicy.box.pieces import Piece, Vector, asked, variable
from vocpolicy.core.walk import children, type_of, within
from vocpolicy.difference import tallies
from vocpolicy.difference.folding import FoldingCompiler, Sum, added, scaled
from vocpolicy.difference.meaning import bare
from vocpolicy.difference.ordering import Taken, is_told, never_more
from vocpolicy.difference.sides import SideCompiler
from vocpolicy.difference.sizes import defined, no_more
from vocpolicy.interpreter import evaluate, values
from vocpolicy.once import kept_with
from vocpolicy.trace import UNKNOWN, Answer

MOST_COMPARED = 12
"""More aggregates over one list than these are not compared with each other."""

RANK = core.NumberType((), whole=True)

ONE = Fraction(1)

Step: TypeAlias = "tuple[Fraction, int]"
"""A figure that is reached (0) or passed (1)."""


@frozen(eq=False)
class Ranked:
    """An aggregate that has a rank: where it stands in the grid, what is known of any, and of a
    share whether it is the whole, as counts say it."""

    place: int
    taken: Taken
    free: Answer
    whole: Piece | None = None


@frozen(eq=False)
class Family:
    """The aggregates over one list that may be compared, and every figure that one of them is held
    against; once all are known, `order` has how many have to be reached to have reached one."""

    members: dict[object, Ranked] = Factory(dict)
    steps: set[Step] = Factory(set)
    order: dict[Step, int] = Factory(dict)


Families: TypeAlias = "dict[object, Family]"


def families(grid: Grid) -> Families:
    kept = kept_with(grid)
    found: Families = kept.setdefault("ranks", {})
    return found


Single: TypeAlias = "tuple[Fraction, core.Aggregate, Fraction]"
"""A factor, an aggregate, and a figure that is taken from it before."""


@frozen(eq=False)
class Measure(Piece):
    """What a target measures, where that is one aggregate."""

    family: Family = field(kw_only=True)
    single: Single = field(kw_only=True)


TURNED = {
    "at_least": "at_most",
    "at_most": "at_least",
    "more_than": "less_than",
    "less_than": "more_than",
}
"""Comparisons with the sides exchanged."""


@frozen(eq=False)
class RankingCompiler(FoldingCompiler):
    """Compiles what lists are held against as ranks."""

    def _piece(self, expr: core.Expr) -> Piece:
        if isinstance(expr, core.Aggregate):
            counted = tallies.as_count(expr)
            if counted is not None:
                return self.piece(counted)
        if isinstance(expr, core.Equal | core.Within):
            parted = _by_comparisons(expr)
            if parted is not None:
                return self.piece(parted)
        return super()._piece(expr)

    def _compare(self, expr: core.Compare) -> Piece:
        left, right = self.sum(expr.left), self.sum(expr.right)
        single = _single(added(left, scaled(right, Fraction(-1))))
        if single is None:
            return super()._compare(expr)
        factor, aggregate, figure = single
        operator = expr.operator if factor > 0 else TURNED[expr.operator]
        made = self._held(operator, aggregate, figure)
        return super()._compare(expr) if made is None else made

    def no_more(self, expr: core.Expr, other: SideCompiler, than: core.Expr) -> bool:
        for one in _taken(self, expr):
            self._ranked(one)
        return isinstance(other, FoldingCompiler) and no_more((self, expr), (other, than))

    def _held(self, operator: str, expr: core.Aggregate, figure: Fraction) -> Piece | None:
        """An aggregate against a figure; None where it has no rank."""
        counted = tallies.held_against(operator, expr, figure)
        if counted is not None:
            return self.piece(counted)
        taken = Taken(self, expr)
        if not is_told(taken):
            return None
        family, ranked = self._ranked(taken)
        step, passed = _step(operator, figure, _is_whole(expr))
        family.steps.add(step)
        place = variable(ranked.place)

        def run(vector: Vector) -> Answer:
            least = Fraction(family.order.get(step, 0))
            answer = values.compare("at_least", vector[ranked.place], least)
            return answer if passed else values.negation(answer)

        return asked(Piece(run, place.atoms))

    def _ranked(self, taken: Taken) -> tuple[Family, Ranked]:
        expr, grid = taken.expr, self.grid
        subject = self.scope.subject and self.scope.subject.entity
        name = bare(expr.records), subject, self.scope.day, _sort_of(expr)
        family = families(grid).setdefault(name, Family())
        key = bare(expr), self.side if self.differs(expr) else None
        if key not in family.members:
            place = len(grid.atoms)
            grid.atoms.append(Atom(place, (), RANK, UNKNOWN, None))
            free = evaluate(self.scope, expr).answer
            family.members[key] = Ranked(place, taken, free)
            so = tallies.held_against("at_least", expr, ONE) if expr.kind == "share" else None
            whole = None if so is None else self.piece(so)
            family.members[key] = Ranked(place, taken, free, whole)
        return family, family.members[key]

    # ---- measures of targets

    def measured(self, expr: core.Expr) -> Piece:
        single = _single(self.sum(expr))
        if single is None or not is_told(Taken(self, single[1])):
            return super().measured(expr)
        factor, aggregate, turned = single
        taken = Taken(self, aggregate)
        family, ranked = self._ranked(taken)
        place = variable(ranked.place)

        def run(vector: Vector) -> Answer:
            low, high = values.bounds(vector[ranked.place])
            if low is None or high is None:
                return UNKNOWN
            ends = [_standing(family, ranked, int(one)) for one in (low, high)]
            return values.interval(*sorted(factor * (one - turned) for one in ends))

        return Measure(run, place.atoms, family=family, single=single)

    def cut_at(self, piece: Piece, value: Fraction | datetime.date) -> None:
        if not isinstance(piece, Measure) or not isinstance(value, Fraction):
            super().cut_at(piece, value)
            return
        factor, expr, turned = piece.single
        figure = value / factor + turned
        for operator in ("at_least", "more_than"):
            piece.family.steps.add(_step(operator, figure, _is_whole(expr))[0])

    def settle(self) -> None:
        """Ranks are known once all figures are."""
        for family in families(self.grid).values():
            for place, step in enumerate(sorted(family.steps), start=1):
                family.order[step] = place
            for one in family.members.values():
                atom = self.grid.atoms[one.place]
                self.grid.atoms[one.place] = evolve(atom, free=_range(family, one.free))
            for one in family.members.values():
                _tie(self.grid, family, one)
            _relate(self.grid, family)


def _taken(compiler: RankingCompiler, expr: core.Expr) -> Iterator[Taken]:
    """What a value takes of lists, so that lists are told apart by it."""
    waiting = [expr]
    while waiting:
        _, one = defined((compiler, waiting.pop()))
        taken = Taken(compiler, one) if isinstance(one, core.Aggregate) else None
        if taken is None:
            waiting += children(one)
        elif is_told(taken):
            yield taken


def _tie(grid: Grid, family: Family, ranked: Ranked) -> None:
    """A share is the whole where no record fails, and less where one does."""
    whole, rank = ranked.whole, family.order.get((ONE, 0))
    if whole is None or rank is None:
        return
    steps = Fraction(len(family.steps))

    def most(vector: Vector) -> Answer:
        so = values.truth(whole.run(vector))
        return values.interval(*_ends(so, (steps, Fraction(rank - 1))))

    def least(vector: Vector) -> Answer:
        so = values.truth(whole.run(vector))
        return values.interval(*_ends(so, (Fraction(rank), Fraction(0))))

    for operator, run in (("at_most", most), ("at_least", least)):
        piece = Piece(run, whole.atoms)
        grid.relations.setdefault(ranked.place, []).append((operator, piece))
        atoms = (ranked.place, *whole.atoms)
        grid.cuts.append(Cut(variable(ranked.place), piece, atoms))


def _ends(so: bool | None, either: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    """One of two figures, or both as the ends of an interval where it is not known which."""
    if so is None:
        return min(either), max(either)
    return (either[0],) * 2 if so else (either[1],) * 2


def _relate(grid: Grid, family: Family) -> None:
    if len(family.members) > MOST_COMPARED:
        return
    for one, other in permutations(family.members.values(), 2):
        if never_more(one.taken, other.taken):
            held = variable(other.place)
            grid.relations.setdefault(one.place, []).append(("at_most", held))
            grid.cuts.append(Cut(variable(one.place), held, (one.place, other.place)))


def _range(family: Family, free: Answer) -> Answer:
    """The ranks that a number can have of which this is known."""
    low, high = values.bounds(free)
    least = sum(low is not None and reached(step, low) for step in family.steps)
    most = sum(high is None or reached(step, high) for step in family.steps)
    return values.interval(Fraction(least), Fraction(most))


def _standing(family: Family, ranked: Ranked, rank: int) -> Fraction:
    """A number that stands for all of a rank."""
    steps = sorted(family.steps)
    low, high = values.bounds(ranked.free)
    over = steps[rank][0] if rank < len(steps) else high
    if not rank:
        return low if low is not None else over - 1 if over is not None else Fraction(0)
    under, passed = steps[rank - 1]
    if _is_whole(ranked.taken.expr):
        return Fraction(math.floor(under) + 1 if passed else math.ceil(under))
    if not passed:
        return under
    return under + 1 if over is None else (under + over) / 2


def reached(step: Step, value: Fraction) -> bool:
    """Whether a number reaches or passes a figure."""
    figure, passed = step
    return value > figure if passed else value >= figure


# ---- comparisons ---------------------------------------------------------------------------------


def _single(whole: Sum | None) -> tuple[Fraction, core.Aggregate, Fraction] | None:
    """A sum of one aggregate and a figure, held against nothing: its factor, the aggregate, and
    what it is held against."""
    if whole is None or len(whole.terms) != 1:
        return None
    factor, expr = next(iter(whole.terms.values()))
    if not isinstance(expr, core.Aggregate):
        return None
    return factor, expr, -whole.constant / factor


def _step(operator: str, figure: Fraction, whole: bool) -> tuple[Step, bool]:
    """The figure that a comparison asks to be reached or passed, or (False) not to be."""
    passed = operator in ("more_than", "at_most")
    upward = operator in ("more_than", "at_least")
    if whole:
        return (Fraction(math.floor(figure) + 1 if passed else math.ceil(figure)), 0), upward
    return (figure, int(passed)), upward


def _sort_of(expr: core.Aggregate) -> object:
    """What aggregates have in common that may be held against each other."""
    if expr.kind in ("count", "distinct"):
        return "number"
    kind = type_of(expr)
    return kind.dimension if isinstance(kind, core.NumberType) and kind.dimension else expr.kind


def _is_whole(expr: core.Aggregate) -> bool:
    return isinstance(expr.type, core.NumberType) and expr.type.whole


def _by_comparisons(expr: core.Equal | core.Within) -> core.Expr | None:
    """That numbers are the same, as two comparisons; None where no list is among them."""
    item = expr.left if isinstance(expr, core.Equal) else expr.item
    members = (expr.right,) if isinstance(expr, core.Equal) else expr.members
    if not all(isinstance(type_of(one), core.NumberType) for one in (item, *members)):
        return None
    if not any(isinstance(one, core.Aggregate) for one in within(item, *members)):
        return None
    pairs = [
        core.All(tuple(core.Part(core.Compare(key, item, one)) for key in ("at_least", "at_most")))
        for one in members
    ]
    so = core.Any(tuple(map(core.Part, pairs)))
    return core.Not(so) if expr.negated else so

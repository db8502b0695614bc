"""The compiler of one of two policies that are compiled over one grid."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from vocpolicy import core
from vocpolicy.box.atoms import Cut, Grid
from vocpolicy.box.compiler import Compiler, atom_piece
from vocpolicy.box.pieces import Piece, joined
from vocpolicy.core.walk import children, type_of, within
from vocpolicy.difference.branches import branches, is_straight
from vocpolicy.difference.meaning import bare, in_force, whole_meaning
from vocpolicy.difference.pairing import Pair
from vocpolicy.once import kept_with


@frozen(eq=False)
class Bent(Piece):
    """A number that is one of several straight lines, or (None) made otherwise."""

    lines: tuple[Piece, ...] | None = None


@frozen(eq=False)
class SideCompiler(Compiler):
    """Compiles one of two policies; what is made of lists is shared where both mean the same.

    Attributes:
        side: 0 for the old policy, 1 for the new one.
        changed: names that mean something else in the other policy; "" where anything may.
        unrounded: roundings that are left out, by identity.
    """

    folds: ClassVar[bool] = False
    """Whether proofs are all that it is for, so that directions are all that count."""

    bending: ClassVar[tuple[type[core.Expr], ...]] = (core.Arithmetic, core.Choose, core.Scale)
    """What is looked at as one of several lines."""

    side: int
    changed: frozenset[str]
    unrounded: frozenset[int] = frozenset()

    def _piece(self, expr: core.Expr) -> Piece:
        if isinstance(expr, core.Round) and id(expr) in self.unrounded:
            return self.piece(expr.operand)
        made = super()._piece(expr)
        if not isinstance(expr, self.bending) or is_straight(expr):
            return made
        if not isinstance(type_of(expr), core.NumberType):
            return made
        return bent(self, expr, made)

    def _cut(self, left: Piece, right: Piece) -> None:
        """Where each line of one meets each line of the other."""
        for one in lines_of(left):
            for other in lines_of(right):
                atoms = joined([one, other])
                if atoms:
                    self.grid.cuts.append(Cut(one, other, atoms))

    def opaque(self, expr: core.Expr) -> Piece:
        subject = self.scope.subject
        side = self.side if self.differs(expr) else None
        key = ("opaque", bare(expr), subject.entity if subject else None, side)
        place = self.grid.places.get(key, -1)
        if place < 0:
            place = self.grid.places[key] = len(self.grid.atoms)
            self.grid.atoms.append(self._opaque(expr, place))
        return atom_piece(place)

    def of_records(self, grid: Grid, entity: str, plain: bool) -> SideCompiler:
        """A compiler for one record of a list by itself; `plain`: sums are not folded."""
        kind = LiningCompiler if plain else type(self)
        scope = self.scope.enter(entity)
        return kind(scope, grid, self.decided, {}, self.side, self.changed)

    def no_more(self, expr: core.Expr, other: SideCompiler, than: core.Expr) -> bool:
        """Whether it is proved that an expression is never more than one of another policy."""
        return False

    def settle(self) -> None:
        """Called when all that is asked of a grid is compiled."""

    def differs(self, expr: core.Expr) -> bool:
        """Whether an expression may come to something else in the other policy."""
        named = (core.DefinitionRef, core.ConclusionRef)
        names = (one.name for one in within(expr) if isinstance(one, named))
        return "" in self.changed or any(name in self.changed for name in names)


@frozen(eq=False)
class LiningCompiler(SideCompiler):
    """Looks at what rules give as lines too: more is then found where it changes, at a price."""

    bending: ClassVar[tuple[type[core.Expr], ...]] = (*SideCompiler.bending, core.ConclusionRef)


def bent(compiler: SideCompiler, expr: core.Expr, made: Piece) -> Bent:
    """What was compiled, with the lines that it is made of."""
    found = branches(compiler, expr, compiler.unrounded)
    lines = None if found is None else tuple(found)
    return Bent(made.run, made.atoms, None, made.monotone, lines)


def is_number(compiler: Compiler, expr: core.Expr) -> bool:
    """Whether an expression comes to a number whatever its facts are: not to `none`, and not to
    nothing known."""
    policy, day = compiler.scope.policy, compiler.scope.day
    match expr:
        case core.Aggregate():
            return isinstance(expr.type, core.NumberType)
        case core.ConclusionRef() | core.Range() | core.DatesBetween():
            return False
        case core.DefinitionRef(name=name):
            dated = in_force(policy, policy.definitions[name], day)
            return dated is not None and is_number(compiler, dated.value)
        case core.FieldRef(record=record) if record is not None:
            return False
        case _ if not isinstance(type_of(expr), core.NumberType):
            return False
        case _:
            return all(is_number(compiler, one) for one in children(expr))


def lines_of(piece: Piece) -> tuple[Piece, ...]:
    """The lines of a number; itself where it is one, or nothing is known of it."""
    return piece.lines if isinstance(piece, Bent) and piece.lines is not None else (piece,)


def changed_names(pair: Pair) -> frozenset[str]:
    """Definitions and conclusions that rest on something else in the other policy."""
    kept = kept_with(pair)
    if "changed names" not in kept:
        kept["changed names"] = _changed_names(pair)
    found: frozenset[str] = kept["changed names"]
    return found


def _changed_names(pair: Pair) -> frozenset[str]:
    if pair.joint_old.month_end != pair.joint_new.month_end:
        return frozenset({""})
    old, new = pair.joint_old, pair.joint_new
    names = {*old.definitions, *old.conclusions, *new.definitions, *new.conclusions}
    return frozenset(name for name in names if not _unchanged(pair, name))


def _unchanged(pair: Pair, name: str) -> bool:
    one = whole_meaning(pair.joint_old, name, pair.day)
    return one == whole_meaning(pair.joint_new, name, pair.day)

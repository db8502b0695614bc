"""Proofs that leave aside how facts meet: a comparison of several facts may come out either way,
whatever they are, and bounds between facts need not be kept.  What has no case even so has none."""

from __future__ import annotations

from vocpolicy import core
from vocpolicy.box.atoms import Atom
from vocpolicy.box.compiler import Compiler, atom_piece
from vocpolicy.box.pieces import Piece, joined
from vocpolicy.trace import UNKNOWN


class LooseCompiler(Compiler):
    """Compiles a comparison of several facts as a yes or no of its own."""

    def _compare(self, expr: core.Compare) -> Piece:
        if len(joined([self.piece(expr.left), self.piece(expr.right)])) < 2:
            return super()._compare(expr)
        rests_on = self._rests_on(expr)
        key: object = ("loose", expr, rests_on)
        try:
            place = self.grid.places.get(key, -1)
        except TypeError:
            key, place = ("loose", id(expr), rests_on), -1
        if place < 0:
            place = self.grid.places[key] = len(self.grid.atoms)
            self.grid.atoms.append(Atom(place, (), core.YesNoType(), UNKNOWN, None))
        return atom_piece(place)

    def _relate(self, place: int, fact: core.Fact) -> None:
        self.grid.relations.setdefault(place, [])

"""Two cases at once that differ in certain facts alone: each of these facts has a second value."""

from __future__ import annotations

from types import MappingProxyType

from attrs import frozen

from vocpolicy import core
from vocpolicy.box.atoms import Atom
from vocpolicy.box.compiler import Compiler
from vocpolicy.interpreter import Facts
from vocpolicy.interpreter.names import names_in

TWIN = "\N{PRIME}"
"""Marks the second value of a fact among those of a case."""


def twin_of(compiler: Compiler, names: frozenset[str]) -> Compiler:
    """A compiler over the same grid, in which the facts of those names have other values."""
    return TwinCompiler(compiler.scope, compiler.grid, compiler.decided, {}, names)


def pair(facts: Facts) -> tuple[Facts, Facts]:
    """The two cases that one vector stands for."""
    before = {one: value for one, value in facts.values.items() if not one.endswith(TWIN)}
    seconds = {one: value for one, value in facts.values.items() if one.endswith(TWIN)}
    after = before | {one.removesuffix(TWIN): value for one, value in seconds.items()}
    return Facts(MappingProxyType(before)), Facts(MappingProxyType(after))


@frozen(eq=False)
class TwinCompiler(Compiler):
    """Compiles a second time, with other values of some facts."""

    names: frozenset[str] = frozenset()

    def fact_atom(self, fact: core.Fact) -> int:
        if fact.name not in self.names:
            return super().fact_atom(fact)
        key = ("twin", fact.name, id(fact))
        if key in self.grid.places:
            return self.grid.places[key]
        place = self.grid.places[key] = len(self.grid.atoms)
        atom = Atom(place, (fact.name + TWIN,), fact.type, self._free(fact), None, fact)
        self.grid.atoms.append(atom)
        self._relate(place, fact)
        return place

    def _rests_on(self, expr: core.Expr) -> object:
        own = self.names.intersection(names_in(self.scope, expr))
        return super()._rests_on(expr), tuple(sorted(own))

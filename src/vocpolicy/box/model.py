"""A provision as a function of what varies: the same answers as the interpreter's, faster.

model = model_of(policy, "entry", facts, as_of)
model.keys(model.given)        the outcomes that are still possible
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, frozen

from vocpolicy import core
from vocpolicy.box.atoms import Atom, Grid, Part, Relation
from vocpolicy.box.compiler import EMPTY, Compiler
from vocpolicy.box.judging import target_rule
from vocpolicy.box.pieces import Run, Vector
from vocpolicy.box.rulings import (
    Key,
    Rule,
    Ruling,
    conclusion_rule,
    decided,
    definition_rule,
    provision_rule,
)
from vocpolicy.core import Nothing
from vocpolicy.interpreter import Facts, Scope, new_scope
from vocpolicy.interpreter.known import unknown_number
from vocpolicy.interpreter.values import compare
from vocpolicy.trace import UNKNOWN, Answer, Possible, Unknown

CONFLICT: Key = ("conflict", None)


class NotSearchableError(Exception):
    """A provision that cannot be compiled: chains too long, goals that turn on missing facts."""


@frozen(eq=False)
class Model:
    """A compiled provision over the facts of one case.

    Attributes:
        rule: the ruling for a vector, and the atoms that it reads.
        grid: atoms, the bounds between them, and where answers change.
        remembered: what a search has worked out of it.
    """

    policy: core.Policy
    name: str
    scope: Scope
    rule: Rule
    grid: Grid
    _empty: list[Answer] = field(repr=False)
    remembered: dict[tuple[int, ...], tuple[tuple[Answer, ...], Any]] = field(
        repr=False, factory=dict
    )

    @property
    def atoms(self) -> list[Atom]:
        return self.grid.atoms

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every fact that something reads, in the order in which rules read them."""
        atoms = (atom for atom in self.atoms if atom.part is None)
        return tuple(dict.fromkeys(name for atom in atoms for name in atom.names))

    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """The parts of supplied lists and records that something reads, by their paths."""
        return {atom.name: atom.part for atom in self.atoms if atom.part is not None}

    @cached_property
    def beside(self) -> tuple[tuple[int, ...], ...]:
        """For each atom, those that are compared together with it, and itself."""
        found: list[dict[int, None]] = [{atom.place: None} for atom in self.atoms]
        for cut in self.grid.cuts:
            for place in cut.atoms:
                found[place].update(dict.fromkeys(cut.atoms))
        return tuple(tuple(one) for one in found)

    @cached_property
    def given(self) -> Vector:
        """The case as it was supplied, with what bounds say of what is missing."""
        return self.vector(())

    def vector(self, freed: Iterable[str]) -> Vector:
        """The case with some facts as if nobody had supplied them."""
        free = frozenset(freed)
        vector = [
            atom.free if atom.value is None or free.intersection(atom.names) else atom.value
            for atom in self.atoms
        ]
        return self.narrowed(vector)

    def narrowed(self, vector: Vector) -> Vector:
        """Open numbers within what bounds between facts leave of them; changes the vector."""
        for place, fact, related in self._related:
            here = vector[place]
            if not isinstance(here, Unknown):
                continue
            ends: list[tuple[str, Answer | None]] = [
                *((operator, self.answer(piece.run, vector)) for operator, piece in related),
                ("at_least", here.low),
                ("at_most", here.high),
            ]
            known = [(operator, one) for operator, one in ends if isinstance(one, Fraction)]
            found = unknown_number(fact, known)
            if found is not UNKNOWN:
                vector[place] = found
        return vector

    @property
    def bounded(self) -> bool:
        """Whether bounds between facts leave less of one where another is known."""
        return bool(self._related)

    @cached_property
    def _related(self) -> list[tuple[int, core.Fact, list[Relation]]]:
        """The numbers that bounds hold against other facts, in the order of their reading."""
        pairs = ((self.atoms[place], related) for place, related in self.grid.relations.items())
        return [
            (atom.place, atom.fact, related)
            for atom, related in pairs
            if related and atom.fact is not None and isinstance(atom.fact.type, core.NumberType)
        ]

    def answer(self, run: Run, vector: Vector) -> Answer:
        """What a piece comes to."""
        return run([*vector, *self._empty])

    def about(self, scope: Scope) -> Model:
        """The same provision over another case that was supplied with the same facts."""
        atoms = [evolve(atom, value=scope.find(atom.name).value) for atom in self.atoms]
        return Model(
            self.policy, self.name, scope, self.rule, evolve(self.grid, atoms=atoms), self._empty
        )

    def working(self, vector: Vector) -> Vector:
        """The vector with places for what is worked out once."""
        return [*vector, *self._empty]

    def ruling(self, vector: Vector) -> Ruling:
        """What comes of a vector."""
        return self.rule[0]([*vector, *self._empty])

    def keys(self, vector: Vector) -> frozenset[Key]:
        """Every outcome that is possible for a vector; a value that is not known is `UNKNOWN`."""
        return keys_of(self.ruling(vector))

    def valid(self, vector: Vector) -> bool | None:
        """Whether the bounds between facts are kept; None where that is open."""
        open_ = False
        for place, related in self.grid.relations.items():
            for operator, piece in related:
                one, other = vector[place], self.answer(piece.run, vector)
                if one is Nothing.NONE or other is Nothing.NONE:
                    continue  # a stay that goes on has no end to begin before
                answer = compare(operator, one, other)
                if answer is False:
                    return False
                open_ = open_ or answer is not True
        return None if open_ else True


def key_of(possible: Possible) -> Key:
    """An outcome by which two are compared; UNKNOWN stands for a value that is open."""
    answer = possible.answer
    return possible.wording, UNKNOWN if isinstance(answer, Unknown) else answer


def keys_of(ruling: Ruling) -> frozenset[Key]:
    """The outcomes of a ruling.  Where no fact can settle it, that is its outcome."""
    if ruling.settled is not None:
        return frozenset((key_of(ruling.settled),))
    keys = {key_of(one) for one in ruling.possible}
    if ruling.doubt is not None and getattr(ruling.doubt, "atom", -1) < 0:
        return frozenset((CONFLICT if ruling.conflict else ("undetermined", None),))
    return frozenset(keys | {CONFLICT}) if ruling.conflict else frozenset(keys)


def is_settled(keys: frozenset[Key]) -> bool:
    """Whether one outcome is left, with its value."""
    return len(keys) == 1 and next(iter(keys))[1] is not UNKNOWN


def model_of(
    policy: core.Policy,
    name: str,
    facts: Facts,
    as_of: datetime.date,
    readings: Mapping[str, str] = MappingProxyType({}),
) -> Model:
    """Compile a conclusion, target, provision or definition over a case.

    Raises:
        NotSearchableError: it cannot be compiled.
    """
    scope = new_scope(policy, facts, as_of, readings)
    supplied = frozenset(one for one in facts.names if facts.on(one, as_of, as_of) is not None)
    key = id(policy), name, as_of, frozenset(readings.items()), supplied
    earlier = _MADE.get(key)
    if earlier is not None and earlier.policy is policy:
        return earlier.about(scope)
    made = _compiled(policy, name, scope)
    if name not in policy.targets and all(atom.fact is not None for atom in made.atoms):
        _MADE.keep(key, made)
    return made


class _Made(dict[object, Model]):
    """Models of the last kinds of case: what a provision is compiled to rests on its facts only
    through which of them were supplied, unless it reads lists or the days of observations."""

    def keep(self, key: object, model: Model) -> None:
        if len(self) >= MOST_MADE:
            self.pop(next(iter(self)), None)
        self[key] = model


MOST_MADE = 32
_MADE = _Made()


def _compiled(policy: core.Policy, name: str, scope: Scope) -> Model:
    grid = Grid()
    compiler = Compiler(scope, grid, decided, {})
    try:
        rule = rule_of(compiler, policy, name)
    except RecursionError:
        rule = None
    if rule is None:
        raise NotSearchableError(name)
    return Model(policy, name, scope, rule, grid, [EMPTY] * grid.slots[0])


def rule_of(compiler: Compiler, policy: core.Policy, name: str) -> Rule | None:
    """A provision compiled by name; None where it cannot be."""
    if name in policy.targets:
        return target_rule(compiler, policy.targets[name])
    if name in policy.provisions:
        return provision_rule(compiler, policy.provisions[name])
    if name in policy.rules and name not in policy.conclusions:
        name = policy.rules[name].conclusion
    if name in policy.conclusions:
        conclusion = policy.conclusions[name]
        inside = evolve(compiler, scope=compiler.scope.enter(conclusion.entity))
        return conclusion_rule(inside, conclusion)
    definition = policy.definitions[name]
    inside = evolve(compiler, scope=compiler.scope.enter(definition.entity))
    return definition_rule(inside, definition)

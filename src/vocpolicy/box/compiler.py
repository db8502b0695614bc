"""Expressions of the core, compiled once for a date and the readings taken.

Parameters, recorded figures and everything else that no fact enters is worked out while compiling.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import combinations
from typing import Self, assert_never

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.box.atoms import LACKING, Atom, Cut, Grid
from vocpolicy.box.comparing import compared, ratio_compared
from vocpolicy.box.opened import opened
from vocpolicy.box.pieces import (
    Form,
    Piece,
    Run,
    Vector,
    asked,
    constant,
    every,
    joined,
    some,
    summed,
    times,
    turned,
    variable,
)
from vocpolicy.core import Expr, Nothing
from vocpolicy.core.walk import type_of
from vocpolicy.interpreter import dates, scales, values
from vocpolicy.interpreter.expressions import evaluate, in_force
from vocpolicy.interpreter.known import relations, unknown_choice, unknown_number
from vocpolicy.interpreter.names import names_in, readings_in
from vocpolicy.interpreter.scope import Facts, Scope
from vocpolicy.trace import UNKNOWN, Answer, Unknown

EMPTY = Unknown(among=frozenset({"not worked out yet"}))
"""What a place holds before its definition was worked out for a vector; compared by identity."""


@frozen(eq=False)
class Compiler:
    """Compiles for one scope; what is made along the way is shared in `grid`.

    `decided` compiles a conclusion (`vocpolicy.box.conclusions`), and `pieces` are the
    definitions and conclusions that are compiled already, by name and entity.
    """

    scope: Scope
    grid: Grid
    decided: Callable[[Compiler, core.Conclusion], Piece]
    pieces: dict[object, Piece]

    def inside(self, entity: str | None) -> Self:
        return evolve(self, scope=self.scope.enter(entity))

    # ---- expressions

    def piece(self, expr: Expr) -> Piece:
        """The expression compiled; what reads no fact becomes its value.  A comparison that stands
        in several places is one: a question about a rule and its change has most of them twice."""
        if not isinstance(expr, core.Compare | core.Equal | core.Within):
            return self._plain(expr)
        subject = self.scope.subject
        key = id(self.pieces), id(expr), subject and subject.entity
        known = self.grid.compared.get(key)
        if known is None:  # what the ids are of lives as long as they are kept
            known = self.grid.compared[key] = self._plain(expr), (self.pieces, expr)
        return known[0]

    def _plain(self, expr: Expr) -> Piece:
        made = self._piece(expr)
        return made if made.atoms else constant(made.run([]))

    def _piece(self, expr: Expr) -> Piece:
        match expr:
            case core.Const():
                return constant(expr.value)
            case core.Range():
                return constant(values.interval(expr.low, expr.high))
            case core.AsOf():
                return constant(self.scope.day)
            case core.FactRef():
                return self.fact(expr)
            case core.FieldRef():
                return self.fact(expr) if expr.record is None else self.opaque(expr)
            case core.DefinitionRef():
                return self._definition(expr.name)
            case core.ConclusionRef():
                return self._conclusion(expr.name)
            case core.Negate() | core.Arithmetic():
                return self._arithmetic(expr)
            case core.Divide():
                return self._divide(expr)
            case core.Compare():
                return self._compare(expr)
            case core.Equal() | core.Within():
                return self._equal(expr)
            case core.Not():
                operand = self.piece(expr.operand)
                return asked(Piece(lambda v: values.negation(operand.run(v)), operand.atoms))
            case core.All():
                return every([self.piece(part.expr) for part in expr.parts])
            case core.Any():
                return some([self.piece(part.expr) for part in expr.parts])
            case core.DatesBetween():
                return self._dates_between(expr)
            case core.Aggregate():
                return self.opaque(expr)
            case core.Round() | core.Choose():
                return self._rounded(expr)
            case core.Scale():
                return self._scale(expr)
            case _:
                assert_never(expr)

    # ---- atoms

    def fact(self, expr: core.FactRef | core.FieldRef) -> Piece:
        """The atom of a fact of the case."""
        found = self.scope.find(expr.name)
        if found.fact is None:
            return self.opaque(expr)
        place = self.fact_atom(found.fact)
        return variable(place)

    def fact_atom(self, fact: core.Fact) -> int:
        key = ("fact", fact.name, id(fact))
        if key in self.grid.places:
            return self.grid.places[key]
        place = self.grid.places[key] = len(self.grid.atoms)
        found = self.scope.find(fact.name)
        free = self._free(fact)
        self.grid.atoms.append(Atom(place, (fact.name,), fact.type, free, found.value, fact))
        self._relate(place, fact)
        return place

    def _free(self, fact: core.Fact) -> Answer:
        match fact.type:
            case core.ChoiceType():
                return unknown_choice(self.scope.policy, fact.type)
            case core.NumberType():
                return unknown_number(fact, [])
            case _:
                return UNKNOWN

    def _relate(self, place: int, fact: core.Fact) -> None:
        """Bounds between facts; a sibling that nothing else reads counts where it is supplied."""
        siblings = self.scope.siblings(self.scope.find(fact.name))
        related = self.grid.relations.setdefault(place, [])
        day = isinstance(core.inner(fact.type), core.DateType)
        fixed = [(key, one) for key, one in fact.compares if day and isinstance(one, core.Const)]
        for operator, expr in (*fixed, *relations(fact, siblings)):
            bound = siblings.get(expr.name) if isinstance(expr, core.FactRef) else None
            known = bound is None or ("fact", bound.name, id(bound)) in self.grid.places
            if known or self.scope.find(bound.name if bound else "").value is not None:
                piece = self.piece(expr)
                related.append((operator, piece))
                self._cut(variable(place), piece)

    def _cut(self, left: Piece, right: Piece) -> None:
        atoms = joined([left, right])
        if atoms:
            self.grid.cuts.append(Cut(left, right, atoms))

    def opaque(self, expr: Expr) -> Piece:
        """What the interpreter makes of a list or a record, as an atom of its own."""
        key: object = ("opaque", expr, self._rests_on(expr))
        try:
            place = self.grid.places.get(key, -1)
        except TypeError:
            key, place = ("opaque", id(expr), self._rests_on(expr)), -1
        if place < 0:
            place = self.grid.places[key] = len(self.grid.atoms)
            self.grid.atoms.append(self._opaque(expr, place))
            self.grid.pieces[place] = opened(self, expr, place)
        return self.grid.pieces[place]

    def _rests_on(self, expr: Expr) -> object:
        """What the value of an expression rests on besides the facts of the case."""
        subject = self.scope.subject
        return subject and subject.entity, self.scope.day, readings_in(self.scope, expr)

    def _opaque(self, expr: Expr, place: int) -> Atom:
        names = tuple(dict.fromkeys(names_in(self.scope, expr)))
        step = evaluate(self.scope, expr)
        absent = Facts(
            {name: one for name, one in self.scope.facts.values.items() if name not in names},
            {name: one for name, one in self.scope.facts.series.items() if name not in names},
        )
        free = evaluate(evolve(self.scope, facts=absent, memo={}), expr).answer
        value: Answer | None = step.answer
        if isinstance(value, Unknown) and step.missing:
            records = all(one.partition(".")[0] in self.lists for one in step.missing)
            value = LACKING if records else None
        return Atom(place, names, type_of(expr), free, value, None, expr)

    @property
    def lists(self) -> frozenset[str]:
        """The lists and records that were supplied."""
        supplied = self.scope.facts.values.items()
        return frozenset(name for name, one in supplied if isinstance(one, tuple | core.Record))

    # ---- names

    def slot(self, made: Piece) -> Piece:
        """What is worked out once for a vector, however often it is named."""
        if not made.atoms:
            return made
        back = self.grid.slots[0] = self.grid.slots[0] + 1

        def kept(vector: Vector) -> Answer:
            answer = vector[-back]
            if answer is EMPTY:
                vector[-back] = answer = made.run(vector)
            return answer

        return evolve(made, run=kept)

    def _definition(self, name: str) -> Piece:
        declared = self.scope.policy.definitions[name]
        inside = self.inside(declared.entity)
        key = ("definition", name, declared.entity)
        if key not in self.pieces:
            dated = in_force(inside.scope, declared)
            made = constant(UNKNOWN) if dated is None else inside.piece(dated.value)
            self.pieces[key] = self.slot(made)
        return self.pieces[key]

    def _conclusion(self, name: str) -> Piece:
        declared = self.scope.policy.conclusions[name]
        key = ("conclusion", name, declared.entity)
        if key not in self.pieces:
            made = self.decided(self.inside(declared.entity), declared)
            self.pieces[key] = self.slot(made)
        return self.pieces[key]

    # ---- numbers and dates

    def _arithmetic(self, expr: core.Negate | core.Arithmetic) -> Piece:
        if isinstance(expr, core.Negate):
            zero = constant(values.ZERO)
            return _number([zero, self.piece(expr.operand)], _WORK["subtract"], "subtract")
        operands = [self.piece(expr.left), self.piece(expr.right)]
        if expr.operator == "shift":
            made = _number(operands, lambda one, other: self._shift(one, other, expr.right))
            return evolve(made, monotone=operands[0].monotone and not operands[1].atoms)
        return _number(operands, _WORK[expr.operator], expr.operator)

    def _shift(self, date: Answer, length: Answer, written: Expr) -> Answer:
        if not isinstance(date, datetime.date) or not isinstance(length, Fraction):
            return values.undecided(date, length)
        moved = dates.shifted(date, length, type_of(written), self.scope.policy.month_end)
        return UNKNOWN if moved is None else moved

    def _divide(self, expr: core.Divide) -> Piece:
        left, right = self.piece(expr.left), self.piece(expr.right)
        other = None if expr.if_zero is None else self.piece(expr.if_zero)
        type_ = type_of(expr.right)
        whole = isinstance(type_, core.NumberType) and type_.whole

        def run(vector: Vector) -> Answer:
            one, two = left.run(vector), right.run(vector)
            if one is Nothing.NONE or two is Nothing.NONE:
                return Nothing.NONE
            if_zero = None
            if other is not None and values.equal(two, values.ZERO) is not False:
                if_zero = other.run(vector)
            return values.divide(one, two, if_zero, whole, expr.part_of_whole)

        def form(vector: Vector, place: int) -> Form | None:
            over, under = left.in_atom(vector, place), right.in_atom(vector, place)
            return None if over is None or under is None else times(over, turned(under))

        atoms = joined([left, right, *([other] if other else [])])
        return Piece(run, atoms, form if other is None or not other.atoms else None)

    def _dates_between(self, expr: core.DatesBetween) -> Piece:
        def work(start: Answer, end: Answer) -> Answer:
            if isinstance(start, datetime.date) and isinstance(end, datetime.date):
                length = dates.between(expr.unit, start, end, self.scope.policy.month_end)
                return Fraction(length * (12 if expr.unit == "years" else 1))
            return values.undecided(start, end)

        sides = [self.piece(expr.start), self.piece(expr.end)]
        turning = [side for side in sides if side.atoms]
        return evolve(_number(sides, work), monotone=len(turning) == 1 and turning[0].monotone)

    def _rounded(self, expr: core.Round | core.Choose) -> Piece:
        if isinstance(expr, core.Choose):
            several = [self.piece(member) for member in expr.members]
            for one, other in combinations(several, 2):
                self._cut(one, other)
            varied = [piece for piece in several if piece.atoms]
            return Piece(
                lambda v: scales.chosen(expr.kind, [one.run(v) for one in several]),
                joined(several),
                monotone=len(varied) == 1 and varied[0].monotone,
            )
        operand, grain = self.piece(expr.operand), expr.grain.value
        assert isinstance(grain, Fraction)
        return Piece(
            lambda v: scales.rounded(expr.mode, operand.run(v), grain),
            operand.atoms,
            monotone=operand.monotone,
        )

    def _scale(self, expr: core.Scale) -> Piece:
        operand = self.piece(expr.operand)
        starts = [self.piece(band.start) for band in expr.bands]
        lines = [self.piece(band.value) for band in expr.bands]
        for start in starts:
            self._cut(operand, start)

        def run(vector: Vector) -> Answer:
            at = operand.run(vector)
            begun = [one.run(vector) for one in starts]
            if expr.kind == "marginal":
                return scales.marginal(at, begun, [one.run(vector) for one in lines])
            reached = scales.reached(at, begun)
            possible = [lines[place].run(vector) for place in reached if place is not None]
            if None in reached and isinstance(expr.type, core.OptionalType):
                possible.append(Nothing.NONE)
            return scales.band(at, begun, possible)

        fixed = not any(piece.atoms for piece in (*starts, *lines))
        rising = fixed and expr.kind == "marginal" and all(_not_falling(one) for one in lines)
        atoms = joined([operand, *starts, *lines])
        return Piece(run, atoms, monotone=rising and operand.monotone)

    # ---- comparisons

    def _compare(self, expr: core.Compare) -> Piece:
        left, right = self.piece(expr.left), self.piece(expr.right)
        self._cut(left, right)
        run = compared(expr.operator, left.run, right.run)
        figure = None if right.atoms else right.run([])
        if isinstance(expr.left, core.Divide) and isinstance(figure, Fraction):
            run = self._ratio(expr.operator, expr.left, figure, run)
        return asked(Piece(run, joined([left, right])))

    def _ratio(self, operator: str, ratio: core.Divide, figure: Fraction, whole: Run) -> Run:
        """A ratio of two things that vary apart; bounds between them say more than their ends."""
        over, under = self.piece(ratio.left), self.piece(ratio.right)
        if ratio.if_zero is not None or ratio.part_of_whole or set(over.atoms) & set(under.atoms):
            return whole
        return ratio_compared(operator, over, under, figure, whole)

    def measured(self, expr: Expr) -> Piece:
        """A number that is held against figures alone, each of them told by `cut_at`."""
        return self.piece(expr)

    def cut_at(self, piece: Piece, value: Fraction | datetime.date) -> None:
        """Say that something changes where a number, or a date, is this one."""
        self._cut(piece, constant(value))

    def _equal(self, expr: core.Equal | core.Within) -> Piece:
        item = expr.left if isinstance(expr, core.Equal) else expr.item
        members = (expr.right,) if isinstance(expr, core.Equal) else expr.members
        left, rights = self.piece(item), [self.piece(member) for member in members]

        def run(vector: Vector) -> Answer:
            answer = values.within(left.run(vector), [one.run(vector) for one in rights])
            return values.negation(answer) if expr.negated else answer

        made = asked(Piece(run, joined([left, *rights])))
        for piece in rights:
            self._remember(left, piece)
        return made

    def _remember(self, left: Piece, right: Piece) -> None:
        """Where numbers and dates are the same, and the texts that a text is compared with."""
        self._cut(left, right)
        for piece, other in ((left, right), (right, left)):
            value = None if other.atoms else other.run([])
            if isinstance(value, str):
                for atom in piece.atoms:
                    self.grid.texts.setdefault(atom, set()).add(value)


atom_piece = variable


_WORK: Mapping[str, Callable[[Answer, Answer], Answer]] = {
    "add": values.add,
    "subtract": lambda one, other: values.add(one, values.negate(other)),
    "multiply": values.multiply,
}


def _not_falling(rate: Piece) -> bool:
    answer = rate.run([])
    return isinstance(answer, Fraction) and answer >= 0


def _number(
    operands: list[Piece], work: Callable[[Answer, Answer], Answer], operator: str = ""
) -> Piece:
    """Arithmetic on two; of `none` it makes `none`."""
    left, right = operands
    one, other = left.run, right.run

    def run(vector: Vector) -> Answer:
        first, second = one(vector), other(vector)
        if first is Nothing.NONE or second is Nothing.NONE:
            return Nothing.NONE
        return work(first, second)

    def form(vector: Vector, place: int) -> Form | None:
        a, b = left.in_atom(vector, place), right.in_atom(vector, place)
        if a is None or b is None:
            return None
        return times(a, b) if operator == "multiply" else summed(a, b, _SIGNS[operator])

    return Piece(run, joined(operands), form if operator else None)


_SIGNS: Mapping[str, int] = {"add": 1, "subtract": -1}

"""Proofs that take what several facts come to together for one number.

Where a sum, a share or the like of several facts is all that conditions and values read of them,
it is enough to look at every value that it can have: how the facts make it up is left aside.
Numbers are brought into one form, a sum of terms with factors, so that `a - b - 3500 yuan` and
`a - b - 5000 yuan` are one number and two figures.  What has no case even so has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar, TypeAlias

from attrs import frozen

from vocpolicy import core
from vocpolicy.box.atoms import Atom
from vocpolicy.box.compiler import EMPTY, atom_piece
from vocpolicy.box.pieces import Form, Piece, Vector, asked, constant, joined, summed, times
from vocpolicy.core.walk import type_of, within
from vocpolicy.difference.meaning import bare, in_force
from vocpolicy.difference.sides import Bent, LiningCompiler
from vocpolicy.interpreter import values
from vocpolicy.trace import UNKNOWN, Answer, Unknown

ONE = Fraction(1)

Terms: TypeAlias = "tuple[tuple[object, Fraction], ...]"


@frozen
class Sum:
    """`constant` and each term by its factor; terms are expressions, by what they mean."""

    constant: Fraction
    terms: Mapping[object, tuple[Fraction, core.Expr]]


@frozen(eq=False)
class FoldingCompiler(LiningCompiler):
    """Compiles a sum or a share of several facts as one number of its own."""

    folds: ClassVar[bool] = True

    def _piece(self, expr: core.Expr) -> Piece:
        if isinstance(expr, core.Arithmetic | core.Negate | core.Divide) and _is_number(expr):
            return self._folded(expr)
        return super()._piece(expr)

    def _relate(self, place: int, fact: core.Fact) -> None:
        """Bounds between facts need not be kept."""
        self.grid.relations.setdefault(place, [])

    def _compare(self, expr: core.Compare) -> Piece:
        """What is left where one side is taken from the other, held against nothing."""
        whole = None
        if not any(map(self._may_be_no_number, (expr.left, expr.right))):
            whole = added(self.sum(expr.left), scaled(self.sum(expr.right), -ONE))
        if whole is None or not whole.terms:
            return super()._compare(expr)
        left, right = self._made(whole), constant(Fraction(0))
        self._cut(left, right)
        operator = expr.operator
        run = left.run
        return asked(Piece(lambda v: values.compare(operator, run(v), right.run(v)), left.atoms))

    def _folded(self, expr: core.Expr) -> Piece:
        whole = None if self._may_be_no_number(expr) else self.sum(expr)
        if whole is None or not whole.terms:
            return super()._piece(expr)
        if len(whole.terms) == 1 and next(iter(whole.terms.values()))[1] is expr:
            return self._single(expr)
        return self._made(whole)

    def _made(self, whole: Sum) -> Piece:
        """A sum with the first of its factors set apart, so that multiples are one number."""
        first = whole.terms[min(whole.terms, key=repr)][0]
        shape = {key: (factor / first, term) for key, (factor, term) in whole.terms.items()}
        if len(shape) == 1:
            inner = self.piece(next(iter(shape.values()))[1])
        else:
            inner = self._composite(shape)
        return _line(inner, first, whole.constant)

    def _single(self, expr: core.Expr) -> Piece:
        """A quotient or product that is no sum: as it is where it reads one fact."""
        made = super()._piece(expr)
        if len(made.atoms) < 2:
            return made
        return self._number(("folded", bare(expr), self._side(expr)), made)

    def _composite(self, shape: Mapping[object, tuple[Fraction, core.Expr]]) -> Piece:
        pieces = [(factor, self.piece(term)) for factor, term in shape.values()]
        made = _total(pieces)
        if len(made.atoms) < 2:
            return made
        key = frozenset((one, factor) for one, (factor, _) in shape.items())
        return self._number(("folded", key), made)

    def _side(self, expr: core.Expr) -> int | None:
        return self.side if self.differs(expr) else None

    def _number(self, key: object, made: Piece) -> Piece:
        """The atom of a number, within what the bounds of its facts leave of it."""
        place = self.grid.places.get(key, -1)
        if place < 0:
            place = self.grid.places[key] = len(self.grid.atoms)
            # Slots of definitions are not filled here: they come after the atoms.
            free = self._range(made)
            self.grid.atoms.append(Atom(place, (), core.NumberType(()), free, None))
        return atom_piece(place)

    def _range(self, made: Piece) -> Answer:
        vector: Vector = [atom.free for atom in self.grid.atoms]
        answer = made.run([*vector, *([EMPTY] * self.grid.slots[0])])
        return Unknown(answer.low, answer.high) if isinstance(answer, Unknown) else UNKNOWN

    # ---- sums

    def sum(self, expr: core.Expr) -> Sum | None:
        """An expression as a sum of terms; None where it is no number."""
        match expr:
            case core.Const(value=Fraction() as value):
                return Sum(value, {})
            case core.Negate(operand=operand):
                return scaled(self.sum(operand), -ONE)
            case core.Arithmetic(operator="add" | "subtract" as operator):
                sign = ONE if operator == "add" else -ONE
                return added(self.sum(expr.left), scaled(self.sum(expr.right), sign))
            case core.Arithmetic(operator="multiply"):
                return self._product(expr)
            case core.Divide(if_zero=None):
                under = self.sum(expr.right)
                if under is not None and not under.terms and under.constant:
                    return scaled(self.sum(expr.left), 1 / under.constant)
                return self._term(expr)
            case core.DefinitionRef():
                return self._defined(expr)
            case _:
                return self._term(expr)

    def _product(self, expr: core.Arithmetic) -> Sum | None:
        one, other = self.sum(expr.left), self.sum(expr.right)
        if one is None or other is None:
            return None
        if not one.terms:
            return scaled(other, one.constant)
        return scaled(one, other.constant) if not other.terms else self._term(expr)

    def _defined(self, expr: core.DefinitionRef) -> Sum | None:
        """A definition is what it stands for, so that two that are written apart are one."""
        declared = self.scope.policy.definitions[expr.name]
        entity = self.scope.subject.entity if self.scope.subject else None
        dated = in_force(self.scope.policy, declared, self.scope.day)
        fixed = dated is not None and isinstance(dated.value, core.Const)
        if dated is None or not (declared.entity == entity or fixed):
            return self._term(expr)
        return self.sum(dated.value)

    def _may_be_no_number(self, expr: core.Expr) -> bool:
        """Whether it may be `none`, or open whatever its facts are: then it is no number to try
        values of."""
        waiting: list[core.Expr | None] = [expr]
        while waiting:
            for one in within(waiting.pop()):
                match one:
                    case core.ConclusionRef() | core.Range():
                        return True
                    case core.DatesBetween() | core.Arithmetic(operator="shift"):
                        if self.scope.policy.month_end == "refuse":
                            return True
                    case core.DefinitionRef(name=name):
                        declared = self.scope.policy.definitions[name]
                        dated = in_force(self.scope.policy, declared, self.scope.day)
                        if dated is None:
                            return True
                        waiting.append(dated.value)
                    case _:
                        pass
        return False

    def _term(self, expr: core.Expr) -> Sum | None:
        if not isinstance(type_of(expr), core.NumberType):
            return None
        return Sum(Fraction(0), {(bare(expr), self._side(expr)): (ONE, expr)})


def _is_number(expr: core.Expr) -> bool:
    return isinstance(type_of(expr), core.NumberType)


def scaled(one: Sum | None, by: Fraction) -> Sum | None:
    if one is None:
        return None
    terms = {key: (factor * by, term) for key, (factor, term) in one.terms.items() if by}
    return Sum(one.constant * by, terms)


def added(one: Sum | None, other: Sum | None) -> Sum | None:
    if one is None or other is None:
        return None
    terms = dict(one.terms)
    for key, (factor, term) in other.terms.items():
        total = factor + (terms[key][0] if key in terms else 0)
        terms[key] = total, term
    kept = {key: pair for key, pair in terms.items() if pair[0]}
    return Sum(one.constant + other.constant, kept)


# ---- pieces --------------------------------------------------------------------------------------


def _line(inner: Piece, factor: Fraction, constant_: Fraction) -> Piece:
    """A number by a factor, and a constant."""
    if factor == 1 and constant_ == 0:
        return inner

    def run(vector: Vector) -> Answer:
        return values.add(values.multiply(inner.run(vector), factor), constant_)

    def form(vector: Vector, place: int) -> Form | None:
        made = inner.in_atom(vector, place)
        scaled = None if made is None else times(made, _fixed(factor))
        return None if scaled is None else summed(scaled, _fixed(constant_), 1)

    if isinstance(inner, Bent):
        lines = inner.lines
        told = None if lines is None else tuple(_line(one, factor, constant_) for one in lines)
        return Bent(run, inner.atoms, None, inner.monotone, told)
    return Piece(run, inner.atoms, form, inner.monotone)


def _total(pieces: list[tuple[Fraction, Piece]]) -> Piece:
    def run(vector: Vector) -> Answer:
        total: Answer = Fraction(0)
        for factor, piece in pieces:
            total = values.add(total, values.multiply(piece.run(vector), factor))
        return total

    def form(vector: Vector, place: int) -> Form | None:
        total: Form | None = _fixed(Fraction(0))
        for factor, piece in pieces:
            made = piece.in_atom(vector, place)
            scaled = None if made is None else times(made, _fixed(factor))
            total = None if total is None or scaled is None else summed(total, scaled, 1)
        return total

    return Piece(run, joined(piece for _, piece in pieces), form)


def _fixed(value: Fraction) -> Form:
    return value, Fraction(0), ONE, Fraction(0)

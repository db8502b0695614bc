"""Compiled expressions: closures over one vector, with the interpreter's three-valued values.

A vector holds an answer for each atom: a value, or what is known of it.  After the atoms come
places where definitions and conclusions keep what they came to for this vector.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from operator import itemgetter
from typing import TypeAlias

from attrs import evolve, frozen

from vocpolicy.trace import Answer, Unknown

Vector: TypeAlias = "list[Answer]"
Run: TypeAlias = "Callable[[Vector], Answer]"

Form: TypeAlias = tuple[Fraction, Fraction, Fraction, Fraction]
"""A number as a function of one atom x, `(a + b x) / (c + d x)`, as a, b, c, d."""

FormOf: TypeAlias = "Callable[[Vector, int], Form | None]"


@frozen
class Doubt(Unknown):
    """Not known, and the atom whose value would say more (-1: none would)."""

    atom: int = -1


NO_DOUBT = Doubt()

ZERO, ONE = Fraction(0), Fraction(1)


@frozen(eq=False)
class Piece:
    """A compiled expression.

    Attributes:
        run: its answer for a vector.
        atoms: the atoms that it reads, in the order in which it reads them.
        form: of a number, its form in one atom at the values of the others.
        monotone: a greater value of its one atom never turns it the other way.
    """

    run: Run
    atoms: tuple[int, ...] = ()
    form: FormOf | None = None
    monotone: bool = False

    def in_atom(self, vector: Vector, place: int) -> Form | None:
        """Its form in an atom; None where it has none, or where another atom is open."""
        if place in self.atoms:
            return None if self.form is None else self.form(vector, place)
        answer = self.run(vector)
        return (answer, ZERO, ONE, ZERO) if isinstance(answer, Fraction) else None


def constant(answer: Answer) -> Piece:
    return Piece(lambda _: answer)


def variable(place: int) -> Piece:
    """The value of an atom."""

    def form(vector: Vector, _: int) -> Form:
        return ZERO, ONE, ONE, ZERO

    return Piece(lambda v: v[place], (place,), form, True)


def joined(pieces: Iterable[Piece]) -> tuple[int, ...]:
    """The atoms of several, each once."""
    return tuple(dict.fromkeys(atom for piece in pieces for atom in piece.atoms))


def doubt_of(vector: Vector, atoms: Iterable[int], answer: Answer) -> Answer:
    """An unknown answer with the first open atom that it was made from."""
    if not isinstance(answer, Unknown) or isinstance(answer, Doubt):
        return answer
    for atom in atoms:
        if isinstance(vector[atom], Unknown):
            return Doubt(answer.low, answer.high, answer.among, answer.conflict, atom)
    return answer


def asked(piece: Piece) -> Piece:
    """A condition whose doubts name an atom; one of no atom is worked out once."""
    run, atoms = piece.run, piece.atoms
    if not atoms:
        return piece

    def told(vector: Vector) -> Answer:
        answer = run(vector)
        if answer is True or answer is False:
            return answer
        return doubt_of(vector, atoms, answer)

    return Piece(_remembered(told, atoms), atoms)


FEW, MOST_REMEMBERED = 2, 1024
"""Conditions on so many atoms are remembered, for so many of their values."""


def _remembered(run: Run, atoms: tuple[int, ...]) -> Run:
    """A condition on few atoms, worked out once for their values.  Searching changes a few atoms
    at a time and leaves the others the same objects, so values are told apart by identity."""
    known: dict[object, tuple[object, Answer]] = {}
    if len(atoms) > FEW:
        return run
    values_of = itemgetter(*atoms)
    several = len(atoms) > 1

    def remembered(vector: Vector) -> Answer:
        values = values_of(vector)
        key = tuple(map(id, values)) if several else id(values)
        found = known.get(key)
        if found is None:
            if len(known) >= MOST_REMEMBERED:
                known.clear()
            found = known[key] = values, run(vector)  # the values live as long as their ids
        return found[1]

    return remembered


def every(pieces: list[Piece]) -> Piece:
    """True where all are."""
    return _block([piece.run for piece in pieces], joined(pieces), False)


def some(pieces: list[Piece]) -> Piece:
    """True where one is."""
    return _block([piece.run for piece in pieces], joined(pieces), True)


def _block(runs: list[Run], atoms: tuple[int, ...], decisive: bool) -> Piece:
    """The first part that is decisive decides; else the first doubt; else none was."""

    def run(vector: Vector) -> Answer:
        doubt: Unknown | None = None
        for part in runs:
            answer = part(vector)
            if answer is decisive:
                return decisive
            if isinstance(answer, Unknown):
                doubt = answer if doubt is None else both(doubt, answer)
        return not decisive if doubt is None else doubt

    return Piece(run, atoms)


def both(one: Unknown, other: Unknown) -> Unknown:
    """Two doubts: the first that an atom would settle, with the conflicts of both."""
    if one.conflict or other.conflict:
        first = one if isinstance(one, Doubt) and one.atom >= 0 else other
        return evolve(first, conflict=one.conflict | other.conflict)
    if isinstance(one, Doubt) and one.atom >= 0:
        return one
    return other if isinstance(other, Doubt) else one


def atom_of(answer: Answer) -> int:
    """The atom that a doubt names; -1 where it names none."""
    return answer.atom if isinstance(answer, Doubt) else -1


# ---- forms -----------------------------------------------------------------------------------


def summed(one: Form, other: Form, sign: int) -> Form | None:
    """The sum or difference; None where it is no longer such a form."""
    (a, b, c, d), (e, f, g, h) = one, other
    if (c, d) == (g, h):
        return a + sign * e, b + sign * f, c, d
    if d == 0 == h:
        return a * g + sign * e * c, b * g + sign * f * c, c * g, ZERO
    if f == 0 == h:  # the other is a number
        return a + sign * c * e / g, b + sign * d * e / g, c, d
    if b == 0 == d:
        return e * sign + g * a / c, f * sign + h * a / c, g, h
    return None


def times(one: Form, other: Form) -> Form | None:
    """The product."""
    (a, b, c, d), (e, f, g, h) = one, other
    if b * f or d * h:
        return None
    return a * e, a * f + b * e, c * g, c * h + d * g


def turned(one: Form) -> Form:
    """The reciprocal."""
    a, b, c, d = one
    return c, d, a, b


def roots(one: Form, other: Form) -> list[Fraction] | None:
    """Where two forms meet or change sides; None where that is no linear matter."""
    (a, b, c, d), (e, f, g, h) = one, other
    square, linear, free = b * h - f * d, a * h + b * g - e * d - f * c, a * g - e * c
    if square:
        return None
    found = [-free / linear] if linear else []
    return found + [-low / rise for low, rise in ((c, d), (g, h)) if rise]

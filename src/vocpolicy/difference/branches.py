"""The straight lines that a value is made of.

A scale, a ceiling or a floor is a straight line between the places where it bends, and those the
compiler has as cuts already.  Where each line of one value meets each line of another, the two
values can change sides; nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product
from typing import TypeGuard

from vocpolicy import core
from vocpolicy.box.compiler import Compiler
from vocpolicy.box.pieces import Form, Piece, Vector, constant, joined, summed, times
from vocpolicy.core.walk import within
from vocpolicy.difference.meaning import in_force
from vocpolicy.interpreter import values
from vocpolicy.trace import Answer

MOST = 48
"""Lines that are told apart of one value."""

ZERO, ONE = Fraction(0), Fraction(1)
_STRAIGHT = (core.Const, core.FactRef, core.FieldRef, core.Negate, core.Divide, core.Arithmetic)


def is_straight(expr: core.Expr) -> bool:
    """Whether it is one line, as far as it is written."""
    return all(isinstance(one, _STRAIGHT) for one in within(expr))


def branches(
    compiler: Compiler, expr: core.Expr, unrounded: frozenset[int] = frozenset()
) -> list[Piece] | None:
    """Lines of which a value is always one; None where it is made otherwise.

    `unrounded`: roundings that are left out, by identity.
    """
    while isinstance(expr, core.Round) and id(expr) in unrounded:
        expr = expr.operand
    found = _branches(compiler, expr)
    return found if found is not None and len(found) <= MOST else None


def _branches(compiler: Compiler, expr: core.Expr) -> list[Piece] | None:
    if is_straight(expr):
        return [compiler.piece(expr)]
    match expr:
        case core.DefinitionRef(name=name):
            declared = compiler.scope.policy.definitions[name]
            dated = in_force(compiler.scope.policy, declared, compiler.scope.day)
            inside = compiler.inside(declared.entity)
            return None if dated is None else _branches(inside, dated.value)
        case core.Negate(operand=operand):
            return _combined([[constant(ZERO)], _branches(compiler, operand)], -1)
        case core.Arithmetic(operator="add" | "subtract" as operator):
            sides = [_branches(compiler, expr.left), _branches(compiler, expr.right)]
            return _combined(sides, 1 if operator == "add" else -1)
        case core.Arithmetic(operator="multiply"):
            return _products(_branches(compiler, expr.left), _branches(compiler, expr.right))
        case core.Choose(members=members):
            return _united([_branches(compiler, one) for one in members])
        case core.Scale(kind="band", bands=bands):
            return _united([_branches(compiler, one.value) for one in bands])
        case core.Scale():
            return _of_scale(compiler, expr)
        case core.ConclusionRef(name=name):
            return _of_conclusion(compiler, compiler.scope.policy.conclusions[name])
        case _:
            made = compiler.piece(expr)
            return None if made.atoms else [made]


def _of_conclusion(compiler: Compiler, conclusion: core.Conclusion) -> list[Piece] | None:
    """What its statements give; a table may put several rows together."""
    policy = compiler.scope.policy
    if conclusion.table and policy.tables[conclusion.table].collect:
        return None
    rules = (policy.rules[name] for name in conclusion.rules)
    given = [one.result for rule in rules for one in compiler.scope.body(rule).statements]
    given += [conclusion.otherwise] if conclusion.otherwise is not None else []
    inside = compiler.inside(conclusion.entity)
    lines = [_branches(inside, one.value) for one in given if one.value is not None]
    return _united(lines) if lines else None


def _united(several: list[list[Piece] | None]) -> list[Piece] | None:
    known = [one for one in several if one is not None]
    return [piece for one in known for piece in one] if len(known) == len(several) else None


def _combined(sides: list[list[Piece] | None], sign: int) -> list[Piece] | None:
    left, right = sides
    if left is None or right is None or len(left) * len(right) > MOST:
        return None
    return [_sum(one, other, sign) for one, other in product(left, right)]


def _products(left: list[Piece] | None, right: list[Piece] | None) -> list[Piece] | None:
    if left is None or right is None or len(left) * len(right) > MOST:
        return None
    if any(one.atoms for one in left) and any(one.atoms for one in right):
        return None
    return [_product(one, other) for one, other in product(left, right)]


def _of_scale(compiler: Compiler, expr: core.Scale) -> list[Piece] | None:
    """Nothing below the first line, and on each line what lies below it and the line's rate of
    what lies above its start."""
    operands = _branches(compiler, expr.operand)
    starts = [compiler.piece(band.start) for band in expr.bands]
    rates = [compiler.piece(band.value) for band in expr.bands]
    if operands is None or any(one.atoms for one in (*starts, *rates)):
        return None
    numbers = [one.run([]) for one in starts], [one.run([]) for one in rates]
    if not _all_numbers(numbers[0]) or not _all_numbers(numbers[1]):
        return None
    lines = list(_lines(numbers[0], numbers[1]))
    if len(lines) * len(operands) > MOST:
        return None
    return [constant(ZERO)] + [
        _sum(_product(constant(rate), operand), constant(offset), 1)
        for operand in operands
        for rate, offset in lines
    ]


def _all_numbers(answers: list[Answer]) -> TypeGuard[list[Fraction]]:
    return all(isinstance(one, Fraction) for one in answers)


def _lines(starts: list[Fraction], rates: list[Fraction]) -> Iterator[tuple[Fraction, Fraction]]:
    """The rate of each line, and what it would come to at nought."""
    below = ZERO
    spans = [ZERO, *(later - start for start, later in pairwise(starts))]
    earlier = [ZERO, *rates]
    for start, rate, span, rate_below in zip(starts, rates, spans, earlier, strict=False):
        below += span * rate_below
        yield rate, below - rate * start


def _sum(one: Piece, other: Piece, sign: int) -> Piece:
    def run(vector: Vector) -> Answer:
        right = other.run(vector)
        return values.add(one.run(vector), right if sign > 0 else values.negate(right))

    def form(vector: Vector, place: int) -> Form | None:
        left, right = one.in_atom(vector, place), other.in_atom(vector, place)
        return None if left is None or right is None else summed(left, right, sign)

    return Piece(run, joined([one, other]), form)


def _product(one: Piece, other: Piece) -> Piece:
    def run(vector: Vector) -> Answer:
        return values.multiply(one.run(vector), other.run(vector))

    def form(vector: Vector, place: int) -> Form | None:
        left, right = one.in_atom(vector, place), other.in_atom(vector, place)
        return None if left is None or right is None else times(left, right)

    return Piece(run, joined([one, other]), form)

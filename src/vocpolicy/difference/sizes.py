"""Which of two values is never the greater one, whatever the lists are that they are made from."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from vocpolicy import core
from vocpolicy.difference.folding import FoldingCompiler, Sum, added, scaled
from vocpolicy.difference.meaning import bare, in_force
from vocpolicy.difference.ordering import Taken, never_more
from vocpolicy.interpreter import evaluate, values

Placed: TypeAlias = "tuple[FoldingCompiler, core.Expr]"
"""An expression, and the compiler of the policy that it stands in."""


def no_more(one: Placed, other: Placed) -> bool:
    """Whether it is proved that the first value is never more than the second."""
    (first, a), (second, b) = defined(one), defined(other)
    if bare(a) == bare(b) and not first.differs(a):
        return True
    match a, b:
        case core.Round(), core.Round():
            alike = (a.mode, a.grain.value) == (b.mode, b.grain.value)
            return alike and no_more((first, a.operand), (second, b.operand))
        case core.Choose(), core.Choose() if a.kind == b.kind:
            pairs = list(zip(a.members, b.members, strict=False))
            alike = len(a.members) == len(b.members)
            return alike and all(no_more((first, x), (second, y)) for x, y in pairs)
        case _:
            left = added(second.sum(b), scaled(first.sum(a), Fraction(-1)))
            return left is not None and _is_not_negative(left, first, second)


def defined(placed: Placed) -> Placed:
    """What a definition stands for."""
    compiler, expr = placed
    while isinstance(expr, core.DefinitionRef):
        policy = compiler.scope.policy
        declared = policy.definitions[expr.name]
        dated = in_force(policy, declared, compiler.scope.day)
        subject = compiler.scope.subject
        if dated is None or declared.entity != (subject.entity if subject else None):
            break
        expr = dated.value
    return compiler, expr


def _is_not_negative(whole: Sum, first: FoldingCompiler, second: FoldingCompiler) -> bool:
    """Whether for all that is taken away at least as much is added."""
    sides = {None: first, first.side: first, second.side: second}
    added_: list[tuple[Fraction, Placed]] = []
    taken: list[tuple[Fraction, Placed]] = []
    for key, (factor, expr) in whole.terms.items():
        placed = sides[_side_of(key)], expr
        (added_ if factor > 0 else taken).append((abs(factor), placed))
    for factor, one in taken:
        covering = (pair for pair in added_ if pair[0] == factor and _covers(one, pair[1]))
        found = next(covering, None)
        if found is None:
            return False
        added_.remove(found)
    return whole.constant >= 0 and all(_starts_at_nothing(one) for _, one in added_)


def _side_of(key: object) -> int | None:
    """The side that a term is of; None where it is one on both."""
    side = key[1] if isinstance(key, tuple) else None
    return side if isinstance(side, int) else None


def _covers(one: Placed, other: Placed) -> bool:
    """Whether a list never comes to less than another one."""
    (first, a), (second, b) = one, other
    if not isinstance(a, core.Aggregate) or not isinstance(b, core.Aggregate):
        return False
    return never_more(Taken(first, a), Taken(second, b))


def _starts_at_nothing(placed: Placed) -> bool:
    low, _ = values.bounds(evaluate(placed[0].scope, placed[1]).answer)
    return low is not None and low >= 0

"""How far a measure is from its goal, in whole units at today's other figures.

Of a ratio the numerator is what moves: `540 / 900` is short of 65% by the 45 that are lacking
while the 900 stay.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from vocpolicy.core import Aggregate, Divide, Expr, FactRef, FieldRef, NumberType
from vocpolicy.explain.numbers import is_ratio
from vocpolicy.explain.phrases import PLAIN, Scope, noun, number_type, record_type
from vocpolicy.explain.terms import Term
from vocpolicy.explain.values import followed, member_steps, operands
from vocpolicy.trace import Step

ONE = Fraction(1)


@frozen
class Moving:
    """The part of a measure that is taken to change, the rest staying as it is.

    Attributes:
        amount: its value; the measure is `amount / other`.
        type: how it is counted.
        other: the denominator; 1 where the measure is no ratio.
        other_name, other_type: of the denominator; None where there is none to name.
    """

    amount: Fraction
    type: NumberType
    other: Fraction = ONE
    other_name: Term | None = None
    other_type: NumberType = PLAIN

    @property
    def points(self) -> bool:
        """Whether the distance is told in percentage points."""
        return is_ratio(self.type)

    def bound(self, value: Fraction) -> Fraction:
        """The amount at which the measure has a value."""
        return value * self.other

    def needed_up(self, value: Fraction, strict: bool = False) -> Fraction:
        """How much more reaches a lower bound; in whole units where it is counted."""
        gap = self.bound(value) - self.amount
        if not self.type.whole:
            return gap
        return Fraction(math.floor(gap) + 1 if strict else math.ceil(gap))

    def needed_down(self, value: Fraction, strict: bool = False) -> Fraction:
        """How much less reaches an upper bound."""
        gap = self.amount - self.bound(value)
        if not self.type.whole:
            return gap
        return Fraction(math.floor(gap) + 1 if strict else math.ceil(gap))

    def spare_down(self, value: Fraction, strict: bool = False) -> Fraction:
        """How much less still keeps a lower bound."""
        return -self.needed_up(value, strict)

    def spare_up(self, value: Fraction, strict: bool = False) -> Fraction:
        """How much more still keeps an upper bound."""
        return -self.needed_down(value, strict)


def moving(step: Step, scope: Scope) -> Moving | None:
    """What moves in a measure whose value is known."""
    if not isinstance(step.answer, Fraction):
        return None
    kind = number_type(step.expr)
    inner = followed(step)
    if isinstance(inner.expr, Divide):
        ratio = _ratio(inner, scope)
        if ratio is not None:
            return ratio
    elif isinstance(inner.expr, Aggregate) and inner.expr.kind == "share":
        share = _share(inner, inner.expr, scope)
        if share is not None:
            return share
    return Moving(step.answer, kind)


def _ratio(step: Step, scope: Scope) -> Moving | None:
    left, right = step.children[:2]
    if not isinstance(left.answer, Fraction) or not isinstance(right.answer, Fraction):
        return None
    if right.answer <= 0 or _read(left) & _read(right):
        return None
    name = noun(right.expr, scope)
    return Moving(left.answer, number_type(left.expr), right.answer, name, number_type(right.expr))


def _read(step: Step) -> frozenset[Expr]:
    """The facts that a value is made of."""
    return frozenset(one.expr for one in operands(step) if isinstance(one.expr, FactRef | FieldRef))


def _share(step: Step, expr: Aggregate, scope: Scope) -> Moving | None:
    members = member_steps(step)
    so = sum(member.answer is True for member in members)
    if not members or Fraction(so, len(members)) != step.answer:
        return None
    counted = record_type(expr.list_type, scope.policy)
    return Moving(Fraction(so), counted, Fraction(len(members)))


def held_until(part: Moving, low: Fraction, strict: bool) -> Fraction | None:
    """The denominator at which a ratio that reaches a lower bound no longer does."""
    if part.other_name is None or low <= 0:
        return None
    most = part.amount / low
    if not part.other_type.whole:
        return most
    return Fraction(math.ceil(most) if strict else math.floor(most) + 1)


def held_down_to(part: Moving, high: Fraction) -> Fraction | None:
    """The least denominator at which a ratio keeps an upper bound."""
    if part.other_name is None or high <= 0:
        return None
    least = part.amount / high
    return Fraction(math.ceil(least)) if part.other_type.whole else least


def yearly(gap: Fraction, years: Fraction) -> Fraction:
    """The pace that closes a gap in time, to two digits or more, never too slow."""
    pace = gap / years
    scale = 10
    while 0 < pace * scale < 10:
        scale *= 10
    return Fraction(math.ceil(pace * scale), scale)


def iterate(*terms: Term | None) -> Iterator[Term]:
    """The terms that are there."""
    yield from (term for term in terms if term is not None)

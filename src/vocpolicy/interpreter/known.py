"""What is known of a fact that nobody supplied: its bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from vocpolicy import core, intervals
from vocpolicy.interpreter.values import interval
from vocpolicy.trace import UNKNOWN, Answer, Unknown

MIRRORED = {
    "at_least": "at_most",
    "at_most": "at_least",
    "more_than": "less_than",
    "less_than": "more_than",
}


def unknown_choice(policy: core.Policy, type_: core.ChoiceType) -> Unknown:
    """One of the values of the choice."""
    choice = policy.choices.get(type_.name)
    return Unknown(among=frozenset(choice.members)) if choice else UNKNOWN


def relations(
    fact: core.Fact, siblings: Mapping[str, core.Fact]
) -> Iterator[tuple[str, core.Expr]]:
    """Bounds of a fact by other facts: its own, and those of others that name it.

    Where a part is at most its whole, the whole is at least its part.
    """
    for operator, expr in fact.compares:
        if not isinstance(expr, core.Const):
            yield operator, expr
    for sibling in siblings.values():
        for operator, expr in sibling.compares:
            if isinstance(expr, core.FactRef | core.FieldRef) and expr.name == fact.name:
                yield MIRRORED[operator], core.FactRef(sibling.name, sibling.type)


def unknown_number(fact: core.Fact, related: Iterable[tuple[str, Fraction]]) -> Answer:
    """The interval of a number, from its declared bounds and from facts that bound it."""
    step = step_of(fact)
    lows = [] if fact.low is None else [(fact.low, fact.low_strict)]
    highs = [] if fact.high is None else [(fact.high, fact.high_strict)]
    for operator, value in related:
        ends = lows if operator in ("at_least", "more_than") else highs
        ends.append((value, operator in ("more_than", "less_than")))
    return interval(*intervals.bounded(lows, highs, step))


def step_of(fact: core.Fact) -> Fraction | None:
    """What values of a number are multiples of."""
    whole = isinstance(fact.type, core.NumberType) and fact.type.whole
    return fact.step or (Fraction(1) if whole else None)

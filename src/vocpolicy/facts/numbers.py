"""Numbers and quantities as facts give them, in base units."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

from vocpolicy import core
from vocpolicy.exact import NotFiniteError, TooManyDigitsError
from vocpolicy.facts.mistakes import Mistakes
from vocpolicy.spelled.numbers import RATIO, Units, is_bare, quantity

BARE = Fraction(2)
"""From here on a bare number for a ratio is refused, unless its bounds allow it: it is almost
surely a percentage without its sign."""

Scale: TypeAlias = tuple[Fraction, core.Dimension]
"""A unit: how many base units it is, and of what."""


def read_number(
    mistakes: Mistakes, type_: core.NumberType, raw: object, place: str
) -> Fraction | None:
    """A number in base units; None where a mistake was reported.

    A bare number is in the fact's own unit; of a ratio it is the ratio itself (0.65 is 65%).
    """
    try:
        value = _value(mistakes, type_, raw, place)
    except TooManyDigitsError:
        mistakes.add("V407", place)
        return None
    except NotFiniteError:
        mistakes.wrong("V408", place, raw, type_)
        return None
    if value is not None and type_.whole and value.denominator != 1:
        mistakes.wrong("V409", place, raw, type_)
        return None
    return value


def percent_forgotten(fact: core.Fact, raw: object, value: core.Value) -> bool:
    """Whether a bare number for a ratio is too large to be meant as one: 65 would be 6500%."""
    type_ = core.inner(fact.type)
    if not isinstance(type_, core.NumberType) or not isinstance(value, Fraction) or value < BARE:
        return False
    return is_ratio(type_) and is_bare(raw) and not bounded_above(fact, value)


def is_ratio(type_: core.NumberType) -> bool:
    return type_.dimension == RATIO and type_.unit is not None and type_.unit.name == "%"


def bounded_above(fact: core.Fact, value: Fraction = BARE) -> bool:
    """Whether bounds of a ratio allow so much, or leave it to another fact to say so."""
    if any(
        operator in ("at_most", "less_than") and not isinstance(end, core.Const)
        for operator, end in fact.compares
    ):
        return True
    return fact.high is not None and value <= fact.high


def ends(
    fact: core.Fact,
    bounds: Iterable[tuple[str, object]],
    scale: Fraction,
    most: int,
    percent: bool = True,
) -> tuple[int, int]:
    """The least and the greatest count that a fact's bounds allow, from -most to most.

    Args:
        bounds: operators and figures in base units, beside the fact's own range; what is no
            number is passed over.
        scale: how many base units one count is.
        percent: whether a ratio that is surely a percentage without its sign is not allowed.
    """
    several = [
        ("more_than" if fact.low_strict else "at_least", fact.low),
        ("less_than" if fact.high_strict else "at_most", fact.high),
        *bounds,
    ]
    kind = core.inner(fact.type)
    if percent and isinstance(kind, core.NumberType) and is_ratio(kind) and not bounded_above(fact):
        several.append(("less_than", BARE))
    low, high = -most, most
    for operator, bound in several:
        if isinstance(bound, Fraction):
            end = bound / scale
            match operator:
                case "at_least":
                    low = max(low, math.ceil(end))
                case "more_than":
                    low = max(low, math.floor(end) + 1)
                case "at_most":
                    high = min(high, math.floor(end))
                case _:
                    high = min(high, math.ceil(end) - 1)
    return low, high


def _value(mistakes: Mistakes, type_: core.NumberType, raw: object, place: str) -> Fraction | None:
    value, unit, scale = quantity(raw, units_of(mistakes.policy, type_))
    if value is None:
        mistakes.wrong("V402", place, raw, type_)
        return None
    if scale is None or scale[1] != type_.dimension:
        mistakes.wrong("V403", place, raw, type_, unit=unit)
        return None
    return value * scale[0]


def units_of(policy: core.Policy, type_: core.NumberType) -> Units:
    """The units by which a number of the type can be written."""
    unit = None if type_.unit is None else (type_.unit.factor, type_.dimension)
    names = () if type_.unit is None else spellings(type_.unit)
    return Units(own_scale(type_), unit, names, lambda spelling: known_unit(policy, spelling))


def known_unit(policy: core.Policy, spelling: str) -> Scale | None:
    """A unit that the policy declares or that is built in, by its spelling."""
    known = policy.units.get(spelling)
    return None if known is None or known.unit is None else (known.unit.factor, known.dimension)


def own_scale(type_: core.NumberType) -> Scale:
    """The unit of a bare number."""
    ratio = type_.dimension == RATIO or type_.unit is None
    return Fraction(1) if ratio or type_.unit is None else type_.unit.factor, type_.dimension


def spellings(unit: core.Unit) -> tuple[str, ...]:
    """What the unit of a type is called."""
    names = (unit.name, unit.labels.en, unit.labels.zh, unit.plural, unit.counter)
    return tuple(name for name in names if name)

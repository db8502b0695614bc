"""Numbers and quantities as facts give them, in base units."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import TypeAlias

from vocpolicy import core
from vocpolicy.exact import NotFiniteError, TooManyDigitsError, exact, written
from vocpolicy.facts.mistakes import Mistakes

_RATIO: core.Dimension = ()
_PER = (" per ", "/", "每")

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
    type_ = fact.type.inner if isinstance(fact.type, core.OptionalType) else fact.type
    if not isinstance(type_, core.NumberType) or not isinstance(value, Fraction) or value < BARE:
        return False
    return is_ratio(type_) and _is_bare(raw) and not bounded_above(fact, value)


def is_ratio(type_: core.NumberType) -> bool:
    return type_.dimension == _RATIO and type_.unit is not None and type_.unit.name == "%"


def bounded_above(fact: core.Fact, value: Fraction = BARE) -> bool:
    """Whether bounds of a ratio allow so much, or leave it to another fact to say so."""
    if any(
        operator in ("at_most", "less_than") and not isinstance(end, core.Const)
        for operator, end in fact.compares
    ):
        return True
    return fact.high is not None and value <= fact.high


def _is_bare(raw: object) -> bool:
    if isinstance(raw, str):
        found = written(raw)
        return found is not None and not found[1]
    return getattr(raw, "magnitude", None) is None


def _value(mistakes: Mistakes, type_: core.NumberType, raw: object, place: str) -> Fraction | None:
    value, unit, scale = _parts(mistakes.policy, type_, raw)
    if value is None:
        mistakes.wrong("V402", place, raw, type_)
        return None
    if scale is None or scale[1] != type_.dimension:
        mistakes.wrong("V403", place, raw, type_, unit=unit)
        return None
    return value * scale[0]


def _parts(
    policy: core.Policy, type_: core.NumberType, raw: object
) -> tuple[Fraction | None, str, Scale | None]:
    """A number, its unit as written, and what that unit is.

    A quantity of pint is known by its attributes, so that pint need not be imported.
    """
    magnitude, units = getattr(raw, "magnitude", None), getattr(raw, "units", None)
    if magnitude is not None and units is not None:
        return exact(magnitude), str(units), _units_of(policy, type_, raw)
    if not isinstance(raw, str):
        return exact(raw), "", own_scale(type_)
    found = written(raw)
    if found is None:
        return None, "", None
    value, unit = found
    return value, unit, scale_of(policy, type_, unit) if unit else own_scale(type_)


def _units_of(policy: core.Policy, type_: core.NumberType, quantity: object) -> Scale | None:
    """The units of a quantity, read by their names: a year is 12 calendar months here."""
    items = getattr(quantity, "unit_items", None)
    if not callable(items):
        return None
    factor, dimension = Fraction(1), _RATIO
    for name, power in items():
        scale = scale_of(policy, type_, str(name))
        if scale is None or power != int(power):
            return None
        factor *= scale[0] ** int(power)
        dimension = _times(dimension, scale[1], int(power))
    return factor, dimension


def own_scale(type_: core.NumberType) -> Scale:
    """The unit of a bare number."""
    ratio = type_.dimension == _RATIO or type_.unit is None
    return Fraction(1) if ratio or type_.unit is None else type_.unit.factor, type_.dimension


def scale_of(policy: core.Policy, type_: core.NumberType, unit: str) -> Scale | None:
    """A unit by any of its spellings, `yuan per month` and `元/月` included."""
    name = unicodedata.normalize("NFKC", unit).strip()
    own = type_.unit
    if own is not None and name in _spellings(own):
        return own.factor, type_.dimension
    for spelling in (name, name.replace(" ", "_"), name.lower()):
        known = policy.units.get(spelling)
        if known is not None and known.unit is not None:
            return known.unit.factor, known.dimension
    if name == "%":
        return Fraction(1, 100), _RATIO
    for sign in _PER:
        top, found, bottom = name.replace("·", "/").rpartition(sign)
        if found and top and bottom:
            over, under = scale_of(policy, type_, top), scale_of(policy, type_, bottom)
            if over and under:
                return over[0] / under[0], _times(over[1], under[1], -1)
    return None


def _spellings(unit: core.Unit) -> tuple[str, ...]:
    names = (unit.name, unit.labels.en, unit.labels.zh, unit.plural, unit.counter)
    return tuple(name for name in names if name)


def _times(left: core.Dimension, right: core.Dimension, power: int) -> core.Dimension:
    powers = dict(left)
    for base, own in right:
        powers[base] = powers.get(base, 0) + own * power
    return tuple(sorted((base, total) for base, total in powers.items() if total))

"""Numbers with their units, by any spelling of those."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

from vocpolicy.exact import exact, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    Dimension = tuple[tuple[str, int], ...]
    Scale = tuple[Fraction, Dimension]

RATIO: Dimension = ()
"""What is left when units are divided away."""

_PER = (" per ", "/", "每")


class Units:
    """The units by which numbers of one type can be written.

    Attributes:
        own: how many base units the unit of a bare number is, and of what.
        unit: the unit that the type names, if it names one.
        names: its spellings.
        known: gives other units by a spelling.
    """

    __slots__ = ("known", "names", "own", "unit")

    def __init__(
        self,
        own: Scale,
        unit: Scale | None,
        names: Collection[str],
        known: Callable[[str], Scale | None],
    ) -> None:
        self.own, self.unit, self.names, self.known = own, unit, names, known

    def scale(self, spelling: str) -> Scale | None:
        """A unit by any of its spellings, `yuan per month` and `元/月` included."""
        name = unicodedata.normalize("NFKC", spelling).strip()
        if self.unit is not None and name in self.names:
            return self.unit
        for one in (name, name.replace(" ", "_"), name.lower()):
            found = self.known(one)
            if found is not None:
                return found
        if name == "%":
            return Fraction(1, 100), RATIO
        for sign in _PER:
            top, there, bottom = name.replace("·", "/").rpartition(sign)
            if there and top and bottom:
                over, under = self.scale(top), self.scale(bottom)
                if over and under:
                    return over[0] / under[0], times(over[1], under[1], -1)
        return None


def quantity(raw: object, units: Units) -> tuple[Fraction | None, str, Scale | None]:
    """A number, its unit as written, and what that unit is; None for what is none.

    A quantity of pint is known by its attributes, so that pint need not be imported.  Raises as
    `vocpolicy.exact.exact` does.
    """
    magnitude, its = getattr(raw, "magnitude", None), getattr(raw, "units", None)
    if magnitude is not None and its is not None:
        return exact(magnitude), str(its), _of_quantity(raw, units)
    if not isinstance(raw, str):
        return exact(raw), "", units.own
    found = written(raw)
    if found is None:
        return None, "", None
    value, unit = found
    return value, unit, units.scale(unit) if unit else units.own


def is_bare(raw: object) -> bool:
    """Whether a number is written without a unit."""
    if isinstance(raw, str):
        found = written(raw)
        return found is not None and not found[1]
    return getattr(raw, "magnitude", None) is None


def times(left: Dimension, right: Dimension, power: int) -> Dimension:
    powers = dict(left)
    for base, own in right:
        powers[base] = powers.get(base, 0) + own * power
    return tuple(sorted((base, total) for base, total in powers.items() if total))


def _of_quantity(raw: object, units: Units) -> Scale | None:
    """The units of a quantity, read by their names: a year is 12 calendar months here."""
    items = getattr(raw, "unit_items", None)
    if not callable(items):
        return None
    factor, dimension = Fraction(1), RATIO
    for name, power in items():
        scale = units.scale(str(name))
        if scale is None or power != int(power):
            return None
        factor *= scale[0] ** int(power)
        dimension = times(dimension, scale[1], int(power))
    return factor, dimension

"""How near a change of a number may stay to what the case has, where the number has no step.

The search finds a value between two thresholds, whichever it is.  What is advised is the nearest
that people would write: a hundredth of the fact's unit beside a bound that is excluded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from vocpolicy import core
from vocpolicy.box.atoms import Atom
from vocpolicy.trace import Answer

HUNDREDTH = Fraction(1, 100)
SHARE = Fraction(1, 1000)
"""Of a ratio: a tenth of a percentage point."""


def nearer(
    atoms: Mapping[int, Atom],
    values: Mapping[int, Answer],
    reaches: Callable[[Mapping[int, Answer]], bool],
) -> Mapping[int, Answer]:
    """The values with each number as near to the case's as its grain allows; `reaches` says
    whether values bring about what is wanted."""
    moved = dict(values)
    for place, value in values.items():
        atom = atoms[place]
        number = isinstance(value, Fraction) and isinstance(atom.value, Fraction)
        if number and atom.step is None and atom.fact is not None:
            found = _nearest(moved, place, atom, reaches)
            moved[place] = value if found is None else found
    return moved


def _nearest(
    values: Mapping[int, Answer],
    place: int,
    atom: Atom,
    reaches: Callable[[Mapping[int, Answer]], bool],
) -> Fraction | None:
    """The nearest multiple of the grain; None where the value itself is as near."""
    value, before = values[place], atom.value
    assert isinstance(value, Fraction) and isinstance(before, Fraction)
    grain = _grain(atom.type)
    rising = value > before

    def at(steps: int) -> Fraction:
        first = before // grain if rising else -(-before // grain)
        return grain * (first + steps if rising else first - steps)

    low, high = 0, int(abs(value - before) // grain)
    if high < 1 or not reaches({**values, place: at(high)}):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reaches({**values, place: at(middle)}) else (middle, high)
    return at(high) if abs(at(high) - before) < abs(value - before) else None


def _grain(kind: core.Type) -> Fraction:
    inner = core.inner(kind)
    if isinstance(inner, core.NumberType) and inner.unit is not None and inner.dimension:
        return inner.unit.factor * HUNDREDTH
    return SHARE

"""Counts as cells that people read: floating-point numbers, as near as there are, or whole ones."""

from __future__ import annotations

from fractions import Fraction

import narwhals.stable.v2 as nw

from vocpolicy.columnar.logic import Col
from vocpolicy.columnar.numbers import LARGEST, Number, TooLargeError, multiplied
from vocpolicy.columnar.reading import divided
from vocpolicy.exact import MAX_DIGITS

EXACT = 2**53
"""Up to here every whole number is a floating-point number, and a quotient is rounded once."""

SPLIT = 2**26
"""Up to so many parts of a whole can be told apart from it, added to it, and rounded once."""


def floats(number: Number, unit: Fraction) -> Col:
    """The lower end in a unit: the floating-point numbers that are nearest, where
    decimals show its counts; elsewhere to a unit in the last place."""
    times = number.scale / unit
    if not isinstance(number.lo, Col):
        figure = None if number.lo is None else float(number.lo * times)
        return Col(nw.lit(figure, dtype=nw.Float64))
    return Col(_floats(number, times.numerator, times.denominator), number.lo.level)


def _floats(number: Number, times: int, parts: int) -> nw.Expr:
    try:
        whole = multiplied(number, times)
    except TooLargeError:
        return _parts(nearest(number) * float(times), parts)
    largest, room = _largest(whole), whole.room
    places = next((n for n in range(1, MAX_DIGITS) if 10**n % parts == 0), None)
    if parts & (parts - 1) == 0 or largest <= EXACT or places is None:
        return _parts(nearest(whole), parts)
    if largest <= LARGEST and parts <= SPLIT and (room is None or room.divides):
        return _split(whole, parts)
    try:
        return _read(multiplied(whole, 10**places // parts), places)
    except TooLargeError:
        return _parts(nearest(whole), parts)


def _parts(column: nw.Expr, parts: int) -> nw.Expr:
    found: nw.Expr = column if parts == 1 else divided(column, parts)
    return found


def _largest(number: Number) -> int:
    return max(abs(number.least), abs(number.most))


def _counts(number: Number) -> nw.Expr:
    assert isinstance(number.lo, Col)
    return number.lo.expr


def _split(number: Number, parts: int) -> nw.Expr:
    """What is whole, and what is left over; of few counts all at once.  Of what is whole and is
    rounded itself, what is left over says only on which side of it the number lies."""
    counts = _counts(number)
    above = counts // parts
    rest = counts - above * parts
    aside = (above * 4 + (rest > 0).cast(nw.Int64)).cast(nw.Float64) * 0.25
    beside = above.cast(nw.Float64) + _parts(rest.cast(nw.Float64), parts)
    large = nw.when((above > -EXACT) & (above < EXACT)).then(beside).otherwise(aside)
    few = (counts >= -EXACT) & (counts <= EXACT)
    return nw.when(few).then(_parts(counts.cast(nw.Float64), parts)).otherwise(large)


def _read(number: Number, places: int) -> nw.Expr:
    """Engines round once where they read text."""
    text = nw.concat_str([_counts(number).cast(nw.String), nw.lit(f"e-{places}")])
    return text.cast(nw.Float64)


def nearest(number: Number) -> nw.Expr:
    """The floating-point numbers that are nearest to the lower end, in its counts."""
    if isinstance(number.lo, int):
        return nw.lit(float(number.lo), dtype=nw.Float64)
    if number.lo is None:
        return nw.lit(None, dtype=nw.Float64)
    counts, largest, room = _counts(number), _largest(number), number.room
    if room is None or room.nears or largest <= EXACT:
        return counts.cast(nw.Float64)
    if largest <= LARGEST:
        return counts.cast(nw.Int64).cast(nw.Float64)
    return counts.cast(nw.String).cast(nw.Float64)


def quotient(top: Number, bottom: Number, unit: Fraction) -> nw.Expr:
    """One lower end divided by another, in a unit: rounded once where both are exact in
    floating-point numbers, else to two units in the last place."""
    scale = top.scale / bottom.scale / unit
    return _times(top, scale.numerator) / _times(bottom, scale.denominator)


def _times(number: Number, times: int) -> nw.Expr:
    try:
        return nearest(multiplied(number, times))
    except TooLargeError:
        return nearest(number) * float(times)


def whole_cells(number: Number, unit: Fraction) -> Col:
    """The lower end in a unit of which it is a whole number, in 64 bits.

    Raises:
        TooLargeError: it might not fit.
    """
    whole = multiplied(number, (number.scale / unit).numerator)
    if _largest(whole) > LARGEST:
        raise TooLargeError
    if not isinstance(whole.lo, Col):
        return Col(nw.lit(whole.lo, dtype=nw.Int64))
    counts, level = whole.lo.expr, whole.lo.level
    if whole.room is None:
        return Col(counts, level)
    # Columns may be wider than what they hold, and cells of rows that are wrong hold anything.
    fits = nw.when((counts >= -LARGEST) & (counts <= LARGEST)).then(counts)
    return Col(fits.otherwise(nw.lit(None, dtype=nw.Int64)).cast(nw.Int64), level)

"""Values as text in cells: members of lists, and records.

What columns make of a number is what `exact.shown` makes of it: a decimal where it ends, else
a fraction in its lowest terms.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from fractions import Fraction
from functools import reduce

import narwhals.stable.v2 as nw

from vocpolicy import core
from vocpolicy.columnar.given import Said, unit_of
from vocpolicy.columnar.logic import Col, Sheet, Truth, expr_of, level_of
from vocpolicy.columnar.numbers import LARGEST, Number, TooLargeError
from vocpolicy.columnar.rationals import Rational
from vocpolicy.columnar.reading import inner
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import Place
from vocpolicy.exact import shown
from vocpolicy.keywords import KEYWORDS
from vocpolicy.plain import Plain, json_value, plain

JOINED = ", "
"""What stands between the members of a list."""

_SPELLED = {one.terminal: one.en[0] for one in KEYWORDS}
YES, NO, NONE = (_SPELLED[name] for name in ("YES", "NO", "NONE"))


def member_text(value: Plain) -> str:
    """A value for programs, as text."""
    match value:
        case None:
            return NONE
        case bool():
            return YES if value else NO
        case Fraction():
            return shown(value)
        case Mapping() | tuple():
            return json.dumps(json_value(value), ensure_ascii=False)
        case _:
            return str(value)


def said_text(sheet: Sheet, place: Place, said: Said, kind: core.Type) -> Col:
    """What a statement gives, as text where it is known."""
    if isinstance(said.number, Rational):
        raise refused("collected", place.engine)
    if said.number is not None:
        found = number_text(sheet, said.number, kind)
        return _or_none(found, said.number.none)
    if said.moment is not None:
        day = said.moment.day
        return _or_none(Col(day.expr.cast(nw.String), day.level), said.moment.none)
    if said.options is not None and said.cells is not None:
        return _or_none(said.cells, said.options.none)
    if said.cells is not None:
        return _or_none(_cells_text(place, said.cells, kind), said.none)
    value = said.value
    assert isinstance(value, bool | Fraction | str | datetime.date | core.Nothing)
    return Col(nw.lit(member_text(plain(value, kind, place.policy))))


def _cells_text(place: Place, cells: Col, kind: core.Type) -> Col:
    match inner(kind):
        case core.TextType():
            return cells
        case core.YesNoType():
            nothing = nw.lit(None, dtype=nw.String)
            no = nw.when(~cells.expr).then(nw.lit(NO)).otherwise(nothing)
            return Col(nw.when(cells.expr).then(nw.lit(YES)).otherwise(no), cells.level)
        case _:
            raise refused("ratio", place.engine)


def _or_none(found: Col, none: Truth) -> Col:
    if none is False:
        return found
    text = nw.when(expr_of(none)).then(nw.lit(NONE)).otherwise(found.expr)
    return Col(text, level_of(found, none))


# ---- numbers -------------------------------------------------------------------------------------


def number_text(sheet: Sheet, number: Number, kind: core.Type) -> Col:
    """A number that is known, in the unit of its type.

    Raises:
        TooLargeError: its digits might not fit into 64 bits.
    """
    times = number.scale / unit_of(kind)
    end = number.lo
    if end is None:
        return Col(nw.lit(None, dtype=nw.String))
    if isinstance(end, int):
        return Col(nw.lit(shown(end * times)))
    most = max(abs(number.least), abs(number.most)) * times.numerator
    finer = Fraction(10 ** _places(times.denominator), times.denominator)
    if most * max(finer, Fraction(1)) > LARGEST:
        raise TooLargeError
    counts = sheet.keep(Col(end.expr.abs() * times.numerator, end.level))
    text = _parts_text(sheet, counts, times.denominator)
    sign = nw.when(end.expr < 0).then(nw.lit("-")).otherwise(nw.lit(""))
    return Col(nw.concat_str([sign, text.expr]), text.level)


def _places(parts: int) -> int:
    """How many places after the point so many parts of one take, where they end."""
    return max(_power(parts, 2), _power(parts, 5))


def _power(number: int, prime: int) -> int:
    return 0 if number % prime else 1 + _power(number // prime, prime)


def _parts_text(sheet: Sheet, counts: Col, parts: int) -> Col:
    """So many parts of one, never below zero; the counts are kept."""
    places = _places(parts)
    odd = parts // (2 ** _power(parts, 2) * 5 ** _power(parts, 5))
    even = counts if odd == 1 else Col(counts.expr // odd, counts.level)
    decimal = _decimal_text(sheet, even, 10**places * odd // parts, places)
    if odd == 1:
        return decimal
    common = sheet.keep(Col(_common(counts.expr, parts), counts.level))
    top = counts.expr // common.expr
    bottom = nw.lit(parts, dtype=nw.Int64) // common.expr
    fraction = nw.concat_str([top.cast(nw.String), nw.lit("/"), bottom.cast(nw.String)])
    ends = _divides(counts.expr, odd)
    found = nw.when(ends).then(decimal.expr).otherwise(fraction)
    return Col(found, level_of(decimal, common))


def _decimal_text(sheet: Sheet, counts: Col, times: int, places: int) -> Col:
    """A number of hundredths, thousandths, … without zeros at its end."""
    if places == 0:
        return Col(counts.expr.cast(nw.String), counts.level)
    whole = sheet.keep(Col(counts.expr * times, counts.level))
    base = 10**places
    rest = whole.expr - whole.expr // base * base
    # A one before the digits keeps the zeros at their beginning.
    digits = (rest + base).cast(nw.String).str.strip_chars("0").str.slice(1)
    point = nw.when(rest > 0).then(nw.lit(".")).otherwise(nw.lit(""))
    text = nw.concat_str([(whole.expr // base).cast(nw.String), point, digits])
    return Col(text, whole.level)


def _common(counts: nw.Expr, parts: int) -> nw.Expr:
    """The greatest common divisor of a column and a figure, prime by prime."""
    one = nw.lit(1, dtype=nw.Int64)
    factors = [
        nw.when(_divides(counts, prime**power)).then(nw.lit(prime, dtype=nw.Int64)).otherwise(one)
        for prime in _primes(parts)
        for power in range(1, _power(parts, prime) + 1)
    ]
    return reduce(lambda a, b: a * b, factors)


def _primes(number: int) -> list[int]:
    """The different primes of a number."""
    found: list[int] = []
    prime = 2
    while prime * prime <= number:
        if number % prime == 0:
            found.append(prime)
            number //= prime ** _power(number, prime)
        prime += 1
    return [*found, number] if number > 1 else found


def _divides(counts: nw.Expr, by: int) -> nw.Expr:
    return counts - counts // by * by == 0

"""Numbers, dates and units as each language writes them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction

from vocpolicy import exact as exactly
from vocpolicy.core import NumberType, Unit
from vocpolicy.explain.terms import Amount, Band, Day

MOST_PLACES = 12
EXACT_PLACES = 4
"""Decimals up to which a number that ends is shown whole."""


def is_ratio(kind: NumberType) -> bool:
    """Whether it is shown as a percentage."""
    return kind.unit is not None and kind.unit.name == "%"


def in_unit(value: Fraction, kind: NumberType) -> Fraction:
    """The value in the unit that it is shown in."""
    return value if kind.unit is None or kind.unit.factor == 1 else value / kind.unit.factor


def rounded(value: Fraction, places: int) -> Fraction:
    """Half up, away from zero, exactly."""
    return Fraction(_steps(value, places), 10**places)


def _steps(value: Fraction, places: int) -> int:
    """The rounded value in steps of its last decimal."""
    top, bottom = value.numerator, value.denominator
    steps: int = (2 * abs(top) * 10**places + bottom) // (2 * bottom)
    return steps if top >= 0 else -steps


def ends(value: Fraction, places: int) -> bool:
    """Whether that many decimals show the number whole."""
    bottom = value.denominator
    return bottom == 1 or 10**places % bottom == 0


def own_places(value: Fraction) -> int:
    """Decimals that show the number whole, if it ends soon; else one."""
    for places in range(EXACT_PLACES + 1):
        if ends(value, places):
            return places
    return 1


def telling_places(value: Fraction, kind: NumberType, beside: Iterable[Fraction]) -> int:
    """Decimals such that a rounded value never looks like a figure that it differs from.

    A percentage that was computed has one decimal or more; another number as many as it has.
    """
    value = in_unit(value, kind)
    places = 1 if is_ratio(kind) else own_places(value)
    if ends(value, places):
        return places
    others = [in_unit(other, kind) for other in (*beside, Fraction(0))]
    differing = [other for other in others if other != value]
    while places < MOST_PLACES and any(
        rounded(value, places) == rounded(other, places) for other in differing
    ):
        places += 1
    return places


def figure(value: Fraction, places: int | None = None) -> str:
    """`1,000`, `518.5`: with commas in thousands, in both languages."""
    places = own_places(value) if places is None else places
    steps = _steps(value, places)
    whole, part = divmod(abs(steps), 10**places)
    sign = "-" if steps < 0 else ""
    decimals = f".{part:0{places}d}" if places else ""
    return f"{sign}{whole:,}{decimals}"


def amount(term: Amount, lang: str) -> str:
    """The number with its unit, its noun or its measure word."""
    shown = in_unit(term.value, term.type)
    digits = figure(shown, term.places)
    if is_ratio(term.type):
        return f"{digits}%"
    unit = term.type.unit
    if unit is None or term.bare or (term.noun_said and lang == "en"):
        return digits
    return f"{digits} {unit_word(unit, shown, lang)}".rstrip()


def unit_word(unit: Unit, shown: Fraction, lang: str) -> str:
    """What follows the number: `school` or `schools`, 所, 个月."""
    if lang == "zh":
        return unit.counter or unit.labels.zh or unit.labels.en
    singular = unit.labels.en or unit.name
    return (singular if abs(shown) == 1 else unit.plural or singular).replace("_", " ")


def band(term: Band, lang: str) -> str:
    """`57–62%`, `18 to 22 schools`; Chinese repeats the sign of percentages."""
    kind, places = term.type, term.places
    if term.low is None or term.high is None or term.low == term.high:
        one = term.low if term.low is not None else term.high
        return amount(Amount(one or Fraction(0), kind, places), lang)
    low = amount(Amount(term.low, kind, places, bare=True), lang)
    high = amount(Amount(term.high, kind, places), lang)
    if lang == "zh":
        return f"{low}～{high}"
    return f"{low.removesuffix('%')}–{high}"


def day(term: Day, lang: str) -> str:
    """`2025-12-31`, 2025年12月31日; `the end of 2020`, 2020年底."""
    date = term.date
    if term.year_end and (date.month, date.day) == (12, 31):
        return f"{date.year}年底" if lang == "zh" else f"the end of {date.year}"
    return f"{date.year}年{date.month}月{date.day}日" if lang == "zh" else date.isoformat()


def years_between(start: datetime.date, end: datetime.date) -> Fraction:
    """Years from one day to another: whole calendar years, and the days left over a year's."""
    years = end.year - start.year
    if (end.month, end.day) < (start.month, start.day):
        years -= 1
    anniversary = _same_day(start, start.year + years)
    after = _same_day(start, start.year + years + 1)
    return years + Fraction((end - anniversary).days, (after - anniversary).days)


def _same_day(date: datetime.date, year: int) -> datetime.date:
    try:
        return date.replace(year=year)
    except ValueError:  # 29 February
        return datetime.date(year, 3, 1)


def exact(value: Fraction) -> int | str:
    """For systems: an int, a decimal that ends, or `a/b`; never rounded."""
    return int(value) if value.denominator == 1 else exactly.shown(value)

"""Units and dimensions, and the only use of pint.

The units that a rule file may name stand in one table here, with their spellings in both
languages; a name that is not in it never reaches pint.  A single unit needs no more than the
table, so loading a policy does not import pint (a third of a second) unless it writes a compound
unit such as `yuan per year`, which pint converts to base units.

Calendar months and days are different dimensions, because a month is no fixed number of days.
Neither are hours part of a day here: `hours per week` must stay what it says.  Things that are
counted have a dimension of their own for each kind, `count:KIND`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import frozen

from vocpolicy.core import DateType, Dimension, Labels, NumberType, TextType, Type, Unit

if TYPE_CHECKING:
    from pint import UnitRegistry

PLAIN: Dimension = ()


@frozen
class _Row:
    """A unit: `factor` times the product of `bases`; a base dimension has itself as its base."""

    key: str
    factor: Fraction
    bases: Dimension
    unit: Unit
    spellings: tuple[str, ...]


def _row(
    key: str, plural: str, zh: str, more: str = "", of: str = "", factor: int | Fraction = 1
) -> _Row:
    """One unit, `factor` times `of` (`metre^2`, or itself where nothing is said)."""
    base, _, power = (of or key).partition("^")
    unit = Unit(plural, Fraction(factor), Labels(key.replace("_", " "), zh.split()[0]), plural)
    spellings = tuple(dict.fromkeys([plural, key, *zh.split(), *more.split()]))
    return _Row(key, Fraction(factor), ((base, int(power or 1)),), unit, spellings)


_ROWS: tuple[_Row, ...] = (
    # Marks, study, money.
    _row("point", "points", "分"),
    _row("credit", "credits", "学分"),
    _row("class_hour", "class_hours", "课时 学时"),
    _row("yuan", "yuan", "元", "CNY"),
    _row("euro", "euros", "欧元", "EUR"),
    _row("dollar", "dollars", "美元", "USD"),
    _row("pound_sterling", "pounds_sterling", "英镑", "GBP"),
    # Time.
    _row("day", "days", "天 日"),
    _row("week", "weeks", "周 星期", of="day", factor=7),
    _row("month", "months", "个月 月"),
    _row("quarter", "quarters", "个季度 季度", of="month", factor=3),
    _row("year", "years", "年 岁 周岁", of="month", factor=12),
    _row("hour", "hours", "小时"),
    _row("minute", "minutes", "分钟", of="hour", factor=Fraction(1, 60)),
    # Length, area, volume.
    _row("metre", "metres", "米", "meter meters"),
    _row("centimetre", "centimetres", "厘米", "centimeter centimeters", "metre", Fraction(1, 100)),
    _row("kilometre", "kilometres", "公里 千米", "kilometer kilometers", "metre", 1000),
    _row("square_metre", "square_metres", "平方米", "square_meter square_meters", "metre^2"),
    _row("hectare", "hectares", "公顷", of="metre^2", factor=10_000),
    _row("mu", "mu", "亩", of="metre^2", factor=Fraction(2000, 3)),
    _row(
        "square_kilometre",
        "square_kilometres",
        "平方公里 平方千米",
        "square_kilometer square_kilometers",
        "metre^2",
        1_000_000,
    ),
    _row("cubic_metre", "cubic_metres", "立方米", "cubic_meter cubic_meters", "metre^3"),
    _row("litre", "litres", "升", "liter liters", "metre^3", Fraction(1, 1000)),
    # Mass, energy, heat, sound.
    _row("kilogram", "kilograms", "千克 公斤"),
    _row("gram", "grams", "克", of="kilogram", factor=Fraction(1, 1000)),
    _row("tonne", "tonnes", "吨", "metric_ton", "kilogram", 1000),
    _row("kilowatt_hour", "kilowatt_hours", "千瓦时", "kWh"),
    _row("degree_celsius", "degrees_celsius", "摄氏度"),
    _row("decibel", "decibels", "分贝", "dB"),
)

_PERCENT = Unit("%", Fraction(1, 100), Labels("%", "%"), "%")
_PERCENTAGE_POINT = Unit(
    "percentage_points",
    Fraction(1, 100),
    Labels("percentage point", "个百分点"),
    "percentage points",
)

RATIO = NumberType(PLAIN, unit=_PERCENT)
NUMBER = NumberType(PLAIN)

PERCENTAGE_POINTS = frozenset(
    {"percentage_points", "percentage_point", "个百分点", "百分点"},
)
"""Spellings of the unit of a difference of two ratios."""


def _units() -> Mapping[str, NumberType]:
    table = {
        spelling: NumberType(row.bases, unit=row.unit)
        for row in _ROWS
        for spelling in row.spellings
    }
    table |= {"%": RATIO, "percent": RATIO}
    table |= {name: NumberType(PLAIN, unit=_PERCENTAGE_POINT) for name in PERCENTAGE_POINTS}
    return MappingProxyType(table)


UNITS: Mapping[str, NumberType] = _units()
"""Every built-in unit by each of its spellings."""

TYPES: Mapping[str, Type] = MappingProxyType(
    {
        name: type_
        for names, type_ in (
            (("date", "日期"), DateType()),
            (("text", "文本"), TextType()),
            (("ratio", "比例"), RATIO),
            (("number", "数"), NUMBER),
        )
        for name in names
    }
)
"""The built-in types that are not units, by each of their spellings."""

YEARS, MONTHS, DAYS = UNITS["years"], UNITS["months"], UNITS["days"]

_BY_DIMENSION: Mapping[Dimension, Unit] = MappingProxyType(
    {row.bases: row.unit for row in reversed(_ROWS) if row.factor == 1}
)
"""The unit that shows a number in base units, for dimensions that have one."""


def is_ratio(type_: Type) -> bool:
    """Whether it is a ratio or a difference of ratios, rather than a plain number."""
    return (
        isinstance(type_, NumberType)
        and type_.dimension == PLAIN
        and type_.unit in (_PERCENT, _PERCENTAGE_POINT)
    )


def count_type(kind: str, labels: Labels, plural: str = "", counter: str = "") -> NumberType:
    """The type of counts of a kind, with the unit that shows them."""
    unit = Unit(kind, Fraction(1), labels, plural or labels.get("en"), counter)
    return NumberType(((f"count:{kind}", 1),), whole=True, unit=unit)


def kind_of(dimension: Dimension) -> str | None:
    """The kind that a dimension counts; None where it is no plain count."""
    match dimension:
        case ((base, 1),) if base.startswith("count:"):
            return base.removeprefix("count:")
        case _:
            return None


def product(left: Dimension, right: Dimension, sign: int = 1) -> Dimension:
    """The dimension of a product, or of a quotient with `sign` -1."""
    powers = dict(left)
    for base, power in right:
        powers[base] = powers.get(base, 0) + sign * power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def per(top: NumberType, bottom: NumberType) -> NumberType:
    """The type of a compound unit, such as `yuan per year`; pint converts it to base units."""
    dimension = product(top.dimension, bottom.dimension, -1)
    over, under = _named(top), _named(bottom)
    factor = _base_factor(over, under)
    unit = Unit(
        f"{over.name} per {under.labels.get('en')}",
        factor,
        Labels(
            f"{over.labels.get('en')} per {under.labels.get('en')}",
            f"{_short(over)}{'·' if '/' in _short(over) else '/'}{_short(under)}",
        ),
        f"{over.plural} per {under.labels.get('en')}",
    )
    return NumberType(dimension, unit=unit)


def _short(unit: Unit) -> str:
    """Chinese name inside a compound: 元/月, not 元/个月."""
    return unit.labels.get("zh").removeprefix("个") or unit.name


def _named(type_: NumberType) -> Unit:
    return type_.unit or Unit("number", Fraction(1), Labels("number", "数"), "number")


@cache
def _base_factor(over: Unit, under: Unit) -> Fraction:
    """How many base units one `over` per `under` is.  Kinds and rates have no unit in pint."""
    names = {row.unit: row.key for row in _ROWS}
    parts = {names[unit]: power for unit, power in ((over, 1), (under, -1)) if unit in names}
    registry = _registry()
    quantity = registry.Quantity(Fraction(1), registry.UnitsContainer(parts)).to_base_units().m
    rates = (1 if over in names else over.factor) / (1 if under in names else under.factor)
    return Fraction(quantity) * Fraction(rates)


@cache
def _registry() -> UnitRegistry[Any]:
    """pint with the units of the table and no others, exact."""
    from pint import UnitRegistry

    registry: UnitRegistry[Any] = UnitRegistry(None, non_int_type=Fraction)
    for row in _ROWS:
        ((base, power),) = row.bases
        if row.key == base:
            registry.define(f"{row.key} = [{row.key}]")
    for row in _ROWS:
        ((base, power),) = row.bases
        if row.key != base:
            top, bottom = row.factor.as_integer_ratio()
            registry.define(f"{row.key} = {top} / {bottom} * {base} ** {power}")
    return registry


def from_pint(quantity: object) -> tuple[Fraction, Dimension] | None:
    """A pint quantity of any registry in base units, and its dimension.

    Units are read by their names, so that a year is 12 calendar months here, whatever the
    other registry takes it for.  None where it is no quantity or a unit is not in the table.
    A float is read as the shortest decimal that prints it.
    """
    items = getattr(quantity, "unit_items", None)
    magnitude = getattr(quantity, "magnitude", None)
    if items is None or magnitude is None:
        return None
    try:
        value = Fraction(magnitude if isinstance(magnitude, int | Fraction) else str(magnitude))
    except (ValueError, ZeroDivisionError):
        return None
    dimension = PLAIN
    for name, power in items():
        unit = UNITS.get(name)
        if unit is None or unit.unit is None or power != int(power):
            return None
        value *= unit.unit.factor ** int(power)
        for _ in range(abs(int(power))):
            dimension = product(dimension, unit.dimension, 1 if power > 0 else -1)
    return value, dimension


def unit_for(dimension: Dimension, kinds: Mapping[str, NumberType]) -> Unit:
    """A unit that shows a number in base units: `point`, `yuan per month`, `teacher`.

    `kinds` has the types of the counts of each kind by name.
    """
    if dimension in _BY_DIMENSION:
        return _BY_DIMENSION[dimension]
    kind = kind_of(dimension)
    if kind in kinds and kind is not None:
        return _named(kinds[kind])
    over = [(base, power) for base, power in dimension if power > 0]
    under = [(base, -power) for base, power in dimension if power < 0]
    return _compound(_factors(over, kinds), _factors(under, kinds))


def _factors(bases: Iterable[tuple[str, int]], kinds: Mapping[str, NumberType]) -> list[Unit]:
    found = []
    for base, power in bases:
        unit = _BY_DIMENSION.get(((base, power),))
        found += [unit] if unit else [unit_for(((base, 1),), kinds)] * power
    return found


def _compound(over: list[Unit], under: list[Unit]) -> Unit:
    def english(plural: bool) -> str:
        top = " ".join(unit.plural if plural else unit.labels.get("en") for unit in over) or "1"
        return " per ".join([top, *(unit.labels.get("en") for unit in under)])

    def chinese(units: list[Unit]) -> str:
        return "·".join(map(_short, units))

    zh = chinese(over) or "1"
    zh = f"{zh}/{chinese(under)}" if under else zh
    return Unit(english(True), Fraction(1), Labels(english(False), zh), english(True))

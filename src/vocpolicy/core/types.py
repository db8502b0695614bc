"""The types of the core, and the values that inhabit them.

Values are plain Python: `bool`; `Fraction` for every number (in the base unit of its
dimension); `datetime.date`; `str` for text and for a value of a choice; `Nothing.NONE`; a
`Record`; a `tuple` for a list.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

Dimension: TypeAlias = tuple[tuple[str, int], ...]
"""Base dimensions with their exponents, sorted; empty for a plain number or a ratio.

A base is a name from `vocpolicy.quantities`: `point`, `yuan`, `day`, `month`, …, or
`count:KIND` for things of a kind.  Months and days are different dimensions.
"""


@frozen
class Labels:
    """A thing's name for people; a language that says nothing falls back on the other."""

    en: str = ""
    zh: str = ""

    def get(self, lang: str) -> str:
        first, second = (self.zh, self.en) if lang == "zh" else (self.en, self.zh)
        return first or second


@frozen
class Unit:
    """How a number is shown and read: one unit is `factor` base units.

    Attributes:
        name: canonical name, as written in a rule file; `%` for ratios.
        labels: singular name in each language; for a count, the kind's name.
        plural: English plural.
        counter: Chinese measure word (名, 所, 个); "" where the unit itself follows the number.
    """

    name: str
    factor: Fraction
    labels: Labels
    plural: str = ""
    counter: str = ""


@frozen
class YesNoType:
    pass


@frozen
class ChoiceType:
    """One of the named values of a choice (`vocpolicy.core.Choice`)."""

    name: str


@frozen
class NumberType:
    """An exact number with a dimension.

    `whole` where only whole numbers of base units exist (counts).  `unit` is for display and
    takes no part in equality.
    """

    dimension: Dimension
    whole: bool = False
    unit: Unit | None = field(default=None, eq=False)


@frozen
class DateType:
    pass


@frozen
class TextType:
    pass


@frozen
class RecordType:
    """A record of an entity (`vocpolicy.core.Entity`)."""

    entity: str


@frozen
class ListType:
    item: Type


@frozen
class OptionalType:
    """The type, or `none`."""

    inner: Type


Type: TypeAlias = (
    YesNoType | ChoiceType | NumberType | DateType | TextType | RecordType | ListType | OptionalType
)


def inner(kind: Type) -> Type:
    """The type without `or none`."""
    return kind.inner if isinstance(kind, OptionalType) else kind


class Nothing(Enum):
    """`none`: a value that says there is no such thing.  Missing is not a value."""

    NONE = "none"


@frozen
class Record:
    """The facts of one record by field name; a field that nobody supplied is absent."""

    entity: str
    values: Mapping[str, Value]


Value: TypeAlias = "bool | Fraction | datetime.date | str | Nothing | Record | tuple[Value, ...]"


@frozen
class Observation:
    """A value and the day on which it was so."""

    date: datetime.date
    value: Value


def below(one: Value, other: Value) -> bool:
    """Whether the one stands before the other in the order of numbers, of days, or of `no` and
    `yes`; what has no order stands before nothing."""
    if isinstance(one, bool) and isinstance(other, bool):
        return one < other
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one < other
    if isinstance(one, datetime.date) and isinstance(other, datetime.date):
        return one < other
    return False


Series: TypeAlias = tuple[Observation, ...]
"""Observations of one fact, earliest first, no two of one day."""

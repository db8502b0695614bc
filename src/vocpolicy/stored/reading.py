"""Facts that are spelled otherwise than programs have them: `"612 points"`, a label, a `Decimal`.

What is well formed becomes values as code has them, numbers in the unit of their fact.  Of anything
else nothing is said here: `vocpolicy.facts` words what is wrong with it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction

from vocpolicy.pycode.given import as_dict, fields
from vocpolicy.pycode.helpers import MISSING, names
from vocpolicy.pycode.observed import Series
from vocpolicy.spelled.dates import day, observations, observed
from vocpolicy.spelled.numbers import Units, is_bare, quantity
from vocpolicy.spelled.words import member, says_none, text_of, yes_no
from vocpolicy.stored.decoding import Words, written
from vocpolicy.stored.nodes import BARE_BELOW, KINDS, OTHER, VALUE, DamagedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from vocpolicy.spelled.numbers import Dimension, Scale

    Check = Callable[[Any], bool]
    Relation = tuple[str, str, Callable[[Any, Any], bool]]


class NotReadError(Exception):
    """Not well formed, or not read here."""


class Kind:
    """How one fact is read.

    Attributes:
        optional: whether it can be none.
        check: says whether a value that was read is within its bounds.
    """

    __slots__ = ("check", "optional")

    def __init__(self, optional: bool, check: Check) -> None:
        self.optional, self.check = optional, check

    def value(self, raw: object) -> Any:
        """The value; MISSING where nothing is supplied.

        Raises:
            NotReadError: it is not well formed.
        """
        if raw is None or raw is MISSING:
            return None if raw is None and self.optional else MISSING
        if self.optional and self._none(raw):
            return None
        found = self._read(raw)
        if found is None or not self.check(found):
            raise NotReadError
        return found

    def _none(self, raw: object) -> bool:
        return says_none(raw)

    def _read(self, raw: object) -> Any:
        """The value, or None."""
        raise NotReadError


class YesNo(Kind):
    def _read(self, raw: object) -> bool | None:
        return yes_no(raw)


class Text(Kind):
    def _none(self, raw: object) -> bool:
        return False

    def _read(self, raw: object) -> str | None:
        return raw if isinstance(raw, str) else None


class Date(Kind):
    def _read(self, raw: object) -> Any:
        return day(raw)


class Choice(Kind):
    """`members` has the labels of each value."""

    __slots__ = ("members",)

    def __init__(self, optional: bool, check: Check, members: dict[str, tuple[str, str]]) -> None:
        super().__init__(optional, check)
        self.members = members

    def _none(self, raw: object) -> bool:
        return says_none(raw) and raw not in self.members

    def _read(self, raw: object) -> str | None:
        text = text_of(raw)
        return None if text is None else member(text, self.members)


class Number(Kind):
    """
    Attributes:
        dimension, factor: of the fact's own unit.
        bare_below: from there on a number without a unit is not read, if that is set.
    """

    __slots__ = ("bare_below", "dimension", "factor", "units")

    def __init__(
        self,
        optional: bool,
        check: Check,
        units: Units,
        dimension: Dimension,
        factor: Fraction,
        bare_below: int | None,
    ) -> None:
        super().__init__(optional, check)
        self.units, self.dimension, self.factor = units, dimension, factor
        self.bare_below = bare_below

    def _read(self, raw: object) -> int | Fraction | None:
        try:
            number, _, scale = quantity(raw, self.units)
        except ValueError:  # too many digits, or not finite
            return None
        if number is None or scale is None or scale[1] != self.dimension:
            return None
        value = number * scale[0]
        if self.bare_below is not None and value >= self.bare_below and is_bare(raw):
            return None
        value /= self.factor
        return value.numerator if value.denominator == 1 else value


class List(Kind):
    __slots__ = ("item",)

    def __init__(self, optional: bool, check: Check, item: Kind) -> None:
        super().__init__(optional, check)
        self.item = item

    def _read(self, raw: object) -> list[Any] | None:
        if not isinstance(raw, list | tuple):
            return None
        values = [self.item.value(one) for one in raw]
        if MISSING in values:
            raise NotReadError
        return values


class Record(Kind):
    __slots__ = ("fields",)

    def __init__(self, optional: bool, check: Check, fields: Reader) -> None:
        super().__init__(optional, check)
        self.fields = fields

    def _read(self, raw: object) -> dict[str, Any]:
        return self.fields.read(raw)


class Reader:
    """
    Attributes:
        kinds: how each fact, or field of a record, is read; of others the rules have to say.
        relations: two of them, and what says whether the one is within the bound that the other
            sets it.
    """

    __slots__ = ("kinds", "relations")

    def __init__(self, kinds: dict[str, Kind], relations: list[Relation]) -> None:
        self.kinds, self.relations = kinds, relations

    def read(self, given: object, day: datetime.date | None = None) -> dict[str, Any]:
        """Values by name, of facts that are supplied.

        Args:
            day: that of evaluation, where values can be observations by date.

        Raises:
            NotReadError, KeyError: not all are well formed, or are read here.
        """
        values = {
            name: self._value(self.kinds[name], raw, day) for name, raw in _mapping(given).items()
        }
        found = {name: value for name, value in values.items() if value is not MISSING}
        for one, other, kept in self.relations:
            both = one in found and other in found
            if both and not all(kept(*two) for two in _pairs(found[one], found[other], day)):
                raise NotReadError
        return found

    def _value(self, kind: Kind, raw: object, day: datetime.date | None) -> Any:
        if day is not None and isinstance(raw, Mapping | list | tuple):
            record, listed = isinstance(kind, Record), isinstance(kind, List)
            dated = list(observations(raw, record, listed and not kind.optional))
            if dated:
                return _series(kind, dated)
        return kind.value(raw)


def _series(kind: Kind, dated: list[tuple[object, object]]) -> Any:
    """Observations, the earliest first; MISSING where none says anything."""
    seen: dict[datetime.date, Any] = {}
    for key, raw in dated:
        day = observed(key)
        if day is None or day in seen:
            raise NotReadError
        seen[day] = kind.value(raw)
    found = Series((day, seen[day]) for day in sorted(seen) if seen[day] is not MISSING)
    return found or MISSING


def _pairs(one: Any, other: Any, day: datetime.date | None) -> Iterator[tuple[Any, Any]]:
    """The values of two facts of which the one is bounded by the other on the same day; what has
    no observations is as it is from the day of evaluation on."""
    if day is None:
        yield one, other
        return
    for on, value in one if isinstance(one, Series) else ((day, one),):
        bound = other.until(on)[1] if isinstance(other, Series) else other
        if bound is not MISSING and (isinstance(other, Series) or day <= on):
            yield value, bound


def _mapping(given: object) -> Mapping[Any, Any]:
    if isinstance(given, Mapping):
        return given
    attributes = fields(type(given))
    if attributes is None:
        raise NotReadError
    return as_dict(given, attributes)


# ---- from words -------------------------------------------------------------------------------


def decoded_reader(text: str) -> Reader:
    """A reader from its text.

    Raises:
        DamagedError: it is not what `saving` writes.
    """
    words, *strings = text.split("\n")
    return written(lambda: _ReaderWords(words, strings).reader())


class _ReaderWords(Words):
    """Takes what `vocpolicy.stored.kinds` writes.

    Attributes:
        units: the units that are not a fact's own, by their spellings.
    """

    def reader(self) -> Reader:
        self.read_constants()
        self.space = {**names(("date",)), **self.constants}
        self.units = {self.string(): self._scale() for _ in range(self.count())}
        found = self._named()
        self.end()
        return found

    def _named(self) -> Reader:
        kinds = {self.string(): self._kind() for _ in range(self.count())}
        relations = [
            (self.string(), self.string(), self._function(VALUE, OTHER))
            for _ in range(self.count())
        ]
        return Reader(kinds, relations)

    def _function(self, *variables: str) -> Callable[..., bool]:
        self.defined = set(variables)
        found: Callable[..., bool] = eval(
            f"lambda {', '.join(variables)}: {self.code()}", self.space
        )
        return found

    def _kind(self) -> Kind:
        optional = self.one_of(("always", "optional")) == "optional"
        word = self.one_of(KINDS)
        check = self._function(VALUE)
        match word:
            case "yes_no":
                return YesNo(optional, check)
            case "text":
                return Text(optional, check)
            case "date":
                return Date(optional, check)
            case "choice":
                return Choice(optional, check, self._members())
            case "number":
                return self._number(optional, check)
            case "list":
                return List(optional, check, self._kind())
            case "record":
                return Record(optional, check, self._named())
            case _:
                return Kind(optional, check)

    def _members(self) -> dict[str, tuple[str, str]]:
        return {self.string(): (self.string(), self.string()) for _ in range(self.count())}

    def _number(self, optional: bool, check: Check) -> Number:
        bare = self.one_of(BARE_BELOW)
        own, unit = self._scale(), self._scale()
        names = frozenset(self.string() for _ in range(self.count()))
        units = Units(own, unit if names else None, names, self.units.get)
        return Number(optional, check, units, own[1], own[0], BARE_BELOW[bare])

    def _scale(self) -> Scale:
        top, bottom = self.whole(), self.whole()
        if top < 1 or bottom < 1:
            raise DamagedError
        bases = tuple((self.string(), self.whole()) for _ in range(self.count()))
        return Fraction(top, bottom), bases

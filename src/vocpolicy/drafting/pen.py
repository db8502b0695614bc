"""Writing rule text in the words of one keyword language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from attrs import frozen

from vocpolicy.core import Unit
from vocpolicy.drafting.data import Kind
from vocpolicy.keywords import KEYWORDS, MODALITIES
from vocpolicy.quantities import UNITS

_KEYWORDS = {keyword.terminal: keyword for keyword in KEYWORDS}
_TYPES = {"ratio": "比例", "number": "数"}
MOST_DIGITS = 18
"""Most significant digits that a literal may have."""


@frozen
class Pen:
    """Spells keywords, literals and labels in the keyword language `lang`."""

    lang: str

    def word(self, terminal: str) -> str:
        """The canonical spelling of a terminal of the grammar."""
        keyword = _KEYWORDS[terminal]
        return (keyword.zh if self.lang == "zh" else keyword.en)[0]

    def words(self, *parts: str) -> str:
        """Terminals (in capitals) spelled, other parts as they are, one space between."""
        return " ".join(self.word(part) if part in _KEYWORDS else part for part in parts if part)

    def modality(self, key: str) -> str:
        spelled = next(spelled for spelled, _ in MODALITIES if spelled.key == key)
        return (spelled.zh if self.lang == "zh" else spelled.en)[0]

    def labels(self, en: str, zh: str) -> str:
        """Both labels; the keyword language's own comes first."""
        pairs = [("EN", en), ("ZH", zh)] if self.lang == "en" else [("ZH", zh), ("EN", en)]
        return " ".join(f"{self.word(mark)} {quoted(text)}" for mark, text in pairs)

    def year_end(self, year: int) -> str:
        return f"{year}年底" if self.lang == "zh" else f"end of {year}"

    def day(self, day: date) -> str:
        return f"{day.year}年{day.month}月{day.day}日" if self.lang == "zh" else day.isoformat()

    def type(self, unit: str | Kind) -> str:
        match unit:
            case Kind():
                return self.words("COUNT_OF", unit.name)
            case "%":
                return self._builtin("ratio")
            case "":
                return self._builtin("number")
            case _:
                return self._unit(unit)

    def quantity(self, number: Fraction, unit: str | Kind) -> str:
        """A literal: a number with its unit, a percentage, or a fraction of whole numbers."""
        match unit:
            case "%" if _decimal(number * 100):
                return f"{_decimal(number * 100)}%"
            case "%" | "":
                return _decimal(number) or f"{number.numerator} / {number.denominator}"
            case Kind():
                return self._count(number, unit)
            case _:
                # Four digits before 年 would read as a year.
                close = self.lang == "zh" and number < 1000
                name = self._unit(unit) if close else _unit(unit).name
                return f"{_decimal(number)}{'' if close else ' '}{name}"

    def _count(self, number: Fraction, kind: Kind) -> str:
        if self.lang == "zh":
            return f"{_decimal(number)}{kind.counter or ' ' + kind.name}"
        several = number != 1 and kind.plural.isidentifier()
        return f"{_decimal(number)} {kind.plural if several else kind.name}"

    def _builtin(self, name: str) -> str:
        return _TYPES[name] if self.lang == "zh" else name

    def _unit(self, word: str) -> str:
        unit = _unit(word)
        return unit.labels.get("zh") if self.lang == "zh" else unit.name


def _unit(word: str) -> Unit:
    unit = UNITS[word].unit
    assert unit is not None, word
    return unit


def quoted(text: str) -> str:
    """A text between straight quotes, on one line, of characters that can be seen."""
    line = "".join(character for character in " ".join(text.split()) if character.isprintable())
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'


def block(head: str, lines: Iterable[str]) -> str:
    """A declaration with its lines in braces."""
    return "\n".join([f"{head} {{", *(f"  {line}" for line in lines), "}"])


def writable(number: Fraction, unit: str | Kind) -> bool:
    """Whether a literal can hold the number: a count is whole, and no number is too long."""
    if isinstance(unit, Kind) and number.denominator != 1:
        return False
    parts = (number.numerator, number.denominator)
    if unit in ("%", "") and not _decimal(number * 100):
        return all(part < 10**MOST_DIGITS for part in parts)
    return bool(_decimal(number))


def _decimal(number: Fraction) -> str:
    """The number in digits, or "" where it does not end or has too many."""
    scale = 0
    while number.denominator != 1 and scale <= MOST_DIGITS:
        number, scale = number * 10, scale + 1
    if number.denominator != 1 or number >= 10**MOST_DIGITS:
        return ""
    digits = str(number.numerator).rjust(scale + 1, "0")
    return f"{digits[:-scale]}.{digits[-scale:]}" if scale else digits

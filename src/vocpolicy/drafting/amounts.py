"""What a figure comes to: its number or range, its unit, and how the words around it compare."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from vocpolicy.coverage import Figure
from vocpolicy.coverage.headings import NUMBERS
from vocpolicy.coverage.squeeze import NUMERALS, squeeze
from vocpolicy.drafting.data import Kind, data
from vocpolicy.drafting.pen import writable
from vocpolicy.parser.tokens import RESERVED
from vocpolicy.quantities import TYPES, UNITS

AROUND = 16
"""How many characters on each side of a figure are read with it."""

_LARGE = {"千": 10**3, "百": 10**2, "万": 10**4, "亿": 10**8}
_CHINESE = f"[{''.join(sorted(NUMERALS))}]+(?:点[{''.join(sorted(NUMERALS))}]+)?"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s?[万亿千百]*"
_NUMBER = f"(?:{_DIGITS}|{_CHINESE})"
_PERCENT = r"%|‰|\s?per\s?cent\b|\spercentage points?\b|个百分点"
_JOIN = r"\s?(?:-|–|—|~|〜|−|至|到)\s?(?:百分之)?"
_AMOUNT = re.compile(
    rf"(?P<share>百分之)?(?P<low>{_NUMBER})(?P<more>[余多])?"
    rf"(?:(?P<mid>\D{{0,3}}?){_JOIN}(?P<high>{_NUMBER})(?P<more2>[余多])?)?"
    rf"(?P<unit>{_PERCENT}|\s?[^\s\d]*)"
)
_FRACTION = re.compile(
    f"(?P<under>{_NUMBER})分之(?P<over>{_NUMBER})|(?P<a>{_DIGITS})/(?P<b>{_DIGITS})"
)


@frozen
class Amount:
    """A number with its unit as a goal.

    Attributes:
        how: the comparator: at_least, at_most, more_than, less_than, about, nearly, each,
            between, all, level, or "" where no word says.
        low, high: the number, twice the same where it is no range; a ratio counts in ones.
        unit: a spelling of a built-in unit, `%` for a ratio, "" for a bare number, or a kind.
    """

    how: str
    low: Fraction
    high: Fraction
    unit: str | Kind


def amount(text: str, figure: Figure) -> Amount | None:
    """What a figure comes to in its text; None where only a person can say."""
    before = squeeze(text[max(0, figure.start - AROUND) : figure.start], spaces=True).text
    after = squeeze(text[figure.end : figure.end + 3 * AROUND], spaces=True).text
    bare, how = _comparator(squeeze(figure.text, spaces=True).text, before, after)
    word = bare.casefold()
    if word in data().level:
        return Amount("level", Fraction(1), Fraction(1), _ITEM)
    if share := data().shares.get(word):
        return Amount(share[0], Fraction(share[1], 100), Fraction(share[1], 100), "%")
    found = _fraction(bare) or _number_word(word, before, after) or _plain(bare, after)
    if found is None or not all(writable(n, found.unit) for n in (found.low, found.high)):
        return None
    if found.low < found.high:
        return Amount("between", found.low, found.high, found.unit)
    return None if found.low > found.high else Amount(how or found.how, *_rest(found))


_ITEM = data().kinds["个"]


def _rest(found: Amount) -> tuple[Fraction, Fraction, str | Kind]:
    return found.low, found.high, found.unit


_OF_WHAT = re.compile(r"(?<=[过于])[^，。；、：过于\d]+的$")


def _comparator(figure: str, before: str, after: str) -> tuple[str, str]:
    """The figure without the words that compare, and the comparator."""
    how = ""
    for word, key in data().before:
        if figure.casefold().startswith(word):
            figure, how = figure[len(word) :], key
            break
    else:
        before = before.rstrip("£€$¥ ")  # at most £6,000
        spaced = f"{before} ".casefold()
        bound = _OF_WHAT.sub("", before)  # 不得超过租金的70%
        near = (key for word, key in data().before if _ends(bound, spaced, word))
        how = next(near, "")
    for word, key in data().after:
        if figure.casefold().endswith(word):
            return figure[: -len(word)], key
        if f" {after}".casefold().startswith(word) or after.startswith(word):
            return figure, key
    return figure, how


def _ends(before: str, spaced: str, word: str) -> bool:
    return spaced.endswith(f" {word}") if word.isascii() else before.endswith(word)


def _fraction(text: str) -> Amount | None:
    """三分之一, 2/3."""
    match = _FRACTION.fullmatch(text)
    if match is None:
        return None
    over, under = _number(match["over"] or match["a"]), _number(match["under"] or match["b"])
    if over is None or not under or match["under"] == "百":
        return None if match["under"] != "百" or over is None else _same(over / 100, "%")
    return _same(over / under, "%")


def _number_word(word: str, before: str, after: str) -> Amount | None:
    """`five`; of several words that make one number (`two hundred`) none is one by itself."""
    number = data().numbers.get(word)
    beside = {*before.casefold().split()[-1:], *after.casefold().split()[:1]}
    if number is None or beside & data().numbers.keys():
        return None
    return _same(number, _counted(after))


def _plain(text: str, after: str) -> Amount | None:
    """A number or a range with what stands after it as its unit."""
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return None
    low = _number(match["low"])
    high = low if match["high"] is None else _number(match["high"])
    word = match["unit"].strip()
    unit, times = _unit("%" if match["share"] else word, after)
    if low is None or high is None or unit is None:
        return None
    how = "more_than" if match["more"] or match["more2"] else ""
    return Amount(how, low * times, high * times, unit)


def _same(number: Fraction, unit: str | Kind) -> Amount:
    return Amount("", number, number, unit)


def _unit(word: str, after: str) -> tuple[str | Kind | None, Fraction]:
    """The unit that a word names, and what one of it comes to; a ratio counts in ones."""
    if word == "‰":
        return "%", Fraction(1, 1000)
    if re.fullmatch(_PERCENT, word) or word in ("per cent", "percent") or "percentage" in word:
        return "%", Fraction(1, 100)
    if word in data().multiples:
        unit, times = data().multiples[word]
        return unit, Fraction(times, 100) if unit == "%" else Fraction(times)
    if not word:
        return _counted(after), Fraction(1)
    if word in data().kinds:
        return data().kinds[word], Fraction(1)
    return (word, Fraction(1)) if word in UNITS else (None, Fraction(1))


def _counted(after: str) -> str | Kind:
    """What an English number counts, from the words after it: a unit, a kind, or nothing."""
    words = re.match(r"(?: ?[a-z][a-z-]*){1,3}", after)
    near = words[0].split() if words else []
    if not near or near[0] in data().not_counted:
        return ""
    if near[0] in UNITS:
        return near[0]
    return english_kind(_noun(near))


def _noun(words: list[str]) -> str:
    """The first plural before a word that ends what is counted, or the first word."""
    taken: list[str] = []
    for word in words:
        if word in data().not_counted:
            break
        taken.append(word)
    return next((word for word in taken if word.endswith("s")), taken[0])


def english_kind(plural: str) -> Kind:
    """The kind of a noun; its name is kept apart from words that mean something."""
    one = _singular(plural)
    name = one.replace("-", "_").strip("_")
    if name in RESERVED or name in UNITS or name in TYPES or plural in UNITS:
        name += "_counted"
    return Kind(name, one, plural, plural)


def _singular(plural: str) -> str:
    if plural.endswith("ies"):
        return plural[:-3] + "y"
    if plural.endswith("s") and not plural.endswith("ss"):
        return plural[:-1]
    return plural


def _number(text: str) -> Fraction | None:
    """A number in digits (with 万 and the like) or in Chinese numerals."""
    text = text.replace(",", "").replace(" ", "")
    digits = re.match(r"\d+(?:\.\d+)?", text)
    if digits:
        return _times(Fraction(digits[0]), text[digits.end() :])
    whole, _, decimals = text.partition("点")
    number = _chinese(whole)
    if number is None or not decimals:
        return number
    values = [_chinese(character) for character in decimals]
    return None if None in values else number + sum(_places(v for v in values if v is not None))


def _places(digits: Iterable[Fraction]) -> Iterable[Fraction]:
    return (digit / 10**place for place, digit in enumerate(digits, start=1))


def _times(number: Fraction, words: str) -> Fraction:
    for word in words:
        number *= _LARGE[word]
    return number


def _chinese(text: str) -> Fraction | None:
    """三, 二十一, 四十万."""
    for large in "亿万":
        if large in text:
            head, _, tail = text.partition(large)
            number, rest = _chinese(head), _chinese(tail) if tail else Fraction(0)
            return None if number is None or rest is None else number * _LARGE[large] + rest
    try:
        digits = NUMBERS["zh"](text.replace("两", "二"))
    except KeyError:
        return None
    return Fraction(digits[0]) if text and digits else None

"""Words that are no keywords but have a spelling in each language: units, types, outcomes.

Only the spelling that a language would choose itself is carried over, so that the way there and
back gives the same bytes; `岁` and `CNY` stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from vocpolicy.format.roles import Role
from vocpolicy.keywords import COLLECTED, HIT_POLICIES, PROPERTIES
from vocpolicy.outcome import WORDS
from vocpolicy.quantities import TYPES, UNITS

Pair = tuple[str, str]
"""English and Chinese."""


def translated(word: str, role: Role, lang: str) -> str:
    """The word in a language, where it has one spelling for its role in each."""
    return _table(role, lang).get(word, word)


def outcome(phrase: str, lang: str) -> str | None:
    """The words after `is` in the other language; None where they are not the table's."""
    return _outcomes(lang).get(phrase)


@cache
def _table(role: Role, lang: str) -> Mapping[str, str]:
    return _towards(lang, tuple(_pairs(role)))


@cache
def _outcomes(lang: str) -> Mapping[str, str]:
    return _towards(lang, tuple((word.en, word.zh) for word in WORDS.values()))


def _towards(lang: str, pairs: tuple[Pair, ...]) -> Mapping[str, str]:
    if lang == "en":
        return MappingProxyType({zh: en for en, zh in pairs})
    return MappingProxyType(dict(pairs))


def _pairs(role: Role) -> Iterator[Pair]:
    match role:
        case Role.UNIT:
            yield from ((many, zh) for _, many, zh, _ in _units())
        case Role.UNIT_OF_ONE:
            yield from ((one, zh) for one, _, zh, _ in _units())
        case Role.TYPE:
            yield from ((many, zh) for _, many, zh, _ in _units())
            yield from _types()
        case Role.UNDER:
            yield from ((one, short) for one, _, _, short in _units())
        case Role.HIT_POLICY:
            yield from ((word.en[0], word.zh[0]) for word in (*HIT_POLICIES, *COLLECTED))
        case Role.PROPERTY:
            yield from ((word.en[0], word.zh[0]) for word in PROPERTIES)
        case Role.YEAR | Role.ANY_CELL | Role.YES:
            return


def _units() -> Iterator[tuple[str, str, str, str]]:
    """Each unit of a name: one, many, Chinese, and Chinese under another unit (元每月)."""
    for spelling, type_ in UNITS.items():
        unit = type_.unit
        if unit is None or spelling != unit.name or not spelling.isidentifier():
            continue
        one, zh = unit.labels.get("en").replace(" ", "_"), unit.labels.get("zh")
        short = zh.removeprefix("个")
        yield one, spelling, zh, short if short in UNITS else zh


def _types() -> Iterator[Pair]:
    # By identity: a ratio equals a plain number but for how it is shown.
    english = {id(type_): name for name, type_ in TYPES.items() if name.isascii()}
    for name, type_ in TYPES.items():
        if not name.isascii():
            yield english[id(type_)], name


@cache
def equivalents() -> Mapping[str, str]:
    """Every word that can be carried over, and one English word that stands for all that mean
    the same: for the comparison of trees."""
    table = {
        zh: en for role in (Role.HIT_POLICY, Role.TYPE, Role.PROPERTY) for en, zh in _pairs(role)
    }
    for one, many, zh, short in _units():
        table |= dict.fromkeys((one, zh, short), many)
    return MappingProxyType(table | {word.zh: word.en for word in WORDS.values()})

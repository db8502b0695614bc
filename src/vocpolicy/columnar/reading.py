"""How the cells of a column are read as values of a fact, whether as columns or row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy import core
from vocpolicy.diagnostics import Words
from vocpolicy.exact import MAX_DIGITS
from vocpolicy.facts.mistakes import Mistakes
from vocpolicy.facts.numbers import own_scale
from vocpolicy.facts.values import read_value

FINEST = Fraction(1, 10**6)
"""Of a floating-point number without declared steps this part of its unit is read."""

MOST_EXACT = 2**53
TOLERANCE = 1e-3

TAKES: Mapping[type, Words] = {
    core.YesNoType: Words("Booleans", "布尔值"),
    core.NumberType: Words("integers, decimals or floating-point numbers", "整数、定点数或浮点数"),
    core.ChoiceType: Words("text or an enumeration", "文本或枚举"),
    core.DateType: Words("dates", "日期"),
    core.TextType: Words("text", "文本"),
    core.ListType: Words("lists", "列表"),
    core.RecordType: Words("records", "记录"),
}


def inner(kind: core.Type) -> core.Type:
    return kind.inner if isinstance(kind, core.OptionalType) else kind


def optional(kind: core.Type) -> bool:
    return isinstance(kind, core.OptionalType)


def finest(fact: core.Fact, kind: core.NumberType) -> Fraction:
    """What floating-point numbers of a fact are read in counts of, in its own unit."""
    if fact.step:
        return fact.step / own_scale(kind)[0]
    return Fraction(1) if kind.whole else FINEST


def digits(grain: Fraction) -> int:
    """How many places after the point show every multiple of a grain; six, where none do."""
    return next((n for n in range(MAX_DIGITS) if (grain * 10**n).denominator == 1), 6)


@frozen
class Spellings:
    """How the values of a choice are written in a column: of each value the texts, the texts for
    `none`, and those among the column's own that are neither."""

    values: Mapping[str, list[str]]
    nones: list[str]
    wrong: list[str]


def spellings(policy: core.Policy, kind: core.Type, dtype: Any) -> Spellings:
    """Of a fact of this type in a column of text or an enumeration."""
    choice = inner(kind)
    assert isinstance(choice, core.ChoiceType)
    members = policy.choices[choice.name].members
    if isinstance(dtype, nw.Enum):
        candidates: Iterable[str] = dtype.categories
    else:
        labels = [one for label in members.values() for one in (label.en, label.zh) if one]
        candidates = dict.fromkeys([*members, *labels, "none", "无"])
    found = Spellings({name: [] for name in members}, [], [])
    for text in candidates:
        value = read_value(Mistakes(policy), kind, text, "")
        if isinstance(value, str):
            found.values[value].append(text)
        else:
            (found.nones if value is core.Nothing.NONE else found.wrong).append(text)
    return found

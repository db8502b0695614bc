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

LIMIT = 10**MAX_DIGITS - 1
"""The greatest whole number that is read of a cell, and the least without its sign."""

TOLERANCE = 1e-3
"""By what part of a step a floating-point number may be off, as sums of such numbers are."""

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
    return core.inner(kind)


def optional(kind: core.Type) -> bool:
    return isinstance(kind, core.OptionalType)


def finest(fact: core.Fact, kind: core.NumberType) -> Fraction:
    """What floating-point numbers of a fact are read in counts of, in its own unit."""
    if fact.step:
        return fact.step / own_scale(kind)[0]
    return Fraction(1) if kind.whole else FINEST


def most_exact(grain: Fraction) -> int:
    """Up to how many counts of a grain each has a floating-point number of its own, which leads
    back to it: where the steps are not binary, rounding takes two bits and more."""
    parts = grain.numerator, grain.denominator
    return 2**53 if all(one & (one - 1) == 0 for one in parts) else 2**50


def to_counts(column: Any, grain: Fraction) -> Any:
    """Floating-point numbers, or a column of them, in counts of a grain; one rounding for each
    part of it that is not one."""
    times, parts = grain.denominator, grain.numerator
    column = column if times == 1 else column * float(times)
    return column if parts == 1 else column / float(parts)


def from_counts(counts: Any, grain: Fraction) -> Any:
    """The floating-point numbers that are nearest to so many counts."""
    times, parts = grain.denominator, grain.numerator
    counts = counts if parts == 1 else counts * float(parts)
    return counts if times == 1 else divided(counts, times)


def divided(column: Any, by: int) -> Any:
    """A floating-point column divided by a figure, rounded once: where the figure stands alone
    polars multiplies by its inverse, and is off by one in the last place in a tenth of cells."""
    return column / (column * 0.0 + float(by))


def nearest(column: nw.Expr, grain: Fraction) -> tuple[nw.Expr, nw.Expr]:
    """Of a floating-point column the whole counts, as such numbers, and whether a cell stands for
    them: it is as near as can be, or off by no more than a thousandth.  Null where it is missing;
    where it is too large, or infinite, the counts are null too."""
    nothing = nw.lit(None, dtype=nw.Float64)
    cell = nw.when(~column.is_nan()).then(column.cast(nw.Float64)).otherwise(nothing)
    parts = to_counts(cell, grain)
    fits = parts.abs() <= float(most_exact(grain))
    held = nw.when(fits).then(parts).otherwise(nothing)
    counts = held.round(0)
    near = ((held - counts).abs() <= TOLERANCE) | (from_counts(counts, grain) == cell)
    return counts, fits & near.fill_null(True)


def whole(column: nw.Expr, dtype: Any) -> tuple[nw.Expr, nw.Expr | None]:
    """An integer column in 64 bits, and what has to hold of its cells for that; null where they
    are larger than is read."""
    if str(dtype) not in WIDER:
        return (column if dtype == nw.Int64 else column.cast(nw.Int64)), None
    fits = column <= nw.lit(LIMIT, dtype=dtype)
    if not str(dtype).startswith("U"):
        fits = fits & (column >= nw.lit(-LIMIT, dtype=dtype))
    held = nw.when(fits).then(column).otherwise(nw.lit(None, dtype=dtype))
    return held.cast(nw.Int64), fits


WIDER = ("UInt64", "Int128", "UInt128")
"""Types of integers that 64 bits do not hold."""


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

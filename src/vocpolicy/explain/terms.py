"""What a sentence is made of, before any language: the closed union of its parts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias, TypeVar

from attrs import Factory, frozen

from vocpolicy.core import Labels, NumberType

T = TypeVar("T")


@frozen
class Amount:
    """A number with its unit.

    Attributes:
        value: in base units.
        places: decimals to show; None: as many as the number has.
        bare: without the unit (a percentage keeps its sign).
        noun_said: what is counted has just been named; English leaves the noun off.
    """

    value: Fraction
    type: NumberType
    places: int | None = None
    bare: bool = False
    noun_said: bool = False


@frozen
class Band:
    """Numbers from `low` to `high`; a side that is None is open."""

    low: Fraction | None
    high: Fraction | None
    type: NumberType
    places: int | None = None


@frozen
class Day:
    """A date; `year_end` says 31 December as the end of its year."""

    date: datetime.date
    year_end: bool = False


@frozen
class Listing:
    """Several things; `joint` is the key of what stands between two of them."""

    items: tuple[Term, ...]
    joint: str = "joint.list"


@frozen
class Say:
    """A row of the table of sentences, and what stands in its places."""

    key: str
    args: Mapping[str, Term] = Factory(dict)


Term: TypeAlias = str | Labels | Amount | Band | Day | Listing | Say
"""A part of a sentence; a plain string is a text of the user's, the same in both languages."""


def named(labels: Labels, name: str) -> Labels:
    """The label, or where a thing has none the words of its name."""
    if labels.en or labels.zh:
        return labels
    return Labels(name.replace("_", " "), name.replace("_", " "))


def unique(terms: Iterable[T]) -> tuple[T, ...]:
    """Each once, in order."""
    found: list[T] = []
    for term in terms:
        if term not in found:
            found.append(term)
    return tuple(found)


def alternatives(terms: Iterable[Term]) -> Term:
    """`a, b or c`."""
    items = tuple(terms)
    if len(items) < 2:
        return Listing(items)
    return Listing((Listing(items[:-1]), items[-1]), "joint.or_list")

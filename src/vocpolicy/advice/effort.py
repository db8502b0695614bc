"""How facts may change, and how far a change is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

from vocpolicy import core
from vocpolicy.advice.case import Case
from vocpolicy.box.atoms import Atom
from vocpolicy.box.cells import domain
from vocpolicy.core.walk import unwrapped
from vocpolicy.trace import Answer, Unknown

Allowed: TypeAlias = "Mapping[str, str] | Iterable[str] | None"
"""How facts may change, by name; or the names of those that may, any way."""

ONE = Fraction(1)
YEAR = 365


def allowed(
    case: Case, allow: Allowed, effort: Mapping[str, Fraction]
) -> dict[int, tuple[str, Fraction]]:
    """The atoms that may change: how, and what it takes.  Lists and missing facts do not."""
    found: dict[int, tuple[str, Fraction]] = {}
    for atom in case.model.atoms:
        fact = atom.fact
        searchable = not isinstance(unwrapped(atom.type), core.ListType | core.RecordType)
        if fact is None or atom.value is None or not searchable:
            continue
        manner = _manner(fact, allow)
        if manner != "fixed":
            found[atom.place] = (manner, Fraction(effort.get(fact.name, fact.effort)))
    return found


def _manner(fact: core.Fact, allow: Allowed) -> str:
    declared = fact.change or "can_change"
    if allow is None:
        return declared
    if isinstance(allow, Mapping):
        return allow.get(fact.name, declared).replace(" ", "_")
    names = list(allow)
    return "can_change" if fact.name in names else "fixed"


def may_become(atom: Atom, manner: str) -> Answer:
    """What is known of a fact that may change so."""
    if not isinstance(atom.value, Fraction):
        return atom.free
    low, high = domain(atom.free, atom)
    low = atom.value if manner == "can_rise" else low
    high = atom.value if manner == "can_fall" else high
    return Unknown(low, high) if low is None or low != high else low


def distance(atom: Atom, value: Answer) -> Fraction:
    """How far a value is from the one supplied: of numbers as a share of it, of dates in years,
    of anything else 1."""
    before = atom.value
    if before == value:
        return Fraction(0)
    if isinstance(before, Fraction) and isinstance(value, Fraction):
        return abs(value - before) / max(abs(before), atom.step or ONE)
    if isinstance(before, datetime.date) and isinstance(value, datetime.date):
        return Fraction(abs((value - before).days), YEAR)
    return ONE

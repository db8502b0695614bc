"""How facts may change, and how far a change is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

from vocpolicy import core
from vocpolicy.advice.case import Case
from vocpolicy.box.atoms import ANOTHER, FIELD, RECORD, Atom, Part
from vocpolicy.box.cells import domain
from vocpolicy.trace import Answer, Unknown

Allowed: TypeAlias = "Mapping[str, str] | Iterable[str] | None"
"""How facts may change, by name; or the names of those that may, any way."""

ONE = Fraction(1)
YEAR = 365


def allowed(
    case: Case, allow: Allowed, effort: Mapping[str, Fraction]
) -> dict[int, tuple[str, Fraction]]:
    """The atoms that may change: how, and what it takes.  Lists as a whole and missing facts do
    not; of a supplied list its fields may, and records may be added or go where it says so."""
    found: dict[int, tuple[str, Fraction]] = {}
    for atom in case.model.atoms:
        fact = atom.fact
        searchable = not isinstance(core.inner(atom.type), core.ListType | core.RecordType)
        searchable = searchable or atom.part is not None
        if fact is None or atom.value is None or not searchable:
            continue
        manner = _manner(fact, allow) if atom.part is None else _part_manner(case, atom.part, allow)
        if manner != "fixed":
            one = effort.get(atom.name, effort.get(fact.name, fact.effort))
            found[atom.place] = (manner, Fraction(one))
    return found


def may_be_opened(case: Case, name: str, allow: Allowed) -> bool:
    """Whether something in a supplied list may change: its parts were not all looked at."""
    declared = case.fact(name)
    return declared is None or _manner(declared, allow) != "fixed"


def _manner(fact: core.Fact, allow: Allowed) -> str:
    return _said(allow, fact.name) or fact.change or "can_change"


def _said(allow: Allowed, name: str) -> str | None:
    """What a call says of a fact; None where it leaves that to its declaration."""
    if allow is None:
        return None
    if isinstance(allow, Mapping):
        return allow[name].replace(" ", "_") if name in allow else None
    return "can_change" if name in allow else "fixed"


def _part_manner(case: Case, part: Part, allow: Allowed) -> str:
    """How a part of a list may change: a field as it declares, unless the list is fixed; records
    come where the list is declared to rise, go where it is to fall."""
    holder = str(part.path[0])
    own, whole = _said(allow, part.name), _said(allow, holder)
    declared = case.fact(holder)
    change = whole or (declared.change if declared is not None else "")
    if own is not None and (own != "fixed" or isinstance(allow, Mapping)):
        return own
    if part.form == FIELD:
        if change == "fixed" or whole == "can_change":
            return change
        return part.fact.change or "can_change"
    ways = {RECORD: ("can_fall", "can_change"), ANOTHER: ("can_rise", "can_change")}[part.form]
    change = change if whole or len(part.path) == 2 else part.fact.change
    return "can_change" if change in ways else "fixed"


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

"""Plain values: for cases where facts meet in one comparison, of which all but one are tried and
the last is searched for; and in place of odd ones in a case that was found."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from vocpolicy import core
from vocpolicy.box.atoms import Atom
from vocpolicy.box.cells import cells, domain
from vocpolicy.box.model import Model
from vocpolicy.box.pieces import Vector
from vocpolicy.box.rulings import Ruling
from vocpolicy.box.search import Aim, Budget, find, put
from vocpolicy.trace import Answer, Unknown

PLAIN = (100, 50, 200, 20, 10, 40, 1000, 5, 2, 1, 0)
"""Counts that a reader takes in at a glance; the first is tried first."""

MEASURED = (10, 20, 5, 2, 1, 50, 100, 1000, 0)
"""Other numbers, in units."""

TRIES = 60
MOST_DAYS = datetime.date.max.toordinal()


def seeded(model: Model, aim: Aim, boxes: int) -> Vector | None:
    """A case found so; None where none was."""
    places = _meeting(model)
    if not 1 < len(places) <= 12:
        return None
    draw = random.Random(0)
    for attempt in range(TRIES):
        left = places[attempt % len(places)]
        vector = _set(model, [one for one in places if one != left], draw, attempt)
        if vector is None:
            continue
        found = find(model, vector, aim, Budget(min(boxes, 300)))
        if found.vector is not None:
            return found.vector
    return None


def _meeting(model: Model) -> list[int]:
    """The open numbers and dates, those first that conditions or bounds tie to others."""
    tied = {place for cut in model.grid.cuts if len(cut.atoms) > 1 for place in cut.atoms}
    places = [
        atom.place
        for atom in model.atoms
        if isinstance(core.inner(atom.type), core.NumberType | core.DateType)
        and isinstance(model.given[atom.place], Unknown)
        and atom.fact is not None
    ]
    return sorted(places, key=lambda place: (place not in tied, place))


def _set(model: Model, places: Sequence[int], draw: random.Random, attempt: int) -> Vector | None:
    """The case with plain values in some places; None where bounds exclude them."""
    vector = model.given
    for place in places:
        value = _value(model, model.atoms[place], vector[place], draw, attempt)
        if value is None:
            return None
        vector = model.narrowed(put(vector, place, value))
    return None if model.valid(vector) is False else vector


def _value(
    model: Model, atom: Atom, here: Answer, draw: random.Random, attempt: int
) -> Answer | None:
    if isinstance(core.inner(atom.type), core.DateType):
        return _years_before(model.scope.day, draw.choice(YEARS_BACK))
    low, high = domain(here, atom)
    kind = core.inner(atom.type)
    unit = kind.unit.factor if isinstance(kind, core.NumberType) and kind.unit else Fraction(1)
    fits = [
        value
        for value in (one * unit for one in _plain_for(kind))
        if (low is None or low <= value) and (high is None or value <= high)
    ]
    fits += [end for end in (low, high) if end is not None and end not in fits]
    if not fits:
        return None
    return fits[0] if attempt < 2 else draw.choice(fits)


# ---- plainer cases -----------------------------------------------------------------------------

YEARS_BACK = (0, 1, 3, 5, 6, 8, 10, 20, 30)


def plainer(model: Model, vector: Vector, wanted: Callable[[Ruling], bool]) -> Vector:
    """A case with each value that can be so as people would write it, and none that can be
    left out."""
    vector = _nearer(model, vector, wanted)
    for atom in model.atoms:
        if isinstance(vector[atom.place], Unknown) or atom.fact is None:
            continue
        for value in _plain(model, atom, vector[atom.place]):
            trial = put(vector, atom.place, value)
            if model.valid(trial) is not False and wanted(model.ruling(trial)):
                vector = trial
                break
    return _added_up(model, vector, wanted)


def needed(model: Model, found: Vector, wanted: Callable[[Ruling], bool]) -> Vector:
    """A case without what does not matter in it.  What bounds say of the rest is worked out anew
    each time: it may have come from what is left out."""
    kept = [
        atom.free if isinstance(found[atom.place], Unknown) else found[atom.place]
        for atom in model.atoms
    ]
    for atom in model.atoms:
        if atom.value is None and not isinstance(kept[atom.place], Unknown):
            opened = put(kept, atom.place, atom.free)
            kept = opened if wanted(model.ruling(model.narrowed(opened.copy()))) else kept
    vector = model.narrowed(kept)
    return vector if wanted(model.ruling(vector)) else found


def canonical(model: Model, found: Vector, wanted: Callable[[Ruling], bool]) -> Vector:
    """A case that was found elsewhere in the form of those of a search, whatever values it was
    found with: facts that do not matter left out, others at the first value that will do."""
    if model.valid(found) is not True or not wanted(model.ruling(found)):
        return found
    vector = needed(model, found, wanted)
    for atom in (one for one in model.atoms if one.value is None):
        if not isinstance(vector[atom.place], Unknown):
            opened = put(vector, atom.place, atom.free)
            for value in cells(model, opened, atom.place).values:
                trial, whole = (put(one, atom.place, value) for one in (vector, found))
                if model.valid(whole) is True and wanted(model.ruling(trial)):
                    vector, found = trial, whole
                    break
    return plainer(model, vector, wanted)


def _plain_for(kind: core.Type) -> tuple[int, ...]:
    return PLAIN if isinstance(kind, core.NumberType) and kind.whole else MEASURED


def _nearer(model: Model, vector: Vector, wanted: Callable[[Ruling], bool]) -> Vector:
    """A case with all of its dates moved so that the last is the date of evaluation, if that
    can be: their distances may be what counts."""
    days = {place: one for place, one in enumerate(vector) if isinstance(one, datetime.date)}
    if len(days) < 2:
        return vector
    moved = vector.copy()
    by = model.scope.day - max(days.values())
    for place, one in days.items():
        if one.toordinal() + by.days < 1 or one.toordinal() + by.days > MOST_DAYS:
            return vector
        moved[place] = one + by
    fits = model.valid(moved) is not False and wanted(model.ruling(moved))
    return moved if fits else vector


def _years_before(day: datetime.date, years: int) -> datetime.date:
    return day.replace(year=day.year - years, day=min(day.day, 28))


def _plain(model: Model, atom: Atom, now: Answer) -> Iterator[Answer]:
    """Values to try instead, the best first; only for dates and for numbers with no round end."""
    if isinstance(now, datetime.date):
        day = model.scope.day
        for years in YEARS_BACK:
            yield _years_before(day, years)
    low, high = domain(atom.free, atom)
    kind = core.inner(atom.type)
    if isinstance(now, Fraction) and isinstance(kind, core.NumberType) and kind.dimension:
        unit = kind.unit.factor if kind.unit else Fraction(1)
        if now / unit < 64 and (now / unit).denominator == 1:
            return
        for plain in _plain_for(kind):
            value = plain * unit
            if (low is None or low <= value) and (high is None or value <= high):
                yield value


# ---- parts of a whole ----------------------------------------------------------------------------

SHARES = (2, 4, 5, 10)


def _added_up(model: Model, vector: Vector, wanted: Callable[[Ruling], bool]) -> Vector:
    """A case in which the parts of a whole come to no more than it, where a share of each, and of
    what is tied to them, will do: bounds say of each part alone that it is no more."""
    above = _above(model)
    wholes: dict[int, list[int]] = {}
    for part, several in above.items():
        for whole in several:
            wholes.setdefault(whole, []).append(part)
    for whole in sorted(wholes, key=lambda one: -len(_reached(above, [one]))):
        parts = [vector[one] for one in wholes[whole]]
        if not _exceeds(parts, vector[whole]):
            continue
        higher = _reached(above, [whole])
        tied = _reached(_both_ways(above, higher), wholes[whole]) - higher
        for share in SHARES:
            trial = _shared(model, vector, tied, share)
            if trial and model.valid(trial) is not False and wanted(model.ruling(trial)):
                vector = trial
                break
    return vector


def _exceeds(parts: Sequence[Answer], whole: Answer) -> bool:
    known = [one for one in parts if isinstance(one, Fraction)]
    return isinstance(whole, Fraction) and len(known) > 1 and sum(known) > whole


def _above(model: Model) -> dict[int, list[int]]:
    """For each fact the facts that it is declared at most."""
    places = {atom.fact.name: atom.place for atom in model.atoms if atom.fact is not None}
    return {
        atom.place: [
            places[bound.name]
            for operator, bound in atom.fact.compares
            if operator == "at_most" and isinstance(bound, core.FactRef) and bound.name in places
        ]
        for atom in model.atoms
        if atom.fact is not None
    }


def _both_ways(above: Mapping[int, list[int]], without: set[int]) -> dict[int, list[int]]:
    """What is tied to each fact from above or below, but for some."""
    found: dict[int, list[int]] = {}
    for part, several in above.items():
        for whole in several:
            if not {part, whole} & without:
                found.setdefault(part, []).append(whole)
                found.setdefault(whole, []).append(part)
    return found


def _reached(links: Mapping[int, list[int]], places: Iterable[int]) -> set[int]:
    """Some places, and all that links lead to from them."""
    found, waiting = set(places), list(places)
    while waiting:
        fresh = set(links.get(waiting.pop(), ())) - found
        found |= fresh
        waiting += fresh
    return found


def _shared(model: Model, vector: Vector, places: set[int], share: int) -> Vector | None:
    """A case with a share of the numbers in some places; None where a step forbids it."""
    changed = vector.copy()
    for place in places:
        value, step = vector[place], model.atoms[place].step
        if isinstance(value, Fraction):
            changed[place] = part = value / share
            if step is not None and (part / step).denominator != 1:
                return None
    return changed

"""Plain values: for cases where facts meet in one comparison, of which all but one are tried and
the last is searched for; and in place of odd ones in a case that was found."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator, Sequence
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
    return vector


def canonical(model: Model, found: Vector, wanted: Callable[[Ruling], bool]) -> Vector:
    """A case that was found elsewhere in the form of those of a search, whatever values it was
    found with: facts that do not matter left out, others at the first value that will do."""
    if model.valid(found) is not True or not wanted(model.ruling(found)):
        return found
    free = [one for one in model.atoms if one.value is None]
    vector = found.copy()
    for atom in free:
        opened = put(vector, atom.place, atom.free)
        if wanted(model.ruling(opened)):
            vector = opened
    for atom in free:
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

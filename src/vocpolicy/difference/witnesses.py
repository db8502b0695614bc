"""The plainest case of a kind: round numbers, and nothing that does not matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TypeAlias

from vocpolicy import core
from vocpolicy.analysis.seeds import plainer, seeded
from vocpolicy.box.atoms import Atom
from vocpolicy.box.cells import domain
from vocpolicy.box.model import Model
from vocpolicy.box.pieces import Vector
from vocpolicy.box.rulings import Key, Ruling
from vocpolicy.box.search import Aim, put
from vocpolicy.facts import entity_of
from vocpolicy.outcome import Outcome
from vocpolicy.trace import Answer, Possible, Unknown

LARGER = tuple(map(Fraction, (10, 100, 2, 20, 1000)))

Wanted: TypeAlias = "Callable[[Ruling], bool]"


def canonical(model: Model, vector: Vector, wanted: Wanted, boxes: int) -> Vector:
    """A case that is wanted, as people would write it."""
    if _odd(model, vector):

        def reach(key: Key) -> bool:
            return wanted(Ruling((Possible(Outcome.HOLDS, key[0]),)))

        other = seeded(model, Aim(reach=reach, single=True), boxes)
        vector = _enlarged(model, vector if other is None else other, wanted)
    return least(model, rounder(model, plainer(model, vector, wanted), wanted), wanted)


def _odd(model: Model, vector: Vector) -> bool:
    """Whether a fact has a number that is no whole one of its unit."""
    for atom in model.atoms:
        value = vector[atom.place]
        if atom.fact is None or not isinstance(value, Fraction):
            continue
        if (value / _unit(atom)).denominator != 1:
            return True
    return False


def _enlarged(model: Model, vector: Vector, wanted: Wanted) -> Vector:
    """The case with all numbers so many times as large that they are whole, where it stays one:
    where shares count, it does."""
    for times in LARGER:
        trial = vector.copy()
        for atom in model.atoms:
            value = trial[atom.place]
            if atom.fact is not None and isinstance(value, Fraction):
                trial[atom.place] = value * times
        fits = not _odd(model, trial) and model.valid(trial) is not False
        if fits and all(map(_may_be, model.atoms, trial)) and wanted(model.ruling(trial)):
            return trial
    return vector


def _may_be(atom: Atom, value: Answer) -> bool:
    """Whether a number lies within the bounds of its fact and in its steps."""
    if atom.fact is None or not isinstance(value, Fraction):
        return True
    low, high = domain(atom.free, atom)
    inside = (low is None or low <= value) and (high is None or value <= high)
    return inside and (atom.step is None or (value / atom.step).denominator == 1)


def _unit(atom: Atom) -> Fraction:
    kind = core.inner(atom.type)
    return kind.unit.factor if isinstance(kind, core.NumberType) and kind.unit else Fraction(1)


ROUND = tuple(Fraction(10) ** power for power in (4, 3, 2, 1, 0, -1, -2))


def rounder(model: Model, vector: Vector, wanted: Wanted) -> Vector:
    """The case with nothing, or with round numbers in place of odd ones, where those will do."""
    for atom in model.atoms:
        for value in _rounder(atom, vector[atom.place]):
            trial = put(vector, atom.place, value)
            if model.valid(trial) is not False and wanted(model.ruling(trial)):
                vector = trial
                break
    return vector


def _rounder(atom: Atom, value: Answer) -> Iterator[Fraction]:
    """Numbers to try instead, the best first, that the fact may be."""
    if atom.fact is None or not isinstance(value, Fraction):
        return
    unit = _unit(atom)
    for number in (Fraction(0), *_near(value / unit)):
        if _may_be(atom, number * unit):
            yield number * unit


def _near(number: Fraction) -> Iterator[Fraction]:
    """Round numbers about one that is none, the roundest first."""
    if number.denominator == 1 and abs(number) < 1000:
        return
    for grain in ROUND:
        under = number // grain * grain
        if under == number:
            return
        yield from (one for one in (under, under + grain) if one)


def least(model: Model, vector: Vector, wanted: Wanted) -> Vector:
    """The case without the facts that do not matter."""
    for atom in model.atoms:
        if atom.fact is None or isinstance(vector[atom.place], Unknown):
            continue
        if atom.value is not None:
            continue
        trial = model.narrowed(put(vector, atom.place, atom.free))
        if model.valid(trial) is not False and wanted(model.ruling(trial)):
            vector = trial
    return vector


def facts_of(model: Model, vector: Vector) -> tuple[dict[str, core.Value], tuple[str, ...]]:
    """The facts of a vector, and the lists of which it says only what they come to."""
    values: dict[str, core.Value] = dict(model.scope.facts.values)
    stated: list[str] = []
    for atom in model.atoms:
        answer = vector[atom.place]
        if isinstance(answer, Unknown):
            continue
        if atom.fact is not None:
            values[atom.name] = answer
        elif atom.value is None or atom.value != answer:
            stated += [name for name in atom.names if _is_list(model, name)]
            stated += [] if stated else list(atom.names)
    return values, tuple(dict.fromkeys(stated))


def lists_in(model: Model) -> tuple[str, ...]:
    """The lists that something is made of."""
    names = (name for atom in model.atoms if atom.fact is None for name in atom.names)
    return tuple(dict.fromkeys(name for name in names if _is_list(model, name)))


def _is_list(model: Model, name: str) -> bool:
    entity = entity_of(model.policy, model.name)
    fact = model.scope.enter(entity).find(name).fact
    return fact is not None and isinstance(fact.type, core.ListType)

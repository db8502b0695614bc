"""Values of a fact that stand for all others, at the values of the facts that are known.

Between two thresholds next to each other no condition changes its answer, so one value stands for
all of them.  `exact` says that the thresholds are all there are: it fails where a condition reads
another fact that is open, or is neither linear in the fact nor monotone.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import partial
from itertools import pairwise

from attrs import frozen

from vocpolicy import core
from vocpolicy.box.atoms import Atom, Cut, few_values
from vocpolicy.box.model import Model
from vocpolicy.box.pieces import ONE, Vector, roots
from vocpolicy.core import Nothing
from vocpolicy.interpreter.values import compare
from vocpolicy.trace import Answer, Unknown

MOST_REMEMBERED = 4096

SMALL = 24
"""A domain of so many values is tried in full."""

OTHER_TEXT = "\N{HORIZONTAL ELLIPSIS}"
"""A text that no rule names."""

YEARS_BACK, YEARS_ON = 150, 100
"""How far around the date of evaluation dates are looked for."""


@frozen
class Cells:
    """Values of one atom; `exact`: whether they stand for every other."""

    values: tuple[Answer, ...]
    exact: bool


def cells(model: Model, vector: Vector, place: int) -> Cells:
    """Values that stand for all that an open atom can be."""
    atom = model.atoms[place]
    if atom.part is not None and atom.part.choices:
        return Cells(atom.part.choices, atom.part.closed)
    few = few_values(model.policy, atom.type)
    if few is not None:
        among: frozenset[str] = getattr(vector[place], "among", frozenset())
        return Cells(tuple(one for one in few if not among or one in among), True)
    return _remembered(model, vector, atom)


def _remembered(model: Model, vector: Vector, atom: Atom) -> Cells:
    """Worked out once for the same values, told apart by identity, of what it is compared with."""
    answers = tuple(vector[place] for place in model.beside[atom.place])
    key = (atom.place, *map(id, answers))
    found = model.remembered.get(key)
    if found is None:
        made = _of_type(model, vector, atom)
        if isinstance(atom.type, core.OptionalType):
            made = Cells((Nothing.NONE, *made.values), made.exact)
        if len(model.remembered) >= MOST_REMEMBERED:
            model.remembered.clear()
        found = model.remembered[key] = answers, made  # the answers live as long as their ids
    return found[1]


def _of_type(model: Model, vector: Vector, atom: Atom) -> Cells:
    match core.inner(atom.type):
        case core.NumberType():
            return _numbers(model, vector, atom)
        case core.DateType():
            return _dates(model, vector, atom)
        case core.TextType():
            texts = sorted(model.grid.texts.get(atom.place, ()))
            return Cells((*texts, OTHER_TEXT), not _reads_others(model, vector, atom.place))
        case _:
            return Cells((), False)


def _reads_others(model: Model, vector: Vector, place: int) -> bool:
    """Whether a condition on the atom reads another one that is open."""
    return any(_entangled(cut, vector, place) for cut in model.grid.cuts_of(place))


def _entangled(cut: Cut, vector: Vector, place: int) -> bool:
    return any(isinstance(vector[other], Unknown) for other in cut.atoms if other != place)


# ---- numbers ---------------------------------------------------------------------------------


def _numbers(model: Model, vector: Vector, atom: Atom) -> Cells:
    low, high = domain(vector[atom.place], atom)
    step = atom.step
    if step is not None and low is not None and high is not None:
        count = (high - low) / step
        if count < SMALL:
            start = math.ceil(low / step)
            grid = (step * index for index in range(start, start + SMALL))
            return Cells(tuple(one for one in grid if one <= high), True)
    thresholds: set[Fraction] = set()
    exact = True
    for cut in model.grid.cuts_of(atom.place):
        found, all_ = _thresholds(model, vector, atom, cut, (low, high))
        exact = exact and all_
        thresholds.update(found)
    values = _stepped(thresholds, step, low, high) if step else _dense(thresholds, low, high)
    return Cells(tuple(sorted(set(values) - _left_out(atom))), exact)


def domain(answer: Answer, atom: Atom) -> tuple[Fraction | None, Fraction | None]:
    """The ends of an open number: what is known of it, else its declared bounds."""
    if isinstance(answer, Unknown) and (answer.low is not None or answer.high is not None):
        return answer.low, answer.high
    return (atom.fact.low, atom.fact.high) if atom.fact is not None else (None, None)


def _left_out(atom: Atom) -> set[Fraction | None]:
    """Bounds that are themselves excluded."""
    if atom.fact is None:
        return set()
    ends = ((atom.fact.low, atom.fact.low_strict), (atom.fact.high, atom.fact.high_strict))
    return {end for end, strict in ends if strict}


def _thresholds(
    model: Model,
    vector: Vector,
    atom: Atom,
    cut: Cut,
    ends: tuple[Fraction | None, Fraction | None],
) -> tuple[list[Fraction], bool]:
    """Where a condition changes sides, and whether that is everywhere that it does."""
    if _entangled(cut, vector, atom.place):
        return [], False
    working = model.working(vector)
    one, other = (side.in_atom(working, atom.place) for side in (cut.left, cut.right))
    if one is not None and other is not None:
        found = roots(one, other)
        return found or [], found is not None
    single = len(cut.left.atoms) + len(cut.right.atoms) == 1
    monotone = single and (cut.left.monotone or cut.right.monotone)
    if not monotone and atom.part is None:
        return [], False
    grain = atom.step or (Fraction(1, 1000) if monotone else ONE)
    span = _span(ends, grain)
    above = partial(_above, model, vector, atom.place, cut)
    turns = [_turn(partial(_at_step, above, grain, one), *span) for one in ABOVE]
    found = [index * grain for index in turns if index is not None]
    return found, monotone and atom.step is not None


def _at_step(
    above: Callable[[Answer, str], bool | None], grain: Fraction, operator: str, index: int
) -> bool | None:
    return above(index * grain, operator)


def _span(ends: tuple[Fraction | None, Fraction | None], grain: Fraction) -> tuple[int, int]:
    low, high = ends
    first = -(10**12) if low is None else math.ceil(low / grain)
    return first, 10**12 if high is None else math.floor(high / grain)


ABOVE = ("at_least", "more_than")
"""What a condition can turn at: sides that go in steps (whole months) are level for a while."""


def _above(
    model: Model, vector: Vector, place: int, cut: Cut, value: Answer, operator: str
) -> bool | None:
    """Whether the left side is at or above the right, or above it, at a value of the atom."""
    trial = model.working(vector)
    trial[place] = value
    answer = compare(operator, cut.left.run(trial), cut.right.run(trial))
    return answer if isinstance(answer, bool) else None


def _turn(above: Callable[[int], bool | None], low: int, high: int) -> int | None:
    """The first place from which on a monotone condition has its last answer."""
    first, last = above(low), above(high)
    if first == last:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if above(middle) == first else (low, middle)
    return high


def _stepped(
    thresholds: Iterable[Fraction], step: Fraction, low: Fraction | None, high: Fraction | None
) -> Iterator[Fraction]:
    """The multiples at and beside each threshold, and the ends."""
    for value in thresholds:
        under = math.floor(value / step)
        yield from (
            step * index
            for index in (under - 1, under, under + 1)
            if _inside(step * index, low, high)
        )
    ends = [end for end in (low, high) if end is not None]
    yield from ends or ([] if thresholds else [Fraction(0)])


def _dense(
    thresholds: Iterable[Fraction], low: Fraction | None, high: Fraction | None
) -> Iterator[Fraction]:
    """Each threshold, a value between every two, and one beyond the outermost."""
    points = sorted(
        {one for one in thresholds if _inside(one, low, high)}
        | {end for end in (low, high) if end is not None}
    )
    if not points:
        yield Fraction(0)
        return
    yield from points
    yield from ((one + other) / 2 for one, other in pairwise(points))
    if low is None:
        yield points[0] - 1
    if high is None:
        yield points[-1] + 1


def _inside(value: Fraction, low: Fraction | None, high: Fraction | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)


# ---- dates -----------------------------------------------------------------------------------


def _dates(model: Model, vector: Vector, atom: Atom) -> Cells:
    today = model.scope.day.toordinal()
    span = (max(1, today - 366 * YEARS_BACK), today + 366 * YEARS_ON)
    found: set[int] = set(span) | {today}
    exact = True
    for cut in model.grid.cuts_of(atom.place):
        single = len(cut.left.atoms) + len(cut.right.atoms) == 1 or _simple(cut, atom.place)
        monotone = cut.left.monotone or cut.right.monotone
        simple = single and monotone
        exact = exact and simple and not _entangled(cut, vector, atom.place)
        if _entangled(cut, vector, atom.place) or not (simple or atom.part is not None):
            continue
        above = partial(_above_on, model, vector, atom.place, cut)
        for turn in (_turn(partial(above, operator=one), *span) for one in ABOVE):
            found.update(() if turn is None else (turn - 2, turn - 1, turn, turn + 1))
    days = (datetime.date.fromordinal(one) for one in sorted(found) if one >= 1)
    return Cells(tuple(days), exact)


def _simple(cut: Cut, place: int) -> bool:
    """Whether the atom is on one side alone."""
    return (place in cut.left.atoms) != (place in cut.right.atoms)


def _above_on(
    model: Model, vector: Vector, place: int, cut: Cut, day: int, operator: str
) -> bool | None:
    return _above(model, vector, place, cut, datetime.date.fromordinal(day), operator)

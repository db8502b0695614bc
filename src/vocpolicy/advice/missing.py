"""Which missing facts can still decide, in which order to ask, and what each answer leads to.

A missing fact matters if two ways of filling the gaps that differ in it alone come to different
outcomes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product
from typing import TypeAlias

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.advice.case import Case, Way, way_of
from vocpolicy.advice.clauses import clauses
from vocpolicy.advice.settled import reachable
from vocpolicy.box import Model, NotSearchableError, is_settled
from vocpolicy.box.atoms import Atom
from vocpolicy.box.cells import cells, domain
from vocpolicy.box.pieces import Vector, atom_of
from vocpolicy.box.rulings import Key
from vocpolicy.box.search import Budget, put
from vocpolicy.trace import Answer, Unknown

BUDGET = 20_000
PAIRS = 64
"""How many values of what several lists come to are combined."""


@frozen
class Lead:
    """What some answers to a question lead to.

    Attributes:
        values: answers, or of a number or a date the least and the greatest of a run.
        run: whether `values` are the ends of a run.
        ways: the outcomes that are then possible; one where that settles it.
        settled: whether nothing else is to be asked then.
        above: where the least value stands for all that are just above another, that other.
        under: where the greatest stands for all that are just under another, that other.
        last: whether the greatest stands for all above it, without end.
    """

    values: tuple[Answer, ...]
    run: bool
    ways: tuple[Way, ...]
    settled: bool
    above: Answer | None = None
    under: Answer | None = None
    last: bool = False


@frozen
class Question:
    """A missing fact that can still decide.

    Attributes:
        fact: its name.
        declared: its declaration.
        leads: what its answers lead to; empty where they were not tried.
        chance: how many of the answers tried settle the verdict, as a share.
        citations: the clauses that ask for it.
    """

    fact: str
    declared: core.Fact
    leads: tuple[Lead, ...] = ()
    chance: Fraction = Fraction(0)
    citations: tuple[core.Citation, ...] = ()


@frozen
class Questions:
    """What to ask, best first.

    Attributes:
        complete: no fact is listed that cannot matter.
        spared: missing facts that the provision reads and that cannot matter in this case.
    """

    questions: tuple[Question, ...]
    complete: bool = True
    spared: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)


def questions(case: Case, unknowable: frozenset[str] = frozenset()) -> Questions:
    """The missing facts that can still decide, the one most likely to settle it first.

    Args:
        unknowable: facts that nobody can tell: they stay open and are not asked for.
    """
    try:
        model = case.model
    except NotSearchableError:
        return Questions((), False)
    if is_settled(model.keys(model.given)):
        return Questions(())
    found: list[Question] = []
    spared: list[str] = []
    complete = not _unopened(model)
    order = {name: place for place, name in enumerate(_open(model))}
    for name in order:
        declared = case.fact(name)
        if declared is None or name in unknowable:
            continue
        relevant = matters(model, name)
        complete = complete and relevant is not None
        if relevant is False:
            spared.append(name)
        else:
            asked = _asked(model, name, declared)
            found.append(evolve(asked, citations=clauses(case.policy, case.name, declared)))
    found.sort(key=lambda one: (-one.chance, order[one.fact]))
    return Questions(tuple(found), complete, tuple(spared))


def _unopened(model: Model) -> bool:
    """Whether records of a supplied list lack fields that are no parts of it here: too many."""
    supplied = model.scope.facts.names
    return any(
        atom.expr is not None and atom.value is None and not supplied.isdisjoint(atom.names)
        for atom in model.atoms
        if not model.grid.unopened.isdisjoint(atom.names)
    )


def _open(model: Model) -> Iterator[str]:
    """The missing facts, then the fields that records of supplied lists lack."""
    yield from (name for name in model.names if name not in model.scope.facts.names)
    yield from (name for name, part in model.parts.items() if part.value is None)


# ---- which facts matter ------------------------------------------------------------------------


def matters(model: Model, name: str, budget: int = BUDGET) -> bool | None:
    """Whether a missing fact can decide; None where that was not found out."""
    own = tuple(atom.place for atom in model.atoms if name in atom.names)
    search = _Twins(model, own, Budget(budget))
    if search.differ(model.given):
        return True
    return False if search.exact and not search.budget.cut else None


class _Twins:
    """Looks for two cases that differ in one fact alone and in their outcome."""

    def __init__(self, model: Model, own: tuple[int, ...], budget: Budget) -> None:
        self.model, self.own, self.budget = model, own, budget
        self.exact = True

    def differ(self, vector: Vector) -> bool:
        model = self.model
        if not self.budget.spend():
            return False
        ruling = model.ruling(vector)
        if ruling.settled is not None or model.valid(vector) is False:
            return False
        asked = -1 if ruling.doubt is None else atom_of(ruling.doubt)
        if asked >= 0 and asked not in self.own:
            return self._branch(vector, asked)
        return self._twins(vector)

    def _branch(self, vector: Vector, place: int) -> bool:
        tried = cells(self.model, vector, place)
        self.exact = self.exact and tried.exact
        return any(
            self.differ(self.model.narrowed(put(vector, place, value))) for value in tried.values
        )

    def _twins(self, vector: Vector) -> bool:
        """Whether values of the fact come to different outcomes, the rest being the same."""
        seen: set[Key] = set()
        for twin in self._values(vector):
            if not self.budget.spend():
                return False
            ruling = self.model.ruling(twin)
            if self.model.valid(twin) is False:
                continue
            place = -1 if ruling.doubt is None else atom_of(ruling.doubt)
            if ruling.settled is None and place >= 0 and place not in self.own:
                return self._branch(vector, place)
            seen |= self.model.keys(twin)
            if len(seen) > 1:
                return True
        return False

    def _values(self, vector: Vector) -> Iterator[Vector]:
        """The case with each value of the fact."""
        open_ = [place for place in self.own if isinstance(vector[place], Unknown)]
        tried = [cells(self.model, vector, place) for place in open_]
        self.exact = self.exact and all(one.exact for one in tried)
        for values in islice(product(*(one.values for one in tried)), PAIRS):
            twin = vector.copy()
            for place, value in zip(open_, values, strict=True):
                twin[place] = value
            yield self.model.narrowed(twin)


# ---- what answers lead to ----------------------------------------------------------------------


def _asked(model: Model, name: str, declared: core.Fact) -> Question:
    own = [atom for atom in model.atoms if name in atom.names]
    if len(own) != 1 or own[0].fact is None:
        return Question(name, declared)
    place = own[0].place
    leads: list[Lead] = []
    settling = 0
    values = cells(model, model.given, place).values
    between = _between(model.atoms[place], values, domain(model.given[place], model.atoms[place]))
    for value in values:
        vector = model.narrowed(put(model.given, place, value))
        ways, exact = reachable(model, vector, Budget(300), 4)
        settled = exact and len(ways) == 1
        settling += settled
        lead = Lead(
            (value,), False, tuple(map(way_of, ways)), settled, *between.get(value, NOTHING_BETWEEN)
        )
        _add(leads, lead, isinstance(value, Fraction | datetime.date))
    chance = Fraction(settling, len(values)) if values else Fraction(0)
    return Question(name, declared, tuple(leads), chance)


Between: TypeAlias = "tuple[Answer | None, Answer | None, bool]"

NOTHING_BETWEEN: Between = (None, None, False)


def _between(
    atom: Atom, values: tuple[Answer, ...], ends: tuple[Fraction | None, Fraction | None]
) -> dict[Answer, Between]:
    """What each number that stands for others lies between: numbers without a step are tried at
    each threshold and, by turns, at one value beside it."""
    numbers = [one for one in values if isinstance(one, Fraction)]
    found: dict[Answer, Between] = {}
    if atom.step is None:
        first = 1 if numbers and numbers[0] == ends[0] else 0
        for place in range(first, len(numbers), 2):
            under = numbers[place + 1] if place + 1 < len(numbers) else None
            found[numbers[place]] = (numbers[place - 1] if place else ends[0], under, under is None)
    elif numbers and ends[1] is None:
        found[numbers[-1]] = (None, None, True)
    return found


def _add(leads: list[Lead], lead: Lead, ordered: bool) -> None:
    """Add an answer to those that lead to the same; of numbers and dates to those next to it."""
    alike = [
        place
        for place, one in enumerate(leads)
        if _same(one, lead)
        and (not ordered or (place == len(leads) - 1 and one.values[-1] is not core.Nothing.NONE))
    ]
    if not alike:
        leads.append(lead)
        return
    one = leads[alike[0]]
    values = (one.values[0], lead.values[0]) if ordered else (*one.values, *lead.values)
    ends = (one.above, lead.under, lead.last)
    leads[alike[0]] = Lead(values, ordered, one.ways, one.settled, *ends)


def _same(one: Lead, other: Lead) -> bool:
    return one.settled is other.settled and set(one.ways) == set(other.ways)

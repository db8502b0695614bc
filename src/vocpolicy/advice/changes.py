"""What would change a verdict: the fewest facts to change, then the least effort, then the
shortest way.

Every set of facts that flips the verdict has something in common with every set that holds it in
place.  So sets are tried smallest first, each hitting all that were found to hold it in place; a
set that does not flip it shows another one that does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.advice.case import Case, Way, way_of
from vocpolicy.advice.effort import Allowed, allowed, may_be_opened, may_become
from vocpolicy.advice.nearing import nearer
from vocpolicy.advice.settled import settled
from vocpolicy.advice.walking import NO_FLIP, Flip, Ranked, Walk
from vocpolicy.box import Model, NotSearchableError, keys_of
from vocpolicy.box.atoms import Atom
from vocpolicy.box.pieces import Vector, atom_of
from vocpolicy.box.rulings import Key
from vocpolicy.box.search import Aim, Budget, find, put
from vocpolicy.interpreter import decide
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.trace import Answer, ConclusionTrace, Unknown

BUDGET = 60_000
OPENED = 2_000
"""The budget where parts of lists are searched: each box asks the interpreter."""

FEW = 3
"""Of so many facts the nearest values are looked for at once, of more whether there are any."""

PATIENCE = 4
"""After so many sets that do not flip a verdict, see whether all facts together do."""

Wanted: TypeAlias = "Callable[[Key], bool]"


@frozen
class Change:
    """One fact to change, from its value to another.

    Attributes:
        fact: its name; of a field of a supplied list its path, `awards[1].place`; of a record
            that the list is not to hold (after: False) or is to hold besides, `awards[1]`.
        before, after: values, numbers in base units.
    """

    fact: str
    before: core.Value
    after: core.Value


@frozen
class Alternative:
    """Changes that together flip a verdict; any part of them alone does not.

    Attributes:
        way: what the verdict is then; the interpreter was asked.
        effort: of all of them together.
    """

    changes: tuple[Change, ...]
    way: Way
    effort: Fraction


@frozen
class Changes:
    """What would change a verdict.

    Where facts are missing, changes that flip the verdict whatever those are come first; only
    where there are none, those that leave it open whether it flips.

    Attributes:
        alternatives: the nearest first.
        complete: no smaller change and none that is as small was left out.
        impossible: proved: no change that is allowed flips it.
        barred: where it is impossible, what it would take if facts that are fixed could change.
    """

    alternatives: tuple[Alternative, ...] = ()
    complete: bool = True
    impossible: bool = False
    barred: Alternative | None = None


def changes(
    case: Case,
    wanted: Wanted | None = None,
    allow: Allowed = None,
    effort: Mapping[str, Fraction] | None = None,
    most: int = 3,
    budget: int = BUDGET,
) -> Changes:
    """The nearest changes of supplied facts that bring about what is wanted.

    Args:
        wanted: outcomes to reach; by default that it holds, or where it holds that it does not.
        allow: the facts that may change, or how each may (`fixed`, `can_rise`, `can_fall`,
            `can_change`) where that is not as they declare.
        effort: what changing a fact takes, where that is not as it declares.
        most: how many alternatives.
    """
    try:
        model = case.model
    except NotSearchableError:
        return Changes((), False)
    want = wanted or _opposite(case)
    facts = allowed(case, allow, effort or {})
    spent = Budget(min(budget, OPENED) if model.parts else budget)
    found = _Search(case, model, want, facts, spent, allow=allow).nearest(most)
    if not found.alternatives and any(isinstance(one, Unknown) for one in model.given):
        found = _Search(case, model, want, facts, spent, True, allow).nearest(most)
    if found.impossible and allow is None:
        return evolve(found, barred=_barred(case, model, want))
    return found


def _barred(case: Case, model: Model, want: Wanted) -> Alternative | None:
    anything = dict.fromkeys(model.names, "can_change")
    facts, opening = (
        allowed(case, anything, {}),
        any(isinstance(one, Unknown) for one in model.given),
    )
    search = _Search(
        case, model, want, facts, Budget(OPENED if model.parts else BUDGET), opening, anything
    )
    found = search.nearest(1)
    return found.alternatives[0] if found.alternatives else None


def _opposite(case: Case) -> Wanted:
    """Any outcome that flips the verdict: holds where it does not, else any other that is one."""
    way = settled(case).way if case.key is None else way_of(case.key)
    if way is None:
        return lambda key: WORDS[key[0]].outcome is Outcome.HOLDS
    wording, value = way.wording_key, way.value
    if value is not None:
        return lambda key: key != (wording, value) and key[0] not in ("undetermined", "conflict")
    holds = WORDS[wording].outcome is Outcome.HOLDS
    unsettled = (Outcome.UNDETERMINED, Outcome.CONFLICT)
    if holds:
        return lambda key: WORDS[key[0]].outcome not in (Outcome.HOLDS, *unsettled)
    return lambda key: WORDS[key[0]].outcome is Outcome.HOLDS


class _Search:
    """The nearest changes for one case."""

    def __init__(
        self,
        case: Case,
        model: Model,
        want: Wanted,
        facts: Mapping[int, tuple[str, Fraction]],
        budget: Budget,
        opening: bool = False,
        allow: Allowed = None,
    ) -> None:
        self.opening = opening
        self.case, self.model, self.facts, self.budget = case, model, facts, budget
        self.aim = Aim(reach=want)
        self.exact = not any(may_be_opened(case, name, allow) for name in model.grid.unopened)
        self.tried: dict[frozenset[int], bool] = {}
        self.ranked: Ranked = {}
        self.open = {
            place: may_become(model.atoms[place], how) for place, (how, _) in facts.items()
        }
        self.made = {atom.place: atom.names for atom in model.atoms if atom.expr is not None}
        self.gaps = any(isinstance(one, Unknown) for one in model.given)

    def effort(self, places: Iterable[int]) -> Fraction:
        return sum((self.facts[place][1] for place in places), Fraction(0))

    def nearest(self, most: int) -> Changes:
        everything = frozenset(self.facts)
        if self.flips(frozenset()):
            return Changes()  # it is so, or can be so, without any change
        held: list[frozenset[int]] = []
        found: list[frozenset[int]] = []
        made: list[tuple[Fraction, Alternative]] = []
        while not self.budget.cut:
            if len(held) == PATIENCE and not found and not self.flips(everything):
                return self._none()
            places = _smallest(held, found, self.effort)
            if places is None or (len(made) >= most and self._beyond(places, found)):
                return self._told(made, most, self.exact)
            few = len(places) <= FEW
            flip = self.flip(places) if few or self.flips(places) else NO_FLIP
            if flip.values is None:
                held.append(everything - self._grown(places))
                if not held[-1]:
                    return self._none()
                continue
            found.append(places)
            alternative = self._certified(self._nearer(flip.values))
            if alternative is not None:
                made.append((flip.far, alternative))
        return self._told(made, most, False)

    def _none(self) -> Changes:
        """All that may change does not flip it."""
        return Changes((), self.exact, self.exact and not self.budget.cut)

    def _beyond(self, places: frozenset[int], found: list[frozenset[int]]) -> bool:
        """Whether a set is larger than the last found: those as small are compared in full."""
        last = found[-1]
        return (len(places), self.effort(places)) > (len(last), self.effort(last))

    def _told(self, made: list[tuple[Fraction, Alternative]], most: int, complete: bool) -> Changes:
        made.sort(key=lambda one: (len(one[1].changes), one[1].effort, one[0]))
        alternatives = tuple(alternative for _, alternative in made[:most])
        return Changes(alternatives, complete and not self.budget.cut)

    def _grown(self, places: frozenset[int]) -> frozenset[int]:
        """A large set around one that does not flip the verdict.  Where a look at the whole box
        is enough to see that it does not, no more than that is asked of larger ones."""
        if self.hopeless(self.opened(places)):
            return frozenset(self.facts).difference(self._closed(places))
        for place in sorted(self.facts):
            more = places | {place}
            if more != places and not self.flips(more):
                places = more
        return places

    def _closed(self, places: frozenset[int]) -> list[int]:
        """Facts outside a hopeless set that make it so: what the outcome turns on, one by one."""
        closed: list[int] = []
        rest = set(self.facts) - places
        box = self.opened(frozenset(self.facts))
        while True:
            ruling = self.model.ruling(box)
            if self.aim.hopeless(keys_of(ruling)):
                break
            asked = -1 if ruling.doubt is None else atom_of(ruling.doubt)
            place = asked if asked in rest else min(rest)
            closed.append(place)
            rest.discard(place)
            box = self._with(box, place, self.model.given[place])
        for place in closed[:-1]:  # the last one made it hopeless
            wider = self._with(box, place, self.open[place])
            if self.hopeless(wider):
                box = wider
                closed.remove(place)
        return closed

    def _with(self, box: Vector, place: int, answer: Answer) -> Vector:
        """A box with another answer for a fact; one that lists or bounds rest on is made anew."""
        if not self.made and not self.model.bounded:
            return put(box, place, answer)
        at = {one for one in self.facts if box[one] is not self.model.given[one]}
        at = at - {place} if answer is self.model.given[place] else at | {place}
        return self.opened(frozenset(at))

    def hopeless(self, box: Vector) -> bool:
        """Whether it is seen at once that nothing in a box flips the verdict."""
        return self.aim.hopeless(self.model.keys(box))

    # ---- one set

    def flips(self, places: frozenset[int]) -> bool:
        """Whether some values of these facts flip the verdict, the others as they are; taken not
        to where that was not found out."""
        for known, so in self.tried.items():
            if (known <= places) if so else (places <= known):
                return so
        found = find(self.model, self.opened(places), self.aim, self.budget)
        self.exact = self.exact and (found.vector is not None or found.exact)
        so = found.vector is not None and (not self.gaps or self.flip(places).values is not None)
        self.tried[places] = so
        return so

    def flip(self, places: frozenset[int]) -> Flip:
        """The nearest values of these facts that flip the verdict."""
        walk = Walk(self, places)
        walk.go(self.opened(places), Fraction(0))
        self.exact = self.exact and (walk.best.values is not None or walk.exact)
        if walk.best.values is not None and not walk.exact:
            walk.settle()
        return walk.best

    def opened(self, places: frozenset[int]) -> Vector:
        """The case with these facts open as far as they may change."""
        vector = self.model.given.copy()
        for place in places:
            vector[place] = self.open[place]
        for place, names in self.made.items():
            if any(self.model.atoms[one].name in names for one in places):
                vector[place] = self.model.atoms[place].free
        return self.model.narrowed(vector)

    def _nearer(self, values: Mapping[int, Answer]) -> Mapping[int, Answer]:
        return values if self.gaps else nearer(dict(enumerate(self.model.atoms)), values, self._so)

    def _so(self, values: Mapping[int, Answer]) -> bool:
        """Whether these values flip the verdict, as far as the search says."""
        vector = self.model.given.copy()
        for place, value in values.items():
            vector[place] = value
        return not self.aim.hopeless(self.model.keys(self.model.narrowed(vector)))

    def _certified(self, values: Mapping[int, Answer]) -> Alternative | None:
        """The changes, where the interpreter says that they do what is wanted."""
        atoms = self.model.atoms
        pairs = [(atoms[place], value) for place, value in values.items()]
        made = tuple(_change(atom, value) for atom, value in pairs if atom.value != value)
        changed = self.case.with_values({one.fact: one.after for one in made})
        trace = decide(changed.policy, changed.name, changed.facts, changed.as_of, changed.readings)
        answer = trace.answer if isinstance(trace, ConclusionTrace) else None
        value = None if isinstance(answer, Unknown) else answer
        open_ = self.opening and trace.outcome is Outcome.UNDETERMINED
        if any(atom.part is not None for atom, _ in pairs) and not self.case.allows(changed.facts):
            self.exact = False
            return None
        if not made or (not open_ and self.aim.hopeless(frozenset({(trace.wording, value)}))):
            self.exact = False
            return None
        return Alternative(made, Way(trace.wording, value), self.effort(values))


# ---- the smallest set to try next --------------------------------------------------------------


def _change(atom: Atom, value: Answer) -> Change:
    """Only what was supplied changes, from one value to another."""
    before = atom.value
    assert before is not None and not isinstance(before, Unknown)
    assert not isinstance(value, Unknown)
    return Change(atom.name, before, value)


def _smallest(
    held: list[frozenset[int]],
    found: list[frozenset[int]],
    effort: Callable[[Iterable[int]], Fraction],
) -> frozenset[int] | None:
    """The smallest set that has something in common with each that holds, and contains none
    that was found; of several the one of least effort."""
    best: frozenset[int] | None = None
    seen: set[frozenset[int]] = set()
    waiting = [frozenset[int]()]
    while waiting:
        chosen = waiting.pop()
        if chosen in seen or (best is not None and len(chosen) > len(best)):
            continue
        seen.add(chosen)
        if any(one <= chosen for one in found if one):
            continue
        missed = next((one for one in held if not one & chosen), None)
        if missed is not None:
            waiting += [chosen | {place} for place in missed]
        elif best is None or _rank(chosen, effort) < _rank(best, effort):
            best = chosen
    return best


def _rank(
    chosen: frozenset[int], effort: Callable[[Iterable[int]], Fraction]
) -> tuple[int, Fraction, list[int]]:
    return len(chosen), effort(chosen), sorted(chosen)

"""Lists that conditions tell apart, made of records that they tell apart.

Of each kind of record that some condition on a list sees as a kind of its own, one is searched
for; how many of which kind a list has is then a matter of counting.  Of all lists that reach the
same figures the shortest is enough.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from itertools import chain, combinations, combinations_with_replacement, product
from types import MappingProxyType
from typing import TypeAlias

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.box.atoms import Grid
from vocpolicy.box.compiler import EMPTY
from vocpolicy.box.model import Model, NotSearchableError
from vocpolicy.box.pieces import Doubt, Vector, doubt_of, joined
from vocpolicy.box.rulings import Key, Rule, Ruling
from vocpolicy.box.search import Aim, Budget, find
from vocpolicy.difference.dating import dated, worth
from vocpolicy.difference.ordering import Gift, Given, Taken, compiled, gift_of
from vocpolicy.difference.ranks import Family, Step, families, reached
from vocpolicy.difference.tallies import has_value
from vocpolicy.difference.witnesses import canonical
from vocpolicy.interpreter import Facts
from vocpolicy.interpreter.values import bounds
from vocpolicy.outcome import Outcome
from vocpolicy.trace import Answer, Possible, Unknown

MOST_KINDS = 8
"""Kinds of records that are looked for."""

MOST_LABELS = 256
"""Kinds that may have to be told apart; where there are more, no list is made."""

MOST_CASES = 4
"""Sets of facts of the case that are tried."""

BOXES = 2_000
"""How many boxes of records are looked at for each."""

FEW, MANY = 4, 24
"""How many records of any kinds a list has, and how many where they are of two kinds."""

ONCE: Step = (Fraction(1), 0)
NOTHING: tuple[Step, ...] = ((Fraction(0), 0), (Fraction(0), 1))

ZERO = Fraction(0)

Ranks: TypeAlias = "tuple[object, ...]"

Counts: TypeAlias = "tuple[int, ...]"
"""How many records of each kind a list has."""


@frozen(eq=False)
class Kind:
    """A record, what it gives to each aggregate, and the facts of the case that go with it."""

    record: core.Record
    gives: tuple[Fraction, ...]
    facts: Mapping[str, core.Value]


@frozen(eq=False)
class Asked:
    """What is asked of the records of one list: each aggregate, the figures that it is held
    against, and where its gifts stand among all (of a share: those that pass, those that fail)."""

    members: tuple[tuple[Taken, Family], ...]
    gifts: tuple[tuple[Gift, tuple[Step, ...]], ...]
    places: tuple[tuple[int, ...], ...]


def made_lists(grid: Grid, name: str) -> Iterator[Facts]:
    """Lists for a fact, the shortest first, with the facts of the case that go with them; `grid`
    is of a compiler that ranks (`vocpolicy.difference.ranks`)."""
    asked = _asked(grid, name)
    seen: set[Ranks] = set()
    try:
        for kinds in _together(asked) if asked.members else ():
            yield from _lists(asked, name, kinds, seen)
    except (NotSearchableError, RecursionError):
        return


def _lists(asked: Asked, name: str, kinds: list[Kind], seen: set[Ranks]) -> Iterator[Facts]:
    facts = {key: value for kind in kinds for key, value in kind.facts.items()}
    placed = [one for kind in kinds for one in _placed(asked, kind)]
    for counts in _counts(len(placed or kinds)):
        pairs = list(zip(placed or kinds, counts, strict=True))
        records = chain.from_iterable([kind.record] * count for kind, count in pairs)
        given = Facts(MappingProxyType({**facts, name: tuple(records)}))
        ranks = _ranks(asked, [pair for pair in pairs if pair[1]], given if placed else None)
        if ranks not in seen:
            seen.add(ranks)
            yield given


def _placed(asked: Asked, kind: Kind) -> Iterator[Kind]:
    """Records of a kind at different times, where it matters when they are."""
    taken, _ = asked.members[0]
    entity = taken.compiler.scope.policy.entities[kind.record.entity]
    several = [(one, [step[0] for step in family.steps]) for one, family in asked.members]
    yield from (evolve(kind, record=one) for one in dated(kind.record, entity, several))


def _asked(grid: Grid, name: str) -> Asked:
    members: list[tuple[Taken, Family]] = []
    gifts: list[tuple[Gift, tuple[Step, ...]]] = []
    places = []
    for family in families(grid).values():
        for ranked in family.members.values():
            expr = ranked.taken.expr
            if not isinstance(expr.records, core.FactRef) or expr.records.name != name:
                continue
            found = list(_gifts(ranked.taken, family))
            places.append(tuple(range(len(gifts), len(gifts) + len(found))))
            members.append((ranked.taken, family))
            gifts += found
    return Asked(tuple(members), tuple(gifts), tuple(places))


def _gifts(taken: Taken, family: Family) -> Iterator[tuple[Gift, tuple[Step, ...]]]:
    expr, gift = taken.expr, gift_of(taken)
    if expr.condition is not None:
        yield gift_of(taken, expr.condition), (ONCE,)
        yield gift_of(taken, core.Not(expr.condition)), (ONCE,)
    elif expr.kind == "distinct":
        yield evolve(gift, value=None), (ONCE,)
        if has_value(expr):
            yield gift, tuple((Fraction(figure), 1) for figure in range(MOST_KINDS - 1))
    else:
        yield gift, (ONCE,) if expr.value is None else tuple(sorted({*NOTHING, *family.steps}))


# ---- kinds of records ----------------------------------------------------------------------------


def _together(asked: Asked) -> Iterator[list[Kind]]:
    """Kinds of records, those together that go with the same facts of the case."""
    free = _kinds(asked, {})
    around = [kind.facts for kind in free if kind.facts]
    yield from (_kinds(asked, facts) for facts in around[:MOST_CASES])
    if not around:
        yield free


def _another(known: frozenset[str], key: Key) -> bool:
    return key[0] not in known


def _kinds(asked: Asked, facts: Mapping[str, core.Value]) -> list[Kind]:
    """A record of each kind, for certain facts of the case."""
    model, given = _model(asked)
    start = model.given
    for atom in model.atoms:
        if atom.fact is not None and atom.fact.entity is None and atom.name in facts:
            start[atom.place] = facts[atom.name]
    found: dict[str, Kind | None] = {}
    while len(found) < MOST_KINDS:
        known = frozenset(found)
        aim = Aim(reach=partial(_another, known), single=True)
        case = find(model, start, aim, Budget(BOXES)).vector
        if case is None:
            break
        label = model.ruling(case).possible[0].wording
        found[label] = _kind(model, given, canonical(model, case, _is(label), BOXES))
    return [kind for kind in found.values() if kind is not None]


def _is(label: str) -> Callable[[Ruling], bool]:
    return lambda ruling: len(ruling.possible) == 1 and ruling.possible[0].wording == label


def _model(asked: Asked) -> tuple[Model, list[Given]]:
    """Records by what they give: an outcome for each kind."""
    grid = Grid()
    given = []
    for gift, steps in asked.gifts:
        made = compiled(gift, grid, True)
        given.append(made)
        compiler = gift.compiler.of_records(grid, gift.entity, True)
        for figure, _ in steps if gift.value is not None else ():
            compiler.cut_at(made.value, figure)
    first = asked.gifts[0][0]
    scope = first.compiler.scope.enter(first.entity)
    steps_of = [steps for _, steps in asked.gifts]
    slots: list[Answer] = [EMPTY] * grid.slots[0]
    rule = _rule(given, steps_of)
    return Model(scope.policy, "", scope, rule, grid, slots), given


def _rule(given: list[Given], several: list[tuple[Step, ...]]) -> Rule:
    atoms = joined(piece for one in given for piece in (one.counts, one.value))

    def run(vector: Vector) -> Ruling:
        answers = [one.run(vector) for one in given]
        ranks = [_possible(*pair) for pair in zip(answers, several, strict=True)]
        if math.prod(map(len, ranks)) > MOST_LABELS:
            raise NotSearchableError
        labels = [".".join(map(str, one)) for one in product(*ranks)]
        possible = tuple(Possible(Outcome.HOLDS, label) for label in labels)
        if len(possible) == 1:
            return Ruling(possible)
        for answer in answers:
            doubt = doubt_of(vector, atoms, answer)
            if isinstance(doubt, Doubt) and doubt.atom >= 0:
                return Ruling(possible, doubt)
        return Ruling((Possible(Outcome.UNDETERMINED, "open"),))  # rules clash over it, say

    return run, atoms


def _possible(answer: Answer, steps: tuple[Step, ...]) -> range:
    """How many of the figures a gift may reach."""
    low, high = bounds(answer)
    least = sum(low is not None and reached(step, low) for step in steps)
    most = sum(high is None or reached(step, high) for step in steps)
    return range(least, most + 1)


def _kind(model: Model, given: list[Given], case: Vector) -> Kind | None:
    """A record as people could write it; None where it is not known what it would be."""
    answers = [one.run(model.working(case)) for one in given]
    gives = tuple(one for one in answers if isinstance(one, Fraction))
    fields: dict[str, core.Value] = {}
    facts: dict[str, core.Value] = {}
    entity = model.scope.subject.entity if model.scope.subject else ""
    for atom in model.atoms:
        value = case[atom.place]
        if isinstance(value, Unknown):
            continue
        if atom.fact is None:
            return None
        (fields if atom.fact.entity == entity else facts)[atom.name] = value
    if len(gives) < len(answers):
        return None
    return Kind(core.Record(entity, MappingProxyType(fields)), gives, facts)


# ---- how many of each ----------------------------------------------------------------------------


def _counts(kinds: int) -> list[Counts]:
    """How many records of each kind lists have, those with the fewest first."""
    places = range(kinds)
    few = FEW if kinds <= MOST_KINDS else 2
    found = {
        tuple(several.count(place) for place in places)
        for size in range(few + 1)
        for several in combinations_with_replacement(places, size)
    }
    for one, other in combinations(places, 2) if kinds <= MOST_KINDS else ():
        for first, second in product(range(MANY + 1), repeat=2):
            if first + second <= MANY:
                found.add(tuple({one: first, other: second}.get(place, 0) for place in places))
    found |= {tuple(int(place < several) for place in places) for several in places}
    if kinds == 1:
        found |= {(count,) for count in range(MANY + 1)}
    return sorted(found, key=lambda counts: (sum(counts), [-count for count in counts]))


def _ranks(asked: Asked, there: list[tuple[Kind, int]], given: Facts | None) -> Ranks:
    """For each aggregate how many figures a list reaches; of one that is held against none, what
    it comes to.  `given` is the list itself, where it matters when its records lie."""
    found: list[object] = []
    for (taken, family), places in zip(asked.members, asked.places, strict=True):
        value = _worth(taken.expr, places, there) if given is None else worth(taken, given)
        if isinstance(value, Fraction) and family.steps:
            found.append(sum(reached(step, value) for step in family.steps))
        else:
            found.append(value if isinstance(value, Fraction) else None)
    return tuple(found)


def _worth(
    expr: core.Aggregate, places: tuple[int, ...], there: list[tuple[Kind, int]]
) -> Fraction | None:
    """What an aggregate comes to; None where that is a share of nothing."""
    sums = [sum((kind.gives[one] * count for kind, count in there), ZERO) for one in places]
    if expr.condition is not None:
        return sums[0] / sum(sums) if sum(sums) else None
    if expr.kind == "distinct" and isinstance(expr.value, core.FieldRef):
        name = expr.value.name
        met = [kind for kind, _ in there if kind.gives[places[0]]]
        return Fraction(len({kind.record.values.get(name) for kind in met}))
    return sums[0]

"""Cases on which two policies part, or the proof that there is none.

Both are compiled over one grid, so that a box of cases answers for the pair: the same, different,
or open until one more fact is known.  What lists come to is free while a proof is sought; a case
is then looked for among the lists that the policy's own cases have.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial
from itertools import chain, islice
from types import MappingProxyType

from attrs import frozen

from vocpolicy import core
from vocpolicy.analysis.lists import some_lists
from vocpolicy.analysis.loose import LooseCompiler
from vocpolicy.analysis.seeds import seeded
from vocpolicy.box.atoms import Grid, Path
from vocpolicy.box.compiler import EMPTY, Compiler
from vocpolicy.box.model import Model, NotSearchableError, is_settled, keys_of, model_of, rule_of
from vocpolicy.box.parts import with_parts
from vocpolicy.box.pieces import Doubt, Vector
from vocpolicy.box.rulings import Key, Ruling, decided
from vocpolicy.box.search import Aim, Budget, find
from vocpolicy.core.walk import within
from vocpolicy.exercise.lists import telling_lists
from vocpolicy.exercise.sites import places
from vocpolicy.facts import entity_of
from vocpolicy.interpreter import Facts, decide, new_scope
from vocpolicy.interpreter.names import parts_in
from vocpolicy.once import kept_with
from vocpolicy.outcome import Outcome
from vocpolicy.trace import ConclusionTrace, Possible, Trace, Unknown

BOXES = 3_000
"""How many boxes of cases a pair may be looked at with."""

SEEDED = 100
"""How many boxes are looked at for each choice of plain values where facts meet in a condition."""

MOST_LISTS = 5
"""How many lists are tried."""

MOST_WORDINGS = 8
"""How many wordings of one provision are told apart."""

WHOLES = (20, 100, 1000)
"""Sizes of a whole that are tried where parts of it are asked about, after those of which the
ratios that rules name are whole parts."""

NO_FACTS = Facts()

_SAME, _PARTED = Possible(Outcome.HOLDS, "same"), Possible(Outcome.FAILS, "parted")
AIM = Aim(reach=lambda key: key[0] == "parted", single=True)
"""A case on which two parted."""


@frozen(eq=False)
class Parting:
    """Attributes:
    facts: a case on which two policies part; the interpreter was asked.  None: none was found.
    proved: that there is none.
    """

    facts: Facts | None
    proved: bool = False


def parting(
    one: core.Policy, other: core.Policy, name: str, day: datetime.date, boxes: int = BOXES
) -> Parting:
    """A case on which two policies come to different things under a name."""
    try:
        model = _pair(one, other, name, day, Facts())
        if model is None:
            return Parting(None)
        found = find(model, model.given, AIM, Budget(boxes))
        if found.vector is None and (found.exact or _never(one, other, name, day, boxes)):
            return Parting(None, True)
        told = tuple(islice(telling_lists(one, other, _lists(model), day), MOST_LISTS))
        vector = seeded(model, AIM, SEEDED) if found.vector is None else found.vector
        for facts in () if vector is None else _cases(model, vector, day, told):
            if parted(one, other, name, facts, day):
                return Parting(facts)
        return _among(one, other, name, day, chain(_supposed(model, one, day), told))
    except (NotSearchableError, RecursionError):
        return Parting(None)


def _never(one: core.Policy, other: core.Policy, name: str, day: datetime.date, boxes: int) -> bool:
    """Whether there is no case even if comparisons of several facts come out either way."""
    model = _pair(one, other, name, day, Facts(), _LooseOfTwo)
    if model is None:
        return False
    found = find(model, model.given, AIM, Budget(boxes))
    return found.vector is None and found.exact


def parted(
    one: core.Policy, other: core.Policy, name: str, facts: Facts, day: datetime.date
) -> bool:
    """Whether the interpreter has two policies come to different things."""
    return outcome(decide(one, name, facts, day)) != outcome(decide(other, name, facts, day))


def outcome(trace: Trace) -> Key:
    """What is told apart: the wording, and the value where a rule gives one."""
    answer = trace.answer if isinstance(trace, ConclusionTrace) else None
    return trace.wording, None if isinstance(answer, Unknown) else answer


def reached(
    policy: core.Policy, name: str, day: datetime.date, given: Facts = NO_FACTS
) -> Iterator[Facts]:
    """A case for each wording that a provision can come to with the facts given, as far as they
    are found."""
    try:
        model = model_of(policy, name, given, day)
    except NotSearchableError:
        return
    seen: list[str] = []
    budget = Budget(BOXES)
    while len(seen) < MOST_WORDINGS:
        aim = Aim(reach=partial(_is_new, tuple(seen)), single=True)
        found = find(model, model.given, aim, budget)
        facts = None if found.vector is None else facts_of(model, found.vector)
        if facts is None:
            return
        wording = decide(policy, name, facts, day).wording
        if wording in seen:
            return
        seen.append(wording)
        yield facts


def _is_new(seen: tuple[str, ...], key: Key) -> bool:
    return key[0] not in seen


def _cases(
    model: Model, vector: Vector, day: datetime.date, told: Iterable[Facts]
) -> Iterator[Facts]:
    """What a vector may stand for: its facts or, where it says what lists come to, these with
    lists of which some may come to that; last without any."""
    names = tuple(sorted(_lists(model)))
    facts = facts_of(model, vector)
    if facts is not None:
        yield facts
        return
    opened = [atom.free if atom.fact is None else vector[atom.place] for atom in model.atoms]
    facts = facts_of(model, opened)
    if facts is None or not names:
        return
    made = (lists for on, lists in some_lists(model.policy, day, names) if on == day)
    for lists in (Facts(MappingProxyType(dict.fromkeys(names, ()))), *told, *made):
        yield Facts(MappingProxyType({**facts.values, **lists.values}))
    yield facts


def _among(
    one: core.Policy, other: core.Policy, name: str, day: datetime.date, given: Iterator[Facts]
) -> Parting:
    """A case that has some of the facts given."""
    for supposed in given:
        model = _pair(one, other, name, day, supposed)
        if model is None:
            break
        found = find(model, model.given, AIM, Budget(BOXES // 3))
        for facts in () if found.vector is None else _cases(model, found.vector, day, ()):
            if parted(one, other, name, facts, day):
                return Parting(facts)
    return Parting(None)


def _supposed(model: Model, policy: core.Policy, day: datetime.date) -> Iterator[Facts]:
    """Facts to begin with where a search from nothing found no case: wholes, and lists."""
    names = {name for atom in model.atoms for name in atom.names}
    wholes = names & divisors(policy)
    declared = {atom.name: atom.fact for atom in model.atoms if atom.fact is not None}
    for size in (*_exactly_parted(policy), *WHOLES) if wholes else ():
        values = {one: _near(declared[one], size) for one in sorted(wholes) if one in declared}
        yield Facts(MappingProxyType(values))
    lists = _lists(model)
    yield from _given_lists(policy, lists, day) if lists else ()


def _exactly_parted(policy: core.Policy) -> tuple[int, ...]:
    """The least wholes of which ratios that rules name are whole parts: 66% of 50, not of 20."""
    found = {
        node.value.denominator
        for place in places(policy)
        for node in within(place.expr)
        if isinstance(node, core.Const) and isinstance(node.value, Fraction) and _is_ratio(node)
    }
    return tuple(sorted(found - {1, *WHOLES})[:MOST_LISTS])


def _is_ratio(expr: core.Const) -> bool:
    return isinstance(expr.type, core.NumberType) and not expr.type.dimension


def _near(fact: core.Fact, size: int) -> Fraction:
    """A number of so many of the fact's units, within its bounds."""
    kind = fact.type
    unit = kind.unit if isinstance(kind, core.NumberType) else None
    value = size * (unit.factor if unit else Fraction(1))
    value = value if fact.low is None else max(value, fact.low)
    return value if fact.high is None else min(value, fact.high)


def divisors(policy: core.Policy) -> frozenset[str]:
    """Facts that something is divided by, through definitions."""
    known = kept_with(policy)
    if "divisors" not in known:
        found: set[str] = set()
        for place in places(policy):
            for node in within(place.expr):
                if isinstance(node, core.Divide):
                    found.update(_read(policy, node.right))
        known["divisors"] = frozenset(found)
    result: frozenset[str] = known["divisors"]
    return result


def _read(policy: core.Policy, expr: core.Expr) -> Iterator[str]:
    for node in within(expr):
        if isinstance(node, core.FactRef):
            yield node.name
        elif isinstance(node, core.DefinitionRef):
            for dated in policy.definitions[node.name].values:
                yield from _read(policy, dated.value)


def _given_lists(policy: core.Policy, lists: frozenset[str], day: datetime.date) -> Iterator[Facts]:
    """Empty lists, those that cases have, then made-up ones."""
    yield Facts(MappingProxyType(dict.fromkeys(lists, ())))
    found = some_lists(policy, day, tuple(sorted(lists)))
    yield from (facts for _, facts in islice(found, MOST_LISTS))


# ---- two policies over one grid ------------------------------------------------------------------


@frozen(eq=False)
class _OneOfTwo(Compiler):
    """Compiles one of two policies; what is made of a list is the same in both only where it rests
    on parts that they share."""

    def _rests_on(self, expr: core.Expr) -> object:
        return super()._rests_on(expr), tuple(map(id, parts_in(self.scope, expr)))


class _LooseOfTwo(_OneOfTwo, LooseCompiler):
    """The same, of which comparisons of several facts may come out either way."""


def _pair(
    one: core.Policy,
    other: core.Policy,
    name: str,
    day: datetime.date,
    given: Facts,
    kind: type[_OneOfTwo] = _OneOfTwo,
) -> Model | None:
    grid = Grid()
    made = [kind(new_scope(of, given, day), grid, decided, {}) for of in (one, other)]
    return joint(one, name, made[0], made[1], other)


def joint(
    policy: core.Policy,
    name: str,
    one: Compiler,
    other: Compiler,
    second_policy: core.Policy | None = None,
) -> Model | None:
    """A provision compiled twice over one grid: the same, parted or open; None where it cannot
    be compiled."""
    first = rule_of(one, policy, name)
    second = rule_of(other, second_policy or policy, name)
    if first is None or second is None:
        return None

    def run(vector: Vector) -> Ruling:
        return _both(first[0](vector), second[0](vector))

    atoms = tuple(dict.fromkeys((*first[1], *second[1])))
    grid = one.grid
    return Model(policy, name, one.scope, (run, atoms), grid, [EMPTY] * grid.slots[0])


def _both(one: Ruling, other: Ruling) -> Ruling:
    first, second = keys_of(one), keys_of(other)
    if is_settled(first) and is_settled(second):
        return Ruling((_SAME if first == second else _PARTED,))
    doubts = [doubt for doubt in (one.doubt, other.doubt) if isinstance(doubt, Doubt)]
    asked = next((doubt for doubt in doubts if doubt.atom >= 0), None)
    if asked is None:  # open, though nothing that varies would settle it
        raise NotSearchableError
    return Ruling((_SAME, _PARTED), asked)


def facts_of(model: Model, vector: Vector) -> Facts | None:
    """The facts of a vector; None where it says what a list comes to that nobody supplied."""
    values: dict[str, core.Value] = dict(model.scope.facts.values)
    parts: dict[str, dict[Path, core.Value | None]] = {}
    for atom in model.atoms:
        value = vector[atom.place]
        if isinstance(value, Unknown):
            continue
        if atom.part is not None:
            if value != atom.part.value:
                name, *rest = atom.part.path
                parts.setdefault(str(name), {})[tuple(rest)] = value
        elif atom.fact is None:
            if atom.value != value:
                return None
        else:
            values[atom.name] = value
    for name, changed in parts.items():
        values[name] = with_parts(values[name], changed)
    return Facts(MappingProxyType(values))


def _lists(model: Model) -> frozenset[str]:
    """What the atoms that are made of lists read, of lists alone."""
    names = {name for atom in model.atoms if atom.fact is None for name in atom.names}
    found = (model.scope.enter(entity_of(model.policy, model.name)).find(name) for name in names)
    return frozenset(
        one.path for one in found if one.fact and isinstance(one.fact.type, core.ListType)
    )


def step_of(fact: core.Fact) -> Fraction:
    """What a number fact changes by at least, in base units; one of its unit where it may change
    by less."""
    if fact.step is not None:
        return fact.step
    kind = fact.type.inner if isinstance(fact.type, core.OptionalType) else fact.type
    if not isinstance(kind, core.NumberType) or kind.unit is None:
        return Fraction(1)
    return kind.unit.factor

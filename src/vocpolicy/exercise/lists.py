"""Lists at the figures of the rules, of which two policies make different things.

What a rule makes of a list has no threshold of its own, so such lists are made up: of one record,
of as many as a count is held against, and of two kinds in the proportion of a ratio, with fields
and lengths of stays at the figures that the rules name.  Only those count of which the interpreter
makes something else under one policy than under the other; working that out takes far less than a
search.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, permutations
from types import MappingProxyType
from typing import TypeAlias

from attrs import frozen

from vocpolicy import core
from vocpolicy.core.walk import children, within
from vocpolicy.exercise.sites import Place, places
from vocpolicy.facts import entity_of
from vocpolicy.interpreter import Facts, evaluate, new_scope
from vocpolicy.interpreter.names import parts_in
from vocpolicy.trace import Unknown

RECORDS, KINDS = 40, 4
"""How many records are made up, and how many of them are tried in numbers and beside others."""

MOST_MEMBERS = 120
"""No list is longer."""

MONTH, DAY = (("month", 1),), (("day", 1),)
DAYS_OF_MONTH = 30

Changed: TypeAlias = "tuple[str | None, tuple[core.Expr, core.Expr]]"
"""The entity that something is about, and what it is in one policy and in the other."""

Figures: TypeAlias = Mapping[core.Dimension, tuple[Fraction, ...]]


def telling_lists(
    one: core.Policy, other: core.Policy, names: frozenset[str], day: datetime.date
) -> Iterator[Facts]:
    """Lists under each of the names, of which the two policies make different things."""
    pairs = _changed(one, other, day)
    figures = _figures(expr for _, sides in pairs for expr in sides)
    differs = _differing(one, other, day, pairs)
    for name in sorted(names) if pairs else ():
        kind = core.inner(_fact(one, name).type)
        if isinstance(kind, core.ListType):
            made = _Maker(one, day, figures, random.Random(0))
            for value in made.lists(kind):
                facts = Facts(MappingProxyType({name: value}))
                if differs(facts):
                    yield facts


def _fact(policy: core.Policy, name: str) -> core.Fact:
    if name in policy.facts:
        return policy.facts[name]
    return next(one.fields[name] for one in policy.entities.values() if name in one.fields)


def _differing(
    one: core.Policy, other: core.Policy, day: datetime.date, pairs: Sequence[Changed]
) -> Callable[[Facts], bool]:
    """Whether one of the things that are made of lists certainly comes to something else."""

    def differs(facts: Facts) -> bool:
        scopes = [new_scope(policy, facts, day) for policy in (one, other)]
        for entity, sides in pairs:
            left, right = (
                evaluate(scope.enter(entity), expr).answer
                for scope, expr in zip(scopes, sides, strict=True)
            )
            if left != right and not isinstance(left, Unknown) and not isinstance(right, Unknown):
                return True
        return False

    return differs


def _changed(one: core.Policy, other: core.Policy, day: datetime.date) -> list[Changed]:
    """What is made of lists that may come to something else, as each policy has it."""
    scopes = [new_scope(policy, Facts(), day) for policy in (one, other)]
    sides = [_of_lists(policy) for policy in (one, other)]
    found = []
    for (entity, left), (_, right) in zip(*sides, strict=False):
        parts = (
            [id(part) for part in parts_in(scope.enter(entity), expr)]
            for scope, expr in zip(scopes, (left, right), strict=True)
        )
        if left is not right or next(parts) != next(parts):
            found.append((entity, (left, right)))
    return found


def _of_lists(policy: core.Policy) -> Iterator[tuple[str | None, core.Expr]]:
    """What is made of lists and what that is compared with, outermost first, with the entity of
    what it stands in, in the order of the rules."""
    for place in places(policy):
        waiting = [place.expr]
        while waiting:
            node = waiting.pop()
            compared = isinstance(node, core.Compare) and any(map(_is_list, within(node)))
            if compared or _is_list(node):
                yield _entity(policy, place), node
            else:
                waiting += reversed(children(node))


def _is_list(expr: core.Expr) -> bool:
    return isinstance(expr, core.Aggregate)


def _entity(policy: core.Policy, place: Place) -> str | None:
    return None if place.observed in policy.targets else entity_of(policy, place.observed)


def _figures(exprs: Iterable[core.Expr]) -> Figures:
    """The numbers that expressions name, by dimension."""
    found: dict[core.Dimension, dict[Fraction, None]] = {}
    for node in within(*exprs):
        match node:
            case core.Const(value=Fraction() as value, type=core.NumberType(dimension=dimension)):
                found.setdefault(dimension, {})[value] = None
    return {dimension: tuple(several) for dimension, several in found.items()}


# ---- lists made up -------------------------------------------------------------------------------


@frozen(eq=False)
class _Maker:
    """Makes lists up for a policy on a day, the same ones every time."""

    policy: core.Policy
    day: datetime.date
    figures: Figures
    draw: random.Random

    def lists(self, kind: core.ListType) -> Iterator[tuple[core.Value, ...]]:
        items = self._items(kind.item)
        yield ()
        yield from ((one,) for one in items)
        few = items[:KINDS]
        for count in self._counts():
            yield from ((one,) * count for one in few)
        for share in self._shares():
            for one, another in permutations(few, 2):
                yield (one,) * share + (another,) * (100 - share)

    def _counts(self) -> list[int]:
        """How many there can be, at the whole numbers that rules name and beside them."""
        around = {
            int(one) + beside
            for one in self.figures.get((), ())
            if one.denominator == 1
            for beside in (-1, 0, 1)
        }
        return sorted(one for one in around if 1 < one <= MOST_MEMBERS)

    def _shares(self) -> list[int]:
        """How many in a hundred, at the ratios that rules name and beside them."""
        ratios = (one for one in self.figures.get((), ()) if 0 < one < 1)
        around = {int(one * 100) + beside for one in ratios for beside in (-1, 0, 1)}
        return sorted(one for one in around if 0 < one < 100)

    def _items(self, kind: core.Type) -> list[core.Value]:
        """Different members that a list can have."""
        found: list[core.Value] = []
        for _ in range(RECORDS):
            one = self._value(kind, None)
            if one not in found:
                found.append(one)
        return found

    def _value(self, kind: core.Type, fact: core.Fact | None) -> core.Value:
        match kind:
            case core.YesNoType():
                return self.draw.random() < 0.5
            case core.ChoiceType(name=name):
                return self.draw.choice(tuple(self.policy.choices[name].members))
            case core.NumberType():
                return self.draw.choice(self._numbers(kind, fact))
            case core.DateType():
                return self.day - datetime.timedelta(self.draw.choice(self._lengths()))
            case core.TextType():
                return self.draw.choice("甲乙")
            case core.OptionalType(inner=inner):
                none = self.draw.random() < 0.25
                return core.Nothing.NONE if none else self._value(inner, fact)
            case core.ListType(item=item):
                return tuple(self._value(item, fact) for _ in range(self.draw.choice((1, 1, 0, 2))))
            case core.RecordType(entity=entity):
                return self._record(self.policy.entities[entity])

    def _record(self, entity: core.Entity) -> core.Record:
        values = {name: self._value(one.type, one) for name, one in entity.fields.items()}
        if entity.start and entity.end and entity.start != entity.end:
            length = self.draw.choice(self._lengths())
            values[entity.end] = self.day
            values[entity.start] = self.day - datetime.timedelta(max(length - 1, 0))
        return core.Record(entity.name, MappingProxyType(values))

    def _lengths(self) -> Sequence[int]:
        """In days, at the lengths that rules name, a day beside them, and a month."""
        days = {int(one) for one in self.figures.get(DAY, ())}
        days |= {int(one * DAYS_OF_MONTH) for one in self.figures.get(MONTH, ())}
        around = {one + beside for one in days for beside in (-DAYS_OF_MONTH, -1, 0, 1)}
        return sorted(one for one in around if 0 < one < MOST_DAYS) or (1,)

    def _numbers(self, kind: core.NumberType, fact: core.Fact | None) -> Sequence[Fraction]:
        """The figures that rules have for such a number and a step beside them, within bounds."""
        unit = kind.unit.factor if kind.unit else Fraction(1)
        step = fact.step if fact is not None and fact.step else unit
        near = (one + beside * step for one in self._named(kind) for beside in (-1, 0, 1))
        fits = sorted({one for one in near if fact is None or _within(one, fact)})
        return fits or (Fraction(0) if fact is None or fact.low is None else fact.low,)

    def _named(self, kind: core.NumberType) -> Iterator[Fraction]:
        yield from islice(self.figures.get(kind.dimension, ()), MOST_FIGURES)


MOST_DAYS = 36_500
MOST_FIGURES = 20


def _within(value: Fraction, fact: core.Fact) -> bool:
    low = fact.low is None or value > fact.low or (value == fact.low and not fact.low_strict)
    high = fact.high is None or value < fact.high or (value == fact.high and not fact.high_strict)
    return low and high

"""Lists to try where what is made of them has to be shown by one: those of the policy's own
cases, then made-up ones."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from vocpolicy import core
from vocpolicy.core.walk import within
from vocpolicy.facts import read_leniently
from vocpolicy.interpreter import Facts

MADE_UP = 60
DAYS_BACK = (0, 30, 100, 200, 300, 330, 700, 1500, 1900, 3000)


def some_lists(
    policy: core.Policy, day: datetime.date, names: tuple[str, ...]
) -> Iterator[tuple[datetime.date, Facts]]:
    """Values of the named facts, each with the day on which they are to be judged."""
    declared = _declared(policy)
    seen: list[object] = []
    for case in policy.cases:
        if not any(name in case.facts for name in names):
            continue
        on = case.today or day
        entities = (None, *policy.entities)
        for entity in entities:
            facts, _ = read_leniently(policy, case.facts, entity, on)
            values = {name: facts.values[name] for name in names if name in facts.values}
            if len(values) == len(names) and (on, values) not in seen:
                seen.append((on, values))
                yield on, Facts(MappingProxyType(values))
    draw = random.Random(0)
    figures = _figures(policy)
    for round_ in range(MADE_UP):
        values = {
            name: _value(draw, policy, declared[name].type, declared[name], day, figures, round_)
            for name in names
            if name in declared
        }
        if len(values) == len(names):
            yield day, Facts(MappingProxyType(values))


def _declared(policy: core.Policy) -> Mapping[str, core.Fact]:
    fields = {name: one for kind in policy.entities.values() for name, one in kind.fields.items()}
    return {**fields, **policy.facts}


def _figures(policy: core.Policy) -> Mapping[core.Dimension, tuple[Fraction, ...]]:
    """Numbers that rules speak of, by dimension."""
    found: dict[core.Dimension, set[Fraction]] = {}
    bodies = [body for rule in policy.rules.values() for body in rule.bodies.values()]
    exprs = [one.condition for body in bodies for one in body.statements]
    made = [(one.values, *one.bodies.values()) for one in policy.definitions.values()]
    exprs += [dated.value for bodies_ in made for body in bodies_ for dated in body]
    for node in within(*exprs):
        match node:
            case core.Const(value=Fraction() as value, type=core.NumberType(dimension=dimension)):
                found.setdefault(dimension, set()).add(value)
    return {dimension: tuple(sorted(values)) for dimension, values in found.items()}


def _value(
    draw: random.Random,
    policy: core.Policy,
    type_: core.Type,
    fact: core.Fact,
    day: datetime.date,
    figures: Mapping[core.Dimension, tuple[Fraction, ...]],
    size: int,
) -> core.Value:
    match type_:
        case core.YesNoType():
            return draw.random() < 0.5
        case core.ChoiceType(name=name):
            return draw.choice(tuple(policy.choices[name].members))
        case core.NumberType():
            low = Fraction(0) if fact.low is None else fact.low
            ends = [low] if fact.high is None else [low, fact.high]
            near = [one for one in figures.get(type_.dimension, ()) if low <= one]
            near = [one for one in near if fact.high is None or one <= fact.high]
            return draw.choice([*ends, *near])
        case core.DateType():
            return day - datetime.timedelta(days=draw.choice(DAYS_BACK))
        case core.TextType():
            return draw.choice("甲乙")
        case core.OptionalType(inner=inner):
            if draw.random() < 0.3:
                return core.Nothing.NONE
            return _value(draw, policy, inner, fact, day, figures, size)
        case core.ListType(item=item):
            count = size % 4
            return tuple(_value(draw, policy, item, fact, day, figures, size) for _ in range(count))
        case core.RecordType(entity=entity):
            return _record(draw, policy, policy.entities[entity], day, figures, size)


def _record(
    draw: random.Random,
    policy: core.Policy,
    entity: core.Entity,
    day: datetime.date,
    figures: Mapping[core.Dimension, tuple[Fraction, ...]],
    size: int,
) -> core.Record:
    values = {
        name: _value(draw, policy, one.type, one, day, figures, size)
        for name, one in entity.fields.items()
    }
    first, last = values.get(entity.start or ""), values.get(entity.end or "")
    if isinstance(first, datetime.date) and isinstance(last, datetime.date) and last < first:
        values[entity.start or ""], values[entity.end or ""] = last, first
    return core.Record(entity.name, MappingProxyType(values))

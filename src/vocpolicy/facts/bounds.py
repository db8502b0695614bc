"""Whether supplied values lie within their bounds, bounds between facts included."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from attrs import evolve

from vocpolicy import core
from vocpolicy.diagnostics import Words
from vocpolicy.facts.mistakes import Mistakes, got, number_shown
from vocpolicy.interpreter import Facts, Scope, Subject, evaluate, new_scope
from vocpolicy.interpreter.values import compare
from vocpolicy.trace import Unknown


def check_bounds(
    mistakes: Mistakes,
    facts: Facts,
    declared: Mapping[str, core.Fact],
    entity: str | None,
    as_of: datetime.date,
) -> None:
    """Report every value out of its bounds."""
    case = new_scope(mistakes.policy, facts, as_of)
    if entity is not None:
        case = evolve(case, subject=Subject(entity, None, ""))
    for name, value in facts.values.items():
        _check(mistakes, case, declared[name], value, name)
    for name, series in facts.series.items():
        for seen in series:
            place = f"{name}[{seen.date.isoformat()}]"
            _check(mistakes, case.at(seen.date), declared[name], seen.value, place)


def _check(
    mistakes: Mistakes, scope: Scope, fact: core.Fact, value: core.Value, place: str
) -> None:
    match value:
        case core.Record():
            _check_record(mistakes, scope, value, place)
        case tuple():
            for index, item in enumerate(value):
                if isinstance(item, core.Record):
                    _check_record(mistakes, scope, item, f"{place}[{index}]")
        case Fraction() | datetime.date():
            _check_one(mistakes, scope, fact, value, place)
        case _:
            pass


def _check_record(mistakes: Mistakes, scope: Scope, record: core.Record, place: str) -> None:
    entity = mistakes.policy.entities[record.entity]
    subject = Subject(record.entity, record, place)
    inside = evolve(scope, subject=subject, members=(subject,), memo={})
    for name, value in record.values.items():
        _check(mistakes, inside, entity.fields[name], value, f"{place}.{name}")
    if entity.start is None or entity.end is None or entity.start == entity.end:
        return
    start, end = record.values.get(entity.start), record.values.get(entity.end)
    if isinstance(start, datetime.date) and isinstance(end, datetime.date) and end < start:
        mistakes.add("V415", place, start=start.isoformat(), end=end.isoformat())


def _check_one(
    mistakes: Mistakes,
    scope: Scope,
    fact: core.Fact,
    value: Fraction | datetime.date,
    place: str,
) -> None:
    def shown(number: core.Value) -> Words:
        if isinstance(number, Fraction):
            return number_shown(number, fact.type)
        said = got(number)
        return said if isinstance(said, Words) else Words(said, said)

    for operator, bound in _broken(scope, fact, value, shown):
        mistakes.out_of_bounds(place, shown(value), operator, bound)
        return
    if fact.step is not None and isinstance(value, Fraction) and value % fact.step:
        mistakes.out_of_bounds(place, shown(value), "step", shown(fact.step))


def _broken(
    scope: Scope,
    fact: core.Fact,
    value: Fraction | datetime.date,
    shown: Callable[[core.Value], Words],
) -> Iterator[tuple[str, Words]]:
    """The bounds that the value breaks: those declared, and those that follow from them."""
    for operator, expr in fact.compares:
        answer = evaluate(evolve(scope, plain=True, memo={}), expr).answer
        if not isinstance(answer, Unknown) and compare(operator, value, answer) is False:
            if isinstance(expr, core.FactRef | core.FieldRef | core.DefinitionRef):
                said = shown(answer)
                yield operator, Words(f"{expr.name} ({said.en})", f"{expr.name}（{said.zh}）")
            else:
                yield operator, shown(answer)
    if isinstance(value, Fraction):
        if fact.low is not None and not _above(value, fact.low, fact.low_strict):
            yield "more_than" if fact.low_strict else "at_least", shown(fact.low)
        if fact.high is not None and not _above(-value, -fact.high, fact.high_strict):
            yield "less_than" if fact.high_strict else "at_most", shown(fact.high)


def _above(value: Fraction, low: Fraction, strict: bool) -> bool:
    return value > low if strict else value >= low

"""What is said otherwise of facts, choices, kinds, and of definitions and parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vocpolicy import core
from vocpolicy.core import Labels
from vocpolicy.difference.changes import (
    Change,
    Pen,
    called_text,
    itself,
    reading_names,
    reading_place,
)
from vocpolicy.difference.meaning import bare, same
from vocpolicy.difference.phrasing import NOTHING, Voice, day, text
from vocpolicy.difference.words import PLACES
from vocpolicy.source import NOWHERE


def of_kind(pen: Pen, old: core.Kind, new: core.Kind) -> Iterator[Change]:
    yield from pen.said("plural", old.plural, new.plural, text)
    yield from pen.said("counter", old.counter, new.counter, text)


def of_choice(pen: Pen, old: core.Choice, new: core.Choice) -> Iterator[Change]:
    for name, label in old.members.items():
        if name not in new.members:
            yield pen.row("member", called_text(name, label), NOTHING)
    for name, label in new.members.items():
        if name not in old.members:
            yield pen.row("member", NOTHING, called_text(name, label))
        else:
            here = pen.at(text(name), (), NOWHERE)
            yield from here.said("label", old.members[name], label, lambda one: one)


def of_fact(pen: Pen, old: core.Fact, new: core.Fact) -> Iterator[Change]:
    one, other = pen.sides.voices(pen.entity)
    if not same(old.type, new.type):
        yield _types(pen, old.type, new.type)
    elif _unit(old.type) != _unit(new.type):
        yield pen.row("unit", text(_unit(old.type)), text(_unit(new.type)))
    yield from _bounds(pen, (one, old), (other, new))
    yield from pen.said("step", old.step, new.step, lambda step: _step_text(step, new.type))
    yield from pen.said("judge", old.judged_by or NOTHING, new.judged_by or NOTHING, itself)
    yield from pen.said("change", old.change, new.change, text)
    yield from pen.said("better", old.better, new.better, text)
    yield from pen.said("effort", old.effort, new.effort, lambda one: text(str(one)))
    yield from pen.said("question", old.question or NOTHING, new.question or NOTHING, itself)
    yield from pen.each("note", old.notes, new.notes, itself)
    yield from pen.sources(old.citations, new.citations, (old.assumptions, new.assumptions))


def _bounds(
    pen: Pen, one: tuple[Voice, core.Fact], other: tuple[Voice, core.Fact]
) -> Iterator[Change]:
    """Bounds side by side; one of an operator is the one before it with another figure."""
    sides = [
        {key: (bare(expr), _bound(voice, fact, key, expr)) for key, expr in fact.compares}
        for voice, fact in (one, other)
    ]
    for key in dict.fromkeys((*sides[0], *sides[1])):
        before, now = sides[0].get(key), sides[1].get(key)
        if before is None or now is None or before[0] != now[0]:
            told = [NOTHING if side is None else side[1] for side in (before, now)]
            yield pen.row("bounds", told[0], told[1])


def _bound(voice: Voice, fact: core.Fact, operator: str, expr: core.Expr) -> Labels:
    left = core.FactRef(fact.name, fact.type)
    return voice.condition(core.Compare(operator, left, expr))


def _types(pen: Pen, old: core.Type, new: core.Type) -> Change:
    before, now = type_text(old, pen.sides.old), type_text(new, pen.sides.new)
    return pen.row("type", before, now)


def type_text(kind: core.Type, policy: core.Policy) -> Labels:
    """A type as people call it: by its unit, its choice, or the word for it."""
    match kind:
        case core.OptionalType(inner=inner):
            found = type_text(inner, policy)
            return Labels(f"{found.get('en')} or none", f"{found.get('zh')}或无")
        case core.ListType(item=item):
            found = type_text(item, policy)
            return Labels(f"list of {found.get('en')}", f"{found.get('zh')}清单")
        case core.ChoiceType(name=name):
            return called_text(name, policy.choices[name].labels)
        case core.RecordType(entity=name):
            return called_text(name, policy.entities[name].labels)
        case core.NumberType(unit=unit) if unit is not None:
            return Labels(unit.name, unit.labels.get("zh") or unit.name)
        case _:
            return PLACES[type(kind).__name__]


def _unit(kind: core.Type) -> str:
    inner = core.inner(kind)
    return inner.unit.name if isinstance(inner, core.NumberType) and inner.unit else ""


def _step_text(step: Any, kind: core.Type) -> Labels:
    inner = core.inner(kind)
    if step is None or not isinstance(inner, core.NumberType):
        return NOTHING
    return Voice(core.Policy("", NOTHING, core.Period())).plain(step, inner)


# ---- definitions ---------------------------------------------------------------------------------


def of_definition(pen: Pen, old: core.Definition, new: core.Definition) -> Iterator[Change]:
    if not same(old.type, new.type):
        yield _types(pen, old.type, new.type)
    yield from pen.said("form", old.form, new.form, lambda one: PLACES[one])
    for reading, before, now in _readings(pen, old, new):
        yield from _values(pen.at(reading, (), NOWHERE), before, now)
    yield from reading_names(pen, old, new)
    yield from pen.each("note", old.notes, new.notes, itself)
    yield from pen.sources(old.citations, new.citations, (old.assumptions, new.assumptions))


def _readings(
    pen: Pen, old: core.Definition, new: core.Definition
) -> Iterator[tuple[Labels, tuple[core.DatedValue, ...], tuple[core.DatedValue, ...]]]:
    if (not old.bodies and not new.bodies) or not old.bodies or not new.bodies:
        yield NOTHING, old.values, new.values
    else:
        for name in old.bodies.keys() & new.bodies.keys():
            yield reading_place(new, name), old.bodies[name], new.bodies[name]


def _values(
    pen: Pen, old: tuple[core.DatedValue, ...], new: tuple[core.DatedValue, ...]
) -> Iterator[Change]:
    """Values by date: those from one day side by side."""
    before, now = ({one.start: one for one in values} for values in (old, new))
    one, other = pen.sides.voices(pen.entity)
    for start in dict.fromkeys((*before, *now)):
        kept = now.get(start) or before[start]
        # A value that came or went stands beside what holds from that day without it.
        earlier = before.get(start) or _standing(old, start)
        later = now.get(start) or _standing(new, start)
        here = pen.at(_since(start), kept.citations, kept.span)
        if earlier is None or later is None:
            told = (
                NOTHING if earlier is None else one.value(earlier.value),
                NOTHING if later is None else other.value(later.value),
            )
            yield here.row("value", *told, figure=isinstance(kept.value, core.Const))
            continue
        yield from here.conditions("value", earlier.value, later.value)
        yield from here.said("until", earlier.end, later.end, day)
        yield from here.sources(
            earlier.citations, later.citations, (earlier.assumptions, later.assumptions)
        )


def _standing(values: tuple[core.DatedValue, ...], day_: Any) -> core.DatedValue | None:
    """The value that holds on a day."""
    if day_ is None:
        return None
    begun = [one for one in values if one.start is None or one.start <= day_]
    last = begun[-1] if begun else None
    return None if last is None or (last.end is not None and last.end < day_) else last


def _since(start: Any) -> Labels:
    if start is None:
        return NOTHING
    row, said = PLACES["since"], day(start)
    return Labels(row.en.format(day=said.get("en")), row.zh.format(day=said.get("zh")))

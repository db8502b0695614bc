"""Kinds, choices and the types of facts: what has to be known before any expression is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from vocpolicy import core, syntax
from vocpolicy.checker.context import Context
from vocpolicy.checker.types import read_type
from vocpolicy.checker.words import labels
from vocpolicy.quantities import UNITS, count_type
from vocpolicy.resolver import Mistakes, Scope


def prepare(scope: Scope, mistakes: Mistakes) -> Context:
    """A context that knows kinds, choices, and the types of all facts."""
    context = Context(scope, mistakes)
    for name, kind in scope.kinds.items():
        _kind(context, name, kind)
    for name, choice in scope.choices.items():
        members = {member.name.text: member for member in choice.members}
        context.choices[name] = core.Choice(
            name,
            labels(choice.labels, name),
            MappingProxyType({text: labels(one.labels, text) for text, one in members.items()}),
            span=choice.span,
        )
        for member in members:
            context.choices_of.setdefault(member, []).append(name)
    _types(context, None, scope.facts)
    for entity in scope.entities:
        _types(context, entity, scope.fields(entity))
    return context


def _types(context: Context, entity: str | None, facts: Mapping[str, syntax.Fact]) -> None:
    for name, fact in facts.items():
        type_ = read_type(context, fact.type)
        if type_ is not None:
            context.types[entity, name] = type_


def _kind(context: Context, name: str, kind: syntax.Kind) -> None:
    made = kind_of(name, kind)
    context.kinds[name] = count_type(name, made.labels, made.plural, made.counter)
    context.spellings[name] = frozenset(_spellings(made))
    if made.counter:
        context.counters.setdefault(made.counter, []).append(name)


def kind_of(name: str, kind: syntax.Kind) -> core.Kind:
    en = kind.en or (name.replace("_", " ") if name.isascii() or not kind.zh else "")
    return core.Kind(
        name,
        core.Labels(en, kind.zh or ""),
        kind.plural or (f"{en}s" if en else ""),
        kind.counter or "",
        span=kind.span,
    )


def _spellings(kind: core.Kind) -> Iterator[str]:
    """What may follow the number of a count, but for the bare measure word."""
    for text in (kind.name, f"{kind.name}s", kind.plural, kind.labels.en, kind.labels.zh):
        if text:
            yield text
            yield text.replace(" ", "_")
    if kind.counter and kind.labels.zh:
        yield kind.counter + kind.labels.zh


def units(context: Context) -> Mapping[str, core.NumberType]:
    """Every unit by every spelling.  Of two things spelled alike the built-in unit stands, and
    then the first kind; a measure word that serves several kinds is left to the fact's type."""
    table: dict[str, core.NumberType] = dict(UNITS)
    for name, type_ in context.kinds.items():
        for spelling in sorted(context.spellings[name]):
            table.setdefault(spelling, type_)
    for counter, kinds in context.counters.items():
        if len(kinds) == 1:
            table.setdefault(counter, context.kinds[kinds[0]])
    return MappingProxyType(table)

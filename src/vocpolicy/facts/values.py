"""One value of any type, from what Python programs and files hold."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import assert_never

from vocpolicy import core
from vocpolicy.diagnostics import close_names
from vocpolicy.exact import shown
from vocpolicy.facts.mistakes import Mistakes
from vocpolicy.facts.numbers import percent_forgotten, read_number
from vocpolicy.pycode.given import as_dict, fields
from vocpolicy.pycode.helpers import MISSING
from vocpolicy.spelled.dates import day
from vocpolicy.spelled.words import folded, member, says_none, text_of, yes_no


def read_value(mistakes: Mistakes, type_: core.Type, raw: object, place: str) -> core.Value | None:
    """A value of the type; None where a mistake was reported.

    `place` names the fact, for messages: `placements[2].from`.
    """
    match type_:
        case core.YesNoType():
            return _read_yes_no(mistakes, type_, raw, place)
        case core.NumberType():
            return read_number(mistakes, type_, raw, place)
        case core.ChoiceType():
            return _read_choice(mistakes, type_, raw, place)
        case core.DateType():
            found = day(raw)
            if found is None:
                mistakes.wrong("V410", place, raw, type_)
            return found
        case core.TextType():
            if not isinstance(raw, str):
                mistakes.wrong("V402", place, raw, type_)
            return raw if isinstance(raw, str) else None
        case core.RecordType():
            return _read_record(mistakes, type_, raw, place)
        case core.ListType():
            return _read_list(mistakes, type_, raw, place)
        case core.OptionalType():
            return _read_optional(mistakes, type_, raw, place)
        case _:
            assert_never(type_)


def read_fact(mistakes: Mistakes, fact: core.Fact, raw: object, place: str) -> core.Value | None:
    """A value of a fact's type; None where a mistake was reported."""
    value = read_value(mistakes, fact.type, raw, place)
    if value is not None and percent_forgotten(fact, raw, value):
        assert isinstance(value, Fraction)
        whole, part = shown(value * 100), shown(value / 100)
        mistakes.add("V440", place, got=shown(value), whole=f"{whole}%", part=part)
        return None
    return value


def as_mapping(raw: object) -> Mapping[object, object] | None:
    """A mapping, or the fields of an instance of an attrs class or a dataclass that are not
    `MISSING`."""
    if isinstance(raw, Mapping):
        return raw
    if isinstance(raw, core.Record):
        return dict(raw.values.items())
    attributes = fields(type(raw))
    if attributes is None:
        return None
    return dict[object, object](as_dict(raw, attributes).items())


def _read_yes_no(mistakes: Mistakes, type_: core.YesNoType, raw: object, place: str) -> bool | None:
    found = yes_no(raw)
    if found is None:
        mistakes.wrong("V402", place, raw, type_)
    return found


def _read_choice(mistakes: Mistakes, type_: core.ChoiceType, raw: object, place: str) -> str | None:
    """A value by its name, or by its label in either language."""
    members = mistakes.policy.choices[type_.name].members
    text = text_of(raw)
    if text is None:
        mistakes.wrong("V402", place, raw, type_)
        return None
    if text in members:
        return text
    found = member(text, {name: (labels.en, labels.zh) for name, labels in members.items()})
    if found is None:
        mistakes.wrong("V404", place, raw, type_, close=close_names(text, members))
    return found


def _read_optional(
    mistakes: Mistakes, type_: core.OptionalType, raw: object, place: str
) -> core.Value | None:
    """None says `none`, and so does the word, where it is no value of the type itself."""
    if raw is None or raw is core.Nothing.NONE:
        return core.Nothing.NONE
    if says_none(raw) and not _names(mistakes, type_, str(raw)):
        return core.Nothing.NONE
    return read_value(mistakes, type_.inner, raw, place)


def _names(mistakes: Mistakes, type_: core.OptionalType, raw: str) -> bool:
    if isinstance(type_.inner, core.ChoiceType):
        return raw in mistakes.policy.choices[type_.inner.name].members
    return isinstance(type_.inner, core.TextType)


def _read_list(
    mistakes: Mistakes, type_: core.ListType, raw: object, place: str
) -> tuple[core.Value, ...] | None:
    if not isinstance(raw, list | tuple):
        mistakes.wrong("V402", place, raw, type_)
        return None
    items = [
        read_value(mistakes, type_.item, item, f"{place}[{index}]")
        for index, item in enumerate(raw)
    ]
    return tuple(item for item in items if item is not None)


def _read_record(
    mistakes: Mistakes, type_: core.RecordType, raw: object, place: str
) -> core.Record | None:
    given = as_mapping(raw)
    if given is None:
        mistakes.wrong("V402", place, raw, type_)
        return None
    fields = mistakes.policy.entities[type_.entity].fields
    values: dict[str, core.Value] = {}
    for key, item in given.items():
        name = str(key)
        if name not in fields:
            unknown_name(mistakes, name, fields, place)
        elif is_supplied(fields[name].type, item):
            value = read_fact(mistakes, fields[name], item, f"{place}.{name}")
            if value is not None:
                values[name] = value
    return core.Record(type_.entity, MappingProxyType(values))


def is_supplied(type_: core.Type, raw: object) -> bool:
    """None says `none` where a fact can be none; anywhere else, and `MISSING` everywhere, it says
    that nothing is supplied."""
    return raw is not MISSING and (raw is not None or isinstance(type_, core.OptionalType))


def unknown_name(
    mistakes: Mistakes, name: str, known: Mapping[str, core.Fact], place: str = ""
) -> None:
    """A name that no fact has: the label of one, or a near miss."""
    shown = f"{place}.{name}" if place else name
    for fact in known.values():
        if folded(name) in (folded(fact.labels.en), folded(fact.labels.zh)):
            mistakes.add("V413", shown, fact=fact.name)
            return
    mistakes.add("V401", shown, close=close_names(name, known))

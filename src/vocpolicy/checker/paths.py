"""Names in expressions: fields, facts, definitions, conclusions, values of a choice."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from vocpolicy import core, syntax
from vocpolicy.checker.context import Context, Env
from vocpolicy.checker.types import YES_NO, describe, inner, type_of
from vocpolicy.diagnostics import Words, close_names, skeleton
from vocpolicy.parser import likely_split
from vocpolicy.quantities import UNITS


class Absent(Enum):
    """Why a name stands for no value."""

    UNKNOWN = "nothing of that name is declared"
    BROKEN = "it is declared, with a mistake that has been reported"


Found: TypeAlias = core.Expr | Absent


def path(env: Env, node: syntax.Path, hint: core.Type | None) -> core.Expr | None:
    """What a name, or the field of a record, stands for.

    A value of the choice that is wanted goes before everything else of that name.
    """
    first, *rest = node.parts
    if not rest:
        member = _wanted_member(env.context, first, hint)
        if member:
            return member
    found = named(env, first)
    if found is Absent.BROKEN:
        return None
    if isinstance(found, Absent):
        return _choice_value(env, node, hint)
    for part in rest:
        stepped = field_of(env.context, found, part)
        if stepped is None:
            return None
        found = stepped
    return found


def _wanted_member(
    context: Context, name: syntax.Name, hint: core.Type | None
) -> core.Const | None:
    wanted = inner(hint) if hint else None
    if isinstance(wanted, core.ChoiceType) and name.text in context.choices[wanted.name].members:
        return core.Const(name.text, wanted, span=name.span)
    return None


def named(env: Env, name: syntax.Name) -> Found:
    """The value of a name: the member's fields first, then what is decided for the member,
    then fields of the entity at hand, then the policy's own."""
    context, text = env.context, name.text
    if text in context.scope.fields(env.member):
        return _typed(context, env.member, name, core.FieldRef)
    owner = _owner(context, text)
    if owner is not None and owner == env.member:
        return _defined(env, name)
    if text in context.scope.fields(env.entity):
        return _typed(context, env.entity, name, core.FactRef)
    if text in context.scope.facts:
        return _typed(context, None, name, core.FactRef)
    if text in context.scope.definitions or text in context.scope.conclusions:
        return _defined(env, name)
    return Absent.UNKNOWN


def _typed(
    context: Context,
    entity: str | None,
    name: syntax.Name,
    node: type[core.FieldRef] | type[core.FactRef],
) -> Found:
    type_ = context.types.get((entity, name.text))
    return node(name.text, type_, span=name.span) if type_ else Absent.BROKEN


def _owner(context: Context, name: str) -> str | None:
    """The entity that a definition or conclusion is made for."""
    definition = context.scope.definitions.get(name)
    if isinstance(definition, syntax.Define) and definition.entity:
        return definition.entity.text
    rules = context.scope.conclusions.get(name)
    return rules[0].entity.text if rules and rules[0].entity else None


def _defined(env: Env, name: syntax.Name) -> Found:
    context, text = env.context, name.text
    owner = _owner(context, text)
    if owner is not None and owner not in (env.entity, env.member):
        context.mistakes.add("V215", name.span, name=text, entity=owner)
        return Absent.BROKEN
    if text in context.definitions:
        return core.DefinitionRef(text, context.definitions[text].type, span=name.span)
    if text in context.conclusions:
        return core.ConclusionRef(text, context.conclusions[text].type, span=name.span)
    return Absent.BROKEN


def field_of(context: Context, record: core.Expr, name: syntax.Name) -> core.Expr | None:
    """A field of a record; of a record that may be none, it may be none."""
    found = type_of(record)
    type_ = inner(found)
    if not isinstance(type_, core.RecordType):
        context.mistakes.add("V213", name.span, name=name.text, found=describe(context, type_))
        return None
    fields = context.scope.fields(type_.entity)
    if name.text not in fields:
        close = close_names(name.text, fields)
        context.mistakes.add("V227", name.span, name=name.text, entity=type_.entity, close=close)
        return None
    of_field = context.types.get((type_.entity, name.text))
    if of_field is None:
        return None
    if found != type_ and not isinstance(of_field, core.ListType | core.OptionalType):
        of_field = core.OptionalType(of_field)
    return core.FieldRef(name.text, of_field, record, span=name.span)


def _choice_value(env: Env, node: syntax.Path, hint: core.Type | None) -> core.Const | None:
    """A name that is no value of its own: a value of some choice, or a mistake."""
    context, (first, *rest) = env.context, node.parts
    wanted = inner(hint) if hint else None
    if len(rest) == 1 and first.text in context.choices:
        return _member(context, first.text, rest[0])
    if rest:
        _unknown(env, first)
        return None
    if isinstance(wanted, core.ChoiceType):
        return _member(context, wanted.name, first)
    match context.choices_of.get(first.text, []):
        case [only] if hint is None:
            return core.Const(first.text, core.ChoiceType(only), span=first.span)
        case [_, _, *_] as several if hint is None:
            choices = Words(", ".join(several), "、".join(several))
            qualified = f"{several[0]}.{first.text}"
            context.mistakes.add(
                "V216", first.span, name=first.text, choices=choices, qualified=qualified
            )
        case [choice, *_] if wanted == YES_NO:
            context.mistakes.add("V356", first.span, name=first.text, choice=choice)
        case _:
            _unknown(env, first)
    return None


def _member(context: Context, choice: str, name: syntax.Name) -> core.Const | None:
    members = context.choices[choice].members
    if name.text in members:
        return core.Const(name.text, core.ChoiceType(choice), span=name.span)
    values = Words(", ".join(members), "、".join(members))
    close = close_names(name.text, members)
    context.mistakes.add(
        "V212", name.span, name=name.text, choice=choice, values=values, close=close
    )
    return None


def _unknown(env: Env, name: syntax.Name) -> None:
    context, text = env.context, name.text
    scope = context.scope
    if text in scope.targets or text in scope.provisions:
        context.mistakes.add("V214", name.span, name=text)
        return
    spaced = _spaced(text, list(env.visible()))
    if spaced:
        context.mistakes.add("V229", name.span, name=text, spaced=spaced)
        return
    twin = next((one for one in env.visible() if skeleton(one) == skeleton(text)), None)
    if twin is not None:
        odd = Words(*(_odd_letters(text, twin, mark) for mark in (", ", "、")))
        context.mistakes.add("V234", name.span, name=text, other=twin, odd=odd)
        return
    owner = next((entity for entity in scope.entities if text in scope.fields(entity)), None)
    if owner is not None:
        context.mistakes.add("V228", name.span, name=text, entity=owner)
        return
    if text in UNITS:
        context.mistakes.add("V235", name.span, name=text)
        return
    context.mistakes.add("V201", name.span, name=text, close=close_names(text, env.visible()))


def _odd_letters(text: str, twin: str, mark: str) -> str:
    """The characters of a name that its look-alike does not have, each with its number."""
    odd = dict.fromkeys(one for one in text if one not in twin)
    return mark.join(f"{one} (U+{ord(one):04X})" for one in odd or text)


def _spaced(text: str, known: list[str]) -> str:
    """The text with spaces around a keyword that it ran together with, if it did.

    A misspelt name that happens to hold a keyword is close to a known one.
    """
    parts = likely_split(text)
    if parts is None or (parts[0] not in known and close_names(text, known).en):
        return ""
    return " ".join(parts)

"""What facts a policy takes: a table for people, a JSON Schema for systems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, assert_never

from vocpolicy.core import (
    ChoiceType,
    Const,
    DateType,
    Fact,
    FactRef,
    FieldRef,
    ListType,
    NumberType,
    OptionalType,
    Policy,
    RecordType,
    TextType,
    Type,
    YesNoType,
)
from vocpolicy.diagnostics.catalog.facts import BOUNDS
from vocpolicy.quantities import is_ratio

Schema = dict[str, Any]

WORDS = {
    "yes_no": ("yes or no", "是或否"),
    "date": ("date", "日期"),
    "text": ("text", "文本"),
    "number": ("number", "数"),
    "count": ("count of {0}", "{0}数"),
    "one_of": ("one of: {0}", "以下之一：{0}"),
    "list": ("list of {0}", "{0}清单"),
    "optional": ("{0}, or none", "{0}，或无"),
    "in_unit": ("a number of {0}", "以“{0}”计的数"),
    "member": ("{0} ({1})", "{0}（{1}）"),
    "judged": ("judged by {0}", "由{0}认定"),
    "colon": (": ", "："),
    "semicolon": ("; ", "；"),
    "at_least": ("at least {0}", "不低于 {0}"),
    "at_most": ("at most {0}", "不超过 {0}"),
}


def _say(key: str, lang: str, *parts: object) -> str:
    return WORDS[key][lang == "zh"].format(*parts)


def describe_type(policy: Policy, kind: Type, lang: str) -> str:
    """A type as people say it, with the unit and the values that it may have."""
    match kind:
        case YesNoType():
            return _say("yes_no", lang)
        case DateType():
            return _say("date", lang)
        case TextType():
            return _say("text", lang)
        case ChoiceType(name):
            members = policy.choices[name].members
            shown = [
                member if labels.get(lang) in ("", member) else _say("member", lang, member, said)
                for member, labels in members.items()
                for said in [labels.get(lang)]
            ]
            return _say("one_of", lang, ("、" if lang == "zh" else ", ").join(shown))
        case NumberType(unit=unit):
            if unit is None:
                return _say("number", lang)
            if kind.whole:
                return _say("count", lang, unit.labels.get(lang))
            name = unit.plural if lang == "en" and unit.plural else unit.labels.get(lang)
            return _say("in_unit", lang, unit.name if unit.name == "%" else name)
        case OptionalType(inner):
            return _say("optional", lang, describe_type(policy, inner, lang))
        case ListType(item):
            return _say("list", lang, describe_type(policy, item, lang))
        case RecordType(entity):
            declared = policy.entities[entity]
            return declared.labels.get(lang) or entity
        case _:
            assert_never(kind)


def _shown(fact: Fact, bound: Fraction) -> str:
    number = fact.type.inner if isinstance(fact.type, OptionalType) else fact.type
    unit = number.unit if isinstance(number, NumberType) else None
    value = bound / unit.factor if unit else bound
    return f"{value}%" if unit and unit.name == "%" else str(value)


def _entity_of(kind: Type) -> str | None:
    match kind:
        case ListType(item) | OptionalType(item):
            return _entity_of(item)
        case RecordType(entity):
            return entity
        case _:
            return None


def _line(policy: Policy, fact: Fact, lang: str) -> str:
    parts = [describe_type(policy, fact.type, lang)]
    if fact.low is not None:
        parts.append(_say("at_least", lang, _shown(fact, fact.low)))
    if fact.high is not None:
        parts.append(_say("at_most", lang, _shown(fact, fact.high)))
    for operator, bound in fact.compares:
        if isinstance(bound, FactRef | FieldRef):
            words = BOUNDS[operator]
            parts.append((words.zh if lang == "zh" else words.en).format(bound.name))
    if fact.judged_by is not None:
        parts.append(_say("judged", lang, fact.judged_by.get(lang)))
    label = fact.labels.get(lang)
    described = _say("semicolon", lang).join([label, *parts] if label else parts)
    return f"{fact.name}{_say('colon', lang)}{described}"


def fact_lines(policy: Policy, facts: Iterable[Fact], lang: str) -> Iterator[str]:
    """A line for each fact (name, label, type, bounds, who judges), and below a fact that holds
    records an indented line for each of their fields."""
    for fact in facts:
        yield _line(policy, fact, lang)
        entity = _entity_of(fact.type)
        if entity is not None:
            fields = policy.entities[entity].fields.values()
            yield from (f"    {line}" for line in fact_lines(policy, fields, lang))


# ---- JSON Schema ------------------------------------------------------------------------------


_LIMITS = {
    "at_least": "minimum",
    "more_than": "exclusiveMinimum",
    "at_most": "maximum",
    "less_than": "exclusiveMaximum",
}


def _number(kind: NumberType, fact: Fact | None) -> Schema:
    """A number, within the bounds of a fact; text can be in other units and is only described."""
    unit = kind.unit.name if kind.unit else ""
    written = f"a number in {unit}, or text such as '12 {unit}'" if unit else "a number"
    if is_ratio(kind):
        written = "a ratio such as 0.65, or text such as '65%'"
    if kind.whole:
        written = f"a count of {unit}"
    limits = {} if fact is None else _limits(kind, fact)
    return {
        "type": ["integer" if kind.whole else "number", "string"],
        "description": written,
        **limits,
    }


def _limits(kind: NumberType, fact: Fact) -> Schema:
    """Bounds and steps in the fact's own unit, as far as JSON says them exactly."""
    bounds: list[tuple[str, object]] = [
        ("more_than" if fact.low_strict else "at_least", fact.low),
        ("less_than" if fact.high_strict else "at_most", fact.high),
        *((operator, end.value) for operator, end in fact.compares if isinstance(end, Const)),
    ]
    unit = kind.unit.factor if kind.unit is not None and kind.dimension else Fraction(1)
    found: Schema = {}
    for operator, bound in bounds:
        if isinstance(bound, Fraction) and (value := _exactly(bound / unit)) is not None:
            name = _LIMITS[operator]
            narrower = max if name.endswith("inimum") else min
            found[name] = narrower(value, found.get(name, value))
    step = None if fact.step is None else _exactly(fact.step / unit)
    return found if step is None else {**found, "multipleOf": step}


def _exactly(value: Fraction) -> int | float | None:
    """The number as JSON has it, if that is the same number for every reader of it."""
    if value.denominator == 1:
        return value.numerator
    return float(value) if Fraction(float(value)) == value else None


def type_schema(policy: Policy, kind: Type, fact: Fact | None = None) -> Schema:
    """The JSON Schema of a type's values, as facts files write them.

    Args:
        fact: the fact that they are of, whose bounds hold for a number.
    """
    match kind:
        case YesNoType():
            return {"type": "boolean"}
        case DateType():
            return {"type": "string", "format": "date"}
        case TextType():
            return {"type": "string"}
        case ChoiceType(name):
            return {"enum": list(policy.choices[name].members)}
        case NumberType():
            return _number(kind, fact)
        case OptionalType(inner):
            some = type_schema(policy, inner, fact)
            return {"anyOf": [some, {"const": "none"}, {"type": "null"}]}
        case ListType(item):
            return {"type": "array", "items": type_schema(policy, item)}
        case RecordType(entity):
            return _object(policy, policy.entities[entity].fields)
        case _:
            assert_never(kind)


def _object(policy: Policy, facts: Mapping[str, Fact]) -> Schema:
    return {
        "type": "object",
        "properties": {name: fact_schema(policy, fact) for name, fact in facts.items()},
        "additionalProperties": False,
    }


def fact_schema(policy: Policy, fact: Fact) -> Schema:
    """The JSON Schema of one fact: a value, or observations by date."""
    schema = type_schema(policy, fact.type, fact)
    title = fact.labels.get("en")
    if title:
        schema["title"] = title
    if fact.entity is None and isinstance(fact.type, NumberType):
        by_date = {"type": "object", "additionalProperties": type_schema(policy, fact.type, fact)}
        schema = {"title": schema.pop("title", fact.name), "anyOf": [schema, by_date]}
    return schema


def json_schema(policy: Policy, facts: Iterable[Fact]) -> Schema:
    """A JSON Schema (2020-12) for a mapping of these facts."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": policy.title.get("en") or policy.name,
        **_object(policy, {fact.name: fact for fact in facts}),
    }

"""Makes what a file declares besides provisions: policies, facts, entities, parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from attrs import evolve

from vocpolicy.keywords import MONTH_ENDS
from vocpolicy.parser.build.parts import (
    Part,
    chosen,
    gather,
    is_token,
    name_of,
    settle,
    span_of,
)
from vocpolicy.parser.build.words import NO_ATTRIBUTES
from vocpolicy.parser.tokens import Token
from vocpolicy.source import Span
from vocpolicy.syntax import (
    Attributes,
    Bounds,
    Choice,
    Comparison,
    Define,
    Document,
    Entity,
    Expr,
    Fact,
    Kind,
    Language,
    Member,
    Moment,
    Name,
    Parameter,
    ParameterReading,
    ParameterValue,
    Policy,
    PolicyReading,
    Recorded,
    Text,
    TypeName,
    Use,
)

NO_BOUNDS = Bounds()


def language(span: Span, _: Token, version: Token) -> Language:
    return Language(version.value, span=span)


def use(span: Span, _: Token, path: Token) -> Use:
    return Use(str(path.value), span=span)


# ---- policies -----------------------------------------------------------------------------


def policy(span: Span, _: Token, name: Token, *items: Part) -> Policy:
    gathered = gather(items)
    node = Policy(
        name_of(name, span),
        title=gathered.one("title"),
        documents=gathered.many("document"),
        in_force=gathered.one("in_force"),
        month_end=gathered.one("month_end"),
        readings=gathered.many("reading"),
        amends=gathered.one("amends"),
        notes=gathered.many("note"),
        span=span,
    )
    return settle(node, gathered.faults)


def title(span: Span, _: Token, said: Text) -> Part:
    return Part("title", said, span)


def document(span: Span, _: Token, name: Token, said: Token, *rest: object) -> Part:
    gathered = gather(rest)
    node = Document(
        name_of(name, span),
        str(said.value),
        chosen(rest, Text),
        dated=gathered.one("dated"),
        printed=gathered.one("printed"),
        attributes=chosen(rest, Attributes) or NO_ATTRIBUTES,
        span=span,
    )
    return Part("document", node, span)


def dated(span: Span, _: Token, moment: Moment) -> Part:
    return Part("dated", moment, span)


def printed(span: Span, _: Token, moment: Moment) -> Part:
    return Part("printed", moment, span)


def month_end(span: Span, _: Token, rule: Token) -> Part:
    """`month end round down`: the rule, by its key where it is one."""
    said = str(rule.value)
    keys = (one.key for one in MONTH_ENDS if said in (one.key, *one.en, *one.zh))
    return Part("month_end", Name(next(keys, said), span=span_of(rule, span)), span)


def policy_reading(span: Span, _: Token, name: Token, *rest: object) -> Part:
    in_use = any(is_token(item, "IN_USE") for item in rest)
    node = PolicyReading(name_of(name, span), in_use, chosen(rest, Text), span=span)
    return Part("reading", node, span)


def amends(span: Span, _: Token, name: Token) -> Part:
    return Part("amends", name_of(name, span), span)


# ---- kinds, choices, entities ---------------------------------------------------------------


def kind_word(span: Span, word: Token, said: Token) -> Part:
    return Part(word.type.lower(), said.value, span)


def kind(span: Span, _: Token, name: Token, *words: Part) -> Kind:
    gathered = gather(words)
    node = Kind(
        name_of(name, span),
        en=gathered.one("en"),
        plural=gathered.one("plural"),
        zh=gathered.one("zh"),
        counter=gathered.one("counter"),
        span=span,
    )
    return settle(node, gathered.faults)


def choice(span: Span, _: Token, name: Token, *rest: object) -> Choice:
    members = tuple(item for item in rest if isinstance(item, Member))
    return Choice(name_of(name, span), members, chosen(rest, Text), span=span)


def choice_member(span: Span, name: Token, labels: Text | None = None) -> Member:
    return Member(name_of(name, span), labels, span=span)


def entity(span: Span, word: Token, name: Token, *rest: object) -> Entity:
    words = [item for item in rest if isinstance(item, Part)]
    fields = tuple(item for item in rest if isinstance(item, Fact))
    head = Span(span.source, span.start, words[-1].span.end if words else name.end_pos)
    return Entity(name_of(name, span), fields, kind(head, word, name, *words), span=span)


# ---- facts, types, bounds -------------------------------------------------------------------


def fact(span: Span, _: Token, name: Token, *rest: Any) -> Fact:
    return field(span, name, *rest)


def fact_body(span: Span, *items: Part) -> tuple[Part, ...]:
    return items


def field(span: Span, name: Token, *rest: Any) -> Fact:
    """A fact or a field of an entity; its body, where it has one, stands last."""
    body = rest[-1] if isinstance(rest[-1], tuple) else ()
    gathered = gather((*rest, *body))
    of = chosen(rest, TypeName)
    assert of is not None
    node = Fact(
        name_of(name, span),
        of,
        labels=gathered.one("label"),
        bounds=chosen(rest, Bounds) or NO_BOUNDS,
        question=gathered.one("question"),
        notes=gathered.many("note"),
        citations=gathered.flat("cite"),
        assumptions=gathered.many("assumed"),
        span=span,
    )
    return settle(node, gathered.faults)


def type_list(span: Span, _: Token, of: TypeName) -> TypeName:
    return evolve(of, is_list=True, span=span)


def type_optional(span: Span, of: TypeName, *_: Token) -> TypeName:
    return evolve(of, optional=True, span=span)


def type_name(span: Span, name: Token) -> TypeName:
    return TypeName("name", name_of(name, span), span=span)


def type_per(span: Span, name: Token, *per: Token) -> TypeName:
    under = tuple(name_of(one, span) for one in per)
    return TypeName("per", name_of(name, span), under, span=span)


def type_yes_no(span: Span, _: Token) -> TypeName:
    return TypeName("yes_no", span=span)


def type_count(span: Span, _: Token, name: Token) -> TypeName:
    return TypeName("count", name_of(name, span), span=span)


def bounds(span: Span, *parts: Part) -> Bounds:
    if not parts:
        return NO_BOUNDS
    gathered = gather(parts)
    node = Bounds(
        compares=gathered.flat("compare"),
        step=gathered.one("step"),
        judged_by=gathered.one("judged_by"),
        change=gathered.one("change"),
        effort=gathered.one("effort"),
        better=gathered.one("better"),
    )
    return settle(node, gathered.faults)


def bound_compare(span: Span, word: Token, value: Expr) -> Part:
    return Part("compare", ((word.type.lower(), value),), span)


def bound_between(span: Span, _: Token, low: Expr, *rest: Any) -> Part:
    return Part("compare", (("at_least", low), ("at_most", rest[-1])), span)


def bound_step(span: Span, _: Token, step: Expr) -> Part:
    return Part("step", step, span)


def bound_judged(span: Span, _: Token, who: Text) -> Part:
    return Part("judged_by", who, span)


def bound_change(span: Span, word: Token) -> Part:
    return Part("change", word.type.lower(), span)


def bound_better(span: Span, word: Token) -> Part:
    way = Name("up" if word.type == "BETTER_HIGHER" else "down", span=span)
    return Part("better", way, span)


def bound_effort(span: Span, _: Token, number: Token) -> Part:
    return Part("effort", number.value, span)


# ---- definitions, parameters, recorded figures ------------------------------------------------


def define(span: Span, _: Token, name: Token, *rest: Any) -> Define:
    *head, value, attributes = rest
    gathered = gather(head)
    node = Define(
        name_of(name, span),
        value,
        entity=gathered.one("for"),
        labels=gathered.one("label"),
        attributes=attributes,
        span=span,
    )
    return settle(node, gathered.faults)


def parameter(span: Span, _: Token, name: Token, *rest: object) -> Parameter:
    gathered = gather(rest)
    of = chosen(rest, TypeName)
    assert of is not None
    node = Parameter(
        name_of(name, span),
        of,
        gathered.many("value"),
        labels=gathered.one("label"),
        notes=gathered.many("note"),
        attributes=Attributes(gathered.flat("cite"), gathered.many("assumed")),
        readings=gathered.many("reading"),
        span=span,
    )
    return settle(node, gathered.faults)


def parameter_reading(span: Span, _: Token, name: Token, *rest: object) -> Part:
    gathered = gather(rest)
    node = ParameterReading(
        name_of(name, span),
        gathered.many("value"),
        any(is_token(item, "IN_USE") for item in rest),
        labels=gathered.one("label"),
        notes=gathered.many("note"),
        attributes=Attributes(gathered.flat("cite"), gathered.many("assumed")),
        span=span,
    )
    return settle(Part("reading", node, span), gathered.faults)


def parameter_value(span: Span, start: Moment, *rest: Any) -> Part:
    *until, value, attributes = rest
    end = until[0] if until else None
    return Part("value", ParameterValue(start, value, end, attributes, span=span), span)


def recorded(span: Span, _: Token, name: Token, *rest: Any) -> Recorded:
    of, value = chosen(rest, TypeName), chosen(rest, Comparison)
    assert of is not None and value is not None
    return Recorded(
        name_of(name, span),
        of,
        value,
        at=chosen(rest, Moment),
        labels=chosen(rest, Text),
        attributes=rest[-1],
        span=span,
    )


BUILDERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "amends": amends,
        "bound_better": bound_better,
        "bound_between": bound_between,
        "bound_change": bound_change,
        "bound_compare": bound_compare,
        "bound_effort": bound_effort,
        "bound_judged": bound_judged,
        "bound_step": bound_step,
        "bounds": bounds,
        "choice": choice,
        "choice_member": choice_member,
        "dated": dated,
        "define": define,
        "document": document,
        "entity": entity,
        "fact": fact,
        "fact_body": fact_body,
        "field": field,
        "kind": kind,
        "kind_word": kind_word,
        "language": language,
        "month_end": month_end,
        "parameter": parameter,
        "parameter_reading": parameter_reading,
        "parameter_value": parameter_value,
        "policy": policy,
        "policy_reading": policy_reading,
        "printed": printed,
        "recorded": recorded,
        "title": title,
        "type_count": type_count,
        "type_list": type_list,
        "type_name": type_name,
        "type_optional": type_optional,
        "type_per": type_per,
        "type_yes_no": type_yes_no,
        "use": use,
    }
)

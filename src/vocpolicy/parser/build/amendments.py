"""Makes amendments and repeals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from vocpolicy.parser.build.parts import Gathered, Part, gather, is_token, name_of, settle
from vocpolicy.parser.build.words import NO_ATTRIBUTES
from vocpolicy.parser.tokens import Token
from vocpolicy.source import Span
from vocpolicy.syntax import (
    Amendment,
    Attributes,
    Comparison,
    Goal,
    Moment,
    Patch,
    PatchReading,
    Repeal,
)


def amendment(span: Span, _: Token, name: Token, start: Moment, *rest: object) -> Amendment:
    gathered = gather(rest)
    node = Amendment(
        name_of(name, span), start, _patch(gathered), gathered.many("reading"), span=span
    )
    return settle(node, gathered.faults)


def _patch(gathered: Gathered) -> Patch:
    modality, text = gathered.one("modality") or (None, None)
    return Patch(
        statements=gathered.many("statement"),
        otherwise=gathered.one("otherwise"),
        applies=gathered.one("applies"),
        applies_attributes=gathered.attributes("applies"),
        in_force=gathered.one("in_force"),
        overrides=gathered.flat("overrides"),
        measure=gathered.one("measure"),
        goal=gathered.one("goal"),
        baseline=gathered.one("baseline"),
        milestones=gathered.many("milestone"),
        flow_since=gathered.one("flow"),
        stock=gathered.one("stock") is not None,
        values=gathered.many("value"),
        value=gathered.one("amended_value"),
        rows=gathered.many("row"),
        modality=modality,
        text=text,
        hedges=gathered.many("hedged"),
        evidence=gathered.many("evidence"),
        labels=gathered.one("label"),
        notes=gathered.many("note"),
        citations=gathered.flat("cite"),
        assumptions=gathered.many("assumed"),
        accepts=gathered.many("accepts"),
        items=MappingProxyType({role: parts[0].span for role, parts in gathered.roles.items()}),
    )


def amended_value(span: Span, comparison: Comparison, *rest: object) -> Part:
    moment = next((one for one in rest if isinstance(one, Moment)), None)
    attributes = next((one for one in rest if isinstance(one, Attributes)), NO_ATTRIBUTES)
    return Part("amended_value", Goal(comparison, moment, attributes, span=span), span)


def amended_reading(span: Span, _: Token, name: Token, *rest: object) -> Part:
    gathered = gather(rest)
    in_use = any(is_token(item, "IN_USE") for item in rest)
    node = PatchReading(name_of(name, span), _patch(gathered), in_use, span=span)
    return settle(Part("reading", node, span), gathered.faults)


def repeal(
    span: Span, _: Token, name: Token, start: Moment, attributes: Attributes = NO_ATTRIBUTES
) -> Repeal:
    return Repeal(name_of(name, span), start, attributes, span=span)


BUILDERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "amended_reading": amended_reading,
        "amended_value": amended_value,
        "amendment": amendment,
        "repeal": repeal,
    }
)

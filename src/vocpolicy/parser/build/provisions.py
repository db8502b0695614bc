"""Makes rules, targets, provisions without a figure, and figures that are set aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from vocpolicy.diagnostics import Diagnostic, Words
from vocpolicy.keywords import MODALITIES
from vocpolicy.parser.build.parts import (
    Gathered,
    Part,
    chosen,
    gather,
    is_token,
    name_of,
    settle,
)
from vocpolicy.parser.build.things import field
from vocpolicy.parser.tokens import Token
from vocpolicy.source import Span
from vocpolicy.syntax import (
    Accepts,
    Attributes,
    Citation,
    Comparison,
    Component,
    Conclusion,
    Except,
    Expr,
    Goal,
    Measure,
    Moment,
    Name,
    Provision,
    Rule,
    RuleBody,
    RuleReading,
    SetAside,
    Statement,
    Target,
    TargetBody,
    TargetReading,
    Text,
)

VERBS = Words(
    ", ".join(f"`{verb.en[0]}`" for verb, _ in MODALITIES),
    "、".join(f"“{verb.zh[0]}”" for verb, _ in MODALITIES),
)

# ---- rules ----------------------------------------------------------------------------------


def rule(span: Span, word: Token, name: Token, *rest: object) -> Rule:
    gathered = gather(rest)
    node = Rule(
        name_of(name, span),
        _rule_body(gathered),
        entity=gathered.one("for"),
        decides=gathered.one("decides"),
        readings=gathered.many("reading"),
        span=span,
    )
    bodies = [node.body, *(reading.body for reading in node.readings)]
    if not any(body.statements or body.otherwise for body in bodies):
        place = Span(span.source, word.start_pos, name.end_pos)
        gathered.faults.append(Diagnostic("V152", place, {"name": name.value}))
    return settle(node, gathered.faults)


def _rule_body(gathered: Gathered) -> RuleBody:
    return RuleBody(
        statements=gathered.many("statement"),
        otherwise=gathered.one("otherwise"),
        applies=gathered.one("applies"),
        in_force=gathered.one("in_force"),
        overrides=gathered.flat("overrides"),
        labels=gathered.one("label"),
        notes=gathered.many("note"),
        citations=gathered.flat("cite"),
        assumptions=gathered.many("assumed"),
        replaces=gathered.flat("replaces"),
        applies_attributes=gathered.attributes("applies"),
        accepts=gathered.many("accepts"),
    )


def rule_reading(span: Span, _: Token, name: Token, *rest: object) -> Part:
    gathered = gather(rest)
    in_use = any(is_token(item, "IN_USE") for item in rest)
    body = _rule_body(gathered)
    node = RuleReading(name_of(name, span), body, in_use, body.labels, span=span)
    return settle(Part("reading", node, span), gathered.faults)


def overrides(span: Span, _: Token, names: tuple[Name, ...]) -> Part:
    return Part("overrides", names, span)


def replaces(span: Span, _: Token, names: tuple[Name, ...]) -> Part:
    return Part("replaces", names, span)


def accepts(span: Span, _: Token, name: Token, because: Text) -> Part:
    return Part("accepts", Accepts(name_of(name, span), because, span=span), span)


def applies(span: Span, _: Token, condition: Expr, attributes: Attributes) -> Part:
    return Part("applies", condition, span, attributes)


def statement(
    span: Span,
    conclusion: Conclusion,
    condition: Expr,
    attributes: Attributes,
    *exceptions: Except,
) -> Part:
    node = Statement(conclusion, condition, exceptions, attributes, span=span)
    return Part("statement", node, span)


def statement_always(
    span: Span, _: Token, value: Expr, attributes: Attributes, *exceptions: Except
) -> Part:
    conclusion = Conclusion(value=value, span=Span(span.source, span.start, value.span.end))
    node = Statement(conclusion, None, exceptions, attributes, span=span)
    return Part("statement", node, span)


def exception(span: Span, _: Token, condition: Expr, attributes: Attributes) -> Except:
    return Except(condition, attributes, span=span)


def otherwise(span: Span, _: Token, conclusion: Conclusion, attributes: Attributes) -> Part:
    return Part("otherwise", conclusion, span)


def concludes_wording(span: Span, wording: Token) -> Conclusion:
    return Conclusion(wording=str(wording.value), span=span)


def concludes_value(span: Span, _: Token, value: Expr) -> Conclusion:
    return Conclusion(value=value, span=span)


def concludes_nothing(span: Span, _: Token) -> Conclusion:
    return Conclusion(span=span)


# ---- targets --------------------------------------------------------------------------------


def target(span: Span, _: Token, name: Token, *rest: object) -> Target:
    gathered = gather(rest)
    node = Target(name_of(name, span), _target_body(gathered), gathered.many("reading"), span=span)
    return settle(node, gathered.faults)


def _target_body(gathered: Gathered) -> TargetBody:
    modality, text = gathered.one("modality") or (None, None)
    return TargetBody(
        measure=gathered.one("measure"),
        goal=gathered.one("goal"),
        baseline=gathered.one("baseline"),
        milestones=gathered.many("milestone"),
        flow_since=gathered.one("flow"),
        stock=gathered.one("stock") is not None,
        applies=gathered.one("applies"),
        in_force=gathered.one("in_force"),
        labels=gathered.one("label"),
        notes=gathered.many("note"),
        citations=gathered.flat("cite"),
        assumptions=gathered.many("assumed"),
        modality=modality,
        text=text,
        hedges=gathered.many("hedged"),
        accepts=gathered.many("accepts"),
        applies_attributes=gathered.attributes("applies"),
    )


def target_reading(span: Span, _: Token, name: Token, *rest: object) -> Part:
    gathered = gather(rest)
    in_use = any(is_token(item, "IN_USE") for item in rest)
    body = _target_body(gathered)
    node = TargetReading(name_of(name, span), body, in_use, body.labels, span=span)
    return settle(Part("reading", node, span), gathered.faults)


def stock(span: Span, _: Token) -> Part:
    return Part("stock", True, span)


def flow(span: Span, _: Token, since: Moment) -> Part:
    return Part("flow", since, span)


def measure(span: Span, _: Token, value: Expr, attributes: Attributes) -> Part:
    return Part("measure", Measure(value, attributes=attributes, span=span), span)


def measure_each(span: Span, _: Token, __: Token, *rest: Any) -> Part:
    *components, attributes = rest
    node = Measure(components=tuple(components), attributes=attributes, span=span)
    return Part("measure", node, span)


def component(span: Span, name: Token, *rest: Any) -> Component:
    return Component(name_of(name, span), rest[-1], chosen(rest[:-1], Text), span=span)


def goal(span: Span, word: Token, comparison: Comparison, *rest: Any) -> Part:
    """`goal …`, `milestone …`, `baseline …`"""
    node = Goal(comparison, chosen(rest, Moment), rest[-1], span=span)
    return Part(word.type.lower(), node, span)


def moment_of(span: Span, moment: Moment) -> Moment:
    return moment


def compares(span: Span, word: Token, value: Expr) -> Comparison:
    return Comparison(word.type.lower(), (value,), span=span)


def compares_exactly(span: Span, *parts: Any) -> Comparison:
    return Comparison("exactly", (parts[-1],), span=span)


def compares_between(span: Span, _: Token, low: Expr, *rest: Any) -> Comparison:
    return Comparison("between", (low, rest[-1]), span=span)


def compares_near(span: Span, *parts: Any) -> Comparison:
    """`nearly 3000`, `about 20 tolerance 10%`, `20所左右`, `level with x`."""
    word, value = (parts[0], parts[1]) if isinstance(parts[0], Token) else (parts[1], parts[0])
    near = chosen(parts[2:], Part)
    return Comparison(word.type.lower(), (value,), near.value if near else None, span=span)


def compares_none(span: Span, word: Token) -> Comparison:
    """`all`, `some`"""
    return Comparison(word.type.lower(), span=span)


def compares_each(span: Span, _: Token, members: tuple[Expr, ...]) -> Comparison:
    return Comparison("each_of", members, span=span)


def tolerance(span: Span, _: Token, value: Expr) -> Part:
    return Part("tolerance", value, span)


# ---- provisions without a figure, figures that are none --------------------------------------


def provision(span: Span, word: Token, name: Token, *rest: object) -> Provision:
    gathered = gather(rest)
    governed = gathered.one("modality")
    if governed is None:
        place = Span(span.source, word.start_pos, name.end_pos)
        gathered.faults.append(Diagnostic("V153", place, {"name": name.value, "expected": VERBS}))
        governed = (MODALITIES[0][0].key, None)
    node = Provision(
        name_of(name, span),
        governed[0],
        labels=gathered.one("label"),
        text=governed[1],
        hedges=gathered.many("hedged"),
        evidence=gathered.many("evidence"),
        in_force=gathered.one("in_force"),
        notes=gathered.many("note"),
        citations=gathered.flat("cite"),
        assumptions=gathered.many("assumed"),
        span=span,
    )
    return settle(node, gathered.faults)


def modality(span: Span, word: Token, said: Text | None = None) -> Part:
    return Part("modality", (word.value, said), span)


def hedged(span: Span, _: Token, word: Token) -> Part:
    return Part("hedged", word.value, span)


def evidence(span: Span, _: Token, name: Token, *rest: object) -> Part:
    return Part("evidence", field(span, name, *rest), span)


def set_aside(span: Span, _: Token, citation: Citation, because: Text) -> SetAside:
    return SetAside(citation, because, span=span)


BUILDERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "accepts": accepts,
        "applies": applies,
        "at": moment_of,
        "baseline": goal,
        "by": moment_of,
        "compares": compares,
        "compares_all": compares_none,
        "compares_between": compares_between,
        "compares_each": compares_each,
        "compares_exactly": compares_exactly,
        "compares_near": compares_near,
        "compares_some": compares_none,
        "component": component,
        "concludes_nothing": concludes_nothing,
        "concludes_value": concludes_value,
        "concludes_wording": concludes_wording,
        "evidence": evidence,
        "exception": exception,
        "flow": flow,
        "goal": goal,
        "hedged": hedged,
        "measure": measure,
        "measure_each": measure_each,
        "milestone": goal,
        "modality": modality,
        "otherwise": otherwise,
        "overrides": overrides,
        "provision": provision,
        "replaces": replaces,
        "rule": rule,
        "rule_reading": rule_reading,
        "set_aside": set_aside,
        "statement": statement,
        "statement_always": statement_always,
        "stock": stock,
        "target": target,
        "target_reading": target_reading,
        "tolerance": tolerance,
        "until": moment_of,
    }
)

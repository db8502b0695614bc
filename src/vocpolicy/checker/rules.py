"""Rules and conclusions: what is decided, by which statements, and who gives way to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from attrs import frozen

from vocpolicy import core, syntax
from vocpolicy.checker.accepted import accepted
from vocpolicy.checker.context import Context, Env
from vocpolicy.checker.expressions import condition, infer, typed
from vocpolicy.checker.tables import collected_type, table_of
from vocpolicy.checker.types import YES_NO, type_of
from vocpolicy.checker.words import (
    assumptions,
    citations,
    labels,
    notes,
    optional_labels,
    period,
)
from vocpolicy.diagnostics import Note, Words
from vocpolicy.outcome import WORDS, opposite

Readings: TypeAlias = (
    Sequence[syntax.RuleReading]
    | Sequence[syntax.TargetReading]
    | Sequence[syntax.ParameterReading]
)


@frozen
class _Spoken:
    """A conclusion as one of the statements, or an `otherwise`, words it."""

    written: syntax.Conclusion
    rule: syntax.Rule


def check_conclusion(context: Context, name: str, rules: Sequence[syntax.Rule]) -> None:
    """Check the rules that decide a conclusion, and add it to the context."""
    entity = rules[0].entity.text if rules[0].entity else None
    env = Env(context, entity)
    if entity is not None and entity not in context.scope.entities:
        return
    # A rule for another entity has been reported, and its names mean something else.
    rules = [rule for rule in rules if (rule.entity.text if rule.entity else None) == entity]
    spoken = list(_spoken(rules))
    type_ = _type(env, name, spoken)
    made = [_rule(env, rule, name, type_) for rule in rules]
    context.rules |= {rule.name: rule for rule in made}
    type_ = collected_type(context, name, type_)
    otherwise = _otherwise(env, rules, type_)
    if type_ is None:
        return
    implied = None if otherwise else _implied(rules)
    context.conclusions[name] = core.Conclusion(
        name,
        _labels(rules, name),
        type_,
        tuple(rule.name for rule in made),
        entity,
        _closed(rules),
        otherwise or implied,
        implied=implied is not None,
        table=table_of(context, name),
        span=rules[0].span,
    )


def _bodies(rule: syntax.Rule) -> tuple[syntax.RuleBody, ...]:
    return (rule.body, *(reading.body for reading in rule.readings))


def _spoken(rules: Sequence[syntax.Rule]) -> Iterator[_Spoken]:
    for rule in rules:
        for body in _bodies(rule):
            for statement in body.statements:
                yield _Spoken(statement.conclusion, rule)
            if body.otherwise:
                yield _Spoken(body.otherwise, rule)


def _labels(rules: Sequence[syntax.Rule], name: str) -> core.Labels:
    """Of the first labelled rule; those that override nothing go first."""
    ranked = sorted(rules, key=lambda rule: any(body.overrides for body in _bodies(rule)))
    for rule in ranked:
        if rule.body.labels:
            return labels(rule.body.labels, name)
    return labels(None, name)


def _type(env: Env, name: str, spoken: Sequence[_Spoken]) -> core.Type | None:
    """Yes or no where the rules word it, else the type of the values that they give."""
    worded = [one.written for one in spoken if one.written.wording is not None]
    valued = [one.written for one in spoken if one.written.value is not None]
    mistakes = env.context.mistakes
    if worded and valued:
        note = Note(worded[0].span, Words("worded here", "此处为定性结论"))
        mistakes.add("V314", valued[0].span, note, name=name)
        return None
    if not worded and not valued:
        if spoken:
            mistakes.add("V313", spoken[0].written.span, name=name)
        return None
    if worded:
        return YES_NO if _one_wording(env, name, worded) else None
    return _value_type(env, valued)


def _one_wording(env: Env, name: str, worded: Sequence[syntax.Conclusion]) -> bool:
    first, fits = worded[0], True
    for other in worded[1:]:
        one, two = first.wording or "", other.wording or ""
        if one.removeprefix("not_") != two.removeprefix("not_"):
            words = Words(
                f"{WORDS[one].en} and {WORDS[two].en}", f"“{WORDS[one].zh}”和“{WORDS[two].zh}”"
            )
            note = Note(first.span, Words("the other wording", "另一种表述"))
            env.context.mistakes.add("V315", other.span, note, name=name, words=words)
            fits = False
    return fits


def _value_type(env: Env, valued: Sequence[syntax.Conclusion]) -> core.Type | None:
    """The type of the first value that has one; the others are held against it."""
    for one in valued:
        if one.value is not None:
            found = infer(env, one.value)
            if found is not None:
                return type_of(found)
    return None


def _result(env: Env, written: syntax.Conclusion, type_: core.Type | None) -> core.Result | None:
    if written.value is None:
        return core.Result(written.wording, span=written.span)
    value = typed(env, written.value, type_) if type_ else None
    return core.Result(value=value, span=written.span) if value else None


# ---- rules and their readings ------------------------------------------------------------


def _rule(env: Env, rule: syntax.Rule, name: str, type_: core.Type | None) -> core.Rule:
    """The rule under each of its readings."""
    context, own = env.context, rule.name.text
    bodies: dict[str, core.RuleBody] = {}
    if not rule.readings:
        bodies[""] = _body(env, rule, rule.body, type_)
    for reading in rule.readings:
        merged = _merged(rule.body, reading.body, reading.labels)
        bodies[reading.name.text] = _body(env, rule, merged, type_)
    return core.Rule(
        own,
        labels(rule.body.labels, own) if rule.body.labels else _labels([rule], own),
        name,
        MappingProxyType(bodies),
        env.entity,
        readings_of(context, rule.readings),
        reading_in_use(context, rule.name, rule.readings),
        accepted(context, rule.body.accepts, rule.readings),
        span=rule.span,
    )


def _merged(
    shared: syntax.RuleBody, own: syntax.RuleBody, text: syntax.Text | None
) -> syntax.RuleBody:
    """A rule under a reading: the reading's single items stand over the rule's, statements and
    what comes in lists add up."""
    return syntax.RuleBody(
        statements=shared.statements + own.statements,
        otherwise=own.otherwise or shared.otherwise,
        applies=own.applies or shared.applies,
        in_force=own.in_force or shared.in_force,
        overrides=shared.overrides + own.overrides,
        labels=text or own.labels,
        notes=shared.notes + own.notes,
        citations=shared.citations + own.citations,
        assumptions=shared.assumptions + own.assumptions,
        applies_attributes=(own if own.applies else shared).applies_attributes,
    )


def _body(
    env: Env, rule: syntax.Rule, body: syntax.RuleBody, type_: core.Type | None
) -> core.RuleBody:
    context, name = env.context, rule.name.text
    made = [_statement(env, name, statement, type_) for statement in body.statements]
    return core.RuleBody(
        tuple(statement for statement in made if statement is not None),
        condition(env, body.applies) if body.applies else None,
        period(context, body.in_force),
        labels(body.labels, name),
        notes(body.notes),
        citations(context, body.citations + body.applies_attributes.citations),
        assumptions(body.assumptions + body.applies_attributes.assumptions, name),
    )


def _statement(
    env: Env, rule: str, statement: syntax.Statement, type_: core.Type | None
) -> core.Statement | None:
    context, attributes = env.context, statement.attributes
    result = _result(env, statement.conclusion, type_)
    when = condition(env, statement.condition) if statement.condition else None
    exceptions = [_except(env, rule, exception) for exception in statement.exceptions]
    cited = citations(context, attributes.citations)
    assumed = assumptions(attributes.assumptions, rule)
    if result is None or (statement.condition and when is None):
        return None
    return core.Statement(
        result,
        when,
        tuple(exception for exception in exceptions if exception is not None),
        optional_labels(attributes.because),
        cited,
        assumed,
        span=statement.span,
    )


def _except(env: Env, rule: str, written: syntax.Except) -> core.Except | None:
    when = condition(env, written.condition)
    cited = citations(env.context, written.attributes.citations)
    assumed = assumptions(written.attributes.assumptions, rule)
    if when is None:
        return None
    because = optional_labels(written.attributes.because)
    return core.Except(when, because, cited, assumed, span=written.span)


def readings_of(context: Context, readings: Readings) -> tuple[core.Reading, ...]:
    """Readings with their labels; those of a whole policy's reading serve where one has none."""
    made = []
    policy = context.scope.policy
    shared = {one.name.text: one.labels for one in policy.readings} if policy else {}
    for reading in readings:
        name = reading.name.text
        inner = None if isinstance(reading, syntax.ParameterReading) else reading.body.labels
        own = reading.labels or inner or shared.get(name)
        made.append(core.Reading(name, labels(own, name)))
    return tuple(made)


def reading_in_use(
    context: Context,
    name: syntax.Name,
    readings: Readings,
) -> str:
    """The one reading that is in use; a policy's own reading is in use everywhere."""
    used = [reading.name for reading in readings if reading.in_use]
    policy = context.scope.policy
    if policy and not used:
        everywhere = {one.name.text for one in policy.readings if one.in_use}
        used = [reading.name for reading in readings if reading.name.text in everywhere]
    if not readings:
        return ""
    match used:
        case [only]:
            return only.text
        case []:
            known = [reading.name.text for reading in readings]
            names = Words(", ".join(known), "、".join(known))
            context.mistakes.add("V219", name.span, name=name.text, readings=names)
        case [first, second, *_]:
            note = Note(first.span, Words("the other one", "另一种理解"))
            context.mistakes.add("V218", second.span, note, name=name.text)
    return readings[0].name.text


# ---- otherwise, and who gives way --------------------------------------------------------


def _otherwise(
    env: Env, rules: Sequence[syntax.Rule], type_: core.Type | None
) -> core.Result | None:
    """The one `otherwise` that the rules state, however often they state it."""
    written = [body.otherwise for rule in rules for body in _bodies(rule) if body.otherwise]
    made = [_result(env, one, type_) for one in written]
    kept = [one for one in made if one is not None]
    for other in kept[1:]:
        if other != kept[0]:
            note = Note(kept[0].span, Words("the other `otherwise`", "另一个“否则”"))
            env.context.mistakes.add("V343", other.span, note, name=rules[0].name.text)
    return kept[0] if kept else None


def _implied(rules: Sequence[syntax.Rule]) -> core.Result | None:
    """The opposite of a single worded statement among the rules that override nothing."""
    base = [rule for rule in rules if not any(body.overrides for body in _bodies(rule))]
    if len(base) != 1:
        return None
    (rule,) = base
    ways = [rule.body.statements + reading.body.statements for reading in rule.readings] or [
        rule.body.statements
    ]
    if any(len(statements) != 1 for statements in ways):
        return None
    wordings = {statement.conclusion.wording for (statement,) in ways}
    if len(wordings) != 1:
        return None
    wording = wordings.pop()
    return core.Result(opposite(wording), span=rule.name.span) if wording else None


def _closed(rules: Sequence[syntax.Rule]) -> frozenset[tuple[str, str]]:
    """`overrides` as pairs (over, under), closed transitively."""
    names = {rule.name.text for rule in rules}
    under: Mapping[str, set[str]] = {
        rule.name.text: {name.text for body in _bodies(rule) for name in body.overrides} & names
        for rule in rules
    }
    pairs: set[tuple[str, str]] = set()
    for start in under:
        waiting = list(under[start])
        while waiting:
            name = waiting.pop()
            if (start, name) not in pairs:
                pairs.add((start, name))
                waiting += under[name]
    return frozenset(pairs)

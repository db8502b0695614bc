"""Facts as programs take them, and as cases of a rule file."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from vocpolicy import core
from vocpolicy.exact import shown
from vocpolicy.exercise.covering import Obligation, RuleCoverage
from vocpolicy.exercise.words import CONFIRM, HEAD, TITLE
from vocpolicy.facts import declarations, entity_of
from vocpolicy.format import format_text
from vocpolicy.interpreter import Facts
from vocpolicy.keywords import KEYWORDS
from vocpolicy.outcome import WORDS
from vocpolicy.plain import json_value, plain
from vocpolicy.trace import Answer, ConclusionTrace, Unknown
from vocpolicy.verdict import Verdict, judge

_RESERVED = frozenset(
    word for row in KEYWORDS for word in (*row.en, *row.zh) if word and " " not in word
)


def raw_facts(policy: core.Policy, name: str, facts: Facts) -> dict[str, Any]:
    """Facts as `Policy.evaluate` takes them: numbers in the fact's own unit."""
    return _each(policy, name, facts, partial(_raw, policy))


def written_facts(policy: core.Policy, name: str, facts: Facts) -> dict[str, Any]:
    """Facts as JSON has them."""
    return _each(policy, name, facts, lambda value, kind: _json(_raw(policy, value, kind)))


def _json(value: Any) -> Any:
    """A raw value as JSON has it, lists and records within."""
    if isinstance(value, list):
        return [_json(one) for one in value]
    if isinstance(value, dict):
        return {name: _json(one) for name, one in value.items()}
    return json_value(value)


def _each(
    policy: core.Policy, name: str, facts: Facts, made: Callable[[Any, core.Type], Any]
) -> dict[str, Any]:
    declared = dict(declarations(policy, entity_of(policy, name)))
    return {one: made(value, declared[one].type) for one, value in facts.values.items()}


def _raw(policy: core.Policy, value: core.Value, kind: core.Type) -> Any:
    if value is core.Nothing.NONE:
        return "none"
    if isinstance(value, core.Record):
        fields = policy.entities[value.entity].fields
        return {name: _raw(policy, one, fields[name].type) for name, one in value.values.items()}
    if isinstance(value, tuple):
        item = kind.item if isinstance(kind, core.ListType) else kind
        return [_raw(policy, one, item) for one in value]
    return plain(value, kind, policy)


# ---- cases of a rule file ------------------------------------------------------------------------


def missing_cases(found: RuleCoverage, lang: str = "en") -> str:
    """The cases that are missing, as a rule file in a language's keywords: what each comes to is
    what the rules say now, for a person to confirm; "" where none is missing."""
    done: dict[tuple[object, ...], None] = {}
    texts = []
    for one in found.of("missing"):
        assert one.facts is not None
        given = _given(found.policy, one.observed, one.facts)
        key = (one.observed, one.day, tuple(sorted(given.items())))
        if None not in given.values() and key not in done:
            done[key] = None
            texts.append(case_text(found.policy, one, lang))
    if not texts:
        return ""
    whole = "\n".join(("language 1\n", *(f"# {line}" for line in HEAD[lang]), "", *texts))
    return format_text(whole, keywords=lang)


def case_text(policy: core.Policy, one: Obligation, lang: str = "en") -> str:
    """One missing case, with what the rules say of it now."""
    assert one.facts is not None
    assert one.day is not None
    given = _given(policy, one.observed, one.facts)
    verdict = judge(policy, one.observed, one.facts, one.day)
    title = TITLE[lang][one.truth].format(name=one.observed, condition=one.condition)
    lines = [
        f"case {quoted(title)} {{",
        f"  # {CONFIRM[lang]}",
        f"  today {one.day.isoformat()}",
        *_lines_of(f"{_name(name)} = {text}" for name, text in given.items()),
        f"  expect {_name(one.observed)} {_expected(verdict)}",
        "}",
        "",
    ]
    return "\n".join(lines)


def said_facts(policy: core.Policy, name: str, facts: Facts) -> str:
    """Facts on one line."""
    given = _given(policy, name, facts)
    return ", ".join(f"{_name(one)} = {text or '…'}" for one, text in given.items())


def quoted(text: str) -> str:
    """A text between straight quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', "'") + '"'


def _lines_of(given: Iterable[str]) -> Iterator[str]:
    pairs = list(given)
    for at in range(0, len(pairs), 4):
        yield f"  given {', '.join(pairs[at : at + 4])}"


def _given(policy: core.Policy, name: str, facts: Facts) -> Mapping[str, str | None]:
    return _each(policy, name, facts, partial(literal, policy))


def literal(policy: core.Policy, value: Answer, kind: core.Type) -> str | None:
    """A value as a rule file has it; None where it cannot be written."""
    inner = core.inner(kind)
    match value:
        case bool():
            return "yes" if value else "no"
        case core.Nothing():
            return "none"
        case Fraction():
            return _number(value, inner)
        case datetime.date():
            return value.isoformat()
        case str():
            return value if isinstance(inner, core.ChoiceType) else quoted(value)
        case tuple() if isinstance(inner, core.ListType):
            members = [literal(policy, one, inner.item) for one in value]
            return None if None in members else f"[{', '.join(map(str, members))}]"
        case core.Record(entity=entity, values=values):
            fields = policy.entities[entity].fields
            pairs = [(one, literal(policy, v, fields[one].type)) for one, v in values.items()]
            known = [f"{_name(one)} = {text}" for one, text in pairs if text is not None]
            return f"{{ {', '.join(known)} }}" if len(known) == len(pairs) else None
        case _:
            return None


def _number(value: Fraction, kind: core.Type) -> str | None:
    unit = kind.unit if isinstance(kind, core.NumberType) else None
    digits = shown(value / unit.factor if unit else value)
    if "/" in digits:
        return None
    if unit is None:
        return digits
    return f"{digits}%" if unit.name == "%" else f"{digits} {unit.name}"


def _name(name: str) -> str:
    return f"`{name}`" if name in _RESERVED else name


def _expected(verdict: Verdict) -> str:
    """`is eligible`, `gives 5 yuan`, `is undetermined`."""
    trace = verdict.trace
    if isinstance(trace, ConclusionTrace) and trace.answer is not None:
        text = None
        if not isinstance(trace.answer, Unknown):
            text = literal(verdict.policy, trace.answer, trace.conclusion.type)
        if text is not None and not isinstance(trace.conclusion.type, core.YesNoType):
            return f"gives {text}"
    return f"is {WORDS[verdict.wording_key].en}"

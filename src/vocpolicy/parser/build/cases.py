"""Makes cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from vocpolicy.outcome import WORDS
from vocpolicy.parser.build.parts import Part, chosen, gather, is_token, name_of, settle
from vocpolicy.parser.tokens import Token
from vocpolicy.source import Span
from vocpolicy.syntax import (
    Case,
    Expect,
    Given,
    GivenList,
    GivenRecord,
    GivenValue,
    Moment,
    Name,
    Path,
)

# ---- cases ----------------------------------------------------------------------------------


def case(span: Span, _: Token, title: Token, *items: Part) -> Case:
    gathered = gather(items)
    node = Case(
        str(title.value),
        today=gathered.one("today"),
        given=gathered.flat("given"),
        expects=gathered.many("expect"),
        notes=gathered.many("note"),
        citations=gathered.flat("cite"),
        span=span,
    )
    return settle(node, gathered.faults)


def today(span: Span, _: Token, moment: Moment) -> Part:
    return Part("today", moment, span)


def given(span: Span, _: Token, *facts: Given) -> Part:
    return Part("given", facts, span)


def given_fact(span: Span, path: Path, value: GivenValue, at: Moment | None = None) -> Given:
    return Given(path, value, at, span=span)


def given_list(span: Span, *items: GivenValue) -> GivenList:
    return GivenList(items, span=span)


def given_record(span: Span, *fields: tuple[Name, GivenValue]) -> GivenRecord:
    return GivenRecord(fields, span=span)


def record_field(span: Span, name: Token, value: GivenValue) -> tuple[Name, GivenValue]:
    return name_of(name, span), value


def expect(span: Span, _: Token, name: Token, *rest: Any) -> Part:
    """`expect x is eligible`, `… is not met`: the outcome is the words after `is`."""
    gathered = gather(rest)
    words = chosen(rest, str) or ""
    negated = any(is_token(item, "IS_NOT") for item in rest)
    node = Expect(
        name_of(name, span),
        outcome=f"not {words}" if negated else words,
        under=gathered.one("under"),
        missing=gathered.flat("missing"),
        span=span,
    )
    return settle(Part("expect", node, span), gathered.faults)


def expect_value(span: Span, _: Token, name: Token, *rest: Any) -> Part:
    under = gather(rest).one("under")
    node = Expect(name_of(name, span), value=rest[-1], under=under, span=span)
    return Part("expect", node, span)


def expected(span: Span, *words: Token) -> str:
    """The words of an outcome; those that are keywords in English, whatever they were."""
    return " ".join(_outcome_word(word) for word in words)


def _outcome_word(word: Token) -> str:
    match word.type:
        case "WORDING":
            return WORDS[str(word.value)].en
        case "NOT_APPLICABLE":
            return WORDS["not_applicable"].en
        case "NOT":
            return "not"
        case _:
            return str(word.value)


def under(span: Span, _: Token, name: Token) -> Part:
    return Part("under", name_of(name, span), span)


def missing(span: Span, _: Token, names: tuple[Name, ...]) -> Part:
    return Part("missing", names, span)


BUILDERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "case": case,
        "expect": expect,
        "expect_value": expect_value,
        "expected": expected,
        "given": given,
        "given_fact": given_fact,
        "given_list": given_list,
        "given_record": given_record,
        "missing": missing,
        "record_field": record_field,
        "today": today,
        "under": under,
    }
)

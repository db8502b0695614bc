"""Makes names, texts, dates, citations and what may follow an item on its line."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from types import MappingProxyType

from vocpolicy.diagnostics import Diagnostic
from vocpolicy.parser.build.parts import Part, gather, name_of, settle
from vocpolicy.parser.literals import Period as Days, year
from vocpolicy.parser.tokens import Token
from vocpolicy.source import Span
from vocpolicy.syntax import Attributes, Citation, Moment, Name, Period, Text

NO_ATTRIBUTES = Attributes()
_SOME_YEAR = Days("year", datetime.date(2000, 1, 1), datetime.date(2000, 12, 31))


def label(span: Span, word: Token, text: Token) -> Part:
    return Part("en" if word.type == "EN" else "zh", text.value, span)


def labels(span: Span, *parts: Part) -> Text:
    """`zh "…" en "…"`"""
    gathered = gather(parts)
    node = Text(gathered.one("en"), gathered.one("zh"), span=span)
    return settle(node, gathered.faults)


def text(span: Span, *parts: Part | Token) -> Text:
    """Text in one or both languages, or a bare one."""
    first = parts[0]
    if isinstance(first, Token):
        return Text(bare=str(first.value), span=span)
    return labels(span, *(part for part in parts if isinstance(part, Part)))


def attributes(span: Span, *parts: Part) -> Attributes:
    if not parts:
        return NO_ATTRIBUTES
    gathered = gather(parts)
    node = Attributes(gathered.flat("cite"), gathered.many("assumed"), gathered.one("because"))
    return settle(node, gathered.faults)


def cite(span: Span, _: Token, *citations: Citation) -> Part:
    return Part("cite", citations, span)


def citation(span: Span, document: Token, clause: Token, *locators: Token) -> Citation:
    return Citation(
        name_of(document, span),
        str(clause.value),
        tuple(str(locator.value) for locator in locators),
        span=span,
    )


def assumed(span: Span, _: Token, why: Text) -> Part:
    return Part("assumed", why, span)


def because(span: Span, why: Text) -> Part:
    return Part("because", why, span)


def note(span: Span, _: Token, said: Text) -> Part:
    return Part("note", said, span)


def label_item(span: Span, _: Token, said: Text) -> Part:
    return Part("label", said, span)


def question(span: Span, _: Token, said: Text) -> Part:
    return Part("question", said, span)


def moment(span: Span, token: Token) -> Moment:
    """A date as written.

    Raises:
        FaultyError: a bare number is no year.
    """
    if token.type != "NUMBER":
        days: Days = token.value
        return Moment(*days, span=span)
    found = year(token.value)
    if found is not None:
        return Moment(*found, span=span)
    return settle(Moment(*_SOME_YEAR, span=span), [Diagnostic("V137", span, {"found": span.text})])


def in_force(span: Span, _: Token, start: Moment, end: Moment | None = None) -> Part:
    return Part("in_force", Period(start, end, span=span), span)


def names(span: Span, *tokens: Token) -> tuple[Name, ...]:
    return tuple(name_of(token, span) for token in tokens)


def for_entity(span: Span, _: Token, name: Token) -> Part:
    return Part("for", name_of(name, span), span)


def decides(span: Span, _: Token, name: Token) -> Part:
    return Part("decides", name_of(name, span), span)


BUILDERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "assumed": assumed,
        "attributes": attributes,
        "because": because,
        "citation": citation,
        "cite": cite,
        "decides": decides,
        "for_entity": for_entity,
        "in_force": in_force,
        "label": label,
        "label_item": label_item,
        "labels": labels,
        "moment": moment,
        "names": names,
        "note": note,
        "question": question,
        "text": text,
    }
)

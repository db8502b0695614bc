"""Where the citations of a policy stand in the texts of its documents, and which don't stand."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from attrs import frozen

from vocpolicy.core import Citation, Labels, Policy
from vocpolicy.core.walk import cited
from vocpolicy.coverage.document import Clause, Place, Text
from vocpolicy.coverage.figures import find
from vocpolicy.coverage.squeeze import places, squeeze, squeezed
from vocpolicy.diagnostics import Diagnostic, Words, close_names
from vocpolicy.source import NOWHERE, Span


@frozen
class Standing:
    """A citation in its document.

    Attributes:
        by: name of what cites; for a `set aside`, "".
        reason: of a `set aside`.
        clause: the clause cited.
        spans: where its locator stands; empty where the citation has none.
        span: the citation in the rule file, or what it belongs to; None where it is in no file.
    """

    by: str
    reason: Labels | None
    citation: Citation
    clause: Clause
    spans: tuple[tuple[int, int], ...]
    span: Span | None


def standing(
    policy: Policy, texts: Mapping[str, Text]
) -> tuple[tuple[Standing, ...], tuple[Diagnostic, ...]]:
    """Every citation of the documents given, in its place, and those that have none."""
    found: list[Standing] = []
    problems: list[Diagnostic] = []
    for by, reason, citation, span in _citations(policy):
        text = texts.get(citation.document)
        if text is None:
            continue
        place = text.find(citation.clause)
        if place is None:
            problems.append(_no_clause(citation, text, span))
            continue
        spans = _spans(citation, text, place)
        if citation.locator and not spans:
            problems.append(_no_locator(citation, text, place, span))
            continue
        found.append(Standing(by, reason, citation, place.clause, spans, span))
    return tuple(found), tuple(problems)


def _citations(policy: Policy) -> Iterator[tuple[str, Labels | None, Citation, Span | None]]:
    """Each citation once, though readings may share it."""
    seen: set[tuple[str, str, Citation]] = set()
    for item in cited(policy):
        key = (item.form, item.owner, item.citation)
        if key not in seen:
            seen.add(key)
            yield item.owner, None, item.citation, _in_file(item.span)
    for aside in policy.set_asides:
        span = _in_file(aside.citation.span) or _in_file(aside.span)
        yield "", aside.because, aside.citation, span


def _in_file(span: Span) -> Span | None:
    return None if span.source is NOWHERE.source else span


def _spans(citation: Citation, text: Text, place: Place) -> tuple[tuple[int, int], ...]:
    if not citation.locator:
        return ()
    within = squeeze(text.text[place.start : place.end])
    return tuple(
        (start + place.start, end + place.start) for start, end in places(citation.locator, within)
    )


def _no_clause(citation: Citation, text: Text, span: Span | None) -> Diagnostic:
    names = [clause.name for clause in text.clauses]
    near = close_names(citation.clause, names)
    first = Words(
        f" Its first clauses: {', '.join(names[:5])}.", f"前几条为：{'、'.join(names[:5])}。"
    )
    return Diagnostic(
        "V502",
        span,
        {
            "clause": citation.clause,
            "document": citation.document,
            "near": near if near.en else first,
        },
    )


def _no_locator(citation: Citation, text: Text, place: Place, span: Span | None) -> Diagnostic:
    return Diagnostic(
        "V501",
        span,
        {
            "locator": citation.locator,
            "clause": place.clause.name,
            "document": citation.document,
            "near": _nearby(citation.locator or "", text, place),
        },
    )


def _nearby(locator: str, text: Text, place: Place) -> Words:
    """What the clause holds that may be meant, and which other clauses hold the locator."""
    figures = [figure.text for figure in find(text.text[: place.end], place.start).figures]
    near = difflib.get_close_matches(squeezed(locator), dict.fromkeys(figures), n=3, cutoff=0.5)
    held = near or list(dict.fromkeys(figures))[:6]
    others = [clause.name for clause in text.clauses if places(locator, squeeze(text.of(clause)))][
        :4
    ]
    en, zh = "", ""
    if held:
        en += f" The clause holds: {', '.join(held)}."
        zh += f"该条中有：{'、'.join(held)}。"
    if others:
        en += f" {locator} stands in {', '.join(others)}."
        zh += f"“{locator}”见于 {'、'.join(others)}。"
    return Words(en, zh)

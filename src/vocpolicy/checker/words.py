"""Labels, citations, assumptions and periods, from syntax to core."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction

from vocpolicy import core, syntax
from vocpolicy.checker.context import Context
from vocpolicy.diagnostics import close_names


def labels(text: syntax.Text | None, name: str = "") -> core.Labels:
    """Labels in both languages; without any, the name itself, as words."""
    if text is None:
        return core.Labels(en=name.replace("_", " "))
    if text.bare is not None:
        return core.Labels(text.bare, text.bare)
    return core.Labels(text.en or "", text.zh or "")


def optional_labels(text: syntax.Text | None) -> core.Labels | None:
    return labels(text) if text else None


def notes(texts: Iterable[syntax.Text]) -> tuple[core.Labels, ...]:
    return tuple(labels(text) for text in texts)


def citations(context: Context, cited: Iterable[syntax.Citation]) -> tuple[core.Citation, ...]:
    """One citation per locator; their documents have to be declared."""
    made: list[core.Citation] = []
    for citation in cited:
        _check_document(context, citation.document)
        made += [
            core.Citation(citation.document.text, citation.clause, locator, span=citation.span)
            for locator in citation.locators or (None,)
        ]
    return tuple(made)


def _check_document(context: Context, name: syntax.Name) -> None:
    documents = context.scope.documents
    if name.text not in documents and context.scope.policy is not None:
        close = close_names(name.text, documents)
        context.mistakes.add("V206", name.span, name=name.text, close=close)


def assumptions(texts: Iterable[syntax.Text], about: str) -> tuple[core.Assumption, ...]:
    return tuple(core.Assumption(labels(text), about) for text in texts)


def period(context: Context, written: syntax.Period | None) -> core.Period:
    """From the first day of the start to the last day of the end."""
    if written is None:
        return core.Period()
    start, end = written.start.first, written.end.last if written.end else None
    if end and end < start:
        context.mistakes.add("V345", written.span, start=day(start), end=day(end))
    return core.Period(start, end)


def day(date: datetime.date) -> str:
    return date.isoformat()


def moment_text(moment: syntax.Moment | None) -> str:
    """A date as precisely as it was written: `2022-02-14`, `2020-04`, `2020`."""
    if moment is None:
        return ""
    text = moment.first.isoformat()
    match moment.form:
        case "month":
            return text[:7]
        case "year":
            return text[:4]
        case "year_end":
            return moment.last.isoformat()
        case _:
            return text


def decimal(number: Fraction) -> str:
    """A number as digits: exact where its decimals end, else as a fraction."""
    bottom, digits = number.denominator, 0
    while bottom % 10 == 0:
        bottom, digits = bottom // 10, digits + 1
    for factor in (2, 5):
        while bottom % factor == 0:
            bottom, digits = bottom // factor, digits + 1
    if bottom != 1:
        return str(number)
    whole = abs(number.numerator) * 10**digits // number.denominator
    text = str(whole).rjust(digits + 1, "0")
    if digits:
        text = f"{text[:-digits]}.{text[-digits:]}".rstrip("0").rstrip(".")
    return f"-{text}" if number < 0 else text

"""Names, texts, dates, citations: the words that declarations and expressions are made of."""

from __future__ import annotations

import datetime

from attrs import field, frozen

from vocpolicy.source import NOWHERE, Span


def spanned() -> Span:
    """The `span` field of a node."""
    span: Span = field(default=NOWHERE, eq=False, repr=False, kw_only=True)
    return span


@frozen
class Name:
    """`control_line`, `控制线`, or an escaped reserved word."""

    text: str
    span: Span = spanned()


@frozen
class Text:
    """Text in one or both languages: `zh "专任教师" en "full-time teachers"`, or a bare string.

    `bare` is text whose language is not said; it serves for both.
    """

    en: str | None = None
    zh: str | None = None
    bare: str | None = None
    span: Span = spanned()


@frozen
class Moment:
    """A date as written: `2023-06-01`, `2020-04`, `end of 2020`, `2025`.

    `form` is one of `day`, `month`, `year_end`, `year`; `first` and `last` are the first and
    the last day that it covers.
    """

    form: str
    first: datetime.date
    last: datetime.date
    span: Span = spanned()


@frozen
class Citation:
    """`plan 二（四）4 "65%"`: document, clause, and the characters that hold the figure."""

    document: Name
    clause: str
    locators: tuple[str, ...] = ()
    span: Span = spanned()


@frozen
class Attributes:
    """What may follow an item on its line: `cite …`, `assumed because …`, `because …`."""

    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Text, ...] = ()
    because: Text | None = None

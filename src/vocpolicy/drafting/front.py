"""What a document says of itself: its title, its number, its dates, the years it plans for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from attrs import frozen

from vocpolicy.coverage import Figure, Outlined, Text
from vocpolicy.coverage.headings import NUMBERS
from vocpolicy.drafting.data import data

MOST_TITLE = 60

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日|(\d{4})-(\d{2})-(\d{2})")
_IN_FORCE = re.compile(r"自(\d{4}年\d{1,2}月\d{1,2}日)起(?:施行|实施|执行|生效)")
_UNTIL = re.compile(r"有效期(?:截?止?到?至|到)(\d{4}年\d{1,2}月\d{1,2}日)")
_PERIOD = re.compile(r"([一二三四五六七八九十]+)五|(\d+)")
_YEAR = re.compile(r"(?:19|20)\d{2}")


@frozen
class Front:
    """What the head of the draft takes from the document.

    Attributes:
        title, number: as the document writes them; "" where none is found.
        dated, printed: its dates, where they are found.
        effective: the day from which the document says that it is in force.
        years: the first and the last year of a five-year plan.
        until: the day to which the document says that it is in force.
    """

    title: str
    number: str
    dated: date | None
    printed: date | None
    effective: date | None
    years: tuple[int, int] | None
    until: date | None = None

    @property
    def since(self) -> date | None:
        """The first day of the policy, as far as the document tells."""
        planned = date(self.years[0], 1, 1) if self.years else None
        return self.effective or planned or self.dated


def front(text: Text, outlined: tuple[Outlined, ...]) -> Front:
    """What is found in the title page, and for years and dates in the rest too."""
    figures = [figure for item in outlined for figure in item.found.figures]
    first, last = text.clauses[0], text.clauses[-1]
    head = text.of(first) if not first.label else ""
    printed = _day(text.of(last)) if "印发" in text.of(last) and not last.label else None
    return Front(
        title=_title(head),
        number=_number(text, (figure for figure in figures if figure.end <= first.end)),
        dated=_day(head) or (None if last.label else _day(text.of(last))),
        printed=printed,
        effective=_found(_IN_FORCE, text.text),
        years=_years(figures),
        until=_found(_UNTIL, text.text),
    )


def year(figure: Figure) -> int | None:
    """The year of a date that names one year."""
    years = _YEAR.findall(figure.text) if figure.kind.en == "date" else []
    return int(years[0]) if len(years) == 1 else None


def _title(head: str) -> str:
    lines = [" ".join(line.split()) for line in head.splitlines() if line.strip()]
    bare = [line.rstrip("”」》") for line in lines]
    named = [line for line in bare if line.endswith(data().titles)]
    return (named or lines or [""])[0][:MOST_TITLE]


def _number(text: Text, figures: Iterable[Figure]) -> str:
    """The document's number with the office's mark before it."""
    for figure in figures:
        if figure.kind.en == "document number":
            start = figure.start
            while start and (text.text[start - 1].isalnum() or text.text[start - 1] in "〔["):
                start -= 1
            return "".join(text.text[start : figure.end].split())
    return ""


def _found(pattern: re.Pattern[str], text: str) -> date | None:
    match = pattern.search("".join(text.split()))
    return _day(match[1]) if match else None


def _day(text: str) -> date | None:
    match = _DAY.search("".join(text.split()))
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups() if part))
    except ValueError:
        return None


def _years(figures: list[Figure]) -> tuple[int, int] | None:
    """The years of the five-year plan named most often: the fourteenth began in 2021."""
    periods = [figure.text for figure in figures if figure.kind.en == "plan period"]
    if not periods:
        return None
    often = max(dict.fromkeys(periods), key=periods.count)
    match = _PERIOD.match(often)
    number = NUMBERS["zh"](match[1]) if match and match[1] else (int(match[2]),) if match else None
    if number is None:
        return None
    first = 2021 + 5 * (number[0] - 14)
    return (first, first + 4) if 1900 < first < 2200 else None

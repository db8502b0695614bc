"""Names, labels and locators for what stands in a document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from attrs import define, field

from vocpolicy.coverage import Clause, Figure, Text
from vocpolicy.coverage.headings import CIRCLED, NUMBERS
from vocpolicy.coverage.measuring import holds
from vocpolicy.coverage.squeeze import Squeezed, places, squeeze
from vocpolicy.drafting.data import data

MOST_LABEL = 12
MOST_WORDS = 4
NEAR = 80
MOST_RIVALS = 40
MOST_LOCATOR = 8
"""Most characters (of English, words) that a label takes from the document, and most characters
that a locator takes beyond its figure.  Words further off than `NEAR` say nothing of a figure;
a clause with more figures than `MOST_RIVALS` is a list, in which none is told apart."""

_PARTS = {
    "文首": "front",
    "前言": "preamble",
    "文末": "end",
    "全文": "whole",
    "附件": "annex",
    "附": "annex",
    "编": "part",
    "章": "chapter",
    "节": "section",
}
_PIECE = re.compile(
    rf"文首|前言|文末|全文|附件|附|(?P<zh>[〇零一二三四五六七八九十百千]+)(?P<rank>[编章节])?"
    rf"|(?P<circled>[{CIRCLED}])|(?P<latin>[A-Za-z]+)|(?P<digits>\d+)"
)
_STOP = re.compile(r"[\d%‰£€$¥，。；：、！？,.;:!?()（）〔〕\[\]《》\"\\]")


def clause_name(clause: str) -> str:
    """A name for what a clause holds: `clause_3_5_15` for 三（五）15."""
    pieces = ["clause"]
    for match in _PIECE.finditer(clause):
        pieces += _piece(match)
    return "_".join(pieces)


def _piece(match: re.Match[str]) -> list[str]:
    if match["zh"]:
        number = NUMBERS["zh"](match["zh"]) or (0,)
        rank = [_PARTS[match["rank"]]] if match["rank"] else []
        return [*rank, str(number[0])]
    if match["circled"]:
        return [str(CIRCLED.index(match["circled"]) + 1)]
    if match["latin"]:
        word = match["latin"].lower()
        return [] if word in ("article", "art") else [word]
    return [match["digits"] or _PARTS[match[0]]]


@define
class Names:
    """Gives each name and each label once; later ones of the same words get a number."""

    _taken: dict[str, int] = field(factory=dict)

    def name(self, wanted: str) -> str:
        return self._once(wanted, "{}_{}")

    def label(self, wanted: str, zh: bool) -> str:
        return self._once(wanted, "{}（{}）" if zh else "{} ({})")

    def _once(self, wanted: str, form: str) -> str:
        name, number = wanted, self._taken.get(wanted, 1)
        while name in self._taken:
            number += 1
            name = form.format(wanted, number)
        self._taken[wanted] = number
        self._taken.setdefault(name, 1)
        return name


def label(text: str, clause: Clause, figure: Figure) -> str:
    """A few characters that say what a figure is of: those after a count, those before others."""
    after = _words(text[figure.end : min(clause.end, figure.end + NEAR)])
    begin = max(_begin(text, clause, figure), figure.start - NEAR)
    while (
        begin < figure.start
        and text[begin - 1 : begin + 1].isascii()
        and (text[begin - 1 : begin + 1].isalpha())
    ):
        begin += 1  # no label begins within a word
    before = _without_comparators(text[begin : figure.start])
    counts = figure.kind.en in ("measure", "number", "number word")
    first, second = (after, before) if counts else (before, after)
    return first if len(first) > 1 else second or figure.text


def _begin(text: str, clause: Clause, figure: Figure) -> int:
    """Where the words begin that a figure stands in: after the heading, if that is over."""
    start = max(clause.start, clause.label_end)
    end = text.find(clause.title, start) + len(clause.title)
    return end if clause.title and end <= figure.start else start


def short_title(text: Text, clause: Clause) -> str:
    """A few characters of a clause's heading or of its first words."""
    return _words(clause.title) or _words(
        text.text[max(clause.start, clause.label_end) : clause.end]
    )


def _words(text: str) -> str:
    """The first words of a text, up to a stop or a number."""
    return _first(_STOP.split(squeeze(text.strip(), spaces=True).text)[0])


def _without_comparators(text: str) -> str:
    """The last words of a text from a stop or a number on, without those that only compare."""
    plain = squeeze(text.strip(), spaces=True).text
    for word, _ in data().before:
        plain = plain.removesuffix(word.strip())
    pieces = [piece for piece in _STOP.split(plain) if len(piece.strip()) > 1]
    return _last(pieces[-1]) if pieces else ""


def _first(piece: str) -> str:
    words = piece.strip()
    if not words.isascii():
        return words.lstrip("的")[:MOST_LABEL].strip("“”‘’")
    return " ".join(_telling(words.split())[:MOST_WORDS])


def _last(piece: str) -> str:
    words = piece.strip()
    if not words.isascii():
        return words[-MOST_LABEL:].strip("“”‘’")
    return " ".join(reversed(_telling(words.split()[::-1])[:MOST_WORDS]))


def _telling(words: list[str]) -> list[str]:
    """The first run of words that are no particles."""
    small = data().not_counted
    start = next((i for i, word in enumerate(words) if word.casefold() not in small), 0)
    end = next((i for i in range(start, len(words)) if words[i].casefold() in small), len(words))
    return words[start:end]


def locator(text: Text, clause: Clause, figure: Figure, others: Iterable[Figure]) -> str:
    """The figure's characters, with more on either side until they name no other figure.

    It stays the figure's own where nothing near tells it apart, and is "" where that stands in no
    form that a rule file can hold.
    """
    rivals = [other for other in others if other != figure]
    within = _squeezed(text.of(clause))
    if len(rivals) > MOST_RIVALS:
        return _alone(figure, within)
    for start, end in _widening(text.text, clause, figure):
        tried = _on_one_line(text.text[start:end])
        stands = [(a + clause.start, b + clause.start) for a, b in places(tried, within)]
        own = any(holds(span, figure) for span in stands) and tried.isprintable()
        if own and not any(holds(span, rival) for span in stands for rival in rivals):
            return tried
    return _alone(figure, within)


def _alone(figure: Figure, within: Squeezed) -> str:
    return figure.text if figure.text.isprintable() and places(figure.text, within) else ""


@lru_cache(maxsize=2)
def _squeezed(words: str) -> Squeezed:
    """A clause's text as it is compared: once for all figures of the clause."""
    return squeeze(words)


def _on_one_line(piece: str) -> str:
    return (" " if piece.isascii() else "").join(piece.split())


def _widening(text: str, clause: Clause, figure: Figure) -> Iterable[tuple[int, int]]:
    """Spans around a figure: itself, then longer to the right, then to the left."""
    yield figure.start, figure.end
    end, last = figure.end, min(clause.end, figure.end + 2 * MOST_LOCATOR)
    while end < last and text[end] not in '"\\':
        end += 1
        yield figure.start, end
    start = figure.start
    first = max(clause.start, figure.start - MOST_LOCATOR)
    while start > first and text[start - 1] not in '"\\':
        start -= 1
        yield start, figure.end

"""Diagnostics as text: the message, the source line, a caret under what is meant, the help."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from vocpolicy.diagnostics.catalog import CATALOG
from vocpolicy.diagnostics.model import Diagnostic, Words
from vocpolicy.source import Span

# A longer line is shown in part: so many characters, of which so many before what is meant.
_WIDEST = 240
_BEFORE = 80

# More places than these are counted, not shown.
_MOST_NOTES = 10
_MORE = Words("  and {more} more places", "  另有 {more} 处")


@lru_cache(maxsize=1024)
def width(text: str) -> int:
    """Cells that the text takes in a terminal: two for a CJK character, none for an accent."""
    return sum(
        0
        if unicodedata.combining(character)
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def fill(words: Words, diagnostic: Diagnostic, lang: str) -> str:
    """The catalogue's words with the diagnostic's arguments in their places."""
    values = {
        name: value.get(lang) if isinstance(value, Words) else value
        for name, value in diagnostic.args.items()
    }
    return words.get(lang).format(**values)


def message(diagnostic: Diagnostic, lang: str = "en") -> str:
    """What is said of it, without its place and its help."""
    return fill(CATALOG[diagnostic.code].message, diagnostic, lang)


def excerpt(span: Span) -> list[str]:
    """The line that the span begins on, and carets under the part of it that is meant."""
    line_number, column = span.source.position(span.start)
    line = span.source.line(line_number)
    start = column - 1
    end = min(start + span.end - span.start, len(line))
    first = start - _BEFORE if len(line) > _WIDEST and start > _BEFORE else 0
    last = min(first + _WIDEST, len(line))
    shown = ("…" if first else "") + line[first:last] + ("…" if last < len(line) else "")
    before = ("…" if first else "") + line[first:start]
    gutter = f"{line_number:>5} | "
    carets = " " * width(before) + "^" * max(1, width(line[start : min(end, last)]))
    return [f"{gutter}{shown.expandtabs(1)}", f"      | {carets}"]


def render(diagnostic: Diagnostic, lang: str = "en") -> str:
    """One mistake as text."""
    entry = CATALOG[diagnostic.code]
    place = str(diagnostic.span) if diagnostic.span else diagnostic.place
    head = f"{diagnostic.code} {fill(entry.message, diagnostic, lang)}"
    lines = [f"{place}: {head}" if place else head]
    if diagnostic.span:
        lines += excerpt(diagnostic.span)
    for note in diagnostic.notes[:_MOST_NOTES]:
        lines.append(f"  {note.span}: {fill(note.words, diagnostic, lang)}")
        lines += excerpt(note.span)
    if (more := len(diagnostic.notes) - _MOST_NOTES) > 0:
        lines.append(_MORE.get(lang).format(more=more))
    help_text = fill(entry.help, diagnostic, lang)
    if help_text:
        lines.append(("  建议：" if lang == "zh" else "  help: ") + help_text)
    return "\n".join(lines)


def render_all(diagnostics: Iterable[Diagnostic], lang: str = "en") -> str:
    """Every mistake, a blank line between two."""
    return "\n\n".join(render(diagnostic, lang) for diagnostic in diagnostics)

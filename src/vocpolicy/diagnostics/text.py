"""Diagnostics as text: the message, the source line, a caret under what is meant, the help."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from vocpolicy.diagnostics.catalog import CATALOG
from vocpolicy.diagnostics.model import Diagnostic, Words
from vocpolicy.source import Span


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
    before = line[: column - 1].expandtabs(1)
    meant = span.source.text[span.start : span.end].split("\n", 1)[0]
    gutter = f"{line_number:>5} | "
    carets = " " * width(before) + "^" * max(1, width(meant))
    return [f"{gutter}{line.expandtabs(1)}", f"      | {carets}"]


def render(diagnostic: Diagnostic, lang: str = "en") -> str:
    """One mistake as text."""
    entry = CATALOG[diagnostic.code]
    place = str(diagnostic.span) if diagnostic.span else diagnostic.place
    head = f"{diagnostic.code} {fill(entry.message, diagnostic, lang)}"
    lines = [f"{place}: {head}" if place else head]
    if diagnostic.span:
        lines += excerpt(diagnostic.span)
    for note in diagnostic.notes:
        lines.append(f"  {note.span}: {fill(note.words, diagnostic, lang)}")
        lines += excerpt(note.span)
    help_text = fill(entry.help, diagnostic, lang)
    if help_text:
        lines.append(("  建议：" if lang == "zh" else "  help: ") + help_text)
    return "\n".join(lines)


def render_all(diagnostics: Iterable[Diagnostic], lang: str = "en") -> str:
    """Every mistake, a blank line between two."""
    return "\n\n".join(render(diagnostic, lang) for diagnostic in diagnostics)

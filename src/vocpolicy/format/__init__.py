"""One way of writing a rule file, in English or in Chinese keywords.

    text -> tokens and comments -> words as the language writes them -> lines

The formatter rewrites the lexer's tokens one by one and never the tree, so that every token and
every comment stays where it is; the writer's line ends stay too.  What changes is white space,
the spelling of keywords and literals, and punctuation.  What comes out is parsed again: where a
declaration would read as anything else, it keeps its own spellings.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from vocpolicy.collection import paused
from vocpolicy.diagnostics import PolicyError
from vocpolicy.format.layout import lay_out
from vocpolicy.format.majority import majority
from vocpolicy.format.respell import respell
from vocpolicy.format.same import parted
from vocpolicy.format.words import words_of
from vocpolicy.parser import LARGEST, Piece, lex, parse
from vocpolicy.source import Source
from vocpolicy.syntax import File

__all__ = ["Formatted", "format_source", "format_text"]


@frozen
class Formatted:
    """A file in the form that the formatter writes.

    Attributes:
        source: as it was.
        text: as it is to be.
        keywords: the language of its keywords, `en` or `zh`.
    """

    source: Source
    text: str
    keywords: str

    @property
    def changed(self) -> bool:
        return self.text != self.source.text


def format_text(text: str, name: str = "<text>", keywords: str | None = None) -> str:
    """`format_source` for text from memory."""
    return format_source(Source(name, text), keywords).text


@paused()
def format_source(source: Source, keywords: str | None = None, largest: int = LARGEST) -> Formatted:
    """A rule file in the form that the formatter writes; its meaning and comments are kept.

    Args:
        source: the file.
        keywords: `en` or `zh`; where nothing is said, the language that most of the file's
            keywords are in, and then units and other built-in words that are no keywords stay
            as they are written.
        largest: size in bytes above which the file is not read.

    Raises:
        PolicyError: the file cannot be parsed; with every mistake.
    """
    file, mistakes = parse(source, largest)
    if mistakes:
        raise PolicyError(mistakes)
    pieces = lex(source).pieces
    lang = keywords or majority(source, pieces)
    text = _written(file, pieces, lang, keywords is not None)
    return Formatted(source, text, lang)


def _written(file: File, pieces: Sequence[Piece], lang: str, names: bool) -> str:
    kept: frozenset[int] = frozenset()
    for _ in range(3):
        text = lay_out(respell(words_of(file, pieces), file, lang, names, kept), file)
        changed = parted(file, text)
        if not changed:
            return text
        kept |= changed
    return file.source.text

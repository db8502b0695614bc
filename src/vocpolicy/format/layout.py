"""Words and comments as lines: indentation, spaces, blank lines, tables.

The writer's line ends stay.  Inside braces and brackets a line stands two spaces further in than
the line that opened them; a line that goes on with an item, two more; a label under a label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import define, evolve, field, frozen

from vocpolicy.diagnostics.text import width
from vocpolicy.format.spacing import SET_OFF, gap
from vocpolicy.format.tables import Row, aligned
from vocpolicy.format.words import Word
from vocpolicy.syntax import Comment, File

_STEP = 2
_FURTHEST = 40
"""Columns up to which a label is set under the one above it."""

_OPENS = frozenset(("_LBRACE", "_LPAR", "_LBRACKET"))
_CLOSES = frozenset(("_RBRACE", "_RPAR", "_RBRACKET"))


@define
class Line:
    """A line on its way to the page: its words, and the comment that ends it."""

    words: list[Word] = field(factory=list)
    comment: Comment | None = None
    blank_before: bool = False
    semicolons: set[int] = field(factory=set)
    """Places of words that a semicolon stands before."""


@frozen
class _Open:
    """A bracket that is open: the indentation of its line, and whether commas part its members."""

    indent: int
    lists: bool


def lay_out(words: Sequence[Word], file: File) -> str:
    """The text of a file, with one line end at its end; empty for an empty file."""
    lines = list(_lines(words, file))
    page = _Page()
    written: list[str | Row] = []
    for line, following in zip(lines, _following(lines), strict=True):
        if line.blank_before:
            written.append("")
        written.append(page.line(line, following))
    return "".join(f"{one.rstrip()}\n" for one in aligned(written))


def _following(lines: Sequence[Line]) -> list[Word | None]:
    """For each line the word that begins the next line that has any."""
    found: list[Word | None] = []
    after: Word | None = None
    for line in reversed(lines):
        found.append(after)
        after = line.words[0] if line.words else after
    return found[::-1]


# ---- which words share a line ----------------------------------------------------------------


def _lines(words: Sequence[Word], file: File) -> Iterator[Line]:
    text = file.source.text
    things: list[Word | Comment] = sorted([*words, *file.comments], key=_start)
    line = Line()
    before: Word | Comment | None = None
    for thing in things:
        between = text[_end(before) : _start(thing)] if before is not None else ""
        parts = isinstance(before, Word) and isinstance(thing, Word) and before.piece != thing.piece
        if before is not None and ("\n" in between or parts):
            yield line
            line = Line(blank_before=between.count("\n") > 1 and not _tight(before, thing))
        if isinstance(thing, Comment):
            line.comment = thing
        else:
            if line.words and thing.begins and line.words[-1].type != "_LBRACE":
                line.semicolons.add(len(line.words))
            line.words.append(thing)
        before = thing
    if before is not None:
        yield line


def _tight(before: Word | Comment, after: Word | Comment) -> bool:
    """Whether no blank line may stand there: just inside braces."""
    opened = isinstance(before, Word) and before.type in _OPENS
    return opened or (isinstance(after, Word) and after.type in _CLOSES)


def _start(thing: Word | Comment) -> int:
    return thing.start if isinstance(thing, Word) else thing.span.start


def _end(thing: Word | Comment) -> int:
    return thing.end if isinstance(thing, Word) else thing.span.end


# ---- where a line begins, and what it looks like ------------------------------------------------


@define
class _Page:
    """What is open while lines are written."""

    open: list[_Open] = field(factory=list)
    last: Word | None = None
    label: int | None = None
    """The column of the item's first label, for labels on lines of their own."""

    def line(self, line: Line, following: Word | None) -> str | Row:
        """One line, and its brackets opened and closed; `following` begins the next line that
        has words."""
        comment = _comment(line.comment)
        if not line.words:
            return " " * self._comment_indent(following) + comment
        first = line.words[0]
        indent = self._indent(first)
        row = _row(line.words, indent, following)
        text = row or self._text(line, indent)
        for before, word in zip((self.last, *line.words), line.words, strict=False):
            self._brackets(word, before, indent, bracketed=first.type != "_BAR")
        self.last = line.words[-1]
        if not comment:
            return text
        if isinstance(text, Row):
            return evolve(text, rest=text.rest + SET_OFF + comment)
        return text + SET_OFF + comment

    def _text(self, line: Line, indent: int) -> str:
        text = " " * indent
        before: Word | None = None
        for place, word in enumerate(line.words):
            if before is not None:
                text += "; " if place in line.semicolons else gap(before, word)
            if word.begins:
                self.label = None
            if word.type in ("EN", "ZH") and self.label is None:
                self.label = width(text) if len(text) <= _FURTHEST else len(text)
            text += word.text
            before = word
        return text

    def _indent(self, word: Word) -> int:
        if word.type in _CLOSES:
            return self.open[-1].indent if self.open else 0
        if word.type in ("EN", "ZH") and not word.begins and (self.label or 99) <= _FURTHEST:
            return self.label or 0
        return self._inside() + (_STEP if self._goes_on(word) else 0)

    def _inside(self) -> int:
        return self.open[-1].indent + _STEP if self.open else 0

    def _comment_indent(self, following: Word | None) -> int:
        if following is None or following.type in _CLOSES:
            return self._inside()
        return self._indent(following)

    def _goes_on(self, word: Word) -> bool:
        """Whether a line goes on with the item of the line before."""
        if word.begins or self.last is None:
            return False
        if not (self.open and self.open[-1].lists):
            return True
        return self.last.type not in _OPENS | {"_COMMA"}

    def _brackets(self, word: Word, before: Word | None, indent: int, bracketed: bool) -> None:
        if word.type in _OPENS and (bracketed or word.type == "_LBRACE"):
            self.open.append(_Open(indent, _lists(word, before, len(self.open))))
        elif word.type in _CLOSES and (bracketed or word.type == "_RBRACE") and self.open:
            self.open.pop()


def _lists(word: Word, before: Word | None, depth: int) -> bool:
    """Whether commas part the members of a bracket: not in a block, where they belong to items."""
    if word.type != "_LBRACE" or (word.head == "CHOICE" and not depth):
        return True
    return before is not None and before.type in ("_EQUALS", "_COMMA", "_LBRACKET")


def _comment(comment: Comment | None) -> str:
    """As it was written, with a space after its sign."""
    if comment is None:
        return ""
    text = comment.span.text[1:].rstrip()
    return f"#{text}" if not text or text[0].isspace() or text[0] in "#!" else f"# {text}"


def _row(words: Sequence[Word], indent: int, following: Word | None) -> Row | None:
    """The row of a table that stands on one line, in its cells."""
    bars = [place for place, word in enumerate(words) if word.type == "_BAR"]
    if words[0].type != "_BAR" or len(bars) < 2:
        return None
    if following is not None and not following.begins and following.type != "_RBRACE":
        return None
    cells = tuple(_joined(words[at + 1 : end]) for at, end in pairwise(bars))
    rest = words[bars[-1] :]
    return Row(indent, cells, _joined(rest)[1:])


def _joined(words: Sequence[Word]) -> str:
    text = words[0].text if words else ""
    for before, word in pairwise(words):
        text += gap(before, word) + word.text
    return text

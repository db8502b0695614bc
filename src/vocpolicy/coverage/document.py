"""Splitting a document's text into clauses, named as citations name them.

Every character of the text belongs to one clause.  A heading begins a clause that reaches to the
next heading, so a section holds its heading and its introduction, and its items are clauses of
their own: `二`, `二（四）`, `二（四）4`.  What stands before the first heading is the front matter
(`文首`) and the preamble (`前言`: the running text just before the first heading); the closing
lines are `文末`.  Lines broken by page layout need no care here: text is compared without white
space (`vocpolicy.coverage.squeeze`).
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from attrs import define, evolve, field, frozen

from vocpolicy.coverage.headings import NUMBERS, Headings, Label, Number, Style, headings, label
from vocpolicy.coverage.squeeze import squeezed
from vocpolicy.diagnostics import Diagnostic, DocumentError


@frozen
class Clause:
    """A clause of a document.

    Attributes:
        name: as citations name it; unique in its document.
        start, end: its own text, heading included, as offsets in the document's text.
        label: the number that its heading carries, as citations write it; "" where it has none.
        label_end: where the label ends and the words begin.
        title: the words of its heading: the rest of its first line, up to the first stop.
        parents: names of the headings it stands under, outermost first.
        heading_only: it has no text of its own, only clauses under it.
        goals: whether it sets goals, by the words of its heading and those it stands under.
    """

    name: str
    start: int
    end: int
    label: str = ""
    label_end: int = 0
    title: str = ""
    parents: tuple[str, ...] = ()
    heading_only: bool = False
    goals: bool = False


@frozen
class Place:
    """What a citation's clause comes to: a clause, or a paragraph of it."""

    clause: Clause
    start: int
    end: int


@define(frozen=True, slots=False, eq=False)
class Text:
    """A document's text and its clauses, in order."""

    text: str = field(repr=False)
    clauses: tuple[Clause, ...]

    @cached_property
    def _by_key(self) -> dict[str, Clause]:
        return {_key(clause.name): clause for clause in self.clauses}

    def of(self, clause: Clause) -> str:
        """A clause's own text."""
        return self.text[clause.start : clause.end]

    def find(self, name: str) -> Place | None:
        """The clause that a citation names: `二（四）4`, `第十二条第二款`, `第三条第（一）项`."""
        key = _key(name)
        whole = self._by_key.get(key)
        if whole is not None:
            return Place(whole, whole.start, whole.end)
        paragraph = re.fullmatch(r"(.+)第([一二三四五六七八九十]+)款", key)
        if paragraph is None:
            return None
        clause = self._by_key.get(paragraph[1])
        return self._paragraph(clause, paragraph[2]) if clause else None

    def _paragraph(self, clause: Clause, ordinal: str) -> Place | None:
        spans = _paragraphs(self.of(clause))
        index = _ordinal(ordinal) - 1
        if not 0 <= index < len(spans):
            return None
        start, end = spans[index]
        return Place(clause, clause.start + start, clause.start + end)


def read_document(path: str | Path) -> str:
    """The text of a document: UTF-8, or GB 18030 where it is not.

    Raises:
        DocumentError: there is no such file (V505), or it is text in neither encoding (V506).
    """
    try:
        raw = Path(path).read_bytes()
    except OSError:
        raise DocumentError([Diagnostic("V505", args={"path": str(path)})]) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DocumentError([Diagnostic("V506", args={"path": str(path)})])


def split(text: str) -> Text:
    """A text with its clauses."""
    data = headings()
    found = _without_contents(_headings(text, data))
    if not found:
        return Text(text, (Clause(data.names.whole, 0, len(text)),))
    front = _front(text, found[0].start, data)
    close = _closing(text, found[-1], data)
    ends = [clause.start for clause in found[1:]] + [close]
    body = [
        _finish(text, clause, end, found, data) for clause, end in zip(found, ends, strict=True)
    ]
    tail = [Clause(data.names.close, close, len(text))] if text[close:].strip() else []
    if body and not tail:
        body[-1] = evolve(body[-1], end=len(text))
    return Text(text, (*front, *body, *tail))


def _key(name: str) -> str:
    """A clause name as it is compared."""
    key = squeezed(name).casefold()
    key = re.sub(r"第\(?([一二三四五六七八九十]+)\)?项", r"(\1)", key)
    key = re.sub(r"第[一二三四五六七八九十]+款(?=\()", "", key)
    alias = headings().names.aliases.get(key)
    return squeezed(alias) if alias else key


def _ordinal(text: str) -> int:
    number = NUMBERS["zh"](text)
    return number[0] if number else 0


def _lines(text: str) -> list[tuple[int, str]]:
    """Every line that is not blank, with the offset of its first character that is no space."""
    lines, offset = [], 0
    for line in text.split("\n"):
        bare = line.lstrip()
        if bare:
            lines.append((offset + len(line) - len(bare), bare))
        offset += len(line) + 1
    return lines


def _headings(text: str, data: Headings) -> list[Clause]:
    """A clause for each heading, its end not yet known, its name unique."""
    last: dict[Style, Number] = {}
    above: list[tuple[Label, Clause]] = []
    found: list[Clause] = []
    names: set[str] = set()
    annex, running = "", False
    for place, (start, line) in enumerate(_lines(text)):
        if data.lines.annex.match(line):
            annex = squeezed(line).rstrip(":：")
        mark = None if running else label(line, last)
        # The first line is a title, however long.
        running = place > 0 and data.lines.running(line) and (mark is None or "。" in line)
        if mark is None:
            continue
        last[mark.style] = mark.number
        while above and above[-1][0].style.level >= mark.style.level:
            above.pop()
        clause = _heading(start, line, mark, [parent for _, parent in above], data)
        clause = evolve(clause, name=_unique(clause.name, names, annex))
        names.add(clause.name)
        above.append((mark, clause))
        found.append(clause)
    return found


def _heading(start: int, line: str, mark: Label, above: list[Clause], data: Headings) -> Clause:
    outer = above[-1].name if above and not mark.style.absolute else ""
    words = line[mark.length :]
    return Clause(
        name=outer + mark.text,
        start=start,
        end=start,
        label=mark.text,
        label_end=start + mark.length,
        title=re.split(f"[{re.escape(data.lines.stops)}]", words, maxsplit=1)[0].strip(),
        parents=tuple(parent.name for parent in above),
    )


def _unique(name: str, names: set[str], annex: str) -> str:
    """The name, headed with its annex or numbered where an earlier clause has it."""
    if name not in names:
        return name
    if annex and annex + name not in names:
        return annex + name
    number = 2
    while f"{name}#{number}" in names:
        number += 1
    return f"{name}#{number}"


def _without_contents(found: list[Clause]) -> list[Clause]:
    """The headings without those of a table of contents, which stand again further on."""
    titles = {_bare(clause.title) for clause in found}
    if len(titles) == len(found):
        return found
    later: set[tuple[str, str]] = set()
    kept: list[Clause] = []
    dropped: dict[str, str] = {}
    for clause in reversed(found):
        key = (clause.label, _bare(clause.title))
        if key in later and _only_contents(clause, found):
            dropped[clause.name] = ""
            continue
        later.add(key)
        kept.append(clause)
    return [_renamed(clause, dropped) for clause in reversed(kept)]


def _only_contents(clause: Clause, found: list[Clause]) -> bool:
    """Whether the next heading follows at once: a line of a table of contents."""
    index = found.index(clause)
    longest = clause.label_end + len(clause.title) + 20
    return index + 1 < len(found) and found[index + 1].start <= longest


def _bare(title: str) -> str:
    """A title without the leader and page number of a table of contents."""
    return re.sub(r"[.…·\s]*\d*$", "", title)


def _renamed(clause: Clause, dropped: dict[str, str]) -> Clause:
    """A clause whose name was numbered only because of a heading that is gone."""

    def plain(name: str) -> str:
        bare = re.sub(r"#\d+", "", name)
        return bare if bare in dropped else name

    return evolve(clause, name=plain(clause.name), parents=tuple(map(plain, clause.parents)))


def _finish(text: str, clause: Clause, end: int, found: list[Clause], data: Headings) -> Clause:
    """The clause with its end, and what follows from its text and its place."""
    below = any(clause.name in other.parents for other in found)
    rest = squeezed(text[clause.label_end : end]).removeprefix(squeezed(clause.title))
    above = [other.title for other in found if other.name in clause.parents]
    return evolve(
        clause,
        end=end,
        heading_only=below and not rest,
        goals=_sets_goals(clause.title, above, data),
    )


def _sets_goals(title: str, above: list[str], data: Headings) -> bool:
    """Whether headings say that a clause sets goals, and none above it that it looks back."""

    def says(words: tuple[str, ...], heading: str) -> bool:
        return any(word in heading.casefold() for word in words)

    if any(says(data.no_goals, heading) for heading in above):
        return False
    if any(says(data.goals, heading) for heading in above):
        return True
    return says(data.goals, title) and not says(data.no_goals, title)


def _front(text: str, end: int, data: Headings) -> list[Clause]:
    """Front matter, and the preamble: the running text just before the first heading."""
    lines = _lines(text[:end])
    start = end
    for offset, line in reversed(lines):
        if not (data.lines.stopped(line) or data.lines.running(line)):
            break
        start = offset
    names = data.names
    front = [Clause(names.front, 0, start)] if text[:start].strip() else []
    preamble = [Clause(names.preamble, start if front else 0, end)] if start < end else []
    return front + preamble


def _closing(text: str, last: Clause, data: Headings) -> int:
    """Where the closing lines begin, after the text of the last clause."""
    lines = [line for line in _lines(text) if line[0] > last.label_end]
    start = len(text)
    for offset, line in reversed(lines):
        closes = data.lines.closing.match(line) or data.lines.closing.search(line)
        if not closes and (data.lines.stopped(line) or data.lines.running(line)):
            break
        start = offset
    return start


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs of a clause: lines up to one that ends with a full stop or a colon."""
    spans, start = [], 0
    for offset, line in _lines(text):
        end = offset + len(line)
        if line.rstrip().rstrip("”’」』)）》").endswith(tuple("。：！？.:!?")):
            spans.append((start, end))
            start = end
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans

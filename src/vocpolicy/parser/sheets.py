"""Rows of a decision table from a CSV file, as spreadsheets write it.

    name of file, bytes -> text -> records -> rows as a rule file has them -> syntax

The first record names the inputs, the outputs and, last, the columns `cite` and `because` if
there are any; `cite plan` names the document once for the column.  The other cells say what the
cells of a row in a rule file say.  Spans lead to the file itself, row and column.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from attrs import define, evolve, field, frozen

from vocpolicy.diagnostics import Diagnostic
from vocpolicy.keywords import KEYWORDS
from vocpolicy.parser.parse import parse
from vocpolicy.source import Source, Span
from vocpolicy.syntax import Row, Sheet, Table

_WORDS = {
    word: row.terminal
    for row in KEYWORDS
    if row.terminal in ("CITE", "_BECAUSE")
    for word in (*row.en, *row.zh)
}
_CITE, _BECAUSE = (
    next(row.en[0] for row in KEYWORDS if row.terminal == terminal)
    for terminal in ("CITE", "_BECAUSE")
)
_TABLE, _DECIDES = (
    next(row.en[0] for row in KEYWORDS if row.terminal == terminal)
    for terminal in ("TABLE", "DECIDES")
)
# What would end a cell, or its row, in a rule file.
_FORBIDDEN = re.compile(r"[|｜{}｛｝;；#＃`\r\n]")
_CELL = re.compile(r'[ \t]*(?:"((?:[^"]|"")*)"[ \t]*|([^,\n]*))(,|\n|\Z)')


@frozen
class Cell:
    """A cell of the file: its text, and where it begins (within the quotes, if it has them)."""

    text: str
    start: int
    end: int


def decoded(data: bytes) -> str | None:
    """The text of a CSV file, in UTF-8 or, as spreadsheets in China write it, GB 18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n")
    return None


def rows_of(table: Table, sheet: Sheet, source: Source) -> tuple[Table, list[Diagnostic]]:
    """The table with the rows that the file holds, and what is wrong with them."""
    records = list(_records(source.text))
    if not records:
        return evolve(table, sheet=None), []
    misplaced = list(_order_mistakes(records[0], source))
    wrong = [(record, list(_record_mistakes(record, records[0], source))) for record in records]
    mistakes = misplaced + [one for _, several in wrong for one in several]
    if misplaced or wrong[0][1]:
        return table, mistakes
    kept = [record for record, several in wrong if not several]
    if mistakes and len(kept) < 2:
        return table, mistakes  # that no row is left is no mistake of its own
    written = _Written(source)
    written.table(kept)
    file, unread = parse(written.source, 8 * len(written.text))
    rows: tuple[Row, ...] = ()
    for declaration in file.declarations:
        if isinstance(declaration, Table):
            rows = declaration.rows
    found = [*mistakes, *unread]
    return evolve(table, rows=rows, sheet=sheet if found else None), found


# ---- the file --------------------------------------------------------------------------------


def _records(text: str) -> Iterator[list[Cell]]:
    """The records of the file; blank lines are none."""
    position, record = 0, list[Cell]()
    while position < len(text) or record:
        found = _CELL.match(text, position)
        if found is None:  # a quoted cell with something after it: taken as it stands
            found = re.compile(r"()([^,\n]*)(,|\n|\Z)").match(text, position)
            assert found is not None
        which = 1 if found[2] is None else 2
        inner = found[which].replace('""', '"') if which == 1 else found[2].strip()
        lead = len(found[which]) - len(found[which].lstrip()) if which == 2 else 0
        start = found.start(which) + lead
        record.append(Cell(inner, start, max(start, found.end(which))))
        position = found.end()
        if found[3] != ",":
            if any(cell.text for cell in record):
                yield record
            record = []
            if position >= len(text):
                return


def _record_mistakes(
    record: Sequence[Cell], header: Sequence[Cell], source: Source
) -> Iterator[Diagnostic]:
    """A row of the wrong length, and cells that hold what no cell of a table can hold."""
    row = source.position(record[0].start)[0]
    if len(record) != len(header):
        span = Span(source, record[0].start, record[-1].end)
        args = {"row": row, "found": len(record), "wanted": len(header)}
        yield Diagnostic("V717", span, args)
    notes = _note_columns(header)
    for column, cell in enumerate(record):
        if notes.get(column) != "_BECAUSE":
            yield from _cell_mistakes(cell, {"row": row, "column": column + 1}, source)


def _cell_mistakes(cell: Cell, place: Mapping[str, object], source: Source) -> Iterator[Diagnostic]:
    span = Span(source, cell.start, cell.end)
    if found := _FORBIDDEN.search(cell.text):
        sign = found[0] if found[0].isprintable() else repr(found[0])[1:-1]
        yield Diagnostic("V715", span, {**place, "found": sign})
    elif cell.text.count('"') % 2 or cell.text.count("“") != cell.text.count("”"):
        yield Diagnostic("V716", span, place)


def _order_mistakes(header: Sequence[Cell], source: Source) -> Iterator[Diagnostic]:
    """The columns `cite` and `because` come last: what is decided ends where they begin."""
    notes = _note_columns(header)
    for column in notes:
        if any(later not in notes for later in range(column, len(header))):
            cell = header[column]
            yield Diagnostic("V718", Span(source, cell.start, cell.end), {"found": cell.text})


def _note_columns(header: Sequence[Cell]) -> dict[int, str]:
    """Columns that say where a row comes from, and why: CITE or _BECAUSE by column."""
    first = {at: cell.text.split(None, 1)[:1] for at, cell in enumerate(header)}
    return {at: _WORDS[word[0]] for at, word in first.items() if word and word[0] in _WORDS}


# ---- as a rule file has it --------------------------------------------------------------------


@define(frozen=True, slots=False, eq=False)
class _Sheet(Source):
    """A text made from a file, whose places are told as those of the file.

    Attributes:
        origin: the file.
        starts, at: where each run of the text begins, and its place in the file.
    """

    origin: Source = field(kw_only=True, repr=False)
    starts: tuple[int, ...] = field(kw_only=True, repr=False)
    at: tuple[int, ...] = field(kw_only=True, repr=False)

    def position(self, offset: int) -> tuple[int, int]:
        run = max(0, bisect_right(self.starts, offset) - 1)
        last = self.at[run + 1] if run + 1 < len(self.at) else len(self.origin.text)
        place = self.at[run] + offset - self.starts[run]
        return self.origin.position(min(place, max(last, self.at[run])))

    def line(self, number: int) -> str:
        return self.origin.line(number)


class _Written:
    """The text that is made of the records, and which part of it comes from where."""

    def __init__(self, origin: Source) -> None:
        self.origin = origin
        self.text = ""
        self.runs: list[tuple[int, int]] = []

    @property
    def source(self) -> Source:
        starts, at = zip(*self.runs, strict=True)
        return _Sheet(self.origin.name, self.text, origin=self.origin, starts=starts, at=at)

    def add(self, text: str, at: int) -> None:
        self.runs.append((len(self.text), at))
        self.text += text

    def table(self, records: Sequence[Sequence[Cell]]) -> None:
        """A table of one output stands in for the one that names the file: only rows are kept."""
        self.add(f"{_TABLE} t {_DECIDES} t first {{\n", 0)
        notes = _note_columns(records[0])
        for place, record in enumerate(records):
            for column, cell in enumerate(record):
                if column not in notes:
                    self.add("| ", cell.start)
                    self.add(cell.text or "-", cell.start)
                    self.add(" ", cell.end)
            self.add("|", record[-1].end)
            if place:
                self._notes(record, records[0], notes)
            self.add("\n", record[-1].end)
        self.add("}\n", len(self.origin.text))

    def _notes(self, record: Sequence[Cell], header: Sequence[Cell], notes: dict[int, str]) -> None:
        for column, terminal in notes.items():
            cell = record[column]
            if not cell.text:
                continue
            if terminal == "CITE":
                _, _, document = header[column].text.partition(" ")
                self.add(f" {_CITE} {document} ".replace("  ", " "), cell.start)
                self.add(cell.text, cell.start)
            else:
                escaped = cell.text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
                self.add(f' {_BECAUSE} "', cell.start)
                self.add(escaped + '"', cell.start)

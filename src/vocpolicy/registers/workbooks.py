"""Workbooks (.xlsx), row by row: cells as text that facts are read from, exactly.

A number is stored as a floating-point number, so its shortest text is what was typed; one shown as
a percentage is read as it is shown.  A formula has the value that was stored with it, and one
without such a value is refused, for it would read as an empty cell.
"""

from __future__ import annotations

import datetime
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

import pyarrow as pa
from attrs import Factory, define, frozen

from vocpolicy.diagnostics import Diagnostic, MissingExtraError, UsageError
from vocpolicy.registers.tables import Part, distinct, unreadable

try:
    from openpyxl import Workbook, load_workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.utils import get_column_letter
    from openpyxl.utils.exceptions import InvalidFileException
except ImportError as error:
    raise MissingExtraError([Diagnostic("V699")]) from error

ROWS = 2**13
"""Rows of a part: cells are Python objects, and large."""

MOST_ROWS = 2**20
"""Rows that a sheet can hold."""

LONGEST_EXACT = 15
"""Digits of a number that spreadsheet programs keep."""

BROKEN = (
    *(OSError, ValueError, KeyError, AttributeError, TypeError),  # openpyxl asks for parts by name
    *(zipfile.BadZipFile, InvalidFileException, ParseError),
)


def cell_text(cell: Any) -> str | None:
    """What a cell says, as a person would type it; None where it is empty."""
    value = cell.value
    match value:
        case None | "":
            return None
        case bool():
            return str(value).lower()
        case int() | float():
            exact = Decimal(str(value))
            percent = "%" in (cell.number_format or "")
            return f"{_plain(exact * 100)}%" if percent else _plain(exact)
        case datetime.datetime():
            whole = value.time() == datetime.time()
            return value.date().isoformat() if whole else value.isoformat(" ")
        case _:
            return str(value)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@frozen(eq=False)
class WorkbookTable:
    path: str
    names: tuple[str, ...]
    total: int
    first: int
    sheet: Any
    formulas: Any
    books: Sequence[Any]

    def parts(self) -> Iterator[Part]:
        rows: list[Sequence[Any]] = []
        number = self.first
        try:
            for number, cells in self._rows():
                rows.append(cells)
                if len(rows) == ROWS:
                    yield self._part(rows, number)
                    rows = []
        except BROKEN as error:
            raise unreadable(self.path, "damaged", row=number + 1) from error
        yield self._part(rows, max(self.total, number))

    def _rows(self) -> Iterator[tuple[int, Sequence[Any]]]:
        """The rows below the header that hold anything, with their numbers in the sheet."""
        rows = self.sheet.iter_rows(min_row=self.first + 1)
        formulas = self.formulas.iter_rows(min_row=self.first + 1) if self.formulas else None
        for number, cells in enumerate(rows, start=self.first + 1):
            if formulas is not None:
                self._check(cells, next(formulas, ()), number)
            if all(cell.value in (None, "") for cell in cells):
                continue
            if any(cell.value not in (None, "") for cell in cells[len(self.names) :]):
                found = max(at for at, cell in enumerate(cells, 1) if cell.value is not None)
                expected = len(self.names)
                raise unreadable(self.path, "row", row=number, found=found, expected=expected)
            yield number, cells[: len(self.names)]

    def _check(self, cells: Sequence[Any], formulas: Sequence[Any], number: int) -> None:
        for place, (cell, formula) in enumerate(zip(cells, formulas, strict=False), start=1):
            if cell.value is None and formula.value is not None and formula.data_type == "f":
                where = f"{get_column_letter(place)}{number}"
                raise UsageError([Diagnostic("V697", args={"path": self.path, "cell": where})])

    def _part(self, rows: list[Sequence[Any]], done: int) -> Part:
        texts = [[cell_text(cell) for cell in cells] for cells in rows]
        width = len(self.names)
        columns = [
            pa.array([row[at] if at < len(row) else None for row in texts], pa.string())
            for at in range(width)
        ]
        return Part(pa.table(columns, names=list(self.names)), min(done, self.total or done), rows)

    def close(self) -> None:
        for book in self.books:
            book.close()


def open_workbook(path: str, sheet: str | None) -> WorkbookTable:
    """Raises UsageError: it is no workbook, has no such sheet, or no header."""
    book = _loaded(path, data_only=True)
    found = _sheet(path, book, sheet)
    total = found.max_row or 0
    found.reset_dimensions()  # what a file says of its size need not be so
    books = [book]
    formulas = None
    if _has_formulas(path):
        books.append(_loaded(path, data_only=False))
        formulas = _sheet(path, books[-1], sheet)
        formulas.reset_dimensions()
    for number, cells in enumerate(found.iter_rows(), start=1):
        values = [cell.value for cell in cells]
        while values and values[-1] in (None, ""):
            values.pop()
        if values:
            names = distinct(values)
            return WorkbookTable(path, names, total, number, found, formulas, books)
    raise unreadable(path, "empty")


def _loaded(path: str, *, data_only: bool) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and the like, which are not read
            return load_workbook(path, read_only=True, data_only=data_only)
    except BROKEN as error:
        raise unreadable(path, "workbook") from error


def _sheet(path: str, book: Any, name: str | None) -> Any:
    if name is None and not book.worksheets:  # charts alone
        raise unreadable(path, "empty")
    if name is None:
        return book.worksheets[0]
    if name not in book.sheetnames:
        raise unreadable(path, "sheet", sheet=name)
    return book[name]


def _has_formulas(path: str) -> bool:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as file:
                    before = b""
                    while block := file.read(2**20):
                        if b"<f>" in before + block or b"<f " in before + block:
                            return True
                        before = block[-2:]
    return False


# ---- writing -------------------------------------------------------------------------------


@define
class WorkbookWriter:
    path: str
    rows: int = 0
    book: Any = Factory(lambda: Workbook(write_only=True))
    sheet: Any = None

    def write(self, part: Part, added: Any) -> None:
        """Raises UsageError: more rows than a sheet holds."""
        if self.sheet is None:
            self.sheet = self.book.create_sheet("vocpolicy")
            self._append([*part.table.column_names, *added.column_names])
        if self.rows + part.table.num_rows > MOST_ROWS:
            raise UsageError([Diagnostic("V698", args={"path": self.path, "most": MOST_ROWS - 1})])
        width = part.table.num_columns
        if part.cells:
            before = [[self._same(cell) for cell in row] for row in part.cells]
        else:
            columns = [column.to_pylist() for column in part.table.columns]
            before = [[self._cell(value) for value in row] for row in zip(*columns, strict=True)]
        after = zip(*(column.to_pylist() for column in added.columns), strict=True)
        for row, new in zip(before, after, strict=True):
            blank = [None] * (width - len(row))
            self._append([*row, *blank, *map(self._cell, new)])

    def _append(self, row: list[Any]) -> None:
        self.sheet.append(row)
        self.rows += 1

    def _same(self, cell: Any) -> Any:
        found = self._cell(cell.value)
        if found is not None:
            found.number_format = cell.number_format or "General"
        return found

    def _cell(self, value: Any) -> Any:
        """A cell; text that begins like a formula stays text, long numbers keep their digits."""
        if value is None:
            return None
        if isinstance(value, int) and len(str(abs(value))) > LONGEST_EXACT:
            value = str(value)
        if not isinstance(value, bool | int | float | Decimal | datetime.date | datetime.time):
            value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(value))
        if isinstance(value, datetime.datetime):
            value = value.replace(tzinfo=None)
        found = WriteOnlyCell(self.sheet, value)
        if isinstance(value, str):
            found.data_type = "s"
        return found

    def close(self) -> None:
        if self.sheet is None:
            self.book.create_sheet("vocpolicy")
        self.book.save(self.path)

"""CSV files: text in UTF-8, else GB18030; every cell is text, and stays as it is written."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
from attrs import define, frozen

from vocpolicy.registers.tables import Part, appended, distinct, unreadable

BLOCK = 2**22
"""Bytes that are read at a time."""

DELIMITERS = ",\t;"
ENCODINGS = ("utf-8", "gb18030")


@frozen(eq=False)
class CsvTable:
    path: str
    names: tuple[str, ...]
    total: int
    encoding: str
    delimiter: str
    file: Any

    def parts(self) -> Iterator[Part]:
        wrong: list[Any] = []

        def refuse(row: Any) -> str:
            wrong.append(row)
            return "skip"  # an error here would break the process off at its end

        reader, rows = None, 1
        try:
            reader = self._reader(refuse)
            for batch in reader:
                if wrong:
                    raise self._broken(wrong, rows)
                rows += batch.num_rows
                table = pa.Table.from_batches([batch]).rename_columns(list(self.names))
                yield Part(table, min(self.file.tell(), self.total))
            if wrong:
                raise self._broken(wrong, rows)
            if rows == 1:
                empty = [pa.array([], pa.string()) for _ in self.names]
                yield Part(pa.table(empty, names=list(self.names)), self.total)
        except pa.ArrowException as error:
            raise self._broken(wrong, rows) from error
        finally:
            if reader is not None:
                reader.close()

    def _reader(self, refuse: Any) -> Any:
        kinds = {f"f{place}": pa.string() for place in range(len(self.names))}
        return pacsv.open_csv(
            self.file,
            pacsv.ReadOptions(
                use_threads=False,
                block_size=BLOCK,
                encoding=self.encoding,
                column_names=list(kinds),
                skip_rows=0,
                skip_rows_after_names=1,
            ),
            pacsv.ParseOptions(
                delimiter=self.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=len(self.names) > 1,
                invalid_row_handler=refuse,
            ),
            pacsv.ConvertOptions(column_types=kinds, strings_can_be_null=False),
        )

    def _broken(self, wrong: list[Any], rows: int) -> Exception:
        if not wrong:
            return unreadable(self.path, "damaged", row=rows + 1)
        row = wrong[0]
        numbers = {"found": row.actual_columns, "expected": row.expected_columns}
        return unreadable(self.path, "row", row=row.number or rows + 1, **numbers)

    def close(self) -> None:
        self.file.close()


def open_csv(path: str) -> CsvTable:
    """Raises UsageError: it has no header, or is no text."""
    encoding = encoding_of(path)
    header, delimiter = _header(path, encoding)
    file = Path(path).open("rb")  # noqa: SIM115 - closed with the table
    if encoding == "utf-8" and file.read(3) != codecs.BOM_UTF8:
        file.seek(0)
    total = Path(path).stat().st_size
    return CsvTable(path, distinct(header), total, encoding, delimiter, file)


def encoding_of(path: str) -> str:
    """The first encoding that the whole file is text in."""
    for encoding in ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        with Path(path).open("rb") as file:
            try:
                while block := file.read(BLOCK):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
        return encoding
    raise unreadable(path, "encoding")


def _header(path: str, encoding: str) -> tuple[list[str], str]:
    with Path(path).open(
        encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline=""
    ) as file:
        first = file.readline()
        delimiter = max(DELIMITERS, key=first.count)
        file.seek(0)
        header = next(csv.reader(file, delimiter=delimiter), [])
    if not header:
        raise unreadable(path, "empty")
    return header, delimiter


@define
class CsvWriter:
    """In UTF-8 with a mark at its beginning, which spreadsheet programs look for."""

    path: str
    file: Any = None
    out: Any = None

    def write(self, part: Part, added: Any) -> None:
        table = appended(part.table, added)
        if self.file is None:
            self.out = Path(self.path).open("wb")  # noqa: SIM115 - closed in the end
            self.out.write(codecs.BOM_UTF8)
            kinds = [pa.field(name, pa.string()) for name in table.column_names]
            options = pacsv.WriteOptions(quoting_style="needed")
            self.file = pacsv.CSVWriter(self.out, pa.schema(kinds), write_options=options)
        columns = [_text(table[name]) for name in table.column_names]
        self.file.write_table(pa.table(columns, names=table.column_names))

    def close(self) -> None:
        if self.file is not None:
            self.file.close()
            self.out.close()


def _text(column: Any) -> Any:
    """Cells as text: what has no text of its own as JSON would have it."""
    kind = column.type
    if pa.types.is_string(kind):
        return column
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        cells = [None if one is None else str(one) for one in column.to_pylist()]
        return pa.chunked_array([pa.array(cells, pa.string())])
    return pc.cast(column, pa.string())

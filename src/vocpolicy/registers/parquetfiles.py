"""Parquet files, a group of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import define, frozen

from vocpolicy.registers.tables import ROWS, Part, appended, distinct, unreadable


@frozen(eq=False)
class ParquetTable:
    path: str
    file: Any
    names: tuple[str, ...]
    total: int

    def parts(self) -> Iterator[Part]:
        done = 0
        try:
            for batch in self.file.iter_batches(batch_size=ROWS):
                done += batch.num_rows
                table = pa.Table.from_batches([batch]).rename_columns(list(self.names))
                yield Part(table, done)
            if self.total == 0:
                yield Part(self.file.schema_arrow.empty_table(), 0)
        except (OSError, pa.ArrowException) as error:
            raise unreadable(self.path, "damaged", row=done + 1) from error

    def close(self) -> None:
        self.file.close()


def open_parquet(path: str) -> ParquetTable:
    """Raises UsageError: it is no Parquet file."""
    try:
        file = pq.ParquetFile(path, memory_map=False, pre_buffer=False)
    except (OSError, pa.ArrowException) as error:
        raise unreadable(path, "parquet") from error
    return ParquetTable(path, file, distinct(file.schema_arrow.names), file.metadata.num_rows)


@define
class ParquetWriter:
    path: str
    file: Any = None

    def write(self, part: Part, added: Any) -> None:
        table = appended(part.table, added)
        if self.file is None:
            self.file = pq.ParquetWriter(self.path, table.schema)
        self.file.write_table(table)

    def close(self) -> None:
        if self.file is not None:
            self.file.close()

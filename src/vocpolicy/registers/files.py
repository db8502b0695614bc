"""From a table in a file to a file with what rules come to; nothing is left half-written."""

from __future__ import annotations

import datetime
import io
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl
from attrs import frozen

from vocpolicy import core
from vocpolicy.diagnostics import Diagnostic, UsageError
from vocpolicy.policy import Policy
from vocpolicy.registers.csvfiles import CsvWriter, open_csv
from vocpolicy.registers.headers import columns_of
from vocpolicy.registers.judging import Judge, Tally
from vocpolicy.registers.parquetfiles import ParquetWriter, open_parquet
from vocpolicy.registers.tables import Table, Writer

Advance = Callable[[int, int], None]
"""Told how far a file is read, of how much; 0 where that is not known."""


def _workbook(path: str, sheet: str | None) -> Table:
    from vocpolicy.registers.workbooks import open_workbook

    return open_workbook(path, sheet)


def _workbook_writer(path: str) -> Writer:
    from vocpolicy.registers.workbooks import WorkbookWriter

    return WorkbookWriter(path)


@frozen
class Kind:
    """How tables of a kind are read (a path, a sheet) and written."""

    read: Callable[[str, str | None], Table]
    write: Callable[[str], Writer]


KINDS: Mapping[str, Kind] = {
    ".csv": Kind(lambda path, _: open_csv(path), CsvWriter),
    ".parquet": Kind(lambda path, _: open_parquet(path), ParquetWriter),
    ".xlsx": Kind(_workbook, _workbook_writer),
}


def kind_of(path: str) -> Kind:
    """Raises UsageError: the name's end says no kind of table."""
    kind = KINDS.get(Path(path).suffix.lower())
    if kind is None:
        raise UsageError([Diagnostic("V809", args={"path": path})])
    return kind


def scan(path: str) -> pl.LazyFrame:
    """A table as a lazy frame, with types that its cells show.

    Raises:
        UsageError: a file that is not there, or of no kind of table.
    """
    kind = kind_of(path)
    if not Path(path).is_file():
        raise UsageError([Diagnostic("V601", args={"path": path})])
    if Path(path).suffix.lower() == ".parquet":
        return pl.scan_parquet(path)
    table = kind.read(path, None)
    try:
        frames = [pl.DataFrame(part.table) for part in table.parts()]
    finally:
        table.close()
    text = io.BytesIO()
    pl.concat(frames).write_csv(text)
    return pl.read_csv(text.getvalue(), try_parse_dates=True, infer_schema_length=None).lazy()


def judge_file(
    policy: Policy,
    path: str,
    out: str | None,
    names: Sequence[str],
    day: datetime.date,
    *,
    counting: bool = True,
    columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
    explain: str = "",
    words: str = "",
    advance: Advance = lambda done, total: None,
) -> Tally:
    """Judge every row of a table, part by part, and write it with what came of it.

    Args:
        out: where; None counts only.
        names: rules or conclusions.
        counting: whether the conditions that speak against are counted.
        columns: which column is a fact's, where it has neither its name nor its label.
        sheet: of a workbook; its first, where none is named.
        explain: `conditions`, `codes` or `text` writes why, too, as `Policy.evaluate_frame` does.
        words: `en` or `zh` writes outcomes, choices and conditions in words of that language, in
            columns headed by labels; "" writes them by their names, for programs.

    Raises:
        UsageError: a file that is not there, is broken or cannot be written; columns that are no
            facts; what columns cannot do.
    """
    kind, target = kind_of(path), kind_of(out) if out is not None else None
    if not Path(path).is_file():
        raise UsageError([Diagnostic("V601", args={"path": path})])
    table = kind.read(path, sheet)
    try:
        judge = _judge(policy, table.names, names, day, counting, columns or {}, explain, words)
        if out is None or target is None:
            for part in table.parts():
                judge.judged(part.table)
                advance(part.done, table.total)
            return judge.tally
        with written(out) as temporary:
            _copy(table, judge, target.write(temporary), advance)
        return judge.tally
    finally:
        table.close()


def _judge(
    policy: Policy,
    header: Sequence[str],
    names: Sequence[str],
    day: datetime.date,
    counting: bool,
    columns: Mapping[str, str],
    explain: str,
    words: str,
) -> Judge:
    needs = {name: _with_bounding(policy, name) for name in names}
    facts: dict[str, core.Fact] = {}
    for several in needs.values():
        facts |= several
    found = columns_of(header, facts, columns)
    judge = Judge(
        policy,
        names,
        day,
        found,
        facts,
        {name: frozenset(several) for name, several in needs.items()},
        counting,
        explain,
        words,
    )
    judge.tally.unnamed = tuple(name for name in facts if name not in found)
    return judge


def _with_bounding(policy: Policy, name: str) -> dict[str, core.Fact]:
    """The facts that something needs, and those that bound them."""
    known = {fact.name: fact for fact in policy.facts()} | {f.name: f for f in policy.facts(name)}
    waiting, found = [fact.name for fact in policy.facts(name)], dict[str, core.Fact]()
    while waiting:
        one = waiting.pop(0)
        if one in known and one not in found:
            found[one] = known[one]
            bounds = [bound for _, bound in known[one].compares]
            waiting += [b.name for b in bounds if isinstance(b, core.FactRef | core.FieldRef)]
    return found


def _copy(table: Table, judge: Judge, writer: Writer, advance: Advance) -> None:
    try:
        for part in table.parts():
            judged = judge.judged(part.table).with_columns(pl.col(pl.Enum).cast(pl.String))
            added = judged.to_arrow(compat_level=pl.CompatLevel.oldest())
            writer.write(part, _plain(added))
            advance(part.done, table.total)
    finally:
        writer.close()


def _plain(added: Any) -> Any:
    """With the one type of text that every reader of files knows."""
    import pyarrow as pa

    plain = {pa.large_string(): pa.string()}
    fields = [field.with_type(plain.get(field.type, field.type)) for field in added.schema]
    return added.cast(pa.schema(fields))


@contextmanager
def written(path: str) -> Iterator[str]:
    """A file beside the wanted one, which takes its place in the end, or is gone.

    Raises:
        UsageError: it cannot be written.
    """
    target = Path(path)
    try:
        handle, temporary = tempfile.mkstemp(target.suffix, f".{target.stem}-", target.parent)
    except OSError as error:
        raise UsageError([Diagnostic("V652", args={"path": path})]) from error
    os.close(handle)
    try:
        yield temporary
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(target)
    except OSError as error:
        raise UsageError([Diagnostic("V652", args={"path": path})]) from error
    finally:
        Path(temporary).unlink(missing_ok=True)

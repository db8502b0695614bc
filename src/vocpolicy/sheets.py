"""Tables whose rows are in a CSV file beside the policy: the file found, read and put in."""

from __future__ import annotations

import os
from pathlib import Path

from attrs import evolve

from vocpolicy import syntax
from vocpolicy.diagnostics import Diagnostic
from vocpolicy.parser import LARGEST
from vocpolicy.parser.sheets import decoded, rows_of
from vocpolicy.resolver import Mistakes
from vocpolicy.source import Source


def with_sheets(
    file: syntax.File, root: Path | None, mistakes: Mistakes, most_bytes: int = LARGEST
) -> syntax.File:
    """The file with the rows that its tables have in other files.

    Args:
        root: the policy's folder, outside which nothing is read; None for text from memory.
    """
    named = [one for one in file.declarations if isinstance(one, syntax.Table) and one.sheet]
    if not named:
        return file
    made = tuple(
        _filled(one, file, root, mistakes, most_bytes) if isinstance(one, syntax.Table) else one
        for one in file.declarations
    )
    return evolve(file, declarations=made)


def _filled(
    table: syntax.Table,
    file: syntax.File,
    root: Path | None,
    mistakes: Mistakes,
    most_bytes: int,
) -> syntax.Table:
    sheet = table.sheet
    if sheet is None:
        return table
    if table.rows:
        mistakes.add("V702", sheet.span, name=table.name.text)
        return evolve(table, sheet=None)
    source = _source(sheet, file, root, mistakes, most_bytes)
    if source is None:
        return table
    filled, found = rows_of(table, sheet, source)
    mistakes.found += found
    return filled


def _source(
    sheet: syntax.Sheet,
    file: syntax.File,
    root: Path | None,
    mistakes: Mistakes,
    most_bytes: int,
) -> Source | None:
    """The text of the file that a table names."""
    place = Path(os.path.normpath(Path(file.source.name).parent / sheet.path))
    if root is None:
        mistakes.add("V713", sheet.span, path=sheet.path)
        return None
    if not place.resolve().is_relative_to(root.resolve()):
        mistakes.add("V609", sheet.span, path=sheet.path)
        return None
    if not place.is_file():
        mistakes.add("V713", sheet.span, path=sheet.path)
        return None
    return _read(place, sheet, mistakes, most_bytes)


def _read(place: Path, sheet: syntax.Sheet, mistakes: Mistakes, most_bytes: int) -> Source | None:
    try:
        with place.open("rb") as opened:
            data = opened.read(most_bytes + 1)
    except OSError:
        mistakes.add("V613", sheet.span, path=str(place))
        return None
    if len(data) > most_bytes:
        mistakes.found.append(
            Diagnostic("V604", sheet.span, {"path": str(place), "most": most_bytes})
        )
        return None
    text = decoded(data)
    if text is None or "\0" in text:
        mistakes.add("V714", sheet.span, path=str(place))
        return None
    return Source(str(place), text)

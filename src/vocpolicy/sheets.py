"""Tables whose rows are in a CSV file beside the policy: the file found, read and put in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from attrs import evolve

from vocpolicy import syntax
from vocpolicy.diagnostics import Diagnostic
from vocpolicy.parser import LARGEST
from vocpolicy.parser.sheets import decoded, rows_of
from vocpolicy.resolver import Mistakes
from vocpolicy.source import Source


def with_sheets(
    file: syntax.File,
    root: Path | None,
    mistakes: Mistakes,
    most_bytes: int = LARGEST,
    known: Mapping[str, Source] = MappingProxyType({}),
) -> syntax.File:
    """The file with the rows that its tables have in other files.

    Args:
        root: the policy's folder, outside which nothing is read; None for text from memory.
        known: files that were read before, by their paths.
    """
    named = [one for one in file.declarations if isinstance(one, syntax.Table) and one.sheet]
    if not named:
        return file
    sheets: dict[str, Source] = {}

    def filled(table: syntax.Table) -> syntax.Table:
        sheet = table.sheet
        if sheet is None:
            return table
        if table.rows:
            mistakes.add("V702", sheet.span, name=table.name.text)
            return evolve(table, sheet=None)
        place = os.path.normpath(Path(file.source.name).parent / sheet.path)
        source = known.get(place) or _source(sheet, Path(place), root, mistakes, most_bytes)
        if source is None:
            return table
        sheets[place] = source
        with_rows, found = rows_of(table, sheet, source)
        mistakes.found += found
        return with_rows

    made = tuple(filled(one) if isinstance(one, syntax.Table) else one for one in file.declarations)
    return evolve(file, declarations=made, sheets=tuple(sheets.values()))


def _source(
    sheet: syntax.Sheet,
    place: Path,
    root: Path | None,
    mistakes: Mistakes,
    most_bytes: int,
) -> Source | None:
    """The text of the file that a table names."""
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

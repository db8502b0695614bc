"""The catalogue of messages: every code, in both languages, one file per area."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vocpolicy.diagnostics.catalog import (
    advice,
    amendments,
    analysis,
    columns,
    comparing,
    compiled,
    documents,
    facts,
    files,
    lints,
    names,
    properties,
    registers,
    rules,
    syntax,
    tables,
    types,
)
from vocpolicy.diagnostics.catalog.entry import Entry

__all__ = ["CATALOG", "Entry"]


def _catalog() -> Mapping[str, Entry]:
    table: dict[str, Entry] = {}
    for area in (
        advice,
        amendments,
        analysis,
        columns,
        comparing,
        compiled,
        syntax,
        names,
        types,
        rules,
        tables,
        facts,
        properties,
        registers,
        documents,
        files,
        lints,
    ):
        for entry in area.ENTRIES:
            if entry.code in table:
                raise ValueError(f"two messages with the code {entry.code}")
            table[entry.code] = entry
    return MappingProxyType(table)


CATALOG: Mapping[str, Entry] = _catalog()

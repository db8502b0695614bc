"""Messages about spelling and syntax: V1."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry

ENTRIES: tuple[Entry, ...] = ()

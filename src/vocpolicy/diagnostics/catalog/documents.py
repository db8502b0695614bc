"""Messages about documents, citations and coverage: V5."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry

ENTRIES: tuple[Entry, ...] = ()

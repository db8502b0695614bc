"""Messages about facts that a user supplies: V4."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry

ENTRIES: tuple[Entry, ...] = ()

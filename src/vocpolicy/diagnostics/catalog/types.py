"""Messages about types, units and bounds: V3."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry

ENTRIES: tuple[Entry, ...] = ()

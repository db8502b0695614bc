"""Messages about properties that a policy is to have, and their tests: V72."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry, entry

ENTRIES: tuple[Entry, ...] = (
    entry(
        "V720",
        ("neither more nor less", "没有高低之分"),
        (
            "`{name}` is {found}, of which there is no more or less.",
            "“{name}”是{found}，没有高低之分。",
        ),
        (
            "Say which way is better of a number or a date only; leave it out here.",
            "只有数和日期可以写越高越好或越低越好，请删去。",
        ),
    ),
)

"""Rules in conflict that others read: whether that leaves these open, or in conflict too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vocpolicy import core

if TYPE_CHECKING:
    from vocpolicy.scalar.writer import Writer


def in_conflict(writer: Writer, found: str, certain: bool = True) -> str:
    """Code for an outcome, of which `found` is the code.

    Where a conflict leaves it open, and nothing is missing, it is a conflict too; where facts are
    missing besides, or something else can leave it open (not `certain`), the interpreter says which
    of the two counts.
    """
    if not writer.clashes:
        return found
    name = writer.keep(found)
    absent = " or ".join(f"{one} is M" for one in writer.variables.values()) or "False"
    kinds = (writer.declared[one].type for one in writer.variables)
    lists = any(isinstance(kind, core.ListType) for kind in kinds)
    certain = certain and not lists and not writer.open
    clash = f"(slow() if {absent} else O_CONFLICT)" if certain else "slow()"
    among = "".join(f"{one}, " for one in writer.clashes)
    open_ = f"{name} is O_UNDETERMINED and O_CONFLICT in ({among})"
    return f"({clash} if {open_} else outcome({name}))"

"""Which code of a conclusion is under the readings that are asked for."""

from __future__ import annotations

from collections.abc import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from vocpolicy.stored.content import Entry


def under(entries: Sequence[Entry], readings: Mapping[str, str] | str) -> Entry | None:
    """The entry under readings, those in use where nothing else is said.

    None where readings are named that none of the entries has: they can be those of something
    that this does not rest on, or nobody's, which the rules have to say.

    Args:
        entries: all for a day; the first is under the readings in use.
        readings: by owner, or one that is taken of every owner that has it.
    """
    has = [(entry, _by_owner(entry.readings)) for entry in entries]
    if not has:
        return None
    in_use = has[0][1]
    if isinstance(readings, Mapping):
        asked = dict(readings)
    else:
        asked = {owner: readings for _, its in has for owner in its if its[owner] == readings}
    if asked.keys() - in_use.keys() or asked == {} != readings:
        return None
    wanted = {**in_use, **asked}
    return next((entry for entry, its in has if its == wanted), None)


def _by_owner(readings: str) -> dict[str, str]:
    pairs = (one.partition("=") for one in readings.split(",") if one)
    return {owner: reading for owner, _, reading in pairs}

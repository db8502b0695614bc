"""Facts from several files as one mapping: observations by date add up."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from vocpolicy.diagnostics import Diagnostic, FactError
from vocpolicy.spelled.dates import observed


def merge_facts(given: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """The facts of several files, as `read_facts` takes them.

    Args:
        given: facts by the name of their file.

    Raises:
        FactError: two files say different things of a fact, or of a fact on one day.
    """
    merged: dict[str, object] = {}
    said_by: dict[str, str] = {}
    mistakes: list[Diagnostic] = []
    for file, facts in given.items():
        for name, value in facts.items():
            old = merged.get(name)
            if name not in merged or old == value:
                merged[name] = value
            elif (both := _together(old, value)) is not None:
                merged[name] = both
            else:
                args = {"name": name, "first": said_by[name], "second": file}
                mistakes.append(Diagnostic("V431", args=args))
            said_by[name] = file
    if mistakes:
        raise FactError(mistakes)
    return merged


def _together(old: object, new: object) -> dict[datetime.date, object] | None:
    """The observations of both; None where they are none, or differ on a day."""
    first, second = _by_date(old), _by_date(new)
    if first is None or second is None:
        return None
    differ = any(day in first and first[day] != value for day, value in second.items())
    return None if differ else {**first, **second}


def _by_date(value: object) -> dict[datetime.date, object] | None:
    """Observations by their day, however they are written."""
    if isinstance(value, Mapping):
        pairs = list(value.items())
    elif isinstance(value, list) and value:
        if not all(isinstance(one, Mapping) and one.keys() == {"date", "value"} for one in value):
            return None
        pairs = [(one["date"], one["value"]) for one in value]
    else:
        return None
    found: dict[datetime.date, object] = {}
    for key, said in pairs:
        day = observed(key)
        if day is None or day in found:
            return None
        found[day] = said
    return found

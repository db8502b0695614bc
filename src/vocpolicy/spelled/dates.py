"""Dates as facts give them."""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})[日号]")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})|(\d{4})年(\d{1,2})月")
_YEAR_END = re.compile(r"(?:end\s+of\s+)?(\d{4})|(\d{4})年底?")


def day(raw: object) -> datetime.date | None:
    """A date: a `datetime.date`, `2023-06-01` or `2023年6月1日`; None where it is none.

    A date with a time counts where the time is midnight, as spreadsheets write dates.
    """
    if isinstance(raw, datetime.datetime):
        return raw.date() if raw.time() == datetime.time() else None
    if isinstance(raw, datetime.date):
        return raw
    if not isinstance(raw, str):
        return None
    text = unicodedata.normalize("NFKC", raw).strip()
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year, month, date = (int(part) for part in match.groups() if part)
    return _made(year, month, date)


def observed(raw: object) -> datetime.date | None:
    """The day of an observation: a date; of a month or a year, its last day."""
    found = day(raw)
    if found is not None:
        return found
    if isinstance(raw, int) and not isinstance(raw, bool) and 1000 <= raw <= 9999:
        return datetime.date(raw, 12, 31)
    if not isinstance(raw, str):
        return None
    text = unicodedata.normalize("NFKC", raw).strip()
    match = _MONTH.fullmatch(text)
    if match is not None:
        year, month = (int(part) for part in match.groups() if part)
        if not 1 <= month <= 12 or year < 1:
            return None
        return _made(year, month, calendar.monthrange(year, month)[1])
    match = _YEAR_END.fullmatch(text)
    return _made(int(match[1] or match[2]), 12, 31) if match else None


_OBSERVATION = frozenset({"date", "value"})


def observations(raw: object, record: bool, listed: bool) -> Iterator[tuple[object, object]]:
    """Days and values, where a value is written as observations by date.

    Args:
        record, listed: whether a single value is a record, or a list.
    """
    if isinstance(raw, Mapping):
        if raw.keys() == _OBSERVATION and not record:
            yield raw["date"], raw["value"]
        elif (raw and not record) or any(observed(key) for key in raw):
            yield from raw.items()
    elif isinstance(raw, list | tuple) and raw:
        dated = all(isinstance(item, Mapping) and item.keys() == _OBSERVATION for item in raw)
        if dated and not listed:
            yield from ((item["date"], item["value"]) for item in raw)


def _made(year: int, month: int, date: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, date)
    except ValueError:
        return None

"""What is asked of a frame, in one piece."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from attrs import Factory, field, frozen

from vocpolicy.diagnostics import Diagnostic, UsageError, close_names
from vocpolicy.keywords import EXPLAINS

ENGINES = ("columns", "rows")


@frozen
class Call:
    """
    Attributes:
        rules: names of rules, conclusions, targets, provisions and definitions.
        day: the date of evaluation, or the column that has each row's.
        readings: readings by their owner.
        explain: `conditions`, `codes`, `text`, or "".
        columns: the column of a fact, where it is not called as the fact is.
        children: tables that belong to the records, as `vocpolicy.columnar.children` has them.
        missing: whether the missing facts are asked for.
        engine: `columns`, `rows`, or "": columns, and rows where a small frame is quicker so.
    """

    rules: tuple[str, ...]
    day: datetime.date | str
    readings: Mapping[str, str] = Factory(dict)
    explain: str = ""
    columns: Mapping[str, str] = Factory(dict)
    children: Mapping[str, Any] = Factory(dict)
    missing: bool = False
    engine: str = field(default="")

    def __attrs_post_init__(self) -> None:
        if self.explain and self.explain not in EXPLAINS:
            raise _unknown("V806", self.explain, EXPLAINS)
        if self.engine and self.engine not in ENGINES:
            raise _unknown("V684", self.engine, ENGINES)


def _unknown(code: str, name: str, known: tuple[str, ...]) -> UsageError:
    return UsageError([Diagnostic(code, args={"name": name, "close": close_names(name, known)})])

"""The law of engines: compiled code, the search over boxes and columns say what the interpreter
says."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from vocpolicy import core
from vocpolicy.box import NotSearchableError, is_settled
from vocpolicy.box.model import model_of
from vocpolicy.core import Labels
from vocpolicy.diagnostics import MissingExtraError, UsageError
from vocpolicy.facts import read_facts
from vocpolicy.outcome import WORDS
from vocpolicy.properties.certificates import wording
from vocpolicy.properties.model import Tried
from vocpolicy.properties.words import BROKEN, ENGINES, filled

Answer = str
"""The value of an outcome; "" where an engine says nothing of a case."""


def engines_agree(case: Tried) -> Labels | None:
    """Whatever an engine says of a case is what the interpreter says."""
    verdict = case.verdict()
    for name, engine in _ENGINES.items():
        answer = engine(case)
        if answer and answer != verdict.outcome.value:
            return filled(
                BROKEN["engine"],
                name=case.name,
                before=wording(verdict),
                after=answer,
                engine=ENGINES[name],
            )
    return None


def _compiled(case: Tried) -> Answer:
    return case.policy.decide(case.name, case.facts, case.day).value


def _search(case: Tried) -> Answer:
    policy = case.policy.core.on(case.day)
    read = read_facts(policy, case.facts, name=case.name, as_of=case.day)
    try:
        model = model_of(policy, case.name, read, case.day)
        keys = model.keys(model.given)
    except NotSearchableError:
        return ""
    return WORDS[next(iter(keys))[0]].outcome.value if is_settled(keys) else ""


def _columns(case: Tried) -> Answer:
    """By a frame of one row; nothing where a fact is no cell, or no frames are installed."""
    if find_spec("pyarrow") is None or find_spec("narwhals") is None:
        return ""
    row = _cells(case)
    if row is None:
        return ""
    try:
        frame = case.policy.evaluate_frame(_frame(row), case.name, case.day)
    except (MissingExtraError, UsageError):
        return ""
    return str(frame.column(f"{case.name}.outcome")[0].as_py() or "")


def _frame(row: Mapping[str, Any]) -> Any:
    pyarrow = import_module("pyarrow")
    return pyarrow.table({name: [value] for name, value in row.items()})


def _cells(case: Tried) -> dict[str, Any] | None:
    """The facts as cells; None where one is none, or there are none."""
    declared = {one.name: one.type for one in case.policy.facts(case.name)}
    row: dict[str, Any] = {}
    for name, value in case.facts.items():
        cell = _cell(value) if name in declared else None
        if cell is None or isinstance(declared[name], core.OptionalType):
            return None
        row[name] = cell
    return row or None


def _cell(value: object) -> object:
    match value:
        case bool() | int() | str() | datetime.date():
            return value
        case Fraction() if value.denominator & (value.denominator - 1) == 0:
            return float(value)
        case _:
            return None


_ENGINES: Mapping[str, Callable[[Tried], Answer]] = {
    "compiled": _compiled,
    "search": _search,
    "columns": _columns,
}

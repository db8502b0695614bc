"""When records of a list lie, so that windows and lengths of time tell them apart."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from types import MappingProxyType

from attrs import evolve

from vocpolicy import core
from vocpolicy.days import add_days
from vocpolicy.difference.ordering import Taken
from vocpolicy.interpreter import Facts, dates, evaluate
from vocpolicy.trace import Answer


def is_dated(expr: core.Aggregate) -> bool:
    """Whether it matters when a record lies."""
    return expr.window is not None or expr.kind == "total_length"


def dated(
    record: core.Record, entity: core.Entity, several: Iterable[tuple[Taken, Iterable[Fraction]]]
) -> Iterator[core.Record]:
    """A record as it would lie up to the day of evaluation, or before some window begins, for a
    day or as long as a figure asks or a day less; with each aggregate come its figures."""
    asked = [(taken, figures) for taken, figures in several if is_dated(taken.expr)]
    first, last = entity.start, entity.end
    if not asked or first is None or last is None or first in record.values:
        return
    ends = dict.fromkeys(end for taken, _ in asked for end in _ends(taken))
    lengths = dict.fromkeys([1, *(days for one in asked for days in _lengths(*one))])
    for end in ends:
        for days in lengths if first != last else (1,):
            stay = {first: add_days(end, 1 - days), last: end}
            yield evolve(record, values=MappingProxyType({**record.values, **stay}))


def _ends(taken: Taken) -> Iterator[datetime.date]:
    scope, window = taken.compiler.scope, taken.expr.window
    yield scope.day
    if window is None:
        return
    if isinstance(window.value, datetime.date):
        yield add_days(window.value, -1)
    elif isinstance(window.value, Fraction):
        month_end = scope.policy.month_end
        before = dates.shifted(scope.day, -window.value, window.type, month_end)
        if before is not None:
            yield before


def _lengths(taken: Taken, figures: Iterable[Fraction]) -> Iterator[int]:
    """Days that a length asks for, and one less."""
    if taken.expr.kind == "total_length":
        for figure in figures:
            days = math.ceil(figure * (taken.expr.month_days or 1))
            yield from (one for one in (days, days - 1) if one > 0)


def worth(taken: Taken, given: Facts) -> Answer:
    """What an aggregate comes to, by the interpreter."""
    scope = evolve(taken.compiler.scope, facts=given, memo={}, memory=None)
    return evaluate(scope, taken.expr).answer

"""On which day a measure was observed: the latest of the observations that it used.

The interpreter notes of every answer which dated observations were read (`vocpolicy.trace.Step`);
the line to a goal is read on the latest of their days.  What rules decide, and what goes through
records, may read more or less of them from row to row: where observations are among the facts of
that, it is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from vocpolicy import core
from vocpolicy.columnar.calendar import EARLIEST, LATEST, ordinal
from vocpolicy.columnar.logic import Col, level_of
from vocpolicy.columnar.numbers import Number
from vocpolicy.columnar.reading import inner
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import Place
from vocpolicy.core.walk import children
from vocpolicy.interpreter.known import relations
from vocpolicy.needs import needs

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions


def judged(made: Conditions, place: Place, measure: core.Expr, today: Number) -> Number:
    """The day on which a measure is judged, as a count: that on which it was observed, or else
    today."""
    found = observed_on(made, place, measure)
    if found is None:
        return today
    instead = today.lo.expr if isinstance(today.lo, Col) else nw.lit(today.lo, dtype=nw.Int64)
    day = made.sheet.keep(Col(nw.coalesce(found.expr, instead), level_of(found, today.lo)))
    return Number(day, day, Fraction(1), EARLIEST, LATEST)


def observed_on(made: Conditions, place: Place, expr: core.Expr) -> Col | None:
    """The day as a count, null where no observation was used; None where there can be none.

    Raises:
        UsageError: which observations are used turns on more than their dates.
    """
    match expr:
        case core.FactRef():
            return _of_fact(made, place, place.fact(expr))
        case core.DefinitionRef():
            value, inside = place.defined(expr)
            return None if value is None else observed_on(made, inside, value)
        case core.ConclusionRef():
            _refuse(made, place, [expr])
            return None
        case core.Aggregate():
            _refuse(made, place, children(expr))
            return None
        case core.Divide(if_zero=instead) if instead is not None:
            _refuse(made, place, [instead])
            return _latest(observed_on(made, place, one) for one in (expr.left, expr.right))
        case core.Scale(kind="band"):
            _refuse(made, place, [band.value for band in expr.bands])
            starts = [band.start for band in expr.bands]
            return _latest(observed_on(made, place, one) for one in (expr.operand, *starts))
        case _:
            return _latest(observed_on(made, place, one) for one in children(expr))


def _refuse(made: Conditions, place: Place, several: Iterable[core.Expr]) -> None:
    """What may read observations."""
    for expr in several:
        if _reads(made, place, expr):
            raise refused("observed", place.engine, expr.span)


def _reads(made: Conditions, place: Place, expr: core.Expr) -> bool:
    """Whether observations are among the facts of an expression."""
    has = made.entry.has_observed
    match expr:
        case core.FactRef(name):
            return has(name)
        case core.ConclusionRef(name):
            return any(has(one) for one in needs(place.policy, name).facts)
        case core.DefinitionRef():
            value, inside = place.defined(expr)
            return value is not None and _reads(made, inside, value)
        case _:
            return any(_reads(made, place, one) for one in children(expr))


def _of_fact(made: Conditions, place: Place, fact: core.Fact) -> Col | None:
    """Of a fact that is there its own day; of a number that is not, that of what bounds it."""
    entry = made.entry
    own = _date(made, fact.name)
    if not isinstance(inner(fact.type), core.NumberType):
        return own
    bounds = [bound for _, bound in relations(fact, place.siblings)]
    names = [one.name for one in bounds if isinstance(one, core.FactRef | core.FieldRef)]
    others = _latest(_date(made, name) for name in names)
    if others is None or not entry.has(fact.name):
        return own if others is None else others
    if own is not None:
        return entry.sheet.keep(Col(nw.coalesce(own.expr, others.expr), level_of(own, others)))
    cell = entry.number(fact).lo
    assert isinstance(cell, Col)
    nothing = nw.lit(None, dtype=nw.Int64)
    found = nw.when(cell.expr.is_null()).then(others.expr).otherwise(nothing)
    return entry.sheet.keep(Col(found, level_of(cell, others)))


def _date(made: Conditions, name: str) -> Col | None:
    if made.entry.observed is None or not made.entry.observed.is_dated(name):
        return None
    return made.entry.sheet.keep(ordinal(made.entry.observed.date(name)))


def _latest(several: Iterable[Col | None]) -> Col | None:
    """The latest of days, of which some are not there."""
    days = [one for one in several if one is not None]
    if len(days) < 2:
        return days[0] if days else None
    return Col(nw.max_horizontal(*(one.expr for one in days)), level_of(*days))

"""What can leave a case without a verdict though everything is known of it.

The checker proves of every divisor that it is above zero, or asks for `if zero`.  What only a day
shows it leaves: a parameter without a value, a date that its month lacks where the policy refuses
to round, a recorded figure of which only the range is known.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.core import Expr
from vocpolicy.core.walk import children, type_of
from vocpolicy.interpreter import Facts, dates, new_scope
from vocpolicy.interpreter.expressions import in_force
from vocpolicy.interpreter.scope import Scope

ZERO, NO_VALUE, MONTH_END, RANGE = "zero", "no_value", "month_end", "range"

YEARS, LONG_MONTHS = 100, (1, 3, 5, 7, 8, 10, 12)
"""How many years around the day are looked at for days that a month lacks, and the months with
31."""


@frozen(eq=False)
class Hazard:
    """
    Attributes:
        key: one of the words of this module.
        expr: the divisor, the name of the parameter, the moved date, the range.
        entity: whose fields it reads.
        hidden: whether it is asked of the members of a list, of which engines see only what is
            made of the whole list.
    """

    key: str
    expr: Expr
    entity: str | None
    hidden: bool


@frozen(eq=False)
class _Spot:
    expr: Expr
    entity: str | None
    hidden: bool = False


def divisors(policy: core.Policy, exprs: Iterable[Expr], entity: str | None) -> Iterator[Hazard]:
    """What is divided by where nothing is said of zero."""
    for spot in _spots(policy, exprs, entity):
        expr = spot.expr
        if isinstance(expr, core.Divide) and expr.if_zero is None:
            yield Hazard(ZERO, expr.right, spot.entity, spot.hidden)


def hazards(scope: Scope, exprs: Iterable[Expr], entity: str | None) -> Iterator[Hazard]:
    """What else can leave something open on the day of the scope."""
    for spot in _spots(scope.policy, exprs, entity):
        key = _key(scope, spot.expr)
        if key:
            hidden = spot.hidden or isinstance(spot.expr, core.Aggregate)
            yield Hazard(key, spot.expr, spot.entity, hidden)


def _key(scope: Scope, expr: Expr) -> str:
    match expr:
        case core.DefinitionRef(name=name):
            lacking = in_force(scope, scope.policy.definitions[name]) is None
            return NO_VALUE if lacking else ""
        case core.Range(low=low, high=high):
            return RANGE if low is None or low != high else ""
        case core.Arithmetic(operator="shift", right=right):
            refuses = scope.policy.month_end == "refuse" and _in_months(type_of(right))
            return MONTH_END if refuses else ""
        case core.Aggregate(window=core.Const(value=Fraction() as length, type=kind)):
            start = dates.shifted(scope.day, -length, kind, scope.policy.month_end)
            return MONTH_END if start is None else ""
        case _:
            return ""


def _in_months(kind: core.Type) -> bool:
    return isinstance(kind, core.NumberType) and kind.dimension == (("month", 1),)


def _spots(policy: core.Policy, exprs: Iterable[Expr], entity: str | None) -> Iterator[_Spot]:
    """Every expression in the given ones and in the definitions that they name; what other rules
    decide is asked about for itself."""
    waiting = [_Spot(expr, entity) for expr in exprs]
    followed: set[tuple[str, bool]] = set()
    while waiting:
        spot = waiting.pop()
        yield spot
        waiting += _operands(spot)
        if isinstance(spot.expr, core.DefinitionRef):
            definition = policy.definitions[spot.expr.name]
            if (definition.name, spot.hidden) not in followed:
                followed.add((definition.name, spot.hidden))
                waiting += [
                    _Spot(dated.value, definition.entity, spot.hidden)
                    for dated in definition.values
                ]


def _operands(spot: _Spot) -> Iterator[_Spot]:
    expr = spot.expr
    if not isinstance(expr, core.Aggregate):
        yield from (evolve(spot, expr=one) for one in children(expr))
        return
    item = expr.list_type.item
    entity = item.entity if isinstance(item, core.RecordType) else spot.entity
    asked = [one for one in (expr.value, expr.where, expr.condition) if one is not None]
    for one in children(expr):
        among = any(one is other for other in asked)
        yield _Spot(one, entity, True) if among else evolve(spot, expr=one)


# ---- days ----------------------------------------------------------------------------------------


def lacking_days(
    policy: core.Policy, exprs: Iterable[Expr], period: core.Period
) -> Iterator[tuple[datetime.date, datetime.date | None]]:
    """The stretches of a period on which a parameter has no value: the first day of each, and its
    last, if it ends.  Before the first value only a period that says when it begins shows that one
    is lacking.  A policy that was changed reads otherwise on other days, which are looked at for
    themselves."""
    if policy.changes:
        return
    for spot in _spots(policy, exprs, None):
        if not isinstance(spot.expr, core.DefinitionRef):
            continue
        values = policy.definitions[spot.expr.name].values
        if policy.definitions[spot.expr.name].form == "parameter":
            begun = sorted(one.start for one in values if one.start is not None)
            ends = [dates.add_days(one.end, 1) for one in values if one.end is not None]
            for day in [*([period.start] if period.start else []), *ends]:
                if period.covers(day) and _lacks(policy, spot.expr.name, day):
                    later = next((one for one in begun if one > day), None)
                    yield day, None if later is None else dates.add_days(later, -1)


def _lacks(policy: core.Policy, name: str, day: datetime.date) -> bool:
    scope = new_scope(policy, Facts(), day)
    return policy.period.covers(day) and in_force(scope, policy.definitions[name]) is None


def lacking_ends(expr: Expr, day: datetime.date) -> Iterator[datetime.date]:
    """Days around one that a moved date may begin at and its month then lacks: one of each year.
    Between them no condition changes, so that a search has to be told of them."""
    if not isinstance(expr, core.Arithmetic):
        return
    length = expr.right.value if isinstance(expr.right, core.Const) else None
    for year in range(max(1, day.year - YEARS), day.year + YEARS):
        ends = (datetime.date(year, month, 31) for month in LONG_MONTHS)
        if not isinstance(length, Fraction):
            yield from ends
            continue
        kind = type_of(expr.right)
        lacking = (one for one in ends if dates.shifted(one, length, kind, "refuse") is None)
        yield from islice(lacking, 1)

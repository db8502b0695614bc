"""Values as programs and JSON have them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from vocpolicy import core
from vocpolicy.exact import shown
from vocpolicy.trace import Answer, Unknown

Plain: TypeAlias = (
    "bool | int | Fraction | str | datetime.date | tuple[Plain, ...] | Mapping[str, Plain] | None"
)
"""A value for programs: counts as `int`, other numbers as `Fraction` in the fact's unit (a
ratio as itself, 65% as 13/20), choices by name, records by field, `none` as None."""


def plain(answer: Answer, type_: core.Type, policy: core.Policy) -> Plain:
    """A value for programs; None where it is not known, or is `none`.

    Args:
        answer: in base units.
        type_: of the fact, the conclusion or the measure whose value it is.
        policy: declares the fields of records, each of which has a unit of its own.
    """
    inner = core.inner(type_)
    match answer:
        case Unknown() | core.Nothing():
            return None
        case Fraction():
            return _number(answer, inner)
        case tuple():
            item = inner.item if isinstance(inner, core.ListType) else inner
            return tuple(plain(one, item, policy) for one in answer)
        case core.Record(entity=entity, values=values):
            fields = policy.entities[entity].fields
            return {name: plain(one, fields[name].type, policy) for name, one in values.items()}
        case _:
            return answer


def _number(value: Fraction, type_: core.Type) -> int | Fraction:
    if not isinstance(type_, core.NumberType):
        return value
    if type_.whole and value.denominator == 1:
        return int(value)
    ratio = type_.unit is None or not type_.dimension
    return value if ratio or type_.unit is None else value / type_.unit.factor


def json_value(value: Plain) -> Any:
    """A value as JSON has it, exact: counts as numbers, other numbers as text (`0.65`, `1/3`)."""
    match value:
        case Fraction():
            return shown(value)
        case datetime.date():
            return value.isoformat()
        case tuple():
            return [json_value(one) for one in value]
        case Mapping():
            return {name: json_value(one) for name, one in value.items()}
        case _:
            return value

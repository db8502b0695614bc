"""Code for whether a value is known, where a conclusion gives one or a definition is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vocpolicy import core
from vocpolicy.core.walk import type_of
from vocpolicy.scalar import code
from vocpolicy.scalar.code import UnsupportedError
from vocpolicy.scalar.values import date, inner, number, optional, some, word

if TYPE_CHECKING:
    from vocpolicy.scalar.writer import Writer


def decided(writer: Writer, value: core.Expr) -> str:
    """Code for the outcome where one value counts: it is decided where that is known."""
    if writer.known:
        return f"(O_HOLDS if ({_known(writer, value)},) else slow())"
    if writer.valueless(value) and not isinstance(type_of(value), core.NumberType):
        return _of_no_value(writer, value)
    bounds = writer.bounds(value)
    if bounds is not None:
        return f"(O_HOLDS if settled({bounds}) else O_UNDETERMINED)"
    if _is_condition(value):
        truth = writer.truth(value)
        return f"(O_HOLDS if {truth.holds} or {truth.fails} else O_UNDETERMINED)"
    found = _known(writer, value)
    touched = sorted(writer.touched)
    writer.touched.clear()
    there = code.every([f"{name} is not M" for name in touched])
    otherwise = "O_UNDETERMINED" if _needs_all(writer, value) else "slow()"
    return f"((O_HOLDS if ({found},) else slow()) if {there} else {otherwise})"


def _is_condition(value: core.Expr) -> bool:
    return isinstance(type_of(value), core.YesNoType) and not isinstance(
        value, core.FactRef | core.FieldRef
    )


def _of_no_value(writer: Writer, value: core.Expr) -> str:
    """What is a parameter without a value is open; of what is made from it that is not said."""
    one: core.Expr | None = value
    while isinstance(one, core.DefinitionRef):
        dated = writer.in_force(one.name)
        one = None if dated is None else dated.value
    if one is not None:
        raise UnsupportedError("no value is in force")
    return "O_UNDETERMINED"


def _needs_all(writer: Writer, value: core.Expr) -> bool:
    """Whether it is open wherever one of the facts is missing that it reads."""
    for one in writer.through(value):
        match one:
            case core.Const() | core.AsOf() | core.DefinitionRef():
                pass
            case core.FactRef() | core.FieldRef():
                if isinstance(inner(one.type), core.NumberType):
                    return False
            case core.Arithmetic(operator="shift") | core.Choose():
                if optional(type_of(one)):
                    return False
            case _:
                return False
    return True


def _known(writer: Writer, value: core.Expr) -> str:
    """Code that gives a value, or leaves it to the interpreter."""
    match inner(type_of(value)):
        case core.NumberType():
            return some(number(writer, value)).top
        case core.DateType():
            return date(writer, value)
        case core.ListType() | core.RecordType():
            raise UnsupportedError("gives a list or a record")
        case _ if isinstance(value, core.FactRef):
            return f"({writer.fact(value)}, )"
        case _ if _is_condition(value):
            return writer.truth(value).holds
        case _:
            return word(writer, value)

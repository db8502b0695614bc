"""Numbers with their units."""

from __future__ import annotations

from fractions import Fraction

from vocpolicy import core, syntax
from vocpolicy.checker.context import Context
from vocpolicy.checker.types import inner, rate
from vocpolicy.checker.words import decimal
from vocpolicy.diagnostics import Words, close_names
from vocpolicy.quantities import NUMBER, RATIO, UNITS, is_ratio, kind_of, unit_for


def number(context: Context, node: syntax.Number, hint: core.Type | None) -> core.Const | None:
    """A literal in base units.  `hint` is the type of what it is held against."""
    wanted = inner(hint) if hint else None
    if node.percent:
        return core.Const(node.value, RATIO, span=node.span)
    if node.unit is not None:
        type_ = unit_named(context, node.unit, None if node.per else wanted)
        type_ = rate(context, type_, node.per)
        if type_ is None or type_.unit is None:
            return None
        return core.Const(node.value * type_.unit.factor, type_, span=node.span)
    if isinstance(wanted, core.NumberType):
        return _bare(context, node, wanted)
    return core.Const(node.value, NUMBER, span=node.span)


def _bare(context: Context, node: syntax.Number, wanted: core.NumberType) -> core.Const | None:
    """A number without a unit is a plain number, or a count where a count is wanted."""
    if kind_of(wanted.dimension) is not None:
        return core.Const(node.value, wanted, span=node.span)
    if is_ratio(wanted):
        percent = node.value if node.value > 1 else node.value * 100
        context.mistakes.add(
            "V302", node.span, number=decimal(node.value), ratio=f"{decimal(percent)}%"
        )
        return None
    if not wanted.dimension:
        return core.Const(node.value, wanted, span=node.span)
    unit = wanted.unit or unit_for(wanted.dimension, context.kinds)
    digits = decimal(node.value)
    context.mistakes.add(
        "V303",
        node.span,
        number=digits,
        quantity=Words(f"{digits} {_typed(unit.plural)}", f"{digits}{_typed(unit.labels.zh)}"),
    )
    return None


def _typed(unit: str) -> str:
    """A unit as it is typed: words of one name joined, parts of a rate apart."""
    joined = unit.replace(" per ", "/").replace(" ", "_")
    per = " per " if unit.isascii() else " 每 "
    return joined.replace("·", "/").replace("/", per)


def unit_named(
    context: Context, name: syntax.Name, wanted: core.Type | None
) -> core.NumberType | None:
    """The unit that a literal is written in.

    What is wanted speaks first (`183 points` may be a count of points), then built-in units,
    then kinds by name, then the measure word of a single kind.
    """
    text = name.text
    kind = kind_of(wanted.dimension) if isinstance(wanted, core.NumberType) else None
    if kind is not None:
        type_ = context.kinds[kind]
        if text in context.spellings[kind] or (type_.unit and text == type_.unit.counter):
            return type_
    if text in UNITS:
        return UNITS[text]
    named = [other for other, known in context.spellings.items() if text in known]
    counted = context.counters.get(text, [])
    if not named and counted and kind is not None:
        _wrong_counter(context, name, kind)
        return None
    return _only(context, name, named or counted)


def _wrong_counter(context: Context, name: syntax.Name, kind: str) -> None:
    unit = context.kinds[kind].unit
    assert unit is not None
    context.mistakes.add(
        "V312",
        name.span,
        found=name.text,
        kind=Words(unit.plural, unit.labels.get("zh")),
        counter=unit.counter or kind,
    )


def _only(context: Context, name: syntax.Name, kinds: list[str]) -> core.NumberType | None:
    match kinds:
        case [kind]:
            return context.kinds[kind]
        case []:
            known = {*UNITS, *context.kinds, *context.counters}
            close = close_names(name.text, known)
            context.mistakes.add("V205", name.span, name=name.text, close=close)
        case _:
            names = Words(", ".join(kinds), "、".join(kinds))
            context.mistakes.add("V217", name.span, name=name.text, kinds=names)
    return None


def as_fraction(node: core.Expr | None) -> Fraction | None:
    """The number of a constant."""
    if isinstance(node, core.Const) and isinstance(node.value, Fraction):
        return node.value
    return None

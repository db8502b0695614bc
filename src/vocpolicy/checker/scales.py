"""Rounding, the smaller or larger of several, and scales of bands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

from vocpolicy import core, syntax
from vocpolicy.checker.agreement import as_number, as_type, ordered, same_numbers
from vocpolicy.checker.arithmetic import times
from vocpolicy.checker.context import Context, Env
from vocpolicy.checker.literals import as_fraction
from vocpolicy.checker.signs import at_or_above
from vocpolicy.checker.types import DATE, describe, type_of
from vocpolicy.checker.words import assumptions, citations
from vocpolicy.diagnostics import Words
from vocpolicy.quantities import kind_of

Infer: TypeAlias = Callable[[Env, syntax.Expr, core.Type | None], core.Expr | None]

ROUNDED = Words("rounded by each other", "用来取整")
COMBINED = Words("put in one scale", "放在同一分档中")


def rounded(
    env: Env, node: syntax.Rounded, hint: core.Type | None, infer: Infer
) -> core.Expr | None:
    """The grain is a literal above zero of the operand's dimension."""
    context = env.context
    operand = infer(env, node.operand, hint)
    type_ = as_number(context, operand)
    grain = infer(env, node.grain, type_)
    grain_type = as_number(context, grain)
    if operand is None or type_ is None or grain is None or grain_type is None:
        return None
    if not same_numbers(context, type_, grain_type, node.span, ROUNDED):
        return None
    size = as_fraction(grain)
    if size is None or size <= 0 or not isinstance(grain, core.Const):
        context.mistakes.add("V360", node.grain.span)
        return None
    whole = kind_of(type_.dimension) is not None and size.denominator == 1
    made = core.NumberType(type_.dimension, whole, type_.unit or grain_type.unit)
    return core.Round(node.mode, operand, grain, made, span=node.span)


def chosen(env: Env, node: syntax.Chosen, hint: core.Type | None, infer: Infer) -> core.Expr | None:
    """Several numbers of one dimension, or several dates."""
    context = env.context
    members = _members(env, node.members, hint, infer)
    if members is None:
        return None
    for member in members:
        if type_of(member) != DATE and as_number(context, member) is None:
            return None
    fits = [ordered(context, members[0], other, other.span) for other in members[1:]]
    if not all(fits):
        return None
    return core.Choose(node.kind, members, _common(members), span=node.span)


def _members(
    env: Env, written: Sequence[syntax.Expr], hint: core.Type | None, infer: Infer
) -> tuple[core.Expr, ...] | None:
    """Checked in the order in which they say what the others mean: a bare number comes last."""
    made: dict[int, core.Expr | None] = {}
    for place, expr in sorted(enumerate(written), key=lambda one: _bare(one[1])):
        known = next((node for node in made.values() if node is not None), None)
        made[place] = infer(env, expr, type_of(known) if known else hint)
    kept = [node for _, node in sorted(made.items()) if node is not None]
    return tuple(kept) if len(kept) == len(written) else None


def _bare(expr: syntax.Expr) -> bool:
    return isinstance(expr, syntax.Number) and expr.unit is None and not expr.percent


def _common(members: Sequence[core.Expr]) -> core.Type:
    """The type of any of several that agree; whole where all are."""
    types = [type_of(member) for member in members]
    numbers = [type_ for type_ in types if isinstance(type_, core.NumberType)]
    if len(numbers) < len(types):
        return types[0]
    unit = next((type_.unit for type_ in numbers if type_.unit), None)
    return core.NumberType(numbers[0].dimension, all(one.whole for one in numbers), unit)


# ---- scales --------------------------------------------------------------------------------


def scale(env: Env, node: syntax.Scale, hint: core.Type | None, infer: Infer) -> core.Expr | None:
    """`band of …` and `marginal scale of …`."""
    context = env.context
    operand = infer(env, node.operand, None)
    if not node.bands:
        context.mistakes.add("V362", node.span)
        return None
    dated = operand is not None and type_of(operand) == DATE and node.kind == "band"
    if operand is None or not (dated or as_number(context, operand)):
        return None
    starts = [_start(env, operand, band.start, infer) for band in node.bands]
    values = _values(env, node, hint, infer)
    if values is None or not _rising(context, starts):
        return None
    bands = tuple(
        core.Band(
            start,
            value,
            citations(context, band.attributes.citations),
            assumptions(band.attributes.assumptions, band.start.span.text),
            span=band.span,
        )
        for band, start, value in zip(node.bands, starts, values, strict=True)
        if start is not None
    )
    type_ = _scale_type(env, node.kind, operand, bands)
    if type_ is None or len(bands) < len(node.bands):
        return None
    return core.Scale(node.kind, operand, bands, type_, span=node.span)


def _start(env: Env, operand: core.Expr, written: syntax.Expr, infer: Infer) -> core.Expr | None:
    found = infer(env, written, type_of(operand))
    if found is None or (type_of(found) != DATE and as_number(env.context, found) is None):
        return None
    return found if ordered(env.context, operand, found, written.span) else None


def _rising(context: Context, starts: Sequence[core.Expr | None]) -> bool:
    """Whether the starts that are literals rise from line to line."""
    before: core.Const | None = None
    rising = all(start is not None for start in starts)
    for start in starts:
        if not isinstance(start, core.Const):
            continue
        if before is not None and not core.below(before.value, start.value):
            args = {"found": start.span.text, "before": before.span.text}
            context.mistakes.add("V361", start.span, **args)
            rising = False
        before = start
    return rising


def _values(
    env: Env, node: syntax.Scale, hint: core.Type | None, infer: Infer
) -> tuple[core.Expr, ...] | None:
    """The values of the lines, all of one type; rates are numbers whatever is wanted."""
    context = env.context
    wanted = None if node.kind == "marginal" else hint
    values = _members(env, [band.value for band in node.bands], wanted, infer)
    if values is None:
        return None
    first = type_of(values[0])
    for value in values:
        one = type_of(value)
        if isinstance(first, core.NumberType) and isinstance(one, core.NumberType):
            if not same_numbers(context, first, one, value.span, COMBINED):
                return None
        elif as_type(context, value, first) is None:
            return None
    return values


def _scale_type(
    env: Env, kind: str, operand: core.Expr, bands: Sequence[core.Band]
) -> core.Type | None:
    """`none` is possible where nothing says that the first line is reached."""
    context = env.context
    if kind == "marginal":
        amount, rate = as_number(context, operand), as_number(context, bands[0].value)
        return times(context, amount, rate) if amount and rate else None
    type_ = _common([band.value for band in bands])
    if isinstance(type_, core.ListType | core.RecordType):
        context.mistakes.add("V348", bands[0].value.span, found=describe(context, type_))
        return None
    first = bands[0].start.value if isinstance(bands[0].start, core.Const) else None
    if isinstance(first, Fraction) and at_or_above(env, operand, first):
        return type_
    return type_ if isinstance(type_, core.OptionalType) else core.OptionalType(type_)

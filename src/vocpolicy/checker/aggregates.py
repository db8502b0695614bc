"""What the records of a list come to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import frozen

from vocpolicy import core, syntax
from vocpolicy.checker.agreement import as_condition, as_type
from vocpolicy.checker.context import Context, Env
from vocpolicy.checker.literals import as_fraction
from vocpolicy.checker.paths import Absent, field_of, named
from vocpolicy.checker.types import YES_NO, describe, inner, type_of
from vocpolicy.diagnostics import Words, close_names
from vocpolicy.keywords import AGGREGATES
from vocpolicy.quantities import DAYS, MONTHS, NUMBER, RATIO

Infer: TypeAlias = Callable[[Env, syntax.Expr, core.Type | None], core.Expr | None]

OF_A_FIELD = frozenset({"total", "least", "most", "distinct"})
OF_A_CONDITION = frozenset({"share", "every", "some", "none"})
EMPTY_MATTERS = frozenset({"share", "least", "most"})


@frozen
class _Records:
    """A list, the entity of its members, and what is taken of each."""

    node: core.Expr
    type: core.ListType
    entity: str | None
    value: core.Expr | None


def aggregate(
    env: Env, node: syntax.Aggregate, hint: core.Type | None, infer: Infer
) -> core.Expr | None:
    """`infer` checks the expressions inside."""
    context = env.context
    records = _records(env, node.path)
    if records is None:
        return None
    inside = env.inside(records.entity)
    where = _condition(inside, node.where, infer)
    condition = _condition(inside, node.satisfies, infer)
    window = _window(env, node, infer)
    days = _month_days(env, node, infer)
    fits = _parts_fit(context, node, records) and _dates_fit(context, node, records)
    type_ = _type(context, node, records) if fits else None
    if type_ is None or where is None or condition is None or window is None or days is None:
        return None
    if_empty = _if_empty(env, node, type_, infer)
    if if_empty is None:
        return None
    entity = context.entities.get(records.entity or "")
    return core.Aggregate(
        node.kind,
        records.node,
        records.type,
        type_,
        records.value,
        window.node if isinstance(window.node, core.Const) else None,
        where.node,
        condition.node,
        entity.start if entity else None,
        entity.end if entity else None,
        as_fraction(days.node),
        if_empty.node,
        span=node.span,
    )


@frozen
class _Optional:
    """A part that may be left out; None instead of this is a mistake, reported."""

    node: core.Expr | None = None


def _records(env: Env, path: syntax.Path) -> _Records | None:
    """The list that a path leads to, and the field of its records after it."""
    context, (first, *rest) = env.context, path.parts
    found = named(env, first)
    if isinstance(found, Absent):
        if found is Absent.UNKNOWN:
            _unknown_list(env, first)
        return None
    while not isinstance(type_of(found), core.ListType):
        if not rest:
            context.mistakes.add("V323", path.span, found=describe(context, type_of(found)))
            return None
        stepped = field_of(context, found, rest.pop(0))
        if stepped is None:
            return None
        found = stepped
    type_ = type_of(found)
    assert isinstance(type_, core.ListType)
    entity = type_.item.entity if isinstance(type_.item, core.RecordType) else None
    value = _value(env.inside(entity), rest)
    return None if rest and value is None else _Records(found, type_, entity, value)


def _unknown_list(env: Env, name: syntax.Name) -> None:
    close = close_names(name.text, env.visible())
    env.context.mistakes.add("V201", name.span, name=name.text, close=close)


def _value(env: Env, parts: list[syntax.Name]) -> core.Expr | None:
    """What is taken of each record: a field, or something defined for its entity."""
    if not parts:
        return None
    first, *rest = parts
    fields = env.context.scope.fields(env.member)
    found = named(env, first)
    if first.text not in fields and not isinstance(found, core.DefinitionRef | core.ConclusionRef):
        if env.member is None or found is not Absent.BROKEN:
            _no_field(env.context, first, env.member)
        return None
    if isinstance(found, Absent):
        return None
    for part in rest:
        stepped = field_of(env.context, found, part)
        if stepped is None:
            return None
        found = stepped
    return found


def _no_field(context: Context, name: syntax.Name, entity: str | None) -> None:
    known = context.scope.fields(entity)
    close = close_names(name.text, known)
    context.mistakes.add("V227", name.span, name=name.text, entity=entity or "", close=close)


def _condition(env: Env, expr: syntax.Expr | None, infer: Infer) -> _Optional | None:
    if expr is None:
        return _Optional()
    found = as_condition(env.context, infer(env, expr, YES_NO))
    return _Optional(found) if found else None


def _window(env: Env, node: syntax.Aggregate, infer: Infer) -> _Optional | None:
    """A literal length of time above zero, or a literal date."""
    written = node.window or node.since
    if written is None:
        return _Optional()
    found = infer(env, written, None)
    if found is None:
        return None
    length = as_fraction(found)
    type_ = type_of(found)
    if node.since is not None:
        if isinstance(found, core.Const) and isinstance(type_, core.DateType):
            return _Optional(found)
    elif length is not None and length > 0 and type_ in (DAYS, MONTHS):
        return _Optional(found)
    env.context.mistakes.add("V328", found.span)
    return None


def _month_days(env: Env, node: syntax.Aggregate, infer: Infer) -> _Optional | None:
    """The days that a month is taken to have."""
    if node.month_days is None:
        return _Optional()
    found = infer(env, node.month_days, None)
    if found is None:
        return None
    days = as_fraction(found)
    if days is not None and days > 0 and type_of(found) == DAYS:
        return _Optional(found)
    env.context.mistakes.add("V329", found.span)
    return None


def _if_empty(env: Env, node: syntax.Aggregate, type_: core.Type, infer: Infer) -> _Optional | None:
    if node.if_empty is None:
        return _Optional()
    found = as_type(env.context, infer(env, node.if_empty, type_), type_)
    return _Optional(found) if found else None


def _parts_fit(context: Context, node: syntax.Aggregate, records: _Records) -> bool:
    """Whether the aggregate has the parts that its kind takes, and no others."""
    kind, name = node.kind, _spelled(node.kind)
    if kind in OF_A_FIELD and records.value is None:
        context.mistakes.add("V324", node.path.span, name=name, list=node.path.span.text)
        return False
    if kind not in OF_A_FIELD and records.value is not None:
        context.mistakes.add("V326", node.path.parts[-1].span, name=name)
        return False
    if kind in OF_A_CONDITION and node.satisfies is None:
        context.mistakes.add("V325", node.span, name=name)
        return False
    unwanted = [
        (node.satisfies, kind not in OF_A_CONDITION),
        (node.month_days, kind != "total_length"),
        (node.if_empty, kind not in EMPTY_MATTERS),
    ]
    for part, wrong in unwanted:
        if part is not None and wrong:
            context.mistakes.add("V327", part.span, name=name)
            return False
    if kind in EMPTY_MATTERS and node.if_empty is None:
        context.mistakes.add("V311", node.span, name=name)
        return False
    return True


def _dates_fit(context: Context, node: syntax.Aggregate, records: _Records) -> bool:
    """A window needs dates in the records, a length their start and their end."""
    if node.window is node.since is None and node.kind != "total_length":
        return True
    entity = context.entities.get(records.entity or "")
    dated = entity is not None and entity.start is not None
    if node.kind == "total_length":
        dated = dated and entity is not None and entity.start != entity.end
    if not dated:
        context.mistakes.add("V349", node.path.span, name=records.entity or node.path.span.text)
    return dated


def _type(context: Context, node: syntax.Aggregate, records: _Records) -> core.Type | None:
    match node.kind:
        case "count" if records.entity:
            return context.kinds[records.entity]
        case "count":
            return core.NumberType((), whole=True)
        case "distinct":
            return _of_different(context, records.value)
        case "share":
            return RATIO
        case "total_length":
            return MONTHS if node.month_days is not None else DAYS
        case "total" | "least" | "most":
            return _of_values(context, node.kind, records.value)
        case _:
            return YES_NO


def _of_different(context: Context, value: core.Expr | None) -> core.Type | None:
    """Values are told apart where they can be compared."""
    if value is not None and isinstance(inner(type_of(value)), core.ListType | core.RecordType):
        context.mistakes.add("V348", value.span, found=describe(context, type_of(value)))
        return None
    return core.NumberType((), whole=True)


def _of_values(context: Context, kind: str, value: core.Expr | None) -> core.Type | None:
    type_ = type_of(value) if value else NUMBER
    dates = kind != "total" and isinstance(type_, core.DateType)
    if isinstance(type_, core.NumberType) or dates:
        return type_
    assert value is not None
    code = "V308" if isinstance(type_, core.OptionalType) else "V309"
    context.mistakes.add(code, value.span, found=describe(context, type_))
    return None


def _spelled(kind: str) -> Words:
    for word in AGGREGATES:
        if word.key == kind:
            return Words(word.en[0], word.zh[0])
    return Words("count of", "数量")

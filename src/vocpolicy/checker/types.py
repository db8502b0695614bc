"""Types as written, types of expressions, and types in words."""

from __future__ import annotations

from typing import assert_never

from vocpolicy import core, syntax
from vocpolicy.checker.context import Context
from vocpolicy.diagnostics import Words, close_names
from vocpolicy.quantities import TYPES, UNITS, is_ratio, kind_of, per, unit_for

YES_NO = core.YesNoType()
DATE = core.DateType()
TEXT = core.TextType()


def read_type(context: Context, written: syntax.TypeName) -> core.Type | None:
    """The type that is written; None where it is a mistake, which has been reported."""
    type_ = _member_type(context, written)
    if type_ is None:
        return None
    if written.is_list:
        return core.ListType(type_)
    return core.OptionalType(type_) if written.optional else type_


def _member_type(context: Context, written: syntax.TypeName) -> core.Type | None:
    if written.form == "yes_no" or written.name is None:
        return YES_NO
    if written.form == "count":
        return _count(context, written.name)
    if written.form == "per":
        return rate(context, _unit(context, written.name), written.per)
    return _named(context, written.name)


def _count(context: Context, name: syntax.Name) -> core.Type | None:
    if name.text not in context.kinds:
        close = close_names(name.text, context.kinds)
        context.mistakes.add("V204", name.span, name=name.text, close=close)
    return context.kinds.get(name.text)


def rate(
    context: Context, top: core.NumberType | None, under: tuple[syntax.Name, ...]
) -> core.NumberType | None:
    """A unit per one or more others: `yuan per square_metre per month`."""
    for bottom in [_unit(context, name) for name in under]:
        top = per(top, bottom) if top and bottom else None
    return top


def _unit(context: Context, name: syntax.Name) -> core.NumberType | None:
    kinds = [kind for kind, known in context.spellings.items() if name.text in known]
    kinds = kinds or context.counters.get(name.text, [])
    found = UNITS.get(name.text) or (context.kinds[kinds[0]] if len(kinds) == 1 else None)
    if found is None:
        close = close_names(name.text, [*UNITS, *context.kinds])
        context.mistakes.add("V205", name.span, name=name.text, close=close)
    return found


def _named(context: Context, name: syntax.Name) -> core.Type | None:
    text = name.text
    if text in context.scope.choices:
        return core.ChoiceType(text)
    if text in context.scope.entities:
        return core.RecordType(text)
    found = TYPES.get(text) or UNITS.get(text)
    if found is None and text in context.kinds:
        context.mistakes.add("V346", name.span, name=text)
    elif found is None:
        scope = context.scope
        close = close_names(text, [*scope.choices, *scope.entities, *TYPES, *UNITS])
        context.mistakes.add("V203", name.span, name=text, close=close)
    return found


def type_of(node: core.Expr) -> core.Type:
    """The type of a checked expression."""
    match node:
        case core.Compare() | core.Equal() | core.Within() | core.Not() | core.All() | core.Any():
            return YES_NO
        case core.AsOf():
            return DATE
        case (
            core.Const()
            | core.Range()
            | core.FactRef()
            | core.FieldRef()
            | core.DefinitionRef()
            | core.ConclusionRef()
            | core.Negate()
            | core.Arithmetic()
            | core.Divide()
            | core.DatesBetween()
            | core.Aggregate()
            | core.Round()
            | core.Choose()
            | core.Scale()
        ):
            return node.type
        case _:
            assert_never(node)


def inner(type_: core.Type) -> core.Type:
    """The type without `or none`."""
    return core.inner(type_)


def is_condition(type_: core.Type) -> bool:
    return isinstance(type_, core.YesNoType)


def describe(context: Context, type_: core.Type) -> Words:
    """A type in words, as messages name what was found."""
    match type_:
        case core.YesNoType():
            return Words("yes or no", "“是否”值")
        case core.DateType():
            return Words("a date", "日期")
        case core.TextType():
            return Words("text", "文本")
        case core.ChoiceType(name=name):
            return Words(f"a value of `{name}`", f"选项“{name}”的取值")
        case core.RecordType(entity=entity):
            return Words(f"a record of `{entity}`", f"“{entity}”记录")
        case core.ListType(item=item):
            words = describe(context, item)
            return Words(f"a list ({words.en})", f"清单（{words.zh}）")
        case core.OptionalType(inner=type_):
            words = describe(context, type_)
            return Words(f"{words.en}, or none", f"{words.zh}（可为“无”）")
        case core.NumberType():
            return _describe_number(context, type_)
        case _:
            assert_never(type_)


def _describe_number(context: Context, type_: core.NumberType) -> Words:
    if is_ratio(type_):
        return Words("a ratio", "比例")
    if not type_.dimension:
        return Words("a plain number", "不带单位的数")
    kind = kind_of(type_.dimension)
    unit = type_.unit or unit_for(type_.dimension, context.kinds)
    if kind is not None:
        unit = context.kinds[kind].unit or unit
        return Words(f"a count of {unit.plural}", f"{unit.labels.get('zh')}数量")
    plural = unit.plural.replace("_", " ")
    return Words(f"a number of {plural}", f"以“{unit.labels.zh}”计的数")

"""Cases: the facts as a user would supply them, and what is expected of them."""

from __future__ import annotations

import datetime
from fractions import Fraction
from types import MappingProxyType

from attrs import frozen

from vocpolicy import core, syntax
from vocpolicy.checker.context import Context, Env
from vocpolicy.checker.expressions import typed, wording_of
from vocpolicy.checker.types import describe, inner
from vocpolicy.checker.words import decimal
from vocpolicy.diagnostics import Words, close_names
from vocpolicy.outcome import WORDS, opposite

_ANY = ("undetermined", "not_applicable")
_TARGET = (*_ANY, "met", "not_met", "on_track", "behind", "missed", "not_due")
_PROVISION = (*_ANY, "shown", "not_shown")


@frozen
class _Mistake:
    """A given value that is a mistake; it has been reported."""


_MISTAKE = _Mistake()


def check_case(context: Context, case: syntax.Case) -> core.Case:
    """A case with its facts raw, as `vocpolicy.facts` reads them."""
    facts: dict[str, object] = {}
    owners = _owners(context, case)
    for given in case.given:
        _give(context, owners, given, facts)
    expects = [_expect(context, expect, owners) for expect in case.expects]
    return core.Case(
        case.title,
        MappingProxyType(facts),
        tuple(expect for expect in expects if expect is not None),
        case.today.last if case.today else None,
        span=case.span,
    )


def _owners(context: Context, case: syntax.Case) -> tuple[str, ...]:
    """The entities that the expected conclusions are decided for: their fields may be given."""
    found: list[str] = []
    for expect in case.expects:
        conclusion = context.conclusions.get(expect.name.text)
        definition = context.definitions.get(expect.name.text)
        owner = conclusion or definition
        if owner is not None and owner.entity and owner.entity not in found:
            found.append(owner.entity)
    return tuple(found)


# ---- given -------------------------------------------------------------------------------


def _fact(context: Context, owners: tuple[str, ...], name: syntax.Name) -> core.Fact | None:
    for owner in owners:
        field = context.fact(owner, name.text)
        if field is not None:
            return field
    return context.facts.get(name.text)


def _unknown(context: Context, owners: tuple[str, ...], name: syntax.Name) -> None:
    """Report a name that is no fact, unless its declaration is the mistake."""
    scope = context.scope
    declared = set(scope.facts).union(*(scope.fields(owner) for owner in owners))
    if name.text in declared:
        return
    if name.text in scope.definitions or name.text in scope.conclusions:
        context.mistakes.add("V222", name.span, name=name.text)
        return
    close = close_names(name.text, declared)
    context.mistakes.add("V221", name.span, name=name.text, close=close)


def _give(
    context: Context, owners: tuple[str, ...], given: syntax.Given, facts: dict[str, object]
) -> None:
    first, *rest = given.path.parts
    fact = _fact(context, owners, first)
    if fact is None:
        _unknown(context, owners, first)
        return
    into, type_ = facts, fact.type
    keys = [first]
    for part in rest:
        field = _field(context, type_, part)
        if field is None:
            return
        nested = into.setdefault(keys[-1].text, {})
        if not isinstance(nested, dict):
            context.mistakes.add("V223", part.span, name=given.path.span.text)
            return
        into, type_ = nested, field.type
        keys.append(part)
    value = _raw(context, given.value, type_)
    if not isinstance(value, _Mistake):
        _store(context, into, keys[-1], value, given)


def _store(
    context: Context,
    into: dict[str, object],
    name: syntax.Name,
    value: object,
    given: syntax.Given,
) -> None:
    """Keep a value, or an observation in its series."""
    known = into.get(name.text)
    if given.at is None and name.text not in into:
        into[name.text] = value
    elif given.at is not None and (known is None or _is_series(known)):
        series = dict(known) if isinstance(known, dict) else {}
        if given.at.last in series:
            context.mistakes.add("V223", given.path.span, name=name.text)
        series[given.at.last] = value
        into[name.text] = series
    else:
        context.mistakes.add("V223", given.path.span, name=name.text)


def _is_series(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(key, datetime.date) for key in value)


def _field(context: Context, type_: core.Type, name: syntax.Name) -> core.Fact | None:
    if not isinstance(type_, core.RecordType):
        context.mistakes.add("V213", name.span, name=name.text, found=describe(context, type_))
        return None
    field = context.fact(type_.entity, name.text)
    if field is None and name.text not in context.scope.fields(type_.entity):
        known = context.scope.fields(type_.entity)
        close = close_names(name.text, known)
        context.mistakes.add("V227", name.span, name=name.text, entity=type_.entity, close=close)
    return field


def _raw(context: Context, value: syntax.GivenValue, type_: core.Type) -> object:
    match value:
        case syntax.GivenList(items=items):
            if not isinstance(type_, core.ListType):
                return _wrong(context, value, type_)
            made = [_raw(context, item, type_.item) for item in items]
            broken = any(isinstance(item, _Mistake) for item in made)
            return _MISTAKE if broken else made
        case syntax.GivenRecord(fields=fields):
            return _record(context, value, fields, inner(type_))
        case _:
            return _plain(context, value, type_)


def _wrong(
    context: Context, value: syntax.GivenList | syntax.GivenRecord, type_: core.Type
) -> _Mistake:
    is_list = isinstance(value, syntax.GivenList)
    found = Words("a list", "清单") if is_list else Words("a record", "记录")
    context.mistakes.add("V305", value.span, wanted=describe(context, type_), found=found)
    return _MISTAKE


def _record(
    context: Context,
    value: syntax.GivenRecord,
    fields: tuple[tuple[syntax.Name, syntax.GivenValue], ...],
    type_: core.Type,
) -> object:
    if not isinstance(type_, core.RecordType):
        return _wrong(context, value, type_)
    made: dict[str, object] = {}
    for name, written in fields:
        field = _field(context, type_, name)
        raw = _raw(context, written, field.type) if field else _MISTAKE
        if isinstance(raw, _Mistake):
            return _MISTAKE
        made[name.text] = raw
    return made


def _plain(context: Context, value: syntax.Expr, type_: core.Type) -> object:
    """A literal as a user would write it: quantities as text with their unit."""
    node = typed(Env(context), value, type_)
    if node is None:
        return _MISTAKE
    if not isinstance(node, core.Const):
        context.mistakes.add("V353", value.span)
        return _MISTAKE
    match node.value:
        case Fraction() as number:
            return _quantity(number, inner(node.type))
        case plain:
            return plain


def _quantity(number: Fraction, type_: core.Type) -> object:
    """Counts and plain numbers as numbers; anything else carries its unit."""
    unit = type_.unit if isinstance(type_, core.NumberType) else None
    counted = isinstance(type_, core.NumberType) and type_.whole
    if unit is None or counted:
        return int(number) if number.denominator == 1 else number
    digits = decimal(number / unit.factor)
    return f"{digits}{unit.name}" if unit.name == "%" else f"{digits} {unit.name}"


# ---- expected ----------------------------------------------------------------------------


def _expect(context: Context, expect: syntax.Expect, owners: tuple[str, ...]) -> core.Expect | None:
    name = expect.name.text
    for fact in expect.missing:
        if _fact(context, owners, fact) is None:
            _unknown(context, owners, fact)
    if not _declared(context, expect.name) or not _reading_known(context, expect):
        return None
    reading = expect.under.text if expect.under else None
    missing = tuple(fact.text for fact in expect.missing)
    if expect.value is not None:
        value = _value(context, name, expect.value)
        if value is None:
            return None
        return core.Expect(name, None, value, reading, missing, span=expect.span)
    wording = _wording(context, expect)
    if wording is None:
        return None
    return core.Expect(name, wording, None, reading, missing, span=expect.span)


def _declared(context: Context, name: syntax.Name) -> bool:
    scope = context.scope
    known = [*scope.conclusions, *scope.targets, *scope.provisions, *scope.definitions]
    if name.text in known:
        return True
    close = close_names(name.text, known)
    code = "V230" if name.text in scope.facts else "V231"
    context.mistakes.add(code, name.span, name=name.text, close=close)
    return False


def _reading_known(context: Context, expect: syntax.Expect) -> bool:
    if expect.under is None:
        return True
    scope, name = context.scope, expect.name.text
    readings = [reading.name.text for rule in scope.rules.values() for reading in rule.readings]
    if name in scope.targets:
        readings += [reading.name.text for reading in scope.targets[name].readings]
    if expect.under.text in readings:
        return True
    close = close_names(expect.under.text, readings)
    context.mistakes.add("V232", expect.under.span, name=expect.under.text, about=name, close=close)
    return False


def _value(context: Context, name: str, written: syntax.Expr) -> core.Value | None:
    known = context.conclusions.get(name) or context.definitions.get(name)
    if known is None:
        if name in context.scope.targets or name in context.scope.provisions:
            context.mistakes.add("V354", written.span, name=name)
        return None
    node = typed(Env(context), written, known.type)
    if node is None:
        return None
    if not isinstance(node, core.Const):
        context.mistakes.add("V353", written.span)
        return None
    return node.value


def _wording(context: Context, expect: syntax.Expect) -> str | None:
    """The key of the words after `is`, if they fit what is expected."""
    said = " ".join((expect.outcome or "").split())
    keys = {said, said.replace(" ", "_")} & set(WORDS)
    keys |= {key for key, word in WORDS.items() if said in (word.en, word.zh)}
    fitting = _fitting(context, expect.name.text)
    found = next((key for key in fitting if key in keys), None)
    if found is None and fitting:
        words = Words(
            ", ".join(WORDS[key].en for key in fitting),
            "、".join(WORDS[key].zh for key in fitting),
        )
        context.mistakes.add("V233", expect.span, said=said, name=expect.name.text, words=words)
    return found


def _fitting(context: Context, name: str) -> tuple[str, ...]:
    """The wordings that a verdict of that name can have; none where it is a mistake itself."""
    scope = context.scope
    if name in scope.targets:
        return _TARGET
    if name in scope.provisions:
        return _PROVISION
    if name in scope.definitions:
        return (*_ANY, "decided")
    if name not in context.conclusions:
        return ()
    return (*_spoken(context, name), *_ANY, "conflict", "decided")


def _spoken(context: Context, name: str) -> tuple[str, ...]:
    spoken = wording_of(Env(context), name)
    return (spoken, opposite(spoken)) if spoken else ()

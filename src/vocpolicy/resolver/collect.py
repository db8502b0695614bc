"""Declarations gathered by name, and what each file has to have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar, assert_never

from attrs import Factory, define

from vocpolicy import syntax
from vocpolicy.diagnostics import Note, Words, close_names
from vocpolicy.quantities import TYPES
from vocpolicy.resolver.mistakes import Mistakes
from vocpolicy.resolver.scope import Definition, Scope, conclusion_name
from vocpolicy.resolver.tables import Shape, as_rules, shaped
from vocpolicy.source import Span

LANGUAGE_VERSION = 1

T = TypeVar("T")


@define
class _Table:
    """Names of one space and where each is declared."""

    mistakes: Mistakes
    places: dict[str, Span] = Factory(dict)

    def add(self, name: syntax.Name, into: dict[str, T], thing: T) -> None:
        """Keep the first thing of a name; report a second."""
        first = self.places.setdefault(name.text, name.span)
        if first is name.span:
            into[name.text] = thing
        else:
            note = Note(first, Words("declared here first", "首次声明于此"))
            self.mistakes.add("V202", name.span, note, name=name.text)


@define
class _Collected:
    """What has been gathered so far."""

    mistakes: Mistakes
    values: _Table
    types: _Table
    ruled: _Table
    policy: syntax.Policy | None = None
    documents: dict[str, syntax.Document] = Factory(dict)
    kinds: dict[str, syntax.Kind] = Factory(dict)
    choices: dict[str, syntax.Choice] = Factory(dict)
    entities: dict[str, syntax.Entity] = Factory(dict)
    facts: dict[str, syntax.Fact] = Factory(dict)
    definitions: dict[str, Definition] = Factory(dict)
    rules: dict[str, syntax.Rule] = Factory(dict)
    conclusions: dict[str, tuple[syntax.Rule, ...]] = Factory(dict)
    tables: dict[str, Shape] = Factory(dict)
    targets: dict[str, syntax.Target] = Factory(dict)
    provisions: dict[str, syntax.Provision] = Factory(dict)
    set_asides: list[syntax.SetAside] = Factory(list)
    cases: list[syntax.Case] = Factory(list)


def collect(files: Sequence[syntax.File], mistakes: Mistakes) -> Scope:
    """The declarations of the files by name."""
    found = _Collected(mistakes, _Table(mistakes), _Table(mistakes), _Table(mistakes))
    for file in files:
        _check_language(file, mistakes)
        for declaration in file.declarations:
            _declare(found, declaration)
    if found.policy is None and files:
        mistakes.add("V605", _head(files[0]))
    scope = _scope(found)
    _check_entities(scope, mistakes)
    return scope


def _scope(found: _Collected) -> Scope:
    return Scope(
        policy=found.policy,
        documents=found.documents,
        kinds=found.kinds,
        choices=found.choices,
        entities=found.entities,
        facts=found.facts,
        definitions=found.definitions,
        rules=found.rules,
        conclusions=found.conclusions,
        tables=found.tables,
        targets=found.targets,
        provisions=found.provisions,
        set_asides=tuple(found.set_asides),
        cases=tuple(found.cases),
    )


def _head(file: syntax.File) -> Span:
    """The first line of a file."""
    text = file.source.text
    end = text.find("\n")
    return Span(file.source, 0, len(text) if end < 0 else end)


def _check_language(file: syntax.File, mistakes: Mistakes) -> None:
    said = [part for part in file.declarations if isinstance(part, syntax.Language)]
    if not said:
        mistakes.add("V607", _head(file), file=file.source.name)
    for language in said:
        if language.version != LANGUAGE_VERSION:
            mistakes.add("V608", language.span, version=str(language.version))


def _declare(found: _Collected, declaration: syntax.Declaration) -> None:
    match declaration:
        case syntax.Language() | syntax.Use() | syntax.Amendment() | syntax.Repeal():
            pass  # amendments have been put into what they amend (`resolver.amendments`)
        case syntax.Policy():
            _policy(found, declaration)
        case syntax.SetAside():
            found.set_asides.append(declaration)
        case syntax.Case():
            found.cases.append(declaration)
        case syntax.Table():
            _table(found, declaration)
        case syntax.Kind() | syntax.Choice() | syntax.Entity():
            _type(found, declaration)
        case syntax.Rule():
            _rule(found, declaration)
        case _:
            _value(found, declaration)


def _policy(found: _Collected, policy: syntax.Policy) -> None:
    if found.policy is not None:
        note = Note(found.policy.name.span, Words("the first is here", "前一个在此"))
        found.mistakes.add("V606", policy.name.span, note, name=policy.name.text)
        return
    found.policy = policy
    names = _Table(found.mistakes)
    for document in policy.documents:
        names.add(document.name, found.documents, document)


def _type(found: _Collected, thing: syntax.Kind | syntax.Choice | syntax.Entity) -> None:
    if thing.name.text in TYPES:
        found.mistakes.add("V226", thing.name.span, name=thing.name.text)
        return
    match thing:
        case syntax.Kind():
            found.types.add(thing.name, found.kinds, thing)
        case syntax.Choice():
            _once(found.mistakes, (member.name for member in thing.members))
            found.types.add(thing.name, found.choices, thing)
        case syntax.Entity():
            _once(found.mistakes, (field.name for field in thing.fields))
            found.types.add(thing.name, found.entities, thing)
            if found.entities.get(thing.name.text) is thing:
                found.kinds[thing.name.text] = thing.kind
        case _:
            assert_never(thing)


def _once(mistakes: Mistakes, names: Iterable[syntax.Name]) -> None:
    """Report names that a list has twice."""
    table, ignored = _Table(mistakes), dict[str, syntax.Name]()
    for name in names:
        table.add(name, ignored, name)


def _rule(found: _Collected, rule: syntax.Rule) -> None:
    found.ruled.add(rule.name, found.rules, rule)
    if found.rules.get(rule.name.text) is not rule:
        return
    _once(found.mistakes, (reading.name for reading in rule.readings))
    name = conclusion_name(rule)
    if name.text in found.tables or name.text not in found.conclusions:
        found.values.add(name, found.conclusions, (rule,))
    else:
        found.conclusions[name.text] += (rule,)


def _table(found: _Collected, table: syntax.Table) -> None:
    """A table is a rule for each of its outputs, and decides them alone."""
    shape = shaped(table, found.mistakes)
    if shape is None:
        return
    for rule in as_rules(shape):
        name = conclusion_name(rule)
        found.ruled.add(rule.name, found.rules, rule)
        found.values.add(name, found.conclusions, (rule,))
        if found.conclusions.get(name.text) == (rule,):
            found.tables[name.text] = shape


def _value(
    found: _Collected,
    thing: syntax.Fact | Definition | syntax.Target | syntax.Provision,
) -> None:
    match thing:
        case syntax.Fact():
            found.values.add(thing.name, found.facts, thing)
        case syntax.Define() | syntax.Parameter() | syntax.Recorded():
            found.values.add(thing.name, found.definitions, thing)
        case syntax.Target():
            _once(found.mistakes, (reading.name for reading in thing.readings))
            found.values.add(thing.name, found.targets, thing)
        case syntax.Provision():
            found.values.add(thing.name, found.provisions, thing)
            for fact in thing.evidence:
                found.values.add(fact.name, found.facts, fact)
        case _:
            assert_never(thing)


def _check_entities(scope: Scope, mistakes: Mistakes) -> None:
    """`for ENTITY` names an entity, and all rules of a conclusion name the same one."""
    owners = [rule.entity for rule in scope.rules.values()]
    owners += [
        definition.entity
        for definition in scope.definitions.values()
        if isinstance(definition, syntax.Define)
    ]
    for owner in owners:
        if owner and owner.text not in scope.entities:
            close = close_names(owner.text, scope.entities)
            mistakes.add("V211", owner.span, name=owner.text, close=close)
    for name, (first, *others) in scope.conclusions.items():
        for rule in others:
            if _owner(rule) != _owner(first):
                note = Note(first.name.span, Words("the other rule", "另一条规则"))
                mistakes.add("V224", rule.name.span, note, name=name)


def _owner(rule: syntax.Rule) -> str | None:
    return rule.entity.text if rule.entity else None

"""The text of a module: an enumeration for each choice, a class for each kind of facts.

A field that is not given is missing: `None` says so, or `MISSING` where `None` says that there is
no such thing.  What a field is called where Python keeps its name for itself is said in its
metadata, which the reader of facts knows.  Lines are as `ruff format` has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from attrs import Factory, define, frozen

from vocpolicy import core
from vocpolicy.codegen.identifiers import class_name, identifiers, member_name
from vocpolicy.codegen.lines import assignment, docstring, quoted
from vocpolicy.diagnostics import Diagnostic, UsageError, close_names
from vocpolicy.needs import facts_needed
from vocpolicy.schema import fact_lines

WORDS = {
    "en": {
        "title": "Facts of {title}, as classes.",
        "made": "Made by `vocpolicy codegen`: make it anew when the policy asks for other facts.",
        "own": "The facts of {title} that belong to no record.",
        "attributes": "Attributes:",
        "blank": " ",
    },
    "zh": {
        "title": "{title}的事项类。",
        "made": "由 `vocpolicy codegen` 生成；政策所用事项有变时请重新生成。",
        "own": "{title}中不属于任何对象的事项。",
        "attributes": "Attributes:",
        "blank": "",
    },
}

BUILTIN = frozenset({"bool", "date", "frozen", "field", "int", "list", "str", "tuple"})
IMPORTED = frozenset(
    {"Decimal", "Fraction", "MISSING", "Mapping", "Missing", "Number", "Sequence", "StrEnum"}
)


@frozen
class Field:
    """A field of a class: its fact, what it is called, and whether it may be left out of a record
    altogether (`borrowed`), since it is no field of the record's entity."""

    fact: core.Fact
    name: str
    borrowed: bool = False


def python_classes(policy: core.Policy, entity: str | None = None, lang: str = "en") -> str:
    """The source of a module.

    Args:
        entity: the entity whose class is wanted; with it come those that its fields hold.  All of
            them, and the policy's own facts, where none is named.
        lang: language of the docstrings.

    Raises:
        UsageError: the policy has no such entity.
    """
    if entity is not None and entity not in policy.entities:
        args = {"name": entity, "close": close_names(entity, policy.entities)}
        raise UsageError([Diagnostic("V670", args=args)])
    return _Module(policy, lang).text(entity)


@define
class _Module:
    """Writes one module.

    Attributes:
        classes: names of classes, by the entities and choices that they are for.
        used: what of `IMPORTED` the module names.
    """

    policy: core.Policy
    lang: str
    classes: dict[tuple[str, str], str] = Factory(dict)
    used: set[str] = Factory(set)

    def text(self, entity: str | None) -> str:
        entities = self._entities(entity)
        own = {} if entity is not None else dict(self.policy.facts)
        kinds = [fact.type for one in entities for fact in self._fields_of(one)]
        kinds += [fact.type for fact in own.values()]
        choices = dict.fromkeys(name for kind in kinds for name in _choices(kind))
        things = [*(("choice", name) for name in choices), *(("entity", one) for one in entities)]
        things += [("own", self.policy.name)] if own else []
        wanted = [class_name(name if what != "own" else f"{name}_facts") for what, name in things]
        taken = BUILTIN | IMPORTED
        for thing, name in zip(things, wanted, strict=True):
            made = next(iter(identifiers([name], taken).values()))
            self.classes[thing] = made
            taken |= {made}
        parts = [list(self._enumeration(name)) for name in choices]
        parts += [list(self._entity_class(one)) for one in entities]
        if own:
            parts.append(list(self._own_class(own)))
        body = "\n\n\n".join("\n".join(lines) for lines in parts)
        return f"{self._head()}\n\n\n{body}\n"

    # ---- what there is

    def _entities(self, entity: str | None) -> list[str]:
        """Those that are wanted, each after those that its fields hold."""
        found: dict[str, None] = {}

        def visit(name: str, around: frozenset[str]) -> None:
            if name in found or name in around:
                return
            for fact in self._fields_of(name):
                for inner in _records(fact.type):
                    visit(inner, around | {name})
            found[name] = None

        wanted = list(self.policy.entities) if entity is None else [entity]
        if entity is None:
            wanted += [one for fact in self.policy.facts.values() for one in _records(fact.type)]
        for name in wanted:
            visit(name, frozenset())
        return list(found)

    def _fields_of(self, entity: str) -> list[core.Fact]:
        return [*self.policy.entities[entity].fields.values(), *self._borrowed(entity).values()]

    def _borrowed(self, entity: str) -> dict[str, core.Fact]:
        """The policy's own facts that something decided for the entity needs."""
        fields = self.policy.entities[entity].fields
        found: dict[str, core.Fact] = {}
        for conclusion in self.policy.conclusions.values():
            if conclusion.entity == entity:
                found |= facts_needed(self.policy, conclusion.name)
        return {
            name: fact
            for name, fact in found.items()
            if name not in fields and self.policy.facts.get(name) is fact
        }

    # ---- text

    def _head(self) -> str:
        words = WORDS[self.lang]
        title = self.policy.title.get(self.lang) or self.policy.name
        lines = list(docstring([words["title"].format(title=title), "", words["made"]], ""))
        lines += ["", "from __future__ import annotations", ""]
        standard = []
        if self.used & {"Mapping", "Sequence"}:
            several = ", ".join(sorted(self.used & {"Mapping", "Sequence"}))
            standard.append(f"from collections.abc import {several}")
        if "datetime" in self.used:
            standard.append("from datetime import date")
        if "Number" in self.used:
            standard.append("from decimal import Decimal")
        if "StrEnum" in self.used:
            standard.append("from enum import StrEnum")
        if "Number" in self.used:
            standard.append("from fractions import Fraction")
            standard.append("from typing import TypeAlias")
        lines += [*standard, *([""] if standard else [])]
        fields = "field, frozen" if "field" in self.used else "frozen"
        lines.append(f"from attrs import {fields}")
        if "MISSING" in self.used:
            lines.append("from vocpolicy import MISSING, Missing")
        if "Number" in self.used:
            lines += ["", "Number: TypeAlias = int | Decimal | Fraction"]
        return "\n".join(lines)

    def _enumeration(self, name: str) -> Iterator[str]:
        self.used.add("StrEnum")
        choice = self.policy.choices[name]
        members = identifiers(choice.members, frozenset({"MRO"}), member_name)
        yield f"class {self.classes['choice', name]}(StrEnum):"
        yield from docstring([f"{self._label(choice.labels, name)}."], "    ")
        yield ""
        for value, labels in choice.members.items():
            yield f"    {members[value]} = {quoted(value)}"
            if labels.get(self.lang) not in ("", value):
                yield from docstring([labels.get(self.lang)], "    ")

    def _entity_class(self, name: str) -> Iterator[str]:
        entity, borrowed = self.policy.entities[name], self._borrowed(name)
        facts = [*entity.fields.values(), *borrowed.values()]
        title = f"{self._label(entity.labels, name)}."
        yield from self._class(self.classes["entity", name], title, facts, frozenset(borrowed))

    def _own_class(self, own: Mapping[str, core.Fact]) -> Iterator[str]:
        title = self.policy.title.get(self.lang) or self.policy.name
        about = WORDS[self.lang]["own"].format(title=title)
        name = self.classes["own", self.policy.name]
        yield from self._class(name, about, list(own.values()), frozenset())

    def _label(self, labels: core.Labels, name: str) -> str:
        text = labels.get(self.lang) or name
        return text[:1].upper() + text[1:]

    def _class(
        self, name: str, title: str, facts: Sequence[core.Fact], borrowed: frozenset[str]
    ) -> Iterator[str]:
        taken = BUILTIN | IMPORTED | frozenset(self.classes.values()) | {"self"}
        names = identifiers((fact.name for fact in facts), taken)
        fields = [Field(fact, names[fact.name], fact.name in borrowed) for fact in facts]
        yield "@frozen(kw_only=True)"
        yield f"class {name}:"
        yield from docstring([title, *self._attributes(fields)], "    ")
        for one in fields:
            yield ""
            yield from self._field(one)

    def _attributes(self, fields: Sequence[Field]) -> Iterator[str]:
        if not fields:
            return
        yield ""
        yield WORDS[self.lang]["attributes"]
        for one in fields:
            line = next(iter(fact_lines(self.policy, [one.fact], self.lang)))
            yield f"    {one.name}{line.removeprefix(one.fact.name)}"

    def _field(self, one: Field) -> Iterator[str]:
        fact = one.fact
        kind = self._annotation(fact.type)
        if fact.entity is None and isinstance(fact.type, core.NumberType):
            self.used |= {"Mapping", "datetime"}
            kind = f"{kind} | Mapping[date, {kind}]"
        none = isinstance(fact.type, core.OptionalType)
        default = "MISSING" if none or one.borrowed else "None"
        if default == "MISSING":
            self.used.add("MISSING")
        kind = f"{kind} | {'Missing' if default == 'MISSING' else 'None'}"
        if one.name == fact.name:
            yield from assignment(f"    {one.name}: {kind}", default, [])
            return
        self.used.add("field")
        metadata = f'metadata={{"fact": {quoted(fact.name)}}}'
        yield from assignment(f"    {one.name}: {kind}", "", [f"default={default}", metadata])

    def _annotation(self, kind: core.Type) -> str:
        match kind:
            case core.YesNoType():
                return "bool"
            case core.DateType():
                self.used.add("datetime")
                return "date"
            case core.TextType():
                return "str"
            case core.ChoiceType(name):
                return self.classes["choice", name]
            case core.NumberType(whole=whole):
                self.used |= set() if whole else {"Number"}
                return "int" if whole else "Number"
            case core.OptionalType(inner):
                return f"{self._annotation(inner)} | None"
            case core.ListType(item):
                of = self._annotation(item)
                return f"list[{of}] | tuple[{of}, ...]"
            case core.RecordType(entity):
                return self.classes["entity", entity]
            case _:
                assert_never(kind)


def _records(kind: core.Type) -> Iterator[str]:
    match kind:
        case core.RecordType(entity):
            yield entity
        case core.ListType(inner) | core.OptionalType(inner):
            yield from _records(inner)
        case _:
            pass


def _choices(kind: core.Type) -> Iterator[str]:
    match kind:
        case core.ChoiceType(name):
            yield name
        case core.ListType(inner) | core.OptionalType(inner):
            yield from _choices(inner)
        case _:
            pass

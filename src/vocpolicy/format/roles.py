"""What words mean where the tree, not the token, knows it: units, types, years, hit policies."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

import attrs

from vocpolicy.source import Span
from vocpolicy.syntax import Accepts, AnyCell, File, Moment, Name, Number, Table, TypeName, YesNo


class Role(Enum):
    """What a word is, beyond its token."""

    UNIT_OF_ONE = "unit of one"
    UNIT = "unit"
    TYPE = "type"
    UNDER = "under another unit"
    YEAR = "year"
    HIT_POLICY = "hit policy"
    ANY_CELL = "any cell"
    YES = "yes"
    PROPERTY = "property"


def roles(file: File) -> dict[int, Role]:
    """The role of each word that has one, by where the word begins."""
    found: dict[int, Role] = {}
    waiting: list[Any] = list(file.declarations)
    while waiting:
        node = waiting.pop()
        for name, role in _named(node):
            found[name.span.start] = role
        waiting += _children(node)
    return found


def _named(node: object) -> Iterator[tuple[Any, Role]]:
    match node:
        case Number(unit=Name() as unit, per=under):
            yield unit, Role.UNIT_OF_ONE if node.value == 1 else Role.UNIT
            yield from ((one, Role.UNDER) for one in under)
        case TypeName(form="name", name=Name() as name):
            yield name, Role.TYPE
        case TypeName(form="per", name=Name() as over, per=under):
            yield over, Role.TYPE
            yield from ((one, Role.UNDER) for one in under)
        case Moment(form="year"):
            yield node, Role.YEAR
        case Table():
            yield from ((word, Role.HIT_POLICY) for word in node.policy)
        case Accepts(name=name):
            yield name, Role.PROPERTY
        case AnyCell():
            yield node, Role.ANY_CELL
        case YesNo():
            yield node, Role.YES
        case _:
            return


def _children(node: Any) -> list[Any]:
    found: list[Any] = []
    for attribute in attrs.fields(type(node)):
        value = getattr(node, attribute.name)
        found += (one for one in _flat(value) if attrs.has(type(one)) and not isinstance(one, Span))
    return found


def _flat(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        for one in value:
            yield from _flat(one)
    else:
        yield value

"""What the builders of blocks share: items with their role, gathered into the fields of a node."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from attrs import field, frozen

from vocpolicy.diagnostics import Diagnostic, Note, Words
from vocpolicy.parser.machine import FaultyError
from vocpolicy.parser.tokens import Token
from vocpolicy.source import Span
from vocpolicy.syntax import Attributes, Name, Text

T = TypeVar("T")


@frozen
class Part:
    """An item of a block, or a clause of a head, on its way into a node."""

    role: str
    value: Any
    span: Span
    attributes: Attributes = Attributes()


@frozen
class Gathered:
    """The parts of a node by role; collects what is wrong among them.

    Attributes:
        faults: roles that were given twice, and whatever the builder adds.
    """

    roles: dict[str, list[Part]]
    faults: list[Diagnostic] = field(factory=list)

    def one(self, role: str) -> Any:
        """The value of a role that may be given once, or None."""
        parts = self.roles.get(role)
        if parts is None:
            return None
        for again in parts[1:]:
            note = Note(parts[0].span, Words("It was given here first.", "第一次写在这里。"))
            found = first_word(again.span)
            self.faults.append(Diagnostic("V151", again.span, {"found": found}, (note,)))
        return parts[0].value

    def many(self, role: str) -> tuple[Any, ...]:
        """The values of a role that may be given any number of times, in order."""
        return tuple(part.value for part in self.roles.get(role, ()))

    def attributes(self, role: str) -> Attributes:
        """What follows the item of a role that may be given once, on its line."""
        parts = self.roles.get(role)
        return parts[0].attributes if parts else Attributes()

    def flat(self, role: str) -> tuple[Any, ...]:
        """The values of a role whose parts each hold several."""
        return tuple(value for part in self.roles.get(role, ()) for value in part.value)


def gather(items: Iterable[object]) -> Gathered:
    """Parts by role.  A text that stands by itself is the label of what it stands in."""
    roles: dict[str, list[Part]] = {}
    for item in items:
        if item.__class__ is Part:
            roles.setdefault(item.role, []).append(item)
        elif isinstance(item, Text):
            roles.setdefault("label", []).append(Part("label", item, item.span))
    return Gathered(roles)


def settle(node: T, faults: list[Diagnostic]) -> T:
    """The node, or, where something is wrong with it, the mistake with the node in it.

    Raises:
        FaultyError: there are faults; parsing goes on with the node.
    """
    if faults:
        raise FaultyError(node, faults)
    return node


def first_word(span: Span) -> str:
    """The word that a span begins with, to speak of it."""
    return span.text.split(None, 1)[0].rstrip(":：={｛") if span.text.strip() else span.text


def span_of(token: Token, near: Span) -> Span:
    return Span(near.source, token.start_pos, token.end_pos)


def name_of(token: Token, near: Span) -> Name:
    """The name that a token is, in the source of a span."""
    return Name(token.value, span=Span(near.source, token.start_pos, token.end_pos))


def chosen(items: Iterable[object], kind: type[T]) -> T | None:
    """The first of the items that is of a class, or None."""
    for item in items:
        if isinstance(item, kind):
            return item
    return None


def is_token(item: object, terminal: str) -> bool:
    return item.__class__ is Token and item.type == terminal

"""HTML as a small tree, so that no text reaches a page without being escaped."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TypeAlias, assert_never

from attrs import frozen

_VOID = frozenset({"br", "col", "hr", "meta"})


@frozen
class Raw:
    """Markup that the library made itself: a style sheet, a chart.  Never text of a user."""

    text: str


@frozen
class Element:
    name: str
    attributes: tuple[tuple[str, str | None], ...] = ()
    children: tuple[Content, ...] = ()


Content: TypeAlias = Element | Raw | str


def element(
    tag: str, /, *children: Content | None, **attributes: str | int | bool | None
) -> Element:
    """An element.  Children that are None are left out, strings are text.  `class_` stands for
    `class`, `aria_label` for `aria-label`; True is an attribute without a value, and one that is
    None, False or empty is left out."""
    named = tuple(
        (key.rstrip("_").replace("_", "-"), None if value is True else str(value))
        for key, value in attributes.items()
        if value is not None and value is not False and value != ""
    )
    return Element(tag, named, tuple(child for child in children if child is not None))


def render(*contents: Content) -> str:
    """The markup of these contents, one after another."""
    return "".join(part for content in contents for part in _render(content))


def _render(content: Content) -> Iterator[str]:
    match content:
        case str():
            yield html.escape(content)
        case Raw(text):
            yield text
        case Element(name, attributes, children):
            yield f"<{name}{''.join(map(_attribute, attributes))}>"
            if name not in _VOID:
                for child in children:
                    yield from _render(child)
                yield f"</{name}>"
        case _:
            assert_never(content)


def _attribute(one: tuple[str, str | None]) -> str:
    name, value = one
    return f" {name}" if value is None else f' {name}="{html.escape(value)}"'

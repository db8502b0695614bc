"""How deep a declaration's tree is, so that no later phase meets a tree too deep to walk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from vocpolicy.diagnostics import Diagnostic
from vocpolicy.parser.lexer import DEEPEST
from vocpolicy.parser.tokens import CONTINUES_AFTER, Token
from vocpolicy.source import Span
from vocpolicy.syntax import Declaration

_DEEPENS = CONTINUES_AFTER | {"NOT", "AGGREGATE", "COUNT_OF"}

_AROUND = 6
"""Levels of a declaration around and below an expression."""


def too_deep(node: Declaration, tokens: Sequence[Token]) -> Diagnostic | None:
    """The mistake of nesting too deeply, at the expression where it begins, or None.

    Only tokens that can add a level are counted first, which settles nearly every declaration.
    """
    if sum(token.type in _DEEPENS for token in tokens) <= DEEPEST:
        return None
    level: list[Any] = [node]
    for _ in range(DEEPEST + _AROUND):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return None
    span = getattr(level[0], "span", node.span)
    assert isinstance(span, Span)
    return Diagnostic("V114", span, {"most": DEEPEST})


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

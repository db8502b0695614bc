"""Brackets that do not match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vocpolicy.diagnostics import Diagnostic
from vocpolicy.parser.place import CLOSES, Place
from vocpolicy.parser.tokens import END, OPENS, SIGNS, Token
from vocpolicy.source import Source

_SIGN = {terminal: sign for sign, terminal in SIGNS.items()}
_OF_RANGES = frozenset(("_LPAR", "_RPAR", "_LBRACKET", "_RBRACKET"))
_PAIR = {opening: _SIGN[closing] for closing, opening in CLOSES.items()}


def unclosed(at: Place) -> Diagnostic | None:
    """An opening bracket before the token that nothing closes.

    Which brace lacks its end the text alone does not say; the way it is indented does.
    """
    opening = _first_unclosed(at)
    if opening is None or opening.start_pos >= at.token.start_pos:
        return None
    ends = at.kind == END or at.kind in CLOSES or at.begins_item
    if opening.type == "_LBRACE" and not ends:
        return None
    if not ends and _line(at, opening) == _line(at, at.token):
        return None
    return at.wrong("V118", opening, write=_PAIR[opening.type])


def _line(at: Place, token: Token) -> int:
    return at.source.position(token.start_pos)[0]


def extra(at: Place) -> Diagnostic | None:
    """A closing bracket that closes nothing."""
    opening = CLOSES.get(at.kind)
    if opening is None or _open(at, opening):
        return None
    return at.wrong("V119", at.token)


def _open(at: Place, opening: str) -> bool:
    stack: list[str] = []
    for token in _outside_ranges(at.tokens[: at.index]):
        if token.type in OPENS:
            stack.append(token.type)
        elif (closed := CLOSES.get(token.type)) in stack:
            while stack.pop() != closed:
                pass
    return opening in stack


def _first_unclosed(at: Place) -> Token | None:
    stack: list[Token] = []
    for token in _outside_ranges(at.tokens):
        if token.type in OPENS:
            stack.append(token)
        elif opening := CLOSES.get(token.type):
            if not any(one.type == opening for one in stack):
                continue
            last = stack.pop()
            if last.type != opening or _outdented(at.source, last, token):
                return last
    return stack[-1] if stack else None


def _outside_ranges(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens but for the brackets in rows of a table, which need not match: `[1, 3)`."""
    row, before = False, ""
    for token in tokens:
        if before in ("_SEP", "_LBRACE", "_RBRACE"):
            row = token.type == "_BAR"
        before = token.type
        if not row or token.type not in _OF_RANGES:
            yield token


def _outdented(source: Source, opening: Token, closing: Token) -> bool:
    """Whether a brace on a line of its own stands further left than the line that it would end."""
    line, column = source.position(closing.start_pos)
    if closing.type != "_RBRACE" or source.line(line)[: column - 1].strip():
        return False
    opened = source.line(source.position(opening.start_pos)[0])
    return column - 1 < len(opened) - len(opened.lstrip())

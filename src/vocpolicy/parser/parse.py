"""Parses the pieces of a file, and collects what is wrong with them."""

from __future__ import annotations

from functools import lru_cache

from vocpolicy.diagnostics import Diagnostic
from vocpolicy.parser import signs
from vocpolicy.parser.build import BUILDERS, PASSES
from vocpolicy.parser.depth import too_deep
from vocpolicy.parser.grammar import Table, make_table
from vocpolicy.parser.lexer import MOST_IN_FILE, Piece, lex
from vocpolicy.parser.machine import Built, run
from vocpolicy.parser.mistakes import mistake
from vocpolicy.parser.place import item_start
from vocpolicy.parser.tokens import DECLARES, END, Token
from vocpolicy.source import MOST_BYTES, Source, Span
from vocpolicy.syntax import Declaration, File

LARGEST = MOST_BYTES

MOST_MISTAKES = 20
"""How many mistakes of one declaration are looked for; fewer where it is very long."""

_MOST_TOKENS = 100_000

# After these the lines that follow, up to the next declaration, may belong to this one.
_CASCADES = frozenset(("V118", "V119", "V126", "V139"))

# What is found where an item was left out says nothing.
_OF_WHOLE = frozenset(("V152", "V153"))


@lru_cache(maxsize=1)
def table() -> Table:
    """The parser's table, made at the first parse."""
    return make_table(BUILDERS, PASSES)


def parse_text(text: str, name: str = "<text>") -> tuple[File, tuple[Diagnostic, ...]]:
    """`parse` for text from memory."""
    return parse(Source(name, text))


def parse(source: Source, largest: int = LARGEST) -> tuple[File, tuple[Diagnostic, ...]]:
    """Every declaration of a file that can be read, and what is wrong with the others.

    Args:
        source: the text.
        largest: size in bytes above which the file is not read.
    """
    size = _size(source.text, largest)
    if size > largest:
        place = Span(source, 0, 0)
        args = {"found": size, "most": largest}
        return File(source, ()), (Diagnostic("V116", place, args),)
    lexed = lex(source)
    declarations: list[Declaration] = []
    mistakes: list[Diagnostic] = []
    lost = False
    for piece in lexed.pieces:
        begins = bool(piece.tokens) and piece.tokens[0].type in DECLARES
        if lost and not begins:
            continue
        if len(mistakes) >= MOST_IN_FILE:
            break
        node, found = _parse_piece(piece, source)
        mistakes += found
        lost = any(one.code in _CASCADES for one in found)
        if node is not None:
            declarations.append(node)
    mistakes += _directions(source)
    mistakes.sort(key=lambda one: one.span.start if one.span else 0)
    return File(source, tuple(declarations), lexed.comments), tuple(mistakes)


def _size(text: str, largest: int) -> int:
    return len(text) if len(text) * 4 <= largest else len(text.encode("utf-8", "surrogatepass"))


def _parse_piece(piece: Piece, source: Source) -> tuple[Declaration | None, list[Diagnostic]]:
    """The declaration, or None, and its mistakes.

    A line that cannot be read is left out and the rest parsed again, so that several lines of
    one declaration can be wrong at once; such a declaration is not kept.
    """
    found = list(piece.mistakes)
    tokens = piece.tokens
    if not tokens or any(one.code == "V114" for one in found):
        return None, found
    last = tokens[-1].end_pos
    tokens = [*tokens, Token(END, "", last, last)]
    damaged = False
    cut = 0
    for _ in range(min(MOST_MISTAKES, 1 + _MOST_TOKENS // len(tokens))):
        outcome = run(table(), tokens, source)
        if isinstance(outcome, Built):
            found += (one for one in outcome.faults if not (damaged and one.code in _OF_WHOLE))
            if not damaged and (deep := too_deep(outcome.node, tokens)):
                return None, [*found, deep]
            return (None if damaged else outcome.node), found
        first, end = _item(tokens, outcome.index)
        if damaged and outcome.index == cut and first == end:
            break  # nothing is wrong here but what was left out
        if not _explained(found, tokens, first, end):
            found.append(mistake(table(), tokens, outcome.index, source))
        if first == 0 or first == end:
            break
        tokens, cut = _without(tokens, first, end)
        damaged = True
    return None, found


def _item(tokens: list[Token], index: int) -> tuple[int, int]:
    """The item of the innermost block that a token stands in: its first token, and the separator
    or brace after it.  All of the declaration, where it stands in none or braces do not match."""
    first = item_start(tokens, index)
    if first == 0:
        return 0, len(tokens)
    depth = 0
    for place in range(first, len(tokens)):
        kind = tokens[place].type
        if depth == 0 and kind in ("_SEP", "_RBRACE") and place >= index:
            return first, place
        if kind == "_LBRACE":
            depth += 1
        elif kind == "_RBRACE":
            if depth == 0:
                return 0, len(tokens)
            depth -= 1
    return 0, len(tokens)


def _without(tokens: list[Token], first: int, end: int) -> tuple[list[Token], int]:
    """The tokens without an item, and without a separator that then has nothing to separate;
    and the place where it was."""
    if tokens[end].type == "_SEP":
        end += 1
    elif tokens[first - 1].type == "_SEP":
        first -= 1
    return tokens[:first] + tokens[end:], first


def _explained(found: list[Diagnostic], tokens: list[Token], first: int, end: int) -> bool:
    """Whether a mistake that is known already stands in the same item."""
    start, stop = tokens[first].start_pos, tokens[min(end, len(tokens) - 1)].end_pos
    return any(one.span is not None and start <= one.span.start <= stop for one in found)


def _directions(source: Source) -> list[Diagnostic]:
    found = signs.DIRECTION.finditer(source.text)
    return [
        Diagnostic(
            "V115",
            Span(source, place.start(), place.end()),
            {"code_point": f"U+{ord(place[0][0]):04X}"},
        )
        for place, _ in zip(found, range(MOST_MISTAKES), strict=False)
    ]

"""The tokens of a file as words to be written, and what each of them is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from vocpolicy.parser import Piece
from vocpolicy.parser.tokens import ENDS_OPERAND, Token
from vocpolicy.syntax import File


@frozen
class Word:
    """One token on its way to the page.

    Attributes:
        type: terminal of the grammar.
        value: what the token says.
        start, end: offsets in the source.
        piece: which declaration of the file it belongs to.
        head: terminal that the declaration begins with.
        text: what is to be written; as it stands in the source to begin with.
        begins: whether it begins an item, a declaration or a member of a list.
        prefix: whether it is a minus sign before its number.
        narrow: whether it is a bracket or comma of a table's cell, which stay half-width.
    """

    type: str
    value: object
    start: int
    end: int
    piece: int
    head: str
    text: str
    begins: bool = False
    prefix: bool = False
    narrow: bool = False


def words_of(file: File, pieces: Sequence[Piece]) -> list[Word]:
    """Every token of a file but the separators, which the words after them know of."""
    found: list[Word] = []
    for number, piece in enumerate(pieces):
        found += _of_piece(file, number, piece.tokens)
    return found


def _of_piece(file: File, number: int, tokens: Sequence[Token]) -> Iterator[Word]:
    text = file.source.text
    before: Token | None = None
    head = tokens[0].type if tokens else ""
    for token in tokens:
        if token.type != "_SEP":
            yield Word(
                token.type,
                token.value,
                token.start_pos,
                token.end_pos,
                number,
                head,
                text[token.start_pos : token.end_pos],
                before is None or before.type in ("_SEP", "_LBRACE"),
                token.type == "MINUS" and (before is None or before.type not in ENDS_OPERAND),
            )
        before = token

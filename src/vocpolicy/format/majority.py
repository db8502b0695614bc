"""Which language most of a file's keywords are in."""

from __future__ import annotations

from collections.abc import Sequence

from vocpolicy.parser import Piece
from vocpolicy.parser.tokens import SPELLED
from vocpolicy.source import Source


def majority(source: Source, pieces: Sequence[Piece]) -> str:
    """`zh` where more of the keywords are Chinese than English, else `en`."""
    balance = 0
    for piece in pieces:
        for token in piece.tokens:
            word = " ".join(source.text[token.start_pos : token.end_pos].split())
            if token.type != "NAME" and word in SPELLED:
                balance += 1 if word.isascii() else -1
    return "zh" if balance < 0 else "en"

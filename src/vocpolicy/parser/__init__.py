"""Rule files to the syntax tree: the first phase.

    text -> tokens, in pieces -> a declaration for each piece

A piece that cannot be parsed gives mistakes and no declaration; the others are not touched by it.
Bad text never raises.
"""

from __future__ import annotations

from vocpolicy.parser.lexer import DEEPEST, Piece, half_width, lex
from vocpolicy.parser.parse import LARGEST, parse, parse_text
from vocpolicy.parser.spaces import likely_split

__all__ = [
    "DEEPEST",
    "LARGEST",
    "Piece",
    "half_width",
    "lex",
    "likely_split",
    "parse",
    "parse_text",
]

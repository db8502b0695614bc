"""What stands between two words on one line."""

from __future__ import annotations

from vocpolicy.format.words import Word

SET_OFF = "   "
"""Before an attribute and before a comment."""

_STOPS = frozenset("，、：")
_BRACKETS = frozenset("（）")
_SIGNS = frozenset(
    ("_EQUALS", "PLUS", "MINUS", "STAR", "_SLASH", "_BAR", "_LBRACE", "_RBRACE", "_LBRACKET")
)


def gap(left: Word, right: Word) -> str:
    """The spaces between two words that follow each other on a line."""
    if _touching(left, right):
        return ""
    if _attribute(left, right):
        return SET_OFF
    return "" if _wide(left, right) else " "


def _attribute(left: Word, right: Word) -> bool:
    """Whether what follows says where an item comes from, or why."""
    if right.begins:
        return False
    if right.type == "_BECAUSE":
        return left.type != "ASSUMED" and right.head != "SET_ASIDE"
    return right.type in ("CITE", "ASSUMED")


def _touching(left: Word, right: Word) -> bool:
    match left.type, right.type:
        case ("_LBRACKET", "_LBRACE") | ("_RBRACE", "_RBRACKET"):
            return False
        case ("_LPAR" | "_LBRACKET" | "_DOT", _) | (_, "_RPAR" | "_RBRACKET" | "_DOT" | "_COMMA"):
            return True
        case ("_LBRACE", "_RBRACE"):
            return True
        case ("NUMBER", "NAME"):
            return not right.text[0].isascii()
        case ("NUMBER" | "PERCENT" | "NAME", "ABOUT"):
            return not (right.text.isascii() or (left.type == "NAME" and left.text.isascii()))
        case ("MINUS", _):
            return left.prefix and right.type != "_BAR"
        case _:
            return False


def _wide(left: Word, right: Word) -> bool:
    """Full-width punctuation brings its own space; a bracket does not beside a sign."""
    return (
        left.text in _STOPS
        or right.text in _STOPS
        or (left.text in _BRACKETS and right.type not in _SIGNS)
        or (right.text in _BRACKETS and left.type not in _SIGNS)
    )

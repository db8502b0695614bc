"""What is meant by a token that cannot stand where it does.

Each function looks for one mistake that people make and returns its diagnostic or None.  The
first that speaks is reported; the last ones always speak, in words of what could come.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vocpolicy.diagnostics import Diagnostic, Words
from vocpolicy.parser import brackets, spelling
from vocpolicy.parser.grammar import Table
from vocpolicy.parser.place import CLOSES, Place
from vocpolicy.parser.reader import expected_words, terminal_words, token_words
from vocpolicy.parser.signs import spelled
from vocpolicy.parser.tokens import CONTINUES_BEFORE, DECLARES, END, Token
from vocpolicy.source import Source

_OPPOSITES = {
    "AT_LEAST": "LESS_THAN",
    "AT_MOST": "MORE_THAN",
    "MORE_THAN": "AT_MOST",
    "LESS_THAN": "AT_LEAST",
}
_COMPARES = frozenset((*_OPPOSITES, "IS", "IS_NOT", "IN", "NOT_IN", "BETWEEN"))
_ENDS = frozenset((END, "_SEP", *CLOSES))
_BEGINS_TYPE = frozenset(("NAME", "YES_OR_NO", "COUNT_OF", "LIST_OF", "_EQUALS"))
_TYPED = frozenset(("FACT", "PARAMETER", "RECORDED", "EVIDENCE", "ENTITY", "MEASURE", "EACH"))


def mistake(table: Table, tokens: Sequence[Token], index: int, source: Source) -> Diagnostic:
    """The mistake at the first token that the parser cannot take."""
    at = Place(table, tokens, index, source)
    for look in _LOOKS:
        found = look(at)
        if found is not None:
            return found
    return _out_of_place(at)


# ---- one mistake each --------------------------------------------------------------------------


def _equals(at: Place) -> Diagnostic | None:
    if at.kind == "_EQUALS" and "IS" in at.accepted:
        return at.wrong("V106", at.token, write=spelled("IS"))
    return None


def _comma_in_number(at: Place) -> Diagnostic | None:
    """`1,000`: a comma without space between a number and three digits."""
    for comma in (at.index, at.index - 1):
        if not 0 < comma < len(at.tokens) - 1 or at.tokens[comma].type != "_COMMA":
            continue
        low, high = at.tokens[comma - 1], at.tokens[comma + 1]
        found = at.text(low, high)
        whole, _, thousands = found.replace("，", ",").partition(",")
        if whole.isdigit() and len(thousands) == 3 and thousands.isdigit():
            last = _thousands(at, comma + 1)
            found = at.text(low, last)
            write = found.replace(",", "").replace("，", "")
            return at.wrong("V111", low, last, write=write)
    return None


def _thousands(at: Place, index: int) -> Token:
    """The last group of digits of `1,000,000`."""
    while (
        index + 2 < len(at.tokens)
        and at.tokens[index + 1].type == "_COMMA"
        and len(at.text(at.tokens[index], at.tokens[index + 2])) == 7
        and at.tokens[index + 2].type == "NUMBER"
    ):
        index += 2
    return at.tokens[index]


def _percent_before(at: Place) -> Diagnostic | None:
    """`百分之65`"""
    if at.before is None or at.kind != "NUMBER" or at.text(at.before) != "百分之":
        return None
    return at.wrong("V112", at.before, at.token, write=f"{at.text(at.token)}%")


def _set_brackets(at: Place) -> Diagnostic | None:
    if at.kind_before not in ("IN", "NOT_IN", "EACH_OF") or "_LPAR" not in at.accepted:
        return None
    if at.kind not in ("_LBRACE", "_LBRACKET"):
        return None
    closing = next((one for one in at.tokens[at.index :] if CLOSES.get(one.type) == at.kind), None)
    if closing is None:
        return None
    inner = at.text(at.token, closing)[1:-1].strip()
    return at.wrong("V130", at.token, closing, write=f"({inner})")


def _trailing_comma(at: Place) -> Diagnostic | None:
    if at.before is not None and at.kind_before == "_COMMA" and at.kind in _ENDS:
        return at.wrong("V131", at.before)
    return None


def _negated_comparison(at: Place) -> Diagnostic | None:
    """`is not at least 5`, `not at least 5` after a value."""
    if at.before is None or at.kind not in _OPPOSITES or at.kind_before not in ("IS_NOT", "NOT"):
        return None
    write = spelled(_OPPOSITES[at.kind])
    return at.wrong("V146", at.before, at.token, write=write)


def _chained(at: Place) -> Diagnostic | None:
    if at.kind not in _COMPARES:
        return None
    since = at.tokens[at.first : at.index]
    last = next((one for one in reversed(since) if one.type in _COMPARES | {"AND", "OR"}), None)
    if last is None or last.type not in _COMPARES or last is at.before:
        return None
    return at.wrong("V132", at.token)


def _row_end(at: Place) -> Diagnostic | None:
    if at.tokens[at.first].type != "_BAR" or at.before is None or "_BAR" not in at.accepted:
        return None
    return at.wrong("V136", at.before) if at.kind in _ENDS else None


def _clause(at: Place) -> Diagnostic | None:
    if at.before is None or "CLAUSE" not in at.accepted:
        return None
    found = token_words(at.token, at.text(at.token))
    last = at.before if at.kind in _ENDS else at.token
    return at.wrong("V134", at.before, last, document=at.text(at.before), found=found)


def _label_language(at: Place) -> Diagnostic | None:
    if at.kind != "STRING" or "ZH" not in at.accepted or "EN" not in at.accepted:
        return None
    text = at.text(at.token)
    write = f"en {text}" if text.isascii() else f"zh {text}"
    return at.wrong("V140", at.token, write=write)


def _colon(at: Place) -> Diagnostic | None:
    if "_COLON" not in at.accepted or at.kind not in _BEGINS_TYPE:
        return None
    if at.block.type not in _TYPED and at.tokens[at.first].type not in _TYPED:
        return None
    name = next(one for one in at.tokens[at.first :] if one.type == "NAME")
    found = token_words(at.token, at.text(at.token))
    return at.wrong("V120", at.token, name=at.text(name), found=found)


def _range(at: Place) -> Diagnostic | None:
    """`between 2` without its other end."""
    if not {"AND", "_TO"} <= at.accepted or "OR" in at.accepted:
        return None
    found = token_words(at.token, at.text(at.token))
    return at.wrong("V142", _shown(at), found=found)


# ---- whole items -----------------------------------------------------------------------------


def _not_a_declaration(at: Place) -> Diagnostic | None:
    if at.index:
        return None
    found = token_words(at.token, at.text(at.token))
    if at.kind in ("CITE", "_BECAUSE", "ASSUMED"):
        return at.wrong("V135", at.token, found=found)
    return at.wrong("V126", at.token, found=found, expected=expected_words(DECLARES))


def _other_block(at: Place) -> Diagnostic | None:
    if not at.begins_item or at.kind in _ENDS or "NUMBER" in at.accepted:
        return None
    found = token_words(at.token, at.text(at.token))
    block = terminal_words(at.block.type)
    holds = at.accepted - {"_RBRACE", "_SEP"}
    return at.wrong("V125", at.token, found=found, block=block, expected=expected_words(holds))


def _brace(at: Place) -> Diagnostic | None:
    """A head that ends without the block that it needs."""
    if "_LBRACE" not in at.accepted or at.accepted & {END, "_SEP", "NUMBER"}:
        return None
    found = token_words(at.token, at.text(at.token))
    block = terminal_words(at.tokens[at.first].type)
    return at.wrong("V139", _shown(at), found=found, block=block)


def _ends_early(at: Place) -> Diagnostic | None:
    if at.kind not in _ENDS:
        return None
    place = Words("This line", "这一行")
    return at.wrong("V127", _shown(at), place=place, expected=expected_words(at.accepted))


def _complete(at: Place) -> Diagnostic | None:
    """The item could end here, but something follows that could stand on a line of its own."""
    ends = {"_SEP", END} & at.accepted
    if not ends or at.kind in CONTINUES_BEFORE:
        return None
    found = token_words(at.token, at.text(at.token))
    expected = expected_words(at.accepted - {"_SEP", "_RBRACE", END})
    return at.wrong("V129", at.token, found=found, expected=expected)


def _out_of_place(at: Place) -> Diagnostic:
    found = token_words(at.token, at.text(at.token))
    return at.wrong("V128", _shown(at), found=found, expected=expected_words(at.accepted))


def _shown(at: Place) -> Token:
    """The token to point at: the one before, where this one is only the end of something."""
    return at.before if at.before is not None and at.kind in _ENDS else at.token


_LOOKS: tuple[Callable[[Place], Diagnostic | None], ...] = (
    brackets.unclosed,
    brackets.extra,
    _equals,
    _comma_in_number,
    _percent_before,
    _set_brackets,
    _trailing_comma,
    _negated_comparison,
    _chained,
    _row_end,
    _clause,
    _label_language,
    _colon,
    *spelling.LOOKS,
    _not_a_declaration,
    _other_block,
    _brace,
    _range,
    _ends_early,
    _complete,
)

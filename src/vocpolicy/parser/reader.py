"""The reader's words for terminals and tokens, in both languages; never a terminal's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from vocpolicy.diagnostics import Words
from vocpolicy.keywords import AGGREGATES, KEYWORDS, MODALITIES, ROUNDINGS, WORDINGS, Spelled
from vocpolicy.parser.tokens import END, INFIX, SIGNS, Token, shortened

MOST_NAMED = 14
"""How many of the things that may come are listed."""

_LITERALS = {
    END: Words("the end of the declaration", "声明的结尾"),
    "_SEP": Words("the end of the line", "换行"),
    "NAME": Words("a name", "名称"),
    "NUMBER": Words("a number", "数字"),
    "PERCENT": Words("a percentage", "百分比"),
    "STRING": Words("text in quotes", "带引号的文字"),
    "DATE": Words("a date", "日期"),
    "MONTH": Words("a month", "月份"),
    "YEAR_END": Words("the end of a year", "某年年底"),
    "CLAUSE": Words("a clause", "条款号"),
}


def _one(word: Spelled) -> Words:
    return Words(f"`{word.en[0]}`", f"“{word.zh[0]}”")


def _such_as(word: Spelled, en: str, zh: str) -> Words:
    return Words(f"{en} such as `{word.en[0]}`", f"{zh}（如“{word.zh[0]}”）")


TERMINALS: Mapping[str, Words] = MappingProxyType(
    {terminal: Words(f"`{sign}`", f"“{sign}”") for sign, terminal in SIGNS.items()}
    | {row.terminal: Words(f"`{row.en[0]}`", f"“{row.zh[0]}”") for row in KEYWORDS if row.en[0]}
    | {
        "WORDING": _such_as(WORDINGS[0][0], "a conclusion", "结论"),
        "MODALITY": _such_as(MODALITIES[3][0], "a verb", "力度"),
        "ROUND": _such_as(ROUNDINGS[0], "a rounding", "取整方式"),
        "AGGREGATE": _such_as(AGGREGATES[0], "something of a list", "对清单的计算"),
    }
    | _LITERALS
)
"""How each terminal is spoken of."""

_OPERATORS = (
    INFIX - {"EXCEPT_WHEN", "_TO", "IF_ZERO", "IF_EMPTY"},
    Words("an operator such as `and`, `is`, `is at least`", "运算词（如“且”“是”“不低于”）"),
)
_LITERAL = frozenset(("NAME", "NUMBER", "PERCENT", "STRING"))

# The second is a part of the first, and is looked for where the first is not there.
_VALUES = (
    (
        _LITERAL | {"NOT", "ALL_OF"},
        Words("a condition or a value", "条件或值"),
    ),
    (_LITERAL, Words("a value", "值")),
)
_BEGIN_VALUE = _LITERAL | {
    *("NOT", "ALL_OF", "ANY_OF", "NONE_OF", "DATE", "YEAR_END", "YES", "NO", "IS", "NONE"),
    *("TODAY", "_LPAR", "MINUS", "AGGREGATE", "COUNT_OF", "ROUND", "SMALLER_OF", "LARGER_OF"),
    *("BAND_OF", "MARGINAL_OF"),
    *("YEARS_BETWEEN", "MONTHS_BETWEEN", "DAYS_BETWEEN"),
}
_ARITHMETIC = frozenset(("PLUS", "MINUS", "STAR", "_SLASH"))
_CALCULATES = Words("`+ - * /`", "“+ - * /”")


def terminal_words(terminal: str) -> Words:
    return TERMINALS[terminal]


def token_words(token: Token, text: str) -> Words:
    """What a token is, for a sentence: its kind and its text."""
    shown = shortened(text)
    if token.type in (END, "_SEP"):
        return TERMINALS[token.type]
    if token.type == "STRING":
        return Words(f"the text {shown}", f"文字 {shown}")
    return Words(f"`{shown}`", f"“{shown}”")


def expected_words(terminals: Iterable[str]) -> Words:
    """A list of what may come, values and operators each as one."""
    left = set(terminals)
    named: list[Words] = []
    for begins, words in _VALUES:
        if begins <= left:
            named.append(words)
            left -= _BEGIN_VALUE
            break
    operators, words = _OPERATORS
    if {"AND", "IS"} <= left:
        named.append(words)
        left -= operators
    if len(_ARITHMETIC & left) > 2:
        named.append(_CALCULATES)
        left -= _ARITHMETIC
    seen = {words.en for words in named}
    for terminal, words in _in_order(left):
        if words.en not in seen and terminal != END:
            seen.add(words.en)
            named.append(words)
    return join(named[:MOST_NAMED])


def _in_order(terminals: set[str]) -> list[tuple[str, Words]]:
    """In the order of the keyword table, literals and signs after."""
    order = [row.terminal for row in KEYWORDS]
    rank = {terminal: order.index(terminal) for terminal in terminals if terminal in order}
    placed = sorted(terminals, key=lambda one: (rank.get(one, len(order)), one))
    return [(terminal, TERMINALS[terminal]) for terminal in placed]


def join(several: Iterable[Words]) -> Words:
    listed = list(several)
    return Words(", ".join(words.en for words in listed), "、".join(words.zh for words in listed))

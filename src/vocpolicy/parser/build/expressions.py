"""Makes expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from vocpolicy.keywords import WORDINGS
from vocpolicy.operators import COMPARING, OPERATORS
from vocpolicy.parser.build.parts import Part, gather, is_token, name_of, settle
from vocpolicy.parser.build.words import moment
from vocpolicy.parser.tokens import Token
from vocpolicy.source import Span
from vocpolicy.syntax import (
    Aggregate,
    AsOf,
    Attributes,
    Band,
    Between,
    Chosen,
    Concluded,
    Condition,
    Conditions,
    Date,
    DatesBetween,
    Expr,
    Group,
    Infix,
    Membership,
    Nothing,
    Number,
    Path,
    Prefix,
    Ratio,
    Rounded,
    Scale,
    String,
    YesNo,
)

INFIXES: Mapping[str, str] = MappingProxyType(
    {
        OPERATORS[key].terminals[0]: key
        for key in (
            *("or", "and", "is", "is_not", "at_least", "at_most", "more_than", "less_than"),
            *("add", "subtract", "multiply"),
        )
    }
)
"""Terminals that stand between two operands, and the operator's key."""

_POSITIVE = {negative.key: positive.key for positive, negative in WORDINGS}
_BLOCKS = {"ALL_OF": "all", "ANY_OF": "any", "NONE_OF": "none"}
_CHOSEN = {"SMALLER_OF": "smaller", "LARGER_OF": "larger"}
_SCALES = {"BAND_OF": "band", "MARGINAL_OF": "marginal"}
_UNITS = {"YEARS_BETWEEN": "years", "MONTHS_BETWEEN": "months", "DAYS_BETWEEN": "days"}


def is_symbol(token: Token) -> bool:
    """Whether a comparison was written with a sign such as `>=`."""
    return not str(token.value)[0].isalpha()


def infix(span: Span, left: Expr, operator: Token, right: Expr) -> Infix:
    key = INFIXES[operator.type]
    symbol = key in COMPARING and is_symbol(operator)
    return Infix(key, left, right, symbol, span=span)


def prefix(span: Span, operator: Token, operand: Expr) -> Prefix:
    return Prefix("not" if operator.type == "NOT" else "negate", operand, span=span)


def ratio(span: Span, left: Expr, right: Expr, if_zero: Expr | None = None) -> Ratio:
    return Ratio(left, right, if_zero, span=span)


def if_zero(span: Span, _: Token, value: Expr) -> Expr:
    return value


def membership(span: Span, item: Expr, operator: Token, members: tuple[Expr, ...]) -> Membership:
    return Membership(item, members, operator.type == "NOT_IN", span=span)


def members(span: Span, *several: Expr) -> tuple[Expr, ...]:
    return several


def between(span: Span, item: Expr, _: Token, low: Expr, *rest: Any) -> Between:
    return Between(item, low, rest[-1], span=span)


def concluded(span: Span, left: Expr, verb: Token, wording: Token) -> Concluded | Prefix:
    """`x is eligible`; both ways of saying its opposite make the same node."""
    key = str(wording.value)
    opposite = key in _POSITIVE
    negated = opposite or verb.type == "IS_NOT"
    node = Concluded(left, _POSITIVE.get(key, key), negated, span=span)
    return Prefix("not", node, span=span) if opposite and verb.type == "IS_NOT" else node


def number(span: Span, token: Token) -> Number:
    return Number(token.value, span=span)


def quantity(span: Span, token: Token, unit: Token, *per: Token) -> Number:
    under = tuple(name_of(one, span) for one in per)
    return Number(token.value, name_of(unit, span), per=under, span=span)


def percent(span: Span, token: Token) -> Number:
    return Number(token.value, percent=True, span=span)


def date(span: Span, token: Token) -> Date:
    return Date(moment(span, token), span=span)


def string(span: Span, token: Token) -> String:
    return String(token.value, span=span)


def yes_no(span: Span, token: Token) -> YesNo:
    return YesNo(token.type != "NO", span=span)


def nothing(span: Span, token: Token) -> Nothing:
    return Nothing(span=span)


def as_of(span: Span, token: Token) -> AsOf:
    return AsOf(span=span)


def group(span: Span, inner: Expr) -> Group:
    return Group(inner, span=span)


def path(span: Span, *parts: Token) -> Path:
    if len(parts) == 1:
        return Path((name_of(parts[0], span),), span=span)
    return Path(tuple(name_of(part, span) for part in parts), span=span)


def condition(span: Span, expr: Expr, attributes: Attributes) -> Condition:
    return Condition(expr, attributes, span=span)


def conditions(span: Span, word: Token, *parts: Condition) -> Conditions:
    return Conditions(_BLOCKS[word.type], parts, span=span)


def between_dates(span: Span, word: Token, start: Expr, *rest: Any) -> DatesBetween:
    return DatesBetween(_UNITS[word.type], start, rest[-1], span=span)


def rounded(span: Span, word: Token, operand: Expr, *rest: Any) -> Rounded:
    return Rounded(str(word.value), operand, rest[-1], span=span)


def chosen(span: Span, word: Token, several: tuple[Expr, ...]) -> Chosen:
    return Chosen(_CHOSEN[word.type], several, span=span)


def scale(span: Span, word: Token, operand: Expr, *bands: Band) -> Scale:
    return Scale(_SCALES[word.type], operand, bands, span=span)


def band(span: Span, start: Expr, value: Expr, attributes: Attributes) -> Band:
    return Band(start, value, attributes, span=span)


def window(span: Span, _: Token, length: Expr) -> Part:
    return Part("window", (length, None), span)


def window_since(span: Span, start: Expr) -> Part:
    return Part("window", (None, start), span)


def where(span: Span, test: Expr) -> Part:
    return Part("where", test, span)


def satisfies(span: Span, test: Expr) -> Part:
    return Part("satisfies", test, span)


def convention(span: Span, _: Token, days: Expr) -> Part:
    return Part("month_days", days, span)


def if_empty(span: Span, _: Token, value: Expr) -> Part:
    return Part("if_empty", value, span)


def aggregate(span: Span, word: Token, of: Path, *parts: Part) -> Aggregate:
    """What is made of the records of a list, in either way of writing it."""
    gathered = gather(parts)
    length, since = gathered.one("window") or (None, None)
    node = Aggregate(
        "count" if is_token(word, "COUNT_OF") else str(word.value),
        of,
        window=length,
        since=since,
        where=gathered.one("where"),
        satisfies=gathered.one("satisfies"),
        month_days=gathered.one("month_days"),
        if_empty=gathered.one("if_empty"),
        span=span,
    )
    return settle(node, gathered.faults)


BUILDERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "aggregate": aggregate,
        "aggregate_in_brackets": aggregate,
        "as_of": as_of,
        "band": band,
        "between": between,
        "between_dates": between_dates,
        "chosen": chosen,
        "concluded": concluded,
        "condition": condition,
        "conditions": conditions,
        "convention": convention,
        "convention_open": convention,
        "date": date,
        "group": group,
        "if_empty": if_empty,
        "if_zero": if_zero,
        "infix": infix,
        "members": members,
        "membership": membership,
        "nothing": nothing,
        "number": number,
        "path": path,
        "percent": percent,
        "prefix": prefix,
        "quantity": quantity,
        "ratio": ratio,
        "rounded": rounded,
        "satisfies": satisfies,
        "scale": scale,
        "string": string,
        "where": where,
        "window": window,
        "window_since": window_since,
        "yes_no": yes_no,
    }
)

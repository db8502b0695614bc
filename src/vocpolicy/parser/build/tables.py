"""Makes decision tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from vocpolicy.keywords import ANY_CELL
from vocpolicy.parser.build.parts import Part, chosen, gather, name_of, settle
from vocpolicy.parser.tokens import Token
from vocpolicy.source import Span
from vocpolicy.syntax import (
    AnyCell,
    Cell,
    Expr,
    Name,
    NothingCell,
    Path,
    Row,
    Sheet,
    Table,
    TestCell,
    Text,
)

_OPEN = "(（"
_CLOSE = ")）"


def table(span: Span, _: Token, name: Token, *rest: Any) -> Table:
    decided = chosen(rest, tuple) or ()
    gathered = gather(one for one in rest if one is not decided)
    node = Table(
        name_of(name, span),
        decides=tuple(output for output, _ in decided),
        policy=gathered.one("policy"),
        rows=gathered.many("row"),
        entity=gathered.one("for"),
        labels=gathered.one("label"),
        output_labels=tuple(text for _, text in decided),
        sheet=gathered.one("sheet"),
        otherwise=gathered.one("otherwise"),
        in_force=gathered.one("in_force"),
        notes=gathered.many("note"),
        citations=gathered.flat("cite"),
        assumptions=gathered.many("assumed"),
        accepts=gathered.many("accepts"),
        span=span,
    )
    return settle(node, gathered.faults)


def outputs(span: Span, *decided: tuple[Name, Text | None]) -> tuple[Any, ...]:
    return decided


def output(span: Span, name: Token, text: Text | None = None) -> tuple[Name, Text | None]:
    return name_of(name, span), text


def hit_policy(span: Span, *words: Name) -> Part:
    return Part("policy", words, span)


def hit_word(span: Span, word: Token) -> Name:
    """The word as it is written: some of them are keywords of expressions."""
    return Name(span.text, span=span)


def table_file(span: Span, path: Token) -> Part:
    return Part("sheet", Sheet(str(path.value), span=span), span)


def row(span: Span, *parts: Any) -> Part:
    *cells, attributes = parts
    return Part("row", Row(tuple(cells), attributes, span=span), span)


def cell(span: Span, inner: Part | Cell) -> Cell:
    """A cell; a test comes as the part that a bound is made of."""
    if not isinstance(inner, Part):
        return inner
    operators, operands = zip(*inner.value, strict=True)
    operator = operators[0] if len(operators) == 1 else "between"
    return TestCell(operator, operands, span=span)


def cell_value(span: Span, value: Expr) -> Cell:
    """A value; the word for `any` is no name in a table."""
    match value:
        case Path(parts=(name,)) if name.text in (*ANY_CELL.en, *ANY_CELL.zh):
            return AnyCell(span=span)
        case _:
            return value


def cell_any(span: Span, _: Token) -> AnyCell:
    return AnyCell(span=span)


def cell_in(span: Span, word: Token, members: tuple[Expr, ...]) -> TestCell:
    return TestCell(word.type.lower(), members, span=span)


def cell_range(span: Span, low: Expr, high: Expr) -> TestCell:
    """`[1, 3)`: a square bracket takes the end in, a round one leaves it out."""
    text = span.text
    return TestCell("between", (low, high), text[0] in _OPEN, text[-1] in _CLOSE, span=span)


def cell_nothing(span: Span, _: Token) -> NothingCell:
    return NothingCell(span=span)


BUILDERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "cell": cell,
        "cell_any": cell_any,
        "cell_in": cell_in,
        "cell_nothing": cell_nothing,
        "cell_range": cell_range,
        "cell_value": cell_value,
        "hit_policy": hit_policy,
        "hit_word": hit_word,
        "output": output,
        "outputs": outputs,
        "row": row,
        "table": table,
        "table_file": table_file,
    }
)

"""Decision tables as rules: each output is a conclusion, each row a statement about it.

A cell is a condition on the input that its column names, a row asks all of its cells, and the
hit policy says what becomes of the rows that match (`vocpolicy.core.Table`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeGuard

from attrs import evolve, frozen

from vocpolicy import syntax
from vocpolicy.diagnostics import Words, close_names
from vocpolicy.keywords import COLLECTED, HIT_POLICIES, Spelled
from vocpolicy.resolver.mistakes import Mistakes
from vocpolicy.source import Span


@frozen
class Shape:
    """A table whose rows fit together.

    Attributes:
        policy, collect: keys of `HIT_POLICIES` and of `COLLECTED` ("" where nothing is collected).
        header, rows: the first row, and those below it.
        columns: for each output, in the order of the declaration, its column.
    """

    table: syntax.Table
    policy: str
    collect: str
    header: syntax.Row
    rows: tuple[syntax.Row, ...]
    columns: tuple[int, ...]

    @property
    def inputs(self) -> tuple[syntax.Expr, ...]:
        cells = self.header.cells[: -len(self.columns)]
        return tuple(cell for cell in cells if _is_expr(cell))


def shaped(table: syntax.Table, mistakes: Mistakes) -> Shape | None:
    """The table, if its head is in order, with the rows that are."""
    words = _hit_policy(table, mistakes)
    if not table.rows:
        if table.sheet is None:
            mistakes.add("V701", table.name.span, name=table.name.text)
        return None
    header, *rows = table.rows
    columns = _columns(table, header, mistakes)
    if columns is None:
        return None
    if not rows:
        if table.sheet is None:
            mistakes.add("V701", table.name.span, name=table.name.text)
        return None
    fitting = tuple(row for row in rows if _fits(row, header, len(columns), mistakes))
    otherwise = table.otherwise
    if otherwise and len(columns) > 1 and not _says_nothing(otherwise):
        mistakes.add("V711", otherwise.span)
        table = evolve(table, otherwise=None)
    if words is None or not fitting:
        return None
    return Shape(table, *words, header, fitting, columns)


# ---- the head ------------------------------------------------------------------------------


def _hit_policy(table: syntax.Table, mistakes: Mistakes) -> tuple[str, str] | None:
    first, *more = table.policy
    policy = _word(first, HIT_POLICIES, mistakes)
    if policy is None:
        return None
    if not more:
        return policy, "list" if policy == "collect" else ""
    if policy != "collect":
        mistakes.add("V704", more[0].span, policy=first.text, found=more[0].text)
        return None
    collect = _word(more[0], COLLECTED, mistakes)
    return (policy, collect) if collect else None


def _word(name: syntax.Name, table: Sequence[Spelled], mistakes: Mistakes) -> str | None:
    for word in table:
        if name.text in (*word.en, *word.zh):
            return word.key
    known = Words(
        ", ".join(f"`{word.en[0]}`" for word in table),
        "、".join(f"“{word.zh[0]}”" for word in table),
    )
    close = close_names(name.text, [one for word in table for one in (*word.en, *word.zh)])
    mistakes.add("V703", name.span, found=name.text, known=known, close=close)
    return None


def _columns(table: syntax.Table, header: syntax.Row, mistakes: Mistakes) -> tuple[int, ...] | None:
    """The column of each output: the last ones are named as what the table decides."""
    names = [name.text for name in table.decides]
    inputs = len(header.cells) - len(names)
    if inputs < 1:
        mistakes.add("V705", header.span, outputs=_listed(names))
        return None
    found = [_named(cell) for cell in header.cells[inputs:]]
    if sorted(found) != sorted(names):
        wrong = next(
            (at for at, name in enumerate(found) if name not in names or name in found[:at]), 0
        )
        mistakes.add("V706", header.cells[inputs + wrong].span, outputs=_listed(names))
        return None
    fits = True
    for cell in header.cells[:inputs]:
        if not _is_expr(cell):
            mistakes.add("V707", cell.span, found=cell.span.text.strip())
            fits = False
    return tuple(inputs + found.index(name) for name in names) if fits else None


def _listed(names: Sequence[str]) -> Words:
    return Words(", ".join(names), "、".join(names))


def _named(cell: syntax.Cell) -> str:
    match cell:
        case syntax.Path(parts=(name,)):
            return name.text
        case _:
            return ""


def _is_expr(cell: syntax.Cell) -> TypeGuard[syntax.Expr]:
    return not isinstance(cell, syntax.AnyCell | syntax.TestCell | syntax.NothingCell)


# ---- rows ----------------------------------------------------------------------------------


def _fits(row: syntax.Row, header: syntax.Row, outputs: int, mistakes: Mistakes) -> bool:
    """Whether a row has a cell for each column, of the right sort."""
    wanted = len(header.cells)
    if len(row.cells) != wanted:
        mistakes.add("V708", row.span, found=len(row.cells), wanted=wanted)
        return False
    fits = True
    for cell in row.cells[:-outputs]:
        if isinstance(cell, syntax.NothingCell):
            mistakes.add("V709", cell.span)
            fits = False
    for cell in row.cells[-outputs:]:
        if isinstance(cell, syntax.AnyCell | syntax.TestCell):
            mistakes.add("V710", cell.span, found=cell.span.text.strip())
            fits = False
    return fits


def as_rules(shape: Shape) -> Iterator[syntax.Rule]:
    """One rule for each output; it bears the table's name, where the table has one output."""
    table = shape.table
    single = len(table.decides) == 1
    for place, name in enumerate(table.decides):
        own = table.name.text if single else f"{table.name.text}.{name.text}"
        labels = table.output_labels[place] if table.output_labels else None
        yield syntax.Rule(
            evolve(table.name, text=own),
            _body(shape, place, labels or (table.labels if single else None)),
            table.entity,
            name,
            span=table.span,
        )


def _body(shape: Shape, place: int, labels: syntax.Text | None) -> syntax.RuleBody:
    table, column = shape.table, shape.columns[place]
    header = shape.header.attributes
    return syntax.RuleBody(
        statements=tuple(_statement(shape, row, column) for row in shape.rows),
        otherwise=table.otherwise,
        in_force=table.in_force,
        labels=labels,
        notes=table.notes,
        citations=table.citations + header.citations,
        assumptions=table.assumptions + header.assumptions,
    )


def _says_nothing(otherwise: syntax.Conclusion) -> bool:
    return otherwise.value is None and otherwise.wording is None


def _statement(shape: Shape, row: syntax.Row, column: int) -> syntax.Statement:
    output = row.cells[column]
    value = output if _is_expr(output) else None
    asked = [
        _condition(head, cell)
        for head, cell in zip(shape.inputs, row.cells, strict=False)
        if not isinstance(cell, syntax.AnyCell)
    ]
    return syntax.Statement(
        syntax.Conclusion(value=value, span=output.span),
        _all(asked, row.span),
        attributes=row.attributes,
        span=row.span,
    )


def _all(conditions: Sequence[syntax.Expr], span: Span) -> syntax.Expr | None:
    if not conditions:
        return None
    whole = conditions[0]
    for one in conditions[1:]:
        whole = syntax.Infix("and", whole, one, span=span)
    return whole


def _condition(head: syntax.Expr, cell: syntax.Cell) -> syntax.Expr:
    """What a cell asks of its input."""
    span = cell.span
    match cell:
        case syntax.TestCell(operator="between", operands=(low, high)):
            if not (cell.open_low or cell.open_high):
                return syntax.Between(head, low, high, span=span)
            above = "more_than" if cell.open_low else "at_least"
            below = "less_than" if cell.open_high else "at_most"
            start = syntax.Infix(above, head, low, span=span)
            end = syntax.Infix(below, head, high, span=span)
            return syntax.Group(syntax.Infix("and", start, end, span=span), span=span)
        case syntax.TestCell(operator="in" | "not_in"):
            negated = cell.operator == "not_in"
            return syntax.Membership(head, cell.operands, negated, span=span)
        case syntax.TestCell():
            return syntax.Infix(cell.operator, head, cell.operands[0], span=span)
        case syntax.YesNo(value=True):
            return syntax.Group(head, span=span)
        case syntax.YesNo():
            return syntax.Prefix("not", head, span=span)
        case syntax.AnyCell() | syntax.NothingCell():
            raise ValueError("a cell that asks nothing")
        case _:
            return syntax.Infix("is", head, cell, span=span)

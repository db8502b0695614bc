"""Lists that tables collect, and what gives them on: what is known of their members."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from vocpolicy import core
from vocpolicy.columnar.given import Items, Said
from vocpolicy.columnar.logic import (
    Col,
    Truth,
    conjunction,
    disjunction,
    expr_of,
    level_of,
    negation,
)
from vocpolicy.columnar.members import members_of
from vocpolicy.columnar.numbers import TooLargeError
from vocpolicy.columnar.reading import inner
from vocpolicy.columnar.records import record_of
from vocpolicy.columnar.refusals import overflow, refused
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.texts import JOINED, said_text
from vocpolicy.outcome import Outcome

if TYPE_CHECKING:
    from vocpolicy.columnar.conclusions import Concluded
    from vocpolicy.columnar.conditions import Conditions

Given = tuple[Said, Truth, Truth]
"""What a row gives, whether it matches for certain, and whether it may; never null."""


def collected(
    made: Conditions, place: Place, conclusion: core.Conclusion, rows: Sequence[Given]
) -> Items:
    """The outputs of rows in their order: known where it is known which of them match, and what
    they give."""
    known = [
        disjunction([negation(may), conjunction([sure, said.is_known])]) for said, sure, may in rows
    ]
    size: nw.Expr = nw.lit(0, dtype=nw.Int64)
    for _, sure, _ in rows:
        size = size + expr_of(sure).cast(nw.Int64)
    settled = made.sheet.kept(conjunction(known))
    nothing = nw.lit(None, dtype=nw.Int64)
    sized = nw.when(expr_of(settled)).then(size).otherwise(nothing)
    level = level_of(settled, *(sure for _, sure, _ in rows))
    kept = made.sheet.keep(Col(sized, level))

    def text() -> Col:
        try:
            return _text(made, place, conclusion.type, rows, settled)
        except TooLargeError:
            raise overflow(conclusion.name, place.engine, conclusion.span) from None

    return Items(settled, False, kept, text)


def _text(
    made: Conditions, place: Place, kind: core.Type, rows: Sequence[Given], known: Truth
) -> Col:
    assert isinstance(kind, core.ListType)
    parts: list[Col] = []
    for said, sure, _ in rows:
        one = said_text(made.sheet, place, said, kind.item)
        member = nw.concat_str([nw.lit(JOINED), one.expr])
        part = nw.when(expr_of(sure)).then(member).otherwise(nw.lit(""))
        parts.append(made.sheet.keep(Col(part, level_of(one, sure))))
    whole = nw.concat_str([one.expr for one in parts]).str.slice(len(JOINED))
    found = nw.when(expr_of(known)).then(whole).otherwise(nw.lit(None, dtype=nw.String))
    return Col(found, level_of(known, *parts))


def items_of(made: Conditions, place: Place, expr: core.Expr) -> Items:
    """A list or a record, of facts or of what a conclusion gives."""
    inside, plain = place.behind(expr)
    if isinstance(plain, core.FactRef) and isinstance(inner(plain.type), core.RecordType):
        return record_of(made, inside, inside.fact(plain))
    if isinstance(plain, core.FactRef):
        members = members_of(made, inside, inside.fact(plain))
        return Items(members.known, False, members.size, members.text)
    if not isinstance(plain, core.ConclusionRef):
        raise refused("list", place.engine, expr.span)
    return _given(made, made.concluded(inside, plain.name))


def _given(made: Conditions, found: Concluded) -> Items:
    """Known where one thing alone may come of the rules; `none` where that is nothing."""
    cases = [(only, said.items) for said, only in found.only if said.items is not None]
    none = [only for said, only in found.only if said.outcome is Outcome.NOT_APPLICABLE]
    none += [conjunction([only, items.none]) for only, items in cases]
    nothing = made.sheet.kept(disjunction(none))
    known = [conjunction([only, items.known]) for only, items in cases]
    settled = made.sheet.kept(disjunction([nothing, *known]))
    sizes = ((only, items.size) for only, items in cases)
    size = made.sheet.keep(_first(sizes, nw.lit(None, dtype=nw.Int64)))

    def text() -> Col:
        texts = ((only, items.text()) for only, items in cases)
        return _first(texts, nw.lit(None, dtype=nw.String))

    return Items(settled, nothing, size, text)


def _first(cases: Iterable[tuple[Truth, Col]], nothing: nw.Expr) -> Col:
    """The column of the case that is so; nothing where none is."""
    result, level = nothing, 0
    for where, one in cases:
        result = nw.when(expr_of(where)).then(one.expr).otherwise(result)
        level = max(level, level_of(where, one))
    return Col(result, level)

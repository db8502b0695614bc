"""Records that rules give, as columns of text: as JSON, as a row of its own says them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from vocpolicy import core
from vocpolicy.columnar.equals import options, text_of
from vocpolicy.columnar.given import Items
from vocpolicy.columnar.logic import Col, expr_of, level_of, negation
from vocpolicy.columnar.numbers import TooLargeError
from vocpolicy.columnar.perhaps import missing, nothing
from vocpolicy.columnar.reading import inner
from vocpolicy.columnar.refusals import overflow
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.texts import number_text

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions

ESCAPED = ("\\", '"', *map(chr, range(32)))
"""What stands for something else in JSON; the backslash first, as others bring it."""


def record_of(made: Conditions, place: Place, fact: core.Fact) -> Items:
    """What is known of a record: whether it is there at all."""
    known = made.sheet.kept(negation(missing(made.entry, fact)))
    none = made.sheet.kept(nothing(made.entry, fact))
    there = made.sheet.kept(made.entry.present(fact.name))

    def text() -> Col:
        found = _record_text(made, place, fact)
        kept = nw.when(expr_of(there)).then(found.expr).otherwise(nw.lit(None, dtype=nw.String))
        return Col(kept, level_of(there, found))

    return Items(known, none, Col(nw.lit(None, dtype=nw.Int64)), text)


def _record_text(made: Conditions, place: Place, fact: core.Fact) -> Col:
    """The fields of a record that is there, in the order of their declaration."""
    kind = inner(fact.type)
    assert isinstance(kind, core.RecordType)
    parts: list[Col] = []
    for name in place.policy.entities[kind.entity].fields:
        # The fields of records within it stand beside its own (`paths`).
        field = None if "." in name else place.siblings.get(f"{fact.name}.{name}")
        said = None if field is None else _field_text(made, place, field)
        if field is None or said is None:
            continue
        start = f", {json.dumps(name, ensure_ascii=False)}: "
        none, open_ = nothing(made.entry, field), missing(made.entry, field)
        held = nw.when(expr_of(none)).then(nw.lit("null")).otherwise(said.expr)
        whole = nw.concat_str([nw.lit(start), held])
        part = nw.when(expr_of(open_)).then(nw.lit("")).otherwise(whole)
        parts.append(made.sheet.keep(Col(part, level_of(said, none, open_))))
    joined = nw.concat_str([nw.lit(""), *(one.expr for one in parts)]).str.slice(2)
    return Col(nw.concat_str([nw.lit("{"), joined, nw.lit("}")]), level_of(*parts))


def _field_text(made: Conditions, place: Place, field: core.Fact) -> Col | None:
    """A field as JSON where it has a value; None of one without a column."""
    entry, kind = made.entry, inner(field.type)
    if isinstance(kind, core.RecordType):
        inside = any(name.startswith(f"{field.name}.") for name in entry.columns)
        return _record_text(made, place, field) if inside else None
    if not entry.has(field.name):
        return None
    match kind:
        case core.YesNoType():
            truth = entry.yes_no(field)
            yes = nw.when(expr_of(truth)).then(nw.lit("true")).otherwise(nw.lit("false"))
            return Col(yes, level_of(truth))
        case core.NumberType():
            try:
                digits = number_text(made.sheet, entry.number(field), kind)
            except TooLargeError:
                raise overflow(field.name, place.engine, field.span) from None
            return digits if kind.whole else _quoted(digits)
        case core.DateType():
            day = entry.date(field)
            return _quoted(Col(day.expr.cast(nw.String), day.level))
        case core.ChoiceType():
            ref = core.FactRef(field.name, field.type, span=field.span)
            return _quoted(text_of(options(made, place, ref, kind)))
        case _:
            return _quoted(_escaped(entry.text(field)))


def _quoted(text: Col) -> Col:
    mark = nw.lit('"')
    return Col(nw.concat_str([mark, text.expr, mark]), text.level)


def _escaped(text: Col) -> Col:
    found = text.expr
    for one in ESCAPED:
        found = found.str.replace_all(one, json.dumps(one)[1:-1], literal=True)
    return Col(found, text.level)

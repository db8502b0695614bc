"""Which missing facts an outcome can still turn on, as columns: the interpreter's way with them.

A missing fact counts under an answer that is not known, and under none that is settled whatever
it is.  Of each fact there is a column that is never null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import narwhals.stable.v2 as nw

from vocpolicy import core
from vocpolicy.columnar import perhaps
from vocpolicy.columnar.logic import (
    Col,
    Truth,
    conjunction,
    disjunction,
    level_of,
    negation,
    possibly,
)
from vocpolicy.columnar.paths import above
from vocpolicy.columnar.reading import inner, optional
from vocpolicy.columnar.scope import Place
from vocpolicy.core.walk import children, type_of
from vocpolicy.trace import Unknown

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions

JOINED = ", "
"""What stands between the names of missing facts."""

CARRIED = ""
"""Where a conflict is carried with what is not known: as a missing fact is, under this name."""

Lacks: TypeAlias = dict[str, Truth]
"""Where each fact is missing and counts."""


def spread(lacks: Mapping[str, Truth]) -> Truth:
    """Where nothing but a conflict is in the way; never null."""
    if CARRIED not in lacks:
        return False
    others = disjunction(where for name, where in lacks.items() if name != CARRIED)
    return conjunction([lacks[CARRIED], negation(others)])


def together(several: Iterable[Mapping[str, Truth]]) -> Lacks:
    """A fact counts where it counts under one of them."""
    found: dict[str, list[Truth]] = {}
    for one in several:
        for name, where in one.items():
            found.setdefault(name, []).append(where)
    return {name: disjunction(wheres) for name, wheres in found.items()}


def counted(condition: Truth, lacks: Mapping[str, Truth]) -> Lacks:
    """What counts, and only where a condition (never null) is true."""
    if condition is False:
        return {}
    found = {name: conjunction([condition, one]) for name, one in lacks.items()}
    return {name: one for name, one in found.items() if one is not False}


def unknown(truth: Truth) -> Truth:
    """Whether an answer is not known; never null."""
    if isinstance(truth, Col):
        return Col(truth.expr.is_null(), truth.level)
    return truth is None


def lacks_of(made: Conditions, place: Place, expr: core.Expr) -> Lacks:
    """The missing facts that an expression's answer turns on."""
    match expr:
        case core.FactRef():
            return _of_fact(made, place, expr)
        case core.DefinitionRef():
            value, inside = place.defined(expr)
            return {} if value is None else lacks_of(made, inside, value)
        case core.ConclusionRef():
            return made.lacks(place, expr.name)
        case core.Not(operand):
            return lacks_of(made, place, operand)
        case core.All() | core.Any() | core.Compare() | core.Equal() | core.Within():
            below = together(lacks_of(made, place, one) for one in children(expr))
            return counted(unknown(made.truth(place, expr)), below) if below else {}
        case core.Aggregate():
            return _of_list(made, place, expr)
        case core.Scale(kind="band"):
            return _of_scale(made, place, expr)
        case core.Negate() | core.Round():
            return lacks_of(made, place, expr.operand)
        case core.Divide() if expr.if_zero is not None:
            return _of_quotient(made, place, expr, expr.if_zero)
        case _:
            return _of_several(made, place, expr)


def _of_several(made: Conditions, place: Place, expr: core.Expr) -> Lacks:
    """Arithmetic can be known though a fact of it is missing: of nothing, so much is nothing, and
    with what rules do not give there is none."""
    below = [lacks_of(made, place, one) for one in children(expr)]
    several = [one for one in below if one]
    settles = not isinstance(expr, core.Arithmetic) or expr.operator == "multiply"
    settles = settles and (len(several) > 1 or _of_nothing(place, expr))
    if not settles and several:
        settles = bool(place.decided_in(expr)) or place.is_scaled(expr)
    if not settles or not isinstance(inner(type_of(expr)), core.NumberType):
        return together(several)
    return counted(negation(made.known_number(place, expr)), together(several))


def _of_nothing(place: Place, expr: core.Expr) -> bool:
    """Whether a part of it is a figure, and zero."""
    parts = [one for one in children(expr) if not place.facts_in(one)]
    return any(place.answer(one) == 0 for one in parts)


def _of_quotient(made: Conditions, place: Place, expr: core.Divide, if_zero: core.Expr) -> Lacks:
    """What stands in for a ratio counts only where its bottom may be zero."""
    below = [lacks_of(made, place, one) for one in (expr.left, expr.right)]
    instead = lacks_of(made, place, if_zero)
    if instead:
        zero = core.Const(Fraction(0), type_of(expr.right))
        nought = made.truth(place, core.Equal(expr.right, zero, span=expr.span))
        below.append(counted(possibly(nought), instead))
    several = together(below)
    return counted(negation(made.known_number(place, expr)), several) if several else {}


def _of_scale(made: Conditions, place: Place, expr: core.Scale) -> Lacks:
    """Of what it is held against, and of the values on lines that are possible."""
    lines = made.lines(place, expr)
    found = [lacks_of(made, place, one) for one in (expr.operand, *(b.start for b in expr.bands))]
    found += [counted(where, lacks_of(made, place, value)) for where, value in lines.values]
    below = together(found)
    return counted(negation(made.known_value(place, expr)), below) if below else {}


def _of_list(made: Conditions, place: Place, expr: core.Aggregate) -> Lacks:
    """The list itself, and the fields that its records lack, where the answer is not known."""
    from vocpolicy.columnar import bare
    from vocpolicy.columnar.lists import list_named

    if bare.is_bare(expr):
        return bare.lacks(made, place, expr)
    lists, name = made.entry.lists, list_named(place, expr)
    if lists is None or not lists.has(name):
        return {name: True} if isinstance(place.answer(expr), Unknown) else {}
    lacks = lists.lacks(place, expr)
    kind = inner(type_of(expr))
    if isinstance(kind, core.YesNoType):
        return counted(unknown(made.truth(place, expr)), lacks)
    if isinstance(kind, core.NumberType) and expr.kind != "share":
        return counted(negation(made.known_number(place, expr)), lacks)
    return lacks


def _of_fact(made: Conditions, place: Place, expr: core.FactRef) -> Lacks:
    fact = place.fact(expr)
    kind = inner(fact.type)
    if isinstance(kind, core.NumberType) and not optional(fact.type):
        missing = negation(made.known_fact(place, expr))
    else:
        missing = perhaps.missing(made.entry, fact)
    return {} if missing is False else _named(made, fact.name, missing)


def _named(made: Conditions, name: str, missing: Truth) -> Lacks:
    """A field of a record that is not there lacks the record."""
    found: Lacks = {}
    there: list[Truth] = []
    for record in above(name):
        present = made.entry.present(record)
        found[record] = conjunction([missing, *there, negation(present)])
        there.append(present)
    found[name] = conjunction([missing, *there])
    return {one: where for one, where in found.items() if where is not False}


def text_of(lacks: Mapping[str, Truth], order: Sequence[str], valid: Truth) -> Col:
    """The names of the facts that count, in the order of their declaration."""
    rank: dict[str, int] = {}
    for place, name in enumerate(order):
        rank.setdefault(name.partition(".")[0], place)
    last = len(rank)
    named = [name for name in lacks if name != CARRIED]
    names = sorted(named, key=lambda path: (rank.get(path.partition(".")[0], last), path))
    parts: list[nw.Expr] = [nw.lit("", dtype=nw.String)]
    level = 0
    for name in names:
        one, said = lacks[name], nw.lit(f"{JOINED}{name}")
        level = max(level, level_of(one))
        if one is not False:
            nothing = nw.lit("", dtype=nw.String)
            parts.append(said if one is True else nw.when(_expr(one)).then(said).otherwise(nothing))
    total = nw.concat_str(parts).str.slice(len(JOINED))
    if isinstance(valid, Col):
        empty = nw.lit(None, dtype=nw.String)
        total, level = nw.when(valid.expr).then(total).otherwise(empty), max(level, valid.level)
    return Col(total, level)


def _expr(one: Truth) -> nw.Expr:
    assert isinstance(one, Col)
    return one.expr

"""Values that are no numbers, and whether two are the same, where several facts say so."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from vocpolicy import core
from vocpolicy.columnar import hulls, ruled
from vocpolicy.columnar.days import day_of
from vocpolicy.columnar.entry import any_of, inner, optional
from vocpolicy.columnar.hulls import Moment, Options
from vocpolicy.columnar.logic import (
    Col,
    Truth,
    certainly,
    chosen,
    conjunction,
    disjunction,
    filled,
    level_of,
    negation,
)
from vocpolicy.columnar.numbers import OPERATORS, with_nones
from vocpolicy.columnar.paths import above
from vocpolicy.columnar.perhaps import missing, nothing
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.textual import NO_TEXT, Texts, are_among, one_text, same_texts
from vocpolicy.core import Nothing
from vocpolicy.core.walk import type_of

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions


def same(made: Conditions, place: Place, left: core.Expr, right: core.Expr) -> Truth:
    """Whether two values are the same; null where that is not known."""
    kinds = [inner(type_of(one)) for one in (left, right)]
    kind = kinds[1] if _is_none(left) else kinds[0]
    match kind:
        case core.ChoiceType():
            one, other = (options(made, place, expr, kind) for expr in (left, right))
            return hulls.same_options(one, other)
        case core.DateType():
            return dates(made, place, "equal", left, right)
        case core.YesNoType():
            return _same_truths(*(yes_no_of(made, place, one) for one in (left, right)))
        case core.TextType():
            return same_texts(*(texts(made, place, one) for one in (left, right)))
        case _:
            raise refused("equal", place.engine, left.span)


def _is_none(expr: core.Expr) -> bool:
    return isinstance(expr, core.Const) and expr.value is Nothing.NONE


def _same_truths(left: tuple[Truth, Truth], right: tuple[Truth, Truth]) -> Truth:
    (one, none), (other, neither) = left, right
    both = conjunction([one, other])
    found = disjunction([both, conjunction([negation(one), negation(other)])])
    return with_nones(found, (none, _settled(one)), (neither, _settled(other)))


def _settled(truth: Truth) -> Truth:
    """Whether it is yes or no; never null."""
    return disjunction([certainly(truth), certainly(negation(truth))])


def yes_no_of(made: Conditions, place: Place, expr: core.Expr) -> tuple[Truth, Truth]:
    """A yes or no, and where it is `none`."""
    inside, plain = place.behind(expr)
    if _is_none(plain):
        return None, True
    none: Truth = False
    if isinstance(plain, core.FactRef):
        none = nothing(made.entry, inside.fact(plain))
    return made.truth(inside, plain), none


def texts(made: Conditions, place: Place, expr: core.Expr) -> Texts:
    """What is known of a text."""
    inside, plain = place.behind(expr)
    if isinstance(plain, core.Const) and isinstance(plain.value, str):
        return one_text(Col(nw.lit(plain.value)))
    if _is_none(plain):
        return NO_TEXT
    if isinstance(plain, core.ConclusionRef):
        return ruled.texts(made.concluded(inside, plain.name), made.sheet, inside, plain)
    if not isinstance(plain, core.FactRef):
        raise refused("values", place.engine, expr.span)
    fact = inside.fact(plain)
    none = nothing(made.entry, fact)
    if not made.entry.has(fact.name):
        return one_text(Col(nw.lit(None, dtype=nw.String)), none)
    return one_text(made.entry.text(fact), none)


def there(col: Col) -> Truth:
    return Col(~col.expr.is_null(), col.level)


def within(made: Conditions, place: Place, expr: core.Within) -> Truth:
    """One of the members; so too where it is not known which of them."""
    found = disjunction(same(made, place, expr.item, one) for one in expr.members)
    kind = inner(type_of(expr.item))
    if isinstance(kind, core.TextType):
        known = [texts(made, place, one).cells for one in expr.members]
        return chosen(are_among(texts(made, place, expr.item), known), True, found)
    if not isinstance(kind, core.ChoiceType):
        return found
    item = options(made, place, expr.item, kind)
    answers = [place.constant(one) for one in expr.members]
    covered = {one for one in answers if isinstance(one, str)}
    rest = [where for name, where in item.members.items() if name not in covered]
    sure = conjunction([negation(item.open), negation(item.none), negation(disjunction(rest))])
    return chosen(sure, True, found)


# ---- choices -----------------------------------------------------------------------------------


def options(made: Conditions, place: Place, expr: core.Expr, kind: core.ChoiceType) -> Options:
    """What is known of a value of a choice."""
    names = list(place.policy.choices[kind.name].members)
    inside, plain = place.behind(expr)
    match plain:
        case core.Const(value=str() as name):
            return hulls.option(name)
        case core.Const(value=Nothing()):
            return Options({}, True)
        case core.FactRef():
            return _of_fact(made, inside, plain, names)
        case core.ConclusionRef():
            found = made.concluded(inside, plain.name)
            return ruled.options(found, made.sheet, inside, plain, names)
        case core.Scale(kind="band"):
            lines = made.lines(inside, plain)
            cases: list[tuple[Truth, Options | None]] = [
                (where, options(made, inside, value, kind)) for where, value in lines.values
            ]
            below = Options({}, True)
            cases += [(lines.below, below)] if optional(plain.type) else []
            return hulls.options_of(cases, names)
        case core.DefinitionRef():
            return Options(dict.fromkeys(names, True), open=True)
        case _:
            raise refused("equal", place.engine, expr.span)


def _of_fact(made: Conditions, place: Place, expr: core.FactRef, names: list[str]) -> Options:
    fact = place.fact(expr)
    if optional(fact.type):
        return _or_none(made, fact, names)
    absent: Truth = False
    if "." in fact.name:
        absent = negation(made.entry.present(above(fact.name)[-1]))
    if not made.entry.has(fact.name):
        return Options(dict.fromkeys(names, True), open=absent)
    column, spelled, _ = made.entry.choice(fact)
    members: dict[str, Truth] = {}
    for name in names:
        texts = spelled[name]
        found = any_of(column.expr, texts) if texts else column.expr.is_null() & nw.lit(False)
        members[name] = filled(Col(found, column.level), True)
        if not texts:
            members[name] = Col(column.expr.is_null(), column.level)
    return Options(members, open=absent)


def _or_none(made: Conditions, fact: core.Fact, names: list[str]) -> Options:
    """Of what can be `none` nothing is known where it is missing."""
    none, open_ = nothing(made.entry, fact), missing(made.entry, fact)
    if not made.entry.has(fact.name):
        return Options(dict.fromkeys(names, negation(none)), none, open_)
    column, spelled, _ = made.entry.choice(fact)
    members: dict[str, Truth] = {}
    for name in names:
        texts = spelled[name]
        found = filled(Col(any_of(column.expr, texts), column.level), False) if texts else False
        members[name] = disjunction([found, open_])
    return Options(members, none, open_)


def text_of(found: Options) -> Col:
    """The value by its name, null where it is not known."""
    result: nw.Expr = nw.lit(None, dtype=nw.String)
    level = 0
    for name, where in found.names().items():
        if where is True:
            result = nw.lit(name)
        elif isinstance(where, Col):
            result = nw.when(where.expr).then(nw.lit(name)).otherwise(result)
            level = max(level, where.level)
    return Col(result, level)


# ---- dates -------------------------------------------------------------------------------------


def moment(made: Conditions, place: Place, expr: core.Expr) -> Moment | None:
    """A date that is a column, a figure, or what rules give; None where it is reckoned."""
    inside, plain = place.behind(expr)
    if isinstance(plain, core.ConclusionRef):
        found = made.concluded(inside, plain.name)
        return ruled.moment(found, made.sheet, inside, plain)
    if not inside.facts_in(plain):
        answer = inside.answer(plain)
        known = answer if isinstance(answer, datetime.date) else None
        return Moment(Col(nw.lit(known, dtype=nw.Date)), answer is Nothing.NONE)
    match plain:
        case core.Aggregate() if made.entry.lists is not None:
            return Moment(day_of(made.entry.lists, inside, plain))
        case core.FactRef():
            return _day_of_fact(made, inside, plain)
        case core.Scale(kind="band"):
            lines = made.lines(inside, plain)
            cases = [(where, made.moment(inside, value)) for where, value in lines.values]
            below = Moment(Col(nw.lit(None, dtype=nw.Date)), True)
            cases += [(lines.below, below)] if optional(plain.type) else []
            return hulls.moment_of(cases)
        case _:
            return None


def _day_of_fact(made: Conditions, place: Place, expr: core.FactRef) -> Moment:
    fact = place.fact(expr)
    none = nothing(made.entry, fact) if optional(fact.type) else False
    if not made.entry.has(fact.name):
        return Moment(Col(nw.lit(None, dtype=nw.Date)), none)
    return Moment(made.entry.date(fact), none)


def dates(made: Conditions, place: Place, key: str, left: core.Expr, right: core.Expr) -> Truth:
    """Two dates, compared; nothing compares with `none`."""
    one, other = moment(made, place, left), moment(made, place, right)
    if one is None or other is None:
        return made.reckoned(place, key, left, right)
    found = Col(OPERATORS[key](one.day.expr, other.day.expr), level_of(one.day, other.day))
    if key == "equal":
        return with_nones(found, (one.none, one.there), (other.none, other.there))
    return chosen(disjunction([one.none, other.none]), False, found)

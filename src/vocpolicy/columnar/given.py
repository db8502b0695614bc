"""What statements conclude: a wording, or a value with what is known of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.columnar import rationals
from vocpolicy.columnar.floats import floats, whole_cells
from vocpolicy.columnar.hulls import NOTHING as NO_NUMBER, Moment, Options, option, same_options
from vocpolicy.columnar.logic import (
    Col,
    Truth,
    disjunction,
    expr_of,
    level_of,
)
from vocpolicy.columnar.numbers import (
    Number,
    TooLargeError,
    constant,
    known,
    with_nones,
)
from vocpolicy.columnar.rationals import Amount, Rational, shown
from vocpolicy.columnar.reading import inner
from vocpolicy.columnar.refusals import overflow, refused
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.textual import Texts
from vocpolicy.columnar.values import Values
from vocpolicy.core.walk import children, type_of
from vocpolicy.interpreter.known import relations
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.trace import Unknown

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions


@frozen(eq=False)
class Items:
    """What is known of a list of values, or of a record.

    Attributes:
        known: whether it is known, or known to be `none`; never null.
        none: where it is `none`; never null.
        size: how many members a list has; null where it is `none`, or not known.
        text: makes the column that says it, null where there is none or it is not known.
    """

    known: Truth
    none: Truth
    size: Col
    text: Callable[[], Col]


@frozen(eq=False)
class Said:
    """What one statement concludes.

    Attributes:
        value: a constant, or the expression that gives it; None of a wording.
        number: what is known of a number.
        cells: of another value the column, null where it is not known.
        moment, options: what is known of a date, and of a value of a choice.
        between: gives the number with the ends that it has where it is not known; made where
            values are compared, for which `number` is null there.
        items: what is known of a list.
        none: where other cells say that it is `none`; never null.
        texts: what is known of a text.
        certain: of a number that is divided, whether it is known; never null.
    """

    outcome: Outcome
    wording: str
    value: object = None
    number: Amount | None = None
    cells: Col | None = None
    moment: Moment | None = None
    options: Options | None = None
    between: Callable[[], Amount] | None = None
    items: Items | None = None
    none: Truth = False
    texts: Texts | None = None
    certain: Truth = None

    @property
    def interval(self) -> Amount | None:
        """What is known of a number, from one end to the other."""
        return self.number if self.between is None else self.between()

    @property
    def is_known(self) -> Truth:
        """Whether the value is known; never null."""
        if self.items is not None:
            return self.items.known
        if self.number is not None:
            return self.certain if isinstance(self.number, Rational) else known(self.number)
        if self.moment is not None:
            return disjunction([self.moment.none, self.moment.there])
        if self.options is not None:
            return disjunction([self.options.none, *self.options.names().values()])
        if self.cells is None:
            return True
        return disjunction([self.none, Col(~self.cells.expr.is_null(), self.cells.level)])


CONFLICT = Said(Outcome.CONFLICT, "conflict")
NOTHING = Said(Outcome.NOT_APPLICABLE, "not_applicable")


def said_of(made: Conditions, place: Place, result: core.Result | None) -> Said:
    if result is None or (result.wording is None and result.value is None):
        return NOTHING
    if result.wording is not None:
        return Said(WORDS[result.wording].outcome, result.wording)
    assert result.value is not None
    return given(made, place, result.value)


def given(made: Conditions, place: Place, expr: core.Expr) -> Said:
    """A value."""
    decided = Said(Outcome.HOLDS, "decided", expr)
    if not place.facts_in(expr):
        value = place.answer(expr)
        if not isinstance(value, tuple | core.Record | Unknown):
            return evolve(decided, value=value)
    from vocpolicy.columnar.collected import items_of
    from vocpolicy.columnar.equals import options as options_of, text_of, texts, yes_no_of

    kind = inner(type_of(expr))
    match kind:
        case core.NumberType():
            return _number(made, place, expr, decided)
        case core.YesNoType():
            truth, none = yes_no_of(made, place, expr)
            return evolve(decided, cells=Col(expr_of(truth), level_of(truth)), none=none)
        case core.DateType():
            moment = made.moment(place, expr)
            return evolve(decided, cells=moment.day, moment=moment)
        case core.ChoiceType():
            options = options_of(made, place, expr, kind)
            return evolve(decided, cells=text_of(options), options=options)
        case core.TextType():
            found = texts(made, place, expr)
            return evolve(decided, cells=found.cells, none=found.none, texts=found)
        case core.ListType() | core.RecordType():
            return evolve(decided, items=items_of(made, place, expr))
        case _:
            construct = "none" if isinstance(kind, core.OptionalType) else "list"
            raise refused(construct, place.engine, expr.span)


def _number(made: Conditions, place: Place, expr: core.Expr, decided: Said) -> Said:
    if place.open_ended(expr):
        return evolve(decided, number=Number(None, None, Fraction(1), 0, 0))
    try:
        if _bounded(made, place, expr):
            amount = Values(made.entry, True).amount(place, expr)
            if isinstance(amount, Rational):
                certain = made.sheet.kept(rationals.known(amount))
                return evolve(decided, number=amount, certain=certain)
            return evolve(decided, number=amount)
        between = cache(lambda: Values(made.entry, True).amount(place, expr))
        number = Values(made.entry, False).number(place, expr)
        return evolve(decided, number=number, between=between)
    except TooLargeError:
        raise place.too_large(expr) from None


def _bounded(made: Conditions, place: Place, expr: core.Expr) -> bool:
    """Whether a value may be known where a fact of it is missing: from its bounds, because
    records that lack it do not matter, or because several numbers come to the same."""
    if _levels(place, expr):
        return True
    for name in place.facts_in(expr):
        fact = place.declared[name]
        settled = fact.low is not None and fact.low == fact.high
        related = any(True for _ in relations(fact, place.siblings))
        if settled or related or not made.entry.has(name) or made.entry.has_list(name):
            return True
    return False


LEVELS = (core.Choose, core.ConclusionRef, core.Divide, core.Round, core.Scale)
"""What makes the same of several numbers."""


def _levels(place: Place, expr: core.Expr) -> bool:
    """Whether it has such a part, also behind names."""
    inside, plain = place.behind(expr)
    return isinstance(plain, LEVELS) or any(_levels(inside, one) for one in children(plain))


def unit_of(kind: core.Type) -> Fraction:
    """The base units of one unit in which values of a type are shown."""
    number = inner(kind)
    if isinstance(number, core.NumberType) and number.unit and number.dimension:
        return number.unit.factor
    return Fraction(1)


def cells_of(said: Said, kind: core.Type) -> Col | None:
    """The value as a column, in the unit of its type; None where it has none.

    Raises:
        TooLargeError: a whole number might not fit into 64 bits.
    """
    if said.items is not None:
        return said.items.text()
    if said.cells is not None:
        return said.cells
    number = inner(kind)
    if said.number is None:
        value = said.value
        if isinstance(value, Fraction) and isinstance(number, core.NumberType):
            figure = value / unit_of(kind)
            return Col(nw.lit(figure.numerator if number.whole else float(figure)))
        plain = value if isinstance(value, bool | str | datetime.date) else None
        return None if plain is None else Col(nw.lit(plain))
    unit = unit_of(kind)
    if isinstance(said.number, Rational):
        return shown(said.number.lo, unit)
    whole = isinstance(number, core.NumberType) and number.whole
    if whole and (said.number.scale / unit).denominator == 1:
        return whole_cells(said.number, unit)
    return floats(said.number, unit)


# ---- whether two are the same --------------------------------------------------------------


def alike(place: Place, left: Said, right: Said) -> Truth:
    """Whether two conclude the same; null where a value that is not known decides."""
    if left is right:
        return True
    if (left.outcome, left.wording) != (right.outcome, right.wording):
        return False
    if left.value is None or right.value is None:
        return left.value is right.value
    if left.value == right.value:
        return True
    moments = _as_moment(left, right), _as_moment(right, left)
    if moments[0] is not None and moments[1] is not None:
        return _same_moments(moments[0], moments[1])
    options = _as_options(left, right), _as_options(right, left)
    if options[0] is not None and options[1] is not None:
        return same_options(options[0], options[1])
    if left.items is not None or right.items is not None:
        raise refused("values", place.engine)
    if left.cells is not None or right.cells is not None:
        return _same_cells(left, right)
    if left.number is None and right.number is None:
        return left.value == right.value
    return _equal_numbers(place, left, right)


def _as_moment(said: Said, other: Said) -> Moment | None:
    if said.value is core.Nothing.NONE and other.moment is not None:
        return Moment(Col(nw.lit(None, dtype=nw.Date)), True)
    if isinstance(said.value, datetime.date):
        return Moment(Col(nw.lit(said.value, dtype=nw.Date)))
    return said.moment


def _as_options(said: Said, other: Said) -> Options | None:
    if said.value is core.Nothing.NONE and other.options is not None:
        return Options({}, True)
    if other.options is None and said.options is None:
        return None
    return option(said.value) if isinstance(said.value, str) else said.options


def _same_cells(left: Said, right: Said) -> Truth:
    """Of texts, and of what is yes or no."""
    cells = [_as_cells(one) for one in (left, right)]
    nones = [True if one.value is core.Nothing.NONE else one.none for one in (left, right)]
    same: Truth = None
    if cells[0] is not None and cells[1] is not None:
        same = Col(cells[0].expr == cells[1].expr, level_of(*cells))
    sides = [(none, _is_there(one)) for none, one in zip(nones, cells, strict=True)]
    return with_nones(same, sides[0], sides[1])


def _as_cells(said: Said) -> Col | None:
    """None of what is `none`."""
    if isinstance(said.value, bool | str):
        return Col(nw.lit(said.value))
    return said.cells


def _is_there(cells: Col | None) -> Truth:
    return False if cells is None else Col(~cells.expr.is_null(), cells.level)


def _same_moments(left: Moment, right: Moment) -> Truth:
    found = Col(left.day.expr == right.day.expr, level_of(left.day, right.day))
    return with_nones(found, (left.none, left.there), (right.none, right.there))


def _equal_numbers(place: Place, left: Said, right: Said) -> Truth:
    amounts: list[Amount] = []
    for said in (left, right):
        if said.number is not None:
            amounts.append(said.interval or said.number)
        elif isinstance(said.value, Fraction):
            amounts.append(constant(said.value))
        elif said.value is core.Nothing.NONE:
            amounts.append(NO_NUMBER)
        else:
            return False
    try:
        return rationals.compared("equal", *amounts)
    except TooLargeError:
        raise overflow("", place.engine) from None

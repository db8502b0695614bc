"""What rules give, as others ask for it: the hull of all that is possible, worked out once.

Where rules give nothing it is `none`, of what is yes or no it is no.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
from attrs import evolve

from vocpolicy import core
from vocpolicy.columnar import hulls
from vocpolicy.columnar.given import Said
from vocpolicy.columnar.hulls import Moment, Options
from vocpolicy.columnar.logic import Col, Sheet, Truth, chosen, conjunction, disjunction, negation
from vocpolicy.columnar.numbers import constant
from vocpolicy.columnar.rationals import Amount, hull, kept
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.textual import NO_TEXT, Texts, one_text
from vocpolicy.core import Nothing
from vocpolicy.outcome import Outcome

if TYPE_CHECKING:
    from vocpolicy.columnar.conclusions import Concluded


def truth(found: Concluded, place: Place, expr: core.Expr) -> Truth:
    """Whether it holds; of yes or no that is given, what is given."""
    if not found.gives:
        yes = disjunction(one for said, one in found.only if said.outcome is Outcome.HOLDS)
        no = disjunction(
            one
            for said, one in found.only
            if said.outcome in (Outcome.FAILS, Outcome.NOT_APPLICABLE)
        )
        return chosen(yes, True, chosen(no, False, None))
    cases = [(where, _truth(said, place, expr)) for said, where in found.may]
    return chosen(_nothing(found), False, hulls.truth_of(cases))


def _truth(said: Said, place: Place, expr: core.Expr) -> Truth:
    if said.value is None:
        return None
    if said.cells is not None and said.none is False:
        return said.cells
    if isinstance(said.value, bool):
        return said.value
    raise _not_given(place, expr)


def amount(found: Concluded, sheet: Sheet, place: Place, expr: core.Expr) -> Amount:
    """The number that is given.

    Raises:
        TooLargeError: what is compared might not fit.
    """
    cases = [(where, _amount(said, place, expr)) for said, where in found.may]
    made = hull(sheet, cases)
    return kept(sheet, evolve(made, none=disjunction([_nothing(found), made.none])))


def _amount(said: Said, place: Place, expr: core.Expr) -> Amount | None:
    if said.value is None:
        return None
    if said.interval is not None:
        return said.interval
    if said.value is Nothing.NONE:
        return hulls.NOTHING
    if isinstance(said.value, Fraction):
        return constant(said.value)
    raise _not_given(place, expr)


def moment(found: Concluded, sheet: Sheet, place: Place, expr: core.Expr) -> Moment:
    """The date that is given."""
    cases = [(where, _moment(said, place, expr)) for said, where in found.may]
    made = hulls.moment_of(cases)
    none = sheet.kept(disjunction([_nothing(found), made.none]))
    return Moment(sheet.keep(made.day), none)


def _moment(said: Said, place: Place, expr: core.Expr) -> Moment | None:
    if said.value is None:
        return None
    if said.moment is not None:
        return said.moment
    if said.value is Nothing.NONE:
        return Moment(Col(nw.lit(None, dtype=nw.Date)), True)
    if isinstance(said.value, datetime.date):
        return Moment(Col(nw.lit(said.value, dtype=nw.Date)))
    raise _not_given(place, expr)


def options(
    found: Concluded, sheet: Sheet, place: Place, expr: core.Expr, names: Sequence[str]
) -> Options:
    """The value of a choice that is given."""
    cases = [(where, _options(said, place, expr)) for said, where in found.may]
    made = hulls.options_of(cases, names)
    alone = _nothing(found)
    members = {name: sheet.kept(where) for name, where in made.members.items()}
    none = sheet.kept(disjunction([alone, made.none]))
    return Options(members, none, sheet.kept(conjunction([negation(alone), made.open])))


def _options(said: Said, place: Place, expr: core.Expr) -> Options | None:
    if said.value is None:
        return None
    if said.options is not None:
        return said.options
    if said.value is Nothing.NONE:
        return Options({}, True)
    if isinstance(said.value, str):
        return hulls.option(said.value)
    raise _not_given(place, expr)


def texts(found: Concluded, sheet: Sheet, place: Place, expr: core.Expr) -> Texts:
    """The text that is given."""
    cases = [(where, _texts(said, place, expr)) for said, where in found.may]
    none = _nothing(found)
    several = [
        (sheet.kept(conjunction([where, again])), sheet.keep(col))
        for where, one in cases
        if one is not None
        for again, col in one.cases
    ]
    nones = [conjunction([where, one.none]) for where, one in cases if one is not None]
    told = [conjunction([where, negation(one.none)]) for where, one in cases if one is not None]
    bare = disjunction(where for where, one in cases if one is None)
    alone = conjunction([disjunction(nones), negation(disjunction(told)), negation(bare)])
    opened = [bare, *nones, *(conjunction([w, one.open]) for w, one in cases if one is not None)]
    settled = sheet.kept(disjunction([none, alone]))
    open_ = sheet.kept(conjunction([negation(settled), disjunction(opened)]))
    return Texts(tuple(several), settled, open_)


def _texts(said: Said, place: Place, expr: core.Expr) -> Texts | None:
    if said.value is None:
        return None
    if said.texts is not None:
        return said.texts
    if said.value is Nothing.NONE:
        return NO_TEXT
    if isinstance(said.value, str):
        return one_text(Col(nw.lit(said.value)))
    raise _not_given(place, expr)


def _nothing(found: Concluded) -> Truth:
    """Where rules give nothing for certain."""
    return disjunction(one for said, one in found.only if said.outcome is Outcome.NOT_APPLICABLE)


def _not_given(place: Place, expr: core.Expr) -> Exception:
    return refused("value", place.engine, expr.span)

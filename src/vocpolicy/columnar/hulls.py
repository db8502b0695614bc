"""What is known of a value that is one of several: the interpreter's `hull`, as columns.

A case is where a value is possible (never null) and what is known of it; None stands for what
gives no value, of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy.columnar.logic import (
    Col,
    Truth,
    certainly,
    chosen,
    conjunction,
    disjunction,
    expr_of,
    level_of,
    negation,
)
from vocpolicy.columnar.numbers import End, Number, aligned, shared, with_nones

Pick: TypeAlias = Callable[..., nw.Expr]

NOTHING = Number(None, None, Fraction(1), 0, 0, True)
"""A number that is `none`."""


def alone(possibles: Sequence[Truth], place: int) -> Truth:
    """Where one of several is possible, and no other."""
    others = [negation(one) for at, one in enumerate(possibles) if at != place]
    return conjunction([possibles[place], *others])


# ---- numbers ---------------------------------------------------------------------------------


def number_of(cases: Sequence[tuple[Truth, Number | None]]) -> Number:
    """From the least end of all that are possible to their greatest; `none` where all are.

    Raises:
        TooLargeError: what is compared might not fit.
    """
    there = [case for case in cases if case[0] is not False]
    numbers = [number for _, number in there if number is not None and not _valueless(number)]
    kept = iter(aligned(numbers) if numbers else [])
    even = [(where, one if _valueless(one) else next(kept)) for where, one in there]
    ends = [(where, None if one is None else one.lo) for where, one in even]
    lo = _end(ends, nw.min_horizontal)
    hi = _end([(where, None if one is None else one.hi) for where, one in even], nw.max_horizontal)
    found = [one for _, one in even if one is not None and not _valueless(one)]
    scale = found[0].scale if found else Fraction(1)
    least = min((one.least for one in found), default=0)
    most = max((one.most for one in found), default=0)
    nones = [(where, False if one is None else one.none) for where, one in there]
    return Number(lo, hi, scale, least, most, all_none(nones), shared(found))


def _valueless(number: Number | None) -> bool:
    return number is None or number.none is True


def _end(cases: Sequence[tuple[Truth, End]], pick: Pick) -> End:
    """The outermost end; null where one that is possible has none."""
    nothing = nw.lit(None, dtype=nw.Int64)
    exprs: list[nw.Expr] = []
    open_: list[Truth] = []
    level = level_of(*(where for where, _ in cases), *(end for _, end in cases))
    for where, end in cases:
        if end is None:
            open_.append(where)
            continue
        if isinstance(end, Col):
            open_.append(conjunction([where, Col(end.expr.is_null(), end.level)]))
        one = end.expr if isinstance(end, Col) else nw.lit(end, dtype=nw.Int64)
        exprs.append(one if where is True else nw.when(expr_of(where)).then(one).otherwise(nothing))
    endless = disjunction(open_)
    if endless is True or not exprs:
        return None
    found = exprs[0] if len(exprs) == 1 else pick(*exprs)
    if endless is not False:
        found = nw.when(expr_of(endless)).then(nothing).otherwise(found)
    return Col(found, level)


def all_none(nones: Sequence[tuple[Truth, Truth]]) -> Truth:
    """Where whatever is possible is `none`, of each where it is possible and where it is `none`;
    never null."""
    if all(none is False for _, none in nones):
        return False
    return conjunction(
        [
            disjunction(where for where, _ in nones),
            *(disjunction([negation(where), none]) for where, none in nones),
        ]
    )


# ---- yes and no, dates -------------------------------------------------------------------------


def truth_of(cases: Sequence[tuple[Truth, Truth]]) -> Truth:
    """Yes where all that are possible say so, no where all say no; a case's null says neither."""
    there = [case for case in cases if case[0] is not False]
    some = disjunction(where for where, _ in there)
    yes = [disjunction([negation(where), certainly(one)]) for where, one in there]
    no = [disjunction([negation(where), certainly(negation(one))]) for where, one in there]
    return chosen(conjunction([some, *yes]), True, chosen(conjunction([some, *no]), False, None))


@frozen(eq=False)
class Moment:
    """A date, null where it is not known, and where it is `none` (never null)."""

    day: Col
    none: Truth = False

    @property
    def there(self) -> Truth:
        return Col(~self.day.expr.is_null(), self.day.level)


def moment_of(cases: Sequence[tuple[Truth, Moment | None]]) -> Moment:
    """A date where all that are possible are the same one."""
    there = [case for case in cases if case[0] is not False]
    days = [
        (where, Col(nw.lit(None, dtype=nw.Date)) if one is None else one.day)
        for where, one in there
    ]
    nothing = nw.lit(None, dtype=nw.Date)
    level = level_of(*(where for where, _ in days), *(day for _, day in days))
    held = [nw.when(expr_of(where)).then(day.expr).otherwise(nothing) for where, day in days]
    if not held:
        return Moment(Col(nothing))
    first, last = held[0], held[0]
    if len(held) > 1:
        first, last = nw.min_horizontal(*held), nw.max_horizontal(*held)
    open_ = disjunction(
        conjunction([where, Col(day.expr.is_null(), day.level)]) for where, day in days
    )
    same = (first == last) & ~expr_of(open_)
    found = nw.when(same).then(first).otherwise(nothing)
    nones = [
        disjunction([negation(where), False if one is None else one.none]) for where, one in there
    ]
    some = disjunction(where for where, _ in there)
    settled = any(one is not None and one.none is not False for _, one in there)
    return Moment(Col(found, level), conjunction([some, *nones]) if settled else False)


# ---- choices and text --------------------------------------------------------------------------


@frozen(eq=False)
class Options:
    """What is known of a value of a choice.

    Attributes:
        members: where each value is possible; never null.
        none: where it is `none`.
        open: where nothing is known of it, not even that it is a value; never null.
    """

    members: Mapping[str, Truth]
    none: Truth = False
    open: Truth = False

    @property
    def there(self) -> Truth:
        """Where it is known to be something; never null."""
        return conjunction([negation(self.none), negation(self.open)])

    def names(self) -> Mapping[str, Truth]:
        """Where each value is the only one that is possible."""
        several = list(self.members.values())
        shut = negation(self.open)
        return {
            name: conjunction([shut, alone(several, at)]) for at, name in enumerate(self.members)
        }


def options_of(cases: Sequence[tuple[Truth, Options | None]], names: Sequence[str]) -> Options:
    """Of several choices all the values that one of them can be; nothing is known where one may
    be `none` and another is something."""
    there = [case for case in cases if case[0] is not False]
    members: dict[str, list[Truth]] = {name: [] for name in names}
    open_: list[Truth] = []
    nones: list[Truth] = []
    solid: list[Truth] = []
    for where, one in there:
        if one is None:
            open_.append(where)
            continue
        for name, possible in one.members.items():
            members[name].append(conjunction([where, possible]))
        open_.append(conjunction([where, one.open]))
        nones.append(conjunction([where, one.none]))
        solid.append(conjunction([where, negation(one.none)]))
    mixed = conjunction([disjunction(nones), disjunction(solid)])
    valueless = disjunction(open_)
    none = conjunction([disjunction(nones), negation(disjunction(solid)), negation(valueless)])
    either = disjunction([valueless, mixed])
    return Options({name: disjunction(found) for name, found in members.items()}, none, either)


def same_options(left: Options, right: Options) -> Truth:
    """Whether two choices are the same value; null where that is not known."""
    both = {
        name: conjunction([where, right.members.get(name, False)])
        for name, where in left.members.items()
    }
    settled = disjunction(
        conjunction([one, other])
        for one, other in (
            (where, right.names().get(name, False)) for name, where in left.names().items()
        )
    )
    shut = conjunction([negation(left.open), negation(right.open)])
    apart = conjunction([shut, negation(disjunction(both.values()))])
    found = chosen(settled, True, chosen(apart, False, None))
    return with_nones(found, (left.none, left.there), (right.none, right.there))


def option(name: str) -> Options:
    """One value, known."""
    return Options({name: True})


__all__ = [
    "NOTHING",
    "Moment",
    "Options",
    "alone",
    "moment_of",
    "number_of",
    "option",
    "options_of",
    "same_options",
    "truth_of",
]

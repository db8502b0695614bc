"""Expressions of the core: what is left when names are resolved and units are folded in.

Every number is in the base unit of its dimension and every node is monomorphic: the checker
has settled what it works on.  `span` is the place in the rule file.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from vocpolicy.core.types import Labels, ListType, Nothing, Type
from vocpolicy.source import NOWHERE, Span


def spanned() -> Span:
    span: Span = field(default=NOWHERE, eq=False, repr=False, kw_only=True)
    return span


@frozen
class Citation:
    """A clause of a document, and the characters there that hold the figure."""

    document: str
    clause: str
    locator: str | None = None
    span: Span = spanned()


@frozen
class Assumption:
    """Something the policy takes to be so though no cited text says it."""

    text: Labels
    about: str = ""
    """Name of the thing that it was said of."""


@frozen
class Accepted:
    """A property that a provision is not meant to have, and why; `reading` names the one reading
    of which that is said, "" where it is said of the whole."""

    property: str
    because: Labels
    reading: str = ""
    span: Span = spanned()


@frozen
class Const:
    """A literal, in base units."""

    value: bool | Fraction | datetime.date | str | Nothing
    type: Type
    span: Span = spanned()


@frozen
class Range:
    """A number known to lie between two bounds (`nearly 3000`); None is unbounded."""

    low: Fraction | None
    high: Fraction | None
    type: Type
    span: Span = spanned()


@frozen
class FactRef:
    """A fact of the policy, or a field of the entity that the rule is for."""

    name: str
    type: Type
    span: Span = spanned()


@frozen
class FieldRef:
    """A field of a record: of `record`, or of the member that the enclosing aggregate is at."""

    name: str
    type: Type
    record: Expr | None = None
    span: Span = spanned()


@frozen
class DefinitionRef:
    """The value of a `define`, `recorded` or `parameter` (at the date of evaluation)."""

    name: str
    type: Type
    span: Span = spanned()


@frozen
class ConclusionRef:
    """What the rules decide: yes/no (true where it holds), or a value.

    Inside an aggregate over records of the conclusion's entity it is decided for the member.
    """

    name: str
    type: Type
    span: Span = spanned()


@frozen
class AsOf:
    """The date of evaluation."""

    span: Span = spanned()


@frozen
class Negate:
    operand: Expr
    type: Type
    span: Span = spanned()


@frozen
class Arithmetic:
    """`add`, `subtract` or `multiply` two numbers, or `shift` a date by days or months."""

    operator: str
    left: Expr
    right: Expr
    type: Type
    span: Span = spanned()


@frozen
class Divide:
    """A ratio.  The denominator is provably above zero, or `if_zero` says what then.

    `part_of_whole`: the numerator is declared at most the denominator and both at least 0, so
    the ratio lies between 0 and 1 even where both are missing.
    """

    left: Expr
    right: Expr
    type: Type
    if_zero: Expr | None = None
    part_of_whole: bool = False
    span: Span = spanned()


@frozen
class Compare:
    """`at_least`, `at_most`, `more_than`, `less_than` on two numbers or two dates."""

    operator: str
    left: Expr
    right: Expr
    span: Span = spanned()


@frozen
class Equal:
    """The same value; `negated` for `is not`.  Works on every type but lists and records."""

    left: Expr
    right: Expr
    negated: bool = False
    span: Span = spanned()


@frozen
class Within:
    """One of the members (all literals, or expressions of the item's type)."""

    item: Expr
    members: tuple[Expr, ...]
    negated: bool = False
    span: Span = spanned()


@frozen
class Not:
    operand: Expr
    span: Span = spanned()


@frozen
class Part:
    """A condition among others, with the citation and assumptions that its line carries."""

    expr: Expr
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()


@frozen
class All:
    parts: tuple[Part, ...]
    span: Span = spanned()


@frozen
class Any:
    parts: tuple[Part, ...]
    span: Span = spanned()


@frozen
class DatesBetween:
    """Whole `years`, `months` or `days` from one date to another, negative where it is before."""

    unit: str
    start: Expr
    end: Expr
    type: Type
    span: Span = spanned()


@frozen
class Aggregate:
    """What the records of a list come to.

    Attributes:
        kind: `count`, `total`, `share`, `least`, `most`, `distinct`, `every`, `some`, `none`,
            or `total_length` (days covered by stays, overlaps once; with `month_days`, those
            days divided by it, in months).
        records: the list.
        value: what is taken of each record (`total`, `least`, `most`, `distinct`), else None.
        window: length of the window that ends at the date of evaluation, in months or days, or
            the date on which it begins; a stay is clipped to it, a record with one date must
            lie in it.
        where: which records count; evaluated with the record at hand.
        condition: what `share`, `every`, `some` and `none` ask of each record.
        start, end: names of the date fields that a window or a length reads; equal for a
            record with a single date.
    """

    kind: str
    records: Expr
    list_type: ListType
    type: Type
    value: Expr | None = None
    window: Const | None = None
    where: Expr | None = None
    condition: Expr | None = None
    start: str | None = None
    end: str | None = None
    month_days: Fraction | None = None
    if_empty: Expr | None = None
    span: Span = spanned()


@frozen
class Round:
    """A number on the next multiple of the grain, a literal above zero.

    `mode`: `up` the multiple at or above, `down` at or below, `half_up` and `half_even` the
    nearest; halfway between two, the upper one or the even multiple.
    """

    mode: str
    operand: Expr
    grain: Const
    type: Type
    span: Span = spanned()


@frozen
class Choose:
    """The `smaller` or the `larger` of several numbers of one dimension, or of dates."""

    kind: str
    members: tuple[Expr, ...]
    type: Type
    span: Span = spanned()


@frozen
class Band:
    """A line of a scale: what holds from `start` on, up to the start of the next line."""

    start: Expr
    value: Expr
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    span: Span = spanned()


@frozen
class Scale:
    """What a number comes to on a scale whose starts rise.

    Attributes:
        kind: `band`: the value of the last line whose start the operand reaches, `none` below
            the first; `marginal`: the part of the operand that lies on each line times that
            line's rate, in sum; what lies below the first counts nothing.
    """

    kind: str
    operand: Expr
    bands: tuple[Band, ...]
    type: Type
    span: Span = spanned()


Expr: TypeAlias = (
    Const
    | Range
    | FactRef
    | FieldRef
    | DefinitionRef
    | ConclusionRef
    | AsOf
    | Negate
    | Arithmetic
    | Divide
    | Compare
    | Equal
    | Within
    | Not
    | All
    | Any
    | DatesBetween
    | Aggregate
    | Round
    | Choose
    | Scale
)

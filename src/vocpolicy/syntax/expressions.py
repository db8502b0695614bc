"""Expressions as written.  Each class shows its concrete syntax."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from vocpolicy.source import Span
from vocpolicy.syntax.words import Attributes, Moment, Name, spanned


@frozen
class Number:
    """`520`, `520 points`, `5 yuan per month`, `65%`, `40万`.

    `value` is exact; with `percent`, 65% is 13/20.
    """

    value: Fraction
    unit: Name | None = None
    percent: bool = False
    per: tuple[Name, ...] = ()
    span: Span = spanned()


@frozen
class Date:
    """`2023-06-01`, `end of 2020`."""

    moment: Moment
    span: Span = spanned()


@frozen
class String:
    """`"text"`, compared for equality only."""

    value: str
    span: Span = spanned()


@frozen
class YesNo:
    """`yes`, `no`."""

    value: bool
    span: Span = spanned()


@frozen
class Nothing:
    """`none`: a value that says there is no such thing; not the same as missing."""

    span: Span = spanned()


@frozen
class AsOf:
    """`today`: the date of the evaluation."""

    span: Span = spanned()


@frozen
class Path:
    """`exam_score`, `placement.enterprise`."""

    parts: tuple[Name, ...]
    span: Span = spanned()


@frozen
class Prefix:
    """`not x`, `- x`.  `operator` is a key of `vocpolicy.operators`."""

    operator: str
    operand: Expr
    span: Span = spanned()


@frozen
class Infix:
    """`a and b`, `a >= b`, `a + b`.  `symbol` keeps whether a comparison was written `>=`."""

    operator: str
    left: Expr
    right: Expr
    symbol: bool = False
    span: Span = spanned()


@frozen
class Ratio:
    """`a / b`, `a / b if zero 0%`."""

    numerator: Expr
    denominator: Expr
    if_zero: Expr | None = None
    span: Span = spanned()


@frozen
class Membership:
    """`x in (a, b)`, `x not in (a, b)`."""

    item: Expr
    members: tuple[Expr, ...]
    negated: bool = False
    span: Span = spanned()


@frozen
class Between:
    """`x between a and b`, both ends included."""

    item: Expr
    low: Expr
    high: Expr
    span: Span = spanned()


@frozen
class Concluded:
    """`secondary_to_bachelor is eligible`, `… is not eligible`: how a rule concluded.

    `wording` is always the positive key; `negated` stands for its opposite.
    """

    conclusion: Expr
    wording: str
    negated: bool = False
    span: Span = spanned()


@frozen
class Group:
    """`( x )`; kept so that the formatter gives back what was written."""

    inner: Expr
    span: Span = spanned()


@frozen
class Condition:
    """A line of `all of { … }`, with the citation it may carry."""

    expr: Expr
    attributes: Attributes = Attributes()
    span: Span = spanned()


@frozen
class Conditions:
    """`all of { … }`, `any of { … }`, `none of { … }`; `operator` is `all`, `any` or `none`."""

    operator: str
    parts: tuple[Condition, ...]
    span: Span = spanned()


@frozen
class DatesBetween:
    """`whole years between a and b`; `unit` is `years`, `months` or `days`."""

    unit: str
    start: Expr
    end: Expr
    span: Span = spanned()


@frozen
class Aggregate:
    """`count of stays in the last 5 years where (abroad)`.

    `kind` is `count` or a key of `vocpolicy.keywords.AGGREGATES`; `month_days` is the
    convention `(month of 30 days)`; `since` is the day from which a window runs.
    """

    kind: str
    path: Path
    window: Expr | None = None
    where: Expr | None = None
    satisfies: Expr | None = None
    month_days: Expr | None = None
    if_empty: Expr | None = None
    since: Expr | None = None
    span: Span = spanned()


@frozen
class Rounded:
    """`round half up (a * b) to 1 yuan`; `mode` is a key of `vocpolicy.keywords.ROUNDINGS`."""

    mode: str
    operand: Expr
    grain: Expr
    span: Span = spanned()


@frozen
class Chosen:
    """`smaller of (a, b)`, `larger of (a, b)`; `kind` is `smaller` or `larger`."""

    kind: str
    members: tuple[Expr, ...]
    span: Span = spanned()


@frozen
class Band:
    """`from 36000 yuan = 10%   cite …`, a line of a scale."""

    start: Expr
    value: Expr
    attributes: Attributes = Attributes()
    span: Span = spanned()


@frozen
class Scale:
    """`band of score { from 0 points = … }`, `marginal scale of income { … }`.

    `kind` is `band` or `marginal`.
    """

    kind: str
    operand: Expr
    bands: tuple[Band, ...]
    span: Span = spanned()


Expr: TypeAlias = (
    Number
    | Date
    | String
    | YesNo
    | Nothing
    | AsOf
    | Path
    | Prefix
    | Infix
    | Ratio
    | Membership
    | Between
    | Concluded
    | Group
    | Conditions
    | DatesBetween
    | Aggregate
    | Rounded
    | Chosen
    | Scale
)

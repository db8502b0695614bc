"""What a file declares besides provisions: policies, facts, entities, parameters."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from vocpolicy.source import Span
from vocpolicy.syntax.expressions import Expr
from vocpolicy.syntax.words import Attributes, Citation, Moment, Name, Text, spanned


@frozen
class TypeName:
    """A written type.

    `form` says how it was written: `name` (`points`, `date`, a choice or an entity), `per`
    (`yuan per square_metre per month`), `yes_no`, `count` (`count of teacher`); `list` and
    `optional` stand around it (`list of …`, `… or none`).
    """

    form: str
    name: Name | None = None
    per: tuple[Name, ...] = ()
    is_list: bool = False
    optional: bool = False
    span: Span = spanned()


@frozen
class Bounds:
    """What a fact may be, and how it may change.

    Attributes:
        compares: `at least 1`, `at most full_time_teachers`: operator key and expression;
            `between a and b` is two of them.
        step: `in steps of 0.5 points`.
        judged_by: `judged by zh "学校"`: who has to judge the fact.
        change: `fixed`, `can_rise`, `can_fall`, `can_change`, or None where nothing is said.
        effort: `effort 3`, what a change costs beside others.
        better: `up` or `down`: whether more of it is better, or less; None where nothing is said.
    """

    compares: tuple[tuple[str, Expr], ...] = ()
    step: Expr | None = None
    judged_by: Text | None = None
    change: str | None = None
    effort: Fraction | None = None
    better: Name | None = None


@frozen
class Language:
    """`language 1`"""

    version: Fraction
    span: Span = spanned()


@frozen
class Use:
    """`use "shared.vocp"`"""

    path: str
    span: Span = spanned()


@frozen
class Document:
    """`document plan "沪教委职〔2022〕4号" en "the plan" dated 2022-02-14 printed 2022-02-16`

    `labels` are what it is called in each language where its title is not to be.
    """

    name: Name
    title: str
    labels: Text | None = None
    dated: Moment | None = None
    printed: Moment | None = None
    attributes: Attributes = Attributes()
    span: Span = spanned()


@frozen
class PolicyReading:
    """`reading strict in use zh "…"`, in a policy: readings of that name vary together."""

    name: Name
    in_use: bool = False
    labels: Text | None = None
    span: Span = spanned()


@frozen
class Period:
    """`in force 2021-01-01 to 2025-12-31`"""

    start: Moment
    end: Moment | None = None
    span: Span = spanned()


@frozen
class Policy:
    """`policy NAME { title … document … in force … }`"""

    name: Name
    title: Text | None = None
    documents: tuple[Document, ...] = ()
    in_force: Period | None = None
    month_end: Name | None = None
    readings: tuple[PolicyReading, ...] = ()
    amends: Name | None = None
    notes: tuple[Text, ...] = ()
    span: Span = spanned()


@frozen
class Kind:
    """`kind teacher en "teacher" plural "teachers" zh "教师" counter "名"`"""

    name: Name
    en: str | None = None
    plural: str | None = None
    zh: str | None = None
    counter: str | None = None
    span: Span = spanned()


@frozen
class Member:
    """A value of a choice: `gold zh "金牌" en "gold medal"`."""

    name: Name
    labels: Text | None = None
    span: Span = spanned()


@frozen
class Choice:
    """`choice medal zh "奖牌" { gold zh "金牌", silver zh "银牌" }`"""

    name: Name
    members: tuple[Member, ...]
    labels: Text | None = None
    span: Span = spanned()


@frozen
class Fact:
    """`fact exam_score zh "总分" : points, between 0 and 750 points`; also a field of an
    entity and the evidence of a provision."""

    name: Name
    type: TypeName
    labels: Text | None = None
    bounds: Bounds = Bounds()
    question: Text | None = None
    notes: tuple[Text, ...] = ()
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Text, ...] = ()
    span: Span = spanned()


@frozen
class Entity:
    """`entity teacher zh "教师" counter "名" { placements zh "…" : list of placement }`"""

    name: Name
    fields: tuple[Fact, ...]
    kind: Kind
    span: Span = spanned()


@frozen
class Define:
    """`define share for teacher zh "…" = a / b   cite …`"""

    name: Name
    value: Expr
    entity: Name | None = None
    labels: Text | None = None
    attributes: Attributes = Attributes()
    span: Span = spanned()


@frozen
class ParameterValue:
    """`from 2023-01-01 to 2023-12-31 = 525 points   assumed because "…"`"""

    start: Moment
    value: Expr
    end: Moment | None = None
    attributes: Attributes = Attributes()
    span: Span = spanned()


@frozen
class ParameterReading:
    """`reading strict in use zh "…" { from 2023-01-01 = 525 points }`; its values stand in the
    place of the parameter's, what it cites adds to it."""

    name: Name
    values: tuple[ParameterValue, ...]
    in_use: bool = False
    labels: Text | None = None
    notes: tuple[Text, ...] = ()
    attributes: Attributes = Attributes()
    span: Span = spanned()


@frozen
class Parameter:
    """`parameter control_line zh "…" : points { from 2023-01-01 = 525 points … }`"""

    name: Name
    type: TypeName
    values: tuple[ParameterValue, ...]
    labels: Text | None = None
    notes: tuple[Text, ...] = ()
    attributes: Attributes = Attributes()
    readings: tuple[ParameterReading, ...] = ()
    span: Span = spanned()


@frozen
class Comparison:
    """`at least 65%`, `between 2 and 4`, `about 20 tolerance 10%`, `all`, `each of (a, b)`.

    `comparator` is one of `at_least`, `at_most`, `more_than`, `less_than`, `exactly`,
    `between`, `nearly`, `about`, `level_with`, `all`, `some`, `each_of`; `operands` has two
    for `between`, any number for `each_of`, none for `all` and `some`, else one.
    """

    comparator: str
    operands: tuple[Expr, ...] = ()
    tolerance: Expr | None = None
    span: Span = spanned()


@frozen
class Recorded:
    """`recorded points zh "…" : count of point = 183 at end of 2020   cite plan 一（一）2 "183"`"""

    name: Name
    type: TypeName
    value: Comparison
    at: Moment | None = None
    labels: Text | None = None
    attributes: Attributes = Attributes()
    span: Span = spanned()

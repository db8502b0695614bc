"""Rules, targets and provisions without a figure, as written."""

from __future__ import annotations

from attrs import frozen

from vocpolicy.source import Span
from vocpolicy.syntax.expressions import Expr
from vocpolicy.syntax.things import Comparison, Fact, Period
from vocpolicy.syntax.words import Attributes, Citation, Moment, Name, Text, spanned


@frozen
class Conclusion:
    """`eligible`, `not eligible` (`wording` is the key); `gives 5 yuan`; `not applicable`.

    Exactly one of `wording` and `value` is set, or neither for `not applicable`.
    """

    wording: str | None = None
    value: Expr | None = None
    span: Span = spanned()


@frozen
class Except:
    """`except when already_admitted   because zh "…"`"""

    condition: Expr
    attributes: Attributes = Attributes()
    span: Span = spanned()


@frozen
class Statement:
    """`eligible when C`, `gives 5 yuan when C`, `gives 5 yuan` (no condition)."""

    conclusion: Conclusion
    condition: Expr | None = None
    exceptions: tuple[Except, ...] = ()
    attributes: Attributes = Attributes()
    span: Span = spanned()


@frozen
class Accepts:
    """`accepts no_conflict because "…"`: what an analysis finds here is meant so."""

    name: Name
    because: Text
    span: Span = spanned()


@frozen
class RuleBody:
    """What stands between the braces of a rule, or of one of its readings."""

    statements: tuple[Statement, ...] = ()
    otherwise: Conclusion | None = None
    applies: Expr | None = None
    in_force: Period | None = None
    overrides: tuple[Name, ...] = ()
    labels: Text | None = None
    notes: tuple[Text, ...] = ()
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Text, ...] = ()
    replaces: tuple[Name, ...] = ()
    applies_attributes: Attributes = Attributes()
    accepts: tuple[Accepts, ...] = ()


@frozen
class RuleReading:
    """`reading rolling in use zh "…" { fulfilled when … }`"""

    name: Name
    body: RuleBody
    in_use: bool = False
    labels: Text | None = None
    span: Span = spanned()


@frozen
class Rule:
    """`rule NAME for ENTITY decides CONCLUSION zh "…" { … }`"""

    name: Name
    body: RuleBody
    entity: Name | None = None
    decides: Name | None = None
    readings: tuple[RuleReading, ...] = ()
    span: Span = spanned()


@frozen
class Component:
    """One population of `measure each { college zh "…" : a / b  … }`."""

    name: Name
    value: Expr
    labels: Text | None = None
    span: Span = spanned()


@frozen
class Measure:
    """`measure a / b`, or `measure each { … }` where the goal holds in each population."""

    value: Expr | None = None
    components: tuple[Component, ...] = ()
    attributes: Attributes = Attributes()
    span: Span = spanned()


@frozen
class Goal:
    """`goal at least 65% by end of 2025`, `milestone …`, and `baseline 57% at end of 2020`.

    `moment` is the deadline, or the date of a baseline.
    """

    comparison: Comparison
    moment: Moment | None = None
    attributes: Attributes = Attributes()
    span: Span = spanned()


@frozen
class TargetBody:
    """What stands between the braces of a target, or of one of its readings.

    `modality` and `text` are the governing verb and what follows it, as in a provision.
    """

    measure: Measure | None = None
    goal: Goal | None = None
    baseline: Goal | None = None
    milestones: tuple[Goal, ...] = ()
    flow_since: Moment | None = None
    stock: bool = False
    applies: Expr | None = None
    in_force: Period | None = None
    labels: Text | None = None
    notes: tuple[Text, ...] = ()
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Text, ...] = ()
    modality: str | None = None
    text: Text | None = None
    hedges: tuple[str, ...] = ()
    accepts: tuple[Accepts, ...] = ()
    applies_attributes: Attributes = Attributes()


@frozen
class TargetReading:
    """`reading full_time in use { measure … cite … }`; its items stand over the target's."""

    name: Name
    body: TargetBody
    in_use: bool = False
    labels: Text | None = None
    span: Span = spanned()


@frozen
class Target:
    """`target NAME zh "…" { measure … baseline … goal … reading … }`"""

    name: Name
    body: TargetBody
    readings: tuple[TargetReading, ...] = ()
    span: Span = spanned()


@frozen
class Provision:
    """`provision credit_bank zh "…" { cite … promote evidence accounts : count of account }`"""

    name: Name
    modality: str
    labels: Text | None = None
    text: Text | None = None
    hedges: tuple[str, ...] = ()
    evidence: tuple[Fact, ...] = ()
    in_force: Period | None = None
    notes: tuple[Text, ...] = ()
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Text, ...] = ()
    span: Span = spanned()


@frozen
class SetAside:
    """`set aside plan 一（二）4 "5G" because "names a technology"`"""

    citation: Citation
    because: Text
    span: Span = spanned()

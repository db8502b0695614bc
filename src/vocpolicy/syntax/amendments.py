"""What one policy changes of another, as written."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import Factory, field, frozen

from vocpolicy.source import Span
from vocpolicy.syntax.expressions import Expr
from vocpolicy.syntax.provisions import Accepts, Conclusion, Goal, Measure, Statement
from vocpolicy.syntax.tables import Row
from vocpolicy.syntax.things import Fact, ParameterValue, Period
from vocpolicy.syntax.words import Attributes, Citation, Moment, Name, Text, spanned


@frozen
class Patch:
    """What stands between the braces of `amend`, or of a reading in it: what is said of a rule,
    a target, a parameter, a table or a provision, and stands over what was said before.

    Attributes:
        value: `= 530 points`, of a parameter, a recorded figure or a definition.
        items: each role that was given, and where; roles are named as in the grammar.
    """

    statements: tuple[Statement, ...] = ()
    otherwise: Conclusion | None = None
    applies: Expr | None = None
    applies_attributes: Attributes = Attributes()
    in_force: Period | None = None
    overrides: tuple[Name, ...] = ()
    measure: Measure | None = None
    goal: Goal | None = None
    baseline: Goal | None = None
    milestones: tuple[Goal, ...] = ()
    flow_since: Moment | None = None
    stock: bool = False
    values: tuple[ParameterValue, ...] = ()
    value: Goal | None = None
    rows: tuple[Row, ...] = ()
    modality: str | None = None
    text: Text | None = None
    hedges: tuple[str, ...] = ()
    evidence: tuple[Fact, ...] = ()
    labels: Text | None = None
    notes: tuple[Text, ...] = ()
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Text, ...] = ()
    accepts: tuple[Accepts, ...] = ()
    items: Mapping[str, Span] = field(default=Factory(dict), eq=False, repr=False)


@frozen
class PatchReading:
    """`reading strict { goal at least 75% }` in an amendment: changes or adds that reading."""

    name: Name
    body: Patch
    in_use: bool = False
    span: Span = spanned()


@frozen
class Amendment:
    """`amend dual_qualified_share from 2023-01-01 { goal at least 70% by end of 2025 }`"""

    name: Name
    start: Moment
    body: Patch
    readings: tuple[PatchReading, ...] = ()
    span: Span = spanned()


@frozen
class Repeal:
    """`repeal credit_bank from 2023-01-01   cite notice 二 because "…"`"""

    name: Name
    start: Moment
    attributes: Attributes = Attributes()
    span: Span = spanned()

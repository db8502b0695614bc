"""What the interpreter records: each question it asked, the answer, and what the answer rests on.

A trace is data for explanations and for verdicts.  It holds core nodes, never copies of them.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from vocpolicy.core import (
    Component,
    Conclusion,
    DatedValue,
    Definition,
    Except,
    Expr,
    Goal,
    Provision,
    Result,
    Rule,
    RuleBody,
    Statement,
    Table,
    Target,
    TargetBody,
    Value,
)
from vocpolicy.outcome import Outcome


@frozen
class Unknown:
    """A value that the facts at hand do not settle.

    Attributes:
        low, high: for a number, the closed interval that it must lie in (None: unbounded).
        among: for a choice, the values that it may still have (empty: any).
        conflict: names of conclusions in conflict that it comes from.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    among: frozenset[str] = frozenset()
    conflict: frozenset[str] = frozenset()


UNKNOWN = Unknown()

Answer: TypeAlias = "Value | Unknown"


@frozen
class Step:
    """One expression evaluated.

    Attributes:
        expr: the node of the core.
        answer: its value, or what is known of it.
        children: the steps of its operands that were looked at, in order; for an aggregate the
            list and of what was asked of each record in turn (date fields, `where`, value or
            condition), each with its `member`.
        missing: facts that were not supplied and that the answer could still turn on; empty
            where the answer is a value.  What a record lacks is `list.field`.
        used: facts that were supplied and read.
        observed: the latest date of a dated observation that was read; None where all were
            undated.
        source: for a definition, the dated value that was in force; for a conclusion, how it
            was decided.
        member: for what an aggregate asks of a record, its place in the list, from 0.
    """

    expr: Expr
    answer: Answer
    children: tuple[Step, ...] = ()
    missing: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    observed: datetime.date | None = None
    source: DefinitionTrace | ConclusionTrace | None = None
    member: int | None = None


@frozen
class DefinitionTrace:
    """`dated` is None where no value is in force on the date."""

    definition: Definition
    dated: DatedValue | None
    step: Step | None


@frozen
class ExceptTrace:
    exception: Except
    step: Step


@frozen
class StatementTrace:
    """Whether a statement speaks.

    Attributes:
        applies: the step of the rule's `applies when`; None where it has none.
        in_force: whether the rule is in force on the date.
        condition: None where the statement has none, or where the rule does not apply.
        speaks: True, False, or None where undetermined.
        overridden_by: names of rules that speak and override this one's rule.
    """

    rule: Rule
    body: RuleBody
    statement: Statement
    applies: Step | None
    in_force: bool
    condition: Step | None
    exceptions: tuple[ExceptTrace, ...]
    speaks: bool | None
    overridden_by: tuple[str, ...] = ()


@frozen
class Possible:
    """One way that a conclusion can still go: a statement's result, otherwise, or conflict."""

    outcome: Outcome
    wording: str
    result: Result | None = None
    answer: Answer | None = None


@frozen
class ConclusionTrace:
    """How a conclusion was decided.

    Attributes:
        possible: the one outcome, or every outcome that is still possible.
        spoke: indexes into `statements` of those that decide: speaking and not overridden.
        otherwise: whether `otherwise` (or its absence) decided.
        result: the step of the value concluded, where a rule gives one.
        wording: key of `vocpolicy.outcome.WORDS`.
        observed: the latest date of a dated observation that was read.
        conflict: names of the conclusions in conflict that it comes from, its own included.
        table: where a table decides it, what became of its rows; `statements` are the rows.
    """

    conclusion: Conclusion
    statements: tuple[StatementTrace, ...]
    possible: tuple[Possible, ...]
    spoke: tuple[int, ...]
    otherwise: bool
    outcome: Outcome
    wording: str
    answer: Answer | None = None
    result: Step | None = None
    missing: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    observed: datetime.date | None = None
    conflict: frozenset[str] = frozenset()
    table: TableTrace | None = None


@frozen
class TableTrace:
    """What a table made of its rows; indexes count from 0, in the order in which rows are taken.

    Attributes:
        matched: rows that match and count; of `first` and `priority` the one that decides.
        doubtful: rows that may match.
        passed: rows that were looked at and do not match.
        outranked: rows that match after the one that decides.
    """

    table: Table
    matched: tuple[int, ...]
    doubtful: tuple[int, ...] = ()
    passed: tuple[int, ...] = ()
    outranked: tuple[int, ...] = ()


@frozen
class ComponentTrace:
    """One population of a target.

    Attributes:
        step: the measure, as of the day of judging.
        observed: the day of its latest observation; the as-of date where none is dated.
        required: the goal as a band of numbers (None: open on that side).
        reached: whether the measure satisfies the goal; None where undetermined.
        line: the band of the line from baseline to goal on the day observed, if there is one.
        wording: of this population alone.
    """

    component: Component
    step: Step
    observed: datetime.date
    required: tuple[Fraction | None, Fraction | None]
    reached: bool | None
    line: tuple[Fraction, Fraction] | None
    wording: str


@frozen
class TargetTrace:
    """How a target was judged, under one reading.

    Attributes:
        judged: the day of judging: the as-of date, or the deadline once it has passed.
        after_deadline: whether the deadline has passed.
        operands: steps of the goal's operands and tolerance.
        baseline: band of the baseline in base units, if it has one.
        next_goal: the milestone or goal that the line leads to next.
        members: for `each of`, the members that the measure lacks.
        course: steps of the operands of baseline and milestones.
    """

    target: Target
    reading: str
    body: TargetBody
    components: tuple[ComponentTrace, ...]
    judged: datetime.date
    after_deadline: bool
    outcome: Outcome
    wording: str
    operands: tuple[Step, ...] = ()
    applies: Step | None = None
    baseline: tuple[Fraction, Fraction] | None = None
    next_goal: Goal | None = None
    members: tuple[str, ...] = ()
    course: tuple[Step, ...] = ()
    missing: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()


@frozen
class ProvisionTrace:
    """How a provision without a figure was judged by its evidence."""

    provision: Provision
    evidence: tuple[Step, ...]
    outcome: Outcome
    wording: str
    missing: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()


Trace: TypeAlias = ConclusionTrace | TargetTrace | ProvisionTrace

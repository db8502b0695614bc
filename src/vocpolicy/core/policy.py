"""What a policy is in the core: facts, definitions, conclusions with ranked rules, targets,
provisions, and where each comes from.  This is what engines run and explanations speak of.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import Factory, frozen

from vocpolicy.core.expressions import Accepted, Assumption, Citation, Expr, spanned
from vocpolicy.core.tables import Table
from vocpolicy.core.types import Labels, NumberType, Type, Value
from vocpolicy.source import Span


@frozen
class Document:
    """`labels` are what it is called where its title is not to be; `assumptions` say that the
    document itself was seen only in reposts, or the like."""

    name: str
    title: str
    dated: str = ""
    printed: str = ""
    assumptions: tuple[Assumption, ...] = ()
    labels: Labels = Labels()
    span: Span = spanned()


@frozen
class Kind:
    """What a count counts: `unit.labels`, plural and Chinese measure word are in its unit."""

    name: str
    labels: Labels
    plural: str = ""
    counter: str = ""
    span: Span = spanned()


@frozen
class Choice:
    """`members` keeps the order of the declaration."""

    name: str
    labels: Labels
    members: Mapping[str, Labels]
    span: Span = spanned()


@frozen
class Fact:
    """A fact that a user supplies, a field of an entity, or the evidence of a provision.

    Attributes:
        low, high: constant bounds in base units, after bounds between facts were propagated.
        low_strict, high_strict: the bound itself is excluded.
        compares: the declared bounds, operator key and expression, as they are checked when
            facts are supplied; the expressions may name other facts.
        step: what values are multiples of, in base units; 1 for counts.
        judged_by: who has to judge it.
        change: `fixed`, `can_rise`, `can_fall`, `can_change`, or "" where nothing is said.
        better: `up` where more of it is declared to be better, `down` where less is; else "".
    """

    name: str
    labels: Labels
    type: Type
    entity: str | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    low_strict: bool = False
    high_strict: bool = False
    compares: tuple[tuple[str, Expr], ...] = ()
    step: Fraction | None = None
    judged_by: Labels | None = None
    change: str = ""
    effort: Fraction = Fraction(1)
    better: str = ""
    question: Labels | None = None
    notes: tuple[Labels, ...] = ()
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    span: Span = spanned()


@frozen
class Entity:
    """`fields` by name, in order.  `start` and `end` name its date fields where records are
    stays (`from` and `to`, or the only date field twice)."""

    name: str
    labels: Labels
    fields: Mapping[str, Fact]
    start: str | None = None
    end: str | None = None
    span: Span = spanned()


@frozen
class DatedValue:
    """A value in force from `start` to `end` (None: until the next one)."""

    start: datetime.date | None
    end: datetime.date | None
    value: Expr
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    span: Span = spanned()


@frozen
class Definition:
    """A name for an expression: `define` (one value, always), `parameter` (values by date), or
    `recorded` (one value; its `start` is the day for which the document records it).

    Attributes:
        form: `define`, `parameter` or `recorded`.
        values: those of the reading in use.
        bodies: the values of a parameter under each of its readings; empty where it has none.
    """

    name: str
    form: str
    labels: Labels
    type: Type
    values: tuple[DatedValue, ...]
    entity: str | None = None
    notes: tuple[Labels, ...] = ()
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    bodies: Mapping[str, tuple[DatedValue, ...]] = Factory(dict)
    readings: tuple[Reading, ...] = ()
    in_use: str = ""
    span: Span = spanned()


@frozen
class Period:
    start: datetime.date | None = None
    end: datetime.date | None = None

    def covers(self, date: datetime.date) -> bool:
        after = self.start is None or self.start <= date
        return after and (self.end is None or date <= self.end)


@frozen
class Except:
    condition: Expr
    because: Labels | None = None
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    span: Span = spanned()


@frozen
class Result:
    """What a statement concludes: a wording key, a value, or (neither) not applicable."""

    wording: str | None = None
    value: Expr | None = None
    span: Span = spanned()


@frozen
class Statement:
    """Speaks where `condition` is true (None: always) and no exception is."""

    result: Result
    condition: Expr | None = None
    exceptions: tuple[Except, ...] = ()
    because: Labels | None = None
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    span: Span = spanned()


@frozen
class RuleBody:
    """A rule under one of its readings."""

    statements: tuple[Statement, ...]
    applies: Expr | None = None
    period: Period = Period()
    labels: Labels = Labels()
    notes: tuple[Labels, ...] = ()
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()


@frozen
class Reading:
    """One way to read a clause, as named in the rule file."""

    name: str
    labels: Labels


@frozen
class Rule:
    """`bodies` by reading name; a rule without readings has one body, under ""."""

    name: str
    labels: Labels
    conclusion: str
    bodies: Mapping[str, RuleBody]
    entity: str | None = None
    readings: tuple[Reading, ...] = ()
    in_use: str = ""
    accepts: tuple[Accepted, ...] = ()
    span: Span = spanned()


@frozen
class Conclusion:
    """What rules decide.

    Attributes:
        rules: names of the rules that decide it, in order.
        overrides: pairs (over, under) of rule names, transitively closed.
        otherwise: what is concluded where no rule speaks; None: not applicable.
        implied: `otherwise` was not written but follows from a single `eligible when …`.
        table: name of the table that decides it alone, whose rows are the statements of its one
            rule; "" where rules do.
    """

    name: str
    labels: Labels
    type: Type
    rules: tuple[str, ...]
    entity: str | None = None
    overrides: frozenset[tuple[str, str]] = frozenset()
    otherwise: Result | None = None
    implied: bool = False
    table: str = ""
    span: Span = spanned()


@frozen
class Component:
    """One population of a measure; a measure that is not `each` has one, named ""."""

    name: str
    labels: Labels
    value: Expr


@frozen
class Goal:
    """What a measure is held against.

    Attributes:
        comparator: as in `vocpolicy.syntax.Comparison`.
        operands: one, two for `between`, the members for `each_of`, none for `all`, `some`.
        tolerance: for `nearly`, `about` and `level_with`; a ratio (of the operand) or an amount.
        relative: the tolerance is a ratio of the operand.
        date: the deadline, or the day of a baseline.
    """

    comparator: str
    operands: tuple[Expr, ...] = ()
    tolerance: Expr | None = None
    relative: bool = False
    date: datetime.date | None = None
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    span: Span = spanned()


@frozen
class TargetBody:
    """A target under one of its readings.

    `since` is set for a flow: the measure counts what was added since then, from 0.
    `modality` is the governing verb ("" where none is said), `text` what follows it.
    """

    components: tuple[Component, ...]
    goal: Goal
    type: Type
    baseline: Goal | None = None
    milestones: tuple[Goal, ...] = ()
    since: datetime.date | None = None
    stock: bool = False
    applies: Expr | None = None
    period: Period = Period()
    labels: Labels = Labels()
    notes: tuple[Labels, ...] = ()
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    modality: str = ""
    text: Labels = Labels()
    hedges: tuple[str, ...] = ()


@frozen
class Target:
    """`bodies` by reading name; a target without readings has one body, under ""."""

    name: str
    labels: Labels
    bodies: Mapping[str, TargetBody]
    readings: tuple[Reading, ...] = ()
    in_use: str = ""
    accepts: tuple[Accepted, ...] = ()
    span: Span = spanned()


@frozen
class Provision:
    """A goal without a figure: the governing verb, and the facts that would show it."""

    name: str
    labels: Labels
    modality: str
    text: Labels = Labels()
    hedges: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    period: Period = Period()
    notes: tuple[Labels, ...] = ()
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    span: Span = spanned()


@frozen
class SetAside:
    citation: Citation
    because: Labels
    span: Span = spanned()


@frozen
class Expect:
    """`wording` is a key of `vocpolicy.outcome.WORDS`; or `value` is what is expected."""

    name: str
    wording: str | None = None
    value: Value | None = None
    reading: str | None = None
    missing: tuple[str, ...] = ()
    span: Span = spanned()


@frozen
class Case:
    """A worked example: facts by name (raw, as `vocpolicy.facts` takes them) and what is
    expected of them."""

    title: str
    facts: Mapping[str, object]
    expects: tuple[Expect, ...]
    today: datetime.date | None = None
    span: Span = spanned()


Provided: TypeAlias = Conclusion | Target | Provision | Definition
"""What `evaluate` can be asked for by name."""


@frozen
class Change:
    """What one policy changes of another, or of itself, from a day on.

    Attributes:
        action: `added`, `amended`, `replaced` or `repealed`.
        start: the first day on which it is so; None: from the beginning.
        policy: name of the policy that says so.
        title: what that policy is called.
        by: of a rule that is replaced, the rule that stands in its place.
    """

    name: str
    action: str
    start: datetime.date | None
    policy: str
    title: Labels = Labels()
    by: str = ""
    citations: tuple[Citation, ...] = ()
    because: Labels | None = None
    span: Span = spanned()


@frozen
class Edition:
    """A policy as it reads from a day on (None: from the beginning)."""

    start: datetime.date | None
    policy: Policy


@frozen
class Policy:
    """A checked policy.  Every mapping is by name, in the order of the files.

    `facts` holds the policy's own facts and the evidence of provisions; the fields of an
    entity are in `entities`.  `units` has every unit that a fact may be written in, by each of
    its spellings, so that facts are read without the front end.  `readings` are those declared
    for the whole policy: of each, every rule and target that has it varies together.  A policy
    that is amended reads as its last edition does, with the facts of all; `on` gives that of a
    day.
    """

    name: str
    title: Labels
    period: Period
    month_end: str = "down"
    documents: Mapping[str, Document] = Factory(dict)
    kinds: Mapping[str, Kind] = Factory(dict)
    choices: Mapping[str, Choice] = Factory(dict)
    entities: Mapping[str, Entity] = Factory(dict)
    facts: Mapping[str, Fact] = Factory(dict)
    definitions: Mapping[str, Definition] = Factory(dict)
    rules: Mapping[str, Rule] = Factory(dict)
    conclusions: Mapping[str, Conclusion] = Factory(dict)
    targets: Mapping[str, Target] = Factory(dict)
    provisions: Mapping[str, Provision] = Factory(dict)
    set_asides: tuple[SetAside, ...] = ()
    cases: tuple[Case, ...] = ()
    units: Mapping[str, NumberType] = Factory(dict)
    notes: tuple[Labels, ...] = ()
    readings: tuple[Reading, ...] = ()
    tables: Mapping[str, Table] = Factory(dict)
    editions: tuple[Edition, ...] = ()
    changes: tuple[Change, ...] = ()
    span: Span = spanned()

    def on(self, day: datetime.date) -> Policy:
        """The policy as it reads on a day."""
        begun = [one for one in self.editions if one.start is None or one.start <= day]
        return begun[-1].policy if begun else self

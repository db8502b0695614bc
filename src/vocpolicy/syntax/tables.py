"""Decision tables and cases, as written."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from vocpolicy.source import Span
from vocpolicy.syntax.expressions import Expr, Path
from vocpolicy.syntax.provisions import Accepts, Conclusion
from vocpolicy.syntax.things import Period
from vocpolicy.syntax.words import Attributes, Citation, Moment, Name, Text, spanned


@frozen
class AnyCell:
    """`-`: whatever the input is."""

    span: Span = spanned()


@frozen
class TestCell:
    """`at least 5`, `between 1 and 3`, `[1, 3)`, `in (a, b)` in a row.

    `operator` as in `Bounds`, or `in`, `not_in`.  `open_low` and `open_high` say of a range
    that the end itself is not in it.
    """

    operator: str
    operands: tuple[Expr, ...]
    open_low: bool = False
    open_high: bool = False
    span: Span = spanned()


@frozen
class NothingCell:
    """`not applicable` as the output of a row."""

    span: Span = spanned()


Cell: TypeAlias = Expr | AnyCell | TestCell | NothingCell


@frozen
class Row:
    """`| secondary | bachelor | three_plus_four |`"""

    cells: tuple[Cell, ...]
    attributes: Attributes = Attributes()
    span: Span = spanned()


@frozen
class Sheet:
    """`from "fees.csv"`"""

    path: str
    span: Span = spanned()


@frozen
class Table:
    """`table stage_mode decides mode first { | entry | exit | mode | … }`; the first row names
    the inputs and, last, the outputs.

    Attributes:
        policy: the words of the hit policy, as written.
        output_labels: for each name that it decides.
        sheet: path of the CSV file that holds the rows, from the folder of the rule file; the
            parser leaves it at that, `vocpolicy.driver` reads the rows.
    """

    name: Name
    decides: tuple[Name, ...]
    policy: tuple[Name, ...]
    rows: tuple[Row, ...]
    entity: Name | None = None
    labels: Text | None = None
    output_labels: tuple[Text | None, ...] = ()
    sheet: Sheet | None = None
    otherwise: Conclusion | None = None
    in_force: Period | None = None
    notes: tuple[Text, ...] = ()
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Text, ...] = ()
    accepts: tuple[Accepts, ...] = ()
    span: Span = spanned()


@frozen
class GivenList:
    """`[ a, b ]`"""

    items: tuple[GivenValue, ...]
    span: Span = spanned()


@frozen
class GivenRecord:
    """`{ from = 2021-01-01, to = 2021-06-30 }`"""

    fields: tuple[tuple[Name, GivenValue], ...]
    span: Span = spanned()


GivenValue: TypeAlias = Expr | GivenList | GivenRecord


@frozen
class Given:
    """`exam_score = 525 points`, `dual_qualified = 540 at 2023-12-31`"""

    path: Path
    value: GivenValue
    at: Moment | None = None
    span: Span = spanned()


@frozen
class Expect:
    """`expect X is eligible`, `expect X under reading is behind`, `expect X gives 5 yuan`.

    `outcome` is the words after `is`, joined by a space; None where a value is expected.
    """

    name: Name
    outcome: str | None = None
    value: Expr | None = None
    under: Name | None = None
    missing: tuple[Name, ...] = ()
    span: Span = spanned()


@frozen
class Case:
    """`case "at the line" { today 2023-06-01  given …  expect … }`"""

    title: str
    today: Moment | None = None
    given: tuple[Given, ...] = ()
    expects: tuple[Expect, ...] = ()
    notes: tuple[Text, ...] = ()
    citations: tuple[Citation, ...] = ()
    span: Span = spanned()

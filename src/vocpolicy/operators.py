"""THE operator table: what each operator is called, takes, gives and means.

Parser, formatter, checker, interpreter, explanations and the language reference read this
table; how an operator is spelled stands in `vocpolicy.keywords`, under its terminals.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from vocpolicy.keywords import AGGREGATES


@frozen
class Operator:
    """One operator.

    Attributes:
        key: what trees and tables call it.
        terminals: terminals of the grammar that write it, in order.
        precedence: the higher, the tighter it binds (1 to 8).
        signatures: what it takes and gives, for people.
        missing: what it comes to where operands are missing.
        en, zh: phrases of explanations, with `{left}`, `{right}` or `{operand}`.
        doc: what it means, in one or two sentences.
        example: an expression that uses it.
        spelled: for the words of a terminal that has many, the word's key in
            `vocpolicy.keywords.AGGREGATES`; else "".
    """

    key: str
    terminals: tuple[str, ...]
    precedence: int
    signatures: tuple[str, ...]
    missing: str
    en: str
    zh: str
    doc: str
    example: str
    spelled: str = ""


_CONDITIONS = ("yes or no, yes or no -> yes or no",)
_BLOCK = ("conditions -> yes or no",)
_ORDERED = ("number, number of the same dimension -> yes or no", "date, date -> yes or no")
_SAME = ("value, value of the same type -> yes or no",)
_MEMBERS = ("value, values of the same type -> yes or no",)
_NUMBERS = ("number, number of the same dimension -> number of that dimension",)
_SHIFTED = ("date, length of time -> date",)
_DATES = ("date, date -> length of time",)

_ORDER_MISSING = (
    "Decided where the intervals of both sides do not overlap; undetermined where they do."
)
_SAME_MISSING = (
    "No where the values that are still possible have none in common; else undetermined."
)
_SUM_MISSING = "The interval of all results that the operands' intervals allow."
_DATES_MISSING = "Unknown where either date is missing."
_SEVERAL_MISSING = (
    "An absent list is unknown; members with missing facts make the result an interval."
)

_LOGIC = (
    Operator(
        "or",
        ("OR",),
        1,
        _CONDITIONS,
        "Yes where either side is yes, whatever the other is; no only where both are no.",
        "{left} or {right}",
        "{left}或{right}",
        "At least one of the two is so.",
        "expelled or withdrawn",
    ),
    Operator(
        "and",
        ("AND",),
        2,
        _CONDITIONS,
        "No where either side is no, whatever the other is; yes only where both are yes.",
        "{left} and {right}",
        "{left}且{right}",
        "Both are so.",
        "registered and programme_matches",
    ),
    Operator(
        "not",
        ("NOT",),
        3,
        ("yes or no -> yes or no",),
        "Undetermined where its operand is.",
        "not: {operand}",
        "并非：{operand}",
        "The contrary of a condition.",
        "not already_admitted",
    ),
    Operator(
        "all",
        ("ALL_OF",),
        8,
        _BLOCK,
        "No where one part is no; yes only where every part is yes.",
        "all of the following",
        "同时满足下列条件",
        "Every condition of the block is so; a block without any is yes.",
        "all of { registered  exam_score >= 520 points }",
    ),
    Operator(
        "any",
        ("ANY_OF",),
        8,
        _BLOCK,
        "Yes where one part is yes; no only where every part is no.",
        "any of the following",
        "满足下列任一条件",
        "At least one condition of the block is so; a block without any is no.",
        "any of { gold_medal  silver_medal }",
    ),
    Operator(
        "none",
        ("NONE_OF",),
        8,
        _BLOCK,
        "No where one part is yes; yes only where every part is no.",
        "none of the following",
        "下列条件均不满足",
        "No condition of the block is so.",
        "none of { expelled  withdrawn }",
    ),
)

_COMPARISONS = (
    Operator(
        "is",
        ("IS",),
        4,
        _SAME,
        _SAME_MISSING,
        "{left} is {right}",
        "{left}为{right}",
        "Both sides are the same value; a name after it is a value of the left side's choice.",
        "medal is gold",
    ),
    Operator(
        "is_not",
        ("IS_NOT",),
        4,
        _SAME,
        "Yes where the values that are still possible have none in common; else undetermined.",
        "{left} is not {right}",
        "{left}不为{right}",
        "The sides are different values.",
        "medal is not none",
    ),
    Operator(
        "in",
        ("IN",),
        4,
        _MEMBERS,
        _SAME_MISSING,
        "{left} is one of {right}",
        "{left}属于{right}",
        "The value is one of those in the brackets.",
        "residence in (shanghai, residence_permit)",
    ),
    Operator(
        "not_in",
        ("NOT_IN",),
        4,
        _MEMBERS,
        "Yes where the values that are still possible have none in common; else undetermined.",
        "{left} is none of {right}",
        "{left}不属于{right}",
        "The value is none of those in the brackets.",
        "residence not in (shanghai, residence_permit)",
    ),
    Operator(
        "at_least",
        ("AT_LEAST",),
        4,
        _ORDERED,
        _ORDER_MISSING,
        "{left}, required: at least {right}",
        "{left}，要求不低于{right}",
        "Not below; for dates, not before.",
        "exam_score is at least 525 points",
    ),
    Operator(
        "at_most",
        ("AT_MOST",),
        4,
        _ORDERED,
        _ORDER_MISSING,
        "{left}, required: at most {right}",
        "{left}，要求不高于{right}",
        "Not above; for dates, not after.",
        "age is at most 22 years",
    ),
    Operator(
        "more_than",
        ("MORE_THAN",),
        4,
        _ORDERED,
        _ORDER_MISSING,
        "{left}, required: more than {right}",
        "{left}，要求高于{right}",
        "Above; for dates, after.",
        "exam_score is more than 520 points",
    ),
    Operator(
        "less_than",
        ("LESS_THAN",),
        4,
        _ORDERED,
        _ORDER_MISSING,
        "{left}, required: less than {right}",
        "{left}，要求低于{right}",
        "Below; for dates, before.",
        "absences is less than 5 days",
    ),
    Operator(
        "between",
        ("BETWEEN",),
        4,
        (
            "number, number, number, all of the same dimension -> yes or no",
            "date, date, date -> yes or no",
        ),
        _ORDER_MISSING,
        "{left}, required: between {low} and {high}",
        "{left}，要求介于{low}至{high}",
        "Not below the first bound and not above the second: both ends are included.",
        "age is between 18 years and 22 years",
    ),
)

_ARITHMETIC = (
    Operator(
        "add",
        ("PLUS",),
        5,
        (*_NUMBERS, *_SHIFTED),
        _SUM_MISSING,
        "{left} + {right}",
        "{left} + {right}",
        "The sum of two numbers of one dimension, or a date moved later. Months added to a date "
        "that its month lacks follow the policy's `month end`.",
        "graduation + 2 years",
    ),
    Operator(
        "subtract",
        ("MINUS",),
        5,
        (*_NUMBERS, *_SHIFTED),
        _SUM_MISSING,
        "{left} - {right}",
        "{left} - {right}",
        "The difference of two numbers of one dimension, or a date moved earlier.",
        "enrolled - dropped_out",
    ),
    Operator(
        "multiply",
        ("STAR",),
        6,
        ("number, number -> number; the dimensions multiply",),
        _SUM_MISSING,
        "{left} × {right}",
        "{left} × {right}",
        "The product.",
        "hours * (5 yuan / 1 hour)",
    ),
    Operator(
        "divide",
        ("_SLASH",),
        6,
        ("number, number -> number; the dimensions divide",),
        "The interval of all results; from 0 to 1 where the part is declared at most the whole.",
        "{left} / {right}",
        "{left} / {right}",
        "The ratio. The denominator is provably above zero from the bounds of facts, or `if zero` "
        "says what the ratio is then.",
        "dual_qualified / full_time_teachers",
    ),
    Operator(
        "negate",
        ("MINUS",),
        7,
        ("number -> number",),
        "The interval, turned over.",
        "-{operand}",
        "-{operand}",
        "The number below zero.",
        "-5 points",
    ),
)

_DATE_LENGTHS = (
    Operator(
        "years_between",
        ("YEARS_BETWEEN",),
        8,
        _DATES,
        _DATES_MISSING,
        "whole years from {start} to {end}",
        "{start}至{end}的整年数",
        "Whole calendar years from the first date to the second, as many as adding years to it "
        "reaches; below zero where it is earlier. Someone born on 29 February is a year older on "
        "28 February of a year that has no such day under `month end round down`, else on 1 March.",
        "whole years between birth and today",
    ),
    Operator(
        "months_between",
        ("MONTHS_BETWEEN",),
        8,
        _DATES,
        _DATES_MISSING,
        "whole months from {start} to {end}",
        "{start}至{end}的整月数",
        "Whole calendar months from the first date to the second.",
        "whole months between hired and today",
    ),
    Operator(
        "days_between",
        ("DAYS_BETWEEN",),
        8,
        _DATES,
        _DATES_MISSING,
        "days from {start} to {end}",
        "{start}至{end}的天数",
        "Days from the first date to the second.",
        "days between notice and today",
    ),
)


_SCALES = (
    Operator(
        "round",
        ("ROUND", "_TO"),
        8,
        ("number, literal of the same dimension -> number of that dimension",),
        "The interval whose ends are the ends of the operand's, rounded.",
        "{operand}, rounded to {grain}",
        "{operand}（按{grain}取整）",
        "The multiple of the second number that is at or above the first (`round up`), at or below "
        "it (`round down`) or nearest to it; halfway between two multiples `round half up` takes "
        "the upper one, `round half even` the even one. Nothing else rounds.",
        "round half up (price * rate) to 1 yuan",
    ),
    Operator(
        "smaller_of",
        ("SMALLER_OF",),
        8,
        ("numbers of one dimension -> number", "dates -> date"),
        _SUM_MISSING,
        "the smaller of {members}",
        "{members}中的较小值",
        "The least of the values in the brackets; of dates the earliest.",
        "smaller of (grant, 5000 yuan)",
    ),
    Operator(
        "larger_of",
        ("LARGER_OF",),
        8,
        ("numbers of one dimension -> number", "dates -> date"),
        _SUM_MISSING,
        "the larger of {members}",
        "{members}中的较大值",
        "The greatest of the values in the brackets; of dates the latest.",
        "larger of (0 yuan, income - 60000 yuan)",
    ),
    Operator(
        "band_of",
        ("BAND_OF",),
        8,
        ("number or date, lines -> value of the line, or none below the first",),
        "What the lines that the operand can be on have in common.",
        "line of the scale for {operand}",
        "{operand}所在档次",
        "The value of the last line whose start is at most the operand. Below the first line it "
        "is none, unless the bounds of facts rule that out.",
        "band of score { from 0 points = 1 }",
    ),
    Operator(
        "marginal_of",
        ("MARGINAL_OF",),
        8,
        ("number, lines with rates -> number; the dimensions multiply",),
        _SUM_MISSING,
        "{operand} on the marginal scale",
        "{operand}按累进标准计",
        "The part of the operand that lies on each line times the rate of that line, in sum; what "
        "lies below the first line counts nothing.",
        "marginal scale of income { from 0 yuan = 3% }",
    ),
)


def _aggregate(
    key: str, takes: str, gives: str, en: str, zh: str, doc: str, example: str
) -> Operator:
    terminal, spelled = ("COUNT_OF", "") if key == "count" else ("AGGREGATE", key)
    name = f"{key}_of_list"
    signature = (f"{takes} -> {gives}",)
    return Operator(
        name, (terminal,), 8, signature, _SEVERAL_MISSING, en, zh, doc, example, spelled
    )


_AGGREGATES = (
    _aggregate(
        "count",
        "list of records",
        "count of their kind",
        "number of {records}",
        "{records}的数量",
        "How many records there are.",
        "count of placements where abroad",
    ),
    _aggregate(
        "total",
        "field of each record, a number",
        "number",
        "total of {value} over {records}",
        "{records}的{value}合计",
        "The sum of a number over the records; zero for none.",
        "total of grants.amount",
    ),
    _aggregate(
        "total_length",
        "list of stays",
        "days, or months with `(month of 30 days)`",
        "total length of {records}",
        "{records}的累计时长",
        "The days that the stays cover, both ends included, overlaps counted once. With "
        "`(month of 30 days)` those days in months, which the verdict reports as an assumption.",
        "total length of placements in the last 5 years (month of 30 days)",
    ),
    _aggregate(
        "share",
        "list of records, a condition",
        "ratio",
        "share of {records}",
        "{records}的占比",
        "The part of the records that satisfy the condition. `if empty` says what it is for none.",
        "share of teachers satisfies (certified) if empty 0%",
    ),
    _aggregate(
        "least",
        "field of each record, a number or a date",
        "number or date",
        "least {value} among {records}",
        "{records}的{value}最小值",
        "The least value among the records. `if empty` says what it is for none.",
        "least of grades.score if empty 0 points",
    ),
    _aggregate(
        "most",
        "field of each record, a number or a date",
        "number or date",
        "greatest {value} among {records}",
        "{records}的{value}最大值",
        "The greatest value among the records. `if empty` says what it is for none.",
        "most of grades.score if empty 0 points",
    ),
    _aggregate(
        "distinct",
        "field of each record",
        "number",
        "number of different {value} among {records}",
        "{records}中不同{value}的数量",
        "How many different values the field has among the records.",
        "distinct placements.enterprise",
    ),
    _aggregate(
        "every",
        "list of records, a condition",
        "yes or no",
        "every one of {records}",
        "{records}均满足",
        "Every record satisfies the condition; yes for none.",
        "every one of grades satisfies (score >= 60 points)",
    ),
    _aggregate(
        "some",
        "list of records, a condition",
        "yes or no",
        "any one of {records}",
        "{records}中至少一项满足",
        "At least one record satisfies the condition; no for none.",
        "any one of awards satisfies (medal is gold)",
    ),
    _aggregate(
        "none",
        "list of records, a condition",
        "yes or no",
        "no one of {records}",
        "{records}均不满足",
        "No record satisfies the condition; yes for none.",
        "no one of awards satisfies (withdrawn)",
    ),
)

OPERATORS: Mapping[str, Operator] = MappingProxyType(
    {
        operator.key: operator
        for several in (_LOGIC, _COMPARISONS, _ARITHMETIC, _DATE_LENGTHS, _SCALES, _AGGREGATES)
        for operator in several
    }
)
"""Every operator by its key."""

AGGREGATE_KINDS: tuple[str, ...] = ("count", *(word.key for word in AGGREGATES))
"""The kinds of aggregates; `aggregate(kind)` is the operator of each."""

COMPARING: frozenset[str] = frozenset({"at_least", "at_most", "more_than", "less_than"})
"""Operators that compare by size."""


def aggregate(kind: str) -> Operator:
    """The operator of an aggregate, by the `kind` of its node."""
    return OPERATORS[f"{kind}_of_list"]

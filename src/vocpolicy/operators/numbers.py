"""The operators that make numbers and dates: arithmetic, lengths of time, scales."""

from __future__ import annotations

from vocpolicy.operators.operator import Operator

_NUMBERS = ("number, number of the same dimension -> number of that dimension",)
_SHIFTED = ("date, length of time -> date",)
_DATES = ("date, date -> length of time",)
_SUM_MISSING = "The interval of all results that the operands' intervals allow."
_DATES_MISSING = "Unknown where either date is missing."

ARITHMETIC = (
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

DATE_LENGTHS = (
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

SCALES = (
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

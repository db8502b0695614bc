"""The operators that make conditions: connectives and comparisons."""

from __future__ import annotations

from vocpolicy.operators import phrases
from vocpolicy.operators.operator import Operator

_CONDITIONS = ("yes or no, yes or no -> yes or no",)
_BLOCK = ("conditions -> yes or no",)
_ORDERED = ("number, number of the same dimension -> yes or no", "date, date -> yes or no")
_SAME = ("value, value of the same type -> yes or no",)
_MEMBERS = ("value, values of the same type -> yes or no",)
_ORDER_MISSING = (
    "Decided where the intervals of both sides do not overlap; undetermined where they do."
)
_SAME_MISSING = (
    "No where the values that are still possible have none in common; else undetermined."
)

LOGIC = (
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

COMPARISONS = (
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
        "{left} is {value}, at or above {bound}",
        "{left}为{value}，不低于{bound}",
        "Not below; for dates, not before.",
        "exam_score is at least 525 points",
        phrases=phrases.AT_LEAST,
    ),
    Operator(
        "at_most",
        ("AT_MOST",),
        4,
        _ORDERED,
        _ORDER_MISSING,
        "{left} is {value}, at or below {bound}",
        "{left}为{value}，不高于{bound}",
        "Not above; for dates, not after.",
        "age is at most 22 years",
        phrases=phrases.AT_MOST,
    ),
    Operator(
        "more_than",
        ("MORE_THAN",),
        4,
        _ORDERED,
        _ORDER_MISSING,
        "{left} is {value}, above {bound}",
        "{left}为{value}，高于{bound}",
        "Above; for dates, after.",
        "exam_score is more than 520 points",
        phrases=phrases.MORE_THAN,
    ),
    Operator(
        "less_than",
        ("LESS_THAN",),
        4,
        _ORDERED,
        _ORDER_MISSING,
        "{left} is {value}, below {bound}",
        "{left}为{value}，低于{bound}",
        "Below; for dates, before.",
        "absences is less than 5 days",
        phrases=phrases.LESS_THAN,
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

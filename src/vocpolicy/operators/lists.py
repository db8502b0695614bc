"""The operators over the records of a list."""

from __future__ import annotations

from vocpolicy.operators.operator import Operator

_SEVERAL_MISSING = (
    "An absent list is unknown; members with missing facts make the result an interval."
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


OVER_LISTS = (
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

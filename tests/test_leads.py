"""What answers lead to is told exactly: where runs of numbers and dates part, and on which side
the line itself is."""

from __future__ import annotations

import datetime

import pytest

from vocpolicy import Policy

POLICY = Policy.from_text(
    """language 1
policy p { title en "P" zh "甲" }
kind person en "person" plural "people" zh "人" counter "人"
fact rent en "rent" zh "租金" : yuan, at least 0 yuan
fact members en "members" zh "家庭人数" : count of person
fact day en "day of application" zh "申请日期" : date
fact depth en "depth" zh "深度" : metres or none
rule narrow { allowed when rent is more than 5000 yuan and rent is less than 8000 yuan }
rule exact { allowed when rent is 5000 yuan }
rule many { allowed when members is more than 5 }
rule late { allowed when day is at least 2023-03-01 }
rule deep { allowed when depth is more than 5 metres }
rule either decides sum { gives 100 yuan when rent is at least 500 yuan }
rule other decides sum { gives 200 yuan when members is at least 5 }
rule third decides sum { gives 300 yuan when day is at least 2023-03-01 }
"""
)
DAY = datetime.date(2023, 5, 1)


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        (
            "narrow",
            ["5,000 yuan or less", "above 5,000 yuan and below 8,000 yuan", "8,000 yuan or more"],
            ["5,000 元及以下", "高于 5,000 元且低于 8,000 元", "8,000 元及以上"],
        ),
        (
            "exact",
            ["below 5,000 yuan", "5,000 yuan", "above 5,000 yuan"],
            ["低于 5,000 元", "5,000 元", "高于 5,000 元"],
        ),
        ("many", ["below 6 people", "6 people or more"], ["低于 6 人", "6 人及以上"]),
        (
            "late",
            ["before 2023-03-01", "2023-03-01 or later"],
            ["早于2023年3月1日", "2023年3月1日及以后"],
        ),
        (
            "deep",
            ["none", "5 metres or less", "above 5 metres"],
            ["无", "5 米及以下", "高于 5 米"],
        ),
    ],
)
def test_answers_part_where_the_verdict_does(
    name: str, english: list[str], chinese: list[str]
) -> None:
    verdict = POLICY.evaluate(name, {}, DAY)
    for lang, wanted, colon in (("en", english, ": "), ("zh", chinese, "：")):
        lines = verdict.explain(lang, advice=True).splitlines()
        asked = next(
            place for place, line in enumerate(lines) if "Ask next" in line or "下一步" in line
        )
        told = [line.strip() for line in lines[asked + 1 :] if line.startswith("  - ")]
        assert [one.removeprefix("- ").partition(colon)[0] for one in told] == wanted


def test_a_conflict_says_what_each_rule_gives_and_what_to_write() -> None:
    facts = {"rent": 600, "members": 6, "day": "2023-01-01"}
    text = POLICY.evaluate("sum", facts, DAY).explain("en", advice=True)
    assert "the rule “either”: 100 yuan" in text
    assert "the rule “other”: 200 yuan" in text
    assert "“overrides other” in the rule “either”, or the other way round" in text
    three = POLICY.evaluate("sum", facts | {"day": "2023-04-01"}, DAY).explain("en")
    assert "“overrides other, third” in the rule “either”, or let another prevail" in three

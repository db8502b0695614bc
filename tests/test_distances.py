"""How far conditions are from turning, in whole units."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from vocpolicy import Policy

DAY = datetime.date(2023, 6, 1)
POLICY = Policy.from_text(
    """language 1
policy p { title en "P" zh "甲" }
kind teacher en "teacher" plural "teachers" zh "教师" counter "名"
fact score en "score" zh "总分" : points, between 0 points and 750 points
fact fee en "fee" zh "费用" : yuan, at least 0 yuan
fact staff en "staff" zh "专任教师" : count of teacher, at least 1
fact dual en "dual-qualified" zh "双师型教师" : count of teacher, at most staff
fact born en "born" zh "出生日期" : date
fact clean en "clean" zh "无处分" : yes or no
parameter line en "line" zh "分数线" : points { from 2023-01-01 = 525 points }
define share en "share" zh "占比" = dual / staff
rule marks { eligible when clean and score is at least line }
rule cheap { allowed when not (fee is more than 100 yuan) }
rule enough { satisfied when share is more than 65% }
rule old { allowed when born is at most 2005-06-01 }
rule turned { allowed when line is at most score }
"""
)


@pytest.mark.parametrize(
    ("name", "facts", "english", "chinese"),
    [
        ("marks", {"score": 518, "clean": True}, "score lacks 7 points", "总分差 7 分"),
        ("marks", {"score": 530, "clean": True}, "score has 5 points to spare", "总分余 5 分"),
        ("marks", {"score": 525, "clean": True}, "score is exactly at the bound", "总分恰在限值"),
        ("turned", {"score": 520}, "score lacks 5 points", "总分差 5 分"),
        ("cheap", {"fee": 130}, "fee is 30 yuan too much", "费用超出 30 元"),
        ("enough", {"dual": 700, "staff": 1000}, "share has 49 teachers to spare", "占比余 49 名"),
        ("enough", {"dual": 650, "staff": 1000}, "share lacks 1 teacher", "占比差 1 名"),
        ("old", {"born": "2005-06-11"}, "born is 10 days too late", "出生日期晚 10 天"),
    ],
)
def test_distances_are_in_whole_units(
    name: str, facts: dict[str, Any], english: str, chinese: str
) -> None:
    verdict = POLICY.evaluate(name, facts, DAY)
    assert f"Margin: {english}." in verdict.explain("en", advice=True)
    assert f"余量或差距：{chinese}。" in verdict.explain("zh", advice=True)
    assert "Margin" not in verdict.explain("en")


def test_a_condition_that_does_not_decide_is_not_measured() -> None:
    verdict = POLICY.evaluate("marks", {"score": 530, "clean": False}, DAY)
    assert "Margin" not in verdict.explain("en", advice=True)

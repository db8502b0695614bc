"""What is said where the policy has no words of its own."""

from __future__ import annotations

import datetime

import pytest

from vocpolicy import Policy

DAY = datetime.date(2023, 6, 1)

POLICY = Policy.from_text(
    """language 1
policy words { title zh "措辞" en "words" }
kind teacher zh "教师" en "teacher" plural "teachers" counter "名"
choice route zh "途径" en "route" {
  day_school zh "全日制" en "day school"
  evening zh "业余" en "evening"
}
fact working zh "在职" en "working" : yes or no
fact income zh "月收入" en "monthly income" : yuan
fact wait zh "等候时间" en "waiting time" : days
fact born zh "出生日期" en "date of birth" : date
fact remark zh "备注" en "remark" : text
fact way zh "学习形式" en "form of study" : route
fact award zh "奖项" en "award" : route or none
fact staff zh "专任教师" en "full-time teachers" : count of teacher
fact size zh "班额" en "number of teachers" : count of teacher
rule a zh "甲" en "A" { eligible when working }
rule b zh "乙" en "B" { eligible when income is at least 5 yuan }
rule c zh "丙" en "C" { eligible when wait is at least 5 days }
rule d zh "丁" en "D" { eligible when born is at least 2001-01-01 }
rule e zh "戊" en "E" { eligible when remark is "x" }
rule f zh "己" en "F" { eligible when way is evening }
rule g zh "庚" en "G" { eligible when award is not none }
rule h zh "辛" en "H" { eligible when staff is at least 5 }
rule i zh "壬" en "I" { eligible when size is at least 5 }
rule leave zh "假期" en "leave" { applies when working; gives 5 days }
rule pay zh "补贴" en "pay" { gives leave * 100 yuan / 1 days }
"""
)


@pytest.mark.parametrize(
    ("rule", "en", "zh"),
    [
        ("a", "working: yes or no?", "在职：是还是否？"),
        ("b", "What is the monthly income?", "月收入是多少？"),
        ("c", "waiting time: how long?", "等候时间是多久？"),
        ("d", "date of birth: on which day?", "出生日期是哪一天？"),
        ("e", "What is the remark?", "备注是什么？"),
        ("f", "What is the form of study?", "学习形式是哪一项？"),
        ("g", "What is the award, if there is one?", "奖项是哪一项（没有则答“无”）？"),
        ("h", "How many full-time teachers are there?", "专任教师是多少？"),
        ("i", "What is the number of teachers?", "班额是多少？"),
    ],
)
def test_a_fact_is_asked_for_by_its_type(rule: str, en: str, zh: str) -> None:
    verdict = POLICY.evaluate(rule, {}, DAY)
    assert f"Ask next: {en}" in verdict.explain("en", advice=True)
    assert f"下一步应查明：{zh}" in verdict.explain("zh", advice=True)


def test_an_english_name_takes_the_article_of_its_first_letter() -> None:
    assert "- there is an award?" in POLICY.evaluate("g", {}, DAY).explain("en")


def test_what_rests_on_a_rule_that_does_not_apply_says_so() -> None:
    verdict = POLICY.evaluate("pay", {"working": False}, DAY)
    assert verdict.outcome.value == "holds" and verdict.value is None
    assert "Result: none, for what it is worked out from does not apply." in verdict.explain("en")
    assert "结果：无，因所依据的事项不适用。" in verdict.explain("zh")
    assert "= 500 yuan." in POLICY.evaluate("pay", {"working": True}, DAY).explain("en")


def test_of_a_target_that_is_over_a_figure_of_a_later_day_is_told_apart() -> None:
    text = """language 1
policy over { title zh "已到期" en "over" }
fact paid zh "已付金额" en "amount paid" : yuan
target payment zh "付款" en "payment" { stock
  goal at least 5 yuan by end of 2020
  measure paid
}
"""
    policy = Policy.from_text(text)
    late = policy.evaluate("payment", {"paid": "3 yuan"}, DAY)
    assert "Missing: amount paid on 2020-12-31 or before (what was" in late.explain("en")
    assert "缺：已付金额（截至2020年12月31日的情况；所报的是此后的）。" in late.explain("zh")
    assert "Missing: amount paid." in policy.evaluate("payment", {}, DAY).explain("en")


def test_a_rule_whose_label_is_its_name_is_named_once() -> None:
    text = """language 1
policy torn { title zh "冲突" en "torn" }
fact asked zh "申请" en "asked" : yes or no
rule 准予 decides leave zh "准予" en "grant" { allowed when asked }
rule 不准 decides leave zh "不准" en "refuse" { not allowed when asked }
"""
    verdict = Policy.from_text(text).evaluate("leave", {"asked": True}, DAY)
    assert "write “overrides 不准” in the rule “grant” (准予), or" in verdict.explain("en")
    assert "在“准予”的规定中写明“优先于 不准”" in verdict.explain("zh")

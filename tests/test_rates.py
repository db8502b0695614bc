"""Rates, units per one or more others, from the file to the explanation."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from vocpolicy import FactError, Policy, PolicyError
from vocpolicy.format import format_text

DAY = datetime.date(2024, 6, 1)

TEXT = """\
语言 1
政策 租金 { 标题 中文 “租金” 英文 “Rents” }
种类 人 中文 “人” 英文 “person” 复数 “people” 量词 “人”
事项 出生 中文 “出生日期” 英文 “birthday”：日期
事项 月收入 中文 “月收入” 英文 “income”：元 每 月，不少于 0元 每 月
事项 人数 中文 “人数” 英文 “people”：数量 人，不少于 1
事项 面积 中文 “面积” 英文 “floor space”：平方米，不少于 0平方米
事项 单价 中文 “单价” 英文 “price”：元 每 平方米 每 月，不少于 0元 每 平方米 每 月
定义 租金 中文 “租金” 英文 “rent” = 面积 * 单价
定义 补贴 中文 “补贴” 英文 “grant” = 向下取整（租金 * 30%） 至 1元 每 月
规则 低收入 {
  符合条件 当 月收入 / 人数 低于 5200元 每 月 每 人 且 整年数（出生，评估日） 不少于 18周岁
}
"""
POLICY = Policy.from_text(TEXT)
FACTS = {"出生": "2000-01-01", "月收入": 10399, "人数": 2, "面积": 50, "单价": "22元/平方米/月"}


def test_a_rate_by_two_units_is_multiplied_out() -> None:
    assert POLICY.evaluate("租金", FACTS, DAY).value == 1100
    verdict = POLICY.evaluate("补贴", {**FACTS, "面积": Fraction(101, 2)}, DAY)
    assert verdict.value == 333
    assert "1 yuan per month" in verdict.explain("en")


def test_a_rate_is_compared_with_a_quotient() -> None:
    assert POLICY.evaluate("低收入", FACTS, DAY).wording_key == "eligible"
    assert POLICY.evaluate("低收入", {**FACTS, "月收入": 10400}, DAY).wording_key == "not_eligible"
    assert (
        POLICY.evaluate("低收入", {**FACTS, "出生": "2006-06-02"}, DAY).wording_key
        == "not_eligible"
    )


@pytest.mark.parametrize(
    "given", ["22元/平方米·月", "22元 每 平方米 每 月", "22 yuan per square_metre per month"]
)
def test_a_rate_is_given_as_it_is_shown_or_written(given: str) -> None:
    assert POLICY.evaluate("租金", {**FACTS, "单价": given}, DAY).value == 1100


def test_the_unit_that_is_over_is_the_first() -> None:
    with pytest.raises(FactError):
        POLICY.evaluate("租金", {**FACTS, "单价": "22元/平方米"}, DAY)


def test_a_year_under_a_rate_is_twelve_months() -> None:
    policy = Policy.from_text(
        "language 1\npolicy p {}\nfact rent : yuan per year\n"
        "rule dear { holds when rent is more than 100 yuan per month }\n"
    )
    assert policy.evaluate("dear", {"rent": 1200}, DAY).wording_key == "not_holds"
    assert policy.evaluate("dear", {"rent": 1201}, DAY).wording_key == "holds"


def test_what_is_to_be_written_can_be_written() -> None:
    with pytest.raises(PolicyError) as caught:
        Policy.from_text(TEXT.replace("5200元 每 月 每 人", "5200"))
    assert "5200元 每 人 每 月" in str(caught.value.render("zh"))
    with pytest.raises(PolicyError) as caught:
        Policy.from_text(TEXT.replace("5200元 每 月 每 人", "5200元/月"))
    assert [one.code for one in caught.value.diagnostics] == ["V235"]


def test_both_languages_lead_back() -> None:
    chinese = format_text(TEXT, keywords="zh")
    english = format_text(chinese, keywords="en")
    assert "0 yuan per square_metre per month" in english
    assert "whole years between (出生, today)" in english
    assert format_text(english, keywords="zh").replace("不低于", "不少于") == chinese


SCALE = """language 1
policy p { title en "P" zh "甲"; document law "law" dated 2023-01-01 }
fact paid en "paid" zh "已缴" : yes or no
fact income en "income" zh "收入" : yuan, at least 0 yuan
rule base en "base" zh "基数" { applies when paid
  gives income * 10% }
rule fee en "fee" zh "费" { gives base + 5 yuan }
define due = marginal scale of income {
  from 0 yuan = 10%   cite law 二
  from 1000 yuan = 20%   cite law 三
  from 5000 yuan = 30%   cite law 四
}
rule tax { gives due }
"""


def test_a_marginal_scale_cites_the_lines_that_are_reached() -> None:
    policy = Policy.from_text(SCALE)
    day = datetime.date(2023, 6, 1)
    for income, clauses in ((500, "二"), (1000, "二"), (1001, "二三"), (9000, "二三四")):
        found = policy.evaluate("tax", {"income": income}, day).citations
        assert "".join(one.clause for one in found) == clauses


def test_a_value_that_rests_on_a_rule_that_does_not_apply_says_so() -> None:
    verdict = Policy.from_text(SCALE).evaluate(
        "fee", {"paid": False, "income": 10}, datetime.date(2023, 6, 1)
    )
    assert "base: not applicable" in verdict.explain("en")
    assert "基数：不适用" in verdict.explain("zh")

"""How numbers that were worked out and documents are called in explanations."""

from __future__ import annotations

import datetime

import pytest

from vocpolicy import Policy

DAY = datetime.date(2023, 1, 1)

POLICY = Policy.from_text("""\
language 1
policy p {
  title en "P" zh "政策"
  document press_report "晚报" en "paper" zh "晚报报道"   assumed because en "a repost" zh "转载"
  document short_name "某办法"   assumed because zh "仅见摘要" en "only a summary was seen"
}
fact start en "start" zh "起始日" : date
fact pay en "pay" zh "工资" : pounds_sterling, at least 0 pounds_sterling
define doubled en "doubled" zh "加倍" = 100% + 100%
define third en "third" zh "三分之一" = pay / (pay + 1 pounds_sterling) if zero 0%
rule due en "due" zh "应付" { gives pay * doubled   cite press_report 全文 }
rule early en "early" zh "过早" {
  holds when start + (-25 weeks) is less than 2020-01-01   cite short_name 二
}
""")
FACTS = {"start": "2020-06-01", "pay": 500}


@pytest.mark.parametrize(
    ("name", "en", "zh"),
    [
        ("doubled", "100% + 100% = 200%.", "100% + 100% = 200%。"),
        ("due", "500 pounds sterling × 200% = 1,000 pounds sterling.", "500 英镑 × 200%"),
        ("due", "[paper as a whole]", "（晚报报道 全文）"),
        (
            "due",
            "Assumed: paper: a repost.",
            "暂定：晚报报道：转载。",
        ),
        ("early", "Start - 25 weeks is 2019-12-09", "起始日 - 25 周为2019年12月9日"),
        ("early", "Assumed: short name: only a summary was seen.", "暂定：《某办法》：仅见摘要。"),
        ("third", "= 99.8%.", "= 99.8%。"),
    ],
)
def test_reads(name: str, en: str, zh: str) -> None:
    verdict = POLICY.evaluate(name, FACTS, DAY)
    assert en in verdict.explain("en")
    assert zh in verdict.explain("zh")


def test_a_number_that_rounding_left_alone_says_how_it_came_about() -> None:
    policy = Policy.from_text(
        'language 1\npolicy p { title en "P" zh "政策" }\n'
        'fact pay en "pay" zh "工资" : yuan, at least 0 yuan\n'
        'define part en "part" zh "部分" = round down (pay * 70%) to 1 yuan\n'
    )
    assert "1,000 yuan × 70% = 700 yuan." in policy.evaluate("part", {"pay": 1000}, DAY).explain()

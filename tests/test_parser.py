"""Texts to trees: every construct of the language, in both keyword languages."""

from __future__ import annotations

import datetime
from fractions import Fraction

import attrs
import pytest

from vocpolicy import syntax
from vocpolicy.diagnostics import render_all
from vocpolicy.parser import DEEPEST, parse, parse_text
from vocpolicy.source import NOWHERE, Source, Span
from vocpolicy.syntax import Infix, Name, Number, Path, Text

ENGLISH = r"""
# Everything once.
language 1

policy plan_14 {
  title zh "规划" en "the plan"
  document plan "〔2022〕4号" dated 2022-02-14 printed 2022-02-16
  document skills "〔2020〕3号" dated 2020-04   assumed because zh "转载" en "reposts"
  in force 2021-01-01 to 2025-12-31
  month end round down
  reading strict in use zh "从严" en "strict"
  reading lenient
  amends older_plan
  note zh "甲" en "a"
}
use "shared.vocp"
kind school en "school" plural "schools" zh "学校" counter "所"
choice medal zh "奖牌" en "medal" { gold zh "金牌" en "gold medal", silver zh "银牌" en "silver" }
choice trade {
  welding
  cooking
}

fact teachers zh "专任教师" en "teachers" : count of teacher, at least 1, can rise
fact score : points, between 0 points and 750 points, in steps of 0.5 points, fixed {
  question zh "多少分？" en "How many points?"
  note zh "说明" en "note"
  cite plan 一（一）3 "5"
  assumed because "a guess"
  label zh "总分数"
}
fact matches : yes or no, judged by zh "学校" en "the school", effort 3, can change
fact pay : yuan per month, more than 0 yuan, less than teachers, at most 9, can fall
fact awards : list of award
fact award_or_none : award or none

entity placement zh "实践" en "placement" plural "placements" {
  enterprise zh "企业" en "enterprise" : text
  from zh "起" en "from" : date
  to: date
}
entity teacher counter "名" { placements : list of placement; `rule` : date }

define share for teacher zh "占比" en "share" =
  dual / teachers if zero 0%   cite plan 二（四）4 "65%"
parameter line zh "控制线" en "line" : points {
  from 2022-01-01 to 2022-12-31 = 520 points   assumed because zh "甲" en "a"
  from 2023 = 525 points
  note "n"
}
recorded points_2020 zh "点" : count of point = 183 at end of 2020   cite plan 一（一）2 "183 个"
recorded visits : count of visit = nearly 40万 tolerance 5% at 2020

rule duty for teacher decides practice zh "实践" en "practice" {
  cite plan 三（五）17 "10 个月", plan 三（五）17 "5 年"
  in force 2021-01-01 to 2025-12-31
  applies when full_time
  reading rolling in use zh "任意" en "any" {
    fulfilled when total length of placements in the last 5 years (month of 30 days)
      is at least 10 months
  }
  reading cycles { not fulfilled when no_one }
}
rule conditions for applicant decides admission {
  eligible when all of {
    schooling is junior_high   cite plan 三（六）19
    residence in (shanghai, jiangsu)
    residence not in (beijing)
    score is at least line and score <= 750 points or not (score between 1 and 2)
    any of { a is not b; none of { c is yes } }
    admission is eligible
    admission is not eligible
    medal is none
    birthday + 3 months is more than today - 2 years * 3
    whole years between birthday and today is less than 22
    days between (a) and 2023-06-01 is 5
    a is -2.5‰
  }
  except when expelled   because zh "处分"
  except when withdrawn
  otherwise not eligible   because zh "其他"
}
rule early for applicant decides admission {
  overrides conditions, duty
  not eligible when already_admitted   because zh "已录取" en "admitted"
}
rule money { gives 5 yuan when rich; gives 0 yuan; otherwise not applicable }
rule sums {
  gives count of stays in the last 5 years where (abroad) satisfies ok if empty 0 when a
  gives total of stays.amount when every one of stays satisfies (score > 5)
  gives share of stays satisfies good if empty 0% when any one of stays satisfies good
  gives count of (stays, in the last 5 years, where a and b, satisfies c) when x
  gives distinct stays.place when no one of stays satisfies good
  gives least of stays.x if empty 1 + most of stays.x if empty 1 when y
}

target dual_share zh "占比" en "share" {
  stock
  baseline between 57% and 62% at end of 2020   cite plan 一（一）3 "57%", plan 一（一）3 "62%"
  goal at least 65% by end of 2025
  milestone at most 60% by 2023-12-31
  milestone more than 1 by 2024; milestone less than 2
  applies when open
  in force from 2021
  reading full in use { measure dual / full   cite plan 二（四）4 "65%" }
  reading part {
    flow since 2021-01-01
    measure each {
      college zh "高职" en "colleges" : a / b
      school : c / d
    }
    goal about 20 tolerance 10% by end of 2025
  }
}
target t1 { goal exactly 5 schools }
target t2 { goal 5 }
target t3 { goal level with teachers tolerance 5% }
target t4 { goal all by 2025 }
target t5 { goal some }
target t6 { goal each of (maths, languages) }
target t7 { goal nearly 3000; assumed because "x"; label en "t" }

provision bank zh "学分银行" en "credit bank" {
  cite plan 三（六）18 "学分银行"
  promote zh "推进" en "push"
  hedged "逐步"
  hedged "积极"
  evidence accounts zh "账户" en "accounts" : count of account, at least 0
  evidence law : yes or no
}
set aside plan 一（二）4 "5G" because zh "名称" en "a name"

table mode for applicant decides way, stage first zh "贯通" {
  | entry     | score             | way        | stage |
  | secondary | at least 5 points | three_four | -     |
  | in (a, b) | between 1 and 3   | not applicable | 是 |   cite plan 一
  | any       | -                 | "x"        | 5%    |
  otherwise not applicable
}
table fees decides fee collect sum { | a | fee |; | yes | 5 yuan | }

case "at the line" {
  today 2023-06-01
  given score = 525 points, placements = [ { enterprise = "A", from = 2021-01-01, to = none }, {} ]
  given teachers = 540 at 2023-12-31
  given awards = []
  expect admission is eligible
  expect admission is not eligible
  expect duty is not applicable
  expect dual_share is not met
  expect dual_share is on track
  expect dual_share under part is undetermined missing teachers, dual
  expect money gives 5 yuan
  note "n"
  cite plan 一
}
"""

CHINESE = r"""
# 同上。
语言 1

政策 plan_14 ｛
  标题 中文 “规划” 英文 “the plan”
  文件 plan “〔2022〕4号” 成文 2022年2月14日 印发 2022年2月16日
  文件 skills “〔2020〕3号” 成文 2020年4月　暂定 理由 中文 “转载” 英文 “reposts”
  有效期 自 2021年1月1日 至 2025年12月31日
  月末 round down
  理解 strict 采用 中文 “从严” 英文 “strict”
  理解 lenient
  修订 older_plan
  说明 中文 “甲” 英文 “a”
｝
引用 “shared.vocp”
种类 school 英文 “school” 复数 “schools” 中文 “学校” 量词 “所”
选项 medal 中文 “奖牌” 英文 “medal” ｛ gold 中文 “金牌” 英文 “gold medal”、
  silver 中文 “银牌” 英文 “silver” ｝
选项 trade ｛
  welding
  cooking
｝

事项 teachers 中文 “专任教师” 英文 “teachers”：数量 teacher，不低于 1，可升
事项 score：points，介于 0 points 至 750 points，步长 0.5 points，不可变 ｛
  提问 中文 “多少分？” 英文 “How many points?”
  说明 中文 “说明” 英文 “note”
  依据 plan 一（一）3 “5”
  暂定 “a guess”
  名称 中文 “总分数”
｝
事项 matches：是否，认定人 中文 “学校” 英文 “the school”，难度 3，可变
事项 pay：yuan 每 month，高于 0 yuan，低于 teachers，不超过 9，可降
事项 awards：清单 award
事项 award_or_none：award 或 无

对象 placement 中文 “实践” 英文 “placement” 复数 “placements” ｛
  enterprise 中文 “企业” 英文 “enterprise”：text
  from 中文 “起” 英文 “from”：date
  to：date
｝
对象 teacher 量词 “名” ｛ placements：清单 placement； `rule`：date ｝

定义 share 适用于 teacher 中文 “占比” 英文 “share” ＝
  dual／teachers 为零时 0％　依据 plan 二（四）4 “65%”
参数 line 中文 “控制线” 英文 “line”：points ｛
  自 2022年1月1日 至 2022年12月31日 ＝ 520 points　暂定 理由 中文 “甲” 英文 “a”
  自 2023年 ＝ 525 points
  说明 “n”
｝
记载 points_2020 中文 “点”：数量 point ＝ 183 于 2020年底　依据 plan 一（一）2 “183 个”
记载 visits：数量 visit ＝ 近于 40万 允许偏差 5％ 于 2020年

规则 duty 适用于 teacher 决定 practice 中文 “实践” 英文 “practice” ｛
  依据 plan 三（五）17 “10 个月”，plan 三（五）17 “5 年”
  有效期 2021年1月1日 至 2025年12月31日
  适用 当 full_time
  理解 rolling 采用 中文 “任意” 英文 “any” ｛
    达到要求 当 累计时长（placements，近 5 years，每月 30 days）
      不少于 10 months
  ｝
  理解 cycles ｛ 未达到要求 当 no_one ｝
｝
规则 conditions 适用于 applicant 决定 admission ｛
  符合条件 当 同时满足 ｛
    schooling 是 junior_high　依据 plan 三（六）19
    residence 属于（shanghai、jiangsu）
    residence 不属于（beijing）
    score 不低于 line 且 score ≤ 750 points 或 非（score 介于 1 至 2）
    满足任一 ｛ a 不是 b； 均不满足 ｛ c 是 是 ｝ ｝
    admission 是 符合条件
    admission 是 不符合条件
    medal 为 无
    birthday ＋ 3 months 高于 评估日 － 2 years × 3
    整年数 birthday 至 评估日 低于 22
    天数（a）至 2023年6月1日 是 5
    a 是 －2.5‰
  ｝
  除非 expelled　理由 中文 “处分”
  除非 withdrawn
  否则 不符合条件　理由 中文 “其他”
｝
规则 early 适用于 applicant 决定 admission ｛
  优先于 conditions、duty
  不符合条件当 already_admitted　理由 中文 “已录取” 英文 “admitted”
｝
规则 money ｛ 得出 5 yuan 当 rich； 得出 0 yuan； 否则 不适用 ｝
规则 sums ｛
  得出 数量 stays 近 5 years 其中 (abroad) 均满足 ok 为空时 0 当 a
  得出 合计 stays.amount 当 每一 stays 均满足（score ＞ 5）
  得出 占比 stays 均有 good 为空时 0％ 当 任一 stays 均有 good
  得出 数量（stays，近 5 years，其中 a 且 b，均有 c）当 x
  得出 不同 stays．place 当 无一 stays 均有 good
  得出 最小 stays.x 为空时 1 ＋ 最大 stays.x 为空时 1 当 y
｝

指标 dual_share 中文 “占比” 英文 “share” ｛
  存量
  基数 介于 57％ 至 62％ 于 2020年底　依据 plan 一（一）3 “57%”，plan 一（一）3 “62%”
  目标值 不低于 65％ 截至 2025年底
  年度节点 不超过 60％ 截至 2023年12月31日
  年度节点 高于 1 截至 2024年； 年度节点 低于 2
  适用 当 open
  有效期 自 2021年
  理解 full 采用 ｛ 口径 dual／full　依据 plan 二（四）4 “65%” ｝
  理解 part ｛
    增量 起算 2021年1月1日
    口径 分别 ｛
      college 中文 “高职” 英文 “colleges”：a／b
      school：c／d
    ｝
    目标值 20左右 允许偏差 10％ 截至 2025年末
  ｝
｝
指标 t1 ｛ 目标值 恰为 5 schools ｝
指标 t2 ｛ 目标值 5 ｝
指标 t3 ｛ 目标值 持平于 teachers 允许偏差 5％ ｝
指标 t4 ｛ 目标值 全部 截至 2025年 ｝
指标 t5 ｛ 目标值 若干 ｝
指标 t6 ｛ 目标值 逐项（maths、languages）｝
指标 t7 ｛ 目标值 将近 3000； 暂定 理由 “x”； 名称 英文 “t” ｝

条款 bank 中文 “学分银行” 英文 “credit bank” ｛
  依据 plan 三（六）18 “学分银行”
  推动 中文 “推进” 英文 “push”
  缓和 “逐步”
  缓和 “积极”
  佐证 accounts 中文 “账户” 英文 “accounts”：数量 account，不少于 0
  佐证 law：是否
｝
不计入 plan 一（二）4 “5G” 理由 中文 “名称” 英文 “a name”

对照表 mode 适用于 applicant 决定 way、stage first 中文 “贯通” ｛
  ｜ entry ｜ score ｜ way ｜ stage ｜
  ｜ secondary ｜ 不低于 5 points ｜ three_four ｜ － ｜
  ｜ 属于（a、b）｜ 介于 1 至 3 ｜ 不适用 ｜ 是 ｜　依据 plan 一
  ｜ any ｜ － ｜ “x” ｜ 5％ ｜
  否则 不适用
｝
对照表 fees 决定 fee collect sum ｛ ｜ a ｜ fee ｜； ｜ 是 ｜ 5 yuan ｜ ｝

用例 “at the line” ｛
  评估日 2023年6月1日
  已知 score ＝ 525 points、
    placements ＝ ［ ｛ enterprise ＝ “A”，from ＝ 2021年1月1日，to ＝ 无 ｝，｛｝ ］
  已知 teachers ＝ 540 于 2023年12月31日
  已知 awards ＝ 【】
  应为 admission 是 符合条件
  应为 admission 是 不符合条件
  应为 duty 是 不适用
  应为 dual_share 不是 met
  应为 dual_share 是 on track
  应为 dual_share 按 part 是 undetermined 缺 teachers、dual
  应为 money 得出 5 yuan
  说明 “n”
  依据 plan 一
｝
"""


def read(text: str) -> syntax.File:
    file, mistakes = parse_text(text)
    assert not mistakes, render_all(mistakes)
    return file


def one(text: str):
    [declaration] = read(text).declarations
    return declaration


def condition(text: str) -> syntax.Expr:
    return one(f"rule r {{ eligible when {text} }}").body.statements[0].condition


def path(*parts: str) -> Path:
    return Path(tuple(Name(part) for part in parts))


def number(value, unit: str | None = None) -> Number:
    return Number(Fraction(value), Name(unit) if unit else None)


def named(kind: type, name: str):
    found = [
        one for one in read(ENGLISH).declarations if isinstance(one, kind) and one.name.text == name
    ]
    return found[0]


# ---- both languages -------------------------------------------------------------------------


def test_the_same_policy_in_chinese_keywords_is_the_same_tree():
    english, chinese = read(ENGLISH), read(CHINESE)
    for left, right in zip(english.declarations, chinese.declarations, strict=True):
        assert left == right


def test_both_keyword_languages_may_be_mixed():
    mixed = one("规则 r for 教师 { 符合条件 when 总分 不低于 5 and 学段 is 初三 }")
    assert mixed == one("rule r 适用于 教师 { eligible 当 总分 is at least 5 且 学段 是 初三 }")
    assert mixed.entity == Name("教师")


def test_a_policy_wholly_in_chinese():
    file = read(
        """
        语言 1
        指标 双师型占比 {
          基数 介于 57% 至 62% 于 2020年底　依据 规划 一（一）3 “57%”
          目标值 不低于 65% 截至 2025年底
          理解 全体 采用 { 口径 双师型教师／专任教师　依据 规划 二（四）4 “65%” }
          理解 专业课   { 口径 专业课双师／专业课教师　依据 规划 三（五）15 “65%” }
        }
        参数 控制线：分数 {
          自 2023年1月1日 = 525分　暂定 “媒体报道；以当年通知为准”
        }
        规则 中本报名条件 适用于 考生 决定 中本贯通资格 {
          依据 规划 三（六）19
          符合条件 当 同时满足 {
            学段 是 应届初三
            户籍 属于（上海）
            总分 不低于 控制线
          }
          否则 不符合条件
        }
        规则 企业实践 适用于 教师 决定 实践义务 {
          达到要求 当 累计时长（实践经历，近 5年，每月 30天）不少于 10个月
        }
        """
    )
    _, target, parameter, admission, practice = file.declarations
    assert target.readings[0].in_use and target.readings[0].name == Name("全体")
    assert target.body.baseline.comparison.comparator == "between"
    assert parameter.values[0].value == number(525, "分")
    assert parameter.values[0].attributes.assumptions == (Text(bare="媒体报道；以当年通知为准"),)
    assert admission.decides == Name("中本贯通资格")
    assert len(admission.body.statements[0].condition.parts) == 3
    length = practice.body.statements[0].condition
    assert length.operator == "at_least" and length.right == number(10, "个月")
    assert length.left == syntax.Aggregate(
        "total_length", path("实践经历"), window=number(5, "年"), month_days=number(30, "天")
    )


# ---- things ---------------------------------------------------------------------------------


def test_policy():
    policy = named(syntax.Policy, "plan_14")
    assert policy.title == Text("the plan", "规划")
    plan, skills = policy.documents
    assert plan.title == "〔2022〕4号" and plan.printed.first == datetime.date(2022, 2, 16)
    assert skills.dated.form == "month" and skills.attributes.assumptions == (
        Text("reposts", "转载"),
    )
    assert policy.in_force.end.last == datetime.date(2025, 12, 31)
    assert policy.month_end == Name("down")
    assert [(reading.name.text, reading.in_use) for reading in policy.readings] == [
        ("strict", True),
        ("lenient", False),
    ]
    assert policy.amends == Name("older_plan")


def test_kinds_choices_entities():
    kind = named(syntax.Kind, "school")
    assert (kind.en, kind.plural, kind.zh, kind.counter) == ("school", "schools", "学校", "所")
    assert [member.name.text for member in named(syntax.Choice, "trade").members] == [
        "welding",
        "cooking",
    ]
    placement = named(syntax.Entity, "placement")
    assert [field.name.text for field in placement.fields] == ["enterprise", "from", "to"]
    assert placement.kind.plural == "placements"
    assert named(syntax.Entity, "teacher").fields[1].name == Name("rule")


def test_facts():
    score = named(syntax.Fact, "score")
    assert score.type == syntax.TypeName("name", Name("points"))
    assert score.bounds.compares == (
        ("at_least", number(0, "points")),
        ("at_most", number(750, "points")),
    )
    assert score.bounds.step == number("0.5", "points") and score.bounds.change == "fixed"
    assert score.citations[0].locators == ("5",) and score.assumptions == (Text(bare="a guess"),)
    matches = named(syntax.Fact, "matches")
    assert matches.type.form == "yes_no" and matches.bounds.effort == 3
    assert matches.bounds.judged_by == Text("the school", "学校")
    pay = named(syntax.Fact, "pay")
    assert (pay.type.form, pay.type.name, pay.type.per) == ("per", Name("yuan"), (Name("month"),))
    assert [key for key, _ in pay.bounds.compares] == ["more_than", "less_than", "at_most"]
    assert named(syntax.Fact, "awards").type.is_list
    assert named(syntax.Fact, "award_or_none").type.optional


def test_definitions_parameters_recorded_figures():
    share = named(syntax.Define, "share")
    assert share.value == syntax.Ratio(
        path("dual"), path("teachers"), Number(Fraction(0), percent=True)
    )
    assert share.attributes.citations[0].clause == "二（四）4"
    first, second = named(syntax.Parameter, "line").values
    assert first.end.last == datetime.date(2022, 12, 31)
    assert (second.start.form, second.start.first, second.start.last) == (
        "year",
        datetime.date(2023, 1, 1),
        datetime.date(2023, 12, 31),
    )
    visits = named(syntax.Recorded, "visits")
    assert visits.value == syntax.Comparison(
        "nearly", (number(400_000),), Number(Fraction(1, 20), percent=True)
    )
    assert visits.at.form == "year"


# ---- rules ----------------------------------------------------------------------------------


def test_rules():
    duty = named(syntax.Rule, "duty")
    assert duty.entity == Name("teacher") and duty.decides == Name("practice")
    assert len(duty.body.citations) == 2 and duty.body.applies == path("full_time")
    rolling, cycles = duty.readings
    assert rolling.in_use and not cycles.in_use
    assert cycles.body.statements[0].conclusion.wording == "not_fulfilled"
    conditions = named(syntax.Rule, "conditions").body
    [statement] = conditions.statements
    assert [one.condition for one in statement.exceptions] == [path("expelled"), path("withdrawn")]
    assert conditions.otherwise.wording == "not_eligible"
    assert named(syntax.Rule, "early").body.overrides == (Name("conditions"), Name("duty"))
    money = named(syntax.Rule, "money").body
    assert [one.condition for one in money.statements] == [path("rich"), None]
    assert money.otherwise == syntax.Conclusion()


def test_conditions_of_a_block_keep_their_citations():
    block = named(syntax.Rule, "conditions").body.statements[0].condition
    assert block.operator == "all" and len(block.parts) == 12
    assert block.parts[0].attributes.citations[0].clause == "三（六）19"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a and b or c", Infix("or", Infix("and", path("a"), path("b")), path("c"))),
        ("not a and b", Infix("and", syntax.Prefix("not", path("a")), path("b"))),
        ("a >= 5", Infix("at_least", path("a"), number(5), symbol=True)),
        ("a ≤ 5", Infix("at_most", path("a"), number(5), symbol=True)),
        ("a is more than 5", Infix("more_than", path("a"), number(5))),
        ("a less than 5", Infix("less_than", path("a"), number(5))),
        ("a - b - c is 1", Infix(
            "is",
            Infix("subtract", Infix("subtract", path("a"), path("b")), path("c")),
            number(1),
        )),
        ("a + b * -c is 1", Infix(
            "is",
            Infix("add", path("a"), Infix(
                "multiply", path("b"), syntax.Prefix("negate", path("c")))),
            number(1),
        )),
        ("a is 5 years", Infix("is", path("a"), number(5, "years"))),
        ("a.b.c is not yes", Infix("is_not", path("a", "b", "c"), syntax.YesNo(True))),
        ("a 是 否", Infix("is", path("a"), syntax.YesNo(False))),
        ('a is "x"', Infix("is", path("a"), syntax.String("x"))),
        ("a is none", Infix("is", path("a"), syntax.Nothing())),
        ("a is (b)", Infix("is", path("a"), syntax.Group(path("b")))),
        ("a is today", Infix("is", path("a"), syntax.AsOf())),
        ("a is between 1 and 2 and b", Infix(
            "and", syntax.Between(path("a"), number(1), number(2)), path("b"))),
        ("a in (b, c)", syntax.Membership(path("a"), (path("b"), path("c")))),
        ("a is not in (b)", syntax.Membership(path("a"), (path("b"),), negated=True)),
        ("a is eligible", syntax.Concluded(path("a"), "eligible")),
        ("a is not eligible", syntax.Concluded(path("a"), "eligible", negated=True)),
        ("a 是 不符合条件", syntax.Concluded(path("a"), "eligible", negated=True)),
        ("whole months between a and b is 1", Infix(
            "is", syntax.DatesBetween("months", path("a"), path("b")), number(1))),
        ("a / b if zero 1 is 1", Infix(
            "is", syntax.Ratio(path("a"), path("b"), number(1)), number(1))),
        ("count of a where b satisfies (c) if empty 0 is 1", Infix(
            "is",
            syntax.Aggregate(
                "count", path("a"), where=path("b"),
                satisfies=syntax.Group(path("c")), if_empty=number(0)),
            number(1),
        )),
        ("none of { a\n b }", syntax.Conditions(
            "none", (syntax.Condition(path("a")), syntax.Condition(path("b"))))),
    ],
)  # fmt: skip
def test_expressions(text, tree):
    assert condition(text) == tree


def test_both_forms_of_an_aggregate_are_one_tree():
    bracketed = condition(
        "total of (a.b, in the last 5 years, where c and d, month of 30 days) > 1"
    )
    open_ = condition("total of a.b in the last 5 years where (c) (month of 30 days) > 1")
    assert bracketed.left.where == Infix("and", path("c"), path("d"))
    assert attrs.evolve(bracketed.left, where=None) == attrs.evolve(open_.left, where=None)


# ---- targets, provisions, tables, cases --------------------------------------------------------


def test_targets():
    target = named(syntax.Target, "dual_share")
    assert target.body.stock and target.body.labels == Text("share", "占比")
    assert target.body.baseline.moment.form == "year_end"
    assert [one.comparison.comparator for one in target.body.milestones] == [
        "at_most",
        "more_than",
        "less_than",
    ]
    full, part = target.readings
    assert full.body.measure.attributes.citations[0].locators == ("65%",)
    assert part.body.flow_since.first == datetime.date(2021, 1, 1)
    assert [one.name.text for one in part.body.measure.components] == ["college", "school"]
    assert part.body.goal.comparison == syntax.Comparison(
        "about", (number(20),), Number(Fraction(1, 10), percent=True)
    )
    comparators = [
        named(syntax.Target, f"t{n}").body.goal.comparison.comparator for n in range(1, 8)
    ]
    near = ["exactly", "exactly", "level_with", "all", "some", "each_of", "nearly"]
    assert comparators == near


def test_provisions():
    bank = named(syntax.Provision, "bank")
    assert bank.modality == "promote" and bank.text == Text("push", "推进")
    assert bank.hedges == ("逐步", "积极")
    assert [one.name.text for one in bank.evidence] == ["accounts", "law"]
    [aside] = [one for one in read(ENGLISH).declarations if isinstance(one, syntax.SetAside)]
    assert aside.citation.locators == ("5G",) and aside.because == Text("a name", "名称")


def test_tables():
    table = named(syntax.Table, "mode")
    assert table.decides == (Name("way"), Name("stage")) and table.policy == (Name("first"),)
    header, second, third, _ = table.rows
    assert header.cells == (path("entry"), path("score"), path("way"), path("stage"))
    assert second.cells[1] == syntax.TestCell("at_least", (number(5, "points"),))
    assert second.cells[3] == syntax.AnyCell()
    assert third.cells[0] == syntax.TestCell("in", (path("a"), path("b")))
    assert third.cells[1] == syntax.TestCell("between", (number(1), number(3)))
    assert third.cells[2] == syntax.NothingCell()
    assert third.attributes.citations[0].clause == "一"
    assert named(syntax.Table, "fees").policy == (Name("collect"), Name("sum"))


def test_cases():
    [case] = [one for one in read(ENGLISH).declarations if isinstance(one, syntax.Case)]
    score, placements, teachers, awards = case.given
    assert score.value == number(525, "points")
    first, second = placements.value.items
    assert [name.text for name, _ in first.fields] == ["enterprise", "from", "to"]
    assert second == syntax.GivenRecord(())
    assert teachers.at.first == datetime.date(2023, 12, 31)
    assert awards.value == syntax.GivenList(())
    assert [one.outcome for one in case.expects] == [
        "eligible",
        "not eligible",
        "not applicable",
        "not met",
        "on track",
        "undetermined",
        None,
    ]
    assert case.expects[5].under == Name("part")
    assert case.expects[5].missing == (Name("teachers"), Name("dual"))
    assert case.expects[6].value == number(5, "yuan")


# ---- places ---------------------------------------------------------------------------------


def nodes(value: object):
    if isinstance(value, tuple):
        for one in value:
            yield from nodes(one)
    elif attrs.has(type(value)) and not isinstance(value, Span | Source):
        yield value
        for field in attrs.fields(type(value)):
            yield from nodes(getattr(value, field.name))


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_every_node_stands_somewhere_and_inside_its_parent(text):
    for declaration in read(text).declarations:
        assert declaration.span is not NOWHERE
        check_places(declaration)


def check_places(parent: object, around: Span | None = None) -> None:
    span = getattr(parent, "span", None)
    if span is not None:
        assert span.start < span.end, parent
        assert span.text.strip() == span.text
        if around is not None:
            assert around.start <= span.start and span.end <= around.end, (parent, around.text)
    for field in attrs.fields(type(parent)):
        for child in nodes(getattr(parent, field.name)):
            inside = getattr(child, "span", None)
            if inside is not None and span is not None:
                assert span.start <= inside.start and inside.end <= span.end, (parent, child)


def test_places_are_the_smallest():
    text = "rule r {\n  eligible when a >= 5 points and not (b)\n}"
    rule = one(text)
    both = rule.body.statements[0].condition
    assert rule.span.text == text
    assert rule.name.span.text == "r"
    assert rule.body.statements[0].span.text == "eligible when a >= 5 points and not (b)"
    assert both.left.span.text == "a >= 5 points"
    assert both.left.right.span.text == "5 points"
    assert both.left.right.unit.span.text == "points"
    assert both.right.span.text == "not (b)"
    assert both.right.operand.span.text == "(b)"
    assert str(both.right.operand.inner.span) == "<text>:2:40"


def test_comments_are_kept():
    file = read("# a\nfact x : date # b\nrule r {\n  # c\n  eligible when x # d\n}\n# e")
    assert [(one.text, one.own_line) for one in file.comments] == [
        ("a", True),
        ("b", False),
        ("c", True),
        ("d", False),
        ("e", True),
    ]


# ---- wholes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "\ufeff", "  ;;  "])
def test_a_file_may_hold_nothing(text):
    assert read(text).declarations == ()


def test_a_file_keeps_its_source():
    source = Source("a.vocp", "kind a")
    file, _ = parse(source)
    assert file.source is source and file.declarations[0].span.source is source


def test_windows_spaces_and_a_mark_at_the_beginning_are_no_matter():
    assert (
        read("\ufefffact\u00a0a\u3000:\tdate\n").declarations == read("fact a : date").declarations
    )


def test_an_expression_may_be_as_deep_as_the_limit():
    deep = "(" * (DEEPEST - 5) + "a" + ")" * (DEEPEST - 5)
    tree = condition(deep)
    for _ in range(DEEPEST - 5):
        tree = tree.inner
    assert tree == path("a")

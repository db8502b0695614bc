"""How the formatter writes each thing, in English and in Chinese keywords."""

from __future__ import annotations

import pytest

from vocpolicy.diagnostics import PolicyError
from vocpolicy.format import format_source, format_text
from vocpolicy.parser import parse_text
from vocpolicy.quantities import TYPES, UNITS
from vocpolicy.source import Source


@pytest.mark.parametrize(
    ("written", "formatted"),
    [
        ("rule   a{holds   when b}", "rule a { holds when b }"),
        ("rule a { holds when x>=5 }", "rule a { holds when x >= 5 }"),
        ("rule a { holds when x≥5 }", "rule a { holds when x >= 5 }"),
        ("rule a { holds when x at least 5 }", "rule a { holds when x is at least 5 }"),
        ("rule a { holds when x is in ( b,c ) }", "rule a { holds when x in (b, c) }"),
        ("rule a { holds when x between 1 to 2 }", "rule a { holds when x between 1 and 2 }"),
        ("rule a { holds when a . b }", "rule a { holds when a.b }"),
        ("rule a { gives -x-1*2/y }", "rule a { gives -x - 1 * 2 / y }"),
        ("rule a { gives ( -1 ) }", "rule a { gives (-1) }"),
        ("rule a { gives 10个月 }", "rule a { gives 10个月 }"),
        ("rule a { gives 10   months }", "rule a { gives 10 months }"),
        ("rule a { gives 40万 yuan }", "rule a { gives 400000 yuan }"),
        ("rule a { gives 0.00005万 }", "rule a { gives 0.5 }"),
        ("rule a { gives ６５ ％ }", "rule a { gives 65% }"),
        ("rule a { gives 2023年6月1日 }", "rule a { gives 2023-06-01 }"),
        ("rule a { gives 2020年底 }", "rule a { gives end of 2020 }"),
        ("policy a { in force 2020年4月 to 2025年 }", "policy a { in force 2020-04 to 2025 }"),
        ("rule a { holds when b; otherwise not holds }", None),
        ("rule a { gives 是 }", "rule a { gives yes }"),
        ("rule a { gives `from` }", "rule a { gives `from` }"),
        ("policy a { note “x” }", 'policy a { note "x" }'),
        ('policy a { note “a "b" c” }', 'policy a { note “a "b" c” }'),
        (r'policy a { note "a \"b\" c" }', 'policy a { note “a "b" c” }'),
        (r'policy a { note "a \" ” b" }', r'policy a { note "a \" ” b" }'),
        (
            'provision a { promote; cite p 一（一）1 "x" , p 二 }',
            'provision a { promote; cite p 一（一）1 "x", p 二 }',
        ),
        ("rule a { holds when b cite p 一 }", "rule a { holds when b   cite p 一 }"),
        ('rule a { holds when b assumed because "x" }', None),
        ('set aside p 一 "5G"   because "x"', 'set aside p 一 "5G" because "x"'),
        ("fact a:points,at least 1 points", "fact a : points, at least 1 points"),
        ('case "a" { given b=[{c=1},{}] }', 'case "a" { given b = [ { c = 1 }, {} ] }'),
        ("target a { goal about 20所 }", "target a { goal about 20所 }"),
    ],
)
def test_english(written, formatted):
    found = format_text(written, keywords=None if "是" not in written else "en")
    if formatted is not None:
        assert found == formatted + "\n"
    assert format_text(found) == found


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("rule a { eligible when b }", "规则 a { 符合条件 当 b }"),
        ("rule a { holds when x is at least 5 points }", "规则 a { 成立 当 x 不低于 5分 }"),
        ("rule a { holds when x >= 5 }", "规则 a { 成立 当 x >= 5 }"),
        ("rule a { holds when x in (b, c) }", "规则 a { 成立 当 x 属于（b，c） }"),
        ("rule a { holds when x between 1 and 2 and y }", "规则 a { 成立 当 x 介于 1 至 2 且 y }"),
        ("rule a { holds when x is not eligible }", "规则 a { 成立 当 x 是 不符合条件 }"),
        ("rule a { gives (1 - x) * 2 }", "规则 a { 得出（1 - x） * 2 }"),
        ("rule a { gives 1 day }", "规则 a { 得出 1天 }"),
        ("rule a { gives 2 days }", "规则 a { 得出 2天 }"),
        ("rule a { gives 2 day }", "规则 a { 得出 2 day }"),
        ("rule a { gives 2 CNY }", "规则 a { 得出 2 CNY }"),
        ("policy a { in force 2020-04 to 2025 }", "政策 a { 有效期 2020年4月 至 2025年 }"),
        (
            "rule a { gives whole years between b and today }",
            "规则 a { 得出 整年数 b 至 评估日 }",
        ),
        (
            "rule a { gives round half up (b) to 1 yuan }",
            "规则 a { 得出 四舍五入（b）至 1元 }",
        ),
        ("fact a : yuan per month, at least 0 yuan", "事项 a：元 每 月，不低于 0元"),
        ("fact a : list of text", "事项 a：清单 文本"),
        ("fact a : date or none", "事项 a：日期 或 无"),
        ('fact a zh "甲" en "a" : yes or no', "事项 a 中文 “甲” 英文 “a”：是否"),
        ('policy a { note "“双师型”教师" }', '政策 a { 说明 "“双师型”教师" }'),
        ('case "x" { expect a is not met }', "用例 “x” { 应为 a 是 未达标 }"),
        ('case "x" { expect a is on track }', "用例 “x” { 应为 a 是 符合序时进度 }"),
        ('case "x" { expect a is not applicable }', "用例 “x” { 应为 a 是 不适用 }"),
        ('case "x" { expect a is not eligible }', "用例 “x” { 应为 a 是 不符合条件 }"),
        ('case "x" { given a = yes, b = no }', "用例 “x” { 已知 a = 是，b = 否 }"),
        ("target a { goal about 20 by end of 2025 }", "指标 a { 目标值 约 20 截至 2025年底 }"),
        ("provision a { promote }", "条款 a { 推动 }"),
    ],
)
def test_the_other_language_and_back(english, chinese):
    assert format_text(english, keywords="en") == english + "\n"
    assert format_text(english, keywords="zh") == chinese + "\n"
    assert format_text(chinese, keywords="en") == english + "\n"
    assert format_text(chinese, keywords="zh") == chinese + "\n"


def test_chinese_synonyms_stay_and_become_one_word_of_english():
    written = "规则 甲 { 成立 当 人数 不少于 5 且 成绩 高于 60分 且 地区 为 乙 }\n"
    assert format_text(written) == written
    english = (
        "rule 甲 { holds when 人数 is at least 5 and 成绩 is more than 60 points and 地区 is 乙 }"
    )
    assert format_text(written, keywords="en") == english + "\n"


def test_without_a_language_each_file_keeps_that_of_most_of_its_keywords():
    assert format_text("规则 a { holds 当 b 且 c }") == "规则 a { 成立 当 b 且 c }\n"
    assert format_text("rule a { 成立 when b and c }") == "rule a { holds when b and c }\n"
    assert format_text("# 甲\n") == "# 甲\n"


def test_without_a_language_units_stay_as_they_are_written():
    written = "rule a { gives 5分 }\nfact b : 分\n"
    assert format_text(written) == written


def test_lines_blank_lines_and_comments():
    written = """\


#a comment
language 1



policy p {

   # inside
      title zh "甲"
   en "a"
  note zh "一"   en "one"# at the end


  in force 2021 to 2025

}
rule a {
eligible when all of {
b
   c is
d
#! before the brace
}
except when e
}
#  last"""
    assert (
        format_text(written)
        == """\
# a comment
language 1

policy p {
  # inside
  title zh "甲"
        en "a"
  note zh "一" en "one"   # at the end

  in force 2021 to 2025
}
rule a {
  eligible when all of {
    b
    c is
      d
    #! before the brace
  }
    except when e
}
#  last
"""
    )


def test_lists_and_brackets_over_several_lines():
    written = """\
case "x" {
given a = [
{ b = 1,
c = 2 },
{ b = 3 }
],
d = 4
}
choice m { e,
f }
rule r {
gives round half up (marginal scale of s {
from 0 = 3%
}) to 1
}
"""
    assert (
        format_text(written)
        == """\
case "x" {
  given a = [
    { b = 1,
      c = 2 },
    { b = 3 }
  ],
    d = 4
}
choice m { e,
  f }
rule r {
  gives round half up (marginal scale of s {
    from 0 = 3%
  }) to 1
}
"""
    )


def test_columns_of_a_table_are_aligned_by_their_width_in_cells():
    written = """\
table t decides y first {
| 学段 | n | y |
# between
| 应届初三 | [1,3) | 5% | cite p 一   # why
| b | ( 1 , 3 ] | - |
otherwise not applicable
}
"""
    english = """\
table t decides y first {
  | 学段     | n      | y  |
  # between
  | 应届初三 | [1, 3) | 5% |   cite p 一   # why
  | b        | (1, 3] | -  |
  otherwise not applicable
}
"""
    chinese = format_text(written, keywords="zh")
    assert format_text(written) == english
    assert "  | b        | (1, 3] | -  |\n" in chinese
    assert format_text(chinese, keywords="en") == english


@pytest.mark.parametrize("word", sorted({*TYPES, *(one for one in UNITS if one.isidentifier())}))
def test_every_type_keeps_what_it_is_in_both_languages(word: str) -> None:
    types = {**TYPES, **UNITS}
    for keywords in ("en", "zh"):
        (line,) = format_text(f"fact a : {word}\n", keywords=keywords).splitlines()
        other = line.replace("：", ":").split(":")[1].strip()
        assert types[other] == types[word]
        assert str(types[other]) == str(types[word])
        assert getattr(types[other], "unit", None) == getattr(types[word], "unit", None)


def test_a_declaration_whose_words_would_join_keeps_its_own_spellings_and_no_other_does():
    """`是 或 否` is a condition; in English its words would be those of a type."""
    kept = "规则 甲 { 成立 当 是 或 否 }\n"
    written = f"规则 乙 {{ 成立 当 丙 }}\n{kept}规则 丁 {{ 成立 当 丙 }}\n"
    formatted = format_text(written, keywords="en")
    assert formatted == f"rule 乙 {{ holds when 丙 }}\n{kept}rule 丁 {{ holds when 丙 }}\n"
    assert parse_text(formatted) == parse_text(written)


def test_a_file_with_mistakes_is_refused_with_all_of_them():
    with pytest.raises(PolicyError) as raised:
        format_source(Source("x.vocp", "rule { }\nfact a : points,\nrule b = 5\n"))
    assert len(raised.value.diagnostics) > 1


def test_an_empty_file_stays_empty():
    assert format_text("") == ""
    assert format_text("\n\n") == ""


@pytest.mark.parametrize(
    ("en", "zh"),
    [("round down", "取月末"), ("round up", "取次日"), ("refuse", "不允许")],
)
def test_rules_for_month_ends_have_words_of_their_own(en: str, zh: str) -> None:
    text = f'language 1\npolicy p {{\n  title en "P" zh "策"\n  month end {en}\n}}\n'
    chinese = format_text(text, keywords="zh")
    assert f"  月末 {zh}\n" in chinese
    assert format_text(chinese, keywords="en") == text


def test_comparisons_of_dates_keep_their_own_words_in_both_languages() -> None:
    english = """language 1
policy p { title en "P" zh "甲" }
fact born en "born" zh "出生日期" : date, on or after 1990-01-01
rule r en "r" zh "规" {
  eligible when born is on or after 2000-09-01 and born is before 2010-09-01
    or born is after today or born is on or before 1995-01-01 or born is at least 2020-01-01
}
"""
    chinese = format_text(english, keywords="zh")
    for words in (
        "不早于 1990",
        "不早于 2000",
        "早于 2010",
        "晚于 评估日",
        "不晚于 1995",
        "不低于 2020",
    ):
        assert words in chinese
    assert format_text(chinese, keywords="en") == format_text(english, keywords="en") == english

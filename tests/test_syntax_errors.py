"""Mistakes that people make when they write rules: each has its code, its place, its words."""

from __future__ import annotations

import re
import time

import pytest

from vocpolicy.diagnostics import CATALOG, Diagnostic, render
from vocpolicy.parser import DEEPEST, parse, parse_text
from vocpolicy.source import Source

# text, code, what the place covers, what the help must hold (in English, in Chinese)
MISTAKES = [
    # Characters and texts.
    ("fact a : date §", "V101", "§", "quotes", "引号"),
    ('fact a zh "没有 : date', "V102", '"', "Close", "后引号"),
    ("fact a zh “没有 : date", "V102", "“", "Close", "后引号"),
    ("fact a zh 'x' : date", "V103", "'x'", '"…"', "“…”"),
    ("fact a zh ‘x’ : date", "V103", "‘x’", '"…"', "“…”"),
    ("fact `a : date", "V104", "`", "both sides", "两侧"),
    ("rule r { eligible when a == 5 }", "V105", "==", "`is`", "“是”"),
    ("rule r { eligible when a != 5 }", "V105", "!=", "`is not`", "“不是”"),
    ("rule r { eligible when a && b }", "V105", "&&", "`and`", "“且”"),
    ("rule r { eligible when a || b }", "V105", "||", "`or`", "“或”"),
    ("rule r { eligible when !a }", "V105", "!", "`not`", "“非”"),
    ("rule r { eligible when a ≠ b }", "V105", "≠", "`is not`", "“不是”"),
    ("target t { goal 2–4 schools }", "V107", "2–4", "between 2 and 4", "介于 2 至 4"),
    ("target t { goal 2~4 schools }", "V107", "2~4", "between 2 and 4", "介于 2 至 4"),
    ("指标 t { 目标值 57%—62% }", "V107", "57%—62%", "between 57% and 62%", "介于 57% 至 62%"),
    ("rule r { gives a – b }", "V108", "–", "-", "-"),
    ("规则 r { 符合条件 当 a。 }", "V138", "。", "line", "换行"),
    # Numbers and dates.
    ('case "c" { today 2025/12/31 }', "V109", "2025/12/31", "2025-12-31", "2025-12-31"),
    ('case "c" { today 2025.1.2 }', "V109", "2025.1.2", "2025-01-02", "2025-01-02"),
    ('case "c" { today 2025-6-1 }', "V109", "2025-6-1", "2025-06-01", "2025-06-01"),
    ('case "c" { today 2023-02-30 }', "V110", "2023-02-30", "month", "月"),
    ("用例 “c” { 评估日 2023年2月29日 }", "V110", "2023年2月29日", "month", "月"),
    ("target t { goal 5 by 2020-13 }", "V110", "2020-13", "month", "月"),
    ("target t { goal at least 1,000 }", "V111", "1,000", "1000", "1000"),
    ("target t { goal 1,000,000 by 2025 }", "V111", "1,000,000", "1000000", "1000000"),
    ('case "c" { given a = 2，500 }', "V111", "2，500", "2500", "2500"),
    ("target t { goal 65 percent }", "V112", "65 percent", "65%", "65%"),
    ("target t { goal 65 per cent }", "V112", "65 per cent", "65%", "65%"),
    ("指标 t { 目标值 百分之65 }", "V112", "百分之65", "65%", "65%"),
    ("rule r { gives 1234567890123456789 }", "V113", "1234567890123456789", "18", "18"),
    ("target t { goal 5 by 12 }", "V137", "12", "2025", "2025"),
    # Brackets.
    ("rule r { eligible when a", "V118", "{", "}", "}"),
    ("rule r {\n  reading a {\n    eligible when b\n  reading c { eligible when d }\n}",
     "V118", "{", "}", "}"),
    ("rule r {\n  eligible when (a and b\n  otherwise not eligible\n}", "V118", "(", ")", ")"),
    ("rule r { eligible when (a }", "V118", "(", ")", ")"),
    ("rule r { eligible when a }\n}", "V119", "}", "Remove", "删去"),
    ("rule r { eligible when a) }", "V119", ")", "Remove", "删去"),
    ("rule r\n  eligible when a\n}", "V139", "r", "{", "{"),
    ("rule r eligible when a }", "V139", "eligible", "{", "{"),
    # Words.
    ("rule r { eligible when a = 5 }", "V106", "=", "`is`", "“是”"),
    ("fact a date", "V120", "date", "a : …", "a：…"),
    ("事项 总分 中文 “总分” 数量 人", "V120", "数量", "总分 : …", "总分：…"),
    ("parameter p = points { from 2022 = 5 points }", "V120", "=", "p : …", "p：…"),
    ("rule target { eligible when a }", "V121", "target", "`target`", "`target`"),
    ("规则 说明 { 符合条件 当 a }", "V121", "说明", "`说明`", "`说明`"),
    ("rule r { eligible when table is 5 }", "V121", "table", "`table`", "`table`"),
    ("规则 r { 符合条件 当 成绩不低于525分 }", "V122", "成绩不低于", "成绩 不低于 525",
     "成绩 不低于 525"),
    ("规则报名 { 符合条件 当 a }", "V122", "规则报名", "规则 报名", "规则 报名"),
    ("规则 r { 符合条件 当 a\n 否则不符合条件 }", "V122", "否则不符合条件", "否则 不符合条件",
     "否则 不符合条件"),
    ("规则 r { 符合条件 当同时满足 { a } }", "V122", "当同时满足", "当 同时满足", "当 同时满足"),
    ("指标 t { 目标值 介于 2 至4 截至2025年底前 }", "V129", "前", "new line", "换行"),
    ("Rule r { eligible when a }", "V123", "Rule", "`rule`", "“rule”"),
    ("rule r { Eligible when a }", "V123", "Eligible", "`eligible`", "“eligible”"),
    ("target t { goal At Least 5 }", "V123", "At", "`at least`", "“at least”"),
    ("rul r { eligible when a }", "V124", "rul", "`rule`", "“rule”"),
    ("rule r { eligable when a }", "V124", "eligable", "`eligible`", "“eligible”"),
    ("rule r { eligible whn a }", "V124", "whn", "`when`", "“when”"),
    ("rule r { eligible when a at lest 5 }", "V124", "at lest", "`at least`", "“at least”"),
    ("规侧 r { 符合条件 当 a }", "V124", "规侧", "`规则`", "“规则”"),
    ("rule r { goal at least 5 }", "V125", "goal", "`overrides`", "“优先于”"),
    ("target t { eligible when a }", "V125", "eligible", "`measure`", "“口径”"),
    ('case "c" { eligible when a }', "V125", "eligible", "`expect`", "“应为”"),
    ("x = 5", "V126", "x", "`fact`", "“事项”"),
    ("rule r { eligible if a }", "V133", "if", "`when`", "“当”"),
    ("rule r { eligible when a equals 5 }", "V133", "equals", "`is`", "“是”"),
    ("rule r { gives 5 when a else 6 }", "V133", "else", "`otherwise`", "“否则”"),
    ("规则 r { 符合条件 如果 a }", "V133", "如果", "`when`", "“当”"),
    ('define a = b\n  cite plan 一 "x"', "V135", "cite", "line before", "上一行"),
    ('fact a "总分" : date', "V140", '"总分"', "zh", "中文"),
    ('rule "my rule" { eligible when a }', "V141", '"my rule"', "my_rule", "my_rule"),
    ("rule dual-qualified { eligible when a }", "V144", "dual-qualified", "dual_qualified",
     "dual_qualified"),
    ("rule 3plus4 { eligible when a }", "V145", "3plus4", "word", "文字"),
    # Order.
    ("rule r { eligible when }", "V127", "when", "a condition", "条件"),
    ("rule r { eligible when a is }", "V127", "is", "a value", "值"),
    ("rule r { applies a }", "V128", "a", "`when`", "“当”"),
    ("fact a : date, optional", "V128", "optional", "`can rise`", "“可升”"),
    ("rule r { eligible when a b }", "V129", "b", "new line", "换行"),
    ("entity e { a : date  b : text }", "V129", "b", "new line", "换行"),
    ("choice c { a b }", "V129", "b", "new line", "换行"),
    ("rule r { eligible when a in {b, c} }", "V130", "{b, c}", "(b, c)", "(b, c)"),
    ("rule r { eligible when a in [b, c] }", "V130", "[b, c]", "(b, c)", "(b, c)"),
    ("rule r { eligible when a in (b, c,) }", "V131", ",", "Remove", "删去"),
    ("fact a : date,", "V131", ",", "Remove", "删去"),
    ("rule r { eligible when 5 <= a <= 7 }", "V132", "<=", "between", "介于"),
    ('rule r { cite plan "x"\n eligible when a }', "V134", 'plan "x"', "clause", "条款"),
    ("rule r { cite plan\n eligible when a }", "V134", "plan", "clause", "条款"),
    ("table t decides m first { | a | b\n | c | d | }", "V136", "b", "|", "|"),
    ("target t { goal between 2 schools by 2025 }", "V142", "by", "between 2 and 4", "介于 2 至 4"),
    ("rule r { eligible when a is not at least 5 }", "V146", "is not at least", "`less than`",
     "“低于”"),
    # Content.
    ('rule r { label zh "a" zh "b"\n eligible when a }', "V151", 'zh "b"', "one of them", "一处"),
    ("target t { measure a / b\n measure c / d }", "V151", "measure c / d", "one", "一处"),
    ("target t { goal 5\n goal 6 }", "V151", "goal 6", "one", "一处"),
    ("policy p { in force 2021 to 2022\n in force 2023 }", "V151", "in force 2023", "one", "一处"),
    ("rule r { overrides s }", "V152", "rule r", "eligible when", "符合条件 当"),
    ('provision p { hedged "逐步" }', "V153", "provision p", "`promote`", "“推动”"),
]  # fmt: skip


def mistakes(text: str) -> tuple[Diagnostic, ...]:
    return parse_text(text)[1]


@pytest.mark.parametrize(
    ("text", "code", "place", "english", "chinese"),
    MISTAKES,
    ids=[f"{code} {text[:40]!r}" for text, code, *_ in MISTAKES],
)
def test_a_mistake_is_named_and_mended(text, code, place, english, chinese):
    [found] = mistakes(text)
    assert found.code == code, render(found)
    assert found.span is not None and found.span.text == place
    assert english in render(found, "en").rsplit("help:", 1)[1]
    assert chinese in render(found, "zh").rsplit("建议：", 1)[1]


@pytest.mark.parametrize("text", [row[0] for row in MISTAKES])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_message_speaks_the_readers_language(text, lang):
    for found in mistakes(text):
        shown = render(found, lang)
        said = "".join(line for line in shown.splitlines() if " | " not in line)
        assert not re.search(r"\b_?[A-Z]{2,}(_[A-Z]+)*\b", said.replace(found.code, "")), shown
        assert "{" not in re.sub(r"[`“ ]?\{ ?[^}]{0,12}\}?", "", said) or "{" in text


def test_the_table_covers_the_catalogue():
    """Every syntax code has a mistake in the table, but for limits and what the reader of files
    reports."""
    tested = {code for _, code, *_ in MISTAKES}
    limits = {"V114", "V115", "V116"}
    assert {code for code in CATALOG if code.startswith("V1")} - tested == limits


# ---- several at once ---------------------------------------------------------------------------


def test_four_faults_give_four_errors():
    text = """
fact a date
rule b { eligible when c
fact d : date
rule e { eligible when f = 5 }
rule g { eligible when h }
target i { goal between 2–4 }
"""
    file, found = parse_text(text)
    assert [one.code for one in found] == ["V120", "V118", "V106", "V107"]
    assert [one.name.text for one in file.declarations] == ["d", "g"]


def test_several_faults_of_one_declaration_are_told_at_once():
    text = """rule r {
  eligible if a
  applies when b c
  label zh "x"
  not eligible when d = 5
  otherwise gives
}
"""
    file, found = parse_text(text)
    assert [(one.code, one.span.source.position(one.span.start)[0]) for one in found] == [
        ("V133", 2),
        ("V129", 3),
        ("V106", 5),
        ("V127", 6),
    ]
    assert file.declarations == ()


def test_one_fault_gives_one_error_even_inside_a_nested_block():
    text = """rule r {
  eligible when all of {
    a
    b c
    any of { d
      e f }
  }
}
"""
    assert [one.span.source.position(one.span.start)[0] for one in mistakes(text)] == [4, 6]


def test_a_missing_brace_costs_one_declaration():
    file, found = parse_text("rule a {\n eligible when b\n\nrule c { eligible when d }\nkind e\n")
    assert [one.code for one in found] == ["V118"]
    assert [one.name.text for one in file.declarations] == ["c", "e"]


def test_lines_after_a_head_without_its_brace_are_not_reported_again():
    found = mistakes("target t\n  goal 5\n  measure a / b\n}\nfact x date\n")
    assert [one.code for one in found] == ["V139", "V120"]


def test_two_misspelt_declarations_are_two_mistakes():
    assert [one.code for one in mistakes("fct a : date\n\nrul b { eligible when c }\n")] == [
        "V124",
        "V124",
    ]


def test_a_second_item_shows_where_the_first_stands():
    [found] = mistakes("target t { goal 5\n goal 6 }")
    assert found.notes[0].span.text == "goal 5"


def test_mistakes_come_in_the_order_of_the_text():
    found = mistakes("fact a : date\u202e\nfact b date\nfact c : date §\n")
    starts = [one.span.start for one in found]
    assert starts == sorted(starts) and len(found) == 3


def test_the_place_is_right_beside_wide_characters():
    [found] = mistakes("规则 报名 { 符合条件 当 成绩 = 5 }")
    line, caret = render(found).splitlines()[1:3]
    before = line[: line.index("=")].removeprefix("    1 | ")
    wide = sum(2 if ord(character) > 0x2000 else 1 for character in before)
    assert caret == "      | " + " " * wide + "^"


# ---- limits --------------------------------------------------------------------------------------


def test_a_file_above_the_limit_is_not_read():
    source = Source("a.vocp", "# 一二三\n" * 10)
    file, [found] = parse(source, largest=100)
    assert found.code == "V116" and file.declarations == ()
    assert "120" in render(found) and "100" in render(found, "zh")
    assert parse(source, largest=120)[1] == ()


@pytest.mark.parametrize(
    "deep",
    [
        "(" * 300 + "a" + ")" * 300,
        "(" * (DEEPEST + 5) + "a" + ")" * (DEEPEST + 5),
        "not " * 300 + "a",
        "a" + " or b" * 300,
        "a is 1" + " + 1" * 300,
        "all of { " * 200 + "a" + " }" * 200,
    ],
)
def test_deep_nesting_is_a_mistake_and_no_crash(deep):
    file, found = parse_text(f"rule r {{ eligible when {deep} }}\nkind k")
    assert [one.code for one in found] == ["V114"]
    assert "100" in render(found[0])
    assert len(file.declarations) == 1


def test_wide_lists_are_not_deep():
    many = ", ".join(f"a{n}" for n in range(3000))
    lines = "\n".join(f"a{n} and b" for n in range(3000))
    text = f"rule r {{ eligible when x in ({many})\n not eligible when all of {{ {lines} }} }}"
    assert mistakes(text) == ()


@pytest.mark.parametrize("character", "\u202e\u2066\u200f\u061c")
@pytest.mark.parametrize("text", ["# {}", 'fact a zh "{}" : date', "fact a{} : date"])
def test_direction_marks_are_a_mistake_wherever_they_stand(character, text):
    codes = [one.code for one in mistakes(text.format(character))]
    assert codes == ["V115"]


@pytest.mark.parametrize(
    "number", ["9" * 10_000, "0" * 10_000, "0." + "0" * 10_000 + "1", "5" + "万" * 10_000]
)
def test_a_very_long_number_is_a_mistake(number):
    [found] = mistakes(f"rule r {{ gives {number} }}")
    assert found.code == "V113" and len(render(found).splitlines()[0]) < 200


@pytest.mark.parametrize(
    "text",
    [
        "\x01" * 100_000,
        "a\n" * 50_000,
        "}\n" * 50_000,
        "{\n" * 50_000,
        "a " * 50_000,
        '"' * 100_001,
        "“" * 30_000,
        "成绩不低于" * 10_000,
        "5–" * 20_000,
        "rule r { eligible when " + "||" * 50_000,
        "rule r {\n" + "goal\n" * 20_000 + "}",
        'case "c" { given a = [' + "{a=1}," * 10_000 + "] }",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hopeless_texts_end_soon_with_a_bounded_number_of_mistakes(text):
    begun = time.process_time()
    found = mistakes(text)
    assert 1 <= len(found) <= 520
    assert time.process_time() - begun < 5

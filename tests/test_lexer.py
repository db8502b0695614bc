"""Characters to tokens, seen through the tokens themselves and through what is parsed of them."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from vocpolicy.keywords import AGGREGATES, FULL_WIDTH, KEYWORDS, MODALITIES, WORDINGS
from vocpolicy.parser.lexer import half_width, lex
from vocpolicy.source import Source


def tokens(text: str) -> list[tuple[str, object]]:
    pieces = lex(Source("<test>", text)).pieces
    assert not any(piece.mistakes for piece in pieces)
    return [(token.type, token.value) for piece in pieces for token in piece.tokens]


def types(text: str) -> str:
    return " ".join(kind for kind, _ in tokens(text))


def pieces(text: str) -> list[str]:
    source = Source("<test>", text)
    return [
        text[piece.tokens[0].start_pos : piece.tokens[-1].end_pos] for piece in lex(source).pieces
    ]


@pytest.mark.parametrize("row", KEYWORDS, ids=lambda row: row.terminal)
def test_every_spelling_of_the_table_is_its_terminal(row):
    for spelling in (*row.en, *row.zh, *row.symbols):
        if spelling:
            kinds = types(f"x {spelling} (").split()
            expected = "IS" if row.terminal == "YES" and spelling == "是" else row.terminal
            assert kinds == ["NAME", expected, "_LPAR"], spelling


def test_words_of_one_terminal_carry_their_key():
    words = [("WORDING", word) for pair in WORDINGS for word in pair]
    words += [("MODALITY", word) for word, _ in MODALITIES]
    words += [("AGGREGATE", word) for word in AGGREGATES]
    for terminal, word in words:
        for spelling in (*word.en, *word.zh):
            assert tokens(f"{spelling} (")[0] == (terminal, word.key)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("10个月", "NUMBER NAME"),
        ("plan14", "NAME"),
        ("10 months", "NUMBER NAME"),
        ("20所左右", "NUMBER NAME ABOUT"),
        ("符合条件当 x", "WORDING _WHEN NAME"),
        ("适用当 x", "APPLIES _WHEN NAME"),
        ("x is at least 5", "NAME AT_LEAST NUMBER"),
        ("x is   not\tin (a)", "NAME NOT_IN _LPAR NAME _RPAR"),
        ("not eligible", "WORDING"),
        ("in the last 5 years", "WITHIN_LAST NUMBER NAME"),
        ("whole years between a and b", "YEARS_BETWEEN NAME AND NAME"),
        ("total length of stays", "AGGREGATE NAME"),
        ("count", "NAME"),
        ("atleast", "NAME"),
    ],
)
def test_words(text, kinds):
    assert types(text) == kinds


@pytest.mark.parametrize(
    "text", ["from: date", "from = 5", "rule : text", "是 = 5", '自 中文 "起" 英文 "from" : 日期']
)
def test_a_reserved_word_before_a_colon_or_an_equals_sign_is_a_name(text):
    assert tokens(f"entity x {{\n{text}")[3][0] == "NAME"


def test_a_reserved_word_after_a_dot_and_in_backquotes_is_a_name():
    assert types("stay.from `from` `any text 5`") == "NAME _DOT NAME NAME NAME"
    assert tokens("`any text 5`") == [("NAME", "any text 5")]


def test_a_double_equals_sign_makes_no_name():
    source = Source("<test>", "x is y == z")
    kinds = [token.type for token in lex(source).pieces[0].tokens]
    assert kinds == ["NAME", "IS", "NAME", "IS", "NAME"]


def test_the_chinese_word_for_is_means_yes_where_an_operand_is_expected():
    assert types("x = 是") == "NAME _EQUALS YES"
    assert types("x 是 是") == "NAME IS YES"
    assert types("（是）") == "_LPAR YES _RPAR"
    assert types("| 是 | 否 |") == "_BAR YES _BAR NO _BAR"
    assert types("用例 “x” {\n 已知 x = 是\n 应为 y 是 符合条件 }").split()[2:7] == [
        *("_LBRACE", "GIVEN", "NAME", "_EQUALS", "YES"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("520", Fraction(520)),
        ("0.5", Fraction(1, 2)),
        ("40万", Fraction(400_000)),
        ("3 亿", Fraction(300_000_000)),
        ("1.5万", Fraction(15_000)),
        ("５２０", Fraction(520)),
        ("999999999999999999", Fraction(999_999_999_999_999_999)),
    ],
)
def test_numbers_are_exact(text, value):
    assert tokens(text) == [("NUMBER", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("65%", "0.65"), ("65 %", "0.65"), ("2.5‰", "0.0025"), ("６５％", "0.65"), ("0%", "0")],
)
def test_percentages(text, value):
    assert tokens(text) == [("PERCENT", Fraction(value))]


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("2023-06-01", "DATE", (2023, 6, 1), (2023, 6, 1)),
        ("2023年6月1日", "DATE", (2023, 6, 1), (2023, 6, 1)),
        ("2020-04", "MONTH", (2020, 4, 1), (2020, 4, 30)),
        ("2020年2月", "MONTH", (2020, 2, 1), (2020, 2, 29)),
        ("end of 2020", "YEAR_END", (2020, 12, 31), (2020, 12, 31)),
        ("2020年底", "YEAR_END", (2020, 12, 31), (2020, 12, 31)),
        ("2020年末", "YEAR_END", (2020, 12, 31), (2020, 12, 31)),
    ],
)
def test_dates(text, kind, first, last):
    [(found, period)] = tokens(text)
    assert found == kind
    assert (period.first, period.last) == (datetime.date(*first), datetime.date(*last))


def test_a_chinese_year_is_a_year_after_a_word_that_takes_a_date_and_a_length_elsewhere():
    assert types("截至 2025年") == "_BY NUMBER"
    assert types("x 不低于 2025年") == "NAME AT_LEAST NUMBER NAME"
    assert types("近 5年") == "WITHIN_LAST NUMBER NAME"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"a \"b\" \\ c"', r'a "b" \ c'),
        ('"“双师型”教师"', "“双师型”教师"),
        ("“双师型教师”", "双师型教师"),
        ("“一“二“三”四”五”", "一“二“三”四”五"),
        ('“a "b" c”', 'a "b" c'),
        ("「甲乙」", "甲乙"),
        ('"（，）：＃１"', "（，）：＃１"),
        ('""', ""),
    ],
)
def test_texts_keep_what_was_written(text, value):
    assert tokens(text) == [("STRING", value)]


def test_citations_take_a_clause_as_it_is_written():
    found = tokens('cite plan 二（四）4 "65%", plan 第十二条\n  because "x"')
    assert found == [
        ("CITE", "cite"),
        ("NAME", "plan"),
        ("CLAUSE", "二（四）4"),
        ("STRING", "65%"),
        ("_COMMA", ","),
        ("NAME", "plan"),
        ("CLAUSE", "第十二条"),
        ("_BECAUSE", "because"),
        ("STRING", "x"),
    ]


def test_citations_go_on_over_lines_after_a_comma():
    found = tokens("依据 规划 一（一）3 “57%”，\n   规划 §3(2) “62%” “7”")
    assert [value for kind, value in found if kind == "CLAUSE"] == ["一（一）3", "§3(2)"]
    assert [value for kind, value in found if kind == "STRING"] == ["57%", "62%", "7"]


def test_set_aside_takes_one_clause():
    assert types('set aside plan 一（二）4 "5G" because "x"') == (
        "SET_ASIDE NAME CLAUSE STRING _BECAUSE STRING"
    )


def test_full_width_punctuation_reads_as_half_width_at_the_same_offsets():
    wide = "".join(chr(one) for one in FULL_WIDTH)
    assert half_width(wide) == "".join(chr(one) for one in FULL_WIDTH.values())
    assert types("ａ｛｝（）［］【】，、：＝＋－×÷／＞＜｜") == types("ａ{}()[][],,:=+-*//><|")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("{\n\na\n\n\n;b;\n}", "_LBRACE NAME _SEP NAME _RBRACE"),
        ("{ a\nand b\nor\nc }", "_LBRACE NAME AND NAME OR NAME _RBRACE"),
        ("{ a +\nb\n- c }", "_LBRACE NAME PLUS NAME MINUS NAME _RBRACE"),
        ("{ (a,\nb\n) }", "_LBRACE _LPAR NAME _COMMA NAME _RPAR _RBRACE"),
        ("{ [\na,\nb\n]\nc }", "_LBRACE _LBRACKET NAME _COMMA NAME _RBRACKET _SEP NAME _RBRACE"),
        ("{ a\nexcept when b }", "_LBRACE NAME EXCEPT_WHEN NAME _RBRACE"),
        ("{ | a |\n| b | }", "_LBRACE _BAR NAME _BAR _SEP _BAR NAME _BAR _RBRACE"),
        ("{ a # c\n# d\nb }", "_LBRACE NAME _SEP NAME _RBRACE"),
        ('{ note zh "a"\n en "b"\n c }', "_LBRACE NOTE ZH STRING EN STRING _SEP NAME _RBRACE"),
        ('{ a\n because "b" }', "_LBRACE NAME _BECAUSE STRING _RBRACE"),
        ("{ ( all of {\na\nb\n} ) }", "_LBRACE _LPAR ALL_OF _LBRACE NAME _SEP NAME _RBRACE _RPAR "
         "_RBRACE"),
    ],
)  # fmt: skip
def test_line_ends_separate_items_only(text, kinds):
    assert types(text) == kinds


def test_a_text_is_cut_at_declarations_whatever_braces_are_open():
    assert pieces("fact a : date\nrule b {\n c\nfact d : date\n}\n\nkind e") == [
        "fact a : date",
        "rule b {\n c",
        "fact d : date\n}",
        "kind e",
    ]


def test_a_text_is_cut_at_line_ends_outside_of_braces():
    assert pieces("fact a : date; kind b\nx y\nz\n") == ["fact a : date", "kind b", "x y", "z"]


def test_comments_are_kept_in_order_with_their_places():
    source = Source("<test>", "# one\nkind a # two\n  # three＃\n")
    comments = lex(source).comments
    assert [(one.text, one.own_line) for one in comments] == [
        ("one", True),
        ("two", False),
        ("three＃", True),
    ]
    assert [one.span.text for one in comments] == ["# one", "# two", "# three＃"]


def test_every_token_stands_where_its_text_stands():
    text = 'rule x 适用于 教师 {\n  cite plan 一（一）3 "57%"\n  eligible when a ≥ 65 %\n}'
    found = lex(Source("<test>", text)).pieces[0].tokens
    shown = [text[token.start_pos : token.end_pos] for token in found if token.type != "_SEP"]
    assert "".join(shown) == "".join(text.split()).replace("65%", "65 %")

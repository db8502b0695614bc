"""Figures are found by themselves; numerals in words are passed over with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from vocpolicy.coverage import find, read_document, split
from vocpolicy.coverage.squeeze import places, squeeze

DATA = Path(__file__).parent / "data" / "coverage"
PLAN = Path(__file__).parents[2] / "shared" / "plan" / "plan.txt"


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("建成分馆 12 个。", ["12个"]),
        ("建设２０个左右书屋", ["２０个左右"]),
        ("建设 8－10 所", ["8－10所"]),
        ("设1至2所，三到五家", ["1至2所", "三到五家"]),
        ("近 40 万人次", ["近40万人次"]),
        ("约3000名，余下 20多个", ["约3000名", "20多个"]),
        ("1,200册，3.5 公里", ["1,200册", "3.5公里"]),
        ("分别占 2%、28%和 70%", ["2%", "28%", "70%"]),
        ("提高2-4个百分点，达到百分之六十五", ["2-4个百分点", "百分之六十五"]),
        ("三分之一以上", ["三分之一以上"]),
        ("No more than 12 yuan", ["No more than 12"]),
        ("a staff of not fewer than 3", ["not fewer than 3"]),
        ("每 5 年培训 10 个月以上", ["每5年", "10个月以上"]),
        ("在十二个村", ["十二个"]),
        ("全市全覆盖，总数持平，产值翻一番", ["全覆盖", "持平", "翻一番"]),
        ("半年内全部达标", ["半年", "全部"]),
        ("生师比18:1", ["18:1"]),
        ("开展1对1帮扶", ["1对1"]),
        ("数学、外语两科", ["两科"]),
        ("第 44、45 届大赛", ["第44、45届"]),
        ("依照第十二条", ["第十二条"]),
        ("云文服〔2031〕12号", ["〔2031〕12号"]),
        ("2031年3月5日，2031-2035年", ["2031年3月5日", "2031-2035年"]),
        ("二〇三五年", ["二〇三五年"]),
        ("“十四五”期间", ["十四五"]),
        ("十五年内", ["十五年"]),
        ("以5G和“3+6”为例", ["5G", "3+6"]),
        ("三大产业", ["三大"]),
        ("“三圈三全”", ["三圈", "三全"]),
        ("at least 40 hours, 2-4 rooms, 65%", ["at least 40", "2-4", "65%"]),
        ("one-to-one help for two schools", ["one-to-one", "two"]),
        ("by 2035, see Article 5(a)", ["2035", "Article 5(a)"]),
    ],
)
def test_figures(text: str, figures: list[str]) -> None:
    assert [figure.text for figure in find(text).figures] == figures


def test_what_measures_is_told_from_what_names() -> None:
    found = find("20个左右，65%，持平，1对1，2025年，第46届，5G，三大，“十四五”").figures
    assert [figure.goal for figure in found] == [True] * 4 + [False] * 5


@pytest.mark.parametrize("word", ["一流", "统一", "进一步", "一线", "一批", "长三角", "一带一路"])
def test_idioms_are_no_figures_and_have_a_reason(word: str) -> None:
    found = find(f"建设{word}基地")
    assert not found.figures
    (idiom,) = found.idioms
    assert idiom.text == word
    assert idiom.reason.en
    assert idiom.reason.zh


def test_an_idiom_is_not_cut_from_a_number() -> None:
    assert [figure.text for figure in find("二十一批次").figures] == ["二十一批次"]


def test_offsets_are_those_of_the_text_as_written() -> None:
    text = "建设１０\n 所 左右学校"
    (figure,) = find(text).figures
    assert text[figure.start : figure.end] == "１０\n 所 左右"
    assert text[figure.core_start : figure.core_end] == "１０"


@pytest.mark.parametrize("path", [DATA / "library-plan.txt", PLAN], ids=["library", "plan"])
def test_no_digit_and_no_numeral_is_lost(path: Path) -> None:
    if not path.exists():
        pytest.skip("the plan's text does not lie beside the checkout (../shared/plan/plan.txt)")
    document = split(read_document(path))
    kept: set[int] = set()
    for clause in document.clauses:
        kept.update(range(clause.start, clause.label_end))
        found = find(document.text[: clause.end], max(clause.start, clause.label_end))
        for figure in found.figures:
            kept.update(range(figure.start, figure.end))
        for idiom in found.idioms:
            kept.update(range(idiom.start, idiom.end))
    numerals = set("〇零一二两三四五六七八九十百千万亿")
    lost = [
        document.text[max(0, index - 5) : index + 5]
        for index, character in enumerate(document.text)
        if (character.isdigit() or character in numerals) and index not in kept
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("locator", "text", "stands"),
    [
        ("65%", "达到 ６５％ 以上", True),
        ("20个左右", "20\n个 左右", True),
        ("5%", "达到65%", False),
        ("十所", "二十所", False),
        ("5万册", "1.5万册", False),
        ("50", "50 个", True),
        ("2个", "第1 2个", True),
    ],
)
def test_where_a_locator_stands(locator: str, text: str, stands: bool) -> None:
    assert bool(places(locator, squeeze(text))) is stands

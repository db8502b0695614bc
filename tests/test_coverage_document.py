"""A document's text is split into clauses, every character in one, named as citations do."""

from __future__ import annotations

from pathlib import Path

import pytest

from vocpolicy.coverage import read_document, split
from vocpolicy.diagnostics import DocumentError

LIBRARY = Path(__file__).parent / "data" / "coverage" / "library-plan.txt"


def names(text: str) -> list[str]:
    return [clause.name for clause in split(text).clauses]


def test_clauses_of_a_plan() -> None:
    assert names(read_document(LIBRARY)) == [
        *("文首", "前言", "一", "一（一）", "一（一）1", "一（一）2", "一（二）"),
        *("二", "二（一）", "二（二）", "二（二）1", "二（二）2"),
        *("三", "三（一）", "三（一）1", "三（一）2", "三（二）", "三（二）3", "文末"),
    ]


def test_every_character_is_in_one_clause() -> None:
    document = split(read_document(LIBRARY))
    assert "".join(map(document.of, document.clauses)) == document.text


def test_headings_and_goals() -> None:
    clauses = {clause.name: clause for clause in split(read_document(LIBRARY)).clauses}
    assert clauses["二（二）1"].title == "馆舍"
    assert [name for name, clause in clauses.items() if clause.heading_only] == [
        *("一", "一（一）", "二", "二（二）", "三", "三（一）", "三（二）")
    ]
    assert not clauses["一（一）1"].goals
    assert not clauses["二"].goals
    assert clauses["二（一）"].goals
    assert clauses["三（二）3"].goals


def test_articles_run_through_chapters() -> None:
    text = """第一章　总则
第一条　制定本条例。
第二条　设图书馆三个。
设分馆五个。
第二章　服务
第三条　读者有下列权利：
（一）借阅；
（二）参加活动。
第五条　违反第三条
第四条第二款规定的，处罚款。
"""
    document = split(text)
    assert [clause.name for clause in document.clauses] == [
        *(
            "第一章",
            "第一条",
            "第二条",
            "第二章",
            "第三条",
            "第三条（一）",
            "第三条（二）",
            "第五条",
        )
    ]
    second = document.find("第二条第二款")
    assert second is not None
    assert document.text[second.start : second.end].strip() == "设分馆五个。"
    assert document.find("第二条第三款") is None
    item = document.find("第三条第(二)项")
    assert item is not None
    assert item.clause.name == "第三条（二）"


def test_english_headings() -> None:
    text = """Part I General
Section 3. Scope.
Article 5. Libraries open
(a) on weekdays;
(b) on 2 Sundays a month.
3.1 Money is given.
3.2 Reports are made.
"""
    assert names(text) == [
        *("PartI", "PartISection3", "Article5", "Article5(a)", "Article5(b)", "3.1", "3.2")
    ]
    assert split(text).find("article 5 (A)") is not None


@pytest.mark.parametrize(
    "line",
    [
        "3. 不接着上一个编号。",
        "2.5 万册图书。",
        "10 个分馆。",
    ],
)
def test_a_line_that_only_begins_with_a_number_is_no_heading(line: str) -> None:
    assert names(f"一、馆舍\n1. 建设分馆。\n{line}\n") == ["一", "一1"]


def test_a_heading_cannot_stand_in_mid_sentence() -> None:
    line = "标题。这一行很长，因为版面的宽度在句子的中间把它断开了，下一行开头的编号只是这句话里的"
    assert names(f"一、馆舍\n1. {line}\n2. 不是标题。\n") == ["一", "一1"]


def test_a_table_of_contents_holds_no_clauses() -> None:
    text = "目录\n一、馆舍……1\n二、服务……2\n一、馆舍\n建设分馆。\n二、服务\n每天开放。\n"
    document = split(text)
    assert [clause.name for clause in document.clauses] == ["文首", "一", "二"]
    assert "建设分馆" in document.of(document.clauses[1])


def test_a_name_that_recurs_in_an_annex_is_told_apart() -> None:
    text = "一、馆舍\n建设分馆。\n附件2\n一、服务\n每天开放。\n一、队伍\n培训馆员。\n"
    assert names(text) == ["一", "附件2一", "一#2"]


def test_a_text_without_headings_is_one_clause() -> None:
    assert names("本馆每天开放。") == ["全文"]


def test_encodings(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("一、馆舍\r\n建设分馆。".encode("gb18030"))
    assert read_document(path) == "一、馆舍\n建设分馆。"
    path.write_bytes(b"\xef\xbb\xbf" + "馆舍".encode())
    assert read_document(path) == "馆舍"


def test_files_that_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as missing:
        read_document(tmp_path / "absent.txt")
    assert "V505" in str(missing.value)
    (tmp_path / "image").write_bytes(b"\x89PNG\r\n\0\0\xff\xff")
    with pytest.raises(DocumentError) as binary:
        read_document(tmp_path / "image")
    assert "V506" in str(binary.value)
    assert "纯文本" in binary.value.render("zh")


def test_a_long_title_without_a_stop_is_no_running_text() -> None:
    title = "A scheme of grants for businesses that replace old vans with clean ones in the city"
    text = f"{title}\nArticle 1 A business may apply.\nArticle 2 The grant is 20%.\n"
    assert names(text)[-2:] == ["Article1", "Article2"]


def test_a_label_that_a_broken_line_begins_with_is_no_heading() -> None:
    text = (
        "Rules\nThis scheme is made under all of the powers that are given to the city in\n"
        "Article 1 of the law.\nArticle 1 A business may apply.\nArticle 2 The grant is 20%.\n"
    )
    assert names(text) == ["文首", "前言", "Article1", "Article2"]

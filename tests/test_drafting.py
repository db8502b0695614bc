"""A draft made from a document checks, carries what the document says, and leaves the rest to a
person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings, strategies as st

import vocpolicy
from vocpolicy.cli import main
from vocpolicy.core import NumberType, Policy
from vocpolicy.coverage import Figure, find, measure, outline, read_document, split
from vocpolicy.diagnostics import DocumentError, UsageError
from vocpolicy.drafting import draft
from vocpolicy.drafting.amounts import Amount, amount
from vocpolicy.drafting.data import data
from vocpolicy.drafting.places import clause_name

ROOT = Path(__file__).parents[1]
LIBRARY = Path(__file__).parent / "data" / "coverage" / "library-plan.txt"
PLAN = ROOT.parent / "shared" / "plan" / "plan.txt"
LAW = """云溪县高龄补贴办法

第一条 为保障老年人权益，制定本办法。
第二条 年满80周岁的老年人，每月领取补贴200元，全年申领不超过3次。
第三条 民政部门应当：
（一）在10个工作日内办结；
（二）保存台账不少于5年。
第四条 到2027年，建成服务点30处以上，满意率过半。
第五条 本办法自2024年1月1日起施行。
"""
NOTICE = """Lift grants

Article 1 The grant is at most 280,000 yuan and 40% of the cost.
Article 2 By the end of 2025 at least 200 new lifts and two hundred flats are supported.
Article 3 A building that is listed gets no grant.
"""
DOCUMENTS = {
    "library": lambda: read_document(LIBRARY),
    "law": lambda: LAW,
    "notice": lambda: NOTICE,
    "level": lambda: "一、目标\n开放时长与上年持平。\n",
    "one line": lambda: "建成 12 个分馆",
    "annexes": lambda: (
        "一、馆舍\n建分馆 3 个。\n附件2\n一、服务\n开放 5 天。\n一、队伍\n培训 6 人。\n"
    ),
    "plan": lambda: read_document(PLAN),
}


def document(name: str) -> str:
    if name == "plan" and not PLAN.exists():
        pytest.skip("the plan's text does not lie beside the checkout")
    return DOCUMENTS[name]()


def written(folder: Path, text: str, **options: str) -> Policy:
    made = draft("drafted", "plan", text, **options)
    folder.mkdir(exist_ok=True)
    for name, rules in made.files.items():
        (folder / name).write_text(rules, encoding="utf-8")
    return vocpolicy.load(folder).core


def rules(text: str, **options: str) -> str:
    return "\n".join(draft("drafted", "plan", text, **options).files.values())


# ---- the draft as a whole ----------------------------------------------------------------------


@pytest.mark.parametrize("keywords", ["en", "zh"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_draft_checks_and_its_case_passes(name: str, keywords: str, tmp_path: Path) -> None:
    written(tmp_path, document(name), keywords=keywords)
    results = vocpolicy.load(tmp_path).test()
    assert results
    assert all(result.passed for result in results)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_draft_carries_every_figure_that_measures(name: str, tmp_path: Path) -> None:
    text = document(name)
    report = measure(written(tmp_path, text), {"plan": text})
    carried = {
        (clause.clause.name, item.figure.start): item.provisions
        for clause in report.clauses
        for item in clause.figures
        if item.figure.goal
    }
    assert carried
    left = [place for place, by in carried.items() if not by]
    # Two clauses with one number can't be told apart by a citation.
    assert [clause for clause, _ in left if "#" not in clause] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_figure_has_a_declaration_of_its_own(name: str, tmp_path: Path) -> None:
    policy = written(tmp_path, document(name))
    measured = sum(
        figure.goal
        for item in outline(split(document(name)))
        if "#" not in item.clause.name
        for figure in item.found.figures
    )
    named = [
        name
        for table in (policy.targets, policy.provisions, policy.definitions)
        for name in table
        if "_figure_" in name
    ]
    assert len(set(named)) == measured


def test_both_keyword_languages_make_the_same_policy(tmp_path: Path) -> None:
    text = document("library")
    en = written(tmp_path / "en", text, lang="en", keywords="en")
    zh = written(tmp_path / "zh", text, lang="en", keywords="zh")
    assert list(en.targets) == list(zh.targets)
    assert list(en.provisions) == list(zh.provisions)
    assert list(en.facts) == list(zh.facts)


def test_a_draft_of_a_plan_says_what_is_left() -> None:
    made = draft("drafted", "plan", document("library"), lang="en")
    text = "\n".join(made.files.values())
    assert made.decisions == text.count("# decide:") - 1 > 20
    assert "# set aside plan 一（二） because" in text


def test_background_and_words_with_numerals_stay_open(tmp_path: Path) -> None:
    text = "一、现状\n馆舍老旧。\n二、目标\n1. 完善“三圈”体系，建分馆 3 个。\n"
    report = measure(written(tmp_path, text), {"plan": text})
    assert [(gap.clause, gap.text) for gap in report.unaccounted] == [("一", None), ("二1", "三圈")]


def test_a_draft_is_written_as_the_formatter_writes(tmp_path: Path) -> None:
    written(tmp_path, document("library"), keywords="zh")
    result = CliRunner().invoke(main, ["format", "--check", str(tmp_path)])
    assert result.exit_code == 0, result.output


def test_a_draft_of_a_plan_has_nothing_that_lint_finds(tmp_path: Path) -> None:
    written(tmp_path, document("library"))
    result = CliRunner().invoke(main, ["lint", str(tmp_path)])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_sentence_of_the_document_is_copied(name: str) -> None:
    text = "".join(document(name).split())
    if not any("一" <= character <= "鿿" for character in text):
        pytest.skip("of Chinese text")
    made = draft("drafted", "plan", document(name))
    for rules in list(made.files.values())[1:]:
        plain = "".join(rules.split())
        runs = (text[i : i + 28] for i in range(len(text) - 28))
        assert [run for run in runs if run in plain] == []


# ---- what is read out of a document --------------------------------------------------------------


def test_the_head_says_what_the_document_says_of_itself(tmp_path: Path) -> None:
    policy = written(tmp_path, document("library"))
    plan = policy.documents["plan"]
    assert plan.title == "云文服〔2031〕12号"
    assert plan.dated == "2031-03-05"
    assert policy.title.zh == "云溪县公共图书馆服务提升方案"
    assert (str(policy.period.start), str(policy.period.end)) == ("2041-01-01", "2045-12-31")


def test_a_law_is_in_force_from_the_day_it_says(tmp_path: Path) -> None:
    policy = written(tmp_path, LAW)
    assert str(policy.period.start) == "2024-01-01"
    parameters = {name for name, item in policy.definitions.items() if item.form == "parameter"}
    assert parameters == {"clause_2_figure_1", "clause_2_figure_2", "clause_3_2_figure_1"}
    assert policy.targets.keys() >= {"clause_4_figure_1", "clause_4_figure_2"}


def test_what_looks_back_is_recorded_and_goals_are_targets(tmp_path: Path) -> None:
    policy = written(tmp_path, document("library"))
    assert "clause_1_1_1_figure_1" in policy.definitions
    assert "clause_2_2_1_figure_2" in policy.targets
    assert "clause_3_1_2_figure_2" in policy.provisions  # 1 对 1


def test_dates_and_names_with_numerals_are_set_aside_with_a_reason(tmp_path: Path) -> None:
    policy = written(tmp_path, document("library"))
    reasons = {
        (aside.citation.clause, aside.citation.locator): aside.because.zh
        for aside in policy.set_asides
    }
    assert reasons["二（一）", "2035年"] == "日期"
    assert reasons["一（二）", "5G"] == "技术名称"
    assert reasons["文首", None] == "标题和印发通知"


def test_the_year_before_a_figure_is_its_deadline() -> None:
    text = "一、目标\n1. 到2027年建分馆 3 个，到2030年建分馆 9 个。\n"
    made = rules(text, keywords="zh")
    assert "目标值 不低于 3个 截至 2027年底" in made
    assert "目标值 不低于 9个 截至 2030年底" in made


def test_a_locator_tells_two_equal_figures_apart(tmp_path: Path) -> None:
    text = "一、目标\n1. 建分馆 3 个，建书屋 3 个。\n"
    policy = written(tmp_path, text)
    report = measure(policy, {"plan": text})
    figures = [item for clause in report.clauses for item in clause.figures if item.figure.goal]
    assert [item.provisions for item in figures] == [
        ("clause_1_1_figure_1",),
        ("clause_1_1_figure_2",),
    ]


def test_a_label_is_of_the_words_beside_the_figure() -> None:
    made = rules("一、目标\n全县建成分馆 12 个，读者满意率达到 90%。\n", lang="zh")
    assert "中文 “全县建成分馆”" in made or '中文 "全县建成分馆"' in made
    assert "读者满意率" in made


def test_kinds_are_named_by_their_measure_words(tmp_path: Path) -> None:
    policy = written(tmp_path, "一、目标\n1. 建学校 3 所，课程 4 门，培训教师 5 名、学员 6 人。\n")
    assert list(policy.kinds) == ["school", "course", "person"]


def test_a_policy_is_in_force_up_to_the_day_that_its_document_says(tmp_path: Path) -> None:
    text = "第一条 不得超过3次。\n第二条 本办法自2023年4月1日起施行，有效期至2028年3月31日。\n"
    period = written(tmp_path, text).period
    assert (str(period.start), str(period.end)) == ("2023-04-01", "2028-03-31")


def only(text: str) -> tuple[str, Figure]:
    (figure,) = [figure for figure in find(text).figures if figure.goal]
    return text, figure


def shown(found: Amount | None) -> tuple[object, ...] | None:
    if found is None:
        return None
    unit = found.unit if isinstance(found.unit, str) else found.unit.name
    ends = (str(found.low), str(found.high))
    return found.how, *(ends[:1] if ends[0] == ends[1] else ends), unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("达到65%", ("at_least", "13/20", "%")),
        ("占比65%以上", ("at_least", "13/20", "%")),
        ("不少于10个月", ("at_least", "10", "个月")),
        ("不超过3次", ("at_most", "3", "occasion")),
        ("20所左右", ("about", "20", "school")),
        ("近40万人次", ("nearly", "400000", "visit")),
        ("超过百分之六十五", ("more_than", "13/20", "%")),
        ("建设2-4所", ("between", "2", "4", "school")),
        ("建设２－４所", ("between", "2", "4", "school")),
        ("提高5%至10%", ("between", "1/20", "1/10", "%")),
        ("三分之一", ("", "1/3", "%")),
        ("百分之九十以上", ("at_least", "9/10", "%")),
        ("全覆盖", ("all", "1", "%")),
        ("过半", ("more_than", "1/2", "%")),
        ("与上年持平", ("level", "1", "item")),
        ("二十一所", ("", "21", "school")),
        ("补贴3.5万元", ("", "35000", "元")),
        ("2倍", ("", "2", "%")),
        ("100余门", ("more_than", "100", "course")),
        ("提高5个百分点", ("", "1/20", "%")),
        ("1对1结对", None),
        ("翻一番", None),
        ("at least 200 new lifts", ("at_least", "200", "lift")),
        ("at most 280,000 yuan", ("at_most", "280000", "yuan")),
        ("over 10 months of practice", ("more_than", "10", "months")),
        ("five libraries", ("", "5", "library")),
        ("more than 60% of the flats", ("more_than", "3/5", "%")),
        ("补贴不得超过实付租金的70%", ("at_most", "7/10", "%")),
        ("每户不得低于5次", ("at_least", "5", "occasion")),
        ("a grant of at most £6,000", ("at_most", "6000", "")),
    ],
)
def test_what_a_figure_comes_to(text: str, expected: tuple[object, ...] | None) -> None:
    assert shown(amount(*only(text))) == expected


def test_numbers_of_several_words_are_left_to_a_person() -> None:
    figures = [figure for figure in find("two hundred flats").figures if figure.goal]
    assert [amount("two hundred flats", figure) for figure in figures] == [None, None]


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("三（五）15", "clause_3_5_15"),
        ("第十二条", "clause_12"),
        ("第十二条（一）", "clause_12_1"),
        ("第三章", "clause_chapter_3"),
        ("Article5(a)", "clause_5_a"),
        ("附件2一", "clause_annex_2_1"),
        ("前言", "clause_preamble"),
        ("二①", "clause_2_1"),
        ("3.1", "clause_3_1"),
    ],
)
def test_clause_names(clause: str, name: str) -> None:
    assert clause_name(clause) == name


def test_every_measure_word_has_a_unit_or_a_kind(tmp_path: Path) -> None:
    """A target with each measure word that figures may have checks."""
    words = sorted(set(data().kinds) | {"天", "岁", "公里", "课时", "元", "分"})
    lines = [f"{i}. 达到 {i} {word}。" for i, word in enumerate(words, start=1)]
    policy = written(tmp_path, "一、目标\n" + "\n".join(lines))
    assert len(policy.targets) == len(words)
    assert all(isinstance(fact.type, NumberType) for fact in policy.facts.values())


PIECES = [
    *(
        "一、目标",
        "二、现状",
        "（一）",
        "1. ",
        "第三条 ",
        "Article 4 ",
        "附件1",
        "抄送：",
        "\n",
        "。",
        "，",
    ),
    *(
        "建设",
        "达到",
        "近",
        "每",
        "不少于",
        "至",
        "-",
        "20",
        "65%",
        "三分之一",
        "０",
        "0/0",
        "99999999999999999999",
    ),
    *(
        "个",
        "所",
        "万元",
        "年",
        "2025年",
        "十四五",
        "〔2022〕4号",
        "全覆盖",
        "持平",
        "一对一",
        "三圈",
    ),
    *(
        '"',
        "\\",
        "“",
        "”",
        "#",
        "{",
        "}",
        "\u202e",
        "at least ",
        "5 level ",
        "7 rules",
        "6 points",
        " ",
    ),
]


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=25))
def test_whatever_the_document_the_draft_checks(
    pieces: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = "".join(pieces)
    if not text.strip():
        return
    for keywords in ("en", "zh"):
        folder = tmp_path_factory.mktemp("draft")
        measure(written(folder, text, keywords=keywords), {"plan": text})


# ---- mistakes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["two words", "14th", "rule", "规则", "a/b", ""])
def test_what_cannot_be_a_name(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        draft(name, "plan", LAW)
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["V641"]


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        draft("drafted", "plan", " \n")
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["V508"]


# ---- the command ---------------------------------------------------------------------------------


def new(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", *arguments])


@pytest.fixture
def law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "law.txt").write_text(LAW, encoding="utf-8")
    return tmp_path


def test_new_writes_a_folder(law: Path) -> None:
    result = new("allowance", "--document", "act=law.txt", "--lang", "zh")
    assert result.exit_code == 0, result.output
    assert "处待定" in result.output
    names = {path.name for path in (law / "allowance").iterdir()}
    assert names == {"policy.vocp", "clauses.vocp", "set-aside.vocp", "cases.vocp"}
    assert "语言 1" in (law / "allowance" / "policy.vocp").read_text(encoding="utf-8")
    result = CliRunner().invoke(
        main, ["coverage", "allowance", "--document", "act=law.txt", "--format", "json"]
    )
    assert json.loads(result.output)["clauses"]


def test_new_takes_a_folder(law: Path) -> None:
    assert new("allowance", "--document", "act=law.txt", "-o", "here").exit_code == 0
    assert "policy allowance {" in (law / "here" / "policy.vocp").read_text(encoding="utf-8")


def test_nothing_is_overwritten(law: Path) -> None:
    (law / "allowance").mkdir()
    result = new("allowance", "--document", "act=law.txt", "--lang", "en")
    assert result.exit_code == 2
    assert "V642" in result.output
    assert list((law / "allowance").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["allowance", "--document", "act=none.txt"], "V505"),
        (["allowance", "--document", "act=law.txt", "-o", "no/such/folder"], "V643"),
        (["two words", "--document", "act=law.txt"], "V641"),
    ],
)
def test_mistakes_have_a_code(law: Path, arguments: list[str], code: str) -> None:
    result = new(*arguments)
    assert result.exit_code == 2
    assert code in result.output
    assert not (law / "allowance").exists()


def test_a_document_needs_a_name(law: Path) -> None:
    result = new("allowance", "--document", "law.txt")
    assert result.exit_code == 2
    assert "NAME=PATH" in result.output

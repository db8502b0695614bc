"""Decision tables through text and CSV files: rows, mistakes, explanations, what is still open."""

from __future__ import annotations

import datetime
import itertools
import json
import random
from pathlib import Path

import pytest

from vocpolicy import Policy, PolicyError, Verdict
from vocpolicy.outcome import Outcome

DAY = datetime.date(2023, 6, 1)

HEAD = """language 1
policy p {
  title en "P" zh "政策"
  document doc "D"
}
choice level zh "学段" en "level" {
  secondary zh "中职" en "secondary"
  college   zh "高职" en "college"
}
choice route zh "途径" en "route" { quick zh "快" en "quick", slow zh "慢" en "slow" }
fact entry zh "学段" en "entry" : level
fact score zh "成绩" en "score" : points, between 0 points and 100 points
fact poor zh "困难" en "hardship" : yes or no
"""


def policy(text: str) -> Policy:
    return Policy.from_text(HEAD + text)


def verdict(text: str, name: str, **facts: object) -> Verdict:
    return policy(text).evaluate(name, facts, DAY)


def mistakes(text: str) -> list[tuple[str, str]]:
    with pytest.raises(PolicyError) as raised:
        policy(text)
    return [
        (one.code, one.span.text.strip() if one.span else "") for one in raised.value.diagnostics
    ]


FEES = """
table fees decides fee first zh "收费表" en "fees" {
  cite doc 一
  | entry     | score               | poor | fee      |
  | secondary | at least 90 points  | -    | 0 yuan   |  cite doc 二 "90"
  | secondary | [60 points, 90 points) | yes | 50 yuan |  because zh "减半" en "half"
  | secondary | -                   | -    | 100 yuan |
  otherwise not applicable
}
rule free decides exempt { holds when fee is 0 yuan }
"""


# ---- a table is a rule -----------------------------------------------------------------------


def test_a_table_is_listed_labelled_and_evaluated_by_its_output_or_its_own_name() -> None:
    made = policy(FEES)
    listed = {one.name: (one.kind, one.label.zh) for one in made.listing}
    assert listed["fee"] == ("rule", "收费表")
    assert [fact.name for fact in made.facts("fee")] == ["entry", "score", "poor"]
    facts = {"entry": "secondary", "score": 95}
    assert made.evaluate("fees", facts, DAY).value == made.evaluate("fee", facts, DAY).value == 0


def test_the_row_that_decides_is_cited_and_no_other() -> None:
    cited = verdict(FEES, "fee", entry="secondary", score=95).citations
    assert [(one.clause, one.locator) for one in cited] == [("一", None), ("二", "90")]
    cited = verdict(FEES, "fee", entry="secondary", score=10, poor=False).citations
    assert [one.clause for one in cited] == ["一"]


def test_rules_may_use_what_a_table_decides() -> None:
    assert verdict(FEES, "exempt", entry="secondary", score=95).outcome is Outcome.HOLDS
    assert verdict(FEES, "exempt", entry="secondary", score=70).outcome is Outcome.FAILS
    undetermined = verdict(FEES, "exempt", entry="secondary")
    assert undetermined.outcome is Outcome.UNDETERMINED
    assert undetermined.missing == ("score", "poor")


def test_rows_with_one_output_need_not_be_told_apart() -> None:
    text = "table t decides fee first { | poor | fee | \n | yes | 5 yuan | \n | - | 5 yuan | }"
    assert verdict(text, "fee").value == 5


def test_several_outputs_have_their_own_labels_and_values() -> None:
    text = """table t decides fee zh "费用" en "fee", how zh "方式" en "manner" unique {
      | poor | how   | fee     |
      | yes  | slow  | 5 yuan  |
      | no   | quick | not applicable |
    }"""
    made = policy(text)
    assert {one.name: one.label.zh for one in made.listing} == {"fee": "费用", "how": "方式"}
    assert made.evaluate("how", {"poor": True}, DAY).value == "slow"
    assert made.evaluate("fee", {"poor": False}, DAY).outcome is Outcome.NOT_APPLICABLE


def test_chinese_words_say_the_same() -> None:
    text = """对照表 表 决定 费 汇集 合计 {
      | 入学 | score | 费 |
      | secondary | 不低于 60分 | 5元 |
      | 任意 | 介于 60分 至 70分 | 7元 |
      | - | ［60分，61分） | 1元 |
    }
    定义 入学 = entry"""
    assert verdict(text, "费", entry="secondary", score=60).value == 13


def test_a_table_for_an_entity_is_asked_for_each_record() -> None:
    text = """
    entity pupil en "pupil" zh "学生" { mark zh "分" en "mark" : points
      hard zh "困难" en "hard" : yes or no }
    fact pupils zh "学生" en "pupils" : list of pupil
    table t for pupil decides grant first {
      | mark              | hard | grant   |
      | at least 5 points | yes  | 20 yuan |
      | -                 | -    | 5 yuan  |
    }
    define grants = count of pupils where (grant is 20 yuan)
    """
    pupils = [{"mark": "6 points", "hard": True}, {"mark": "6 points", "hard": False}]
    assert verdict(text, "grants", pupils=pupils).value == 1


# ---- explanations ----------------------------------------------------------------------------


def test_the_explanation_names_the_row_and_those_passed_over() -> None:
    text = verdict(FEES, "fee", entry="secondary", score=70, poor=True).explain("en")
    assert "Row 2 of the table matches (half):" in text
    assert "row 1: score is 70 points, below 90 points" in text
    assert "Match too, but come later: row 3." in text
    text = verdict(FEES, "fee", entry="secondary", score=70, poor=True).explain("zh")
    assert "符合对照表第 2 行（减半）：" in text
    assert "第 1 行：成绩为 70 分，低于 90 分" in text


def test_the_explanation_of_no_row_gives_each_ones_reason() -> None:
    text = verdict(FEES, "fee", entry="college", score=1).explain("en")
    assert "No row of the table matches:" in text
    assert text.count("entry is college, not secondary") == 3


CLASH = """table t decides fee {policy} {{
  | score              | poor | fee    |
  | at least 60 points | -    | 5 yuan |
  | -                  | yes  | {other} yuan |
  | less than 60 points | -   | 7 yuan |
}}"""


def test_a_clash_names_both_rows() -> None:
    text = CLASH.format(policy="unique", other=5)
    found = verdict(text, "fee", score=60, poor=True)
    assert found.outcome is Outcome.CONFLICT
    for lang, one, two in (
        ("en", "row 1: 5 yuan", "row 2: 5 yuan"),
        ("zh", "第 1 行：5 元", "第 2 行：5 元"),
    ):
        said = found.explain(lang)
        assert one in said and two in said
    assert verdict(CLASH.format(policy="any", other=5), "fee", score=60, poor=True).value == 5
    differ = verdict(CLASH.format(policy="any", other=6), "fee", score=60, poor=True)
    assert differ.outcome is Outcome.CONFLICT
    assert "row 1: 5 yuan" in differ.explain("en")


# ---- what is still open ----------------------------------------------------------------------

CELLS = {
    "entry": ["-", "secondary", "in (college, secondary)", "not in (college)"],
    "score": [
        "-",
        "at least 50 points",
        "(0 points, 50 points]",
        "[50 points, 100 points)",
        "0 points",
    ],
    "poor": ["-", "yes", "no"],
}
FACTS: dict[str, list[object]] = {
    "entry": ["secondary", "college"],
    "score": [0, 25, 50, 75, 100],
    "poor": [True, False],
}
POLICIES = ["unique", "any", "first", "priority", "collect sum", "collect count", "collect least"]


@pytest.mark.parametrize("seed", range(21))
def test_nothing_that_a_missing_fact_may_bring_is_left_out(seed: int) -> None:
    """Whatever the missing facts turn out to be, what comes of it was possible before."""
    chance = random.Random(seed)
    rows = [
        " | ".join(
            [
                "",
                *(chance.choice(CELLS[name]) for name in CELLS),
                chance.choice(["5 yuan", "7 yuan", "not applicable"]),
                "",
            ]
        )
        for _ in range(chance.randint(2, 4))
    ]
    made = policy(
        f"table t decides fee {POLICIES[seed % len(POLICIES)]} {{\n| entry | score | poor | fee |\n"
        + "\n".join([*rows, "| - | - | - | 9 yuan |"][: len(rows) + seed % 2])
        + "\n}"
    )
    known = chance.sample(list(FACTS), 1)
    for values in itertools.product(*(FACTS[name] for name in known)):
        partial = dict(zip(known, values, strict=True))
        before = made.evaluate("fee", partial, DAY)
        assert json.dumps(before.to_dict()) and before.explain("zh")
        for rest in itertools.product(*FACTS.values()):
            facts = dict(zip(FACTS, rest, strict=True)) | partial
            after = made.evaluate("fee", facts, DAY)
            assert after.outcome is not Outcome.UNDETERMINED
            _is_possible(before, after)


def _is_possible(before: Verdict, after: Verdict) -> None:
    if before.outcome is not Outcome.UNDETERMINED:
        assert (before.outcome, before.value) == (after.outcome, after.value)
        return
    assert before.missing
    assert after.outcome in {one.outcome for one in before.possible}
    found = after.possible[0].answer
    if found is not None:
        answers = [one.answer for one in before.possible if one.answer is not None]
        ends = [(getattr(one, "low", one), getattr(one, "high", one)) for one in answers]
        assert any(low <= found <= high for low, high in ends)


# ---- mistakes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "covered"),
    [
        ("table t decides fee first { cite doc 一 }", "V701", "t"),
        ("table t decides fee first { | poor | fee | }", "V701", "t"),
        ("table t decides fee firts { | poor | fee | \n | yes | 5 yuan | }", "V703", "firts"),
        ("table t decides fee first sum { | poor | fee | \n | yes | 5 yuan | }", "V704", "sum"),
        ("table t decides fee collect all { | poor | fee | \n | yes | 5 yuan | }", "V121", "all"),
        ("table t decides fee first { | fee | \n | 5 yuan | }", "V705", "| fee |"),
        ("table t decides fee first { | poor | how | \n | yes | 5 yuan | }", "V706", "how"),
        (
            "table t decides fee first { | at least 5 points | fee | \n | yes | 5 yuan | }",
            "V707",
            "at least 5 points",
        ),
        (
            "table t decides fee first { | poor | fee | \n | yes | no | 5 yuan | }",
            "V708",
            "| yes | no | 5 yuan |",
        ),
        (
            "table t decides fee first { | poor | fee | \n | not applicable | 5 yuan | }",
            "V709",
            "not applicable",
        ),
        ("table t decides fee first { | poor | fee | \n | yes | - | }", "V710", "-"),
        (
            "table t decides a, b first { | poor | a | b | \n | yes | 1 yuan | 2 yuan | \n "
            "otherwise gives 1 yuan }",
            "V711",
            "gives 1 yuan",
        ),
        (
            "table t decides how collect sum { | poor | how | \n | yes | route.quick | }",
            "V712",
            "sum",
        ),
        ('table t decides fee first { from "fees.csv" }', "V713", 'from "fees.csv"'),
        (
            'table t decides fee first { from "fees.csv" \n | poor | fee | }',
            "V702",
            'from "fees.csv"',
        ),
        (
            "table t decides fee first { | poor | fee | \n | yes | 5 yuan | }\n"
            "rule r decides fee { gives 1 yuan }",
            "V202",
            "fee",
        ),
        (
            "table t decides fee first { | poor | fee | \n | secondary | 5 yuan | }",
            "V356",
            "secondary",
        ),
        ("table t decides fee first { | score | fee | \n | at least 5 | 5 yuan | }", "V303", "5"),
        (
            "table t decides fee first { | score | fee | \n | [70 points, 60 points] | 5 yuan | }",
            "V319",
            "[70 points, 60 points]",
        ),
        (
            "table t decides fee first { | score | fee | \n | - | 5 yuan | \n | - | 5 points | }",
            "V305",
            "5 points",
        ),
        (
            "table t decides fee first { | fee >= 5 yuan | fee | \n | yes | 5 yuan | }",
            "V207",
            "fee",
        ),
    ],
)
def test_mistakes_in_a_table(text: str, code: str, covered: str) -> None:
    assert (code, covered) in mistakes(text)


def test_every_row_is_checked_though_one_is_wrong() -> None:
    rows = ["yes | 5 yuan", "yes | more than 5 | 5 yuan", "3 | - | 5 yuan"]
    written = "".join(f"\n | {row} |" for row in rows)
    found = mistakes(f"table t decides fee first {{ | poor | score | fee | {written} }}")
    assert found == [("V708", "| yes | 5 yuan |"), ("V303", "5"), ("V355", "3")]


# ---- rows from a file ------------------------------------------------------------------------

SHEET = """entry,score,fee,cite doc,because
secondary,"[60 points, 90 points)",5 yuan,二,"so ""they"" say"
"in (secondary, college)",at least 90 points,7 yuan,三,
college,,not applicable,,
"""


def folder(path: Path, sheet: bytes, name: str = "fees.csv", item: str = 'from "fees.csv"') -> Path:
    (path / "p.vocp").write_text(
        HEAD + f"table t decides fee first {{ {item} }}\n", encoding="utf-8"
    )
    (path / name).write_bytes(sheet)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_from_a_file(tmp_path: Path, encoding: str) -> None:
    made = Policy.load(folder(tmp_path, SHEET.replace("\n", "\r\n").encode(encoding)))
    found = made.evaluate("fee", {"entry": "secondary", "score": 60}, DAY)
    assert found.value == 5
    assert [one.clause for one in found.citations] == ["二"]
    assert 'so "they" say' in found.explain("en")
    assert made.evaluate("fee", {"entry": "secondary", "score": 90}, DAY).value == 7
    last = made.evaluate("fee", {"entry": "college", "score": 1}, DAY)
    assert last.outcome is Outcome.NOT_APPLICABLE


def sheet_mistakes(path: Path) -> list[tuple[str, int, int]]:
    with pytest.raises(PolicyError) as raised:
        Policy.load(path)
    places = []
    for one in raised.value.diagnostics:
        assert one.span is not None
        assert one.span.source.name.endswith(".csv")
        places.append((one.code, *one.span.source.position(one.span.start)))
    return places


def test_every_mistake_in_a_file_has_its_row_and_column(tmp_path: Path) -> None:
    sheet = (
        "entry,score,fee\n"
        "secondry,60 points,5 yuan\n"
        'secondary,"[60 points, 90)",5 yuan\n'
        "secondary,1 | 2,5 yuan\n"
        "secondary,5 yuan\n"
        'secondary,"""x",5 yuan\n'
        "\n"
        "secondary,-,-\n"
    )
    assert sorted(sheet_mistakes(folder(tmp_path, sheet.encode()))) == [
        ("V212", 2, 1),
        ("V303", 3, 24),
        ("V710", 8, 13),
        ("V715", 4, 11),
        ("V716", 6, 12),
        ("V717", 5, 1),
    ]


def test_columns_of_notes_come_last(tmp_path: Path) -> None:
    sheet = "entry,cite doc,score,fee\nsecondary,一,5 points,5 yuan\n"
    assert sheet_mistakes(folder(tmp_path, sheet.encode())) == [("V718", 1, 7)]


def load_codes(path: Path) -> list[str]:
    with pytest.raises(PolicyError) as raised:
        Policy.load(path)
    return [one.code for one in raised.value.diagnostics]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.csv").write_text(SHEET, encoding="utf-8")
    escaping = folder(inside, b"", item='from "../secret.csv"')
    assert load_codes(escaping) == ["V609"]
    assert load_codes(folder(inside, b"", item='from "absent.csv"')) == ["V713"]
    assert load_codes(folder(inside, b"\xff\xff\xff")) == ["V714"]
    assert load_codes(folder(inside, b"\n\n")) == ["V701"]
    assert load_codes(folder(inside, b"x" * (2**20 + 1))) == ["V604"]

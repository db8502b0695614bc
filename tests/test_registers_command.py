"""`vocpolicy evaluate --table`: files in, files out, and what is counted."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from vocpolicy.cli import main

RULES = """language 1
policy register { title zh "登记" en "Register" }
fact score zh "总分" en "score" : points, between 0 points and 750 points
fact expelled zh "开除" en "expelled" : yes or no
rule entry zh "录取" en "entry" {
  eligible when score is at least 525 points except when expelled
}
"""


@pytest.mark.parametrize(("kind", "out"), [("csv", "parquet"), ("parquet", "csv")])
def test_a_register_is_written_with_outcomes_and_counted(
    kind: str, out: str, tmp_path: Path
) -> None:
    frame = pl.DataFrame(
        {"score": [530, 520, None, 751, 600], "expelled": [False, False, False, False, True]}
    )
    (tmp_path / "policy.vocp").write_text(RULES, "utf-8")
    table, target = tmp_path / f"table.{kind}", tmp_path / f"out.{out}"
    frame.write_csv(table) if kind == "csv" else frame.write_parquet(table)
    arguments = ["evaluate", str(tmp_path / "policy.vocp"), "--table", str(table), "--rule"]
    arguments += ["entry", "-o", str(target), "--summary", "--lang", "en"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    found = pl.read_parquet(target) if out == "parquet" else pl.read_csv(target)
    outcomes = ["holds", "fails", "undetermined", None, "fails"]
    assert found["entry.outcome"].to_list() == outcomes
    lines = [" ".join(line.split()) for line in result.output.splitlines()]
    assert lines[0] == "entry: 5"
    assert {"not eligible 2", "eligible 1", "undetermined 1", "wrong facts 1"} <= set(lines)
    assert "1 so: expelled" in lines
    assert "1 not known: score at or above 525 points" in lines


def test_a_summary_says_outcomes_and_conditions_in_words_and_takes_a_label_for_a_name(
    tmp_path: Path,
) -> None:
    (tmp_path / "policy.vocp").write_text(RULES, "utf-8")
    table = tmp_path / "table.csv"
    table.write_text("总分,开除\n530,否\n,否\n520,是\n", "utf-8")
    arguments = ["evaluate", str(tmp_path / "policy.vocp"), "--table", str(table)]
    result = CliRunner().invoke(main, [*arguments, "--rule", "录取", "--lang", "zh"])
    assert result.exit_code == 0, result.output
    assert [" ".join(line.split()) for line in result.output.splitlines()] == [
        "录取 (entry)：共 3 条",
        "不符合条件 1",
        "符合条件 1",
        "暂无法判定 1",
        "最常见的原因：",
        "1 不成立：总分不低于 525 分",
        "1 成立：开除",
        "1 未知：总分不低于 525 分",
    ]
    wrong = CliRunner().invoke(main, [*arguments, "--rule", "录", "--lang", "zh"])
    assert wrong.exit_code == 2
    assert "V417" in wrong.output


def test_a_condition_that_is_open_is_no_reason_where_another_decides(tmp_path: Path) -> None:
    (tmp_path / "policy.vocp").write_text(RULES, "utf-8")
    table = tmp_path / "table.csv"
    table.write_text("score,expelled\n,yes\n,no\n", "utf-8")
    arguments = ["evaluate", str(tmp_path / "policy.vocp"), "--table", str(table)]
    result = CliRunner().invoke(main, [*arguments, "--rule", "entry", "--lang", "en"])
    assert result.exit_code == 0, result.output
    lines = [" ".join(line.split()) for line in result.output.splitlines()]
    assert lines[-2:] == ["1 so: expelled", "1 not known: score at or above 525 points"]


PAID = """
choice track zh "方向" en "track" {
  nursing zh "护理" en "Nursing"
  culinary zh "烹饪" en "Culinary"
}
rule placed zh "分班" en "class" {
  gives nursing when score is at least 600 points
  otherwise gives culinary
}
rule grant zh "补助" en "grant" { gives 400 yuan except when expelled }
target reached zh "达标" en "target" {
  stock
  measure score
  goal at least 500 points by end of 2025
}
"""


@pytest.mark.parametrize(
    ("lang", "explain", "expected"),
    [
        (
            "zh",
            "text",
            {
                "录取：结论": ["符合条件", "不符合条件", "暂无法判定", "事项有误"],
                "录取：理由": [
                    "+ 总分不低于 525 分；- 开除",
                    "- 总分不低于 525 分；- 开除",
                    "? 总分不低于 525 分；- 开除",
                    None,
                ],
                "分班：结论": ["已得出", "已得出", "暂无法判定", "事项有误"],
                "分班：数值": ["护理", "烹饪", None, None],
                "分班：理由": [
                    "+ 总分不低于 600 分",
                    "- 总分不低于 600 分",
                    "? 总分不低于 600 分",
                    None,
                ],
                "补助：结论": ["已得出"] * 4,
                "补助：数值（元）": [400.0] * 4,
                "补助：理由": ["- 开除"] * 4,
                "达标：结论": ["已达标", "已达标", "暂无法判定", "事项有误"],
                "达标：数值（分）": [620.0, 520.0, None, None],
                "达标：差距": [0.0, 0.0, None, None],
            },
        ),
        (
            "en",
            "conditions",
            {
                "entry: outcome": ["eligible", "not eligible", "undetermined", "wrong facts"],
                "entry: score at or above 525 points": ["yes", "no", "not known", "yes"],
                "entry: expelled": ["no"] * 4,
                "class: outcome": ["decided", "decided", "undetermined", "wrong facts"],
                "class: value": ["Nursing", "Culinary", None, None],
                "class: score at or above 600 points": ["yes", "no", "not known", "yes"],
                "grant: outcome": ["decided"] * 4,
                "grant: value (yuan)": [400.0] * 4,
                "grant: expelled": ["no"] * 4,
                "target: outcome": ["met", "met", "undetermined", "wrong facts"],
                "target: value (points)": [620.0, 520.0, None, None],
                "target: short by": [0.0, 0.0, None, None],
            },
        ),
    ],
)
def test_what_comes_of_it_is_written_in_words_where_that_is_asked(
    lang: str, explain: str, expected: dict[str, list[object]], tmp_path: Path
) -> None:
    (tmp_path / "policy.vocp").write_text(RULES + PAID, "utf-8")
    table, target = tmp_path / "table.csv", tmp_path / "out.parquet"
    table.write_text("score,expelled\n620,no\n520,no\n,no\n751,no\n", "utf-8")
    arguments = ["evaluate", str(tmp_path / "policy.vocp"), "--table", str(table), "-o"]
    arguments += [str(target), "--words", "--explain", explain, "--lang", lang]
    arguments += ["--as-of", "2024-01-01"]
    for name in ("entry", "placed", "grant", "reached"):
        arguments += ["--rule", name]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    found = pl.read_parquet(target).to_dict(as_series=False)
    assert {name: found[name] for name in found if name not in ("score", "expelled")} == expected


@pytest.mark.parametrize(
    ("explain", "column", "cells"),
    [
        ("conditions", "entry: expelled", [False, False, True]),
        ("codes", "entry.codes", [1, 2, 4]),
        (
            "text",
            "entry.text",
            [
                "+ score is at least 525 points; - expelled",
                "? score is at least 525 points; - expelled",
                "- score is at least 525 points; + expelled",
            ],
        ),
    ],
)
@pytest.mark.parametrize("counted", [(), ("--summary",)])
def test_the_file_says_why_where_that_is_asked(
    explain: str, column: str, cells: list[object], counted: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "policy.vocp").write_text(RULES, "utf-8")
    table, out = tmp_path / "table.csv", tmp_path / "out.parquet"
    table.write_text("总分,开除\n530,否\n,否\n520,是\n", "utf-8")
    arguments = ["evaluate", str(tmp_path / "policy.vocp"), "--table", str(table), *counted]
    arguments += ["--rule", "entry", "-o", str(out), "--explain", explain]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    found = pl.read_parquet(out)
    assert found[column].to_list() == cells
    assert found["entry.outcome"].to_list() == ["holds", "undetermined", "fails"]

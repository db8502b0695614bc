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

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
    assert {"not holds 2", "holds 1", "undetermined 1", "wrong facts 1"} <= set(lines)
    assert "1 so: expelled" in lines
    assert "1 not known: score is at least 525 points" in lines

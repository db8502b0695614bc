"""How many records of a register change, in every kind of frame and of file."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner, Result

from columns import FRAMES
from vocpolicy import Policy
from vocpolicy.cli import main

DAY = datetime.date(2024, 6, 1)
RULES = """language 1
policy plan { title en "Plan" zh "规划"; in force 2022-01-01 to 2025-12-31 }
fact score en "score" zh "总分" : points, between 0 points and 750 points
fact expelled en "expelled" zh "被开除" : yes or no
rule entry en "entry" zh "录取" { eligible when score is at least 520 points except when expelled }
rule grant en "grant" zh "补助" { gives 1 yuan when expelled; otherwise gives 0 yuan }
rule left en "points left" zh "差分" { gives 750 points - score when not expelled }
rule idle en "idle" zh "无关" { allowed when expelled }
"""
NEW = RULES.replace("520 points", "530 points").replace("750 points - score", "740 points - score")
CELLS = {
    "id": [1, 2, 3, 4],
    "score": [525, 600, 500, None],
    "expelled": [False, True, False, False],
}


def both() -> tuple[Policy, Policy]:
    return Policy.from_text(RULES), Policy.from_text(NEW)


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_every_kind_of_frame_counts_the_same(frame: Callable[[Any], Any]) -> None:
    old, new = both()
    register = old.diff(new, as_of=DAY, frame=frame(CELLS)).register
    assert register is not None
    entry, left = register
    assert (entry.name, entry.total, entry.changed) == ("entry", 4, 1)
    moved = [row for row in entry.counts if row[0] != row[1]]
    assert moved == [("holds", "fails", "same", 1)]
    assert [one["id"] for one in entry.examples] == [1]
    assert (left.name, left.changed) == ("left", 2)
    assert [row[3] for row in left.counts if row[2] == "lower"] == [2]
    assert {(float(one["old value"]), float(one["new value"])) for one in left.examples} == {
        (225.0, 215.0),
        (250.0, 240.0),
    }


def test_only_rules_that_change_are_counted() -> None:
    old, new = both()
    register = old.diff(new, as_of=DAY, frame=pl.DataFrame(CELLS), names=["idle", "grant"]).register
    assert register == ()


def test_a_column_by_another_name_and_how_many_examples() -> None:
    old, new = both()
    frame = pl.DataFrame(CELLS).rename({"score": "total"})
    found = old.diff(new, "left", DAY, frame, {"score": "total"}, examples=1)
    assert found.register is not None
    assert [(one.changed, len(one.examples)) for one in found.register] == [(2, 1)]


# ---- files -------------------------------------------------------------------------------


def run(tmp_path: Path, *arguments: str) -> Result:
    paths = tmp_path / "old.vocp", tmp_path / "new.vocp"
    for path, text in zip(paths, (RULES, NEW), strict=True):
        path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["diff", *map(str, paths), "--as-of", "2024-06-01", *arguments])


def csv(path: Path) -> None:
    path.write_text("id,总分,被开除\n1,525,否\n2,600,是\n3,五百,否\n", encoding="gb18030")


def workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("id", "score", "expelled"), (1, 525, False), (2, 600, True), (3, -1, False)):
        book.active.append(row)
    book.save(path)


def parquet(path: Path) -> None:
    cells = {"id": [1, 2, 3], "score": [525, 600, -1], "expelled": [False, True, False]}
    pl.DataFrame(cells).write_parquet(path)


FILES = {"register.csv": csv, "register.xlsx": workbook, "register.parquet": parquet}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_counts_the_same(name: str, tmp_path: Path) -> None:
    FILES[name](tmp_path / name)
    result = run(tmp_path, "--register", str(tmp_path / name), "--format", "json")
    assert result.exit_code == 1, result.output
    entry = next(one for one in json.loads(result.output)["register"] if one["name"] == "entry")
    assert (entry["records"], entry["changed"], entry["refused"]) == (3, 1, [])
    assert {"old": "holds", "new": "fails", "value": "same", "records": 1} in entry["moves"]
    assert {"old": None, "new": None, "value": "same", "records": 1} in entry["moves"]


def test_what_is_said_of_a_register_in_both_languages(tmp_path: Path) -> None:
    csv(tmp_path / "register.csv")
    register = str(tmp_path / "register.csv")
    english = run(tmp_path, "--register", register, "--lang", "en").output
    assert "entry: 1 of 3 records change\n    - eligible → not eligible: 1" in english
    assert "(left): 1 of 3 records change\n    - the value is lower: 1" in english
    chinese = run(tmp_path, "--register", register, "--lang", "zh").output
    assert "entry：3 条中有 1 条变化\n    - 符合条件 → 不符合条件：1 条" in chinese


@pytest.mark.parametrize("name", ["none.csv", "register.txt"])
def test_a_register_that_is_not_there_or_no_table_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "register.txt").write_text("1", encoding="utf-8")
    result = run(tmp_path, "--register", str(tmp_path / name))
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_register_without_a_fact_of_the_rules_says_so(tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text("name\n甲\n", encoding="utf-8")
    result = run(tmp_path, "--register", str(tmp_path / "register.csv"), "--lang", "en")
    assert "No rule that changes reads a column of it." in result.output

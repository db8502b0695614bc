"""Registers in files: every row says what `evaluate` says of its text, and nothing is lost."""

from __future__ import annotations

import csv
import datetime
import io
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given, settings, strategies as st
from openpyxl import Workbook, load_workbook

from vocpolicy import Policy
from vocpolicy.cli import main
from vocpolicy.diagnostics import FactError, UsageError
from vocpolicy.registers import judge_file

DAY = datetime.date(2023, 6, 1)
SOURCE = """language 1
policy register { title zh "登记" en "Register" }
kind school zh "学校" en "school" plural "schools"
choice track zh "方向" en "track" { nursing zh "护理" en "Nursing", culinary zh "烹饪" en "Culinary"
}
fact score zh "总分" en "exam score" : points, between 0 points and 750 points,
  in steps of 0.5 points
fact track zh "报考方向" en "track" : track
fact expelled zh "开除" en "expelled" : yes or no
fact born zh "出生日期" en "date of birth" : date
fact share zh "占比" en "share" : ratio
fact income zh "家庭收入" en "income" : yuan, at least 0 yuan
fact places zh "名额" en "places" : count of school, at least 0
rule entry zh "录取" en "entry" {
  eligible when score is at least 525 points and track is nursing
    except when expelled
}
rule grown zh "成年" en "grown" { holds when born + 18 years is at most today }
rule large zh "大" en "large" { holds when share is at least 5% }
rule poor zh "低收入" en "poor" {
  holds when income is less than 10000.05 yuan and places is more than 2
}
"""
POLICY = Policy.from_text(SOURCE)
NAMES = ("entry", "grown", "large", "poor")


def judged(path: Path, out: Path | None = None, names: Sequence[str] = NAMES, **given: Any) -> Any:
    return judge_file(POLICY, str(path), None if out is None else str(out), names, DAY, **given)


def csv_file(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def read_csv(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


# ---- text is read as facts are -------------------------------------------------------------

TEXTS: Mapping[str, Sequence[str]] = {
    "score": (
        "525",
        "524.5",
        "525.00",
        "600 points",
        "600分",
        "751",
        "524.75",
        " 530 ",
        "",
        "many",
    ),
    "track": ("nursing", "护理", "Nursing", "NURSING", "烹饪", "welding", ""),
    "expelled": ("yes", "no", "是", "否", "true", "FALSE", "maybe", ""),
    "born": ("2005-06-01", "2005-06-02", "1990-02-30", "2001-01-01", "yesterday", ""),
    "share": ("5%", "0.05", "4.99%", "5", "65", "0.0499999", "x", ""),
    "income": ("10000.05", "10000.04", "1万元", "10000", "-1", "1e3", "0.0000001", ""),
    "places": ("3", "2", "2.5", "3.0", "3 schools", "12345678901234567890", ""),
}


TOO_FINE = {"0.0499999", "0.0000001"}
"""Finer than a millionth of the unit, to which columns of facts without steps are read."""


def expected(name: str, row: Mapping[str, str]) -> str | None:
    needed = {fact.name for fact in POLICY.facts(name)}
    if any(row[key] in TOO_FINE for key in needed):
        return None
    facts = {key: text for key, text in row.items() if key in needed and text.strip()}
    try:
        return POLICY.evaluate(name, facts, DAY).outcome.value
    except FactError:
        return None


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries({name: st.sampled_from(texts) for name, texts in TEXTS.items()}),
        min_size=1,
        max_size=12,
    )
)
def test_a_row_of_text_says_what_evaluate_says_of_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("register")
    table = csv_file(
        folder / "in.csv", [list(TEXTS), *([row[one] for one in TEXTS] for row in rows)]
    )
    tally = judged(table, folder / "out.csv")
    found = read_csv(folder / "out.csv")
    for row, line in zip(rows, found, strict=True):
        assert {name: line[name] for name in TEXTS} == row
        for name in NAMES:
            assert (line[f"{name}.outcome"] or None) == expected(name, row), (name, row)
    outcomes = [expected("entry", row) for row in rows]
    assert tally.outcomes["entry"] == {one: outcomes.count(one) for one in set(outcomes)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_columns_are_facts_by_label_and_stay_as_they_are_written(
    encoding: str, tmp_path: Path
) -> None:
    rows = [
        ("学号", "姓名", "总分", "报考方向", "Expelled", "备注"),
        ("007", "张三", "525", "护理", "否", "甲,\n乙"),
        ("310101200001011234", "李四", "0530", "nursing", "是", ""),
    ]
    table = csv_file(tmp_path / "in.csv", rows, encoding)
    judged(table, tmp_path / "out.csv", ["entry"])
    found = read_csv(tmp_path / "out.csv")
    assert [tuple(row.values())[:6] for row in found] == rows[1:]
    assert [row["entry.outcome"] for row in found] == ["holds", "fails"]
    judged(table, tmp_path / "out.parquet", ["entry"])
    assert pl.read_parquet(tmp_path / "out.parquet")["学号"].to_list() == ["007", rows[2][0]]


def test_wrong_cells_are_told_with_their_rows(tmp_path: Path) -> None:
    table = csv_file(
        tmp_path / "in.csv", [("score", "name"), ("530", "a"), ("viele", "b"), ("", "c")]
    )
    tally = judged(table, names=["entry"])
    assert tally.wrong == 1 and tally.unnamed == ("track", "expelled")
    assert [(one.row, one.column, one.text) for one in tally.first_wrong] == [(2, "score", "viele")]
    assert tally.outcomes["entry"] == {"undetermined": 2, None: 1}


def test_parquet_keeps_its_types_and_text_in_it_is_read(tmp_path: Path) -> None:
    table = pl.DataFrame(
        {
            "score": pl.Series(["530", "520.5", None]),
            "track": pl.Series(["nursing"] * 3, dtype=pl.Categorical),
            "expelled": [False, False, True],
            "seen": [datetime.datetime(2023, 1, 1, 12)] * 3,
            "marks": [[1, 2], [], None],
        }
    )
    table.write_parquet(tmp_path / "in.parquet")
    judged(tmp_path / "in.parquet", tmp_path / "out.parquet", ["entry"])
    before, after = (pq.read_table(tmp_path / f"{one}.parquet") for one in ("in", "out"))
    assert after.select(before.column_names).equals(before)
    assert after["entry.outcome"].to_pylist() == ["holds", "fails", "fails"]


def test_a_table_without_rows_is_written_with_its_columns(tmp_path: Path) -> None:
    for name, write in (
        ("in.csv", pl.DataFrame.write_csv),
        ("in.parquet", pl.DataFrame.write_parquet),
    ):
        write(pl.DataFrame({"score": []}, schema={"score": pl.Int64}), tmp_path / name)
        tally = judged(tmp_path / name, tmp_path / "out.parquet", ["entry"])
        assert tally.rows == 0
        assert pl.read_parquet(tmp_path / "out.parquet").columns == ["score", "entry.outcome"]


# ---- workbooks -----------------------------------------------------------------------------


def workbook(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "考生"
    sheet.append(["学号", "总分", "报考方向", "开除", "出生日期", "占比", "家庭收入", "名额"])
    born = datetime.datetime(2005, 6, 1)
    sheet.append(["=1+1 text", 525, "护理", False, born, 0.05, 10000.04, 3])
    sheet.append(["007", 524.5, "Nursing", "是", "2005-06-02", 0.0499, 9.1234567, 2.0])
    sheet.append([None] * 8)
    sheet.append(["008", "#N/A", None, None, None, "5%", None, None])
    sheet["A2"].data_type = "s"
    for row in (2, 3):
        sheet.cell(row, 6).number_format = "0.00%"
    book.create_sheet("empty")
    book.save(path)
    return path


def test_cells_of_workbooks_are_read_as_they_are_shown(tmp_path: Path) -> None:
    table = workbook(tmp_path / "in.xlsx")
    tally = judged(table, tmp_path / "out.csv")
    rows = read_csv(tmp_path / "out.csv")
    assert [row["占比"] for row in rows] == ["5%", "4.99%", "5%"]
    assert [row["出生日期"] for row in rows] == ["2005-06-01", "2005-06-02", ""]
    assert [row["家庭收入"] for row in rows] == ["10000.04", "9.1234567", ""]
    assert [row["entry.outcome"] for row in rows] == ["holds", "fails", ""]
    assert [row["grown.outcome"] for row in rows] == ["holds", "fails", "undetermined"]
    assert [row["large.outcome"] for row in rows] == ["holds", "fails", "holds"]
    assert [row["poor.outcome"] for row in rows] == ["holds", "", "undetermined"]
    assert {one.text for one in tally.first_wrong} == {"#N/A", "9.1234567"}


def test_workbooks_are_written_with_the_cells_that_were_read(tmp_path: Path) -> None:
    judged(workbook(tmp_path / "in.xlsx"), tmp_path / "out.xlsx", ["entry", "large"])
    sheet = load_workbook(tmp_path / "out.xlsx").active
    header, first, second, _ = sheet.iter_rows()
    assert [cell.value for cell in header][-2:] == ["entry.outcome", "large.outcome"]
    assert first[0].value == "=1+1 text" and first[0].data_type == "s"
    assert first[4].value == datetime.datetime(2005, 6, 1)
    assert (first[5].value, first[5].number_format) == (0.05, "0.00%")
    assert [cell.value for cell in second][-2:] == ["fails", "fails"]


def test_long_numbers_keep_their_digits_in_a_workbook(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": [310101200001011234], "score": [530], "text": ["=1\x01"]})
    frame.write_parquet(tmp_path / "in.parquet")
    judged(tmp_path / "in.parquet", tmp_path / "out.xlsx", ["entry"])
    _, row = load_workbook(tmp_path / "out.xlsx").active.iter_rows(values_only=True)
    assert row == ("310101200001011234", 530, "=1\ufffd", "undetermined")


def test_formulas_have_the_value_stored_with_them_or_are_refused(tmp_path: Path) -> None:
    book = Workbook()
    for value in ("score", "=500+30"):
        book.active.append([value])
    book.save(tmp_path / "bare.xlsx")
    with pytest.raises(UsageError) as caught:
        judged(tmp_path / "bare.xlsx", tmp_path / "out.csv", ["entry"])
    assert caught.value.diagnostics[0].code == "V697"
    assert caught.value.diagnostics[0].args["cell"] == "A2"
    with (
        zipfile.ZipFile(tmp_path / "bare.xlsx") as bare,
        zipfile.ZipFile(tmp_path / "stored.xlsx", "w") as stored,
    ):
        for name in bare.namelist():
            text = bare.read(name)
            text = text.replace(b"<v></v>", b"<v>530</v>").replace(b"<v />", b"<v>530</v>")
            stored.writestr(name, text)
    judged(tmp_path / "stored.xlsx", tmp_path / "out.csv", ["entry"])
    assert read_csv(tmp_path / "out.csv")[0]["score"] == "530"


# ---- what is wrong is told, and nothing is half-written ------------------------------------


def broken(kind: str, path: Path) -> Path:
    """A file that is broken, most of them after many good rows."""
    match kind:
        case "row":
            path = path.with_suffix(".csv")
            path.write_text("score,name\n" + "530,Li\n" * 700_000 + "530\n")
        case "bytes":
            path = path.with_suffix(".csv")
            path.write_bytes(b"score,name\n530,\xff\xff\xff\n")
        case "parquet":
            path = path.with_suffix(".parquet")
            pl.DataFrame({"score": range(700)}).write_parquet(path)
            path.write_bytes(path.read_bytes()[:-20])
        case "page":
            path = path.with_suffix(".parquet")
            frame = pl.DataFrame({"score": range(300_000)})
            frame.write_parquet(path, row_group_size=100_000, compression="zstd")
            data = bytearray(path.read_bytes())
            data[len(data) // 2 : len(data) // 2 + 2000] = b"\xff" * 2000
            path.write_bytes(data)
        case "workbook":
            path = path.with_suffix(".xlsx")
            path.write_bytes(b"PK\x03\x04 no workbook")
        case _:
            path = path.with_suffix(".csv")
            path.write_text("")
    return path


@pytest.mark.parametrize("kind", ["row", "bytes", "parquet", "page", "workbook", "empty"])
def test_a_broken_table_is_told_and_leaves_what_was_there(kind: str, tmp_path: Path) -> None:
    table = broken(kind, tmp_path / "in")
    out = tmp_path / "out.parquet"
    out.write_text("before")
    files = set(tmp_path.iterdir())
    with pytest.raises(UsageError) as caught:
        judged(table, out, ["entry"])
    assert [one.code for one in caught.value.diagnostics] == ["V696"]
    assert out.read_text() == "before" and set(tmp_path.iterdir()) == files


@pytest.mark.parametrize(
    ("header", "given", "said"),
    [
        ("成绩", {}, "no column is named after a fact"),
        ("总分,score", {"score": "nowhere"}, "there is no column nowhere"),
        ("总分,exam score", {}, "总分, exam score are both the fact score"),
        ("score", {"marks": "score"}, "marks is no fact that is asked for"),
    ],
)
def test_columns_that_are_no_facts_are_told(
    header: str, given: dict[str, str], said: str, tmp_path: Path
) -> None:
    table = tmp_path / "in.csv"
    table.write_text(f"{header}\n{','.join('5' for _ in header.split(','))}\n", "utf-8")
    with pytest.raises(UsageError) as caught:
        judged(table, tmp_path / "out.csv", ["entry"], columns=given)
    assert [one.code for one in caught.value.diagnostics] == ["V695"]
    assert said in caught.value.render("en") and "列" in caught.value.render("zh")
    assert list(tmp_path.iterdir()) == [table]


@pytest.mark.parametrize("header", ["总分,总分", "score,score"])
def test_two_columns_of_one_name_are_not_told_apart(header: str, tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text(f"{header},note,note\n530,520,a,b\n", "utf-8")
    with pytest.raises(UsageError) as caught:
        judged(table, tmp_path / "out.csv", ["entry"])
    assert [one.code for one in caught.value.diagnostics] == ["V695"]
    tally = judged(table, names=["entry"], columns={"score": header.split(",")[0]})
    assert tally.outcomes["entry"] == {"undetermined": 1}


@pytest.mark.parametrize("end", ["csv", "parquet"])
def test_a_table_that_was_judged_is_judged_again(end: str, tmp_path: Path) -> None:
    table = csv_file(tmp_path / "in.csv", [("score", "expelled"), ("500", "no"), ("530", "yes")])
    for name in ("once", "again"):
        judged(table, tmp_path / f"{name}.{end}", ["entry"])
        table = tmp_path / f"{name}.{end}"
    once, again = (tmp_path / f"{name}.{end}" for name in ("once", "again"))
    assert once.read_bytes() == again.read_bytes()


def test_a_process_ends_well_after_a_ragged_file(tmp_path: Path) -> None:
    (tmp_path / "policy.vocp").write_text(SOURCE, "utf-8")
    (tmp_path / "in.csv").write_text("score,track\n530\n", "utf-8")
    given = ["evaluate", "policy.vocp", "--table", "in.csv", "--rule", "entry"]
    command = [sys.executable, "-c", "from vocpolicy.cli import main; main()", *given]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 2 and "V696" in run.stderr + run.stdout
    assert "terminate" not in run.stderr


# ---- large files ---------------------------------------------------------------------------

PEAK = """
import resource, sys
sys.path.insert(0, sys.argv[1])
from test_registers_files import *
from vocpolicy.registers import csvfiles
csvfiles.BLOCK = 2**18  # so that the small file has many parts, too, and what is kept is kept
small, large = Path(sys.argv[2]), Path(sys.argv[3])
for path in (small, large):
    judged(path, path.with_suffix(".parquet"), ["entry"])
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Of a file eight times as large, which would take 100 MB more."""
    row = "525,护理,否,2005-06-01,0.05,10000.05,3," + "x" * 40 + "\n"
    for name, rows in (("small", 150_000), ("large", 1_200_000)):
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8") as file:
            file.write("score,track,expelled,born,share,income,places,note\n")
            for _ in range(rows // 1000):
                file.write(row * 1000)
    arguments = [Path(__file__).parent, tmp_path / "small.csv", tmp_path / "large.csv"]
    command = [sys.executable, "-c", PEAK, *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    small, large = (int(line) for line in run.stdout.split())
    assert large < small + 30_000, (small, large)
    assert (tmp_path / "large.csv").stat().st_size > 90e6


def test_how_far_it_is_is_told_up_to_the_end(tmp_path: Path) -> None:
    table = csv_file(tmp_path / "in.csv", [("score",), *((str(n % 750),) for n in range(900_000))])
    told: list[tuple[int, int]] = []
    judged(table, names=["entry"], advance=lambda done, total: told.append((done, total)))
    assert told == sorted(told) and len(told) > 1
    assert told[-1] == (table.stat().st_size,) * 2


def command(tmp_path: Path, table: Path, *more: str) -> Any:
    (tmp_path / "policy.vocp").write_text(SOURCE, "utf-8")
    given = ["evaluate", str(tmp_path / "policy.vocp"), "--table", str(table), "--rule", "entry"]
    return CliRunner().invoke(main, [*given, "--as-of", "2023-06-01", *more])


def test_the_command_takes_columns_and_sheets_and_counts(tmp_path: Path) -> None:
    table = workbook(tmp_path / "in.xlsx")
    more = ("--sheet", "考生", "--column", "score=总分", "--lang", "zh", "--summary")
    result = command(tmp_path, table, *more)
    assert result.exit_code == 0, result.output
    assert "录取 (entry)：共 3 条" in result.output and "取值有误的单元格：1 个" in result.output
    assert "第 3 条，总分：#N/A" in result.output
    wrong = command(tmp_path, table, "--sheet", "none", "--lang", "en")
    assert wrong.exit_code == 2 and "it has no sheet none" in wrong.output
    assert command(tmp_path, table, "--sheet", "empty").exit_code == 2
    form = command(tmp_path, table, "--column", "score", "--lang", "zh")
    assert form.exit_code == 2 and "V695" in form.output and "未写成“事项=列名”" in form.output


def test_the_bar_is_drawn_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    from vocpolicy.cli import terminal

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, drawn in ((io.StringIO(), False), (Terminal(), True)):
        monkeypatch.setattr(terminal.sys, "stderr", stream)
        monkeypatch.setenv("TERM", "xterm")
        with terminal.progress("judging") as advance:
            advance(1, 2)
        assert ("judging" in stream.getvalue()) is drawn

"""Coverage of rules through coverage.py: lines and branches of rule files, from the command line,
from pytest, and beside Python files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from vocpolicy import load
from vocpolicy.cli import main
from vocpolicy.exercise import RuleCoverage, coverage
from vocpolicy.integrations.coverage import files_of, ways_of

pytest_plugins = ["pytester"]

RULES = """language 1
policy meals {
  title zh "供餐" en "Meals"
  document law "供餐〔2023〕5号"
  in force 2023-01-01 to 2024-12-31
}
fact age zh "年龄" en "age" : years, between 0 years and 120 years, in steps of 1 years
fact enrolled zh "在籍" en "enrolled" : yes or no
fact boards zh "住宿" en "boards" : yes or no
rule free zh "免费" en "free meals" {
  cite law 三（一）
  allowed when all of {
    age is less than 12 years
    enrolled
  }
    except when boards   cite law 三（二）
}
case "a child" {
  today 2023-06-01
  given age = 11 years, enrolled = yes, boards = no
  expect free is allowed
}
case "a pupil" {
  today 2023-06-01
  given age = 12 years, enrolled = yes, boards = no
  expect free is not allowed
}
"""
AGE, ENROLLED, BOARDS = 13, 14, 16
"""Lines of its conditions."""


@pytest.fixture
def meals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "meals.vocp"
    path.write_text(RULES, encoding="utf-8")
    return path


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(args))
    return result.exit_code, result.output


def branches(lcov: str) -> dict[tuple[int, str], str]:
    found = re.findall(r"^BRDA:(\d+),0,([^,]+),(.)$", lcov, re.M)
    return {(int(line), name): hit for line, name, hit in found}


# ---- lines and ways ------------------------------------------------------------------------------


def covered(found: RuleCoverage, path: Path, each: bool = False) -> dict[tuple[int, int], bool]:
    ways = ways_of(found, str(path), each)
    return {arc: all(one.status == "covered" for one in several) for arc, several in ways.items()}


def test_each_line_has_a_way_for_true_and_one_for_false(meals: Path) -> None:
    found = coverage(load(meals).core)
    assert files_of(found) == (str(meals),)
    assert covered(found, meals) == {
        (AGE, -1): True,
        (AGE, -2): True,
        (ENROLLED, -1): True,
        (ENROLLED, -2): False,
        (BOARDS, -1): False,
        (BOARDS, -2): True,
    }


def test_conditions_on_one_line_are_ways_of_their_own_where_that_is_asked_for(meals: Path) -> None:
    text = RULES.replace(
        "age is less than 12 years\n    enrolled",
        "age is less than 12 years and enrolled\n    enrolled",
    )
    meals.write_text(text, encoding="utf-8")
    found = coverage(load(meals).core)
    lines = [line for line, _ in covered(found, meals, each=True)]
    assert lines.count(AGE) > lines.count(BOARDS) == 2
    assert len(lines) == found.owed


def test_what_no_case_can_decide_is_no_way(meals: Path) -> None:
    text = RULES.replace("    enrolled\n", "    enrolled\n    age is less than 20 years\n")
    meals.write_text(text, encoding="utf-8")
    found = coverage(load(meals).core)
    idle = ENROLLED + 1
    assert found.of("impossible")
    assert (idle, -2) not in covered(found, meals)


# ---- the command ---------------------------------------------------------------------------------


def test_lcov(meals: Path) -> None:
    code, text = run("test", "meals.vocp", "--format", "lcov", "--lang", "en")
    assert code == 0
    assert text.startswith("SF:meals.vocp\n")
    assert text.endswith("BRF:6\nBRH:4\nend_of_record\n")
    hits = branches(text)
    assert hits[ENROLLED, "true decides: enrolled"] == "1"
    assert hits[ENROLLED, "false decides: enrolled"] == "0"
    assert hits[BOARDS, "true decides: boards"] == "0"


def test_lcov_in_a_file_and_in_chinese(meals: Path) -> None:
    code, text = run("test", "meals.vocp", "--format", "lcov", "-o", "out/x.lcov", "--lang", "zh")
    assert (code, text) == (0, "")
    hits = branches(Path("out/x.lcov").read_text("utf-8"))
    assert hits[ENROLLED, "不成立并起决定作用：enrolled"] == "0"


def test_html_names_the_case_that_is_missing(meals: Path) -> None:
    code, _ = run("test", "meals.vocp", "--coverage", "--format", "html", "--lang", "en")
    assert code == 0
    folder = Path("vocpolicy-coverage")
    assert "Conditions decided by cases (MC/DC)" in (folder / "index.html").read_text("utf-8")
    (page,) = folder.glob("*meals_vocp.html")
    lines = page.read_text("utf-8").splitlines()
    shown = {at: line for at in (AGE, ENROLLED, BOARDS) for line in lines if f'id="t{at}"' in line}
    assert 'class="run' in shown[AGE]
    assert 'class="par' in shown[ENROLLED]
    said = unescape(re.sub("<[^>]*>", "", shown[ENROLLED])).replace("\xa0", " ")
    assert "enrolled  ← no case: false decides: enrolled" in said
    assert "no case is decided by this being false: enrolled" in said
    assert "enrolled = no" in said


def test_a_failing_case_is_told_by_the_exit_code(meals: Path) -> None:
    meals.write_text(RULES.replace("is not allowed", "is allowed"), encoding="utf-8")
    assert run("test", "meals.vocp", "--format", "lcov")[0] == 1


def test_a_place_that_cannot_be_written_is_told(meals: Path) -> None:
    Path("taken").write_text("", encoding="utf-8")
    code, text = run("test", "meals.vocp", "--format", "lcov", "-o", "taken/x", "--lang", "en")
    assert code == 2
    assert "V652" in text


# ---- pytest --------------------------------------------------------------------------------------


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    (pytester.path / "meals.vocp").write_text(RULES, encoding="utf-8")
    return pytester


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_of_the_cases_that_ran(project: pytest.Pytester, workers: tuple[str, ...]) -> None:
    result = project.runpytest_subprocess(
        *workers,
        "-p",
        "no:cacheprovider",
        "--vocpolicy-lang=en",
        "--vocpolicy-coverage=text",
        "--vocpolicy-coverage=json:found.json",
        "--vocpolicy-coverage=lcov",
    )
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["Conditions decided by cases (MC/DC): 4 of 6"])
    data = json.loads((project.path / "found.json").read_text("utf-8"))
    assert data["meals"]["covered"] == 4
    assert "BRH:4" in (project.path / "vocpolicy-coverage.lcov").read_text("utf-8")


def test_cases_that_did_not_run_do_not_count(project: pytest.Pytester) -> None:
    result = project.runpytest(
        "-k", "child", "--vocpolicy-lang=en", "--vocpolicy-coverage=text", "-p", "no:cacheprovider"
    )
    result.assert_outcomes(passed=1, deselected=1)
    result.stdout.fnmatch_lines(["Conditions decided by cases (MC/DC): 3 of 6"])


def test_an_unknown_form_is_told(project: pytest.Pytester) -> None:
    result = project.runpytest("--vocpolicy-coverage=pdf")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*'pdf': write text, json, lcov, html, or FORM:PLACE*"])


def test_beside_python_files_in_a_report_of_coverage_itself(project: pytest.Pytester) -> None:
    """`coverage run -m pytest` and `coverage report`, with the plugin in the configuration."""
    (project.path / ".coveragerc").write_text(
        "[run]\nbranch = true\nplugins = vocpolicy.integrations.coverage\n", encoding="utf-8"
    )
    project.makepyfile("def test_it():\n    assert True\n")
    for arguments in (("run", "--include=*.py", "-m", "pytest", "-q"), ("report", "-m")):
        done = subprocess.run(
            [sys.executable, "-m", "coverage", *arguments],
            cwd=project.path,
            capture_output=True,
            text=True,
            check=True,
        )
    assert re.search(r"^meals\.vocp\s+3\s+0\s+6\s+2\s", done.stdout, re.M), done.stdout
    assert re.search(r"^test_beside\S*\.py\s", done.stdout, re.M)

"""Cases of rule files as tests of pytest."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree import ElementTree

import pytest

import vocpolicy.cases
import vocpolicy.driver
import vocpolicy.testing  # noqa: F401 - before pytester takes down which modules there are

pytest_plugins = ["pytester"]

MODULE = "vocpolicy.integrations.pytest"
INSTALLED = any(one.value == MODULE for one in entry_points(group="pytest11"))
PLUGIN = () if INSTALLED else ("-p", MODULE)

POLICY = """language 1
policy meals {
  title zh "供餐" en "Meals"
  document law "供餐〔2023〕5号"
  in force 2023-01-01 to 2024-12-31
}
fact age zh "年龄" en "age" : years, between 0 years and 120 years, in steps of 1 years
rule free zh "免费" en "free meals" {
  cite law 三（一）
  allowed when age is less than 12 years
}
"""
CASES = """language 1
case "a child" {
  today 2023-06-01
  given age = 11 years
  expect free is allowed
}
case "a pupil" {
  today 2023-06-01
  given age = 12 years
  expect free is EXPECTED
}
"""


@pytest.fixture
def meals(pytester: pytest.Pytester) -> pytest.Pytester:
    folder = pytester.mkdir("meals")
    (folder / "rules.vocp").write_text(POLICY, encoding="utf-8")
    write_cases(folder, "not allowed")
    return pytester


def write_cases(folder: Path, expected: str) -> None:
    text = CASES.replace("EXPECTED", expected)
    (folder / "cases.vocp").write_text(text, encoding="utf-8")


def test_cases_are_tests_named_after_rule_and_clause(meals: pytest.Pytester) -> None:
    result = meals.runpytest(*PLUGIN, "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["meals/cases.vocp::a child::free[[]law 三（一）[]] PASSED*"])


@pytest.mark.parametrize("case", ["a child", "a child::free[law 三（一）]"])
def test_a_test_can_be_chosen_by_its_name(meals: pytest.Pytester, case: str) -> None:
    meals.runpytest(*PLUGIN, f"meals/cases.vocp::{case}").assert_outcomes(passed=1)


@pytest.mark.parametrize(("lang", "words"), [("en", "Age is 12 years"), ("zh", "免费")])
def test_a_failure_is_explained(meals: pytest.Pytester, lang: str, words: str) -> None:
    write_cases(meals.path / "meals", "allowed")
    result = meals.runpytest(*PLUGIN, "--vocpolicy-lang", lang)
    result.assert_outcomes(passed=1, failed=1)
    text = result.stdout.str()
    assert words in text
    assert "三（一）" in text
    assert "Traceback" not in text


def test_one_file_is_tried_on_its_folder(meals: pytest.Pytester) -> None:
    meals.runpytest(*PLUGIN, "meals/cases.vocp").assert_outcomes(passed=2)
    meals.runpytest(*PLUGIN, "meals/cases.vocp", "-k", "pupil").assert_outcomes(
        passed=1, deselected=1
    )


def test_mistakes_are_told_once(meals: pytest.Pytester) -> None:
    (meals.path / "meals" / "rules.vocp").write_text(
        POLICY.replace("age is less", "agee is less"), encoding="utf-8"
    )
    result = meals.runpytest(*PLUGIN, "--vocpolicy-lang", "en")
    result.assert_outcomes(errors=1)
    assert "agee" in result.stdout.str()
    assert "Traceback" not in result.stdout.str()


def test_several_policies_in_one_folder(meals: pytest.Pytester) -> None:
    folder = meals.path / "meals"
    for name in ("one", "two"):
        text = POLICY.replace("policy meals", f"policy {name}")
        (folder / f"{name}.vocp").write_text(
            text + CASES.replace("language 1\n", "").replace("EXPECTED", "not allowed"),
            encoding="utf-8",
        )
    (folder / "cases.vocp").unlink()
    (folder / "rules.vocp").unlink()
    meals.runpytest(*PLUGIN).assert_outcomes(passed=4)


def test_collecting_can_be_turned_off(meals: pytest.Pytester) -> None:
    meals.makeini("[pytest]\nvocpolicy_collect = false\n")
    meals.runpytest(*PLUGIN).assert_outcomes()


def test_junit_and_several_workers(meals: pytest.Pytester) -> None:
    args = [sys.executable, "-m", "pytest", *PLUGIN, "-n", "2", "--junitxml", "out.xml"]
    done = subprocess.run(args, cwd=meals.path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = ElementTree.parse(meals.path / "out.xml").getroot().iter("testcase")
    assert sorted(one.get("name") for one in found) == ["free[law 三（一）]"] * 2


def test_without_rule_files_nothing_is_loaded() -> None:
    code = (
        f"import sys, {MODULE}; print({{'vocpolicy.policy', 'lark', 'attrs'}} & set(sys.modules))"
    )
    args = [sys.executable, "-c", code]
    assert subprocess.run(args, capture_output=True, text=True, check=True).stdout == "set()\n"


# ---- properties ----------------------------------------------------------------------------------

CLASHING = """
rule boarders decides free zh "住宿生" en "boarders" {
  cite law 三（二）
  not allowed when age is at least 11 years
}
"""


def test_properties_are_tests_named_after_rule_and_clause(meals: pytest.Pytester) -> None:
    args = ("--vocpolicy-properties", "no_conflict,monotone:age:down", "-v")
    result = meals.runpytest(*PLUGIN, "meals/rules.vocp", *args)
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        [
            "meals/rules.vocp::no_conflict::free[[]law 三（一）[]] PASSED*",
            "meals/rules.vocp::monotone:age:down::free[[]law 三（一）[]] PASSED*",
        ]
    )


@pytest.mark.parametrize("names", ["default", "all"])
def test_properties_by_a_word_for_many(meals: pytest.Pytester, names: str) -> None:
    result = meals.runpytest(*PLUGIN, "--vocpolicy-properties", names)
    expected = {"default": 9, "all": 16}[names]
    result.assert_outcomes(passed=2 + expected)


def test_properties_from_the_configuration(meals: pytest.Pytester) -> None:
    meals.makeini("[pytest]\nvocpolicy_properties = no_conflict no_dead_rule\n")
    meals.runpytest(*PLUGIN).assert_outcomes(passed=4)


@pytest.mark.parametrize(("lang", "words"), [("en", "contradict"), ("zh", "冲突")])
def test_a_broken_property_is_explained(meals: pytest.Pytester, lang: str, words: str) -> None:
    (meals.path / "meals" / "rules.vocp").write_text(POLICY + CLASHING, encoding="utf-8")
    args = ("--vocpolicy-properties", "no_conflict", "--vocpolicy-lang", lang)
    result = meals.runpytest(*PLUGIN, "meals/rules.vocp", *args)
    result.assert_outcomes(failed=1)
    text = result.stdout.str()
    assert words in text
    assert {"en": "age is 11 years", "zh": "年龄为 11 年"}[lang] in text
    assert "三（二）" in text
    assert "Traceback" not in text


def test_properties_with_several_workers_and_junit(meals: pytest.Pytester) -> None:
    (meals.path / "meals" / "rules.vocp").write_text(POLICY + CLASHING, encoding="utf-8")
    args = [sys.executable, "-m", "pytest", *PLUGIN, "-n", "2", "--junitxml", "out.xml"]
    args += ["--vocpolicy-properties", "no_conflict,no_dead_rule", "--vocpolicy-lang", "en"]
    done = subprocess.run(args, cwd=meals.path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    cases = {
        f"{one.get('classname')}::{one.get('name')}": one
        for one in ElementTree.parse(meals.path / "out.xml").getroot().iter("testcase")
    }
    name = "meals.rules.vocp.no_conflict::free[law 三（一）, law 三（二）]"
    failure = cases[name].find("failure")
    assert failure is not None
    assert "contradict each other" in (failure.text or "")
    assert sum(one.find("failure") is not None for one in cases.values()) == 2


def test_an_unknown_property_is_told(meals: pytest.Pytester) -> None:
    args = ("--vocpolicy-properties", "no_conflicts", "--vocpolicy-lang", "en")
    result = meals.runpytest(*PLUGIN, "meals/rules.vocp", *args)
    result.assert_outcomes(errors=1)
    assert "Close names: no_conflict." in result.stdout.str()
    assert "Traceback" not in result.stdout.str()

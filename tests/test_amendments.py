"""Policies that amend others: what reads otherwise from which day, and what cannot be said."""

from __future__ import annotations

import datetime
import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from vocpolicy import Policy, PolicyError, UsageError, load
from vocpolicy.cli import main
from vocpolicy.driver import load_sources
from vocpolicy.format import format_text
from vocpolicy.source import Source

BASE = """language 1
policy plan {
  title en "The plan" zh "规划"
  document plan "P1"
  in force 2021-01-01 to 2025-12-31
}
fact full : number, at least 1
fact dual : number
fact expelled : yes or no
fact early : yes or no
fact score : points
target share {
  stock
  baseline 50% at 2020-12-31
  goal at least 65% by 2025-12-31   cite plan 一
  measure dual / full
}
parameter line : points {
  from 2021-01-01 = 520 points
  from 2024-06-01 = 540 points
}
rule conditions decides entry {
  cite plan 二
  eligible when score is at least line
  otherwise not eligible
}
rule early_batch decides entry {
  overrides conditions
  not eligible when early
}
provision bank { cite plan 三; promote; evidence opened : yes or no }
recorded before : number = 3 at 2020-12-31
define twice = score * 2
case "base" {
  today 2023-06-01
  given score = 520 points, early = no
  expect entry is eligible
}
"""
HEAD = """language 1
policy notice {
  title en "The notice" zh "通知"
  amends plan
  document notice "N2" dated 2022-12-01
  in force 2023-01-01
}
"""
AMENDMENT = (
    HEAD
    + """
amend share from 2023-01-01 { goal at least 70% by 2025-12-31   cite notice 一 }
amend line from 2024-01-01 { = 530 points   cite notice 二 }
repeal bank from 2024-01-01   cite notice 三 because "done"
rule conditions_2023 decides entry {
  replaces conditions
  cite notice 四
  eligible when score is at least 500 points
  otherwise not eligible
}
rule expelled_out decides entry {
  overrides conditions_2023
  not eligible when expelled   because "expelled"
}
amend before from 2023-01-01 { = 4 at 2021-12-31   cite notice 五 }
amend twice from 2023-01-01 { = score * 3 }
case "new" {
  today 2023-06-01
  given score = 505 points, expelled = no, early = no
  expect entry is eligible
}
"""
)
FACTS = {"full": 100, "dual": 66, "score": "505 points", "expelled": False, "early": False}
D = datetime.date
FLAGS = re.MULTILINE | re.DOTALL
LATER = D(2022, 1, 1)


def base() -> Policy:
    return Policy.from_text(BASE, "base.vocp")


def amended(text: str = AMENDMENT) -> Policy:
    return Policy.from_text(text, "notice.vocp", base())


def says(policy: Policy, name: str, day: datetime.date, **facts: object) -> str:
    return policy.evaluate(name, {**FACTS, **facts}, day).wording_key


def codes(text: str, below: Policy | None = None) -> list[str]:
    with pytest.raises(PolicyError) as error:
        Policy.from_text(text, "notice.vocp", base() if below is None else below)
    for lang in ("en", "zh"):
        assert error.value.render(lang)
    return [one.code for one in error.value.diagnostics]


# ---- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "share", "entry"),
    [
        (D(2022, 12, 31), "met", "not_eligible"),
        (D(2023, 1, 1), "on_track", "eligible"),
        (D(2025, 12, 31), "behind", "eligible"),
    ],
)
def test_an_earlier_day_sees_the_original(day: datetime.date, share: str, entry: str) -> None:
    policy = amended()
    assert (says(policy, "share", day), says(policy, "entry", day)) == (share, entry)
    if day.year == 2022:
        for name in ("share", "entry", "line", "before", "twice"):
            one, other = policy.evaluate(name, FACTS, day), base().evaluate(name, FACTS, day)
            assert (one.wording_key, one.value) == (other.wording_key, other.value)
            assert one.citations == other.citations


def test_values_by_date() -> None:
    policy = amended()

    def value(name: str, day: datetime.date) -> object:
        return policy.evaluate(name, FACTS, day).value

    assert [value("line", D(2023, 12, 31)), value("line", D(2024, 1, 1))] == [520, 530]
    assert value("line", D(2024, 7, 1)) == 530, "what was to come later falls away"
    assert [value("before", D(2022, 12, 31)), value("before", D(2023, 1, 1))] == [3, 4]
    assert [value("twice", D(2022, 12, 31)), value("twice", D(2023, 1, 1))] == [1010, 1515]


def test_a_value_with_an_end_leaves_what_comes_after() -> None:
    text = HEAD + ("amend line from 2024-01-01 { from 2024-01-01 to 2024-07-31 = 530 points }")
    policy = amended(text)
    days = [D(2023, 12, 31), D(2024, 1, 1), D(2024, 7, 31), D(2024, 8, 1)]
    assert [policy.evaluate("line", FACTS, day).value for day in days] == [520, 530, 530, 540]


def test_what_is_repealed_is_not_applicable_from_that_day() -> None:
    policy = amended()
    assert says(policy, "bank", D(2023, 12, 31), opened=True) == "shown"
    verdict = policy.evaluate("bank", {"opened": True}, D(2024, 1, 1))
    assert verdict.wording_key == "not_applicable"
    assert "Repealed from 2024-01-01 (The notice)" in verdict.explain("en")
    assert "废止（通知）" in verdict.explain("zh")


def test_a_repealed_parameter_has_no_value() -> None:
    policy = amended(HEAD + "repeal line from 2023-01-01")
    assert policy.evaluate("line", FACTS, D(2022, 12, 31)).value == 520
    assert policy.evaluate("line", FACTS, D(2023, 1, 1)).value is None


def test_the_last_rule_of_a_conclusion_may_be_repealed() -> None:
    policy = amended(HEAD + "repeal conditions from 2023-01-01\nrepeal early_batch from 2023-01-01")
    assert says(policy, "entry", D(2022, 6, 1)) == "not_eligible"
    assert says(policy, "entry", D(2023, 1, 1)) == "not_applicable"


def test_later_changes_build_on_earlier_ones() -> None:
    text = HEAD + (
        "amend share from 2023-01-01 { goal at least 70% by 2025-12-31 }\n"
        'amend share from 2024-01-01 { label en "Share of both" }\n'
    )
    policy = amended(text)
    verdict = policy.evaluate("share", FACTS, D(2024, 6, 1))
    assert verdict.label.en == "Share of both" and verdict.wording_key != "met"


# ---- rules -------------------------------------------------------------------------------------


def test_a_rule_that_replaces_another_stands_under_what_overrode_it() -> None:
    policy = amended()
    assert says(policy, "entry", D(2023, 6, 1), early=True) == "not_eligible"
    assert says(policy, "entry", D(2023, 6, 1), expelled=True) == "not_eligible"
    assert says(policy, "entry", D(2022, 6, 1), expelled=True, score="530 points") == "eligible"


def test_a_new_exception_begins_on_its_own_day() -> None:
    text = HEAD + (
        "rule out decides entry { overrides conditions; in force 2024-01-01 to 2024-12-31;"
        " not eligible when expelled }"
    )
    facts = {"expelled": True, "score": "600 points"}
    days = [D(2023, 12, 31), D(2024, 1, 1), D(2024, 12, 31), D(2025, 1, 1)]
    found = [says(amended(text), "entry", day, **facts) for day in days]
    assert found == ["eligible", "not_eligible", "not_eligible", "eligible"]


def test_replacing_within_one_policy() -> None:
    text = (
        BASE
        + "rule other decides entry { replaces conditions; in force 2022; eligible when early }"
    )
    policy = Policy.from_text(text)
    assert policy.versions("entry")[-1].start == D(2022, 1, 1)
    assert "conditions" not in policy.on(D(2022, 1, 1)).core.rules
    assert "conditions" in policy.on(D(2021, 12, 31)).core.rules


def test_readings_are_amended_one_by_one() -> None:
    target = (
        "target two { goal at least 65% by 2025-12-31\n"
        " reading a in use { measure dual / full }\n reading b { measure dual / (full + 50) } }"
    )
    below = Policy.from_text(BASE + target)
    text = (
        HEAD + "amend two from 2023-01-01 { reading b in use { goal at least 40% by 2025-12-31 } }"
    )
    policy = Policy.from_text(text, base=below)
    verdict = policy.evaluate("two", FACTS, D(2023, 6, 1))
    assert verdict.wording_key == "met" and set(verdict.readings) == {"a", "b"}
    text = HEAD + "amend two from 2023-01-01 { measure dual / (full + 1) }"
    assert codes(text, below) == ["V626"]


def test_tables_and_evidence_are_given_anew() -> None:
    below = Policy.from_text(
        BASE + "table fee decides price first {\n| score | price |\n| - | 5 yuan |\n}"
    )
    text = HEAD + (
        "amend fee from 2023-01-01 {\n| score | price |\n| - | 7 yuan |\n}\n"
        "amend bank from 2023-01-01 { evidence more : yes or no }"
    )
    policy = Policy.from_text(text, base=below)
    facts = {**FACTS, "opened": True, "more": False}
    prices = [policy.evaluate("price", FACTS, day).value for day in (LATER, D(2023, 1, 1))]
    shown = [policy.evaluate("bank", facts, day).wording_key for day in (LATER, D(2023, 1, 1))]
    assert prices == [5, 7] and shown == ["shown", "not_shown"]


def test_a_policy_is_prolonged_by_name() -> None:
    text = HEAD + "amend plan from 2025-06-01 { in force 2021-01-01 to 2027-12-31 }"
    facts = {"score": "600 points"}
    assert says(amended(text), "entry", D(2026, 1, 1), **facts) == "eligible"
    text = HEAD + "amend share from 2025-06-01 { stock }"
    assert says(amended(text), "entry", D(2026, 1, 1), **facts) == "not_applicable"


# ---- versions ----------------------------------------------------------------------------------


def test_versions() -> None:
    policy = amended()
    first, second = policy.versions("share")
    assert (first.start, first.end, first.changes) == (None, D(2022, 12, 31), ())
    assert (second.start, second.end) == (D(2023, 1, 1), None)
    (change,) = second.changes
    assert (change.action, change.policy, change.title.zh) == ("amended", "notice", "通知")
    assert [one.clause for one in change.citations] == ["一"]
    assert [one.start for one in policy.versions("entry")] == [None, D(2023, 1, 1)]
    assert {one.action for one in policy.versions("entry")[1].changes} == {"added", "replaced"}
    assert len(base().versions("share")) == 1
    with pytest.raises(UsageError):
        policy.versions("nothing")


def test_the_verdict_says_which_version_spoke() -> None:
    policy = amended()
    early = policy.evaluate("share", FACTS, D(2022, 6, 1))
    late = policy.evaluate("share", FACTS, D(2023, 6, 1))
    assert early.version is not None and early.version.changes == ()
    assert late.version is not None and late.version.start == D(2023, 1, 1)
    assert {one.document for one in late.citations} == {"notice"}
    assert "Amended from 2023-01-01 (The notice)" in late.explain("en")
    assert "Amended" not in early.explain("en")
    assert late.to_dict()["version"]["start"] == "2023-01-01"
    assert base().evaluate("share", FACTS, D(2023, 6, 1)).version is None


def test_cases_and_facts_of_both() -> None:
    policy = amended()
    results = policy.test()
    assert [(one.title, one.passed) for one in results] == [("new", True)]
    assert {"expelled", "early", "score"} <= {fact.name for fact in policy.facts("entry")}
    assert [one.name for one in policy.facts("bank")] == ["opened"]


# ---- how the amended policy is found ------------------------------------------------------------


def test_one_folder_may_hold_both(tmp_path: Path) -> None:
    (tmp_path / "base.vocp").write_text(BASE, encoding="utf-8")
    (tmp_path / "notice.vocp").write_text(AMENDMENT, encoding="utf-8")
    assert says(load(tmp_path), "entry", D(2023, 6, 1)) == "eligible"
    together = Policy(load_sources([Source("n", AMENDMENT), Source("b", BASE)]))
    assert together.name == "plan" and says(together, "entry", D(2022, 6, 1)) == "not_eligible"


def test_base_by_path_and_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "plan.vocp").write_text(BASE, encoding="utf-8")
    notice = tmp_path / "notice.vocp"
    notice.write_text(AMENDMENT, encoding="utf-8")
    assert says(load(notice, base=tmp_path / "base"), "entry", D(2023, 6, 1)) == "eligible"
    assert says(load(tmp_path / "base").amended_by(notice), "entry", D(2023, 6, 1)) == "eligible"
    run = CliRunner().invoke(main, ["check", str(notice), "--lang", "en"])
    assert run.exit_code == 3 and "V615" in run.output and "--base" in run.output
    run = CliRunner().invoke(main, ["check", str(notice), "--base", str(tmp_path / "base")])
    assert run.exit_code == 0, run.output
    run = CliRunner().invoke(main, ["test", str(notice), "--base", str(tmp_path / "base")])
    assert run.exit_code == 0, run.output


def test_a_shipped_policy_is_used_by_its_name() -> None:
    text = """language 1
use "shanghai-plan-14"
policy later { amends shanghai_vocational_plan_14; document later "L1" }
amend dual_qualified_share from 2024-01-01 { goal at least 70% by end of 2025   cite later 一 }
"""
    policy = Policy.from_text(text)
    assert len(policy.versions("dual_qualified_share")) == 2
    assert len(Policy.shipped("shanghai-plan-14").versions("dual_qualified_share")) == 1


def test_amendments_of_amendments() -> None:
    third = (
        'language 1\npolicy third { amends notice; document third "T" }\n'
        "amend share from 2024-01-01 { goal at least 60% by 2025-12-31   cite third 一 }"
    )
    policy = Policy.from_text(third, base=amended())
    assert [one.start for one in policy.versions("share")] == [None, D(2023, 1, 1), D(2024, 1, 1)]
    assert says(policy, "share", D(2024, 1, 1)) == "met"


def test_use_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "facts.vocp").write_text("language 1\nfact a : yes or no\n")
    policy = tmp_path / "policy.vocp"
    policy.write_text(
        'language 1\nuse "shared"\npolicy p { title en "P" }\nrule r { holds when a }\n'
    )
    assert load(policy).evaluate("r", {"a": True}, D(2023, 1, 1)).wording_key == "holds"
    policy.write_text('language 1\nuse "nowhere"\npolicy p { title en "P" }\n')
    with pytest.raises(PolicyError) as error:
        load(policy)
    assert [one.code for one in error.value.diagnostics] == ["V610"]


# ---- what cannot be said -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "amend share from 2023-01-01 { goal at least 70% by 2025-12-31 }\n"
            "amend share from 2023-01-01 { stock }",
            ["V620"],
        ),
        ("repeal share from 2023-01-01\nrepeal share from 2023-01-01", ["V620"]),
        ("amend shar from 2023-01-01 { stock }", ["V622"]),
        ("amend full from 2023-01-01 { stock }", ["V622"]),
        ("rule x decides entry { replaces conditon; eligible when early }", ["V623"]),
        ("rule x decides entry { replaces x; eligible when early }", ["V623"]),
        ("rule x decides other { replaces conditions; eligible when early }", ["V628"]),
        ("amend share from 2023-01-01 { otherwise eligible }", ["V624"]),
        ("amend line from 2023-01-01 { goal 3 points }", ["V624"]),
        ("repeal twice from 2023-01-01", ["V625"]),
        ("repeal share from 2023-01-01\namend share from 2024-01-01 { stock }", ["V627"]),
        ("amend line from 2023-01-01 { = at least 3 points }", ["V629"]),
    ],
)
def test_mistakes(text: str, expected: list[str]) -> None:
    assert codes(HEAD + text) == expected


def test_two_policies_that_change_one_thing_on_one_day_are_both_named() -> None:
    text = "language 1\npolicy third { amends plan }\namend share from 2023-01-01 { stock }"
    with pytest.raises(PolicyError) as error:
        Policy.from_text(text, "third.vocp", amended())
    (found,) = error.value.diagnostics
    assert found.code == "V620"
    assert "`notice`" in error.value.render("en") and "`third`" in error.value.render("en")


def test_the_amended_policy_has_to_be_given() -> None:
    with pytest.raises(PolicyError) as error:
        Policy.from_text(AMENDMENT)
    assert [one.code for one in error.value.diagnostics] == ["V615"]
    circle = "language 1\npolicy a { amends b }\n", "language 1\npolicy b { amends a }\n"
    with pytest.raises(PolicyError) as error:
        load_sources([Source("a", circle[0]), Source("b", circle[1])])
    assert [one.code for one in error.value.diagnostics] == ["V621"]


# ---- readings of parameters and of whole policies -----------------------------------------------


READINGS = """language 1
policy p { title en "P"; reading strict zh "从严" en "strictly"; reading mild in use en "mildly" }
fact score : points
parameter line : points {
  reading strict { from 2021 = 530 points }
  reading mild { from 2021 = 520 points }
}
rule enough {
  reading strict { fulfilled when score is more than line }
  reading mild { fulfilled when score is at least line }
}
"""


def test_a_policy_wide_reading_varies_rules_and_parameters_together() -> None:
    policy = Policy.from_text(READINGS)
    verdict = policy.evaluate("enough", {"score": "520 points"}, D(2023, 1, 1))
    assert verdict.wording_key == "fulfilled"
    assert {name: one.wording_key for name, one in verdict.readings.items()} == {
        "strict": "not_fulfilled",
        "mild": "fulfilled",
    }
    assert verdict.parts
    strict = verdict.readings["strict"]
    assert dict(strict.chosen) == {"enough": "strict", "line": "strict"}
    assert policy.evaluate("line", {}, D(2023, 1, 1), "strict").value == 530
    assert "strictly" in verdict.explain("en") and "从严" in verdict.explain("zh")


def test_a_window_from_a_date_clips_stays() -> None:
    text = """language 1
policy p { title en "P"; document d "D" }
entity stay en "stay" plural "stays" { from : date; to : date or none }
fact stays : list of stay
fact full_time : yes or no
rule duty {
  applies when full_time   cite d 二 assumed because "as the notice has it"
  fulfilled when total length of stays since 2021-01-01 (month of 30 days) is at least 2 months
}
define n = count of stays since 2021-01-01
"""
    policy = Policy.from_text(text)

    def duty(last: str, day: datetime.date = LATER) -> str:
        stays = [{"from": "2020-01-01", "to": last}]
        return policy.evaluate("duty", {"full_time": True, "stays": stays}, day).wording_key

    assert [duty("2021-02-28"), duty("2021-03-01")] == ["not_fulfilled", "fulfilled"]
    assert duty("2021-12-31", D(2021, 3, 1)) == "fulfilled"
    assert duty("2021-12-31", D(2021, 2, 28)) == "not_fulfilled"
    assert duty("2021-12-31", D(2020, 6, 1)) == "not_fulfilled"
    verdict = policy.evaluate("duty", {"full_time": True, "stays": []}, D(2022, 1, 1))
    assert "since 2021-01-01" in verdict.explain("en")
    assert [one.clause for one in verdict.citations] == ["二"] and verdict.assumptions


def test_a_file_holds_one_policy() -> None:
    found = codes(HEAD + 'policy other { title en "O" }', base())
    assert found == ["V606"]


# ---- the page about amendments ------------------------------------------------------------------


def test_the_page_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are saved, commands print what is shown, and Python says what stands below it."""
    page = (Path(__file__).parents[1] / "docs" / "amendments.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name, text in re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)^```$", page, FLAGS):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = 0
    for block in re.findall(r"```console\n(.*?)^```$", page, FLAGS):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, shown = part.partition("\n")
            printed = CliRunner().invoke(main, shlex.split(line)[1:]).output
            pattern = re.escape(shown).replace(re.escape("...\n"), r"(?:.*\n)*?")
            assert re.fullmatch(pattern + r"(?:\s*)", printed), f"$ {line}\n{printed}"
            ran += 1
    parser = doctest.DocTestParser()
    for block in re.findall(r"```python\n(.*?)^```$", page, FLAGS):
        result = doctest.DocTestRunner().run(parser.get_doctest(block, {}, "page", None, 0))
        assert result.attempted > 5 and not result.failed
    assert ran >= 5


def test_amendments_in_either_keyword_language() -> None:
    chinese = format_text(AMENDMENT, keywords="zh")
    assert "修改 share 自 2023年1月1日" in chinese and "取代 conditions" in chinese
    assert format_text(chinese, keywords="en") == format_text(AMENDMENT, keywords="en")
    day = D(2023, 6, 1)
    assert says(amended(chinese), "entry", day) == says(amended(), "entry", day) == "eligible"

"""Whether rules hang together: planted faults are found, their mended twins are clean."""

from __future__ import annotations

import datetime
import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from vocpolicy import Policy
from vocpolicy.analysis import DEFAULT, Finding, Report
from vocpolicy.analysis.words import PROPERTIES as SAID
from vocpolicy.cli import main
from vocpolicy.diagnostics import PolicyError, UsageError
from vocpolicy.outcome import Outcome

FAULTY = Path(__file__).parent.parent / "examples" / "faulty" / "faulty.vocp"
SOUND = FAULTY.parents[1] / "sound" / "sound.vocp"
DAY = datetime.date(2023, 6, 1)

HEAD = """language 1
policy p { title en "P" zh "甲" }
choice colour zh "颜色" en "colour" {
  red zh "红" en "red", blue zh "蓝" en "blue", green zh "绿" en "green"
}
fact a : yes or no
fact b : yes or no
fact shade : colour
fact score : points, between 0 points and 100 points, in steps of 1 points
"""

PLANTED = {
    "no_dead_rule": {"scholarship"},
    "no_constant_rule": {"meals"},
    "no_vacuous_condition": {"transport"},
    "exception_reachable": {"books"},
    "exception_leaves_rule": {"boarding"},
    "no_conflict": {"grant_for_poor", "grant_for_weak"},
    "no_redundant_rule": {"loan"},
    "boundary_observable": {"prize"},
    "no_gap": {"fees"},
    "no_overlap": {"fees"},
    "no_masked_row": {"routes"},
    "target_reachable": {"all_digital"},
    "targets_compatible": {"many_digital", "few_digital"},
    "goal_beyond_baseline": {"ten_schools"},
    "goals_not_repeated": {"built_once", "built_twice"},
    "readings_agree": {"digital_share"},
    "monotone": {"attendance"},
    "never_errors": {"supplement"},
}


def report(text: str, properties: str = "default") -> Report:
    return Policy.from_text(HEAD + text).check(properties, DAY)


def violated(text: str, name: str) -> list[Finding]:
    return [one for one in report(text, name).findings if one.status == "violated"]


def facts(finding: Finding) -> dict[str, object]:
    return {name: one.value for name, one in finding.witness.items()}


# ---- planted faults ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def faulty() -> Report:
    return Policy.load(FAULTY).check()


def test_every_property_has_words_and_a_planted_fault() -> None:
    assert set(DEFAULT) == set(PLANTED) and set(DEFAULT) <= set(SAID)


@pytest.mark.parametrize("name", PLANTED)
def test_planted_fault_is_found_once(faulty: Report, name: str) -> None:
    found = [one for one in faulty.of("violated") if one.name.partition(":")[0] == name]
    assert [set(one.rules) for one in found] == [PLANTED[name]]
    assert found[0].clauses
    assert str(found[0].span).startswith(str(FAULTY))
    for lang in ("en", "zh"):
        assert found[0].message.get(lang)
        assert "{" not in found[0].message.get(lang)


def test_mended_twin_is_clean() -> None:
    found = Policy.load(SOUND).check()
    assert found.passed
    assert {one.status for one in found.findings} == {"holds"}
    assert {one.name.partition(":")[0] for one in found.findings} == set(DEFAULT)


def test_witness_of_a_conflict_replays(faulty: Report) -> None:
    finding = next(one for one in faulty.findings if one.name == "no_conflict" and one.counts)
    given = {"score": "0 points", "income": "0 yuan"}
    assert facts(finding) == {"score": "0", "income": "0"}
    verdict = Policy.load(FAULTY).evaluate("grant", given, DAY)
    assert verdict.outcome is Outcome.CONFLICT


# ---- rules ---------------------------------------------------------------------------------------


def test_overriding_is_no_conflict() -> None:
    rules = """
rule one decides c en "c" {{ allowed when a }}
rule two decides c en "d" {{ {over} not allowed when b }}
"""
    assert violated(rules.format(over=""), "no_conflict")
    assert not violated(rules.format(over="overrides one\n"), "no_conflict")


def test_a_third_rule_may_silence_the_conflict() -> None:
    rules = """
rule one decides c en "c" { allowed when a }
rule two decides c en "d" { not allowed when b }
rule three decides c en "e" {
  overrides one
  not allowed when a and b
}
"""
    assert not violated(rules, "no_conflict")


def test_values_conflict_only_where_they_differ() -> None:
    rules = """
rule one decides v en "v" { gives score when a }
rule two decides v en "w" { gives 100 points when b }
"""
    (finding,) = violated(rules, "no_conflict")
    assert facts(finding)["score"] != "100"
    same = rules.replace("gives score", "gives 100 points")
    assert not violated(same, "no_conflict")


def test_rules_never_in_force_together_do_not_conflict() -> None:
    rules = """
rule one decides c en "c" {
  in force 2020-01-01 to 2020-12-31
  allowed when a
}
rule two decides c en "d" {
  in force 2021-01-01 to 2021-12-31
  not allowed when a
}
"""
    assert not violated(rules, "no_conflict")
    assert violated(rules.replace("2021-01-01", "2020-12-31"), "no_conflict")


def test_conditions_are_followed_through_definitions_and_conclusions() -> None:
    rules = """
define half = score / 2
rule low en "low" { holds when half is less than 20 points }
rule high en "high" { allowed when score is at least 60 points and not (low is holds) }
"""
    (finding,) = violated(rules, "no_vacuous_condition")
    assert finding.rules == ("high",)


def test_parts_of_any_and_of_exceptions_are_looked_at() -> None:
    rules = """
rule one en "one" {
  allowed when any of {
    score is at least 60 points
    score is at least 70 points
  }
    except when a and score is at least 10 points
}
"""
    spans = [one.span.text for one in violated(rules, "no_vacuous_condition")]
    assert spans == ["score is at least 70 points", "score is at least 10 points"]


def test_what_lists_hold_is_shown_by_a_list() -> None:
    rules = """
entity stay zh "实践" en "stay" plural "stays" { `from` : date
  `to` : date
}
fact stays : list of stay
rule enough en "enough" {
  fulfilled when total length of stays in the last 5 years is at least 90 days
}
rule none_twice en "twice" { allowed when count of stays is less than 0 }
"""
    found = report(rules, "no_dead_rule").findings
    assert {one.rules: one.status for one in found} == {
        ("enough",): "holds",
        ("none_twice",): "violated",
    }


def test_what_no_figure_settles_is_said() -> None:
    rules = """
parameter line : points { from 2030-01-01 = 50 points }
rule over en "over" { allowed when score is at least line }
"""
    (finding,) = report(rules, "no_dead_rule").findings
    assert finding.status == "not_settled"
    assert "2023-06-01" in finding.message.en
    assert not report(rules, "no_dead_rule").passed


def test_bounds_between_facts_are_kept() -> None:
    rules = """
fact whole : points, at least 1 points
fact part : points, at least 0 points, at most whole
rule over en "over" { allowed when part / whole is more than 100% }
"""
    (finding,) = violated(rules, "no_dead_rule")
    assert finding.rules == ("over",)


MONOTONE = """
rule plain en "plain" { allowed when score is at least 60 points }
rule dips en "dips" {
  allowed when plain is allowed
    except when score between 80 points and 85 points and a
}
"""


def test_a_better_score_never_hurts() -> None:
    found = {one.rules[0]: one for one in report(MONOTONE, "monotone:score:up").findings}
    assert found["plain"].status == "holds"
    dips = found["dips"]
    assert dips.status == "violated"
    policy = Policy.from_text(HEAD + MONOTONE)
    case = {"score": f"{facts(dips)['score']} points", "a": True}
    assert policy.evaluate("dips", case, DAY).outcome is Outcome.HOLDS
    assert "80 points" in dips.message.en
    assert policy.evaluate("dips", {**case, "score": "80 points"}, DAY).outcome is Outcome.FAILS


def test_the_other_way_a_better_score_hurts() -> None:
    found = report(MONOTONE, "monotone:score:down")
    assert {one.rules[0] for one in found.of("violated")} == {"plain", "dips"}


@pytest.mark.parametrize("name", ["monotone:a:up", "monotone:score:sideways", "monotone:x:up"])
def test_only_what_is_ordered_can_be_monotone(name: str) -> None:
    with pytest.raises(UsageError):
        report(MONOTONE, name)


# ---- tables --------------------------------------------------------------------------------------


TABLE = """
table t decides fee en "fee" {policy} {{
  | shade | a   | fee     |
  | red   | yes | 1 yuan  |
  | red   | -   | {other} yuan |
  | in (blue, green) | - | 3 yuan |
}}
"""


@pytest.mark.parametrize(
    ("policy", "other", "name", "count"),
    [
        ("unique", 2, "no_overlap", 1),
        ("any", 2, "no_overlap", 1),
        ("any", 1, "no_overlap", 0),
        ("first", 2, "no_overlap", 0),
        ("first", 2, "no_masked_row", 0),
        ("collect sum", 2, "no_overlap", 0),
        ("unique", 2, "no_gap", 0),
    ],
)
def test_hit_policies(policy: str, other: int, name: str, count: int) -> None:
    assert len(violated(TABLE.format(policy=policy, other=other), name)) == count


def test_priority_takes_rows_by_output() -> None:
    """The row of the higher value masks the other, though it stands below it."""
    rows = """
choice rank zh "级" en "rank" { top zh "高" en "top", low zh "低" en "low" }
table t decides r en "r" priority {
  | a   | r   |
  | yes | low |
  | -   | top |
}
"""
    (finding,) = violated(rows, "no_masked_row")
    assert "Row 1" in finding.message.en


def test_otherwise_closes_a_gap() -> None:
    rows = """
table t decides fee en "fee" unique {{
  | shade | fee    |
  | red   | 1 yuan |
{otherwise}}}
"""
    (finding,) = violated(rows.format(otherwise=""), "no_gap")
    assert facts(finding) == {"shade": "blue"}
    assert not violated(rows.format(otherwise="  otherwise gives 0 yuan\n"), "no_gap")


def test_tables_of_fifty_rows_take_no_time() -> None:
    """Five shades by ten bands of marks; the last band leaves full marks out."""
    shades = ", ".join(f"s{place}" for place in range(5))
    rows = [
        f"  | s{shade} | [{ten}0 points, {ten + 1}0 points) | - | - | yes |"
        for shade in range(5)
        for ten in range(10)
    ]
    policy = Policy.from_text(
        HEAD
        + f"choice shade_of {{ {shades} }}\nfact tone : shade_of\n"
        + 'table t decides r en "r" unique {\n  | tone | score | a | b | r |\n'
        + "\n".join(rows)
        + "\n}\n"
    )
    found = policy.check(["no_gap", "no_overlap"], DAY)
    (gap,) = found.of("violated")
    assert facts(gap) == {"score": "100"}  # whatever the tone
    assert sum(one.seconds for one in found.findings) < 1


SEATS = """
kind seat en "seat" plural "seats" zh "座"
fact seats en "seats" zh "座位" : count of seat, at most 400, better when higher
target enough en "seats enough" zh "座位足够" {
  stock
  goal GOAL by end of 2025
  measure seats
}
"""


@pytest.mark.parametrize("engine", ["box", "z3"])
@pytest.mark.parametrize(
    ("goal", "found"), [("at least 100 seats", []), ("between 100 and 200 seats", ["enough"])]
)
def test_more_never_takes_a_target_from_its_goal(engine: str, goal: str, found: list[str]) -> None:
    policy = Policy.from_text(HEAD + SEATS.replace("GOAL", goal))
    report = policy.check("monotone", DAY, engine=engine)
    assert [one.name for one in report.findings] == ["monotone:seats:up"]
    assert [one.rules[0] for one in report.of("violated")] == found
    assert not report.of("not_settled")


def test_less_is_better_where_that_is_declared() -> None:
    text = """
fact wait en "wait" zh "等候" : days, between 0 days and 100 days, better when lower
rule quick en "quick" zh "快" { satisfied when wait is at least 5 days }
"""
    (finding,) = Policy.from_text(HEAD + text).check("monotone", DAY).of("violated")
    assert finding.name == "monotone:wait:down"
    assert "less is to be better" in finding.message.en


def test_a_declared_direction_may_be_given_up() -> None:
    text = """
fact wait en "wait" zh "等候" : days, between 0 days and 100 days, better when lower
rule due en "due" zh "应付" {
  accepts monotone because en "who waits is paid for it" zh "等候的应予补偿"
  satisfied when wait is at least 5 days
}
"""
    report = Policy.from_text(HEAD + text).check("monotone", DAY)
    assert report.passed
    assert report.of("violated")


# ---- acceptance, output --------------------------------------------------------------------------


ACCEPTED = """
rule one decides c en "c" { allowed when a }
rule two decides c en "d" {
  accepts no_conflict because zh "由法院裁量" en "a court decides"
  not allowed when b
}
"""


def test_a_finding_accepted_is_shown_and_does_not_count() -> None:
    found = report(ACCEPTED)
    (finding,) = found.of("violated")
    assert finding.accepted is not None
    assert finding.accepted.zh == "由法院裁量"
    assert found.passed
    assert "a court decides" in found.describe("en")
    assert "由法院裁量" in found.describe("zh")


def test_accepting_is_by_property() -> None:
    other = ACCEPTED.replace("accepts no_conflict", "accepts no_dead_rule")
    assert not report(other).passed


def test_accepting_what_is_no_property_is_a_mistake() -> None:
    with pytest.raises(PolicyError) as error:
        report(ACCEPTED.replace("no_conflict", "no_conflicts"))
    (mistake,) = error.value.diagnostics
    assert mistake.code == "V428"
    assert mistake.span is not None
    assert mistake.span.text == "no_conflicts"


def test_unknown_properties_are_all_told() -> None:
    with pytest.raises(UsageError) as error:
        Policy.from_text(HEAD).check(["no_conflict", "one", "two"])
    assert [one.code for one in error.value.diagnostics] == ["V428", "V428"]


def test_json_of_the_command() -> None:
    done = CliRunner().invoke(
        main, ["analyse", str(FAULTY), "--property", "no_gap", "--format", "json", "--lang", "en"]
    )
    assert done.exit_code == 1
    data = json.loads(done.output)
    assert list(data) == ["findings"]
    for finding in data["findings"]:
        assert list(finding) == [
            "property",
            "status",
            "rules",
            "clauses",
            "witness",
            "message",
            "seconds",
        ]
    gap = next(one for one in data["findings"] if one["status"] == "violated")
    assert gap["witness"] == {"score": "0", "level": "college"}
    assert gap["clauses"] == ["law 十"]


def test_sarif_of_the_command() -> None:
    done = CliRunner().invoke(main, ["analyse", str(FAULTY), "--format", "sarif", "--lang", "zh"])
    assert done.exit_code == 1
    (run,) = json.loads(done.output)["runs"]
    assert {one["ruleId"] for one in run["results"]} == set(DEFAULT)
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert FAULTY.read_text("utf-8").splitlines()[region["startLine"] - 1].strip()


def test_clean_policies_leave_with_zero() -> None:
    done = CliRunner().invoke(main, ["analyse", str(SOUND), "--lang", "zh"])
    assert done.exit_code == 0
    assert "不成立 0 项" in done.output


# ---- the plan ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plan() -> Report:
    return Policy.shipped("shanghai-plan-14").check()


def test_nothing_in_the_plan_is_left_open(plan: Report) -> None:
    assert not plan.of("not_settled")
    assert sum(one.seconds for one in plan.findings) < 20


def test_rules_of_the_plan_do_not_contradict(plan: Report) -> None:
    names = {one.name for one in plan.of("violated")}
    assert names == {"readings_agree", "goal_beyond_baseline", "goals_not_repeated"}
    assert plan.passed


def test_figures_that_stand_in_two_clauses(plan: Report) -> None:
    twice = [one for one in plan.of("violated") if one.name == "goals_not_repeated"]
    assert len(twice) == 6
    assert all(len(one.clauses) == 2 for one in twice)


def test_two_denominators_part(plan: Report) -> None:
    """A school where 65 % is reached of one denominator and not of the other."""
    shares = [one for one in plan.of("violated") if one.rules == ("dual_qualified_share",)]
    witness = facts(shares[0])
    dual, full, professional = (
        Fraction(str(witness[name]))
        for name in ("dual_qualified_teachers", "full_time_teachers", "professional_teachers")
    )
    share = Fraction(65, 100)
    assert (dual / full >= share) != (dual / professional >= share)
    assert {"plan 二（四）4", "plan 三（五）15"} <= set(shares[0].clauses)


def test_goals_met_from_the_start(plan: Report) -> None:
    met = {one.rules[0] for one in plan.findings if one.name == "goal_beyond_baseline"}
    found = {one.rules[0] for one in plan.of("violated") if one.name == "goal_beyond_baseline"}
    assert found == {"national_model_groups_built", "industry_education_enterprises_fostered"}
    assert found < met


def test_stock_against_flow(plan: Report) -> None:
    """What exists reaches the goal where nothing was added."""
    parted = [one for one in plan.of("violated") if one.rules == ("teacher_studios_built",)]
    (finding,) = [one for one in parted if one.reading == "newly_built"]
    assert facts(finding) == {"teacher_studios": 50, "teacher_studios_added": 0}


# ---- the page ------------------------------------------------------------------------------------


def test_page_shows_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (FAULTY.parents[2] / "docs" / "analysis.md").read_text("utf-8")
    files = re.findall(r"<!-- file: (\S+) -->\n```vocp\n(.*?)^```$", page, re.M | re.S)
    for name, rules in files:
        (tmp_path / name).write_text(rules, "utf-8")
    for folder in ("examples", "rules"):
        (tmp_path / folder).symlink_to(FAULTY.parents[2] / folder)
    monkeypatch.chdir(tmp_path)
    shown = re.findall(r"^\$ vocpolicy (.*)\n((?:(?![$`]).*\n)*)", page, re.M)
    assert len(shown) == 16
    for line, output in shown:
        assert _matches(output, CliRunner().invoke(main, line.split()).output)


def _matches(shown: str, printed: str) -> bool:
    """Whether a text is what was shown; a line `...` stands for any lines."""
    lines = shown.splitlines()
    wanted = ("(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in lines)
    return re.fullmatch("".join(wanted), printed) is not None


def test_page_lists_every_property() -> None:
    page = (FAULTY.parents[2] / "docs" / "analysis.md").read_text("utf-8")
    listed = re.findall(r"^\| `(\w+)` \|", page, re.M)
    assert sorted(listed) == sorted(DEFAULT)

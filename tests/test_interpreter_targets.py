"""Targets and provisions: met, on track, behind, missed, not due, shown."""

from __future__ import annotations

import datetime

import pytest

from vocpolicy import Outcome, Policy

HEAD = """\
language 1
policy p {
  title en "P" zh "政策"
  document plan "P"
  in force 2021-01-01 to 2025-12-31
}
kind school en "school" plural "schools" zh "学校" counter "所"
choice subject en "subject" zh "学科" {
  maths en "maths" zh "数学"
  chinese en "Chinese" zh "语文"
  it en "IT" zh "信息技术"
}
fact built en "built" zh "已建" : count of school
fact all_schools en "all schools" zh "学校总数" : count of school, at least 1
fact good en "good schools" zh "优质学校" : count of school, at most all_schools
fact wanted en "wanted" zh "所需" : count of school
fact issued en "issued" zh "已发布" : list of subject
fact opened en "opened" zh "已开" : yes or no
"""


def policy(body: str) -> Policy:
    return Policy.from_text(HEAD + "target t {\n" + body.strip() + "\n}\n")


def word(made: Policy, day: str, **facts: object) -> str:
    return made.evaluate("t", facts, datetime.date.fromisoformat(day)).wording_key


RISING = policy("""
  stock
  measure built
  baseline 10 schools at end of 2020
  goal at least 20 schools by end of 2025
""")


@pytest.mark.parametrize(
    ("day", "built", "expected"),
    [
        ("2020-12-31", 10, "on_track"),
        ("2020-12-31", 9, "behind"),
        ("2021-12-31", 12, "on_track"),
        ("2021-12-31", 11, "behind"),
        ("2023-12-31", 20, "met"),
        ("2025-12-30", 19, "behind"),
        ("2025-12-31", 20, "met"),
    ],
)
def test_up_to_the_deadline(day: str, built: int, expected: str) -> None:
    assert word(RISING, day, built={day: built}) == expected


def test_after_the_deadline_the_last_observation_up_to_it_decides() -> None:
    built = {"2025-12-31": 19, "2026-06-30": 25}
    assert word(RISING, "2026-12-31", built=built) == "missed"
    assert word(RISING, "2026-12-31", built={"2025-11-01": 20}) == "met"
    late = RISING.evaluate("t", {"built": {"2026-06-30": 25}}, datetime.date(2026, 12, 31))
    assert (late.wording_key, late.missing) == ("undetermined", ("built",))


def test_a_value_without_a_date_is_observed_on_the_day_of_evaluation() -> None:
    assert word(RISING, "2025-12-31", built=20) == "met"
    assert word(RISING, "2026-01-01", built=20) == "undetermined"


def test_an_observation_is_held_against_the_line_on_its_own_day() -> None:
    assert word(RISING, "2025-06-30", built={"2021-12-31": 12}) == "on_track"


def test_milestones_bend_the_line() -> None:
    bent = policy("""
  stock
  measure built
  baseline 10 schools at end of 2020
  milestone at least 18 schools by end of 2021
  goal at least 20 schools by end of 2025
""")
    assert word(bent, "2021-12-31", built={"2021-12-31": 17}) == "behind"
    assert word(bent, "2021-12-31", built={"2021-12-31": 18}) == "on_track"
    assert word(bent, "2023-12-31", built={"2023-12-31": 18}) == "behind"


def test_without_a_baseline_nothing_is_due_before_the_deadline() -> None:
    bare = policy("stock\nmeasure built\ngoal at least 20 schools by end of 2025")
    assert word(bare, "2023-12-31", built=19) == "not_due"
    assert word(bare, "2023-12-31", built=20) == "met"
    assert word(bare, "2023-12-31") == "undetermined"
    assert word(bare, "2026-01-01", built={"2025-12-31": 19}) == "missed"


def test_a_flow_starts_at_zero() -> None:
    flow = policy("flow since 2021-01-01\nmeasure built\ngoal at least 20 schools by end of 2025")
    assert word(flow, "2021-01-01", built=0) == "on_track"
    assert word(flow, "2023-07-02", built=10) == "on_track"
    assert word(flow, "2023-07-02", built=9) == "behind"


def test_a_baseline_that_is_a_range_makes_the_line_a_band() -> None:
    band = policy("""
  stock
  measure good / all_schools
  baseline between 50% and 60% at end of 2020
  goal at least 70% by end of 2025
""")
    for good, expected in ((54, "undetermined"), (53, "behind"), (62, "on_track"), (70, "met")):
        day = "2021-12-31"
        assert word(band, day, good={day: good}, all_schools={day: 100}) == expected
    trace = band.evaluate("t", {"good": 54, "all_schools": 100}, datetime.date(2021, 12, 31)).trace
    assert trace.components[0].line == (
        trace.baseline[0] + (trace.components[0].required[0] - trace.baseline[0]) * 365 / 1826,
        trace.baseline[1] + (trace.components[0].required[0] - trace.baseline[1]) * 365 / 1826,
    )


def test_a_falling_line() -> None:
    falling = policy("""
  stock
  measure built
  baseline 20 schools at end of 2020
  goal at most 10 schools by end of 2025
""")
    assert word(falling, "2021-12-31", built={"2021-12-31": 18}) == "on_track"
    assert word(falling, "2021-12-31", built={"2021-12-31": 19}) == "behind"
    assert word(falling, "2021-12-31", built={"2021-12-31": 10}) == "met"


ABOUT = policy("""
  stock
  measure built
  baseline 10 schools at end of 2020
  goal about 20 schools tolerance 10% by end of 2025
""")


@pytest.mark.parametrize(
    ("built", "expected"), [(17, "behind"), (18, "met"), (22, "met"), (23, "behind")]
)
def test_about_is_a_band(built: int, expected: str) -> None:
    assert word(ABOUT, "2025-12-31", built=built) == expected
    late = {"met": "met", "behind": "missed"}[expected]
    assert word(ABOUT, "2026-01-01", built={"2025-12-31": built}) == late


@pytest.mark.parametrize(
    ("goal", "met", "missed"),
    [
        ("at least 20 schools", [20, 21], [19]),
        ("more than 20 schools", [21], [20]),
        ("at most 20 schools", [20], [21]),
        ("less than 20 schools", [19], [20]),
        ("exactly 20 schools", [20], [19, 21]),
        ("between 2 and 4 schools", [2, 4], [1, 5]),
        ("nearly 20 schools tolerance 10%", [18, 20], [17, 21]),
        ("level with 20 schools tolerance 1 school", [19, 21], [18, 22]),
        ("some", [1, 9], [0]),
        ("level with wanted tolerance 0%", [7], [6, 8]),
    ],
)
def test_comparators(goal: str, met: list[int], missed: list[int]) -> None:
    made = policy(f"stock\nmeasure built\ngoal {goal} by end of 2025")
    words = {
        built: word(made, "2026-01-01", built={"2025-12-31": built}, wanted=7)
        for built in met + missed
    }
    assert words == dict.fromkeys(met, "met") | dict.fromkeys(missed, "missed")


def test_all_is_a_ratio_of_one() -> None:
    made = policy("stock\nmeasure good / all_schools\ngoal all by end of 2025")
    assert word(made, "2025-12-31", good=9, all_schools=9) == "met"
    assert word(made, "2025-12-31", good=8, all_schools=9) == "not_due"


def test_each_of_a_named_set() -> None:
    made = policy("stock\nmeasure issued\ngoal each of (maths, chinese, it) by end of 2025")
    assert word(made, "2025-12-31", issued=["it", "maths", "chinese"]) == "met"
    verdict = made.evaluate("t", {"issued": ["数学"]}, datetime.date(2024, 1, 1))
    assert verdict.wording_key == "not_due"
    assert verdict.trace.members == ("chinese", "it")


EACH = policy("""
  stock
  measure each {
    one en "one" zh "一" : built / all_schools
    two en "two" zh "二" : good / all_schools
  }
  goal at least 50% by end of 2025
""")


def test_each_population_has_to_reach_the_goal() -> None:
    def at_the_end(**counts: int) -> str:
        dated = {name: {"2025-12-31": count} for name, count in counts.items()}
        return word(EACH, "2026-01-01", **dated)

    assert at_the_end(built=5, good=5, all_schools=10) == "met"
    assert at_the_end(built=5, good=4, all_schools=10) == "missed"
    assert at_the_end(built=5, all_schools=10) == "undetermined"
    assert at_the_end(good=4, all_schools=10) == "missed"


def test_the_value_of_several_populations() -> None:
    facts = {"built": 5, "good": 4, "all_schools": 10}
    value = EACH.evaluate("t", facts, datetime.date(2025, 12, 31)).value
    assert {name: str(share) for name, share in value.items()} == {"one": "1/2", "two": "2/5"}


def test_bounds_between_facts_settle_a_target_without_one_of_them() -> None:
    made = policy("stock\nmeasure good / all_schools\ngoal at most 100% by end of 2025")
    assert word(made, "2025-12-31") == "met"


def test_a_target_that_does_not_apply() -> None:
    made = policy(
        "stock\nmeasure built\ngoal at least 2 schools by end of 2025\napplies when opened"
    )
    day = "2025-12-31"
    assert word(made, day, built=2, opened=False) == "not_applicable"
    assert word(made, day, built=2, opened=True) == "met"
    verdict = made.evaluate("t", {"built": 2}, datetime.date(2025, 12, 31))
    assert (verdict.wording_key, verdict.missing) == ("undetermined", ("opened",))


def test_a_policy_that_has_ended_still_judges_its_targets() -> None:
    assert word(RISING, "2030-01-01", built={"2025-12-31": 20}) == "met"


PROVISION = Policy.from_text(
    HEAD
    + """
provision bank en "credit bank" zh "学分银行" {
  cite plan 一
  promote
  evidence accounts en "accounts" zh "账户" : count of school, at least 0
  evidence running en "running" zh "已运行" : yes or no
}
"""
)


@pytest.mark.parametrize(
    ("facts", "outcome", "missing"),
    [
        ({"accounts": 1, "running": True}, Outcome.HOLDS, ()),
        ({"accounts": 0}, Outcome.FAILS, ()),
        ({"accounts": 5}, Outcome.UNDETERMINED, ("running",)),
        ({}, Outcome.UNDETERMINED, ("accounts", "running")),
    ],
)
def test_provisions_are_shown_by_their_evidence(
    facts: dict[str, object], outcome: Outcome, missing: tuple[str, ...]
) -> None:
    verdict = PROVISION.evaluate("bank", facts, datetime.date(2023, 1, 1))
    assert (verdict.outcome, verdict.missing) == (outcome, missing)

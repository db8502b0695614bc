"""Rules: which speak, which give way, conflicts, `otherwise`, and what is missing."""

from __future__ import annotations

import datetime
from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from vocpolicy import Outcome, Policy

HEAD = """\
language 1
policy p { title en "P" zh "政策" }
fact a en "a" zh "甲" : yes or no
fact b en "b" zh "乙" : yes or no
fact c en "c" zh "丙" : yes or no
fact score en "score" zh "总分" : points, between 0 points and 750 points
fact whole en "whole" zh "总数" : count of thing, at least 1
fact part en "part" zh "部分" : count of thing, at most whole
kind thing en "thing" plural "things" zh "件" counter "件"
choice medal en "medal" zh "奖牌" { gold en "gold" zh "金", silver en "silver" zh "银" }
fact prize en "prize" zh "奖项" : medal or none
"""


def policy(rules: str) -> Policy:
    return Policy.from_text(HEAD + rules)


def outcome(rules: str, name: str = "x", **facts: object) -> str:
    return policy(rules).evaluate(name, facts, datetime.date(2023, 6, 1)).wording_key


EXCEPTED = """
rule base decides x {
  eligible when a
}
rule barred decides x {
  overrides base
  not eligible when b
}
rule pardoned decides x {
  overrides barred
  eligible when c
}
"""


@pytest.mark.parametrize(
    ("a", "b", "c", "expected"),
    [
        (True, False, False, "eligible"),
        (True, True, False, "not_eligible"),
        (True, True, True, "eligible"),
        (False, False, True, "eligible"),
        (False, False, False, "not_eligible"),
    ],
)
def test_exceptions_to_any_depth(a: bool, b: bool, c: bool, expected: str) -> None:
    assert outcome(EXCEPTED, a=a, b=b, c=c) == expected


def test_an_exception_silences_its_statement() -> None:
    rules = "rule x {\n  eligible when a except when b\n}\n"
    assert outcome(rules, a=True, b=True) == "not_eligible"
    assert outcome(rules, a=True, b=False) == "eligible"
    assert outcome(rules, a=True) == "undetermined"
    assert outcome(rules, a=False) == "not_eligible"


TWO = """
rule one decides x {
  eligible when a
}
rule two decides x {
  not eligible when b
}
rule next decides y {
  allowed when x is eligible and c
}
"""


def test_two_that_differ_and_do_not_rank_are_a_conflict() -> None:
    verdict = policy(TWO).evaluate("x", {"a": True, "b": True})
    assert verdict.outcome is Outcome.CONFLICT
    assert verdict.missing == ()


def test_without_otherwise_and_with_several_statements_silence_is_not_applicable() -> None:
    assert outcome(TWO, a=False, b=False) == "not_applicable"


def test_a_conflict_spreads_unless_the_rest_decides() -> None:
    facts = {"a": True, "b": True}
    assert outcome(TWO, "y", **facts, c=True) == "conflict"
    assert outcome(TWO, "y", **facts, c=False) == "not_allowed"
    verdict = policy(TWO).evaluate("y", facts)
    assert (verdict.outcome, verdict.missing) == (Outcome.UNDETERMINED, ("c",))


def test_a_conclusion_that_is_not_applicable_counts_as_false() -> None:
    assert outcome(TWO, "y", a=False, b=False, c=True) == "not_allowed"


def test_missing_facts_that_no_longer_matter_are_not_named() -> None:
    rules = "rule x {\n  eligible when any of {\n    a\n    b and c\n  }\n}\n"
    assert policy(rules).evaluate("x", {"b": False}).missing == ("a",)
    assert policy(rules).evaluate("x", {}).missing == ("a", "b", "c")
    assert policy(rules).evaluate("x", {"a": True}).missing == ()


def test_the_possible_outcomes_of_an_undetermined_conclusion() -> None:
    verdict = policy(EXCEPTED).evaluate("x", {"a": True, "c": False})
    assert {one.wording for one in verdict.possible} == {"eligible", "not_eligible"}
    assert verdict.missing == ("b",)


def test_what_a_certain_rule_overrides_is_not_missing() -> None:
    verdict = policy(EXCEPTED).evaluate("x", {"c": True})
    assert (verdict.wording_key, verdict.missing) == ("eligible", ())


LIMITED = """
rule x {
  applies when b
  in force 2022-01-01 to 2022-12-31
  eligible when a
}
"""


def test_applies_and_in_force() -> None:
    made = policy(LIMITED)

    def word(day: datetime.date, **facts: bool) -> str:
        return made.evaluate("x", facts, day).wording_key

    inside = datetime.date(2022, 12, 31)
    assert word(inside, a=True, b=True) == "eligible"
    assert word(inside, a=False, b=True) == "not_eligible"
    assert word(inside, a=True, b=False) == "not_applicable"
    assert word(datetime.date(2023, 1, 1), a=True, b=True) == "not_applicable"
    assert word(datetime.date(2021, 12, 31), a=True, b=True) == "not_applicable"


def test_whether_a_rule_applies_is_missing_even_where_its_condition_is_not_met() -> None:
    verdict = policy(LIMITED).evaluate("x", {"a": False}, datetime.date(2022, 6, 1))
    assert (verdict.wording_key, verdict.missing) == ("undetermined", ("b",))


GIVES = """
rule x {
  gives 5 points when a
  gives 7 points when b
  otherwise gives 0 points
}
rule y {
  eligible when x is at least 4 points
}
"""


def test_rules_that_give_values() -> None:
    made = policy(GIVES)
    assert made.evaluate("x", {"a": True, "b": False}).value == 5
    assert made.evaluate("x", {"a": False, "b": False}).value == 0
    assert made.evaluate("x", {"a": True, "b": True}).outcome is Outcome.CONFLICT
    open_ = made.evaluate("x", {"a": False})
    assert (open_.outcome, open_.value, open_.missing) == (Outcome.UNDETERMINED, None, ("b",))


def test_a_value_that_is_still_open_decides_where_every_possible_one_does() -> None:
    rules = GIVES.replace("  gives 7 points when b\n", "")
    assert outcome(rules, "y", a=False) == "not_eligible"
    rules = rules.replace("gives 0 points", "gives 4 points")
    assert outcome(rules, "y") == "eligible"


def test_bounds_decide_without_the_fact() -> None:
    assert outcome("rule x {\n  eligible when score is at most 750 points\n}\n") == "eligible"
    assert outcome("rule x {\n  eligible when score is more than 750 points\n}\n") == "not_eligible"


def test_a_part_and_its_whole_bound_each_other() -> None:
    rules = "rule x {\n  eligible when part / whole is at most 100%\n}\n"
    assert outcome(rules) == "eligible"
    assert outcome("rule x {\n  eligible when part is at most 5\n}\n", whole=5) == "eligible"
    assert outcome("rule x {\n  eligible when whole is at least 5\n}\n", part=5) == "eligible"


def test_none_is_a_value_and_missing_is_not() -> None:
    rules = "rule x {\n  eligible when prize is not none\n}\n"
    assert outcome(rules, prize=None) == "not_eligible"
    assert outcome(rules, prize="gold") == "eligible"
    assert outcome(rules) == "undetermined"


# ---- laws ----------------------------------------------------------------------------------

CONDITIONS = st.sampled_from(
    ["a", "b", "c", "not a", "a and b", "b or c", "score is at least 500 points", "not (b and c)"]
)


@st.composite
def rule_sets(draw: st.DrawFn) -> str:
    """Up to four rules that decide `x`, some of them over earlier ones."""
    lines = []
    for index in range(draw(st.integers(1, 4))):
        lines.append(f"rule r{index} decides x {{")
        if index and draw(st.booleans()):
            lines.append(f"  overrides r{draw(st.integers(0, index - 1))}")
        if draw(st.booleans()):
            lines.append(f"  applies when {draw(CONDITIONS)}")
        said = draw(st.sampled_from(["eligible", "not eligible"]))
        lines += [f"  {said} when {draw(CONDITIONS)}", "}"]
    return "\n".join(lines) + "\n"


FACTS = {"a": (True, False), "b": (True, False), "c": (True, False), "score": (499, 500)}


@settings(max_examples=60, deadline=None)
@given(rule_sets(), st.sets(st.sampled_from(sorted(FACTS))), st.data())
def test_more_facts_never_revoke_a_settled_verdict(
    rules: str, supplied: set[str], data: st.DataObject
) -> None:
    made = policy(rules)
    known = {name: data.draw(st.sampled_from(FACTS[name])) for name in sorted(supplied)}
    before = made.evaluate("x", known)
    possible = {one.wording for one in before.possible}
    rest = [name for name in FACTS if name not in supplied]
    for way in product(*(FACTS[name] for name in rest)):
        after = made.evaluate("x", known | dict(zip(rest, way, strict=True)))
        assert after.missing == ()
        assert after.wording_key in possible
        if before.outcome is not Outcome.UNDETERMINED:
            assert after.wording_key == before.wording_key


@settings(max_examples=60, deadline=None)
@given(rule_sets(), st.data())
def test_a_fact_that_is_not_named_as_missing_does_not_matter(
    rules: str, data: st.DataObject
) -> None:
    made = policy(rules)
    supplied = data.draw(st.sets(st.sampled_from(sorted(FACTS))))
    known = {name: data.draw(st.sampled_from(FACTS[name])) for name in sorted(supplied)}
    before = made.evaluate("x", known)
    idle = [name for name in FACTS if name not in supplied and name not in before.missing]
    for name in idle:
        words = {made.evaluate("x", known | {name: value}).wording_key for value in FACTS[name]}
        assert words == {before.wording_key}

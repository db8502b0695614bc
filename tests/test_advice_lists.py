"""Contents of lists and records: what is asked of them, which changes of them flip a verdict."""

from __future__ import annotations

import datetime
from itertools import product
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, note, settings, strategies as st

from shapes import shaped
from vocpolicy import Outcome, Policy
from vocpolicy.box.parts import path_of, with_parts
from vocpolicy.cli.ask import command as ask
from vocpolicy.core import Nothing, Record
from vocpolicy.facts import read_facts
from vocpolicy.interview import placed

DAY = datetime.date(2023, 6, 1)
HEAD = """language 1
policy p { title en "P" zh "甲" }
choice place en "place" zh "名次" {
  first en "first" zh "第一名", second en "second" zh "第二名", third en "third" zh "第三名"
}
entity award en "award" plural "awards" zh "奖项" counter "项" {
  cup en "cup" zh "赛事" : text
  place en "place" zh "名次" : place { question en "Which place?" zh "第几名？" }
  national en "national" zh "国家级" : yes or no, fixed
  points en "points" zh "分值" : number, between 0 and 4, in steps of 1, can rise
}
entity stay {
  from : date
  to : date or none
}
entity person en "person" zh "人员" {
  grade en "grade" zh "级别" : place
  stays : list of stay
}
fact awards en "awards" zh "获奖" : list of award, can change
fact kept en "kept awards" zh "留存奖项" : list of award
fact clean en "no record" zh "无处分" : yes or no
fact head en "head" zh "负责人" : person
"""
RULES = """rule prized en "prized" zh "获奖资格" {
  eligible when clean and any one of awards satisfies (place in (first, second) and national)
}
rule scored en "scored" zh "总分" { satisfied when total of awards.points is at least 5 }
rule kept_few { satisfied when count of kept is at most 1 }
rule led { holds when head.grade is first }
rule practised { holds when total length of head.stays is at least 300 days }
"""
POLICY = Policy.from_text(HEAD + RULES)
CITY = {"cup": "甲杯", "place": "third", "national": False}
NATION = {"cup": "乙杯", "place": "third", "national": True}


def without(award: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in award.items() if name not in names}


def told(name: str, facts: dict[str, Any], **asked: Any) -> list[dict[str, object]]:
    found = POLICY.changes(name, facts, as_of=DAY, **asked)
    return [{one.fact: one.after for one in way.changes} for way in found.alternatives]


# ---- changes -----------------------------------------------------------------------------------


def test_a_field_of_one_record_is_the_nearest_change() -> None:
    verdict = POLICY.evaluate("prized", {"clean": True, "awards": [CITY, NATION]}, DAY)
    first, second = verdict.changes.alternatives
    assert [(one.fact, one.before, one.after) for one in first.changes] == [
        ("awards[1].place", "third", "first")
    ]
    (added,) = second.changes
    assert added.fact == "awards[2]" and isinstance(added.after, Record)
    assert added.before is Nothing.NONE and added.after.values["national"] is True
    english, chinese = (verdict.explain(lang, advice=True) for lang in ("en", "zh"))
    assert "place of no. 2 (乙杯) in awards from “third” to “first”; then eligible" in english
    assert "获奖第 2 项（乙杯）的名次由“第三名”变为“第一名”，结论即为符合条件" in chinese
    assert "one more in awards (place: first, national: yes); then eligible" in english
    assert "获奖增加一项（名次：第一名、国家级：是），结论即为符合条件" in chinese


def test_a_record_may_go_where_the_list_says_so() -> None:
    won = {**NATION, "place": "first"}
    changes = told("prized", {"clean": True, "awards": [won]}, allow=["awards"])
    assert {"awards[0]": False} in changes
    assert told("prized", {"clean": True, "awards": [won]}, allow={"awards": "can rise"}) == [
        {"clean": False},
        {"awards[0].place": "third"},
    ]


def test_records_neither_come_nor_go_where_nothing_is_said() -> None:
    facts = {"kept": [{}, {}]}
    assert told("kept_few", facts) == []
    assert POLICY.changes("kept_few", facts, as_of=DAY).impossible
    assert told("kept_few", facts, allow={"kept": "can fall"}, most=1) == [{"kept[0]": False}]
    assert told("kept_few", {"kept": [{}]}, allow=["kept"], most=1)[0].keys() == {"kept[1]"}


def test_how_fields_may_change_is_theirs_to_say_and_can_be_overridden() -> None:
    facts = {"clean": True, "awards": [{**CITY, "place": "first"}]}
    assert told("prized", facts, allow={"awards": "fixed"}) == []
    (way,) = told("prized", facts, allow={"awards": "fixed", "awards[0].national": "can change"})
    assert way == {"awards[0].national": True}


def test_a_number_of_a_record_rises_to_its_threshold() -> None:
    changes = told("scored", {"awards": [{"points": 1}, {"points": 2}]}, most=1)
    assert changes == [{"awards[1].points": 4}]
    for change in changes:
        ((path, after),) = change.items()
        raw = placed({"awards": [{"points": 1}, {"points": 2}]}, path_of(path), after)
        assert POLICY.evaluate("scored", raw, DAY).outcome is Outcome.HOLDS


def test_records_that_are_facts_change_too() -> None:
    assert told("led", {"head": {"grade": "third"}}) == [{"head.grade": "first"}]
    stays = [{"from": "2022-06-01", "to": "2022-12-01"}]
    for change in told("practised", {"head": {"stays": stays}}):
        raw: dict[str, object] = {"head": {"stays": stays}}
        for path, after in change.items():
            raw = placed(raw, path_of(path), after)
        assert POLICY.evaluate("practised", raw, DAY).outcome is Outcome.HOLDS


def test_a_teacher_who_lacks_practice_is_advised_a_stay_and_no_other_past() -> None:
    """A stay that is over cannot have been longer; one more can be."""
    plan = Policy.shipped("shanghai-plan-14")
    stay = {"enterprise": "甲厂", "from": "2022-01-01", "to": "2022-09-30"}
    facts = {"teaches_professional_course": True, "appointed": "2010-09-01", "placements": [stay]}
    day = datetime.date(2025, 12, 31)
    verdict = plan.evaluate("practice", facts, day)
    assert verdict.outcome is Outcome.FAILS
    ((change,),) = [one.changes for one in verdict.changes.alternatives]
    assert change.fact == "placements[1]" and isinstance(change.after, Record)
    more = {name: change.after.values[name] for name in ("from", "to")}
    after = plan.evaluate("practice", {**facts, "placements": [stay, more]}, day)
    assert after.outcome is Outcome.HOLDS
    assert "企业实践经历增加一项（起：2025年" in verdict.explain("zh", advice=True)


# ---- questions ---------------------------------------------------------------------------------


def test_a_field_that_a_record_lacks_is_asked_for_with_its_place() -> None:
    facts = {"clean": True, "awards": [CITY, without(NATION, "place"), without(CITY, "place")]}
    verdict = POLICY.evaluate("prized", facts, DAY)
    assert verdict.missing == ("awards.place",)
    (question,) = verdict.questions
    assert question.fact == "awards[1].place" and verdict.questions.complete
    assert verdict.questions.spared == ("awards[2].place",)
    assert [(lead.values, lead.settled) for lead in question.leads] == [
        (("first", "second"), True),
        (("third",), True),
    ]
    english = verdict.explain("en", advice=True)
    assert "Ask next: no. 2 (乙杯) in awards: Which place?" in english
    assert "Does not matter any more: place of no. 3 (甲杯) in awards." in english
    assert "下一步应查明：获奖第 2 项（乙杯）：第几名？" in verdict.explain("zh", advice=True)


def test_an_interview_goes_into_records() -> None:
    facts = {"awards": [without(NATION, "place"), CITY]}
    step = POLICY.interview("prized", facts, DAY)
    asked = []
    answers: dict[str, object] = {"clean": True, "awards[0].place": "第一名"}
    while step.question is not None:
        asked.append(step.question.fact)
        step = step.answer(answers[step.question.fact])
    assert sorted(asked) == ["awards[0].place", "clean"]
    assert step.settled.outcome is Outcome.HOLDS
    assert facts == {"awards": [without(NATION, "place"), CITY]}  # nobody's facts are changed


def test_what_nobody_knows_of_a_record_is_not_asked_again() -> None:
    facts = {"clean": True, "awards": [without(NATION, "place")] * 2}
    step = POLICY.interview("prized", facts, DAY)
    asked = []
    while step.question is not None:
        asked.append(step.question.fact)
        step = step.skip()
    assert asked == ["awards[0].place", "awards[1].place"] and not step.settled


@pytest.mark.parametrize(
    ("lang", "shown"),
    [("en", "No. 2 (乙杯) in awards: Which place?"), ("zh", "获奖第 2 项（乙杯）：第几名？")],
)
def test_ask_says_which_record_is_meant(lang: str, shown: str, tmp_path: Any) -> None:
    (tmp_path / "p.vocp").write_text(HEAD + RULES, encoding="utf-8")
    (tmp_path / "facts.json").write_text(
        '{"clean": true, "awards": [{"place": "third"}, {"cup": "乙杯", "national": true}]}',
        encoding="utf-8",
    )
    arguments = [str(tmp_path / "p.vocp"), "--rule", "prized", "--lang", lang]
    arguments += ["--facts", str(tmp_path / "facts.json"), "--as-of", "2023-06-01"]
    result = CliRunner().invoke(ask, arguments, input="?\n1\n")
    assert result.exit_code == 0, result.output
    assert shown in result.output
    assert ("ELIGIBLE" if lang == "en" else "符合条件") in result.output


def test_a_long_list_is_asked_only_for_what_it_lacks() -> None:
    awards = [{**CITY, "cup": f"第{n}杯"} for n in range(200)]
    awards[150] = without(NATION, "place")
    verdict = POLICY.evaluate("prized", {"clean": True, "awards": awards}, DAY)
    assert [one.fact for one in verdict.questions] == ["awards[150].place"]
    assert not POLICY.changes("prized", {"clean": True, "awards": awards[:150]}, as_of=DAY).complete


def test_what_is_made_of_a_missing_list_is_not_put_together_unseen() -> None:
    policy = Policy.from_text(
        f"{HEAD}rule r {{ eligible when any one of awards satisfies (national)"
        " and count of awards where national is at most 0 }\n"
        "rule s { eligible when any one of awards satisfies (national) }"
    )
    assert policy.evaluate("r", {}, DAY).settled.settled is None  # it can never be eligible
    assert policy.evaluate("s", {}, DAY).settled.settled is False


# ---- paths -------------------------------------------------------------------------------------


def test_parts_are_put_where_their_paths_say() -> None:
    facts = {"awards": [CITY, NATION, CITY]}
    value = read_facts(POLICY.core, facts, as_of=DAY).values["awards"]
    assert path_of("awards[1].place") == ("awards", 1, "place")
    changed = with_parts(
        value, {(0,): False, (1, "place"): "first", (2,): False, (2, "place"): None}
    )
    assert isinstance(changed, tuple)
    assert [one.values["place"] for one in changed if isinstance(one, Record)] == ["first"]


# ---- against trying every case -----------------------------------------------------------------

LEAVES = (
    "clean",
    "any one of awards satisfies (place is first)",
    "every one of awards satisfies (national or place is second)",
    "no one of awards satisfies (place is third and not national)",
    "count of awards where national is at least 1",
    "share of awards satisfies (national) if empty 0% is at least 50%",
)
PLACES, FLAGS = ("first", "second", "third"), (True, False)
RECORDS = [dict(zip(("place", "national"), one, strict=True)) for one in product(PLACES, FLAGS)]
RELAXED = settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@st.composite
def ruled(draw: st.DrawFn) -> Policy:
    condition = draw(shaped(LEAVES, 4))
    note(condition)
    return Policy.from_text(f"{HEAD}rule r {{ eligible when {condition} }}")


@st.composite
def holed(draw: st.DrawFn) -> dict[str, Any]:
    """Facts whose one or two records may lack fields."""
    count = draw(st.integers(1, 2))
    kept = st.sets(st.sampled_from(("place", "national")))
    awards = [
        {name: value for name, value in draw(st.sampled_from(RECORDS)).items() if name in names}
        for names in (draw(kept) for _ in range(count))
    ]
    return {"awards": awards} | ({"clean": draw(st.booleans())} if draw(st.booleans()) else {})


def filled(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """Every way of filling the gaps."""
    gaps = [] if "clean" in facts else ["clean"]
    gaps += [
        f"awards[{place}].{name}"
        for place, award in enumerate(facts["awards"])
        for name in ("place", "national")
        if name not in award
    ]
    choices = [PLACES if gap.endswith("place") else FLAGS for gap in gaps]
    found = []
    for values in product(*choices):
        whole: dict[str, Any] = facts
        for gap, value in zip(gaps, values, strict=True):
            whole = placed(whole, path_of(gap), value)
        found.append(whole)
    return found


def word(policy: Policy, facts: dict[str, Any]) -> str:
    return policy.evaluate("r", facts, DAY).wording_key


@RELAXED
@given(ruled(), holed())
def test_settled_and_what_matters_are_as_trying_every_case_says(
    policy: Policy, facts: dict[str, Any]
) -> None:
    verdict = policy.evaluate("r", facts, DAY)
    words = {word(policy, whole) for whole in filled(facts)}
    found = verdict.settled
    assert found.settled is (len(words) == 1)
    assert {way.wording_key for way in found.possible} == words
    if len(words) > 1:
        assert verdict.questions.complete
    asked = {one.fact for one in verdict.questions}
    for spared in verdict.questions.spared:
        assert spared not in asked
        assert not differs(policy, facts, spared)
    for one in asked:
        assert differs(policy, facts, one)


def differs(policy: Policy, facts: dict[str, Any], gap: str) -> bool:
    """Whether two cases that differ in one gap alone come to different outcomes."""
    values = PLACES if gap.endswith("place") else FLAGS
    return any(
        len({word(policy, placed(whole, path_of(gap), value)) for value in values}) > 1
        for whole in filled(facts)
    )


@RELAXED
@given(ruled(), st.lists(st.sampled_from(RECORDS), min_size=1, max_size=2), st.booleans())
def test_changes_of_records_flip_and_none_is_smaller(
    policy: Policy, awards: list[dict[str, Any]], clean: bool
) -> None:
    facts = {"clean": clean, "awards": awards}
    holds = word(policy, facts) == "eligible"
    allow = {one.name: "can_change" for one in policy.facts("r")}
    found = policy.changes("r", facts, allow=allow, as_of=DAY)
    fewest = min(
        (changed(facts, case) for case in every_case(len(awards)) if flips(policy, case, holds)),
        default=None,
    )
    note(str((facts, fewest, found)))
    assert found.complete and found.impossible is (fewest is None)
    if fewest is None:
        return
    assert len(found.alternatives[0].changes) == fewest
    for way in found.alternatives:
        assert way.way.wording_key == ("not_eligible" if holds else "eligible")


def every_case(count: int) -> list[dict[str, Any]]:
    """Lists in which records changed, went, or one more came, as places of the first list."""
    slots = [*([[None, *RECORDS]] * (count + 1)), FLAGS]
    return [{"clean": clean, "slots": awards} for *awards, clean in product(*slots)]


def flips(policy: Policy, case: dict[str, Any], holds: bool) -> bool:
    awards = [one for one in case["slots"] if one is not None]
    return (word(policy, {"clean": case["clean"], "awards": awards}) == "eligible") is not holds


def changed(facts: dict[str, Any], case: dict[str, Any]) -> int:
    """How many facts differ: of a record that is still there each field, else one."""
    count = int(case["clean"] is not facts["clean"])
    for before, after in zip([*facts["awards"], None], case["slots"], strict=True):
        if before is None or after is None:
            count += before is not after
        else:
            count += sum(before[name] != after[name] for name in before)
    return count

"""Policies and verdicts as a program uses them."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest

import vocpolicy
from vocpolicy import FactError, Outcome, Policy, PolicyError, UsageError

DAY = datetime.date(2023, 6, 1)

TEXT = """\
language 1
policy p {
  title en "Plan" zh "规划"
  document plan "Plan 4" dated 2022-02-14
  document other "Notice 3" dated 2020-04 assumed because en "seen in reposts" zh "仅见转载"
  in force 2021-01-01 to 2025-12-31
  reading strict en "strict" zh "从严"
  reading lax in use en "lax" zh "从宽"
}
choice schooling en "schooling" zh "学段" {
  final en "final year" zh "应届", earlier en "earlier" zh "往届"
}
entity stay en "stay" zh "经历" plural "stays" counter "段" {
  from en "from" zh "起" : date
  to en "to" zh "止" : date
}
entity applicant en "applicant" zh "考生" plural "applicants" counter "名" {
  stage en "stage" zh "学段" : schooling
  matches en "matches" zh "对口" : yes or no, judged by en "the school" zh "录取学校"
}
entity teacher en "teacher" zh "教师" plural "teachers" counter "名" {
  stage en "stage" zh "阶段" : points
  stays en "stays" zh "经历" : list of stay
}
kind school en "school" plural "schools" zh "学校" counter "所"
fact built en "built" zh "已建" : count of school
fact score en "score" zh "总分" : points, between 0 points and 750 points

parameter line en "line" zh "分数线" : points {
  from 2022-01-01 = 520 points   assumed because en "from the press" zh "媒体报道"
  from 2023-01-01 = 525 points   cite other 一 "525"
}
define margin en "margin" zh "余量" = score - line

rule admission for applicant decides admitted en "admission" zh "录取" {
  cite plan 三（六）19
  eligible when all of {
    stage is final   cite plan 三（六）20
    margin is at least 0 points
    matches   assumed because en "the programme counts" zh "以专业计"
  }
}
rule barred for applicant decides admitted {
  cite plan 四
  overrides admission
  reading lax { not eligible when score is less than 100 points and stage is earlier }
  reading strict { not eligible when stage is earlier }
}
rule admission_again for applicant decides again {
  reading lax { fulfilled when admitted is eligible }
  reading strict { fulfilled when admitted is eligible and score is at least 600 points }
}
rule practice for teacher {
  cite plan 三（五）17 "10 个月"
  fulfilled when total length of stays in the last 5 years (month of 30 days) is at least 10 months
}
target schools en "schools" zh "学校" {
  stock
  measure built
  goal about 20 schools tolerance 10% by end of 2025   cite plan 二 "20"
}
provision bank en "bank" zh "学分银行" {
  cite plan 五
  promote
  evidence running en "running" zh "已运行" : yes or no
}

case "at the line" {
  today 2023-06-01
  given stage = final, score = 525 points, matches = yes
  expect admitted is eligible
  expect again is fulfilled
  expect again under strict is not fulfilled
  expect margin gives 0 points
}
case "wrong on purpose" {
  today 2023-06-01
  given stage = final, score = 524 points
  expect admitted is eligible
  expect margin gives 5 points
  expect again is not fulfilled missing score
  expect schools is not met
}
"""

POLICY = Policy.from_text(TEXT)
ELIGIBLE = {"stage": "final", "score": 525, "matches": True}


def test_what_a_policy_lists() -> None:
    assert POLICY.name == "p"
    assert POLICY.title.get("zh") == "规划"
    assert [(one.name, one.kind) for one in POLICY.listing] == [
        ("admitted", "rule"),
        ("again", "rule"),
        ("practice", "rule"),
        ("schools", "target"),
        ("bank", "provision"),
    ]


def test_the_facts_that_a_rule_takes() -> None:
    assert [fact.name for fact in POLICY.facts("again")] == ["stage", "matches", "score"]
    assert [fact.name for fact in POLICY.facts("schools")] == ["built"]
    assert {fact.name for fact in POLICY.facts()} >= {"built", "stage", "stays", "running"}


def test_a_verdict_and_what_it_rests_on() -> None:
    verdict = POLICY.evaluate("admitted", ELIGIBLE, DAY)
    assert (verdict.name, verdict.kind, verdict.outcome) == ("admitted", "rule", Outcome.HOLDS)
    assert (verdict.wording("en"), verdict.wording("zh")) == ("eligible", "符合条件")
    assert verdict.value is True
    assert [(one.document, one.clause) for one in verdict.citations] == [
        ("plan", "三（六）19"),
        ("plan", "三（六）20"),
        ("other", "一"),
    ]
    assert [one.text.en for one in verdict.assumptions] == [
        "the programme counts",
        "seen in reposts",
    ]
    assert {fact: who.zh for fact, who in verdict.judged_by.items()} == {"matches": "录取学校"}
    assert verdict.label.get("zh") == "录取"


def test_a_refusal_rests_on_what_failed_alone() -> None:
    verdict = POLICY.evaluate("admitted", ELIGIBLE | {"score": 518}, datetime.date(2022, 6, 1))
    assert verdict.outcome is Outcome.FAILS and verdict.outcome == "fails"
    assert [one.clause for one in verdict.citations] == ["三（六）19"]
    assert [one.text.en for one in verdict.assumptions] == ["from the press"]
    assert verdict.judged_by == {}


def test_a_rule_that_overrides_is_cited_where_it_speaks() -> None:
    facts = {"stage": "earlier", "score": 50}
    verdict = POLICY.evaluate("admitted", facts, DAY)
    assert [one.clause for one in verdict.citations] == ["三（六）19", "四"]


def test_a_rule_stands_for_its_conclusion() -> None:
    assert POLICY.evaluate("barred", ELIGIBLE, DAY).name == "admitted"


def test_definitions_and_parameters_by_date() -> None:
    assert POLICY.evaluate("margin", {"score": 525}, DAY).value == 0
    assert POLICY.evaluate("line", {}, datetime.date(2022, 12, 31)).value == 520
    before = POLICY.evaluate("line", {}, datetime.date(2021, 12, 31))
    assert (before.outcome, before.kind) == (Outcome.UNDETERMINED, "definition")
    assert POLICY.evaluate("margin", {}, DAY).missing == ("score",)


def test_conventions_are_assumptions() -> None:
    verdict = POLICY.evaluate("practice", {"stays": []}, DAY)
    assert [one.text.zh for one in verdict.assumptions] == ["每月按 30 天计"]
    target = POLICY.evaluate("schools", {"built": 18}, DAY)
    assert [one.text.en for one in target.assumptions] == ["what is approximate may depart by 10%"]


def test_missing_facts_in_the_order_of_their_declaration() -> None:
    assert POLICY.evaluate("admitted", {}, DAY).missing == ("stage", "matches", "score")


def test_readings_are_varied_one_at_a_time_and_a_policys_own_together() -> None:
    verdict = POLICY.evaluate("again", ELIGIBLE, DAY)
    found = {name: one.wording_key for name, one in verdict.readings.items()}
    assert found == {"lax": "fulfilled", "strict": "not_fulfilled"}
    assert verdict.parts
    assert not POLICY.evaluate("again", ELIGIBLE | {"score": 700}, DAY).parts


def test_a_reading_asked_for() -> None:
    facts = {"stage": "earlier", "score": 700, "matches": True}
    assert POLICY.evaluate("again", ELIGIBLE, DAY, "strict").outcome is Outcome.FAILS
    chosen = POLICY.evaluate("admitted", facts, DAY, {"barred": "strict"})
    assert chosen.trace.spoke == (1,)
    assert POLICY.evaluate("admitted", facts, DAY).trace.spoke == ()
    for wrong in ("strickt", {"barred": "loose"}, {"score": "lax"}):
        with pytest.raises(UsageError, match="V418"):
            POLICY.evaluate("again", ELIGIBLE, DAY, wrong)


def test_all_that_the_facts_concern() -> None:
    verdicts = POLICY.evaluate_all({"stage": "final", "built": 20}, DAY)
    assert [(one.name, one.wording_key) for one in verdicts] == [
        ("admitted", "undetermined"),
        ("again", "undetermined"),
        ("schools", "met"),
    ]
    assert POLICY.evaluate_all({}, DAY) == ()


def test_a_name_that_two_entities_share_is_read_as_each_needs_it() -> None:
    assert POLICY.evaluate("practice", {"stage": 5, "stays": []}, DAY).outcome is Outcome.FAILS
    with pytest.raises(FactError, match="V404"):
        POLICY.evaluate_all({"stage": "last"}, DAY)


def test_an_unknown_name_gets_close_names() -> None:
    with pytest.raises(UsageError, match="Close names: admitted"):
        POLICY.evaluate("admited", {}, DAY)
    with pytest.raises(UsageError, match="V417"):
        POLICY.facts("admited")


def test_mistakes_in_facts_are_raised() -> None:
    with pytest.raises(FactError) as caught:
        POLICY.evaluate("admitted", {"scor": 1, "stage": "last"}, DAY)
    assert [one.code for one in caught.value.diagnostics] == ["V401", "V404"]


def test_today_is_the_date_where_none_is_given() -> None:
    assert POLICY.evaluate("schools", {"built": 20}).as_of == datetime.date.today()


def test_the_verdict_for_systems() -> None:
    found = POLICY.evaluate("margin", {"score": 525.5}, DAY).to_dict()
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found
    assert found["value"] == "0.5"
    verdict = POLICY.evaluate("admitted", ELIGIBLE, DAY).to_dict()
    assert verdict["wording"] == {"en": "eligible", "zh": "符合条件"}
    assert verdict["citations"][0] == {
        "document": "plan",
        "clause": "三（六）19",
        "locator": None,
    }
    assert verdict["judged_by"] == [{"fact": "matches", "en": "the school", "zh": "录取学校"}]
    assert verdict["readings"]["strict"]["outcome"] == "holds"
    assert set(verdict) >= {"name", "kind", "outcome", "missing", "assumptions", "explanation"}
    target = POLICY.evaluate("schools", {"built": 20}, DAY).to_dict()
    assert target["value"] == 20


def test_an_explanation_in_both_languages() -> None:
    verdict = POLICY.evaluate("admitted", ELIGIBLE | {"score": 518}, DAY)
    assert "518" in verdict.explain("en") and "525" in verdict.explain("en")
    assert "不符合条件" in verdict.explain("zh")


def test_cases_tell_what_came_out_otherwise() -> None:
    right, wrong = POLICY.test()
    assert right.passed and right.describe() == ""
    assert not wrong.passed
    said = wrong.describe("en")
    assert "admitted is not eligible; eligible was expected" in said
    assert "margin is -1 points; 5 points was expected" in said
    assert "again is missing nothing; score was expected" in said
    assert "schools is undetermined; not met was expected" in said
    assert wrong.to_dict()["findings"][0]["zh"].startswith("<text>:")


def test_loading(tmp_path: Path) -> None:
    path = tmp_path / "p.vocp"
    path.write_text(TEXT, encoding="utf-8")
    assert vocpolicy.load(path).evaluate("admitted", ELIGIBLE, DAY).outcome is Outcome.HOLDS
    with pytest.raises(UsageError, match="V601"):
        vocpolicy.load(tmp_path / "none")
    path.write_text(TEXT.replace("score - line", "score - built"), encoding="utf-8")
    with pytest.raises(PolicyError):
        vocpolicy.load(tmp_path)


def test_shipped_policies() -> None:
    assert vocpolicy.shipped("shanghai-plan-14").name == "shanghai_vocational_plan_14"
    with pytest.raises(UsageError, match="Close names: shanghai-plan-14"):
        vocpolicy.shipped("shanghai-plan")


def test_one_policy_serves_many_threads() -> None:
    made = Policy.from_text(TEXT)

    def ask(score: int) -> object:
        return made.evaluate("margin", {"score": score}, DAY).value

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(200))) == [Fraction(score - 525) for score in range(200)]


def test_a_chain_longer_than_pythons_stack() -> None:
    length = 1500
    lines = ["language 1", "policy p {", '  title en "P" zh "P"', "}", "fact f : number"]
    lines += ['define d0 = f   assumed because "so"']
    lines += [f"define d{index} = d{index - 1} + 1" for index in range(1, length)]
    lines += [f"rule r {{ eligible when d{length - 1} is at least {length} }}"]
    made = Policy.from_text("\n".join(lines))
    verdict = made.evaluate("r", {"f": 1}, DAY)
    assert (verdict.outcome, len(verdict.assumptions)) == (Outcome.HOLDS, 1)
    assert made.evaluate("r", {}, DAY).missing == ("f",)
    assert [fact.name for fact in made.facts("r")] == ["f"]


def test_importing_the_package_is_light() -> None:
    code = "import sys, vocpolicy, vocpolicy.policy; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"lark", "pint", "rich", "click", "yaml"} & set(done.stdout.split())


def test_the_public_names_are_sorted_and_there() -> None:
    constants_first = sorted(vocpolicy.__all__, key=lambda name: (not name.isupper(), name))
    assert vocpolicy.__all__ == constants_first
    assert all(getattr(vocpolicy, name) is not None for name in vocpolicy.__all__)
    assert set(vocpolicy.__all__) <= set(dir(vocpolicy))
    with pytest.raises(AttributeError):
        _ = vocpolicy.nothing


def test_fields_of_a_record_are_in_their_own_units() -> None:
    text = """language 1
policy handed { title en "Handed" zh "给出" }
entity stay en "stay" zh "经历" plural "stays" {
  wait en "wait" zh "等候" : weeks
  share en "share" zh "占比" : ratio
}
fact best en "best" zh "最好的一段" : stay
fact stays en "stays" zh "各段" : list of stay
rule one en "one" zh "一段" { gives best }
rule all_of_them en "all of them" zh "全部" { gives stays }
"""
    stay = {"wait": "2 weeks", "share": "50%"}
    facts = {"best": stay, "stays": [stay]}
    policy = Policy.from_text(text)
    expected = {"wait": Fraction(2), "share": Fraction(1, 2)}
    assert policy.evaluate("one", facts, DAY).value == expected
    assert policy.evaluate("all_of_them", facts, DAY).value == (expected,)
    assert policy.evaluate("one", facts, DAY).to_dict()["value"] == {"wait": "2", "share": "0.5"}

"""What settles a verdict, on the plan's own rules and on rules made for one point each."""

from __future__ import annotations

import datetime
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from vocpolicy import Outcome, Policy, UsageError
from vocpolicy.cli.ask import command as ask
from vocpolicy.cli.evaluate import command as evaluate
from vocpolicy.diagnostics import FactError

DAY = datetime.date(2023, 6, 1)
PUPIL = {
    "schooling_stage": "final_year_junior_high",
    "exam_score": "518 points",
    "registered_residence": "elsewhere",
    "meets_year_conditions": True,
    "admitted_in": None,
}


@pytest.fixture(scope="module")
def plan() -> Policy:
    return Policy.shipped("shanghai-plan-14")


def rules(text: str) -> Policy:
    return Policy.from_text(f'language 1\npolicy p {{ title en "P" zh "甲" }}\n{text}')


def told(policy: Policy, facts: object, **asked: object) -> list[dict[str, object]]:
    """The changes of rule `r`, as fact and value."""
    found = policy.changes("r", facts, as_of=DAY, **asked)
    return [{one.fact: one.after for one in way.changes} for way in found.alternatives]


# ---- the plan ----------------------------------------------------------------------------------


def test_two_independent_reasons_for_a_refusal_are_two(plan: Policy) -> None:
    found = plan.reasons("secondary_to_bachelor", PUPIL, DAY)
    assert [one.facts for one in found.reasons] == [("registered_residence",), ("exam_score",)]
    assert found.complete


def test_the_nearest_change_honours_what_can_change(plan: Policy) -> None:
    name = "secondary_to_bachelor"
    assert plan.changes(name, PUPIL, as_of=DAY).impossible  # residence is fixed
    found = plan.changes(name, PUPIL, allow={"registered_residence": "can change"}, as_of=DAY)
    (way,) = found.alternatives
    assert {one.fact: one.after for one in way.changes} == {
        "exam_score": Fraction(525),
        "registered_residence": "shanghai",
    }
    assert way.way.wording() == "eligible"


def test_a_target_says_which_figures_would_put_it_on_track(plan: Policy) -> None:
    facts = {"dual_qualified_teachers": 540, "full_time_teachers": 900}
    ways = {
        one.fact: one.after
        for way in plan.changes("dual_qualified_share", facts, as_of=DAY).alternatives
        for one in way.changes
    }
    assert ways == {
        "dual_qualified_teachers": Fraction(572),
        "full_time_teachers": Fraction(851),
    }
    for name, value in ways.items():
        after = plan.evaluate("dual_qualified_share", {**facts, name: int(value)}, as_of=DAY)
        assert after.wording() == "on track"
        step = -1 if name == "dual_qualified_teachers" else 1
        short = plan.evaluate("dual_qualified_share", {**facts, name: int(value) + step}, DAY)
        assert short.wording() != "on track"


def test_only_what_can_still_decide_is_asked(plan: Policy) -> None:
    known = {"applied_level": "college", "on_national_team": True, "prize": "gold"}
    verdict = plan.evaluate("world_skills_entry", known, as_of=DAY)
    asked = [one.fact for one in verdict.questions]
    assert "institution_kind" not in asked and "academic_assessment_passed" not in asked
    assert "programme_match" in asked
    match = next(one for one in verdict.questions if one.fact == "programme_match")
    settling = [lead for lead in match.leads if lead.settled]
    assert [lead.values for lead in settling] == [("different",)]
    assert settling[0].ways[0].wording() == "not eligible"


def test_every_case_of_the_plan_settles_as_it_is_judged(plan: Policy) -> None:
    for case in plan.core.cases:
        for expect in case.expects:
            verdict = plan.evaluate(expect.name, case.facts, case.today, expect.reading)
            if verdict.outcome is not Outcome.UNDETERMINED and verdict.settled.settled is not None:
                assert verdict.settled.outcome is verdict.outcome, case.title


def test_the_explanation_has_the_same_advice_in_both_languages(plan: Policy) -> None:
    verdict = plan.evaluate("secondary_to_bachelor", {**PUPIL, "exam_score": "518"}, as_of=DAY)
    english, chinese = (verdict.explain(lang, advice=True) for lang in ("en", "zh"))
    assert "it would take" in english and "除非" in chinese
    assert "518 points" in english and "518 分" in chinese
    assert "would take" not in verdict.explain("en")


# ---- one point each ----------------------------------------------------------------------------


def test_settled_where_kleene_alone_would_not_see_it() -> None:
    policy = rules("fact a : yes or no\nrule r { eligible when a or not a }")
    verdict = policy.evaluate("r", {}, as_of=DAY)
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.settled and verdict.settled.outcome is Outcome.HOLDS
    assert not list(verdict.questions)
    assert "Settled whatever is missing: eligible" in verdict.explain("en", advice=True)


def test_settled_is_proved_for_figures_held_against_each_other() -> None:
    policy = rules(
        "kind staff\nfact whole : count of staff, at least 1\n"
        "fact part : count of staff, at most whole\n"
        "rule r { eligible when part / whole is at most 100% }"
    )
    assert policy.evaluate("r", {}, as_of=DAY).settled.outcome is Outcome.HOLDS


def test_dates_and_ages_change_at_their_day() -> None:
    policy = rules(
        "fact born : date, can fall\n"
        "rule r { eligible when whole years between born and today is at least 18 years }"
    )
    (change,) = told(policy, {"born": "2010-01-01"})
    assert change == {"born": datetime.date(2005, 6, 1)}


def test_parameters_by_date_move_the_threshold() -> None:
    policy = rules(
        "fact score : points, between 0 points and 100 points, in steps of 0.5 points\n"
        "parameter line : points { from 2022-01-01 = 60 points; from 2023-01-01 = 62.5 points }\n"
        "rule r { eligible when score is at least line }"
    )
    assert told(policy, {"score": 10}) == [{"score": Fraction(125, 2)}]
    before = policy.changes("r", {"score": 10}, as_of=datetime.date(2022, 6, 1))
    assert before.alternatives[0].changes[0].after == 60


def test_less_effort_comes_first_and_can_be_overridden() -> None:
    policy = rules(
        "fact a : yes or no, can change, effort 5\nfact b : yes or no, can change\n"
        "rule r { eligible when a or b }"
    )
    facts = {"a": False, "b": False}
    assert told(policy, facts) == [{"b": True}, {"a": True}]
    assert told(policy, facts, effort={"b": 9}) == [{"a": True}, {"b": True}]
    assert told(policy, facts, allow=["a"]) == [{"a": True}]
    assert told(policy, facts, most=1) == [{"b": True}]


def test_an_exception_is_taken_back() -> None:
    policy = rules(
        "fact a : yes or no\nfact expelled : yes or no\n"
        "rule r { eligible when a except when expelled }"
    )
    assert told(policy, {"a": True, "expelled": True}) == [{"expelled": False}]


def test_a_scale_is_searched_through() -> None:
    policy = rules(
        "fact income : yuan, at least 0 yuan, in steps of 1 yuan\n"
        "define due = marginal scale of income { from 0 yuan = 10%; from 1000 yuan = 20% }\n"
        "rule r { eligible when due is at least 300 yuan }"
    )
    assert told(policy, {"income": 500}) == [{"income": Fraction(2000)}]


def test_what_is_missing_may_leave_a_change_open() -> None:
    policy = rules(
        "fact n : number, between 0 and 9, in steps of 1\nfact a : yes or no\n"
        "rule r { eligible when n is at least 5 and a }"
    )
    (way,) = policy.changes("r", {"n": 2}, as_of=DAY).alternatives
    assert way.changes[0].after == 5 and way.way.outcome is Outcome.UNDETERMINED


def test_an_outcome_can_be_asked_for_in_either_language() -> None:
    policy = rules("fact a : yes or no\nrule r { eligible when a }")
    for to in ("not eligible", "不符合条件", "not_eligible", Outcome.FAILS, False):
        assert told(policy, {"a": True}, to=to) == [{"a": False}]


def test_every_mistake_in_what_is_asked_is_told() -> None:
    policy = rules("fact a : yes or no\nrule r { eligible when a }")
    with pytest.raises(UsageError) as raised:
        policy.changes(
            "r", {"a": True}, to="elegible", allow={"a": "sideways", "z": "fixed"}, as_of=DAY
        )
    assert {one.code for one in raised.value.diagnostics} == {"V424", "V425", "V426"}


def test_a_question_names_the_clause_of_the_condition_that_asks() -> None:
    policy = Policy.from_text(
        'language 1\npolicy p { title en "P" zh "甲"; document law "law" dated 2023-01-01 }\n'
        "fact a : yes or no\nfact b : yes or no\nfact c : yes or no { cite law 五 }\n"
        "define d = b   cite law 四\n"
        "rule r {\n  cite law 一\n"
        "  eligible when all of {\n    a   cite law 二\n    d\n    c\n  }\n"
        "    except when a and not c   cite law 三\n}"
    )
    questions = policy.evaluate("r", {}, as_of=DAY).questions
    asked = {one.fact: [cited.clause for cited in one.citations] for one in questions}
    assert asked == {"a": ["二", "三"], "b": ["四"], "c": ["五"]}


# ---- interviews --------------------------------------------------------------------------------


def test_an_interview_takes_labels_and_leaves_earlier_steps_alone(plan: Policy) -> None:
    first = plan.interview("secondary_to_bachelor", as_of=DAY)
    assert first.question is not None and first.question.fact == "schooling_stage"
    second = first.answer("往届初中毕业")
    assert second.done and second.settled.outcome is Outcome.FAILS
    assert first.question.fact == "schooling_stage" and not first.answers
    with pytest.raises(FactError):
        first.answer("kindergarten")


def test_what_nobody_knows_is_not_asked_again(plan: Policy) -> None:
    step = plan.interview("secondary_to_bachelor", as_of=DAY)
    asked = []
    while step.question is not None:
        asked.append(step.question.fact)
        step = step.skip()
    assert len(asked) == len(set(asked)) >= 5
    assert step.done and not step.settled


def test_ask_runs_on_standard_input_and_explains_wrong_answers() -> None:
    said = "?\n应届初三\nmaybe\ny\n5000\n530分\n\n"
    arguments = ["shanghai-plan-14", "--rule", "secondary_to_bachelor", "--as-of", "2023-06-01"]
    result = CliRunner().invoke(ask, [*arguments, "--lang", "zh"], input=said)
    assert result.exit_code == 0, result.output
    assert "“maybe”不能作为回答" in result.output and "“5000”不能作为回答" in result.output
    assert "V4" not in result.output
    assert "各种回答的结果" in result.output and "暂无法判定" in result.output


def test_evaluate_adds_advice_where_it_is_asked_for(tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text('{"schooling_stage": "other_schooling"}', encoding="utf-8")
    arguments = ["shanghai-plan-14", "--facts", str(facts), "--rule", "secondary_to_bachelor"]
    arguments += ["--as-of", "2023-06-01", "--lang", "en"]
    plain, advised = (
        CliRunner().invoke(evaluate, [*arguments, *more]) for more in ([], ["--advice"])
    )
    assert "it would take" not in plain.output
    assert "it would take" in advised.output


def test_deciding_and_explaining_load_no_search() -> None:
    code = (
        "import sys, datetime; from vocpolicy import Policy\n"
        'p = Policy.from_text(\'language 1\\npolicy p { title en "P" }\\n'
        "fact a : yes or no\\nrule r { eligible when a }')\n"
        "p.evaluate('r', {'a': True}, as_of=datetime.date(2023, 6, 1))\n"
        "sys.exit(any(name.startswith(('vocpolicy.box', 'vocpolicy.explain')) "
        "for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_answers_about_a_list_lead_to_is_left_open() -> None:
    policy = rules(
        "entity stay { days : number, at least 0 }\nfact stays : list of stay\n"
        "rule r { eligible when total of stays.days is at least 10 }"
    )
    verdict = policy.evaluate("r", {}, as_of=DAY)
    assert [one.fact for one in verdict.questions] == ["stays"]
    assert "was not tried" in verdict.explain("en", advice=True)
    assert "未逐一推算" in verdict.explain("zh", advice=True)


@pytest.mark.parametrize(
    ("bound", "before", "after"),
    [
        ("less than 500 yuan", 600, Fraction("499.99")),
        ("more than 500 yuan", 1, Fraction("500.01")),
        ("at most 500 yuan", 600, Fraction(500)),
        ("less than 500 yuan", Fraction(1501, 3), Fraction("499.99")),
    ],
)
def test_a_change_of_money_goes_no_further_than_it_has_to(
    bound: str, before: Fraction, after: Fraction
) -> None:
    text = f"""language 1
policy p {{ title en "P" zh "甲" }}
fact income en "income" zh "收入" : yuan, at least 0 yuan
rule aid en "aid" zh "资助" {{ eligible when income is {bound} }}
"""
    verdict = Policy.from_text(text).evaluate("aid", {"income": before})
    ((change,),) = [one.changes for one in verdict.changes.alternatives]
    assert change.after == after

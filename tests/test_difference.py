"""What a new version of a policy says otherwise, and how each rule lies to the one before."""

from __future__ import annotations

import datetime
import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vocpolicy import Policy, UsageError
from vocpolicy.cli import main
from vocpolicy.difference import Difference, Relation, compare_rules
from vocpolicy.format import format_text

DAY = datetime.date(2024, 6, 1)
HEAD = """language 1
policy plan {
  title en "Plan" zh "规划"
  document law "Law 1"
  in force 2022-01-01 to 2025-12-31
}
kind teacher en "teacher" plural "teachers" zh "教师" counter "名"
fact score en "score" zh "总分" : points, between 0 points and 750 points, in steps of 0.5 points
fact expelled en "expelled" zh "被开除" : yes or no
fact skilled en "skilled" zh "双师型" : count of teacher, at most teachers
fact teachers en "teachers" zh "专任教师" : count of teacher, at least 1
fact wages en "wages" zh "工资" : yuan, at least 0 yuan
fact insurance en "insurance" zh "社保" : yuan, at least 0 yuan
"""


@cache
def policy(rules: str, head: str = HEAD) -> Policy:
    return Policy.from_text(head + rules)


def compared(old: str, new: str, name: str = "r") -> Relation:
    return compare_rules(policy(old).core, policy(new).core, name, DAY)


def said(found: Difference) -> list[tuple[str, str, str, str, str]]:
    return [(c.kind, c.name, c.part, c.old.get("en"), c.new.get("en")) for c in found.changes]


def facts(relation: Relation, place: int = 0) -> dict[str, object]:
    return dict(relation.moves[place].facts.values)


# ---- stricter, looser, neither -------------------------------------------------------------------

ELIGIBLE = "rule r { eligible when score is at least %s points%s }"


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        (ELIGIBLE % (520, ""), ELIGIBLE % (520, ""), "equivalent"),
        (ELIGIBLE % (520, ""), ELIGIBLE % (525, ""), "stricter"),
        (ELIGIBLE % (525, ""), ELIGIBLE % (520, ""), "looser"),
        (ELIGIBLE % (520, ""), ELIGIBLE % (520, " except when expelled"), "stricter"),
        (ELIGIBLE % (520, ""), ELIGIBLE % (510, " except when expelled"), "neither"),
        # Steps of half a point: nothing lies between.
        (
            "rule r { eligible when score is more than 519.5 points }",
            ELIGIBLE % (520, ""),
            "equivalent",
        ),
        # To be free of a duty is the better.
        (
            "rule r { required when score is less than 520 points }",
            "rule r { required when score is less than 525 points }",
            "stricter",
        ),
        # Another outcome that is no good news either.
        (
            "rule r { allowed when expelled; otherwise not allowed }",
            "rule r { applies when expelled; allowed when expelled; otherwise not allowed }",
            "neither",
        ),
    ],
)
def test_how_a_rule_lies_to_the_one_before(old: str, new: str, status: str) -> None:
    assert compared(old, new).status == status


def test_a_share_of_two_facts_is_settled_both_ways() -> None:
    rule = "rule r { satisfied when skilled / teachers is at least %s%% }"
    found = compared(rule % 60, rule % 65)
    assert (found.status, found.open) == ("stricter", frozenset())
    assert facts(found) == {"skilled": 60, "teachers": 100}


def test_a_sum_of_facts_is_settled_over_all_of_them() -> None:
    rule = "rule r { allowed when wages - insurance is at least %s yuan }"
    assert compared(rule % 3500, rule % 5000).status == "stricter"
    turned = "rule r { allowed when wages is at least insurance + 5000 yuan }"
    assert compared(rule % 5000, turned).status == "equivalent"


def test_a_witness_is_least_and_says_nothing_that_does_not_matter() -> None:
    found = compared(
        ELIGIBLE % (520, " except when expelled"), ELIGIBLE % (525, " except when expelled")
    )
    assert facts(found) == {"score": 520, "expelled": False}
    assert found.moves[0].old.wording("en") == "eligible"
    assert found.moves[0].new.wording("en") == "not eligible"


def test_each_statement_that_turns_outcomes_has_a_case_of_its_own() -> None:
    old = "rule a decides r { eligible when score is at least 520 points; otherwise not eligible }"
    new = (
        old.replace("520", "530") + "\nrule b decides r { overrides a; not eligible when expelled }"
    )
    found = compared(old, new)
    assert [facts(found, place) for place in (0, 1)] == [
        {"score": 520, "expelled": False},
        {"score": 530, "expelled": True},
    ]


# ---- values --------------------------------------------------------------------------------------

INSTEAD = "rule r {{ gives 8 yuan when score is at least 3 points; otherwise gives {other} }}"
SCALE = """define taxable = larger of (0 yuan, wages - insurance - {free} yuan)
rule r {{ gives round half up (marginal scale of taxable {{
  from 0 yuan = 3%
  from {start} yuan = 10%
}}) to 0.01 yuan }}"""


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        ("rule r { gives wages * 40% }", "rule r { gives wages * 50% }", "higher"),
        ("rule r { gives wages * 40% }", "rule r { gives wages * 0.4 }", "equivalent"),
        ("rule r { gives wages * 40% }", "rule r { gives wages * 30% + 100 yuan }", "mixed"),
        ("rule r { gives wages }", "rule r { gives larger of (wages, 100 yuan) }", "higher"),
        ("rule r { gives wages + insurance }", "rule r { gives insurance + wages }", "equivalent"),
        (SCALE.format(free=3500, start=1500), SCALE.format(free=5000, start=1500), "lower"),
        (SCALE.format(free=3500, start=1500), SCALE.format(free=3500, start=3000), "lower"),
        (SCALE.format(free=3500, start=1500), SCALE.format(free=3400, start=3000), "mixed"),
        ("rule r { gives 5 yuan }", "rule r { gives 5 yuan when not expelled }", "stricter"),
        (INSTEAD.format(other="wages"), INSTEAD.format(other="insurance"), "mixed"),
        (INSTEAD.format(other="wages"), INSTEAD.format(other="wages + 1 yuan"), "higher"),
        (INSTEAD.format(other="wages"), INSTEAD.format(other="wages * 1"), "equivalent"),
    ],
)
def test_how_a_value_lies_to_the_one_before(old: str, new: str, status: str) -> None:
    found = compared(old, new)
    assert (found.status, found.open) == (status, frozenset())


def test_a_value_is_shown_under_both() -> None:
    found = compared(SCALE.format(free=3500, start=1500), SCALE.format(free=5000, start=1500))
    assert facts(found) == {"wages": 10_000, "insurance": 0}
    assert [one.value for one in (found.moves[0].old, found.moves[0].new)] == [545, 395]


# ---- what is not settled -------------------------------------------------------------------------


def test_a_fact_of_another_type_is_not_settled_and_says_why() -> None:
    old = policy("rule r { holds when expelled }")
    new = policy(
        "rule r { holds when expelled is more than 0 yuan }",
        HEAD.replace('被开除" : yes or no', '被开除" : yuan'),
    )
    found = compare_rules(old.core, new.core, "r", DAY)
    assert (found.status, found.why) == ("not_settled", "types")
    text = old.diff(new, "r", DAY).describe("zh")
    assert "未能判明" in text
    assert "类型已改变" in text


def test_a_search_that_was_cut_short_says_so() -> None:
    rule = "rule r { allowed when wages * 2 is at least insurance * %s and expelled }"
    found = compare_rules(
        policy(rule % 3).core, policy(rule % 4).core, "r", DAY, budget=1, engine="box"
    )
    assert (found.status, found.why) == ("not_settled", "budget")
    assert found.open


CROSSED = (
    "rule r { gives larger of (wages, insurance * 2) * %s + smaller of (wages, insurance) * %s }"
)


def test_what_the_search_leaves_open_is_put_to_z3() -> None:
    pytest.importorskip("z3")
    old, new = policy(CROSSED % ("100%", "10%")).core, policy(CROSSED % ("120%", "0%")).core
    searched = compare_rules(old, new, "r", DAY, engine="box")
    assert (searched.status, searched.open) == ("not_settled", {"lower"})
    proved = compare_rules(old, new, "r", DAY)
    assert (proved.status, proved.open) == ("higher", frozenset())


# ---- facts that changed --------------------------------------------------------------------------

PLACES = (
    'choice place { here en "here" zh "本市", away en "away" zh "外地"%s }\nfact home : place\n'
)


def test_a_new_value_of_a_choice_is_left_out_and_told() -> None:
    old = policy(PLACES % "" + "rule r { eligible when home is here }")
    new = policy(
        PLACES % ', abroad en "abroad" zh "境外"' + "rule r { eligible when home is not away }"
    )
    found = old.diff(new, as_of=DAY)
    assert found.relation("r").status == "equivalent"
    assert ("choice", "place", "member", "", "abroad") in said(found)
    assert "Values that only one of the two has are left out: abroad." in found.describe("en")


def test_narrower_bounds_are_left_out_and_told() -> None:
    old = policy("rule r { eligible when score is at least 740 points }")
    new = policy(
        "rule r { eligible when score is at least 700 points }",
        HEAD.replace("750 points", "690 points"),
    )
    found = old.diff(new, as_of=DAY)
    assert found.relation("r").status == "equivalent"  # nobody can have so many
    assert any(one.part == "bounds" for one in found.changes)
    assert "what only one takes is left out: score" in found.describe("en")


def test_a_fact_with_another_name_is_the_same_where_that_is_certain() -> None:
    old = policy("rule r { eligible when score is at least 520 points except when expelled }")
    renamed = (
        HEAD + "rule r { eligible when score is at least 525 points except when expelled }"
    ).replace("expelled", "thrown_out", 1)
    new = Policy.from_text(renamed.replace("when expelled", "when thrown_out"))
    found = old.diff(new, as_of=DAY)
    changes = [(one.action, one.part, one.old.en, one.new.en) for one in found.changes]
    assert ("renamed", "name", "expelled", "thrown_out") in changes
    assert not any(one.part == "exception" for one in found.changes)
    move = found.relation("r").moves[0]
    assert set(move.old.facts.values) == {"score", "expelled"}
    assert set(move.new.facts.values) == {"score", "thrown_out"}


def test_a_fact_with_another_label_too_is_not_guessed() -> None:
    old = policy("rule r { eligible when expelled }")
    text = HEAD.replace('fact expelled en "expelled"', 'fact thrown_out en "thrown out"')
    new = policy("rule r { eligible when thrown_out }", text)
    actions = {(one.name, one.action) for one in old.diff(new, as_of=DAY).changes if not one.part}
    assert {("expelled", "removed"), ("thrown_out", "added")} <= actions


# ---- what is said otherwise ----------------------------------------------------------------------

OLD = """parameter line en "line" zh "分数线" : points {
  from 2022-01-01 = 520 points   cite law 二 "520"
}
rule admitted en "admitted" zh "录取" {
  cite law 三
  eligible when all of {
    score is at least line   cite law 三 "分数线"
    not expelled
  }
}
table fees decides fee en "fee" zh "收费" unique {
  | score                | fee     |
  | at least 600 points  | 0 yuan  |
  | less than 600 points | 50 yuan |
}
target share en "share of skilled teachers" zh "双师占比" {
  stock
  baseline 50% at 2021-12-31
  goal at least 60% by 2025-12-31   cite law 四 "60%"
  measure skilled / teachers
}
provision bank en "credit bank" zh "学分银行" { cite law 五; promote; hedged "逐步" }
"""
NEW = (
    OLD.replace("520", "525")
    .replace("not expelled", "score is less than 740 points")
    .replace("at least 600 points  | 0 yuan ", "at least 600 points  | 10 yuan")
    .replace("goal at least 60% by 2025-12-31", "goal at least 65% by 2024-12-31")
    .replace("share of skilled teachers", "skilled teachers, share")
    .replace("promote", "shall")
    .replace('四 "60%"', '四 "65%"')
)


def test_every_kind_of_change_is_told() -> None:
    found = policy(OLD).diff(policy(NEW), as_of=DAY)
    for row in (
        ("parameter", "line", "figure", "520 points", "525 points"),
        ("parameter", "line", "citation", "law 二 “520”", ""),
        ("rule", "admitted", "condition", "expelled: no", "score below 740 points"),
        ("table", "fees", "row", "0 yuan", "10 yuan"),
        ("target", "share", "label", "share of skilled teachers", "skilled teachers, share"),
        ("target", "share", "goal", "at least 60%", "at least 65%"),
        ("target", "share", "deadline", "2025-12-31", "2024-12-31"),
        ("provision", "bank", "verb", "promote", "shall"),
    ):
        assert row in said(found), said(found)
    line = next(one for one in found.changes if one.part == "figure")
    assert [one.clause for one in line.citations] == ["二"]
    assert line.figure
    assert str(line.span).startswith("<text>:")


def test_a_target_is_told_side_by_side() -> None:
    found = policy(OLD).diff(policy(NEW), "share", DAY)
    aspects = {one.part: one for one in found.relation("share").aspects}
    assert aspects["deadline"].status == "earlier"
    goal = aspects["goal"].search
    assert goal is not None
    assert [dict(move.facts.values) for move in goal.moves] == [{"skilled": 60, "teachers": 100}]
    text = found.describe("en")
    assert "Deadline: earlier (2025-12-31 → 2024-12-31)" in text
    assert "Goal: stricter, such as" in text


def test_targets_are_judged_before_either_deadline_has_passed() -> None:
    found = policy(OLD).diff(policy(NEW), "share", "2025-12-31").relation("share")
    assert found.status == "stricter"
    assert {move.old.as_of for move in found.moves} == {datetime.date(2024, 12, 31)}
    assert "met→behind" in {move.way for move in found.moves}


def test_only_what_is_asked_for_and_what_it_rests_on_is_told() -> None:
    found = policy(OLD).diff(policy(NEW), "admitted", DAY)
    assert {one.name for one in found.changes} == {"line", "admitted"}
    assert [one.name for one in found.relations] == ["admitted"]


def test_a_table_is_asked_for_by_its_name() -> None:
    found = policy(OLD).diff(policy(NEW), "fees", DAY)
    assert [(one.name, one.status) for one in found.relations] == [("fee", "higher")]


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        policy(OLD).diff(policy(NEW), "admited", DAY)
    assert "admitted" in caught.value.render("en")


def test_what_came_and_what_went() -> None:
    found = policy(OLD).diff(
        policy(OLD.replace("provision bank", "provision bank_of_credits")), as_of=DAY
    )
    assert [(one.action, one.name) for one in found.changes if one.kind == "provision"] == [
        ("renamed", "bank_of_credits")
    ]
    gone = OLD[: OLD.index("provision")]
    found = policy(OLD).diff(policy(gone), as_of=DAY)
    assert found.relation("bank").status == "removed"
    assert policy(gone).diff(policy(OLD), as_of=DAY).relation("bank").status == "added"


def test_the_same_rules_in_the_other_language_differ_in_nothing() -> None:
    text = HEAD + OLD
    chinese = format_text(text, keywords="zh")
    found = Policy.from_text(text).diff(Policy.from_text(chinese), as_of=DAY)
    assert not found.differs
    assert {one.status for one in found.relations} == {"equivalent"}


# ---- days ----------------------------------------------------------------------------------------

DATED = """parameter line : points { from 2022-01-01 = 520 points; from 2024-01-01 = 530 points }"""


def test_one_policy_on_two_days() -> None:
    rules = DATED + "\nrule r { eligible when score is at least line }"
    found = policy(rules).diff_days("2023-12-31", "2024-01-01")
    assert found.relation("r").status == "stricter"
    assert ("parameter", "line", "figure", "520 points", "530 points") in said(found)
    assert not policy(rules).diff_days("2022-06-01", "2023-06-01").differs


def test_ages_do_not_count_as_a_difference_of_two_days() -> None:
    rules = """fact born : date
rule r { eligible when whole years between born and today is at least 18 years }
"""
    assert not policy(rules).diff_days("2023-01-01", "2024-01-01").differs


def test_policies_of_two_periods_are_read_each_on_its_own_last_day() -> None:
    rules = "rule r { eligible when score is at least %s points }"
    later = HEAD.replace("2022-01-01 to 2025-12-31", "2026-01-01 to 2030-12-31")
    found = policy(rules % 520).diff(policy(rules % 525, later))
    assert found.days.old == datetime.date(2025, 12, 31)
    assert found.days.new == datetime.date(2030, 12, 31)
    assert found.relation("r").status == "stricter"


def test_a_repealed_rule_is_a_difference() -> None:
    base = policy("rule r decides admitted { eligible when expelled }")
    notice = """language 1
policy notice { title en "Notice" zh "通知"; amends plan; document n "N"; in force 2024-01-01 }
repeal r from 2024-01-01   cite n 一
"""
    amended = Policy.from_text(notice, "<notice>", base)
    found = base.diff(amended)
    assert found.relation("admitted").status == "stricter"
    assert next(one.way for one in found.relation("admitted").moves).startswith(
        "eligible→not_applicable"
    )


# ---- the command ---------------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", *arguments])


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, str]:
    paths = tmp_path / "old.vocp", tmp_path / "new.vocp"
    for path, rules in zip(paths, (OLD, NEW), strict=True):
        path.write_text(HEAD + rules, encoding="utf-8")
    return str(paths[0]), str(paths[1])


def test_exit_codes(two: tuple[str, str], tmp_path: Path) -> None:
    assert run(two[0], two[0]).exit_code == 0
    assert run(*two).exit_code == 1
    assert run(two[0]).exit_code == 2
    assert run(two[0], str(tmp_path / "none.vocp")).exit_code == 2
    broken = tmp_path / "broken.vocp"
    broken.write_text("rule {", encoding="utf-8")
    assert run(two[0], str(broken)).exit_code == 3


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_every_form(two: tuple[str, str], form: str, lang: str) -> None:
    result = run(*two, "--format", form, "--lang", lang, "--as-of", "2024-06-01")
    assert result.exit_code == 1, result.output
    if form == "json":
        data = json.loads(result.output)
        statuses = {one["name"]: one["status"] for one in data["relations"]}
        assert statuses == {
            "admitted": "neither",
            "fee": "higher",
            "share": "stricter",
            "bank": "equivalent",
        }
    else:
        assert ("更严" if lang == "zh" else "STRICTER") in result.output


def test_an_amendment_is_loaded_on_top_of_what_it_amends() -> None:
    folder = Path(__file__).parents[1] / "examples" / "wage-tax"
    result = run(str(folder / "law"), str(folder / "notice"), "--lang", "en")
    assert result.exit_code == 1
    assert "LOWER  Tax of the month" in result.output
    assert "In no case is the value higher." in result.output


LINES = """parameter floor en "floor" zh "分数线" : points {
  from 2022-01-01 = 500 points
  from 2023-01-01 = %s points
  from 2025-01-01 = 530 points
}
rule r { eligible when score is at least floor }"""


def test_a_figure_that_is_no_longer_in_force_is_compared_while_it_was() -> None:
    found = policy(LINES % 510).diff(policy(LINES % 520))
    relation = found.relation("r")
    assert (relation.status, relation.as_of) == ("stricter", datetime.date(2024, 12, 31))
    assert relation.moves[0].old.as_of == datetime.date(2024, 12, 31)
    assert "2024-12-31" in found.describe("en") and "2024年12月31日" in found.describe("zh")
    assert found.to_dict()["relations"][0]["as_of"] == "2024-12-31"
    asked = policy(LINES % 510).diff(policy(LINES % 520), as_of=datetime.date(2025, 6, 1))
    assert asked.relation("r").status == "equivalent"


def test_values_that_more_cases_have_are_told_apart_from_higher_ones() -> None:
    rule = "rule r { gives wages * %s when score is at least %s points; otherwise not applicable }"
    found = policy(rule % ("10%", 500)).diff(policy(rule % ("20%", 400)), as_of=DAY)
    assert found.relation("r").status == "mixed"
    assert "没有情形使数值更低" in found.describe("zh")
    assert "没有情形使数值更高" not in found.describe("zh")


def test_a_register_is_judged_on_the_day_on_which_its_rule_is_compared() -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"score": [515, 600]})
    found = policy(LINES % 510).diff(policy(LINES % 520), frame=frame)
    assert found.register is not None
    assert [(one.name, one.changed, one.total) for one in found.register] == [("r", 1, 2)]

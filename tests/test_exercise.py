"""What the cases of a policy exercise of its rules, and what they leave untried."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from vocpolicy import Outcome, Policy, UsageError, shipped
from vocpolicy.cli import main
from vocpolicy.exercise import coverage, missing_cases, mutate, raw_facts
from vocpolicy.exercise.variants import held, mutants

EXAMPLES = Path(__file__).parent.parent / "examples"

RULES = """language 1
policy entry {
  title zh "报考" en "Entry"
  document law "Law 1"
  in force 2023-01-01 to 2024-12-31
}
kind school en "school" plural "schools" zh "学校" counter "所"
fact score zh "总分" en "score" : points, between 0 points and 750 points, in steps of 0.5 points
fact resident zh "本市" en "resident" : yes or no
fact expelled zh "开除" en "expelled" : yes or no
fact schools zh "学校" en "schools" : count of school, at least 1
fact digital zh "数字化学校" en "digital schools" : count of school, at most schools
rule conditions decides entry zh "资格" en "entry" {
  cite law 1
  eligible when all of {
    score is at least 520 points   cite law 2 "520"
    resident
  }
    except when expelled   because zh "受处分" en "under a penalty"
}
rule mostly zh "多数" en "mostly" {
  cite law 3
  holds when digital / schools is at least 50%
}
"""


def case(title: str, given: str, expect: str) -> str:
    return f'case "{title}" {{\n  today 2023-06-01\n  given {given}\n  expect {expect}\n}}\n'


HIGH = "score = 520 points, resident = yes, expelled = no"
ENTRY = (
    case("in", HIGH, "entry is eligible"),
    case("low", HIGH.replace("520", "519.5"), "entry is not eligible"),
    case("away", HIGH.replace("yes", "no"), "entry is not eligible"),
    case("expelled", HIGH.replace("expelled = no", "expelled = yes"), "entry is not eligible"),
)
MOSTLY = (
    case("half", "schools = 20, digital = 10", "mostly is holds"),
    case("less", "schools = 100, digital = 49", "mostly is not holds"),
)


def policy(*cases: str) -> Policy:
    return Policy.from_text(RULES + "".join(cases))


# ---- coverage ----------------------------------------------------------------------------------


def test_every_condition_is_owed_twice() -> None:
    found = coverage(policy().core)
    assert len(found.obligations) == 2 * 4
    assert {one.status for one in found.obligations} == {"missing"}
    assert not found.complete


def test_cases_that_decide_each_condition_cover_them() -> None:
    found = coverage(policy(*ENTRY, *MOSTLY).core)
    assert found.complete
    by = {(one.condition, one.truth): one.case for one in found.obligations}
    assert by["score is at least 520 points", False] == "low"
    assert by["expelled", True] == "expelled"


@pytest.mark.parametrize("left_out", range(len(ENTRY)))
def test_the_case_that_is_missing_is_named(left_out: int) -> None:
    kept = [*ENTRY[:left_out], *ENTRY[left_out + 1 :]]
    made = policy(*kept)
    missing = coverage(made.core, ["entry"]).of("missing")
    assert missing
    for one in missing:
        assert one.facts is not None
        facts = raw_facts(made.core, "entry", one.facts)
        wanted = "eligible" if left_out == 0 else "not_eligible"
        assert made.evaluate("entry", facts, one.day).wording_key == wanted


def test_a_condition_that_cannot_decide_is_not_owed() -> None:
    text = RULES.replace("    resident\n", "    resident\n    score is at least 400 points\n")
    found = coverage(Policy.from_text(text).core, ["entry"])
    (one,) = found.of("impossible")
    assert (one.condition, one.truth) == ("score is at least 400 points", False)


def test_missing_cases_are_cases_that_cover() -> None:
    made = policy(ENTRY[0])
    text = missing_cases(coverage(made.core))
    assert text.count("to be confirmed") >= 4
    whole = Policy.from_text(RULES + ENTRY[0] + text.replace("language 1\n", ""))
    assert [one.describe() for one in whole.test() if not one.passed] == []
    assert coverage(whole.core).complete
    assert missing_cases(coverage(whole.core)) == ""


def test_names_are_checked() -> None:
    with pytest.raises(UsageError, match="entrie"):
        coverage(policy().core, ["entrie"])


# ---- mutants -----------------------------------------------------------------------------------


def test_each_kind_of_mistake_is_made() -> None:
    text = RULES.replace("except when expelled", "except when any of {\nexpelled\nresident\n}")
    kinds = {one.kind for one in mutants(Policy.from_text(text).core)}
    assert kinds == {
        "bound_up",
        "bound_down",
        "strictness",
        "exception_dropped",
        "any_for_all",
        "all_for_any",
        "ratio_swapped",
    }


def test_mistakes_are_noticed_or_shown() -> None:
    found = mutate(policy(*ENTRY[:2]).core, ["entry"])
    status = {one.variant.kind: one.status for one in found.mutations}
    assert status["strictness"] == status["bound_up"] == status["bound_down"] == "noticed"
    assert status["any_for_all"] == "noticed"
    assert status["exception_dropped"] == "unnoticed"
    assert 0 < found.score < 1
    for one in found.of("unnoticed"):
        assert one.facts is not None
        assert one.day is not None
        facts = raw_facts(found.policy, "entry", one.facts)
        changed = Policy(one.variant.policy).evaluate("entry", facts, one.day)
        assert changed.outcome is not Policy(found.policy).evaluate("entry", facts, one.day).outcome


def test_all_mistakes_noticed() -> None:
    found = mutate(policy(*ENTRY, *MOSTLY).core)
    assert found.score == 1, [one.variant.span.text for one in found.of("unnoticed")]


def test_a_mistake_in_what_a_count_is_of_is_no_equivalent() -> None:
    text = """language 1
policy prizes { title en "Prizes" zh "奖励" }
entity award zh "奖" en "award" { points zh "分" en "points" : points, at least 0 points }
fact awards zh "奖项" en "awards" : list of award
define good for award zh "好" en "good" = points is at least 10 points
rule entry zh "录取" en "entry" { eligible when count of awards where good is at least 1 }
"""
    found = mutate(Policy.from_text(text).core)
    of_good = [one for one in found.mutations if "points" in one.variant.span.text]
    assert len(of_good) == 3
    assert "equivalent" not in {one.status for one in of_good}


def test_what_changes_nothing_does_not_count() -> None:
    text = RULES.replace("    resident\n", "    resident\n    score is at least 400 points\n")
    found = mutate(Policy.from_text(text + "".join(ENTRY)).core, ["entry"])
    unchanged = [one for one in found.mutations if one.status == "equivalent"]
    assert {one.variant.kind for one in unchanged} == {"bound_up", "bound_down", "strictness"}
    assert found.score == 1


def test_a_parameter_is_seen_through_the_rules_that_use_it() -> None:
    parameter = """parameter line zh "线" en "line" : points {
  from 2022-01-01 = 510 points   cite law 5
  from 2023-01-01 = 520 points   cite law 6
}
"""
    text = RULES.replace("at least 520 points", "at least line") + parameter
    (*_, up, down) = mutate(Policy.from_text(text).core, ["line"]).mutations
    assert (up.observed, up.status, down.observed, down.status) == ("entry", "unnoticed") * 2
    assert up.facts is not None
    assert up.facts.values["score"] == 520
    found = mutate(Policy.from_text(text + "".join(ENTRY)).core, ["line"])
    assert [one.status for one in found.mutations] == ["equivalent"] * 2 + ["noticed"] * 2


def test_the_policy_itself_stays_as_it_is() -> None:
    made = policy(*ENTRY)
    for one in (*mutants(made.core), *(two for pair in held(made.core) for two in pair)):
        assert one.policy is not made.core
        assert one.policy != made.core
    assert all(one.passed for one in made.test())


# ---- the plan ----------------------------------------------------------------------------------


def test_the_plan_is_covered_and_its_mistakes_are_noticed() -> None:
    plan = shipped("shanghai-plan-14")
    began = time.process_time()
    found = coverage(plan.core)
    mutated = mutate(plan.core)
    assert time.process_time() - began < 20
    assert len(found.of("covered")) >= 120
    assert found.complete
    assert mutated.counted >= 100
    assert mutated.score == 1


# ---- commands ----------------------------------------------------------------------------------


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(args))
    return result.exit_code, result.output


@pytest.fixture
def path(tmp_path: Path) -> str:
    folder = tmp_path / "policy"
    folder.mkdir()
    (folder / "rules.vocp").write_text(RULES + "".join(ENTRY[:3]), encoding="utf-8")
    return str(folder)


def test_coverage_command(path: str) -> None:
    code, text = run("test", path, "--coverage", "--lang", "en")
    assert code == 0
    assert "Conditions decided by cases (MC/DC): 5 of 8" in text
    assert "no case is decided by this being true: expelled" in text
    _, zh = run("test", path, "--coverage", "--lang", "zh")
    assert "没有用例因下列条件成立而得出结果：expelled" in zh
    _, data = run("test", path, "--coverage", "--format", "json")
    told = json.loads(data)["coverage"]
    assert (told["obligations"], told["covered"], told["missing"]) == (8, 5, 3)
    lacking = [one for one in told["conditions"] if one["status"] == "missing"]
    assert lacking[0]["missing_case"]["facts"]["expelled"] is True


def test_mutate_command(path: str) -> None:
    code, text = run("mutate", path, "entry", "--lang", "en")
    assert code == 1
    assert "exception left out" in text
    assert run("mutate", path, "entry", "--lang", "en", "--least", "50")[0] == 0
    _, data = run("mutate", path, "--format", "json")
    told = json.loads(data)
    assert told["noticed"] < told["mutants"] == len(told["changes"])


def test_write_cases_command(path: str, tmp_path: Path) -> None:
    out = tmp_path / "more.vocp"
    assert run("write-cases", path, "-o", str(out))[0] == 0
    assert run("write-cases", path, "-o", str(out))[0] != 0  # confirmed work is never lost
    out.rename(Path(path) / "more.vocp")
    again = Policy.load(path)
    assert all(one.passed for one in again.test())
    assert coverage(again.core).complete


def test_reserved_names_are_written_in_backquotes() -> None:
    text = RULES.replace("fact resident", "fact `from`").replace("    resident\n", "    `from`\n")
    made = Policy.from_text(text)
    whole = text + missing_cases(coverage(made.core)).replace("language 1\n", "")
    assert coverage(Policy.from_text(whole).core).complete


def test_examples_lose_nothing() -> None:
    for folder in ("annual-leave", "income-tax", "maternity-pay"):
        found = coverage(Policy.load(EXAMPLES / folder).core)
        for one in found.of("missing"):
            assert one.facts is not None
            facts = raw_facts(found.policy, one.observed, one.facts)
            held_at = Policy(one.held.policy).evaluate(one.observed, facts, one.day)
            as_is = Policy(found.policy).evaluate(one.observed, facts, one.day)
            assert (as_is.wording_key, as_is.value) != (held_at.wording_key, held_at.value)
            assert as_is.outcome is not Outcome.UNDETERMINED
    assert date(2023, 6, 1) in {one.day for one in coverage(policy(*ENTRY).core).of("missing")}

"""A planted fault of each kind is found by each engine that looks for it, and its clean twin is
clean; what the checker already refuses cannot be planted."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from vocpolicy import Policy, core
from vocpolicy.analysis import Finding, Report
from vocpolicy.analysis.asked import Ground, condition
from vocpolicy.analysis.engines import engine_named
from vocpolicy.analysis.questions import ask
from vocpolicy.core.walk import type_of, within
from vocpolicy.diagnostics import PolicyError
from vocpolicy.keywords import HIT_POLICIES
from vocpolicy.outcome import Outcome

pytest.importorskip("z3")

ROOT = Path(__file__).parents[1]
FAULTY, SOUND = (ROOT / "examples" / name for name in ("faulty", "sound"))
ENGINES = ("box", "z3", "auto")
DAY = datetime.date(2023, 6, 1)

HEAD = """language 1
policy p { title en "P" zh "甲" }
choice shade { red, blue, green }
kind school zh "学校" en "school" plural "schools" counter "所"
fact a : yes or no
fact tone : shade
fact score : points, between 0 points and 100 points, in steps of 1 points
fact schools : count of school, between 1 school and 50 schools
fact digital : count of school, at most schools
fact rural : count of school, at most schools
"""


def report(text: str, names: str | list[str], engine: str) -> Report:
    return Policy.from_text(HEAD + text).check(names, DAY, engine=engine)


def violated(text: str, name: str, engine: str) -> list[Finding]:
    found = report(text, name, engine)
    assert not found.of("not_settled")
    return list(found.of("violated"))


# ---- the files with a fault of every kind --------------------------------------------------------


def told(found: Report) -> set[tuple[object, ...]]:
    """What is wrong, where, and the case that shows it."""
    return {
        (one.name, one.rules, str(one.span), one.reading, one.message.en, repr(one.witness))
        for one in found.of("violated")
    }


@pytest.mark.parametrize("engine", ["z3", "auto"])
def test_every_engine_finds_the_same_faults(engine: str) -> None:
    policy = Policy.load(FAULTY)
    found = policy.check(engine=engine)
    assert told(found) == told(policy.check(engine="box"))
    assert not found.of("not_settled")


@pytest.mark.parametrize("engine", ENGINES)
def test_the_clean_twin_is_clean(engine: str) -> None:
    found = Policy.load(SOUND).check(engine=engine)
    assert {one.status for one in found.findings} == {"holds"}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_plan_is_settled_whole(engine: str) -> None:
    plan = Policy.shipped("shanghai-plan-14")
    found = plan.check(engine=engine)
    assert not found.of("not_settled")
    assert told(found) == told(plan.check(engine="box"))


# ---- tables, by every hit policy -----------------------------------------------------------------

TABLE = """
table t decides fee en "fee" {policy} {{
  | tone          | score        | fee    |
  | red           | >= 60 points | 1 yuan |
  | red           | < {low} points | 2 yuan |
  | in (blue, green) | -         | 3 yuan |
}}
"""


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("policy", [word.en[0] for word in HIT_POLICIES])
def test_gaps_are_found_under_every_hit_policy(policy: str, engine: str) -> None:
    written = f"{policy} sum" if policy == "collect" else policy
    if policy == "priority":
        pytest.skip("goes by the order of a choice, which a sum of money has not")
    (gap,) = violated(TABLE.format(policy=written, low=50), "no_gap", engine)
    assert {name: one.value for name, one in gap.witness.items()}["tone"] == "red"
    assert not violated(TABLE.format(policy=written, low=60), "no_gap", engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("policy", "found"), [("unique", 1), ("any", 1), ("first", 0)])
def test_overlaps_are_faults_where_rows_may_not_meet(policy: str, found: int, engine: str) -> None:
    overlapping = TABLE.format(policy=policy, low=70)
    assert len(violated(overlapping, "no_overlap", engine)) == found
    assert not violated(TABLE.format(policy=policy, low=60), "no_overlap", engine)


PRIORITY = """
choice rank { top, low }
table t decides r priority {
  | a   | tone | r   |
  | yes | -    | low |
  | -   | SHADE | top |
}
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_that_never_count(engine: str) -> None:
    (masked,) = violated(PRIORITY.replace("SHADE", "-"), "no_masked_row", engine)
    assert "Row 1" in masked.message.en
    assert not violated(PRIORITY.replace("SHADE", "red"), "no_masked_row", engine)


# ---- goals ---------------------------------------------------------------------------------------

GOALS = """
target whole {{ stock; goal at most 40 schools by end of 2025 cite law 1; measure schools }}
target first {{ stock; goal at least 25 schools by end of 2025; measure digital }}
target second {{ stock; goal at least 25 schools by end of 2025; measure rural }}
target neither {{
  stock
  goal at least {rest} schools by end of 2025
  measure schools - digital - rural
}}
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_goals_that_exclude_each_other_only_together(engine: str) -> None:
    """Any three of the four can be reached; the least set names those that have a part in it."""
    text = GOALS.replace("cite law 1;", ";").format(rest=0)
    found = violated(text, "targets_compatible", engine)
    assert [one.rules for one in found] == [("whole", "first", "second", "neither")]
    assert "“whole”, “first”, “second”, “neither”" in found[0].message.en
    assert "、" in found[0].message.zh
    assert not violated(text.replace("at most 40", "at most 50"), "targets_compatible", engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_goal_that_has_no_part_in_it_is_not_named(engine: str) -> None:
    text = GOALS.replace("cite law 1;", ";").format(rest=0)
    text += "target bystander { stock; goal at least 10 schools by end of 2025; measure schools }\n"
    (found,) = violated(text, "targets_compatible", engine)
    assert "bystander" not in found.rules


@pytest.mark.parametrize("engine", ENGINES)
def test_goals_on_facts_that_bounds_tie_together(engine: str) -> None:
    text = """
target many { stock; goal at least 30 schools by end of 2025; measure digital }
target few { stock; goal at most 20 schools by end of 2025; measure schools }
"""
    (found,) = violated(text, "targets_compatible", engine)
    assert found.rules == ("many", "few")
    assert not violated(text.replace("at most 20", "at most 30"), "targets_compatible", engine)


# ---- what the checker refuses --------------------------------------------------------------------

REFUSED = {
    "V301": (
        "rule r { allowed when score is at least schools }",
        "rule r { allowed when score is at least 60 points }",
    ),
    "V201": ("rule r { allowed when socre is at least 60 points }", "rule r { allowed when a }"),
    "V207": (
        "define one = two\ndefine two = one\nrule r { allowed when one is 1 }",
        "define one = 2\ndefine two = one\nrule r { allowed when two is 1 }",
    ),
    "V310": (
        "rule r { allowed when schools / digital is at least 2 }",
        "rule r { allowed when digital / schools is at most 50% }",
    ),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_mean_anything_is_no_policy(code: str) -> None:
    wrong, mended = REFUSED[code]
    with pytest.raises(PolicyError) as error:
        Policy.from_text(HEAD + wrong)
    assert code in [one.code for one in error.value.diagnostics]
    assert Policy.from_text(HEAD + mended).core.rules


STATIC = {"unit": "V301", "name": "V201", "cycle": "V207", "zero": "V310"}


@pytest.mark.parametrize("name", STATIC)
def test_a_file_for_each_fault_that_does_not_compile(name: str) -> None:
    path = ROOT / "examples" / "faulty-static" / f"{name}.vocp"
    with pytest.raises(PolicyError) as error:
        Policy.load(path)
    assert [one.code for one in error.value.diagnostics] == [STATIC[name]]
    lines = path.read_text("utf-8").splitlines()
    place = next(at for at, line in enumerate(lines) if "# mended: " in line)
    lines[place : place + 2] = [lines[place].replace("# mended: ", "")]
    assert Policy.from_text("\n".join(lines)).core.rules


def divisors(policy: core.Policy) -> Iterator[core.Expr]:
    """What is divided by where nothing is said of zero."""
    goals = [body for one in policy.targets.values() for body in one.bodies.values()]
    exprs = [part.value for body in goals for part in body.components]
    exprs += [one.value for made in policy.definitions.values() for one in made.values]
    bodies = [rule.bodies[rule.in_use] for rule in policy.rules.values()]
    exprs += [line.condition for body in bodies for line in body.statements if line.condition]
    for expr in within(*exprs):
        if isinstance(expr, core.Divide) and expr.if_zero is None:
            yield expr.right


@pytest.mark.parametrize("engine", ["box", "z3"])
def test_nothing_is_ever_divided_by_zero(engine: str) -> None:
    """What the checker has proved by signs and bounds, both engines prove again."""
    plan = Policy.shipped("shanghai-plan-14").core
    day = plan.period.end or DAY
    asked = list(divisors(plan))
    assert len(asked) > 5
    for right in asked:
        zero = core.Const(Fraction(0), type_of(right))
        ground = Ground(plan.on(day), day, engine=engine_named(engine))
        assert ask(ground, condition(core.Compare("at_most", right, zero))).never


# ---- cases that show it --------------------------------------------------------------------------

READINGS = """
rule often zh "常去" en "often" {
  reading strict in use en "strict" zh "严" { allowed when score is at least 60 points and a }
  reading lax en "lax" zh "宽" { allowed when score is at least LINE points and a }
}
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_where_readings_part_both_verdicts_replay(engine: str) -> None:
    text = READINGS.replace("LINE", "50")
    (found,) = violated(text, "readings_agree", engine)
    facts = {name: one.value for name, one in found.witness.items()}
    policy = Policy.from_text(HEAD + text)
    case = {"a": facts["a"], "score": f"{facts['score']} points"}
    outcomes = [policy.evaluate("often", case, DAY, one).outcome for one in ("strict", "lax")]
    assert outcomes == [Outcome.FAILS, Outcome.HOLDS]
    assert not violated(READINGS.replace("LINE", "60"), "readings_agree", engine)


STAGES = """language 1
policy p { title en "P" zh "甲" }
kind teacher en "teacher" plural "teachers" zh "教师" counter "名"
fact teachers : count of teacher, at least 1 teacher
fact qualified : count of teacher, at most teachers
fact young : count of teacher, at least 1 teacher, at most teachers
fact old : count of teacher, at least 1 teacher, at most teachers
fact young_qualified : count of teacher, at most young, at most qualified
fact old_qualified : count of teacher, at most old, at most qualified
rule enough en "enough" zh "足够" {
  reading whole in use en "of all" zh "总体" { satisfied when qualified / teachers is at least 65% }
  reading parts en "of each part" zh "分别" {
    satisfied when young_qualified / young is at least 65% and old_qualified / old is at least 65%
  }
}
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_parts_come_to_no_more_than_their_whole(engine: str) -> None:
    """Each part alone is no more than the whole by its bounds; together they might be."""
    policy = Policy.from_text(STAGES)
    (finding,) = policy.check("readings_agree", engine=engine).of("violated")
    many = {name: int(str(one.value)) for name, one in finding.witness.items()}
    assert many["young_qualified"] + many["old_qualified"] <= many["qualified"]
    assert many["young"] + many["old"] <= many["teachers"]


READ_IN_LIST = """language 1
policy p { title en "P" zh "甲"
  reading strict in use
  reading lax
}
entity pupil { marks : points, between 0 points and 100 points, in steps of 1 points }
fact pupils : list of pupil
parameter line : points {
  reading strict { from 2021 = 60 points }
  reading lax { from 2021 = LINE points }
}
rule full {
  reading strict { allowed when every one of pupils satisfies (marks is at least line) }
  reading lax { allowed when every one of pupils satisfies (marks is at least line) }
}
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_made_of_a_list_is_read_under_the_reading_taken(engine: str) -> None:
    """The same words about the members of a list, and another figure under each reading."""
    policy = Policy.from_text(READ_IN_LIST.replace("LINE", "50"))
    (found,) = policy.check("readings_agree", DAY, engine=engine).findings
    assert found.status == "violated"
    marks = [one["marks"] for one in found.witness["pupils"].value]
    assert any(50 <= int(one) < 60 for one in marks)


RISES_IN_LIST = """
entity pupil { marks : points, between 0 points and 100 points, in steps of 1 points }
fact pupils : list of pupil
rule outdone { allowed when every one of pupils satisfies (marks is at least score) }
rule first { allowed when every one of pupils satisfies (marks is less than score) }
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_made_of_a_list_changes_with_a_fact_that_it_reads(engine: str) -> None:
    found = report(RISES_IN_LIST, ["monotone:score:up"], engine)
    statuses = {one.rules[0]: one.status for one in found.findings}
    assert statuses["outdone"] != "holds"

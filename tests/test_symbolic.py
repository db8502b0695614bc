"""Proofs: what has terms, what they mean at their edges, and what they settle."""

from __future__ import annotations

import datetime
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner

from vocpolicy import Policy
from vocpolicy.analysis import Finding, Report
from vocpolicy.cli import main
from vocpolicy.diagnostics import MissingExtraError, UsageError
from vocpolicy.interpreter import dates
from vocpolicy.outcome import Outcome

pytest.importorskip("z3")

from vocpolicy.symbolic.calendar import CYCLE_DAYS, CYCLE_MONTHS, SLACK

DAY = datetime.date(2023, 6, 1)
HEAD = """language 1
policy p { title en "P" zh "甲" MORE }
choice colour { red, blue, green }
fact a : yes or no
fact shade : colour
fact tint : colour or none
fact name : text
fact score : points, between 0 points and 100 points, in steps of 1 points
fact whole : number, between 1 and 1000, in steps of 1
fact part : number, at least 0, at most whole, in steps of 1
fact born : date
fact hired : date, at least born
"""


def report(text: str, name: str, engine: str = "z3", more: str = "") -> Report:
    policy = Policy.from_text(HEAD.replace("MORE", more) + text)
    return policy.check(name, DAY, engine=engine)


def statuses(text: str, name: str, engine: str = "z3", more: str = "") -> dict[str, str]:
    return {one.rules[0]: one.status for one in report(text, name, engine, more).findings}


def values(finding: Finding) -> dict[str, object]:
    return {name: one.value for name, one in finding.witness.items()}


def test_analysis_loads_z3_only_where_it_is_asked() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, vocpolicy.analysis, vocpolicy.cli\nprint('z3' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"


# ---- the calendar --------------------------------------------------------------------------------


def test_months_are_never_further_from_their_average_than_said() -> None:
    draw = random.Random(0)
    for _ in range(3000):
        start = datetime.date.fromordinal(draw.randint(366, 3_600_000))
        months = draw.choice((draw.randint(1, 40), draw.randint(1, 6000)))
        for month_end in ("down", "up"):
            end = dates.add_months(start, months, month_end)
            assert end is not None
            days = (end - start).days
            assert abs(days * CYCLE_MONTHS - months * CYCLE_DAYS) <= SLACK or end.year == 9999


BETWEEN = """
rule grown {{ allowed when {one} }}
rule other {{ allowed when {one} and {two} }}
"""
TWO_YEARS = "whole months between born and hired >= 24 months"


@pytest.mark.parametrize(
    ("one", "two", "possible"),
    [
        ("whole years between born and today >= 18 years", "born > 2005-06-01", False),
        ("whole years between born and today >= 18 years", "born >= 2005-06-01", True),
        ("whole months between born and today is 7 months", "born is 2022-11-01", True),
        ("whole months between born and today is 7 months", "born is 2022-11-02", False),
        (TWO_YEARS, "days between born and hired < 730 days", False),
        (TWO_YEARS, "days between born and hired <= 730 days", True),
        ("whole years between born and hired is 3 years", "hired < 2000-01-01", True),
        ("born + 6 months < hired", "days between born and hired <= 182 days", True),
        ("born + 6 months < hired", "days between born and hired < 182 days", False),
        ("born + 30 days is hired and born < 9000-01-01", "born + 31 days <= hired", False),
        ("born - 1 months is 2023-02-28", "born > 2023-03-28", True),
        ("born - 1 months is 2023-02-28", "born > 2023-03-31", False),
    ],
)  # fmt: skip
def test_the_calendar_is_that_of_the_interpreter(one: str, two: str, possible: bool) -> None:
    found = statuses(BETWEEN.format(one=one, two=two), "no_dead_rule")
    assert found["grown"] == "holds"
    assert found["other"] == ("holds" if possible else "violated")


# ---- at the edges of meaning ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "possible"),
    [
        ("tint is none and tint is red", False),
        ("tint is none", True),
        ("tint is not none and tint is not red and tint is not blue and tint is not green", False),
        ("shade is not red and shade is not blue and shade is not green", False),
        ('name is "甲" and name is "乙"', False),
        ('name is not "甲" and name is not "乙"', True),
        ("part / whole is more than 1", False),
        ("part / whole is at least 1 and part is not whole", False),
        ("part / whole is 1/3 and whole is more than 997", True),
        ("part / whole is 1/3 and whole is more than 999", False),
        ("part / whole > 66.6% and part / whole < 66.61%", True),
        ("score is at least 49.5 points and score is less than 50 points", False),
        ("(score / (part - part) if zero 7 points) is 7 points", True),
        ("(score / (part - part) if zero 7 points) is 8 points", False),
        ("(score / (part - 3) if zero 7 points) is less than 0 points", True),
        ("(score / (part - 3) if zero 7 points) is 7 points and part is not 3", True),
        ("(score / (part - 3) if zero 101 points) > 100 points and part is not 3", False),
        ("round half even (score / 2) to 1 points is 1 points and score is not 2 points", False),
        ("round half even (score / 2) to 1 points is 2 points", True),
        ("round half up (score / 2) to 1 points is 1 points", True),
        ("round up (part / whole) to 1 is more than part / whole and part is whole", False),
        ("round down (part / whole) to 1/10 is 3/10 and part / whole is 2/5", False),
        ("smaller of (part, whole) is more than part", False),
        ("larger of (part, whole) is more than whole", False),
        ("a and not a", False),
    ],
)  # fmt: skip
def test_conditions_that_some_case_meets(condition: str, possible: bool) -> None:
    """With what the search over thresholds says of the same, where it settles it."""
    rule = f"rule r {{ allowed when {condition} }}"
    expected = {"r": "holds" if possible else "violated"}
    assert statuses(rule, "no_dead_rule") == expected
    assert statuses(rule, "no_dead_rule", "box") in (expected, {"r": "not_settled"})


SCALES = """
define tax = marginal scale of score {{
  from 10 points = 10%
  from 50 points = 20%
}}
define band = band of score {{
  from 10 points = 1
  from 50 points = 2
}}
rule r {{ allowed when {condition} }}
"""


@pytest.mark.parametrize(
    ("condition", "possible"),
    [
        ("tax is 4 points and score is 50 points", True),
        ("tax is more than 14 points", False),
        ("tax is less than 0 points", False),
        ("tax is 0 points and score is more than 10 points", False),
        ("tax is 4.2 points and score is not 51 points", False),
        ("band is none and score is 9 points", True),
        ("band is none and score is 10 points", False),
        ("band is 1 and score is more than 49 points", False),
    ],
)
def test_scales(condition: str, possible: bool) -> None:
    found = statuses(SCALES.format(condition=condition), "no_dead_rule")
    assert found["r"] == ("holds" if possible else "violated")


def test_a_parameter_without_a_value_settles_nothing() -> None:
    rules = """
parameter line : points { from 2030-01-01 = 50 points }
rule over { allowed when score is at least line }
rule red_or_over { allowed when score is at least line or shade is red }
"""
    assert statuses(rules, "no_dead_rule") == {"over": "not_settled", "red_or_over": "holds"}


def test_a_conflict_that_a_rule_reads_settles_nothing() -> None:
    rules = """
rule one decides x { allowed when a }
rule two decides x { not allowed when a }
rule reader { allowed when x is allowed and a }
"""
    assert statuses(rules, "no_dead_rule")["reader"] == "not_settled"
    assert statuses(rules, "no_dead_rule", "box")["reader"] == "not_settled"


# ---- what only a proof settles -------------------------------------------------------------------

TIED = """
fact third : number, between 0 and 1000
rule r { allowed when part * third is more than 40000 and part + third is less than 400 }
"""


def test_what_ties_facts_together_is_proved() -> None:
    """By means and products: 40,000 takes two numbers that come to 400 at least."""
    assert statuses(TIED, "no_dead_rule", "box") == {"r": "not_settled"}
    assert statuses(TIED, "no_dead_rule", "z3") == {"r": "violated"}
    assert statuses(TIED, "no_dead_rule", "auto") == {"r": "violated"}


WHOLE = """
rule one decides x { allowed when 3 * part is 2 * whole + 1 }
rule two decides x { not allowed when part is at least 100 and whole is at most 160 }
"""


def test_a_case_is_of_whole_things_and_replays() -> None:
    (finding,) = report(WHOLE, "no_conflict").of("violated")
    part, whole = (int(str(values(finding)[name])) for name in ("part", "whole"))
    assert 3 * part == 2 * whole + 1
    policy = Policy.from_text(HEAD.replace("MORE", "") + WHOLE)
    verdict = policy.evaluate("x", {"part": part, "whole": whole}, DAY)
    assert verdict.outcome is Outcome.CONFLICT


def test_the_same_question_has_the_same_case() -> None:
    found = [values(report(WHOLE, "no_conflict").of("violated")[0]) for _ in range(3)]
    assert found[0] == found[1] == found[2]


def test_facts_that_do_not_matter_are_left_out() -> None:
    rules = """
rule one decides x { allowed when score is more than 70 points or a and part is whole }
rule two decides x { not allowed when score is more than 80 points }
"""
    (finding,) = report(rules, "no_conflict").of("violated")
    assert values(finding) == {"score": "100"}


# ---- which engine --------------------------------------------------------------------------------


def test_an_engine_that_is_none_is_told() -> None:
    with pytest.raises(UsageError) as error:
        Policy.from_text(HEAD.replace("MORE", "")).check(engine="boxes")
    (told,) = error.value.diagnostics
    assert told.code == "V429"
    assert "auto, box, z3" in error.value.render("en")


def test_without_z3_proofs_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    with pytest.raises(MissingExtraError) as error:
        report(TIED, "no_dead_rule", "z3")
    assert "pip install 'vocpolicy[analysis]'" in error.value.render("en")
    assert statuses(TIED, "no_dead_rule", "auto") == {"r": "not_settled"}


def test_threads_may_prove_at_once() -> None:
    policy = Policy.from_text(HEAD.replace("MORE", "") + TIED + WHOLE)

    def found(_: int) -> list[str]:
        return [one.status for one in policy.check(as_of=DAY, engine="z3").findings]

    with ThreadPoolExecutor(4) as pool:
        several = list(pool.map(found, range(12)))
    assert all(one == several[0] for one in several)


def test_the_command_takes_an_engine(tmp_path: pytest.TempPathFactory) -> None:
    path = tmp_path / "tied.vocp"
    path.write_text(HEAD.replace("MORE", "") + TIED, "utf-8")
    asked = ["analyse", str(path), "--property", "no_dead_rule", "--lang", "en"]
    search = CliRunner().invoke(main, [*asked, "--engine", "box"])
    assert search.exit_code == 1 and "1 not settled" in search.output
    proof = CliRunner().invoke(main, [*asked, "--engine", "z3"])
    assert proof.exit_code == 1 and "1 violated" in proof.output
    assert CliRunner().invoke(main, [*asked, "--engine", "boxes"]).exit_code == 2

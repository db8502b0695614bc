"""Deciding by code: what is compiled, how facts come in, and what is left to the interpreter."""

from __future__ import annotations

import datetime
import importlib
import itertools
from decimal import Decimal
from typing import Any, get_args

import attrs
import pytest

from vocpolicy import Outcome, Policy
from vocpolicy.core import Expr
from vocpolicy.diagnostics import FactError, UsageError
from vocpolicy.scalar import MISSING
from vocpolicy.scalar.nodes import COMPILED, UNSUPPORTED

DAY = datetime.date(2023, 6, 1)
COMPILED_MODULE = importlib.import_module("vocpolicy.scalar.compiled")

TEXT = """language 1
policy entry { title zh "报考" en "Entry" }
choice medal zh "奖牌" en "medal" { bronze zh "铜牌" en "bronze", gold zh "金牌" en "gold" }
kind school zh "学校" en "school" plural "schools"
entity placement zh "实践" en "placement" { days zh "天数" en "days" : days }
fact score zh "总分" en "score" : points, between 0 points and 750 points, in steps of 0.5 points
fact award zh "获奖" en "award" : medal or none
fact schools zh "学校数" en "schools" : count of school, at least 1
fact digital zh "数字校" en "digital" : count of school, at most schools
fact placements zh "实践经历" en "placements" : list of placement
fact last zh "最近一次" en "last" : placement
fact born zh "出生" en "born" : date
rule passed zh "达线" en "passed" {
  satisfied when any of { score is at least 519.5 points; award is gold }
}
rule mostly zh "多数" en "mostly" { holds when digital / schools is at least 50% }
rule practised zh "实践" en "practised" {
  holds when total of placements.days is at least 30 days
}
rule recently zh "近期" en "recently" { holds when last.days is at least 30 days }
fact before zh "先前" en "before" : placement or none
rule formerly zh "从前" en "formerly" { holds when before.days is at least 30 days }
rule both zh "两项" en "both" { holds when passed and mostly }
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_text(TEXT)


def test_every_node_is_compiled_or_has_a_reason() -> None:
    assert set(get_args(Expr)) == COMPILED | set(UNSUPPORTED)
    assert not COMPILED & set(UNSUPPORTED)
    assert all(UNSUPPORTED.values())


def test_code_decides_with_plain_facts(policy: Policy) -> None:
    made = policy.compile("passed", DAY)
    assert made.reason == ""
    assert made.facts == ("score", "award")
    assert made({"score": 519, "award": "none"}) is Outcome.FAILS
    assert made({"score": 520, "award": None}) is Outcome.HOLDS
    assert made({"score": 519}) is Outcome.UNDETERMINED
    assert made({"award": "gold"}) is Outcome.HOLDS


@pytest.mark.parametrize(
    "score", ["519.5 points", 519.5, Decimal("519.5"), {"2023-05-01": 519.5, "2023-07-01": 1}]
)
def test_facts_out_of_the_ordinary_are_read_as_ever(policy: Policy, score: object) -> None:
    assert policy.decide("passed", {"score": score, "award": None}, DAY) is Outcome.HOLDS


def test_facts_that_the_rule_does_not_need_are_checked_too(policy: Policy) -> None:
    case = {"score": 600, "award": None, "schools": 3, "digital": 2, "born": DAY}
    assert policy.decide("passed", case, DAY) is Outcome.HOLDS
    for wrong in ({"schools": 0}, {"digital": 4}, {"born": "soon"}, {"scores": 1}):
        with pytest.raises(FactError) as found:
            policy.decide("passed", {**case, **wrong}, DAY)
        with pytest.raises(FactError) as expected:
            policy.evaluate("passed", {**case, **wrong}, DAY)
        assert str(found.value) == str(expected.value)


def test_facts_beside_are_no_matter_for_the_interpreter(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where one is bounded by another, or is a list."""
    made = policy.compile("passed", DAY)
    monkeypatch.setattr(COMPILED_MODULE, "read_leniently", None)
    case = {"score": 600, "award": None}
    for more in (
        {"schools": 3, "digital": 3},
        {"digital": 3},
        {"digital": 3, "schools": None},
        {"placements": [{"days": 1}, {}], "born": DAY},
    ):
        for _ in range(3):
            assert made({**case, **more}) is Outcome.HOLDS
    assert made({"award": "gold", "schools": 3, "digital": 3}) is Outcome.HOLDS
    for wrong in ({"schools": 3, "digital": 4}, {"placements": [{"days": 1, "hours": 2}]}):
        for _ in range(3):
            with pytest.raises(TypeError):  # it is left to what reads facts
                made({**case, **wrong})


@pytest.mark.parametrize(
    "wrong",
    [
        {"score": 751},
        {"score": -1},
        {"score": True},
        {"score": [600]},
        {"score": "600 yuan"},
        {"award": "tin"},
        {"award": ["gold"]},
        {"award": {"gold": 1}},
        {1: 2},
    ],
)
def test_mistakes_are_those_of_evaluate(policy: Policy, wrong: Any) -> None:
    with pytest.raises(FactError) as found:
        policy.decide("passed", wrong, DAY)
    with pytest.raises(FactError) as expected:
        policy.evaluate("passed", wrong, DAY)
    assert str(found.value) == str(expected.value)


def test_ratios_are_compared_exactly(policy: Policy) -> None:
    third = 333_333_333_333_333_333
    assert policy.decide("mostly", {"digital": third, "schools": 2 * third}, DAY) is Outcome.HOLDS
    above = {"digital": third, "schools": 2 * third + 1}
    assert policy.decide("mostly", above, DAY) is Outcome.FAILS


def test_a_tuple_is_trusted(policy: Policy) -> None:
    made = policy.compile("passed", DAY)
    assert made((600, None)) is Outcome.HOLDS
    assert made((None, "gold")) is Outcome.HOLDS
    assert made((None, None)) is Outcome.UNDETERMINED
    assert made((500, MISSING)) is Outcome.UNDETERMINED
    assert made((500, "none")) is Outcome.FAILS


def test_an_instance_is_read(policy: Policy) -> None:
    @attrs.frozen
    class Applicant:
        score: int
        award: str | None = None

    made = policy.compile("passed", DAY)
    assert made(Applicant(600)) is Outcome.HOLDS
    assert made(Applicant(500, "gold")) is Outcome.HOLDS
    with pytest.raises(FactError):
        made(Applicant(800))
    with pytest.raises(FactError):
        made(17)


def test_a_class_gets_code_that_checks_all_its_facts(policy: Policy) -> None:
    @attrs.frozen
    class Case:
        score: int | None
        award: str | None
        schools: int = 3
        digital: object = 2

    made = policy.compile("passed", DAY)
    for _ in range(2):
        assert made(Case(600, None)) is Outcome.HOLDS
        assert made(Case(None, "none")) is Outcome.UNDETERMINED
        assert made(Case(500, MISSING, digital=MISSING)) is Outcome.UNDETERMINED
        for wrong in (Case(751, None), Case(600, "tin"), Case(600, None, 0), Case(600, None, 1, 2)):
            with pytest.raises(FactError) as found:
                made(wrong)
            with pytest.raises(FactError) as expected:
                policy.evaluate("passed", wrong, DAY)
            assert str(found.value) == str(expected.value)


def test_the_same_facts_again_get_code_of_their_own(policy: Policy) -> None:
    made = policy.compile(["passed", "mostly"], DAY)
    good = [
        ({"score": 600}, (Outcome.HOLDS, Outcome.UNDETERMINED)),
        ({"award": "gold"}, (Outcome.HOLDS, Outcome.UNDETERMINED)),
        ({"score": 1, "award": None, "born": DAY}, (Outcome.FAILS, Outcome.UNDETERMINED)),
        (
            {"score": 1, "award": None, "schools": 2, "digital": 2, "born": DAY},
            (Outcome.FAILS, Outcome.HOLDS),
        ),
    ]
    wrong: list[dict[str, object]] = [
        {"score": 751},
        {"award": "tin"},
        {"score": 1, "award": None, "born": "soon"},
        {"score": 1, "award": None, "schools": 2, "digital": 3, "born": DAY},
        {"score": 1, "award": None, "schools": 2, "digital": 2, "bored": DAY},
        {"scores": 1},
        {"score": 1, 2: 3},
        {"score": [1]},
    ]
    for _ in range(3):
        for case, expected in good:
            assert made(case) == expected
        for bad in wrong:
            with pytest.raises(FactError) as found:
                made(bad)
            with pytest.raises(FactError) as told:
                policy.evaluate("passed", bad, DAY)
            assert str(found.value) == str(told.value)
        assert made({"score": None}) == (Outcome.UNDETERMINED, Outcome.UNDETERMINED)


def test_calls_of_a_policy_are_plain_attributes() -> None:
    """A `__getattr__`, which `cached_property` brings along, makes each call a third slower."""
    assert not hasattr(Policy, "__getattr__")


def test_several_at_once(policy: Policy) -> None:
    made = policy.compile(["passed", "mostly", "both"], DAY)
    case = {"score": 600, "award": None, "schools": 4, "digital": 1}
    assert made(case) == (Outcome.HOLDS, Outcome.FAILS, Outcome.FAILS)
    assert made({"score": 600}) == (Outcome.HOLDS, Outcome.UNDETERMINED, Outcome.UNDETERMINED)


def test_what_is_not_compiled_says_why_and_is_decided(policy: Policy) -> None:
    made = policy.compile("formerly", DAY)
    assert "record" in made.reason
    assert made.source == ""
    assert made({"before": {"days": 30}}) is Outcome.HOLDS
    assert made(({"days": 20},)) is Outcome.FAILS
    assert policy.compile("recently", DAY).reason == ""
    assert policy.compile("recently", DAY)(({"days": 20},)) is Outcome.FAILS


CLASHING = """language 1
policy clashing { title zh "冲突" en "Clashing" }
fact a zh "甲" en "a" : yes or no
fact b zh "乙" en "b" : yes or no
fact c zh "丙" en "c" : yes or no
rule for_it decides entry zh "报考" en "entry" { eligible when a }
rule against decides entry zh "报考" en "entry" { not eligible when b }
rule both zh "两者" en "both" { holds when c and entry is eligible }
rule either zh "其一" en "either" { holds when both or c }
rule pays zh "付" en "pays" {
  gives 7 when both
  gives 5 when c
}
"""


@pytest.mark.parametrize("name", ["entry", "both", "either", "pays"])
def test_conflicts_are_decided_by_code_where_nothing_is_missing(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = Policy.from_text(CLASHING)
    found = set()
    for values in itertools.product((True, False, None), repeat=3):
        case = dict(zip("abc", values, strict=True))
        expected = policy.evaluate(name, case, DAY).outcome
        assert policy.decide(name, case, DAY) == expected
        with monkeypatch.context() as patched:
            if None not in values:
                patched.setattr(COMPILED_MODULE, "decide", None)
            found.add(policy.decide(name, case, DAY))
    assert Outcome.CONFLICT in found or name == "either"


def test_a_name_that_is_nothing(policy: Policy) -> None:
    with pytest.raises(UsageError):
        policy.decide("nothing", {}, DAY)
    with pytest.raises(UsageError):
        policy.compile(["passed", "nothing"], DAY)


def test_days_are_kept_apart() -> None:
    policy = Policy.from_text(
        TEXT.replace("  satisfied when", "  in force 2023-01-01\n  satisfied when")
    )
    case = {"score": 600, "award": None}
    assert policy.decide("passed", case, DAY) is Outcome.HOLDS
    assert policy.decide("passed", case, datetime.date(2022, 12, 31)) is Outcome.NOT_APPLICABLE
    assert policy.decide("passed", case, DAY) is Outcome.HOLDS

"""What every construct and operator means, as data: any engine has to agree with every file.

A file holds one policy and cases about one construct:

    about = "which construct, in one line"
    covers = ["at_least", "exception"]      # keys of OPERATORS, and names of CONSTRUCTS
    cannot = ["not_applicable"]             # optional: outcomes that the construct cannot have
    policy = '''…'''
    [[case]]
    title = "just below"
    ask = "name of a rule, target, provision or definition"
    today = 2023-06-01
    facts = { score = "524 points" }
    outcome = "fails"
    wording = "not_eligible"                # optional
    value = "525"                           # optional, as Verdict.to_dict gives it
    missing = ["…"]                         # optional
    reading = "…"                           # optional
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from columns import FRAMES, cells_of
from vocpolicy import Policy
from vocpolicy.columnar.entry import inner
from vocpolicy.core import ChoiceType, Nothing, NumberType, Record, TextType
from vocpolicy.diagnostics import UsageError
from vocpolicy.facts import read_facts
from vocpolicy.facts.numbers import own_scale
from vocpolicy.keywords import COLLECTED, HIT_POLICIES
from vocpolicy.operators import OPERATORS
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.syntax import Declaration

HERE = Path(__file__).parent
FILES = {path.relative_to(HERE).with_suffix("").as_posix(): path for path in HERE.rglob("*.toml")}

EACH_COMES_TO = {"holds", "fails", "undetermined", "not_applicable"}
"""Outcomes that every file shows, unless it says that its construct cannot have them."""

KEYS = {"about", "covers", "cannot", "policy", "case"}
CASE_KEYS = {
    *("title", "ask", "today", "facts", "outcome", "wording", "value", "missing", "reading"),
}

# Of several files or of no verdict, so that cases of one policy cannot show them.
ELSEWHERE = {"use", "set_aside", "case", "language"}

DECLARATIONS = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", one.__name__).lower() for one in get_args(Declaration)
}

PARTS = {
    # Of a policy, of facts and of values.
    *("month_end_down", "month_end_up", "month_end_refuse", "in_force", "policy_reading"),
    *("bounds", "choices", "list", "record", "money", "none_value", "text", "date"),
    # Of rules.
    *("exception", "overrides", "otherwise", "applies", "gives", "not_applicable"),
    *("concluded", "rule_reading", "for_entity", "replaces", "parameter_reading"),
    # Of targets.
    *("stock", "flow", "baseline", "milestone", "measure_each", "target_reading"),
    *("goal_at_least", "goal_at_most", "goal_more_than", "goal_less_than", "goal_exactly"),
    *("goal_between", "goal_nearly", "goal_about", "goal_level_with", "goal_all", "goal_some"),
    *("goal_each_of", "register"),
    # Of provisions.
    *("modality", "hedged", "evidence"),
    # Of expressions.
    *("if_zero", "window", "window_since", "where", "month_of", "if_empty", "overlaps"),
}

TABLES = {f"table_{word.key}" for word in HIT_POLICIES} | {
    f"table_collect_{word.key}" for word in COLLECTED
}

CONSTRUCTS = (DECLARATIONS - ELSEWHERE) | PARTS | TABLES

Engine = Callable[[Policy, str, Any, datetime.date, str | None], dict[str, Any]]
"""What an engine finds, of what the cases expect: as much as it gives."""


def interpreter(
    policy: Policy, ask: str, facts: Any, today: datetime.date, reading: str | None
) -> dict[str, Any]:
    verdict = policy.evaluate(ask, facts, today, reading)
    assert verdict.explain("en") and verdict.explain("zh")
    return {
        "outcome": verdict.outcome.value,
        "wording": verdict.wording_key,
        "value": verdict.to_dict()["value"],
        "missing": list(verdict.missing),
    }


def scalar(
    policy: Policy, ask: str, facts: Any, today: datetime.date, reading: str | None
) -> dict[str, Any]:
    return {"outcome": policy.decide(ask, facts, today, reading).value}


def columnar(kind: str) -> Engine:
    """One row of a frame of some kind; what columns refuse is skipped with their reason."""

    def engine(
        policy: Policy, ask: str, facts: Any, today: datetime.date, reading: str | None
    ) -> dict[str, Any]:
        row = cells(policy, ask, facts, today)
        if isinstance(row, str):
            pytest.skip(row)
        row = row or {"row": [1]}
        try:
            found = policy.evaluate_frame(FRAMES[kind](row), ask, today, readings=reading)
        except UsageError as error:
            assert {one.code for one in error.diagnostics} <= {"V801", "V802"}, error
            construct = error.diagnostics[0].args.get("construct")
            pytest.skip(f"refused: {getattr(construct, 'en', 'may be too large')}")
        name = policy.core.rules[ask].conclusion if ask in policy.core.rules else ask
        return {"outcome": cells_of(found, f"{name}.outcome")[0]}

    return engine


def cells(policy: Policy, ask: str, facts: Any, today: datetime.date) -> dict[str, list[Any]] | str:
    """The facts of a case as the cells of one row; or why they are none."""
    read = read_facts(policy.core, facts, name=ask, as_of=today)
    if read.series:
        return "observations by date are no cell"
    found: dict[str, list[Any]] = {}
    for fact in policy.facts():
        value = read.values.get(fact.name)
        if isinstance(value, tuple | Record):
            return "a list or a record is no cell"
        if value is Nothing.NONE:
            value = "none" if isinstance(inner(fact.type), ChoiceType | TextType) else None
            if value is None:
                return "an empty column has no type"
        if isinstance(value, Fraction):
            kind = inner(fact.type)
            assert isinstance(kind, NumberType)
            value = value / own_scale(kind)[0]
        if value is not None:
            found[fact.name] = [value]
    return found


ENGINES: dict[str, Engine] = {"interpreter": interpreter, "scalar": scalar} | {
    kind: columnar(kind) for kind in FRAMES
}
"""Every engine that there is."""


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[request.param]


@cache
def data(name: str) -> dict[str, Any]:
    return tomllib.loads(FILES[name].read_text(encoding="utf-8"))


@cache
def policy(name: str) -> Policy:
    return Policy.from_text(data(name)["policy"], name)


def _cases() -> list[Any]:
    return [
        pytest.param(name, case, id=f"{name}: {case['title']}")
        for name in sorted(FILES)
        for case in data(name)["case"]
    ]


@pytest.mark.parametrize(("name", "case"), _cases())
def test_case(name: str, case: dict[str, Any], engine: Engine) -> None:
    found = engine(
        policy(name), case["ask"], case.get("facts", {}), case["today"], case.get("reading")
    )
    expected = {key: case[key] for key in found if key in case}
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("name", sorted(FILES))
def test_file_is_complete(name: str) -> None:
    """Its keys are known, no two cases share a title, and its outcomes are all there."""
    file = data(name)
    cases = file["case"]
    known = set(OPERATORS) | CONSTRUCTS
    assert set(file) <= KEYS and file["about"]
    assert set(file["covers"]) <= known, set(file["covers"]) - known
    assert all(set(case) <= CASE_KEYS for case in cases)
    assert max(Counter(case["title"] for case in cases).values()) == 1
    assert {case["outcome"] for case in cases} <= {one.value for one in Outcome}
    assert {case["wording"] for case in cases if "wording" in case} <= set(WORDS)
    assert EACH_COMES_TO - {case["outcome"] for case in cases} <= set(file.get("cannot", ()))


def test_every_construct_and_operator_is_covered() -> None:
    covered = {key for name in FILES for key in data(name)["covers"]}
    missing = (set(OPERATORS) | CONSTRUCTS) - covered
    assert not missing, f"no file in tests/conformance covers: {', '.join(sorted(missing))}"


def test_rules_that_clash_are_a_conflict_somewhere() -> None:
    conflicts = {
        key
        for name in FILES
        for key in data(name)["covers"]
        if any(case["outcome"] == "conflict" for case in data(name)["case"])
    }
    assert {"rule", "overrides", "gives"} <= conflicts

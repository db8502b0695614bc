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
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest

from columns import FRAMES, KEY, Cases, Cells, cells_of, columns_of, frames_of, settled, told_apart
from proofs import symbolic
from vocpolicy import Policy
from vocpolicy.diagnostics import UsageError
from vocpolicy.interpreter import decide
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
    """A row of a frame of some kind, among those of all cases that one frame can hold; what
    columns refuse is asked row by row, and counted."""

    def engine(
        policy: Policy, ask: str, facts: Any, today: datetime.date, reading: str | None
    ) -> dict[str, Any]:
        answers = batched(policy, ask, today, reading, kind)
        found = answers.get(repr(facts))
        if found is None:
            pytest.skip("in a frame an empty cell of what can be `none` says `none`")
        return found

    return engine


@cache
def batched(
    policy: Policy, ask: str, today: datetime.date, reading: str | None, kind: str
) -> dict[str, dict[str, Any]]:
    """What a frame of some kind answers to the cases of one question, by their facts."""
    found: dict[str, dict[str, Any]] = {}
    for several in questions(policy).get((ask, today, reading), []):
        cases = frames_of(policy, ask, several, today)
        rows = answered(policy, ask, cases, today, reading, FRAMES[kind], kind)
        found |= dict(zip(map(repr, several), rows, strict=True))
    return found


@cache
def questions(policy: Policy) -> dict[Any, list[list[Any]]]:
    """Of each question (what is asked, on which day, under which reading) the facts of its cases,
    as many together as one frame can hold."""
    found: dict[Any, dict[Any, dict[str, Any]]] = {}
    for case in data(policy.core.span.source.name)["case"]:
        facts = case.get("facts", {})
        key = told_apart(policy, case["ask"], facts, case["today"])
        if key is not None:
            question = case["ask"], case["today"], case.get("reading")
            found.setdefault(question, {}).setdefault(key, {})[repr(facts)] = facts
    return {
        question: [list(one.values()) for one in several.values()]
        for question, several in found.items()
    }


def answered(
    policy: Policy,
    ask: str,
    cases: Cases,
    today: datetime.date,
    reading: str | None,
    make: Callable[[Cells], Any],
    kind: str,
    rows: bool = True,
) -> Iterator[dict[str, Any]]:
    """What the rows of a frame come to; `rows`: those that columns refuse are asked one by one,
    else there are none."""
    options: dict[str, Any] = {"readings": reading, "missing": True}
    frame, children = make(cases.cells), cases.children(make)
    try:
        found = policy.evaluate_frame(
            frame, ask, today, engine="columns", children=children, **options
        )
    except UsageError as error:
        assert {one.code for one in error.diagnostics} <= {"V801", "V802"}, error
        construct = error.diagnostics[0].args.get("construct")
        REFUSED[kind, getattr(construct, "en", "may be too large")] += cases.size
        if not rows:
            return
        found = policy.evaluate_frame(
            frame, ask, today, engine="rows", children=children, **options
        )
    found = settled(found)
    name = policy.core.rules[ask].conclusion if ask in policy.core.rules else ask
    columns = {
        key: cells_of(found, f"{name}.{key}")
        for key in ("outcome", "wording", "value", "missing")
        if f"{name}.{key}" in columns_of(found)
    }
    places = cells_of(found, KEY)
    for row in range(cases.size):
        place = places.index(row)
        answer = {key: cells[place] for key, cells in columns.items()}
        answer["cells"] = True
        answer["missing"] = answer["missing"].split(", ") if answer["missing"] else []
        yield answer


REFUSED: Counter[tuple[str, str]] = Counter()
"""How many cases columns refuse, by kind of frame and construct."""

ENGINES: dict[str, Engine] = {
    "interpreter": interpreter,
    "scalar": scalar,
    "symbolic": symbolic,
} | {kind: columnar(kind) for kind in FRAMES}
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
    agree(found, case)


def agree(found: dict[str, Any], case: dict[str, Any]) -> None:
    """What is found is what the case expects, as far as it says."""
    expected = {key: case[key] for key in found if key in case}
    got = {key: found[key] for key in expected}
    if "value" in got and found.get("cells"):
        got["value"], expected["value"] = shown(got["value"]), shown(expected["value"])
    assert got == expected


def shown(value: Any) -> Any:
    """A value as a column has it."""
    if isinstance(value, list):
        return shown(", ".join(str(one) for one in value))
    if isinstance(value, str) and re.fullmatch(r"-?\d+([./]\d+)?", value):
        return float(Fraction(value))
    return value.isoformat() if isinstance(value, datetime.date) else value


MOST_REFUSED = 0
"""So many cases columns leave to rows, of more than 590."""


@pytest.mark.parametrize("kind", ("polars", "pyarrow"))
def test_what_columns_refuse_is_counted(kind: str) -> None:
    """The cases that columns leave to rows get fewer, never more."""
    before = dict(REFUSED)
    REFUSED.clear()
    for name in FILES:
        for (ask, today, reading), several in questions(policy(name)).items():
            for facts in several:
                cases = frames_of(policy(name), ask, facts, today)
                list(answered(policy(name), ask, cases, today, reading, FRAMES[kind], kind, False))
    refused = {construct: count for (_, construct), count in REFUSED.items()}
    REFUSED.update(before)
    assert sum(refused.values()) <= MOST_REFUSED, refused


MOST_LEFT = 7
"""So many cases code leaves to the interpreter."""


def test_what_code_leaves_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases that code does not decide get fewer, never more."""
    left: list[str] = []

    def noted(policy: Any, name: str, *args: Any) -> Any:
        left.append(name)
        return decide(policy, name, *args)

    monkeypatch.setattr(import_module("vocpolicy.scalar.compiled"), "decide", noted)
    for name in FILES:
        for case in data(name)["case"]:
            scalar(
                policy(name), case["ask"], case.get("facts", {}), case["today"], case.get("reading")
            )
    assert len(left) <= MOST_LEFT, left


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

"""What the library gives to systems is as its published schemas say."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry, Resource

import vocpolicy
from vocpolicy.facts import load_facts
from vocpolicy.report import make_report, to_dict
from vocpolicy.source import shipped

EXAMPLES = Path(__file__).parents[1] / "examples" / "shanghai-plan-14"
APPLICANTS = sorted(file for file in (EXAMPLES / "applicants").iterdir() if file.suffix != ".md")
NAMES = ("explanation", "verdict", "evaluation", "report", "difference")
MID_TERM = datetime.date(2023, 12, 31)


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        shipped("docs", "schema", f"{name}.schema.json").read_text(encoding="utf-8")
    )
    return found


@cache
def validator(name: str) -> Draft202012Validator:
    contents = [schema(one) for one in NAMES]
    resources = [(one["$id"], Resource.from_contents(one)) for one in contents]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator(schema(name), registry=registry)


@cache
def plan() -> vocpolicy.Policy:
    return vocpolicy.shipped("shanghai-plan-14")


@cache
def report() -> dict[str, Any]:
    facts = load_facts(EXAMPLES / "facts-2023.json")
    made: dict[str, Any] = json.loads(json.dumps(to_dict(make_report(plan(), facts, MID_TERM))))
    return made


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


def test_a_report_is_as_its_schema_says() -> None:
    validator("report").validate(report())


@pytest.mark.parametrize("file", APPLICANTS, ids=lambda file: str(file.stem))
def test_verdicts_on_applicants_are_as_their_schema_says(file: Path) -> None:
    for verdict in plan().evaluate_all(load_facts(file), as_of=datetime.date(2023, 7, 1)):
        for advice in (False, True):
            plain = json.loads(json.dumps(verdict.to_dict(advice)))
            validator("verdict").validate(plain)
            validator("explanation").validate(plain["explanation"])


def test_every_member_is_in_the_schema() -> None:
    """Nothing is given that no schema speaks of."""
    verdicts = [one["verdict"] for one in report()["targets"]] + report()["provisions"]
    assert set(report()) == set(schema("report")["properties"])
    for verdict in verdicts:
        assert set(verdict) <= set(schema("verdict")["properties"])
        assert set(verdict["explanation"]) <= set(schema("explanation")["properties"])
        for node in walk(verdict["explanation"]["parts"]):
            assert set(node) <= set(schema("explanation")["$defs"]["node"]["properties"])


def walk(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [inner for node in nodes for inner in (node, *walk(node.get("children", [])))]


def test_what_the_command_prints_is_as_its_schema_says() -> None:
    facts = EXAMPLES / "applicants" / "secondary-to-bachelor-two-reasons.json"
    arguments = ["evaluate", "shanghai-plan-14", "--facts", str(facts), "--format", "json"]
    script = f"from vocpolicy.cli import main; main({arguments!r})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    validator("evaluation").validate(json.loads(done.stdout))


@pytest.mark.parametrize("other", ["sound", "annual-leave"])
def test_a_difference_is_as_its_schema_says(other: str) -> None:
    folder = EXAMPLES.parent
    old, new = (vocpolicy.load(folder / name) for name in ("faulty", other))
    made = json.loads(json.dumps(old.diff(new, budget=300).to_dict()))
    assert set(made) <= set(schema("difference")["properties"])
    assert made["changes"]
    assert made["relations"]
    validator("difference").validate(made)
    with pytest.raises(ValidationError):
        validator("difference").validate({**made, "relations": [{"name": "r"}]})


def test_a_wrong_verdict_is_found() -> None:
    verdict = report()["targets"][0]["verdict"]
    with pytest.raises(ValidationError):
        validator("verdict").validate({**verdict, "outcome": "perhaps"})
    with pytest.raises(ValidationError):
        validator("verdict").validate({**verdict, "value": 0.65})

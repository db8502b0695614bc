"""Positions in rule files, as users are told them."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import vocpolicy
from vocpolicy.cli import main
from vocpolicy.source import Source, Span, shipped

ROOT = Path(__file__).parents[1]
FACTS = ROOT / "examples" / "shanghai-plan-14" / "applicants" / "secondary-to-bachelor.json"
RULE = "rule r { holds when a }\n"
TEXT = f'language 1\npolicy p {{ title en "P" zh "甲" }}\nfact a : yes or no\n{RULE}'


def positions(verdict: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    waiting = list(verdict["explanation"]["parts"])
    while waiting:
        node = waiting.pop()
        found |= {node["position"]} if "position" in node else set()
        waiting += node.get("children", [])
    return found


def test_shipped_rules_are_named_by_their_place_in_the_package() -> None:
    facts = vocpolicy.load_facts(FACTS)
    plan = vocpolicy.shipped("shanghai-plan-14")
    verdict = plan.evaluate("secondary_to_bachelor", facts, datetime.date(2023, 7, 20))
    found = positions(verdict.to_dict())
    assert found
    assert all(one.startswith("rules/shanghai-plan-14/eligibility-through") for one in found)


def test_no_place_in_shipped_rules_says_where_they_are_installed() -> None:
    core = vocpolicy.shipped("shanghai-plan-14").core
    owners = [*core.conclusions.values(), *core.targets.values(), *core.facts.values()]
    assert all(str(one.span).startswith("rules/shanghai-plan-14/") for one in owners)
    result = CliRunner().invoke(
        main, ["test", "shanghai-plan-14", "--coverage", "--format", "json"]
    )
    assert str(ROOT) not in result.output and "rules/shanghai-plan-14/" in result.output


def test_files_of_users_keep_the_name_that_they_gave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rules").mkdir()
    Path("rules/p.vocp").write_text(TEXT, encoding="utf-8")
    Path("facts.json").write_text('{"a": true}', encoding="utf-8")
    for given in ("rules/p.vocp", str(tmp_path / "rules" / "p.vocp")):
        arguments = ["evaluate", given, "--facts", "facts.json", "--format", "json"]
        result = CliRunner().invoke(main, arguments)
        found = positions(json.loads(result.output)["verdicts"][0])
        assert {one.rpartition("p.vocp")[0] for one in found} == {given.removesuffix("p.vocp")}


def test_a_name_that_only_looks_shipped_is_left_alone() -> None:
    for name in ("rules/p.vocp", f"{shipped('rules')}-of-mine/p.vocp", "<text>"):
        assert str(Span(Source(name, "a"), 0, 1)) == f"{name}:1:1"

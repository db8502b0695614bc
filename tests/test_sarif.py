"""Findings as SARIF 2.1.0: what the format requires of each object that is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from vocpolicy import Policy
from vocpolicy.analysis.sarif import to_sarif

ROOT = Path(__file__).parents[1]
LEVELS = {"none", "note", "warning", "error"}  # section 3.27.10
KINDS = {"inSource", "external"}  # section 3.35.2


def written(policy: Policy, lang: str) -> dict[str, Any]:
    log = to_sarif(policy.check(engine="box"), lang)
    read: dict[str, Any] = json.loads(json.dumps(log))
    assert read == log
    return read


@pytest.mark.parametrize(
    ("folder", "lang"),
    [("examples/faulty", "en"), ("examples/sound", "en"), ("rules/shanghai-plan-14", "zh")],
)
def test_every_object_has_what_is_required(folder: str, lang: str) -> None:
    log = written(Policy.load(ROOT / folder), lang)
    assert log["version"] == "2.1.0" and log["$schema"].startswith("https://")
    (run,) = log["runs"]
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = run["tool"]["driver"]
    assert driver["name"]
    rules = [one["id"] for one in driver["rules"]]
    assert len(set(rules)) == len(rules)
    assert all(one["shortDescription"]["text"] for one in driver["rules"])
    for result in run["results"]:
        assert result["ruleId"] in rules and result["level"] in LEVELS
        assert result["message"]["text"]
        for place in result["locations"]:
            checked_place(place["physicalLocation"])
        for one in result.get("suppressions", ()):
            assert one["kind"] in KINDS and one["justification"]


def checked_place(place: dict[str, Any]) -> None:
    uri, region = place["artifactLocation"]["uri"], place["region"]
    assert uri.isascii() and "\\" not in uri and " " not in uri
    start = region["startLine"], region["startColumn"]
    end = region["endLine"], region["endColumn"]
    assert (1, 1) <= start < end


def test_the_path_of_a_file_is_a_uri(tmp_path: Path) -> None:
    path = tmp_path / "助学 办法.vocp"
    path.write_text((ROOT / "examples" / "faulty" / "faulty.vocp").read_text("utf-8"), "utf-8")
    (run,) = written(Policy.load(path), "en")["runs"]
    for result in run["results"]:
        (place,) = result["locations"]
        checked_place(place["physicalLocation"])
        assert unquote(place["physicalLocation"]["artifactLocation"]["uri"]).endswith(path.name)


def test_what_does_not_hold_is_an_error_and_what_is_accepted_is_suppressed() -> None:
    policy = Policy.load(ROOT / "examples" / "faulty")
    report = policy.check(engine="box")
    (run,) = written(policy, "en")["runs"]
    assert len(run["results"]) == len(report.of("violated"))
    assert {one["level"] for one in run["results"]} == {"error"}
    (run,) = written(Policy.load(ROOT / "rules" / "shanghai-plan-14"), "en")["runs"]
    assert run["results"] and all(one["suppressions"] for one in run["results"])

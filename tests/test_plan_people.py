"""The plan's made-up applicants and teachers come to what the tables beside them say."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

import vocpolicy
from vocpolicy.facts import load_facts

ROOT = Path(__file__).parents[1]
PEOPLE = ROOT / "examples" / "shanghai-plan-14"
ROW = re.compile(
    r"\| `(?P<file>[^`]+)` \| `(?P<rule>\w+)` \| (?P<day>[\d-]+) \| (?P<outcome>\w+) \|"
)


def rows(folder: str) -> list[tuple[Path, str, str, str]]:
    readme = PEOPLE / folder / "README.md"
    base = readme.parent if folder == "applicants" else PEOPLE
    found = ROW.finditer(readme.read_text(encoding="utf-8"))
    return [(base / row["file"], row["rule"], row["day"], row["outcome"]) for row in found]


ROWS = rows("applicants") + rows("teachers")


@pytest.fixture(scope="module")
def policy() -> vocpolicy.Policy:
    return vocpolicy.load(ROOT / "rules" / "shanghai-plan-14")


@pytest.mark.parametrize(
    ("path", "rule", "day", "outcome"), ROWS, ids=[f"{row[0].name}-{row[2]}" for row in ROWS]
)
def test_outcome(policy: vocpolicy.Policy, path: Path, rule: str, day: str, outcome: str) -> None:
    verdict = policy.evaluate(rule, load_facts(str(path)), as_of=datetime.date.fromisoformat(day))
    assert verdict.outcome.value == outcome


def test_every_file_is_in_a_table() -> None:
    named = {row[0] for row in ROWS}
    files = {path for folder in ("applicants", "teachers") for path in (PEOPLE / folder).iterdir()}
    assert {path for path in files if path.suffix != ".md"} <= named

"""Policies that are sent to other processes."""

from __future__ import annotations

import datetime
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from vocpolicy import Policy
from vocpolicy.diagnostics import UsageError

TEXT = """language 1
policy p { title en "P" zh "甲" }
fact score en "score" zh "分" : points, between 0 points and 100 points
rule good en "good" zh "好" { holds when score is at least 60 points }
"""


def test_a_policy_that_was_pickled_says_the_same() -> None:
    policy = Policy.from_text(TEXT, "good.vocp")
    again = pickle.loads(pickle.dumps(policy))
    assert again.names == policy.names
    facts, day = {"score": 70}, "2024-01-01"
    assert again.evaluate("good", facts, day).explain("zh") == policy.evaluate(
        "good", facts, day
    ).explain("zh")


def test_another_process_takes_it(tmp_path: Path) -> None:
    """With the rows of a table that stand in a file beside the rules, which it does not read."""
    (tmp_path / "rows.csv").write_text("score,level\nat least 60 points,good\n-,poor\n", "utf-8")
    (tmp_path / "p.vocp").write_text(
        """language 1
policy p { title en "P" zh "甲" }
choice level { good, poor }
fact score en "score" zh "分" : points, between 0 points and 100 points
table grade decides level first { from "rows.csv" }
""",
        "utf-8",
    )
    policy = Policy.load(tmp_path / "p.vocp")
    sent = pickle.dumps(policy)
    for path in tmp_path.iterdir():
        path.unlink()
    code = "import pickle, sys; policy = pickle.load(sys.stdin.buffer); print(*policy.names)"
    found = subprocess.run(
        [sys.executable, "-c", code], input=sent, capture_output=True, check=True
    )
    assert found.stdout.decode().split() == list(policy.names)


def test_one_edition_is_not_sent_alone() -> None:
    base = Policy.from_text(TEXT)
    later = Policy.from_text(
        """language 1
policy q { title en "Q" zh "乙"; amends p }
rule better decides good {
  replaces good
  in force 2024-01-01
  holds when score is at least 70 points
}
""",
        base=base,
    )
    assert pickle.loads(pickle.dumps(later)).names == later.names
    with pytest.raises(UsageError) as raised:
        pickle.dumps(later.on(datetime.date(2023, 1, 1)))
    assert raised.value.diagnostics[0].code == "V664"

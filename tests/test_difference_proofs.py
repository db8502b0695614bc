"""Two versions put to z3: what lists come to is the same in both only where it means the same."""

from __future__ import annotations

import pytest

from vocpolicy import Policy

pytest.importorskip("z3")
RULES = """language 1
policy prizes {{
  title en "Prizes" zh "奖励"
  in force 2023-01-01 to 2024-12-31
}}
entity award zh "奖" en "award" {{ points zh "分" en "points" : points, at least 0 points }}
fact awards zh "奖项" en "awards" : list of award
fact level zh "等级" en "level" : points, at least 0 points
define good for award zh "好" en "good" = points is at least {good} points
define fine for award zh "良" en "fine" = points is at least 5 points
rule entry zh "录取" en "entry" {{
  eligible when count of awards where {word} is at least 1 and level is at least 3 points
}}
"""


def relation(word: str) -> str:
    old, new = (Policy.from_text(RULES.format(word=word, good=good)) for good in (10, 11))
    return old.diff(new, "entry", engine="z3").relation("entry").status


def test_a_definition_that_changed_counts_otherwise() -> None:
    assert relation("good") == "not_settled"


def test_one_that_did_not_counts_the_same() -> None:
    assert relation("fine") == "equivalent"

"""Where two versions part on lists only, a list is shown on which they do."""

from __future__ import annotations

import datetime
from typing import Any

from vocpolicy import Policy

TEXT = """language 1
policy p { title en "P" zh "甲" }
entity pupil en "pupil" zh "学生" {
  score en "score" zh "分" : points, between 0 points and 100 points, in steps of 1 points
  ill en "ill" zh "生病" : yes or no
}
fact pupils en "pupils" zh "学生名册" : list of pupil
rule passing for pupil en "passing" zh "合格" {
  eligible when score is at least 61 points and not ill
}
rule good en "good" zh "良好" {
  fulfilled when every one of pupils satisfies (passing is eligible)
}
"""
DAY = datetime.date(2024, 1, 1)


def test_a_list_of_one_member_shows_it() -> None:
    old = Policy.from_text(TEXT)
    new = Policy.from_text(TEXT.replace("at least 61", "at least 73"))
    relation = old.diff(new, "good", DAY, engine="box").relation("good")
    (move,) = [one for one in relation.moves if one.direction == "stricter"]
    pupils: Any = move.facts.values["pupils"]
    assert len(pupils) == 1 and 61 <= pupils[0].values["score"] < 73
    assert move.old.wording_key == "fulfilled"
    assert move.new.wording_key == "not_fulfilled"

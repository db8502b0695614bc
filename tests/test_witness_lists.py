"""Cases that have lists: what their records hold is shown, not how many there are."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

from vocpolicy import Policy, core
from vocpolicy.analysis.places import shown

TEXT = """language 1
policy p { title en "P" zh "甲" }
entity pupil en "pupil" zh "学生" {
  called en "called" zh "姓名" : text
  score en "score" zh "分" : points, at least 0 points
}
fact pupils en "pupils" zh "学生名册" : list of pupil
rule good en "good" zh "良好" {
  fulfilled when every one of pupils satisfies (score is at least 60 points)
}
"""


def _case(count: int) -> tuple[core.Policy, dict[str, core.Value]]:
    policy = Policy.from_text(TEXT).core
    records = tuple(
        core.Record("pupil", MappingProxyType({"called": f"p{one}", "score": Fraction(one)}))
        for one in range(count)
    )
    return policy, {"pupils": records}


def test_a_record_is_shown_by_its_fields() -> None:
    text = shown(*_case(1))["pupils"].text
    assert text.get("en") == "[(called = “p0”, score = 0 points)]"
    assert text.get("zh") == "[（姓名 = “p0”，分 = 0 分）]"


def test_three_records_are_shown_and_the_others_counted() -> None:
    found = shown(*_case(5))["pupils"]
    assert found.text.get("en").endswith("(called = “p2”, score = 2 points), and 2 more]")
    assert found.text.get("zh").endswith("，另有2项]")
    assert [one["score"] for one in found.value] == list("01234")

"""What is remembered from case to case changes nothing that is said of any of them."""

from __future__ import annotations

import datetime
from typing import Any

from attrs import evolve

from vocpolicy import Policy, Verdict
from vocpolicy.diagnostics import FactError

DAY = datetime.date(2023, 2, 28)

SHARED = """language 1
policy shared { title zh "共用" en "Shared" }
fact score zh "分" en "score" : points, between 0 points and 100 points
fact asked zh "申请" en "asked" : yes or no
fact award zh "奖" en "award" : yes or no, judged by zh "学校" en "the school"
define good zh "良好" en "good" = score >= 60 points and award assumed because zh "凭证" en "as is"
rule first zh "甲" en "first" { holds when good and asked }
rule second zh "乙" en "second" { holds when all of { good or asked; good; first } }
"""


def told(policy: Policy, name: str, case: dict[str, Any]) -> object:
    try:
        verdict = policy.evaluate(name, case, DAY)
    except FactError as error:
        return str(error)
    return _told(verdict)


def _told(verdict: Verdict) -> object:
    return verdict.to_dict(), verdict.explain("en"), verdict.explain("zh"), verdict.trace


def forgetful(policy: Policy) -> Policy:
    """The same policy, asked for the first time."""
    return Policy(evolve(policy.core))


def test_parts_that_come_again_are_numbered_in_each_explanation() -> None:
    policy = Policy.from_text(SHARED)
    for score in (50, 60, 70, 60, None):
        for asked in (True, False):
            for award in (True, False, None):
                case = {"score": score, "asked": asked, "award": award}
                for name in ("second", "first", "good"):
                    assert told(policy, name, case) == told(forgetful(policy), name, case)


def test_a_value_that_was_read_before_is_still_checked_against_others() -> None:
    policy = Policy.from_text(
        SHARED
        + 'fact part zh "部分" en "part" : points, at most score\n'
        + 'rule third zh "丙" en "third" { holds when part is at least 10 points }\n'
    )
    assert policy.evaluate("third", {"score": 50, "part": 20}, DAY).outcome.value == "holds"
    assert policy.evaluate("third", {"score": 20, "part": 20}, DAY).outcome.value == "holds"
    for _ in range(2):
        try:
            policy.evaluate("third", {"score": 10, "part": 20}, DAY)
        except FactError:
            continue
        raise AssertionError("a part above its whole was taken")


def test_equal_texts_numbers_and_answers_are_not_mixed_up() -> None:
    policy = Policy.from_text(SHARED)
    assert policy.evaluate("first", {"asked": True, "score": 1}, DAY).outcome.value == "fails"
    for wrong in ({"asked": 1}, {"score": True}, {"asked": 1.0}):
        try:
            policy.evaluate("first", wrong, DAY)
        except FactError:
            continue
        raise AssertionError(f"{wrong} was taken")

"""What is decided for each record of a list, and what a value leans on, as a reader is told."""

from __future__ import annotations

import datetime

from vocpolicy import Outcome, Policy

DAY = datetime.date(2024, 6, 1)

# What rests on something stands before it, so that the order of the files can't help.
POLICY = Policy.from_text("""\
language 1
policy p {
  title en "P" zh "政策"
  document law "Law" dated 2023-01-01
}
define dearest = most of schools.budget if empty 0 yuan
define budget for school = total of pupils.grant
define ways for school = distinct pupils.grant
fact schools en "schools" zh "学校" : list of school
rule grant_rule for pupil decides grant en "grant" zh "补助" {
  applies when poor
  gives smaller of (half, 100 yuan)   cite law 三 "100"
}
define half for pupil = fee / 2
entity school en "school" plural "schools" zh "学校" counter "所" {
  pupils en "pupils" zh "学生" : list of pupil
}
entity pupil en "pupil" plural "pupils" zh "学生" counter "名" {
  fee en "fee" zh "学费" : yuan, at least 0 yuan
  poor en "poor" zh "困难" : yes or no
}
define capped for pupil = smaller of (grant, 30 yuan)
""")


def pupil(fee: int, **poor: bool) -> dict[str, object]:
    return {"fee": fee, **poor}


def test_what_is_decided_for_members_is_made_before_what_sums_it_up() -> None:
    assert set(POLICY.core.definitions) == {"dearest", "budget", "ways", "half", "capped"}
    schools = [{"pupils": [pupil(80, poor=True), pupil(300, poor=True)]}, {"pupils": []}]
    assert POLICY.evaluate("dearest", {"schools": schools}, DAY).value == 140


def test_a_member_to_whom_nothing_applies_adds_nothing() -> None:
    pupils = [pupil(80, poor=True), pupil(300, poor=False)]
    assert POLICY.evaluate("budget", {"pupils": pupils}, DAY).value == 40
    assert POLICY.evaluate("ways", {"pupils": pupils}, DAY).value == 1


def test_a_member_to_whom_it_may_apply_leaves_the_total_open() -> None:
    for name in ("budget", "ways"):
        verdict = POLICY.evaluate(name, {"pupils": [pupil(80)]}, DAY)
        assert verdict.outcome is Outcome.UNDETERMINED
        assert verdict.missing == ("pupils.poor",)


def test_the_smaller_of_a_number_and_what_does_not_apply_is_none() -> None:
    verdict = POLICY.evaluate("capped", pupil(80, poor=False), DAY)
    assert (verdict.outcome, verdict.missing) == (Outcome.HOLDS, ())


def test_the_clauses_of_a_value_stand_beside_it() -> None:
    verdict = POLICY.evaluate("grant", pupil(300, poor=True), DAY)
    assert "[law 三]" in verdict.explain("en")
    assert "三" in verdict.explain("zh")

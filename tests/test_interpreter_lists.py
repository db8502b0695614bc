"""Lists of records: windows, stays, members that lack facts, conclusions about members."""

from __future__ import annotations

import datetime

import pytest

from vocpolicy import Policy

DAY = datetime.date(2023, 6, 30)

POLICY = Policy.from_text("""\
language 1
policy p { title en "P" zh "政策" }
entity stay en "stay" zh "经历" plural "stays" counter "段" {
  place en "place" zh "地点" : text
  from en "from" zh "起" : date
  to en "to" zh "止" : date or none
  abroad en "abroad" zh "境外" : yes or no
}
entity visit en "visit" zh "走访" plural "visits" counter "次" {
  on en "on" zh "日期" : date
}
entity teacher en "teacher" zh "教师" plural "teachers" counter "名" {
  active en "active" zh "在岗" : yes or no
  pay en "pay" zh "津贴" : yuan, at least 0 yuan
  stays en "stays" zh "经历" : list of stay
}
fact visits en "visits" zh "走访" : list of visit
fact teachers en "teachers" zh "教师名册" : list of teacher

define length for teacher = total length of stays in the last 12 months (month of 30 days)
define days for teacher = total length of stays
define recent for teacher = count of stays in the last 12 months
define abroad_once for teacher = any one of stays satisfies (abroad)
define visited = count of visits in the last 30 days

rule practised for teacher {
  fulfilled when length is at least 2 months
}
define practising = count of teachers where (practised is fulfilled)
define active_share = share of teachers satisfies (active) if empty 0%
define pay_total = total of teachers.pay
define pay_least = least of teachers.pay where (active) if empty 0 yuan
define everyone = every one of teachers where (active) satisfies (practised is fulfilled)
""")


def value(name: str, facts: dict[str, object], day: datetime.date = DAY) -> object:
    return POLICY.evaluate(name, facts, day).value


def stay(start: str | None, end: str | None = "none", **fields: object) -> dict[str, object]:
    dates = {} if start is None else {"from": start}
    return {**dates, **({} if end is None else {"to": end}), **fields}


@pytest.mark.parametrize(
    ("stays", "days"),
    [
        ([], 0),
        ([stay("2023-06-01", "2023-06-30")], 30),
        ([stay("2022-06-30", "2022-07-01")], 1),  # the window begins after 30 June 2022
        ([stay("2022-06-30", "2022-06-30")], 0),
        ([stay("2023-06-21")], 10),  # open: up to the date of evaluation
        ([stay("2023-07-01", "2023-07-31")], 0),
        ([stay("2023-06-01", "2023-06-20"), stay("2023-06-11", "2023-06-30")], 30),
        ([stay("2020-01-01", "2024-01-01")], 365),
    ],
)
def test_days_in_the_window(stays: list[object], days: int) -> None:
    found = value("length", {"stays": stays})
    assert found is not None
    assert found * 30 == days


def test_without_a_window_every_day_counts() -> None:
    assert value("days", {"stays": [stay("2020-01-01", "2020-12-31")]}) == 366


def test_a_missing_end_makes_an_interval() -> None:
    short = {"stays": [stay("2023-06-01", None)]}
    assert POLICY.evaluate("practised", short, DAY).wording_key == "not_fulfilled"
    long = {"stays": [stay("2023-01-01", None)]}
    verdict = POLICY.evaluate("practised", long, DAY)
    assert (verdict.wording_key, verdict.missing) == ("undetermined", ("stays.to",))


def test_a_missing_date_that_cannot_matter_is_not_named() -> None:
    stays = [stay("2023-01-01", "2023-06-30"), stay("2023-02-01", None)]
    assert POLICY.evaluate("practised", {"stays": stays}, DAY).wording_key == "fulfilled"
    assert value("recent", {"stays": [stay(None, "2022-01-01")]}) == 0
    assert value("recent", {"stays": [stay("2023-01-01", None)]}) == 1
    assert value("recent", {"stays": [stay(None, "2023-01-01")]}) == 1
    assert value("recent", {"stays": [stay("2022-01-01", None)]}) is None


def test_an_absent_list_is_missing_and_an_empty_one_is_not() -> None:
    assert POLICY.evaluate("practised", {}, DAY).missing == ("stays",)
    assert POLICY.evaluate("practised", {"stays": []}, DAY).wording_key == "not_fulfilled"


def test_records_with_one_date() -> None:
    dates = ["2023-05-31", "2023-06-01", "2023-06-30", "2023-07-01"]
    assert value("visited", {"visits": [{"on": date} for date in dates]}) == 2


def test_any_one_of() -> None:
    one = stay("2023-01-01", abroad=True)
    unknown = stay("2023-01-01")
    assert value("abroad_once", {"stays": [one, unknown]}) is True
    assert value("abroad_once", {"stays": [unknown]}) is None
    assert POLICY.evaluate("abroad_once", {"stays": [unknown]}).missing == ("stays.abroad",)


PRACTISED = {"active": True, "pay": "100 yuan", "stays": [stay("2023-01-01", "2023-06-01")]}
IDLE = {"active": True, "pay": 50, "stays": []}
UNKNOWN = {"active": True}


def test_conclusions_are_decided_for_each_member() -> None:
    assert value("practising", {"teachers": [PRACTISED, IDLE, PRACTISED]}) == 2
    verdict = POLICY.evaluate("practising", {"teachers": [PRACTISED, UNKNOWN]}, DAY)
    assert (verdict.value, verdict.missing) == (None, ("teachers.stays",))


def test_facts_of_a_member_are_no_facts_of_the_case() -> None:
    assert [fact.name for fact in POLICY.facts("practising")] == ["teachers"]
    assert [fact.name for fact in POLICY.facts("practised")] == ["stays"]


def test_shares_totals_and_extremes() -> None:
    teachers = {"teachers": [PRACTISED, IDLE, {"active": False, "pay": 10, "stays": []}]}
    assert str(value("active_share", teachers)) == "2/3"
    assert value("active_share", {"teachers": []}) == 0
    assert value("pay_total", teachers) == 160
    assert value("pay_least", teachers) == 50
    assert value("pay_least", {"teachers": []}) == 0


def test_one_that_fails_decides_for_everyone() -> None:
    assert value("everyone", {"teachers": [IDLE, UNKNOWN]}) is False
    assert value("everyone", {"teachers": [PRACTISED, UNKNOWN]}) is None
    assert value("everyone", {"teachers": []}) is True

"""Records that are asked about the row around them, and lists of rows with a day of their own:
every row says what `evaluate` says of the same facts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from columns import CONNECTION, FRAMES, KEY, cells_of, columns_of, settled
from vocpolicy import Policy
from vocpolicy.diagnostics import FactError, UsageError

Day = datetime.date
TODAY = Day(2023, 6, 30)
POLICY = Policy.from_text("""language 1
policy placed { title zh "实践" en "Placements" }
choice medal zh "奖牌" en "medal" { bronze zh "铜" en "Bronze", silver, gold }
entity visit zh "走访" en "visit" plural "visits" counter "次" {
  seen zh "日" en "seen" : date
  marks zh "分" en "marks" : points, between 0 points and 10 points
}
entity placement zh "实践" en "placement" plural "placements" counter "段" {
  hours zh "学时" en "hours" : points, between 0 points and 100 points
  paid zh "有酬" en "paid" : yes or no
  medal zh "奖牌" en "medal" : medal
  firm zh "企业" en "firm" : text
  from zh "起" en "from" : date
  to zh "止" en "to" : date or none
  visits zh "走访" en "visits" : list of visit
}
fact placements zh "实践" en "placements" : list of placement
fact rural zh "农村" en "rural" : yes or no
fact employer zh "单位" en "employer" : text
fact hired zh "入职" en "hired" : date
fact cap zh "上限" en "cap" : points, between 0 points and 100 points
fact prize zh "奖" en "prize" : medal
rule strict zh "严" en "strict" {
  holds when rural and cap is at least 50 points except when prize is gold
}
rule good for placement zh "好" en "good" {
  holds when hours is at least cap except when paid and rural
}
define kept for placement zh "计" en "kept" = smaller of (hours, cap)
define late for placement zh "晚" en "late" = `from` is after hired
define seen_late for placement zh "次" en "seen late" =
  count of visits where (seen is on or after hired and marks * 10 is at most cap and late)
define own_firm zh "本" en "own" = count of placements where (firm is employer)
define after zh "后" en "after" = total of placements.hours where (`from` is on or after hired)
define best zh "最高" en "best" = most of placements.kept where rural if empty cap
define prized zh "得" en "prized" = least of placements.hours where (medal is prize) if empty cap
define recent zh "近" en "recent" = count of placements in the last 12 months where strict
define days zh "天" en "days" = total length of placements where (firm is employer)
define year zh "年" en "year" = total length of placements in the last 24 months where late
define goods zh "好数" en "goods" = share of placements satisfies good if empty 50%
define visited zh "访" en "visited" = total of placements.seen_late
define early zh "早" en "early" = count of placements where (
  count of visits where (seen is before hired and marks is at least 5 points) is at least 1
)
rule all_own zh "均" en "all" {
  holds when every one of placements where rural satisfies (firm is employer)
}
rule mostly zh "多" en "mostly" { holds when goods is at least 2 / 3 }
rule enough zh "够" en "enough" { holds when best is at least 40 points and own_firm is at least 1 }
rule first zh "首" en "first" {
  holds when least of placements.from where (hours is at least cap) if empty hired
    is at most 2022-07-05
}
""")
NAMES = (
    *("own_firm", "after", "best", "prized", "recent", "days", "year", "goods", "visited"),
    *("early", "all_own", "mostly", "enough", "first"),
)
FACTS = {"rural": pl.Boolean, "employer": pl.String, "hired": pl.Date, "cap": pl.Int64}
FACTS |= {"prize": pl.String}
FIELDS = {"hours": pl.Int64, "paid": pl.Boolean, "medal": pl.String, "firm": pl.String}
FIELDS |= {"from": pl.Date, "to": pl.Date}
VISITS = {"seen": pl.Date, "marks": pl.Int64}


def sometimes(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from((*values, *values, None))


DAYS = sometimes(Day(2022, 6, 30), Day(2022, 7, 1), Day(2022, 7, 5), Day(2023, 3, 1))
CHOSEN = {
    "rural": sometimes(True, False),
    "employer": sometimes("A", "B"),
    "hired": DAYS,
    "cap": sometimes(0, 20, 50, 100),
    "prize": sometimes("gold", "silver"),
}
VISIT = st.fixed_dictionaries({"seen": DAYS, "marks": sometimes(0, 4, 5, 10)})
RECORD = st.fixed_dictionaries(
    {
        "hours": sometimes(0, 19, 20, 50, 100),
        "paid": sometimes(True, False),
        "medal": sometimes("gold", "silver", "铜"),
        "firm": sometimes("A", "B"),
        "from": DAYS,
        "to": sometimes(Day(2022, 7, 1), Day(2022, 7, 10), Day(2023, 2, 1), Day(2024, 1, 1)),
        "visits": st.none() | st.lists(VISIT, max_size=2),
    }
)
LISTS = st.lists(st.none() | st.lists(RECORD, max_size=3), min_size=2, max_size=2)
ROWS = st.lists(
    st.tuples(st.fixed_dictionaries(CHOSEN), st.integers(0, 1), st.sampled_from((0, 1, 2))),
    min_size=1,
    max_size=4,
)
ROW_DAYS = (Day(2022, 7, 1), Day(2024, 2, 29), None)


def as_kind(kind: str, types: Mapping[str, Any], rows: list[dict[str, Any]]) -> Any:
    frame = pl.DataFrame(rows, schema=types, orient="row")
    if kind == "duckdb":
        return CONNECTION.from_arrow(frame.to_arrow())
    return frame.lazy() if kind == "polars, lazy" else frame


def tables(kind: str, lists: list[Any]) -> dict[str, Any]:
    """Placements by the row, and visits by the placement."""
    placed = [(at, one) for at, several in enumerate(lists) for one in several or ()]
    rows = [
        {KEY: at, "visit key": None if one["visits"] is None else place}
        | {name: one[name] for name in FIELDS}
        for place, (at, one) in enumerate(placed)
    ]
    seen = [
        {"visit key": place} | visit
        for place, (_, one) in enumerate(placed)
        for visit in one["visits"] or ()
    ]
    one = as_kind(kind, {KEY: pl.Int64, "visit key": pl.Int64, **FIELDS}, rows)
    other = as_kind(kind, {"visit key": pl.Int64, **VISITS}, seen)
    return {"placements": (one, KEY), "placements.visits": (other, "visit key")}


def said(facts: Mapping[str, Any], listed: Any, name: str, day: Day | None) -> Any:
    if day is None:
        return None, None, None
    given_facts = {key: value for key, value in facts.items() if value is not None}
    if listed is not None:
        held = [{k: v for k, v in one.items() if v is not None or k == "to"} for one in listed]
        given_facts["placements"] = held
    try:
        verdict = POLICY.evaluate(name, given_facts, day)
    except FactError:
        return None, None, None
    value: Any = verdict.value if verdict.outcome.value == "holds" else None
    shown = None if value is None or isinstance(value, bool) else float(value)
    return verdict.outcome.value, shown, ", ".join(verdict.missing)


def check(kind: str, lists: list[Any], rows: list[Any], names: list[str], dated: bool) -> None:
    cells = [
        {"place": place, KEY: None if lists[at] is None else at, "day": ROW_DAYS[day], **facts}
        for place, (facts, at, day) in enumerate(rows)
    ]
    types = {"place": pl.Int64, KEY: pl.Int64, "day": pl.Date, **FACTS}
    found = settled(
        POLICY.evaluate_frame(
            as_kind(kind, types, cells),
            names,
            "day" if dated else TODAY,
            children=tables(kind, lists),
            missing=True,
            engine="columns",
        )
    )
    order = cells_of(found, "place")
    for name in names:
        valued = f"{name}.value" in columns_of(found)
        values = cells_of(found, f"{name}.value") if valued else [None] * len(rows)
        outcomes, lacks = cells_of(found, f"{name}.outcome"), cells_of(found, f"{name}.missing")
        got = dict(zip(order, zip(outcomes, values, lacks, strict=True), strict=True))
        for place, (facts, at, day) in enumerate(rows):
            on = ROW_DAYS[day] if dated else TODAY
            assert got[place] == said(facts, lists[at], name, on), (name, place)


SEVERAL = st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True)


@pytest.mark.parametrize("kind", ("polars", "polars, lazy", "duckdb"))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(LISTS, ROWS, SEVERAL)
def test_records_are_asked_about_the_row_around_them(
    kind: str, lists: list[Any], rows: list[Any], names: list[str]
) -> None:
    check(kind, lists, rows, names, dated=False)


@pytest.mark.parametrize("kind", ("polars", "duckdb"))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(LISTS, ROWS, SEVERAL)
def test_lists_of_rows_that_have_each_a_day_of_its_own(
    kind: str, lists: list[Any], rows: list[Any], names: list[str]
) -> None:
    check(kind, lists, rows, names, dated=True)


# ---- one case at a time --------------------------------------------------------------------------

STAYS = Policy.from_text("""language 1
policy stays { title en "Stays" zh "段" }
entity stay en "stay" zh "段" plural "stays" {
  hours en "hours" zh "学时" : points, between 0 points and 10 points
  firm en "firm" zh "企业" : text
}
fact stays en "stays" zh "段" : list of stay
fact least en "least" zh "下限" : points, between 0 points and 10 points
fact firm_of en "firm" zh "单位" : text
rule reached zh "有" en "reached" {
  holds when any one of stays satisfies (hours is at least least)
}
parameter few en "few" zh "少" : points {
  from 2020-01-01 to 2022-12-31 = 2 points
  from 2023-01-01 = 5 points
}
define many en "many" zh "多" = count of stays where (hours is more than few)
""")


@pytest.mark.parametrize("kind", FRAMES)
def test_every_kind_of_frame_carries(kind: str) -> None:
    make = FRAMES[kind]
    frame = make({"row": [0, 1, 2, 3], "id": [1, 1, 2, 3], "least": [3, 4, 1, None]})
    stays = make({"id": [1, 1, 2], "hours": [3, 2, None]})
    found = STAYS.evaluate_frame(
        frame,
        "reached",
        TODAY,
        children={"stays": (stays, "id")},
        missing=True,
        explain="conditions",
        engine="columns",
    )
    order = cells_of(found, "row")
    rows = dict(zip(order, cells_of(found, "reached.outcome"), strict=True))
    assert rows == {0: "holds", 1: "fails", 2: "undetermined", 3: "fails"}
    lacking = dict(zip(order, cells_of(found, "reached.missing"), strict=True))
    assert lacking == {0: "", 1: "", 2: "stays.hours", 3: ""}


def test_keys_of_two_types_of_numbers_find_each_other() -> None:
    frame = pl.DataFrame({"id": [1.0, None], "least": [3, 3]})
    stays = pl.DataFrame({"id": [1, 1], "hours": [3, 2]})
    found = STAYS.evaluate_frame(frame, "reached", TODAY, children={"stays": (stays, "id")})
    assert found["reached.outcome"].to_list() == ["holds", "undetermined"]


def test_what_is_in_force_on_the_day_of_each_row() -> None:
    days = [Day(2022, 1, 1), Day(2023, 1, 1), Day(2019, 1, 1), None]
    frame = pl.DataFrame({"id": [1, 1, 1, 1], "day": days})
    stays = pl.DataFrame({"id": [1, 1], "hours": [3, 9]})
    children = {"stays": (stays, "id")}
    found = STAYS.evaluate_frame(frame, "many", "day", children=children, engine="columns")
    assert found["many.value"].to_list() == [2, 1, None, None]
    assert found["many.outcome"].to_list() == ["holds", "holds", "undetermined", None]


def test_a_fact_called_as_a_field_is_refused() -> None:
    policy = Policy.from_text("""language 1
policy stays { title en "Stays" zh "段" }
entity stay en "stay" zh "段" plural "stays" { hours : points, between 0 points and 10 points }
fact stays : list of stay
fact hours : points, between 0 points and 10 points
define limit en "limit" zh "限" = hours * 2
define many en "many" zh "多" = count of stays where (hours is at least limit)
""")
    frame = pl.DataFrame({"id": [1], "hours": [3]})
    stays = pl.DataFrame({"id": [1], "hours": [6]})
    children = {"stays": (stays, "id")}
    with pytest.raises(UsageError) as caught:
        policy.evaluate_frame(frame, "many", TODAY, children=children, engine="columns")
    assert [one.code for one in caught.value.diagnostics] == ["V801"]
    found = policy.evaluate_frame(frame, "many", TODAY, children=children, engine="rows")
    assert found["many.value"].to_list() == [1]

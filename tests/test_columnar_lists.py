"""Registers with tables of lists: every row says what `evaluate` says of the same records."""

from __future__ import annotations

import datetime
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from columns import FRAMES, KEY, cells_of, columns_of, settled
from vocpolicy import Policy
from vocpolicy.diagnostics import FactError

DAY = datetime.date(2023, 6, 30)
POLICY = Policy.from_text("""language 1
policy placed { title zh "实践" en "Placements" }
kind school zh "学校" en "school"
choice medal zh "奖牌" en "medal" { bronze zh "铜" en "Bronze", silver, gold }
entity placement zh "实践" en "placement" plural "placements" counter "段" {
  hours zh "学时" en "hours" : points, between 0 points and 100 points
  extra zh "附加" en "extra" : points, at least 0 points
  paid zh "有酬" en "paid" : yes or no
  medal zh "奖牌" en "medal" : medal
  firm zh "企业" en "firm" : text
  from zh "起" en "from" : date
  to zh "止" en "to" : date
}
rule long for placement zh "长期" en "long" {
  holds when hours is at least 20 points except when paid
}
fact placements zh "实践" en "placements" : list of placement
fact asked zh "申请" en "asked" : yes or no
define hours_done zh "学时" en "hours" = total of placements.hours
define many zh "段数" en "many" = count of placements where (hours is at least 20 points)
define best zh "最高" en "best" = most of placements.hours if empty 0 points
define worst zh "最低" en "worst" = least of placements.hours where paid if empty 50 points
define medals zh "奖牌" en "medals" = distinct placements.medal
define firms zh "企业" en "firms" = distinct placements.firm where paid
define share_paid zh "占比" en "share" = share of placements satisfies paid if empty 0%
define days zh "天数" en "days" = total length of placements
define recent zh "近期" en "recent" = count of placements in the last 6 months
define recent_days zh "近期天数" en "recent days" =
  total length of placements in the last 12 months where paid
define longs zh "长期" en "longs" = count of placements where (long is holds)
rule enough zh "够" en "enough" { satisfied when hours_done is at least 50 points and asked }
rule each_paid zh "均" en "each" { holds when every one of placements satisfies paid }
rule some_gold zh "有" en "some" { holds when any one of placements satisfies (medal is gold) }
rule no_gold zh "无" en "none" {
  holds when no one of placements where paid satisfies (medal is gold)
}
rule mostly_paid zh "多数" en "mostly" { holds when share_paid is at least 2 / 3 }
rule varied zh "多样" en "varied" { holds when medals is at least 2 and firms is at least 1 }
rule first_early zh "早" en "early" {
  holds when least of placements.from if empty 2023-01-01 is at most 2022-12-31
}
rule grade decides grade zh "分" en "grade" {
  gives best - worst when many is at least 1
  otherwise gives 0 points
}
""")
NAMES = (
    *("hours_done", "many", "best", "worst", "medals", "firms", "share_paid", "days", "recent"),
    *("recent_days", "longs", "enough", "each_paid", "some_gold", "no_gold", "mostly_paid"),
    *("varied", "first_early", "grade"),
)


def sometimes(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, values, values, st.none())


DAYS = st.sampled_from([datetime.date(2022, 6, 30) + datetime.timedelta(n) for n in (0, 1, 5)])
ENDS = st.sampled_from([datetime.date(2022, 7, 10) + datetime.timedelta(n) for n in (0, 200, 400)])
RECORDS = st.fixed_dictionaries(
    {
        "hours": sometimes(st.sampled_from((0, 19, 20, 50, 100))),
        "extra": sometimes(st.integers(0, 3)),
        "paid": sometimes(st.booleans()),
        "medal": sometimes(st.sampled_from(("gold", "silver", "铜"))),
        "firm": sometimes(st.sampled_from(("A", "B"))),
        "from": sometimes(DAYS),
        "to": sometimes(ENDS),
    }
)
LISTS = st.lists(st.one_of(st.none(), st.lists(RECORDS, max_size=4)), min_size=1, max_size=4)


def table(lists: list[Any]) -> dict[str, list[Any]]:
    rows = [(at, one) for at, several in enumerate(lists) for one in several or ()]
    types = {"hours": int, "extra": int, "paid": bool, "medal": str, "firm": str}
    found: dict[str, list[Any]] = {KEY: [at for at, _ in rows]}
    for name in (*types, "from", "to"):
        found[name] = [one[name] for _, one in rows]
    return found


SCHEMA = {"hours": pl.Int64, "extra": pl.Int64, "paid": pl.Boolean, "medal": pl.String}
SCHEMA |= {"firm": pl.String, "from": pl.Date, "to": pl.Date, KEY: pl.Int64}


def as_kind(kind: str, cells: dict[str, list[Any]]) -> Any:
    """With the types that empty columns have too."""
    frame = pl.DataFrame(cells, schema_overrides={n: k for n, k in SCHEMA.items() if n in cells})
    if kind == "polars, lazy":
        return frame.lazy()
    if kind == "polars":
        return frame
    if kind == "pandas":
        return frame.to_pandas()
    from columns import CONNECTION

    return CONNECTION.from_arrow(frame.to_arrow()) if kind == "duckdb" else frame.to_arrow()


def said(lists: list[Any], name: str) -> list[tuple[Any, Any, Any]]:
    found = []
    for several in lists:
        facts: dict[str, Any] = {"asked": True}
        if several is not None:
            facts["placements"] = several
        try:
            verdict = POLICY.evaluate(name, facts, DAY)
        except FactError:
            found.append((None, None, None))
            continue
        value = verdict.value if verdict.outcome.value == "holds" else None
        shown = None if value is None or isinstance(value, bool) else float(value)
        found.append((verdict.outcome.value, shown, ", ".join(verdict.missing)))
    return found


@pytest.mark.parametrize("kind", ("polars", "polars, lazy", "pandas", "duckdb"))
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(LISTS)
def test_rows_with_lists_say_what_evaluate_says(kind: str, lists: list[Any]) -> None:
    size = len(lists)
    keys = [None if several is None else at for at, several in enumerate(lists)]
    frame = as_kind(kind, {"place": list(range(size)), KEY: keys, "asked": [True] * size})
    children = {"placements": (as_kind(kind, table(lists)), KEY)}
    names = NAMES if kind != "duckdb" else ("many", "best", "medals", "enough")
    found = POLICY.evaluate_frame(
        frame, names, DAY, children=children, missing=True, engine="columns"
    )
    found = settled(found)
    order = cells_of(found, "place")
    for name in names:
        parts = [cells_of(found, f"{name}.outcome"), cells_of(found, f"{name}.missing")]
        valued = f"{name}.value" in columns_of(found)
        values = cells_of(found, f"{name}.value") if valued else [None] * size
        got = sorted(zip(order, parts[0], values, parts[1], strict=True))
        expected = said(lists, name)
        assert [(one[1], one[2], one[3]) for one in got] == expected, name


# ---- how tables are given ------------------------------------------------------------------

TEACHERS = pl.DataFrame({"teacher": ["a", "b", "c", None]})
PLACED = pl.DataFrame({"who": ["a", "a", "b"], "hours": [30, 40, 10], "Std": [1, 2, 3]})


def test_a_key_may_have_two_names_and_a_row_without_one_has_no_list() -> None:
    children = {"placements": (PLACED, "who", "teacher")}
    found = POLICY.evaluate_frame(TEACHERS, "many", DAY, children=children, missing=True)
    assert found["many.value"].to_list() == [2, 0, 0, None]
    assert found["many.missing"].to_list() == ["", "", "", "placements"]
    assert found.columns[:1] == ["teacher"]


def test_columns_of_a_table_may_have_other_names() -> None:
    frame = PLACED.rename({"hours": "学时"})
    children = {"placements": (frame, "who", "teacher")}
    columns = {"placements.hours": "学时"}
    for engine in ("columns", "rows"):
        found = POLICY.evaluate_frame(
            TEACHERS, "many", DAY, children=children, columns=columns, engine=engine
        )
        assert found["many.value"].to_list() == [2, 0, 0, None]


def test_wrong_records_leave_their_row_without_an_outcome() -> None:
    frame = PLACED.with_columns(hours=pl.Series([30, 101, 10]))
    children = {"placements": (frame, "who", "teacher")}
    for engine in ("columns", "rows"):
        found = POLICY.evaluate_frame(TEACHERS, "many", DAY, children=children, engine=engine)
        assert found["many.outcome"].to_list() == [None, "holds", "holds", "undetermined"]


def test_rows_keep_their_order() -> None:
    size = 5000
    frame = pl.DataFrame({"teacher": [f"t{(n * 7919) % size}" for n in range(size)]})
    placed = pl.DataFrame({"teacher": [f"t{n}" for n in range(0, size, 2)] * 2, "hours": 30})
    children = {"placements": (placed, "teacher")}
    found = POLICY.evaluate_frame(frame, "many", DAY, children=children)
    assert found["teacher"].to_list() == frame["teacher"].to_list()
    expected = [0 if int(one[1:]) % 2 else 2 for one in frame["teacher"]]
    assert found["many.value"].to_list() == expected


@pytest.mark.parametrize("kind", FRAMES)
def test_every_kind_of_frame_takes_tables(kind: str) -> None:
    make = FRAMES[kind]
    frame = make({"id": [1, 2], "asked": [True, True]})
    placed = make({"id": [1, 1, 2], "hours": [30, 30, 49]})
    found = settled(
        POLICY.evaluate_frame(
            frame, "enough", DAY, children={"placements": (placed, "id")}, engine="columns"
        )
    )
    rows = dict(zip(cells_of(found, "id"), cells_of(found, "enough.outcome"), strict=True))
    assert rows == {1: "holds", 2: "fails"}

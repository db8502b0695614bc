"""Observations by date in frames: what `evaluate` says of the same observations, on any day."""

from __future__ import annotations

import datetime
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from columns import CONNECTION, FRAMES, Cells, Typed, cells_of, columns_of, settled
from vocpolicy import Policy
from vocpolicy.columnar import Count
from vocpolicy.diagnostics import FactError, UsageError

POLICY = Policy.from_text("""language 1
policy observed { title en "Observed" zh "观测"; in force 2020-01-01 }
kind school en "school" plural "schools" zh "学校"
choice level en "level" zh "等级" { low, mid zh "中" en "Middle", high }
fact total en "total" zh "总数" : count of school, between 1 and 100
fact part en "part" zh "部分" : count of school, at most total
fact spent en "spent" zh "支出" : yuan, between 0 yuan and 1000 yuan
fact limit en "limit" zh "限额" : yuan, between 0 yuan and 1000 yuan
fact started en "started" zh "启动" : yes or no
fact grade en "grade" zh "等级" : level
fact opened en "opened" zh "开工" : date
fact closed en "closed" zh "完工" : date, at least opened
fact grant en "grant" zh "补助" : yuan or none
target share en "share" zh "占比" {
  stock
  measure part / total
  baseline 20% at end of 2020
  milestone at least 40% by end of 2022
  goal at least 60% by end of 2024
}
target cost en "cost" zh "费用" {
  applies when started
  stock
  measure spent
  baseline 900 yuan at end of 2020
  goal at most limit by end of 2024
}
target both en "both" zh "两项" {
  stock
  measure each { a en "a" zh "一" : spent; b en "b" zh "二" : limit }
  baseline 10 yuan at end of 2020
  goal at least 300 yuan by end of 2024
}
rule done en "done" zh "完成" {
  holds when closed is before today and grade is high
    except when opened is on or after 2022-01-01
}
rule paid en "paid" zh "支付" { gives spent + 10 yuan when started; otherwise gives limit }
rule granted en "granted" zh "补助" { holds when grant is at least 100 yuan }
""")
ASKED = ("share", "cost", "both", "done", "paid")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


DAYS = [day(f"{year}-{end}") for year in (2020, 2022, 2024) for end in ("07-01", "12-31")]
DAYS += [day("2025-01-01"), day("2026-06-30")]
NAN = float("nan")
VALUES: dict[str, tuple[type, list[Any]]] = {
    "total": (int, [1, 2, 10, 50, 101, None]),
    "part": (int, [0, 1, 5, 30, None]),
    "spent": (float, [0.0, 10.5, 400.0, 900.0, 1000.5, NAN, None]),
    "limit": (int, [0, 300, 500, 1000, None]),
    "started": (bool, [True, False, None]),
    "grade": (str, ["low", "Middle", "high", "tin", None]),
    "opened": (datetime.date, [day("2021-12-31"), day("2022-01-01"), None]),
    "closed": (datetime.date, [day("2021-12-31"), day("2023-05-05"), None]),
}
KEYS = ("a", "b", "c", None)


def typed(kind: type, cells: list[Any]) -> Typed:
    found = Typed(cells)
    found.kind = kind
    return found


def as_frame(cells: Cells) -> pl.DataFrame:
    """A frame whose columns have their types, also where all of their cells are empty."""
    kinds: dict[type, Any] = {bool: pl.Boolean, int: pl.Int64, float: pl.Float64, str: pl.String}
    kinds[datetime.date] = pl.Date
    # All cells of these tests are `Typed`, of which `Cells` does not tell.
    return pl.DataFrame(
        {name: pl.Series(list(one), dtype=kinds[one.kind]) for name, one in cells.items()}  # type: ignore[attr-defined]
    )


@st.composite
def asked(draw: Any) -> tuple[pl.DataFrame, dict[str, Any], list[str]]:
    """A frame, tables of observations for some of the facts, and what is asked."""
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=3))
    cells: dict[str, Any] = {
        "id": typed(str, keys),
        "other": typed(str, draw(st.permutations(keys))),
        "on": typed(datetime.date, [draw(st.sampled_from([*DAYS, None])) for _ in keys]),
    }
    children = {}
    for name, (kind, values) in VALUES.items():
        match draw(st.sampled_from(("observed", "observed", "plain", "nothing"))):
            case "plain":
                cells[name] = typed(kind, [draw(st.sampled_from(values)) for _ in keys])
            case "observed":
                days = draw(st.lists(st.sampled_from(DAYS), max_size=5))
                days += [None] * draw(st.sampled_from((0, 0, 0, 0, 0, 1)))
                rows = {
                    "key": typed(str, [draw(st.sampled_from(KEYS)) for _ in days]),
                    "date": typed(datetime.date, days),
                    name: typed(kind, [draw(st.sampled_from(values)) for _ in days]),
                }
                children[name] = (as_frame(rows), "key", draw(st.sampled_from(("id", "other"))))
    names = st.lists(st.sampled_from(ASKED), min_size=1, max_size=2, unique=True)
    return as_frame(cells), children, draw(names)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(asked(), st.sampled_from([*DAYS, "on"]))
def test_columns_say_what_rows_say(
    case: tuple[pl.DataFrame, dict[str, Any], list[str]], today: Any
) -> None:
    frame, children, names = case
    options: dict[str, Any] = {"children": children, "missing": True}
    found = POLICY.evaluate_frame(frame, names, today, engine="columns", **options)
    slow = POLICY.evaluate_frame(frame, names, today, engine="rows", **options)
    assert found.columns == slow.columns
    for name in found.columns:
        assert told(found[name]) == told(slow[name]), name


def told(cells: pl.Series) -> list[Any]:
    return [str(one) if one != one else one for one in cells.to_list()]


CELLS: dict[str, Any] = {
    "id": [1, 2, 3, 4, None],
    "place": [0, 1, 2, 3, 4],
    "limit": [500, 500, 500, 500, 500],
    "started": [True, True, True, True, True],
}
SPENT: dict[str, Any] = {
    "whose": [1, 1, 1, 2, 4, 4, None],
    "date": [
        *(day("2020-12-31"), day("2024-12-01"), day("2025-02-01")),
        *(day("2023-06-30"), day("2023-06-30"), day("2023-06-30"), day("2023-06-30")),
    ],
    "cost": [900.0, 450.0, 990.0, 600.0, 1.0, 2.0, 1.0],
}


@pytest.mark.parametrize("kind", FRAMES)
@pytest.mark.parametrize(
    ("today", "wordings", "missing"),
    [
        # Held against the line on the day of the observation, 650 yuan in the middle of 2023.
        ("2024-06-30", ["on_track", "on_track", "undetermined", None, "undetermined"], "spent"),
        ("2024-12-31", ["met", "on_track", "undetermined", None, "undetermined"], "spent"),
        # The limit without a date comes too late for a measure, and in time for a goal.
        ("2025-03-31", ["met", "missed", "undetermined", None, "undetermined"], "spent"),
    ],
)
def test_a_target_looks_at_observations(
    kind: str, today: str, wordings: list[str | None], missing: str
) -> None:
    children = {"spent": (FRAMES[kind](SPENT), "whose", "id")}
    found = settled(
        POLICY.evaluate_frame(
            FRAMES[kind](CELLS),
            "cost",
            day(today),
            engine="columns",
            columns={"spent": "cost"},
            children=children,
            missing=True,
        )
    )
    order = cells_of(found, "place")
    rows = {name: cells_of(found, name) for name in columns_of(found)}
    assert [rows["cost.wording"][order.index(place)] for place in range(5)] == wordings
    assert rows["cost.missing"][order.index(2)] == missing
    for key, place in ((1, 0), (2, 1), (3, 2)):
        rows_of = [one for one, whose in enumerate(SPENT["whose"]) if whose == key]
        observed = {SPENT["date"][one]: SPENT["cost"][one] for one in rows_of}
        facts: dict[str, Any] = {"limit": 500, "started": True}
        verdict = POLICY.evaluate(
            "cost", {**facts, "spent": observed} if observed else facts, day(today)
        )
        assert verdict.wording_key == wordings[place]
        value = rows["cost.value"][order.index(place)]
        assert value == verdict.value


@pytest.mark.parametrize("later", [2, 60])
def test_an_observation_is_held_against_bounds_on_its_own_day(later: int) -> None:
    """A part is at most its whole as that was then; a later one is looked at, too."""
    whole: dict[str, Any] = {
        "key": [1, 1],
        "date": [day("2021-01-01"), day("2023-01-01")],
        "total": [10, 50],
    }
    part: dict[str, Any] = {
        "key": [1, 1],
        "date": [day("2022-01-01"), day("2026-01-01")],
        "part": [9, later],
    }
    children = {"total": (pl.DataFrame(whole), "key"), "part": (pl.DataFrame(part), "key")}
    frame = pl.DataFrame({"key": [1]})
    today = day("2024-06-30")
    found = POLICY.evaluate_frame(frame, "share", today, engine="columns", children=children)
    facts: dict[str, Any] = {
        "total": dict(zip(whole["date"], whole["total"], strict=True)),
        "part": dict(zip(part["date"], part["part"], strict=True)),
    }
    if later == 60:
        with pytest.raises(FactError):
            POLICY.evaluate("share", facts, today)
        assert found["share.outcome"].to_list() == [None]
    else:
        wording = POLICY.evaluate("share", facts, today).wording_key
        assert found["share.wording"].to_list() == [wording] == ["behind"]


@pytest.mark.parametrize("engine", ["rows", "columns"])
@pytest.mark.parametrize(
    ("table", "code"),
    [
        ({"key": [1], "spent": [5]}, "V805"),
        ({"key": [1], "date": [day("2023-01-01")], "cost": [5]}, "V805"),
        ({"key": [1], "date": ["2023-01-01"], "spent": [5]}, "V803"),
        ({"key": [1], "date": [day("2023-01-01")], "spent": ["5"]}, "V803"),
    ],
)
def test_what_is_no_table_of_observations(engine: str, table: Any, code: str) -> None:
    children = {"spent": (pl.DataFrame(table), "key")}
    with pytest.raises(UsageError) as caught:
        POLICY.evaluate_frame(
            pl.DataFrame({"key": [1]}), "cost", DAYS[0], engine=engine, children=children
        )
    assert [one.code for one in caught.value.diagnostics] == [code]


def test_observations_take_the_place_of_a_column() -> None:
    frame = pl.DataFrame({"key": [1, 2], "spent": ["five", "six"], "started": [True, True]})
    table = pl.DataFrame({"key": [1], "date": [day("2023-01-01")], "spent": [5]})
    for engine in ("rows", "columns"):
        found = POLICY.evaluate_frame(
            frame, "paid", DAYS[-1], engine=engine, children={"spent": (table, "key")}
        )
        assert found["paid.value"].to_list() == [15.0, None]


def test_groups_of_a_register_have_observations() -> None:
    people = pl.DataFrame({"town": ["A", "A", "B"], "started": [True, False, True]})
    counted = pl.DataFrame(
        {
            "in": ["A", "B", "B"],
            "date": [day("2021-01-01"), day("2021-01-01"), day("2022-01-01")],
            "total": [4, 5, 6],
        }
    )
    found = POLICY.measure_frame(
        people,
        "share",
        day("2023-01-01"),
        by="town",
        measures={"part": Count("started")},
        children={"total": (counted, "in", "town")},
    )
    for town, observed in (("A", {"2021-01-01": 4}), ("B", {"2021-01-01": 5, "2022-01-01": 6})):
        verdict = POLICY.evaluate("share", {"part": 1, "total": observed}, day("2023-01-01"))
        place = found["town"].to_list().index(town)
        assert found["share.wording"][place] == verdict.wording_key
        assert found["share.outcome"][place] == verdict.outcome.value


# ---- lists of bare values ---------------------------------------------------------------------

LISTS = Policy.from_text("""language 1
policy lists { title en "Lists" zh "清单" }
choice subject en "subject" zh "科目" { maths zh "数学" en "Maths", chinese zh "语文" en "Chinese" }
fact subjects en "subjects" zh "科目" : list of subject
fact sums en "sums" zh "数额" : list of yuan
target named en "named" zh "逐项" {
  stock
  measure subjects
  goal each of (maths, chinese) by end of 2024
}
rule enough en "enough" zh "够" { holds when count of subjects is at least 2 }
rule listed en "listed" zh "所列" { gives sums }
""")
MEMBERS: dict[str, tuple[Any, list[Any]]] = {
    "subjects": (pl.String, ["maths", "语文", "chinese", "tin", None]),
    "sums": (pl.Float64, [0.5, 2.25, 1000.0, float("inf"), None]),
}


@st.composite
def listed(draw: Any) -> tuple[pl.DataFrame, dict[str, Any]]:
    """A frame, and its lists: a row for each member, or lists that were observed."""
    keys = draw(st.lists(st.sampled_from((1, 2, None)), min_size=1, max_size=3))
    days = [draw(st.sampled_from(DAYS)) for _ in keys]
    frame = pl.DataFrame({"id": keys, "on": days}, schema={"id": pl.Int64, "on": pl.Date})
    children = {}
    for name, (kind, values) in MEMBERS.items():
        member = st.sampled_from([*values[:3] * 5, *values[3:]])
        types: dict[str, Any] = {"of": pl.Int64, name: kind}
        row: dict[str, Any] = {"of": st.sampled_from((1, 2, None)), name: member}
        if draw(st.booleans()):
            row[name] = st.one_of(st.none(), st.lists(member, max_size=3))
            row["date"] = st.sampled_from(DAYS)
            types |= {name: pl.List(kind), "date": pl.Date}
        rows = draw(st.lists(st.fixed_dictionaries(row), max_size=4))
        children[name] = (pl.DataFrame(rows, schema=types), "of", "id")
    return frame, children


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(listed(), st.sampled_from([*DAYS, "on"]), st.sampled_from(("polars", "pandas", "duckdb")))
def test_lists_of_bare_values(
    case: tuple[pl.DataFrame, dict[str, Any]], today: Any, kind: str
) -> None:
    frame, children = case
    frame = frame.with_row_index("place")
    names = ["named", "enough", "listed"]
    slow = LISTS.evaluate_frame(frame, names, today, engine="rows", children=children, missing=True)
    native = {name: (as_kind(kind, table), *keys) for name, (table, *keys) in children.items()}
    found = settled(
        LISTS.evaluate_frame(
            as_kind(kind, frame), names, today, engine="columns", children=native, missing=True
        )
    )
    order = cells_of(found, "place")
    for name in slow.columns[3:]:
        cells = cells_of(found, name)
        rows = [cells[order.index(place)] for place in range(len(frame))]
        assert rows == slow[name].to_list(), name


def as_kind(kind: str, frame: pl.DataFrame) -> Any:
    match kind:
        case "pandas":
            return frame.to_pandas()
        case "duckdb":
            return CONNECTION.from_arrow(frame.to_arrow())
        case _:
            return frame

"""Targets whose goals turn on facts, and targets with the day of each row: columns say of every
row what the interpreter says of its facts on its day."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from columns import FRAMES, cells_of, columns_of, settled
from vocpolicy import Policy
from vocpolicy.diagnostics import FactError
from vocpolicy.policy.rows import answer_of

POLICY = Policy.from_text("""language 1
policy courses { title en "Courses" zh "进程"; in force 2020-06-01 to 2026-12-31 }
kind post zh "岗位" en "post" plural "posts"
fact full : count of post, between 0 and 1000000
fact dual : count of post, at most full
fact cost : yuan, between 0 yuan and 1000000 yuan
fact limit : yuan, between 100 yuan and 500 yuan
fact least : count of post, between 0 and 100
fact quota : ratio, between 0% and 100%, in steps of 1%
fact started : yes or no
parameter band : yuan { from 2019-01-01 = 300 yuan; from 2023-07-01 = 200 yuan }
target share { stock; measure dual / full if zero 0%
  baseline 20% at end of 2020; milestone at least 40% by end of 2023
  goal at least 60% by end of 2025 }
target cheap { stock; measure cost; baseline 900 yuan at end of 2020
  goal at most limit by end of 2025 }
target cheaper { stock; measure cost; baseline between 500 yuan and 800 yuan at end of 2020
  goal between 100 yuan and limit by end of 2025; applies when started }
target posts { flow since 2021-01-01; measure dual; goal at least least by end of 2024 }
target near { stock; measure cost; baseline 700 yuan at end of 2021
  milestone about limit tolerance 10% by end of 2022
  goal about 200 yuan tolerance limit by end of 2024 }
target quotas { stock; measure dual / full if zero 0%; baseline 20% at end of 2020
  goal at least quota by end of 2025 }
target level { stock; measure cost; goal level with limit tolerance 5% by end of 2025 }
target param { stock; measure cost; baseline 900 yuan at end of 2020
  goal at most band by end of 2025 }
target never { stock; measure cost; goal at most limit }
""")
TARGETS = ("share", "cheap", "cheaper", "posts", "near", "quotas", "level", "param", "never")
PARTS = ("outcome", "wording", "value", "shortfall", "missing")
DATES = [datetime.date(year, month, 1) for year in range(2020, 2028) for month in (1, 7)]
DATES += [datetime.date(year, 12, 31) for year in (2020, 2021, 2023, 2024, 2025)]


def sometimes(*several: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from((None, *several, *several))


ROW = st.fixed_dictionaries(
    {
        "full": sometimes(0, 1, 5, 10, 50),
        "dual": sometimes(0, 1, 2, 3, 5),
        "cost": sometimes(0, 100, 200, 220, 300, 301, 540, 800, 900),
        "limit": sometimes(100, 200, 300, 500),
        "least": sometimes(0, 2, 3, 100),
        "quota": sometimes(0.0, 0.2, 0.3, 0.6, 1.0),
        "started": sometimes(True, False),
        "day": sometimes(*DATES),
    }
)


def expected_of(name: str, row: dict[str, Any], day: datetime.date | None) -> tuple[Any, ...]:
    needed = {fact.name for fact in POLICY.facts(name)} | {"full"}
    facts = {k: v for k, v in row.items() if k in needed and v is not None}
    facts = facts if name in ("share", "quotas", "posts") else {**facts, "full": None}
    if day is None:
        return (None,) * len(PARTS)
    try:
        answer = answer_of(
            POLICY.evaluate(name, {k: v for k, v in facts.items() if v is not None}, day)
        )
    except FactError:
        return (None,) * len(PARTS)
    values = [
        None if one is None else float(one) for one in (answer.values[""], answer.shortfalls[""])
    ]
    return answer.outcome, answer.wording, *values, ", ".join(answer.missing)


def near(one: Any, other: Any) -> bool:
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return abs(one - other) < 1e-12 if numbers else one == other


@pytest.mark.parametrize("kind", FRAMES)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(ROW, min_size=4, max_size=20),
    st.one_of(st.just("day"), st.sampled_from(DATES)),
    st.sampled_from(TARGETS),
)
def test_a_target_is_held_against_what_each_row_says_on_its_day(
    kind: str, rows: list[dict[str, Any]], day: datetime.date | str, name: str
) -> None:
    cells = {key: [row[key] for row in rows] for key in ROW_NAMES}
    if any(all(one is None for one in several) for several in cells.values()):
        return
    frame = FRAMES[kind](cells)
    found = settled(POLICY.evaluate_frame(frame, name, day, missing=True, engine="columns"))
    assert f"{name}.shortfall" in columns_of(found)
    got = zip(*(cells_of(found, f"{name}.{part}") for part in PARTS), strict=True)
    for row, one in zip(rows, got, strict=True):
        expected = expected_of(name, row, row["day"] if day == "day" else day)
        assert all(map(near, one, expected)), (name, day, row, one, expected)


ROW_NAMES = ("full", "dual", "cost", "limit", "least", "quota", "started", "day")


def test_of_nothing_every_part_is_known_whatever_the_whole_is() -> None:
    row = {"full": None, "dual": 0, "quota": None, "day": datetime.date(2022, 1, 1)}
    rows = [dict.fromkeys(ROW_NAMES) | row, dict.fromkeys(ROW_NAMES, 1) | row | {"full": 5}]
    frame = FRAMES["polars"]({key: [one[key] for one in rows] for key in ROW_NAMES[:2]})
    found = POLICY.evaluate_frame(frame, "quotas", row["day"], missing=True, engine="columns")
    assert cells_of(settled(found), "quotas.missing") == ["quota", "quota"]
    assert expected_of("quotas", rows[0], row["day"])[-1] == "quota"


# ---- why, each row on its day ------------------------------------------------------------------

TURNING = Policy.from_text("""language 1
policy turning { title en "Turning" zh "更替"; in force 2022-01-01 to 2024-12-31 }
fact score : points, between 0 points and 100 points
fact poor : yes or no
fact born : date
parameter line : points { from 2022-01-01 = 40 points; from 2023-01-01 = 50 points }
rule one decides entry { in force 2022-01-01 to 2022-12-31; holds when score is at least line }
rule two decides entry {
  in force 2023-01-01
  holds when score is at least line and poor and born + 18 years is at most today
}
""")
OF_DAYS = {
    "score": [45, 45, None, 55, 45],
    "poor": [True, None, False, True, True],
    "born": [datetime.date(2000, 1, 1)] * 3 + [datetime.date(2006, 1, 1)] * 2,
    "day": [
        *(datetime.date(2022, 5, 1), datetime.date(2023, 5, 1), None),
        *(datetime.date(2024, 1, 2), datetime.date(2025, 1, 1)),
    ],
}


@pytest.mark.parametrize("kind", FRAMES)
def test_conditions_are_those_of_the_day_of_each_row(kind: str) -> None:
    frame = FRAMES[kind](OF_DAYS)
    found = settled(TURNING.evaluate_frame(frame, "entry", "day", explain="conditions"))
    names = [one.column for one in TURNING.frame_conditions("entry", "day")]
    assert [cells_of(found, name) for name in names] == [
        [True, False, None, True, None],
        [None, None, None, True, None],
        [None, True, None, True, None],
    ]
    codes = settled(TURNING.evaluate_frame(frame, "entry", "day", explain="codes"))
    nothing = 0b111111
    assert cells_of(codes, "entry.codes") == [0b111101, 0b011000, None, 0b010101, nothing]
    texts = settled(TURNING.evaluate_frame(frame, "entry", "day", explain="text"))
    assert cells_of(texts, "entry.text")[::4] == ["+ score is at least line", ""]


@pytest.mark.parametrize("explain", ("conditions", "codes", "text"))
def test_row_by_row_the_same_conditions_are_told(explain: str) -> None:
    frame = FRAMES["polars"](OF_DAYS)
    both = [
        TURNING.evaluate_frame(frame, "entry", "day", explain=explain, engine=engine)
        for engine in ("columns", "rows")
    ]
    assert both[0].equals(both[1])

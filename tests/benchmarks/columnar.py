"""Deciding a register: one rule and thirty, against the polars expression that a person writes.

The reference takes enumerations as the columns do, and leaves open what a missing cell leaves
open.  Its verdict is a Boolean that is null where it is not known.
"""

from __future__ import annotations

import datetime
from functools import reduce
from operator import or_
from typing import Any

from measuring import Row, medians, rows
from workload import MEDALS, PLACES, SCHOOLS, TRACKS, figures, source

from vocpolicy import Policy

DAY = datetime.date(2023, 6, 1)
SIZES = (10_000, 1_000_000)


def measure(quick: bool) -> list[Row]:
    try:
        import polars  # noqa: F401 - a peer, measured where it is installed
    except ImportError:
        return [Row("columns", None, "", None, None, "polars is not installed (`polars`)")]
    policy = Policy.from_text(source(30))
    found = []
    for size in (10_000, 100_000) if quick else SIZES:
        found += _sized(policy, size, 3 if quick else 9)
    return found


def _sized(policy: Policy, size: int, repeats: int) -> list[Row]:
    frame = register(size)
    names = [f"admission_{i}" for i in range(30)]
    reference = f"hand-written polars, {size:,} rows"
    several = f"thirty hand-written, {size:,} rows"
    table = frame.to_arrow()
    small = size <= 10_000
    one = {
        reference: lambda: frame.with_columns(verdict=by_hand(0)),
        f"one rule, {size:,} rows": lambda: policy.evaluate_frame(frame, names[0], DAY),
        f"one rule with conditions, {size:,} rows": lambda: policy.evaluate_frame(
            frame, names[0], DAY, "conditions"
        ),
        f"one rule over pyarrow, {size:,} rows": lambda: policy.evaluate_frame(
            table, names[0], DAY
        ),
    }
    thirty = {
        several: lambda: frame.with_columns(by_hand(i).alias(f"v{i}") for i in range(30)),
        f"thirty rules, {size:,} rows": lambda: policy.evaluate_frame(frame, names, DAY),
    }
    found = _rows(one, reference, (4.0 if small else 1.5, None if small else 2.0, None), repeats)
    return found + _rows(thirty, several, (None if small else 1.2,), repeats)


def _rows(
    calls: dict[str, Any], reference: str, goals: tuple[float | None, ...], repeats: int
) -> list[Row]:
    names = [name for name in calls if name != reference]
    return rows(medians(calls, repeats), reference, dict(zip(names, goals, strict=True)))


def register(size: int) -> Any:
    """So many applicants, 3 in 100 of them without a score."""
    import numpy as np
    import polars as pl

    random = np.random.default_rng(7)

    def choice(values: tuple[str, ...]) -> Any:
        codes = pl.Series(random.integers(0, len(values), size))
        return pl.Series(values, dtype=pl.Enum(values)).gather(codes)

    scores = pl.Series(random.integers(420, 731, size))
    return pl.DataFrame(
        {
            "age": random.integers(15, 35, size),
            "graduate_of": choice(SCHOOLS),
            "exam_score": scores.set(pl.Series(random.random(size) < 0.03), None),
            "track": choice(TRACKS),
            "household_registered": random.random(size) < 0.85,
            "disciplinary_record": random.random(size) < 0.06,
            "world_skills_award": choice(("none", *MEDALS)),
            "national_award": choice(("none", *PLACES)),
            "trade_matches": random.random(size) < 0.33,
        }
    )


def by_hand(i: int) -> Any:
    """Rule number `i` as a person would write it for polars."""
    import polars as pl

    said, col = figures(i), pl.col
    medal = reduce(or_, [col("world_skills_award") == one for one in said["medals"]])
    place = reduce(or_, [col("national_award") == one for one in said["places"]])
    line = [(col("track") == one) & (col("exam_score") >= said[one]) for one in TRACKS]
    schooled = (col("graduate_of") == said["school"]) & reduce(or_, line)
    schooled = schooled & col("household_registered") & (col("age") <= said["age"])
    return ((col("trade_matches") & (medal | place)) | schooled) & ~col("disciplinary_record")

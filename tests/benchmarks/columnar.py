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
from registers import by_openfisca, by_rules, by_sql, in_duckdb, memory
from workload import MEDALS, PLACES, SCHOOLS, TRACKS, figures, source

from vocpolicy import Policy

DAY = datetime.date(2023, 6, 1)
SIZES = (10_000, 1_000_000)
LARGE = 10_000_000
"""Rows of the last rows, which are measured alone: they take a gigabyte."""

TIMES_OPENFISCA = 15
NAMES = tuple(f"admission_{i}" for i in range(30))


def measure(quick: bool) -> list[Row]:
    try:
        import polars  # noqa: F401 - a peer, measured where it is installed
    except ImportError:
        return [Row("columns", None, "", None, None, "polars is not installed (`polars`)")]
    policy = Policy.from_text(source(30))
    repeats = 3 if quick else 9
    small, middle = (10_000, 100_000) if quick else SIZES
    found = _one(policy, small, (4.0, None), repeats) + _thirty(policy, small, None, repeats)
    found += _one(policy, middle, (1.5, 2.0), 5 * repeats) + _thirty(policy, middle, 1.2, repeats)
    found += _others(policy, middle, repeats)
    found += _texts(policy, middle, repeats) + _duckdb(policy, middle, repeats)
    large = middle if quick else LARGE
    if not quick:
        found += _one(policy, large, (1.5, 2.0), 5) + _thirty(policy, large, 1.2, 3)
    return found + memory(large)


def _one(policy: Policy, size: int, goals: tuple[float | None, ...], repeats: int) -> list[Row]:
    frame = register(size)
    reference = f"hand-written polars, {size:,} rows"
    calls = {
        reference: lambda: frame.with_columns(verdict=by_hand(0)),
        f"one rule, {size:,} rows": lambda: policy.evaluate_frame(frame, NAMES[0], DAY),
        f"one rule with conditions, {size:,} rows": lambda: policy.evaluate_frame(
            frame, NAMES[0], DAY, "conditions"
        ),
    }
    return _rows(calls, reference, goals, repeats)


def _thirty(policy: Policy, size: int, goal: float | None, repeats: int) -> list[Row]:
    frame = register(size)
    reference = f"thirty hand-written, {size:,} rows"
    calls = {
        reference: lambda: frame.with_columns(by_hand(i).alias(f"v{i}") for i in range(30)),
        f"thirty rules, {size:,} rows": lambda: policy.evaluate_frame(frame, NAMES, DAY),
    }
    return _rows(calls, reference, (goal,), repeats)


def _others(policy: Policy, size: int, repeats: int) -> list[Row]:
    """Frames of pyarrow and pandas; and against OpenFisca, over the same applicants."""
    frame = register(size)
    table, data = frame.to_arrow(), None
    reference = f"hand-written polars, {size:,} rows"
    calls: dict[str, Any] = {
        reference: lambda: frame.with_columns(verdict=by_hand(0)),
        f"one rule over pyarrow, {size:,} rows": lambda: policy.evaluate_frame(
            table, NAMES[0], DAY
        ),
    }
    try:
        data = frame.to_pandas()
    except ImportError:
        pass
    else:
        name = f"one rule over pandas, {size:,} rows"
        calls[name] = lambda: policy.evaluate_frame(data, NAMES[0], DAY)
    found = _rows(calls, reference, (None,) * (len(calls) - 1), repeats)
    return found + _openfisca(policy, frame, repeats)


def _openfisca(policy: Policy, frame: Any, repeats: int) -> list[Row]:
    """Against its run from words, as its users have them and as the goal was set, and from the
    numbers of words."""
    found: list[Row] = []
    goal = 1 / TIMES_OPENFISCA
    for way, words, loops in (("words", True, 1), ("numbers for words", False, 5)):
        try:
            simulated = by_openfisca(frame, words)
        except ImportError:
            return [Row("OpenFisca", None, "", None, None, "openfisca-core is not installed")]
        said = frame.select(by_hand(0).fill_null(False)).to_series().to_numpy()
        assert (simulated() == said).all(), "OpenFisca does not say the same"
        reference = f"OpenFisca, vectorised, from {way}, {len(frame):,} rows"
        name = f"one rule, against OpenFisca from {way}, {len(frame):,} rows"
        both = {reference: simulated, name: lambda: policy.evaluate_frame(frame, NAMES[0], DAY)}
        found += _rows(both, reference, (goal if words else None,), repeats, loops)
    return found


def _texts(policy: Policy, size: int, repeats: int) -> list[Row]:
    """Columns of text in place of enumerations."""
    import polars as pl

    frame = register(size).with_columns(pl.col(pl.Enum).cast(pl.String))
    reference = f"hand-written polars, text, {size:,} rows"
    calls = {
        reference: lambda: frame.with_columns(verdict=by_hand(0)),
        f"one rule, text, {size:,} rows": lambda: policy.evaluate_frame(frame, NAMES[0], DAY),
    }
    return _rows(calls, reference, (None,), repeats)


def _duckdb(policy: Policy, size: int, repeats: int) -> list[Row]:
    """Counts of outcomes over a table of text, against the SQL that a person writes."""
    import polars as pl

    try:
        table = register(size).with_columns(pl.col(pl.Enum).cast(pl.String)).to_arrow()
        connection = in_duckdb(table)
    except ImportError:
        return [Row("DuckDB", None, "", None, None, "duckdb is not installed (`duckdb`)")]
    reference, name = f"hand-written SQL, DuckDB, {size:,} rows", f"one rule, DuckDB, {size:,} rows"
    calls = {
        reference: by_sql(connection),
        name: by_rules(
            connection,
            lambda relation: policy.evaluate_frame(relation, NAMES[0], DAY),
            f"{NAMES[0]}.outcome",
        ),
    }
    assert calls[reference]() == calls[name](), "the SQL does not say the same"
    return _rows(calls, reference, (1.6,), repeats)


def _rows(
    calls: dict[str, Any],
    reference: str,
    goals: tuple[float | None, ...],
    repeats: int,
    loops: int = 1,
) -> list[Row]:
    names = [name for name in calls if name != reference]
    return rows(medians(calls, repeats, loops), reference, dict(zip(names, goals, strict=True)))


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

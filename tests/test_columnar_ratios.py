"""What is divided, and what is made of it, where facts are missing: columns say of every row what
`evaluate` says, missing facts included."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from columns import CONNECTION, cells_of, settled
from vocpolicy import Policy
from vocpolicy.diagnostics import UsageError

DAY = datetime.date(2023, 6, 1)
HEAD = """language 1
policy p { title en "P" zh "甲" }
kind school zh "学校" en "school" plural "schools"
fact whole zh "全" en "whole" : count of school, between 1 and 1000
fact part zh "部" en "part" : count of school, at most whole
fact pay zh "薪" en "pay" : yuan, between 0 yuan and 1000 yuan, in steps of 1 yuan
fact due zh "欠" en "due" : yuan, between -500 yuan and 1000 yuan, in steps of 1 yuan
fact term zh "日" en "term" : days, between 1 days and 30 days
fact spell zh "时" en "spell" : days, between 0 days and 30 days
fact x zh "X" en "x" : number, between -6 and 12, in steps of 1
fact y zh "Y" en "y" : number, between 0 and 9, in steps of 0.5
fact z zh "Z" en "z" : number, more than 0, in steps of 0.5
fact low zh "低" en "low" : number, between -9 and -1, in steps of 1
fact free zh "由" en "free" : number, in steps of 0.5
fact quota zh "比" en "quota" : ratio, between 0% and 100%, in steps of 1%
fact sign zh "号" en "sign" : ratio, between -100% and 100%, in steps of 1%
define rate zh "率" en "rate" = pay / term
rule first zh "一" en "first" {
  gives part / whole when pay is at least 100 yuan
  gives quota when pay is less than 100 yuan
}
rule second zh "二" en "second" { gives first when x is at least 0; otherwise gives 1 / 3 }
"""

VALUES = (
    "part / whole",
    "part / whole + quota",
    "pay / term * 3 days",
    "rate * 2 - due / term",
    "pay / spell if zero 0 yuan per day",
    "pay / spell if zero rate",
    "x / y if zero y",
    "x / x if zero 1",
    "y / x if zero low",
    "x / low if zero 0",
    "free / z",
    "z / free if zero 1",
    "low / z + x",
    "(x / z) * (y / z)",
    "x / (1 / z)",
    "x / (y / z) if zero 0",
    "smaller of (part / whole, quota)",
    "larger of (x / z, y / z, 1)",
    "round down (x / z) to 1",
    "round up (x / z) to 0.1",
    "round half up (x / (y + 0.5)) to 0.5",
    "round half even (low / (y + 1)) to 0.1",
    "first * 2",
    "second + first",
    "band of (part / whole) { from 0% = x; from 50% = y }",
    "band of x { from -6 = x / z; from 3 = y / z }",
    "marginal scale of (part / whole) { from 0% = 10%; from 50% = 20% }",
    "marginal scale of x { from 0 = part / whole; from 5 = quota }",
    "marginal scale of x { from -3 = 50%; from 0 = -10%; from 3 = 20% }",
    "marginal scale of free { from -3 = 50%; from 0 = -10%; from 3 = -20% }",
    "marginal scale of x { from y = sign; from 3 = sign }",
    "marginal scale of free { from low = sign; from 3 = part / whole }",
)
CONDITIONS = (
    "part / whole is at least quota",
    "part / whole is quota",
    "part / whole is not 50%",
    "part / whole in (50%, 25%)",
    "2 / 3 is at most part / whole",
    "pay / term is more than due / term",
    "pay / spell if zero 0 yuan per day is at least rate",
    "x / y if zero y is more than z",
    "y / x if zero low is less than 1 / 2",
    "x / y if zero 0 is 2",
    "x / z + y / z is at least 1",
    "round half up (x / z) to 1 is 2",
    "first is at least 50%",
    "first is quota",
    "second is less than first",
    "free / z is less than z / z",
    "marginal scale of x { from -3 = 10%; from 5 = -20% } is at least 20%",
)
TYPES: dict[str, Any] = dict.fromkeys(("whole", "part", "pay", "due", "term"), pl.Int64)
TYPES |= dict.fromkeys(("spell", "x", "low"), pl.Int64)
TYPES |= dict.fromkeys(("y", "z", "free", "quota", "sign"), pl.Float64)


def sampled(*cells: float) -> st.SearchStrategy[float | None]:
    some = st.sampled_from(cells)
    return st.one_of(some, some, st.none())


CELLS: dict[str, st.SearchStrategy[float | None]] = {
    "whole": sampled(1, 2, 3, 4, 1000),
    "part": sampled(0, 1, 2, 3, 4),
    "pay": sampled(0, 1, 99, 100, 500, 1000),
    "due": sampled(-500, -1, 0, 3, 1000),
    "term": sampled(1, 2, 3, 7, 30),
    "spell": sampled(0, 1, 2, 30),
    "x": sampled(-6, -1, 0, 1, 3, 5, 12),
    "y": sampled(0.0, 0.5, 1.0, 3.0, 9.0),
    "z": sampled(0.5, 1.0, 1.5, 3.0, 7.0),
    "low": sampled(-9, -2, -1),
    "free": sampled(-2.5, 0.0, 0.5, 100.0),
    "quota": sampled(0.0, 0.25, 0.33, 0.5, 1.0),
    "sign": sampled(-1.0, -0.5, 0.0, 0.1, 1.0),
}

Row = dict[str, float | None]


def right(row: Row) -> Row:
    """With no more of a part than there is of the whole."""
    part, whole = row["part"], row["whole"]
    return row | {"part": min(part, whole)} if part is not None and whole is not None else row


ROWS = st.lists(st.fixed_dictionaries(CELLS).map(right), min_size=1, max_size=8)
RULES = [f"gives {one}" for one in VALUES] + [f"holds when {one}" for one in CONDITIONS]
NAMES = tuple(f"r{place}" for place in range(len(RULES)))


@pytest.fixture(scope="module")
def policy() -> Policy:
    rules = zip(NAMES, RULES, strict=True)
    text = "".join(f'rule {name} zh "{name}" en "{name}" {{ {body} }}\n' for name, body in rules)
    return Policy.from_text(HEAD + text)


def in_polars(rows: list[Row]) -> Any:
    return pl.DataFrame(rows, schema=TYPES)


def in_duckdb(rows: list[Row]) -> duckdb.DuckDBPyRelation:
    return CONNECTION.from_arrow(in_polars(rows).to_arrow())


def in_pandas(rows: list[Row]) -> Any:
    return in_polars(rows).to_pandas()


def same(policy: Policy, names: tuple[str, ...], rows: list[Row], make: Callable[..., Any]) -> None:
    found = policy.evaluate_frame(make(rows), names, DAY, engine="columns", missing=True)
    found = settled(found)
    for name in names:
        columns = [cells_of(found, f"{name}.{part}") for part in ("outcome", "missing")]
        values = None
        if RULES[int(name[1:])].startswith("gives"):
            values = cells_of(found, f"{name}.value")
        for place, row in enumerate(rows):
            facts = {fact: cell for fact, cell in row.items() if cell is not None}
            verdict = policy.evaluate(name, facts, DAY)
            said = [verdict.outcome.value, ", ".join(verdict.missing)]
            assert [column[place] for column in columns] == said, (name, facts)
            if values is not None:
                shown = as_float(verdict.value)
                assert values[place] == (shown and pytest.approx(shown, rel=1e-15)), (name, facts)


def as_float(value: Any) -> float | None:
    return None if value is None else float(getattr(value, "magnitude", value))


@settings(max_examples=5, deadline=None)
@given(rows=ROWS)
def test_columns_divide_as_evaluate_does(policy: Policy, rows: list[Row]) -> None:
    same(policy, NAMES, rows, in_polars)


SOME = tuple(NAMES[place] for place in (3, 5, 8, 16, 21, 33, 38, 45))
"""One of each kind, for engines that take long to see what is asked of them."""


@pytest.mark.parametrize("make", [in_duckdb, in_pandas])
@settings(max_examples=2, deadline=None)
@given(rows=ROWS)
def test_other_frames_divide_alike(
    policy: Policy, make: Callable[..., Any], rows: list[Row]
) -> None:
    same(policy, SOME, rows, make)


def test_quotients_are_exact_where_floating_point_numbers_are_not() -> None:
    """A third of 999 schools is no more than a third."""
    text = HEAD + 'rule r zh "规" en "r" { holds when part / whole is more than second }\n'
    third = {"part": [333, 334], "whole": [999, 999], "pay": [0, 0], "x": [-1, -1]}
    found = Policy.from_text(text).evaluate_frame(pl.DataFrame(third), "r", DAY, engine="columns")
    assert found["r.outcome"].to_list() == ["fails", "holds"]


def test_what_might_not_fit_is_refused() -> None:
    text = HEAD.replace("more than 0, in steps of 0.5", "more than 0")
    many = " + ".join(f"x / (z + {n})" for n in range(1, 5))
    wide = Policy.from_text(text + f'rule r zh "规" en "r" {{ gives {many} }}\n')
    frame = pl.DataFrame({"x": [1], "z": [0.5]})
    with pytest.raises(UsageError) as caught:
        wide.evaluate_frame(frame, "r", DAY, engine="columns")
    assert [one.code for one in caught.value.diagnostics] == ["V802"]

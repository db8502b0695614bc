"""Columns of every type that users have, and what their cells say to `evaluate`.

Columns are made of Arrow's types first; each engine then has them in the type of its own that
comes nearest.  What a cell says is worked out here anew, in exact arithmetic.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa

from columns import CONNECTION
from vocpolicy import Policy
from vocpolicy.diagnostics import FactError

DAY = datetime.date(2023, 6, 1)
POLICY = Policy.from_text("""language 1
policy hard { title zh "列" en "Columns" }
kind school zh "学校" en "school" plural "schools"
choice medal zh "奖牌" en "medal" { bronze zh "铜" en "Bronze", silver zh "银" en "Silver", gold }
fact asked zh "申请" en "asked" : yes or no
fact score zh "分" en "score" : points, between 0 points and 750 points, in steps of 0.5 points
fact pay zh "工资" en "pay" : yuan
fact heads zh "数" en "heads" : count of school, at least 0
fact part zh "部分" en "part" : count of school, at most whole
fact whole zh "全" en "whole" : count of school, between 1 and 100000
fact share zh "占" en "share" : ratio
fact grant zh "补助" en "grant" : yuan or none
fact prize zh "奖" en "prize" : medal
fact award zh "奖励" en "award" : medal or none
fact born zh "出生" en "born" : date
fact name zh "名" en "name" : text
rule asks zh "一" en "asks" { holds when asked }
rule scored zh "二" en "scored" { holds when score is at least 525 points }
rule paid zh "三" en "paid" { holds when pay is at least 1000.05 yuan or asked }
rule headed zh "四" en "headed" { holds when heads is at least 3 schools }
rule parted zh "五" en "parted" { holds when part / whole is at least 65% }
rule shared zh "六" en "shared" { holds when share is at least 65% }
rule granted zh "七" en "granted" { holds when grant is at least 100 yuan }
rule prized zh "八" en "prized" { holds when prize is gold except when not asked }
rule awarded zh "九" en "awarded" { holds when award in (gold, silver) }
rule grown zh "十" en "grown" { holds when born + 18 years is at most today }
rule named zh "十一" en "named" { holds when name is "x" }
rule owed zh "十二" en "owed" { gives 750 points - score when asked; otherwise gives 0 points }
""")
RULES = (
    *("asks", "scored", "paid", "headed", "parted", "shared", "granted", "prized", "awarded"),
    *("grown", "named", "owed"),
)
STEPS = {"score": Fraction(1, 2), **dict.fromkeys(("heads", "part", "whole"), Fraction(1))}
FINEST = Fraction(1, 10**6)
MOST = 10**18 - 1

# ---- types and values -------------------------------------------------------------------------

INTEGERS = (
    *(pa.int8(), pa.int16(), pa.int32(), pa.int64()),
    *(pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()),
)
DECIMALS = (
    *(pa.decimal128(5, 1), pa.decimal128(7, 2), pa.decimal128(18, 6), pa.decimal128(18, 18)),
    *(pa.decimal128(19, 2), pa.decimal128(38, 0), pa.decimal128(38, 10), pa.decimal128(38, 38)),
)
NUMBERS = (*INTEGERS, pa.float32(), pa.float64(), *DECIMALS)
TEXTS = (
    *(pa.string(), pa.large_string(), pa.string_view()),
    *(pa.dictionary(pa.int8(), pa.string()), pa.dictionary(pa.int32(), pa.large_string())),
)
DATES = (
    *(pa.date32(), pa.timestamp("s"), pa.timestamp("ms"), pa.timestamp("us"), pa.timestamp("ns")),
    pa.timestamp("us", "UTC"),
)
TYPES: Mapping[str, Sequence[pa.DataType]] = {
    "asked": (pa.bool_(),),
    **dict.fromkeys(("score", "pay", "heads", "part", "whole", "share", "grant"), NUMBERS),
    **dict.fromkeys(("prize", "award", "name"), TEXTS),
    "born": DATES,
}

EDGES = (0, 1, -1, 127, 128, 255, 10**18 - 1, 10**18, 1 - 10**18, 2**63 - 1, -(2**63), 2**64 - 1)
FLOATS = (float("nan"), float("inf"), float("-inf"), -0.0, 1e300, 5e-324, 0.1 + 0.2, 2.0**53)
MONEY = ("1000.05", "1000.04", "1000.050001", "1000.0499999", "10000000.05", "8800000.49")
MONEY += ("1125899906.842623", "1125899906.842625", "100", "99.99", "1234567890123456.78")
VALUES: Mapping[str, Sequence[Any]] = {
    "asked": (True, False),
    "score": ("0", "524.5", "525", "750", "750.5", "524.75", "33.3", "-0.5", *EDGES, *FLOATS),
    "pay": (*MONEY, *EDGES, *FLOATS),
    "heads": ("2", "3", "2.5", "3.000001", *EDGES, *FLOATS),
    "part": (0, 1, 13, 12, 65000, 64999, 100000, *EDGES),
    "whole": (0, 1, 20, 19, 100000, 100001, *EDGES),
    "share": ("0.65", "0.649999", "0.6500001", "0.649999999999999999", "1", "2", *EDGES, *FLOATS),
    "grant": (*MONEY, *EDGES, *FLOATS),
    "prize": ("bronze", "铜", "Bronze", "gold", "tin", ""),
    "award": ("bronze", "Silver", "gold", "none", "无", "tin", ""),
    "born": tuple(datetime.date(*one) for one in ((2005, 6, 1), (2005, 6, 2), (1970, 1, 1))),
    "name": ("x", "X", "", "名", "none"),
}


def as_type(value: Any, kind: pa.DataType) -> Any:
    """A value as one of an Arrow type; KeyError where the type does not have it."""
    if pa.types.is_floating(kind) and not isinstance(value, float):
        value = float(value)
    elif pa.types.is_decimal(kind) and not isinstance(value, float):
        value = Decimal(value)
    elif pa.types.is_integer(kind) and isinstance(value, str) and "." not in value:
        value = int(value)
    try:
        made = pa.scalar(value, kind).as_py()
    except (pa.ArrowException, OverflowError, TypeError, ValueError):
        raise KeyError(value) from None
    same = type(made) is float or isinstance(made, datetime.date) or made == value
    if not same:
        raise KeyError(value)
    return made


def held_by(fact: str, kind: pa.DataType) -> list[Any]:
    """The values of a fact that a type can hold."""
    found = []
    for value in VALUES[fact]:
        try:
            found.append(as_type(value, kind))
        except KeyError:
            continue
    return found


COLUMNS: Mapping[str, Sequence[tuple[pa.DataType, Sequence[Any]]]] = {
    fact: [(kind, values) for kind in kinds if any(values := held_by(fact, kind))]
    for fact, kinds in TYPES.items()
}
"""Of each fact the types that a column of it may have, with values that they hold."""

# ---- what cells say --------------------------------------------------------------------------


Digits = tuple[int, int]
"""Of a column of decimals: how many, and how many after the point."""


class UnreadableError(Exception):
    """A cell that is no value of its fact as frames have them, which the documentation says."""


def said(fact: str, cell: Any, digits: Digits) -> Any:
    """What a cell says to `evaluate`; None where it is missing."""
    if isinstance(cell, float):
        if cell != cell:
            return None
        return _rounded(fact, cell)
    if isinstance(cell, Decimal) and digits[0] > 18:
        return _short(fact, Fraction(cell), digits[1])
    if isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) > MOST:
        raise UnreadableError
    if isinstance(cell, datetime.datetime):
        return cell.date()
    return Fraction(cell) if isinstance(cell, Decimal) else cell


def _rounded(fact: str, cell: float) -> Fraction:
    """The nearest multiple of the fact's steps, if the cell is what it looks like as a float or
    is off by no more than a thousandth of one."""
    step = STEPS.get(fact, FINEST)
    most = 2**50 if step == FINEST else 2**53
    if abs(cell) == float("inf") or abs(Fraction(cell) / step) > most:
        raise UnreadableError
    counts = round(Fraction(cell) / step)
    off = abs(Fraction(cell) / step - counts)
    if off > Fraction(1, 1000) and float(counts * step) != cell:
        raise UnreadableError
    return counts * step


def _short(fact: str, value: Fraction, scale: int) -> Fraction:
    """Of decimals that are too wide for 64 bits, what is no finer than the steps of the fact."""
    places = min(scale, {Fraction(1, 2): 1, Fraction(1): 0}.get(STEPS.get(fact, FINEST), 6))
    if (value * 10**places).denominator != 1 or abs(value) >= 10 ** (18 - places):
        raise UnreadableError
    return value


def expected(name: str, row: Mapping[str, Any], digits: Mapping[str, Digits]) -> dict[str, Any]:
    """The answer of `evaluate` for a row of cells; of facts that are wrong there is none."""
    needed = {fact.name for fact in POLICY.facts(name)}
    needed |= {"whole"} if "part" in needed else set()
    try:
        facts = {fact: said(fact, row[fact], digits[fact]) for fact in needed & row.keys()}
        kept = {
            fact: one
            for fact, one in facts.items()
            if one is not None or fact in ("grant", "award")
        }
        verdict = POLICY.evaluate(name, kept, DAY)
    except (FactError, UnreadableError):
        return {"outcome": None, "missing": None, "value": None}
    value = verdict.value if verdict.outcome.value == "holds" else None
    value = value.numerator / value.denominator if isinstance(value, Fraction) else value
    missing = ", ".join(verdict.missing)
    return {"outcome": verdict.outcome.value, "missing": missing, "value": value}


# ---- frames ----------------------------------------------------------------------------------


def chunked(table: pa.Table) -> pa.Table:
    """In pieces, one of them empty and one that does not begin at its first row."""
    twice = pa.concat_tables([table, table])
    half = table.num_rows // 2
    pieces = [twice.slice(0, half), table.slice(0, 0), twice.slice(table.num_rows + half)]
    return pa.concat_tables(pieces)


def nullable(table: pa.Table) -> pd.DataFrame:
    """pandas with its own types that can be missing."""
    names = {one: str(one).title().replace("Ui", "UI") for one in INTEGERS}
    kinds = {
        **{one: pd.Series([], dtype=name).dtype for one, name in names.items()},
        pa.float32(): pd.Float32Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
        pa.string(): pd.StringDtype(),
    }
    return table.to_pandas(types_mapper=kinds.get)


def repeated(table: pa.Table) -> pd.DataFrame:
    """pandas as it comes from NumPy, with the same label for every row, and columns that no
    engine reads."""
    frame = table.to_pandas()
    strange = [object() if place % 2 else {"a": place} for place in range(len(frame))]
    frame = frame.assign(strange=pd.Series(strange, dtype=object, index=frame.index))
    frame.index = pd.Index([7] * len(frame), name="score")
    return frame


def duck(table: pa.Table) -> Any:
    views = [one.name for one in table.schema if str(one.type) == "string_view"]
    for name in views:
        table = table.set_column(
            table.column_names.index(name), name, table[name].cast(pa.string())
        )
    return CONNECTION.from_arrow(table)


ENGINES: Mapping[str, Callable[[pa.Table], Any]] = {
    "polars": pl.from_arrow,
    "polars, lazy": lambda table: pl.DataFrame(pl.from_arrow(table)).lazy(),
    "pyarrow": lambda table: table,
    "pyarrow, in pieces": chunked,
    "pandas": repeated,
    "pandas, nullable": nullable,
    "pandas, of Arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "duckdb": duck,
}


def read_back(frame: Any, table: pa.Table, name: str) -> list[Any]:
    """The cells that a frame has of a column: pandas without types that can be missing keeps
    whole numbers as floating-point ones where one is missing."""
    if isinstance(frame, pd.DataFrame) and frame[name].dtype in ("float64", "float32"):
        return [float(one) for one in frame[name]]
    cells: list[Any] = table[name].to_pylist()
    return cells

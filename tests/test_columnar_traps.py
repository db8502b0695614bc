"""Traps of engines for columns, each by its name: no kind of frame falls into one.

That lazy frames stay lazy, and those of Spark on Spark, is shown in `test_columnar` and
`test_spark`; cells of all types at random in `test_columnar_types` and `test_spark_types`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from cells import ENGINES
from columns import CONNECTION, cells_of, settled
from sparks import interpreted, session
from vocpolicy import Policy
from vocpolicy.columnar import frames
from vocpolicy.diagnostics import FactError, UsageError

DAY = datetime.date(2023, 3, 31)
POLICY = Policy.from_text("""language 1
policy traps { title en "Traps" zh "陷阱" }
choice medal en "medal" zh "奖牌" { bronze en "Bronze" zh "铜", silver, gold }
fact barred en "barred" zh "受限" : yes or no
fact medal en "medal" zh "奖牌" : medal
fact score en "score" zh "分" : points
fact debt en "debt" zh "负债" : yuan, in steps of 0.5 yuan
fact price en "price" zh "单价" : yuan, between 0 yuan and 10000000000 yuan
fact copies en "copies" zh "份数" : number, between 0 and 10000000000, in steps of 1
fact part en "part" zh "部分" : yuan, at most whole
fact whole en "whole" zh "全部" : yuan, between 0.01 yuan and 1000000 yuan
fact born en "born" zh "出生" : date
rule free en "free" zh "自由" { holds when not barred }
rule placed en "placed" zh "名次" { holds when medal in (silver, gold) }
rule unplaced en "unplaced" zh "无名次" { holds when medal not in (silver, gold) }
rule passed en "passed" zh "及格" { holds when score is at least 60 points }
rule owing en "owing" zh "欠款" { holds when debt is at most -0.5 yuan }
rule dear en "dear" zh "昂贵" { holds when price * copies is more than 900000000000000000 yuan }
rule most en "most" zh "多数" { holds when part / whole is at least 2 / 3 }
define whole_score en "whole score" zh "约" = round half even (score) to 1 points
rule rounded en "rounded" zh "取整" { holds when whole_score is at least 3 points }
rule grown en "grown" zh "成年" { holds when born + 18 years is at most today }
rule monthly en "monthly" zh "满月" { holds when born + 1 month is at most today }
""")

KINDS: Mapping[str, Callable[[pa.Table], Any]] = {
    **ENGINES,
    "pyarrow alone": lambda table: table,
    "pandas, of NumPy": lambda table: table.to_pandas(),
}


@pytest.fixture(params=[*KINDS, pytest.param("spark", marks=pytest.mark.slow)])
def made(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Makes frames of a kind from tables of Arrow."""
    if request.param == "spark":
        with interpreted():
            yield session().createDataFrame
        return
    if request.param == "pyarrow alone":
        monkeypatch.setattr(frames, "has_polars", lambda: False)
    yield KINDS[request.param]


def judged(frame: Any, names: list[str], **options: Any) -> Any:
    return settled(POLICY.evaluate_frame(frame, names, DAY, engine="columns", **options))


def agree(made: Any, name: str, cells: Mapping[str, pa.Array], *facts: Mapping[str, Any]) -> None:
    """Every row says what `evaluate` says of these facts."""
    expected = []
    for one in facts:
        try:
            expected.append(POLICY.evaluate(name, one, DAY).outcome.value)
        except FactError:
            expected.append(None)
    found = judged(made(pa.table(cells)), [name])
    assert cells_of(found, f"{name}.outcome") == expected
    assert len(set(expected)) > 1, "facts that all come to the same show nothing"


def test_a_missing_boolean_is_not_false(made: Any) -> None:
    cells = {"barred": pa.array([True, None, False])}
    agree(made, "free", cells, {"barred": True}, {}, {"barred": False})


def test_a_missing_text_is_in_no_list_and_out_of_none(made: Any) -> None:
    cells = {"medal": pa.array(["gold", None, "铜"])}
    facts = [{"medal": "gold"}, {}, {"medal": "bronze"}]
    agree(made, "placed", cells, *facts)
    agree(made, "unplaced", cells, *facts)
    found = judged(made(pa.table(cells)), ["placed"], explain="conditions")
    assert cells_of(found, "placed: medal in (silver, gold)") == [True, None, False]


def test_not_a_number_is_missing_and_not_above_all_numbers(made: Any) -> None:
    cells = {"score": pa.array([float("nan"), 60.0, 59.0])}
    agree(made, "passed", cells, {}, {"score": 60}, {"score": 59})
    checked = POLICY.check_frame(made(pa.table(cells)), "passed", DAY)[0]
    assert checked.not_a_number + checked.empty == 1


def test_products_of_64_bits_do_not_wrap(made: Any) -> None:
    """2^32 times 2^32 would be nothing; where it has no room it is refused."""
    cells = {"price": pa.array([2**32, 10**10, 2**31]), "copies": pa.array([2**32, 1, 2**31])}
    rows = zip(cells["price"].to_pylist(), cells["copies"].to_pylist(), strict=True)
    facts = [{"price": price, "copies": copies} for price, copies in rows]
    try:
        agree(made, "dear", cells, *facts)
    except UsageError as error:
        assert [one.code for one in error.diagnostics] == ["V802"]


def test_decimals_are_divided_exactly(made: Any) -> None:
    """0.66/0.99 is two thirds, which no decimal is."""
    wholes = ["0.99", "1000000.00", "999999.99", "999999.00"]
    parts = ["0.66", "666666.66", "666666.66", "666666.01"]
    cells = {
        name: pa.array([Decimal(one) for one in several], pa.decimal128(9, 2))
        for name, several in (("part", parts), ("whole", wholes))
    }
    facts = [{"part": one, "whole": two} for one, two in zip(parts, wholes, strict=True)]
    agree(made, "most", cells, *({name: Decimal(one[name]) for name in one} for one in facts))


def test_steps_below_zero_have_no_other_remainder(made: Any) -> None:
    values = ["-0.5", "-0.75", "-1.25", "0.5", "-3.0"]
    cells = {"debt": pa.array([Decimal(one) for one in values], pa.decimal128(5, 2))}
    agree(made, "owing", cells, *({"debt": Decimal(one)} for one in values))


def test_halves_are_rounded_as_the_rule_says(made: Any) -> None:
    values = [2.5, 2.500001, 3.5, 1.5, -2.5]
    facts = ({"score": Decimal(str(one))} for one in values)
    agree(made, "rounded", {"score": pa.array(values)}, *facts)


@pytest.mark.parametrize("name", ["grown", "monthly"])
def test_months_and_years_end_as_the_calendar_of_rules_has_it(made: Any, name: str) -> None:
    days = [(2005, 3, 31), (2005, 4, 1), (2023, 2, 28), (2023, 3, 1), (2004, 2, 29)]
    dates = [datetime.date(*one) for one in days]
    cells = {"born": pa.array([*dates, None], pa.date32())}
    agree(made, name, cells, *({"born": one} for one in dates), {})


@pytest.mark.parametrize("kind", [pa.string(), pa.dictionary(pa.int8(), pa.string())])
def test_enumerations_are_compared_as_the_texts_that_they_show(made: Any, kind: Any) -> None:
    if getattr(made, "__name__", "") == "createDataFrame" and kind != pa.string():
        pytest.skip("Spark has no enumerations")
    texts = ["bronze", "Bronze", "gold", "tin"]
    cells = {"medal": pa.array(texts).cast(kind)}
    facts = ({"medal": one} for one in ("bronze", "bronze", "gold", "tin"))
    agree(made, "placed", cells, *facts)


OWN: Mapping[str, Callable[[list[str]], Any]] = {
    "polars, Enum": lambda texts: pl.DataFrame({"medal": pl.Series(texts, dtype=pl.Enum(texts))}),
    "polars, Categorical": lambda texts: pl.DataFrame(
        {"medal": pl.Series(texts, dtype=pl.Categorical)}
    ),
    "pandas, category": lambda texts: pd.DataFrame({"medal": pd.Categorical(texts)}),
    "duckdb, ENUM": lambda texts: CONNECTION.from_arrow(pa.table({"medal": texts})).project(
        f"medal::ENUM({', '.join(map(repr, texts))}) AS medal"
    ),
}


@pytest.mark.parametrize("name", OWN)
def test_enumerations_of_an_engine_s_own(name: str) -> None:
    """Whose order, and whose numbers, are other than the choice's."""
    found = judged(OWN[name](["gold", "tin", "bronze", "铜"]), ["placed"])
    assert cells_of(found, "placed.outcome") == ["holds", None, "fails", "fails"]


def test_columns_that_have_no_type_are_missing_everywhere(made: Any) -> None:
    cells = {"score": pa.array([60, 59, None]), "part": pa.nulls(3), "whole": pa.nulls(3)}
    agree(made, "passed", cells, {"score": 60}, {"score": 59}, {})
    empty = made(pa.table(dict.fromkeys(("barred", "medal", "born", "score"), pa.nulls(2))))
    names = ["free", "placed", "grown", "passed"]
    found = judged(empty, names)
    for name in names:
        assert cells_of(found, f"{name}.outcome") == ["undetermined"] * 2


def test_conditions_are_columns_of_booleans_which_codes_pack(made: Any) -> None:
    cells = {"score": pa.array([60, None, 59]), "barred": pa.array([True, None, None])}
    frame = made(pa.table(cells))
    found = judged(frame, ["passed"], explain="conditions")
    assert cells_of(found, "passed: score is at least 60 points") == [True, None, False]
    assert cells_of(judged(frame, ["passed"], explain="codes"), "passed.codes") == [1, 2, 0]
    texts = ["+ score is at least 60 points", "? score is at least 60 points"]
    found = judged(frame, ["passed"], explain="text")
    assert cells_of(found, "passed.text")[:2] == texts


def test_binary_fractions_are_read_as_what_they_show_and_others_are_told(made: Any) -> None:
    """0.1 + 0.2 is 0.3, and thrice a third of a million is not quite one."""
    values = [0.1 + 0.2 + 59.7, 59.999999, 59.9999997, float("nan")]
    cells = {"score": pa.array(values)}
    found = judged(made(pa.table(cells)), ["passed"])
    assert cells_of(found, "passed.outcome") == ["holds", "fails", None, "undetermined"]
    checked = POLICY.check_frame(made(pa.table(cells)), "passed", DAY)[0]
    assert (checked.not_exact, checked.wrong) == (1, 0)

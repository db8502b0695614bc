"""Fields of records in columns of their own: columns say what the interpreter says of records."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from columns import FRAMES, cells_of, settled
from vocpolicy import Policy
from vocpolicy.diagnostics import FactError

DAY = datetime.date(2023, 6, 1)
POLICY = Policy.from_text("""language 1
policy paths { title en "Paths" zh "路径" }
choice level { gold, silver, bronze }
entity town {
  rural : yes or no
  size : points, between 0 points and 9 points
}
entity parent {
  pay : yuan, between 0 yuan and 100000 yuan
  spent : yuan, at most pay
  employer : text
  medal : level
  hired : date
  home : town
}
fact guardian : parent
fact asked : yes or no
fact need : yuan, between 0 yuan and 5000 yuan
rule aid { eligible when guardian.pay is at most 2000 yuan or asked }
rule never_poor { holds when guardian.pay is at least 0 yuan }
rule left_over { holds when guardian.pay - guardian.spent is at least need }
rule saved { gives guardian.pay - guardian.spent when asked }
rule firm { holds when guardian.employer is "甲厂" }
rule best { holds when guardian.medal in (gold, silver) }
rule any_medal { holds when guardian.medal in (gold, silver, bronze) }
rule given_medal { gives guardian.medal }
rule early { holds when guardian.hired + 2 years is at most today }
rule deep { holds when guardian.home.rural or guardian.home.size is more than 3 points }
""")
RULES = ("aid", "never_poor", "left_over", "saved", "firm", "best", "any_medal", "given_medal")
RULES += ("early", "deep")


def sometimes(*several: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from((None, None, *several))


COLUMNS = {
    "guardian.pay": sometimes(0.0, 1999.0, 2000.0, 2000.01),
    "guardian.spent": sometimes(0.0, 500.0, 2000.0, 3000.0),
    "guardian.employer": sometimes("甲厂", "乙厂"),
    "guardian.medal": sometimes("gold", "silver", "bronze", "tin"),
    "guardian.hired": sometimes(datetime.date(2021, 6, 1), datetime.date(2021, 6, 2)),
    "guardian.home.rural": sometimes(True, False),
    "guardian.home.size": sometimes(0, 3, 4, 10),
    "asked": sometimes(True, False),
    "need": sometimes(0, 1500, 6000),
}


@st.composite
def frames(draw: st.DrawFn) -> dict[str, list[Any]]:
    rows = draw(st.integers(2, 12))
    names = [name for name in COLUMNS if draw(st.integers(0, 6))]
    return {name: [draw(COLUMNS[name]) for _ in range(rows)] for name in names}


def nested(row: dict[str, Any]) -> dict[str, Any]:
    """The facts of a row, of which what is empty is not there."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if value is not None:
            *around, last = name.split(".")
            holder = found
            for one in around:
                holder = holder.setdefault(one, {})
            holder[last] = value
    return found


def expected_of(name: str, row: dict[str, Any]) -> tuple[Any, ...]:
    needed = {fact.name for fact in POLICY.facts(name)}
    facts = {k: v for k, v in nested(row).items() if k in needed}
    try:
        verdict = POLICY.evaluate(name, facts, DAY)
    except FactError:
        return None, None
    return verdict.outcome.value, ", ".join(verdict.missing)


@pytest.mark.parametrize("kind", FRAMES)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(frames(), st.sampled_from(RULES))
def test_a_field_of_a_record_is_a_column(kind: str, cells: dict[str, list[Any]], name: str) -> None:
    cells = {key: one for key, one in cells.items() if any(cell is not None for cell in one)}
    if not cells:
        return
    found = settled(
        POLICY.evaluate_frame(FRAMES[kind](cells), name, DAY, missing=True, engine="columns")
    )
    got = zip(cells_of(found, f"{name}.outcome"), cells_of(found, f"{name}.missing"), strict=True)
    rows = [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]
    for row, one in zip(rows, got, strict=True):
        assert one == expected_of(name, row), (name, row)


def test_fields_may_stand_in_columns_of_other_names_and_are_checked() -> None:
    frame = FRAMES["polars"]({"收入": [1500.0, 3000.0, -1.0]})
    columns = {"guardian.pay": "收入"}
    found = POLICY.evaluate_frame(frame, "aid", DAY, columns=columns, engine="columns")
    assert found["aid.outcome"].to_list() == ["holds", "undetermined", None]
    assert POLICY.check_frame(frame, "aid", DAY, columns)[0].wrong == 1


@pytest.mark.parametrize("engine", ("columns", "rows"))
def test_an_empty_cell_of_a_record_that_is_there_says_none(engine: str) -> None:
    policy = Policy.from_text("""language 1
policy perhaps { title en "None" zh "无" }
entity parent { left : date or none; pay : yuan, at least 0 yuan }
fact guardian : parent
fact other : parent or none
rule here { holds when guardian.left is none }
rule rich { gives other.pay }
""")
    cells = {"guardian.left": [None, DAY, None], "guardian.pay": [5.0, None, None]}
    cells["other.pay"] = [5.0, None, None]
    frame = FRAMES["polars"](cells)
    found = policy.evaluate_frame(frame, ["here", "rich"], DAY, engine=engine, missing=True)
    assert found["here.outcome"].to_list() == ["holds", "fails", "undetermined"]
    assert found["here.missing"].to_list() == ["", "", "guardian"]
    assert found["rich.outcome"].to_list() == ["holds", "holds", "holds"]
    assert found["rich.value"].to_list() == [5.0, None, None]

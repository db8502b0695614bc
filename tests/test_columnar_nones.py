"""What can be `none`, lists that tables collect, lists of bare values and different values:
columns say what the interpreter says, whatever cells are empty."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from columns import FRAMES, cells_of, columns_of, settled
from sparks import spark_frame
from vocpolicy import Policy
from vocpolicy.columnar.texts import JOINED, member_text
from vocpolicy.core import RecordType, inner
from vocpolicy.diagnostics import FactError, UsageError

DAY = datetime.date(2023, 6, 1)
POLICY = Policy.from_text("""language 1
policy nones { title en "Nones" zh "无" }
kind school en "school" plural "schools" zh "学校" counter "所"
choice level { low, mid, high }
entity town { near : yes or no or none; area : points, between 0 points and 9 points }
entity parent {
  pay : yuan or none
  rent : yuan, between 0 yuan and 5000 yuan
  medal : level or none
  rank : level
  hired : date or none
  called : text or none
  works : yes or no or none
  home : town or none
}
entity pupil {
  ok : yes or no
  grade : level
  left : date or none
  score : points, between 0 points and 100 points
  parent : parent
}
fact guardian : parent
fact other : parent or none
fact asked : yes or no
fact need : yuan, between 0 yuan and 5000 yuan
fact entry : level
fact score : points, between 0 points and 100 points
fact schools : count of school, at most 100000
fact named : text or none
fact left : date or none
fact pupils : list of pupil
fact levels : list of level

table listed decides fees collect list {
  | entry | score | fees |
  | low | - | 10 yuan |
  | - | at least 60 points | need |
  | mid | - | not applicable |
  | in (low, high) | between 20 points and 70 points | 0.5 yuan |
}
table ranked decides ranks collect list {
  | entry | score | ranks |
  | low | - | guardian.medal |
  | - | at least 60 points | entry |
}
table mixed decides parts collect list {
  | entry | asked | parts |
  | low | - | schools / 12 |
  | - | yes | - schools / 40 |
}
table told decides oks collect list { | entry | oks |; | - | guardian.works |; | low | asked | }
table dayed decides days collect list { | entry | days |; | low | left |; | - | 2023-06-01 | }
rule many { holds when count of fees where asked is at least 2 }
rule whole_list { holds when every one of fees satisfies (asked) }
rule any_fee { holds when any one of fees satisfies (asked) }
rule on { gives fees when asked }
define counted = count of fees

rule paid { holds when guardian.pay is at least 2000 yuan }
rule unpaid { holds when guardian.pay is none }
rule medal { holds when guardian.medal in (low, high) }
rule hired { gives guardian.hired }
rule called { holds when guardian.called is named }
rule calls { gives guardian.called }
rule works { gives guardian.works when asked }
rule near { holds when guardian.home.near is yes }
rule area { gives guardian.home.area }
rule rent { gives other.rent }
rule rank { holds when other.rank is not guardian.medal }
rule away { gives days between guardian.hired and left }
rule word { gives "a" when asked; otherwise gives "q" }
rule words { gives word when score is at least 50 points }
rule spoken { holds when words in ("a", "c") or word is guardian.called }
rule whole { gives other when asked }
define home = guardian.home
rule soon { holds when left is before guardian.hired or named is none }

define stayed for pupil = days between left and today
rule grant for pupil { gives 5 yuan when ok }
rule prize for pupil { gives grade when ok; otherwise gives low }
rule until for pupil { gives left when ok }
rule total { gives total of pupils.grant }
rule grants { gives distinct pupils.grant }
rule prizes { gives distinct pupils.prize }
rule stays { gives distinct pupils.stayed }
rule lefts { gives distinct pupils.left where ok }
rule medals { gives distinct pupils.parent.medal }
rule pays { gives distinct pupils.parent.pay }
rule latest { gives most of pupils.parent.rent if empty 0 yuan }
rule unmarked { holds when any one of pupils satisfies (parent.medal is none) }
rule bare { gives count of levels where asked }
rule alike { holds when no one of levels satisfies (asked) }
""")
CONCLUDED = [name for name, one in POLICY.core.conclusions.items() if one.entity is None]
RULES = (*CONCLUDED, "counted", "home")

PARENT: Mapping[str, tuple[Any, ...]] = {
    "pay": (0.0, 1999.5, 2000.0),
    "rent": (0.0, 100.0, 6000.0),
    "medal": ("low", "high", "none"),
    "rank": ("low", "mid", "high"),
    "hired": (DAY, datetime.date(2023, 5, 1)),
    "called": ("a", 'b"\n'),
    "works": (True, False),
    "home.near": (True, False),
    "home.area": (0.0, 3.0),
}
CELLS: Mapping[str, tuple[Any, ...]] = {
    **{f"guardian.{name}": several for name, several in PARENT.items()},
    **{f"other.{name}": several for name, several in PARENT.items()},
    "asked": (True, False),
    "need": (0.0, 12.5, 6000.0),
    "entry": ("low", "mid", "high"),
    "score": (0, 20, 59.5, 60, 70),
    "schools": (0, 3, 6, 10, 12, 40),
    "named": ("a", "b"),
    "left": (DAY, datetime.date(2023, 5, 1)),
}
MEMBERS: Mapping[str, tuple[Any, ...]] = {
    "ok": (True, False),
    "grade": ("low", "mid", "high"),
    "left": (DAY, datetime.date(2023, 5, 1)),
    "score": (0, 50, 101),
    **{f"parent.{name}": several for name, several in PARENT.items()},
}
RECORDS = ("guardian.", "other.", "parent.", "guardian.home.", "other.home.", "parent.home.")
Columns = dict[str, list[Any]]


def drawn(source: random.Random, kinds: Mapping[str, tuple[Any, ...]], size: int) -> Columns:
    """Columns with empty cells, and with records of which all are."""
    filled = source.random()
    found = {
        name: [source.choice(several) if source.random() < filled else None for _ in range(size)]
        for name, several in kinds.items()
        if source.random() < 0.9
    }
    for record in RECORDS:
        empty = [source.random() < 0.3 for _ in range(size)]
        for name, cells in found.items():
            if name.startswith(record):
                cells[:] = [None if e else cell for e, cell in zip(empty, cells, strict=True)]
    return {name: cells for name, cells in found.items() if any(one is not None for one in cells)}


def record_of(cells: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The record that a row is: an empty cell says `none` where there can be none."""
    found: dict[str, Any] = {}
    for name, field in fields.items():
        kind = inner(field.type)
        perhaps = kind != field.type
        if isinstance(kind, RecordType):
            start = f"{name}."
            inside = {c.removeprefix(start): v for c, v in cells.items() if c.startswith(start)}
            held = POLICY.core.entities[kind.entity].fields
            if any(one is not None for one in inside.values()):
                found[name] = record_of(inside, held)
            elif inside and perhaps:
                found[name] = None
        elif cells.get(name) is not None or (perhaps and name in cells):
            found[name] = cells[name]
    return found


def expected(name: str, facts: dict[str, Any], valued: bool) -> tuple[Any, ...]:
    needed = {fact.name for fact in POLICY.facts(name)}
    try:
        verdict = POLICY.evaluate(name, {k: v for k, v in facts.items() if k in needed}, DAY)
    except FactError:
        return None, None, None
    value: Any = verdict.value if valued else None
    if isinstance(value, tuple | dict):
        parts = value if isinstance(value, tuple) else (value,)
        value = JOINED.join(map(member_text, parts))
    missing = ", ".join(verdict.missing)
    return verdict.outcome.value, missing, value


def compare(source: random.Random, kind: str, name: str) -> None:
    """A random frame, asked for one name."""
    size = source.randint(1, 12)
    cells = {"id": [*range(size - 1), None], **drawn(source, CELLS, size)}
    held = drawn(source, MEMBERS, 2 * size)
    of = [source.randrange(size) for _ in range(2 * size)]
    levels = [source.choice(("low", "high", "high")) for _ in of]
    tables: dict[str, Columns] = {"pupils": {"of": of, **held}, "levels": {"of": of}}
    tables["levels"]["levels"] = levels
    make = FRAMES[kind]
    cells = cells if size > 1 else {**cells, "id": [0]}
    needed = {fact.name for fact in POLICY.facts(name)}
    children = {path: (make(one), "of", "id") for path, one in tables.items() if path in needed}
    frame = make({**cells, "row": list(range(size))})
    found = settled(
        POLICY.evaluate_frame(frame, name, DAY, missing=True, engine="columns", children=children)
    )
    valued = f"{name}.value" in columns_of(found)
    parts = [cells_of(found, f"{name}.{part}") for part in ("outcome", "missing")]
    parts.append(cells_of(found, f"{name}.value") if valued else [None] * size)
    answers = dict(zip(cells_of(found, "row"), zip(*parts, strict=True), strict=True))
    fields = POLICY.core.entities["pupil"].fields
    pupils = [record_of({c: v[at] for c, v in held.items()}, fields) for at in range(len(of))]
    for row in range(size):
        facts = record_of({c: v[row] for c, v in cells.items()}, POLICY.core.facts)
        if cells["id"][row] is not None:
            facts["pupils"] = [pupils[at] for at, one in enumerate(of) if one == row]
            facts["levels"] = [levels[at] for at, one in enumerate(of) if one == row]
        assert answers[row] == expected(name, facts, valued), (name, facts)


QUIETLY = settings(deadline=None, suppress_health_check=list(HealthCheck))


@settings(QUIETLY, max_examples=45)
@given(st.integers(0, 2**32), st.sampled_from(RULES))
def test_columns_say_what_evaluate_says(seed: int, name: str) -> None:
    compare(random.Random(seed), "polars", name)


@settings(QUIETLY, max_examples=6)
@given(st.integers(0, 2**32), st.sampled_from(RULES))
def test_columns_of_duckdb_say_so_too(seed: int, name: str) -> None:
    compare(random.Random(seed), "duckdb", name)


# ---- the text of a list --------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ("columns", "rows"))
@pytest.mark.parametrize("kind", FRAMES)
def test_members_are_written_as_people_write_them(kind: str, engine: str) -> None:
    if (kind, engine) == ("polars, lazy", "rows"):
        return
    cells: Columns = {"entry": ["low"] * 5, "asked": [True] * 5, "schools": [6, 7, 0, 3, 40]}
    found = POLICY.evaluate_frame(FRAMES[kind](cells), "parts", DAY, engine=engine)
    assert cells_of(settled(found), "parts.value") == [
        "0.5, -0.15",
        "7/12, -0.175",
        "0, 0",
        "0.25, -0.075",
        "10/3, -1",
    ]


def test_yes_none_and_dates_in_a_list() -> None:
    cells: Columns = {"entry": ["low", "mid"], "asked": [True, False], "left": [None, DAY]}
    cells |= {"guardian.works": [None, False], "guardian.rank": ["low", "low"]}
    frame = FRAMES["polars"](cells)
    found = POLICY.evaluate_frame(frame, ["oks", "days"], DAY, engine="columns")
    assert found["oks.value"].to_list() == ["none, yes", "no"]
    assert found["days.value"].to_list() == ["none, 2023-06-01", "2023-06-01"]


@pytest.mark.slow
def test_spark_writes_lists_and_records_alike() -> None:
    cells: Columns = {"entry": ["low", "low"], "asked": [True, True], "schools": [6, 7]}
    cells |= {"other.rent": [5.5, None], "other.called": ['a"', None]}
    for make in (spark_frame, FRAMES["polars"]):
        found = POLICY.evaluate_frame(make(cells), ["parts", "whole"], DAY, engine="columns")
        assert sorted(cells_of(found, "parts.value")) == ["0.5, -0.15", "7/12, -0.175"]
        told = {one for one in cells_of(found, "whole.value") if one is not None}
        assert told == {'{"rent": "5.5", "called": "a\\""}'}


# ---- tables of bare values -----------------------------------------------------------------------


def test_bare_values_may_have_a_column_of_another_name() -> None:
    frame = FRAMES["polars"]({"id": [1, 2, 3], "asked": [True, True, True]})
    table = FRAMES["polars"]({"of": [1, 1, 2], "stage": ["low", "high", "tin"]})
    children = {"levels": (table, "of", "id")}
    found = POLICY.evaluate_frame(
        frame, "bare", DAY, columns={"levels": "stage"}, children=children, engine="columns"
    )
    assert found["bare.outcome"].to_list() == ["holds", None, "holds"]
    assert found["bare.value"].to_list() == [2, None, 0]
    with pytest.raises(UsageError) as caught:
        POLICY.evaluate_frame(frame, "bare", DAY, children=children, engine="columns")
    assert [one.code for one in caught.value.diagnostics] == ["V805"]

"""The register of other engines: rule number 0 in SQL and for OpenFisca, and what memory takes.

Each is first shown to say of every row what the hand-written polars expression says.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from measuring import Row
from workload import MEDALS, PLACES, SCHOOLS, TRACKS, figures

CODES = {
    "graduate_of": SCHOOLS,
    "track": TRACKS,
    "world_skills_award": ("none", *MEDALS),
    "national_award": ("none", *PLACES),
}
"""The order of the words of each column, for an engine that takes them as numbers."""

MOST_BYTES = 20
"""A row, above the input."""


# ---- SQL -----------------------------------------------------------------------------------


def condition(i: int) -> str:
    """Rule number `i` in SQL: null where it is not known."""
    said = figures(i)

    def among(column: str, texts: tuple[str, ...]) -> str:
        return f"{column} IN ({', '.join(repr(one) for one in texts)})"

    line = " OR ".join(f"(track = '{one}' AND exam_score >= {said[one]})" for one in TRACKS)
    medal = among("world_skills_award", said["medals"])
    place = among("national_award", said["places"])
    schooled = (
        f"graduate_of = '{said['school']}' AND ({line}) "
        f"AND household_registered AND age <= {said['age']}"
    )
    return f"((trade_matches AND ({medal} OR {place})) OR ({schooled})) AND NOT disciplinary_record"


def outcome(condition: str) -> str:
    """What a condition comes to, as the columns of rules say it."""
    said = f"WHEN {condition} THEN 'holds' WHEN NOT {condition} THEN 'fails'"
    return f"CASE {said} ELSE 'undetermined' END"


def in_duckdb(table: Any) -> Any:
    """A relation over a table of DuckDB's own, on two threads."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.register("given", table)
    connection.execute("CREATE TABLE register AS SELECT * FROM given")
    return connection


def by_sql(connection: Any) -> Callable[[], object]:
    """How many rows come to each outcome, by the SQL that a person writes."""
    query = (
        f"SELECT said, count(*) FROM (SELECT {outcome('c')} AS said "
        f"FROM (SELECT *, {condition(0)} AS c FROM register)) GROUP BY 1 ORDER BY 1"
    )
    return lambda: connection.execute(query).fetchall()


def by_rules(connection: Any, judged: Callable[[Any], Any], column: str) -> Callable[[], object]:
    """The same of a relation that was judged."""

    def run() -> object:
        relation = judged(connection.table("register"))
        return relation.aggregate(f'"{column}", count(*)', f'"{column}"').order("1").fetchall()

    return run


# ---- OpenFisca -----------------------------------------------------------------------------


def by_openfisca(frame: Any, words: bool) -> Callable[[], Any]:
    """Its vectorised run: from the columns of the frame to a simulation, and what it calculates.
    Choices are its enumerations, given in words or by their numbers, which spares it looking each
    word up; a missing score is one below every line."""
    from openfisca_core.entities import build_entity
    from openfisca_core.indexed_enums import Enum
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity("person", "persons", "Person", is_person=True)
    system = TaxBenefitSystem([person])
    choices = {name: Enum(name, {code: code for code in codes}) for name, codes in CODES.items()}

    def variable(name: str, kind: type, more: dict[str, Any]) -> type:
        parts = {"value_type": kind, "entity": person, "definition_period": DateUnit.YEAR}
        return type(name, (Variable,), parts | more)

    for name in frame.columns:
        if name in choices:
            said = {"possible_values": choices[name], "default_value": next(iter(choices[name]))}
            system.add_variable(variable(name, Enum, said))
        else:
            kind = bool if _numbers(frame[name]).dtype == bool else int
            system.add_variable(variable(name, kind, {}))

    def texts(column: Any) -> Any:
        return column.to_numpy().astype(str)

    formula = partial(_formula, choices)
    system.add_variable(variable("admission", bool, {"formula": lambda one, at: formula(one, at)}))

    def run() -> Any:
        simulation = SimulationBuilder().build_default_simulation(system, len(frame))
        for name in frame.columns:
            column = frame[name]
            given = texts(column) if words and name in choices else _numbers(column)
            simulation.set_input(name, "2023", given)
        return simulation.calculate("admission", "2023")

    return run


def _numbers(column: Any) -> Any:
    if column.name in CODES:
        column = column.to_physical()
    return column.fill_null(-1).to_numpy() if column.null_count() else column.to_numpy()


def _formula(choices: Any, one: Any, period: Any) -> Any:
    said = figures(0)
    values = {name: one(name, period) for name in ("track", "exam_score", "age", "graduate_of")}
    award, place = one("world_skills_award", period), one("national_award", period)
    lines = False
    for track in TRACKS:
        is_track = values["track"] == choices["track"][track]
        lines = lines | (is_track & (values["exam_score"] >= said[track]))
    won = False
    for medal in said["medals"]:
        won = won | (award == choices["world_skills_award"][medal])
    for best in said["places"]:
        won = won | (place == choices["national_award"][best])
    school = values["graduate_of"] == choices["graduate_of"][said["school"]]
    schooled = school & lines & one("household_registered", period) & (values["age"] <= said["age"])
    matched = won & one("trade_matches", period)
    return (matched | schooled) & ~one("disciplinary_record", period)


# ---- memory --------------------------------------------------------------------------------

ALONE = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
from columnar import DAY, by_hand, register
from vocpolicy import Policy
from workload import source

size, who = int(sys.argv[2]), sys.argv[3]
policy = Policy.from_text(source(1))
calls = {
    "hand": lambda frame: frame.with_columns(verdict=by_hand(0)),
    "rule": lambda frame: policy.evaluate_frame(frame, "admission_0", DAY),
    "conditions": lambda frame: policy.evaluate_frame(frame, "admission_0", DAY, "conditions"),
}
calls[who](register(1000))
frame = register(size)

def kilobytes(name):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name))

with open("/proc/self/clear_refs", "w") as file:
    file.write("5")
before, start = kilobytes("VmRSS:"), time.perf_counter()
found = calls[who](frame)
print(json.dumps([(kilobytes("VmHWM:") - before) * 1024 / size, time.perf_counter() - start]))
"""
"""A process that judges once: by how much its peak of resident memory is above what it held."""


def memory(size: int) -> list[Row]:
    """Bytes a row above the input, at the peak; of Linux only."""
    if not Path("/proc/self/clear_refs").exists():
        return [Row("memory", None, "", None, None, "peaks of memory are read on Linux only")]
    found = []
    named = {"hand": "hand-written polars", "rule": "one rule", "conditions": "with conditions"}
    for who, name in named.items():
        command = [sys.executable, "-c", ALONE, str(Path(__file__).parent), str(size), who]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        used, seconds = json.loads(output)
        goal = MOST_BYTES if who == "rule" else None
        text = f"bytes a row above the input, {name}, {size:,} rows"
        found.append(Row(text, used, "one byte a row", goal, seconds * 1e6))
    return found

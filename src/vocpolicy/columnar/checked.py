"""What cannot be read of a frame: empty cells, NaN, numbers that are not exact, wrong values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.answers import Asked
from vocpolicy.columnar.call import Call
from vocpolicy.columnar.compiled import conditions_for
from vocpolicy.columnar.entry import Entry
from vocpolicy.columnar.frames import provided, read_by, wrapped
from vocpolicy.columnar.intake import arrow_of, schema_of
from vocpolicy.columnar.logic import TEMPORARY, certainly, conjunction, expr_of, negation
from vocpolicy.columnar.paths import pathed
from vocpolicy.columnar.reading import finest, inner, nearest
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.spark import column
from vocpolicy.facts import entity_of
from vocpolicy.needs import needs

PARTS = ("empty", "not_a_number", "not_exact", "wrong")


@frozen
class Checked:
    """What the cells of a fact's column are.

    Attributes:
        empty: cells without a value: a missing fact, or `none` of what can be none.
        not_a_number: floating-point cells that are NaN, which is missing too.
        not_exact: floating-point cells that are no multiple of the fact's steps (of a millionth
            of its unit where it has none), or too large to be exact; they are wrong.
        wrong: cells that are no value of the fact for another reason: out of its bounds, no value
            of its choice.  A record with a wrong cell has no outcome.
    """

    fact: str
    column: str
    rows: int
    empty: int
    not_a_number: int
    not_exact: int
    wrong: int

    @property
    def fine(self) -> bool:
        return not (self.not_a_number or self.not_exact or self.wrong)


def checked(place: Place, frame: Any, columns: dict[str, str], name: str) -> Iterator[Checked]:
    """Of every fact that may decide a name, and has a column."""
    schema = schema_of(frame)
    made = conditions_for(place, schema, columns)
    entry = made.entry
    wanted = needs(place.policy, name).facts
    facts = [one for one in entry.bounding(wanted) if one in entry.columns]
    entry.valid_facts(facts)
    counted = [nw.lit(1, dtype=nw.Int64).alias(f"{TEMPORARY}rows")]
    for at, fact in enumerate(facts):
        counted += _counted(entry, place.siblings[fact], schema, at)
    for several in made.sheet.rounds:
        frame = frame.with_columns(*several)
    frame = frame.with_columns(*counted)
    ours = [f"{TEMPORARY}rows"] + [_named(at, part) for at in range(len(facts)) for part in PARTS]
    found = frame.select(*(nw.col(one).sum() for one in ours))
    found = found.collect() if isinstance(found, nw.LazyFrame) else found
    figures = {one: int(found[one].to_list()[0] or 0) for one in ours}
    for at, fact in enumerate(facts):
        counts = (figures[_named(at, part)] for part in PARTS)
        yield Checked(fact, entry.columns[fact], figures[f"{TEMPORARY}rows"], *counts)


def _named(at: int, part: str) -> str:
    return f"{TEMPORARY}{part}{at}"


def _counted(entry: Entry, fact: core.Fact, schema: dict[str, Any], at: int) -> Iterator[nw.Expr]:
    cells = column(entry.columns[fact.name], entry.place.engine)
    kind, dtype = inner(fact.type), schema[entry.columns[fact.name]]
    never = nw.lit(False)
    nan, inexact = never, never
    if dtype.is_float() and isinstance(kind, core.NumberType):
        nan = cells.is_nan().fill_null(False)
        inexact = ~nearest(cells, finest(fact, kind))[1].fill_null(True)
    wrong = certainly(negation(conjunction(entry.valid.get(fact.name, []))))
    rest = expr_of(wrong) & ~inexact
    empty = cells.is_null() & ~nan
    for part, one in zip(PARTS, (empty, nan, inexact, rest), strict=True):
        yield one.cast(nw.Int64).alias(_named(at, part))


def check(edition: core.Policy, native: Any, call: Call) -> tuple[Checked, ...]:
    """See `Policy.check_frame`."""
    assert not isinstance(call.day, str)
    edition = pathed(edition)
    if type(native).__module__.startswith("pandas"):
        names = tuple(provided(edition, name) for name in call.rules)
        native = arrow_of(native, read_by(edition, call, Asked(names)))
    frame = wrapped(native)
    engine = str(frame.implementation).rpartition(".")[2].lower()
    found: dict[str, Checked] = {}
    for name in call.rules:
        asked = provided(edition, name)
        place = Place(edition, call.day, call.readings, entity_of(edition, asked), engine)
        for one in checked(place, frame, dict(call.columns), asked):
            found.setdefault(one.fact, one)
    return tuple(found.values())

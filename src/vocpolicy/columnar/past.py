"""What is known on the deadline of a target that has passed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from vocpolicy.columnar.entry import Entry
from vocpolicy.columnar.logic import Col
from vocpolicy.columnar.scope import TODAY, Place

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions


@frozen(eq=False)
class Past:
    """
    Attributes:
        whole: with facts without a date, which what a measure is held against may read.
        bare: without them: they are observed on the day of evaluation, which is later.
    """

    place: Place
    whole: Conditions
    bare: Conditions


def past(made: Conditions, place: Place, deadline: datetime.date) -> Past:
    """What rows know on that day, with conditions of their own: nothing that is made for the day
    of evaluation stands for it."""
    there = evolve(place, day=deadline)
    own = {name: column for name, column in made.entry.columns.items() if name == TODAY}
    whole = _on(made, there, Entry(there, made.entry.schema, made.entry.columns, made.sheet))
    whole.entry.guarded = made.entry.guarded
    whole.entry.lists = made.entry.lists and made.entry.lists.on(deadline, whole)
    bare = _on(made, there, Entry(there, made.entry.schema, own, made.sheet))
    if bare.entry.observed is not None:
        bare.entry.observed = bare.entry.observed.dated
    return Past(there, whole, bare)


def _on(made: Conditions, place: Place, entry: Entry) -> Conditions:
    """Conditions of a deadline: the day is that, and what was observed up to it is known."""
    if TODAY in entry.columns:
        entry.lend_date(TODAY, Col(nw.lit(place.day, dtype=nw.Date)))
    if made.entry.observed is not None:
        entry.observed = made.entry.observed.on(place.day)
        entry.guarded = made.entry.guarded
    return type(made)(entry, made.sheet)

"""Where a fact of a frame is `none`, and where it is missing: an empty cell says the one or the
other, by its type.

Of a record that can be `none`, one of which every cell is empty is; so is then what is asked of it.
Of any other nothing is known where its cells are all empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vocpolicy import core
from vocpolicy.columnar.logic import Col, Truth, conjunction, disjunction, filled, negation
from vocpolicy.columnar.paths import above
from vocpolicy.columnar.reading import inner, optional

if TYPE_CHECKING:
    from vocpolicy.columnar.entry import Entry


def nothing(entry: Entry, fact: core.Fact) -> Truth:
    """Where it is `none`; never null."""
    records = list(_records(entry, fact))
    found = [
        conjunction([around, negation(there)])
        for perhaps, around, there in records
        if perhaps and there is not False
    ]
    if optional(_own(entry, fact)) and _has(entry, fact):
        inside = records[-1][2] if records else True
        found.append(conjunction([inside, negation(says(entry, fact))]))
    return disjunction(found)


def missing(entry: Entry, fact: core.Fact) -> Truth:
    """Where nothing is said of it, not even that it is `none`; never null."""
    records = list(_records(entry, fact))
    found = [
        conjunction([around, negation(there)])
        for perhaps, around, there in records
        if not perhaps or there is False
    ]
    inside = records[-1][2] if records else True
    if not _has(entry, fact):
        found.append(inside)
    elif not optional(_own(entry, fact)):
        found.append(conjunction([inside, negation(says(entry, fact))]))
    return disjunction(found)


def says(entry: Entry, fact: core.Fact) -> Truth:
    """Whether its cell has a value; never null."""
    match inner(fact.type):
        case core.YesNoType():
            truth = entry.yes_no(fact)
            return filled(_there(truth), False)
        case core.DateType():
            return _there(entry.date(fact))
        case core.ChoiceType():
            return _chosen(entry, fact)
        case core.NumberType():
            return _there(entry.number(fact).lo)
        case core.RecordType():
            return entry.present(fact.name)
        case core.ListType():
            from vocpolicy.columnar.members import members_of

            assert entry.made is not None
            return members_of(entry.made, entry.place, fact).known
        case _:
            return _there(entry.text(fact))


def _has(entry: Entry, fact: core.Fact) -> bool:
    """Whether the frame has a column or a table for it; for a record, one for a field of it."""
    if isinstance(inner(fact.type), core.RecordType):
        return any(name.startswith(f"{fact.name}.") for name in entry.columns)
    return entry.has(fact.name)


def _there(found: object) -> Truth:
    assert isinstance(found, Col)
    return Col(~found.expr.is_null(), found.level)


def _chosen(entry: Entry, fact: core.Fact) -> Truth:
    column, _, nones = entry.choice(fact)
    there = _there(column)
    said = [Col((column.expr == one).fill_null(False), column.level) for one in nones]
    return conjunction([there, *(negation(one) for one in said)])


def _records(entry: Entry, fact: core.Fact) -> Iterator[tuple[bool, Truth, Truth]]:
    """The records that it is in, the outermost first: of each whether it can be `none`, whether
    the one around it is there, and whether it is itself."""
    around: Truth = True
    for path in above(fact.name):
        there = entry.present(path)
        yield optional(_own(entry, entry.place.siblings[path])), around, there
        around = there


def _own(entry: Entry, fact: core.Fact) -> core.Type:
    """The type that a field was given, whatever the records around it may be."""
    around = above(fact.name)
    if not around:
        return fact.type
    record = inner(entry.place.siblings[around[-1]].type)
    assert isinstance(record, core.RecordType)
    return entry.place.policy.entities[record.entity].fields[fact.name.rpartition(".")[2]].type

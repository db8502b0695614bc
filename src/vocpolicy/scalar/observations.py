"""Facts by the day on which they were observed, as code for cases that have such facts.

Of an expression the latest observation counts that it reads; what it may or may not read, as other
facts are, is left to the interpreter where that has a day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from vocpolicy import core
from vocpolicy.core.walk import children, within
from vocpolicy.interpreter.expressions import definition
from vocpolicy.interpreter.known import relations
from vocpolicy.needs import needs
from vocpolicy.scalar.code import UnsupportedError
from vocpolicy.scalar.writer import Writer


def resolve(writer: Writer) -> None:
    """Have every fact taken as it was on the date of evaluation."""
    today, writer.dated = writer.today(), False
    writer.variables = {
        name: writer.keep(f"observed({variable}, {today})")
        for name, variable in writer.supplied.items()
    }


def variables_on(writer: Writer, function: str, day: datetime.date) -> dict[str, str]:
    """Variables that hold the facts as they were on another day, by `observed` or
    `observed_before` of `vocpolicy.pycode.observed`."""
    on = writer.constant(day)
    return {
        name: writer.keep(f"{function}({variable}, {on})")
        for name, variable in writer.supplied.items()
    }


def day_of(writer: Writer, expr: core.Expr) -> str:
    """Code for the day of a measure: that of the latest observation that it reads, else that of
    evaluation."""
    today, writer.dated = writer.today(), False
    if writer.known:
        return today
    read = dict[str, bool]()
    for name, always in _reads(writer, expr, True):
        read[name] = always or read.get(name, False)
    days = {
        name: f"observed_on({writer.supplied[name]}, {today})"
        for name in read
        if name in writer.supplied
    }
    certain = [day for name, day in days.items() if read[name]]
    doubtful = [f"{day} is not None" for name, day in days.items() if not read[name]]
    found = f"latest(({', '.join(certain)},), {today})" if certain else today
    if doubtful:
        found = f"(slow() if {' or '.join(doubtful)} else {found})"
    return writer.keep(found)


def _reads(writer: Writer, expr: core.Expr, certain: bool) -> Iterator[tuple[str, bool]]:
    """The facts that something reads, and whether it reads them whatever they are."""
    match expr:
        case core.FactRef(name=name) | core.FieldRef(name=name, record=None):
            yield name, certain
            yield from ((other, False) for other in _bounding(writer, name))
        case core.DefinitionRef(name):
            dated = definition(writer.scope(), writer.policy.definitions[name]).dated
            if dated is not None:
                yield from _reads(writer, dated.value, certain)
        case core.ConclusionRef(name):
            yield from ((fact, False) for fact in needs(writer.policy, name).facts)
        case core.Divide(left, right):
            yield from _all(writer, [left, right], certain)
            yield from _all(writer, [] if expr.if_zero is None else [expr.if_zero], False)
        case core.Aggregate(records=records):
            yield from _reads(writer, records, certain)
            rest = [one for one in children(expr) if one is not records]
            yield from _all(writer, rest, False)
        case core.Scale(operand=operand, bands=bands):
            yield from _all(writer, [operand, *(band.start for band in bands)], certain)
            always = certain and expr.kind == "marginal"
            yield from _all(writer, [band.value for band in bands], always)
        case _:
            yield from _all(writer, list(children(expr)), certain)


def _all(writer: Writer, several: list[core.Expr], certain: bool) -> Iterator[tuple[str, bool]]:
    for one in several:
        yield from _reads(writer, one, certain)


def _bounding(writer: Writer, name: str) -> Iterator[str]:
    """The facts that may say something of one that is missing."""
    facts = writer.policy.facts
    for _, expr in relations(facts[name], facts) if name in facts else ():
        for one in within(expr):
            if isinstance(one, core.FactRef | core.FieldRef):
                if one.name not in writer.supplied:
                    raise UnsupportedError("is bounded by a fact that is not read")
                yield one.name

"""Code for what the records of a list come to.

A record is a tuple of the fields that are read.  What is worked out for a record before it is
used (definitions, conclusions) stands in the comprehension that goes through the list, as an
assignment.  Where a record lacks what it is asked for, the interpreter goes on.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from vocpolicy import core
from vocpolicy.core.walk import type_of
from vocpolicy.interpreter import evaluate
from vocpolicy.interpreter.expressions import window_on
from vocpolicy.interpreter.values import bounds
from vocpolicy.scalar import code, values
from vocpolicy.scalar.code import Number, Truth, UnsupportedError
from vocpolicy.scalar.ranges import Range, ends, ranged, scaled
from vocpolicy.scalar.values import inner, optional
from vocpolicy.trace import Unknown

if TYPE_CHECKING:
    from vocpolicy.scalar.writer import Writer

_ALL_OR_ANY = {"every": ("all", ""), "some": ("any", ""), "none": ("any", "not ")}


def number(writer: Writer, expr: core.Aggregate) -> Number:
    """Code for a number."""
    match expr.kind:
        case "count" if expr.where is None and expr.window is None:
            return Number(f"len({_around(writer, expr, lambda: listed(writer, expr.records))})")
        case "count":
            return Number(f"len({_each(writer, expr, lambda _: '1')})")
        case "distinct":
            values_of = _each(writer, expr, lambda row: _distinct(writer, expr, row), brackets="{}")
            return Number(f"len({values_of})")
        case "share":
            return _share(writer, expr)
        case "total_length":
            days = _each(writer, expr, lambda _: _stay(writer, expr), clipped=False)
            return Number(f"stayed({_clip(writer, expr, days)})", 1 / (expr.month_days or code.ONE))
        case "total":
            found = _Numbers()
            return Number(f"sum({_each(writer, expr, found.of(writer, expr))})", found.scale)
        case "least" | "most":
            return _extreme(writer, expr)
        case _:
            raise UnsupportedError("is no number")


def date(writer: Writer, expr: core.Aggregate) -> str:
    """Code for the first or the last of several dates."""
    value, if_empty = expr.value, expr.if_empty
    if expr.kind not in ("least", "most") or value is None or if_empty is None:
        raise UnsupportedError("is no date")
    if isinstance(value, core.ConclusionRef):
        raise UnsupportedError("is a date that rules give")
    several = _each(writer, expr, lambda _: writer.guarded(values.date(writer, value)))
    return f"{expr.kind}({several}, {values.date(writer, if_empty)})"


def holds(writer: Writer, expr: core.Aggregate) -> str:
    """Code for what holds of every record, of one or of none."""
    if expr.kind not in _ALL_OR_ANY:
        raise UnsupportedError("is no condition")
    function, negated = _ALL_OR_ANY[expr.kind]
    asked = _each(writer, expr, lambda _: _condition(writer, expr), brackets="()")
    return f"({negated}{function}({asked}))"


def listed(writer: Writer, expr: core.Expr) -> str:
    """Code for a list."""
    match expr:
        case core.FactRef() | core.FieldRef() if not optional(expr.type):
            return writer.fact(expr)
        case core.DefinitionRef():
            return writer.defined(expr, listed)
        case _:
            raise UnsupportedError("goes through a list that rules make, or that can be none")


# ---- going through the records ------------------------------------------------------------------


def _each(
    writer: Writer,
    expr: core.Aggregate,
    write: Callable[[str], str],
    *,
    clipped: bool = True,
    brackets: str = "[]",
) -> str:
    """A list of what `write` writes for each record that counts, given the record's variable."""

    def whole() -> str:
        rows = listed(writer, expr.records)
        item = expr.list_type.item
        row = writer.variable("m")
        with writer.member(item.entity if isinstance(item, core.RecordType) else "", row) as frame:
            if expr.window is not None and clipped:
                frame.lines.append(f"if {_reaches(writer, expr)}")
            if expr.where is not None:
                frame.lines.append(f"if {writer.certain(writer.truth(expr.where))}")
            element = write(row)
        return f"{brackets[0]}{element} for {row} in {rows}{frame.clauses()}{brackets[1]}"

    return _around(writer, expr, whole)


def _around(writer: Writer, expr: core.Aggregate, write: Callable[[], str]) -> str:
    """Code in which everything that it reads outside the records counts as read by the condition
    at hand, and the date of evaluation too."""
    outside, writer.reads = writer.reads, {}
    todays = writer.todays
    touched, writer.touched = writer.touched, {}
    text = write()
    here = {name: read for name, read in writer.reads.items() if _is_outside(writer, name)}
    writer.touched = {**touched, **here}
    writer.reads = {**outside, **here}
    writer.dated = writer.dated or writer.todays > todays
    return text


def _is_outside(writer: Writer, name: str) -> bool:
    """Whether a fact is one of the case or of a record at hand, not of those gone through."""
    if "[" not in name or name.startswith("f"):
        return True
    place = writer.where
    around = (place.subject,) if place.subject else ()
    return any(name.startswith(f"{one.row}[") for one in (*around, *place.members) if one.row)


def _some(writer: Writer, value: str, nones: str = "") -> str:
    """A value of the record at hand, which does not count where there is none."""
    name = writer.keep(value)
    writer.lines.append(f"if {name} not in {nones}" if nones else f"if {name} is not None")
    return name


def _condition(writer: Writer, expr: core.Aggregate) -> str:
    assert expr.condition is not None
    return writer.certain(writer.truth(expr.condition))


def _distinct(writer: Writer, expr: core.Aggregate, row: str) -> str:
    """What is told apart by `==`."""
    if expr.value is None:
        if isinstance(expr.list_type.item, core.RecordType):
            raise UnsupportedError("tells whole records apart")
        return row
    kind = inner(type_of(expr.value))
    if isinstance(kind, core.NumberType):
        return _Numbers().of(writer, expr)(row)
    if isinstance(expr.value, core.FactRef | core.FieldRef):
        value = writer.guarded(writer.fact(expr.value))
        if not optional(expr.value.type):
            return value
        nones = writer.nones(kind) if isinstance(kind, core.ChoiceType) else ""
        return _some(writer, value, nones)
    if optional(type_of(expr.value)) or isinstance(expr.value, core.ConclusionRef):
        raise UnsupportedError("tells apart what rules decide")
    if isinstance(kind, core.DateType):
        return writer.guarded(values.date(writer, expr.value))
    return writer.guarded(values.word(writer, expr.value))


class _Numbers:
    """Numbers of records, and the scale that they turn out to have."""

    scale = code.ONE

    def of(self, writer: Writer, expr: core.Aggregate) -> Callable[[str], str]:
        def of_record(row: str) -> str:
            if expr.value is None:
                self.scale = values.factor(expr.list_type.item)
                return row
            found = code.single(values.number(writer, expr.value))
            self.scale = found.scale
            value = writer.guarded(found.top)
            return _some(writer, value) if found.optional else value

        return of_record


def _extreme(writer: Writer, expr: core.Aggregate) -> Number:
    found = _Numbers()
    several = _each(writer, expr, found.of(writer, expr))
    otherwise = _if_empty(writer, expr)
    codes, scale = code.same_scale([Number("1", found.scale), otherwise])
    if codes[0] == "1":
        return Number(f"{expr.kind}({several}, {codes[1]})", scale)
    best = _kept(writer, expr, f"{expr.kind}({several}, None)")
    return Number(f"({codes[1]} if {best} is None else {best} * {codes[0]})", scale)


def _share(writer: Writer, expr: core.Aggregate) -> Number:
    """How many of the records that count pass, over how many count."""
    asked = _kept(writer, expr, _each(writer, expr, lambda _: _condition(writer, expr)))
    otherwise = _if_empty(writer, expr)
    scale = Fraction(1, otherwise.scale.denominator)
    passing = code.times(f"sum({asked})", scale.denominator)
    empty = code.times(otherwise.top, otherwise.scale / scale)
    return Number(f"({passing} if {asked} else {empty})", scale, f"(len({asked}) or 1)")


def _if_empty(writer: Writer, expr: core.Aggregate) -> Number:
    if expr.if_empty is None:
        raise UnsupportedError("has no value where no record counts")
    return code.single(values.some(values.number(writer, expr.if_empty)))


def _kept(writer: Writer, expr: core.Aggregate, text: str) -> str:
    """A variable for what the records come to, which nobody asks for where facts are missing."""
    absent = " or ".join(f"{name} is M" for name in sorted(writer.touched))
    return writer.keep(text if writer.known else f"None if {absent} else {text}")


# ---- records that may lack fields ---------------------------------------------------------------


def open_truth(writer: Writer, expr: core.Aggregate) -> Truth:
    """Code for what holds of every record, of one or of none, as far as that is known."""
    if expr.kind not in _ALL_OR_ANY:
        raise UnsupportedError("is no condition")
    rows = _open(writer, expr, lambda _: _asked(writer, expr))
    function = "every" if expr.kind == "every" else "some"
    name = writer.keep(rows.unless_absent("None", f"{function}({rows.code})"))
    holds, fails = f"({name} is True)", f"({name} is False)"
    return Truth(fails, holds) if expr.kind == "none" else Truth(holds, fails)


def open_range(writer: Writer, expr: core.Aggregate) -> Range:
    """Code for the bounds of a number."""
    if expr.kind in ("distinct", "total_length"):
        return _certain(writer, expr)
    values_of = _OpenNumbers()
    if expr.kind in ("total", "least", "most"):
        rows = _open(writer, expr, values_of.of(writer, expr))
    elif expr.kind == "share":
        rows = _open(writer, expr, lambda _: _asked(writer, expr))
    else:
        rows = _open(writer, expr, lambda _: "")
    scale = values_of.scale
    match expr.kind:
        case "count":
            text = f"counted({rows.code})"
        case "total":
            text = f"total({rows.code})"
        case "share":
            text = f"share({rows.code}, {_if_empty_range(writer, expr, scale)})"
        case _:
            otherwise = _if_empty_range(writer, expr, scale)
            text = f"extreme({expr.kind!r}, {rows.code}, {otherwise})"
    return Range(rows.unless_absent(_of_absent(writer, expr, rows, scale), text), scale)


@frozen
class _Open:
    """Code for records that count or may count, and what was read for them.

    Attributes:
        listed: the code of the list.
        beside: whether facts outside the list were read.
        dated: whether the date of evaluation was.
    """

    code: str
    listed: str
    beside: bool
    dated: bool

    def unless_absent(self, absent: str, text: str) -> str:
        return f"({absent} if {self.listed} is M else {text})"


def _open(writer: Writer, expr: core.Aggregate, write: Callable[[str], str]) -> _Open:
    """Pairs of whether a record counts and of what `write` writes for it; of the first alone where
    that is nothing."""
    todays = writer.todays
    rows = ""

    def whole() -> str:
        nonlocal rows
        rows = listed(writer, expr.records)
        item = expr.list_type.item
        row, counts = writer.variable("m"), "True"
        with writer.member(item.entity if isinstance(item, core.RecordType) else "", row) as frame:
            if expr.window is not None:
                frame.lines.append(f"if {_reaches(writer, expr)}")
            if expr.where is not None:
                counts = writer.keep(code.three_valued(writer.truth(expr.where)))
                frame.lines.append(f"if {counts} is not False")
            element = write(row)
        element = f"({counts}, {element})" if element else counts
        return f"[{element} for {row} in {rows}{frame.clauses()}]"

    before = set(writer.touched)
    text = _around(writer, expr, whole)
    beside = bool(set(writer.touched) - before - {rows})
    return _Open(text, rows, beside, writer.todays > todays)


def _of_absent(writer: Writer, expr: core.Aggregate, rows: _Open, scale: Fraction) -> str:
    """What is known of a list that is missing, as the interpreter has it where nothing else
    bears on that."""
    on_the_day = writer.any_day and (rows.dated or expr.window is not None)
    constant = expr.if_empty is None or isinstance(expr.if_empty, core.Const)
    of_values = not constant or expr.kind in ("total", "least", "most")
    if on_the_day or (of_values and rows.beside):
        return "slow()"
    return ends(writer, bounds(evaluate(writer.scope(), expr).answer), scale)


def _asked(writer: Writer, expr: core.Aggregate) -> str:
    assert expr.condition is not None
    return f"({code.three_valued(writer.truth(expr.condition))})"


class _OpenNumbers:
    """Bounds of the numbers of records, and the scale that they turn out to have."""

    scale = code.ONE

    def of(self, writer: Writer, expr: core.Aggregate) -> Callable[[str], str]:
        def of_record(_: str) -> str:
            if expr.value is None:
                raise UnsupportedError("takes no value of a record")
            one = ranged(writer, expr.value)
            self.scale = one.scale
            return _some(writer, one.code) if one.optional else one.code

        return of_record


def _certain(writer: Writer, expr: core.Aggregate) -> Range:
    """Of what only the interpreter knows bounds, the number where nothing is missing."""
    found: list[Number] = []

    def whole() -> str:
        found.append(number(writer, expr))
        return found[0].top

    todays = writer.todays
    text = _around(writer, expr, whole)
    dated = writer.todays > todays
    open_ = _Open(text, _around(writer, expr, lambda: listed(writer, expr.records)), False, dated)
    absent = _of_absent(writer, expr, open_, found[0].scale)
    return Range(open_.unless_absent(absent, f"known({text})"), found[0].scale)


def _if_empty_range(writer: Writer, expr: core.Aggregate, scale: Fraction) -> str:
    if expr.if_empty is None:
        raise UnsupportedError("has no value where no record counts")
    return scaled(writer, ranged(writer, expr.if_empty), scale)


# ---- stays and windows --------------------------------------------------------------------------


@frozen
class _Ends:
    """Code for the first and the last day of a stay; one that is not over goes on to today."""

    start: str
    end: str


def _ends(writer: Writer, expr: core.Aggregate) -> _Ends:
    if expr.start is None or expr.end is None:
        raise UnsupportedError("has no dates")
    fields = writer.policy.entities[writer.where.members[-1].entity].fields
    start = writer.guarded(values.date(writer, _field(fields, expr.start)))
    if expr.end == expr.start:
        return _Ends(start, start)
    end = writer.guarded(writer.fact(_field(fields, expr.end)))
    if optional(fields[expr.end].type):
        today = writer.today()
        last = writer.keep(end)
        end = f"({today} if {last} is None else {last})"
    return _Ends(start, end)


def _field(fields: Mapping[str, core.Fact], name: str) -> core.FieldRef:
    return core.FieldRef(name, fields[name].type)


def _reaches(writer: Writer, expr: core.Aggregate) -> str:
    """Whether a day of the record at hand lies in the window."""
    ends = _ends(writer, expr)
    after, today = _after(writer, expr), writer.today()
    if ends.start == ends.end:
        return f"({after} < {ends.start} <= {today})"
    start, end = writer.keep(ends.start), writer.keep(ends.end)
    found = f"{start} <= {end} and {after} < {end} and {start} <= {today}"
    since = expr.window is not None and isinstance(expr.window.value, datetime.date)
    # On a day before it begins there is no such time.
    return f"({found} and {after} < {today})" if since else f"({found})"


def _stay(writer: Writer, expr: core.Aggregate) -> str:
    ends = _ends(writer, expr)
    return f"({ends.start}, {ends.end})"


def _clip(writer: Writer, expr: core.Aggregate, days: str) -> str:
    if expr.window is None:
        return f"{days}, None, None"
    return f"{days}, {_after(writer, expr)}, {writer.today()}"


def _after(writer: Writer, expr: core.Aggregate) -> str:
    """The day before the window."""
    assert expr.window is not None
    window = window_on(writer.scope(), expr.window)
    if window is None or isinstance(window, Unknown):
        raise UnsupportedError("has a window that does not begin on a day")
    length = expr.window.value
    if not writer.any_day or not isinstance(length, Fraction):
        return writer.constant(window.after)
    kind = expr.window.type
    months = isinstance(kind, core.NumberType) and kind.dimension == (("month", 1),)
    by = code.literal(-length)
    if by.scale != 1:
        raise UnsupportedError("has a window of a part of a day")
    if months:
        return f"moved_by_months({writer.today()}, {by.top}, month_end)"
    return f"moved_by_days({writer.today()}, {by.top})"

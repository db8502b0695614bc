"""What decision tables come to, as columns: the interpreter's way with rows that match.

Of each row there is whether it matches; which rows count follows from the hit policy, and what may
come of them is settled as for rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce
from itertools import combinations
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
from attrs import evolve

from vocpolicy import core
from vocpolicy.columnar.collected import collected
from vocpolicy.columnar.given import CONFLICT, NOTHING, Said, alike
from vocpolicy.columnar.lacking import Lacks, counted, lacks_of, together, unknown
from vocpolicy.columnar.logic import (
    Col,
    Truth,
    certainly,
    conjunction,
    disjunction,
    expr_of,
    level_of,
    negation,
)
from vocpolicy.columnar.numbers import (
    End,
    Number,
    TooLargeError,
    added,
    aligned,
    constant,
    multiplied,
)
from vocpolicy.columnar.refusals import overflow, refused
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.voices import Candidate, Speaker
from vocpolicy.outcome import Outcome

if TYPE_CHECKING:
    from vocpolicy.columnar.conditions import Conditions

Row = tuple[Speaker, Truth, Truth]
"""A row that is not ruled out, whether it counts for certain, and whether it may; never null."""


def candidates_of(
    made: Conditions, place: Place, conclusion: core.Conclusion, speakers: Sequence[Speaker]
) -> tuple[list[Candidate], list[Row]]:
    """Everything that may come of the rows, and the rows that count."""
    table = place.policy.tables[conclusion.table]
    rows = [
        (one, made.sheet.kept(sure), made.sheet.kept(may))
        for one, sure, may in _counting(table, speakers)
    ]
    if table.policy == "collect":
        return _collected(made, place, conclusion, table, rows), rows
    if table.ranked:
        return [Candidate(one.said, may) for one, _, may in rows], rows
    return _single_out(made, place, table, rows), rows


def _counting(table: core.Table, speakers: Sequence[Speaker]) -> list[Row]:
    by_row = {one.place: one for one in speakers}
    ordered = [by_row[place] for place in table.order if place in by_row]
    found: list[Row] = []
    for at, one in enumerate(ordered):
        rest: Truth = True
        if table.ranked:
            rest = negation(disjunction(other.certain for other in ordered[:at]))
        elif table.policy != "collect":
            # Beside a row that matches, one that no case can match with it does not.
            sure = [other.certain for other in ordered if _apart(table, one, other)]
            rest = disjunction([one.certain, negation(disjunction(sure))])
        found.append((one, conjunction([one.certain, rest]), conjunction([one.possible, rest])))
    return [row for row in found if row[2] is not False]


def _apart(table: core.Table, one: Speaker, other: Speaker) -> bool:
    return one is not other and core.apart(table.rows[one.place], table.rows[other.place])


def _single_out(
    made: Conditions, place: Place, table: core.Table, rows: Sequence[Row]
) -> list[Candidate]:
    """Of `unique` and `any`: the first row that matches, unless two do that may not both stand."""
    unique = table.policy == "unique"
    certain: list[Truth] = []
    possible: list[Truth] = []
    for (one, sure, may), (other, also, too) in combinations(rows, 2):
        same = True if unique else alike(place, one.said, other.said)
        differ = True if unique else certainly(negation(same))
        certain.append(conjunction([sure, also, differ]))
        if not _apart(table, one, other) and (unique or same is not True):
            unsettled = True if unique else negation(certainly(same))
            possible.append(conjunction([may, too, unsettled]))
    clash = made.sheet.kept(disjunction(certain))
    fine = negation(clash)
    some = made.sheet.kept(disjunction(sure for _, sure, _ in rows))
    found: list[Candidate] = []
    for at, (one, sure, may) in enumerate(rows):
        first = conjunction([sure, *(negation(before) for _, before, _ in rows[:at])])
        doubtful = conjunction([may, negation(some)])
        found.append(Candidate(one.said, conjunction([fine, disjunction([first, doubtful])])))
    return [*found, Candidate(CONFLICT, disjunction([clash, *possible]))]


# ---- what is collected -------------------------------------------------------------------------


def _collected(
    made: Conditions,
    place: Place,
    conclusion: core.Conclusion,
    table: core.Table,
    rows: Sequence[Row],
) -> list[Candidate]:
    """The outputs of all rows that match, together; `not applicable` adds nothing."""
    giving = [row for row in rows if row[0].said.value is not None]
    others = [row for row in rows if row[0].said.value is None]
    found: list[Candidate] = []
    some = disjunction(sure for _, sure, _ in giving)
    marker = core.ConclusionRef(conclusion.name, conclusion.type, span=conclusion.span)
    if giving and table.collect == "list":
        given = [(one.said, sure, may) for one, sure, may in giving]
        items = collected(made, place, conclusion, given)
        said = Said(Outcome.HOLDS, "decided", marker, items=items)
        found.append(Candidate(said, disjunction(may for _, _, may in giving)))
    elif giving:
        try:
            number = _together(place, table.collect, giving)
        except TooLargeError:
            raise overflow(conclusion.name, place.engine, conclusion.span) from None
        number = evolve(number, lo=_kept(made, number.lo), hi=_kept(made, number.hi))
        said = Said(Outcome.HOLDS, "decided", marker, number)
        found.append(Candidate(said, disjunction(may for _, _, may in giving)))
    if others:
        may = disjunction(may for _, _, may in others)
        found.append(Candidate(NOTHING, conjunction([may, negation(some)])))
    return found


def _kept(made: Conditions, end: End) -> End:
    return made.sheet.keep(end) if isinstance(end, Col) else end


def _together(place: Place, collect: str, giving: Sequence[Row]) -> Number:
    if collect == "count":
        sure = _times(sure for _, sure, _ in giving)
        may = _times(may for _, _, may in giving)
        # Of no row at all nothing is counted.
        one = Col(nw.max_horizontal(sure.expr, nw.lit(1, dtype=nw.Int64)), sure.level)
        return Number(one, may, Fraction(1), 0, len(giving))
    if collect not in ("sum", "least", "most"):
        raise refused("collected", place.engine)
    numbers = [_number(place, one.said) for one, _, _ in giving]
    even = aligned(numbers)
    pairs = [(number, sure, may) for number, (_, sure, may) in zip(even, giving, strict=True)]
    if collect == "sum":
        return reduce(added, (_part(*pair) for pair in pairs))
    if collect == "least":
        return _least(pairs)
    turned = _least([(multiplied(number, -1), sure, may) for number, sure, may in pairs])
    return multiplied(turned, -1)


def _number(place: Place, said: Said) -> Number:
    if isinstance(said.number, Number):
        return said.number
    if not isinstance(said.value, Fraction):
        raise refused("collected", place.engine)
    return constant(said.value)


def _times(several: Iterable[Truth]) -> Col:
    truths = list(several)
    total: nw.Expr = nw.lit(0, dtype=nw.Int64)
    for one in truths:
        total = total + expr_of(one).cast(nw.Int64)
    return Col(total, level_of(*truths))


def _part(number: Number, sure: Truth, may: Truth) -> Number:
    """What a row adds: its value where it matches, that or nothing where it may."""
    zero = nw.lit(0, dtype=nw.Int64)
    ends = []
    for end, doubtful in ((number.lo, nw.min_horizontal), (number.hi, nw.max_horizontal)):
        one = _expr(end)
        open_ = nw.when(expr_of(may)).then(doubtful(one, zero)).otherwise(zero)
        found = nw.when(expr_of(sure)).then(one).otherwise(open_)
        ends.append(Col(found, level_of(end, sure, may)))
    least, most = min(number.least, 0), max(number.most, 0)
    return Number(ends[0], ends[1], number.scale, least, most, room=number.room)


def _least(pairs: Sequence[tuple[Number, Truth, Truth]]) -> Number:
    """The least of what matches; where nothing does for certain, of what may."""
    nothing = nw.lit(None, dtype=nw.Int64)

    def within(where: Truth, end: End) -> nw.Expr:
        return nw.when(expr_of(where)).then(_expr(end)).otherwise(nothing)

    low = _pick(nw.min_horizontal, [within(may, number.lo) for number, _, may in pairs])
    high = _pick(nw.min_horizontal, [within(sure, number.hi) for number, sure, _ in pairs])
    top = _pick(nw.max_horizontal, [within(may, number.hi) for number, _, may in pairs])
    some = disjunction(sure for _, sure, _ in pairs)
    upper = nw.when(expr_of(some)).then(high).otherwise(top)
    level = max(level_of(one.lo, one.hi, sure, may) for one, sure, may in pairs)
    least = min(one.least for one, _, _ in pairs)
    most = max(one.most for one, _, _ in pairs)
    first = pairs[0][0]
    ends = Col(low, level), Col(upper, level)
    return Number(*ends, first.scale, least, most, room=first.room)


def _pick(pick: object, exprs: list[nw.Expr]) -> nw.Expr:
    assert callable(pick)
    found: nw.Expr = exprs[0] if len(exprs) == 1 else pick(*exprs)
    return found


def _expr(end: End) -> nw.Expr:
    return end.expr if isinstance(end, Col) else nw.lit(end, dtype=nw.Int64)


# ---- what it turns on ----------------------------------------------------------------------------


def lacking(made: Conditions, place: Place, rows: Sequence[Row]) -> Lacks:
    """The missing facts of rows that may match, and of the values that they give."""
    found: list[Lacks] = []
    for one, _, may in rows:
        asked = [one.applies, one.statement.condition]
        below = together(lacks_of(made, place, expr) for expr in asked if expr is not None)
        found.append(counted(conjunction([unknown(one.state), may]), below))
        value = one.statement.result.value
        if value is not None:
            found.append(counted(may, lacks_of(made, place, value)))
    return together(found)

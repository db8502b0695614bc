"""Checks of decision tables: cases that no row matches, rows that clash, rows that never count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from vocpolicy import core
from vocpolicy.analysis.conditions import every, no, some
from vocpolicy.analysis.places import Place, Problem, called, number
from vocpolicy.analysis.questions import Ground, ask, condition
from vocpolicy.analysis.words import PIECES
from vocpolicy.core import Expr, Labels

TableCheck = Callable[[Place, core.Table], Iterator[Problem]]


def matches(row: core.TableRow) -> Expr:
    return every(*row.cells)


def _body(place: Place, table: core.Table) -> core.RuleBody:
    conclusion = place.policy.conclusions[table.outputs[0]]
    rule = place.policy.rules[conclusion.rules[0]]
    return rule.bodies[rule.in_use]


def _ground(place: Place, table: core.Table) -> Ground | None:
    day = place.within(_body(place, table).period)
    entity = place.policy.conclusions[table.outputs[0]].entity
    return None if day is None else place.ground(day, entity)


def gaps(place: Place, table: core.Table) -> Iterator[Problem]:
    ground = _ground(place, table)
    otherwise = all(place.policy.conclusions[name].otherwise for name in table.outputs)
    if ground is None or otherwise:
        return
    reply = ask(ground, condition(no(some(*(matches(row) for row in table.rows)))))
    if reply.found is not None:
        args = {"what": called(table.name, table.labels)}
        cited = _body(place, table).citations
        yield place.violated("gap", args, (table.name,), cited, reply.found, table.span)
    elif not reply.settled:
        yield place.open(reply, (table.name,), table.span, day=ground.day)


def overlaps(place: Place, table: core.Table) -> Iterator[Problem]:
    """Two rows that match one case: under `unique` always wrong, under `any` where they differ."""
    ground = _ground(place, table)
    if ground is None or table.policy not in ("unique", "any"):
        return
    for (at, one), (beside, other) in combinations(enumerate(table.rows), 2):
        if core.apart(one, other):
            continue
        apart = every() if table.policy == "unique" else _differing(place, table, at, beside)
        if apart is None:
            continue
        reply = ask(ground, condition(every(matches(one), matches(other), apart)))
        if reply.found is not None:
            args = {
                "what": called(table.name, table.labels),
                "row": number(at + 1),
                "other": number(beside + 1),
                "outputs": Labels() if table.policy == "unique" else PIECES["differing"],
            }
            cited = _cited(place, table, at, beside)
            yield place.violated("overlap", args, (table.name,), cited, reply.found, other.span)
        elif not reply.settled:
            yield place.open(reply, (table.name,), other.span, day=ground.day)


def _differing(place: Place, table: core.Table, at: int, beside: int) -> Expr | None:
    """The condition under which two rows give different outputs; None: they never do."""
    ways: list[Expr] = []
    for name in table.outputs:
        rule = place.policy.rules[place.policy.conclusions[name].rules[0]]
        statements = rule.bodies[rule.in_use].statements
        one, other = statements[at].result, statements[beside].result
        if one == other:
            continue
        if one.value is None or other.value is None:
            return every()
        ways.append(no(core.Equal(one.value, other.value)))
    return some(*ways) if ways else None


def _cited(place: Place, table: core.Table, *rows: int) -> tuple[core.Citation, ...]:
    body = _body(place, table)
    own = [one for row in rows for one in body.statements[row].citations]
    return (*body.citations, *own)


def masked_rows(place: Place, table: core.Table) -> Iterator[Problem]:
    """Rows that match nothing, or where one before them always stands over them."""
    ground = _ground(place, table)
    if ground is None:
        return
    for at, row in enumerate(table.rows):
        before = [table.rows[one] for one in table.order[: table.order.index(at)]]
        over = [no(matches(one)) for one in before if table.ranked and not core.apart(one, row)]
        reply = ask(ground, condition(every(matches(row), *over)))
        if reply.never:
            never = bool(over) and not ask(ground, condition(matches(row))).never
            args = {"what": called(table.name, table.labels), "row": number(at + 1)}
            cited = _cited(place, table, at)
            key = "masked" if never else "dead_row"
            yield place.violated(key, args, (table.name,), cited, span=row.span)
        elif not reply.settled:
            yield place.open(reply, (table.name,), row.span, False, ground.day)


TABLE_CHECKS: dict[str, TableCheck] = {
    "no_gap": gaps,
    "no_overlap": overlaps,
    "no_masked_row": masked_rows,
}
"""Checks of a table, by property."""

"""How a table decided: the rows that match, those that were passed over, and why."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from attrs import evolve

from vocpolicy.core.walk import type_of
from vocpolicy.explain import rules
from vocpolicy.explain.builder import Builder
from vocpolicy.explain.conditions import FIRST_FEW, condition, hoisted
from vocpolicy.explain.nodes import Node
from vocpolicy.explain.phrases import value_term
from vocpolicy.explain.terms import Listing, Say, Term
from vocpolicy.explain.unsettled import open_part, possible_part
from vocpolicy.explain.values import known
from vocpolicy.outcome import Outcome
from vocpolicy.trace import ConclusionTrace, StatementTrace, TableTrace


def conclusion_parts(trace: ConclusionTrace, builder: Builder, as_of: datetime.date) -> list[Node]:
    """Everything that is said below the headline of a conclusion, by rules or by a table."""
    table = trace.table
    if table is None or not _looked_at(table):
        return rules.conclusion_parts(trace, builder, as_of)
    match trace.outcome:
        case Outcome.CONFLICT if len(table.matched) > 1:
            return list(_clash(trace, table, builder))
        case Outcome.CONFLICT:
            return rules.conclusion_parts(trace, builder, as_of)
        case Outcome.UNDETERMINED:
            return [
                *possible_part(trace, builder),
                *rules.known_so_far(trace),
                *_settled(trace, table, builder),
            ]
        case _:
            return [*rules.value_node(trace, builder), *_settled(trace, table, builder)]


def reasons(trace: ConclusionTrace, builder: Builder) -> tuple[Node, ...]:
    """Why a conclusion that a condition asks for came out as it did."""
    table = trace.table
    if table is None or not _looked_at(table):
        return rules.reasons(trace, builder)
    if trace.outcome is Outcome.CONFLICT:
        clash = len(table.matched) > 1
        return tuple(_clash(trace, table, builder)) if clash else rules.reasons(trace, builder)
    return tuple(_settled(trace, table, builder))


def _looked_at(table: TableTrace) -> bool:
    """Whether the table was in force at all."""
    return bool(table.matched or table.doubtful or table.passed)


def _settled(trace: ConclusionTrace, table: TableTrace, builder: Builder) -> Iterator[Node]:
    """The rows that match, those that may, and those that were passed over."""
    yield from _matching(trace, table, builder)
    yield from _doubtful(trace, table, builder)
    if not table.matched and not table.doubtful:
        yield _listed("rows_none", trace, table.passed, builder)
    elif table.passed and table.table.ranked:
        yield _listed("rows_passed", trace, table.passed, builder)
    if table.outranked:
        rows = Listing(tuple(row_term(place) for place in table.outranked[:FIRST_FEW]))
        yield Node(rows, "key", key=Say("rows_outranked"))


# ---- rows that match -------------------------------------------------------------------------


def _matching(trace: ConclusionTrace, table: TableTrace, builder: Builder) -> Iterator[Node]:
    nodes = [_match(place, trace, builder) for place in table.matched]
    if len(nodes) < 2:
        yield from nodes
        return
    children = tuple(
        evolve(node, says=_with_value(place, trace, builder))
        for place, node in zip(table.matched, nodes, strict=True)
    )
    yield Node(Say("rows_match"), "together", Outcome.HOLDS, children=children)


def _match(place: int, trace: ConclusionTrace, builder: Builder) -> Node:
    """A row that matches, with its cells."""
    statement = trace.statements[place]
    key = "row_matches" if statement.condition is not None else "row_always"
    args: dict[str, Term] = {"row": row_term(place)}
    if statement.statement.because is not None:
        key, args = f"{key}_because", args | {"because": statement.statement.because}
    node = Node(
        Say(key, args),
        outcome=Outcome.HOLDS,
        citations=statement.statement.citations,
        assumptions=statement.statement.assumptions,
        span=statement.statement.span,
    )
    if statement.condition is None:
        return node
    return hoisted(node, (condition(statement.condition, builder),))


def row_term(place: int) -> Term:
    """`row 3`, 第 3 行: rows count from 1 below the head."""
    return Say("row", {"number": str(place + 1)})


def _with_value(place: int, trace: ConclusionTrace, builder: Builder) -> Term:
    return Say(
        "answer", {"name": row_term(place), "value": _output(trace.statements[place], builder)}
    )


def _output(statement: StatementTrace, builder: Builder) -> Term:
    """What a row gives, as far as it stands in the row itself."""
    value = statement.statement.result.value
    if value is None:
        return Say("word.not_applicable")
    literal = getattr(value, "value", None)
    if literal is None:
        return Say("a_value")
    return value_term(literal, type_of(value), builder.scope.policy)


def _clash(trace: ConclusionTrace, table: TableTrace, builder: Builder) -> Iterator[Node]:
    """Rows that match although only one may, or although they differ; and how to mend it."""
    key = "rows_clash" if table.table.policy == "unique" else "rows_differ"
    children = tuple(
        evolve(_match(place, trace, builder), says=_with_value(place, trace, builder))
        for place in table.matched
    )
    yield Node(Say(key), "together", Outcome.CONFLICT, children=children)
    rows = Listing(tuple(row_term(place) for place in table.matched))
    yield Node(Say("rows_mend", {"rows": rows}), "key", key=Say("mend_key"))


# ---- rows that do not, or may ----------------------------------------------------------------


def _doubtful(trace: ConclusionTrace, table: TableTrace, builder: Builder) -> Iterator[Node]:
    if not table.doubtful:
        return
    rows = Listing(
        tuple(_with_value(place, trace, builder) for place in table.doubtful[:FIRST_FEW]),
        "joint.clauses",
    )
    more = len(table.doubtful) - FIRST_FEW
    says = Say("rows_more", {"rows": rows, "count": str(more)}) if more > 0 else rows
    yield Node(says, "key", Outcome.UNDETERMINED, key=Say("rows_may"))
    yield from open_part(trace, builder)


def _listed(key: str, trace: ConclusionTrace, places: Sequence[int], builder: Builder) -> Node:
    """Rows that do not match, each with the cells that say so."""
    children = [_passed(place, trace, builder) for place in places[:FIRST_FEW]]
    if len(places) > FIRST_FEW:
        more = str(len(places) - FIRST_FEW)
        children.append(Node(Say("more_rows", {"count": more})))
    return Node(Say(key), "together", children=tuple(children))


def _passed(place: int, trace: ConclusionTrace, builder: Builder) -> Node:
    statement = trace.statements[place]
    found = _reasons(statement, builder)
    says: Term = row_term(place)
    if found:
        because = Listing(tuple(node.says for node in found), "joint.clauses")
        says = Say("answer", {"name": says, "value": because})
    return Node(
        says,
        outcome=Outcome.FAILS,
        citations=tuple(dict.fromkeys(one for node in found for one in node.citations)),
        span=statement.statement.span,
    )


def _reasons(statement: StatementTrace, builder: Builder) -> Sequence[Node]:
    step = statement.condition
    return rules.failing(step, builder) if step is not None and known(step.answer) else ()

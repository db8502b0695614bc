"""Runs the table over the tokens of one declaration.

This is the usual LALR driver.  It differs from lark's in that it keeps the place of every node
(lark drops the places of filtered tokens, such as a closing brace) and takes a run of rules
that only pass their child on in one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from vocpolicy.diagnostics import Diagnostic
from vocpolicy.parser.grammar import Reduction, Table
from vocpolicy.parser.tokens import Token
from vocpolicy.source import Source, Span


class FaultyError(Exception):
    """Raised by a builder for a node that can be made but is wrong: both go on."""

    def __init__(self, node: object, faults: Iterable[Diagnostic]) -> None:
        super().__init__(node)
        self.node = node
        self.faults = tuple(faults)


@frozen
class Built:
    """A declaration, and what is wrong with it beyond its grammar."""

    node: Any
    faults: tuple[Diagnostic, ...] = ()


@frozen
class Stuck:
    """The first token, by its index, that cannot stand where it does."""

    index: int


def run(table: Table, tokens: Sequence[Token], source: Source) -> Built | Stuck:
    """Parse the tokens of one declaration, the end token included."""
    actions, gotos, chains = table.actions, table.gotos, table.chains
    states = [table.start]
    values: list[Any] = []
    starts: list[int] = []
    faults: list[Diagnostic] = []
    end = 0
    for index, token in enumerate(tokens):
        kind = token.type
        while True:
            state = states[-1]
            action = actions[state].get(kind)
            if isinstance(action, int):
                states.append(action)
                values.append(token)
                starts.append(token.start_pos)
                end = token.end_pos
                break
            if action is None:
                return Stuck(index)
            if action.unit:
                key = (states[-2], state, kind)
                states[-1] = chains.get(key) or _chain(table, key)
                continue
            build = action.build
            if size := action.size:
                children = values[-size:]
                start = starts[-size]
                del values[-size:], states[-size:], starts[-size:]
                if action.keeps is not None:
                    children = _kept(action.keeps, children)
                if build is None:
                    values.append(children)
                else:
                    try:
                        values.append(build(Span(source, start, end), *children))
                    except FaultyError as faulty:
                        values.append(faulty.node)
                        faults += faulty.faults
            else:
                start = end
                values.append([] if build is None else action.nothing)
            starts.append(start)
            states.append(gotos[states[-1]][action.origin])
    return Built(values[0], tuple(faults))


def _kept(keeps: tuple[tuple[int, bool], ...], children: list[Any]) -> list[Any]:
    """The children that a node is made of.  The first list is grown in place: it is only here."""
    kept: list[Any] = []
    for index, spliced in keeps:
        if not spliced:
            kept.append(children[index])
        elif kept:
            kept += children[index]
        else:
            kept = children[index]
    return kept


def _chain(table: Table, key: tuple[int, int, str]) -> int:
    """The state at the end of a run of rules that only pass their child on."""
    before, state, kind = key
    while isinstance(action := table.actions[state].get(kind), Reduction) and action.unit:
        state = table.gotos[before][action.origin]
    table.chains[key] = state
    return state


def advance(table: Table, states: tuple[int, ...], kind: str) -> tuple[int, ...] | None:
    """The states after a terminal, or None where it cannot stand; makes no nodes."""
    stack = list(states)
    while True:
        action = table.actions[stack[-1]].get(kind)
        if action is None:
            return None
        if isinstance(action, int):
            return (*stack, action)
        if action.size:
            del stack[-action.size :]
        stack.append(table.gotos[stack[-1]][action.origin])


def advance_all(
    table: Table, states: tuple[int, ...], kinds: Iterable[str]
) -> tuple[int, ...] | None:
    """The states after several terminals, or None where one of them cannot stand."""
    after: tuple[int, ...] | None = states
    for kind in kinds:
        after = advance(table, after, kind) if after is not None else None
    return after


def accepted(table: Table, states: tuple[int, ...]) -> frozenset[str]:
    """Every terminal that can stand next."""
    candidates = table.actions[states[-1]]
    return frozenset(kind for kind in candidates if advance(table, states, kind) is not None)

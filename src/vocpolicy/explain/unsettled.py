"""Conclusions that nothing settles: what they can still be, what is open, what contradicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vocpolicy.core import All, Labels
from vocpolicy.core.walk import type_of
from vocpolicy.explain.builder import Builder
from vocpolicy.explain.conditions import condition, flattened, hoisted
from vocpolicy.explain.naming import (
    conflict_from,
    has,
    result_key,
    rule_labels,
    rule_term,
    wording_of,
)
from vocpolicy.explain.nodes import Node
from vocpolicy.explain.phrases import value_term
from vocpolicy.explain.sentences import words
from vocpolicy.explain.terms import Listing, Say, Term, alternatives, unique
from vocpolicy.explain.values import known, merged
from vocpolicy.outcome import Outcome
from vocpolicy.trace import ConclusionTrace, Possible, StatementTrace, Step, Unknown


def possible_part(trace: ConclusionTrace, builder: Builder) -> Iterator[Node]:
    """The outcomes that are still possible."""
    if len(trace.possible) > 1:
        items = unique(_possible_term(one, builder) for one in trace.possible)
        yield Node(alternatives(items), "key", key=Say("could_be"))


def _possible_term(possible: Possible, builder: Builder) -> Term:
    result = possible.result
    answer = possible.answer
    if answer is None or isinstance(answer, Unknown):
        return Say(f"word.{possible.wording}")
    if result is not None and result.value is not None:
        return value_term(answer, type_of(result.value), builder.scope.policy)
    return Say(f"word.{possible.wording}")


def open_part(trace: ConclusionTrace, builder: Builder) -> Iterator[Node]:
    """The conditions that are not settled, each once."""
    nodes: list[Node] = []
    for statement in trace.statements:
        if statement.speaks is not None:
            continue
        for step in _open_steps(statement):
            for node in _open_parts(step, builder):
                if not has([one for known in nodes for one in known.walk()], node):
                    nodes.append(node)
    if nodes:
        yield Node(Say("still_open"), "together", Outcome.UNDETERMINED, children=tuple(nodes))


def _open_steps(statement: StatementTrace) -> Iterator[Step]:
    steps = [statement.applies, statement.condition]
    steps += [exception.step for exception in statement.exceptions]
    for step in steps:
        if step is not None and not known(step.answer):
            yield step


def _open_parts(step: Step, builder: Builder) -> list[Node]:
    if isinstance(step.expr, All):
        return [condition(child, builder, part) for part, child in flattened(step)]
    return [condition(step, builder)]


def conflict_parts(trace: ConclusionTrace, builder: Builder) -> list[Node]:
    """Both rules with their grounds, and how to mend it; or the conclusion it comes from."""
    spoke = [trace.statements[index] for index in trace.spoke]
    own = trace.conclusion.name
    if trace.conflict - {own} and len({one.rule.name for one in spoke}) < 2:
        return [conflict_from(trace.conflict - {own}, builder), *open_part(trace, builder)]
    nodes = tuple(_contradicting(one, trace, builder) for one in spoke)
    parts = [Node(Say("contradict"), "together", Outcome.CONFLICT, children=nodes)]
    if spoke:
        parts.append(Node(_mend(spoke, trace, builder), "key", key=Say("mend_key")))
    return parts


def _mend(spoke: Sequence[StatementTrace], trace: ConclusionTrace, builder: Builder) -> Say:
    """What to write so that the rules of one mind with the first prevail, or else to narrow."""
    first = result_key(spoke[0].statement.result)
    alike = [one for one in spoke if result_key(one.statement.result) == first]
    names = {one.rule.name for one in alike}
    against = {one.rule.name: one for one in spoke if one not in alike}
    if names & against.keys() or not against:
        return Say("mend_within", {"rule": _with_name(spoke[0], trace, builder)})
    rules = unique(_with_name(one, trace, builder) for one in alike)
    args: dict[str, Term] = {
        "one": Listing(rules, "joint.and_list"),
        "other": Listing(tuple(against)),
    }
    several = len({result_key(one.statement.result) for one in against.values()}) > 1
    return Say("mend_several" if several else "mend", args)


def _with_name(statement: StatementTrace, trace: ConclusionTrace, builder: Builder) -> Labels:
    """A rule by its label, and by the name that stands in the rule file where it is another."""
    rule, name = rule_term(statement, trace, builder), statement.rule.name
    both = Say("rule_with_name", {"rule": rule, "name": name})
    labels = rule_labels(statement)
    en, zh = (words(rule if labels.get(lang) == name else both, lang) for lang in ("en", "zh"))
    return Labels(en, zh)


def _contradicting(statement: StatementTrace, trace: ConclusionTrace, builder: Builder) -> Node:
    args = {
        "rule": rule_term(statement, trace, builder),
        "wording": wording_of(statement.statement.result, builder),
    }
    inner = () if statement.condition is None else (condition(statement.condition, builder),)
    node = Node(
        Say("way", args),
        citations=merged(statement.body.citations, statement.statement.citations),
        span=statement.statement.span,
    )
    return hoisted(node, inner)

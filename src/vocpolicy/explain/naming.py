"""What rules and results are called, in whatever they decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vocpolicy.core import Labels, Result
from vocpolicy.explain.builder import Builder
from vocpolicy.explain.nodes import Node
from vocpolicy.explain.phrases import conclusion_label, noun
from vocpolicy.explain.terms import Listing, Say, Term
from vocpolicy.outcome import Outcome
from vocpolicy.trace import ConclusionTrace, StatementTrace


def rule_term(statement: StatementTrace, trace: ConclusionTrace, builder: Builder) -> Term:
    """What a rule is called: its label, or the rule on what it decides."""
    labels = rule_labels(statement)
    if labels.en or labels.zh:
        return Say("rule_named", {"name": labels})
    of = conclusion_label(trace.conclusion.name, builder.scope.policy)
    return Say("rule_on", {"name": of})


def rule_labels(statement: StatementTrace) -> Labels:
    labels = statement.body.labels
    return labels if labels.en or labels.zh else statement.rule.labels


def wording_of(result: Result, builder: Builder) -> Term:
    """What a statement says: its wording, or the value that it gives as it stands there."""
    if result.wording is not None:
        return Say(f"word.{result.wording}")
    if result.value is None:
        return Say("word.not_applicable")
    return noun(result.value, builder.scope)


def result_key(result: Result) -> object:
    """Two statements conclude the same where this is equal."""
    return result.wording if result.wording is not None else result.value


def has(nodes: Sequence[Node], one: Node) -> bool:
    return any(node.says == one.says for node in nodes)


def conflict_from(names: Iterable[str], builder: Builder) -> Node:
    """Conclusions in conflict that something else asked for."""
    labels = tuple(conclusion_label(name, builder.scope.policy) for name in sorted(names))
    return Node(Say("conflict_from", {"what": Listing(labels)}), outcome=Outcome.CONFLICT)

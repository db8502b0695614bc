"""From a verdict to the explanation tree."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol, assert_never

from vocpolicy import core
from vocpolicy.core import (
    Assumption,
    Citation,
    Definition,
    Fact,
    Labels,
    ListType,
    Policy,
    RecordType,
    Rule,
    Target,
    version_on,
)
from vocpolicy.diagnostics import Diagnostic, message
from vocpolicy.explain import rules, tables, targets
from vocpolicy.explain.advice import Advised, advice_parts, foregone_parts
from vocpolicy.explain.alike import Alike, tree_of
from vocpolicy.explain.builder import Builder, Nodes, nodes_of_all
from vocpolicy.explain.nodes import Explanation, Node, Side
from vocpolicy.explain.phrases import Scope, noun
from vocpolicy.explain.terms import Day, Listing, Say, Term, named, unique
from vocpolicy.explain.text import document_name
from vocpolicy.explain.values import known, support, value_of
from vocpolicy.explain.verbs import governed
from vocpolicy.outcome import Outcome
from vocpolicy.source import NOWHERE
from vocpolicy.trace import (
    ConclusionTrace,
    ProvisionTrace,
    Step,
    TargetTrace,
    Trace,
)


class Explained(Advised, Protocol):
    """What an explanation is made from: a `vocpolicy.verdict.Verdict`.

    `readings` holds the verdict under each reading of the clause, by name.
    """

    @property
    def policy(self) -> Policy: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def label(self) -> Labels: ...
    @property
    def as_of(self) -> datetime.date: ...
    @property
    def missing(self) -> Iterable[str]: ...
    @property
    def assumptions(self) -> Iterable[Assumption]: ...
    @property
    def judged_by(self) -> Mapping[str, Labels]: ...
    @property
    def diagnostics(self) -> Iterable[Diagnostic]: ...
    @property
    def trace(self) -> Trace: ...
    @property
    def chosen(self) -> Mapping[str, str]: ...
    @property
    def readings(self) -> Mapping[str, Explained]: ...
    @property
    def parts(self) -> bool: ...
    @property
    def alike(self) -> Alike | None: ...


def tree(verdict: Explained, advice: bool = False) -> Explanation:
    """The explanation of a verdict, the same for every language and form of output; with
    `advice` it also says what would change it and what to ask next, which takes a search."""
    alike = None if advice else verdict.alike
    found = tree_of(alike, _tree, verdict) if alike is not None else None
    return _tree(verdict, nodes_of_all, advice) if found is None else found


def _tree(verdict: Explained, kept: Callable[[Scope], Nodes], advice: bool = False) -> Explanation:
    trace = verdict.trace
    scope = scope_of(trace, verdict.policy)
    builder = Builder(scope, tables.reasons, kept=kept)
    parts = _parts(trace, builder, verdict.as_of)
    citations = headline_citations(trace)
    parts += version_part(verdict)
    foregone = verdict.foregone
    if foregone is None:
        parts += [*readings_part(verdict, builder), *missing_part(verdict, scope)]
    else:
        parts = [*foregone_parts(foregone, verdict.missing, parts, scope)]
        parts += readings_part(verdict, builder)
    parts += refusals(verdict.diagnostics)
    rest = list(left_over(verdict, parts, scope))
    parts += advice_parts(verdict, scope, tuple(parts)) if advice else ()
    parts += rest
    return Explanation(
        verdict.name,
        verdict.kind,
        named(verdict.label, verdict.name),
        trace.outcome,
        trace.wording,
        verdict.as_of,
        verdict.policy.documents,
        _value(trace, builder),
        citations,
        tuple(parts),
    )


def scope_of(trace: Trace, policy: Policy) -> Scope:
    """Where the names of what was asked for are looked up."""
    if not isinstance(trace, ConclusionTrace):
        return Scope(policy)
    return Scope(policy, trace.conclusion.entity, gives=trace.conclusion.type)


def _parts(trace: Trace, builder: Builder, as_of: datetime.date) -> list[Node]:
    match trace:
        case ConclusionTrace():
            return tables.conclusion_parts(trace, builder, as_of)
        case TargetTrace():
            return targets.target_parts(trace, builder)
        case ProvisionTrace():
            return list(_provision(trace, builder))
        case _:
            assert_never(trace)


def headline_citations(trace: Trace) -> tuple[Citation, ...]:
    """The clauses that the headline names."""
    match trace:
        case ConclusionTrace():
            return rules.headline_citations(trace)
        case TargetTrace():
            return targets.headline_citations(trace)
        case ProvisionTrace(provision):
            return provision.citations
        case _:
            assert_never(trace)


def _value(trace: Trace, builder: Builder) -> Term | None:
    match trace:
        case ConclusionTrace(result=result) if result is not None and known(result.answer):
            return value_of(result, builder.scope)
        case TargetTrace():
            return targets.measured_value(trace, builder)
        case _:
            return None


# ---- provisions without a figure ---------------------------------------------------------


def _provision(trace: ProvisionTrace, builder: Builder) -> Iterator[Node]:
    provision = trace.provision
    says = governed(provision.modality, provision.text, provision.hedges)
    if says is not None:
        yield Node(says, "key", key=Say("says"), span=provision.span)
    for step in trace.evidence:
        yield _evidence(step, builder)
    if not trace.evidence:
        yield Node(Say("evidence_unnamed"))


def _evidence(step: Step, builder: Builder) -> Node:
    name, value = noun(step.expr, builder.scope), value_of(step, builder.scope)
    found = known(step.answer) and bool(step.answer)
    key = "evidence_found" if found else "evidence_none"
    outcome = Outcome.HOLDS if found else Outcome.FAILS
    says: Term = Say("answer", {"name": name, "value": value})
    if not known(step.answer):
        key, outcome, says = "evidence_missing", Outcome.UNDETERMINED, name
    citations, assumptions, judges = support(step, builder.scope)
    return Node(
        says,
        "key",
        outcome,
        (Side(name, value),),
        citations,
        assumptions,
        judges,
        step.expr.span,
        key=Say(key),
    )


# ---- readings ----------------------------------------------------------------------------


def readings_part(verdict: Explained, builder: Builder) -> Iterator[Node]:
    """What the provision comes to under each reading, and whether they part."""
    nodes = tuple(_reading(key, one, verdict, builder) for key, one in verdict.readings.items())
    if len(nodes) > 1:
        key = "readings_part" if verdict.parts else "readings_agree"
        yield Node(Say(key), "together", children=nodes)


def _reading(key: str, one: Explained, verdict: Explained, builder: Builder) -> Node:
    first, _, name = key.rpartition(".")
    owner_name = first or next(owner for owner, taken in one.chosen.items() if taken == name)
    policy = builder.scope.policy
    owner = _with_readings(policy, owner_name)
    label = named({one.name: one.labels for one in owner.readings}[name], name)
    args: dict[str, Term] = {"name": label}
    opening = "reading"
    everywhere = name in {one.name for one in policy.readings}
    if not everywhere and owner_name not in (verdict.name, *_rules_of(verdict)):
        args["owner"] = named(owner.labels, owner_name)
        opening = "owner_reading"
    wording = Say(f"word.{one.trace.wording}")
    value = _value(one.trace, builder)
    if verdict.chosen.get(owner_name, owner.in_use) == name:
        opening += "_in_use"
    return Node(
        wording if value is None else Say("reading_value", {"wording": wording, "value": value}),
        "key",
        one.trace.outcome,
        citations=headline_citations(one.trace),
        key=Say(opening, args),
    )


def _with_readings(policy: Policy, name: str) -> Target | Rule | Definition:
    """The target, rule or parameter whose readings are taken."""
    found = policy.targets.get(name) or policy.rules.get(name)
    return found if found is not None else policy.definitions[name]


def version_part(verdict: Explained) -> Iterator[Node]:
    """Which change made the provision read as it does."""
    version = version_on(verdict.policy, verdict.name, verdict.as_of)
    for change in version.changes if version is not None else ():
        title = named(change.title, change.policy)
        one_of_several = change.action != "replaced" and len(_rules_of(verdict)) > 1
        key = f"rule_{change.action}" if one_of_several else change.action
        key += "" if change.start is not None else "_always"
        args: dict[str, Term] = {"title": title}
        if change.start is not None:
            args["date"] = Day(change.start)
        yield Node(Say(f"version.{key}", args), citations=change.citations, span=change.span)


def _rules_of(verdict: Explained) -> tuple[str, ...]:
    """The rules that decide what was asked for: their readings need no owner's name."""
    trace = verdict.trace
    return trace.conclusion.rules if isinstance(trace, ConclusionTrace) else ()


# ---- what is missing, assumed, judged ----------------------------------------------------


def missing_part(verdict: Explained, scope: Scope) -> Iterator[Node]:
    """The missing facts by their labels, and who has to judge them; of a target that is over,
    which of them were supplied for a day after it."""
    missing, trace = tuple(verdict.missing), verdict.trace
    over = isinstance(trace, TargetTrace) and trace.after_deadline
    late = verdict.facts.names.intersection(missing) if over else frozenset[str]()
    terms = []
    for path in missing:
        term = _missing(path, scope)
        if isinstance(trace, TargetTrace) and path in late:
            term = Say("too_late", {"fact": term, "date": Day(trace.judged)})
        terms.append(term)
    if terms:
        yield Node(Listing(unique(terms), "joint.clauses"), "key", key=Say("missing"))


def _missing(path: str, scope: Scope) -> Term:
    facts = list(facts_along(path, scope))
    last, fact = facts[-1]
    name: Term = named(fact.labels if fact else Labels(), last)
    if len(facts) > 1:
        around = [named(one.labels if one else Labels(), owner) for owner, one in facts[:-1]]
        name = Say("field_in", {"field": name, "records": Listing(tuple(around))})
    if fact is not None and fact.judged_by is not None:
        return Say("judged_fact", {"fact": name, "who": fact.judged_by})
    return name


def facts_along(path: str, scope: Scope) -> Iterator[tuple[str, Fact | None]]:
    """The facts that a dotted name goes through: the list, its records' field, and so on."""
    fact: Fact | None = None
    for place, name in enumerate(path.split(".")):
        if place == 0:
            fact = scope.fact(name)
        else:
            kind = core.inner(fact.type) if fact is not None else None
            item = core.inner(kind.item) if isinstance(kind, ListType) else kind
            owner = item.entity if isinstance(item, RecordType) else ""
            entity = scope.policy.entities.get(owner)
            fact = entity.fields.get(name) if entity is not None else None
        yield name, fact


def refusals(diagnostics: Iterable[Diagnostic]) -> Iterator[Node]:
    """What could not be worked out though nothing is missing."""
    for one in diagnostics:
        en, zh = (message(one, lang) for lang in ("en", "zh"))
        span = one.span or NOWHERE
        yield Node(Labels(en.rstrip("."), zh.rstrip("。")), "key", span=span, key=Say("refused"))


def left_over(verdict: Explained, parts: list[Node], scope: Scope) -> Iterator[Node]:
    """Judgements and assumptions that the verdict rests on and no part above names."""
    if not verdict.judged_by and not verdict.assumptions:
        return
    shown = [node for part in parts for node in shown_nodes(part)]
    judges = {who for node in shown for who in node.judged_by}
    rest = {name: who for name, who in verdict.judged_by.items() if who not in judges}
    if rest:
        yield Node(_judgements(rest, scope), "key", key=Say("judgement"))
    said = {one.text for node in shown for one in node.assumptions}
    left = [one for one in verdict.assumptions if one.text not in said]
    texts = unique(_assumed(one, scope) for one in left)
    if len(texts) == 1:
        yield Node(texts[0], "key", key=Say("assumed_key"))
    elif texts:
        children = tuple(Node(text) for text in texts)
        yield Node(Say("assumed_list"), "together", children=children)


def _assumed(one: Assumption, scope: Scope) -> Term:
    """What is assumed; of a document, with its name before it."""
    documents = scope.policy.documents
    if one.about not in documents or one not in documents[one.about].assumptions:
        return one.text
    en, zh = (document_name(one.about, documents, lang) for lang in ("en", "zh"))
    return Say("of_document", {"document": Labels(en, zh), "text": one.text})


def shown_nodes(node: Node) -> Iterator[Node]:
    """The parts whose assumptions are written beside them: all but those on one line."""
    if node.form != "inline":
        yield node
        for child in node.children:
            yield from shown_nodes(child)


def _judgements(judges: Mapping[str, Labels], scope: Scope) -> Term:
    terms = []
    for who in dict.fromkeys(judges.values()):
        facts = [_plain_name(name, scope) for name, judge in judges.items() if judge == who]
        args: dict[str, Term] = {"who": who, "facts": Listing(tuple(facts))}
        terms.append(Say("judgement_of", args))
    return Listing(tuple(terms), "joint.clauses")


def _plain_name(path: str, scope: Scope) -> Labels:
    last, fact = list(facts_along(path, scope))[-1]
    return named(fact.labels if fact else Labels(), last)

"""How a conclusion was decided: which rule spoke, on what grounds, and what it set aside."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from attrs import evolve

from vocpolicy.core import All, Citation, Labels, Nothing
from vocpolicy.explain.builder import Builder
from vocpolicy.explain.conditions import (
    condition,
    flattened,
    hoisted,
    independent,
    paired,
    workings_of,
)
from vocpolicy.explain.naming import has, result_key, rule_labels, rule_term, wording_of
from vocpolicy.explain.nodes import Node, Side
from vocpolicy.explain.phrases import noun
from vocpolicy.explain.terms import Day, Say, Term, unique
from vocpolicy.explain.unsettled import conflict_parts, open_part, possible_part
from vocpolicy.explain.values import interval_of, merged, not_applicable, support, value_of
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.trace import (
    ConclusionTrace,
    DefinitionTrace,
    ExceptTrace,
    StatementTrace,
    Step,
)


def conclusion_parts(trace: ConclusionTrace, builder: Builder, as_of: datetime.date) -> list[Node]:
    """Everything that is said of a conclusion below its headline."""
    match trace.outcome:
        case Outcome.CONFLICT:
            return conflict_parts(trace, builder)
        case Outcome.UNDETERMINED:
            return [
                *possible_part(trace, builder),
                *known_so_far(trace),
                *open_part(trace, builder),
                *_satisfied(trace, builder),
            ]
        case _:
            return [
                *_given(trace, builder),
                *_decided(trace, builder, as_of),
                *_satisfied(trace, builder),
                *_set_aside(trace, builder),
            ]


def reasons(trace: ConclusionTrace, builder: Builder) -> tuple[Node, ...]:
    """Why a conclusion that a condition asks for came out as it did."""
    match trace.outcome:
        case Outcome.CONFLICT:
            return tuple(conflict_parts(trace, builder))
        case Outcome.UNDETERMINED:
            return tuple(open_part(trace, builder))
        case _:
            return tuple(_decided(trace, builder, None))


def deciding_statements(trace: ConclusionTrace) -> list[StatementTrace]:
    """The statements that the outcome comes from; where `otherwise` decided, those that could
    have spoken against it."""
    if trace.spoke:
        return [trace.statements[index] for index in trace.spoke]
    if trace.outcome is Outcome.UNDETERMINED:
        return [one for one in trace.statements if one.speaks is None] or list(trace.statements)
    return _opposing(trace)


def headline_citations(trace: ConclusionTrace) -> tuple[Citation, ...]:
    """The clauses of the rules that the outcome comes from."""
    found: tuple[Citation, ...] = ()
    if trace.result is not None and isinstance(trace.result.source, DefinitionTrace):
        source = trace.result.source
        found = merged(source.definition.citations, source.dated.citations if source.dated else ())
    for one in deciding_statements(trace):
        found = merged(found, one.body.citations)
    return found


# ---- what decided ------------------------------------------------------------------------


def _decided(
    trace: ConclusionTrace, builder: Builder, as_of: datetime.date | None
) -> Iterator[Node]:
    spoke = [trace.statements[index] for index in trace.spoke]
    if trace.result is not None and all(_bare(one) for one in spoke):
        return  # the value says all
    grounds = [_speaking(one, trace, builder) for one in spoke]
    if not trace.spoke or _otherwise_agrees(trace):
        grounds += _silence(trace, builder, as_of)
    if len(grounds) > 1:
        yield Node(_several(trace, len(grounds)), "alternatives", children=tuple(grounds))
    else:
        yield from grounds


def _bare(statement: StatementTrace) -> bool:
    """A statement that gives its value whatever the case."""
    return statement.condition is None and statement.statement.because is None


def _several(trace: ConclusionTrace, count: int) -> Say:
    first = "either" if count == 2 else "any"
    if trace.outcome is Outcome.HOLDS:
        return Say(f"{first}_way")
    return Say(f"{first}_reason", {"wording": Say(f"word.{trace.wording}")})


def _speaking(statement: StatementTrace, trace: ConclusionTrace, builder: Builder) -> Node:
    """The ground that a statement gives."""
    rule = rule_term(statement, trace, builder)
    own = merged(statement.body.citations, statement.statement.citations)
    notes = merged(statement.body.assumptions, statement.statement.assumptions)
    if statement.condition is None:
        node = Node(Say("always", {"rule": rule}), span=statement.statement.span)
    else:
        node = _satisfied_condition(statement.condition, builder)
    because = statement.statement.because
    if because is not None:
        node = _with_because(node, because)
    elif _named(statement, trace):
        key = "by_rule" if node.form == "line" else "conditions_met_of"
        node = evolve(node, says=Say(key, {"rule": rule, "what": node.says}))
    return evolve(
        node,
        outcome=WORDS[trace.wording].outcome,
        citations=merged(own, node.citations),
        assumptions=merged(notes, node.assumptions),
    )


def _satisfied_condition(step: Step, builder: Builder) -> Node:
    node = condition(step, builder)
    if isinstance(step.expr, All) and node.form == "together":
        return evolve(node, says=Say("conditions_met"))
    return node


def _with_because(node: Node, because: Labels) -> Node:
    """The reason that the rule gives stands first; what is the case follows it."""
    if node.form == "line":
        return evolve(node, says=Say("because", {"because": because, "what": node.says}))
    inner = evolve(node, citations=(), assumptions=())
    return hoisted(evolve(node, says=because, form="line"), (inner,))


def _named(statement: StatementTrace, trace: ConclusionTrace) -> bool:
    """Whether the rule is worth naming: one of several, with a label of its own."""
    labels = rule_labels(statement)
    several = len(trace.conclusion.rules) > 1
    return several and bool(labels.en or labels.zh) and labels != trace.conclusion.labels


# ---- what did not speak ------------------------------------------------------------------


def _opposing(trace: ConclusionTrace) -> list[StatementTrace]:
    """Statements that would have concluded something else than `otherwise` does."""
    otherwise = trace.conclusion.otherwise
    key = result_key(otherwise) if otherwise is not None else None
    against = [one for one in trace.statements if result_key(one.statement.result) != key]
    return against or list(trace.statements)


def _otherwise_agrees(trace: ConclusionTrace) -> bool:
    """Whether, without the rules that spoke, `otherwise` would have said the same."""
    otherwise = trace.conclusion.otherwise
    if not trace.spoke or otherwise is None or otherwise.wording != trace.wording:
        return False
    return all(one.speaks is False for one in _opposing(trace))


def _silence(trace: ConclusionTrace, builder: Builder, as_of: datetime.date | None) -> list[Node]:
    """Why no other rule spoke: grounds of which each is enough."""
    against = _opposing(trace)
    found = [_silent(one, trace, builder, as_of) for one in against]
    if not found:
        return [Node(Say("no_rule"))]
    common = [node for node in found[0] if all(has(others, node) for others in found[1:])]
    if common or len(found) == 1:
        return common or found[0]
    ways = tuple(
        _way(rule_term(one, trace, builder), one, nodes)
        for one, nodes in zip(against, found, strict=True)
    )
    return [Node(_no_way(trace, against, builder), "together", children=ways)]


def _no_way(trace: ConclusionTrace, against: Sequence[StatementTrace], builder: Builder) -> Say:
    """What heads the rules that could have spoken."""
    if trace.outcome is Outcome.NOT_APPLICABLE:
        return Say("none_speaks")
    wordings = unique(wording_of(one.statement.result, builder) for one in against)
    return Say("no_way", {"wording": wordings[0]}) if len(wordings) == 1 else Say("no_way_any")


def _way(rule: Term, statement: StatementTrace, nodes: Sequence[Node]) -> Node:
    """Why one of several rules is silent."""
    several = len(nodes) > 1
    return Node(
        Say("way_either", {"rule": rule}) if several else rule,
        "alternatives" if several else "line",
        Outcome.FAILS,
        citations=statement.body.citations,
        span=statement.statement.span,
        children=tuple(nodes),
    )


def _silent(
    statement: StatementTrace,
    trace: ConclusionTrace,
    builder: Builder,
    as_of: datetime.date | None,
) -> list[Node]:
    rule = rule_term(statement, trace, builder)
    if not statement.in_force:
        if as_of is not None:
            return [Node(Say("not_in_force_on", {"date": Day(as_of)}))]
        return [Node(Say("not_in_force"))]
    nodes: list[Node] = []
    if statement.applies is not None and statement.applies.answer is False:
        nodes += [_not_for(node) for node in failing(statement.applies, builder)]
    if statement.condition is not None and statement.condition.answer is False:
        nodes += failing(statement.condition, builder)
    wording = wording_of(statement.statement.result, builder)
    for exception in statement.exceptions:
        if exception.step.answer is True:
            nodes.append(_exception(exception, wording, builder))
    return nodes or [Node(Say("rule_silent", {"rule": rule}))]


def failing(step: Step, builder: Builder) -> list[Node]:
    """The parts of a false condition that are enough by themselves."""
    if isinstance(step.expr, All) and independent(step):
        return [condition(child, builder, part) for part, child in flattened(step)]
    return [condition(step, builder)]


def _not_for(node: Node) -> Node:
    return evolve(node, says=Say("not_for", {"what": node.says}))


def _exception(exception: ExceptTrace, wording: Term, builder: Builder) -> Node:
    node = condition(exception.step, builder)
    if exception.exception.because is not None:
        node = _with_because(node, exception.exception.because)
    says = Say("lifts", {"what": node.says, "wording": wording})
    return evolve(
        node,
        says=says,
        citations=merged(exception.exception.citations, node.citations),
        assumptions=merged(exception.exception.assumptions, node.assumptions),
        span=exception.exception.span,
    )


# ---- besides -----------------------------------------------------------------------------


def value_node(trace: ConclusionTrace, builder: Builder) -> Iterator[Node]:
    """The value that a rule gives, or that a definition has."""
    step = trace.result
    if step is None:
        return
    citations, assumptions, judges = support(step, builder.scope)
    value = value_of(step, builder.scope)
    yield Node(
        Say("none_of_it") if step.answer is Nothing.NONE and _idle(step) else value,
        "key",
        trace.outcome,
        (Side(noun(step.expr, builder.scope), value),),
        citations,
        assumptions,
        judges,
        step.expr.span,
        _made_of(step, builder),
        key=Say("result_key"),
    )


def _idle(step: Step) -> bool:
    """Whether it is worked out from what does not apply."""
    return any(not_applicable(one) or _idle(one) for one in step.children)


def _given(trace: ConclusionTrace, builder: Builder) -> Iterator[Node]:
    """The value, with the clauses of the statements of which nothing else is said."""
    bare = [one for one in (trace.statements[place] for place in trace.spoke) if _bare(one)]
    for node in value_node(trace, builder):
        for one in reversed(bare):
            notes = merged(one.body.assumptions, one.statement.assumptions)
            node = evolve(
                node,
                citations=merged(one.statement.citations, node.citations),
                assumptions=merged(notes, node.assumptions),
            )
        yield node


def known_so_far(trace: ConclusionTrace) -> Iterator[Node]:
    """The interval of a value that is not known yet."""
    so_far = interval_of(trace.result) if trace.result is not None else None
    if so_far is not None:
        yield Node(so_far, "key", key=Say("so_far"))


def _made_of(step: Step, builder: Builder) -> tuple[Node, ...]:
    """The named values that a result is made of."""
    return workings_of((step,), builder)


def _satisfied(trace: ConclusionTrace, builder: Builder) -> Iterator[Node]:
    """What a refusal or an open question need not worry about."""
    if trace.outcome is Outcome.HOLDS:
        return
    against = deciding_statements(trace) if not trace.spoke else []
    nodes: list[Node] = []
    for one in against:
        if one.condition is not None and not known_true(one.condition):
            nodes += [node for node in _true_parts(one.condition, builder) if not has(nodes, node)]
    if nodes:
        yield Node(Say("satisfied"), "inline", key=Say("satisfied"), children=tuple(nodes))


def known_true(step: Step) -> bool:
    """Whether a condition certainly holds."""
    return step.answer is True


def _true_parts(step: Step, builder: Builder) -> Iterator[Node]:
    if not isinstance(step.expr, All):
        return
    for _, child in paired(step):
        if child.answer is True:
            yield from _leaves(condition(child, builder))
        elif isinstance(child.expr, All):
            yield from _true_parts(child, builder)


def _leaves(node: Node) -> Iterator[Node]:
    """A part without its intro: what it lists, or of several ways the first."""
    match node.form:
        case "together":
            for child in node.children:
                yield from _leaves(child)
        case "alternatives":
            yield from _leaves(node.children[0])
        case _:
            yield evolve(node, children=())


def _set_aside(trace: ConclusionTrace, builder: Builder) -> Iterator[Node]:
    for one in trace.statements:
        if one.speaks and one.overridden_by:
            args = {
                "rule": rule_term(one, trace, builder),
                "wording": wording_of(one.statement.result, builder),
            }
            yield Node(
                Say("sets_aside", args),
                "key",
                key=Say("sets_aside_key"),
                citations=one.body.citations,
                span=one.statement.span,
            )

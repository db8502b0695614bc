"""Steps of the trace as parts of an explanation: what was asked, what is the case, and why.

A part says what is the case, never only that a condition failed: `exam score is 518 points, below
525 points`.  So `not` changes nothing but the outcome, and the same part serves as a reason, as
something already satisfied, and inside other parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import evolve

from vocpolicy.core import (
    Aggregate,
    All,
    Any,
    ConclusionRef,
    DefinitionRef,
    FactRef,
    FieldRef,
    Not,
    NumberType,
    Part,
    Record,
)
from vocpolicy.explain.builder import Builder
from vocpolicy.explain.nodes import Node, Side
from vocpolicy.explain.phrases import (
    asked,
    noun,
    record_term,
    record_type,
    records_noun,
)
from vocpolicy.explain.scales import scale_lines
from vocpolicy.explain.statements import open_statement, statement
from vocpolicy.explain.terms import Amount, Listing, Say, Term
from vocpolicy.explain.values import followed, known, member_steps, merged, support, value_of
from vocpolicy.outcome import Outcome
from vocpolicy.trace import Answer, ConclusionTrace, DefinitionTrace, Step

FIRST_FEW = 3
"""How many records of many are named."""


def outcome_of(answer: Answer) -> Outcome:
    """Whether a condition holds."""
    if answer is True:
        return Outcome.HOLDS
    return Outcome.FAILS if answer is False else Outcome.UNDETERMINED


# ---- conditions --------------------------------------------------------------------------


def condition(step: Step, builder: Builder, part: Part | None = None) -> Node:
    """The part of an explanation that a condition makes."""
    node = _condition(step, builder)
    if part is None or not (part.citations or part.assumptions):
        return node
    return evolve(
        node,
        citations=merged(part.citations, node.citations),
        assumptions=merged(part.assumptions, node.assumptions),
    )


def _condition(step: Step, builder: Builder) -> Node:
    found = builder.nodes.of(step)
    return builder.nodes.put(step, made(step, builder), builder.scope) if found is None else found


def made(step: Step, builder: Builder) -> Node:
    """The part that a condition makes, without looking whether it was made before."""
    match step.expr:
        case All() | Any():
            return _group(step, builder)
        case Not():
            return _negation(step, step.children[0], builder)
        case DefinitionRef():
            return _definition(step, builder)
        case ConclusionRef() if isinstance(step.source, ConclusionTrace):
            return _conclusion(step, step.source, builder)
        case Aggregate():
            return _records(step, step.expr, builder)
        case _:
            return _leaf(step, builder)


def _negation(step: Step, operand: Step, builder: Builder) -> Node:
    """The same part with another outcome; of a fact that is open, it asks for a no."""
    node = evolve(condition(operand, builder), outcome=outcome_of(step.answer))
    if known(step.answer) or not isinstance(operand.expr, FactRef | FieldRef):
        return node
    args: dict[str, Term] = {"name": noun(operand.expr, builder.scope), "value": Say("no")}
    return evolve(node, says=Say("open", {"asked": Say("answer", args)}))


def deciding(step: Step) -> list[tuple[Part, Step]]:
    """The parts of a block that its answer rests on: of a false `all` the false ones, of a true
    one all, the other way round for `any`; of an undetermined block the undetermined ones."""
    return [(part, child) for part, child in paired(step) if child.answer == step.answer] or [
        (part, child) for part, child in paired(step) if not known(child.answer)
    ]


def paired(step: Step) -> Iterator[tuple[Part, Step]]:
    """Each part that was looked at, with its step."""
    if not isinstance(step.expr, All | Any):
        return
    children = iter(step.children)
    child = next(children, None)
    for part in step.expr.parts:
        if child is not None and child.expr is part.expr:
            yield part, child
            child = next(children, None)


def flattened(step: Step) -> list[tuple[Part, Step]]:
    """The deciding parts, with blocks of the same sense inside them taken apart."""
    parts: list[tuple[Part, Step]] = []
    for part, child in deciding(step):
        same = type(child.expr) is type(step.expr) and child.answer == step.answer
        if same and not (part.citations or part.assumptions):
            parts += flattened(child)
        else:
            parts.append((part, child))
    return parts


def independent(step: Step) -> bool:
    """Whether each deciding part is enough by itself: false parts of `all`, true ones of `any`."""
    return step.answer is (not isinstance(step.expr, All))


def _group(step: Step, builder: Builder) -> Node:
    nodes = tuple(condition(child, builder, part) for part, child in flattened(step))
    nodes = others_together(nodes)
    outcome = outcome_of(step.answer)
    if len(nodes) == 1:
        return nodes[0]
    if not known(step.answer):
        every = isinstance(step.expr, All)
        key, form = ("open_all", "together") if every else ("open_any", "alternatives")
        return Node(Say(key), form, outcome, span=step.expr.span, children=nodes)
    if independent(step):
        return Node(Say("either"), "alternatives", outcome, span=step.expr.span, children=nodes)
    key = "both_hold" if len(nodes) == 2 else "all_hold"
    return Node(Say(key), "together", outcome, span=step.expr.span, children=nodes)


def others_together(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Parts that all say of one thing what it is not, as one part."""
    first = nodes[0] if nodes else None
    if len(nodes) < 2 or first is None or not isinstance(first.says, Say):
        return nodes
    members: list[Term] = []
    for node in nodes:
        says = node.says
        if not isinstance(says, Say) or says.key != "is_other" or node.children:
            return nodes
        if node.values[0] != first.values[0] or node.outcome is not first.outcome:
            return nodes
        members.append(says.args["asked"])
    kept = {"left": first.says.args["left"], "value": first.says.args["value"]}
    one = evolve(
        first,
        says=Say("not_among", {**kept, "members": Listing(tuple(members), "joint.nor")}),
        values=(first.values[0], Side(Say("the_list"), Listing(tuple(members)))),
        citations=merged((), (one for node in nodes for one in node.citations)),
        assumptions=merged((), (one for node in nodes for one in node.assumptions)),
        judged_by=merged((), (one for node in nodes for one in node.judged_by)),
    )
    return (one,)


def _shared(key: int, node: Node, builder: Builder) -> Node:
    """A part that may come again: numbered the first time, pointed to afterwards."""
    if not node.children:
        return node
    number = builder.seen.get(key)
    if number is not None:
        says = Say("shown_above", {"what": node.says})
        return evolve(node, says=says, children=(), same_as=number)
    builder.seen[key] = len(builder.seen) + 1
    return evolve(node, number=builder.seen[key])


def hoisted(node: Node, children: tuple[Node, ...]) -> Node:
    """With its parts; a single block whose parts count together gives its own."""
    if len(children) == 1 and children[0].form == "together" and children[0].number is None:
        inner = children[0]
        return evolve(
            node,
            children=inner.children,
            citations=merged(node.citations, inner.citations),
            assumptions=merged(node.assumptions, inner.assumptions),
        )
    return evolve(node, children=children)


def _folded(node: Node) -> Node:
    """Of what lies too deep: that it is so, and no more."""
    return evolve(node, says=Say("not_unfolded", {"what": node.says}))


def _definition(step: Step, builder: Builder) -> Node:
    source = step.source
    if not isinstance(source, DefinitionTrace) or source.step is None:
        return _leaf(step, builder)
    node = _leaf(step, builder)
    key = id(source)
    if builder.full and key not in builder.seen:
        return _folded(node)
    if key not in builder.seen:
        node = hoisted(node, (condition(source.step, builder.deeper(builder.scope)),))
    else:
        node = evolve(node, children=(node,))
    return _shared(key, node, builder)


def _conclusion(step: Step, trace: ConclusionTrace, builder: Builder) -> Node:
    name = noun(step.expr, builder.scope)
    wording = Say(f"word.{trace.wording}")
    says = Say("concluded", {"name": name, "wording": wording})
    key = id(trace)
    node = Node(says, outcome=outcome_of(step.answer), span=step.expr.span)
    if key in builder.seen:
        return _shared(key, evolve(node, children=(node,)), builder)
    if builder.full:
        return _folded(node)
    inner = builder.deeper(evolve(builder.scope, entity=trace.conclusion.entity))
    return _shared(key, hoisted(node, builder.reasons(trace, inner)), builder)


def _leaf(step: Step, builder: Builder) -> Node:
    scope = builder.scope
    if known(step.answer):
        says, sides = statement(step, scope)
    else:
        says, sides = open_statement(step, scope)
    citations, assumptions, judges = support(step, scope)
    return Node(
        says,
        "line",
        outcome_of(step.answer),
        sides,
        citations,
        assumptions,
        judges,
        step.expr.span,
        workings(step, builder),
    )


def workings(step: Step, builder: Builder) -> tuple[Node, ...]:
    """How the named values inside the operands came about, where the sentence does not show it;
    what one of them is made of comes below it."""
    return (*scale_lines(step, builder.scope), *workings_of(step.children, builder))


def workings_of(sides: Sequence[Step], builder: Builder) -> tuple[Node, ...]:
    """The same of operands by themselves."""
    nodes: list[Node] = []
    for side in sides:
        if side.member is None:
            nodes += scale_lines(followed(side), builder.scope)
            for child in followed(side).children:
                nodes += _working(child, builder)
    return tuple(nodes)


def _working(step: Step, builder: Builder) -> list[Node]:
    """Of one operand; nothing for what was shown before."""
    if step.member is not None:
        return []
    source = step.source
    defined = isinstance(source, DefinitionTrace) and source.definition.form == "define"
    concluded = isinstance(source, ConclusionTrace) and not isinstance(step.answer, bool)
    if source is None or not (defined or concluded):
        lines = [*scale_lines(step, builder.scope)]
        return lines + [node for child in step.children for node in _working(child, builder)]
    if id(source) in builder.seen:
        return []
    builder.seen[id(source)] = len(builder.seen) + 1
    name, value = noun(step.expr, builder.scope), value_of(step, builder.scope)
    value_step = followed(step)
    result = source.result if isinstance(source, ConclusionTrace) else None
    if result is not None:
        value = value_of(result, builder.scope)
        value_step = followed(result)
    says = Say("answer", {"name": name, "value": value})
    if builder.full:
        node = Node(says, values=(Side(name, value),), span=step.expr.span)
        return [_folded(node)]
    inner = builder.deeper(builder.scope)
    below = [*scale_lines(value_step, builder.scope)]
    below += [node for child in value_step.children for node in _working(child, inner)]
    return [
        Node(
            says,
            values=(Side(name, value),),
            span=step.expr.span,
            children=tuple(below),
            number=builder.seen[id(source)],
        )
    ]


# ---- records -----------------------------------------------------------------------------


def _records(step: Step, expr: Aggregate, builder: Builder) -> Node:
    """A condition on the records of a list: the figure, and which of them."""
    members = member_steps(step)
    if not members or expr.condition is None:
        return _leaf(step, builder)
    chosen = _telling(step, expr, members)
    scope = builder.scope.at_member(expr.list_type)
    counted = record_type(expr.list_type, scope.policy)
    total = Amount(Fraction(len(members)), counted)
    count = Amount(Fraction(len(chosen)), counted, noun_said=True)
    args: dict[str, Term] = {
        "condition": asked(expr.condition, scope),
        "total": records_noun(expr, builder.scope, total),
        "count": count,
    }
    children = tuple(
        _member(member, step, counted, builder.inside(scope)) for member in chosen[:FIRST_FEW]
    )
    if len(chosen) > FIRST_FEW:
        more = Amount(Fraction(len(chosen) - FIRST_FEW), counted, noun_said=True)
        children += (Node(Say("and_more", {"count": more})),)
    return Node(
        Say(_records_key(step, expr), args),
        "line",
        outcome_of(step.answer),
        (Side(Say("records_telling"), count), Side(Say("records_all"), total)),
        span=expr.span,
        children=children,
    )


def _telling(step: Step, expr: Aggregate, members: tuple[Step, ...]) -> tuple[Step, ...]:
    """The records that the answer rests on; none where it rests on all of them alike."""
    if not known(step.answer):
        return tuple(member for member in members if not known(member.answer))
    wanted = {"every": False, "some": True, "none": True}.get(expr.kind)
    return tuple(member for member in members if member.answer is wanted)


def _records_key(step: Step, expr: Aggregate) -> str:
    if not known(step.answer):
        return "records_open"
    if expr.kind == "every":
        return "every_true" if step.answer else "every_false"
    found = step.answer is (expr.kind == "some")
    return "some_true" if found else "some_false"


def _member(step: Step, whole: Step, counted: NumberType, builder: Builder) -> Node:
    """One record: what it is called, and what of it decided."""
    inner = condition(step, builder)
    number = Amount(Fraction((step.member or 0) + 1), counted, noun_said=True)
    name = Say("member", {"number": number})
    record = _record(step, whole)
    called = record_term(record, builder.scope.policy) if record is not None else None
    if isinstance(called, str):
        name = Say("member_named", {"number": number, "name": called})
    return evolve(inner, says=Say("answer", {"name": name, "value": inner.says}))


def _record(step: Step, whole: Step) -> Record | None:
    for child in whole.children:
        if child.member is None and isinstance(child.answer, tuple) and step.member is not None:
            record = child.answer[step.member] if step.member < len(child.answer) else None
            return record if isinstance(record, Record) else None
    return None

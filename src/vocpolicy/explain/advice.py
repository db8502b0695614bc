"""What settles a verdict, as parts of an explanation: reasons, the nearest change, what to ask."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from attrs import evolve

from vocpolicy import core
from vocpolicy.advice import (
    Alternative,
    Change,
    Changes,
    Lead,
    Question,
    Questions,
    Reason,
    Reasons,
    Settled,
    Way,
)
from vocpolicy.box.parts import path_of
from vocpolicy.core import (
    ChoiceType,
    DateType,
    Labels,
    ListType,
    Nothing,
    NumberType,
    OptionalType,
    Record,
    Type,
    Value,
    YesNoType,
)
from vocpolicy.explain.distances import distances
from vocpolicy.explain.nodes import Node, Side
from vocpolicy.explain.phrases import Scope, family_of, value_term
from vocpolicy.explain.places import part_fact, part_name, record_of
from vocpolicy.explain.terms import Listing, Say, Term, alternatives, named, unique
from vocpolicy.interpreter import Facts
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.trace import Answer, ConclusionTrace, Trace, Unknown


class Advised(Protocol):
    """A verdict that can be searched (`vocpolicy.verdict.Verdict`)."""

    @property
    def outcome(self) -> Outcome: ...
    @property
    def trace(self) -> Trace: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def missing(self) -> Iterable[str]: ...
    @property
    def settled(self) -> Settled: ...
    @property
    def foregone(self) -> Way | None: ...
    @property
    def reasons(self) -> Reasons: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def questions(self) -> Questions: ...


def advice_parts(verdict: Advised, scope: Scope, told: Iterable[Node] = ()) -> Iterator[Node]:
    """What is added to an explanation where advice is asked for; `told` is what it says so far."""
    settled = verdict.settled
    if verdict.outcome is Outcome.UNDETERMINED:
        if settled.way is None:
            yield from _to_ask(verdict, scope)
            return
        if verdict.foregone is None:  # it took more than a short search
            yield _foregone(settled.way, scope)
    facts = latest(verdict.facts)
    yield from _margins(verdict, scope)
    yield from _sufficient(verdict.reasons, scope, facts, told)
    outcome = settled.outcome if settled else verdict.outcome
    yield from _nearest(verdict.changes, scope, facts, outcome is Outcome.HOLDS)


def _margins(verdict: Advised, scope: Scope) -> Iterator[Node]:
    """What the comparisons of a rule have to spare or lack; a target says so by itself."""
    trace = verdict.trace
    found = distances(trace, scope) if isinstance(trace, ConclusionTrace) else ()
    if found:
        yield Node(Listing(found, "joint.clauses"), "key", key=Say("distance.key"))


def latest(facts: Facts) -> dict[str, Value]:
    """The facts that were supplied; of dated ones the last observation."""
    series = facts.series.items()
    return {**facts.values, **{name: seen[-1].value for name, seen in series}}


def foregone_parts(
    way: Way, missing: Iterable[str], parts: Iterable[Node], scope: Scope
) -> Iterator[Node]:
    """What is said of a verdict that is settled whatever is missing: that first, then why the
    conditions alone leave it open; nothing of what it could be."""
    yield _foregone(way, scope)
    for one in parts:
        if one.says == Say("still_open"):
            yield evolve(one, says=Say("advice.open_yet"))
        elif one.key != Say("could_be"):
            yield one
    names = unique(_name(path.partition(".")[0], scope) for path in missing)
    yield Node(Listing(names, "joint.clauses"), "key", key=Say("advice.spared"))


def _foregone(way: Way, scope: Scope) -> Node:
    return Node(_way(way, scope), "key", way.outcome, key=Say("advice.settled"))


def _way(way: Way, scope: Scope) -> Term:
    if way.value is not None and not isinstance(way.value, Unknown):
        return value_term(way.value, scope.gives, scope.policy)
    return Say(f"word.{way.wording_key}")


def _name(fact: str, scope: Scope) -> Labels:
    return scope.fact_label(fact)


def _value(fact: str, value: Answer | None, scope: Scope) -> Term:
    declared = part_fact(fact, scope)
    if value is None or isinstance(value, Unknown) or declared is None:
        return Say("unknown")
    return value_term(value, declared.type, scope.policy)


# ---- why it stands -----------------------------------------------------------------------------


def _sufficient(
    reasons: Reasons, scope: Scope, facts: dict[str, Value], told: Iterable[Node]
) -> Iterator[Node]:
    nodes = tuple(_reason(one, scope, facts) for one in reasons.reasons)
    supplied = {_name(fact, scope) for fact in facts}
    if _is_told(nodes, [_named_in(one) & supplied for one in _grounds(told)]):
        return
    if len(nodes) == 1:
        yield Node(nodes[0].says, "key", values=nodes[0].values, key=Say("advice.sufficient"))
    elif nodes:
        yield Node(Say("advice.either_sufficient"), "alternatives", children=nodes)


def _grounds(told: Iterable[Node]) -> Iterator[Node]:
    """What an explanation gives as reasons, those that are each enough taken apart."""
    for node in told:
        if node.form == "alternatives":
            yield from node.children
        elif node.form in ("line", "together"):
            yield node


def _named_in(node: Node) -> frozenset[Term]:
    return frozenset(side.name for one in node.walk() for side in one.values if _is_label(side))


def _is_label(side: Side) -> bool:
    return isinstance(side.name, Labels)


def _is_told(reasons: tuple[Node, ...], grounds: list[frozenset[Term]]) -> bool:
    """Whether the explanation gives just these reasons: the same one by one, or a single one
    that rests on all that it names."""
    wanted = [_named_in(one) for one in reasons]
    if len(wanted) == 1:
        return wanted[0] >= frozenset().union(*grounds)
    return len(wanted) == len(grounds) and set(wanted) == set(grounds)


def _reason(reason: Reason, scope: Scope, facts: dict[str, Value]) -> Node:
    if not reason.facts:
        return Node(Say("advice.whatever"))
    sides = tuple(
        Side(_name(fact, scope), _value(fact, facts.get(fact), scope)) for fact in reason.facts
    )
    said = [
        Say("answer", {"name": side.name, "value": side.value}) if fact in facts else side.name
        for fact, side in zip(reason.facts, sides, strict=True)
    ]
    return Node(Listing(tuple(said), "joint.clauses"), values=sides)


# ---- what would change it ----------------------------------------------------------------------


def _nearest(
    changes: Changes, scope: Scope, facts: Mapping[str, Value], holds: bool
) -> Iterator[Node]:
    nodes = tuple(_alternative(one, scope, facts) for one in changes.alternatives)
    if len(nodes) == 1:
        key = Say("advice.undone" if holds else "advice.change")
        yield Node(nodes[0].says, "key", values=nodes[0].values, key=key)
    elif nodes:
        key = Say("advice.undone_any" if holds else "advice.changes")
        yield Node(key, "alternatives", children=nodes)
    elif changes.barred is not None:
        said = tuple(_change(change, scope, facts) for change in changes.barred.changes)
        yield Node(Say("advice.barred", {"changes": Listing(said, "joint.and")}))
    else:
        yield Node(Say("advice.no_change" if changes.impossible else "advice.not_found"))


def _alternative(one: Alternative, scope: Scope, facts: Mapping[str, Value]) -> Node:
    said = tuple(_change(change, scope, facts) for change in one.changes)
    says = Say(
        "advice.then", {"changes": Listing(said, "joint.and"), "wording": _way(one.way, scope)}
    )
    sides = tuple(
        Side(part_name(change.fact, scope, facts), _value(change.fact, change.after, scope))
        for change in one.changes
    )
    return Node(says, values=sides)


def _change(change: Change, scope: Scope, facts: Mapping[str, Value]) -> Term:
    name = part_name(change.fact, scope, facts)
    if isinstance(path_of(change.fact)[-1], int):
        return _record_change(change, name, scope)
    args: dict[str, Term] = {
        "name": name,
        "before": _value(change.fact, change.before, scope),
        "after": _value(change.fact, change.after, scope),
    }
    if isinstance(change.after, bool) and isinstance(change.before, bool):
        return Say("advice.yes_no", args)
    told = isinstance(change.after, Fraction | datetime.date)
    return Say("advice.from_to" if told else "advice.quoted_from_to", args)


def _record_change(change: Change, name: Term, scope: Scope) -> Term:
    """A record that the list no longer holds, or one that it holds besides."""
    if not isinstance(change.after, Record):
        return Say("advice.without", {"record": name})
    entity = scope.policy.entities[change.after.entity]
    said = tuple(
        Say(
            "answer",
            {
                "name": named(entity.fields[field].labels, field),
                "value": value_term(value, entity.fields[field].type, scope.policy),
            },
        )
        for field, value in change.after.values.items()
    )
    held = part_name(change.fact.rpartition("[")[0], scope, {})
    if not said:
        return Say("advice.another_any", {"list": held})
    return Say("advice.another", {"list": held, "fields": Listing(said)})


# ---- what to ask -------------------------------------------------------------------------------


def _to_ask(verdict: Advised, scope: Scope) -> Iterator[Node]:
    asked, facts = verdict.questions.questions, latest(verdict.facts)
    if asked:
        first = asked[0]
        says = question_text(first, scope, facts)
        children = tuple(lead_node(lead, first, scope) for lead in first.leads)
        children = children or (Node(Say("advice.untried")),)
        judges = () if first.declared.judged_by is None else (first.declared.judged_by,)
        yield Node(
            says,
            "key",
            Outcome.UNDETERMINED,
            judged_by=judges,
            key=Say("advice.ask"),
            children=children,
        )
    rest = [part_name(one.fact, scope, facts) for one in asked[1:]]
    if rest:
        yield Node(Listing(tuple(rest), "joint.clauses"), "key", key=Say("advice.then_ask"))
    spared = verdict.questions.spared
    if spared:
        names = tuple(part_name(one, scope, facts) for one in spared)
        yield Node(Listing(names, "joint.clauses"), "key", key=Say("advice.spared"))


def question_text(asked: Question, scope: Scope, facts: Mapping[str, Value]) -> Term:
    """A question, as the policy words it or else after the fact's label; of a record that lacks
    a field, which one."""
    fact = asked.declared
    label = named(fact.labels, fact.name)
    question: Term = Say(f"open.{_asked_as(fact.type, label)}", {"asked": label})
    if fact.question is not None and (fact.question.en or fact.question.zh):
        question = fact.question
    record = record_of(asked.fact)
    if not record:
        return question
    return Say("part.asked", {"record": part_name(record, scope, facts), "question": question})


def _asked_as(kind: Type, label: Labels) -> str:
    """By which words a value of a type is asked for; what is called a number is not counted."""
    match core.inner(kind):
        case YesNoType():
            return "yes_no"
        case ChoiceType():
            return "choice_or_none" if isinstance(kind, OptionalType) else "choice"
        case NumberType(whole=True) if label.en.lower().startswith("number of"):
            return "is"
        case NumberType() | DateType() as counted:
            return family_of(counted)
        case ListType():
            return "list"
        case _:
            return "text"


def lead_node(lead: Lead, question: Question, scope: Scope) -> Node:
    """What some answers lead to."""
    order = list(WORDS)
    known = sorted(lead.ways, key=lambda way: order.index(way.wording_key))
    ways = alternatives(_way(way, scope) for way in known)
    key = "advice.settles" if lead.settled else "advice.leaves_open"
    args: dict[str, Term] = {"answer": answers_term(lead, question, scope), "ways": ways}
    outcome = lead.ways[0].outcome if lead.settled else Outcome.UNDETERMINED
    return Node(Say(key, args), "line", outcome)


def _run(lead: Lead, question: Question, scope: Scope, first: Term, last: Term) -> Term:
    """A run of numbers or dates, told by where it begins and ends."""
    leads = [one for one in question.leads if one.values[0] is not Nothing.NONE]
    if len(leads) == 1:
        return Say("advice.any_day" if isinstance(lead.values[0], datetime.date) else "advice.any")
    if isinstance(lead.values[0], datetime.date):
        return _days(lead, leads, first, last, _value(question.fact, leads[1].values[0], scope))
    above = None if lead.above is None else _value(question.fact, lead.above, scope)
    low = (
        Say("advice.from", {"low": first}) if above is None else Say("advice.above", {"low": above})
    )
    if lead is leads[-1]:
        return low
    under = leads[1].values[0] if lead is leads[0] and leads[1].above is None else lead.under
    high = Say("known_to", {"high": last})
    if under is not None:
        high = Say("advice.below", {"high": _value(question.fact, under, scope)})
    if lead is leads[0]:
        return high
    if above is None and under is None:
        return Say("known_between", {"low": first, "high": last})
    return Listing((low, high), "joint.and")


def _days(lead: Lead, leads: Sequence[Lead], first: Term, last: Term, second: Term) -> Term:
    """A run of dates; `second` is the day with which the second of all runs begins."""
    if lead is leads[0]:
        return Say("advice.before", {"date": second})
    if lead is leads[-1]:
        return Say("advice.from_day", {"date": first})
    return Say("known_between", {"low": first, "high": last})


def answers_term(lead: Lead, question: Question, scope: Scope) -> Term:
    """Several answers, or a run of numbers or dates."""
    first, last = (_value(question.fact, lead.values[place], scope) for place in (0, -1))
    apart = lead.above is not None or lead.under is not None or lead.last
    if apart or (lead.run and lead.values[0] != lead.values[-1]):
        return _run(lead, question, scope, first, last)
    return alternatives(_value(question.fact, one, scope) for one in lead.values)

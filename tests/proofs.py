"""What z3 makes of one case, for tests that hold engines against each other.

What was supplied is fixed; what is missing may be anything within its bounds.  The outcome is the
one that every way of filling it in comes to, and undetermined where there are several.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest

from vocpolicy import Policy, core
from vocpolicy.analysis.goals import reached
from vocpolicy.facts import read_facts
from vocpolicy.interpreter import Facts, decide, new_scope
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.symbolic import Proof, Session, Translator, Truth
from vocpolicy.symbolic.decisions import Decision
from vocpolicy.trace import ConclusionTrace, TargetTrace, Unknown

OPEN = {"outcome": Outcome.UNDETERMINED.value}


def symbolic(
    policy: Policy, ask: str, facts: Any, today: datetime.date, reading: str | None
) -> dict[str, Any]:
    read = read_facts(policy.core, facts, name=ask, as_of=today)
    edition = policy.core.on(today)
    readings = {} if reading is None else _readings(edition, reading)
    session = Session(new_scope(edition, read, today, readings))
    trace = decide(edition, ask, read, today, readings)
    if isinstance(trace, TargetTrace):
        return _target(session, trace, today)
    if ask in edition.provisions:
        pytest.skip("provisions have no terms: what was supplied shows them, not what could be")
    assert isinstance(trace, ConclusionTrace)
    if ask in edition.definitions:
        reference = core.DefinitionRef(ask, edition.definitions[ask].type)
        _same_value(session, reference, trace)
        return {"outcome": trace.outcome.value} if trace.outcome is Outcome.HOLDS else {}
    name = edition.rules[ask].conclusion if ask in edition.rules else ask
    conclusion = edition.conclusions[name]
    if trace.wording == "decided":
        _same_value(session, core.ConclusionRef(name, conclusion.type), trace)
    return _conclusion(session, conclusion)


def _same_value(session: Session, made: core.Expr, trace: ConclusionTrace) -> None:
    """What is certain has the interpreter's value, and no other."""
    value, entity = trace.answer, trace.conclusion.entity
    if value is None or isinstance(value, Unknown | tuple | core.Record):
        return
    same = core.Equal(made, core.Const(value, trace.conclusion.type))
    assert _found(session, lambda one: one.truth(same), entity).case is not None
    assert _found(session, lambda one: one.no(one.truth(same)), entity).case is None


def _readings(policy: core.Policy, reading: str) -> Mapping[str, str]:
    having = (*policy.rules.values(), *policy.targets.values(), *policy.definitions.values())
    return MappingProxyType({one.name: reading for one in having if reading in one.bodies})


def _found(session: Session, question: Any, entity: str | None = None) -> Proof:
    proof = session.find(question, entity)
    if proof.why == "unsupported":
        pytest.skip("has no terms")
    assert not proof.why, proof.why
    return proof


def _conclusion(session: Session, conclusion: core.Conclusion) -> dict[str, Any]:
    def decided(translator: Translator) -> Decision:
        return translator.decided(conclusion)

    def certain(word: str) -> Any:
        return lambda translator: Truth(decided(translator).ways.get(word, False))

    def unsure(translator: Translator) -> Truth:
        ways = [Truth(so) for so in decided(translator).ways.values()]
        return translator.no(translator.some(ways))

    words = {
        word for word in WORDS if _found(session, certain(word), conclusion.entity).case is not None
    }
    open_ = _found(session, unsure, conclusion.entity).case is not None
    if open_ and not words:
        return {}  # undetermined, or the conflict of a conclusion that it reads
    if open_ or len(words) != 1:
        return OPEN
    (word,) = words
    if word == "decided" and not _one_value(session, conclusion, certain(word)):
        return OPEN
    return {"outcome": WORDS[word].outcome.value, "wording": word}


def _one_value(session: Session, conclusion: core.Conclusion, decided: Any) -> bool:
    """Whether every way to fill in what is missing gives the value of one of them."""
    case = _found(session, decided, conclusion.entity).case
    assert case is not None
    scope = session.scope
    facts = Facts(MappingProxyType({**scope.facts.values, **case.facts}))
    trace = decide(scope.policy, conclusion.name, facts, scope.day, scope.readings)
    assert isinstance(trace, ConclusionTrace)
    if trace.answer is None or isinstance(trace.answer, Unknown | tuple | core.Record):
        return not isinstance(trace.answer, Unknown)
    reference = core.ConclusionRef(conclusion.name, conclusion.type)
    same = core.Equal(reference, core.Const(trace.answer, conclusion.type))
    other = _found(session, lambda one: one.no(one.truth(same)), conclusion.entity)
    return other.case is None


def _target(session: Session, trace: TargetTrace, today: datetime.date) -> dict[str, Any]:
    """Whether the goal is reached, as far as that is a condition."""
    goal = reached(trace.body)
    if goal is None or not trace.body.period.covers(today):
        pytest.skip("what a list has to hold, or a day on which the goal is not asked for")
    session = Session(session.scope.at(trace.judged))
    met = _found(session, lambda one: one.truth(goal)).case is not None
    unmet = _found(session, lambda one: one.no(one.truth(goal))).case is not None
    if met and not unmet:
        return {"outcome": Outcome.HOLDS.value, "wording": "met"}
    assert not unmet or met or trace.wording != "met"
    return {}

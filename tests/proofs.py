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
        return _decided(session, ask, None)
    if ask in edition.provisions:
        pytest.skip("what was supplied shows a provision, not what could be")
    assert isinstance(trace, ConclusionTrace)
    if ask in edition.definitions:
        reference = core.DefinitionRef(ask, edition.definitions[ask].type)
        _same_value(session, reference, trace)
        return {"outcome": trace.outcome.value} if trace.outcome is Outcome.HOLDS else {}
    name = edition.rules[ask].conclusion if ask in edition.rules else ask
    conclusion = edition.conclusions[name]
    if trace.wording == "decided":
        _same_value(session, core.ConclusionRef(name, conclusion.type), trace)
    return _decided(session, name, conclusion.entity)


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


def _decided(session: Session, name: str, entity: str | None) -> dict[str, Any]:
    def decided(translator: Translator) -> Decision:
        return translator.provided(name)

    def certain(word: str) -> Any:
        return lambda translator: Truth(decided(translator).ways.get(word, False))

    def unsure(translator: Translator) -> Truth:
        ways = [Truth(so) for so in decided(translator).ways.values()]
        return translator.no(translator.some(ways))

    words = {word for word in WORDS if _found(session, certain(word), entity).case is not None}
    open_ = _found(session, unsure, entity).case is not None
    if open_ and not words:
        return {}  # undetermined, or the conflict of a conclusion that it reads
    if open_ or len(words) != 1:
        return OPEN
    (word,) = words
    if word == "decided" and not _one_value(session, name, entity, certain(word)):
        return OPEN
    return {"outcome": WORDS[word].outcome.value, "wording": word}


def _one_value(session: Session, name: str, entity: str | None, decided: Any) -> bool:
    """Whether every way to fill in what is missing gives the value of one of them."""
    case = _found(session, decided, entity).case
    assert case is not None
    scope = session.scope
    facts = Facts(MappingProxyType({**scope.facts.values, **case.facts}))
    trace = decide(scope.policy, name, facts, scope.day, scope.readings)
    assert isinstance(trace, ConclusionTrace)
    if trace.answer is None or isinstance(trace.answer, Unknown | tuple | core.Record):
        return not isinstance(trace.answer, Unknown)
    type_ = scope.policy.conclusions[name].type
    reference = core.ConclusionRef(name, type_)
    same = core.Equal(reference, core.Const(trace.answer, type_))
    other = _found(session, lambda one: one.no(one.truth(same)), entity)
    return other.case is None

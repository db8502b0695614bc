"""Whether more of a fact can make an outcome worse: two cases that differ in it alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from vocpolicy import core
from vocpolicy.analysis.conditions import YES_NO
from vocpolicy.analysis.goals import aim_of, cited_of, day_of
from vocpolicy.analysis.places import Place, Problem, called, shown
from vocpolicy.analysis.questions import Question, ask
from vocpolicy.analysis.trend import never_worse
from vocpolicy.analysis.twins import TWIN, pair, twin_of
from vocpolicy.analysis.words import PIECES
from vocpolicy.box.compiler import Compiler
from vocpolicy.box.pieces import Piece, every
from vocpolicy.core import Labels
from vocpolicy.interpreter import Facts, Scope, decide, evaluate, new_scope
from vocpolicy.interpreter.values import compare, negation
from vocpolicy.needs import needs
from vocpolicy.outcome import WORDS
from vocpolicy.trace import Answer, Trace

if TYPE_CHECKING:
    from vocpolicy.symbolic import Translator, Truth

DIRECTIONS = ("up", "down")


@frozen
class Claim:
    """`monotone:FACT:up`: the more of a fact, the better; or the less (`down`)."""

    fact: str
    direction: str

    @property
    def name(self) -> str:
        return f"monotone:{self.fact}:{self.direction}"


def declared(policy: core.Policy) -> tuple[Claim, ...]:
    """What the facts of a policy say of themselves: `better when higher`."""
    fields = [one.fields for one in policy.entities.values()]
    facts = {fact.name: fact for one in (policy.facts, *fields) for fact in one.values()}
    return tuple(Claim(name, fact.better) for name, fact in facts.items() if fact.better)


def claim_of(name: str, policy: core.Policy) -> Claim | None:
    """The claim that a property's name makes of an ordered fact of a policy; None: it is none."""
    word, _, rest = name.partition(":")
    fact, _, direction = rest.rpartition(":")
    fields = [one.fields for one in policy.entities.values()]
    declared = [facts[fact] for facts in (policy.facts, *fields) if fact in facts]
    ordered = any(_ordered(one) for one in declared)
    fits = word == "monotone" and direction in DIRECTIONS and ordered
    return Claim(fact, direction) if fits else None


def _ordered(fact: core.Fact) -> bool:
    return isinstance(core.inner(fact.type), core.NumberType | core.DateType)


def concerns(claim: Claim, policy: core.Policy, owner: core.Conclusion | core.Target) -> bool:
    """Whether something holds or fails, or has a goal to be reached, and reads the fact."""
    if isinstance(owner, core.Conclusion) and (owner.type != YES_NO or owner.table):
        return False
    return claim.fact in needs(policy, owner.name).facts


def monotone(claim: Claim, place: Place, owner: core.Conclusion | core.Target) -> Iterator[Problem]:
    """A case in which it holds, and no longer holds with more of the fact; of a target, in which
    its goal is reached."""
    entity = owner.entity if isinstance(owner, core.Conclusion) else None
    names = owner.rules if isinstance(owner, core.Conclusion) else (owner.name,)
    day, aim = day_of(place, owner), aim_of(owner)
    if day is None or aim is None:
        return
    if never_worse(place.policy, aim, claim.fact, claim.direction):
        return
    reply = ask(place.ground(day, entity), _question(claim, entity, aim))
    if reply.found is None:
        if not reply.settled:
            yield place.open(reply, names, owner.span, day=day)
        return
    before, after = pair(Facts(reply.found))
    on = reply.day or day
    traces = [decide(place.policy, owner.name, facts, on) for facts in (before, after)]
    known = {claim.fact: after.values[claim.fact]}
    args = {
        "what": called(owner.name, owner.labels),
        "fact": called(claim.fact, _labels(place.policy, claim.fact)),
        "value": shown(place.policy, known)[claim.fact].text,
        "direction": PIECES["higher" if claim.direction == "up" else "lower"],
        "first": _word(traces[0]),
        "second": _word(traces[1]),
    }
    cited = cited_of(place.policy, owner)
    yield place.violated("monotone", args, names, cited, before.values, owner.span)


def _labels(policy: core.Policy, name: str) -> Labels:
    fields = [one.fields for one in policy.entities.values()]
    return next(facts[name].labels for facts in (policy.facts, *fields) if name in facts)


def _word(trace: Trace) -> Labels:
    word = WORDS[trace.wording]
    return Labels(word.en, word.zh)


def _question(claim: Claim, entity: str | None, aim: core.Expr) -> Question:
    """Is there a case in which it is so, and not with more of the fact?"""
    worse = "at_least" if claim.direction == "up" else "at_most"

    def compiled(compiler: Compiler) -> Piece:
        inside = compiler.inside(entity)
        twin = twin_of(inside, frozenset({claim.fact}))
        holds, fails = inside.piece(aim), twin.piece(aim)
        fact = inside.scope.find(claim.fact).fact
        if fact is None:
            return Piece(lambda _: False)
        one, other = inside.fact_atom(fact), twin.fact_atom(fact)
        places = (one, other)

        def ordered(vector: list[Answer]) -> Answer:
            return compare(worse, vector[other], vector[one])

        failing = Piece(lambda vector: negation(fails.run(vector)), fails.atoms)
        return every([holds, failing, Piece(ordered, places)])

    def terms(translator: Translator) -> Truth:
        inside = translator.inside(entity)
        twin = inside.with_twins({claim.fact}, TWIN)
        fact = inside.scope.find(claim.fact).fact
        if fact is None:
            return translator.some([])
        named = core.FactRef(fact.name, fact.type)
        ordered = inside.compare(worse, twin.value(named), inside.value(named))
        return inside.every([inside.truth(aim), inside.no(twin.truth(aim)), ordered])

    def confirmed(scope: Scope) -> bool:
        scopes = [
            new_scope(scope.policy, facts, scope.day, scope.readings).enter(entity)
            for facts in pair(scope.facts)
        ]
        return [evaluate(one, aim).answer for one in scopes] == [True, False]

    return Question(compiled, terms, confirmed)

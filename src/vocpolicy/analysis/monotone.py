"""Whether more of a fact can make an outcome worse: two cases that differ in it alone."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import frozen

from vocpolicy import core
from vocpolicy.analysis.conditions import YES_NO, lines_of
from vocpolicy.analysis.places import Place, Problem, called, shown
from vocpolicy.analysis.questions import Question, ask
from vocpolicy.analysis.words import PIECES
from vocpolicy.box.atoms import Atom
from vocpolicy.box.compiler import Compiler
from vocpolicy.box.pieces import Piece, every
from vocpolicy.core import Labels
from vocpolicy.core.walk import unwrapped
from vocpolicy.interpreter import Facts, Scope, decide
from vocpolicy.interpreter.values import compare, negation
from vocpolicy.needs import needs
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.trace import Answer, Trace

if TYPE_CHECKING:
    from vocpolicy.symbolic import Translator, Truth

DIRECTIONS = ("up", "down")

_TWIN = "\N{PRIME}"
"""Marks the second value of the fact among those of a case."""


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
    return isinstance(unwrapped(fact.type), core.NumberType | core.DateType)


def concerns(claim: Claim, policy: core.Policy, conclusion: core.Conclusion) -> bool:
    """Whether a conclusion holds or fails, and reads the fact."""
    yes_no = conclusion.type == YES_NO and not conclusion.table
    return yes_no and claim.fact in needs(policy, conclusion.name).facts


def monotone(claim: Claim, place: Place, conclusion: core.Conclusion) -> Iterator[Problem]:
    """A case in which it holds, and no longer holds with more of the fact."""
    rules = [place.policy.rules[name] for name in conclusion.rules]
    bodies = [rule.bodies[rule.in_use] for rule in rules]
    day = place.within(*(body.period for body in bodies))
    if day is None:
        return
    reply = ask(place.ground(day, conclusion.entity), _question(claim, conclusion))
    if reply.found is None:
        if not reply.settled:
            yield place.open(reply, conclusion.rules, conclusion.span, day=day)
        return
    before, after = _pair(Facts(reply.found), claim.fact)
    on = reply.day or day
    traces = [decide(place.policy, conclusion.name, facts, on) for facts in (before, after)]
    known = {claim.fact: after.values[claim.fact]}
    args = {
        "what": called(conclusion.name, conclusion.labels),
        "fact": called(claim.fact, _labels(place.policy, claim.fact)),
        "value": shown(place.policy, known)[claim.fact].text,
        "direction": PIECES["higher" if claim.direction == "up" else "lower"],
        "first": _word(traces[0]),
        "second": _word(traces[1]),
    }
    cited = [one for line in lines_of(place.policy, conclusion) for one in line.citations]
    found = before.values
    yield place.violated("monotone", args, conclusion.rules, cited, found, conclusion.span)


def _labels(policy: core.Policy, name: str) -> Labels:
    fields = [one.fields for one in policy.entities.values()]
    return next(facts[name].labels for facts in (policy.facts, *fields) if name in facts)


def _word(trace: Trace) -> Labels:
    word = WORDS[trace.wording]
    return Labels(word.en, word.zh)


def _pair(facts: Facts, name: str) -> tuple[Facts, Facts]:
    """The two cases that one vector stands for."""
    before = {one: value for one, value in facts.values.items() if not one.endswith(_TWIN)}
    after = dict(before)
    if name + _TWIN in facts.values:
        after[name] = facts.values[name + _TWIN]
    return Facts(MappingProxyType(before)), Facts(MappingProxyType(after))


def _question(claim: Claim, conclusion: core.Conclusion) -> Question:
    reference = core.ConclusionRef(conclusion.name, YES_NO)
    worse = "at_least" if claim.direction == "up" else "at_most"

    def compiled(compiler: Compiler) -> Piece:
        inside = compiler.inside(conclusion.entity)
        twin = _TwinCompiler(inside.scope, inside.grid, inside.decided, {}, claim.fact)
        holds, fails = inside.piece(reference), twin.piece(reference)
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
        inside = translator.inside(conclusion.entity)
        twin = inside.with_twin(claim.fact, claim.fact + _TWIN)
        fact = inside.scope.find(claim.fact).fact
        if fact is None:
            return translator.every([])
        named = core.FactRef(fact.name, fact.type)
        ordered = inside.compare(worse, twin.value(named), inside.value(named))
        return inside.every([inside.truth(reference), inside.no(twin.truth(reference)), ordered])

    def confirmed(scope: Scope) -> bool:
        traces = [
            decide(scope.policy, conclusion.name, facts, scope.day)
            for facts in _pair(scope.facts, claim.fact)
        ]
        outcomes = [trace.outcome for trace in traces]
        return outcomes[0] is Outcome.HOLDS and outcomes[1] in (
            Outcome.FAILS,
            Outcome.NOT_APPLICABLE,
        )

    return Question(compiled, terms, confirmed)


@frozen(eq=False)
class _TwinCompiler(Compiler):
    """Compiles a second time, with another value of one fact."""

    fact_name: str = ""

    def fact_atom(self, fact: core.Fact) -> int:
        if fact.name != self.fact_name:
            return super().fact_atom(fact)
        key = ("twin", fact.name, id(fact))
        if key in self.grid.places:
            return self.grid.places[key]
        place = self.grid.places[key] = len(self.grid.atoms)
        atom = Atom(place, (fact.name + _TWIN,), fact.type, self._free(fact), None, fact)
        self.grid.atoms.append(atom)
        self._relate(place, fact)
        return place

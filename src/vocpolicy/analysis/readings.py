"""Where the readings of a clause part: a case that two of them judge differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve

from vocpolicy import core
from vocpolicy.analysis.conditions import YES_NO
from vocpolicy.analysis.goals import deadline, reached
from vocpolicy.analysis.places import Place, Problem, called
from vocpolicy.analysis.questions import Ground, Question, Reply, ask
from vocpolicy.box import NotSearchableError, is_settled, keys_of
from vocpolicy.box.compiler import Compiler
from vocpolicy.box.model import rule_of
from vocpolicy.box.pieces import Doubt, Piece, both, every, some
from vocpolicy.box.rulings import Ruling
from vocpolicy.core import Labels
from vocpolicy.explain.phrases import value_term
from vocpolicy.explain.sentences import words
from vocpolicy.interpreter import Facts, Scope, decide, evaluate, values
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.trace import Answer, ConclusionTrace, Trace, Unknown

if TYPE_CHECKING:
    from vocpolicy.symbolic import Translator, Truth

UNSETTLED = ("undetermined", "conflict")


def readings_agree(place: Place, provision: core.Conclusion | core.Target) -> Iterator[Problem]:
    for owner in _owners(place.policy, provision):
        used = owner.in_use
        for reading in owner.readings:
            if reading.name != used:
                yield from _parting(place, provision, owner, used, reading.name)


def _owners(
    policy: core.Policy, provision: core.Conclusion | core.Target
) -> list[core.Rule | core.Target]:
    if isinstance(provision, core.Target):
        return [provision]
    return [policy.rules[name] for name in provision.rules]


def _parting(
    place: Place,
    provision: core.Conclusion | core.Target,
    owner: core.Rule | core.Target,
    one: str,
    other: str,
) -> Iterator[Problem]:
    bodies = owner.bodies[one], owner.bodies[other]
    day = place.within(*(body.period for body in bodies))
    names = (owner.name,)
    if day is None:
        return
    if isinstance(bodies[0], core.TargetBody):
        day = deadline(bodies[0], day)
    entity = provision.entity if isinstance(provision, core.Conclusion) else None
    ground = place.ground(day, entity)
    choices = _chosen(place.policy, owner, one), _chosen(place.policy, owner, other)
    try:
        reply = ask(ground, _question(provision, bodies, choices))
    except NotSearchableError:
        reply = Reply(None, False, "not_compiled")
    if reply.found is None:
        if not reply.settled:
            yield place.open(reply, names, owner.span, day=day, reading=other)
        return
    told = evolve(ground, day=reply.day or day)
    facts = Facts(reply.found)
    args = {
        "what": called(owner.name, owner.labels),
        "reading": _label(owner, one),
        "second_reading": _label(owner, other),
        "first": _outcome(told, provision, facts, choices[0]),
        "second": _outcome(told, provision, facts, choices[1]),
    }
    cited = (*bodies[0].citations, *bodies[1].citations)
    if isinstance(owner, core.Target):
        goals = [body.goal.citations for body in owner.bodies.values()]
        cited += tuple(citation for goal in goals for citation in goal)
    yield place.violated("readings", args, names, cited, reply.found, owner.span, other)


def _label(owner: core.Rule | core.Target, name: str) -> Labels:
    labels = next(one.labels for one in owner.readings if one.name == name)
    return Labels(labels.get("en") or name, labels.get("zh") or name)


def _chosen(policy: core.Policy, owner: core.Rule | core.Target, reading: str) -> Mapping[str, str]:
    """The reading taken: one of the whole policy wherever it is declared."""
    if reading not in {one.name for one in policy.readings}:
        return {owner.name: reading}
    having: list[core.Rule | core.Target | core.Definition]
    having = [*policy.rules.values(), *policy.targets.values(), *policy.definitions.values()]
    return {one.name: reading for one in having if reading in one.bodies}


Chosen: TypeAlias = "Mapping[str, str]"


def _question(
    provision: core.Conclusion | core.Target,
    bodies: tuple[core.RuleBody | core.TargetBody, core.RuleBody | core.TargetBody],
    choices: tuple[Chosen, Chosen],
) -> Question:
    """Is there a case that two readings judge differently?  Of a target: that reaches the goal
    under one and not under the other; how it stands before it is due is no matter."""
    one, other = bodies
    if not isinstance(one, core.TargetBody) or not isinstance(other, core.TargetBody):
        yes_no = isinstance(provision, core.Conclusion) and provision.type == YES_NO
        return evolve(_differently(provision.name, *choices), refutable=yes_no)
    goals = reached(one), reached(other)
    if goals[0] is None or goals[1] is None:
        raise NotSearchableError(provision.name)
    return _goals_part((goals[0], choices[0]), (goals[1], choices[1]))


def _goals_part(*goals: tuple[core.Expr, Chosen]) -> Question:
    def compiled(compiler: Compiler) -> Piece:
        made = []
        for goal, readings in goals:
            scope = evolve(compiler.scope, readings=readings, memo={})
            made.append(evolve(compiler, scope=scope, pieces={}).piece(goal))
        one, other = made
        return some([every([one, _not(other)]), every([_not(one), other])])

    def terms(translator: Translator) -> Truth:
        one, other = (translator.reading(readings).truth(goal) for goal, readings in goals)
        differ = [[one, translator.no(other)], [translator.no(one), other]]
        return translator.some(translator.every(way) for way in differ)

    def confirmed(scope: Scope) -> bool:
        answers = {
            evaluate(evolve(scope, readings=readings, memo={}), goal).answer
            for goal, readings in goals
        }
        return answers == {True, False}

    return Question(compiled, terms, confirmed)


def _not(piece: Piece) -> Piece:
    return Piece(lambda vector: values.negation(piece.run(vector)), piece.atoms)


def _differently(name: str, one: Mapping[str, str], other: Mapping[str, str]) -> Question:
    """Is there a case that two choices of readings judge differently?"""

    def compiled(compiler: Compiler) -> Piece:
        rules = []
        for readings in (one, other):
            scope = evolve(compiler.scope, readings=readings, memo={})
            rule = rule_of(evolve(compiler, scope=scope, pieces={}), scope.policy, name)
            if rule is None:
                raise NotSearchableError(name)
            rules.append(rule)
        (first, atoms), (second, more) = rules
        return Piece(
            lambda vector: _apart(first(vector), second(vector)),
            tuple(dict.fromkeys((*atoms, *more))),
        )

    def terms(translator: Translator) -> Truth:
        return translator.apart(name, one, other)

    def confirmed(scope: Scope) -> bool:
        policy, facts, day = scope.policy, scope.facts, scope.day
        traces = [decide(policy, name, facts, day, readings) for readings in (one, other)]
        keys = [_key(trace) for trace in traces]
        return keys[0] != keys[1] and not any(key[0] in UNSETTLED for key in keys)

    return Question(compiled, terms, confirmed)


def _apart(one: Ruling, other: Ruling) -> Answer:
    """Whether two rulings differ, three-valued."""
    left, right = keys_of(one), keys_of(other)
    unsure = any(key[0] in UNSETTLED for key in left | right)
    if not unsure and is_settled(left) and is_settled(right):
        return left != right
    doubts = [ruling.doubt for ruling in (one, other) if ruling.doubt is not None]
    named: Unknown = Doubt()
    for doubt in doubts:
        named = both(named, doubt)
    return named


def _key(trace: Trace) -> tuple[str, object]:
    return trace.wording, trace.answer if isinstance(trace, ConclusionTrace) else None


def _outcome(
    ground: Ground,
    provision: core.Conclusion | core.Target,
    facts: Facts,
    readings: Mapping[str, str],
) -> Labels:
    """What comes of a case, in words."""
    trace = decide(ground.policy, provision.name, facts, ground.day, readings)
    answer = trace.answer if isinstance(trace, ConclusionTrace) else None
    kind = provision.type if isinstance(provision, core.Conclusion) else None
    holds = trace.outcome is Outcome.HOLDS
    if kind and holds and not (answer is None or isinstance(answer, Unknown | bool)):
        term = value_term(answer, kind, ground.policy)
        return Labels(words(term, "en"), words(term, "zh"))
    word = WORDS[trace.wording]
    return Labels(word.en, word.zh)

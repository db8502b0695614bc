"""What rules decide: which statements speak, which give way, and what can still come of it.

A true condition speaks, a false one is silent.  Of the statements that speak, those overridden
by one that speaks give way; what is left differs (conflict), agrees (the outcome), or is nothing
(`otherwise`).  Where conditions are undetermined, a conclusion is possible if it comes out when
the undetermined statements that conclude it speak and all others are silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.interpreter import values
from vocpolicy.interpreter.expressions import evaluate
from vocpolicy.interpreter.scope import Scope
from vocpolicy.interpreter.steps import NOTHING, latest
from vocpolicy.outcome import WORDS, Outcome, opposite
from vocpolicy.trace import (
    UNKNOWN,
    Answer,
    ConclusionTrace,
    ExceptTrace,
    Possible,
    StatementTrace,
    Step,
    Unknown,
)


@frozen
class Voice:
    """A statement that is not silent: whether it speaks, and what it concludes.

    Attributes:
        place: index into the statements of the conclusion.
        speaks: True, or None where undetermined.
        result: the step of the value, where it gives one.
    """

    place: int
    trace: StatementTrace
    speaks: bool | None
    possible: Possible
    result: Step | None = None

    @property
    def rule(self) -> str:
        return self.trace.rule.name


def decide_conclusion(scope: Scope, conclusion: core.Conclusion) -> ConclusionTrace:
    """How the conclusion comes out for what the scope's subject is."""
    statements = tuple(statements_of(scope, conclusion))
    if scope.memory is None or any(one.speaks is None for one in statements):
        return _concluded_from(scope, conclusion, statements)
    # Where every statement speaks or is silent and none gives a value, who prevails follows.
    speaks = tuple(one.speaks for one in statements)
    applies = tuple(one.applies and one.applies.answer for one in statements)
    known = scope.memory.shelf.prevailing
    before = known.get((id(conclusion), speaks, applies))
    if before is not None:
        return _as_before(before, statements)
    trace = _concluded_from(scope, conclusion, statements)
    gives = any(one.speaks and one.statement.result.value is not None for one in statements)
    if trace.answer is None and trace.outcome is not Outcome.UNDETERMINED and not gives:
        known[id(conclusion), speaks, applies] = trace
    return trace


def _as_before(before: ConclusionTrace, statements: Sequence[StatementTrace]) -> ConclusionTrace:
    """The trace of a case in which the same statements speak as in one before."""
    asked = [step for trace in statements for step in steps_of(trace)]
    return ConclusionTrace(
        before.conclusion,
        tuple(
            evolve(one, overridden_by=then.overridden_by) if then.overridden_by else one
            for one, then in zip(statements, before.statements, strict=True)
        ),
        before.possible,
        before.spoke,
        before.otherwise,
        before.outcome,
        before.wording,
        used=NOTHING.union(*[step.used for step in asked]),
        observed=latest(step.observed for step in asked),
        conflict=before.conflict,
    )


def _concluded_from(
    scope: Scope, conclusion: core.Conclusion, statements: tuple[StatementTrace, ...]
) -> ConclusionTrace:
    voices = tuple(voices_of(scope, statements))
    certain = [voice for voice in voices if voice.speaks]
    loudest = [voice for voice in voices if not overrulers(conclusion, voice, certain)]
    applies = base_rules_apply(conclusion, statements)
    silence = [] if certain else silences(scope, conclusion, applies)
    results = [voice.result for voice in voices if voice.result]
    results += [step for _, step in silence if step]
    asked = [step for trace in statements for step in steps_of(trace)] + results
    trace = ConclusionTrace(
        conclusion,
        tuple(_marked(conclusion, trace, certain) for trace in statements),
        tuple(possibilities(conclusion, voices, [possible for possible, _ in silence])),
        spoke=tuple(voice.place for voice in loudest if voice.speaks),
        otherwise=not voices and applies is True,
        outcome=Outcome.UNDETERMINED,
        wording="undetermined",
        used=NOTHING.union(*(step.used for step in asked)),
        observed=latest(step.observed for step in asked),
    )
    doubtful = [step for voice in loudest for step in doubts_of(voice)]
    doubtful += [step for _, step in silence if step]
    if applies is None and not certain:
        doubtful += [trace.applies for trace in statements if trace.applies]
    result = loudest[0].result if loudest else (silence[0][1] if silence else None)
    return concluded(trace, [step for step in doubtful if isinstance(step.answer, Unknown)], result)


def decide_definition(scope: Scope, definition: core.Definition) -> ConclusionTrace:
    """A definition asked for by name: what a rule would conclude that gives its value."""
    name, labels = definition.name, definition.labels
    result = core.Result(value=core.DefinitionRef(name, definition.type), span=definition.span)
    body = core.RuleBody((core.Statement(result, span=definition.span),))
    rule = core.Rule(name, labels, name, {"": body}, definition.entity, span=definition.span)
    possible, step = _result(scope, result)
    steps = [step] if step else []
    trace = ConclusionTrace(
        core.Conclusion(name, labels, definition.type, (name,), definition.entity),
        (StatementTrace(rule, body, body.statements[0], None, True, None, (), True),),
        (possible,),
        spoke=(0,),
        otherwise=False,
        outcome=Outcome.UNDETERMINED,
        wording="undetermined",
        used=NOTHING.union(*(step.used for step in steps)),
        observed=latest(step.observed for step in steps),
    )
    return concluded(trace, [step for step in steps if isinstance(step.answer, Unknown)], step)


# ---- which statements speak ----------------------------------------------------------------


def statements_of(scope: Scope, conclusion: core.Conclusion) -> Iterator[StatementTrace]:
    for name in conclusion.rules:
        rule = scope.policy.rules[name]
        body = scope.body(rule)
        in_force = body.period.covers(scope.day) and scope.policy.period.covers(scope.day)
        applies = None if body.applies is None else evaluate(scope, body.applies)
        silent = not in_force or (applies is not None and applies.answer is False)
        for statement in body.statements:
            yield _statement(scope, rule, body, statement, applies, in_force, silent)


def _statement(
    scope: Scope,
    rule: core.Rule,
    body: core.RuleBody,
    statement: core.Statement,
    applies: Step | None,
    in_force: bool,
    silent: bool,
) -> StatementTrace:
    if silent:
        return StatementTrace(rule, body, statement, applies, in_force, None, (), False)
    condition = None if statement.condition is None else evaluate(scope, statement.condition)
    exceptions = tuple(
        ExceptTrace(exception, evaluate(scope, exception.condition))
        for exception in statement.exceptions
    )
    answers = [step.answer for step in (applies, condition) if step]
    answers += [values.negation(one.step.answer) for one in exceptions]
    speaks = values.truth(values.conjunction(answers))
    return StatementTrace(rule, body, statement, applies, in_force, condition, exceptions, speaks)


def steps_of(trace: StatementTrace) -> list[Step]:
    asked = [step for step in (trace.applies, trace.condition) if step]
    return asked + [exception.step for exception in trace.exceptions]


def voices_of(scope: Scope, statements: Sequence[StatementTrace]) -> Iterator[Voice]:
    for place, trace in enumerate(statements):
        if trace.speaks is not False:
            possible, step = _result(scope, trace.statement.result)
            yield Voice(place, trace, trace.speaks, possible, step)


def _result(scope: Scope, result: core.Result | None) -> tuple[Possible, Step | None]:
    """What a result comes to, and the step of its value."""
    if result is not None and result.wording is not None:
        return Possible(WORDS[result.wording].outcome, result.wording, result), None
    if result is not None and result.value is not None:
        step = evaluate(scope, result.value)
        return Possible(Outcome.HOLDS, "decided", result, step.answer), step
    return Possible(Outcome.NOT_APPLICABLE, "not_applicable", result), None


# ---- which give way ------------------------------------------------------------------------


def overrulers(
    conclusion: core.Conclusion, voice: Voice, speaking: Iterable[Voice]
) -> tuple[str, ...]:
    """The rules among those speaking that override the voice's rule."""
    if not conclusion.overrides:
        return ()
    over = {name for name, under in conclusion.overrides if under == voice.rule}
    return tuple(dict.fromkeys(other.rule for other in speaking if other.rule in over))


def _marked(
    conclusion: core.Conclusion, trace: StatementTrace, certain: Sequence[Voice]
) -> StatementTrace:
    """The statement with the rules that override it."""
    if not conclusion.overrides:
        return trace
    voice = Voice(0, trace, trace.speaks, Possible(Outcome.UNDETERMINED, ""))
    over = () if trace.speaks is False else overrulers(conclusion, voice, certain)
    return evolve(trace, overridden_by=over) if over else trace


def alike(left: Possible, right: Possible) -> bool | None:
    """Whether two conclude the same; None where a value that is not known decides."""
    if (left.outcome, left.wording) != (right.outcome, right.wording):
        return False
    if left.answer is None or right.answer is None or left == right:
        return left.answer is right.answer or left == right
    same = values.equal(left.answer, right.answer)
    return same if isinstance(same, bool) else None


# ---- what can still come of it ---------------------------------------------------------------


def silences(
    scope: Scope, conclusion: core.Conclusion, applies: bool | None
) -> list[tuple[Possible, Step | None]]:
    """What comes of it where no statement speaks: `otherwise` where a rule applies."""
    silence = []
    if applies is not False:
        silence.append(_result(scope, otherwise_of(scope, conclusion)))
    if applies is not True:
        silence.append((Possible(Outcome.NOT_APPLICABLE, "not_applicable"), None))
    return silence


def otherwise_of(scope: Scope, conclusion: core.Conclusion) -> core.Result | None:
    """What was written, else the opposite of the one statement that the rules that override
    nothing hold, under the readings taken."""
    if conclusion.otherwise is not None:
        return conclusion.otherwise
    over = {name for name, _ in conclusion.overrides}
    base = [scope.policy.rules[name] for name in conclusion.rules if name not in over]
    statements = [one for rule in base for one in scope.body(rule).statements]
    wording = statements[0].result.wording if len(statements) == 1 else None
    return core.Result(opposite(wording)) if wording else None


def possibilities(
    conclusion: core.Conclusion, voices: Sequence[Voice], silence: Sequence[Possible]
) -> list[Possible]:
    """Every outcome that is still possible, each once."""
    certain = [voice for voice in voices if voice.speaks]
    candidates = [voice.possible for voice in voices if _wins(conclusion, voice, voices)]
    if _conflict_possible(conclusion, voices, certain):
        candidates.append(Possible(Outcome.CONFLICT, "conflict"))
    seen: list[Possible] = []
    for possible in [*candidates, *silence]:
        if not any(alike(possible, other) for other in seen):
            seen.append(possible)
    return seen


def _wins(conclusion: core.Conclusion, voice: Voice, voices: Sequence[Voice]) -> bool:
    """Whether the outcome is the voice's where those that agree speak, and no other that may
    be silent does."""
    speaking = [other for other in voices if other.speaks or alike(other.possible, voice.possible)]
    left = [other for other in speaking if not overrulers(conclusion, other, speaking)]
    agree = [alike(other.possible, voice.possible) for other in left]
    return bool(agree) and False not in agree


def _conflict_possible(
    conclusion: core.Conclusion, voices: Sequence[Voice], certain: Sequence[Voice]
) -> bool:
    """Whether two may differ, neither over the other and neither certainly overridden."""
    standing = [voice for voice in voices if not overrulers(conclusion, voice, certain)]
    for index, one in enumerate(standing):
        for other in standing[index + 1 :]:
            ranked = {(one.rule, other.rule), (other.rule, one.rule)} & conclusion.overrides
            if not ranked and alike(one.possible, other.possible) is not True:
                return True
    return False


def base_rules_apply(
    conclusion: core.Conclusion, statements: Sequence[StatementTrace]
) -> bool | None:
    """Whether a rule that overrides none is in force and applies: to it `otherwise` belongs."""
    over = {name for name, _ in conclusion.overrides}
    answers: list[Answer] = []
    for trace in statements:
        if trace.rule.name in over:
            continue
        applies: Answer = True if trace.applies is None else trace.applies.answer
        answers.append(applies if trace.in_force else False)
    return values.truth(values.disjunction(answers))


# ---- the outcome ---------------------------------------------------------------------------


def concluded(
    trace: ConclusionTrace, doubtful: Sequence[Step], result: Step | None
) -> ConclusionTrace:
    """The trace with its outcome: the one possible, else undetermined or conflict."""
    answer = _answer(trace.possible)
    only = trace.possible[0] if len(trace.possible) == 1 else None
    if only and not isinstance(answer, Unknown):
        own = {trace.conclusion.name} if only.outcome is Outcome.CONFLICT else set()
        return evolve(
            trace,
            outcome=only.outcome,
            wording=only.wording,
            answer=answer,
            result=None if answer is None else result,
            conflict=frozenset(own),
        )
    missing = NOTHING.union(*(step.missing for step in doubtful))
    conflict = values.conflicts(step.answer for step in doubtful)
    spread = bool(conflict) and not missing
    return evolve(
        trace,
        outcome=Outcome.CONFLICT if spread else Outcome.UNDETERMINED,
        wording="conflict" if spread else "undetermined",
        answer=evolve(answer, conflict=conflict) if isinstance(answer, Unknown) else answer,
        result=result if only else None,
        missing=missing,
        conflict=conflict,
    )


def doubts_of(voice: Voice) -> list[Step]:
    """The steps that whether a statement speaks, and what it gives, turn on."""
    steps = [] if voice.speaks else steps_of(voice.trace)
    return steps + ([voice.result] if voice.result else [])


def _answer(possible: Sequence[Possible]) -> Answer | None:
    """The value concluded; None where the rules give none."""
    answers = [one.answer for one in possible if one.answer is not None]
    if not answers:
        return None
    return values.hull(answers) if len(answers) == len(possible) else UNKNOWN

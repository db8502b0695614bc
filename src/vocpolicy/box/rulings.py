"""Conclusions, targets and provisions, compiled: what they can still be for a vector.

Which statements speak is worked out by closures; what comes of it is asked of the interpreter,
once for every combination.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.box.compiler import Compiler
from vocpolicy.box.pieces import NO_DOUBT, Doubt, Piece, Vector, both, constant, every, joined
from vocpolicy.core import Nothing
from vocpolicy.interpreter import conclusions as interpreted, tables, values
from vocpolicy.interpreter.conclusions import Voice
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.trace import UNKNOWN, Answer, Possible, StatementTrace, Step, Unknown

Key: TypeAlias = "tuple[str, Answer | None]"
"""An outcome: the key of its wording, and the value where one is concluded."""

Spoken: TypeAlias = "tuple[bool | None, ...]"


@frozen(eq=False)
class Ruling:
    """What comes of a provision for a vector.

    Attributes:
        possible: every outcome that is still possible.
        doubt: an answer that it turns on; None where it is settled.
        conflict: the conflicts that it may come from.
    """

    possible: tuple[Possible, ...]
    doubt: Unknown | None = None
    conflict: frozenset[str] = frozenset()

    @property
    def settled(self) -> Possible | None:
        """The one outcome that is left, with its value."""
        only = self.possible[0] if len(self.possible) == 1 else None
        return None if only is None or isinstance(only.answer, Unknown) else only


Rule: TypeAlias = "tuple[Callable[[Vector], Ruling], tuple[int, ...]]"
"""A compiled provision and the atoms that it reads."""


@frozen(eq=False)
class _Line:
    """A statement: whether its rule applies, whether it speaks, and the value that it gives."""

    trace: StatementTrace
    applies: Piece | None
    speaks: Piece
    value: Piece | None


# ---- conclusions -----------------------------------------------------------------------------


def decided(compiler: Compiler, conclusion: core.Conclusion) -> Piece:
    """A conclusion as other rules see it."""
    run, atoms = conclusion_rule(compiler, conclusion)
    return Piece(lambda vector: _answer_of(conclusion, run(vector)), atoms)


def conclusion_rule(compiler: Compiler, conclusion: core.Conclusion) -> Rule:
    """How a conclusion is decided."""
    lines = [
        _line(compiler, rule, body, statement)
        for rule in (compiler.scope.policy.rules[name] for name in conclusion.rules)
        for body in (compiler.scope.body(rule),)
        for statement in body.statements
    ]
    silent = interpreted.otherwise_of(compiler.scope, conclusion)
    otherwise = None if silent is None or silent.value is None else compiler.piece(silent.value)
    read = [piece for line in lines for piece in (line.speaks, line.applies, line.value)]
    pieces = [piece for piece in (*read, otherwise) if piece]
    atoms = joined(pieces)
    resolve = _resolver(compiler, conclusion, lines, silent)
    plain = otherwise is None and all(line.value is None for line in lines)
    known: dict[tuple[Spoken, Spoken], tuple[Possible, ...]] = {}

    def run(vector: Vector) -> Ruling:
        spoken = [line.speaks.run(vector) for line in lines]
        applied = [True if one.applies is None else one.applies.run(vector) for one in lines]
        key = _truths(spoken), _truths(applied)
        if plain and key in known:
            possible = known[key]
        else:
            given = [None if one.value is None else one.value.run(vector) for one in lines]
            other = None if otherwise is None else otherwise.run(vector)
            possible = known[key] = resolve(*key, given, other)
            spoken += [answer for answer in (*given, other) if answer is not None]
        if len(possible) == 1 and not isinstance(possible[0].answer, Unknown):
            return Ruling(possible)
        return _doubtful(possible, [*spoken, *applied], pieces, vector)

    return run, atoms


def _truths(answers: Iterable[Answer]) -> Spoken:
    return tuple(answer if isinstance(answer, bool) else None for answer in answers)


def _doubtful(
    possible: tuple[Possible, ...], answers: Sequence[Answer], pieces: list[Piece], vector: Vector
) -> Ruling:
    doubts = [answer for answer in answers if isinstance(answer, Unknown)]
    doubt: Unknown = NO_DOUBT
    for one in doubts:
        doubt = both(doubt, one)
    if getattr(doubt, "atom", -1) < 0:
        doubt = _open_atom(doubt, joined(pieces), vector)
    return Ruling(possible, doubt, values.conflicts(doubts))


def _open_atom(doubt: Unknown, atoms: Iterable[int], vector: Vector) -> Unknown:
    for atom in atoms:
        if isinstance(vector[atom], Unknown):
            return Doubt(conflict=doubt.conflict, atom=atom)
    return doubt


def _line(
    compiler: Compiler, rule: core.Rule, body: core.RuleBody, statement: core.Statement
) -> _Line:
    scope = compiler.scope
    in_force = body.period.covers(scope.day) and scope.policy.period.covers(scope.day)
    trace = StatementTrace(rule, body, statement, None, in_force, None, (), None)
    if not in_force:
        return _Line(trace, None, constant(False), None)
    applies = None if body.applies is None else compiler.piece(body.applies)
    asked = [] if applies is None else [applies]
    if statement.condition is not None:
        asked.append(compiler.piece(statement.condition))
    for exception in statement.exceptions:
        asked.append(compiler.piece(core.Not(exception.condition)))
    value = statement.result.value
    given = None if value is None else compiler.piece(value)
    return _Line(trace, applies, every(asked), given)


def _resolver(
    compiler: Compiler,
    conclusion: core.Conclusion,
    lines: list[_Line],
    otherwise: core.Result | None,
) -> Callable[[Spoken, Spoken, list[Answer | None], Answer | None], tuple[Possible, ...]]:
    """What comes of it, by which statements speak and what they give."""
    table = compiler.scope.policy.tables.get(conclusion.table) if conclusion.table else None

    def resolve(
        spoken: Spoken, applied: Spoken, given: list[Answer | None], other: Answer | None
    ) -> tuple[Possible, ...]:
        traces = [
            _traced(line, speaks, applies)
            for line, speaks, applies in zip(lines, spoken, applied, strict=True)
        ]
        voices = [
            _voice(place, trace, given[place])
            for place, trace in enumerate(traces)
            if trace.speaks is not False
        ]
        applies = interpreted.base_rules_apply(conclusion, traces)
        if table is not None:
            matches = tables.matches_of(table, voices)
            certain = bool(matches.certain)
            silence = [] if certain else _silence(otherwise, other, applies)
            outcomes, _ = tables.outcomes_of(conclusion, matches)
            return tuple(tables.each_once([*outcomes, *silence]))
        certain = any(voice.speaks for voice in voices)
        silence = [] if certain else _silence(otherwise, other, applies)
        return tuple(interpreted.possibilities(conclusion, voices, silence))

    return resolve


def _traced(line: _Line, speaks: bool | None, applies: bool | None) -> StatementTrace:
    applied = line.trace.body.applies
    answer = UNKNOWN if applies is None else applies
    step = None if line.applies is None or applied is None else Step(applied, answer)
    return evolve(line.trace, applies=step, speaks=speaks)


def _voice(place: int, trace: StatementTrace, given: Answer | None) -> Voice:
    result = trace.statement.result
    step = None if given is None or result.value is None else Step(result.value, given)
    return Voice(place, trace, trace.speaks, _possible(result, given), step)


def _possible(result: core.Result | None, given: Answer | None) -> Possible:
    if result is not None and result.wording is not None:
        return Possible(WORDS[result.wording].outcome, result.wording, result)
    if given is not None:
        return Possible(Outcome.HOLDS, "decided", result, given)
    return Possible(Outcome.NOT_APPLICABLE, "not_applicable", result)


def _silence(
    otherwise: core.Result | None, given: Answer | None, applies: bool | None
) -> list[Possible]:
    silence = [] if applies is False else [_possible(otherwise, given)]
    if applies is not True:
        silence.append(Possible(Outcome.NOT_APPLICABLE, "not_applicable"))
    return silence


def _answer_of(conclusion: core.Conclusion, ruling: Ruling) -> Answer:
    """As `vocpolicy.interpreter.expressions.answer_of` has it."""
    answers = [one.answer for one in ruling.possible if one.answer is not None]
    only = ruling.settled
    if only is not None:
        if only.answer is not None:
            return only.answer
        match only.outcome:
            case Outcome.HOLDS:
                return True
            case Outcome.FAILS:
                return False
            case Outcome.CONFLICT:
                return Unknown(conflict=frozenset({conclusion.name}))
            case _:
                yes_no = isinstance(conclusion.type, core.YesNoType)
                return False if yes_no else Nothing.NONE
    doubt = ruling.doubt or NO_DOUBT
    if answers and len(answers) == len(ruling.possible):
        hull = values.hull(answers)
        if isinstance(hull, Unknown):
            return evolve(doubt, low=hull.low, high=hull.high, among=hull.among)
        return hull
    return evolve(doubt, conflict=ruling.conflict)


# ---- definitions and provisions ----------------------------------------------------------------


def definition_rule(compiler: Compiler, definition: core.Definition) -> Rule:
    """A definition asked for by name: the value that it gives."""
    reference = core.DefinitionRef(definition.name, definition.type)
    piece = compiler.piece(reference)

    def run(vector: Vector) -> Ruling:
        answer = piece.run(vector)
        possible = (Possible(Outcome.HOLDS, "decided", None, answer),)
        if not isinstance(answer, Unknown):
            return Ruling(possible)
        return _doubtful(possible, [answer], [piece], vector)

    return run, piece.atoms


def provision_rule(compiler: Compiler, provision: core.Provision) -> Rule:
    """A provision without a figure: shown where every evidence is something."""
    if not provision.period.covers(compiler.scope.day):
        silent = Possible(Outcome.NOT_APPLICABLE, "not_applicable")
        return (lambda _: Ruling((silent,))), ()
    facts = compiler.scope.policy.facts
    pieces = [compiler.piece(core.FactRef(one, facts[one].type)) for one in provision.evidence]
    for piece, name in zip(pieces, provision.evidence, strict=True):
        if isinstance(core.inner(facts[name].type), core.NumberType):
            compiler.cut_at(piece, Fraction(0))
    shown = Possible(Outcome.HOLDS, "shown")
    not_shown = Possible(Outcome.FAILS, "not_shown")

    def run(vector: Vector) -> Ruling:
        answers = [_something(piece.run(vector)) for piece in pieces]
        if any(answer is False for answer in answers):
            return Ruling((not_shown,))
        if answers and all(answer is True for answer in answers):
            return Ruling((shown,))
        if not answers:
            return Ruling((Possible(Outcome.UNDETERMINED, "undetermined"),))
        return _doubtful((shown, not_shown), answers, pieces, vector)

    return run, joined(pieces)


def _something(answer: Answer) -> Answer:
    match answer:
        case Unknown() | bool():
            return answer
        case Fraction():
            return answer > 0
        case tuple():
            return len(answer) > 0
        case _:
            return answer is not Nothing.NONE

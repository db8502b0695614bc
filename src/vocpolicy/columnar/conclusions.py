"""What rules decide, as columns: the interpreter's way with statements, in Boolean algebra.

A statement certainly speaks, or may speak.  What is possible is worked out for each outcome; one
possible outcome is the outcome, more are *undetermined*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.columnar.given import CONFLICT, NOTHING, Said, alike, given, said_of
from vocpolicy.columnar.lacking import (
    CARRIED,
    Lacks,
    counted,
    lacks_of,
    spread,
    together,
    unknown,
)
from vocpolicy.columnar.logic import (
    Col,
    Truth,
    certainly,
    conjunction,
    disjunction,
    level_of,
    negation,
    possibly,
)
from vocpolicy.columnar.scope import Place
from vocpolicy.columnar.tabled import Row, candidates_of, lacking as table_lacking
from vocpolicy.columnar.voices import Candidate, Speaker
from vocpolicy.interpreter.conclusions import otherwise_of
from vocpolicy.outcome import Outcome

if TYPE_CHECKING:
    from narwhals.typing import IntoDType

    from vocpolicy.columnar.conditions import Conditions


@frozen(eq=False)
class Concluded:
    """How a conclusion comes out.

    Attributes:
        only: for each thing that may come of it, where it is the only one.
        may: the same with where it is possible; never null.
        gives: whether rules give values.
        clashes: whether it can be a conflict.
        carries: whether what it turns on can be one, which then is its own.
        lacking: what the statements turn on, wherever it is still open.
    """

    name: str
    only: tuple[tuple[Said, Truth], ...]
    may: tuple[tuple[Said, Truth], ...]
    gives: bool
    clashes: bool
    lacking: Callable[[], Lacks] = dict
    carries: bool = False

    def outcomes(self) -> list[tuple[Outcome, Truth]]:
        """Each outcome with where it is so; nowhere of these: undetermined."""
        found = self._own()
        if self.carries:
            found.append((Outcome.CONFLICT, spread(self._open())))
        return found

    def _own(self) -> list[tuple[Outcome, Truth]]:
        found: dict[Outcome, list[Truth]] = {}
        for said, only in self.only:
            known = conjunction([only, said.is_known])
            found.setdefault(said.outcome, []).append(known)
        return [(outcome, disjunction(several)) for outcome, several in found.items()]

    def lacks(self) -> Lacks:
        """The missing facts that the outcome can still turn on, and where it is a conflict."""
        found = self._open()
        own = disjunction(where for outcome, where in self._own() if outcome is Outcome.CONFLICT)
        return found if own is False else together([found, {CARRIED: own}])

    def _open(self) -> Lacks:
        open_ = negation(disjunction(where for _, where in self._own()))
        return counted(open_, self.lacking()) if open_ is not False else {}


def concluded(made: Conditions, place: Place, conclusion: core.Conclusion) -> Concluded:
    """The columns of a conclusion."""
    found = _concluded(made, place, conclusion)
    return evolve(found, carries=_carries(made, place, _expressions(place, conclusion)))


def _carries(made: Conditions, place: Place, exprs: Iterable[core.Expr]) -> bool:
    """Whether a conclusion that they ask for can be a conflict."""
    names = {name for expr in exprs for name in place.decided_in(expr)}
    known = [made.found.get(name) for name in names]
    return any(one is None or one.clashes or one.carries for one in known)


def rests_on(place: Place, conclusion: core.Conclusion) -> list[str]:
    """The conclusions that its rules ask for."""
    names = (place.decided_in(expr) for expr in _expressions(place, conclusion))
    return sorted(frozenset().union(*names))


def _expressions(place: Place, conclusion: core.Conclusion) -> Iterator[core.Expr]:
    """All that its rules ask and give."""
    several: list[core.Expr | None] = []
    for name in conclusion.rules:
        body = place.scope().body(place.policy.rules[name])
        several.append(body.applies)
        for one in body.statements:
            several += [one.condition, one.result.value]
            several += [exception.condition for exception in one.exceptions]
    otherwise = otherwise_of(place.scope(), conclusion)
    several += [] if otherwise is None else [otherwise.value]
    yield from (one for one in several if one is not None)


def _concluded(made: Conditions, place: Place, conclusion: core.Conclusion) -> Concluded:
    speakers, applies = _speakers(made, place, conclusion)
    if conclusion.table:
        merged, rows = candidates_of(made, place, conclusion, speakers)
        merged = _merged([*merged, *_silent(made, place, conclusion, speakers, applies)])
        open_ = partial(_of_table, made, place, conclusion, rows, speakers, applies)
        return evolve(_settled(made, place, conclusion, merged), lacking=open_)
    lacking = partial(_lacking, made, place, conclusion, speakers, applies)
    state = speakers[0].state if len(speakers) == 1 else None
    if isinstance(applies, bool) and isinstance(state, Col):
        single = _single(made, place, conclusion, speakers[0], applies)
        if single is not None:
            return evolve(single, lacking=lacking)
    merged = _candidates(made, place, conclusion, speakers, applies)
    return evolve(_settled(made, place, conclusion, merged), lacking=lacking)


def _settled(
    made: Conditions, place: Place, conclusion: core.Conclusion, merged: Sequence[Candidate]
) -> Concluded:
    """Where each candidate is the only one."""
    kept = [Candidate(one.said, made.sheet.kept(one.possible)) for one in merged]
    only = tuple((one.said, made.sheet.kept(_only(place, one, kept))) for one in kept)
    may = tuple((one.said, one.possible) for one in kept)
    return _made(conclusion, only, may, any(one.said is CONFLICT for one in kept))


def defined(made: Conditions, place: Place, definition: core.Definition) -> Concluded:
    """A definition asked for by name: its value, as a rule would give it."""
    ref = core.DefinitionRef(definition.name, definition.type, span=definition.span)
    said = given(made, place, ref)
    lacking = partial(lacks_of, made, place, ref)
    only = ((said, True),)
    carries = _carries(made, place, [ref])
    return Concluded(definition.name, only, only, True, False, lacking, carries)


def _made(
    conclusion: core.Conclusion,
    only: tuple[tuple[Said, Truth], ...],
    may: tuple[tuple[Said, Truth], ...],
    clashes: bool,
) -> Concluded:
    gives = any(one.value is not None for one, _ in only)
    return Concluded(conclusion.name, only, may, gives, clashes)


def _single(
    made: Conditions, place: Place, conclusion: core.Conclusion, speaker: Speaker, applies: bool
) -> Concluded | None:
    """Of one statement alone: what comes of it where it speaks, and where it is silent."""
    only: list[tuple[Said, Truth]] = []
    may: list[tuple[Said, Truth]] = []
    for speaks, where in ((True, speaker.state), (False, negation(speaker.state))):
        alone = [evolve(speaker, state=True)] if speaks else []
        found = _candidates(made, place, conclusion, alone, applies)
        if len(found) != 1 or found[0].said.is_known is not True:
            return None
        only.append((found[0].said, certainly(where)))
        may.append((found[0].said, possibly(where)))
    if alike(place, only[0][0], only[1][0]) is not False:
        return None
    return _made(conclusion, tuple(only), tuple(may), clashes=False)


def _candidates(
    made: Conditions,
    place: Place,
    conclusion: core.Conclusion,
    speakers: Sequence[Speaker],
    applies: Truth,
) -> list[Candidate]:
    """Everything that may come of it, each once."""
    candidates = [Candidate(one.said, _wins(place, conclusion, one, speakers)) for one in speakers]
    candidates.append(Candidate(CONFLICT, _clash(place, conclusion, speakers)))
    candidates += _silent(made, place, conclusion, speakers, applies)
    return _merged(candidates)


def _speakers(
    made: Conditions, place: Place, conclusion: core.Conclusion
) -> tuple[list[Speaker], Truth]:
    """The statements that may speak, and whether a rule that overrides none applies."""
    over = {name for name, _ in conclusion.overrides}
    speakers: list[Speaker] = []
    applying: list[Truth] = []
    for name in conclusion.rules:
        rule = place.policy.rules[name]
        body = place.scope().body(rule)
        in_force = body.period.covers(place.day) and place.policy.period.covers(place.day)
        applies: Truth = in_force
        if in_force and body.applies is not None:
            applies = made.truth(place, body.applies)
        if name not in over:
            applying.append(applies)
        if applies is False:
            continue
        for at, one in enumerate(body.statements):
            state = made.sheet.kept(_state(made, place, one, applies))
            if state is not False:
                said = said_of(made, place, one.result)
                speakers.append(Speaker(name, state, said, one, body.applies, at))
    return speakers, disjunction(applying)


def _state(made: Conditions, place: Place, statement: core.Statement, applies: Truth) -> Truth:
    parts = [applies]
    if statement.condition is not None:
        parts.append(made.truth(place, statement.condition))
    for exception in statement.exceptions:
        parts.append(negation(made.truth(place, exception.condition)))
    return conjunction(parts)


def _over(conclusion: core.Conclusion, one: Speaker, others: Sequence[Speaker]) -> list[Speaker]:
    """Those whose rules override a statement's."""
    over = {name for name, under in conclusion.overrides if under == one.rule}
    return [other for other in others if other.rule in over]


def _wins(
    place: Place, conclusion: core.Conclusion, voice: Speaker, speakers: Sequence[Speaker]
) -> Truth:
    """Whether the outcome may be the statement's: those that agree with it speak."""
    same = {id(one): alike(place, one.said, voice.said) for one in speakers}
    speaking = {
        id(one): disjunction([one.certain, conjunction([one.possible, certainly(same[id(one)])])])
        for one in speakers
    }
    parts = [voice.possible]
    for one in speakers:
        differs = certainly(negation(same[id(one)]))
        if differs is False:
            continue
        given_way = disjunction(speaking[id(other)] for other in _over(conclusion, one, speakers))
        stands = conjunction([speaking[id(one)], negation(given_way), differs])
        parts.append(negation(stands))
    return conjunction(parts)


def _clash(place: Place, conclusion: core.Conclusion, speakers: Sequence[Speaker]) -> Truth:
    """Whether two may differ, neither over the other and neither certainly overridden."""
    found: list[Truth] = []
    for one, other in combinations(speakers, 2):
        ranked = {(one.rule, other.rule), (other.rule, one.rule)} & conclusion.overrides
        same = certainly(alike(place, one.said, other.said))
        if ranked or same is True:
            continue
        parts = [negation(same)]
        for each in (one, other):
            parts.append(each.possible)
            parts += [negation(over.certain) for over in _over(conclusion, each, speakers)]
        found.append(conjunction(parts))
    return disjunction(found)


def _silent(
    made: Conditions,
    place: Place,
    conclusion: core.Conclusion,
    speakers: Sequence[Speaker],
    applies: Truth,
) -> list[Candidate]:
    """What comes of it where no statement speaks."""
    silent = negation(disjunction(one.certain for one in speakers))
    said = said_of(made, place, otherwise_of(place.scope(), conclusion))
    return [
        Candidate(said, conjunction([silent, possibly(applies)])),
        Candidate(NOTHING, conjunction([silent, negation(certainly(applies))])),
    ]


# ---- what it turns on ----------------------------------------------------------------------


def _lacking(
    made: Conditions,
    place: Place,
    conclusion: core.Conclusion,
    speakers: Sequence[Speaker],
    applies: Truth,
) -> Lacks:
    """The missing facts of statements that may speak and are not overridden for certain, of the
    values that they give, and of whether the rules apply."""
    silent = negation(disjunction(one.certain for one in speakers))
    found: list[Lacks] = []
    for one in speakers:
        over = disjunction(other.certain for other in _over(conclusion, one, speakers))
        stands = made.sheet.kept(negation(over))
        asked = [one.applies, one.statement.condition]
        asked += [exception.condition for exception in one.statement.exceptions]
        below = together(lacks_of(made, place, expr) for expr in asked if expr is not None)
        found.append(counted(conjunction([unknown(one.state), stands]), below))
        value = one.statement.result.value
        if value is not None:
            given = lacks_of(made, place, value)
            found.append(counted(conjunction([one.possible, stands]), given))
        if one.applies is not None:
            doubt = conjunction([unknown(applies), silent])
            found.append(counted(doubt, lacks_of(made, place, one.applies)))
    found.append(_of_silence(made, place, conclusion, silent, applies))
    return together(found)


def _of_silence(
    made: Conditions, place: Place, conclusion: core.Conclusion, silent: Truth, applies: Truth
) -> Lacks:
    otherwise = otherwise_of(place.scope(), conclusion)
    if otherwise is None or otherwise.value is None:
        return {}
    may = conjunction([silent, possibly(applies)])
    return counted(may, lacks_of(made, place, otherwise.value))


def _of_table(
    made: Conditions,
    place: Place,
    conclusion: core.Conclusion,
    rows: Sequence[Row],
    speakers: Sequence[Speaker],
    applies: Truth,
) -> Lacks:
    silent = negation(disjunction(one.certain for one in speakers))
    silence = _of_silence(made, place, conclusion, silent, applies)
    return together([table_lacking(made, place, rows), silence])


# ---- the outcome ---------------------------------------------------------------------------


def _merged(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those that say the same, together; those that never are, left out."""
    found: list[tuple[Said, list[Truth]]] = []
    for one in candidates:
        if one.possible is False:
            continue
        for said, several in found:
            same = (said.outcome, said.wording) == (one.said.outcome, one.said.wording)
            if same and said.value == one.said.value and said.number is one.said.number:
                several.append(one.possible)
                break
        else:
            found.append((one.said, [one.possible]))
    return [Candidate(said, disjunction(several)) for said, several in found]


def _only(place: Place, one: Candidate, candidates: Sequence[Candidate]) -> Truth:
    """Where it is possible and nothing else is."""
    parts = [one.possible]
    for other in candidates:
        if other is not one:
            same = certainly(alike(place, one.said, other.said))
            parts.append(disjunction([negation(other.possible), same]))
    return conjunction(parts)


def outcome_column(
    outcomes: Sequence[tuple[Outcome, Truth]], dtype: IntoDType, valid: Truth
) -> Col:
    """The outcome as text; null where the facts are wrong."""
    named = [(outcome.value, where) for outcome, where in outcomes]
    return _named(named, Outcome.UNDETERMINED.value, dtype, valid)


def wording_column(words: Mapping[str, Truth], dtype: IntoDType, valid: Truth) -> Col:
    """The wording of a target by its key, `undetermined` where none is settled."""
    return _named(list(words.items()), "undetermined", dtype, valid)


def _named(
    named: Sequence[tuple[str, Truth]], otherwise: str, dtype: IntoDType, valid: Truth
) -> Col:
    def word(name: str | None) -> nw.Expr:
        return nw.lit(name, dtype=dtype)

    result = word(otherwise)
    level = level_of(valid)
    for name, where in named:
        if where is True:
            result = word(name)
        elif isinstance(where, Col):
            result = nw.when(where.expr).then(word(name)).otherwise(result)
            level = max(level, where.level)
    if isinstance(valid, Col):
        result = nw.when(valid.expr).then(result).otherwise(word(None))
    return Col(result, level)

"""What rules and tables decide, as terms: for each way that a conclusion can come out, where it
certainly does.

A statement speaks where its condition is so and none of its exceptions is; of those that speak,
those overridden by one that speaks give way.  Where every condition is known, one of the ways is
certain; where some are not, none may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.interpreter.conclusions import otherwise_of
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.symbolic import terms, values
from vocpolicy.symbolic.terms import ONE, ZERO, Bool
from vocpolicy.symbolic.unsupported import UnsupportedError
from vocpolicy.symbolic.values import Made, Truth, Value

if TYPE_CHECKING:
    from vocpolicy.symbolic.translator import Translator

DECIDED, SILENT, CONFLICT = "decided", "not_applicable", "conflict"


@frozen(eq=False)
class Decision:
    """
    Attributes:
        type: of what is decided.
        ways: by wording, where it certainly comes out so.
        value: what is given where it comes out as decided.
    """

    type: core.Type
    ways: Mapping[str, Bool]
    value: Made | None = None


@frozen(eq=False)
class _Line:
    """A statement: its rule, whether that applies, whether it speaks, and what it says."""

    rule: str
    applies: Truth
    speaks: Truth
    said: _Said


@frozen(eq=False)
class _Said:
    """A wording, and the value that is given with it."""

    wording: str
    value: Made | None = None

    def same(self, other: _Said) -> Truth:
        """Whether two statements say the same."""
        if self.wording != other.wording or (self.value is None) != (other.value is None):
            return values.FALSE
        if self.value is None or other.value is None:
            return values.TRUE
        return values.equal(self.value, other.value)

    @property
    def known(self) -> Bool:
        return True if self.value is None else _known(self.value)


def decide(translator: Translator, conclusion: core.Conclusion) -> Decision:
    """How a conclusion comes out, for the entity of the translator.

    Raises:
        UnsupportedError: something in it has no terms.
    """
    lines = list(_lines(translator, conclusion))
    table = translator.scope.policy.tables.get(conclusion.table) if conclusion.table else None
    silent = terms.every(line.speaks.fails for line in lines)
    said = _say(translator, otherwise_of(translator.scope, conclusion))
    applies = _applies(conclusion, lines)
    ways: dict[str, list[Bool]] = {}
    given: list[tuple[Bool, Made]] = []
    _tell(ways, given, said, terms.every((silent, applies.yes, said.known)))
    ways.setdefault(SILENT, []).append(terms.every((silent, applies.fails)))
    if table is None:
        _by_rules(conclusion, lines, ways, given)
    else:
        _by_table(table, lines, ways, given)
    joined = {wording: terms.some(several) for wording, several in ways.items()}
    return Decision(conclusion.type, joined, _chosen(given))


def _tell(
    ways: dict[str, list[Bool]], given: list[tuple[Bool, Made]], said: _Said, so: Bool
) -> None:
    ways.setdefault(said.wording, []).append(so)
    if said.value is not None:
        given.append((so, said.value))


def _chosen(given: Sequence[tuple[Bool, Made]]) -> Made | None:
    """The value that is given where its condition is so; of several conditions one is."""
    if not given:
        return None
    if all(isinstance(value, Truth) and value.total for _, value in given):
        truths = [(so, value) for so, value in given if isinstance(value, Truth)]
        yes = [terms.every((so, value.yes)) for so, value in truths]
        return Truth(terms.some(yes))
    found = values.as_value(given[-1][1])
    for so, value in given[-2::-1]:
        found = values.pick(so, values.as_value(value), found)
    return found


def _known(made: Made) -> Bool:
    if isinstance(made, Value):
        return made.known
    return True if made.total else terms.some((made.yes, made.fails))


# ---- statements ----------------------------------------------------------------------------------


def _lines(translator: Translator, conclusion: core.Conclusion) -> Iterator[_Line]:
    """The statements; those of a rule that is not in force never speak."""
    scope = translator.scope
    for name in conclusion.rules:
        body = scope.body(scope.policy.rules[name])
        in_force = body.period.covers(scope.day) and scope.policy.period.covers(scope.day)
        if not in_force:
            silent = _Line(name, values.FALSE, values.FALSE, _Said(SILENT))
            yield from (silent for _ in body.statements)
            continue
        applies = values.TRUE if body.applies is None else translator.truth(body.applies)
        for statement in body.statements:
            asked = [applies, *_asked(translator, statement)]
            yield _Line(name, applies, values.every(asked), _say(translator, statement.result))


def _asked(translator: Translator, statement: core.Statement) -> Iterator[Truth]:
    if statement.condition is not None:
        yield translator.truth(statement.condition)
    for exception in statement.exceptions:
        yield values.negation(translator.truth(exception.condition))


def _say(translator: Translator, result: core.Result | None) -> _Said:
    if result is not None and result.wording is not None:
        return _Said(result.wording)
    if result is not None and result.value is not None:
        return _Said(DECIDED, translator.made(result.value))
    return _Said(SILENT)


def _applies(conclusion: core.Conclusion, lines: Iterable[_Line]) -> Truth:
    """Whether a rule that overrides none applies: to it `otherwise` belongs."""
    over = {name for name, _ in conclusion.overrides}
    return values.some([line.applies for line in lines if line.rule not in over])


# ---- rules ---------------------------------------------------------------------------------------


def _by_rules(
    conclusion: core.Conclusion,
    lines: Sequence[_Line],
    ways: dict[str, list[Bool]],
    given: list[tuple[Bool, Made]],
) -> None:
    stands = [_standing(conclusion, line, lines) for line in lines]
    for line, (sure, _) in zip(lines, stands, strict=True):
        others = [
            _not_against(line, other, may)
            for other, (_, may) in zip(lines, stands, strict=True)
            if other is not line
        ]
        _tell(ways, given, line.said, terms.every((sure, line.said.known, *others)))
    for (one, (first, _)), (other, (second, _)) in combinations(zip(lines, stands, strict=True), 2):
        apart = one.said.same(other.said).fails
        ways.setdefault(CONFLICT, []).append(terms.every((first, second, apart)))


def _not_against(line: _Line, other: _Line, may: Bool) -> Bool:
    """That another statement is silent, gives way, or says the same."""
    return terms.some((terms.no(may), line.said.same(other.said).yes))


def _standing(
    conclusion: core.Conclusion, line: _Line, lines: Sequence[_Line]
) -> tuple[Bool, Bool]:
    """Where a statement certainly speaks and does not give way, and where it may."""
    over = {name for name, under in conclusion.overrides if under == line.rule}
    above = [other.speaks for other in lines if other.rule in over]
    sure = terms.every((line.speaks.yes, *(other.fails for other in above)))
    may = terms.every((terms.no(line.speaks.fails), *(terms.no(other.yes) for other in above)))
    return sure, may


# ---- tables --------------------------------------------------------------------------------------


def _by_table(
    table: core.Table,
    rows: Sequence[_Line],
    ways: dict[str, list[Bool]],
    given: list[tuple[Bool, Made]],
) -> None:
    ordered = [rows[place] for place in table.order]
    match table.policy:
        case "first" | "priority":
            for place, row in enumerate(ordered):
                before = (other.speaks.fails for other in ordered[:place])
                so = terms.every((row.speaks.yes, row.said.known, *before))
                _tell(ways, given, row.said, so)
        case "unique" | "any":
            _matching(table.policy == "unique", ordered, ways, given)
        case _:
            _collected(table.collect, rows, ways, given)


def _matching(
    unique: bool,
    rows: Sequence[_Line],
    ways: dict[str, list[Bool]],
    given: list[tuple[Bool, Made]],
) -> None:
    """One row at most matches, or those that match agree."""
    for row in rows:
        others = [
            terms.some((other.speaks.fails, False if unique else row.said.same(other.said).yes))
            for other in rows
            if other is not row
        ]
        _tell(ways, given, row.said, terms.every((row.speaks.yes, row.said.known, *others)))
    for one, other in combinations(rows, 2):
        apart = True if unique else one.said.same(other.said).fails
        ways.setdefault(CONFLICT, []).append(terms.every((one.speaks.yes, other.speaks.yes, apart)))


def _collected(
    collect: str,
    rows: Sequence[_Line],
    ways: dict[str, list[Bool]],
    given: list[tuple[Bool, Made]],
) -> None:
    """The outputs of all rows that match, together; `not applicable` adds nothing."""
    giving = [
        (row.speaks, values.as_value(row.said.value)) for row in rows if row.said.value is not None
    ]
    if collect not in ("sum", "count", "least", "most") or any(
        value.none is not False for _, value in giving
    ):
        raise UnsupportedError("collect")
    known = terms.every(
        terms.some((speaks.fails, terms.every((speaks.yes, value.known))))
        for speaks, value in giving
    )
    some = terms.every((known, terms.some(speaks.yes for speaks, _ in giving)))
    mute = [row.speaks for row in rows if row.said.value is None]
    none = terms.every(speaks.fails for speaks, _ in giving)
    _tell(ways, given, _Said(DECIDED, _together(collect, giving)), some)
    ways.setdefault(SILENT, []).append(
        terms.every((none, terms.some(speaks.yes for speaks in mute)))
    )


def _together(collect: str, giving: Sequence[tuple[Truth, Value]]) -> Value:
    if collect in ("sum", "count"):
        zero = Value(ZERO)
        added = [
            values.pick(speaks.yes, Value(ONE) if collect == "count" else value, zero)
            for speaks, value in giving
        ]
        return evolve(reduce(values.add, added, zero), known=True)
    best = giving[0][1]
    begun = giving[0][0].yes
    better = values.smaller if collect == "least" else values.larger
    for speaks, value in giving[1:]:
        joined = values.pick(begun, better(best, value), value)
        best = values.pick(speaks.yes, joined, best)
        begun = terms.some((begun, speaks.yes))
    return evolve(best, known=True)


# ---- as others see it ----------------------------------------------------------------------------


def answer(decision: Decision) -> Made:
    """A conclusion as other rules read it: true where it holds, or its value; where it does not
    apply false, or `none`."""
    silent = decision.ways.get(SILENT, False)
    decided = decision.ways.get(DECIDED, False)
    if isinstance(decision.type, core.YesNoType):
        yes = [so for word, so in _worded(decision, Outcome.HOLDS)]
        no = [so for word, so in _worded(decision, Outcome.FAILS)] + [silent]
        if decision.value is not None:
            given = values.as_truth(decision.value)
            yes.append(terms.every((decided, given.yes)))
            no.append(terms.every((decided, given.fails)))
        return Truth(terms.some(yes), terms.some(no))
    given_value = values.NONE if decision.value is None else values.as_value(decision.value)
    known = terms.some((terms.every((decided, given_value.known)), silent))
    return evolve(given_value, none=terms.some((silent, given_value.none)), known=known)


def _worded(decision: Decision, outcome: Outcome) -> Iterator[tuple[str, Bool]]:
    for word, so in decision.ways.items():
        if word != DECIDED and WORDS[word].outcome is outcome:
            yield word, so


def apart(one: Decision, other: Decision, *, conflicts: bool = False) -> Truth:
    """Where two decisions certainly come out differently, and where not; a conflict is neither,
    unless `conflicts` says that it is an outcome like others."""
    differ: list[Bool] = []
    agree: list[Bool] = []
    for word, so in one.ways.items():
        for second, too in other.ways.items():
            if CONFLICT in (word, second) and not conflicts:
                continue
            both = terms.every((so, too))
            if word != second:
                differ.append(both)
            elif word == DECIDED and one.value is not None and other.value is not None:
                same = values.equal(one.value, other.value)
                differ.append(terms.every((both, same.fails)))
                agree.append(terms.every((both, same.yes)))
            else:
                agree.append(both)
    return Truth(terms.some(differ), terms.some(agree))

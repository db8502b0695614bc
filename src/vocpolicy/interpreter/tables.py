"""What a decision table comes to: which rows match, which of them count, and what is still open.

A row matches where all its cells do.  No row: the table's `otherwise`, else not applicable.
Where inputs are missing, every row that may match gives a possible output; two rows that no case
can match at once (`vocpolicy.core.apart`) never clash.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations

from attrs import frozen

from vocpolicy import core
from vocpolicy.interpreter import aggregates, values
from vocpolicy.interpreter.conclusions import (
    Voice,
    alike,
    base_rules_apply,
    concluded,
    decide_conclusion,
    doubts_of,
    silences,
    statements_of,
    steps_of,
    voices_of,
)
from vocpolicy.interpreter.scope import Scope
from vocpolicy.interpreter.steps import NOTHING, combine, latest
from vocpolicy.outcome import Outcome
from vocpolicy.trace import (
    UNKNOWN,
    Answer,
    ConclusionTrace,
    Possible,
    Step,
    TableTrace,
    Unknown,
)

CONFLICT = Possible(Outcome.CONFLICT, "conflict")

# What the interpreter's aggregates call the ways to collect.
_AGGREGATES = {"sum": "total", "count": "count", "least": "least", "most": "most"}


@frozen
class Matches:
    """The rows of a table for one case.

    Attributes:
        certain, doubtful: rows that match, and rows that may, in the order in which they are
            taken, up to the one that decides where the order does.
        outranked: rows that match after that one.
    """

    table: core.Table
    certain: tuple[Voice, ...]
    doubtful: tuple[Voice, ...]
    outranked: tuple[Voice, ...] = ()

    @property
    def counting(self) -> tuple[Voice, ...]:
        """Rows that count or may count: those before the one that certainly decides first."""
        return (*self.doubtful, *self.certain)


def decide_provided(scope: Scope, conclusion: core.Conclusion) -> ConclusionTrace:
    """How a conclusion comes out, whether rules decide it or a table."""
    if conclusion.table:
        return decide_table(scope, conclusion, scope.policy.tables[conclusion.table])
    return decide_conclusion(scope, conclusion)


def decide_table(scope: Scope, conclusion: core.Conclusion, table: core.Table) -> ConclusionTrace:
    """How an output of a table comes out."""
    statements = tuple(statements_of(scope, conclusion))
    voices = tuple(voices_of(scope, statements))
    matches = matches_of(table, voices)
    applies = base_rules_apply(conclusion, statements)
    silence = [] if matches.certain else silences(scope, conclusion, applies)
    outcomes, result = outcomes_of(conclusion, matches)
    results = [voice.result for voice in matches.counting if voice.result]
    results += [step for _, step in silence if step]
    looked_at = _looked_at(table, matches)
    asked = [step for place in looked_at for step in steps_of(statements[place])] + results
    trace = ConclusionTrace(
        conclusion,
        statements,
        tuple(each_once([*outcomes, *(possible for possible, _ in silence)])),
        spoke=tuple(voice.place for voice in matches.certain),
        otherwise=not voices and applies is True,
        outcome=Outcome.UNDETERMINED,
        wording="undetermined",
        used=NOTHING.union(*(step.used for step in asked)),
        observed=latest(step.observed for step in asked),
        table=_traced(table, matches, looked_at, statements_in_force=applies is not False),
    )
    doubts = [step for voice in matches.counting for step in doubts_of(voice)]
    doubts += [step for _, step in silence if step]
    if result is None and silence:
        result = silence[0][1]
    return concluded(trace, [step for step in doubts if isinstance(step.answer, Unknown)], result)


# ---- which rows count ------------------------------------------------------------------------


def matches_of(table: core.Table, voices: Sequence[Voice]) -> Matches:
    by_row = {voice.place: voice for voice in voices}
    ordered = [by_row[place] for place in table.order if place in by_row]
    if table.ranked:
        first = next((at for at, voice in enumerate(ordered) if voice.speaks), len(ordered))
        before, decides, after = ordered[:first], ordered[first : first + 1], ordered[first + 1 :]
        outranked = tuple(voice for voice in after if voice.speaks)
        return Matches(table, tuple(decides), tuple(before), outranked)
    certain = tuple(voice for voice in ordered if voice.speaks)
    doubtful = [voice for voice in ordered if not voice.speaks]
    if table.policy != "collect":
        # Beside a row that matches, one that no case can match with it does not.
        doubtful = [one for one in doubtful if not any(_apart(table, one, c) for c in certain)]
    return Matches(table, certain, tuple(doubtful))


def _apart(table: core.Table, one: Voice, other: Voice) -> bool:
    return core.apart(table.rows[one.place], table.rows[other.place])


def _looked_at(table: core.Table, matches: Matches) -> tuple[int, ...]:
    """Rows that had to be looked at: all, or those up to the one that decides."""
    if not table.ranked or not matches.certain:
        return table.order
    return table.order[: table.order.index(matches.certain[0].place) + 1]


def _traced(
    table: core.Table, matches: Matches, looked_at: Iterable[int], statements_in_force: bool
) -> TableTrace:
    counting = {voice.place for voice in matches.counting}
    return TableTrace(
        table,
        tuple(voice.place for voice in matches.certain),
        tuple(voice.place for voice in matches.doubtful),
        tuple(one for one in looked_at if one not in counting) if statements_in_force else (),
        tuple(voice.place for voice in matches.outranked),
    )


# ---- what comes of them ----------------------------------------------------------------------


def outcomes_of(
    conclusion: core.Conclusion, matches: Matches
) -> tuple[list[Possible], Step | None]:
    """What may come of the rows that count, and the step of the value."""
    policy = matches.table.policy
    if policy == "collect":
        return _collected(conclusion, matches)
    certain, doubtful = matches.certain, matches.doubtful
    result = next((voice.result for voice in (*certain, *doubtful) if voice.result), None)
    if policy in ("first", "priority"):
        return [voice.possible for voice in (*doubtful, *certain)], result
    unique = policy == "unique"
    if any(unique or _differ(*pair) for pair in combinations(certain, 2)):
        return [CONFLICT], None
    clash = any(_may_clash(matches, unique, *pair) for pair in combinations(matches.counting, 2))
    winners = certain[:1] if certain else doubtful
    return [voice.possible for voice in winners] + ([CONFLICT] if clash else []), result


def _differ(one: Voice, other: Voice) -> bool:
    return alike(one.possible, other.possible) is False


def _may_clash(matches: Matches, unique: bool, one: Voice, other: Voice) -> bool:
    """Whether some case matches both rows, and they may then not both stand."""
    settled = unique or alike(one.possible, other.possible) is not True
    return settled and not _apart(matches.table, one, other)


def each_once(outcomes: Iterable[Possible]) -> list[Possible]:
    seen: list[Possible] = []
    for possible in outcomes:
        if not any(alike(possible, other) for other in seen):
            seen.append(possible)
    return seen


def _collected(conclusion: core.Conclusion, matches: Matches) -> tuple[list[Possible], Step | None]:
    """The outputs of all rows that match, together; `not applicable` adds nothing."""
    giving = [voice for voice in matches.counting if voice.result]
    giving.sort(key=lambda voice: voice.place)
    if not giving:
        return [voice.possible for voice in matches.counting[:1]], None
    answer = _together(matches.table.collect, giving)
    reference = core.ConclusionRef(conclusion.name, conclusion.type, span=conclusion.span)
    step = combine(reference, answer, [voice.result for voice in giving if voice.result])
    outcomes = [Possible(Outcome.HOLDS, "decided", None, answer)]
    if not any(voice.speaks for voice in giving) and len(giving) < len(matches.counting):
        outcomes.append(Possible(Outcome.NOT_APPLICABLE, "not_applicable"))
    return outcomes, step


def _together(collect: str, giving: Sequence[Voice]) -> Answer:
    rows = [
        aggregates.Row(voice.speaks, value=voice.result.answer)
        for voice in giving
        if voice.result is not None
    ]
    if collect == "list":
        answers = [row.value for row in rows]
        known = tuple(answer for answer in answers if not isinstance(answer, Unknown))
        return known if len(known) == len(rows) and all(row.counts for row in rows) else UNKNOWN
    answer = aggregates.aggregate(_AGGREGATES[collect], rows, rows[0].value)
    if collect == "count" and isinstance(answer, Unknown):
        return values.clip(answer, Fraction(1), None)  # of no row at all nothing is counted
    return answer

"""Checks of rules: what can never be, always is, changes nothing, or contradicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, permutations

from attrs import evolve

from vocpolicy import core
from vocpolicy.analysis.conditions import (
    FALSE,
    STRICT,
    TRUE,
    Line,
    comparisons,
    differ,
    every,
    lines_of,
    no,
    removable,
    replaced,
)
from vocpolicy.analysis.places import Place, Problem, named, quoted
from vocpolicy.analysis.questions import Ground, Reply, ask, condition
from vocpolicy.analysis.words import PIECES
from vocpolicy.core import Expr

Check = Callable[[Place, core.Conclusion], Iterator[Problem]]


def _asked(place: Place, line: Line, expr: Expr) -> Reply:
    ground = _ground(place, line)
    return Reply(None, True) if ground is None else ask(ground, condition(expr))


def _ground(place: Place, *lines: Line) -> Ground | None:
    """Where statements can be asked about together; None where no day has them all in force."""
    day = place.within(*(line.body.period for line in lines))
    return None if day is None else place.ground(day, lines[0].rule.entity)


def dead_rules(place: Place, conclusion: core.Conclusion) -> Iterator[Problem]:
    for line in lines_of(place.policy, conclusion):
        reply = _asked(place, line, line.asked)
        if reply.never:
            yield _of(place, "dead", line)
        elif not reply.settled:
            yield _open(place, reply, line, seeking=False)


def constant_rules(place: Place, conclusion: core.Conclusion) -> Iterator[Problem]:
    for line in lines_of(place.policy, conclusion):
        asked = line.statement.condition
        if asked is None:
            continue
        reply = _asked(place, line, every(line.body.applies, no(asked)))
        if reply.never and not _asked(place, line, line.asked).never:
            yield _of(place, "constant", line)
        elif not reply.settled:
            yield _open(place, reply, line, seeking=False)


def vacuous_conditions(place: Place, conclusion: core.Conclusion) -> Iterator[Problem]:
    for line in lines_of(place.policy, conclusion):
        if _asked(place, line, line.speaks).never:
            continue
        for part, neutral in _parts(line):
            whole = line.speaks
            reply = _asked(place, line, differ(whole, replaced(whole, part, neutral)))
            if reply.never:
                yield _of(place, "vacuous", line, part)
            elif not reply.settled:
                yield _open(place, reply, line, part, seeking=False)


def _parts(line: Line) -> Iterator[tuple[Expr, Expr]]:
    yield from removable(line.body.applies)
    yield from removable(line.statement.condition)
    for exception in line.statement.exceptions:
        yield from removable(exception.condition)


def exceptions_reachable(place: Place, conclusion: core.Conclusion) -> Iterator[Problem]:
    for line, exception in _exceptions(place, conclusion):
        so = every(line.without(exception), exception.condition)
        reply = _asked(place, line, so)
        if reply.never:
            yield _of(place, "unreachable", line, exception.condition)
        elif not reply.settled:
            yield _open(place, reply, line, exception.condition, seeking=False)


def exceptions_leaving(place: Place, conclusion: core.Conclusion) -> Iterator[Problem]:
    for line, exception in _exceptions(place, conclusion):
        if _asked(place, line, line.without(exception)).never:
            continue
        reply = _asked(place, line, line.speaks)
        if reply.never:
            yield _of(place, "swallowing", line, exception.condition)
        elif not reply.settled:
            yield _open(place, reply, line, exception.condition, seeking=False)


def _exceptions(place: Place, conclusion: core.Conclusion) -> Iterator[tuple[Line, core.Except]]:
    for line in lines_of(place.policy, conclusion):
        for exception in line.statement.exceptions:
            yield line, exception


def boundaries(place: Place, conclusion: core.Conclusion) -> Iterator[Problem]:
    for line in lines_of(place.policy, conclusion):
        exprs = (line.statement.condition, *(one.condition for one in line.statement.exceptions))
        for compared in [one for expr in exprs for one in comparisons(expr)]:
            if _idle(place, line, compared):
                continue
            other = evolve(compared, operator=STRICT[compared.operator])
            whole = line.speaks
            reply = _asked(place, line, differ(whole, replaced(whole, compared, other)))
            if reply.never:
                included = compared.operator in ("at_most", "at_least")
                change = PIECES["without" if included else "with"]
                args = {"what": named(line), "part": quoted(compared), "change": change}
                names = (line.rule.name,)
                yield place.violated("boundary", args, names, line.citations, span=compared.span)
            elif not reply.settled:
                yield _open(place, reply, line, compared, seeking=False)


def _idle(place: Place, line: Line, compared: Expr) -> bool:
    """Whether a comparison changes nothing, as is said elsewhere."""
    ways = (replaced(line.speaks, compared, fixed) for fixed in (TRUE, FALSE))
    return any(_asked(place, line, differ(line.speaks, way)).never for way in ways)


# ---- two statements --------------------------------------------------------------------------


def conflicts(place: Place, conclusion: core.Conclusion) -> Iterator[Problem]:
    lines = lines_of(place.policy, conclusion)
    for one, other in combinations(lines, 2):
        pair = {(one.rule.name, other.rule.name), (other.rule.name, one.rule.name)}
        apart = _saying_different(one, other)
        if pair & conclusion.overrides or apart is None:
            continue
        ground = _ground(place, one, other)
        if ground is None:
            continue
        if ask(ground, condition(every(one.speaks, other.speaks))).never:
            continue
        silent = [no(over.speaks) for over in _over(conclusion, lines, one, other, ground)]
        reply = ask(ground, condition(every(one.speaks, other.speaks, apart, *silent)))
        names = (one.rule.name, other.rule.name)
        if reply.found is not None:
            args = {"what": named(one), "other": named(other)}
            cited = (*one.citations, *other.citations)
            span = other.statement.span
            yield place.violated("conflict", args, names, cited, reply.found, span)
        elif not reply.settled:
            yield place.open(reply, names, other.statement.span, day=ground.day)


def _over(
    conclusion: core.Conclusion, lines: list[Line], one: Line, other: Line, ground: Ground
) -> Iterator[Line]:
    """Statements of rules that would silence one of two."""
    pair = (one.rule.name, other.rule.name)
    over = {name for name, under in conclusion.overrides if under in pair}
    for line in lines:
        if line.rule.name in over and line.body.period.covers(ground.day):
            yield line


def _saying_different(one: Line, other: Line) -> Expr | None:
    """The condition under which two statements say different things; None: they never do."""
    left, right = one.statement.result, other.statement.result
    if left.value is not None and right.value is not None:
        return None if left.value == right.value else no(core.Equal(left.value, right.value))
    if left.wording == right.wording and left.value is right.value:
        return None
    return every()


def redundant_rules(place: Place, conclusion: core.Conclusion) -> Iterator[Problem]:
    lines = lines_of(place.policy, conclusion)
    told: set[frozenset[int]] = set()
    for (at, one), (beside, other) in permutations(list(enumerate(lines)), 2):
        same = one.statement.result == other.statement.result
        ground = _ground(place, one, other) if same else None
        covered = _covers(other.body.period, one.body.period)
        if ground is None or not covered or frozenset((at, beside)) in told:
            continue
        if ask(ground, condition(one.speaks)).never:
            continue
        reply = ask(ground, condition(every(one.speaks, no(other.speaks))))
        names = (one.rule.name, other.rule.name)
        if reply.never:
            told.add(frozenset((at, beside)))
            args = {"what": named(one), "other": named(other)}
            cited = (*one.citations, *other.citations)
            yield place.violated("redundant", args, names, cited, span=one.statement.span)
        elif not reply.settled:
            yield place.open(reply, names, one.statement.span, seeking=False, day=ground.day)


def _covers(one: core.Period, other: core.Period) -> bool:
    """Whether one period runs whenever the other does."""
    begins = one.start is None or (other.start is not None and one.start <= other.start)
    return begins and (one.end is None or (other.end is not None and other.end <= one.end))


# ---- what is reported ------------------------------------------------------------------------


def _of(place: Place, key: str, line: Line, part: Expr | None = None) -> Problem:
    args = {"what": named(line)} | ({} if part is None else {"part": quoted(part)})
    span = line.statement.span if part is None else part.span
    return place.violated(key, args, (line.rule.name,), line.citations, span=span)


def _open(
    place: Place, reply: Reply, line: Line, part: Expr | None = None, seeking: bool = True
) -> Problem:
    span = line.statement.span if part is None else part.span
    day = place.within(line.body.period)
    return place.open(reply, (line.rule.name,), span, seeking, day)


RULE_CHECKS: dict[str, Check] = {
    "no_dead_rule": dead_rules,
    "no_constant_rule": constant_rules,
    "no_vacuous_condition": vacuous_conditions,
    "exception_reachable": exceptions_reachable,
    "exception_leaves_rule": exceptions_leaving,
    "no_conflict": conflicts,
    "no_redundant_rule": redundant_rules,
    "boundary_observable": boundaries,
}
"""Checks of a conclusion that rules decide, by property."""

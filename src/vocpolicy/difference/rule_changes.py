"""What is said otherwise in rules, in what they decide, and in the rows of tables."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TypeAlias

from vocpolicy import core
from vocpolicy.core import Labels
from vocpolicy.difference.changes import (
    Change,
    Pen,
    itself,
    numbered,
    reading_names,
    reading_place,
)
from vocpolicy.difference.expressions import aligned, cited_within
from vocpolicy.difference.meaning import bare, same
from vocpolicy.difference.phrasing import NOTHING, Voice, joined, text, wording
from vocpolicy.difference.words import PLACES
from vocpolicy.source import NOWHERE


def of_rule(pen: Pen, old: core.Rule, new: core.Rule) -> Iterator[Change]:
    yield from pen.said("decides", old.conclusion, new.conclusion, text)
    for name in [one for one in new.bodies if one in old.bodies]:
        here = pen.at(reading_place(new, name), new.bodies[name].citations, NOWHERE)
        yield from _of_body(here, old.bodies[name], new.bodies[name])
    yield from reading_names(pen, old, new)


def _of_body(pen: Pen, old: core.RuleBody, new: core.RuleBody) -> Iterator[Change]:
    yield from pen.periods(old.period, new.period)
    yield from pen.conditions("applies", old.applies, new.applies)
    several = len(old.statements) > 1 or len(new.statements) > 1
    for one, other in aligned(old.statements, new.statements, bare, _likeness):
        kept = other or one
        assert kept is not None
        among = new.statements if other is not None else old.statements
        place = numbered("statement", among.index(kept) + 1) if several else NOTHING
        yield from _of_statement(pen.at(place, kept.citations, kept.span), one, other)
    yield from pen.each("note", old.notes, new.notes, itself)
    yield from pen.sources(old.citations, new.citations, (old.assumptions, new.assumptions))


def _likeness(statement: core.Statement) -> Hashable:
    likeness: Hashable = bare(statement.result)
    return likeness


def _of_statement(
    pen: Pen, old: core.Statement | None, new: core.Statement | None
) -> Iterator[Change]:
    one, other = pen.sides.voices(pen.entity)
    if old is None or new is None:
        before = NOTHING if old is None else statement_text(one, old)
        now = NOTHING if new is None else statement_text(other, new)
        yield pen.row("statement", before, now)
        return
    if isinstance(old.result.value, core.Expr) and isinstance(new.result.value, core.Expr):
        yield from pen.conditions("result", old.result.value, new.result.value)
    elif not same(old.result, new.result):
        yield pen.row("result", one.result(old.result), other.result(new.result))
    yield from pen.conditions("condition", old.condition, new.condition)
    for left, right in aligned(old.exceptions, new.exceptions, bare, lambda _: ""):
        yield from _of_exception(pen, left, right)
    yield from pen.said("because", old.because or NOTHING, new.because or NOTHING, itself)
    cited = [(*one.citations, *cited_within(one.condition, one.result.value)) for one in (old, new)]
    yield from pen.sources(cited[0], cited[1], (old.assumptions, new.assumptions))


def _of_exception(pen: Pen, old: core.Except | None, new: core.Except | None) -> Iterator[Change]:
    kept = new or old
    assert kept is not None
    here = pen.at(NOTHING, kept.citations, kept.span)
    one, other = pen.sides.voices(pen.entity)
    if old is None or new is None:
        before = NOTHING if old is None else one.condition(old.condition)
        now = NOTHING if new is None else other.condition(new.condition)
        yield here.row("exception", before, now)
        return
    yield from here.conditions("exception", old.condition, new.condition)
    yield from here.said("because", old.because or NOTHING, new.because or NOTHING, itself)
    yield from here.sources(old.citations, new.citations, (old.assumptions, new.assumptions))


def statement_text(voice: Voice, statement: core.Statement) -> Labels:
    """A statement on one line: what it concludes, and when."""
    result = voice.result(statement.result)
    if statement.condition is None:
        return result
    condition, row = voice.condition(statement.condition), PLACES["when"]
    return Labels(
        row.en.format(result=result.get("en"), condition=condition.get("en")),
        row.zh.format(result=result.get("zh"), condition=condition.get("zh")),
    )


def of_conclusion(pen: Pen, old: core.Conclusion, new: core.Conclusion) -> Iterator[Change]:
    """What is said of a conclusion beside its rules."""
    one, other = pen.sides.voices(pen.entity)
    if not (old.implied and new.implied) and not same(old.otherwise, new.otherwise):
        yield pen.row("otherwise", _silent(one, old), _silent(other, new))
    kept = {*old.rules} & {*new.rules}

    def pairs(conclusion: core.Conclusion) -> list[tuple[str, str]]:
        return sorted(pair for pair in conclusion.overrides if kept.issuperset(pair))

    def over(pair: tuple[str, str]) -> Labels:
        row = PLACES["over"]
        return Labels(row.en.format(*pair), row.zh.format(*pair))

    yield from pen.each("overrides", pairs(old), pairs(new), over)


def _silent(voice: Voice, conclusion: core.Conclusion) -> Labels:
    if conclusion.otherwise is None:
        return wording("not_applicable")
    return voice.result(conclusion.otherwise)


# ---- tables --------------------------------------------------------------------------------------


def of_table(pen: Pen, old: core.Table, new: core.Table) -> Iterator[Change]:
    """The rows, side by side: those of the same cells are one row."""
    yield from pen.said("hit_policy", _hit(old), _hit(new), text)
    yield from pen.each("output", old.outputs, new.outputs, text)
    one, other = pen.sides.voices(pen.entity)
    voices = one, other
    tables = old, new
    rows = [_rows(voice.policy, table) for voice, table in zip(voices, tables, strict=True)]
    for before, now in aligned(rows[0], rows[1], bare, lambda row: bare(row[0].cells)):
        kept = now or before
        assert kept is not None
        number = (rows[1] if now is not None else rows[0]).index(kept) + 1
        citations = tuple(cite for statement in kept[1] for cite in statement.citations)
        here = pen.at(numbered("row", number), tuple(dict.fromkeys(citations)), kept[0].span)
        if before is not None and now is not None and same(before[0].cells, now[0].cells):
            yield from _of_results(here, before, now)
        elif before is None or now is None or not same(before, now):
            told = (
                NOTHING if before is None else row_text(one, old, before),
                NOTHING if now is None else row_text(other, new, now),
            )
            yield here.row("row", *told, figure=_one_shape(before, now))


def _of_results(pen: Pen, old: Row, new: Row) -> Iterator[Change]:
    """What comes of a row whose cells are the same."""
    one, other = pen.sides.voices(pen.entity)
    if not same(old[1], new[1]):
        here = pen.at(cells_text(other, new), (), NOWHERE)
        yield here.row("row", results_text(one, old), results_text(other, new), figure=True)
    cited = [tuple(cite for row in side[1] for cite in row.citations) for side in (old, new)]
    yield from pen.sources(tuple(dict.fromkeys(cited[0])), tuple(dict.fromkeys(cited[1])))


Row: TypeAlias = tuple[core.TableRow, tuple[core.Statement, ...]]
"""The cells of a row, and what each output makes of it."""


def _hit(table: core.Table) -> str:
    return f"{table.policy} {table.collect}".strip()


def _rows(policy: core.Policy, table: core.Table) -> list[Row]:
    found = []
    for place, row in enumerate(table.rows):
        statements = []
        for name in table.outputs:
            rule = policy.rules[policy.conclusions[name].rules[0]]
            statements.append(rule.bodies[rule.in_use].statements[place])
        found.append((row, tuple(statements)))
    return found


def _one_shape(before: Row | None, now: Row | None) -> bool:
    """Whether only figures differ."""
    if before is None or now is None:
        return False
    cells = zip(before[0].cells, now[0].cells, strict=False)
    kept = [one is None if other is None else one is not None for one, other in cells]
    return all(kept)


def row_text(voice: Voice, table: core.Table, row: Row) -> Labels:
    """A row on one line: its cells, and what comes of them."""
    cells, results = cells_text(voice, row), results_text(voice, row)
    return Labels(
        f"{cells.get('en')} → {results.get('en')}", f"{cells.get('zh')} → {results.get('zh')}"
    )


def cells_text(voice: Voice, row: Row) -> Labels:
    cells = joined(voice.condition(cell) for cell in row[0].cells if cell is not None)
    return cells if cells.get("en") else PLACES["always"]


def results_text(voice: Voice, row: Row) -> Labels:
    return joined(voice.result(statement.result) for statement in row[1])

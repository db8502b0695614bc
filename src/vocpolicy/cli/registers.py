"""`vocpolicy evaluate --table`: rules over a register in a file, streamed, and what came of it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from vocpolicy import core
from vocpolicy.cli.terminal import progress
from vocpolicy.diagnostics import Diagnostic, UsageError, Words
from vocpolicy.diagnostics.text import width
from vocpolicy.policy import Policy

if TYPE_CHECKING:
    from vocpolicy.registers import Count, Tally, Told

SHOWN = 5
"""How many of the commonest reasons a summary names."""

SAYS = {
    "total": Words("{name}: {count:,}", "{name}：共 {count} 条"),
    "reasons": Words("what speaks against, most often:", "最常见的原因："),
    "reason": Words("{how}: {condition}", "{how}：{condition}"),
    "unnamed": Words("no column for: {facts}", "没有对应列的事项：{facts}"),
    "cells": Words(
        "cells that are no value of their fact: {count:,}", "取值有误的单元格：{count} 个"
    ),
    "cell": Words("row {row}, {column}: {text}", "第 {row} 条，{column}：{text}"),
    "not_so": Words("not so", "不成立"),
    "so": Words("so", "成立"),
    "reading": Words("judging", "正在判定"),
}
"""What a summary says."""


def evaluate_table(
    policy: Policy,
    table: str,
    out: str | None,
    names: Sequence[str],
    day: datetime.date,
    lang: str,
    summary: bool,
    columns: Sequence[str] = (),
    sheet: str | None = None,
    explain: str | None = None,
    words: bool = False,
) -> None:
    """Read a file of records, write it with what the rules come to, and count the outcomes.

    `columns` says `FACT=COLUMN` of columns that are not headed as their fact is; `explain` which
    columns say why; `words` whether outcomes are written in words.

    Raises:
        UsageError: what `vocpolicy.registers.judge_file` raises, or no rule is named.
        MissingExtraError: polars, pyarrow or openpyxl is not installed.
    """
    if not names:
        raise UsageError([Diagnostic("V810")])
    from vocpolicy.registers import given_columns, judge_file

    counting = summary or out is None
    with progress(SAYS["reading"].get(lang)) as advance:
        tally = judge_file(
            policy,
            table,
            out,
            names,
            day,
            counting=counting,
            columns=given_columns(columns),
            sheet=sheet,
            explain=explain or "",
            words=lang if words else "",
            advance=advance,
        )
    if counting:
        for line in summary_of(policy.core.on(day), tally, names, lang):
            click.echo(line)
    else:
        for line in _warnings(tally, lang):
            click.echo(line, err=True)


def scanned(path: str) -> Any:
    """A table as a lazy frame of polars; raises as `vocpolicy.registers.scan` does."""
    from vocpolicy.registers import scan

    return scan(path)


def summary_of(policy: core.Policy, tally: Tally, names: Sequence[str], lang: str) -> list[str]:
    """How many records came to each outcome, and why the others did not hold."""
    from vocpolicy.registers import Told

    told = Told(policy, lang)
    lines: list[str] = []
    for name in names:
        counted = tally.outcomes.get(name, Counter())
        label = told.label(name)
        title = label if label == name else f"{label} ({name})"
        lines.append(SAYS["total"].get(lang).format(name=title, count=sum(counted.values())))
        ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0] or ""))
        for key, count in ranked:
            word = told.word(name, key)
            lines.append(f"  {word}{' ' * (24 - width(word))} {count:>12,}")
        lines += _reasons(told, tally.reasons.get(name, []))
    return lines + _warnings(tally, lang)


def _reasons(told: Told, counts: Sequence[Count]) -> list[str]:
    lang = told.lang
    ranked = sorted(counts, key=lambda one: -one.rows)
    kept = [one for one in ranked if one.rows][:SHOWN]
    head = [f"  {SAYS['reasons'].get(lang)}"] if kept else []
    return head + [
        f"    {one.rows:>12,}  {SAYS['reason'].get(lang)}".format(
            how=_how(one).get(lang), condition=told.condition(one.condition)
        )
        for one in kept
    ]


def _how(count: Count) -> Words:
    if not count.known:
        from vocpolicy.registers.worded import UNKNOWN

        return UNKNOWN
    return SAYS["so" if count.condition.exception else "not_so"]


def _warnings(tally: Tally, lang: str) -> list[str]:
    """Facts that no column is, and cells that are no facts."""
    lines = []
    if tally.unnamed:
        lines.append(SAYS["unnamed"].get(lang).format(facts=", ".join(tally.unnamed)))
    if tally.wrong:
        lines.append(SAYS["cells"].get(lang).format(count=tally.wrong))
        for one in tally.first_wrong:
            text = one.text if len(one.text) <= 40 else f"{one.text[:39]}…"
            said = SAYS["cell"].get(lang).format(row=one.row, column=one.column, text=text)
            lines.append(f"  {said}")
    return lines

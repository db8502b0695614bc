"""`vocpolicy evaluate --table`: rules over a register in a file, streamed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vocpolicy.diagnostics import Diagnostic, MissingExtraError, UsageError
from vocpolicy.outcome import WORDS
from vocpolicy.policy import Policy

if TYPE_CHECKING:
    from vocpolicy.columnar import Condition

READABLE = (".csv", ".parquet")
SHOWN = 5
"""How many of the commonest reasons a summary names."""


def evaluate_table(
    policy: Policy,
    table: str,
    out: str | None,
    names: Sequence[str],
    day: datetime.date,
    lang: str,
    summary: bool,
) -> None:
    """Read a file of records, write it with what the rules come to, and count the outcomes.

    Raises:
        UsageError: a file that is not there or of another kind, or no rule is named.
        MissingExtraError: polars is not installed.
    """
    if not names:
        raise UsageError([Diagnostic("V810")])
    frame = policy.evaluate_frame(scanned(table), names, day)
    if out is not None:
        _written(frame, out)
    if summary or out is None:
        explained = policy.evaluate_frame(scanned(table), names, day, "conditions")
        for name in names:
            for line in _counts(policy, explained, name, day, lang):
                click.echo(line)


def _polars() -> Any:
    try:
        import polars
    except ImportError as error:
        raise MissingExtraError([Diagnostic("V808")]) from error
    return polars


def scanned(path: str) -> Any:
    polars = _polars()
    suffix = _suffix(path)
    if not Path(path).is_file():
        raise UsageError([Diagnostic("V601", args={"path": path})])
    if suffix == ".parquet":
        return polars.scan_parquet(path)
    return polars.scan_csv(path, try_parse_dates=True)


def _suffix(path: str) -> str:
    suffix = Path(path).suffix.lower()
    if suffix not in READABLE:
        raise UsageError([Diagnostic("V809", args={"path": path})])
    return suffix


def _written(frame: Any, path: str) -> None:
    suffix = _suffix(path)
    try:
        if suffix == ".parquet":
            frame.sink_parquet(path)
        else:
            frame.sink_csv(path, include_bom=True)
    except OSError as error:
        raise UsageError([Diagnostic("V652", args={"path": path})]) from error


# ---- what came out -------------------------------------------------------------------------


def _counts(policy: Policy, frame: Any, name: str, day: datetime.date, lang: str) -> list[str]:
    """How many records came to each outcome, and why the others did not hold."""
    polars = _polars()
    rules = policy.core.on(day).rules
    conclusion = rules[name].conclusion if name in rules else name
    outcome = polars.col(f"{conclusion}.outcome").cast(polars.String)
    asked = policy.frame_conditions(name, day)
    against = [~_cells(one) if not one.exception else _cells(one) for one in asked]
    unknown = [_cells(one).is_null() for one in asked]
    open_to = outcome.is_in(["fails", "undetermined"]).fill_null(False)
    counted = [
        (one.fill_null(False) & open_to).sum().alias(str(place))
        for place, one in enumerate([*against, *unknown])
    ]
    grouped = frame.group_by(outcome.alias("outcome")).agg(polars.len().alias("count"))
    found = grouped.collect(engine="streaming").sort("count", descending=True).rows()
    total = sum(count for _, count in found)
    lines = [f"{name}: {total:,}" if lang == "en" else f"{name}：共 {total} 条"]
    lines += [f"  {_word(key, lang):<24} {count:>12,}" for key, count in found]
    reasons = frame.select(counted).collect(engine="streaming").row(0) if counted else ()
    return lines + _reasons(asked, reasons, lang)


def _cells(condition: Condition) -> Any:
    return _polars().col(condition.column)


def _reasons(asked: Sequence[Condition], counts: Sequence[int], lang: str) -> list[str]:
    words = {"en": ("not so", "so", "not known"), "zh": ("不成立", "成立", "未知")}[lang]
    named = [(one.text, words[one.exception]) for one in asked]
    named += [(one.text, words[2]) for one in asked]
    ranked = sorted(zip(counts, named, strict=True), key=lambda pair: -pair[0])
    kept = [(count, text, how) for count, (text, how) in ranked if count][:SHOWN]
    if not kept:
        return []
    head = "  what speaks against, most often:" if lang == "en" else "  最常见的原因："
    return [head, *(f"    {count:>12,}  {how}: {text}" for count, text, how in kept)]


def _word(key: str | None, lang: str) -> str:
    if key is None:
        return "wrong facts" if lang == "en" else "事项有误"
    word = WORDS["not_holds" if key == "fails" else key]
    return word.zh if lang == "zh" else word.en

"""How the records of a file move from one policy to another."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from vocpolicy import core
from vocpolicy.columnar.moving import Moved, moved, set_aside
from vocpolicy.diagnostics import Diagnostic, UsageError
from vocpolicy.difference import Difference
from vocpolicy.needs import facts_needed
from vocpolicy.policy import Policy
from vocpolicy.policy.compared import BEFORE, columns_taken, movement
from vocpolicy.registers.files import judge_file, kind_of, scan
from vocpolicy.registers.headers import columns_of

NO_COLUMN = "V695"
"""What is raised where a register has no column of a rule's facts, or too many."""


def compare_file(
    old: Policy,
    new: Policy,
    found: Difference,
    path: str,
    columns: Mapping[str, str],
    examples: int,
) -> list[Moved]:
    """How the records of a register move, under each rule that is not shown to be equivalent.

    Args:
        columns: which column is a fact's, where it has neither its name nor its label.
        examples: how many records that change are shown of each rule.

    Raises:
        UsageError: a file that is not there, or of no kind of table.
    """
    kind_of(path)
    if not Path(path).is_file():
        raise UsageError([Diagnostic("V601", args={"path": path})])
    told = []
    for one in found.relations:
        if one.told:
            names = one.name, found.new_name(one.name)
            moves = _moves(old, new, found, path, columns, examples, names)
            told += [] if moves is None else [moves]
    return told


def _moves(
    old: Policy,
    new: Policy,
    found: Difference,
    path: str,
    columns: Mapping[str, str],
    examples: int,
    names: tuple[str, str],
) -> Moved | None:
    """One rule: by columns, part by part; row by row where columns cannot do it.  None where the
    register has none of its facts."""
    arguments = (old, new, found, path, columns, examples, names)
    try:
        return _by_columns(*arguments)
    except UsageError as error:
        if any(one.code == NO_COLUMN for one in error.diagnostics):
            return None
    try:
        return _by_rows(*arguments)
    except UsageError as error:
        return Moved(names[1], 0, (), (), error.diagnostics)


def _by_columns(
    old: Policy,
    new: Policy,
    found: Difference,
    path: str,
    columns: Mapping[str, str],
    examples: int,
    names: tuple[str, str],
) -> Moved:
    """Judged twice, each answer beside the other."""
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder) / name) for name in ("old.parquet", "new.parquet")]
        days = found.days.old, found.days.new
        for policy, file, name, day in zip((old, new), files, names, days, strict=True):
            taken = columns_taken(policy, name, columns)
            judge_file(policy, path, file, [name], day, counting=False, columns=taken)
        before = set_aside(pl.scan_parquet(files[0]), (names[0],), BEFORE)
        now = pl.scan_parquet(files[1])
        here = now.collect_schema().names()
        answers = [f"{names[1]}.{part}" for part in ("outcome", "value")]
        now = now.select([one for one in answers if one in here])
        both = pl.concat([before, now], how="horizontal")
        shown = _shown(before, old, new, columns, names)
        return moved(both, names[0], names[1], BEFORE, shown, examples)


def _by_rows(
    old: Policy,
    new: Policy,
    found: Difference,
    path: str,
    columns: Mapping[str, str],
    examples: int,
    names: tuple[str, str],
) -> Moved:
    frame = scan(path).collect()
    facts = _facts(old, new, names)
    taken = columns_of(frame.columns, facts, {f: c for f, c in columns.items() if f in facts})
    return movement(old, new, found, frame, taken, examples, names)


def _facts(old: Policy, new: Policy, names: tuple[str, str]) -> Mapping[str, core.Fact]:
    return {**facts_needed(old.core, names[0]), **facts_needed(new.core, names[1])}


def _shown(
    frame: pl.LazyFrame,
    old: Policy,
    new: Policy,
    columns: Mapping[str, str],
    names: tuple[str, str],
) -> Sequence[str]:
    """The columns of the facts, after the first column, which is likely to tell records apart."""
    here = frame.collect_schema().names()
    facts = _facts(old, new, names)
    found = columns_of(here, facts, {f: c for f, c in columns.items() if f in facts})
    return list(dict.fromkeys((*here[:1], *(one for one in here if one in found.values()))))

"""How the records of a file move from one policy to another."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
from attrs import evolve

from vocpolicy.columnar.moving import Moved, moved, set_aside
from vocpolicy.diagnostics import Diagnostic, UsageError
from vocpolicy.policy import Policy
from vocpolicy.policy.compared import BEFORE, Moving, columns_taken, movement
from vocpolicy.registers.files import judge_file, kind_of, scan
from vocpolicy.registers.headers import columns_of

NO_COLUMN = "V695"
"""What is raised where a register has no column of a rule's facts, or too many."""


def compare_file(moving: Moving[Policy], path: str) -> list[Moved]:
    """How the records of a register move, under each rule that is not shown to be equivalent;
    a column is a fact's too where it has its label.

    Raises:
        UsageError: a file that is not there, or of no kind of table.
    """
    kind_of(path)
    if not Path(path).is_file():
        raise UsageError([Diagnostic("V601", args={"path": path})])
    moves = (_moves(moving, path, names) for names in moving.told())
    return [one for one in moves if one is not None]


def _moves(moving: Moving[Policy], path: str, names: tuple[str, str]) -> Moved | None:
    """One rule: by columns, part by part; row by row where columns cannot do it.  None where the
    register has none of its facts."""
    try:
        return _by_columns(moving, path, names)
    except UsageError as error:
        if any(one.code == NO_COLUMN for one in error.diagnostics):
            return None
    try:
        return _by_rows(moving, path, names)
    except UsageError as error:
        return Moved(names[1], 0, (), (), error.diagnostics)


def _by_columns(moving: Moving[Policy], path: str, names: tuple[str, str]) -> Moved:
    """Judged twice, each answer beside the other."""
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder) / name) for name in ("old.parquet", "new.parquet")]
        policies, days = (moving.old, moving.new), moving.found.days_of(names[0])
        for policy, file, name, day in zip(
            policies, files, names, (days.old, days.new), strict=True
        ):
            taken = columns_taken(policy, name, moving.columns)
            judge_file(policy, path, file, [name], day, counting=False, columns=taken)
        before = set_aside(pl.scan_parquet(files[0]), (names[0],), BEFORE)
        now = pl.scan_parquet(files[1])
        here = now.collect_schema().names()
        answers = [f"{names[1]}.{part}" for part in ("outcome", "value")]
        now = now.select([one for one in answers if one in here])
        both = pl.concat([before, now], how="horizontal")
        shown = _shown(moving, before.collect_schema().names(), names)
        return moved(both, names[0], names[1], BEFORE, shown, moving.examples)


def _by_rows(moving: Moving[Policy], path: str, names: tuple[str, str]) -> Moved:
    frame = scan(path).collect()
    taken = _columns(moving, frame.columns, names)
    return movement(evolve(moving, columns=taken), frame, names)


def _columns(
    moving: Moving[Policy], here: Sequence[str], names: tuple[str, str]
) -> Mapping[str, str]:
    """Of each fact of a rule that a register has, the column."""
    facts = moving.facts(names)
    given = {fact: column for fact, column in moving.columns.items() if fact in facts}
    return columns_of(here, facts, given)


def _shown(moving: Moving[Policy], here: Sequence[str], names: tuple[str, str]) -> Sequence[str]:
    """The columns of the facts, after the first column, which is likely to tell records apart."""
    found = set(_columns(moving, here, names).values())
    return list(dict.fromkeys((*here[:1], *(one for one in here if one in found))))

"""From files to a policy: read, parse, resolve, check."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from attrs import evolve

from vocpolicy import core, syntax
from vocpolicy.checker import check
from vocpolicy.checker.words import labels
from vocpolicy.collection import paused
from vocpolicy.diagnostics import Diagnostic, Note, PolicyError, UsageError, Words, chained
from vocpolicy.parser import LARGEST, parse
from vocpolicy.resolver import Change, Mistakes, amended, resolve
from vocpolicy.sheets import with_sheets
from vocpolicy.source import Source, Span, shipped

SUFFIX = ".vocp"
MOST_BYTES = LARGEST

# Mistakes that say that something is absent.  Where that name stands in a declaration that could
# not be read, or a whole file could not, they may only be an echo.
ABSENCE = frozenset(
    f"V{number}" for number in (201, 203, 204, 205, 206, 208, 211, 214, 221, 227, 228, 231, 232)
) | {"V605", "V607", "V615", "V622", "V623"}


Groups: TypeAlias = tuple[tuple[syntax.File, ...], ...]
"""The files of a policy, after those of the policies that it amends."""


def load_sources(sources: Iterable[Source]) -> core.Policy:
    """A policy from texts in memory; `use` names one of them.

    Raises:
        PolicyError: with every mistake of all files.
    """
    return load_source_groups(sources)[0]


@paused()
def load_source_groups(sources: Iterable[Source], base: Groups = ()) -> tuple[core.Policy, Groups]:
    """`load_sources`, on top of the files of policies that it amends; with all files."""
    mistakes = Mistakes()
    files = tuple(with_sheets(_parsed(source, mistakes), None, mistakes) for source in sources)
    known = {os.path.normpath(file.source.name): file for file in files}
    _check_uses(files, known, mistakes)
    groups = (*base, *_shipped_groups(files, mistakes), files)
    return _policy(groups, mistakes), groups


@paused()
def load_again(
    groups: Iterable[Iterable[Source]], sheets: Mapping[str, Source]
) -> tuple[core.Policy, Groups]:
    """The policy whose files are those of a policy that was loaded before; its cases are left out.

    Args:
        groups: the texts of all files, those of the policies that are amended first.
        sheets: by their paths, the files that rows of tables are in.

    Raises:
        PolicyError: with every mistake of all files.
    """
    mistakes = Mistakes()

    def again(source: Source) -> syntax.File:
        file = _without_cases(_parsed(source, mistakes, sys.maxsize))
        return with_sheets(file, None, mistakes, known=sheets)

    parsed = tuple(tuple(again(source) for source in sources) for sources in groups)
    return _policy(parsed, mistakes), parsed


def policy_of(groups: Groups) -> core.Policy:
    """A policy from files that were parsed before, as they are or with changes.

    Raises:
        PolicyError: they don't make a policy.
    """
    return _policy(groups, Mistakes())


def load_path(path: str | os.PathLike[str], most_bytes: int = MOST_BYTES) -> core.Policy:
    """A policy from a file and what it uses, or from every rule file in and below a folder.

    Nothing outside the policy's folder (that of the file, or the folder itself) is read.

    Raises:
        PolicyError: with every mistake of all files.
    """
    return load_files(path, most_bytes)[0]


def load_files(
    path: str | os.PathLike[str], most_bytes: int = MOST_BYTES
) -> tuple[core.Policy, tuple[syntax.File, ...]]:
    """`load_path`, with the files that the policy was made of."""
    policy, groups = load_groups(path, most_bytes)
    return policy, groups[-1]


@paused()
def load_groups(
    path: str | os.PathLike[str],
    most_bytes: int = MOST_BYTES,
    base: Groups = (),
    cases: bool = True,
) -> tuple[core.Policy, Groups]:
    """`load_path`, on top of the files of policies that it amends; with all files.

    Without `cases` those are left out, for who asks only what the rules carry: a case that
    speaks of a rule that is gone then hides nothing.
    """
    mistakes = Mistakes()
    start = Path(path)
    if not start.exists():
        raise PolicyError([Diagnostic("V601", args={"path": str(path)})])
    files = _group(start, mistakes, most_bytes)
    if not cases:
        files = tuple(_without_cases(file) for file in files)
    groups = (*base, *_shipped_groups(files, mistakes), files)
    return _policy(groups, mistakes), groups


def _without_cases(file: syntax.File) -> syntax.File:
    kept = (one for one in file.declarations if not isinstance(one, syntax.Case))
    return evolve(file, declarations=tuple(kept))


def _group(start: Path, mistakes: Mistakes, most_bytes: int) -> tuple[syntax.File, ...]:
    """The files of a path, with what they use."""
    root = start if start.is_dir() else start.parent
    waiting = _rule_files(start, mistakes)
    files: dict[str, syntax.File] = {}
    while waiting:
        at = waiting.pop(0)
        key = os.path.normpath(at)
        if key not in files:
            source = _read(at, most_bytes, mistakes)
            if source is not None:
                file = _parsed(source, mistakes, most_bytes)
                files[key] = with_sheets(file, root, mistakes, most_bytes)
                waiting += _used_paths(files[key], root)
    read = tuple(files.values())
    _check_uses(read, files, mistakes, root)
    return read


def _policy(groups: Groups, mistakes: Mistakes) -> core.Policy:
    """Put amendments into what they amend, then resolve and check what was parsed."""
    reading = tuple(mistakes.found)
    files = [file for group in groups for file in group]
    policy = _editions(groups, mistakes) if files else None
    found = mistakes.found
    if reading:
        unread = None if any(map(_of_file, reading)) else "\n".join(map(_unread, files))
        found = [*reading, *(one for one in found[len(reading) :] if not _echo(one, unread))]
    if found or policy is None:
        raise PolicyError(sorted(found, key=_place))
    return policy


def _editions(groups: Groups, mistakes: Mistakes) -> core.Policy | None:
    """The policy as it reads in the end, with its editions where it has changed."""
    read = amended(groups, mistakes)
    if read is None:
        return None
    checked = [(one.start, check(resolve(one.files, mistakes), mistakes)) for one in read.editions]
    made = [(start, policy) for start, policy in checked if policy is not None]
    if not made or not read.changes:
        return made[-1][1] if made else None
    changes = tuple(_change(one) for one in read.changes)
    editions = [core.Edition(start, evolve(one, changes=changes)) for start, one in made]
    facts = {name: fact for one in editions for name, fact in one.policy.facts.items()}
    return evolve(editions[-1].policy, editions=tuple(editions), facts=MappingProxyType(facts))


def _change(change: Change) -> core.Change:
    cited = [
        core.Citation(one.document.text, one.clause, locator, span=one.span)
        for one in change.citations
        for locator in one.locators or (None,)
    ]
    return core.Change(
        change.name,
        change.action,
        change.start,
        change.policy,
        labels(change.title, change.policy),
        change.by,
        tuple(dict.fromkeys(cited)),
        labels(change.because) if change.because else None,
        span=change.place,
    )


def _of_file(diagnostic: Diagnostic) -> bool:
    """Whether a mistake keeps a whole file from being read."""
    return diagnostic.code.startswith("V6") or diagnostic.code == "V116"


def _unread(file: syntax.File) -> str:
    """What is left of a file's text without the declarations that were read, and the comments."""
    text, parts, end = file.source.text, [], 0
    read = sorted((part.span.start, part.span.end) for part in (*file.declarations, *file.comments))
    for start, stop in read:
        parts.append(text[end:start])
        end = max(end, stop)
    return " ".join((*parts, text[end:]))


def _echo(diagnostic: Diagnostic, unread: str | None) -> bool:
    """Whether what is absent may be declared where the text could not be read (None: all of a
    file)."""
    if diagnostic.code not in ABSENCE:
        return False
    name = diagnostic.args.get("name")
    if unread is None or not isinstance(name, str):
        return True
    apart = rf"(?<![0-9A-Za-z_]){re.escape(name)}(?![0-9A-Za-z_])"
    return re.search(apart, unread) is not None


def _place(diagnostic: Diagnostic) -> tuple[str, int]:
    span = diagnostic.span
    return (span.source.name, span.start) if span else (diagnostic.place, -1)


def _parsed(source: Source, mistakes: Mistakes, most_bytes: int = MOST_BYTES) -> syntax.File:
    file, found = parse(source, most_bytes)
    mistakes.found += found
    return file


# ---- files -------------------------------------------------------------------------------


def _rule_files(start: Path, mistakes: Mistakes) -> list[Path]:
    """The file itself, or the rule files in and below the folder, in the order of their names."""
    if start.is_file():
        return [start]
    found = sorted(path for path in start.rglob(f"*{SUFFIX}") if path.is_file())
    if not found:
        mistakes.found.append(Diagnostic("V602", args={"path": str(start)}))
    for path in found:
        if not _inside(str(path), start):
            mistakes.found.append(Diagnostic("V614", args={"path": str(path)}))
    return [path for path in found if _inside(str(path), start)]


def _read(path: Path, most_bytes: int, mistakes: Mistakes) -> Source | None:
    place = str(path)
    try:
        with path.open("rb") as file:
            data = file.read(most_bytes + 1)
    except OSError:
        mistakes.found.append(Diagnostic("V613", args={"path": place}))
        return None
    if len(data) > most_bytes:
        mistakes.found.append(Diagnostic("V604", args={"path": place, "most": most_bytes}))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        mistakes.found.append(Diagnostic("V603", args={"path": place, "line": line}))
        return None
    return Source(place, text.replace("\r\n", "\n").replace("\r", "\n"))


# ---- use ---------------------------------------------------------------------------------


def _uses(file: syntax.File) -> list[syntax.Use]:
    return [part for part in file.declarations if isinstance(part, syntax.Use)]


def _target(file: syntax.File, use: syntax.Use) -> str:
    """The path that `use` names, from the folder of the file that says it."""
    return os.path.normpath(Path(file.source.name).parent / use.path)


def _inside(path: str, root: Path | None) -> bool:
    """Whether a path lies in the policy's folder, links followed."""
    if root is None:
        return True
    return Path(path).resolve().is_relative_to(root.resolve())


def _used(target: str) -> list[Path]:
    """The file that is used, or the rule files in and below the folder."""
    path = Path(target)
    if path.is_dir():
        return sorted(one for one in path.rglob(f"*{SUFFIX}") if one.is_file())
    return [path] if path.is_file() else []


def _used_paths(file: syntax.File, root: Path) -> list[Path]:
    paths = [path for use in _uses(file) for path in _used(_target(file, use))]
    return [path for path in paths if _inside(str(path), root)]


def _shipped(file: syntax.File, use: syntax.Use) -> Path | None:
    """The shipped policy that `use` names, where no file or folder has that name."""
    if Path(use.path).name != use.path or Path(_target(file, use)).exists():
        return None
    try:
        path = shipped("rules", use.path)
    except FileNotFoundError:
        return None
    return path if path.is_dir() else None


def _shipped_groups(files: Iterable[syntax.File], mistakes: Mistakes) -> Groups:
    """The files of the shipped policies that are used, to be amended."""
    paths = [_shipped(file, use) for file in files for use in _uses(file)]
    kept = dict.fromkeys(path for path in paths if path is not None)
    return tuple(_group(path, mistakes, MOST_BYTES) for path in kept)


def _check_uses(
    files: Sequence[syntax.File],
    known: dict[str, syntax.File],
    mistakes: Mistakes,
    root: Path | None = None,
) -> None:
    """Used files exist, lie in the policy's folder, and do not use each other in circles."""
    edges: dict[str, dict[str, Span]] = {}
    for file in files:
        mine = edges.setdefault(os.path.normpath(file.source.name), {})
        for use in _uses(file):
            target = _target(file, use)
            if not _inside(target, root):
                mistakes.add("V609", use.span, path=use.path)
                continue
            found = [target] if target in known else list(map(os.path.normpath, _used(target)))
            if not found and _shipped(file, use) is None:
                mistakes.add("V610", use.span, path=use.path)
            mine.update((one, use.span) for one in found if one in known)
    _check_circles(edges, mistakes)


def _check_circles(edges: dict[str, dict[str, Span]], mistakes: Mistakes) -> None:
    while True:
        try:
            TopologicalSorter(edges).prepare()
            return
        except CycleError as error:
            cycle = list(reversed(error.args[1]))
            spans = [edges[one].pop(other) for one, other in pairwise(cycle)]
            words = Words("and this one uses the next", "此处引用下一个文件")
            chain = chained(cycle)
            mistakes.add("V611", spans[0], *(Note(s, words) for s in spans[1:]), chain=chain)


# ---- files on their own --------------------------------------------------------------------


def rule_files(path: str | os.PathLike[str]) -> tuple[Path, ...]:
    """The file at a path, or every rule file in and below the folder, in the order of their names.

    Raises:
        UsageError: there is no such path.
        PolicyError: there is no rule file in it.
    """
    start = Path(path)
    if not start.exists():
        raise UsageError([Diagnostic("V601", args={"path": str(path)})])
    mistakes = Mistakes()
    found = _rule_files(start, mistakes)
    if mistakes.found:
        raise PolicyError(mistakes.found)
    return tuple(found)


def read_rule_file(path: Path, most_bytes: int = MOST_BYTES) -> Source:
    """The text of a rule file, line ends as ``\\n``.

    Raises:
        PolicyError: it cannot be read, is too large or is not UTF-8.
    """
    mistakes = Mistakes()
    source = _read(path, most_bytes, mistakes)
    if source is None:
        raise PolicyError(mistakes.found)
    return source

"""Which policy a rule file belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

SUFFIX = ".vocp"


def policy_path(path: Path, root: Path) -> Path:
    """The folder whose policy a rule file is part of, or the file itself.

    The folder is the topmost one that holds rule files; where several policies stand in it that
    do not amend each other, each file is a policy of its own.
    """
    folder = path.parent
    while folder != root and any(folder.parent.glob(f"*{SUFFIX}")):
        folder = folder.parent
    heads = sum(map(_heads_policy, folder.rglob(f"*{SUFFIX}")))
    return path if heads > 1 else folder


def _heads_policy(path: Path) -> bool:
    """Whether a file declares a policy that amends none."""
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return False
    return bool(_line_with("POLICY").search(text)) and not _line_with("AMENDS").search(text)


def _line_with(terminal: str) -> re.Pattern[str]:
    from vocpolicy.keywords import KEYWORDS

    word = next(one for one in KEYWORDS if one.terminal == terminal)
    return re.compile(rf"^[ \t]*(?:{_either((*word.en, *word.zh))})\s", re.MULTILINE)


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def shown_path(path: Path) -> str:
    """The path as people would write it here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)

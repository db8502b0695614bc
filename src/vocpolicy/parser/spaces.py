"""Chinese words written together: where the spaces go.

A run of Chinese characters is one word.  `成绩不低于控制线` is therefore a name, though its writer
meant three words.
"""

from __future__ import annotations

from collections.abc import Iterator

from vocpolicy.parser.tokens import SPELLED

_CHINESE = sorted((word for word in SPELLED if not word.isascii()), key=len, reverse=True)


def splits(run: str) -> Iterator[tuple[str, ...]]:
    """Ways to cut a run at one keyword inside it, the longest keyword first."""
    for keyword in _CHINESE:
        begin = run.find(keyword)
        if begin < 0 or keyword == run:
            continue
        parts = (run[:begin], keyword, run[begin + len(keyword) :])
        yield tuple(part for part in parts if part)


def likely_split(run: str) -> tuple[str, ...] | None:
    """The way to cut a name at a keyword of two characters or more, to propose where the name is
    not known; None where there is none."""
    return next((parts for parts in splits(run) if max(map(_weight, parts)) > 1), None)


def _weight(part: str) -> int:
    return len(part) if part in SPELLED else 0

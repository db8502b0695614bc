"""Rounds of columns as the text of DuckDB's own projections, kept and taken again.

Translating expressions anew takes a fifth of the time of deciding a million rows.  What is used
once is written where it is used, so that fewer projections are bound.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vocpolicy.columnar.compiled import Plan
from vocpolicy.columnar.logic import TEMPORARY

MOST_NESTED = 200
"""Brackets within brackets up to which columns are written into others; DuckDB takes 1000."""

TOKEN = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
"""A text, or the name of a column."""

BARE = re.compile(rf"{TOKEN.pattern}|\b{TEMPORARY}\d+\b")
"""The same, and what some versions of DuckDB write without marks."""

LITERAL = re.compile(r"['\d+-]|(?:NULL|TRUE|FALSE)\b", re.IGNORECASE)
"""What takes its type from where it stands, unlike a column of it."""

OVER = re.compile(r"\bOVER\b", re.IGNORECASE)
"""What looks at other rows, and cannot be written into just anything."""

IS_RIGHT = re.compile(r"COALESCE\(\((\"[^\"]+\") != (-?\d+)\), TRUE\)")
"""Different, or missing; DuckDB has one comparison for that."""


def projections(frame: Any, made: Plan) -> tuple[str, ...]:
    """The plan as projections, to take one after the other; none where that cannot be.

    `frame` is the relation as narwhals has it, of the types that the plan is for.
    """
    if made.joins:
        return ()
    own = list(frame.columns)
    written = _written(frame, made)
    known = {_quoted(name).lower() for name in own}
    if not written or any(name.lower() in known for name in written):
        return ()
    if any(OVER.search(TOKEN.sub("", text)) for text in written.values()):
        return ()
    return _rounds(_inlined(written), [_quoted(name) for name in own], made.kept)


def projected(relation: Any, several: Sequence[str]) -> Any:
    for one in several:
        relation = relation.project(one)
    return relation


def _written(frame: Any, made: Plan) -> dict[str, str]:
    """Each new column with the SQL that narwhals makes of it; nothing where narwhals does so in
    a way not known here, or a column is made twice."""
    try:
        from narwhals._duckdb.utils import evaluate_exprs_and_aliases

        found: list[tuple[str, str]] = []
        for several in made.rounds:
            asked = frame._flatten_and_extract(*several)
            pairs = evaluate_exprs_and_aliases(frame._compliant_frame, *asked)
            found += [(_quoted(name), _marked(str(native))) for name, native in pairs]
            frame = frame.with_columns(*several)
    except (ImportError, AttributeError, TypeError):
        return {}
    written = {name: IS_RIGHT.sub(r"(\1 IS DISTINCT FROM \2)", text) for name, text in found}
    return written if len(written) == len(found) else {}


def _marked(text: str) -> str:
    """With every temporary column in marks."""

    def marked(match: re.Match[str]) -> str:
        return _quoted(match[0]) if match[0].startswith(TEMPORARY) else match[0]

    return BARE.sub(marked, text)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _names(text: str) -> Iterator[str]:
    """The columns that a text asks for."""
    return (one for one in TOKEN.findall(text) if one.startswith('"'))


def _inlined(written: Mapping[str, str]) -> dict[str, str]:
    """Columns with those written into them that are used once, or are another's name."""
    uses = Counter(name for text in written.values() for name in _names(text))
    found: dict[str, str] = {}
    moved: dict[str, str] = {}

    def instead(match: re.Match[str]) -> str:
        return moved.get(match[0], match[0])

    for name, text in written.items():
        whole = TOKEN.sub(instead, text)
        if not name.startswith(f'"{TEMPORARY}'):
            found[name] = whole
        elif re.fullmatch(TOKEN, whole) and whole.startswith('"'):
            moved[name] = whole
        elif uses[name] > 1 or LITERAL.match(whole) or _nested(whole) > MOST_NESTED:
            found[name] = whole
        elif uses[name]:
            moved[name] = f"({whole})"
    return found


def _nested(text: str) -> int:
    """How deep its brackets go."""
    deepest = depth = 0
    for one in TOKEN.sub("", text):
        depth += (one == "(") - (one == ")")
        deepest = max(deepest, depth)
    return deepest


def _rounds(made: Mapping[str, str], own: Sequence[str], kept: Sequence[str]) -> tuple[str, ...]:
    """Each column as soon as those that it asks for are there; dropped after its last use."""
    levels: dict[str, int] = {}
    for name, text in made.items():
        levels[name] = max((levels[one] + 1 for one in _names(text) if one in levels), default=0)
    answers = [_quoted(name) for name in kept]
    found = []
    last = max(levels.values())
    for level in range(last):
        later = {one for name, text in made.items() if levels[name] > level for one in _names(text)}
        wanted = [name for name in made if name in later or name in answers]
        before = [name for name in wanted if levels[name] < level]
        new = [f"{made[name]} AS {name}" for name in wanted if levels[name] == level]
        found.append(", ".join([*own, *before, *new]))
    final = [f"{made[name]} AS {name}" if levels.get(name) == last else name for name in answers]
    return (*found, ", ".join(final))

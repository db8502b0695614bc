"""From a document to a draft of its policy.

    text -> clauses and figures (coverage) -> amounts -> declarations, and comments to decide

The draft checks.  It carries every figure that measures something, and sets aside those that
measure nothing; what only a person can say stands as a comment, and what nothing carries yet is
what `coverage` lists.  What words mean for a draft is data: `words.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from attrs import frozen

from vocpolicy.coverage import outline, split
from vocpolicy.coverage.squeeze import wide
from vocpolicy.diagnostics import Diagnostic, DocumentError, UsageError
from vocpolicy.drafting import says
from vocpolicy.drafting.clauses import Drafted, Task, draft_clause
from vocpolicy.drafting.data import Kind
from vocpolicy.drafting.front import front
from vocpolicy.drafting.pen import Pen, block, quoted
from vocpolicy.format import format_text
from vocpolicy.outcome import WORDS
from vocpolicy.parser.tokens import RESERVED

__all__ = ["Draft", "draft"]

MOST_IN_A_FILE = 200_000
"""Characters after which a draft goes on in another file, well below what a file may hold."""


@frozen
class Draft:
    """The files of a policy by name, and how many things they leave to a person."""

    files: Mapping[str, str]
    decisions: int


def draft(
    name: str, document: str, text: str, *, lang: str = "en", keywords: str | None = None
) -> Draft:
    """A policy drafted from the text of a document, which it names `document`.

    `lang` is the language of comments, `keywords` (or else `lang`) that of keywords.

    Raises:
        UsageError: a name can't name a policy or a document (V641).
        DocumentError: the text is empty (V508).
    """
    _check_names(name, document)
    if not text.strip():
        raise DocumentError([Diagnostic("V508", args={"name": document})])
    parts = split(text)
    outlined = outline(parts)
    pen = Pen(keywords or lang)
    task = Task(parts, front(parts, outlined), document, pen, lang, any(map(wide, text)))
    made = Drafted()
    for item in outlined:
        draft_clause(task, item, made)
    files = {file: format_text(rules, file, pen.lang) for file, rules in _files(name, task, made)}
    mark = says.DECIDE.get(lang).format(what="")
    return Draft(files, sum(file.count(f"\n{mark}") for file in files.values()))


def _check_names(*names: str) -> None:
    wrong = [name for name in names if not re.fullmatch(r"[^\W\d]\w*", name) or name in RESERVED]
    if wrong:
        raise UsageError(Diagnostic("V641", args={"name": name}) for name in wrong)


def _files(name: str, task: Task, made: Drafted) -> Iterator[tuple[str, str]]:
    language = task.pen.words("LANGUAGE", "1")
    yield "policy.vocp", "\n\n".join([language, *_head(name, task, made)]) + "\n"
    for number, blocks in enumerate(_portions(made.blocks), start=1):
        named = "clauses.vocp" if number == 1 else f"clauses-{number}.vocp"
        yield named, "\n\n".join([language, *blocks]) + "\n"
    for number, lines in enumerate(_portions(made.asides), start=1):
        named = "set-aside.vocp" if number == 1 else f"set-aside-{number}.vocp"
        yield named, "\n".join([language, "", *lines]) + "\n"
    if made.first:
        yield "cases.vocp", "\n\n".join([language, _case(task, *made.first)]) + "\n"


def _portions(blocks: list[str]) -> Iterator[list[str]]:
    portion: list[str] = []
    size = 0
    for text in blocks:
        if portion and size + len(text) > MOST_IN_A_FILE:
            yield portion
            portion, size = [], 0
        portion.append(text)
        size += len(text)
    if portion:
        yield portion


def _head(name: str, task: Task, made: Drafted) -> Iterator[str]:
    mark = says.DECIDE.get(task.lang).format(what="").strip()
    yield says.HEAD.get(task.lang).format(decide=mark)
    yield f"{task.decide(says.TITLE)}\n{task.decide(says.NUMBER)}\n{_policy(name, task)}"
    if made.kinds:
        kinds = [_kind(task.pen, kind) for kind in made.kinds.values()]
        yield "\n".join([task.decide(says.KIND), *kinds])


def _policy(name: str, task: Task) -> str:
    pen, found = task.pen, task.front
    title = found.title or name
    lines = [
        pen.words("TITLE", pen.labels(title if not task.zh else name, title)),
        pen.words(
            "DOCUMENT",
            task.document,
            quoted(found.number or title),
            pen.words("DATED", pen.day(found.dated)) if found.dated else "",
            pen.words("PRINTED", pen.day(found.printed)) if found.printed else "",
        ),
    ]
    if found.since:
        until = ("_TO", pen.year_end(found.years[1])) if found.years else ()
        if found.until and found.until > found.since:
            until = ("_TO", pen.day(found.until))
        lines.append(pen.words("IN_FORCE", pen.day(found.since), *until))
    return block(pen.words("POLICY", name), lines)


def _kind(pen: Pen, kind: Kind) -> str:
    return pen.words(
        "KIND",
        kind.name,
        pen.labels(kind.en, kind.zh),
        "PLURAL",
        quoted(kind.plural),
        *(("COUNTER", quoted(kind.counter)) if kind.counter else ()),
    )


def _case(task: Task, name: str, fact: str) -> str:
    """A case that holds as long as nothing is known of a target or provision."""
    pen, found = task.pen, task.front
    day = pen.day(found.since or date(2020, 12, 31))
    wording = WORDS["undetermined"]
    undetermined = wording.zh if pen.lang == "zh" else wording.en
    expected = pen.words("EXPECT", name, "IS", undetermined, "MISSING", fact)
    lines = [pen.words("TODAY", day), expected]
    return (
        f"{task.decide(says.CASES)}\n"
        f"{block(pen.words('CASE', quoted(says.CASE.get(task.lang))), lines)}"
    )

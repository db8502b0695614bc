"""Colours for rule files wherever Pygments is used: documentation, terminals, notebooks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pygments.lexer import RegexLexer
from pygments.token import (
    Comment,
    Keyword,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Text,
    Whitespace,
)

from vocpolicy.keywords import AGGREGATES, KEYWORDS, MODALITIES, WORDINGS


def _pattern(words: Iterable[str]) -> str:
    """The words as a pattern, longest first, never inside a longer run of letters: 规则数 is a
    name although it begins with a keyword."""
    spellings = sorted({word for word in words if word}, key=len, reverse=True)
    parts = (re.escape(word).replace(r"\ ", r"[ \t]+") for word in spellings)
    return rf"(?<![\w])(?:{'|'.join(parts)})(?![\w])"


def _spellings(declares: bool) -> Iterable[str]:
    for keyword in KEYWORDS:
        if keyword.declares is declares:
            yield from keyword.en + keyword.zh
    if not declares:
        for pair in WORDINGS:
            for word in pair:
                yield from word.en + word.zh
        for word in (*AGGREGATES, *(modality for modality, _ in MODALITIES)):
            yield from word.en + word.zh


class VocpLexer(RegexLexer):
    """Lexer of rule files."""

    name = "VocPolicy"
    aliases = ("vocp", "vocpolicy")
    filenames = ("*.vocp",)
    version_added = ""

    tokens = {  # noqa: RUF012 - Pygments reads a plain class attribute
        "root": [
            (r"\s+", Whitespace),
            (r"[#＃].*?$", Comment.Single),
            (r'"(?:\\.|[^"\\\n])*"|“[^”\n]*”|「[^」\n]*」', String),
            (r"`[^`\n]+`", Name),
            (r"\d{4}-\d{2}(-\d{2})?|\d{4}年(\d{1,2}月(\d{1,2}日)?|底|末)", Number.Date),
            (r"\d+(\.\d+)?[%％‰万亿]?", Number),
            (_pattern(_spellings(declares=True)), Keyword.Declaration),
            (_pattern(_spellings(declares=False)), Keyword),
            (r"[^\W\d]\w*", Name),
            (r"[-+*/=<>≤≥＝＋－×÷／＜＞|｜]", Operator),
            (r"[^\w\s]", Punctuation),
            (r".", Text),
        ]
    }

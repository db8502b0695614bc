"""Mistakes that people make when they write rules, and the whole message that each gets.

The table is `mistakes/*.toml`; what is printed is reviewed as text in `mistakes/expected-en.txt`
and `mistakes/expected-zh.txt`.  After a change of words, run this file to write both anew and
read what has changed.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path

import pytest
from attrs import frozen

from vocpolicy.diagnostics import Diagnostic, PolicyError, render
from vocpolicy.driver import load_sources
from vocpolicy.source import Source

FOLDER = Path(__file__).parent / "mistakes"
WORLD = Source("world.vocp", (FOLDER / "world.vocp").read_text("utf-8"))


@frozen
class Mistake:
    """A text that somebody might write, and the codes that it should give, in order."""

    name: str
    codes: list[str]
    text: str


def read() -> list[Mistake]:
    return [
        Mistake(**row)
        for path in sorted(FOLDER.glob("*.toml"))
        for row in tomllib.loads(path.read_text("utf-8"))["mistake"]
    ]


MISTAKES = read()


def found(mistake: Mistake) -> tuple[Diagnostic, ...]:
    try:
        load_sources([WORLD, Source("rules.vocp", f"language 1\n{mistake.text.lstrip()}\n")])
    except PolicyError as error:
        return error.diagnostics
    return ()


def shown(mistake: Mistake, lang: str) -> str:
    messages = "\n\n".join(render(one, lang) for one in found(mistake))
    return f"==== {mistake.name}\n\n{messages or '(no mistake)'}\n"


def expected(lang: str) -> Path:
    return FOLDER / f"expected-{lang}.txt"


def test_there_are_many_and_no_two_alike() -> None:
    assert len(MISTAKES) >= 80
    assert len({one.name for one in MISTAKES}) == len({one.text for one in MISTAKES})
    assert len({one.name for one in MISTAKES}) == len(MISTAKES)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one.name)
def test_a_mistake_gives_its_codes_and_no_others(mistake: Mistake) -> None:
    assert [one.code for one in found(mistake)] == mistake.codes, shown(mistake, "en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_messages_read_as_reviewed(lang: str) -> None:
    text = "\n".join(shown(mistake, lang) for mistake in MISTAKES)
    assert text == expected(lang).read_text("utf-8")


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one.name)
def test_the_caret_stands_under_what_is_meant(mistake: Mistake) -> None:
    for one in found(mistake):
        line, caret = render(one).split("\n")[1:3]
        assert one.span is not None
        before = line[: 8 + one.span.source.position(one.span.start)[1] - 1]
        wide = sum(unicodedata.east_asian_width(character) in "WF" for character in before)
        assert caret.index("^") == len(before) + wide


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one.name)
def test_a_message_says_what_to_write_and_speaks_no_jargon(mistake: Mistake) -> None:
    for one in found(mistake):
        for lang, mark in (("en", "  help: "), ("zh", "  建议：")):
            text = render(one, lang)
            assert mark in text, text
            said = "".join(line for line in text.split("\n") if " | " not in line)
            assert not re.search(r"\b_[A-Z]{2,}|[A-Z]{2,}_[A-Z]|\w(Type|Error)\b", said), text


if __name__ == "__main__":
    for language in ("en", "zh"):
        expected(language).write_text(
            "\n".join(shown(mistake, language) for mistake in MISTAKES), "utf-8"
        )

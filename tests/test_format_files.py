"""The formatter on whole files and on texts at random: it changes their looks, nothing else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings, strategies as st

from vocpolicy.format import format_text
from vocpolicy.format.same import same
from vocpolicy.keywords import KEYWORDS
from vocpolicy.parser import lex, parse_text
from vocpolicy.source import Source

ROOT = Path(__file__).parent.parent
SHIPPED = sorted([*ROOT.glob("rules/**/*.vocp"), *ROOT.glob("examples/**/*.vocp")])


def _conformance() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "tests" / "conformance").rglob("*.toml")):
        text = tomllib.loads(path.read_text("utf-8")).get("policy")
        if isinstance(text, str):
            yield path.stem, text


CONFORMANCE = dict(_conformance())
TEXTS = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in SHIPPED} | CONFORMANCE
assert len(TEXTS) > 30


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_shipped_files_are_formatted(path):
    text = path.read_text("utf-8")
    assert format_text(text) == text


@pytest.mark.parametrize("name", TEXTS)
def test_tree_and_comments_stay_and_once_is_enough(name):
    formatted = format_text(TEXTS[name])
    assert parse_text(formatted) == parse_text(TEXTS[name])
    assert format_text(formatted) == formatted


@pytest.mark.parametrize("name", TEXTS)
def test_from_one_language_to_the_other_and_back(name):
    """Half of the texts are English; those in Chinese are made English first."""
    english = format_text(TEXTS[name], keywords="en")
    chinese = format_text(english, keywords="zh")
    assert format_text(chinese, keywords="en") == english
    assert format_text(chinese, keywords="zh") == chinese
    before, _ = parse_text(english)
    after, mistakes = parse_text(chinese)
    assert not mistakes
    assert same(before.declarations, after.declarations)
    assert before.comments == after.comments


@pytest.mark.parametrize("name", TEXTS)
def test_no_keyword_is_left_in_the_other_language(name):
    for lang, others in (("en", _CHINESE), ("zh", _ENGLISH)):
        text = format_text(TEXTS[name], keywords=lang)
        tokens = [token for piece in lex(Source("x", text)).pieces for token in piece.tokens]
        written = {(one.type, text[one.start_pos : one.end_pos]) for one in tokens}
        assert not written & others


_CHINESE = {(row.terminal, word) for row in KEYWORDS for word in row.zh if word not in row.en}
_ENGLISH = {(row.terminal, word) for row in KEYWORDS for word in row.en if word not in row.zh}


# ---- at random ---------------------------------------------------------------------------------

_SPELLINGS = {row.terminal: (*row.en, *row.zh) for row in KEYWORDS if row.en[0] and row.zh[0]}
_WIDE = str.maketrans("(),:=/{}0123456789%", "（），：＝／｛｝０１２３４５６７８９％")


def _declarations() -> list[str]:
    found: list[str] = []
    for name, text in TEXTS.items():
        file, _ = parse_text(text, name)
        starts = [one.span.start for one in file.declarations]
        ends = [*starts[1:], len(text)]
        found += (text[start:end] for start, end in zip(starts, ends, strict=True))
    return sorted(set(found), key=lambda one: (len(one), one))


DECLARATIONS = _declarations()


@st.composite
def _rewritten(draw: st.DrawFn, respelled: bool) -> str:
    """A declaration with its white space, signs and spellings changed, token by token."""
    text = draw(st.sampled_from(DECLARATIONS))
    choose = draw(st.randoms(use_true_random=False))
    written, position = "", 0
    for piece in lex(Source("x", text)).pieces:
        for token in piece.tokens:
            if token.type == "_SEP":
                continue
            written += _space(text[position : token.start_pos], choose.choice("   \t\u3000"))
            word = text[token.start_pos : token.end_pos]
            others = _SPELLINGS.get(token.type, ())
            if respelled and " ".join(word.split()) in others and choose.random() < 0.3:
                word = choose.choice(others)
            elif token.type not in ("STRING", "CLAUSE", "NAME") and choose.random() < 0.3:
                word = word.translate(_WIDE)
            written += word
            position = token.end_pos
    return written + text[position:]


def _space(between: str, space: str) -> str:
    """More of the white space outside comments, and no less of it."""
    parts = re.split(r"(#[^\n]*)", between)
    return space.join(
        part if part.startswith("#") else part.replace("\n", f"{space}\n{space}") for part in parts
    ) + (" " if between else "")


@settings(max_examples=60, deadline=None)
@given(_rewritten(respelled=False))
def test_white_space_and_full_width_signs_at_random(text):
    _check(text)


@settings(max_examples=60, deadline=None)
@given(_rewritten(respelled=True))
def test_spellings_at_random(text):
    assume(not parse_text(text)[1])  # one word of a keyword may not fit where another does
    _check(text)


def _check(text: str) -> None:
    before = parse_text(text)
    assert not before[1], text
    formatted = format_text(text)
    assert parse_text(formatted) == before
    assert format_text(formatted) == formatted
    english = format_text(text, keywords="en")
    chinese = format_text(english, keywords="zh")
    assert format_text(chinese, keywords="en") == english
    assert parse_text(chinese)[0].comments == before[0].comments

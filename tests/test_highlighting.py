"""Rule files in colour: keywords of both languages, never inside a name."""

from __future__ import annotations

import pytest
from pygments.token import Comment, Keyword, Name, Number, String

from vocpolicy.integrations.pygments import VocpLexer


def kinds(text: str) -> dict[str, object]:
    return {value: kind for kind, value in VocpLexer().get_tokens(text) if value.strip()}


@pytest.mark.parametrize("text", ["rule", "规则", "set aside", "不计入"])
def test_declarations(text: str) -> None:
    assert kinds(text) == {text: Keyword.Declaration}


@pytest.mark.parametrize("text", ["is at least", "不低于", "not eligible", "不符合条件"])
def test_words_of_both_languages(text: str) -> None:
    assert kinds(text) == {text: Keyword}


@pytest.mark.parametrize("text", ["规则数", "ruler", "不低于线", "plan14"])
def test_a_name_that_holds_a_keyword_is_a_name(text: str) -> None:
    assert kinds(text) == {text: Name}


def test_a_line() -> None:
    found = kinds('goal at least 65% by 2025-12-31  # "not text"')
    assert found["65%"] is Number
    assert found["2025-12-31"] is Number.Date
    assert found['# "not text"'] is Comment.Single
    assert kinds('"‘双’"') == {'"‘双’"': String}

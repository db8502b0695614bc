"""A difference as officers read it, in every form, as it was read and found right; written anew
with VOCPOLICY_WRITE_GOLDEN=1."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from vocpolicy import load
from vocpolicy.difference import Difference
from vocpolicy.difference.telling import document
from vocpolicy.writers import fragment, render

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
LAW = ROOT / "examples" / "wage-tax"


@cache
def found() -> Difference:
    law = load(LAW / "law")
    return law.diff(law.amended_by(LAW / "notice"))


def held(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("VOCPOLICY_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_text_is_as_it_was_read(lang: str) -> None:
    held(f"difference-{lang}.txt", found().describe(lang) + "\n")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_markdown_is_as_it_was_read(lang: str) -> None:
    held(f"difference-{lang}.md", found().to_markdown(lang) + "\n")


def test_html_is_as_it_was_read() -> None:
    page = render(*fragment(document(found(), "zh"))).replace("><", ">\n<")
    held("difference-zh.html", page + "\n")

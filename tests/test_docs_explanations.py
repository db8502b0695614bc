"""The chapter on explanations shows what is printed: its commands are run, its Python is tried."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from vocpolicy.cli import main

PAGE = Path(__file__).parents[1] / "docs" / "explanations.md"
BLOCK = re.compile(
    r"(?:<!-- file: (?P<name>\S+) -->\n)?```(?P<language>[\w{}-]+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def test_the_chapter_shows_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    ran = 0
    for block in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        if block["name"]:
            Path(block["name"]).write_text(block["text"], encoding="utf-8")
        elif block["language"] == "console":
            command, _, shown = block["text"].partition("\n")
            result = CliRunner().invoke(main, shlex.split(command)[2:])
            assert result.output == shown, command
            ran += 1
        elif block["language"] == "python":
            ran += tried(block["text"], names)
    assert ran >= 20


def tried(text: str, names: dict[str, object]) -> int:
    """How many examples were run; `names` goes on from block to block."""
    test = doctest.DocTestParser().get_doctest(text, names, PAGE.name, PAGE.name, 0)
    failed: list[str] = []
    found = doctest.DocTestRunner(verbose=False).run(test, out=failed.append, clear_globs=False)
    assert found.failed == 0, "".join(failed)
    names.update(test.globs)
    return found.attempted

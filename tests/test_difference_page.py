"""The page on differences is true: its commands print what it shows, its Python gives it."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from vocpolicy.cli import main

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "difference.md"
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def blocks(language: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    return [found[2] for found in BLOCK.finditer(text) if found[1] == language]


COMMANDS = [found.groups() for block in blocks("console") for found in COMMAND.finditer(block)]


def matches(shown: str, printed: str) -> bool:
    pattern = "".join(
        "(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in shown.splitlines()
    )
    lines = "".join(f"{line.rstrip()}\n" for line in printed.strip().splitlines())
    return re.fullmatch(pattern, lines) is not None


@pytest.mark.parametrize(("line", "shown"), COMMANDS, ids=[line for line, _ in COMMANDS])
def test_commands_print_what_the_page_shows(
    line: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "examples")
    program, *arguments = shlex.split(line)
    assert program == "vocpolicy"
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1, result.output
    assert matches(shown, result.output), result.output


def test_there_are_commands_in_both_languages() -> None:
    assert len(COMMANDS) >= 3
    assert {line.rpartition(" ")[2] for line, _ in COMMANDS} == {"en", "zh"}


def test_the_python_of_the_page_gives_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "examples")
    examples = doctest.DocTestParser().get_doctest(
        "".join(blocks("python")), {}, "difference", str(PAGE), 0
    )
    assert len(examples.examples) >= 10
    results = doctest.DocTestRunner().run(examples)
    assert results.failed == 0

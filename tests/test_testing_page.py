"""The page on testing is true: its files are saved and its commands run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from click.testing import CliRunner

from vocpolicy.cli import main

PAGE = Path(__file__).parent.parent / "docs" / "testing.md"
PLUGIN = "vocpolicy.integrations.pytest"
INSTALLED = any(one.value == PLUGIN for one in entry_points(group="pytest11"))
BLOCK = re.compile(
    r"(?:<!-- file: (?P<name>\S+) -->\n)?```(?P<language>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def run(line: str, cwd: Path) -> str:
    program, *arguments = shlex.split(line)
    if program == "vocpolicy":
        result = CliRunner().invoke(main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.output
    assert program == "pytest"
    plugin = [] if INSTALLED else ["-p", PLUGIN]
    command = [sys.executable, "-m", "pytest", *plugin, "-p", "no:cacheprovider", *arguments]
    env = {"COLUMNS": "80", "PATH": ""}
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def matches(shown: str, printed: str) -> bool:
    """Whether a text is what was shown; a line `...` stands for any lines, elsewhere for any
    words."""
    wanted = "".join(
        r"(?:.*\n)*?" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") + r"\s*\n"
        for line in shown.strip().splitlines()
    )
    return re.fullmatch(wanted, printed.strip() + "\n" if wanted else "") is not None


def test_the_page_shows_what_comes_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = 0
    for block in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        if block["name"]:
            path = tmp_path / block["name"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(block["text"], encoding="utf-8")
            continue
        assert block["language"] == "console"
        for part in re.split(r"^\$ ", block["text"], flags=re.MULTILINE)[1:]:
            line, _, shown = part.partition("\n")
            printed = run(line, tmp_path)
            assert matches(shown, printed), f"$ {line}\n{printed}"
            ran += 1
    assert ran == 11

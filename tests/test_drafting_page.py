"""The page on drafts is true: its commands print what it shows, its excerpt is in the draft."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from vocpolicy.cli import main

PAGE = Path(__file__).parents[1] / "docs" / "new-policy.md"
BLOCK = re.compile(r"(?:<!-- file: (\S+) -->\n)?```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def printed(line: str) -> str:
    program, *arguments = shlex.split(line)
    assert program == "vocpolicy"
    return CliRunner().invoke(main, arguments).output.strip()


def matches(shown: str, output: str) -> bool:
    before, more, after = shown.strip().rpartition("...\n")
    return output.startswith(before) and output.endswith(after) if more else output == after


def test_the_page_does_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    seen = []
    for name, language, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        seen.append("file" if name else language)
        if name:
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif language == "console":
            line, _, shown = text.removeprefix("$ ").partition("\n")
            output = printed(line)
            assert matches(shown, output), f"$ {line}\n{output}"
        else:
            assert text in (tmp_path / "qingshi_library" / "clauses.vocp").read_text("utf-8")
    assert seen == ["file", "console", "console", "vocp", "console", "file", "console"]

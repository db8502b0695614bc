"""The pages on drafts are true: commands print what they show, the excerpt is in the draft."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from vocpolicy.cli import main

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {
    "new-policy.md": ("en_GB.UTF-8", "qingshi_library"),
    "new-policy.zh.md": ("zh_CN.UTF-8", "青石图书馆"),
}
BLOCK = re.compile(r"(?:<!-- file: (\S+) -->\n)?```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def printed(line: str) -> str:
    program, *arguments = shlex.split(line)
    assert program == "vocpolicy"
    return CliRunner().invoke(main, arguments).output.strip()


def matches(shown: str, output: str) -> bool:
    before, more, after = shown.strip().rpartition("...\n")
    return output.startswith(before) and output.endswith(after) if more else output == after


@pytest.mark.parametrize("page", PAGES)
def test_the_page_does_what_it_shows(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locale, draft = PAGES[page]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", locale)
    seen = []
    for name, language, text in BLOCK.findall((DOCS / page).read_text(encoding="utf-8")):
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
            assert text in (tmp_path / draft / "clauses.vocp").read_text("utf-8")
    assert seen == ["file", "console", "console", "vocp", "console", "file", "console"]

"""The documentation is true: its rules check, its commands print what it shows.

In a page, a fenced block of rules (`vocp`), JSON or text after `<!-- file: NAME -->` is saved under
that name, after `<!-- append: NAME -->` it is added to that file.  A `console` block is run:
lines that begin with `$ ` are commands, what follows each is its output, and a line `...`
stands for any lines.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen
from click.testing import CliRunner

from vocpolicy.cli import main
from vocpolicy.policy import Policy

ROOT = Path(__file__).parent.parent
TUTORIALS = {"docs/tutorial.md": "en_GB.UTF-8", "docs/tutorial.zh.md": "zh_CN.UTF-8"}
READMES = ("README.md", "README.zh.md")
REFERENCE = "docs/language.md"
PREAMBLE = """language 1

policy example { title en "Example" zh "示例"; document law "示例〔2023〕1号" dated 2023-01-01 }
"""
BLOCK = re.compile(
    r"(?:<!-- (?P<what>file|append): (?P<name>\S+) -->\n)?```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@frozen
class Block:
    """A fenced block: its language, its text, and what its marker says of a file."""

    language: str
    text: str
    what: str | None
    name: str | None


@frozen
class Command:
    """A line after `$ `, and the output shown under it."""

    line: str
    shown: str


def blocks(page: str) -> Iterator[Block]:
    text = (ROOT / page).read_text(encoding="utf-8")
    for match in BLOCK.finditer(text):
        yield Block(match["language"], match["text"], match["what"], match["name"])


def sections(page: str) -> Iterator[tuple[str, str]]:
    """The rules of each section of a page, in one file, after a policy where it has none."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        found = [match["text"] for match in BLOCK.finditer(part) if match["language"] == "vocp"]
        rules = "\n".join(found)
        if rules:
            declared = re.search(r"^(policy|政策) ", rules, re.MULTILINE)
            yield part.partition("\n")[0], rules if declared else PREAMBLE + rules


def commands(text: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        yield Command(line, shown)


def run(line: str) -> str:
    program, *arguments = shlex.split(line)
    assert program == "vocpolicy", line
    result = CliRunner().invoke(main, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def save(block: Block, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w" if block.what == "file" else "a", encoding="utf-8") as file:
        file.write(block.text)


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def matches(shown: str, printed: str) -> bool:
    pattern = "".join(
        "(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in lines(shown)
    )
    return re.fullmatch(pattern, "".join(line + "\n" for line in lines(printed))) is not None


@pytest.mark.parametrize("page", TUTORIALS)
def test_tutorial_does_what_it_shows(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", TUTORIALS[page])
    ran = 0
    for block in blocks(page):
        if block.name is not None:
            save(block, tmp_path / block.name)
        elif block.language == "console":
            for command in commands(block.text):
                printed = run(command.line)
                assert matches(command.shown, printed), f"$ {command.line}\n{printed}"
                ran += 1
        else:
            pytest.fail(f"a block of {page} is neither saved nor run:\n{block.text}")
    assert ran >= 8


@pytest.mark.parametrize(("title", "rules"), list(sections(REFERENCE)))
def test_reference_says_what_is_so(title: str, rules: str, tmp_path: Path) -> None:
    path = tmp_path / "example.vocp"
    path.write_text(rules, encoding="utf-8")
    results = Policy.load(path).test()
    assert [result.describe("en") for result in results if not result.passed] == []
    assert "case " not in rules or results


@pytest.mark.parametrize("page", READMES)
def test_readme_shows_what_commands_print(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for block in blocks(page):
        if block.language == "console":
            for command in commands(block.text):
                printed = run(command.line)
                assert matches(command.shown, printed), f"$ {command.line}\n{printed}"


@pytest.mark.parametrize("page", READMES)
def test_readme_runs_in_python(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    programs = [block.text for block in blocks(page) if block.language == "python"]
    assert programs
    for text in programs:
        exec(compile(text, page, "exec"), {})


@pytest.mark.parametrize("page", [*READMES, "CONTRIBUTING.md", "docs/index.md"])
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if "://" not in link:
            assert ((ROOT / page).parent / link).exists(), link


def test_readmes_have_one_structure() -> None:
    """Both languages: the same headings in number, the same blocks of code but for language."""
    shapes = [
        (
            len(re.findall(r"^## ", (ROOT / page).read_text("utf-8"), re.MULTILINE)),
            [block.language for block in blocks(page)],
        )
        for page in READMES
    ]
    assert shapes[0] == shapes[1]

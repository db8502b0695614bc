"""Every code has a page, and its example is true: what is wrong gives that code and no other, what
is mended gives none.

An example is a folder of files and a command.  Rules without a head of their own stand below
`HEAD`.  What no page can hold (bytes that are not UTF-8, a link, a file that may not be read) is
made here.
"""

from __future__ import annotations

import importlib
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from vocpolicy.cli import main
from vocpolicy.cli.explain import EXAMPLES, Block, as_text, read_page
from vocpolicy.diagnostics import CATALOG, VocPolicyError
from vocpolicy.policy import Policy

FOLDER = Path(__file__).parents[1] / "docs" / "errors"
HEAD = """language 1
policy example {
  title en "Example" zh "示例"
  document plan "规划"
}
"""
NAMES = {"vocp": "policy.vocp", "text": "plan.txt"} | {
    kind: f"facts.{kind}" for kind in ("json", "toml", "yaml")
}
CODE = re.compile(r"""(?:^ *|: |"code": ")([VL]\d{3})[ "]""", re.MULTILINE)
HEADED = re.compile(r"^(language|policy|语言|政策)\s", re.MULTILINE)


def bad_bytes(folder: Path, failing: bool) -> None:
    text = "language 1\n# 总分\n".encode("gb18030" if failing else "utf-8")
    (folder / "more.vocp").write_bytes(text)


def large(folder: Path, failing: bool) -> None:
    (folder / "more.vocp").write_text("language 1\n" + "# long\n" * (200_000 if failing else 1))


def link_outside(folder: Path, failing: bool) -> None:
    outside = folder.parent / f"outside-{folder.name}.vocp"
    outside.write_text("language 1\n")
    if failing:
        (folder / "more.vocp").symlink_to(outside)


def binary_document(folder: Path, failing: bool) -> None:
    data = b"\x00\xff\xfe\x81" * 50 if failing else "一、总则\n".encode()
    (folder / "plan.txt").write_bytes(data)


def bad_rows(folder: Path, failing: bool) -> None:
    data = b"\xff\xfe\x00\x81" if failing else b"age,amount\n>= 18 years,5 yuan\n"
    (folder / "rows.csv").write_bytes(data)


def bare_formula(folder: Path, failing: bool) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for value in ("score", "=500+30" if failing else 530):
        book.active.append([value])
    book.save(folder / "register.xlsx")


PREPARED: dict[str, Callable[[Path, bool], None]] = {
    "V714": bad_rows,
    "V506": binary_document,
    "V603": bad_bytes,
    "V604": large,
    "V614": link_outside,
    "V697": bare_formula,
}


def without_yaml(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "yaml", None)


def without_charts(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "matplotlib", None)


def without_hypothesis(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "hypothesis", None)
    for name in [name for name in sys.modules if name.startswith("vocpolicy.testing")]:
        patch.delitem(sys.modules, name)


def forbidden(patch: pytest.MonkeyPatch) -> None:
    """A file that may not be read.  Rights would not keep everybody out."""
    opened = Path.open

    def refuse(path: Path, *args: object, **kwargs: object) -> object:
        if path.name == "shared.vocp":
            raise PermissionError(path)
        return opened(path, *args, **kwargs)

    patch.setattr(Path, "open", refuse)


def unwritable(patch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *args: object, **kwargs: object) -> None:
        raise PermissionError(path)

    patch.setattr(Path, "mkdir", refuse)


def without_narwhals(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "narwhals.stable.v2", None)
    for name in [name for name in sys.modules if name.startswith("vocpolicy.columnar")]:
        patch.delitem(sys.modules, name)


def without_coverage(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "coverage", None)
    patch.delitem(sys.modules, "vocpolicy.integrations.coverage", raising=False)


def without_z3(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "z3", None)


def without_polars(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "polars", None)
    for name in [name for name in sys.modules if name.startswith("vocpolicy.registers")]:
        patch.delitem(sys.modules, name)


def small_sheets(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("vocpolicy.registers.workbooks.MOST_ROWS", 3)


def without_openpyxl(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "openpyxl", None)
    patch.delitem(sys.modules, "vocpolicy.registers.workbooks", raising=False)


HINDERED: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "V416": without_yaml,
    "V613": forbidden,
    "V643": unwritable,
    "V651": without_charts,
    "V654": without_hypothesis,
    "V698": small_sheets,
    "V699": without_openpyxl,
    "V700": without_z3,
    "V721": without_coverage,
    "V807": without_narwhals,
    "V808": without_polars,
}


def files(folder: Path, blocks: list[Block]) -> None:
    folder.mkdir()
    for block in blocks:
        if block.language in ("sh", "python"):
            continue
        name = block.name or NAMES[block.language]
        headed = block.language != "vocp" or block.name or HEADED.search(block.text)
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(block.text if headed else HEAD + block.text, "utf-8")


def command(code: str, blocks: list[Block]) -> list[str]:
    shown = next((block.text for block in blocks if block.language == "sh"), None)
    if shown is not None:
        program, *arguments = shlex.split(shown)
        assert program == "vocpolicy"
        return arguments
    facts = [
        NAMES[block.language] for block in blocks if block.language in ("json", "toml", "yaml")
    ]
    if facts:
        return ["evaluate", "policy.vocp", "--facts", facts[0]]
    if any(block.language == "text" for block in blocks):
        return ["coverage", "policy.vocp", "--document", "plan=plan.txt"]
    return ["lint" if code.startswith("L") else "check", "policy.vocp"]


def printed(code: str, blocks: list[Block]) -> str:
    script = next((block.text for block in blocks if block.language == "python"), None)
    if script is None:
        result = CliRunner().invoke(main, [*command(code, blocks), "--lang", "en"])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output
    try:
        exec(script, {"Policy": Policy})
    except VocPolicyError as error:
        return error.render("en")
    return ""


def codes(code: str, role: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The codes that an example of a page gives."""
    blocks = [block for block in read_page(code).example if block.role in ("", role)]
    assert any(block.role == role for block in blocks), f"{code} has nothing {role}"
    here = folder / role
    files(here, blocks)
    if code in PREPARED:
        PREPARED[code](here, role == "failing")
    with monkeypatch.context() as patch:
        patch.chdir(here)
        if role == "failing" and code in HINDERED:
            HINDERED[code](patch)
        return set(CODE.findall(printed(code, blocks)))


@pytest.mark.parametrize("code", CATALOG)
def test_the_example_of_a_page_is_true(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert codes(code, "failing", tmp_path, monkeypatch) == {code}
    assert codes(code, "mended", tmp_path, monkeypatch) == set()


def test_no_page_is_of_a_code_that_is_gone() -> None:
    assert {path.stem for path in FOLDER.glob("[VL]*.md")} == set(CATALOG)


@pytest.mark.parametrize("code", CATALOG)
def test_a_page_is_complete_in_both_languages(code: str) -> None:
    text = (FOLDER / f"{code}.md").read_text("utf-8")
    assert text.count(f"{EXAMPLES}\n") == 1
    page, entry = read_page(code), CATALOG[code]
    assert page.en.splitlines()[0].lower() == f"{code}: {entry.title.en}".lower()
    assert page.zh.splitlines()[0] == f"{code}：{entry.title.zh}"
    english, chinese = "".join(page.en.splitlines()[1:]), "".join(page.zh.splitlines()[1:])
    assert len(english) > 60 and len(chinese) > 20
    assert len(re.findall(r"[\u4e00-\u9fff]", chinese)) > 15


def test_the_index_is_what_the_catalogue_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a new code, `python docs/error_index.py` writes it anew."""
    monkeypatch.syspath_prepend(str(FOLDER.parent))
    made = importlib.import_module("error_index")
    text = (FOLDER / "index.md").read_text("utf-8")
    assert text == made.index()
    assert sorted(re.findall(r"\]\(([VL]\d{3})\.md\)", text)) == sorted(CATALOG)


def test_the_command_shows_a_page_in_the_language_asked_for() -> None:
    english = CliRunner().invoke(main, ["explain", "v106", "--lang", "en"])
    chinese = CliRunner().invoke(main, ["explain", "V106", "--lang", "zh"])
    assert english.exit_code == chinese.exit_code == 0
    assert english.output.startswith("V106: Equals sign for a comparison\n")
    assert "Wrong:\n\n    fact" in english.output and "Right:\n" in english.output
    assert chinese.output.startswith("V106：用等号比较\n") and "错误：\n" in chinese.output
    assert not re.search(r"[\u4e00-\u9fff]", english.output)


def test_an_unknown_code_is_told() -> None:
    result = CliRunner().invoke(main, ["explain", "V999", "--lang", "en"])
    assert result.exit_code == 2 and "V640" in result.output


def test_every_page_reads_as_text() -> None:
    for code in CATALOG:
        for lang in ("en", "zh"):
            assert "```" not in as_text(read_page(code), lang)

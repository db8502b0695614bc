"""docs/speed.md is true: its rules load, its programs run, its commands print what it shows."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from test_docs import ROOT, blocks, commands, matches, run, save

PAGE = "docs/speed.md"


def test_the_page_does_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    space: dict[str, Any] = {}
    ran = 0
    for block in blocks(PAGE):
        if block.name is not None:
            save(block, tmp_path / block.name)
        elif block.language == "console":
            for command in commands(block.text):
                assert matches(command.shown, run(command.line)), command.line
                ran += 1
        else:
            assert block.language == "python"
            exec(compile(block.text, PAGE, "exec"), space)
            ran += 1
    assert ran >= 7
    sys.modules.pop("entry_facts", None)


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "benchmarks"))
    return importlib.import_module("table")


ROWS = [
    {"name": "decide", "ratio": 3.4321, "against": "by hand", "goal": 5.0, "median_us": 0.2871},
    {"name": "by hand", "ratio": 1.0, "against": "by hand", "goal": None, "median_us": 12345.6},
    {"name": "peer", "ratio": None, "against": "", "goal": None, "median_us": None, "note": "no"},
]


def test_a_table_has_its_command_its_versions_and_every_row(
    table: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, file = tmp_path / "speed.md", tmp_path / "scalar.json"
    file.write_text(json.dumps(ROWS), "utf-8")
    page.write_text("before\n<!-- measured: scalar -->\nold\n<!-- end -->\nafter\n", "utf-8")
    monkeypatch.setattr(table, "PAGE", page)
    for _ in range(2):
        table.main([str(file)])
        text = page.read_text("utf-8")
        assert text.startswith("before\n") and text.endswith("<!-- end -->\nafter\n")
        assert "| decide | 3.43 | by hand | 5 | 0.287 |\n" in text
        assert "| by hand | 1 |  |  | 12,346 |\n| peer | no | | | |\n" in text
        assert "run.py scalar`; CPython 3" in text and "old" not in text
    file.rename(tmp_path / "other.json")
    table.main([str(tmp_path / "other.json")])
    assert page.read_text("utf-8").count("<!-- measured: ") == 2


def test_the_page_has_a_place_for_what_is_measured_here(table: Any) -> None:
    text = (ROOT / PAGE).read_text("utf-8")
    for name in ("scalar", "cold", "load"):
        part = text.partition(table.BEGIN.format(name=name))[2].partition(table.END)[0]
        assert f"run.py {name}`" in part and part.count("\n| ") > 3

"""The generated pages of the reference leave out no keyword, operator, unit or rule."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from vocpolicy.keywords import KEYWORDS
from vocpolicy.operators import OPERATORS
from vocpolicy.quantities import UNITS
from vocpolicy.source import shipped

pytest.importorskip("railroad")


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parent.parent / "docs"))
        import reference as module

        return module


def test_keywords(reference: ModuleType) -> None:
    shown = set(re.findall(r"`([^`]+)`", reference.keyword_page()))
    spelled = {word for row in KEYWORDS for word in (*row.en, *row.zh, *row.symbols) if word}
    assert spelled - shown == set()


def test_operators(reference: ModuleType) -> None:
    text = reference.operator_page()
    for operator in OPERATORS.values():
        assert operator.doc in text
        assert operator.missing in text
        assert list(reference.spellings(operator)), operator.key


def test_units(reference: ModuleType) -> None:
    shown = set(re.findall(r"`([^`]+)`", reference.unit_page()))
    assert set(UNITS) - shown == set()


def test_every_rule_has_a_diagram(reference: ModuleType) -> None:
    grammar = shipped("grammar", "vocpolicy.lark").read_text(encoding="utf-8")
    rules = re.findall(r"^\??([a-z][a-z_]*)\s*:", grammar, re.MULTILINE)
    text = reference.grammar_page()
    shown = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert shown == [rule.replace("_", " ") for rule in rules]
    assert text.count("<svg ") == len(rules)


def test_pages_that_have_not_changed_are_left_alone(reference: ModuleType, tmp_path: Path) -> None:
    reference.write(tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert set(before) == {"keywords.md", "operators.md", "units.md", "grammar.md"}
    reference.write(tmp_path)
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before

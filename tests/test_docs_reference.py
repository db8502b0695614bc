"""The generated pages of the reference leave out no keyword, operator, unit or rule."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from types import MemberDescriptorType, ModuleType

import pytest

import vocpolicy
from vocpolicy import properties, testing
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


def test_the_page_on_python_has_every_public_name() -> None:
    page = (Path(__file__).parent.parent / "docs" / "api.md").read_text("utf-8")
    shown = {line.rpartition(".")[2] for line in re.findall(r"^\.\. \S+:: (\S+)", page, re.M)}
    named = set(vocpolicy.__all__) | set(testing.__all__) | set(properties.__all__)
    assert named - shown <= set(properties.TABLE)
    pages = "".join(
        (Path(__file__).parent.parent / "docs" / name).read_text("utf-8")
        for name in ("analysis.md", "testing.md")
    )
    assert [name for name in properties.TABLE if f"`{name}`" not in pages] == []


@pytest.mark.parametrize("module", [vocpolicy, testing, properties])
def test_every_public_name_says_what_it_is(module: ModuleType) -> None:
    for name in module.__all__:
        thing = getattr(module, name)
        if callable(thing):
            assert inspect.getdoc(thing), name
    for name, member in inspect.getmembers(vocpolicy.Policy) + inspect.getmembers(
        vocpolicy.Verdict
    ):
        if not name.startswith("_") and not isinstance(member, MemberDescriptorType):
            assert inspect.getdoc(member), name

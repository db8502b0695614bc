"""Independent mistakes are told in one run, and one cause gives one mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from vocpolicy.diagnostics import PolicyError
from vocpolicy.driver import load_path, load_sources
from vocpolicy.source import Source

WORLD = """language 1
policy p { title en "P" document plan "P" }
kind teacher
kind school
fact teachers : count of teacher
fact schools : count of school
fact score : points
"""


def found(text: str) -> list[tuple[str, str]]:
    with pytest.raises(PolicyError) as raised:
        load_sources([Source("p.vocp", text)])
    return [(one.code, one.span.text if one.span else "") for one in raised.value.diagnostics]


def test_a_misspelt_name_is_told_beside_a_declaration_that_cannot_be_read() -> None:
    rule = "rule r { holds when teachers + schools > 3 and score >= 65 and scor > 3 points }\n"
    assert found(WORLD + rule) == [
        ("V129", "document"),
        ("V301", "teachers + schools"),
        ("V303", "65"),
        ("V201", "scor"),
    ]


@pytest.mark.parametrize(
    ("broken", "use"),
    [
        ("fact other points", "other > 3 points"),
        ("fact other points", "score > 3 points and other > 3 points"),
        ("事项其他：分", "其他 > 3 points"),
        ("rule other { holds if score > 3 points }", "other"),
    ],
)
def test_what_a_broken_declaration_declares_is_not_missed_again(broken: str, use: str) -> None:
    text = WORLD.replace(" document", "\ndocument") + f"{broken}\nrule r {{ holds when {use} }}\n"
    assert len(found(text)) == 1


def test_a_name_inside_another_is_not_an_echo_of_it() -> None:
    text = WORLD.replace(" document", "\ndocument").replace("score :", "score")
    codes = [code for code, _ in found(text + "rule r { holds when scor > 3 points }\n")]
    assert codes == ["V120", "V201"]


def test_names_of_a_file_that_cannot_be_read_are_not_missed(tmp_path: Path) -> None:
    (tmp_path / "a.vocp").write_text(
        'language 1\npolicy p { title en "P" }\nrule r { holds when other > 3 points }\n', "utf-8"
    )
    (tmp_path / "b.vocp").write_bytes(b"language 1\nfact other : points \xff\n")
    with pytest.raises(PolicyError) as raised:
        load_path(tmp_path)
    assert [one.code for one in raised.value.diagnostics] == ["V603"]


def test_a_word_of_the_language_that_is_compared_is_one_mistake_and_closes_no_block() -> None:
    text = """language 1
policy p { title en "P" zh "甲" }
fact ready en "ready" zh "就绪" : yes or no
rule r en "r" zh "规" {
  eligible when all of {
    ready
    kind is not ready
  }
}
"""
    with pytest.raises(PolicyError) as caught:
        load_sources([Source("p.vocp", text)])
    assert [one.code for one in caught.value.diagnostics] == ["V121"]

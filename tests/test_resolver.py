"""Files put together: folders, `use`, and what every file has to have."""

from __future__ import annotations

from pathlib import Path

import pytest

from vocpolicy.diagnostics import Diagnostic, PolicyError
from vocpolicy.driver import load_path, load_sources
from vocpolicy.source import Source

POLICY = 'language 1\npolicy p { title en "P" }\n'


def mistakes(path: Path) -> tuple[Diagnostic, ...]:
    with pytest.raises(PolicyError) as raised:
        load_path(path)
    return raised.value.diagnostics


def codes(path: Path) -> list[str]:
    return [one.code for one in mistakes(path)]


def test_a_folder_is_every_rule_file_in_and_below_it(tmp_path: Path) -> None:
    (tmp_path / "p.vocp").write_text(POLICY + "define twice = one * 2\n", "utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.vocp").write_text("language 1\ndefine one = 1\n", "utf-8")
    (tmp_path / "notes.txt").write_text("not a rule file", "utf-8")
    assert set(load_path(tmp_path).definitions) == {"one", "twice"}


def test_a_single_file_reads_what_it_uses(tmp_path: Path) -> None:
    (tmp_path / "p.vocp").write_text(POLICY + 'use "b.vocp"\n', "utf-8")
    (tmp_path / "b.vocp").write_text('language 1\nuse "c.vocp"\n', "utf-8")
    (tmp_path / "c.vocp").write_text("语言 1\n定义 甲 = 1\n", "utf-8")
    (tmp_path / "d.vocp").write_text("language 1\ndefine d = 1\n", "utf-8")
    assert set(load_path(tmp_path / "p.vocp").definitions) == {"甲"}


def test_a_used_file_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.vocp").write_text('language 1\nuse "b.vocp"\n', "utf-8")
    (tmp_path / "b.vocp").write_text(POLICY + "define b = 1\n", "utf-8")
    assert set(load_path(tmp_path).definitions) == {"b"}


def test_a_byte_order_mark_and_other_line_ends_are_read(tmp_path: Path) -> None:
    text = "\ufeff" + POLICY + "define a = 1\n"
    (tmp_path / "p.vocp").write_bytes(text.replace("\n", "\r\n").encode())
    assert set(load_path(tmp_path).definitions) == {"a"}


def test_what_cannot_be_read(tmp_path: Path) -> None:
    assert codes(tmp_path / "nowhere") == ["V601"]
    assert codes(tmp_path) == ["V602"]
    (tmp_path / "p.vocp").write_text(POLICY, "utf-8")
    (tmp_path / "q.vocp").write_bytes(b"language 1\n\xff\xfe\n")
    (found,) = mistakes(tmp_path)
    assert (found.code, found.args["line"]) == ("V603", 2)


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "p.vocp").write_text(POLICY + "#" * 3000, "utf-8")
    with pytest.raises(PolicyError) as raised:
        load_path(tmp_path, most_bytes=2000)
    assert [one.code for one in raised.value.diagnostics] == ["V604"]
    load_path(tmp_path)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("language 1\n", "V605"),
        (POLICY + 'policy q { title en "Q" }\n', "V606"),
        ('policy p { title en "P" }\n', "V607"),
        ('language 2\npolicy p { title en "P" }\n', "V608"),
        (POLICY + 'use "../x.vocp"\n', "V609"),
        (POLICY + 'use "x.vocp"\n', "V610"),
        (POLICY + 'use "p.vocp"\n', "V611"),
    ],
)
def test_what_a_policy_has_to_have(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "p.vocp").write_text(text, "utf-8")
    (tmp_path.parent / "x.vocp").write_text("language 1\n", "utf-8")
    assert codes(tmp_path / "p.vocp") == [code]


def test_files_that_use_each_other(tmp_path: Path) -> None:
    (tmp_path / "a.vocp").write_text(POLICY + 'use "b.vocp"\n', "utf-8")
    (tmp_path / "b.vocp").write_text('language 1\nuse "a.vocp"\n', "utf-8")
    (found,) = mistakes(tmp_path / "a.vocp")
    assert found.code == "V611"
    assert len(found.notes) == 1


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.vocp"
    outside.write_text("language 1\ndefine secret = 1\n", "utf-8")
    folder = tmp_path / "policy"
    folder.mkdir()
    (folder / "p.vocp").write_text(POLICY, "utf-8")
    (folder / "link.vocp").symlink_to(outside)
    assert codes(folder) == ["V614"]


def test_both_places_of_a_name_are_shown() -> None:
    with pytest.raises(PolicyError) as raised:
        load_sources(
            [
                Source("a.vocp", POLICY + "fact x : date\n"),
                Source("b.vocp", "language 1\nfact x : text\n"),
            ]
        )
    (found,) = raised.value.diagnostics
    assert found.code == "V202"
    assert found.span is not None and found.span.source.name == "b.vocp"
    assert found.notes[0].span.source.name == "a.vocp"
    assert "a.vocp:3:6" in raised.value.render("zh")


def test_mistakes_of_all_files_come_in_the_order_of_the_files() -> None:
    with pytest.raises(PolicyError) as raised:
        load_sources(
            [
                Source("b.vocp", POLICY + "define b = nothing_b\n"),
                Source("a.vocp", "language 1\ndefine a = nothing_a\ndefine c = nothing_c\n"),
            ]
        )
    names = [one.args["name"] for one in raised.value.diagnostics]
    assert names == ["nothing_a", "nothing_c", "nothing_b"]


def test_order_does_not_matter() -> None:
    policy = load_sources(
        [Source("p.vocp", POLICY + "define c = b + 1\ndefine b = a + 1\ndefine a = 1\n")]
    )
    assert list(policy.definitions) == ["c", "b", "a"]


def test_a_field_hides_a_definition_of_its_name() -> None:
    policy = load_sources(
        [
            Source(
                "p.vocp",
                POLICY
                + "entity stay { amount : yuan }\nfact stays : list of stay\n"
                + "define amount = total of stays.amount\n"
                + "define several = count of stays where (amount > 5 yuan)\n"
                + "rule r for stay { gives amount }\n",
            )
        ]
    )
    assert set(policy.definitions) == {"amount", "several"}


def test_a_value_of_a_choice_is_no_circle() -> None:
    policy = load_sources(
        [
            Source(
                "p.vocp",
                POLICY
                + "choice level { high, low }\nfact level_now : level\n"
                + "rule high { holds when level_now is high }\n",
            )
        ]
    )
    assert "high" in policy.conclusions

"""The format command: in place, as a filter, as a check."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from vocpolicy.cli import main

UGLY = "rule  a{holds when b}\n"
PRETTY = "rule a { holds when b }\n"
CHINESE = "规则 a { 成立 当 b }\n"


def run(*args: object, stdin: str | bytes | None = None):
    return CliRunner().invoke(main, ["format", *map(str, args), "--lang", "en"], input=stdin)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.vocp").write_text(UGLY, "utf-8")
    (tmp_path / "sub" / "b.vocp").write_text(PRETTY, "utf-8")
    (tmp_path / "other.txt").write_text(UGLY, "utf-8")
    return tmp_path


def test_files_are_formatted_in_place_and_only_those_that_change_are_named(folder):
    result = run(folder)
    assert result.exit_code == 0
    assert (folder / "a.vocp").read_text("utf-8") == PRETTY
    assert (folder / "other.txt").read_text("utf-8") == UGLY
    assert "a.vocp" in result.output and "b.vocp" not in result.output
    assert run(folder).output == ""


def test_nothing_but_the_files_is_left_and_their_mode_stays(folder):
    (folder / "a.vocp").chmod(0o640)
    run(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["a.vocp", "other.txt", "sub"]
    assert (folder / "a.vocp").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(folder):
    (folder / "link.vocp").symlink_to(folder / "a.vocp")
    assert run(folder / "link.vocp").exit_code == 0
    assert (folder / "link.vocp").is_symlink()
    assert (folder / "a.vocp").read_text("utf-8") == PRETTY


def test_check_lists_and_changes_nothing(folder):
    result = run("--check", folder)
    assert result.exit_code == 1
    assert "a.vocp" in result.output and "b.vocp" not in result.output
    assert (folder / "a.vocp").read_text("utf-8") == UGLY
    assert run("--check", folder / "sub").exit_code == 0


def test_diff_shows_and_changes_nothing(folder):
    result = run("--diff", folder)
    assert result.exit_code == 1
    assert f"-{UGLY}" in result.output and f"+{PRETTY}" in result.output
    assert (folder / "a.vocp").read_text("utf-8") == UGLY
    assert run("--diff", folder / "sub").output == ""


def test_a_filter_reads_and_writes_the_standard_streams():
    assert run("-", stdin=UGLY).output == PRETTY
    assert run("-", "--keywords", "zh", stdin=UGLY).output == CHINESE
    assert run("-", "--keywords", "en", stdin=CHINESE).output == PRETTY
    assert run("-", "--check", stdin=UGLY).exit_code == 1


def test_windows_line_ends_and_a_byte_order_mark_go(folder):
    (folder / "a.vocp").write_bytes(b"\xef\xbb\xbf" + PRETTY.replace("\n", "\r\n").encode())
    assert run("--check", folder).exit_code == 1
    assert run(folder).exit_code == 0
    assert (folder / "a.vocp").read_bytes() == PRETTY.encode()


def test_a_file_with_mistakes_stays_and_the_others_are_formatted(folder):
    wrong = folder / "sub" / "wrong.vocp"
    wrong.write_text("rule   {\n", "utf-8")
    result = run(folder)
    assert result.exit_code == 3
    assert "wrong.vocp:1:" in result.output
    assert wrong.read_text("utf-8") == "rule   {\n"
    assert (folder / "a.vocp").read_text("utf-8") == PRETTY


def test_what_is_no_rule_file_is_a_mistake(folder):
    (folder / "a.vocp").write_bytes(b"\xff\xfe")
    assert run(folder / "a.vocp").exit_code == 3
    assert (folder / "a.vocp").read_bytes() == b"\xff\xfe"
    assert run("-", stdin=b"\xff").exit_code == 3
    assert run(folder / "nothing.vocp").exit_code == 2

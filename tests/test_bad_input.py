"""Bad input costs bounded time and memory, and is told in words, whatever reads it."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from vocpolicy import load
from vocpolicy.cli import main
from vocpolicy.diagnostics import PolicyError

HEAD = 'language 1\npolicy p { title en "P" zh "某" }\nfact ok : yes or no\n'
SECONDS = 10  # generous: the suite runs beside others
BYTES = 200 * 2**20


def in_one(text: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "p.vocp").write_text(HEAD + text, "utf-8")

    return write


def circle(folder: Path) -> None:
    """A thousand files, each of which uses the next."""
    in_one('use "f0.vocp"\n')(folder)
    for number in range(1000):
        text = f'language 1\nuse "f{(number + 1) % 1000}.vocp"\n'
        (folder / f"f{number}.vocp").write_text(text, "utf-8")


def other_encoding(folder: Path) -> None:
    (folder / "p.vocp").write_bytes((HEAD + "# 总分\n").encode("gb18030"))


def binary(folder: Path) -> None:
    (folder / "p.vocp").write_bytes(bytes(range(256)) * 4000)


def multiplied(step: str) -> str:
    """Forty definitions, each of which has twice the factors of the one before."""
    lines = ["fact x : number, more than 0", "define d0 = x"]
    lines += [f"define d{n} = {step.format(n - 1)}" for n in range(1, 41)]
    return "\n".join([*lines, "rule r { holds when d40 is 1 }\n"])


BAD = [
    ("deep brackets", in_one(f"rule r {{ holds when {'(' * 300_000}ok{')' * 300_000} }}"), "V114"),
    ("deep blocks", in_one(f"rule r {{ holds when {'all of { ' * 50_000}ok }}"), "V114"),
    ("deep negation", in_one(f"rule r {{ holds when {'not ' * 200_000}ok }}"), "V114"),
    ("a long chain", in_one(f"define d = 1{' + 1' * 200_000}"), "V114"),
    ("above the limit", in_one("# long\n" * 200_000), "V604"),
    ("a number of 10,000 digits", in_one(f"define d = {'9' * 10_000}"), "V113"),
    ("a number of a million digits", in_one(f"define d = 1{'0' * 1_000_000}"), "V113"),
    ("an exponent by 万", in_one(f"define d = 5{'万' * 100_000}"), "V113"),
    ("files that use each other", circle, "V611"),
    ("a turned text", in_one("# \u202e\nrule r { holds when ok }"), "V115"),
    ("turned texts", in_one("# \u2067\n" * 100_000), "V115"),
    ("another encoding", other_encoding, "V603"),
    ("no text at all", binary, "V603"),
    ("a null character", in_one("fact x\0 : date"), "V101"),
    ("a definition of itself", in_one("define d = d"), "V207"),
    ("squares of squares", in_one(multiplied("d{0} * d{0}")), "V363"),
    ("sums of fractions", in_one(multiplied("d{0} + 1 / d{0} if zero 1")), "V363"),
    ("quotients of quotients", in_one(multiplied("d{0} / (d{0} + 1) if zero 1")), "V363"),
]


@pytest.mark.parametrize(("write", "code"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input_is_told_soon(write: Callable[[Path], None], code: str, tmp_path: Path) -> None:
    write(tmp_path)
    begun = time.process_time()
    result = CliRunner().invoke(main, ["check", str(tmp_path), "--lang", "en"])
    assert time.process_time() - begun < SECONDS
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 3
    assert code in result.output and len(result.output) < 100_000
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "text",
    [
        f"rule r {{ holds when {'(' * 100_000}ok }}",
        "fact x § : date\n" * 20_000,
        '"' * 200_000,
        f"define d = 1{'0' * 500_000}",
    ],
    ids=["brackets", "mistakes", "quotes", "digits"],
)
def test_bad_input_takes_bounded_memory(text: str, tmp_path: Path) -> None:
    (tmp_path / "p.vocp").write_text(HEAD + text, "utf-8")
    tracemalloc.start()
    try:
        with pytest.raises(PolicyError) as raised:
            load(tmp_path)
        raised.value.render("zh")
        assert tracemalloc.get_traced_memory()[1] < BYTES
    finally:
        tracemalloc.stop()


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "p.vocp"
    with path.open("wb") as file:
        file.truncate(2**34)  # no disk is used: the file is a hole
    tracemalloc.start()
    try:
        with pytest.raises(PolicyError) as raised:
            load(path)
        assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    finally:
        tracemalloc.stop()
    assert [one.code for one in raised.value.diagnostics] == ["V604"]


def test_the_limit_of_a_file_can_be_set(tmp_path: Path) -> None:
    path = tmp_path / "p.vocp"
    path.write_text(HEAD + "# long\n" * 200_000, "utf-8")
    size = path.stat().st_size
    assert load(path, most_bytes=size).name == "p"
    with pytest.raises(PolicyError) as raised:
        load(path, most_bytes=size - 1)
    assert [one.code for one in raised.value.diagnostics] == ["V604"]
    for limit, code in ((size, 0), (size - 1, 3)):
        arguments = ["check", str(path), "--most-bytes", str(limit)]
        assert CliRunner().invoke(main, arguments).exit_code == code

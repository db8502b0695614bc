"""Compiled forms kept beside rules, where several processes and odd places are about."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vocpolicy import Outcome, load_cached, load_compiled

TEXT = """language 1
policy p {{ title en "P" }}
fact score : points
rule r decides d {{ holds when score is at least {line} points }}
"""
CASE = {"score": 500}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "p.vocp").write_text(TEXT.format(line=480), "utf-8")
    return folder


SCRIPT = """
import sys
import vocpolicy
form = vocpolicy.load_cached(sys.argv[1])
print(form.decide("d", {"score": 500}), form._policy is None)
"""


def alone(rules: Path, home: Path, changed: Mapping[str, str | None]) -> list[str]:
    """What a process says that has another environment: an outcome, and whether it read a form."""
    every = {**os.environ, "HOME": str(home), "VOCPOLICY_CACHE": None, "XDG_CACHE_HOME": None}
    left = {name: value for name, value in {**every, **changed}.items() if value is not None}
    done = subprocess.run(
        [sys.executable, "-I", "-c", SCRIPT, str(rules)],
        capture_output=True,
        text=True,
        check=False,
        env=left,
        cwd=home,
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of other systems are others")
def test_forms_are_kept_where_the_system_has_its_caches(rules: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert alone(rules, home, {"XDG_CACHE_HOME": "below"}) == ["holds", "False"]
    (kept,) = (home / ".cache" / "vocpolicy").iterdir()
    assert list(home.iterdir()) == [home / ".cache"]
    assert kept.parent.stat().st_mode & 0o077 == 0
    assert load_compiled(kept).name == "p"
    assert alone(rules, home, {}) == ["holds", "True"]
    other = tmp_path / "other"
    assert alone(rules, home, {"XDG_CACHE_HOME": str(other)}) == ["holds", "False"]
    assert alone(rules, home, {"VOCPOLICY_CACHE": str(other / "vocpolicy")}) == ["holds", "True"]
    assert alone(rules, home, {"HOME": "nowhere"}) == ["holds", "False"]


def test_a_form_of_another_version_is_made_anew(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for made_by in (("library 0.0.9", "python cpython-311"), ("library 0.1.0", "python other-1")):
        cache = tmp_path / made_by[1].replace(" ", "")
        with monkeypatch.context() as other:
            other.setattr("vocpolicy.stored.content.MADE_BY", made_by)
            load_cached(rules, cache=cache)
        (kept,) = cache.iterdir()
        assert kept.read_bytes().splitlines()[1:3] == [one.encode() for one in made_by]
        again = load_cached(rules, cache=cache)
        assert again.decide("d", CASE) is Outcome.HOLDS and again._policy is not None
        assert load_cached(rules, cache=cache)._policy is None


def test_whoever_writes_at_the_same_time_nobody_reads_half_of_it(
    rules: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    load_cached(rules, cache=cache)
    (kept,) = cache.iterdir()
    whole = kept.read_bytes()

    def one(place: int) -> Outcome:
        if place % 4 == 0:
            kept.write_bytes(whole[: len(whole) - place])
        elif place % 4 == 1:
            kept.unlink(missing_ok=True)
        return load_cached(rules, cache=cache).decide("d", CASE)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(one, range(48))) == {Outcome.HOLDS}
    load_cached(rules, cache=cache)
    assert [path.read_bytes() for path in cache.iterdir()] == [whole]


def test_each_reader_has_the_rules_of_its_time(rules: Path, tmp_path: Path) -> None:
    """While the rules change again and again, a form is never that of other rules."""
    cache, file = tmp_path / "cache", rules / "p.vocp"
    expected = {480: Outcome.HOLDS, 520: Outcome.FAILS}
    for line in (480, 520) * 3:
        file.write_text(TEXT.format(line=line), "utf-8")
        with ThreadPoolExecutor(4) as pool:
            calls = [pool.submit(load_cached, rules, cache=cache) for _ in range(4)]
        assert {call.result().decide("d", CASE) for call in calls} == {expected[line]}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_that_cannot_be_written_to_is_done_without(rules: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o555)
    assert load_cached(rules, cache=cache).decide("d", CASE) is Outcome.HOLDS
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize("there", ["folder", "broken link"])
def test_what_stands_in_the_way_of_a_form_is_left_alone(
    there: str, rules: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    load_cached(rules, cache=cache)
    (kept,) = cache.iterdir()
    kept.unlink()
    if there == "folder":
        kept.mkdir()
    else:
        kept.symlink_to(tmp_path / "nothing")
    assert load_cached(rules, cache=cache).decide("d", CASE) is Outcome.HOLDS
    assert kept.is_dir() is (there == "folder")
    assert [path.name for path in cache.iterdir()] == [kept.name]

"""Compiled forms kept beside rule files, and made anew when those change.

A form is found by where the rules are, which rule files lie there, what is asked for, and the
versions of the library and of Python; it serves while every text in it is what the files hold.
One that is damaged is made anew.
"""

# `pathlib` and `contextlib` take longer to import than a form takes to be read.
# ruff: noqa: PTH100, PTH103, PTH108, PTH111, PTH112, PTH117, PTH118, PTH120, PTH123, SIM105

from __future__ import annotations

import os
import sys

try:  # Python's own module, without the ones that `hashlib` brings along
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

from vocpolicy.stored.content import MADE_BY, Content, read
from vocpolicy.stored.nodes import DamagedError, ForeignError
from vocpolicy.stored.policy import StoredPolicy, is_day

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    Place = str | os.PathLike[str]

MOST_LOOKED_AT = 5_000
"""Files and folders that are looked at for rule files; beside more of them nothing is kept."""

SUFFIX = ".vocp"


def load_cached(
    path: Place,
    rules: Iterable[str] | None = None,
    as_of: datetime.date | str | None = None,
    base: Place | None = None,
    cache: Place | None = None,
) -> StoredPolicy:
    """What decides by the rules in a file or a folder, from its compiled form where that was made
    before and the rules have not changed since.

    Args:
        rules, as_of: as in `vocpolicy.save_compiled`.
        base: where the policy is that it amends, as in `vocpolicy.load`.
        cache: folder for compiled forms, made where it is not there; the user's own where none is
            given (`VOCPOLICY_CACHE`, else `vocpolicy` among the caches of the system).  One that
            cannot be written to is done without.

    Raises:
        UsageError: there are no rules at the path, or none of a name.
        PolicyError: the rules do not compile.
    """
    folder = _cache_folder() if cache is None else os.fspath(cache)
    asked = None if rules is None else tuple(rules)
    paths = [os.path.abspath(one) for one in (path, base) if one is not None]
    key = _key(paths, asked, as_of)
    place = os.path.join(folder, f"{key}.vocpc") if key and folder else ""
    content = _kept(place)
    if content is None:
        return _anew(paths, asked, as_of, place)
    return StoredPolicy(content, lambda: _forget(place))


def _kept(place: str) -> Content | None:
    """What was kept, if the rule files are still the same."""
    try:
        with open(place, "rb") as file:
            content = read(file.read())
        same = content.day == "-" or is_day(content.day)
        return content if same and all(map(_unchanged, _texts(content))) else None
    except (DamagedError, ForeignError, OSError, ValueError):
        return None


def _texts(content: Content) -> Iterator[tuple[str, str]]:
    for group in content.groups():
        for name, text, sheets in group:
            yield name, text
            yield from sheets


def _unchanged(named: tuple[str, str]) -> bool:
    name, text = named
    with open(name, "rb") as file:
        data = file.read().removeprefix(b"\xef\xbb\xbf")
    try:
        now = data.decode()
    except UnicodeDecodeError:  # a table, as spreadsheets in China write it
        now = data.decode("gb18030", "replace")
    return now.replace("\r\n", "\n").replace("\r", "\n") == text


def _anew(
    paths: list[str],
    rules: tuple[str, ...] | None,
    as_of: datetime.date | str | None,
    place: str,
) -> StoredPolicy:
    from pathlib import Path

    from vocpolicy.policy import load
    from vocpolicy.stored.saving import compiled_form, write

    policy = load(paths[0], paths[1] if len(paths) > 1 else None)
    data = compiled_form(policy, rules, as_of).data
    if place:
        try:
            os.makedirs(os.path.dirname(place), mode=0o700, exist_ok=True)
            write(Path(place), data)
        except OSError:
            pass
    return StoredPolicy(read(data), lambda: _forget(place), policy)


def _forget(place: str) -> None:
    try:
        os.unlink(place)
    except OSError:
        pass


def _key(paths: list[str], rules: tuple[str, ...] | None, as_of: datetime.date | str | None) -> str:
    """What a compiled form is found by; "" where too much lies beside the rules."""
    parts = [*MADE_BY, str(as_of), repr(rules)]
    for path in paths:
        found = _rule_files(path if os.path.isdir(path) else os.path.dirname(path))
        if found is None:
            return ""
        parts += [path, *found]
    return blake2b("\0".join(parts).encode(errors="surrogatepass"), digest_size=32).hexdigest()


def _rule_files(folder: str) -> list[str] | None:
    """The rule files in and below a folder; None where there is too much to look at."""
    found, looked_at = [], 0
    for place, folders, files in os.walk(folder, followlinks=False):
        looked_at += len(folders) + len(files)
        if looked_at > MOST_LOOKED_AT:
            return None
        found += [os.path.join(place, name) for name in files if name.endswith(SUFFIX)]
    return sorted(found)


def _cache_folder() -> str:
    """The user's own; "" where the user has no home."""
    chosen = os.environ.get("VOCPOLICY_CACHE")
    if chosen:
        return chosen
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local")
    elif sys.platform == "darwin":
        home = os.path.expanduser("~/Library/Caches")
    else:
        home = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(home):  # which is to be passed over
            home = os.path.expanduser("~/.cache")
    return os.path.join(home, "vocpolicy") if os.path.isabs(home) else ""

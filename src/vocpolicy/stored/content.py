"""A compiled form as bytes: what it says of itself, an index, conclusions, and the rule files.

    vocpolicy compiled form 2
    library 0.1.0
    python cpython-311
    digest 5f0c…            of all bytes that follow
    policy teachers
    day 2023-06-01          or `day -`: that of the call
    sizes 120 3405 8800     bytes of the index, of the conclusions, of the rule files

A line of the index names a conclusion, the first and the last day of its code, where that stands
among the conclusions, and where what is said of facts does; or, instead of that, why it is left to
the rules.  The rule files serve what code leaves: only they are read then, by all of the library.
"""

import sys

from vocpolicy.stored import nodes
from vocpolicy.stored.nodes import DamagedError, ForeignError
from vocpolicy.version import VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KEY = 0x766F6370  # "vocp"

MADE_BY = (f"library {VERSION}", f"python {sys.implementation.cache_tag}")


class Entry:
    """One line of the index.

    Attributes:
        first, last: the days on which the code holds, as `2023-06-01`.
        start, size: the place of the conclusion; of size 0 where there is no code.
        checks: start and size of the checks of other facts.
        reader: start and size of what reads facts that are spelled otherwise.
        readings: those that it is under, of all that has some, as `teachers=all,courses=own`; the
            first entry for a day is under those in use.
        reason: why there is no code.
    """

    __slots__ = ("checks", "first", "last", "reader", "readings", "reason", "size", "start")

    def __init__(
        self,
        first: str,
        last: str,
        start: int,
        size: int,
        checks: tuple[int, int],
        reader: tuple[int, int],
        readings: str = "",
        reason: str = "",
    ) -> None:
        self.first, self.last, self.start, self.size = first, last, start, size
        self.checks, self.reader = checks, reader
        self.readings, self.reason = readings, reason


class Content:
    """The parts of a file; entries and texts are taken apart when they are asked for.

    Attributes:
        name, day: what it says of itself.
    """

    __slots__ = ("_bodies", "_data", "_entries", "_index", "_texts", "day", "name")

    def __init__(
        self, name: str, day: str, data: bytes, index: int, bodies: int, texts: int
    ) -> None:
        """
        Args:
            index, bodies, texts: where in the data these begin.
        """
        self.name, self.day = name, day
        self._data, self._bodies, self._texts = data, bodies, texts
        self._index = f"\n{_decoded(data[index:bodies])}\n"
        self._entries: dict[str, tuple[Entry, ...]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        lines = self._index.split("\n")
        return tuple(dict.fromkeys(line.partition("\t")[0] for line in lines if line))

    def entries(self, name: str) -> "tuple[Entry, ...]":
        """What the index has of a name; nothing where it has not that name.

        Raises:
            DamagedError: its lines cannot be read.
        """
        if name not in self._entries:
            try:
                self._entries[name] = tuple(map(_entry, self._lines(name)))
            except ValueError:
                raise DamagedError from None
        return self._entries[name]

    def _lines(self, name: str) -> "Iterator[str]":
        """The lines of a name, which follow one another."""
        begin = f"\n{name}\t"
        at = self._index.find(begin)
        while at >= 0 and self._index.startswith(begin, at):
            end = self._index.index("\n", at + 1)
            yield self._index[at + 1 : end]
            at = end

    def body(self, start: int, size: int) -> str:
        start += self._bodies
        return _decoded(self._data[start : start + size])

    def groups(self) -> list[list[tuple[str, str, list[tuple[str, str]]]]]:
        """The rule files of each policy: names and texts, and those of the files with rows of
        tables.

        Raises:
            DamagedError: they cannot be read.
        """
        groups: list[list[tuple[str, str, list[tuple[str, str]]]]] = []
        data, at = self._data, self._texts
        try:
            while at < len(data):
                end = data.index(b"\n", at)
                what, group, size, name = _decoded(data[at:end]).split(" ", 3)
                at = end + 1 + int(size)
                text = _decoded(data[end + 1 : at])
                if int(group) == len(groups):
                    groups.append([])
                if what == "file":
                    groups[int(group)].append((name, text, []))
                else:
                    groups[int(group)][-1][2].append((name, text))
        except (ValueError, IndexError):
            raise DamagedError from None
        return groups


def read(data: bytes) -> "Content":
    """The content of a file.

    Raises:
        DamagedError: it is no compiled form, or a byte of it has changed.
        ForeignError: another library or another Python made it.
    """
    end = data.find(b"\ndigest ")
    begin = data.find(b"\n", end + 1) + 1
    lines = data[: max(end, 0)].split(b"\n", 3)
    if lines[0] != nodes.MAGIC.encode():
        raise DamagedError
    made_by = tuple(line.decode("utf-8", "replace") for line in lines[1:])
    if made_by != MADE_BY:
        raise ForeignError(*made_by)
    if data[end + 8 : begin - 1] != digest(memoryview(data)[begin:]):
        raise DamagedError
    said = []
    try:
        for what in (b"policy ", b"day ", b"sizes "):
            end = data.index(b"\n", begin)
            said.append(_decoded(data[begin:end].removeprefix(what)))
            if not data.startswith(what, begin):
                raise DamagedError
            begin = end + 1
        index, bodies, _ = sizes = [int(size) for size in said[2].split(" ")]
    except ValueError:
        raise DamagedError from None
    if min(sizes) < 0 or begin + sum(sizes) != len(data):
        raise DamagedError
    return Content(said[0], said[1], data, begin, begin + index, begin + index + bodies)


def written(name: str, day: str, index: "Iterable[str]", bodies: bytes, texts: bytes) -> bytes:
    """The bytes of a file."""
    lines = "\n".join(index).encode()
    sizes = f"{len(lines)} {len(bodies)} {len(texts)}"
    rest = f"policy {name}\nday {day}\nsizes {sizes}\n".encode() + lines + bodies + texts
    head = "\n".join((nodes.MAGIC, *MADE_BY))
    return head.encode() + b"\ndigest " + digest(rest) + b"\n" + rest


def line_of(name: str, entry: "Entry") -> str:
    """Its line in the index."""
    numbers = (entry.start, entry.size, *entry.checks, *entry.reader)
    reason = " ".join(entry.reason.split())
    return "\t".join((name, entry.first, entry.last, *map(str, numbers), entry.readings, reason))


def text_of(what: str, group: int, name: str, text: str) -> bytes:
    """A rule file (`file`) or a file with rows of a table (`sheet`) among the texts."""
    data = text.encode()
    one_line = name.replace("\n", "?")
    return f"{what} {group} {len(data)} {one_line}\n".encode() + data


def _entry(line: str) -> "Entry":
    _, first, last, *numbers, readings, reason = line.split("\t")
    start, size, checks, its, reader, length = map(int, numbers)
    return Entry(first, last, start, size, (checks, its), (reader, length), readings, reason)


def digest(data: bytes | memoryview) -> bytes:
    """What tells whether bytes have changed, as Python tells it of source that it has compiled; it
    is worked out in a tenth of the time of a cryptographic one, and what is read is data anyway.
    """
    try:
        from _imp import source_hash
    except ImportError:  # another implementation of Python
        from importlib.util import source_hash as of_source

        return of_source(data).hex().encode()
    return source_hash(_KEY, data).hex().encode()


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise DamagedError from None

"""From a policy to its compiled form."""

from __future__ import annotations

import contextlib
import datetime
import math
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from attrs import Factory, define, frozen

from vocpolicy import core
from vocpolicy.asking import asked_day
from vocpolicy.diagnostics import Diagnostic, UsageError
from vocpolicy.facts import entity_of
from vocpolicy.needs import needs, provides
from vocpolicy.policy import Policy
from vocpolicy.pycode import frame
from vocpolicy.scalar.checks import Checker, alone, dates, first_meant
from vocpolicy.scalar.code import UnsupportedError
from vocpolicy.scalar.compiled import TOO_LONG, pieces_of
from vocpolicy.stored import content, nodes
from vocpolicy.stored.content import Entry
from vocpolicy.stored.decoding import decoded
from vocpolicy.stored.encoding import encoded, encoded_checks
from vocpolicy.stored.kinds import encoded_kinds
from vocpolicy.stored.nodes import DamagedError

ONE_DAY = datetime.timedelta(days=1)

Place: TypeAlias = tuple[int, int]
"""Start and size among the conclusions."""

Readings: TypeAlias = Mapping[str, str]
"""Readings by owner."""

MOST_READINGS = 16
"""Combinations of readings that there is code for; where there are more, for those in use alone."""

NOWHERE: Place = (0, 0)


@frozen
class Saved:
    """What a compiled form holds.

    Attributes:
        data: its bytes.
        day: the day that it decides for; None: that of the call.
        coded: what it has code for, on every day that it is for.
        left: why the rules decide what it has no code for.
    """

    data: bytes
    day: datetime.date | None
    coded: tuple[str, ...]
    left: Mapping[str, str]


def save_compiled(
    policy: Policy,
    path: str | os.PathLike[str],
    rules: Iterable[str] | None = None,
    as_of: datetime.date | str | None = None,
) -> Saved:
    """Write the compiled form of a policy to a file, whole or not at all.

    Args:
        rules: names of what to make code for: rules, conclusions, targets, provisions or
            definitions; all of them where none are given.  What else the policy provides is
            decided by the rules, which the file holds too.
        as_of: the day that the file decides for.  Where none is given it is the day of each
            call, with code for every span of days over which a rule reads the same.

    Raises:
        UsageError: nothing has one of the names; the policy is one edition of another; there is
            a file at the path that is no compiled form; or it cannot be written.
    """
    saved = compiled_form(policy, rules, as_of)
    place = Path(path)
    if place.exists() and not _replaceable(place):
        raise UsageError([Diagnostic("V662", args={"path": str(path)})])
    try:
        write(place, saved.data)
    except OSError:
        raise UsageError([Diagnostic("V663", args={"path": str(path)})]) from None
    return saved


def write(path: Path, data: bytes) -> None:
    """Put a file in its place at once, so that nobody reads half of it."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with beside.open("xb") as file:
            file.write(data)
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _replaceable(path: Path) -> bool:
    magic = nodes.MAGIC.partition("form")[0].encode()
    try:
        with path.open("rb") as file:
            return file.read(len(magic)) == magic
    except OSError:
        return False


def compiled_form(
    policy: Policy,
    rules: Iterable[str] | None = None,
    as_of: datetime.date | str | None = None,
) -> Saved:
    """The compiled form of a policy; arguments and errors as `save_compiled`."""
    if not policy.files or (policy.core.changes and not policy.core.editions):
        raise UsageError([Diagnostic("V664", args={"name": policy.name})])
    day = None if as_of is None else asked_day(as_of)
    names = tuple(dict.fromkeys(_provided(policy.core) if rules is None else rules))
    maker = _Maker(policy.core, day)
    for name in names:
        policy.facts(name)  # raises where nothing has that name
        maker.add(name)
    if rules is None:
        for rule in policy.core.rules.values():
            maker.add(rule.name)
    said = "-" if day is None else day.isoformat()
    lines = [content.line_of(name, entry) for name, entry in maker.lines()]
    data = content.written(
        policy.name, said, lines, b"".join(maker.bodies), b"".join(_texts(policy))
    )
    left = {name: reason for name in names if (reason := maker.reason(name))}
    coded = tuple(name for name in names if name not in left)
    return Saved(data, day, coded, MappingProxyType(left))


def _provided(policy: core.Policy) -> Iterator[str]:
    """The names of all that any edition decides, its rules apart."""
    for one in (*(edition.policy for edition in policy.editions), policy):
        yield from (*one.conclusions, *one.targets, *one.provisions, *one.definitions)


@define
class _Maker:
    """Makes one conclusion after another.

    Attributes:
        day: the one day that is asked for, or None.
        bodies: texts of conclusions and checks, each once, and where they are.
        entries: lines of the index, by name.
        checked: where the checks of facts are, and what reads them, by entity.
    """

    policy: core.Policy
    day: datetime.date | None
    bodies: list[bytes] = Factory(list)
    places: dict[str, Place] = Factory(dict)
    entries: dict[str, list[Entry]] = Factory(dict)
    checked: dict[str | None, tuple[Place, Place]] = Factory(dict)
    size: int = 0

    def add(self, name: str) -> None:
        """Code of a name on the day, or on all days."""
        rule = self.policy.rules.get(name)
        if rule is not None and name not in self.policy.conclusions:
            if rule.conclusion not in self.entries:
                self.add(rule.conclusion)
            self.entries.setdefault(name, self.entries[rule.conclusion])
        elif name not in self.entries:
            self.entries[name] = list(_joined(self._spans(name, None)))
            for readings in self._readings(name):
                spans = _joined(self._spans(name, readings))
                self.entries[name] += (one for one in spans if one.readings)

    def lines(self) -> Iterator[tuple[str, Entry]]:
        return ((name, entry) for name, several in self.entries.items() for entry in several)

    def reason(self, name: str) -> str:
        """Why there is no code of a name on any day; "" where there is."""
        entries = self.entries[name]
        return "" if any(one.size for one in entries) else entries[-1].reason

    def _readings(self, name: str) -> list[Readings]:
        """Those that are not in use, in any edition."""
        if self.day is not None:
            return _others(self.policy.on(self.day), name)
        editions = [*(one.policy for one in self.policy.editions), self.policy]
        found: list[Readings] = []
        for edition in editions:
            found += [one for one in _others(edition, name) if one not in found]
        return found

    def _spans(self, name: str, readings: Readings | None) -> Iterator[Entry]:
        """Code of a name under readings, those in use where none are given."""
        if self.day is not None:
            yield self._entry(name, self.day, self.day, readings, None)
            return
        editions = {one.start for one in self.policy.editions if one.start is not None}
        first = datetime.date.min
        while True:
            turns = set(editions)
            entry = self._entry(name, first, datetime.date.max, readings, turns)
            later = [turn for turn in turns if turn > first]
            if not later:
                yield entry
                return
            entry.last = (min(later) - ONE_DAY).isoformat()
            yield entry
            first = min(later)

    def _entry(
        self,
        name: str,
        first: datetime.date,
        last: datetime.date,
        readings: Readings | None,
        turns: set[datetime.date] | None,
    ) -> Entry:
        """Code for the first day; `turns` takes the days on which that may be another one."""
        reason, place, checks = "", NOWHERE, (NOWHERE, NOWHERE)
        edition = self.policy.on(first)
        said = ""
        if not provides(edition, name):
            reason = "is not in force"
        elif readings is not None and readings not in _others(edition, name):
            reason = "has not these readings"
        else:
            said = _said(_in_use(edition, name) if readings is None else readings)
            try:
                pieces, space = pieces_of(self.policy, name, first, readings or {}, turns)
                text = encoded(pieces, space)
                _tried(text)
                place, checks = self._kept(text), self._checks(entity_of(edition, name))
            except UnsupportedError as error:
                reason = str(error)
            except (DamagedError, RecursionError, MemoryError, SyntaxError):
                reason = TOO_LONG
        return Entry(first.isoformat(), last.isoformat(), *place, *checks, said, reason)

    def _checks(self, entity: str | None) -> tuple[Place, Place]:
        """Where the checks of facts that code does not read are, and what reads facts."""
        if entity in self.checked:
            return self.checked[entity]
        space: dict[str, Any] = {}
        declared = first_meant(self.policy, entity)
        checker = Checker(self.policy, declared, space)
        codes = {name: code for name in declared if (code := alone(checker, name)) is not None}
        checks = self._kept(encoded_checks(codes, dates(declared), space))
        self.checked[entity] = checks, self._kept(encoded_kinds(self.policy, declared))
        return self.checked[entity]

    def _kept(self, text: str) -> Place:
        if text not in self.places:
            data = text.encode()
            self.places[text] = self.size, len(data)
            self.bodies.append(data)
            self.size += len(data)
        return self.places[text]


def _in_use(edition: core.Policy, name: str) -> Readings:
    varied = needs(edition, name).varied if provides(edition, name) else ()
    return {one.name: one.in_use for one in varied}


def _others(edition: core.Policy, name: str) -> list[Readings]:
    """All combinations of readings but the one in use; none where they are too many."""
    in_use = _in_use(edition, name)
    bodies = [list(one.bodies) for one in needs(edition, name).varied] if in_use else []
    if math.prod(map(len, bodies)) > MOST_READINGS:
        return []
    every = (dict(zip(in_use, chosen, strict=True)) for chosen in product(*bodies))
    return [one for one in every if one != in_use]


def _said(readings: Readings) -> str:
    return ",".join(f"{owner}={reading}" for owner, reading in readings.items())


def _tried(text: str) -> None:
    """Make code of it as it will be made, to see that Python takes that much."""
    found = decoded(text)
    found.complete()
    compile(frame.source(found.pieces), "<stored>", "exec")


def _joined(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Spans that follow one another and say the same, as one."""
    before: Entry | None = None
    for entry in entries:
        same = before is not None and (
            (before.start, before.size, before.checks, before.reader)
            == (entry.start, entry.size, entry.checks, entry.reader)
            and (before.readings, before.reason) == (entry.readings, entry.reason)
        )
        if before is not None and same:
            before.last = entry.last
            continue
        if before is not None:
            yield before
        before = entry
    if before is not None:
        yield before


def _texts(policy: Policy) -> Iterator[bytes]:
    for place, files in enumerate(policy.files):
        for file in files:
            yield content.text_of("file", place, file.source.name, file.source.text)
            for sheet in file.sheets:
                yield content.text_of("sheet", place, sheet.name, sheet.text)

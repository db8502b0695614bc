"""Coverage of rules in the reports of coverage.py: a line with conditions is a branch.

It is left by two ways: its conditions are true and the outcome turns on each, or false and the
outcome turns on each (MC/DC).  A way is taken where cases decide so for every condition that
begins on the line; what is proved to be impossible is not asked for.  A line that is left by
neither way is missed.  In lcov every condition has two ways of its own; a page of coverage.py has
no room for more than two on a line.

With `plugins = ["vocpolicy.integrations.coverage"]` under `[tool.coverage.run]`, the commands of
coverage.py report rule files that the pytest plugin measured beside Python files.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from contextvars import ContextVar
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import frozen

from vocpolicy.diagnostics import Diagnostic, MissingExtraError

try:
    import coverage
    from coverage import CoveragePlugin, FileReporter, FileTracer
except ImportError as error:
    raise MissingExtraError([Diagnostic("V721")]) from error

from vocpolicy.exercise.covering import (
    COVERED,
    IMPOSSIBLE,
    Obligation,
    RuleCoverage,
    coverage as rule_coverage,
)
from vocpolicy.exercise.telling import obligation_lines
from vocpolicy.exercise.words import ARC, LACKING
from vocpolicy.integrations.belonging import policy_path
from vocpolicy.languages import locale_language
from vocpolicy.policy import Policy

if TYPE_CHECKING:
    from coverage.plugin_support import Plugins

MODULE = __name__
PLUGIN = f"{MODULE}.RulePlugin"
MARK = "\N{LEFTWARDS ARROW}"
TITLE: Mapping[str, str] = {
    "en": "Conditions decided by cases (MC/DC)",
    "zh": "由用例检验的条件（MC/DC）",
}


@frozen(eq=False)
class Reported:
    """What is known already of the policies of which a report is being written, and whether every
    condition has ways of its own."""

    found: tuple[RuleCoverage, ...]
    each: bool


_REPORTED: ContextVar[Reported | None] = ContextVar("reported", default=None)

Arc: TypeAlias = "tuple[int, int]"
Ways: TypeAlias = "Mapping[Arc, tuple[Obligation, ...]]"


def coverage_init(registry: Plugins, options: Mapping[str, Any]) -> None:
    """Called by coverage.py where the configuration names this module."""
    registry.add_file_tracer(RulePlugin(options.get("lang"), _REPORTED.get()))


class RulePlugin(CoveragePlugin):
    """Reports rule files; what ran in them is added by who ran the cases.  Where nothing is known
    of its policy already, a file's policy is loaded."""

    def __init__(self, lang: str | None = None, reported: Reported | None = None) -> None:
        self.lang = lang or locale_language()
        self.known: dict[Path, RuleCoverage] = {}
        self.reported = reported

    def file_tracer(self, filename: str) -> FileTracer | None:
        return None

    def file_reporter(self, filename: str) -> FileReporter | str:
        each = self.reported is not None and self.reported.each
        return RuleReporter(filename, self._found(Path(filename)), self.lang, each)

    def _found(self, path: Path) -> RuleCoverage:
        for one in self.reported.found if self.reported is not None else ():
            if str(path) in files_of(one):
                return one
        place = policy_path(path, Path.cwd())
        if place not in self.known:
            self.known[place] = rule_coverage(Policy.load(place).core)
        return self.known[place]


class RuleReporter(FileReporter):
    """What coverage.py asks of a rule file."""

    def __init__(self, filename: str, found: RuleCoverage, lang: str, each: bool) -> None:
        super().__init__(filename)
        self.found, self.lang, self.each = found, lang, each

    @cached_property
    def ways(self) -> Ways:
        return ways_of(self.found, self.filename, self.each)

    def source(self) -> str:
        return Path(self.filename).read_text(encoding="utf-8-sig")

    def lines(self) -> set[int]:
        return {line for line, _ in self.ways}

    def arcs(self) -> set[Arc]:
        return set(self.ways)

    def exit_counts(self) -> dict[int, int]:
        counts: dict[int, int] = {}
        for line, _ in self.ways:
            counts[line] = counts.get(line, 0) + 1
        return counts

    def arc_description(self, start: int, end: int) -> str:
        return "; ".join(map(self._way, self.ways[start, end]))

    def _way(self, one: Obligation) -> str:
        return ARC[self.lang][one.truth].format(condition=one.condition)

    def missing_arc_description(
        self, start: int, end: int, executed_arcs: Iterable[Arc] | None = None
    ) -> str:
        return "; ".join(self._missing(self.ways[start, end]))

    def _missing(self, several: Iterable[Obligation]) -> Iterator[str]:
        for one in several:
            if one.status != COVERED:
                yield from obligation_lines(self.found, one, self.lang)

    def source_token_lines(self) -> Iterator[list[tuple[str, str]]]:
        """The words of each line; behind it, what no case decides there, in few words: the case
        that would is told where the line is pointed at."""
        for number, line in enumerate(_lines(self.source()), 1):
            several = [one for arc, ways in self.ways.items() if arc[0] == number for one in ways]
            lacking = [self._way(one) for one in several if one.status != COVERED]
            said = LACKING[self.lang].format(ways="; ".join(lacking))
            yield [*line, ("com", f"  {MARK} {said}")] if lacking else line


def _lines(text: str) -> Iterator[list[tuple[str, str]]]:
    line: list[tuple[str, str]] = []
    for kind, words in _tokens(text):
        for number, part in enumerate(words.split("\n")):
            if number:
                yield line
                line = []
            if part:
                line.append((kind, part))
    yield line


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """The words of a rule file by the classes that coverage.py styles."""
    from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String

    from vocpolicy.integrations.pygments import VocpLexer

    classes = (
        (Comment, "com"),
        (Keyword, "key"),
        (Name, "nam"),
        (Number, "num"),
        (Operator, "op"),
        (Punctuation, "op"),
        (String, "str"),
    )
    for kind, part in VocpLexer(stripnl=False, ensurenl=False).get_tokens(text):
        yield next((name for token, name in classes if _is(kind, token)), "ws"), part


def _is(kind: Container[object], token: Container[object]) -> bool:
    """Whether one class of token is another, or below it."""
    return kind in token


def ways_of(found: RuleCoverage, filename: str, each: bool = False) -> Ways:
    """The ways out of each line of a file, with what is to be decided so that each is taken.

    Where they lead is a number below zero: one for true and one for false, or one for each
    condition and answer.
    """
    ways: dict[Arc, tuple[Obligation, ...]] = {}
    for number, one in enumerate(found.obligations, 1):
        source = one.held.span.source
        if one.status != IMPOSSIBLE and _real(source.name) == filename:
            line, _ = source.position(one.held.span.start)
            way = number if each else 1 if one.truth else 2
            ways[line, -way] = (*ways.get((line, -way), ()), one)
    return ways


def measure(data: coverage.CoverageData, found: RuleCoverage, each: bool = False) -> None:
    """Add what cases decide to what coverage.py has measured."""
    for filename in files_of(found):
        ways = ways_of(found, filename, each)
        taken = {arc for arc, several in ways.items() if _all_covered(several)}
        if not data.has_arcs() and data.measured_files():
            data.add_lines({filename: {line for line, _ in taken}})
        else:
            data.add_arcs({filename: taken})
        data.touch_file(filename, PLUGIN)


def _all_covered(several: Iterable[Obligation]) -> bool:
    return all(one.status == COVERED for one in several)


def files_of(found: RuleCoverage) -> tuple[str, ...]:
    """The rule files that have conditions, in order."""
    names = (_real(one.held.span.source.name) for one in found.obligations)
    return tuple(dict.fromkeys(names))


def _real(name: str) -> str:
    return str(Path(name).resolve())


def write_report(found: Iterable[RuleCoverage], form: str, place: str, lang: str) -> None:
    """A report of coverage.py's own, of one policy or several.

    Args:
        form: `lcov` for a file (`-`: standard output), `html` for pages in a folder.
    """
    measuring = coverage.Coverage(data_file=None, config_file=False, branch=True, messages=False)
    measuring.set_option("run:plugins", [MODULE])
    measuring.set_option(f"{MODULE}:lang", lang)
    reported = Reported(tuple(found), each=form == "lcov")
    given = _REPORTED.set(reported)
    try:
        for one in reported.found:
            measure(measuring.get_data(), one, reported.each)
        if form == "lcov":
            measuring.lcov_report(outfile=place)
        else:
            measuring.html_report(directory=place, title=TITLE[lang])
    finally:
        _REPORTED.reset(given)

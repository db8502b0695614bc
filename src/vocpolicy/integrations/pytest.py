"""A pytest plugin: what the cases of rule files expect, and properties of the rules, as tests.

    pytest rules                                  every expectation of every case below `rules`
    pytest rules --vocpolicy-lang zh              explanations of failures in Chinese
    pytest rules --vocpolicy-properties default   what an analysis asks of the rules too
    pytest rules --vocpolicy-coverage html        which conditions the cases that ran decide

A test is named after its case, what it expects of, and the clauses of that.  A policy is loaded
once, when the first of its files is collected; where there is no rule file, nothing is loaded.
Rule files that are no tests are left out as other files are (`collect_ignore_glob`), or all of
them with `vocpolicy_collect = false` in pytest's configuration.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from vocpolicy.integrations import asking, measured
from vocpolicy.integrations.belonging import SUFFIX, policy_path, shown_path

if TYPE_CHECKING:
    from vocpolicy import core
    from vocpolicy.analysis import Report
    from vocpolicy.cases import CaseResult
    from vocpolicy.policy import Policy
    from vocpolicy.properties import Property

_POLICIES: pytest.StashKey[dict[Path, Policy | BaseException]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("vocpolicy", "rule files")
    group.addoption(
        "--vocpolicy-lang",
        choices=("en", "zh"),
        default=None,
        help="language in which failed cases are explained (by default that of the locale)",
    )
    group.addoption(
        "--vocpolicy-properties",
        action="append",
        default=[],
        metavar="NAMES",
        help="properties to test rule files for: names with commas between, default (what an "
        "analysis asks) or all",
    )
    group.addoption(
        "--vocpolicy-coverage",
        action="append",
        default=[],
        metavar="FORM[:PLACE]",
        type=measured.form_and_place,
        help=f"report which conditions the cases that ran decide, as {', '.join(measured.FORMS)}",
    )
    parser.addini(
        "vocpolicy_properties", "properties to test rule files for", type="args", default=[]
    )
    parser.addini(
        "vocpolicy_collect", "whether the cases of rule files are tests", type="bool", default=True
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix != SUFFIX or not parent.config.getini("vocpolicy_collect"):
        return None
    collector: RuleFile = RuleFile.from_parent(parent, path=file_path)
    return collector


def pytest_sessionfinish(session: pytest.Session) -> None:
    measured.send(session.config)
    measured.add_to_running(session.config)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker of pytest-xdist is done."""
    measured.receive(node.config, getattr(node, "workeroutput", {}))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if measured.ran_in(config):
        measured.report(config, language(config), terminalreporter)


class RuleFile(pytest.File):
    """A rule file: the cases that stand in it, tried on the policy that it belongs to."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        place = policy_path(self.path, self.config.rootpath)
        policy = self._policy(place)
        if policy is None:
            return
        alone = place == self.path
        seen: dict[str, int] = {}
        for case in policy.core.cases:
            if alone or Path(case.span.source.name).resolve() == self.path.resolve():
                name = _once(case.title.replace("::", ":"), seen)
                yield CaseOfFile.from_parent(self, name=name, policy=policy, case=case, place=place)
        yield from self._properties(policy, None if alone else self.path)

    def _properties(self, policy: Policy, file: Path | None) -> Iterator[pytest.Collector]:
        """Each property that is asked for, with the parts of this file that it concerns."""
        from vocpolicy.diagnostics import VocPolicyError

        names = [*self.config.getoption("vocpolicy_properties")]
        names += self.config.getini("vocpolicy_properties")
        try:
            for wanted in asking.properties_named(names) if names else ():
                parts = tuple(asking.parts_in(wanted, policy, file))
                if parts:
                    yield PropertyOfFile.from_parent(
                        self, name=wanted.name, policy=policy, wanted=wanted, parts=parts
                    )
        except VocPolicyError as error:
            raise self.CollectError(error.render(language(self.config))) from None

    def _policy(self, place: Path) -> Policy | None:
        """The policy, loaded once; its mistakes are told by the first of its files."""
        from vocpolicy.diagnostics import VocPolicyError
        from vocpolicy.policy import Policy

        known = self.session.stash.setdefault(_POLICIES, {})
        if place in known:
            found = known[place]
            return found if isinstance(found, Policy) else None
        try:
            known[place] = loaded = Policy.load(shown_path(place))
        except VocPolicyError as error:
            known[place] = error
            raise self.CollectError(error.render(language(self.config))) from None
        return loaded


class CaseOfFile(pytest.Collector):
    """A case: a test for each of its expectations, which can be chosen by `FILE::CASE::NAME`."""

    def __init__(self, *, policy: Policy, case: core.Case, place: Path, **rest: Any) -> None:
        super().__init__(**rest)
        self.policy, self.case, self.place = policy, case, place

    def collect(self) -> Iterator[pytest.Item]:
        seen: dict[str, int] = {}
        for expect in self.case.expects:
            name = _once(item_name(self.policy.core, expect), seen)
            yield Expectation.from_parent(
                self,
                name=name,
                policy=self.policy,
                case=self.case,
                expect=expect,
                place=self.place,
            )


class PropertyOfFile(pytest.Collector):
    """A property: a test for each part that it concerns."""

    def __init__(
        self, *, policy: Policy, wanted: Property, parts: tuple[str, ...], **rest: Any
    ) -> None:
        super().__init__(**rest)
        self.policy, self.wanted, self.parts = policy, wanted, parts

    def collect(self) -> Iterator[pytest.Item]:
        for part in self.parts:
            name = clauses_named(self.policy.core, part, part)
            yield PropertyOfPart.from_parent(
                self, name=name, policy=self.policy, wanted=self.wanted, part=part
            )


class Expectation(pytest.Item):
    """What a case expects of one conclusion, target, provision or definition."""

    def __init__(
        self, *, policy: Policy, case: core.Case, expect: core.Expect, place: Path, **rest: Any
    ) -> None:
        super().__init__(**rest)
        self.policy, self.case, self.expect, self.place = policy, case, expect, place

    def runtest(self) -> None:
        from attrs import evolve

        from vocpolicy.cases import run_case
        from vocpolicy.exercise.trials import ran_place

        number = next(at for at, one in enumerate(self.case.expects) if one is self.expect)
        measured.note(self.config, self.place, ran_place(self.case, number))
        result = run_case(self.policy.core, evolve(self.case, expects=(self.expect,)))
        if not result.passed:
            raise UnexpectedVerdict(result)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        line, _ = self.expect.span.source.position(self.expect.span.start)
        return self.path, line - 1, f"{self.case.title}::{self.name}"

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> str | Any:
        if not isinstance(excinfo.value, UnexpectedVerdict):
            return super().repr_failure(excinfo, style)
        lang = language(self.config)
        return "\n\n".join((excinfo.value.result.describe(lang), *self._explained(lang)))

    def _explained(self, lang: str) -> Iterator[str]:
        """Why it came out as it did; nothing where the facts themselves were refused."""
        from vocpolicy.cases import case_verdict
        from vocpolicy.diagnostics import FactError

        try:
            yield case_verdict(self.policy.core, self.case, self.expect).explain(lang)
        except FactError:
            return


class PropertyOfPart(pytest.Item):
    """A property of a conclusion, a table or a target."""

    def __init__(self, *, policy: Policy, wanted: Property, part: str, **rest: Any) -> None:
        super().__init__(**rest)
        self.policy, self.wanted, self.part = policy, wanted, part

    def runtest(self) -> None:
        report = asking.looked_at(self.wanted, self.policy, self.part)
        if not report.passed:
            raise BrokenProperty(report)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        return self.path, None, f"{self.wanted.name}::{self.name}"

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> str | Any:
        if not isinstance(excinfo.value, BrokenProperty):
            return super().repr_failure(excinfo, style)
        lang = language(self.config)
        found = [one for one in excinfo.value.report.findings if one.counts]
        return "\n\n".join(asking.told(one, self.policy, lang) for one in found)


class BrokenProperty(AssertionError):  # noqa: N818 - a failed test, no error of the program
    """A property that does not hold, or was not settled."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.describe())
        self.report = report


class UnexpectedVerdict(AssertionError):  # noqa: N818 - a failed test, no error of the program
    """A case that came out otherwise."""

    def __init__(self, result: CaseResult) -> None:
        super().__init__(result.describe())
        self.result = result


def language(config: pytest.Config) -> str:
    """The language of what is printed."""
    from vocpolicy.languages import locale_language

    return config.getoption("--vocpolicy-lang") or locale_language()


# ---- names -----------------------------------------------------------------------------------


def item_name(policy: core.Policy, expect: core.Expect) -> str:
    """`NAME[CLAUSE, …]`, with the reading where one is asked for."""
    reading = f" ({expect.reading})" if expect.reading else ""
    return clauses_named(policy, f"{expect.name}{reading}", expect.name)


def clauses_named(policy: core.Policy, name: str, owner: str) -> str:
    """A name with the clauses of what it is about behind it."""
    clauses = ", ".join(clauses_of(policy, owner))
    return name + (f"[{clauses}]" if clauses else "")


def clauses_of(policy: core.Policy, name: str) -> tuple[str, ...]:
    """The clauses that what has a name cites itself, its rules' for a conclusion."""
    from vocpolicy.once import kept_with

    conclusion = policy.conclusions.get(name)
    owners = dict.fromkeys((name, *(conclusion.rules if conclusion else ())))
    known = kept_with(policy)
    if "clauses" not in known:
        known["clauses"] = _clauses(policy)
    return tuple(dict.fromkeys(one for owner in owners for one in known["clauses"].get(owner, ())))


def _clauses(policy: core.Policy) -> dict[str, list[str]]:
    from vocpolicy.core.walk import cited

    found: dict[str, list[str]] = {}
    for one in cited(policy):
        found.setdefault(one.owner, []).append(f"{one.citation.document} {one.citation.clause}")
    return found


def _once(name: str, seen: dict[str, int]) -> str:
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name} #{seen[name]}"

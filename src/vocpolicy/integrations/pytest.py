"""A pytest plugin: what the cases of rule files expect, as tests.

    pytest rules                       every expectation of every case below `rules`
    pytest rules --vocpolicy-lang zh   explanations of failures in Chinese

A test is named after its case, what it expects of, and the clauses of that.  A policy is loaded
once, when the first of its files is collected; where there is no rule file, nothing is loaded.
Rule files that are no tests are left out as other files are (`collect_ignore_glob`), or all of
them with `vocpolicy_collect = false` in pytest's configuration.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from vocpolicy import core
    from vocpolicy.cases import CaseResult
    from vocpolicy.policy import Policy

SUFFIX = ".vocp"
_POLICIES: pytest.StashKey[dict[Path, Policy | BaseException]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("vocpolicy", "rule files")
    group.addoption(
        "--vocpolicy-lang",
        choices=("en", "zh"),
        default=None,
        help="language in which failed cases are explained (by default that of the locale)",
    )
    parser.addini(
        "vocpolicy_collect", "whether the cases of rule files are tests", type="bool", default=True
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix != SUFFIX or not parent.config.getini("vocpolicy_collect"):
        return None
    collector: RuleFile = RuleFile.from_parent(parent, path=file_path)
    return collector


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
                for expect in case.expects:
                    name = _once(item_name(policy.core, case, expect), seen)
                    yield Expectation.from_parent(
                        self, name=name, policy=policy, case=case, expect=expect
                    )

    def _policy(self, place: Path) -> Policy | None:
        """The policy, loaded once; its mistakes are told by the first of its files."""
        from vocpolicy.diagnostics import VocPolicyError
        from vocpolicy.policy import Policy

        known = self.session.stash.setdefault(_POLICIES, {})
        if place in known:
            found = known[place]
            return found if isinstance(found, Policy) else None
        try:
            known[place] = loaded = Policy.load(_shown(place))
        except VocPolicyError as error:
            known[place] = error
            raise self.CollectError(error.render(language(self.config))) from None
        return loaded


class Expectation(pytest.Item):
    """What a case expects of one conclusion, target, provision or definition."""

    def __init__(
        self, *, policy: Policy, case: core.Case, expect: core.Expect, **rest: Any
    ) -> None:
        super().__init__(**rest)
        self.policy, self.case, self.expect = policy, case, expect

    def runtest(self) -> None:
        from attrs import evolve

        from vocpolicy.cases import run_case

        result = run_case(self.policy.core, evolve(self.case, expects=(self.expect,)))
        if not result.passed:
            raise UnexpectedVerdict(result)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        line, _ = self.expect.span.source.position(self.expect.span.start)
        return self.path, line - 1, self.name

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


def item_name(policy: core.Policy, case: core.Case, expect: core.Expect) -> str:
    """`CASE::NAME[CLAUSE, …]`, with the reading where one is asked for."""
    clauses = ", ".join(clauses_of(policy, expect.name))
    reading = f" ({expect.reading})" if expect.reading else ""
    title = case.title.replace("::", ":")
    return f"{title}::{expect.name}{reading}" + (f"[{clauses}]" if clauses else "")


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


# ---- which policy a file belongs to ------------------------------------------------------------


def policy_path(path: Path, root: Path) -> Path:
    """The folder whose policy a rule file is part of, or the file itself.

    The folder is the topmost one that holds rule files; where several policies stand in it that
    do not amend each other, each file is a policy of its own.
    """
    folder = path.parent
    while folder != root and any(folder.parent.glob(f"*{SUFFIX}")):
        folder = folder.parent
    heads = sum(map(_heads_policy, folder.rglob(f"*{SUFFIX}")))
    return path if heads > 1 else folder


def _heads_policy(path: Path) -> bool:
    """Whether a file declares a policy that amends none."""
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return False
    return bool(_line_with("POLICY").search(text)) and not _line_with("AMENDS").search(text)


def _line_with(terminal: str) -> re.Pattern[str]:
    from vocpolicy.keywords import KEYWORDS

    word = next(one for one in KEYWORDS if one.terminal == terminal)
    return re.compile(rf"^[ \t]*(?:{_either((*word.en, *word.zh))})\s", re.MULTILINE)


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def _shown(path: Path) -> str:
    """The path as people would write it here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)

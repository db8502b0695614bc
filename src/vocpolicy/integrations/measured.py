"""Which expectations of cases ran in a session of pytest, and what they cover of the rules."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from vocpolicy.integrations.belonging import shown_path

if TYPE_CHECKING:
    from vocpolicy.exercise import RuleCoverage

Ran: TypeAlias = "dict[str, set[tuple[str, int, int]]]"
"""By the path of a policy: file, place of the case in it, number of the expectation."""

FORMS: Mapping[str, str] = {
    "text": "",
    "json": "vocpolicy-coverage.json",
    "lcov": "vocpolicy-coverage.lcov",
    "html": "vocpolicy-coverage",
}
"""What coverage is reported as, and where it goes if nothing is said."""

RAN: pytest.StashKey[Ran] = pytest.StashKey()
SENT = "vocpolicy_ran"


def ran_in(config: pytest.Config) -> Ran:
    return config.stash.setdefault(RAN, {})


def note(config: pytest.Config, place: Path, one: tuple[str, int, int]) -> None:
    """Keep that an expectation of the policy at a path ran."""
    ran_in(config).setdefault(str(place), set()).add(one)


def send(config: pytest.Config) -> None:
    """What ran in a worker of pytest-xdist, for the process that reports."""
    output: dict[str, Any] | None = getattr(config, "workeroutput", None)
    if output is not None:
        output[SENT] = {place: sorted(map(list, ran)) for place, ran in ran_in(config).items()}


def receive(config: pytest.Config, output: Mapping[str, Any]) -> None:
    for place, ran in output.get(SENT, {}).items():
        for file, start, number in ran:
            note(config, Path(place), (file, start, number))


def asked(config: pytest.Config) -> Iterator[tuple[str, str]]:
    """The forms of `--vocpolicy-coverage FORM[:PLACE]`, each with its place."""
    for one in config.getoption("vocpolicy_coverage"):
        form, _, place = one.partition(":")
        yield form, place or FORMS[form]


def form_and_place(text: str) -> str:
    """Checks a value of the option.

    Raises:
        ArgumentTypeError: it begins with no form.
    """
    from argparse import ArgumentTypeError

    if text.partition(":")[0] not in FORMS:
        raise ArgumentTypeError(f"{text!r}: write {', '.join(FORMS)}, or FORM:PLACE")
    return text


def coverages(config: pytest.Config) -> Iterator[tuple[str, RuleCoverage]]:
    """What the expectations that ran cover of each policy, by its name."""
    from vocpolicy.exercise import coverage
    from vocpolicy.policy import Policy

    for place, ran in sorted(ran_in(config).items()):
        policy = Policy.load(shown_path(Path(place)))
        yield policy.name, coverage(policy.core, ran=ran)


def report(config: pytest.Config, lang: str, terminal: pytest.TerminalReporter) -> None:
    """Write what was asked for: text to the terminal, all else to files."""
    forms = list(asked(config))
    if not forms:
        return
    found = list(coverages(config))
    for form, place in forms:
        if form == "text":
            _print(found, lang, terminal)
        elif form == "json":
            data = {name: one.to_dict() for name, one in found}
            Path(place).write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", "utf-8")
        else:
            _write([one for _, one in found], form, place, lang)


def _print(
    found: list[tuple[str, RuleCoverage]], lang: str, terminal: pytest.TerminalReporter
) -> None:
    from vocpolicy.exercise.telling import coverage_text

    for name, one in found:
        terminal.section(name)
        terminal.write_line(coverage_text(one, lang))


def _write(found: list[RuleCoverage], form: str, place: str, lang: str) -> None:
    from vocpolicy.integrations.coverage import write_report

    write_report(found, form, place, lang)


def add_to_running(config: pytest.Config) -> None:
    """Where coverage.py is measuring and its configuration names the plugin for rule files, add
    what the cases of this process cover."""
    measuring = sys.modules.get("coverage")
    running = None if measuring is None else measuring.Coverage.current()
    if running is None or not ran_in(config):
        return
    from vocpolicy.integrations.coverage import MODULE, measure

    if MODULE in (running.get_option("run:plugins") or ()):
        for _, found in coverages(config):
            measure(running.get_data(), found)

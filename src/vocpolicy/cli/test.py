"""`vocpolicy test`: run the cases of a policy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from vocpolicy.cases import CaseResult
from vocpolicy.cli.common import (
    FINDINGS,
    base_option,
    format_option,
    language_option,
    open_policy,
    print_json,
    with_errors,
)
from vocpolicy.diagnostics import Diagnostic, UsageError
from vocpolicy.policy import Policy

if TYPE_CHECKING:
    from vocpolicy.exercise import RuleCoverage

SUMMARY = {"en": "{passed} passed, {failed} failed", "zh": "通过 {passed} 个，未通过 {failed} 个"}
PLACES = {"lcov": "-", "html": "vocpolicy-coverage"}
"""Where reports of coverage go if nothing is said; `-` is standard output."""


def render(result: CaseResult, lang: str) -> str:
    mark = "✓" if result.passed else "✗"
    lines = [f"{mark} {result.title}"]
    if not result.passed:
        lines += [f"    {line}" for line in result.describe(lang).splitlines()]
    return "\n".join(lines)


def _coverage(policy: Policy) -> RuleCoverage:
    from vocpolicy.exercise import coverage

    return coverage(policy.core)


@click.command("test")
@click.argument("path", metavar="PATH")
@base_option
@language_option
@format_option("text", "json", "lcov", "html")
@click.option("--coverage", is_flag=True, help="Say which conditions of the rules no case decides.")
@click.option(
    "-o",
    "--output",
    metavar="PLACE",
    help="File for lcov (standard output if not given) or folder for html "
    f"({PLACES['html']} if not given); these two are of coverage.",
)
@with_errors
def command(
    path: str, base: str | None, lang: str, form: str, coverage: bool, output: str | None
) -> None:
    """Run the cases of the policy at PATH."""
    policy = open_policy(path, base)
    results = policy.test()
    if form in PLACES:
        _write_coverage(policy, form, output or PLACES[form], lang)
    elif form == "json":
        data: dict[str, object] = {"cases": [result.to_dict() for result in results]}
        print_json(data | ({"coverage": _coverage(policy).to_dict()} if coverage else {}))
    else:
        _print_cases(results, lang)
        if coverage:
            from vocpolicy.exercise.telling import coverage_text

            click.echo(coverage_text(_coverage(policy), lang))
    if not all(result.passed for result in results):
        raise SystemExit(FINDINGS)


def _print_cases(results: Sequence[CaseResult], lang: str) -> None:
    for result in results:
        click.echo(render(result, lang))
    failed = sum(not result.passed for result in results)
    click.echo(SUMMARY[lang].format(passed=len(results) - failed, failed=failed))


def _write_coverage(policy: Policy, form: str, place: str, lang: str) -> None:
    from vocpolicy.integrations.coverage import write_report

    try:
        write_report([_coverage(policy)], form, place, lang)
    except OSError:
        raise UsageError([Diagnostic("V652", args={"path": place})]) from None

"""`vocpolicy test`: run the cases of a policy."""

from __future__ import annotations

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
from vocpolicy.policy import Policy

if TYPE_CHECKING:
    from vocpolicy.exercise import RuleCoverage

SUMMARY = {"en": "{passed} passed, {failed} failed", "zh": "通过 {passed} 个，未通过 {failed} 个"}


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
@format_option("text", "json")
@click.option("--coverage", is_flag=True, help="Say which conditions of the rules no case decides.")
@with_errors
def command(path: str, base: str | None, lang: str, form: str, coverage: bool) -> None:
    """Run the cases of the policy at PATH."""
    policy = open_policy(path, base)
    results = policy.test()
    failed = sum(not result.passed for result in results)
    if form == "json":
        data: dict[str, object] = {"cases": [result.to_dict() for result in results]}
        print_json(data | ({"coverage": _coverage(policy).to_dict()} if coverage else {}))
    else:
        for result in results:
            click.echo(render(result, lang))
        click.echo(SUMMARY[lang].format(passed=len(results) - failed, failed=failed))
        if coverage:
            from vocpolicy.exercise.telling import coverage_text

            click.echo(coverage_text(_coverage(policy), lang))
    if failed:
        raise SystemExit(FINDINGS)

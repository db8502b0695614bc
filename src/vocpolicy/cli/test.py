"""`vocpolicy test`: run the cases of a policy."""

from __future__ import annotations

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

SUMMARY = {"en": "{passed} passed, {failed} failed", "zh": "通过 {passed} 个，未通过 {failed} 个"}


def render(result: CaseResult, lang: str) -> str:
    mark = "✓" if result.passed else "✗"
    lines = [f"{mark} {result.title}"]
    if not result.passed:
        lines += [f"    {line}" for line in result.describe(lang).splitlines()]
    return "\n".join(lines)


@click.command("test")
@click.argument("path", metavar="PATH")
@base_option
@language_option
@format_option("text", "json")
@with_errors
def command(path: str, base: str | None, lang: str, form: str) -> None:
    """Run the cases of the policy at PATH."""
    results = open_policy(path, base).test()
    failed = sum(not result.passed for result in results)
    if form == "json":
        print_json({"cases": [result.to_dict() for result in results]})
    else:
        for result in results:
            click.echo(render(result, lang))
        click.echo(SUMMARY[lang].format(passed=len(results) - failed, failed=failed))
    if failed:
        raise SystemExit(FINDINGS)

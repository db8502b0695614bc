"""`vocpolicy lint`: what checks but is likely wrong."""

from __future__ import annotations

from collections.abc import Mapping

import click

from vocpolicy.cli.common import (
    FINDINGS,
    base_option,
    format_option,
    language_option,
    policy_path,
    print_json,
    with_errors,
)
from vocpolicy.diagnostics import CATALOG, Diagnostic, fill, render_all
from vocpolicy.lint import lint_path

CLEAN = {"en": "{path}: no findings", "zh": "{path}：没有发现问题"}
FOUND = {"en": "findings: {count}", "zh": "共 {count} 处"}


def to_dict(finding: Diagnostic, lang: str) -> Mapping[str, object]:
    """A finding as data: its code, its place (line and column from 1), its words."""
    entry = CATALOG[finding.code]
    data: dict[str, object] = {"code": finding.code}
    if finding.span:
        line, column = finding.span.source.position(finding.span.start)
        data |= {"path": finding.span.source.shown, "line": line, "column": column}
    words = {"message": fill(entry.message, finding, lang), "help": fill(entry.help, finding, lang)}
    return data | words


@click.command("lint")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@base_option
@language_option
@format_option("text", "json")
@with_errors
def command(paths: tuple[str, ...], base: str | None, lang: str, form: str) -> None:
    """Look for what checks but is likely wrong in each policy PATH."""
    found: list[Diagnostic] = []
    for path in paths:
        findings = lint_path(policy_path(path), policy_path(base) if base else None)
        found += findings
        if form == "text":
            click.echo(
                f"{render_all(findings, lang)}\n" if findings else CLEAN[lang].format(path=path)
            )
    if form == "json":
        print_json({"findings": [to_dict(finding, lang) for finding in found]})
    elif found:
        click.echo(FOUND[lang].format(count=len(found)))
    if found:
        raise SystemExit(FINDINGS)

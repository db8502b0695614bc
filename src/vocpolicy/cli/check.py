"""`vocpolicy check`: parse and check rule files."""

from __future__ import annotations

import click

from vocpolicy.cli.common import base_option, language_option, open_policy, with_errors
from vocpolicy.diagnostics import PolicyError, UsageError
from vocpolicy.source import MOST_BYTES

SUMMARY = {
    "en": (
        "{path}: {rules} rules, {targets} targets, {provisions} provisions, {facts} facts:"
        " no mistakes"
    ),
    "zh": (
        "{path}：{rules} 条规则、{targets} 项指标、{provisions} 项条款、{facts} 项事项，未发现错误"
    ),
}


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@base_option
@click.option(
    "--most-bytes",
    type=click.IntRange(min=1),
    default=MOST_BYTES,
    show_default=True,
    help="Size above which a file is not read.",
)
@language_option
@with_errors
def command(paths: tuple[str, ...], base: str | None, most_bytes: int, lang: str) -> None:
    """Check the rule files of each policy PATH (a file or a folder)."""
    mistakes: list[PolicyError | UsageError] = []
    for path in paths:
        try:
            core = open_policy(path, base, most_bytes).core
        except (PolicyError, UsageError) as error:
            click.echo(error.render(lang), err=True)
            mistakes.append(error)
            continue
        click.echo(
            SUMMARY[lang].format(
                path=path,
                rules=len(core.rules),
                targets=len(core.targets),
                provisions=len(core.provisions),
                facts=len(core.facts) + sum(len(e.fields) for e in core.entities.values()),
            )
        )
    if mistakes:
        raise SystemExit(3 if any(isinstance(error, PolicyError) for error in mistakes) else 2)

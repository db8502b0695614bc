"""`vocpolicy write-cases`: the cases that are missing, to be confirmed."""

from __future__ import annotations

from pathlib import Path

import click

from vocpolicy.cli.common import base_option, called, language_option, open_policy, with_errors
from vocpolicy.cli.output import OUTPUT, write_out

NONE_MISSING = {"en": "no case is missing", "zh": "没有缺少的用例"}


@click.command("write-cases")
@click.argument("path", metavar="PATH")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@OUTPUT
@base_option
@language_option
@with_errors
def command(
    path: str, names: tuple[str, ...], output: Path | None, base: str | None, lang: str
) -> None:
    """Write the cases that the policy at PATH lacks (for NAME, where one is given).

    One for each condition that no case decides, with what the rules say of it now; each is to be
    confirmed by the document.
    """
    from vocpolicy.exercise import coverage, missing_cases

    policy = open_policy(path, base)
    text = missing_cases(coverage(policy.core, called(policy, names) or None), lang)
    if text:
        write_out(text, output, lang)
    else:
        click.echo(NONE_MISSING[lang], err=True)

"""`vocpolicy coverage`: does the policy carry every clause and figure of its documents?"""

from __future__ import annotations

import click

from vocpolicy.cli.common import (
    FINDINGS,
    base_option,
    format_option,
    language_option,
    named_path,
    open_policy,
    print_json,
    with_errors,
)
from vocpolicy.coverage import measure, read_document
from vocpolicy.coverage.text import render
from vocpolicy.diagnostics import PolicyError


@click.command("coverage")
@click.argument("path", metavar="PATH")
@click.option(
    "--document",
    "documents",
    required=True,
    multiple=True,
    metavar="NAME=PATH",
    help="A document that the policy cites, and the file with its text; may be repeated.",
)
@base_option
@language_option
@format_option("text", "json")
@with_errors
def command(path: str, documents: tuple[str, ...], base: str | None, lang: str, form: str) -> None:
    """Account for every clause and figure of a document, and check every locator."""
    texts = {name: read_document(file) for name, file in map(named_path, documents)}
    policy = open_policy(path, base, cases=False)
    try:
        report = measure(policy.core, texts)
    except PolicyError as error:  # a locator or a clause that doesn't stand in the document
        click.echo(error.render(lang), err=True)
        raise SystemExit(FINDINGS) from None
    if form == "json":
        print_json(report.to_dict(lang))
    else:
        click.echo(render(report, lang))
    if not report.complete:
        raise SystemExit(FINDINGS)

"""`vocpolicy analyse`: whether the rules of a policy hang together."""

from __future__ import annotations

import datetime

import click

from vocpolicy.cli.common import (
    DATE,
    FINDINGS,
    base_option,
    format_option,
    language_option,
    open_policy,
    print_json,
    with_errors,
)
from vocpolicy.keywords import ENGINES


@click.command("analyse")
@click.argument("path", metavar="PATH")
@click.option(
    "--property",
    "properties",
    multiple=True,
    metavar="NAME",
    help="A property to ask for, such as no_conflict or monotone:score:up; may be repeated. "
    "Where none is named, all but the last kind.",
)
@click.option("--as-of", type=DATE, help="The day on which the rules are looked at.")
@click.option("--budget", type=int, help="How many boxes of cases one question may look at.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="auto",
    show_default=True,
    help="box searches; z3 proves (extra `analysis`); auto searches, and proves what is left open.",
)
@base_option
@language_option
@format_option("text", "json", "sarif")
@with_errors
def command(
    path: str,
    properties: tuple[str, ...],
    as_of: datetime.datetime | None,
    budget: int | None,
    engine: str,
    base: str | None,
    lang: str,
    form: str,
) -> None:
    """Ask of every rule, table and target at PATH whether they agree with one another."""
    day = as_of.date() if as_of else None
    report = open_policy(path, base).check(properties or "default", day, budget, engine)
    if form == "json":
        print_json(report.to_dict(lang))
    elif form == "sarif":
        from vocpolicy.analysis.sarif import to_sarif

        print_json(to_sarif(report, lang))
    else:
        click.echo(report.describe(lang))
    if not report.passed:
        raise SystemExit(FINDINGS)

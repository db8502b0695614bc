"""`vocpolicy report`: how a whole policy stands on a day, as a page, Markdown or JSON."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from vocpolicy.cli.common import (
    DATE,
    base_option,
    language_option,
    named_path,
    open_policy,
    with_errors,
)
from vocpolicy.cli.format import write_whole
from vocpolicy.coverage import read_document
from vocpolicy.diagnostics import Diagnostic, UsageError
from vocpolicy.facts import load_facts, merge_facts
from vocpolicy.report import Report, make_report, to_dict, to_html, to_markdown

SUFFIXES = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
}
WRITTEN = {"en": "{path}: written", "zh": "{path}：已写入"}


@click.command("report")
@click.argument("path", metavar="PATH")
@click.option(
    "--facts",
    "facts_files",
    required=True,
    multiple=True,
    metavar="FILE",
    help="Facts as JSON, YAML or TOML; may be repeated, and observations by date add up.",
)
@click.option("--as-of", type=DATE, help="The day of the report.  [default: today]")
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="NAME=PATH",
    help="A document that the policy cites, and the file with its text, to measure coverage.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write: .html, .md or .json; standard output where it is not given.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "markdown", "json"]),
    help="What to write, where FILE does not say it.",
)
@click.option(
    "--advice",
    is_flag=True,
    help="Also what would change what fails, and what to ask where it is open.",
)
@base_option
@language_option
@with_errors
def command(
    path: str,
    facts_files: tuple[str, ...],
    as_of: datetime.datetime | None,
    documents: tuple[str, ...],
    output: Path | None,
    form: str | None,
    advice: bool,
    base: str | None,
    lang: str,
) -> None:
    """Report how every target and provision of the policy at PATH stands."""
    kind = form or _kind(output)
    texts = {name: read_document(file) for name, file in map(named_path, documents)}
    facts = merge_facts({file: load_facts(file) for file in facts_files})
    day = as_of.date() if as_of else datetime.date.today()
    report = make_report(open_policy(path, base), facts, day, texts, advice)
    text = _written(report, kind, lang)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        write_whole(output, text)
    except OSError:
        raise UsageError([Diagnostic("V652", args={"path": str(output)})]) from None
    click.echo(WRITTEN[lang].format(path=output))


def _kind(output: Path | None) -> str:
    """What a file is to hold, by its suffix; Markdown where there is no file.

    Raises:
        UsageError: the suffix says nothing.
    """
    if output is None:
        return "markdown"
    if output.suffix.lower() not in SUFFIXES:
        raise UsageError([Diagnostic("V650", args={"path": str(output)})])
    return SUFFIXES[output.suffix.lower()]


def _written(report: Report, kind: str, lang: str) -> str:
    if kind == "json":
        return json.dumps(to_dict(report), ensure_ascii=False, indent=2) + "\n"
    return (to_html if kind == "html" else to_markdown)(report, lang)

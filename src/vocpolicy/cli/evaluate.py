"""`vocpolicy evaluate`: verdicts on facts, explained."""

from __future__ import annotations

import datetime
from collections import Counter

import click

from vocpolicy.cli.common import (
    DATE,
    base_option,
    called,
    format_option,
    language_option,
    open_policy,
    print_json,
    with_errors,
)
from vocpolicy.cli.registers import evaluate_table
from vocpolicy.cli.terminal import color_option, show
from vocpolicy.diagnostics import Diagnostic, UsageError, Words
from vocpolicy.explain import document, tree
from vocpolicy.facts import load_facts
from vocpolicy.keywords import EXPLAINS
from vocpolicy.markup import Document
from vocpolicy.verdict import Verdict
from vocpolicy.writers import element, escaped, fragment, mermaid, page

NONE = Words(
    "No verdicts: no rule turns on any of these facts. Ask for one by name with --rule.",
    "没有结论：所给事实与任何规定无关。可用 --rule 指明要求值的规定。",
)


def summary(verdicts: tuple[Verdict, ...], lang: str) -> str:
    """How many verdicts came to each wording, in the order in which they first appear."""
    if not verdicts:
        return NONE.get(lang)
    counts = Counter(verdict.wording(lang) for verdict in verdicts)
    parts = [f"{wording} {count}" for wording, count in counts.items()]
    if lang == "zh":
        return f"共 {len(verdicts)} 项：{'，'.join(parts)}"
    return f"{len(verdicts)} verdicts: {', '.join(parts)}"


@click.command("evaluate")
@click.argument("path", metavar="PATH")
@click.option(
    "--facts",
    "facts_file",
    metavar="FILE",
    help="Facts as JSON, TOML or YAML (pip install 'vocpolicy[yaml]'); - reads standard input.",
)
@click.option("--table", metavar="FILE", help="Instead: records as .csv, .parquet or .xlsx.")
@click.option("--sheet", metavar="NAME", help="With --table: which sheet of a workbook.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FACT=COLUMN",
    help="With --table: a column that is not headed as its fact is; may be repeated.",
)
@click.option("-o", "--out", metavar="FILE", help="With --table: write them with outcomes.")
@click.option(
    "--explain",
    type=click.Choice(EXPLAINS),
    help="With --out: why, as a column for each condition, a number or a text.",
)
@click.option(
    "--words", is_flag=True, help="With --out: in words, in the language of --lang, for readers."
)
@click.option("--summary", "counts", is_flag=True, help="With --table: count the outcomes.")
@click.option("--rule", "names", multiple=True, metavar="NAME", help="Only this; may be repeated.")
@click.option("--as-of", type=DATE, help="Date of evaluation.  [default: today]")
@click.option("--advice", is_flag=True, help="Also what would change it and what to ask next.")
@base_option
@language_option
@format_option("text", "markdown", "html", "json", "mermaid")
@color_option
@with_errors
def command(
    path: str,
    facts_file: str | None,
    table: str | None,
    sheet: str | None,
    columns: tuple[str, ...],
    out: str | None,
    explain: str | None,
    words: bool,
    counts: bool,
    names: tuple[str, ...],
    as_of: datetime.datetime | None,
    advice: bool,
    base: str | None,
    lang: str,
    form: str,
    color: str,
) -> None:
    """Evaluate the policy at PATH over facts, and explain every verdict."""
    policy = open_policy(path, base)
    names = called(policy, names)
    day = as_of.date() if as_of else datetime.date.today()
    if table is not None and facts_file is None:
        evaluate_table(policy, table, out, names, day, lang, counts, columns, sheet, explain, words)
        return
    if facts_file is None or table is not None:
        raise UsageError([Diagnostic("V811")])
    facts = load_facts(facts_file)
    if names:
        verdicts = tuple(policy.evaluate(name, facts, as_of=day) for name in names)
    else:
        verdicts = policy.evaluate_all(facts, as_of=day)
    if form == "json":
        print_json(
            {
                "policy": policy.name,
                "as_of": day.isoformat(),
                "verdicts": [verdict.to_dict(advice) for verdict in verdicts],
            }
        )
    elif form == "text":
        _print_text(verdicts, lang, color, advice)
    else:
        title = policy.title.get(lang) or policy.name
        write = {"markdown": _markdown, "html": _html, "mermaid": _mermaid}[form]
        click.echo(write(title, verdicts, lang, advice), nl=False)


def _print_text(verdicts: tuple[Verdict, ...], lang: str, color: str, advice: bool) -> None:
    for place, verdict in enumerate(verdicts):
        if place:
            click.echo()
        show(document(tree(verdict, advice), lang), color)
    if len(verdicts) != 1:
        click.echo(f"\n{summary(verdicts, lang)}" if verdicts else summary(verdicts, lang))


def _markdown(title: str, verdicts: tuple[Verdict, ...], lang: str, advice: bool) -> str:
    parts = [f"# {escaped(title)}"] if len(verdicts) != 1 else []
    parts += [verdict.to_markdown(lang, advice) for verdict in verdicts]
    parts += [escaped(summary(verdicts, lang))] if len(verdicts) != 1 else []
    return "\n\n".join(parts) + "\n"


def _mermaid(_: str, verdicts: tuple[Verdict, ...], lang: str, advice: bool) -> str:
    documents = (document(tree(verdict, advice), lang) for verdict in verdicts)
    blocks = tuple(block for made in documents for block in made.blocks)
    return mermaid(Document(blocks)) + "\n"


def _html(title: str, verdicts: tuple[Verdict, ...], lang: str, advice: bool) -> str:
    if len(verdicts) == 1:
        return verdicts[0].to_html(lang, advice)
    documents = (document(tree(verdict, advice), lang) for verdict in verdicts)
    shown = (one for made in documents for one in fragment(made))
    said = element("p", summary(verdicts, lang))
    return page(title, lang, element("h1", title), said, *shown)

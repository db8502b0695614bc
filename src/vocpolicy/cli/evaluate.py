"""`vocpolicy evaluate`: verdicts on facts, explained."""

from __future__ import annotations

import datetime
from collections import Counter

import click

from vocpolicy.cli.common import (
    DATE,
    base_option,
    format_option,
    language_option,
    open_policy,
    print_json,
    with_errors,
)
from vocpolicy.facts import load_facts
from vocpolicy.verdict import Verdict


def summary(verdicts: tuple[Verdict, ...], lang: str) -> str:
    """How many verdicts came to each wording, in the order in which they first appear."""
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
    required=True,
    metavar="FILE",
    help="Facts as JSON, YAML or TOML; - reads standard input as JSON.",
)
@click.option("--rule", "names", multiple=True, metavar="NAME", help="Only this; may be repeated.")
@click.option("--as-of", type=DATE, help="Date of evaluation.  [default: today]")
@base_option
@language_option
@format_option("text", "json")
@with_errors
def command(
    path: str,
    facts_file: str,
    names: tuple[str, ...],
    as_of: datetime.datetime | None,
    base: str | None,
    lang: str,
    form: str,
) -> None:
    """Evaluate the policy at PATH over facts, and explain every verdict."""
    policy = open_policy(path, base)
    facts = load_facts(facts_file)
    day = as_of.date() if as_of else datetime.date.today()
    if names:
        verdicts = tuple(policy.evaluate(name, facts, as_of=day) for name in names)
    else:
        verdicts = policy.evaluate_all(facts, as_of=day)
    if form == "json":
        print_json(
            {
                "policy": policy.name,
                "as_of": day.isoformat(),
                "verdicts": [verdict.to_dict() for verdict in verdicts],
            }
        )
        return
    click.echo("\n\n".join(verdict.explain(lang) for verdict in verdicts))
    if len(verdicts) != 1:
        click.echo(f"\n{summary(verdicts, lang)}")
